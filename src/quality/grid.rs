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
    fn means_at_the_rim_count_only_what_is_there() {
        let film: Vec<f32> = (0..INNER * INNER).map(|i| (i % INNER) as f32).collect();
        let means = mean(&film, 2);
        assert!((means[0] - 1.0).abs() < 1e-5 && (means[INNER + 50] - 50.0).abs() < 1e-4);
        assert!((means[INNER - 1] - (INNER as f32 - 2.0)).abs() < 1e-4);
    }

    #[test]
    fn extremes_reach_as_far_as_the_square() {
        let mut film = vec![10.0; INNER * INNER];
        film[50 * INNER + 50] = 200.0;
        film[20 * INNER] = 0.0;
        let (low, high) = (erode(&film, 3), dilate(&film, 3));
        assert_eq!((high[53 * INNER + 47], high[54 * INNER + 50]), (200.0, 10.0));
        assert_eq!((low[23 * INNER + 3], low[20 * INNER + 4]), (0.0, 10.0));
    }
}
