//! What others than boxes have sent: who they are, the studies with pictures, and one of them. And what leaves
//! for DHIS2.

use std::ops::ControlFlow;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::films::time;
use super::login::Session;
use super::{Page, Trouble, blocking, render};
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::WallMs;
use crate::locale::Locale;
use crate::portal::dhis2::day;
use crate::portal::sources::{HeldObject, ObjectQuery, SourceRow};
use crate::portal::{Portal, StorageError};
use crate::wire::dicom::picture;
use crate::wire::dicom::read::is_uid;

/// Studies on the worklist.
pub(super) const ROWS_MAX: u32 = 100;
/// Objects of one study that a page tells of.
const OBJECTS_MAX: u32 = 200;
/// Pictures that are made at the same time: a file of 64 MiB, its pixels and what is shown of them.
static PICTURES: Semaphore = Semaphore::const_new(2);

#[derive(Template)]
#[template(path = "portal/foreign.html")]
struct ForeignPage {
    page: Page,
    name: String,
    person: String,
    place: String,
    conflict: bool,
    /// Addresses of pictures, each with what its file says that it shows.
    pictures: Vec<(String, String)>,
    /// What else there is of the study.
    others: Option<String>,
}

/// A study on the worklist.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) time: String,
    pub(super) conflict: bool,
}

impl Row {
    pub(super) fn of(locale: &Locale, one: &HeldObject) -> Self {
        let header = Elements::of(one);
        Self {
            href: format!("/read/dicom/{}", one.ids.study),
            name: header.name(),
            place: header.place(&one.source),
            time: time(locale, one.received),
            conflict: one.conflict,
        }
    }
}

/// A source on the fleet page.
pub(super) struct SourceCard {
    pub(super) name: String,
    pub(super) facts: Vec<String>,
    pub(super) warning: Option<String>,
}

impl SourceCard {
    pub(super) fn of(locale: &Locale, row: &SourceRow) -> Self {
        let counts = [("objects", row.objects.into()), ("bundles", row.bundles.into())];
        let seen = match row.seen {
            Some(at) => locale.text("portal-box-contact", &[("time", time(locale, at).into())]),
            None => locale.t("portal-box-never"),
        };
        let mut facts = vec![seen, locale.text("portal-source-held", &counts)];
        if row.closed {
            facts.push(locale.t("portal-source-closed"));
        }
        let conflicts = [("count", row.conflicts.into())];
        let warning = row.conflicts > 0;
        Self {
            name: row.name.clone(),
            facts,
            warning: warning.then(|| locale.text("portal-source-conflicts", &conflicts)),
        }
    }
}

/// What a file says of itself.
struct Elements(Value);

impl Elements {
    fn of(one: &HeldObject) -> Self {
        Self(serde_json::from_str(one.header.reveal()).unwrap_or_default())
    }

    fn said(&self, tag: &str) -> String {
        let value = &self.0[tag]["Value"][0];
        let text = value.as_str().or_else(|| value["Alphabetic"].as_str());
        text.unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect()
    }

    /// The name as people read it: DICOM parts it by carets.
    fn name(&self) -> String {
        let name = self.said("00100010").replace('^', " ");
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() { "?".to_owned() } else { name }
    }

    /// Who sent it, which number, and what it shows.
    fn place(&self, source: &str) -> String {
        let parts = [source.to_owned(), self.said("00200010"), self.said("00081030")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Sex and age as the file has them, and the id.
    fn person(&self) -> String {
        let parts = [self.said("00100040"), self.said("00101010"), self.said("00100020")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// What a page tells of a study.
#[derive(Default)]
struct Told {
    /// The first object with pixels, else the first one.
    first: Option<(Elements, HeldObject)>,
    /// Address and words of each picture.
    pictures: Vec<(String, String)>,
    others: u64,
    conflict: bool,
}

impl Told {
    fn add(&mut self, one: HeldObject) {
        self.conflict |= one.conflict;
        let header = Elements::of(&one);
        if one.pixels {
            let shows = [header.said("00080060"), header.said("0008103E")].join(" ");
            let address = format!("/read/dicom/{}/{}", one.ids.study, one.hash);
            self.pictures.push((address, shows.trim().to_owned()));
        } else {
            self.others += 1;
        }
        let better = |(_, first): &(Elements, HeldObject)| one.pixels && !first.pixels;
        if self.first.as_ref().is_none_or(better) {
            self.first = Some((header, one));
        }
    }
}

fn of_study(study: String) -> Result<ObjectQuery, Trouble> {
    let known = is_uid(&study);
    known
        .then(|| ObjectQuery { study: Some(study), ..ObjectQuery::default() })
        .ok_or(Trouble::Unknown)
}

/// `GET /read/dicom/{study}`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(study): Path<String>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let which = of_study(study)?;
    let told = blocking(move || {
        let mut told = Told::default();
        portal.each_object(&which, OBJECTS_MAX, |one| {
            told.add(one);
            ControlFlow::Continue(())
        })?;
        Ok(told)
    });
    let Told { first, pictures, others, conflict } = told.await?;
    let (header, first) = first.ok_or(Trouble::Unknown)?;
    let study = &first.ids.study;
    tracing::info!(reader = session.reader.id, %study, "a reader looks at a study of a source");
    let page = session.page(&headers, "viewer-title");
    let others = (others > 0)
        .then(|| page.locale.text("portal-foreign-others", &[("count", others.into())]));
    let name = header.name();
    let (person, place) = (header.person(), header.place(&first.source));
    let page = ForeignPage { page, name, person, place, conflict, pictures, others };
    render(StatusCode::OK, &page)
}

/// `GET /read/dicom/{study}/{hash}`: the pixels of one object; nothing where they cannot be shown.
pub(super) async fn picture(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((study, hash)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    Session::of(&portal, &headers).await?;
    let hash = Sha256Digest::parse(&hash).ok_or(Trouble::Unknown)?;
    let which = of_study(study)?;
    let turn = PICTURES.acquire().await.map_err(|_| Trouble::Unknown)?;
    let work = move || {
        // Whoever hangs up does not end the work: the turn is the work's.
        let _turn = turn;
        let mut keys = portal.storage().object_keys(&which, OBJECTS_MAX)?;
        keys.retain(|key| key.hash == hash);
        if !portal.storage().objects(&keys)?.iter().any(|one| one.pixels) {
            return Ok(None);
        }
        Ok(picture::picture(&portal.storage().object_file(hash)?))
    };
    let shown = blocking(work).await?.ok_or(Trouble::Unknown)?;
    Ok(([(CONTENT_TYPE, shown.media_type)], shown.bytes).into_response())
}

/// What comes in the address.
#[derive(Deserialize)]
pub(super) struct Since {
    since: Option<String>,
}

/// `GET /read/dhis2.json`: what the mapping names, of films of which something came in since that day.
pub(super) async fn dhis2(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Query(Since { since }): Query<Since>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let since = since.filter(|text| !text.is_empty());
    let since = match since {
        None => WallMs(0),
        Some(text) => day(&text).ok_or(Trouble::Unknown)?,
    };
    let work = move || {
        let export = portal.dhis2().map(|mapping| portal.export_dhis2(mapping, since));
        export.transpose().map_err(|error: StorageError| error)
    };
    let export = blocking(work).await?.ok_or(Trouble::Unknown)?;
    tracing::info!(
        reader = session.reader.id,
        films = export.films,
        "a reader downloads for DHIS2"
    );
    let name = "attachment; filename=\"dhis2.json\"";
    let head = [(CONTENT_TYPE, "application/json"), (CONTENT_DISPOSITION, name)];
    Ok((head, export.payload.to_string()).into_response())
}
