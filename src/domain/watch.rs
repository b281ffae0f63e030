//! A new program that was settled lately: a crash that only real work brings would start it for ever.

use crate::domain::update::ReleaseVersion;

/// For how long a program is watched after it was settled, seconds that the box was on.
pub const WATCHED_S: u64 = 24 * 3600;
/// Starts within [`STARTS_WITHIN_S`] after which it is not believed any more.
pub const STARTS_MAX: usize = 5;
/// See [`STARTS_MAX`], seconds.
pub const STARTS_WITHIN_S: u64 = 10 * 60;

/// Starts of a program since it was settled. Time is the kernel's, which never jumps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Which program.
    pub version: ReleaseVersion,
    /// Which start of the machine the seconds count from.
    pub kernel: String,
    /// For how long the box has been on since the program was settled, seconds; a little less than true.
    pub on_s: u64,
    /// When it was looked at last.
    pub seen_s: u64,
    /// Starts of the last [`STARTS_WITHIN_S`].
    pub starts_s: Vec<u64>,
}

/// What a start says about a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steadiness {
    /// It has been on for long enough; it is watched no more.
    Proved,
    /// Nothing odd so far.
    Fine,
    /// It starts again and again.
    Restarting,
}

impl Watch {
    /// Begins with a program that is settled now.
    #[must_use]
    pub const fn begin(version: ReleaseVersion, kernel: String, at_s: u64) -> Self {
        Self { version, kernel, on_s: 0, seen_s: at_s, starts_s: Vec::new() }
    }

    /// Counts a start.
    pub fn start(&mut self, kernel: &str, at_s: u64) -> Steadiness {
        if self.kernel == kernel {
            self.on_s += at_s.saturating_sub(self.seen_s);
        } else {
            // The machine was off in between: for how long nobody knows, and it is not needed.
            kernel.clone_into(&mut self.kernel);
            self.on_s += at_s;
            self.starts_s.clear();
        }
        self.seen_s = at_s;
        if self.on_s > WATCHED_S {
            return Steadiness::Proved;
        }
        self.starts_s.retain(|start| at_s.saturating_sub(*start) < STARTS_WITHIN_S);
        if self.starts_s.len() >= STARTS_MAX {
            return Steadiness::Restarting;
        }
        self.starts_s.push(at_s);
        Steadiness::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> Watch {
        Watch::begin(ReleaseVersion::parse("0.2.0").unwrap(), "first".to_owned(), 100)
    }

    #[test]
    fn five_starts_within_ten_minutes_are_too_many() {
        let mut quick = watch();
        for start in 0..5 {
            assert_eq!(quick.start("first", 100 + start * 60), Steadiness::Fine);
        }
        assert_eq!(quick.start("first", 450), Steadiness::Restarting);
        assert_eq!(quick.start("first", 460), Steadiness::Restarting);
        assert_eq!(quick.start("second", 20), Steadiness::Fine, "somebody switched the machine");

        let mut slow = watch();
        for start in 0..50 {
            assert_eq!(slow.start("first", 100 + start * 150), Steadiness::Fine);
        }
    }

    #[test]
    fn after_a_day_of_being_on_it_is_believed() {
        let mut watch = watch();
        assert_eq!(watch.start("first", 100 + WATCHED_S / 2), Steadiness::Fine);
        assert_eq!(watch.start("second", WATCHED_S / 2), Steadiness::Fine);
        assert_eq!(watch.start("second", WATCHED_S / 2 + 1), Steadiness::Proved);
    }
}
