//! Use cases around patients: registering a film, finding who was here before, and the slip to take home.

use crate::app::{App, clock, random};
use crate::domain::box_id::BoxId;
use crate::domain::fault::Fault;
use crate::domain::ids::{PatientId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::patient::FoundPatient;
use crate::domain::people::{Operator, PersonName, Phi};
use crate::domain::registration::{Registered, Registration};
use crate::domain::stamp::ClockTrust;
use crate::domain::view::{PatientSearch, PatientStudy, PatientView};
use crate::locale::Locale;
use crate::print::{self, Fact, SlipSheet};
use crate::store::NewStudy;

impl App {
    /// Registers a film. `form_id` makes a double submit harmless. May ask instead, and store nothing.
    ///
    /// # Errors
    /// [`Fault::PatientUnknown`], [`Fault::IdsUsedUp`], or when the database fails.
    pub async fn register(
        &self,
        by: &Operator,
        registration: Registration,
        form_id: StudyId,
    ) -> Result<Registered, Fault> {
        let at = self.now();
        let new = NewStudy {
            id: form_id,
            newcomer: PatientId::from_bytes(random::bytes()?),
            registration,
            by: by.id,
            at,
            year: (at.trust == ClockTrust::Synced).then(|| clock::year(at)),
        };
        self.blocking(move |inner| inner.store.register(&new)).await
    }

    /// Writes down anew why a film was taken.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], [`Fault::StudyClosed`], or when the database fails.
    pub async fn indicate(
        &self,
        by: &Operator,
        study: StudyId,
        indication: Indication,
    ) -> Result<(), Fault> {
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.indicate(study, &indication, by, at)).await
    }

    /// Finds patients by what somebody typed, scanned or said.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search_patients(&self, text: String) -> Result<PatientSearch, Fault> {
        self.blocking(move |inner| inner.store.search_patients(&text)).await
    }

    /// The patient with an id that a box gave.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patient_with(&self, id: BoxId) -> Result<Option<PatientId>, Fault> {
        self.blocking(move |inner| inner.store.patient_with(id)).await
    }

    /// A patient in short.
    ///
    /// # Errors
    /// [`Fault::PatientUnknown`], or when the database fails.
    pub async fn found_patient(&self, id: PatientId) -> Result<FoundPatient, Fault> {
        let found = self.blocking(move |inner| inner.store.found_patient(id)).await?;
        found.ok_or(Fault::PatientUnknown)
    }

    /// A patient with all studies.
    ///
    /// # Errors
    /// [`Fault::PatientUnknown`], or when the database fails.
    pub async fn patient(&self, id: PatientId) -> Result<PatientView, Fault> {
        let found = self.blocking(move |inner| inner.store.patient(id)).await?;
        found.ok_or(Fault::PatientUnknown)
    }

    /// The newest studies of the box, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_studies(
        &self,
        most: u32,
    ) -> Result<Vec<(Phi<PersonName>, PatientStudy)>, Fault> {
        self.blocking(move |inner| inner.store.newest_studies(most)).await
    }

    /// The slip of a study on paper, PDF, A6.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], [`Fault::PrinterBusy`], or when the database fails.
    pub async fn slip_pdf(
        &self,
        study: StudyId,
        locale: &'static Locale,
    ) -> Result<Vec<u8>, Fault> {
        self.printed(move |inner| {
            let study = inner.store.study(study)?.ok_or(Fault::StudyUnknown)?;
            let (patient, number) = (&study.patient, study.number.to_string());
            let mut facts = vec![
                Fact::new(locale.t("print-study"), number),
                Fact::new(
                    locale.t("print-registered"),
                    locale.time_text(study.registered, inner.site().utc_offset_minutes),
                ),
            ];
            let local = patient.local_id.as_ref().map(|id| id.reveal().as_str());
            facts.extend(local.map(|id| Fact::new(locale.t("print-id"), id)));
            let sheet = SlipSheet {
                language: locale.code().to_owned(),
                site: inner.site().name,
                title: locale.t("slip-title"),
                name: patient.name.reveal().as_str().to_owned(),
                box_id: patient.box_id.reveal().to_string(),
                facts,
                help: locale.t("slip-help"),
            };
            print::slip_pdf(&sheet).map_err(Into::into)
        })
        .await
    }
}
