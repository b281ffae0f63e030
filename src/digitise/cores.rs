//! Work on two cores: one reading at a time is made, so the second core of the box is free.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// Rows from which two cores are worth the start of a thread.
const ROWS_MIN: usize = 64;

/// Both results, worked out beside each other. A panic in either goes on here.
pub fn both<A, B: Send>(here: impl FnOnce() -> A, beside: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let here = here();
        (here, beside.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Fills a raster of rows in two bands, one on each core: `fill` gets the numbers of the rows and their
/// values.
pub(crate) fn in_bands<T: Send>(
    values: &mut [T],
    width: usize,
    fill: impl Fn(Range<usize>, &mut [T]) + Sync,
) {
    let rows = values.len() / width.max(1);
    if rows < ROWS_MIN {
        fill(0..rows, values);
        return;
    }
    let (upper, lower) = values.split_at_mut(rows / 2 * width);
    both(|| fill(0..rows / 2, upper), || fill(rows / 2..rows, lower));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_filled_once() {
        for rows in [0, 1, 63, 64, 65, 201] {
            let mut values = vec![0; rows * 7];
            in_bands(&mut values, 7, |range, band| {
                for (y, row) in range.zip(band.chunks_exact_mut(7)) {
                    row.iter_mut().for_each(|value| *value += y + 1);
                }
            });
            assert!(values.chunks(7).enumerate().all(|(y, row)| row.iter().all(|v| *v == y + 1)));
        }
    }

    #[test]
    fn a_panic_beside_is_not_lost() {
        let caught =
            std::panic::catch_unwind(|| both(|| 1, || -> i32 { resume_unwind(Box::new(7)) }));
        assert_eq!(caught.err().and_then(|panic| panic.downcast_ref::<i32>().copied()), Some(7));
    }
}
