//! What can be wrong with a photo of a film, and the grade it gets.

/// One reason to ask for a new photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QualityIssue {
    /// Out of focus or moved.
    Blur,
    /// A reflection covers part of the radiograph.
    Glare,
    /// Too dark.
    Underexposed,
    /// Too bright: large parts are clipped.
    Overexposed,
    /// Part of the radiograph lies outside the photo.
    CutOff,
    /// A hand or an object covers part of the radiograph.
    Occluded,
    /// Something shows through: window bars, blinds, trees, an unlit part of the light source.
    Backlight,
    /// The film is too small in the photo.
    TooSmall,
    /// The film does not show a chest.
    NotChestFilm,
    /// The film shows a chest from the side.
    Lateral,
    /// Two films lie beside each other.
    TwoFilms,
    /// Both lungs cannot be made out in the radiograph.
    LungsNotSeen,
    /// The film itself: the lungs reach its edge, so a part of them may be missing.
    LungsCutOff,
    /// The film itself: the lungs are black, without detail.
    FilmOverexposed,
    /// The film itself: what lies between the lungs is white, without detail.
    FilmUnderexposed,
    /// The film itself: the lungs differ in width, as when the patient was turned.
    PatientTurned,
    /// No film was found in the photo.
    NoFilm,
    /// The photo is damaged inside and cannot be decoded.
    Unreadable,
}

impl QualityIssue {
    /// Every issue.
    pub const ALL: [Self; 18] = [
        Self::Blur,
        Self::Glare,
        Self::Underexposed,
        Self::Overexposed,
        Self::CutOff,
        Self::Occluded,
        Self::Backlight,
        Self::TooSmall,
        Self::NotChestFilm,
        Self::Lateral,
        Self::TwoFilms,
        Self::LungsNotSeen,
        Self::LungsCutOff,
        Self::FilmOverexposed,
        Self::FilmUnderexposed,
        Self::PatientTurned,
        Self::NoFilm,
        Self::Unreadable,
    ];

    /// The stable name stored and exchanged; the same names as the photo simulator's reasons.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blur => "blur",
            Self::Glare => "glare",
            Self::Underexposed => "underexposed",
            Self::Overexposed => "overexposed",
            Self::CutOff => "cut_off",
            Self::Occluded => "occluded",
            Self::Backlight => "backlight",
            Self::TooSmall => "too_small",
            Self::NotChestFilm => "not_chest_film",
            Self::Lateral => "lateral",
            Self::TwoFilms => "two_films",
            Self::LungsNotSeen => "lungs_not_seen",
            Self::LungsCutOff => "lungs_cut_off",
            Self::FilmOverexposed => "film_overexposed",
            Self::FilmUnderexposed => "film_underexposed",
            Self::PatientTurned => "patient_turned",
            Self::NoFilm => "no_film",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether a slight form of it may hide a part of the film, and not only make it harder to read.
    #[must_use]
    pub const fn may_hide_film(self) -> bool {
        match self {
            Self::Glare
            | Self::CutOff
            | Self::Occluded
            | Self::Backlight
            | Self::NotChestFilm
            | Self::Lateral
            | Self::TwoFilms
            | Self::LungsNotSeen
            | Self::LungsCutOff
            | Self::FilmOverexposed
            | Self::FilmUnderexposed
            | Self::NoFilm
            | Self::Unreadable => true,
            Self::Blur
            | Self::Underexposed
            | Self::Overexposed
            | Self::TooSmall
            | Self::PatientTurned => false,
        }
    }

    /// Whether another photo of the same film may do without it.
    #[must_use]
    pub const fn another_photo_may_help(self) -> bool {
        match self {
            Self::Blur
            | Self::Glare
            | Self::Underexposed
            | Self::Overexposed
            | Self::CutOff
            | Self::Occluded
            | Self::Backlight
            | Self::TooSmall
            | Self::TwoFilms
            | Self::NoFilm
            | Self::Unreadable => true,
            // The film itself is so, or the lungs are white: another photo shows the same.
            Self::NotChestFilm
            | Self::Lateral
            | Self::LungsNotSeen
            | Self::LungsCutOff
            | Self::FilmOverexposed
            | Self::FilmUnderexposed
            | Self::PatientTurned => false,
        }
    }

    /// Whether it is about light: then how dark or light the film itself is cannot be told.
    #[must_use]
    pub const fn concerns_light(self) -> bool {
        match self {
            Self::Glare
            | Self::Underexposed
            | Self::Overexposed
            | Self::Backlight
            | Self::FilmOverexposed
            | Self::FilmUnderexposed => true,
            Self::Blur
            | Self::CutOff
            | Self::Occluded
            | Self::TooSmall
            | Self::NotChestFilm
            | Self::Lateral
            | Self::TwoFilms
            | Self::LungsNotSeen
            | Self::LungsCutOff
            | Self::PatientTurned
            | Self::NoFilm
            | Self::Unreadable => false,
        }
    }

    /// The issue with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|issue| issue.code() == code)
    }
}

/// The issues of a refused photo, worst first; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issues {
    /// Worst first; never empty because [`Issues::new`] is the only constructor.
    list: Vec<QualityIssue>,
}

impl Issues {
    /// The issues, worst first, or nothing for an empty list.
    #[must_use]
    pub fn new(list: Vec<QualityIssue>) -> Option<Self> {
        if list.is_empty() { None } else { Some(Self { list }) }
    }

    /// The issue to name first.
    #[must_use]
    pub fn worst(&self) -> QualityIssue {
        self.list[0]
    }

    /// All issues, worst first.
    #[must_use]
    pub fn as_slice(&self) -> &[QualityIssue] {
        &self.list
    }
}

impl From<QualityIssue> for Issues {
    fn from(issue: QualityIssue) -> Self {
        Self { list: vec![issue] }
    }
}

/// Whether a photo can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grade {
    /// Good enough to read; remarks are borderline properties worth telling the reader.
    Accepted {
        /// Borderline properties, strongest first.
        remarks: Vec<QualityIssue>,
    },
    /// To be taken again.
    Refused {
        /// Why, worst first.
        issues: Issues,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_parses_back() {
        for issue in QualityIssue::ALL {
            assert_eq!(QualityIssue::parse(issue.code()), Some(issue));
        }
        assert_eq!(QualityIssue::parse("moire"), None);
    }

    #[test]
    fn a_refusal_names_at_least_one_issue() {
        assert_eq!(Issues::new(Vec::new()), None);
        assert_eq!(Issues::from(QualityIssue::Blur).worst(), QualityIssue::Blur);
    }
}
