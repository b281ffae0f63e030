//! What raises an alert, and how a site wants to be told. Every change is a version that two people made.

use crate::domain::alert::AlertClass;
use crate::domain::alert::escalation::StepMinutes;
use crate::domain::alert::roster::{DailySpan, MinuteOfDay};
use crate::domain::finding::{Call, Evidence, Finding, Score};
use crate::domain::ids::OperatorId;
use crate::domain::people::{PersonName, Role};
use crate::domain::reading::{ScoreLine, ScoreSheet};
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;

/// One finding that raises an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The finding.
    pub finding: Finding,
    /// How pressing it is.
    pub class: AlertClass,
    /// Score from which on, where it is above the model's own threshold.
    pub from: Score,
}

/// How much of a finding a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Alert number, study number, urgency. Nothing about the disease.
    Minimal,
    /// The finding as well.
    Finding,
}

impl Detail {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Finding => "finding",
        }
    }

    /// Reads a [`Detail::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Minimal, Self::Finding].into_iter().find(|one| one.code() == code)
    }
}

/// Everything that a site decides about its alerts.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// What raises an alert.
    pub rules: Vec<Rule>,
    /// Length of a step of the escalation.
    pub step: StepMinutes,
    /// When nobody is told about what is not critical.
    pub quiet: Option<DailySpan>,
    /// How many alerts that are not critical one person gets in a day; the others go into the digest.
    pub budget_per_day: u16,
    /// When the digest goes out.
    pub digest_at: MinuteOfDay,
    /// How much a message says.
    pub detail: Detail,
    /// Whether a Telegram message brings a small picture of the film along.
    pub picture: bool,
    /// Who is told, by role, in the order of [`Role::ALL`]: one at least.
    pub roles: Vec<Role>,
}

/// Most alerts in a day that a budget may allow.
const BUDGET_MAX: u16 = 500;

impl Default for Rules {
    fn default() -> Self {
        let rule = |finding, class| Rule { finding, class, from: Score::ZERO };
        Self {
            rules: vec![
                rule(Finding::Pneumothorax, AlertClass::Critical),
                rule(Finding::Tuberculosis, AlertClass::Suspect),
                rule(Finding::Covid19, AlertClass::Suspect),
            ],
            step: StepMinutes::default(),
            quiet: None,
            budget_per_day: 20,
            digest_at: MinuteOfDay::MORNING,
            detail: Detail::Minimal,
            picture: false,
            roles: Role::ALL.into_iter().filter(|role| may_be_told(*role)).collect(),
        }
    }
}

/// Whether a role may be told at all: only who may see the patient can do something about it.
#[must_use]
pub fn may_be_told(role: Role) -> bool {
    role.may(Right::SeePatients)
}

/// Why an alert is raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// How pressing: the most pressing of all findings.
    pub class: AlertClass,
    /// The findings, in report order.
    pub findings: Vec<Finding>,
}

impl Rules {
    /// What a reading raises. A hint raises nothing, whatever its score; nor does a score that is not
    /// above the model's own threshold: a site can ask for more certainty, never for less.
    #[must_use]
    pub fn cause(&self, sheet: &ScoreSheet) -> Option<Cause> {
        self.cause_of(&sheet.lines)
    }

    /// The same from the scores alone.
    #[must_use]
    pub fn cause_of(&self, lines: &[ScoreLine]) -> Option<Cause> {
        let raises = |rule: &&Rule| {
            lines.iter().any(|line| {
                line.finding == rule.finding
                    && line.evidence == Evidence::Assessed
                    && line.call == Call::Above
                    && line.score >= rule.from
            })
        };
        let raised: Vec<_> = self.rules.iter().filter(raises).collect();
        let class = raised.iter().map(|rule| rule.class).min()?;
        let mut findings: Vec<_> = raised.iter().map(|rule| rule.finding).collect();
        findings.sort_unstable();
        findings.dedup();
        Some(Cause { class, findings })
    }

    /// How pressing it is that a person sees these findings: as the rules say for a finding, and to be
    /// looked at today where no rule names any of them; `None`: nothing is seen.
    #[must_use]
    pub fn class_of_seen(&self, seen: &[Finding]) -> Option<AlertClass> {
        let class = |finding: &Finding| {
            let rules = self.rules.iter().filter(|rule| rule.finding == *finding);
            rules.map(|rule| rule.class).min().unwrap_or(AlertClass::Suspect)
        };
        seen.iter().map(class).min()
    }

    /// Whether people of a role are told.
    #[must_use]
    pub fn tells(&self, role: Role) -> bool {
        may_be_told(role) && self.roles.contains(&role)
    }

    /// As it is stored and signed: a line for each decision.
    #[must_use]
    pub fn write(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for Rule { finding, class, from } in &self.rules {
            let _infallible = writeln!(text, "rule {finding} {} {}", class.code(), from.value());
        }
        let _infallible = writeln!(text, "step {}", self.step.get());
        if let Some(quiet) = self.quiet {
            let _infallible = writeln!(text, "quiet {} {}", quiet.from, quiet.until);
        }
        let _infallible = writeln!(text, "budget {}", self.budget_per_day);
        let _infallible = writeln!(text, "digest {}", self.digest_at);
        let _infallible = writeln!(text, "detail {}", self.detail.code());
        if self.picture {
            text.push_str("picture\n");
        }
        let roles: Vec<_> = self.roles.iter().map(|role| role.code()).collect();
        let _infallible = writeln!(text, "roles {}", roles.join(" "));
        text
    }

    /// Reads [`Rules::write`]; `None` for anything else, unknown lines included. What was written before
    /// roles could be chosen tells all of them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rules = Self { rules: Vec::new(), quiet: None, ..Self::default() };
        for line in text.lines() {
            let words: Vec<_> = line.split(' ').collect();
            match words.as_slice() {
                ["rule", finding, class, from] => rules.rules.push(Rule {
                    finding: Finding::parse(finding)?,
                    class: AlertClass::parse(class)?,
                    from: Score::new(from.parse().ok()?)?,
                }),
                ["step", minutes] => rules.step = StepMinutes::new(minutes.parse().ok()?)?,
                ["quiet", from, until] => {
                    let (from, until) = (MinuteOfDay::parse(from)?, MinuteOfDay::parse(until)?);
                    rules.quiet = Some(DailySpan { from, until });
                }
                ["budget", count] => {
                    rules.budget_per_day =
                        Some(count.parse().ok()?).filter(|n| *n <= BUDGET_MAX)?;
                }
                ["digest", minute] => rules.digest_at = MinuteOfDay::parse(minute)?,
                ["detail", code] => rules.detail = Detail::parse(code)?,
                ["picture"] => rules.picture = true,
                ["roles", codes @ ..] if !codes.is_empty() => {
                    let roles: Option<Vec<_>> =
                        codes.iter().map(|code| Role::parse(code)).collect();
                    rules.roles = roles.filter(|all| all.iter().all(|one| may_be_told(*one)))?;
                }
                _ => return None,
            }
        }
        Some(rules)
    }
}

/// The rules in force.
#[derive(Clone, Debug)]
pub struct StoredRules {
    /// Their version; `None`: the ones that come with the program.
    pub version: Option<i64>,
    /// The rules.
    pub rules: Rules,
}

/// A version of the rules, in force or not.
#[derive(Clone, Debug)]
pub struct RulesVersion {
    /// Its number.
    pub version: i64,
    /// The rules.
    pub rules: Rules,
    /// Who proposed it.
    pub proposed_by: OperatorId,
    /// That person's name.
    pub proposer: PersonName,
    /// When.
    pub proposed: Stamp,
    /// Confirmed or rejected by whom; `None`: waits for a second person.
    pub decided: Option<(bool, PersonName)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::finding::Threshold;
    use crate::domain::reading::{Backend, ModelRef, PREPROCESSING_VERSION};

    fn sheet_with(finding: Finding, evidence: Evidence, score: f32) -> ScoreSheet {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
        let sha256 = Sha256Digest::from_bytes([0; 32]);
        let line = ScoreLine::new(finding, evidence, at(score), threshold);
        ScoreSheet {
            model: ModelRef { id: "m".into(), version: "1".into(), sha256 },
            backend: Backend::Tract,
            preprocessing: PREPROCESSING_VERSION,
            lines: vec![line],
            not_assessed: vec![],
            lungs: None,
        }
    }

    #[test]
    fn rules_read_back_what_they_write() {
        let mut rules = Rules::default();
        assert_eq!(Rules::parse(&rules.write()), Some(rules.clone()));
        let minute = |text| MinuteOfDay::parse(text).unwrap();
        rules.quiet = Some(DailySpan { from: minute("22:00"), until: minute("06:00") });
        rules.detail = Detail::Finding;
        rules.rules[0].from = Score::new(0.75).unwrap();
        rules.picture = true;
        rules.roles = vec![Role::Physician];
        assert_eq!(Rules::parse(&rules.write()), Some(rules.clone()));
        assert!(rules.tells(Role::Physician) && !rules.tells(Role::Technician));
        let older = rules.write().replace("roles physician\n", "");
        assert!(
            Rules::parse(&older).unwrap().tells(Role::Technician),
            "as before there was a choice"
        );
        for text in [
            "rule nothing critical 0",
            "step 0",
            "budget 501",
            "detail all",
            "roles support",
            "roles",
            "x",
        ] {
            assert_eq!(Rules::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_person_sees_is_pressing_by_the_rules_and_else_looked_at_today() {
        let rules = Rules::default();
        let check = |seen: &[Finding], class| assert_eq!(rules.class_of_seen(seen), class);
        check(&[], None);
        check(&[Finding::Pneumothorax, Finding::Mass], Some(AlertClass::Critical));
        check(&[Finding::Mass], Some(AlertClass::Suspect));
        let only = |class| Rule { finding: Finding::Mass, class, from: Score::ZERO };
        let rules = Rules { rules: vec![only(AlertClass::Digest)], ..rules };
        assert_eq!(rules.class_of_seen(&[Finding::Mass]), Some(AlertClass::Digest));
    }

    #[test]
    fn only_what_was_assessed_and_lies_above_raises_an_alert() {
        let rules = Rules::default();
        let raised = |evidence, score| {
            rules.cause(&sheet_with(Finding::Tuberculosis, evidence, score)).map(|c| c.class)
        };
        assert_eq!(raised(Evidence::Assessed, 0.9), Some(AlertClass::Suspect));
        assert_eq!(raised(Evidence::Hint, 0.99), None);
        assert_eq!(raised(Evidence::Assessed, 0.55), None, "indeterminate");
        let mut strict = rules.clone();
        strict.rules[1].from = Score::new(0.95).unwrap();
        let sheet = sheet_with(Finding::Tuberculosis, Evidence::Assessed, 0.9);
        assert_eq!(strict.cause(&sheet), None);
    }
}
