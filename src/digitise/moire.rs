//! Takes the beat between a screen's pixels and the camera's out of a rectified picture.
//!
//! Moire stands in the spectrum as isolated peaks far from the middle, where anatomy has little: those
//! are cut down to what lies around them, tile by tile, and nothing else is touched. A film without
//! such peaks is left alone. The only file that names rustfft.

use std::sync::Arc;

use image::GrayImage;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

/// Side of a tile, pixels: small enough to follow a beat that changes over the picture.
const TILE: usize = 256;
/// Tiles overlap by half, where two Hann windows add up to one.
const HOP: usize = TILE / 2;
/// Nothing slower than this is touched, cycles per pixel: below it lie ribs and vessels.
const FREQUENCY_MIN: f64 = 0.13;
/// Nothing this close to an axis is touched, bins: straight edges of film and text lie there.
const AXIS_BINS: usize = 3;
/// Power over the median at its distance from which a peak is a beat, where it stands in half of the
/// tiles looked at: an edge or a letter stands in one or two. Of 192 rendered photos of films 2 lie
/// above (a mesh behind a window), of monitors and laptops those whose beats can be seen.
const PEAK_MIN: f32 = 60.0;
/// Side of the blocks of bins in which a peak may wander from tile to tile.
const BLOCK: usize = 4;
/// Blocks across and down.
const BLOCKS: usize = TILE / BLOCK;
/// Power over the median at its distance from which a bin is cut down to that median.
const CUT_FROM: f32 = 16.0;
/// Power below which a ring counts as empty: noise of 0.7 grey levels.
const NOISE_POWER: f32 = 0.5;
/// Values looked at for the median of a ring.
const RING_SAMPLES: usize = 64;
/// Tiles looked at across and down to find out whether there is moire.
const LOOKS: (usize, usize) = (4, 2);

/// The picture without moire; nothing when there is none, or the picture is too small to tell.
#[must_use]
pub fn without_moire(film: &GrayImage) -> Option<GrayImage> {
    let (width, height) = (film.width() as usize, film.height() as usize);
    if width < TILE || height < TILE {
        return None;
    }
    let mut spectrum = Spectrum::new();
    let beats = spectrum.beats(film);
    if beats.is_empty() {
        return None;
    }
    let mut sum = vec![0.0_f32; width * height];
    let starts = |side: usize| (0..=side.div_ceil(HOP)).map(|i| (i * HOP) as i64 - HOP as i64);
    for top in starts(height) {
        for left in starts(width) {
            spectrum.load(film, left, top);
            spectrum.forward();
            spectrum.cut(&beats);
            spectrum.inverse();
            spectrum.add_to(&mut sum, (width, height), left, top);
        }
    }
    let pixels = sum.into_iter().map(|value| (value + 0.5).clamp(0.0, 255.0) as u8).collect();
    GrayImage::from_raw(film.width(), film.height(), pixels)
}

/// One tile and its spectrum.
struct Spectrum {
    forward: Arc<dyn Fft<f32>>,
    inverse: Arc<dyn Fft<f32>>,
    scratch: Vec<Complex<f32>>,
    bins: Vec<Complex<f32>>,
    other: Vec<Complex<f32>>,
    /// Hann window of one side; periodic, so that halves add up to one.
    window: Vec<f32>,
    /// Distance of each bin from the middle, bins.
    ring: Vec<usize>,
    /// Bins that may be cut.
    open: Vec<usize>,
    /// Some bins of each ring, for its median.
    samples: Vec<Vec<usize>>,
}

impl Spectrum {
    fn new() -> Self {
        let mut planner = FftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(TILE), planner.plan_fft_inverse(TILE));
        let scratch = forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len());
        let step = std::f64::consts::TAU / TILE as f64;
        let window = (0..TILE).map(|i| (0.5 - 0.5 * (i as f64 * step).cos()) as f32).collect();
        let away = |i: usize| i.min(TILE - i);
        let (mut ring, mut open) = (Vec::with_capacity(TILE * TILE), Vec::new());
        for at in 0..TILE * TILE {
            let (x, y) = (away(at % TILE), away(at / TILE));
            let distance = (x as f64).hypot(y as f64);
            ring.push(distance.round() as usize);
            let far = distance >= FREQUENCY_MIN * TILE as f64;
            if far && x >= AXIS_BINS && y >= AXIS_BINS {
                open.push(at);
            }
        }
        let rings = ring.iter().copied().max().unwrap_or(0) + 1;
        let mut whole = vec![Vec::new(); rings];
        for at in &open {
            whole[ring[*at]].push(*at);
        }
        let thinned = |bins: Vec<usize>| {
            let step = bins.len().div_ceil(RING_SAMPLES).max(1);
            bins.into_iter().step_by(step).collect()
        };
        let samples = whole.into_iter().map(thinned).collect();
        let zero = Complex::new(0.0, 0.0);
        Self {
            forward,
            inverse,
            scratch: vec![zero; scratch],
            bins: vec![zero; TILE * TILE],
            other: vec![zero; TILE * TILE],
            window,
            ring,
            open,
            samples,
        }
    }

    /// Takes a tile, windowed; beyond the picture its border is mirrored.
    fn load(&mut self, film: &GrayImage, left: i64, top: i64) {
        let (width, height) = (i64::from(film.width()), i64::from(film.height()));
        let mirrored = |i: i64, side: i64| {
            let i = if i < 0 { -i - 1 } else { i };
            (if i >= side { 2 * side - 1 - i } else { i }).clamp(0, side - 1) as usize
        };
        let pixels = film.as_raw();
        let columns: Vec<usize> = (0..TILE).map(|x| mirrored(left + x as i64, width)).collect();
        for y in 0..TILE {
            let row = mirrored(top + y as i64, height) * width as usize;
            for (x, column) in columns.iter().enumerate() {
                let value = f32::from(pixels[row + column]) * self.window[x] * self.window[y];
                self.bins[y * TILE + x] = Complex::new(value, 0.0);
            }
        }
    }

    /// Rows, then columns. What comes out is transposed, which nothing here minds.
    fn forward(&mut self) {
        self.forward.process_with_scratch(&mut self.bins, &mut self.scratch);
        self.transpose();
        self.forward.process_with_scratch(&mut self.bins, &mut self.scratch);
    }

    fn inverse(&mut self) {
        self.inverse.process_with_scratch(&mut self.bins, &mut self.scratch);
        self.transpose();
        self.inverse.process_with_scratch(&mut self.bins, &mut self.scratch);
    }

    fn transpose(&mut self) {
        for y in 0..TILE {
            for x in 0..TILE {
                self.other[x * TILE + y] = self.bins[y * TILE + x];
            }
        }
        std::mem::swap(&mut self.bins, &mut self.other);
    }

    fn add_to(&self, sum: &mut [f32], (width, height): (usize, usize), left: i64, top: i64) {
        let scale = 1.0 / (TILE * TILE) as f32;
        let inside = |start: i64, i: usize, side: usize| {
            usize::try_from(start + i as i64).ok().filter(|at| *at < side)
        };
        for y in 0..TILE {
            let Some(row) = inside(top, y, height) else { continue };
            for x in 0..TILE {
                if let Some(column) = inside(left, x, width) {
                    sum[row * width + column] += self.bins[y * TILE + x].re * scale;
                }
            }
        }
    }

    /// Median power of each ring, never below that of slight noise.
    fn medians(&self, power: impl Fn(usize) -> f32) -> Vec<f32> {
        let energy: f32 = self.window.iter().map(|w| w * w).sum();
        let floor = energy * energy * NOISE_POWER;
        let mut values = Vec::with_capacity(RING_SAMPLES);
        let median = |bins: &Vec<usize>| {
            values.clear();
            values.extend(bins.iter().map(|at| power(*at)));
            if values.is_empty() {
                return floor;
            }
            let middle = values.len() / 2;
            (*values.select_nth_unstable_by(middle, f32::total_cmp).1).max(floor)
        };
        self.samples.iter().map(median).collect()
    }

    /// The bins in which beats stand, over tiles spread through the picture.
    fn beats(&mut self, film: &GrayImage) -> Vec<usize> {
        let (across, down) = LOOKS;
        let start = |i: usize, of: usize, side: u32| {
            let room = i64::from(side) - TILE as i64;
            room * (2 * i as i64 + 1) / (2 * of as i64)
        };
        let mut seen = vec![Vec::new(); BLOCKS * BLOCKS];
        for i in 0..across * down {
            let left = start(i % across, across, film.width());
            let top = start(i / across, down, film.height());
            self.load(film, left, top);
            self.forward();
            let medians = self.medians(|at| self.bins[at].norm_sqr());
            let mut strongest = vec![0.0_f32; BLOCKS * BLOCKS];
            for at in &self.open {
                let block = &mut strongest[block_of(*at)];
                *block = block.max(self.bins[*at].norm_sqr() / medians[self.ring[*at]]);
            }
            for (block, strongest) in seen.iter_mut().zip(strongest) {
                block.push(strongest);
            }
        }
        let half = across * down / 2 - 1;
        let beating = |mut looks: Vec<f32>| {
            looks.sort_by(|a, b| b.total_cmp(a));
            looks[half] >= PEAK_MIN
        };
        let beating: Vec<bool> = seen.into_iter().map(beating).collect();
        // A peak near the rim of its block reaches into the next one.
        let near = |at: &usize| {
            let (x, y) = (block_of(*at) % BLOCKS, block_of(*at) / BLOCKS);
            let next = |i: usize| [i + BLOCKS - 1, i, i + 1].map(|i| i % BLOCKS);
            next(y).iter().any(|row| next(x).iter().any(|column| beating[row * BLOCKS + column]))
        };
        self.open.iter().copied().filter(near).collect()
    }

    /// Cuts these bins down to what lies around them.
    fn cut(&mut self, beats: &[usize]) {
        let medians = self.medians(|at| self.bins[at].norm_sqr());
        for at in beats {
            let (power, median) = (self.bins[*at].norm_sqr(), medians[self.ring[*at]]);
            if power > CUT_FROM * median {
                self.bins[*at] *= (median / power).sqrt();
            }
        }
    }
}

/// The block that a bin belongs to.
const fn block_of(at: usize) -> usize {
    at / TILE / BLOCK * BLOCKS + at % TILE / BLOCK
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Ribs, a heart and grain; with a beat of the given amplitude over it.
    fn film(beat: f64) -> GrayImage {
        GrayImage::from_fn(420, 500, |x, y| {
            let (u, v) = (f64::from(x), f64::from(y));
            let ribs = 22.0 * (v / 9.0 + (u / 60.0).sin()).sin();
            let heart = 60.0 * (-((u - 230.0) / 70.0).powi(2) - ((v - 300.0) / 80.0).powi(2)).exp();
            let mut hash = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
            hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
            let grain = f64::from((hash ^ (hash >> 12)) & 0xff) / 32.0 - 4.0;
            let moire = beat * (u * 1.35 + v * 0.4).sin();
            Luma([(110.0 + ribs + heart + grain + moire) as u8])
        })
    }

    fn difference(a: &GrayImage, b: &GrayImage) -> f64 {
        let squares =
            a.pixels().zip(b.pixels()).map(|(p, q)| (f64::from(p[0]) - f64::from(q[0])).powi(2));
        (squares.sum::<f64>() / a.pixels().len() as f64).sqrt()
    }

    #[test]
    fn a_beat_is_taken_out_and_the_anatomy_stays() {
        let (clean, beaten) = (film(0.0), film(14.0));
        let mended = without_moire(&beaten).expect("moire");
        let (before, after) = (difference(&beaten, &clean), difference(&mended, &clean));
        assert!(before > 9.0 && after < 2.0, "{before} {after}");
    }

    #[test]
    fn a_film_without_a_beat_is_left_alone() {
        assert!(without_moire(&film(0.0)).is_none());
        assert!(without_moire(&GrayImage::from_pixel(300, 300, Luma([200]))).is_none());
    }

    #[test]
    fn straight_edges_and_letters_are_no_beat() {
        let bars = GrayImage::from_fn(400, 400, |x, y| {
            let letter = x > 300 && y < 60 && (x / 3 + y / 5) % 3 == 0;
            Luma([if letter || (180..190).contains(&x) { 250 } else { 60 }])
        });
        assert!(without_moire(&bars).is_none());
    }

    #[test]
    fn a_picture_too_small_to_tell_is_left_alone() {
        assert!(without_moire(&GrayImage::new(255, 700)).is_none());
    }
}
