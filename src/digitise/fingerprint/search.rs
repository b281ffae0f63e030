//! Finding the films of a box that may be the same, and comparing each of them closely.

use super::align::{Film, Target};
use super::patch::{Affine, Patch, Step};
use super::{Frame, bits};
use crate::digitise::cores::both;
use crate::domain::fingerprint::{Detail, FRAME_WORDS, Signature};
use crate::domain::lungs::Extent;

/// Likeness from which two films look the same, 0 to 1: between most photos' likeness to their own
/// film, 0.62 and more, and to strangers' films, up to 0.57. See docs/performance.md, "Same film".
pub const LIKENESS_MIN: f32 = 0.58;

/// Films of each frame that are compared roughly, and films that are then compared closely.
const ROUGH: usize = 256;
const CLOSE: usize = 24;

/// How far a frame may lie from where it lay in the other photo, shares of its sides. Of the grids of
/// 81 and 225 looks, the larger one kept more films on the short list: 98.4 % against 97.6 % among the
/// nearest 200 of 8,255.
const SHIFTS: [f32; 3] = [-0.06, 0.0, 0.06];
const STRETCHES: [f32; 5] = [0.87, 0.93, 1.0, 1.07, 1.15];
const STRETCHES_BACK: [f32; 3] = [0.92, 1.0, 1.09];

/// A film that may be the same as the one that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its place in the list that was searched.
    pub index: usize,
    frame: Frame,
    look: usize,
    distance: u32,
}

/// One way in which a frame of the film may lie in the other photo.
#[derive(Debug)]
struct Look {
    step: Step,
    side: Side,
    bits: [u64; FRAME_WORDS],
}

/// Whether the film is looked for as it is, or as seen from its back: two photos of one film can come
/// out of digitising mirrored to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Front,
    Back,
}

/// A film that is looked for.
#[derive(Debug)]
pub struct FilmQuery {
    /// The lungs and the film, from the front and from the back.
    front: (Extent, Film),
    back: (Extent, Film),
    /// As [`Frame::BOTH`].
    looks: [Vec<Look>; 2],
}

impl FilmQuery {
    /// Prepares a film for being looked for.
    #[must_use]
    pub fn new(film: &Detail) -> Self {
        let whole = Patch::from_grey(film.pixels());
        let back = (flipped(film.lungs), Film::new(whole.mirrored()));
        let front = (film.lungs, Film::new(whole));
        let looks = Frame::BOTH.map(|frame| {
            let seen = |side, (lungs, film): &(Extent, Film), step| Look {
                step,
                side,
                bits: bits(film.whole(), frame.region(*lungs).moved(step)),
            };
            let fronts = steps(&STRETCHES).map(|step| seen(Side::Front, &front, step));
            let backs = steps(&STRETCHES_BACK).map(|step| seen(Side::Back, &back, step));
            fronts.chain(backs).collect()
        });
        Self { front, back, looks }
    }

    /// The films whose signatures are nearest.
    #[must_use]
    pub fn shortlist(&self, films: &[Signature]) -> Vec<Candidate> {
        let mut list = Vec::with_capacity(2 * ROUGH);
        let [lungs, film] = &self.looks;
        let all = |frame: Frame, looks: &[Look]| -> Vec<Candidate> {
            let films = films.iter().map(|film| frame.of(film)).enumerate();
            films.map(|(index, film)| nearest(index, frame, film, looks)).collect()
        };
        let (lungs, film) = both(|| all(Frame::Lungs, lungs), || all(Frame::Film, film));
        for mut near in [lungs, film] {
            if near.len() > ROUGH {
                near.select_nth_unstable_by_key(ROUGH, |one| (one.distance, one.index));
                near.truncate(ROUGH);
            }
            list.extend(near);
        }
        list
    }

    /// How alike the most alike films of a short list are, 0 to 1, each film once, the most alike
    /// first. `details` gives the detail of a film of the list; one without detail is passed over.
    ///
    /// # Errors
    /// What `details` gives.
    pub fn compare<E>(
        &self,
        shortlist: &[Candidate],
        mut details: impl FnMut(usize) -> Result<Option<Detail>, E>,
    ) -> Result<Vec<(usize, f32)>, E> {
        let mut known = Vec::with_capacity(shortlist.len());
        for candidate in shortlist {
            if let Some(detail) = details(candidate.index)? {
                known.push((candidate, detail));
            }
        }
        let mut rough = halves(&known, |(candidate, detail)| {
            let (seen, start) = self.start(candidate, detail);
            let (way, likeness) = target(detail).meet(seen, start);
            (likeness, candidate.index, detail, seen, way)
        });
        rough.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        rough.truncate(CLOSE);
        let mut close = halves(&rough, |(_, index, detail, seen, way)| {
            (*index, target(detail).likeness(seen, *way))
        });
        close.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        close.dedup_by_key(|(index, _)| *index);
        close.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(close)
    }

    /// Where comparing begins: as the frames lay in the look that was nearest.
    fn start(&self, candidate: &Candidate, detail: &Detail) -> (&Film, Affine) {
        let frame = candidate.frame;
        let look = match frame {
            Frame::Lungs => &self.looks[0][candidate.look],
            Frame::Film => &self.looks[1][candidate.look],
        };
        let (lungs, film) = match look.side {
            Side::Front => &self.front,
            Side::Back => &self.back,
        };
        (film, frame.region(detail.lungs).onto(frame.region(*lungs).moved(look.step)))
    }
}

fn nearest(index: usize, frame: Frame, film: &[u64; FRAME_WORDS], looks: &[Look]) -> Candidate {
    let (mut look, mut distance) = (0, u32::MAX);
    for (at, one) in looks.iter().enumerate() {
        let differ = one.bits.iter().zip(film).map(|(a, b)| (a ^ b).count_ones()).sum();
        if differ < distance {
            (look, distance) = (at, differ);
        }
    }
    Candidate { index, frame, look, distance }
}

/// What was known of a film, within the box around its lungs.
fn target(detail: &Detail) -> Target {
    let film = Film::new(Patch::from_grey(detail.pixels()));
    Target::new(film, Frame::Lungs.region(detail.lungs))
}

/// What `work` makes of each value, in order, half of them on each core.
fn halves<'a, T: Sync, R: Send>(values: &'a [T], work: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let (here, beside) = values.split_at(values.len() / 2);
    let each = |values: &'a [T]| values.iter().map(&work).collect::<Vec<R>>();
    let (mut done, rest) = both(|| each(here), || each(beside));
    done.extend(rest);
    done
}

fn steps(stretches: &'static [f32]) -> impl Iterator<Item = Step> {
    pairs(&SHIFTS).flat_map(move |(right, down)| {
        pairs(stretches).map(move |(wider, taller)| Step { right, down, wider, taller })
    })
}

fn pairs(values: &'static [f32]) -> impl Iterator<Item = (f32, f32)> {
    values.iter().flat_map(move |a| values.iter().map(move |b| (*a, *b)))
}

fn flipped(extent: Extent) -> Extent {
    let [left, top, right, bottom] = extent.sides();
    // What was a share of the film stays one.
    Extent::new(1.0 - right, top, 1.0 - left, bottom).unwrap_or(Extent::WHOLE)
}
