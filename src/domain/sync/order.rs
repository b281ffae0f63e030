//! What a portal asks of one box: numbered for that box, signed, taken in once.
//!
//! An order never becomes anything by itself: [`Asked`] is the closed list of what this program does,
//! and an order of another kind is kept, shown, and done by nobody.

use crate::domain::digest::Sha256Digest;
use crate::domain::people::{PersonName, Phi};
use crate::domain::signing::FreeText;
use crate::domain::site::Site;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::support::HOURS;
use crate::domain::sync::amendment::Amendment;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::certificate::CertificateOffer;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::review::Review;

/// What an order is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderKind {
    /// The box is lost: destroy what it holds.
    Wipe,
    /// A radiologist of the portal has read a film.
    Review,
    /// Settings that a portal may change.
    Settings,
    /// Support asks to see how the box is.
    Support,
    /// A radiologist of the portal proposes an amendment to a signed report.
    Amendment,
    /// The box is to make itself a new key.
    Rotate,
    /// The portal will have another key.
    PortalKey,
    /// A new program lies ready on the portal.
    Bundle,
    /// It is to be let be, unless it was installed already.
    WithdrawBundle,
    /// A certificate for the box's pages over HTTPS, or none any more.
    Certificate,
}

impl OrderKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Wipe,
        Self::Review,
        Self::Settings,
        Self::Support,
        Self::Amendment,
        Self::Rotate,
        Self::PortalKey,
        Self::Bundle,
        Self::WithdrawBundle,
        Self::Certificate,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wipe => "wipe",
            Self::Review => "review",
            Self::Settings => "settings",
            Self::Support => "support",
            Self::Amendment => "amendment",
            Self::Rotate => "rotate",
            Self::PortalKey => "portal_key",
            Self::Bundle => "bundle",
            Self::WithdrawBundle => "withdraw_bundle",
            Self::Certificate => "certificate",
        }
    }

    /// Reads an [`OrderKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An order as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The portal's number for it, from 1 for each box.
    pub number: u64,
    /// Code of its kind, known or not.
    pub kind: String,
    /// SHA-256 of the body.
    pub hash: Sha256Digest,
    /// What is asked.
    pub body: Phi<String>,
    /// When it was made, by the portal's clock.
    pub at: WallMs,
    /// Over [`text`].
    pub signature: Signature,
}

/// An order that cannot be trusted, or not be kept: as far as it can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedOrder {
    /// The number under which it came.
    pub number: u64,
    /// Code of its kind, as it came.
    pub kind: String,
    /// The hash under which it came; whether its body has it nobody says.
    pub hash: Sha256Digest,
    /// When it came, by the box's clock.
    pub at: Stamp,
}

/// What a portal signs.
#[must_use]
pub fn text(
    portal: &PublicKey,
    box_id: KeyId,
    (number, kind, hash, at): (u64, &str, Sha256Digest, WallMs),
) -> String {
    format!(
        "fieldray order 1\nportal {portal}\nbox {box_id}\nnumber {number}\nkind {kind}\n\
         hash {hash}\ntime {}\n",
        at.0
    )
}

/// What an order asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Destroy everything.
    Wipe(Request),
    /// Show a second opinion.
    Review(Review),
    /// Change settings, all of them or none.
    Settings(PersonName, Vec<(PortalSetting, String)>),
    /// Ask the people of the box for their consent.
    Support(Request, u32),
    /// Show a proposed amendment until a physician has answered it.
    Amendment(Amendment),
    /// Make a new key of the box.
    Rotate(Request),
    /// Know the portal by another key as well.
    PortalKey(PersonName, PortalKeyChange),
    /// Fetch a new program and offer it to the people of the box.
    Bundle(PersonName, BundleOffer),
    /// Let the bundle with that hash be.
    WithdrawBundle {
        /// Who says so.
        by: PersonName,
        /// SHA-256 of its file.
        hash: Sha256Digest,
        /// Only for now: the bytes that are there stay.
        keep: bool,
    },
    /// Show this certificate for the names in it; `None`: the box's own alone again.
    Certificate(PersonName, Option<CertificateOffer>),
}

impl Asked {
    /// Who asks.
    #[must_use]
    pub const fn by(&self) -> &PersonName {
        match self {
            Self::Wipe(request) | Self::Support(request, _) | Self::Rotate(request) => &request.by,
            Self::Review(review) => &review.reader,
            Self::Amendment(amendment) => &amendment.reader,
            Self::Settings(by, _)
            | Self::PortalKey(by, _)
            | Self::Bundle(by, _)
            | Self::Certificate(by, _)
            | Self::WithdrawBundle { by, .. } => by,
        }
    }
}

/// A portal's key, and the one that follows it. The order is signed by the key before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortalKeyChange {
    /// The key before.
    pub old: PublicKey,
    /// The key from then on.
    pub new: PublicKey,
    /// By the new key, over [`crate::domain::sync::keys::portal_link_text`]: the portal holds it.
    pub by_new: Signature,
}

/// Who asks, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who, as the portal names them.
    pub by: PersonName,
    /// Why.
    pub reason: FreeText,
}

/// A setting that a portal may change. None of them changes what is read, who is told, or who may sign:
/// those stay with the people of the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PortalSetting {
    /// Whom to call, as the help page shows it.
    SupportContact,
    /// Whether every byte costs: images wait. `true` or `false`.
    Metered,
    /// Most MiB in 24 hours; `0`: no limit.
    BudgetMib,
}

impl PortalSetting {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SupportContact, Self::Metered, Self::BudgetMib];
    /// Largest budget, MiB a day.
    const BUDGET_MIB_MAX: u64 = 1024 * 1024;

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SupportContact => "support_contact",
            Self::Metered => "metered",
            Self::BudgetMib => "budget_mib_per_day",
        }
    }

    /// Reads a [`PortalSetting::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.code() == code)
    }

    /// Whether the setting can have that value.
    #[must_use]
    pub fn accepts(self, value: &str) -> bool {
        match self {
            Self::SupportContact => {
                let site = Site { support_contact: value.to_owned(), ..Site::default() };
                site.wrong().is_empty()
            }
            Self::Metered => value.parse::<bool>().is_ok(),
            Self::BudgetMib => value.parse().is_ok_and(|mib: u64| mib <= Self::BUDGET_MIB_MAX),
        }
    }
}

/// A setting that a portal has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetByPortal {
    /// Which one.
    pub setting: PortalSetting,
    /// Its value.
    pub value: String,
    /// Who set it, as the portal names them.
    pub by: PersonName,
    /// Number of the order: its version.
    pub number: u64,
    /// When it came into force here.
    pub at: Stamp,
}

/// With `waiting`: a person has answered already.
const AGREED: &str = "agreed";

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Of a kind that this program does not know: kept for one that does.
    Kept,
    /// A person of the box has to answer.
    Waiting,
    /// A person has said yes, and what was asked for is on its way. Older programs read it as [`Self::Waiting`].
    Agreed,
    /// Done.
    Done,
    /// Not done, and why.
    Refused(OrderRefusal),
}

impl Outcome {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Waiting | Self::Agreed => "waiting",
            Self::Done => "done",
            Self::Refused(_) => "refused",
        }
    }

    /// Why not, or that it waits no more for a person; empty for all others.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Refused(why) => why.code(),
            Self::Agreed => AGREED,
            Self::Kept | Self::Waiting | Self::Done => "",
        }
    }

    /// Reads code and reason.
    #[must_use]
    pub fn parse(code: &str, reason: &str) -> Option<Self> {
        match code {
            "kept" => Some(Self::Kept),
            "waiting" if reason == AGREED => Some(Self::Agreed),
            "waiting" => Some(Self::Waiting),
            "done" => Some(Self::Done),
            "refused" => OrderRefusal::parse(reason).map(Self::Refused),
            _ => None,
        }
    }
}

/// Why an order is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderRefusal {
    /// Its body makes no sense to this program.
    Unreadable,
    /// There is no such study here.
    StudyUnknown,
    /// A setting that a portal may not change, or that this program does not know.
    SettingUnknown,
    /// A value that the setting cannot have.
    SettingInvalid,
    /// A later order of the portal was taken in before it.
    Expired,
    /// A person of the box said no.
    Declined,
    /// The report has no such version here.
    VersionUnknown,
    /// Not signed by the portal for this box, or not storable: kept apart, and done by nobody.
    Unverifiable,
    /// Nobody whom the box trusts has signed the bundle.
    BadSignature,
    /// The bundle is not whole, or not what the order says.
    Damaged,
    /// The box has a newer program.
    Older,
    /// The bundle is for another kind of machine.
    OtherMachine,
    /// The program of the box is too old for it.
    FromTooOld,
    /// The program of the box is newer than it expects.
    FromTooNew,
    /// Its program does not know the database of the box.
    DatabaseNewer,
    /// There is not enough room to install it.
    NoRoom,
    /// The box has no slots for programs.
    NoSlots,
    /// The new program failed its trial on a copy.
    TrialFailed,
    /// The new program did not start; the box went back.
    WentBack,
    /// The updater failed.
    InstallFailed,
    /// The portal has taken it back.
    Withdrawn,
    /// The box has no pages over HTTPS.
    NoHttps,
    /// The certificate is none, or its chain does not hold together.
    CertificateDamaged,
    /// The key is not encrypted to this box.
    CertificateSealed,
    /// The key is another one than the certificate's.
    CertificateKey,
    /// The certificate has no name that a phone could ask for.
    CertificateNames,
    /// The certificate has ended.
    CertificateEnded,
    /// The consent was over before the portal had what it asked for.
    ConsentEnded,
}

impl OrderRefusal {
    /// All reasons.
    pub const ALL: [Self; 28] = [
        Self::Unreadable,
        Self::StudyUnknown,
        Self::SettingUnknown,
        Self::SettingInvalid,
        Self::Expired,
        Self::Declined,
        Self::VersionUnknown,
        Self::Unverifiable,
        Self::BadSignature,
        Self::Damaged,
        Self::Older,
        Self::OtherMachine,
        Self::FromTooOld,
        Self::FromTooNew,
        Self::DatabaseNewer,
        Self::NoRoom,
        Self::NoSlots,
        Self::TrialFailed,
        Self::WentBack,
        Self::InstallFailed,
        Self::Withdrawn,
        Self::NoHttps,
        Self::CertificateDamaged,
        Self::CertificateSealed,
        Self::CertificateKey,
        Self::CertificateNames,
        Self::CertificateEnded,
        Self::ConsentEnded,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::StudyUnknown => "study_unknown",
            Self::SettingUnknown => "setting_unknown",
            Self::SettingInvalid => "setting_invalid",
            Self::Expired => "expired",
            Self::Declined => "declined",
            Self::VersionUnknown => "version_unknown",
            Self::Unverifiable => "unverifiable",
            Self::BadSignature => "bad_signature",
            Self::Damaged => "damaged",
            Self::Older => "older",
            Self::OtherMachine => "other_machine",
            Self::FromTooOld => "from_too_old",
            Self::FromTooNew => "from_too_new",
            Self::DatabaseNewer => "database_newer",
            Self::NoRoom => "no_room",
            Self::NoSlots => "no_slots",
            Self::TrialFailed => "trial_failed",
            Self::WentBack => "went_back",
            Self::InstallFailed => "install_failed",
            Self::Withdrawn => "withdrawn",
            Self::NoHttps => "no_https",
            Self::CertificateDamaged => "certificate_damaged",
            Self::CertificateSealed => "certificate_sealed",
            Self::CertificateKey => "certificate_key",
            Self::CertificateNames => "certificate_names",
            Self::CertificateEnded => "certificate_ended",
            Self::ConsentEnded => "consent_ended",
        }
    }

    /// Reads an [`OrderRefusal::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// Whether a box may still be wiped by an order of that number. The portal sends a wipe before anything
/// else, so one that comes after a later order was held back by somebody.
#[must_use]
pub fn wipe_holds(number: u64, newest_taken: Option<u64>) -> bool {
    newest_taken.is_none_or(|newest| number > newest)
}

/// Whether people can be asked to agree for that time.
#[must_use]
pub fn hours_allowed(hours: u32) -> bool {
    HOURS.contains(&hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_settings_and_outcomes_read_back() {
        for kind in OrderKind::ALL {
            assert_eq!(OrderKind::parse(kind.code()), Some(kind));
        }
        for setting in PortalSetting::ALL {
            assert_eq!(PortalSetting::parse(setting.code()), Some(setting));
        }
        let refused = OrderRefusal::ALL.map(Outcome::Refused).into_iter();
        let others = [Outcome::Kept, Outcome::Waiting, Outcome::Agreed, Outcome::Done];
        for outcome in refused.chain(others) {
            assert_eq!(Outcome::parse(outcome.code(), outcome.reason()), Some(outcome));
        }
        assert_eq!(Outcome::parse("refused", ""), None);
    }

    #[test]
    fn a_setting_takes_only_values_that_it_can_have() {
        let check = |setting: PortalSetting, value, expected| {
            assert_eq!(setting.accepts(value), expected, "{setting:?} {value}");
        };
        check(PortalSetting::SupportContact, "Ravi 98450", true);
        check(PortalSetting::SupportContact, "a\u{7}", false);
        check(PortalSetting::Metered, "true", true);
        check(PortalSetting::Metered, "yes", false);
        check(PortalSetting::BudgetMib, "0", true);
        check(PortalSetting::BudgetMib, "-1", false);
        check(PortalSetting::BudgetMib, "99999999", false);
    }

    #[test]
    fn an_order_for_one_box_says_nothing_to_another_and_an_old_wipe_is_over() {
        let portal = PublicKey::from_bytes([1; 32]);
        let hash = Sha256Digest::from_bytes([2; 32]);
        let text =
            |id, kind| text(&portal, KeyId::from_bytes([id; 16]), (3, kind, hash, WallMs(4)));
        assert_ne!(text(1, "wipe"), text(2, "wipe"));
        assert_ne!(text(1, "wipe"), text(1, "review"));
        assert!(wipe_holds(1, None) && wipe_holds(5, Some(4)));
        assert!(!wipe_holds(4, Some(4)) && !wipe_holds(3, Some(4)));
    }
}
