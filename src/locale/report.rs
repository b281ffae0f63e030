//! The words of a signed report: the same on the page and on paper.

use crate::domain::finding::{Call, Evidence, Finding, Score};
use crate::domain::people::AgeEvidence;
use crate::domain::report::Draft;
use crate::domain::signing::{
    Credit, Decision, HowRead, LungShare, Machine, NotSignable, Opinion, ReportContent, VersionHead,
};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::locale::{Language, Locale, score_texts};

/// A report in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportWords {
    /// Findings that were scored or decided, in report order.
    pub findings: Vec<FindingWords>,
    /// Names of findings, and the reason that they share.
    pub not_assessed: Vec<(String, String)>,
    /// Share of lung with opacity; empty when not assessed.
    pub lung_share: String,
    /// Remarks on the photo.
    pub remarks: Vec<String>,
    /// What a reader must check on the film.
    pub doubts: Vec<String>,
    /// Which model scored, on what.
    pub model: String,
    /// Sex and age of the patient.
    pub person: String,
    /// Why the film was taken, what the patient told, and what that means; empty when nobody said.
    pub indication: Vec<String>,
}

/// One finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingWords {
    /// Code of the finding.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// What the box said.
    pub machine: String,
    /// Score and threshold; empty without.
    pub score: String,
    /// Code of the call; `none` without a score.
    pub call: &'static str,
    /// Weak evidence.
    pub hint: bool,
    /// Code of the decision.
    pub decision: &'static str,
    /// What the physician decided.
    pub decided: String,
}

impl Locale {
    /// The language in which a report was signed. A language that is gone gives English: a report
    /// must stay readable for good.
    #[must_use]
    pub fn of_report(code: &str) -> &'static Self {
        match Language::parse(code) {
            Some(language) => Self::of(language),
            None => {
                tracing::warn!(code, "a report was signed in a language that is not here");
                Self::english()
            }
        }
    }

    /// A report in the words of this language.
    #[must_use]
    pub fn report_words(&self, content: &ReportContent, year: i32) -> ReportWords {
        let basis = &content.basis;
        let findings = content.findings().filter(|one| match one.machine {
            Machine::Scored { evidence: Evidence::Assessed, .. } => true,
            Machine::Scored { evidence: Evidence::Hint, call, .. } => {
                call == Call::Above || one.decision != Decision::NotCommented
            }
            Machine::NotAssessed(_) => one.decision != Decision::NotCommented,
        });
        let findings = findings.map(|one| FindingWords {
            code: one.finding.code(),
            name: self.finding_name(one.finding),
            machine: self.machine_word(one.machine),
            score: match one.machine {
                Machine::Scored { score, threshold, .. } => self.score_line(score, threshold),
                Machine::NotAssessed(_) => String::new(),
            },
            call: match one.machine {
                Machine::Scored { call, .. } => call.code(),
                Machine::NotAssessed(_) => "none",
            },
            hint: matches!(one.machine, Machine::Scored { evidence: Evidence::Hint, .. }),
            decision: one.decision.code(),
            decided: self.decision_word(one.decision),
        });
        let model = format!("{} {}", basis.model.id, basis.model.version);
        let model = [("model", model.into()), ("backend", self.backend_name(basis.backend).into())];
        ReportWords {
            findings: findings.collect(),
            not_assessed: self.gaps(content),
            lung_share: basis.lung_share.as_ref().map_or_else(String::new, |share| {
                let LungShare { both, low, high, lungs } = share;
                self.text("lung-share", &self.lung_share_args(*both, (*low, *high), *lungs))
            }),
            remarks: basis.remarks.iter().map(|remark| self.remark_text(*remark)).collect(),
            doubts: basis.doubts.iter().map(|doubt| self.sentence_of(doubt.sentence())).collect(),
            model: self.text("model-line", &model),
            person: self.report_person(content, year),
            indication: self.report_indication(content),
        }
    }

    fn sentence_of(&self, sentence: crate::domain::report::Sentence) -> String {
        self.draft_text(&Draft { sentences: vec![sentence] })
    }

    /// What the box says nothing about, findings with the same reason together.
    fn gaps(&self, content: &ReportContent) -> Vec<(String, String)> {
        let mut groups: Vec<(String, String)> = Vec::new();
        let mut add = |name: String, reason: String| match groups
            .iter_mut()
            .find(|(_, known)| *known == reason)
        {
            Some((names, _)) => {
                names.push_str(", ");
                names.push_str(&name);
            }
            None => groups.push((name, reason)),
        };
        for (finding, machine) in &content.basis.findings {
            if let Machine::NotAssessed(why) = machine {
                add(self.finding_name(*finding), self.not_assessed_reason(*why));
            }
        }
        if content.basis.lung_share.is_none() {
            add(self.t("not-assessed-lung-share"), self.t("not-assessed-lung-share-reason"));
        }
        // The outlines of the lungs take in the part behind the heart, so no width of the heart
        // can be read from them.
        add(self.t("not-assessed-heart-ratio"), self.t("not-assessed-heart-ratio-reason"));
        groups
    }

    fn report_indication(&self, content: &ReportContent) -> Vec<String> {
        let told = self.indication_lines(&content.basis.indication);
        let notes = content.basis.notes.iter().map(|note| self.indication_note(*note));
        told.into_iter().chain(notes.flat_map(|note| [note.what, note.next])).collect()
    }

    fn report_person(&self, content: &ReportContent, year: i32) -> String {
        let age = content.basis.subject.age;
        let shown = match age {
            AgeEvidence::Told(age) => Some(age),
            AgeEvidence::BirthYear(_) => age.at_least(year),
        };
        let age = shown.map_or_else(
            || self.t("age-unknown"),
            |age| self.text("age-years", &[("years", age.years().into())]),
        );
        let sex = self.sex_word(content.basis.subject.sex);
        self.text("patient-line", &[("sex", sex.into()), ("age", age.into())])
    }

    /// A score beside its threshold.
    #[must_use]
    pub fn score_line(&self, score: Score, threshold: Score) -> String {
        let (score, threshold) = score_texts(score, threshold);
        self.text("report-score", &[("score", score.into()), ("threshold", threshold.into())])
    }

    /// What the box said, in a word or two.
    #[must_use]
    pub fn machine_word(&self, machine: Machine) -> String {
        match machine {
            Machine::Scored { call, .. } => self.call_word(call),
            Machine::NotAssessed(_) => self.t("report-not-assessed"),
        }
    }

    /// A decision in a word or two.
    #[must_use]
    pub fn decision_word(&self, decision: Decision) -> String {
        self.t(&format!("decision-{}", decision.code()))
    }

    /// An opinion in a word or two.
    #[must_use]
    pub fn opinion_word(&self, opinion: Opinion) -> String {
        self.t(&format!("opinion-{}", opinion.code()))
    }

    /// What somebody says about findings, a line each.
    #[must_use]
    pub fn opinion_lines(&self, opinions: &[(Finding, Opinion)]) -> Vec<String> {
        let line = |(finding, opinion): &(Finding, Opinion)| {
            let (finding, word) = (self.finding_name(*finding), self.opinion_word(*opinion));
            self.text("headline", &[("finding", finding.into()), ("call", word.into())])
        };
        opinions.iter().map(line).collect()
    }

    /// How the film was read.
    #[must_use]
    pub fn how_word(&self, how: HowRead) -> String {
        self.t(&format!("how-{}", how.code()))
    }

    /// Whose words of the portal a report has.
    #[must_use]
    pub fn credit_line(&self, credit: &Credit, utc_offset_minutes: i32) -> String {
        let at = Stamp { wall: credit.at, trust: ClockTrust::Synced };
        let time = self.time_text(at, utc_offset_minutes);
        let name = credit.name.as_str();
        let key = format!("credit-{}", credit.kind.code());
        self.text(&key, &[("name", name.into()), ("time", time.into())])
    }

    /// What is missing before a report can be signed.
    #[must_use]
    pub fn not_signable_text(&self, why: NotSignable) -> String {
        match why {
            NotSignable::Undecided(finding) => {
                let finding = self.finding_name(finding);
                self.text("report-undecided", &[("finding", finding.into())])
            }
            NotSignable::NoConclusion => self.t("report-no-conclusion"),
        }
    }

    /// Who signed, and when.
    #[must_use]
    pub fn signed_line(&self, head: &VersionHead, utc_offset_minutes: i32) -> String {
        let time = self.time_text(head.at, utc_offset_minutes);
        let name = head.signer_name.as_str();
        self.text("report-signed-by", &[("name", name.into()), ("time", time.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_report_has_its_word() {
        let locale = Locale::english();
        for decision in Decision::ALL {
            assert!(!locale.decision_word(decision).starts_with("decision-"));
        }
        for opinion in Opinion::ALL {
            assert!(!locale.opinion_word(opinion).starts_with("opinion-"));
        }
        for how in HowRead::ALL {
            assert!(!locale.how_word(how).starts_with("how-"));
        }
        assert!(!locale.not_signable_text(NotSignable::NoConclusion).starts_with("report-"));
    }
}
