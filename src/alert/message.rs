//! What a message says. Nothing in it tells who the patient is.

use crate::domain::alert::rules::Detail;
use crate::domain::alert::{Acknowledgement, Alert, AlertSource};
use crate::domain::people::PersonName;
use crate::locale::Locale;

/// Characters of one text message in the alphabet of GSM 03.38.
const GSM_CHARS: usize = 160;
/// Characters of one text message in any other alphabet, UCS-2.
const UCS2_CHARS: usize = 70;

/// What a message about an alert says on a phone with a data link. A group reads who is on duty.
#[must_use]
pub fn long(
    locale: &Locale,
    alert: &Alert,
    site: &str,
    detail: Detail,
    repeat: bool,
    responder: Option<&PersonName>,
) -> String {
    let number = alert.number.to_string();
    let mut lines = Vec::new();
    if repeat {
        lines.push(locale.t("alert-repeat"));
    }
    let args = [("number", number.as_str().into()), ("site", site.into())];
    lines.push(locale.text("alert-headline", &args));
    lines.push(locale.t(&format!("alert-class-{}", alert.class.code())));
    let study = format!("{:05}", alert.study_number);
    lines.push(locale.text("alert-study", &[("study", study.into())]));
    if alert.source == AlertSource::Portal {
        lines.push(locale.t("alert-by-portal"));
    }
    if let Some(name) = responder {
        lines.push(locale.text("alert-responder", &[("name", name.as_str().into())]));
    }
    if detail == Detail::Finding {
        let names = alert.findings.iter().map(|finding| locale.finding_name(*finding));
        lines.push(names.collect::<Vec<_>>().join(", "));
    }
    lines.push(locale.t("alert-decides"));
    lines.join("\n")
}

/// The same for one text message: it fits into one part in every language.
#[must_use]
pub fn short(locale: &Locale, alert: &Alert, site: &str, repeat: bool) -> String {
    let args = |site: &str| {
        let study = format!("{:05}", alert.study_number);
        [
            ("number", alert.number.to_string().into()),
            ("site", site.to_owned().into()),
            ("study", study.into()),
            ("class", locale.t(&format!("alert-class-{}", alert.class.code())).into()),
            ("repeat", u32::from(repeat).into()),
        ]
    };
    let whole = locale.text("alert-sms", &args(site));
    if fits(&whole) { whole } else { locale.text("alert-sms", &args("")) }
}

/// What stands in place of an alert that somebody has taken over.
#[must_use]
pub fn taken_over(locale: &Locale, alert: &Alert, by: &Acknowledgement, time: &str) -> String {
    let args = [
        ("number", alert.number.to_string().into()),
        ("name", by.name.as_str().into()),
        ("time", time.into()),
    ];
    locale.text("alert-taken-over", &args)
}

/// Whether a text is one part (3GPP TS 23.038; in GSM's alphabet some characters count twice).
#[must_use]
pub fn fits(text: &str) -> bool {
    const TWICE: &str = "^{}\\[~]|€\u{c}";
    const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                            ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    let units = |c: char| {
        if ALPHABET.contains(c) {
            Some(1)
        } else if TWICE.contains(c) {
            Some(2)
        } else {
            None
        }
    };
    let gsm: Option<usize> = text.chars().map(units).sum();
    gsm.map_or_else(|| text.encode_utf16().count() <= UCS2_CHARS, |units| units <= GSM_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::{AlertClass, AlertNumber};
    use crate::domain::finding::Finding;
    use crate::domain::ids::{AlertId, StudyId};
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
    use crate::locale::Language;

    fn alert(class: AlertClass) -> Alert {
        Alert {
            id: AlertId::from_bytes([1; 16]),
            number: AlertNumber(99_999),
            study: StudyId::from_bytes([1; 16]),
            study_number: 99_999,
            class,
            findings: vec![Finding::Tuberculosis],
            source: AlertSource::Box,
            raised: Stamp { wall: WallMs(0), trust: ClockTrust::Synced },
            open_ms: 0,
            acknowledged: None,
        }
    }

    #[test]
    fn a_text_message_is_one_part_in_every_language() {
        for language in Language::ALL {
            for class in AlertClass::ALL {
                for repeat in [false, true] {
                    let text = short(Locale::of(language), &alert(class), &"S".repeat(120), repeat);
                    assert!(fits(&text), "{}: {text}", language.code());
                    assert!(text.contains("99999"), "{text}");
                }
            }
        }
    }

    #[test]
    fn who_saw_it_is_told_where_it_was_not_the_box() {
        let english = Locale::english();
        let by = |source| {
            let alert = Alert { source, ..alert(AlertClass::Suspect) };
            long(english, &alert, "Site", Detail::Minimal, false, None)
        };
        assert!(by(AlertSource::Portal).contains("radiologist"));
        assert!(!by(AlertSource::Portal).contains("uberculosis"));
        assert!(!by(AlertSource::Box).contains("radiologist"));
    }

    #[test]
    fn parts_are_counted_as_phones_count_them() {
        assert!(fits(&"a".repeat(160)) && !fits(&"a".repeat(161)));
        assert!(fits(&"€".repeat(80)) && !fits(&"€".repeat(81)));
        assert!(fits(&"क".repeat(70)) && !fits(&"क".repeat(71)));
        assert!(!fits(&format!("{}क", "a".repeat(70))));
    }

    #[test]
    fn the_disease_is_named_only_where_the_site_wants_it() {
        let english = Locale::english();
        let said = |detail| long(english, &alert(AlertClass::Suspect), "Site", detail, false, None);
        assert!(!said(Detail::Minimal).to_lowercase().contains("tuberculosis"));
        assert!(said(Detail::Finding).to_lowercase().contains("tuberculosis"));
        assert!(!short(english, &alert(AlertClass::Suspect), "", false).contains("tuberculosis"));
    }
}
