//! The address of a part of the worklist.

use std::fmt::Write as _;

use crate::domain::reading::Urgency;
use crate::domain::study::StudyState;
use crate::domain::worklist::{Turning, When, WorklistQuery};

/// What is chosen, without the page of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) state: Option<StudyState>,
    pub(super) urgency: Option<Urgency>,
    pub(super) when: When,
    pub(super) text: String,
}

impl Address {
    pub(super) fn of(query: &WorklistQuery) -> Self {
        let text = query.text.as_ref().map(|text| text.reveal().as_str().to_owned());
        let (state, urgency, when) = (query.state, query.urgency, query.when);
        Self { state, urgency, when, text: text.unwrap_or_default() }
    }

    /// State and urgency as fields of a form; the form itself brings text or day.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let state = self.state.map(|state| ("state", state.code().to_owned()));
        let urgency = self.urgency.map(|urgency| ("urgency", urgency.code().to_owned()));
        state.into_iter().chain(urgency).collect()
    }

    /// The same text in all studies; all studies where that is what was chosen.
    pub(super) fn wider(&self) -> Option<String> {
        let text = Self { text: self.text.clone(), ..Self::default() };
        let all = Self::default();
        if *self == all { None } else { Some(if *self == text { all.text() } else { text.text() }) }
    }

    /// The address, beginning with its first page.
    pub(super) fn text(&self) -> String {
        self.turned(Turning::First)
    }

    /// The address of a page.
    pub(super) fn turned(&self, turning: Turning) -> String {
        let mut fields = self.kept();
        fields.push(("day", self.when.code()));
        fields.push(("q", escaped(&self.text)));
        match turning {
            Turning::First => {}
            Turning::After(place) => fields.push(("after", place.code())),
            Turning::Before(place) => fields.push(("before", place.code())),
        }
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<_> = fields.map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) }
    }
}

/// A text as it stands in an address.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _written = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::worklist::Place;

    #[test]
    fn addresses_carry_only_what_is_chosen() {
        assert_eq!(Address::default().text(), "/");
        let held = Address { state: Some(StudyState::Held), ..Address::default() };
        let after = Turning::After(Place { turn: 1, place: 42 });
        assert_eq!(held.turned(after), "/?state=held&after=1.42");
        let all = Address {
            urgency: Some(Urgency::Soon),
            when: When::Week,
            text: "Asha & Devi/\u{906}".to_owned(),
            ..held
        };
        let expected = "/?state=held&urgency=soon&day=week&q=Asha%20%26%20Devi%2F%E0%A4%86";
        assert_eq!(all.text(), expected);
        let wider = all.wider().unwrap();
        assert_eq!(wider, "/?q=Asha%20%26%20Devi%2F%E0%A4%86");
        assert_eq!(Address::default().wider(), None);
    }
}
