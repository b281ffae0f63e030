//! The words that a person at the box reads.
//!
//! Here: looking up a text by its key, and the texts of domain values. Not here: where a text
//! stands on a page (`web/templates`), and the texts themselves (`web/locales/*.ftl`).
//! A *key* names a text; `key.next` names its attribute `next`: what to do.

mod draft;
mod language;
mod report;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod translations;
mod words;

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use draft::score_texts;
pub use language::Language;
pub use report::{FindingWords, ReportWords};

/// A name and its value for a text with a gap.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

/// What happened, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What happened: one sentence.
    pub what: String,
    /// What to do next: one sentence.
    pub next: String,
}

/// All texts of one language.
pub struct Locale {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Keys that were asked for in vain: each is logged once.
    missing: Mutex<HashSet<String>>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locale({})", self.code())
    }
}

impl Locale {
    /// English, which has every text.
    #[must_use]
    pub fn english() -> &'static Self {
        Self::of(Language::English)
    }

    /// The texts that a browser's `Accept-Language` likes best; English where it likes none of ours.
    #[must_use]
    pub fn asked_for(header: Option<&str>) -> &'static Self {
        header.and_then(Language::asked_for).map_or_else(Self::english, Self::of)
    }

    /// The texts of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static LOCALES: LazyLock<[Locale; Language::ALL.len()]> =
            LazyLock::new(|| Language::ALL.map(Locale::load));
        LOCALES.iter().find(|locale| locale.language == language).unwrap_or(&LOCALES[0])
    }

    fn load(language: Language) -> Self {
        let code = language.code();
        let source = language.source().to_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| {
            tracing::error!(locale = code, "the language file holds entries that cannot be read");
            partial
        });
        let identifier: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Isolation marks would end up in the report text that people copy.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle, missing: Mutex::default() }
    }

    /// Which language it is.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Language code as HTML's `lang` has it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The text of a key without gaps.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.text(key, &[])
    }

    /// The text of a key. A key that this language lacks is said in English, and one that English
    /// lacks shows itself: a page with a gap is better than no page. The tests let neither through.
    #[must_use]
    pub fn text(&self, key: &str, args: &[Arg<'_>]) -> String {
        self.find(key, args).unwrap_or_else(|| {
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            if missing.insert(key.to_owned()) {
                tracing::warn!(locale = self.code(), key, "a text is missing or lacks a value");
            }
            let english = (self.language != Language::English)
                .then(|| Self::english().find(key, args))
                .flatten();
            english.unwrap_or_else(|| key.to_owned())
        })
    }

    /// The text of a key, or nothing if it is missing or one of its gaps was not filled.
    fn find(&self, key: &str, args: &[Arg<'_>]) -> Option<String> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    fn advice(&self, key: &str) -> Advice {
        Advice { what: self.t(key), next: self.t(&format!("{key}.next")) }
    }
}
