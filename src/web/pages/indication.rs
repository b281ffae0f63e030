//! `/studies/{study}/indication`: why a film was taken and what the patient told, read and written anew.
//!
//! The HIV status can be written by whoever examines, and is shown to physicians only.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::indication::{HivStatus, Indication, PastTb, Reason, Symptom};
use crate::domain::rights::Right;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};
use crate::web::pages::pixels::study_id;
use crate::web::pages::register::read;

/// An answer to choose.
pub(in crate::web) struct Choice {
    pub(in crate::web) code: &'static str,
    pub(in crate::web) word: String,
    pub(in crate::web) chosen: bool,
}

/// The questions around a film, with what was answered.
pub(in crate::web) struct Told {
    pub(in crate::web) reasons: Vec<Choice>,
    pub(in crate::web) symptoms: Vec<Choice>,
    pub(in crate::web) past_tb: Vec<Choice>,
    pub(in crate::web) hiv: Vec<Choice>,
    /// The HIV status is on record and this person does not see it: an answer here replaces it.
    pub(in crate::web) hiv_kept: bool,
}

impl Told {
    /// As a form has it.
    pub(in crate::web) fn of_fields(locale: &Locale, fields: &Fields) -> Self {
        Self::of(locale, &read::indication(fields).unwrap_or_default())
    }

    fn of(locale: &Locale, told: &Indication) -> Self {
        let reason = |reason: Option<Reason>| Choice {
            code: reason.map_or("", Reason::code),
            word: reason.map_or_else(|| locale.t("reason-none"), |one| locale.reason_word(one)),
            chosen: reason == told.reason,
        };
        let symptom = |symptom: &Symptom| Choice {
            code: symptom.code(),
            word: locale.symptom_word(*symptom),
            chosen: told.symptoms().contains(symptom),
        };
        let past_tb = |past: &PastTb| Choice {
            code: past.code(),
            word: locale.past_tb_word(*past),
            chosen: *past == told.past_tb,
        };
        let hiv = |status: &HivStatus| Choice {
            code: status.code(),
            word: locale.hiv_word(*status),
            chosen: status == told.hiv.reveal(),
        };
        Self {
            reasons: Reason::ALL.iter().copied().map(Some).chain([None]).map(reason).collect(),
            symptoms: Symptom::ALL.iter().map(symptom).collect(),
            past_tb: PastTb::ALL.iter().map(past_tb).collect(),
            hiv: HivStatus::ALL.iter().map(hiv).collect(),
            hiv_kept: false,
        }
    }

    /// Whether anything was answered.
    pub(in crate::web) fn is_written(&self) -> bool {
        let first = |choices: &[Choice]| choices.first().is_some_and(|one| one.chosen);
        let silent = self.reasons.last().is_some_and(|none| none.chosen)
            && self.symptoms.iter().all(|one| !one.chosen);
        !(silent && first(&self.past_tb) && first(&self.hiv))
    }
}

/// Why a film was taken, in words for a page.
pub(in crate::web) struct IndicationWords {
    /// Reason, symptoms, past tuberculosis: a sentence each.
    pub(in crate::web) lines: Vec<String>,
    /// HIV status, for those who may see it and where it is known.
    pub(in crate::web) hiv: Option<String>,
}

impl IndicationWords {
    pub(in crate::web) fn of(locale: &Locale, told: &Indication, may_report: bool) -> Self {
        let status = *told.hiv.reveal();
        let shown = may_report && status != HivStatus::Unknown;
        let hiv = || locale.text("indication-hiv", &[("status", locale.hiv_word(status).into())]);
        Self { lines: locale.indication_lines(told), hiv: shown.then(hiv) }
    }
}

#[derive(askama::Template)]
#[template(path = "indication.html")]
struct IndicationPage {
    page: Page,
    href: String,
    name: String,
    told: Told,
}

/// `GET /studies/{study}/indication`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let view = app.study(study_id(&study)?).await?;
    let frame = Page::inside(&session, "indication-title");
    let hidden = !session.may(Right::Report);
    let shown = if hidden { view.indication.without_hiv() } else { view.indication.clone() };
    let hiv_kept = hidden && *view.indication.hiv.reveal() != HivStatus::Unknown;
    let template = IndicationPage {
        href: format!("/studies/{}", view.id),
        name: view.patient.name.reveal().as_str().to_owned(),
        told: Told { hiv_kept, ..Told::of(frame.locale, &shown) },
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /studies/{study}/indication`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let view = app.study(study_id(&study)?).await?;
    let told = read::indication(&fields)?;
    // Whoever does not see the status cannot take it away by leaving the question alone.
    let unseen = !session.may(Right::Report) && *told.hiv.reveal() == HivStatus::Unknown;
    let told = if unseen { told.with_hiv(*view.indication.hiv.reveal()) } else { told };
    app.indicate(&session.operator, view.id, told).await?;
    Ok(Redirect::to(&format!("/studies/{}", view.id)).into_response())
}
