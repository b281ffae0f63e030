//! Texts of domain values: findings, states, faults, times.

use crate::domain::fault::Fault;
use crate::domain::film::{Orientation, Turn};
use crate::domain::finding::{Call, Finding, NotAssessed};
use crate::domain::indication::{
    HivStatus, Indication, IndicationNote, OperatingPoint, PastTb, Reason, Symptom,
};
use crate::domain::patient::{Alike, FoundBy};
use crate::domain::people::{Role, Sex};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{Backend, Urgency};
use crate::domain::same_film::{FilmAnswer, SameFilm};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::study::{PhotoState, Stage, StudyState};
use crate::domain::sync::order::{OrderKind, Outcome, PortalSetting};
use crate::domain::worklist::Day;
use crate::locale::{Advice, Locale};

/// Texts of domain values.
impl Locale {
    /// Name of a finding.
    #[must_use]
    pub fn finding_name(&self, finding: Finding) -> String {
        self.t(&format!("finding-{}", finding.code()))
    }

    /// What waits for the portal's receipt: urgent, results, reports, films.
    #[must_use]
    pub fn waiting_line(&self, [urgent, results, reports, images]: [u64; 4]) -> String {
        let counts = [
            ("urgent", urgent.into()),
            ("results", results.into()),
            ("reports", reports.into()),
            ("images", images.into()),
        ];
        self.text("sync-waiting", &counts)
    }

    /// What an order of a portal is about, from the code of its kind, known or not.
    #[must_use]
    pub fn order_kind(&self, code: &str) -> String {
        match OrderKind::parse(code) {
            Some(kind) => self.t(&format!("order-kind-{}", kind.code())),
            None => self.text("order-kind-other", &[("kind", code.into())]),
        }
    }

    /// What became of an order, and why it was not done.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> Vec<String> {
        let word = match outcome {
            Outcome::Agreed => outcome.reason(),
            _ => outcome.code(),
        };
        let mut parts = vec![self.t(&format!("order-{word}"))];
        if let Outcome::Refused(why) = outcome {
            parts.push(self.t(&format!("order-refused-{}", why.code())));
        }
        parts
    }

    /// A setting that a portal may change, and its value.
    #[must_use]
    pub fn setting_line(&self, setting: PortalSetting, value: &str) -> String {
        let name = self.t(&format!("portal-setting-{}", setting.code()));
        format!("{name}: {}", self.setting_value(setting, value))
    }

    /// The value of such a setting.
    #[must_use]
    pub fn setting_value(&self, setting: PortalSetting, value: &str) -> String {
        match (setting, value) {
            (PortalSetting::Metered, "true") => self.t("portal-box-yes"),
            (PortalSetting::Metered, "false") => self.t("portal-box-no"),
            (_, value) => value.to_owned(),
        }
    }

    /// A call in words.
    #[must_use]
    pub fn call_word(&self, call: Call) -> String {
        self.t(&format!("call-{}", call.code()))
    }

    /// What is wrong with a photo, and how to take a better one.
    #[must_use]
    pub fn issue_text(&self, issue: QualityIssue) -> Advice {
        self.advice(&format!("issue-{}", issue.code()))
    }

    /// What a slight form of the issue means for the reader.
    #[must_use]
    pub fn remark_text(&self, issue: QualityIssue) -> String {
        self.t(&format!("issue-{}.remark", issue.code()))
    }

    /// What a fault is, and what to do.
    #[must_use]
    pub fn fault_text(&self, fault: Fault) -> Advice {
        self.advice(&format!("fault-{}", fault.code()))
    }

    /// Where a study stands.
    #[must_use]
    pub fn state_word(&self, state: StudyState) -> String {
        self.t(&format!("state-{}", state.code()))
    }

    /// What the state means, and what to do.
    #[must_use]
    pub fn state_text(&self, state: StudyState) -> Advice {
        let key = format!("state-{}", state.code());
        Advice { what: self.t(&format!("{key}.what")), next: self.t(&format!("{key}.next")) }
    }

    /// Where a photo stands.
    #[must_use]
    pub fn photo_state_word(&self, state: PhotoState) -> String {
        self.t(&format!("photo-{}", state.code()))
    }

    /// A step that a photo passes.
    #[must_use]
    pub fn stage_name(&self, stage: Stage) -> String {
        self.t(&format!("stage-{}", stage.code()))
    }

    /// How soon.
    #[must_use]
    pub fn urgency_word(&self, urgency: Urgency) -> String {
        self.t(&format!("urgency-{}", urgency.code()))
    }

    /// What the urgency means, and what to do.
    #[must_use]
    pub fn urgency_text(&self, urgency: Urgency) -> Advice {
        let key = format!("urgency-{}", urgency.code());
        Advice { what: self.t(&format!("{key}.what")), next: self.t(&format!("{key}.next")) }
    }

    /// A film that looks like one of another study, and what to do.
    #[must_use]
    pub fn same_film_text(&self, film: &SameFilm) -> Advice {
        let key = match film.answer {
            None => format!("same-film-{}", film.whose.code()),
            Some((FilmAnswer::Same, ..)) => format!("same-film-same-{}", film.whose.code()),
            Some((FilmAnswer::Other, ..)) => "same-film-other".to_owned(),
        };
        let number = film.number.to_string();
        let args = [("number", number.as_str().into())];
        Advice { what: self.text(&key, &args), next: self.text(&format!("{key}.next"), &args) }
    }

    /// Administrative sex.
    #[must_use]
    pub fn sex_word(&self, sex: Sex) -> String {
        self.t(&format!("sex-{}", sex.code()))
    }

    /// Why a film was taken.
    #[must_use]
    pub fn reason_word(&self, reason: Reason) -> String {
        self.t(&format!("reason-{}", reason.code()))
    }

    /// A symptom.
    #[must_use]
    pub fn symptom_word(&self, symptom: Symptom) -> String {
        self.t(&format!("symptom-{}", symptom.code()))
    }

    /// Whether the patient was treated for tuberculosis before.
    #[must_use]
    pub fn past_tb_word(&self, past: PastTb) -> String {
        self.t(&format!("past-tb-{}", past.code()))
    }

    /// HIV status. Not for lists, alerts and paper.
    #[must_use]
    pub fn hiv_word(&self, status: HivStatus) -> String {
        self.t(&format!("hiv-{}", status.code()))
    }

    /// What a reader is told because of the indication, and what to do.
    #[must_use]
    pub fn indication_note(&self, note: IndicationNote) -> Advice {
        self.advice(&format!("note-{}", note.code()))
    }

    /// Which figure of a band counts, where it is not the usual one.
    #[must_use]
    pub fn operating_point_text(&self, point: OperatingPoint) -> Option<String> {
        match point {
            OperatingPoint::LowerEdge => Some(self.t("point-lower-edge")),
            OperatingPoint::Threshold => Some(self.t("point-threshold")),
            OperatingPoint::Band => None,
        }
    }

    /// Why the film was taken and what the patient told, a sentence each; never the HIV status.
    #[must_use]
    pub fn indication_lines(&self, indication: &Indication) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(reason) = indication.reason {
            let reason = self.reason_word(reason);
            lines.push(self.text("indication-reason", &[("reason", reason.into())]));
        }
        if !indication.symptoms().is_empty() {
            let words = indication.symptoms().iter().map(|one| self.symptom_word(*one));
            let words = words.collect::<Vec<_>>().join(", ");
            lines.push(self.text("indication-symptoms", &[("symptoms", words.into())]));
        }
        match indication.past_tb {
            PastTb::Unknown => {}
            PastTb::No => lines.push(self.t("indication-past-tb-no")),
            PastTb::Yes => lines.push(self.t("indication-past-tb-yes")),
        }
        lines
    }

    /// Why somebody may be the person that is being registered.
    #[must_use]
    pub fn alike_text(&self, alike: Alike) -> String {
        self.t(&format!("alike-{}", alike.code()))
    }

    /// What a patient was found by.
    #[must_use]
    pub fn found_by_text(&self, by: FoundBy) -> String {
        let key = format!("found-by-{}", by.code());
        match by {
            FoundBy::Study(number) => self.text(&key, &[("number", number.to_string().into())]),
            FoundBy::BoxId | FoundBy::LocalId | FoundBy::Programme | FoundBy::Name => self.t(&key),
        }
    }

    /// What an operator is.
    #[must_use]
    pub fn role_word(&self, role: Role) -> String {
        self.t(&format!("role-{}", role.code()))
    }

    /// Name of a compute back end.
    #[must_use]
    pub fn backend_name(&self, backend: Backend) -> String {
        self.t(&format!("backend-{}", backend.code()))
    }

    /// Why a finding has no score.
    #[must_use]
    pub fn not_assessed_reason(&self, reason: NotAssessed) -> String {
        match reason {
            NotAssessed::NotInModel => self.t("not-assessed-not-in-model"),
            NotAssessed::ChannelNotCalibrated => self.t("not-assessed-channel"),
            NotAssessed::BelowValidatedAge { min } => {
                self.text("not-assessed-below-age", &[("min", min.years().into())])
            }
            NotAssessed::AgeUnknown { min } => {
                self.text("not-assessed-age-unknown", &[("min", min.years().into())])
            }
        }
    }

    /// What the box undid, sentence by sentence; empty for an upright film.
    #[must_use]
    pub fn orientation_text(&self, orientation: Orientation) -> Vec<String> {
        let turn = match orientation.turn {
            Turn::None => None,
            Turn::Quarter => Some("orientation-90"),
            Turn::Half => Some("orientation-180"),
            Turn::ThreeQuarter => Some("orientation-270"),
        };
        let mirrored = orientation.mirrored.then_some("orientation-mirrored");
        let inverted = orientation.inverted.then_some("orientation-inverted");
        [turn, mirrored, inverted].into_iter().flatten().map(|key| self.t(key)).collect()
    }

    /// A day of the calendar.
    #[must_use]
    pub fn day_text(&self, day: Day) -> String {
        let (year, month, day) = day.date();
        format!("{day} {} {year}", self.t(&format!("month-{month}")))
    }

    /// Local time, with a remark when nothing confirmed the clock.
    #[must_use]
    pub fn time_text(&self, stamp: Stamp, utc_offset_minutes: i32) -> String {
        let Some(time) = local(stamp, utc_offset_minutes) else { return self.t("time-unsynced") };
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        let text = self.text(
            "time-local",
            &[
                ("day", time.day().into()),
                ("month", self.t(&format!("month-{}", u8::from(time.month()))).into()),
                ("year", time.year().to_string().into()),
                ("time", clock.into()),
            ],
        );
        match stamp.trust {
            ClockTrust::Synced => text,
            ClockTrust::Unsynced => format!("{text} ({})", self.t("time-unsynced")),
        }
    }
}

/// Calendar time of a stamp on the clinic's wall, where it is one.
fn local(stamp: Stamp, utc_offset_minutes: i32) -> Option<time::OffsetDateTime> {
    let seconds = stamp.wall.0.div_euclid(1000) + i64::from(utc_offset_minutes) * 60;
    time::OffsetDateTime::from_unix_timestamp(seconds).ok()
}
