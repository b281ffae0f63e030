//! Printing a signed report or a letter: which words go on paper. One page at a time: layout takes
//! a core for tenths of a second and tens of megabytes.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::app::reports::report_view;
use crate::app::{App, Inner, clock};
use crate::domain::fault::Fault;
use crate::domain::ids::StudyId;
use crate::domain::report_text;
use crate::domain::signing::{Decision, FreeText, HowRead, ReportContent, SignedVersion};
use crate::domain::view::ReportView;
use crate::locale::{Locale, ReportWords};
use crate::print::{self, Fact, FindingLine, Form, Section, Sheet, Summary};
use crate::store::{Folder, StoreError};

/// Most pages printed or waiting at once; beyond it people are asked to come back.
const WAITING_MAX: usize = 8;

/// Lets one page be printed at a time, and few wait.
pub(super) struct Printer {
    turn: tokio::sync::Semaphore,
    waiting: AtomicUsize,
}

impl Default for Printer {
    fn default() -> Self {
        Self { turn: tokio::sync::Semaphore::new(1), waiting: AtomicUsize::new(0) }
    }
}

/// A place in the queue of the printer, given back when dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What a referral letter says beside the report.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To whom it goes.
    pub to: FreeText,
    /// Why.
    pub reason: FreeText,
    /// What is asked of them.
    pub question: FreeText,
}

impl App {
    /// A version of a signed report as PDF.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is no such version, [`Fault::ReportBroken`] when the chain
    /// does not hold, [`Fault::PrinterBusy`].
    pub async fn report_pdf(&self, study: StudyId, version: u32) -> Result<Vec<u8>, Fault> {
        self.printed(move |inner| {
            let view = report_view(inner, study)?;
            let (signed, content) = version_of(&view, Some(version))?;
            let sheet = report_sheet(inner, &view, signed, &content);
            print::pdf(Form::Report, &sheet, &film(inner, &view, &content)?).map_err(Into::into)
        })
        .await
    }

    /// A referral letter from the newest version of a signed report, as PDF.
    ///
    /// # Errors
    /// [`Fault::ReportNotReady`] when nothing is signed, else as [`App::report_pdf`].
    pub async fn letter_pdf(&self, study: StudyId, letter: Letter) -> Result<Vec<u8>, Fault> {
        self.printed(move |inner| {
            let view = report_view(inner, study)?;
            let (signed, content) = version_of(&view, None)?;
            let sheet = letter_sheet(inner, &view, signed, &content, &letter);
            print::pdf(Form::Letter, &sheet, &film(inner, &view, &content)?).map_err(Into::into)
        })
        .await
    }

    pub(super) async fn printed(
        &self,
        work: impl FnOnce(&Inner) -> Result<Vec<u8>, StoreError> + Send + 'static,
    ) -> Result<Vec<u8>, Fault> {
        let printer = &self.inner.printer;
        let before = printer.waiting.fetch_add(1, Ordering::SeqCst);
        let _place = Waiting(&printer.waiting);
        if before >= WAITING_MAX {
            return Err(Fault::PrinterBusy);
        }
        let _turn = printer.turn.acquire().await.map_err(|_| Fault::Internal)?;
        self.blocking(work).await
    }
}

/// Figures as PDF.
///
/// # Errors
/// [`Fault::PrinterBusy`], or when they cannot be laid out.
pub(super) async fn summary(app: &App, summary: Summary) -> Result<Vec<u8>, Fault> {
    app.printed(move |_| print::summary(&summary).map_err(Into::into)).await
}

/// One version of a report whose whole chain holds; `None`: the newest.
fn version_of(
    view: &ReportView,
    version: Option<u32>,
) -> Result<(&SignedVersion, ReportContent), Fault> {
    if view.chain.is_err() {
        return Err(Fault::ReportBroken);
    }
    let wanted = |one: &&SignedVersion| version.is_none_or(|number| one.head.version == number);
    let missing = if version.is_some() { Fault::PageUnknown } else { Fault::ReportNotReady };
    let signed = view.versions.iter().rev().find(wanted).ok_or(missing)?;
    let content = report_text::read(signed.text.reveal()).ok_or(Fault::ReportBroken)?;
    Ok((signed, content))
}

/// The radiograph that was looked at when the report was signed.
fn film(inner: &Inner, view: &ReportView, content: &ReportContent) -> Result<Vec<u8>, StoreError> {
    inner.store.photo_file(view.study.id, content.basis.photo)?.ok_or(Fault::PageUnknown)?;
    inner.store.file(Folder::Radiographs, content.basis.radiograph)
}

/// The words that a report and a letter share.
struct Words<'a> {
    locale: &'static Locale,
    report: ReportWords,
    content: &'a ReportContent,
    signed: &'a SignedVersion,
    minutes: i32,
    registered: String,
    photo_time: String,
}

impl<'a> Words<'a> {
    fn of(
        inner: &Inner,
        view: &ReportView,
        signed: &'a SignedVersion,
        content: &'a ReportContent,
    ) -> Self {
        let locale = Locale::of_report(&content.language);
        let minutes = inner.site().utc_offset_minutes;
        let photo = view.study.photos.iter().find(|photo| photo.id == content.basis.photo);
        let taken = photo.map_or(view.study.registered, |photo| photo.received);
        Self {
            locale,
            report: locale.report_words(content, clock::year(signed.head.at)),
            content,
            signed,
            minutes,
            registered: locale.time_text(view.study.registered, minutes),
            photo_time: locale.time_text(taken, minutes),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let (locale, subject) = (self.locale, &self.content.basis.subject);
        let number = self.signed.head.number.to_string();
        let box_id = subject.box_id.as_ref().map(|id| id.reveal().to_string());
        let local_id = subject.local_id.as_ref().map(|id| id.reveal().as_str().to_owned());
        let mut facts = vec![
            Fact::new(locale.t("print-patient"), subject.name.reveal().as_str()),
            Fact::new(locale.t("print-study"), number),
        ];
        facts.extend(box_id.map(|id| Fact::new(locale.t("print-box-id"), id)));
        facts.extend(local_id.map(|id| Fact::new(locale.t("print-id"), id)));
        facts.extend([
            Fact::new(locale.t("print-registered"), self.registered.as_str()),
            Fact::new(locale.t("age-title-short"), self.report.person.as_str()),
        ]);
        facts
    }

    fn section(&self, key: &str, text: &str) -> Section {
        let text = if text.is_empty() { self.locale.t("report-none-written") } else { text.into() };
        Section { title: self.locale.t(key), text }
    }

    fn not_assessed(&self) -> Section {
        let groups = self.report.not_assessed.iter();
        let groups = groups.map(|(names, reason)| format!("{names}. {reason}"));
        self.section("not-assessed-title", &groups.collect::<Vec<_>>().join("\n"))
    }

    /// Version, how it was read, why it was amended, and whose words of the portal it has.
    fn signed_more(&self) -> Vec<String> {
        let (locale, head) = (self.locale, &self.signed.head);
        let mut lines = Vec::new();
        let version = locale.text("report-version", &[("version", head.version.into())]);
        lines.push(match head.how {
            HowRead::Singly => version,
            HowRead::AuditSample | HowRead::Batch => {
                format!("{version} · {}", locale.how_word(head.how))
            }
        });
        if !head.reason.is_empty() {
            let reason = [("reason", head.reason.as_str().into())];
            lines.push(locale.text("report-reason-line", &reason));
        }
        let credits = self.content.credits.iter();
        lines.extend(credits.map(|one| locale.credit_line(one, self.minutes)));
        lines
    }

    fn sheet(&self, site: &str, title: &str) -> Sheet {
        let locale = self.locale;
        Sheet {
            language: self.content.language.clone(),
            site: site.to_owned(),
            title: locale.t(title),
            facts: self.facts(),
            doubts: self.report.doubts.clone(),
            heads: ["print-finding", "report-box-said", "report-physician-said"]
                .map(|key| locale.t(key)),
            findings: Vec::new(),
            hints_note: String::new(),
            main: Vec::new(),
            small: Vec::new(),
            signed: locale.signed_line(&self.signed.head, self.minutes),
            signed_more: self.signed_more(),
            seal: format!("SHA-256 {}", self.signed.hash),
            film_note: locale.text("print-film-note", &[("time", self.photo_time.as_str().into())]),
            foot: vec![locale.t("print-assist"), self.report.model.clone()],
            page_word: locale.t("print-page"),
        }
    }
}

fn report_sheet(
    inner: &Inner,
    view: &ReportView,
    signed: &SignedVersion,
    content: &ReportContent,
) -> Sheet {
    let words = Words::of(inner, view, signed, content);
    let sees = [Decision::Accepted, Decision::Added].map(Decision::code);
    let findings = words.report.findings.iter().map(|one| FindingLine {
        name: if one.hint { format!("{} (h)", one.name) } else { one.name.clone() },
        machine: one.machine.clone(),
        score: one.score.clone(),
        decided: one.decided.clone(),
        seen: sees.contains(&one.decision),
    });
    let hints = words.report.findings.iter().any(|one| one.hint);
    let mut small = Vec::new();
    if !words.report.indication.is_empty() {
        small.push(words.section("indication-title", &words.report.indication.join(" ")));
    }
    if !words.report.lung_share.is_empty() {
        small.push(words.section("lung-share-title", &words.report.lung_share));
    }
    small.push(words.not_assessed());
    let remarks = words.report.remarks.join(" ");
    let remarks = if remarks.is_empty() { words.locale.t("report-no-remarks") } else { remarks };
    small.push(words.section("remarks-title", &remarks));
    Sheet {
        findings: findings.collect(),
        hints_note: if hints { words.locale.t("print-hints-note") } else { String::new() },
        main: vec![
            words.section("report-conclusion", content.conclusion.as_str()),
            words.section("report-recommendation", content.recommendation.as_str()),
        ],
        small,
        ..words.sheet(&inner.site().name, "print-title")
    }
}

fn letter_sheet(
    inner: &Inner,
    view: &ReportView,
    signed: &SignedVersion,
    content: &ReportContent,
    letter: &Letter,
) -> Sheet {
    let words = Words::of(inner, view, signed, content);
    let seen = words.report.findings.iter().filter(|one| {
        [Decision::Accepted, Decision::Added].map(Decision::code).contains(&one.decision)
    });
    let findings = seen.map(|one| FindingLine {
        name: one.name.clone(),
        machine: one.machine.clone(),
        score: one.score.clone(),
        decided: one.decided.clone(),
        seen: true,
    });
    let read = words.locale.time_text(signed.head.at, words.minutes);
    let opening = words.locale.text("letter-opening", &[("time", read.into())]);
    let mut main = vec![
        words.section("letter-to-label", letter.to.as_str()),
        Section { title: String::new(), text: opening },
        words.section("letter-reason-label", letter.reason.as_str()),
    ];
    if !letter.question.is_empty() {
        main.push(words.section("letter-question-label", letter.question.as_str()));
    }
    main.push(words.section("report-conclusion", content.conclusion.as_str()));
    main.push(words.section("report-recommendation", content.recommendation.as_str()));
    Sheet {
        findings: findings.collect(),
        main,
        small: {
            let told = words.report.indication.join(" ");
            let told = (!told.is_empty()).then(|| words.section("indication-title", &told));
            told.into_iter().chain([words.not_assessed()]).collect()
        },
        ..words.sheet(&inner.site().name, "letter-title")
    }
}
