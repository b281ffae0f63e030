//! Second opinions from the portal, as pages show them beside what the box and its people say.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::sync::review::KeptReview;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Posted;
use crate::web::pages::pixels::study_id;

/// A second opinion in words.
pub(in crate::web) struct Second {
    /// The portal's number for it.
    pub(in crate::web) number: u64,
    /// By whom, when.
    pub(in crate::web) who: String,
    pub(in crate::web) conclusion: String,
    pub(in crate::web) opinions: Vec<String>,
    /// What goes beyond the box's reading.
    pub(in crate::web) beyond: Option<String>,
    /// It is about another radiograph than the one that is shown.
    pub(in crate::web) other_film: bool,
}

impl Second {
    /// All of one study. `shown`: the radiograph of the reading in force.
    pub(in crate::web) fn all(
        locale: &Locale,
        kept: &[KeptReview],
        shown: Option<Sha256Digest>,
        minutes: i32,
    ) -> Vec<Self> {
        kept.iter().map(|one| Self::of(locale, one, shown, minutes)).collect()
    }

    fn of(locale: &Locale, kept: &KeptReview, shown: Option<Sha256Digest>, minutes: i32) -> Self {
        let review = &kept.review;
        let at = Stamp { wall: review.at, trust: ClockTrust::Synced };
        let time = locale.time_text(at, minutes);
        let name = review.reader.as_str();
        let beyond: Vec<_> = kept.beyond.iter().map(|one| locale.finding_name(*one)).collect();
        let beyond = (!beyond.is_empty())
            .then(|| locale.text("review-beyond", &[("findings", beyond.join(", ").into())]));
        Self {
            number: kept.number,
            who: locale.text("review-by", &[("name", name.into()), ("time", time.into())]),
            conclusion: review.conclusion.as_str().to_owned(),
            opinions: locale.opinion_lines(&review.opinions),
            beyond,
            other_film: shown.is_some_and(|shown| shown != review.radiograph),
        }
    }
}

/// `POST /studies/{study}/second-opinion`: a physician has looked at what the portal sees.
pub(in crate::web) async fn seen(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    app.see_review(&posted.session.operator, study).await?;
    Ok(Redirect::to(&format!("/studies/{study}")).into_response())
}
