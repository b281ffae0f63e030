//! The languages of the pages, and which of them a phone asks for.

/// A language that every page can be shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, the language in which the texts are written first.
    #[default]
    English,
    /// Hindi, in Devanagari.
    Hindi,
    /// Bengali.
    Bengali,
    /// Assamese, in Bengali script with letters of its own.
    Assamese,
    /// Odia.
    Odia,
    /// French.
    French,
}

impl Language {
    /// All, in the order of the switch.
    pub const ALL: [Self; 6] =
        [Self::English, Self::Hindi, Self::Bengali, Self::Assamese, Self::Odia, Self::French];

    /// Code of BCP 47, as HTML's `lang` and the settings have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Hindi => "hi",
            Self::Bengali => "bn",
            Self::Assamese => "as",
            Self::Odia => "or",
            Self::French => "fr",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Its name in itself: who cannot read the page finds the way by it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Hindi => "हिन्दी",
            Self::Bengali => "বাংলা",
            Self::Assamese => "অসমীয়া",
            Self::Odia => "ଓଡ଼ିଆ",
            Self::French => "Français",
        }
    }

    /// Writing direction as HTML's `dir` has it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English
            | Self::Hindi
            | Self::Bengali
            | Self::Assamese
            | Self::Odia
            | Self::French => "ltr",
        }
    }

    /// The language that a browser's `Accept-Language` likes best among ours (RFC 9110, 12.5.4).
    #[must_use]
    pub fn asked_for(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for wish in header.split(',').take(WISHES_MAX) {
            let (range, weight) = wish.split_once(';').unwrap_or((wish, ""));
            let primary = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let Some(language) = Self::parse(&primary) else { continue };
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok());
            let weight: f32 = weight.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(0.0);
            if weight > best.map_or(0.0, |(heaviest, _)| heaviest) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The texts, as translators write them.
    pub(super) const fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../web/locales/en.ftl"),
            Self::Hindi => include_str!("../../web/locales/hi.ftl"),
            Self::Bengali => include_str!("../../web/locales/bn.ftl"),
            Self::Assamese => include_str!("../../web/locales/as.ftl"),
            Self::Odia => include_str!("../../web/locales/or.ftl"),
            Self::French => include_str!("../../web/locales/fr.ftl"),
        }
    }
}

/// Longest list of wishes that is looked at.
const WISHES_MAX: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_gets_the_language_it_likes_best_of_ours() {
        let check = |header: &str, expected| {
            assert_eq!(Language::asked_for(header), expected, "{header}");
        };
        check("hi", Some(Language::Hindi));
        check("hi-IN,en;q=0.8", Some(Language::Hindi));
        check("ta-IN, hi;q=0.7, en;q=0.9", Some(Language::English));
        check("HI-in", Some(Language::Hindi));
        check("ta,te;q=0.5", None);
        check("hi;q=0, en;q=0.1", Some(Language::English));
        check("hi;q=7", None);
        check("", None);
    }

    #[test]
    fn every_language_has_a_code_and_a_name_of_its_own() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
            let same = Language::ALL.iter().filter(|one| one.own_name() == language.own_name());
            assert_eq!(same.count(), 1);
        }
        assert_eq!(Language::parse("ta"), None);
    }
}
