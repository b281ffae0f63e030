//! Grey-scale morphology on the cells of a film.

use super::patch::INNER;

/// Smallest value within a square of this radius, per cell.
pub(super) fn erode(film: &[f32], radius: usize) -> Vec<f32> {
    slide(film, radius, f32::min)
}

/// Largest value within a square of this radius, per cell.
pub(super) fn dilate(film: &[f32], radius: usize) -> Vec<f32> {
    slide(film, radius, f32::max)
}

/// What is left of bright things after everything narrower than the square is taken away.
pub(super) fn open(film: &[f32], radius: usize) -> Vec<f32> {
    dilate(&erode(film, radius), radius)
}

/// The same for dark things.
pub(super) fn close(film: &[f32], radius: usize) -> Vec<f32> {
    erode(&dilate(film, radius), radius)
}

/// Extreme over a square window, one direction after the other.
fn slide(film: &[f32], radius: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let mut rows = film.to_vec();
    for y in 0..INNER {
        for x in 0..INNER {
            let (from, to) = (x.saturating_sub(radius), (x + radius).min(INNER - 1));
            rows[y * INNER + x] =
                (from..=to).map(|i| film[y * INNER + i]).reduce(pick).unwrap_or_default();
        }
    }
    let mut out = rows.clone();
    for y in 0..INNER {
        let (from, to) = (y.saturating_sub(radius), (y + radius).min(INNER - 1));
        for x in 0..INNER {
            out[y * INNER + x] =
                (from..=to).map(|j| rows[j * INNER + x]).reduce(pick).unwrap_or_default();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_removes_a_spot_and_keeps_a_field() {
        let mut film = vec![10.0; INNER * INNER];
        film[50 * INNER + 50] = 200.0;
        for y in 20..40 {
            for x in 20..40 {
                film[y * INNER + x] = 100.0;
            }
        }
        let opened = open(&film, 3);
        assert!((opened[50 * INNER + 50] - 10.0).abs() < 1e-6);
        assert!((opened[30 * INNER + 30] - 100.0).abs() < 1e-6);
        assert_eq!(close(&film, 3)[50 * INNER + 50].total_cmp(&200.0), std::cmp::Ordering::Equal);
    }
}
