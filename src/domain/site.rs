//! What a clinic's administrator sets on the pages: name, language, time zone, whom to call.

/// Settings of the site. They go over those of the settings file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Name of the clinic, on reports, letters and alerts; empty for none.
    pub name: String,
    /// Code of the language where nobody has chosen one; empty: as each phone asks.
    pub language: String,
    /// Local time minus UTC, minutes.
    pub utc_offset_minutes: i32,
    /// Whom to call, as the help page shows it; empty for nobody.
    pub support_contact: String,
}

/// A setting that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteField {
    /// [`Site::name`].
    Name,
    /// [`Site::utc_offset_minutes`].
    Offset,
    /// [`Site::support_contact`].
    Contact,
}

impl SiteField {
    /// Name of the field in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "site_name",
            Self::Offset => "utc_offset",
            Self::Contact => "support_contact",
        }
    }
}

impl Site {
    /// Longest [`Site::name`] and [`Site::support_contact`], characters.
    pub const TEXT_CHARS_MAX: usize = 120;
    /// Bounds of [`Site::utc_offset_minutes`].
    pub const OFFSET_MINUTES: std::ops::RangeInclusive<i32> = -720..=840;

    /// What is out of range, in the order of the form.
    #[must_use]
    pub fn wrong(&self) -> Vec<SiteField> {
        let plain = |text: &str| {
            text.chars().count() <= Self::TEXT_CHARS_MAX && !text.chars().any(char::is_control)
        };
        let checks = [
            (plain(&self.name), SiteField::Name),
            (Self::OFFSET_MINUTES.contains(&self.utc_offset_minutes), SiteField::Offset),
            (plain(&self.support_contact), SiteField::Contact),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, field)| field).collect()
    }

    /// Names and values as they are stored.
    #[must_use]
    pub fn rows(&self) -> [(&'static str, String); 4] {
        [
            ("name", self.name.clone()),
            ("language", self.language.clone()),
            ("utc_offset_minutes", self.utc_offset_minutes.to_string()),
            ("support_contact", self.support_contact.clone()),
        ]
    }

    /// Takes one stored value; `None` when it is none. An unknown name is left alone: a newer program
    /// may have written it.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Option<Self> {
        match name {
            "name" => value.clone_into(&mut self.name),
            "language" => value.clone_into(&mut self.language),
            "utc_offset_minutes" => self.utc_offset_minutes = value.parse().ok()?,
            "support_contact" => value.clone_into(&mut self.support_contact),
            _ => {}
        }
        Some(self)
    }
}

/// `+5:30`, `-3`, `5.5` or `330`: hours with minutes, or minutes where the number is large.
#[must_use]
pub fn parse_offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { text.parse::<i32>().ok() } else { None }
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let minutes = digits(minutes).filter(|minutes| *minutes < 60)?;
    let offset = sign * (digits(hours)? * 60 + minutes);
    Site::OFFSET_MINUTES.contains(&offset).then_some(offset)
}

/// Earliest and latest time that a person may set, seconds since 1970: 2026 to the end of 2099. No box is
/// older than its program.
pub const CLOCK_S: std::ops::Range<i64> = 1_767_225_600..4_102_444_800;

/// Seconds since 1970 of a local day (`2026-11-28`) and time (`16:05`); `None` when they are none, or no
/// box can have that time.
#[must_use]
pub fn wall_seconds(day: &str, time: &str, utc_offset_minutes: i32) -> Option<i64> {
    let number = |text: &str, digits: usize| {
        let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { text.parse::<i64>().ok() } else { None }
    };
    let mut parts = day.trim().split('-');
    let (year, month) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?);
    let date = number(parts.next()?, 2)?;
    if parts.next().is_some() || !(1..=12).contains(&month) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    if !(1..=length).contains(&date) {
        return None;
    }
    // Seconds of a field may come too; they are left out.
    let time = time.trim();
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.split(':').next()?;
    let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
    if hour > 23 || minute > 59 {
        return None;
    }
    // Days since 1970-01-01, counted in years that begin in March, so that leap days come last.
    let (shifted, from_march) = (year - i64::from(month <= 2), (month + 9) % 12);
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * from_march + 2) / 5 + date - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let seconds = days * 86_400 + hour * 3600 + minute * 60 - i64::from(utc_offset_minutes) * 60;
    CLOCK_S.contains(&seconds).then_some(seconds)
}

/// An offset as people write it: `+5:30`.
#[must_use]
pub fn offset_text(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_and_written_as_people_write_them() {
        let check = |text: &str, expected| assert_eq!(parse_offset(text), expected, "{text}");
        check("+5:30", Some(330));
        check("5:45", Some(345));
        check("-3", Some(-180));
        check("0", Some(0));
        check("14", Some(840));
        check("15", None);
        check("5:60", None);
        check("five", None);
        check("", None);
        for minutes in [-720, -210, 0, 330, 840] {
            assert_eq!(parse_offset(&offset_text(minutes)), Some(minutes));
        }
    }

    #[test]
    fn a_day_and_a_time_become_seconds() {
        let check = |day, time, offset, expected| {
            assert_eq!(wall_seconds(day, time, offset), expected, "{day} {time}");
        };
        check("2026-01-01", "00:00", 0, Some(1_767_225_600));
        check("2026-11-28", "16:05", 330, Some(1_795_862_100));
        check("2028-02-29", "23:59:30", 0, Some(1_835_481_540));
        check("2027-02-29", "10:00", 0, None);
        check("2025-12-31", "23:59", 0, None);
        check("2026-11-31", "10:00", 0, None);
        check("2026-11-28", "24:00", 0, None);
        check("28.11.2026", "10:00", 0, None);
    }

    #[test]
    fn stored_rows_make_the_same_site() {
        let site = Site {
            name: "Clinic".to_owned(),
            language: "hi".to_owned(),
            utc_offset_minutes: 330,
            support_contact: "Ravi 98".to_owned(),
        };
        let again = site
            .rows()
            .iter()
            .try_fold(Site::default(), |site, (name, value)| site.with(name, value));
        assert_eq!(again, Some(site));
        assert!(Site::default().with("utc_offset_minutes", "x").is_none());
    }
}
