//! The form of a report in words.

use crate::app::{App, QueuePlace, ReportView, recommendations};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::finding::{Call, Evidence, Finding};
use crate::domain::ids::StudyId;
use crate::domain::signing::{
    Basis, Credit, Edits, FreeText, Machine, Opinion, ReportContent, ReportSubject,
};
use crate::domain::sync::amendment::KeptAmendment;
use crate::locale::{Advice, Locale};
use crate::web::forms::Fields;
use crate::web::guard::Session;
use crate::web::html::{Page, Stop};
use crate::web::pages::indication::IndicationWords;
use crate::web::pages::proposal::Proposal;
use crate::web::pages::report::Form;
use crate::web::pages::second::Second;
use crate::web::pages::study::scores::Reading;
use crate::web::pages::worklist::person_line;

#[derive(askama::Template)]
#[template(path = "report_edit.html")]
pub(super) struct EditPage {
    page: Page,
    stop: Option<Stop>,
    study: Study,
    photo: String,
    action: String,
    place: Option<Place>,
    amends: bool,
    /// Who saved what is in the form, and when.
    saved: Option<String>,
    new_reading: bool,
    doubts: Vec<String>,
    /// Why the film was taken, and what that means for the reading.
    indication: IndicationWords,
    notes: Vec<Advice>,
    remarks: Vec<String>,
    /// Second opinions from the portal.
    seconds: Vec<Second>,
    /// Amendments that the portal proposes.
    proposals: Vec<Proposal>,
    proposals_href: String,
    /// One of them is taken over: by whom, and what becomes of a draft that was saved.
    proposed: Option<String>,
    proposal: String,
    /// Who is named beside the signer: name of the field, words, whether it must stay.
    credits: Vec<(String, String, bool)>,
    /// Findings with good evidence, then hints.
    assessed: Vec<Choice>,
    hints: Vec<Choice>,
    /// Findings without a score.
    addable: Vec<Choice>,
    added: bool,
    lung_share: String,
    conclusion: String,
    templates: Vec<Template>,
    no_template: bool,
    more: String,
    reason: String,
    revision: u32,
    study_version: i64,
    /// SHA-256 of the radiograph that the page shows.
    radiograph: String,
    complaints: Vec<(&'static str, String)>,
    text_max: usize,
}

/// What the viewer and the head of the page need of a study.
struct Study {
    href: String,
    heading: String,
    name: String,
    local_id: String,
    person: String,
    urgency: Option<(&'static str, String)>,
    reading: Option<Reading>,
}

/// The ids of a report's patient, in a line: that of the box and that of the clinic.
pub(super) fn subject_id(subject: &ReportSubject) -> String {
    let box_id = subject.box_id.as_ref().map(|id| id.reveal().to_string());
    let local_id = subject.local_id.as_ref().map(|id| id.reveal().as_str().to_owned());
    box_id.into_iter().chain(local_id).collect::<Vec<_>>().join(" · ")
}

/// A finding to decide about.
struct Choice {
    code: &'static str,
    name: String,
    call: &'static str,
    machine: String,
    score: String,
    /// Why it has no score.
    why: String,
    must: bool,
    open: bool,
    options: [Answer; 3],
}

/// An opinion to choose.
struct Answer {
    code: &'static str,
    word: String,
    chosen: bool,
}

/// A recommendation to choose.
struct Template {
    text: String,
    chosen: bool,
}

/// Where a study stands among those to be signed.
pub(super) struct Place {
    pub(super) text: (u64, u64),
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl Place {
    pub(super) fn of(place: &QueuePlace) -> Self {
        let href = |study: StudyId| format!("/studies/{study}/report?queue=1");
        let (previous, next) = (place.previous.map(href), place.next.map(href));
        Self { text: (place.at, place.of), previous, next }
    }
}

impl EditPage {
    pub(super) fn new(
        app: &App,
        session: &Session,
        page: Page,
        (view, basis): (&ReportView, &Basis),
        (form, place, stop): (Form, Option<Place>, Option<Stop>),
    ) -> Result<Self, Fault> {
        let locale = page.locale;
        let (number, minutes) = (view.study.number.to_string(), app.utc_offset_minutes());
        let reading = view.study.reading.as_ref().ok_or(Fault::ReportNotReady)?;
        let study = Study {
            href: format!("/studies/{}", view.study.id),
            heading: locale.text("study-title", &[("number", number.into())]),
            name: basis.subject.name.reveal().as_str().to_owned(),
            local_id: subject_id(&basis.subject),
            person: person_line(locale, &view.study.patient, app.year_now()),
            urgency: view.study.urgency.map(|one| (one.code(), locale.urgency_word(one))),
            reading: Some(Reading::of(locale, reading)),
        };
        let content = ReportContent::new(locale.code(), basis.clone(), &form.edits);
        let words = locale.report_words(&content, app.year_now());
        let choices = |wanted: fn(&Machine) -> bool| choices(locale, basis, &form.edits, wanted);
        let templates = recommendations(app.report_settings(), locale);
        let (chosen, more) = split_template(&templates, form.edits.recommendation.as_str());
        let saved = view.draft.as_ref().map(|draft| {
            let time = locale.time_text(draft.saved, minutes);
            let name = draft.saved_by.as_str();
            locale.text("report-saved", &[("name", name.into()), ("time", time.into())])
        });
        let saved = saved.or_else(|| form.saved_now.then(|| locale.t("report-saved-note")));
        let addable = choices(|machine| matches!(machine, Machine::NotAssessed(_)));
        Ok(Self {
            action: format!("{}/report{}", study.href, if form.amends { "/amend" } else { "" }),
            photo: basis.photo.to_string(),
            doubts: words.doubts,
            // Who writes a report may see all of it.
            indication: IndicationWords::of(locale, &view.study.indication, true),
            notes: basis.notes.iter().map(|note| locale.indication_note(*note)).collect(),
            remarks: words.remarks,
            seconds: Second::all(locale, &view.reviews, Some(basis.radiograph), minutes),
            proposals: match form.proposal {
                Some(_) => Vec::new(),
                None => {
                    let said = (view.amendments.as_slice(), view.versions.as_slice());
                    Proposal::all(app, locale, session, said)
                }
            },
            proposals_href: study.href.clone(),
            proposed: form.proposal.as_ref().map(|kept| proposed(locale, kept, view)),
            proposal: form.proposal.as_ref().map_or_else(String::new, |kept| kept.hash.to_string()),
            credits: credit_lines(locale, &form, minutes),
            lung_share: words.lung_share,
            assessed: choices(|machine| is(machine, Evidence::Assessed)),
            hints: choices(|machine| is(machine, Evidence::Hint)),
            added: addable.iter().any(|one| one.options[0].chosen),
            addable,
            conclusion: form.edits.conclusion.as_str().to_owned(),
            no_template: chosen.is_none(),
            templates: templates
                .into_iter()
                .enumerate()
                .map(|(at, text)| Template { text, chosen: chosen == Some(at) })
                .collect(),
            more,
            saved,
            place,
            amends: form.amends,
            new_reading: form.new_reading,
            reason: form.reason,
            revision: form.revision,
            study_version: form.study_version,
            radiograph: basis.radiograph.to_string(),
            complaints: form.complaints,
            text_max: FreeText::CHARS_MAX,
            stop,
            study,
            page,
        })
    }

    /// What is wrong with a part of the form.
    fn complaint(&self, part: &str) -> Option<&str> {
        self.complaints.iter().find(|(name, _)| *name == part).map(|(_, text)| text.as_str())
    }

    /// A hint that the box points at is shown at once; the others on demand.
    fn hints_open(&self) -> bool {
        self.hints.iter().any(|one| one.open)
    }
}

const fn is(machine: &Machine, wanted: Evidence) -> bool {
    match machine {
        Machine::Scored { evidence: Evidence::Assessed, .. } => {
            matches!(wanted, Evidence::Assessed)
        }
        Machine::Scored { evidence: Evidence::Hint, .. } => matches!(wanted, Evidence::Hint),
        Machine::NotAssessed(_) => false,
    }
}

/// The findings of one kind, what the box points at first.
fn choices(
    locale: &Locale,
    basis: &Basis,
    edits: &Edits,
    wanted: impl Fn(&Machine) -> bool,
) -> Vec<Choice> {
    let chosen = basis.findings.iter().filter(|(_, machine)| wanted(machine));
    let mut chosen: Vec<_> = chosen.collect();
    chosen.sort_by_key(|(_, machine)| !machine.points_at_it());
    chosen.into_iter().map(|(finding, machine)| choice(locale, *finding, *machine, edits)).collect()
}

fn choice(locale: &Locale, finding: Finding, machine: Machine, edits: &Edits) -> Choice {
    let opinion = edits.opinion(finding);
    let (call, score, why) = match machine {
        Machine::Scored { call, score, threshold, .. } => {
            (call.code(), locale.score_line(score, threshold), String::new())
        }
        Machine::NotAssessed(why) => ("none", String::new(), locale.not_assessed_reason(why)),
    };
    Choice {
        code: finding.code(),
        name: locale.finding_name(finding),
        call,
        machine: locale.machine_word(machine),
        score,
        why,
        must: machine.asks_for_decision(),
        open: opinion != Opinion::Undecided || call == Call::Above.code(),
        options: Opinion::ALL.map(|one| Answer {
            code: one.code(),
            word: locale.opinion_word(one),
            chosen: one == opinion,
        }),
    }
}

/// What a physician is told who takes a proposal over.
fn proposed(locale: &Locale, kept: &KeptAmendment, view: &ReportView) -> String {
    let name = kept.amendment.reader.as_str();
    let said = locale.text("proposal-filled", &[("name", name.into())]);
    let older = kept.is_about_older(view.versions.last().map(|last| last.hash));
    let older = older.then(|| locale.t("proposal-older"));
    let draft = view.draft.is_some().then(|| locale.t("proposal-over-draft"));
    [Some(said), older, draft].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Name of the field by which a credit stays in a report.
fn credit_field(credit: &Credit) -> String {
    format!("credit-{}", Sha256Digest::of(credit.write()))
}

/// The credits that a form leaves, those of `named` that are still marked and the one that must stay.
pub(super) fn credits(named: Vec<Credit>, must: Option<&Credit>, fields: &Fields) -> Vec<Credit> {
    let kept = |one: &Credit| Some(one) == must || fields.get(&credit_field(one)) == "yes";
    let mut left: Vec<Credit> = named.into_iter().filter(kept).collect();
    left.extend(must.filter(|must| !left.contains(must)).cloned());
    left
}

fn credit_lines(locale: &Locale, form: &Form, minutes: i32) -> Vec<(String, String, bool)> {
    let must = form.proposal.as_ref().map(|kept| kept.amendment.credit());
    let line = |one: &Credit| {
        (credit_field(one), locale.credit_line(one, minutes), Some(one) == must.as_ref())
    };
    form.edits.credits.iter().map(line).collect()
}

/// The opinions of a form. What is missing or odd is undecided.
pub(super) fn opinions(basis: &Basis, fields: &Fields) -> Vec<(Finding, Opinion)> {
    let opinion = |(finding, _): &(Finding, Machine)| {
        let text = fields.get(&format!("finding-{}", finding.code()));
        let opinion = Opinion::parse(text).unwrap_or(Opinion::Undecided);
        (opinion != Opinion::Undecided).then_some((*finding, opinion))
    };
    basis.findings.iter().filter_map(opinion).collect()
}

/// Which template a recommendation begins with, and the words after it.
fn split_template(templates: &[String], text: &str) -> (Option<usize>, String) {
    let rest = |template: &String| {
        let rest = text.strip_prefix(template.as_str())?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('\n') }
    };
    let found = templates.iter().enumerate().find_map(|(at, one)| Some((at, rest(one)?)));
    match found {
        Some((at, rest)) => (Some(at), rest.to_owned()),
        None => (None, text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_is_taken_apart_as_it_was_put_together() {
        let templates = ["Repeat the film.".to_owned(), "Refer.".to_owned()];
        let check = |text: &str, expected: (Option<usize>, &str)| {
            let (at, more) = split_template(&templates, text);
            assert_eq!((at, more.as_str()), expected, "{text:?}");
        };
        check("Refer.", (Some(1), ""));
        check("Refer.\nToday.", (Some(1), "Today."));
        check("Refer. Today.", (None, "Refer. Today."));
        check("", (None, ""));
    }
}
