//! What boxes announced by text message and the portal's people have to know until the record is there:
//! above the films to read, and as numbers on the fleet page.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::films::{place, time};
use super::login::Session;
use super::{Fields, Trouble, blocking};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::sms_digest::AnnouncedFinding;
use crate::locale::Locale;
use crate::portal::announced::{AnnouncementCounts, AnnouncementId, OpenAnnouncement, Standing};
use crate::portal::{Portal, StorageError};

/// An announcement on the list.
pub(super) struct Card {
    pub(super) place: String,
    pub(super) findings: Vec<String>,
    pub(super) standing: String,
    /// Record and announcement do not fit together.
    pub(super) contradiction: bool,
    pub(super) alert: String,
    pub(super) times: String,
    /// Values of the form by which somebody says that they have looked.
    pub(super) id: [String; 3],
}

impl Card {
    pub(super) fn of(locale: &Locale, one: &OpenAnnouncement, now: WallMs) -> Self {
        let standing = Standing::of(one.differs, one.has_receipt, one.came, now);
        let mut findings: Vec<String> =
            one.said.findings.iter().map(|said| finding(locale, said)).collect();
        if one.said.more {
            findings.push(locale.t("portal-announced-more"));
        }
        let came = locale.text("portal-announced-came", &[("time", time(locale, one.came).into())]);
        let known = one.said.known.map(|at| {
            let known = locale.time_text(at, 0);
            locale.text("portal-announced-known", &[("time", format!("{known} UTC").into())])
        });
        let AnnouncementId { box_id, seq, hash } = &one.id;
        Self {
            place: place(locale, &one.site, &one.said.study.to_string()),
            findings,
            standing: locale.t(&format!("portal-announced-{}", standing.code())),
            contradiction: standing.is_contradiction(),
            alert: locale.t(&format!("portal-alert-{}", one.said.alert.code())),
            times: known.into_iter().chain([came]).collect::<Vec<_>>().join(" · "),
            id: [box_id.to_string(), seq.to_string(), hash.to_string()],
        }
    }
}

fn finding(locale: &Locale, said: &AnnouncedFinding) -> String {
    let line = locale.score_line(said.score.score(), said.threshold.score());
    format!("{}: {line}", locale.finding_name(said.finding))
}

/// What is open, those that somebody has to look at first.
pub(super) fn open(portal: &Portal) -> Result<(Vec<OpenAnnouncement>, WallMs), StorageError> {
    Ok((portal.storage().open_announcements()?, portal.now().wall))
}

/// Lines of a box on the fleet page.
pub(super) fn facts(locale: &Locale, counts: AnnouncementCounts) -> Vec<String> {
    let lines = [
        ("portal-box-announced", counts.waiting),
        ("portal-box-contradictions", counts.contradictions),
        ("portal-box-incomplete", counts.incomplete),
    ];
    let some = lines.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(key, count)| locale.text(key, &[("count", count.into())])).collect()
}

/// `POST /read/announced`: somebody has seen that record and announcement do not fit together.
pub(super) async fn seen(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let fields = Fields(fields);
    session.check(&fields)?;
    let id = (|| {
        Some(AnnouncementId {
            box_id: KeyId::parse(fields.get("box"))?,
            seq: Seq(fields.get("seq").parse().ok()?),
            hash: Sha256Digest::parse(fields.get("hash"))?,
        })
    })();
    let id = id.ok_or(Trouble::Foreign)?;
    let by = session.reader.name;
    let work = move || portal.storage().announcement_seen(&id, &by, portal.now().wall);
    blocking(work).await?;
    Ok(Redirect::to("/read").into_response())
}
