//! What goes to a FHIR server as bundles, and how far it is.

/// What a server says to a bundle that it does not take: short, and without control characters. It may
/// name what is in the bundle, and so is shown and never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerWords(String);

impl std::fmt::Debug for ServerWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerWords(…)")
    }
}

impl ServerWords {
    /// Longest text, characters.
    const CHARS_MAX: usize = 120;

    /// What is left of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let plain = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        Self(plain.chars().take(Self::CHARS_MAX).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far everything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FhirDepth {
    /// Bundles on their way.
    pub waiting: u64,
    /// Of these, bundles that wait because every byte costs.
    pub held_back: u64,
    /// Bundles that the server has taken.
    pub taken: u64,
    /// Bundles that it refused; they are tried again at the next start.
    pub refused: u64,
    /// What it said, each once, at most [`FhirDepth::REASONS_MAX`].
    pub reasons: Vec<String>,
}

impl FhirDepth {
    /// Most reasons that are told.
    pub const REASONS_MAX: usize = 3;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_short_line() {
        let words = ServerWords::of(&format!("HTTP 422:\n\u{7}bad  <b>{}", "x".repeat(200)));
        assert!(words.as_str().starts_with("HTTP 422: bad <b>xx"));
        assert_eq!(words.as_str().chars().count(), 120);
        assert!(!format!("{words:?}").contains("422"));
    }
}
