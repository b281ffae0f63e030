//! Grey-scale morphology on the cells of a film.

use super::patch::INNER;

/// Smallest value within a square of this radius, per cell.
pub(super) fn erode(film: &[f32], radius: usize) -> Vec<f32> {
    slide(film, radius, |a, b| if b < a { b } else { a })
}

/// Largest value within a square of this radius, per cell.
pub(super) fn dilate(film: &[f32], radius: usize) -> Vec<f32> {
    slide(film, radius, |a, b| if b > a { b } else { a })
}

/// Mean of the cells within a square of this radius, per cell.
pub(super) fn mean(film: &[f32], radius: usize) -> Vec<f32> {
    // Sums over all cells above and to the left, with a row and a column of zeros before them.
    let wide = INNER + 1;
    let mut sums = vec![0.0_f64; wide * wide];
    for y in 0..INNER {
        let mut row = 0.0;
        for x in 0..INNER {
            row += f64::from(film[y * INNER + x]);
            sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
        }
    }
    let span = |at: usize| (at.saturating_sub(radius), (at + radius + 1).min(INNER));
    let cell = |i: usize| {
        let ((x0, x1), (y0, y1)) = (span(i % INNER), span(i / INNER));
        let at = |x: usize, y: usize| sums[y * wide + x];
        let sum = at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0);
        (sum / ((x1 - x0) * (y1 - y0)) as f64) as f32
    };
    (0..INNER * INNER).map(cell).collect()
}

/// Extreme over a square window, one direction after the other.
fn slide(film: &[f32], radius: usize, pick: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let merge = |out: &mut [f32], other: &[f32]| {
        for (value, other) in out.iter_mut().zip(other) {
            *value = pick(*value, *other);
        }
    };
    let mut rows = film.to_vec();
    for (out, row) in rows.chunks_exact_mut(INNER).zip(film.chunks_exact(INNER)) {
        for shift in 1..=radius {
            merge(out, &row[shift..]);
            merge(&mut out[shift..], row);
        }
    }
    let mut out = rows.clone();
    for (y, out) in out.chunks_exact_mut(INNER).enumerate() {
        let (from, to) = (y.saturating_sub(radius), (y + radius + 1).min(INNER));
        for row in rows[from * INNER..to * INNER].chunks_exact(INNER) {
            merge(out, row);
        }
    }
    out
}
