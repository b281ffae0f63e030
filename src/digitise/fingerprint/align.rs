//! How alike two films are, place by place, once small blocks have brought them onto each other.

use super::patch::{Affine, Patch, Region};

/// One pass of matching: picture side, band, block (a multiple of 4), step between blocks and reach
/// of the search, all in pixels.
#[derive(Clone, Copy)]
struct Pass {
    side: usize,
    band: (f32, f32),
    block: usize,
    step: usize,
    reach: usize,
    /// Displacement from the common movement from which a block counts half.
    tolerance: f32,
}

/// Coarse passes find the movement; reach 4 of 48 pixels covers corners that are a twelfth off.
const COARSE: [Pass; 2] = [
    Pass { side: 48, band: (0.8, 3.0), block: 12, step: 9, reach: 4, tolerance: 1.5 },
    Pass { side: 48, band: (0.8, 3.0), block: 12, step: 6, reach: 2, tolerance: 1.0 },
];

/// Fine passes bring ribs and vessels, two to four of 96 pixels wide, onto each other.
const FINE: [Pass; 3] = [
    Pass { side: 96, band: (0.7, 2.5), block: 16, step: 8, reach: 2, tolerance: 1.0 },
    Pass { side: 96, band: (0.7, 2.5), block: 16, step: 8, reach: 2, tolerance: 1.0 },
    Pass { side: 96, band: (0.7, 2.5), block: 16, step: 8, reach: 1, tolerance: 1.0 },
];

/// The last look measures: the finest band that a photo keeps, blocks where the common movement puts
/// them. Coarser bands and blocks that may move make strangers' ribs alike.
const MEASURE: Pass =
    Pass { side: 96, band: (0.6, 1.5), block: 16, step: 8, reach: 0, tolerance: 1.0 };

/// Correlation above which a block begins to count for the common movement.
const CORRELATION_FLOOR: f32 = 0.2;

/// Turns and shears are held back by this weight, as a share of all blocks.
const STIFFNESS: f32 = 0.03;

/// Largest and smallest stretch, and largest shear, that two photos of one film can differ by; more
/// is one chest bent onto another.
const STRETCH: std::ops::RangeInclusive<f32> = 0.6..=1.67;
const SHEAR_MAX: f32 = 0.25;

/// A block of the one film, and where the other matches it best.
struct Block {
    /// Middle, pixels from the picture's middle.
    x: f32,
    y: f32,
    /// Movement of the best match.
    dx: f32,
    dy: f32,
    /// Correlation of the best match, -1 to 1.
    correlation: f32,
}

/// The known film that a query is compared with, within one region.
pub(super) struct Target {
    region: Region,
    film: Film,
    /// The region's band at the coarse passes' size.
    coarse: Patch,
}

/// A film in two sizes: half of it is enough for the coarse passes, and does not shimmer there.
#[derive(Debug)]
pub(super) struct Film {
    whole: Patch,
    half: Patch,
}

impl Film {
    pub(super) fn new(whole: Patch) -> Self {
        let half = whole.halved();
        Self { whole, half }
    }

    pub(super) const fn whole(&self) -> &Patch {
        &self.whole
    }

    const fn for_pass(&self, pass: &Pass) -> &Patch {
        if pass.side <= COARSE[0].side { &self.half } else { &self.whole }
    }
}

impl Target {
    pub(super) fn new(film: Film, region: Region) -> Self {
        let coarse = film.half.sample(region, COARSE[0].side);
        let coarse = coarse.band(COARSE[0].band.0, COARSE[0].band.1);
        Self { region, film, coarse }
    }

    /// Brings `query` roughly onto this film: the way, and the mean correlation of blocks that each
    /// found their own place.
    pub(super) fn meet(&self, query: &Film, way: Affine) -> (Affine, f32) {
        self.follow(&COARSE[..1], &self.coarse, query, way)
    }

    /// Brings `query` closely onto this film: mean correlation of all blocks there, 0 for a way that
    /// no two photos of one film have between them.
    pub(super) fn likeness(&self, query: &Film, way: Affine) -> f32 {
        let (way, _) = self.follow(&COARSE[1..], &self.coarse, query, way);
        let picture = self.film.whole.sample(self.region, FINE[0].side);
        let fine = picture.band(FINE[0].band.0, FINE[0].band.1);
        let (way, _) = self.follow(&FINE, &fine, query, way);
        if !plausible(&way) {
            return 0.0;
        }
        let finest = |picture: &Patch| picture.band(MEASURE.band.0, MEASURE.band.1);
        let seen = query.whole.sample_through(self.region, &way, MEASURE.side);
        let blocks = match_blocks(&finest(&picture), &finest(&seen), &MEASURE);
        mean_correlation(&blocks).clamp(0.0, 1.0)
    }

    fn follow(&self, passes: &[Pass], own: &Patch, query: &Film, way: Affine) -> (Affine, f32) {
        let (mut way, mut mean) = (way, 0.0);
        for pass in passes {
            let seen = query.for_pass(pass).sample_through(self.region, &way, pass.side);
            let blocks = match_blocks(own, &seen.band(pass.band.0, pass.band.1), pass);
            mean = mean_correlation(&blocks);
            way = way.after(&self.correction(&common_movement(&blocks, pass), pass.side));
        }
        (way, mean)
    }

    /// A movement of pixels about the picture's middle, as one of shares of the film.
    fn correction(&self, movement: &[[f32; 3]; 2], side: usize) -> Affine {
        let (pixel_x, pixel_y) =
            (self.region.width / side as f32, self.region.height / side as f32);
        let middle_x = self.region.left + self.region.width / 2.0;
        let middle_y = self.region.top + self.region.height / 2.0;
        let [x, y] = movement;
        let x = [1.0 + x[1], x[2] * pixel_x / pixel_y, x[0] * pixel_x];
        let y = [y[1] * pixel_y / pixel_x, 1.0 + y[2], y[0] * pixel_y];
        Affine {
            x: [x[0], x[1], x[2] + middle_x - x[0] * middle_x - x[1] * middle_y],
            y: [y[0], y[1], y[2] + middle_y - y[0] * middle_x - y[1] * middle_y],
        }
    }
}

fn mean_correlation(blocks: &[Block]) -> f32 {
    let sum: f32 = blocks.iter().map(|block| block.correlation).sum();
    sum / blocks.len().max(1) as f32
}

fn plausible(way: &Affine) -> bool {
    STRETCH.contains(&way.x[0])
        && STRETCH.contains(&way.y[1])
        && way.x[1].abs() <= SHEAR_MAX
        && way.y[0].abs() <= SHEAR_MAX
}

fn match_blocks(own: &Patch, seen: &Patch, pass: &Pass) -> Vec<Block> {
    let last = own.side() - pass.block - pass.reach;
    let starts = || (pass.reach..=last).step_by(pass.step);
    let mut blocks = Vec::new();
    for top in starts() {
        for left in starts() {
            if let Some(block) = match_block(own, seen, (left, top), pass) {
                blocks.push(block);
            }
        }
    }
    blocks
}

/// `None` for a block without structure.
fn match_block(
    own: &Patch,
    seen: &Patch,
    (left, top): (usize, usize),
    pass: &Pass,
) -> Option<Block> {
    let (size, side) = (pass.block, own.side());
    let mut template = Vec::with_capacity(size * size);
    for row in top..top + size {
        template.extend_from_slice(&own.values()[row * side + left..row * side + left + size]);
    }
    let mean = template.iter().sum::<f32>() / template.len() as f32;
    template.iter_mut().for_each(|value| *value -= mean);
    let power: f32 = template.iter().map(|value| value * value).sum();
    // Less than a hundredth of a grey level: a blank.
    if power < 1e-4 * template.len() as f32 {
        return None;
    }
    let (mut best, mut found) = (f32::MIN, (0, 0));
    for down in 0..=2 * pass.reach {
        for right in 0..=2 * pass.reach {
            let corner = (left + right - pass.reach, top + down - pass.reach);
            let correlation = correlation(&template, power, seen, corner, size);
            if correlation > best {
                (best, found) = (correlation, (right, down));
            }
        }
    }
    let middle = |start: usize| start as f32 + size as f32 / 2.0 - side as f32 / 2.0;
    let moved = |by: usize| by as f32 - pass.reach as f32;
    Some(Block {
        x: middle(left),
        y: middle(top),
        dx: moved(found.0),
        dy: moved(found.1),
        correlation: best,
    })
}

/// Correlation of a template of mean 0 with a place in a picture.
fn correlation(
    template: &[f32],
    power: f32,
    seen: &Patch,
    (left, top): (usize, usize),
    size: usize,
) -> f32 {
    // Four sums side by side: what the machine can add at once.
    let (mut sums, mut squares, mut products) = ([0.0_f32; 4], [0.0_f32; 4], [0.0_f32; 4]);
    for (row, template) in template.chunks_exact(size).enumerate() {
        let start = (top + row) * seen.side() + left;
        let (values, _) = seen.values()[start..start + size].as_chunks::<4>();
        let (wanted, _) = template.as_chunks::<4>();
        for (values, wanted) in values.iter().zip(wanted) {
            let lanes = sums.iter_mut().zip(&mut squares).zip(&mut products);
            for (((sum, square), product), (value, wanted)) in lanes.zip(values.iter().zip(wanted))
            {
                *sum += value;
                *square += value * value;
                *product += value * wanted;
            }
        }
    }
    let total = |lanes: [f32; 4]| lanes.iter().sum::<f32>();
    let (sum, squares, product) = (total(sums), total(squares), total(products));
    let variance = squares - sum * sum / template.len() as f32;
    if variance <= 1e-4 * template.len() as f32 { 0.0 } else { product / (variance * power).sqrt() }
}

/// The affine movement that most of the good blocks share: for x and for y the shift at the middle
/// and its change to the right and down. Blocks that go their own way lose their weight.
fn common_movement(blocks: &[Block], pass: &Pass) -> [[f32; 3]; 2] {
    let mut movement = [[0.0; 3]; 2];
    let trust = |block: &Block| (block.correlation - CORRELATION_FLOOR).max(0.0).powi(2) + 1e-6;
    let mut weights: Vec<f32> = blocks.iter().map(trust).collect();
    for _ in 0..4 {
        let mut normal = [[0.0_f32; 3]; 3];
        let mut sides = [[0.0_f32; 3]; 2];
        for (block, weight) in blocks.iter().zip(&weights) {
            let place = [1.0, block.x, block.y];
            for (i, a) in place.iter().enumerate() {
                for (j, b) in place.iter().enumerate() {
                    normal[i][j] += weight * a * b;
                }
                sides[0][i] += weight * a * block.dx;
                sides[1][i] += weight * a * block.dy;
            }
        }
        let stiffness = STIFFNESS * blocks.len() as f32;
        normal[0][0] += 1e-5 * blocks.len() as f32;
        normal[1][1] += stiffness;
        normal[2][2] += stiffness;
        movement = sides.map(|side| solve(&normal, &side));
        for (block, weight) in blocks.iter().zip(&mut weights) {
            let at = |m: &[f32; 3]| m[0] + m[1] * block.x + m[2] * block.y;
            let off = (block.dx - at(&movement[0])).hypot(block.dy - at(&movement[1]));
            *weight = trust(block) / (1.0 + (off / pass.tolerance).powi(4));
        }
    }
    movement
}

/// Solves three equations by Cramer's rule; no movement when they have no one answer.
fn solve(matrix: &[[f32; 3]; 3], side: &[f32; 3]) -> [f32; 3] {
    let determinant = |m: &[[f32; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(matrix);
    if whole.abs() < f32::MIN_POSITIVE {
        return [0.0; 3];
    }
    std::array::from_fn(|column| {
        let mut replaced = *matrix;
        for (row, value) in replaced.iter_mut().zip(side) {
            row[column] = *value;
        }
        determinant(&replaced) / whole
    })
}
