//! How long to wait after a failure, and how much to send in one step.

/// Shortest wait after a failure, milliseconds.
pub const WAIT_MS_MIN: u64 = 500;
/// Longest wait after a failure, milliseconds: half an hour.
pub const WAIT_MS_MAX: u64 = 30 * 60 * 1000;
/// Longest wait after a link broke that had carried something, milliseconds: it may be there again.
const WAIT_MS_BROKEN: u64 = 1_000;
/// Longest wait after the first failure without anything carried, milliseconds.
const WAIT_MS_FIRST: u64 = 5_000;

/// Longest time that one step may take on the link, seconds: so long an urgent record may have to wait
/// for an image's bytes that are on their way, and so much is sent again after a cut.
const STEP_SECONDS: u64 = 8;
/// Least bytes of a step: on slower links the head of a request would outweigh its body.
const STEP_BYTES_MIN: u64 = 4 * 1024;
/// Most bytes of records in a step.
pub const BATCH_BYTES_MAX: u64 = 64 * 1024;
/// Most bytes of an image in a step.
pub const CHUNK_BYTES_MAX: u64 = 256 * 1024;
/// Bytes of the first step: how much a link carries before it breaks is not known either.
pub const LIMIT_BYTES_FIRST: u64 = 16 * 1024;
/// Bytes of a step while nothing is known of the link: on GSM four times as much takes a minute, and on a fast
/// link the next step is larger.
const STEP_BYTES_UNKNOWN: u64 = STEP_BYTES_MIN;

/// How long to wait after `failures` failures in a row without anything carried (0: it broke while it
/// carried something), milliseconds: anything up to a bound that doubles with every failure. `random`
/// spreads a district's boxes that all lost the same portal at the same moment; a portal that says how
/// long to wait is obeyed up to the longest wait.
#[must_use]
pub fn wait_ms(failures: u32, random: u64, told_ms: Option<u64>) -> u64 {
    let bound = match failures.checked_sub(1) {
        None => WAIT_MS_BROKEN,
        Some(more) => WAIT_MS_FIRST.saturating_mul(1 << more.min(20)).min(WAIT_MS_MAX),
    };
    let chosen = WAIT_MS_MIN + random % (bound - WAIT_MS_MIN + 1);
    chosen.max(told_ms.unwrap_or(0).min(WAIT_MS_MAX))
}

/// Most bytes of the next step, at most `most`, on a link that last carried so many bytes a second.
#[must_use]
pub fn step_bytes(bytes_per_second: Option<u64>, most: u64) -> u64 {
    let wanted = bytes_per_second
        .map_or(STEP_BYTES_UNKNOWN, |rate| rate.saturating_mul(STEP_SECONDS).max(STEP_BYTES_MIN));
    wanted.min(most)
}

/// How much a step may carry after one that came through: half as much again.
#[must_use]
pub const fn wider(limit_bytes: u64) -> u64 {
    let wider = limit_bytes.saturating_add(limit_bytes / 2);
    if wider < CHUNK_BYTES_MAX { wider } else { CHUNK_BYTES_MAX }
}

/// How much a step may carry after one that broke: half as much. A link that breaks every minute would
/// otherwise never carry a step that takes two.
#[must_use]
pub const fn narrower(limit_bytes: u64) -> u64 {
    let narrower = limit_bytes / 2;
    if narrower > STEP_BYTES_MIN { narrower } else { STEP_BYTES_MIN }
}

/// The rate of a link after a step: half of what was believed, half of what was seen, so that one slow
/// moment does not decide.
#[must_use]
pub fn rate(before: Option<u64>, bytes: u64, ms: u64) -> u64 {
    let seen = bytes.saturating_mul(1000) / ms.max(1);
    before.map_or(seen, |before| before / 2 + seen / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_stay_within_their_bounds(failures: u32, random: u64, told: Option<u64>) {
            let wait = wait_ms(failures, random, told);
            prop_assert!((WAIT_MS_MIN..=WAIT_MS_MAX).contains(&wait));
        }

        #[test]
        fn steps_stay_within_their_bounds(rate: Option<u64>) {
            let bytes = step_bytes(rate, CHUNK_BYTES_MAX);
            prop_assert!((STEP_BYTES_MIN..=CHUNK_BYTES_MAX).contains(&bytes));
        }
    }

    #[test]
    fn the_first_wait_is_short_and_later_ones_spread() {
        let longest = |failures| {
            (0..20).map(|n| wait_ms(failures, n * 97_001, None)).max().unwrap_or_default()
        };
        assert!(longest(0) <= 1_000);
        assert!((2_000..=5_000).contains(&longest(1)));
        assert!(longest(12) > 600_000);
        assert_eq!(wait_ms(1, 0, None), WAIT_MS_MIN);
        assert_eq!(wait_ms(20, WAIT_MS_MAX - WAIT_MS_MIN, None), WAIT_MS_MAX);
        assert_eq!(wait_ms(1, 0, Some(60_000)), 60_000);
    }

    #[test]
    fn a_link_that_breaks_gets_small_steps_and_one_that_holds_gets_large_ones() {
        let mut limit = LIMIT_BYTES_FIRST;
        (0..20).for_each(|_| limit = wider(limit));
        assert_eq!(limit, CHUNK_BYTES_MAX);
        (0..20).for_each(|_| limit = narrower(limit));
        assert_eq!(limit, STEP_BYTES_MIN);
    }

    #[test]
    fn a_step_lasts_seconds_on_gsm_and_on_fibre() {
        assert_eq!(step_bytes(Some(1_200), CHUNK_BYTES_MAX), 9_600);
        assert_eq!(step_bytes(Some(10_000_000), CHUNK_BYTES_MAX), CHUNK_BYTES_MAX);
        assert_eq!(rate(None, 1_000, 500), 2_000);
        assert_eq!(rate(Some(4_000), 1_000, 500), 3_000);
    }
}
