//! Clues in a patch to reflections, covers and what shows through a film.

use super::bands::bands;
use super::grid::{close, dilate, open};
use super::patch::{INNER, Patch};
use crate::digitise::Fractions;

/// Number of clues.
pub(super) const CLUES: usize = 47;

/// Clues of a patch; each a share, a level over 255 or a count over 10.
pub(super) fn clues(patch: &Patch, content: &Fractions) -> [f32; CLUES] {
    let film = patch.film_levels();
    let mut list = List { values: [0.0; CLUES], next: 0 };
    let panel = surroundings(patch, &mut list);
    let inside = Inside::new(&film, content);
    levels(&inside, panel, &mut list);
    blobs(&film, &inside, &mut list);
    colours(patch, &inside, &mut list);
    crossings(patch, panel, &mut list);
    let bars = bands(patch, panel);
    list.push(bars.share);
    list.push(bars.count / 10.0);
    list.push(bars.contrast);
    reflections(&film, &inside, &mut list);
    list.values
}

struct List {
    values: [f32; CLUES],
    next: usize,
}

impl List {
    fn push(&mut self, value: f32) {
        debug_assert!(self.next < CLUES, "more clues than CLUES");
        if self.next < CLUES {
            self.values[self.next] = if value.is_finite() { value } else { 0.0 };
            self.next += 1;
        }
    }
}

/// Cells of the radiograph proper, and their sorted levels.
struct Inside {
    cells: Vec<usize>,
    sorted: Vec<f32>,
}

impl Inside {
    fn new(film: &[f32], content: &Fractions) -> Self {
        let size = INNER as u32;
        let (x0, y0, w, h) = content.pixels(size, size);
        let cells: Vec<usize> = (y0..(y0 + h).min(size))
            .flat_map(|y| (x0..(x0 + w).min(size)).map(move |x| (y * size + x) as usize))
            .collect();
        let mut sorted: Vec<f32> = cells.iter().map(|&c| film[c]).collect();
        sorted.sort_by(f32::total_cmp);
        Self { cells, sorted }
    }

    fn level(&self, share: f32) -> f32 {
        let last = self.sorted.len().saturating_sub(1);
        self.sorted.get((last as f32 * share) as usize).copied().unwrap_or(0.0)
    }

    /// Share of the cells for which `test` holds.
    fn share(&self, test: impl Fn(usize) -> bool) -> f32 {
        let count = self.cells.iter().filter(|&&c| test(c)).count();
        count as f32 / self.cells.len().max(1) as f32
    }
}

/// The light around the film; returns the panel's level, 0 to 255.
fn surroundings(patch: &Patch, list: &mut List) -> f32 {
    let mut ring: Vec<f32> = Vec::new();
    for side in 0..4 {
        for along in 0..INNER {
            ring.extend([3, 5, 8].iter().filter_map(|&d| patch.beside(side, along, d)));
        }
    }
    ring.sort_by(f32::total_cmp);
    let at = |share: f32| {
        let last = ring.len().saturating_sub(1);
        ring.get((last as f32 * share) as usize).copied().unwrap_or(0.0)
    };
    let panel = at(0.85);
    list.push(panel / 255.0);
    list.push(at(0.5) / 255.0);
    list.push(at(0.15) / 255.0);
    list.push(ring.len() as f32 / (12 * INNER) as f32);
    panel
}

fn levels(inside: &Inside, panel: f32, list: &mut List) {
    for share in [0.02, 0.1, 0.5, 0.9, 0.98] {
        list.push(inside.level(share) / 255.0);
    }
    let sorted = &inside.sorted;
    let above = |level: f32| {
        (sorted.len() - sorted.partition_point(|v| *v < level)) as f32 / sorted.len().max(1) as f32
    };
    list.push(above(246.0));
    list.push(above(235.0));
    list.push(above(0.96 * panel));
    list.push(above(0.86 * panel));
    list.push(1.0 - above(0.12 * inside.level(0.9)));
}

/// Small bright and dark spots: what an opening or a closing by a square takes away.
fn blobs(film: &[f32], inside: &Inside, list: &mut List) {
    for radius in [4, 9] {
        let opened = open(film, radius);
        let closed = close(film, radius);
        let bright = |c: usize, by: f32| film[c] - opened[c] > by;
        list.push(inside.share(|c| bright(c, 30.0)));
        list.push(inside.share(|c| bright(c, 60.0)));
        list.push(inside.share(|c| bright(c, 30.0) && film[c] > 215.0));
        list.push(inside.share(|c| closed[c] - film[c] > 35.0));
        list.push(inside.share(|c| closed[c] - film[c] > 35.0 && film[c] < 40.0));
    }
    // Anatomy is smooth at this size; reflections and fingers have steep sides.
    let steep = |c: usize| {
        let (x, y) = (c % INNER, c / INNER);
        x + 2 < INNER
            && y + 2 < INNER
            && (film[c + 2] - film[c]).abs().max((film[c + 2 * INNER] - film[c]).abs()) > 60.0
    };
    list.push(inside.share(steep));
}

/// Reflections in linear light: narrow bright things, and light that has no counterpart on the
/// other side of the body.
fn reflections(film: &[f32], inside: &Inside, list: &mut List) {
    let light: Vec<f32> = film.iter().map(|v| (v / 255.0).powf(2.2)).collect();
    let narrow: Vec<f32> =
        light.iter().zip(open(&light, 9)).map(|(l, opened)| l - opened).collect();
    let wide: Vec<f32> = light.iter().zip(open(&light, 15)).map(|(l, opened)| l - opened).collect();
    // Labels and markers lie at the rim.
    let central = |c: usize| {
        let rim = 10..INNER - 10;
        rim.contains(&(c % INNER)) && rim.contains(&(c / INNER))
    };
    for (values, by) in [(&narrow, 0.12), (&narrow, 0.22), (&wide, 0.22), (&wide, 0.4)] {
        list.push(inside.share(|c| central(c) && values[c] > by));
    }
    let near = dilate(&light, 6);
    let mirrored = |c: usize| c - c % INNER + (INNER - 1 - c % INNER);
    let flipped = |c: usize| (INNER - 1 - c / INNER) * INNER + c % INNER;
    for by in [0.12, 0.25] {
        let lonely = |c: usize, other: usize| central(c) && light[c] - near[other] > by;
        let across = inside.share(|c| lonely(c, mirrored(c)));
        let down = inside.share(|c| lonely(c, flipped(c)));
        list.push(across.min(down));
        let narrow_across = inside.share(|c| lonely(c, mirrored(c)) && wide[c] > 0.15);
        let narrow_down = inside.share(|c| lonely(c, flipped(c)) && wide[c] > 0.15);
        list.push(narrow_across.min(narrow_down));
    }
}

/// Skin is redder than the film's own tone.
fn colours(patch: &Patch, inside: &Inside, list: &mut List) {
    let ratio = |c: [f32; 3]| ((c[0] + 6.0) / (c[1] + 6.0), (c[0] + 6.0) / (c[2] + 6.0));
    let colour = |c: usize| patch.colour((c % INNER) as isize, (c / INNER) as isize);
    let mut reds: Vec<f32> =
        inside.cells.iter().filter_map(|&c| colour(c)).map(|c| ratio(c).1).collect();
    reds.sort_by(f32::total_cmp);
    let tone = reds.get(reds.len() / 2).copied().unwrap_or(1.0);
    let skin = |c: usize, by: f32| {
        colour(c).is_some_and(|rgb| {
            let (green, blue) = ratio(rgb);
            blue / tone > by && green > 1.06 && rgb[0] > 25.0
        })
    };
    list.push(inside.share(|c| skin(c, 1.15)));
    list.push(inside.share(|c| skin(c, 1.35)));
    let spread = |share: f32| {
        let last = reds.len().saturating_sub(1);
        reds.get((last as f32 * share) as usize).copied().unwrap_or(1.0)
    };
    list.push(spread(0.95) / tone - 1.0);
    list.push(1.0 - spread(0.05) / tone);
}

/// Dark things that run from outside over the film's edge: arms on one side, bars on two.
fn crossings(patch: &Patch, panel: f32, list: &mut List) {
    let dark_at = |side: usize, along: usize| {
        let levels = [3, 5].map(|d| patch.beside(side, along, d));
        levels.iter().flatten().any(|l| *l < 0.5 * panel)
    };
    let dark: Vec<Vec<bool>> =
        (0..4).map(|side| (0..INNER).map(|along| dark_at(side, along)).collect()).collect();
    let mut shares: Vec<f32> =
        dark.iter().map(|d| d.iter().filter(|v| **v).count() as f32 / INNER as f32).collect();
    let both = |a: usize, b: usize| {
        let near = |side: usize, at: usize| {
            (at.saturating_sub(8)..(at + 9).min(INNER)).any(|i| dark[side][i])
        };
        let count = (0..INNER).filter(|&i| dark[a][i] && near(b, i)).count();
        count as f32 / INNER as f32
    };
    let opposite = [both(0, 2), both(3, 1)];
    // A side that is dark all along lies against the housing, not behind an arm.
    let mut runs = 0.0;
    for (side, share) in dark.iter().zip(&shares) {
        if *share < 0.7 {
            runs += side.windows(2).filter(|p| !p[0] && p[1]).count() as f32;
        }
    }
    shares.sort_by(f32::total_cmp);
    list.push(shares.iter().sum::<f32>() / 4.0);
    list.push(shares[0]);
    list.push(shares[1]);
    list.push(runs / 10.0);
    list.push(opposite[0].max(opposite[1]));
    list.push(opposite[0].min(opposite[1]));
    // The same, inside the edge: an arm goes on over the film, the housing does not.
    let mut inner = 0.0;
    for (side, list) in dark.iter().enumerate() {
        let hits = (0..INNER)
            .filter(|&i| list[i] && patch.beside(side, i, -6).is_some_and(|l| l < 0.25 * panel));
        inner += hits.count() as f32 / INNER as f32;
    }
    list.push(inner / 4.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;

    #[test]
    fn every_clue_is_filled_in_and_finite() {
        let patch = Patch::of(&phantom::film_on_a_box(), &phantom::corners()).expect("a quad");
        let mut list = List { values: [0.0; CLUES], next: 0 };
        for _ in 0..CLUES {
            list.push(f32::NAN);
        }
        assert!(list.values.iter().all(|v| v.is_finite()));
        assert!(clues(&patch, &Fractions::WHOLE).iter().all(|v| v.is_finite()));
    }
}
