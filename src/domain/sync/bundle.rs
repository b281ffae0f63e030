//! A program that the portal offers: what its order says, and what a box does with it, step by step.
//!
//! Pure: [`turn`] decides from what is seen; files, slots and rows are somebody else's.

use crate::domain::digest::Sha256Digest;
use crate::domain::sync::order::{OrderRefusal, Outcome};
use crate::domain::update::{BUNDLE_BYTES_MAX, BoxFacts, Phase, ReleaseVersion, Unfit};

/// Most bytes of a bundle beside its parts: what its head may take.
const HEAD_BYTES_MAX: u64 = 256 * 1024;
/// Most model packs named in an order.
pub const PACKS_MAX: usize = 64;
/// Longest name of a pack, `id@version`, or of a target, bytes.
const NAME_BYTES_MAX: usize = 160;
/// How often a bundle whose bytes are not those of its hash is fetched anew before it is refused.
pub const FETCHES_MAX: u32 = 3;

/// What an order says of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleOffer {
    /// SHA-256 of the whole file.
    pub hash: Sha256Digest,
    /// Its length, bytes.
    pub size_bytes: u64,
    /// Version of its program.
    pub version: ReleaseVersion,
    /// Machines for which it is, a target triple.
    pub target: String,
    /// Oldest program that takes it.
    pub from_min: ReleaseVersion,
    /// Model packs in it beside the program, `id@version`.
    pub packs: Vec<String>,
}

impl BundleOffer {
    /// Whether its numbers and names are such as a bundle can have.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        let plain = |text: &String| {
            let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
            (1..=NAME_BYTES_MAX).contains(&text.len()) && text.chars().all(safe)
        };
        (1..=BUNDLE_BYTES_MAX + HEAD_BYTES_MAX).contains(&self.size_bytes)
            && plain(&self.target)
            && self.packs.len() <= PACKS_MAX
            && self.packs.iter().all(plain)
    }

    /// What can be said before a byte is fetched: nothing against it (`None`), in use already, or why
    /// not.
    #[must_use]
    pub fn at_once(&self, facts: &BoxFacts) -> Option<Outcome> {
        let refused = |why| Some(Outcome::Refused(why));
        match () {
            () if self.target != facts.target => refused(OrderRefusal::OtherMachine),
            () if self.version == facts.version => Some(Outcome::Done),
            () if self.version < facts.version => refused(OrderRefusal::Older),
            () if facts.version < self.from_min => refused(OrderRefusal::FromTooOld),
            // People may try it again by hand; a portal does not.
            () if facts.failed == Some(self.version) => refused(OrderRefusal::WentBack),
            () => None,
        }
    }
}

impl OrderRefusal {
    /// Why a bundle does not fit.
    #[must_use]
    pub const fn unfit(why: Unfit) -> Self {
        match why {
            Unfit::OtherMachine => Self::OtherMachine,
            Unfit::InUse | Unfit::Older => Self::Older,
            Unfit::FromTooOld => Self::FromTooOld,
            Unfit::FromTooNew => Self::FromTooNew,
            Unfit::DatabaseNewer => Self::DatabaseNewer,
        }
    }

    /// Why the updater refused, from the code that it has left.
    #[must_use]
    pub fn told(code: &str) -> Self {
        match code {
            "damaged" => Self::Damaged,
            "signature" => Self::BadSignature,
            "space" => Self::NoRoom,
            "trial" => Self::TrialFailed,
            code => {
                let unfit = Unfit::ALL.into_iter().find(|why| why.code() == code);
                unfit.map_or(Self::InstallFailed, Self::unfit)
            }
        }
    }
}

/// How far a bundle of the portal is on a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its bytes come.
    Fetching,
    /// Its bytes do not come: there is not enough room for them and what follows.
    NoRoom,
    /// It is here, whole and signed: somebody is to agree, or the night is to come.
    Ready,
    /// The updater has been asked.
    Asked,
    /// Nothing more happens to it.
    Ended,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 5] =
        [Self::Fetching, Self::NoRoom, Self::Ready, Self::Asked, Self::Ended];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fetching => "fetching",
            Self::NoRoom => "no_room",
            Self::Ready => "ready",
            Self::Asked => "asked",
            Self::Ended => "ended",
        }
    }

    /// Reads a [`Stage::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// When the programs that a portal sends are installed. People of the box choose it, never the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UpdateChoice {
    /// When somebody has agreed on the page.
    #[default]
    Ask,
    /// By themselves, while the clinic is closed and nobody uses the pages.
    AtNight,
}

impl UpdateChoice {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Ask, Self::AtNight];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::AtNight => "at_night",
        }
    }

    /// Reads an [`UpdateChoice::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

/// What a box sees when it looks at the portal's bundle.
#[derive(Clone, Debug)]
pub struct Seen {
    /// How far it is.
    pub stage: Stage,
    /// Bytes that are here.
    pub held_bytes: u64,
    /// Version of the program that runs, and has proved itself.
    pub running: ReleaseVersion,
    /// The last version from which the box went back.
    pub failed: Option<ReleaseVersion>,
    /// How the last update stands, and why it was refused.
    pub last: Option<(Phase, Option<String>)>,
    /// The finished file lies where it was put.
    pub there: bool,
    /// There is room for what is still to come, its installation, and films.
    pub room: bool,
    /// It may be installed without asking anybody, now.
    pub at_night: bool,
}

/// What a box does next about the portal's bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing but wait.
    Wait,
    /// Bytes may come.
    Fetch,
    /// It is at another stage.
    Move(Stage),
    /// All bytes are here: compare hash and signature.
    Verify,
    /// Ask the updater.
    Install,
    /// It has come to an end.
    End(Outcome),
}

/// The next turn.
#[must_use]
pub fn turn(offer: &BundleOffer, seen: &Seen) -> Turn {
    if seen.stage == Stage::Ended {
        return Turn::Wait;
    }
    if seen.running == offer.version {
        return Turn::End(Outcome::Done);
    }
    if seen.failed == Some(offer.version) {
        return Turn::End(Outcome::Refused(OrderRefusal::WentBack));
    }
    // Somebody was faster, with a stick.
    if seen.running > offer.version {
        return Turn::End(Outcome::Refused(OrderRefusal::Older));
    }
    match seen.stage {
        Stage::Fetching if seen.held_bytes >= offer.size_bytes => Turn::Verify,
        Stage::Fetching if seen.room => Turn::Fetch,
        Stage::Fetching => Turn::Move(Stage::NoRoom),
        Stage::NoRoom if seen.room => Turn::Move(Stage::Fetching),
        // Somebody has taken the file away.
        Stage::Ready | Stage::Asked if !seen.there && !goes_on(seen) => Turn::Move(Stage::Fetching),
        Stage::Ready if seen.at_night && !goes_on(seen) => Turn::Install,
        Stage::Asked => match &seen.last {
            Some((Phase::Refused, why)) => {
                let why = why.as_deref().map_or(OrderRefusal::InstallFailed, OrderRefusal::told);
                Turn::End(Outcome::Refused(why))
            }
            Some((Phase::WentBack, _)) => Turn::End(Outcome::Refused(OrderRefusal::WentBack)),
            Some(_) | None => Turn::Wait,
        },
        Stage::NoRoom | Stage::Ready | Stage::Ended => Turn::Wait,
    }
}

fn goes_on(seen: &Seen) -> bool {
    seen.last.as_ref().is_some_and(|(phase, _)| phase.goes_on())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(text: &str) -> ReleaseVersion {
        ReleaseVersion::parse(text).unwrap()
    }

    fn offer() -> BundleOffer {
        BundleOffer {
            hash: Sha256Digest::from_bytes([1; 32]),
            size_bytes: 1000,
            version: v("0.3.0"),
            target: "x86_64-unknown-linux-gnu".to_owned(),
            from_min: v("0.1.0"),
            packs: vec!["findings@3.0.0".to_owned()],
        }
    }

    fn seen(stage: Stage) -> Seen {
        Seen {
            stage,
            held_bytes: 1000,
            running: v("0.2.0"),
            failed: None,
            last: None,
            there: true,
            room: true,
            at_night: false,
        }
    }

    #[test]
    fn stages_and_choices_read_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.code()), Some(stage));
        }
        for choice in UpdateChoice::ALL {
            assert_eq!(UpdateChoice::parse(choice.code()), Some(choice));
        }
        assert_eq!(UpdateChoice::default(), UpdateChoice::Ask, "nothing starts again unasked");
    }

    #[test]
    fn what_a_box_cannot_use_is_refused_before_a_byte_comes() {
        let facts = |version: &str| BoxFacts {
            version: v(version),
            target: offer().target,
            schema: 5,
            failed: None,
        };
        let check = |facts: BoxFacts, expected| assert_eq!(offer().at_once(&facts), expected);
        let refused = |why| Some(Outcome::Refused(why));
        check(facts("0.2.0"), None);
        check(facts("0.3.0"), Some(Outcome::Done));
        check(facts("0.4.0"), refused(OrderRefusal::Older));
        check(facts("0.0.9"), refused(OrderRefusal::FromTooOld));
        check(
            BoxFacts { target: "aarch64".to_owned(), ..facts("0.2.0") },
            refused(OrderRefusal::OtherMachine),
        );
        check(
            BoxFacts { failed: Some(v("0.3.0")), ..facts("0.2.0") },
            refused(OrderRefusal::WentBack),
        );
    }

    #[test]
    fn sizes_and_names_that_no_bundle_has_make_no_sense() {
        assert!(offer().makes_sense());
        let bad = |change: fn(&mut BundleOffer)| {
            let mut offer = offer();
            change(&mut offer);
            assert!(!offer.makes_sense(), "{offer:?}");
        };
        bad(|offer| offer.size_bytes = 0);
        bad(|offer| offer.size_bytes = 1 << 40);
        bad(|offer| offer.target = String::new());
        bad(|offer| offer.packs = vec!["../x".to_owned()]);
        bad(|offer| offer.packs = vec!["a@1".to_owned(); PACKS_MAX + 1]);
    }

    #[test]
    fn it_is_fetched_verified_offered_and_asked_for_in_that_order() {
        let check = |seen: Seen, expected| assert_eq!(turn(&offer(), &seen), expected, "{seen:?}");
        let half = Seen { held_bytes: 500, ..seen(Stage::Fetching) };
        check(half.clone(), Turn::Fetch);
        check(Seen { room: false, ..half.clone() }, Turn::Move(Stage::NoRoom));
        check(Seen { stage: Stage::NoRoom, room: false, ..half.clone() }, Turn::Wait);
        check(Seen { stage: Stage::NoRoom, ..half }, Turn::Move(Stage::Fetching));
        check(seen(Stage::Fetching), Turn::Verify);
        check(seen(Stage::Ready), Turn::Wait);
        check(Seen { at_night: true, ..seen(Stage::Ready) }, Turn::Install);
        check(Seen { there: false, ..seen(Stage::Ready) }, Turn::Move(Stage::Fetching));
        // Another update is at work: first that one.
        let busy = Some((Phase::Trying, None));
        check(Seen { at_night: true, last: busy.clone(), ..seen(Stage::Ready) }, Turn::Wait);
        check(Seen { last: busy, ..seen(Stage::Asked) }, Turn::Wait);
        check(Seen { running: v("0.3.0"), ..seen(Stage::Asked) }, Turn::End(Outcome::Done));
    }

    #[test]
    fn every_end_of_the_updater_becomes_an_outcome() {
        let ends = |last: (Phase, Option<&str>), expected| {
            let last = Some((last.0, last.1.map(str::to_owned)));
            let seen = Seen { last, ..seen(Stage::Asked) };
            assert_eq!(turn(&offer(), &seen), Turn::End(Outcome::Refused(expected)));
        };
        ends((Phase::Refused, Some("trial")), OrderRefusal::TrialFailed);
        ends((Phase::Refused, Some("space")), OrderRefusal::NoRoom);
        ends((Phase::Refused, Some("signature")), OrderRefusal::BadSignature);
        ends((Phase::Refused, Some("from-too-old")), OrderRefusal::FromTooOld);
        ends((Phase::Refused, None), OrderRefusal::InstallFailed);
        ends((Phase::WentBack, None), OrderRefusal::WentBack);
        let back = Seen { failed: Some(v("0.3.0")), ..seen(Stage::Asked) };
        let expected = Turn::End(Outcome::Refused(OrderRefusal::WentBack));
        assert_eq!(turn(&offer(), &back), expected);
        let newer = Seen { running: v("0.4.0"), ..seen(Stage::Fetching) };
        let expected = Turn::End(Outcome::Refused(OrderRefusal::Older));
        assert_eq!(turn(&offer(), &newer), expected);
    }
}
