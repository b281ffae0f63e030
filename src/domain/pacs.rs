//! What goes to a PACS as DICOM objects, and how far it is.

/// What an object shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// The radiograph of the reading in force.
    Film,
    /// The reading in force.
    Reading,
    /// One signed version of a report.
    Report,
}

impl ObjectKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Film, Self::Reading, Self::Report];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Film => "film",
            Self::Reading => "reading",
            Self::Report => "report",
        }
    }

    /// Reads an [`ObjectKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a PACS, or the box itself, says to an object that it does not take: letters, digits, spaces
/// and dashes alone, so that it can be stored and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// Longest text, characters.
    const CHARS_MAX: usize = 40;

    /// What is left of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        Self(plain.take(Self::CHARS_MAX).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a status of PS3.4 section B.2.3 or PS3.7 annex C, or a failure reason of PS3.18, means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The PACS has the object.
    Stored,
    /// It never takes this object.
    Refused(Refusal),
    /// It takes nothing now.
    Busy,
    /// It does not take this object from this box.
    NotAllowed,
}

impl Answer {
    /// Reads a status.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            // Warnings are for elements that it has changed or left out; 0111: it has it already.
            0x0000 | 0x0107 | 0x0111 | 0x0116 | 0xb000..=0xbfff => Self::Stored,
            0xa700..=0xa7ff | 0x0213 => Self::Busy,
            0x0124 => Self::NotAllowed,
            other => Self::Refused(Refusal::of(&format!("status {other:04X}"))),
        }
    }
}

/// How far everything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PacsDepth {
    /// Objects on their way.
    pub waiting: u64,
    /// Objects that the PACS has.
    pub stored: u64,
    /// Objects that it refused; they are tried again at the next start.
    pub refused: u64,
    /// What it said, each once, at most [`PacsDepth::REASONS_MAX`].
    pub reasons: Vec<String>,
}

impl PacsDepth {
    /// Most reasons that are told.
    pub const REASONS_MAX: usize = 3;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_say_whether_the_object_is_there_and_whose_fault_it_is() {
        for stored in [0x0000, 0x0111, 0xb000, 0xb007] {
            assert_eq!(Answer::of_status(stored), Answer::Stored, "{stored:04X}");
        }
        assert_eq!(Answer::of_status(0xa700), Answer::Busy);
        assert_eq!(Answer::of_status(0x0124), Answer::NotAllowed);
        assert_eq!(Answer::of_status(0xa900), Answer::Refused(Refusal::of("status A900")));
        assert_eq!(Refusal::of("<b>HTTP 409</b>").as_str(), "bHTTP 409b");
    }
}
