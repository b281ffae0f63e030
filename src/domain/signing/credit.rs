//! Whose words of the portal a physician has taken over into a report.

use crate::domain::people::PersonName;
use crate::domain::signing::{escaped, unescaped};
use crate::domain::stamp::WallMs;

/// What was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CreditKind {
    /// Words of a second opinion.
    Review,
    /// A proposed amendment.
    Amendment,
}

impl CreditKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Review, Self::Amendment];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Amendment => "amendment",
        }
    }

    /// Reads a [`CreditKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Who is named in a report beside the one who signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// For what.
    pub kind: CreditKind,
    /// The radiologist, as the portal names them.
    pub name: PersonName,
    /// When it was said, by the portal's clock.
    pub at: WallMs,
}

impl Credit {
    /// As it stands in a report's canonical text.
    #[must_use]
    pub fn write(&self) -> String {
        format!("{} {} {}", self.kind.code(), self.at.0, escaped(self.name.as_str()))
    }

    /// Reads [`Credit::write`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        let (at, name) = rest.split_once(' ')?;
        Some(Self {
            kind: CreditKind::parse(kind)?,
            name: PersonName::parse(&unescaped(name)?)?,
            at: WallMs(at.parse().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_read_back() {
        for kind in CreditKind::ALL {
            let name = PersonName::parse("Dr. A Sen").unwrap();
            let credit = Credit { kind, name, at: WallMs(-5) };
            assert_eq!(Credit::parse(&credit.write()), Some(credit));
        }
        for text in ["", "review", "review 1", "thanks 1 Dr. Sen", "review x Dr. Sen"] {
            assert_eq!(Credit::parse(text), None, "{text}");
        }
    }
}
