//! Urgent results in two text messages, for the time in which no data link comes: what is said, and when.
//!
//! An announcement is no receipt: the records that it tells of wait until theirs is there. It holds no name
//! and no age. How it becomes text is in `wire::sms_digest`; `docs/sync.md` has the format byte by byte.

use crate::domain::finding::{Call, Evidence, Finding, Score};
use crate::domain::ids::{Seq, StudyNumber};
use crate::domain::stamp::Stamp;

/// Minutes that an urgent record waits for its receipt before it is announced.
pub const AFTER_MINUTES: u32 = 20;
/// Text messages in 24 hours of the box being on, repetitions included: what a stolen SIM could cost.
pub const TEXTS_PER_DAY: u32 = 24;
/// Most findings of one result: those above their threshold, the pressing ones first.
pub const FINDINGS_MAX: usize = 3;
/// What the portal's answer begins with.
pub const ANSWER_MARK: &str = "FR1H";
/// Steps of a [`Level`] between 0 and 1.
const LEVELS: f32 = 255.0;
/// First wait after a try that failed, milliseconds; it doubles up to [`WAIT_MAX_MS`].
const WAIT_FIRST_MS: i64 = 60_000;
/// Longest wait between two tries, milliseconds.
const WAIT_MAX_MS: i64 = 60 * 60_000;

/// A number from 0 to 1 in one byte: to the nearest 1/255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub u8);

impl Level {
    /// The nearest level to a score.
    #[must_use]
    pub fn of(score: Score) -> Self {
        // The level that is nearest, found without a cast: a score is within 0 and 1.
        let wanted = score.value() * LEVELS;
        let near = |level: &u8| (f32::from(*level) - wanted).abs();
        let nearest = (0..=u8::MAX).min_by(|a, b| near(a).total_cmp(&near(b)));
        Self(nearest.unwrap_or_default())
    }

    /// The score that it stands for, at most 1/510 away from the one that it was made of.
    #[must_use]
    pub fn score(self) -> Score {
        Score::new(f32::from(self.0) / LEVELS).unwrap_or(Score::ZERO)
    }
}

/// A finding above its threshold, with assessed evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnouncedFinding {
    /// Which one.
    pub finding: Finding,
    /// Its score.
    pub score: Level,
    /// The threshold in force.
    pub threshold: Level,
    /// Lower and upper end of the band in which no call is made.
    pub band: (Level, Level),
}

/// What a record of an urgent reading says of one finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredFinding {
    /// Which one.
    pub finding: Finding,
    /// How well it is supported.
    pub evidence: Evidence,
    /// The call that was made.
    pub call: Call,
    /// The score.
    pub score: Score,
    /// The threshold.
    pub threshold: Score,
    /// The band.
    pub band: (Score, Score),
}

/// What an announcement tells of a record: the findings above their threshold, the pressing ones first, and
/// whether there are more of them. Both sides make it from the record's own bytes, so that they can be
/// compared once the record is there.
#[must_use]
pub fn told(scored: &[ScoredFinding]) -> (Vec<AnnouncedFinding>, bool) {
    let counts =
        |one: &&ScoredFinding| one.evidence == Evidence::Assessed && one.call == Call::Above;
    let mut above: Vec<_> = scored.iter().filter(counts).collect();
    above.sort_by_key(|one| (!is_pressing(one.finding), one.finding));
    let more = above.len() > FINDINGS_MAX;
    let findings = above.into_iter().take(FINDINGS_MAX).map(|one| AnnouncedFinding {
        finding: one.finding,
        score: Level::of(one.score),
        threshold: Level::of(one.threshold),
        band: (Level::of(one.band.0), Level::of(one.band.1)),
    });
    (findings.collect(), more)
}

/// Whether the finding makes a reading urgent, as `domain::reading` has it.
const fn is_pressing(finding: Finding) -> bool {
    matches!(finding, Finding::Tuberculosis | Finding::Covid19 | Finding::Pneumothorax)
}

/// What has become of the alert about a result on its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlertStanding {
    /// There is one, and nobody has taken it over.
    Open,
    /// There is none: the rules of the box do not ask for it.
    None,
    /// A person has it.
    Acknowledged,
}

impl AlertStanding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::None, Self::Acknowledged];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::None => "none",
            Self::Acknowledged => "acknowledged",
        }
    }

    /// Reads a [`AlertStanding::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One urgent result, announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The box's number for the record, by which the portal finds it once it is there.
    pub seq: Seq,
    /// The number that people of the box say.
    pub study: StudyNumber,
    /// When it became known on the box, to the minute; `None`: too long before the digest to be said.
    pub known: Option<Stamp>,
    /// How its alert stands.
    pub alert: AlertStanding,
    /// Findings above their threshold, one to [`FINDINGS_MAX`].
    pub findings: Vec<AnnouncedFinding>,
    /// There are more of them.
    pub more: bool,
}

/// What one digest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsDigest {
    /// When it was made, to the minute, by the box's clock.
    pub made: Stamp,
    /// Urgent records that wait for their receipt on the box, these included; 255: that many or more.
    pub waiting: u8,
    /// The results.
    pub results: Vec<Announced>,
}

/// The order in which results are announced: where nobody has taken the alert over first, then as the box
/// made them.
pub fn sort(results: &mut [Announced]) {
    results.sort_by_key(|one| (one.alert, one.seq));
}

/// How the site has set it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Minutes that an urgent record waits before it is announced; 0: as soon as there is no link.
    pub after_minutes: u32,
    /// Most text messages in 24 hours of the box being on.
    pub texts_per_day: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { after_minutes: AFTER_MINUTES, texts_per_day: TEXTS_PER_DAY }
    }
}

/// How things stand at a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The link to the portal does not carry anything, or an urgent record is not taken over it.
    pub link_down: bool,
    /// The portal can open what this box seals, and has said so.
    pub portal_ready: bool,
    /// A message about an alert waits for the same way, or is on it.
    pub alert_waits: bool,
    /// How long the box has been on while the record that waits for longest waited without being announced,
    /// milliseconds; `None`: none waits.
    pub waited_ms: Option<i64>,
    /// Texts that may have left within the last 24 hours of the box being on.
    pub spent: u32,
    /// A text of a digest that is made already has to leave.
    pub text_waits: bool,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing is to be said, or the link carries it.
    Nothing,
    /// Something is to be said, and cannot be now.
    Held(Hold),
    /// Make a digest.
    Make,
    /// Send a text of the digest that is made.
    Send,
}

/// Why nothing is sent although something is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The records have not waited for long enough.
    Young,
    /// The portal does not have this box's key yet: it needs one contact.
    NotReady,
    /// A physician is told first.
    AlertFirst,
    /// The texts of the day are used up.
    Spent,
}

impl Hold {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Young => "young",
            Self::NotReady => "not-ready",
            Self::AlertFirst => "alert-first",
            Self::Spent => "spent",
        }
    }
}

/// What is due. A link that carries is always the better way; alerts to people always go first.
#[must_use]
pub fn next(pace: Pace, now: Situation) -> Next {
    let old = now.waited_ms.is_some_and(|ms| ms >= i64::from(pace.after_minutes) * 60_000);
    let wanted = now.text_waits || now.waited_ms.is_some();
    match () {
        () if !now.link_down || !wanted => Next::Nothing,
        () if !now.text_waits && !old => Next::Held(Hold::Young),
        () if !now.portal_ready => Next::Held(Hold::NotReady),
        () if now.spent >= pace.texts_per_day => Next::Held(Hold::Spent),
        () if now.alert_waits => Next::Held(Hold::AlertFirst),
        () if now.text_waits => Next::Send,
        () => Next::Make,
    }
}

/// How long to wait after so many tries in a row that failed, from 1, milliseconds.
#[must_use]
pub fn wait_ms(failures: u32) -> i64 {
    let doubled = WAIT_FIRST_MS.saturating_mul(1_i64 << failures.saturating_sub(1).min(16));
    doubled.min(WAIT_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn levels_are_the_nearest_ones() {
        let level = |value| Level::of(Score::new(value).unwrap());
        assert_eq!((level(0.0), level(1.0), level(0.5)), (Level(0), Level(255), Level(127)));
        for at in 0..=1000_u16 {
            let value = f32::from(at) / 1000.0;
            assert!((level(value).score().value() - value).abs() <= 1.0 / 509.0);
        }
    }

    fn scored(finding: Finding, evidence: Evidence, call: Call) -> ScoredFinding {
        let half = Score::new(0.5).unwrap();
        ScoredFinding { finding, evidence, call, score: half, threshold: half, band: (half, half) }
    }

    #[test]
    fn hints_and_what_is_not_above_are_never_announced() {
        use Finding::{Cardiomegaly, Covid19, Effusion, Mass, Nodule, Pneumothorax, Tuberculosis};
        let above = |finding| scored(finding, Evidence::Assessed, Call::Above);
        let (findings, more) = told(&[
            scored(Covid19, Evidence::Hint, Call::Above),
            scored(Mass, Evidence::Assessed, Call::Indeterminate),
            scored(Nodule, Evidence::Assessed, Call::Below),
            above(Effusion),
            above(Pneumothorax),
        ]);
        let names: Vec<_> = findings.iter().map(|one| one.finding).collect();
        assert_eq!((names, more), (vec![Pneumothorax, Effusion], false));
        let all = [above(Cardiomegaly), above(Effusion), above(Pneumothorax), above(Tuberculosis)];
        let (findings, more) = told(&all);
        let names: Vec<_> = findings.iter().map(|one| one.finding).collect();
        assert_eq!((names, more), (vec![Tuberculosis, Pneumothorax, Effusion], true));
    }

    fn situation() -> impl Strategy<Value = Situation> {
        let waited = prop::option::of(0..4_000_000_i64);
        (any::<[bool; 4]>(), waited, 0..40_u32).prop_map(|(flags, waited_ms, spent)| {
            let [link_down, portal_ready, alert_waits, text_waits] = flags;
            Situation { link_down, portal_ready, alert_waits, waited_ms, spent, text_waits }
        })
    }

    proptest! {
        #[test]
        fn nothing_goes_while_the_link_carries_an_alert_waits_or_the_day_is_spent(
            now in situation(),
        ) {
            let next = next(Pace::default(), now);
            if matches!(next, Next::Make | Next::Send) {
                prop_assert!(now.link_down && now.portal_ready && !now.alert_waits);
                prop_assert!(now.spent < TEXTS_PER_DAY);
                prop_assert!(now.text_waits || now.waited_ms >= Some(20 * 60_000));
            }
            // And whatever is to be said is said in the end.
            let free = Situation {
                link_down: true, portal_ready: true, alert_waits: false, spent: 0, ..now
            };
            let old = now.waited_ms.is_some_and(|ms| ms >= 20 * 60_000);
            if now.text_waits || old {
                let free = super::next(Pace::default(), free);
                prop_assert!(matches!(free, Next::Make | Next::Send));
            }
        }
    }

    #[test]
    fn waits_grow_to_an_hour() {
        assert_eq!((wait_ms(1), wait_ms(2), wait_ms(99)), (60_000, 120_000, 3_600_000));
    }

    #[test]
    fn codes_read_back() {
        for one in AlertStanding::ALL {
            assert_eq!(AlertStanding::parse(one.code()), Some(one));
        }
    }
}
