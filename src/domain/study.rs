//! The two state machines of the clinic's day: a photo on its way to a reading, and the study.
//!
//! [`PhotoState::advance`] and [`StudyState::advance`] are the only writers of states. A study can
//! hold several photos of its film; each goes its own way, so a blurred second shot never takes a
//! good first reading away, and nothing has to wait in memory.

use crate::domain::quality::QualityIssue;

/// A step that a photo passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Decode, find the film, rectify, orient.
    Digitise,
    /// Judge the quality of the photo and of the film.
    Grade,
    /// Run the networks.
    Score,
    /// Write the report draft.
    Draft,
}

impl Stage {
    /// All stages in the order in which a photo passes them.
    pub const ALL: [Self; 4] = [Self::Digitise, Self::Grade, Self::Score, Self::Draft];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Digitise => "digitise",
            Self::Grade => "grade",
            Self::Score => "score",
            Self::Draft => "draft",
        }
    }
}

/// Where a photo stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhotoState {
    /// Safely stored, not looked at yet.
    Captured,
    /// A radiograph has been made from it.
    Digitised,
    /// Good enough to be scored.
    Accepted,
    /// The networks have spoken.
    Scored,
    /// The report draft is written. End.
    Reported,
    /// Not good enough, with named issues; never a number. End.
    Refused,
    /// A step failed for a reason that is not the photo's. Waits for a person.
    Held {
        /// The step that failed.
        stage: Stage,
    },
}

impl PhotoState {
    /// All states, each held stage counted.
    pub const ALL: [Self; 10] = [
        Self::Captured,
        Self::Digitised,
        Self::Accepted,
        Self::Scored,
        Self::Reported,
        Self::Refused,
        Self::Held { stage: Stage::Digitise },
        Self::Held { stage: Stage::Grade },
        Self::Held { stage: Stage::Score },
        Self::Held { stage: Stage::Draft },
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Digitised => "digitised",
            Self::Accepted => "accepted",
            Self::Scored => "scored",
            Self::Reported => "reported",
            Self::Refused => "refused",
            Self::Held { stage: Stage::Digitise } => "held_digitise",
            Self::Held { stage: Stage::Grade } => "held_grade",
            Self::Held { stage: Stage::Score } => "held_score",
            Self::Held { stage: Stage::Draft } => "held_draft",
        }
    }

    /// Reads a [`PhotoState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The step that is due, if the photo is on its way.
    #[must_use]
    pub const fn due(self) -> Option<Stage> {
        match self {
            Self::Captured => Some(Stage::Digitise),
            Self::Digitised => Some(Stage::Grade),
            Self::Accepted => Some(Stage::Score),
            Self::Scored => Some(Stage::Draft),
            Self::Reported | Self::Refused | Self::Held { .. } => None,
        }
    }

    /// The state after an event.
    ///
    /// # Errors
    /// [`IllegalTransition`] when the event cannot happen in this state; nothing may be stored then.
    pub fn advance(self, event: &PhotoEvent) -> Result<Self, IllegalTransition> {
        match (self, event) {
            (Self::Captured, PhotoEvent::Digitised) => Ok(Self::Digitised),
            (Self::Captured | Self::Digitised, PhotoEvent::Refused { .. }) => Ok(Self::Refused),
            (Self::Digitised, PhotoEvent::Accepted) => Ok(Self::Accepted),
            (Self::Accepted, PhotoEvent::Scored) => Ok(Self::Scored),
            (Self::Scored, PhotoEvent::Drafted) => Ok(Self::Reported),
            (Self::Held { stage }, PhotoEvent::Released) => Ok(match stage {
                Stage::Digitise => Self::Captured,
                Stage::Grade => Self::Digitised,
                Stage::Score => Self::Accepted,
                Stage::Draft => Self::Scored,
            }),
            (state, PhotoEvent::Failed) => match state.due() {
                Some(stage) => Ok(Self::Held { stage }),
                None => Err(IllegalTransition { state: state.code(), event: event.code() }),
            },
            (Self::Reported | Self::Refused | Self::Held { .. }, PhotoEvent::Corrected) => {
                Ok(Self::Captured)
            }
            (
                state,
                PhotoEvent::Digitised
                | PhotoEvent::Refused { .. }
                | PhotoEvent::Accepted
                | PhotoEvent::Scored
                | PhotoEvent::Drafted
                | PhotoEvent::Released
                | PhotoEvent::Corrected,
            ) => Err(IllegalTransition { state: state.code(), event: event.code() }),
        }
    }
}

/// What can happen to a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoEvent {
    /// A radiograph was made.
    Digitised,
    /// It passed the quality gate.
    Accepted,
    /// It did not, for these reasons.
    Refused {
        /// Most important first, never empty.
        issues: Vec<QualityIssue>,
    },
    /// It was scored.
    Scored,
    /// The report draft was written.
    Drafted,
    /// The step that was due failed for good.
    Failed,
    /// A person asked to try the failed step again.
    Released,
    /// A person said how the film lies in the photo: everything from digitising on is done again.
    Corrected,
}

impl PhotoEvent {
    /// Stable code, as the audit trail has it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Digitised => "photo_digitised",
            Self::Accepted => "photo_accepted",
            Self::Refused { .. } => "photo_refused",
            Self::Scored => "photo_scored",
            Self::Drafted => "report_drafted",
            Self::Failed => "step_failed",
            Self::Released => "photo_released",
            Self::Corrected => "photo_corrected",
        }
    }
}

/// Where a study stands: what the worklist shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StudyState {
    /// The patient is registered, no photo yet.
    Registered,
    /// A photo is on its way to a reading.
    Processing,
    /// No photo was good enough: take another one.
    RetakeAsked,
    /// A step failed: a person must look. No reading.
    Held,
    /// There is a reading, and a draft for a person to decide on.
    Reported,
    /// A physician has signed the report. End: amendments change the report, never the photos.
    Signed,
    /// Registered by mistake. End.
    Voided,
}

impl StudyState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Registered,
        Self::Processing,
        Self::RetakeAsked,
        Self::Held,
        Self::Reported,
        Self::Signed,
        Self::Voided,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Processing => "processing",
            Self::RetakeAsked => "retake_asked",
            Self::Held => "held",
            Self::Reported => "reported",
            Self::Signed => "signed",
            Self::Voided => "voided",
        }
    }

    /// Reads a [`StudyState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether photos may still be added or move on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Registered
            | Self::Processing
            | Self::RetakeAsked
            | Self::Held
            | Self::Reported => true,
            Self::Signed | Self::Voided => false,
        }
    }

    /// The state after an event.
    ///
    /// # Errors
    /// [`IllegalTransition`] when the event cannot happen in this state; nothing may be stored then.
    pub fn advance(self, event: &StudyEvent<'_>) -> Result<Self, IllegalTransition> {
        let illegal = || IllegalTransition { state: self.code(), event: event.code() };
        match event {
            StudyEvent::PhotosMoved(photos) if self.is_open() => Ok(Self::of_photos(photos)),
            StudyEvent::Signed if self == Self::Reported => Ok(Self::Signed),
            StudyEvent::Amended if self == Self::Signed => Ok(Self::Signed),
            StudyEvent::Voided if self.is_open() => Ok(Self::Voided),
            StudyEvent::PhotosMoved(_)
            | StudyEvent::Signed
            | StudyEvent::Amended
            | StudyEvent::Voided => Err(illegal()),
        }
    }

    /// What the photos of an open study amount to. Work first, then the best that was reached.
    fn of_photos(photos: &[PhotoState]) -> Self {
        let any = |wanted: fn(&PhotoState) -> bool| photos.iter().any(wanted);
        if any(|photo| photo.due().is_some()) {
            Self::Processing
        } else if any(|photo| *photo == PhotoState::Reported) {
            Self::Reported
        } else if any(|photo| matches!(photo, PhotoState::Held { .. })) {
            Self::Held
        } else if any(|photo| *photo == PhotoState::Refused) {
            Self::RetakeAsked
        } else {
            Self::Registered
        }
    }
}

/// What can happen to a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyEvent<'a> {
    /// A photo was added or moved on; the states of all photos of the study.
    PhotosMoved(&'a [PhotoState]),
    /// A physician signed.
    Signed,
    /// A physician signed a further version of a signed report: same photos, other words.
    Amended,
    /// Registered by mistake.
    Voided,
}

impl StudyEvent<'_> {
    /// Stable code, as the audit trail has it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PhotosMoved(_) => "photos_moved",
            Self::Signed => "study_signed",
            Self::Amended => "report_amended",
            Self::Voided => "study_voided",
        }
    }
}

/// An event that cannot happen in a state: a bug in the caller, or two callers racing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {event} cannot happen in state {state}")]
pub struct IllegalTransition {
    /// The state it met.
    pub state: &'static str,
    /// The event that came.
    pub event: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn photo_state_matrix() {
        let events = [
            PhotoEvent::Digitised,
            PhotoEvent::Accepted,
            PhotoEvent::Refused { issues: vec![QualityIssue::Blur] },
            PhotoEvent::Scored,
            PhotoEvent::Drafted,
            PhotoEvent::Failed,
            PhotoEvent::Released,
            PhotoEvent::Corrected,
        ];
        let mut matrix = String::new();
        for state in PhotoState::ALL {
            for event in &events {
                let next = state.advance(event).map_or("-", PhotoState::code);
                writeln!(matrix, "{:16} {:16} {next}", state.code(), event.code()).unwrap();
            }
        }
        insta::assert_snapshot!("photo_state_matrix", matrix);
    }

    #[test]
    fn study_state_matrix() {
        use PhotoState::{Captured, Refused, Reported};
        let photos: [&[PhotoState]; 6] = [
            &[],
            &[Captured],
            &[Refused],
            &[PhotoState::Held { stage: Stage::Score }],
            &[Reported, Refused],
            &[Reported, Captured],
        ];
        let mut matrix = String::new();
        for state in StudyState::ALL {
            for photos in photos {
                let next = state.advance(&StudyEvent::PhotosMoved(photos));
                let next = next.map_or("-", StudyState::code);
                writeln!(matrix, "{:12} photos {photos:?} {next}", state.code()).unwrap();
            }
            for event in [StudyEvent::Signed, StudyEvent::Amended, StudyEvent::Voided] {
                let next = state.advance(&event).map_or("-", StudyState::code);
                writeln!(matrix, "{:12} {} {next}", state.code(), event.code()).unwrap();
            }
        }
        insta::assert_snapshot!("study_state_matrix", matrix);
    }

    #[test]
    fn a_photo_on_its_way_always_ends() {
        let path =
            [PhotoEvent::Digitised, PhotoEvent::Accepted, PhotoEvent::Scored, PhotoEvent::Drafted];
        let mut state = PhotoState::Captured;
        for event in &path {
            assert!(state.due().is_some());
            state = state.advance(event).unwrap();
        }
        assert_eq!(state, PhotoState::Reported);
        assert_eq!(state.due(), None);
    }
}
