//! What can go wrong where a person sees it: a short code, a kind, and always a remedy.
//!
//! The texts are in the language files under `fault-<code>`, with what happened and what to do next;
//! a test holds that every code has both in every language. A poor film is not a fault: it is a
//! refusal with [`crate::domain::quality::QualityIssue`]s.

/// What kind of trouble, which alone decides the HTTP status and whether to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request cannot be fulfilled as it is; sending it again changes nothing.
    Invalid,
    /// Too large to be taken.
    TooLarge,
    /// Not of a type that is understood.
    Unsupported,
    /// In conflict with what is stored.
    Conflict,
    /// Nobody is logged in, or not the right person.
    Unauthenticated,
    /// Logged in, but not allowed, or sent from a foreign page.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Too many tries: later.
    SlowDown,
    /// The box is busy or full: the same request may work later.
    Busy,
    /// The box failed.
    Internal,
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident;)+) => {
        /// A fault that a person at the box can see, say over a phone, and act on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        #[error("{}", self.code())]
        pub enum Fault { $($(#[$doc])* $name),+ }

        impl Fault {
            /// All faults.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Short code readable over a phone.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// Kind of trouble.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),+ }
            }
        }
    };
}

faults! {
    /// The file holds nothing.
    PhotoEmpty = "FR-101", Invalid;
    /// The file ends too early.
    PhotoTruncated = "FR-102", Invalid;
    /// Not a photo format that is read.
    PhotoUnsupported = "FR-103", Unsupported;
    /// HEIC, the iPhone's own format.
    PhotoHeic = "FR-104", Unsupported;
    /// More bytes than taken in.
    PhotoTooLarge = "FR-105", TooLarge;
    /// More pixels than decoded.
    PhotoTooManyPixels = "FR-106", TooLarge;
    /// Too few pixels to be read.
    PhotoTooFewPixels = "FR-107", Invalid;
    /// More than one picture in the file.
    PhotoAnimated = "FR-108", Unsupported;
    /// Print colours.
    PhotoCmyk = "FR-109", Unsupported;
    /// 16 bits a channel.
    PhotoSixteenBit = "FR-110", Unsupported;
    /// Claims far more pixels than its bytes can hold.
    PhotoImplausible = "FR-111", Invalid;
    /// The bytes that arrived are not the bytes that were sent.
    PhotoDamagedInTransfer = "FR-112", Invalid;
    /// Damaged inside: cannot be decoded.
    PhotoUnreadable = "FR-113", Invalid;
    /// The connection ended before the photo was complete.
    UploadInterrupted = "FR-114", Invalid;
    /// No photo in the form.
    PhotoMissing = "FR-115", Invalid;
    /// The same photo belongs to another study.
    PhotoInOtherStudy = "FR-116", Conflict;
    /// This upload id already stands for another photo.
    UploadIdReused = "FR-117", Conflict;
    /// Too many photos of one study.
    TooManyPhotos = "FR-118", Conflict;
    /// Too many photos are waiting.
    QueueFull = "FR-119", Busy;
    /// A form field is missing or wrong.
    FieldInvalid = "FR-201", Invalid;
    /// The form is not readable.
    FormUnreadable = "FR-202", Invalid;
    /// Corners that no film can have.
    OutlineImpossible = "FR-203", Invalid;
    /// Name or passcode is wrong.
    PasscodeWrong = "FR-301", Unauthenticated;
    /// Too many wrong passcodes.
    PasscodeBlocked = "FR-302", SlowDown;
    /// Nobody is logged in.
    LoginNeeded = "FR-303", Unauthenticated;
    /// The first-login code is wrong.
    SetupCodeWrong = "FR-304", Unauthenticated;
    /// The request came from a page of another address, or from an old page.
    ForeignRequest = "FR-305", Forbidden;
    /// This operator may not do that.
    NotAllowed = "FR-306", Forbidden;
    /// The box is already set up.
    AlreadySetUp = "FR-307", Conflict;
    /// Another person has this name.
    NameTaken = "FR-308", Conflict;
    /// People do not change their own account: somebody else must see it.
    OwnAccount = "FR-309", Conflict;
    /// The passcode was given by somebody else and has to be replaced first.
    PasscodeGiven = "FR-310", Forbidden;
    /// The session was left alone for a while.
    SessionLocked = "FR-311", Unauthenticated;
    /// The new passcode is the old one.
    PasscodeSame = "FR-312", Invalid;
    /// There is no such study.
    StudyUnknown = "FR-401", NotFound;
    /// There is no such page.
    PageUnknown = "FR-402", NotFound;
    /// The study is signed or voided.
    StudyClosed = "FR-403", Conflict;
    /// The photo is being read just now.
    PhotoBusy = "FR-404", Busy;
    /// There is no such person.
    PersonUnknown = "FR-405", NotFound;
    /// There is no such ordered test of this study.
    OrderUnknown = "FR-406", NotFound;
    /// There is no such alert.
    AlertUnknown = "FR-407", NotFound;
    /// There is no such patient.
    PatientUnknown = "FR-408", NotFound;
    /// The step failed inside the program.
    StepFailed = "FR-501", Internal;
    /// The model failed its self-test or is missing.
    ModelUnavailable = "FR-502", Internal;
    /// A stored file is missing or damaged.
    StoredFileDamaged = "FR-503", Internal;
    /// There is no reading to report on.
    ReportNotReady = "FR-601", Conflict;
    /// Somebody else has saved the report since the page was made.
    ReportChanged = "FR-602", Conflict;
    /// Something happened to the study since the page was made.
    StudyChanged = "FR-603", Conflict;
    /// A finding that the box points at has no decision, or the conclusion is empty.
    ReportIncomplete = "FR-604", Invalid;
    /// A signed report was changed without a reason.
    ReasonMissing = "FR-605", Invalid;
    /// No film may be signed together with others.
    BatchEmpty = "FR-606", Conflict;
    /// Films of the batch that are to be read by themselves are not signed yet.
    SampleUnread = "FR-607", Conflict;
    /// The tick that every film was looked at is missing, or no film was chosen.
    BatchUnconfirmed = "FR-608", Invalid;
    /// Too many pages are being printed.
    PrinterBusy = "FR-609", Busy;
    /// The signed versions of a report do not hold together.
    ReportBroken = "FR-610", Internal;
    /// Rules need a second person.
    OwnProposal = "FR-701", Conflict;
    /// The rules were decided about since the page was made.
    RulesChanged = "FR-702", Conflict;
    /// There is no way to reach the person.
    NoAddress = "FR-703", Conflict;
    /// A finding that the box's network only hints at cannot raise an alert.
    HintRaisesNothing = "FR-704", Conflict;
    /// An acceptance test is running already.
    TestRunning = "FR-801", Conflict;
    /// The bundle that was offered is not there any more.
    UpdateGone = "FR-802", Conflict;
    /// Another update goes on.
    UpdateUnderWay = "FR-803", Conflict;
    /// A new version of the program proves itself just now.
    UpdateOnTrial = "FR-804", Busy;
    /// The tick that the person agrees is missing.
    ConsentMissing = "FR-805", Invalid;
    /// There is no key of support.
    SupportUnset = "FR-806", Conflict;
    /// Nothing can be carried to the portal: no key for it is set.
    CarryUnset = "FR-807", Conflict;
    /// What was carried back is not this portal's answer to this box, or not whole.
    CarryForeign = "FR-808", Invalid;
    /// The settings file of the box has the setting: the pages leave it alone.
    SetInFile = "FR-809", Conflict;
    /// The disk is nearly full.
    DiskFull = "FR-901", Busy;
    /// The disk or the database failed.
    StorageFailed = "FR-902", Internal;
    /// Every number that the box may give to patients is given.
    IdsUsedUp = "FR-903", Conflict;
    /// Something inside the program failed.
    Internal = "FR-999", Internal;
}

impl Fault {
    /// Reads a [`Fault::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_used_once() {
        let codes: HashSet<_> = Fault::ALL.iter().map(|fault| fault.code()).collect();
        assert_eq!(codes.len(), Fault::ALL.len());
    }
}
