//! How figures are said.

use super::{HOURS_FROM_S, Look};
use crate::locale::Locale;
use crate::portal::programme::figures::{Warning, percent};

/// What figures are called.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) &'static Locale);

impl Words {
    pub(super) fn t(self, key: &str) -> String {
        self.0.t(key)
    }

    pub(super) fn count(self, key: &str, count: u32) -> String {
        self.0.text(key, &[("count", count.into())])
    }

    /// That there are more than a page shows.
    pub(super) fn more(self, key: &str, all: usize, most: usize) -> Option<String> {
        let more = all.checked_sub(most).filter(|more| *more > 0)?;
        Some(self.0.text(key, &[("count", more.into())]))
    }

    pub(super) fn named(self, key: &str, count: u32) -> String {
        format!("{}: {count}", self.t(key))
    }

    /// A part with its name.
    pub(super) fn part(self, key: &str, part: u32, whole: u32) -> String {
        format!("{}: {}", self.t(key), self.share(part, whole))
    }

    /// Counts beside every share; of very few only the counts.
    pub(super) fn share(self, part: u32, whole: u32) -> String {
        let counts = [("part", part.into()), ("whole", whole.into())];
        let text = self.0.text("programme-of", &counts);
        percent(part, whole).map_or(text.clone(), |percent| format!("{text} ({percent} %)"))
    }

    pub(super) fn time(self, seconds: Option<i64>) -> String {
        match seconds {
            None => self.t("programme-no-time"),
            Some(seconds) if seconds < HOURS_FROM_S => {
                self.0.text("month-minutes", &[("count", ((seconds + 30) / 60).into())])
            }
            Some(seconds) => {
                self.0.text("programme-hours", &[("count", ((seconds + 1800) / 3600).into())])
            }
        }
    }

    /// What the time to an answer of one class of alerts is called.
    pub(super) fn answer(self, class: &str) -> String {
        format!("{}: {}", self.t("programme-answer"), self.t(&format!("alert-class-{class}")))
    }

    pub(super) fn look(self, site: &str, warning: Warning) -> Look {
        let share = |[part, whole]: [u32; 2]| self.share(part, whole);
        let args = match warning {
            Warning::Quiet { days } => vec![("days", days.into())],
            Warning::NeverAFilm => Vec::new(),
            Warning::Refused { part, whole } => vec![("share", share([part, whole]).into())],
            Warning::Share { now, usual } => {
                vec![("now", share(now).into()), ("usual", share(usual).into())]
            }
            Warning::Undated { films } => vec![("count", films.into())],
        };
        let key = format!("programme-look-{}", warning.code());
        Look {
            what: format!("{site}: {}", self.0.text(&key, &args)),
            next: self.t(&format!("{key}.next")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_beside_every_share_and_few_have_no_share() {
        let words = Words(Locale::english());
        assert_eq!(words.share(3, 4), "3 of 4");
        assert_eq!(words.share(3, 12), "3 of 12 (25 %)");
        assert_eq!(words.time(Some(89)), "1 min");
        assert_eq!(words.time(Some(HOURS_FROM_S)), "3 h");
        assert_eq!(words.time(None), "no sure time");
    }

    #[test]
    fn a_page_says_what_it_leaves_out() {
        let words = Words(Locale::english());
        assert_eq!(words.more("programme-more-looks", 3, 3), None);
        let more = words.more("programme-more-looks", 8, 3);
        assert_eq!(more.as_deref(), Some("5 more are not shown: choose one site."));
    }
}
