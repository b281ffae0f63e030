//! Use cases around a report: what it rests on, saving, signing, amending, and reading in batches.

use crate::app::{App, Inner, add_readings, random};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::followup::Suspicion;
use crate::domain::ids::StudyId;
use crate::domain::people::{Operator, Phi};
use crate::domain::report_text;
use crate::domain::review::{AuditShare, sample};
use crate::domain::rights::Right;
use crate::domain::same_film::{FilmAnswer, SameFilm, Whose};
use crate::domain::signing::{
    Basis, Edits, FilmDoubt, FreeText, LungShare, NotSignable, ReportContent, ReportSubject,
    verify_chain,
};
use crate::domain::study::StudyState;
use crate::domain::sync::review::{AlarmReason, ReviewAlarm};
use crate::domain::view::{Batch, QueuePlace, ReadingView, ReportView, ReviewQueue, StudyView};
use crate::locale::Locale;
use crate::report;
use crate::store::{NewVersion, Store, StoreError};

/// How reports are written and reviewed on this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSettings {
    /// Recommendations to choose from; empty: those of the language.
    pub recommendations: Vec<String>,
    /// Most films of one batch.
    pub batch_films_max: u32,
    /// Share of a batch that is read film by film.
    pub audit_share: AuditShare,
    /// Name of the site on printed pages; empty: none.
    pub site_name: String,
}

impl ReportSettings {
    /// Most recommendations to choose from.
    pub const RECOMMENDATIONS_MAX: usize = 12;
    /// Largest batch: what one person can look at with care before a name goes under it.
    pub const BATCH_FILMS_LIMIT: u32 = 50;
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self {
            recommendations: Vec::new(),
            batch_films_max: 30,
            audit_share: AuditShare::DEFAULT,
            site_name: String::new(),
        }
    }
}

/// What a physician sends to be signed.
#[derive(Clone, Debug)]
pub struct ToSign {
    /// The study.
    pub study: StudyId,
    /// Number of the study's last event when the page was made.
    pub study_version: i64,
    /// Language of the report.
    pub language: &'static str,
    /// What was written and decided.
    pub edits: Edits,
    /// Why a signed report is amended; empty for the first version.
    pub reason: FreeText,
    /// Hash of the portal's proposal that is taken over.
    pub proposal: Option<Sha256Digest>,
}

impl App {
    /// How reports are written and reviewed here.
    #[must_use]
    pub fn report_settings(&self) -> &ReportSettings {
        &self.inner.reports
    }

    /// Everything about a study's report.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub async fn report(&self, study: StudyId) -> Result<ReportView, Fault> {
        self.blocking(move |inner| report_view(inner, study)).await
    }

    /// Saves what a physician has written; gives the revision to go on from.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::ReportChanged`], [`Fault::ReportNotReady`].
    pub async fn save_report(
        &self,
        by: &Operator,
        study: StudyId,
        revision: u32,
        edits: Edits,
    ) -> Result<u32, Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| {
            let view = report_view(inner, study)?;
            let basis = view.basis.ok_or(Fault::ReportNotReady)?;
            let seen = (revision, basis.radiograph);
            inner.store.save_report_draft(study, seen, &edits, by, at)
        })
        .await
    }

    /// Signs a report, or a further version of a signed one. The PIN is asked for again by
    /// [`App::check_passcode`] before.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::ReportIncomplete`], [`Fault::StudyChanged`],
    /// [`Fault::ReasonMissing`], [`Fault::ReportNotReady`].
    pub async fn sign_report(&self, by: &Operator, to_sign: ToSign) -> Result<(), Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.clone(), self.now());
        self.blocking(move |inner| {
            let new = new_version(inner, to_sign, false)?;
            inner.store.sign_reports(&[new], &by, at)
        })
        .await
    }

    /// Declines an amendment that the portal proposes; the portal hears why.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::ReasonMissing`]; [`Fault::StudyChanged`] when somebody has answered
    /// already; [`Fault::PageUnknown`] when there is no such proposal.
    pub async fn decline_amendment(
        &self,
        by: &Operator,
        study: StudyId,
        proposal: Sha256Digest,
        reason: FreeText,
    ) -> Result<(), Fault> {
        by.needs(Right::Report)?;
        if reason.is_empty() {
            return Err(Fault::ReasonMissing);
        }
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.decline_amendment(study, proposal, &reason, by, at))
            .await
    }

    /// All unsigned reports.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn review_queue(&self, by: &Operator) -> Result<ReviewQueue, Fault> {
        by.needs(Right::Report)?;
        self.blocking(|inner| inner.store.review_queue(inner.reports.batch_films_max)).await
    }

    /// Where a study stands among the unsigned reports; `None` for one that does not wait there.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn queue_place(
        &self,
        by: &Operator,
        study: StudyId,
    ) -> Result<Option<QueuePlace>, Fault> {
        by.needs(Right::Report)?;
        self.blocking(move |inner| inner.store.queue_place(study)).await
    }

    /// Draws the next batch, and by chance the films of it that are read by themselves.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::BatchEmpty`].
    pub async fn draw_batch(&self, by: &Operator) -> Result<i64, Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.id, self.now());
        let seed = random::bytes::<32>()?;
        self.blocking(move |inner| {
            let ReportSettings { batch_films_max, audit_share, .. } = inner.reports;
            let draw = |films| sample(audit_share, films, chance(seed));
            inner.store.draw_batch(batch_films_max, audit_share, draw, by, at)
        })
        .await
    }

    /// A batch as it is now.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::PageUnknown`].
    pub async fn batch(&self, by: &Operator, seq: i64) -> Result<Batch, Fault> {
        by.needs(Right::Report)?;
        self.blocking(move |inner| inner.store.batch(seq)).await
    }

    /// Whether the newest signed version of a report says that something is seen on the film.
    ///
    /// # Errors
    /// When the database fails, or [`Fault::ReportBroken`].
    pub async fn sees_something(&self, study: StudyId) -> Result<bool, Fault> {
        self.blocking(move |inner| {
            let versions = inner.store.report_versions(study)?;
            let newest = versions.last().map(|one| report_text::read(one.text.reveal()));
            Ok(match newest {
                None => false,
                Some(content) => content.ok_or(Fault::ReportBroken)?.sees_something(),
            })
        })
        .await
    }

    /// Signs the chosen films of a batch with one signature: all of them, or none. Gives how many.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::SampleUnread`] while a film that chance took out is unsigned;
    /// [`Fault::StudyChanged`] when a chosen film may no longer be signed together with others.
    pub async fn sign_batch(
        &self,
        by: &Operator,
        seq: i64,
        chosen: Vec<StudyId>,
        locale: &'static Locale,
    ) -> Result<usize, Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.clone(), self.now());
        self.blocking(move |inner| {
            let batch = inner.store.batch(seq)?;
            if !batch.sample_read() {
                return Err(Fault::SampleUnread.into());
            }
            let mut new = Vec::new();
            for study in chosen {
                let member = batch.members.iter().find(|member| member.row.id == study);
                let member = member.filter(|member| member.may_be_signed());
                let study_version = member.ok_or(Fault::StudyChanged)?.version;
                let view = report_view(inner, study)?;
                let edits = begun(&view, &inner.reports, locale);
                let (language, reason) = (locale.code(), FreeText::default());
                let proposal = None;
                let one = ToSign { study, study_version, language, edits, reason, proposal };
                new.push(new_version(inner, one, true)?);
            }
            inner.store.sign_reports(&new, &by, at)?;
            Ok(new.len())
        })
        .await
    }
}

/// Recommendations to choose from: those of the site, or those of the language.
#[must_use]
pub fn recommendations(settings: &ReportSettings, locale: &Locale) -> Vec<String> {
    if settings.recommendations.is_empty() {
        ["clinical", "sputum", "repeat", "again", "ct", "refer"]
            .map(|name| locale.t(&format!("recommendation-{name}")))
            .into()
    } else {
        settings.recommendations.clone()
    }
}

/// What a physician begins with: the words of the draft, the usual recommendation, no decision.
#[must_use]
pub fn begun(view: &ReportView, settings: &ReportSettings, locale: &Locale) -> Edits {
    let study = &view.study;
    let conclusion = |reading: &ReadingView| report::conclusion(&study.indication, &reading.sheet);
    let sentences = study.reading.as_ref().map(conclusion);
    let text = sentences.map(|draft| locale.draft_text(&draft)).unwrap_or_default();
    let usual = recommendations(settings, locale).into_iter().next().unwrap_or_default();
    let parsed = |text: &str| FreeText::parse(text).unwrap_or_default();
    let (conclusion, recommendation) = (parsed(&text), parsed(&usual));
    Edits { conclusion, recommendation, ..Edits::default() }
}

fn new_version(inner: &Inner, to_sign: ToSign, batch: bool) -> Result<NewVersion, StoreError> {
    let ToSign { study, study_version, language, edits, reason, proposal } = to_sign;
    let view = report_view(inner, study)?;
    if view.study.version != study_version {
        return Err(Fault::StudyChanged.into());
    }
    let basis = view.basis.ok_or(Fault::ReportNotReady)?;
    let content = ReportContent::new(language, basis, &edits);
    match content.signable() {
        Ok(()) => {}
        Err(NotSignable::Undecided(_) | NotSignable::NoConclusion) => {
            return Err(Fault::ReportIncomplete.into());
        }
    }
    let text = Phi::new(report_text::write(&content));
    let suspicions = Suspicion::signed_in(&content);
    Ok(NewVersion { study, study_version, text, suspicions, batch, reason, proposal })
}

pub(super) fn report_view(inner: &Inner, study: StudyId) -> Result<ReportView, StoreError> {
    let store = &inner.store;
    let mut view = store.study(study)?.ok_or(Fault::StudyUnknown)?;
    add_readings(store, &mut view)?;
    let versions = store.report_versions(study)?;
    let chain = verify_chain(study, &versions);
    let shown = matches!(view.state, StudyState::Reported | StudyState::Signed);
    let reading = view.reading.as_ref().filter(|_| shown);
    let basis = reading.map(|reading| basis(store, &view, reading)).transpose()?;
    Ok(ReportView {
        basis,
        draft: store.report_draft(study)?,
        versions,
        chain,
        reviews: store.reviews(study)?,
        amendments: store.amendments(study)?,
        review_alarm: sees_more(store, study)?,
        study: view,
    })
}

/// Whether the portal sees more than the box, and nobody has looked at it since.
pub(super) fn sees_more(store: &Store, study: StudyId) -> Result<bool, StoreError> {
    let seen = |one: &ReviewAlarm| one.study == study && one.reason == AlarmReason::SeesMore;
    Ok(store.review_alarms()?.iter().any(seen))
}

/// What a report rests on.
fn basis(store: &Store, view: &StudyView, reading: &ReadingView) -> Result<Basis, StoreError> {
    let row = store.digitised_row(reading.photo)?;
    let row = row.ok_or(StoreError::Corrupt { what: "reading" })?;
    let sides = match (reading.orientation.mirrored, reading.mirror_doubtful) {
        (true, _) => Some(FilmDoubt::Mirrored),
        (false, true) => Some(FilmDoubt::MirrorDoubtful),
        (false, false) => None,
    };
    let age = reading.age_doubtful.then_some(FilmDoubt::AgeDoubtful);
    let same = view.same_films.iter().filter_map(same_film_doubt);
    let ReadingView { sheet, remarks, photo, .. } = reading;
    Ok(Basis {
        subject: ReportSubject::from(&view.patient),
        photo: *photo,
        radiograph: row.radiograph,
        model: sheet.model.clone(),
        backend: sheet.backend,
        preprocessing: sheet.preprocessing,
        findings: Basis::findings_of(sheet),
        lung_share: LungShare::of(sheet),
        remarks: remarks.clone(),
        doubts: same.chain(age).chain(sides).collect(),
        indication: view.indication.without_hiv(),
        notes: view.indication.notes(sheet),
    })
}

fn same_film_doubt(film: &SameFilm) -> Option<FilmDoubt> {
    match (&film.answer, film.whose) {
        (None, whose) => Some(FilmDoubt::LooksTheSame(film.number, whose)),
        (Some((FilmAnswer::Same, ..)), Whose::AnotherPatient) => {
            Some(FilmDoubt::AnotherPatients(film.number))
        }
        (Some((FilmAnswer::Same, ..)), Whose::ThisPatient) | (Some((FilmAnswer::Other, ..)), _) => {
            None
        }
    }
}

/// Numbers of chance from a random seed: SplitMix64 over its four words.
fn chance(seed: [u8; 32]) -> impl FnMut() -> u64 {
    let mut state = seed
        .as_chunks::<8>()
        .0
        .iter()
        .fold(0_u64, |state, word| state.rotate_left(17) ^ u64::from_le_bytes(*word));
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_recommendations_of_its_own_has_those_of_the_language() {
        let mut settings = ReportSettings::default();
        let usual = recommendations(&settings, Locale::english());
        assert!(usual.len() > 3 && usual.iter().all(|one| one.ends_with('.')), "{usual:?}");
        settings.recommendations = vec!["Ask Dr. Rao".to_owned()];
        assert_eq!(recommendations(&settings, Locale::english()), ["Ask Dr. Rao"]);
    }

    #[test]
    fn chance_does_not_repeat_itself() {
        let (mut one, mut two) = (chance([1; 32]), chance([2; 32]));
        let first: Vec<_> = (0..50).map(|_| one()).collect();
        let second: Vec<_> = (0..50).map(|_| two()).collect();
        assert_ne!(first, second);
        let distinct: std::collections::HashSet<_> = first.iter().collect();
        assert_eq!(distinct.len(), 50);
    }
}
