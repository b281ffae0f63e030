//! Reading forms: fields as texts, and the messages that go back with them.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{FromRequest, Request};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::login::Passcode;
use crate::locale::{Arg, Locale};
use crate::web::error::Failure;

/// The fields of a form as they came. The first of several fields of one name counts.
#[derive(Clone, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// A field's text; a missing field is an empty one.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Fields as a page fills them in before anybody has.
    pub(super) fn of_pairs<const N: usize>(pairs: [(&str, String); N]) -> Self {
        Self(pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())
    }

    /// All fields with their texts.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same without one of them.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// Writes a field that is not there yet.
    pub(super) fn suggest(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }

    #[cfg(test)]
    pub(super) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        // A form that is too large or not a form: there is nothing more to say about it.
        let read = Form::<Vec<(String, String)>>::from_request(request, app).await;
        let Ok(Form(pairs)) = read else { return Err(Fault::FormUnreadable.into()) };
        let mut fields = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_insert(value);
        }
        Ok(Self(fields))
    }
}

/// What is wrong with which field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Complaints(Vec<(&'static str, String)>);

impl Complaints {
    /// Notes what is wrong with a field.
    pub(super) fn add(
        &mut self,
        field: &'static str,
        locale: &Locale,
        key: &str,
        args: &[Arg<'_>],
    ) {
        self.0.push((field, locale.text(key, args)));
    }

    /// What is wrong with a field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// Everything that is wrong, with the fields' names.
    pub(super) fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// Whether nothing is wrong.
    pub(super) fn none(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a parsed field, or notes that it is wrong.
    pub(super) fn take<T>(
        &mut self,
        parsed: Option<T>,
        field: &'static str,
        locale: &Locale,
    ) -> Option<T> {
        if parsed.is_none() {
            self.add(field, locale, &format!("field-{field}"), &[]);
        }
        parsed
    }
}

/// A new passcode, written twice.
pub(super) fn new_passcode(
    fields: &Fields,
    complaints: &mut Complaints,
    locale: &Locale,
) -> Option<Passcode> {
    let pin = complaints.take(Passcode::parse(fields.get("pin")), "pin", locale)?;
    let same = fields.get("pin").trim() == fields.get("pin_again").trim();
    complaints.take(same.then_some(pin), "pin_again", locale)
}

/// A whole number of at most four digits.
pub(super) fn number(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// 16 random bytes for an id that the sender chooses.
pub(super) fn random_id() -> Result<[u8; 16], Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the operating system gives no random numbers");
        Fault::Internal
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_passcode_is_written_twice() {
        let check = |pin: &str, again: &str, wrong: &[&str]| {
            let mut complaints = Complaints::default();
            let fields = Fields::of(&[("pin", pin), ("pin_again", again)]);
            new_passcode(&fields, &mut complaints, Locale::english());
            let fields: Vec<_> = complaints.all().iter().map(|(field, _)| *field).collect();
            assert_eq!(fields, wrong, "{pin} {again}");
        };
        check("2580", "2580", &[]);
        check("2580", "2581", &["pin_again"]);
        check("1111", "1111", &["pin"]);
    }

    #[test]
    fn numbers_are_plain_digits() {
        let check = |text: &str, expected| assert_eq!(number(text), expected, "{text:?}");
        check(" 34 ", Some(34));
        check("-1", None);
        check("+7", None);
        check("3.5", None);
        check("12345", None);
        check("", None);
    }
}
