//! Rows of fingerprints, and of films that look like one of another study.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::fingerprint::{
    Detail, FINGERPRINT_VERSION, Fingerprint, SIGNATURE_BYTES, Signature,
};
use crate::domain::ids::{OperatorId, PhotoId, StudyId, StudyNumber};
use crate::domain::lungs::Extent;
use crate::domain::people::PersonName;
use crate::domain::same_film::{FilmAnswer, SameFilm, Whose};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::photos::study_of;
use crate::store::sql::{digest, parsed, parsed_option, photo_id, stamp, study_id};
use crate::store::studies::{Event, append_event};

/// A photo of another study whose film looks the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The other study's photo.
    pub photo: PhotoId,
    /// How alike the films are, 0 to 1.
    pub likeness: f32,
}

impl Store {
    /// The signatures of all films that were accepted for other studies.
    ///
    /// # Errors
    /// When the database fails.
    pub fn signatures_elsewhere(
        &self,
        study: StudyId,
    ) -> Result<(Vec<PhotoId>, Vec<Signature>), StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select fingerprint.photo_id, signature from fingerprint \
                 join photo on photo.id = fingerprint.photo_id join study on study.id = photo.study_id \
                 where signature is not null and fingerprint.version = ?1 and photo.study_id <> ?2 \
                   and photo.state in ('accepted', 'scored', 'reported') \
                   and study.state <> 'voided' order by photo.seq",
            )?;
            let mut rows = select.query((FINGERPRINT_VERSION, study.as_bytes()))?;
            let (mut photos, mut signatures) = (Vec::new(), Vec::new());
            while let Some(row) = rows.next()? {
                photos.push(photo_id(row, "photo_id")?);
                let bytes: [u8; SIGNATURE_BYTES] = row.get("signature")?;
                signatures.push(Signature::from_bytes(&bytes));
            }
            Ok((photos, signatures))
        })
    }

    /// A film in small, `None` for a photo without fingerprint.
    ///
    /// # Errors
    /// When the database fails.
    pub fn film_detail(&self, photo: PhotoId) -> Result<Option<Detail>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from film_detail where photo_id = ?1")?;
            let mut rows = select.query([photo.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let corrupt = || StoreError::Corrupt { what: "film detail" };
            let lungs = Extent::new(
                row.get("lungs_left")?,
                row.get("lungs_top")?,
                row.get("lungs_right")?,
                row.get("lungs_bottom")?,
            );
            let detail = Detail::new(lungs.ok_or_else(corrupt)?, row.get("pixels")?);
            detail.map(Some).ok_or_else(corrupt)
        })
    }

    /// The radiograph of one accepted photo that has no fingerprint of this version: stored before
    /// films had any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn without_fingerprint(&self) -> Result<Option<(PhotoId, Sha256Digest)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select photo.id as id, radiograph from photo \
                 join digitised on digitised.photo_id = photo.id \
                 left join fingerprint on fingerprint.photo_id = photo.id and fingerprint.version = ?1 \
                 where photo.state in ('accepted', 'scored', 'reported') \
                   and fingerprint.photo_id is null order by photo.seq desc limit 1",
            )?;
            let mut rows = select.query([FINGERPRINT_VERSION])?;
            let row = rows.next()?;
            row.map(|row| Ok((photo_id(row, "id")?, digest(row, "radiograph")?))).transpose()
        })
    }

    /// Stores the fingerprint of a film; `None` says that none can be made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_fingerprint(
        &self,
        photo: PhotoId,
        fingerprint: Option<&Fingerprint>,
    ) -> Result<(), StoreError> {
        self.write(|tx| insert_fingerprint(tx, photo, fingerprint))
    }

    /// Stores what a person says about two films that look the same.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when nobody asked about these two studies, or when the database fails.
    pub fn answer_same_film(
        &self,
        (study, other): (StudyId, StudyId),
        answer: FilmAnswer,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let changed = tx.execute(
                "update same_film set answer = ?3, answered_by = ?4, answered_ms = ?5, \
                 answered_trust = ?6 where (study_id = ?1 and other_study_id = ?2) \
                    or (study_id = ?2 and other_study_id = ?1)",
                (
                    study.as_bytes(),
                    other.as_bytes(),
                    answer.code(),
                    by.as_bytes(),
                    at.wall.0,
                    at.trust.code(),
                ),
            )?;
            if changed == 0 {
                return Err(Fault::PageUnknown.into());
            }
            let kind = match answer {
                FilmAnswer::Same => "film_same",
                FilmAnswer::Other => "film_other",
            };
            tell_both(tx, (study, other), None, kind, Some(by), at)
        })
    }
}

/// Stores a fingerprint in place of an older one.
pub(super) fn insert_fingerprint(
    tx: &Transaction<'_>,
    photo: PhotoId,
    fingerprint: Option<&Fingerprint>,
) -> Result<(), StoreError> {
    let signature = fingerprint.map(|fingerprint| fingerprint.signature.to_bytes());
    tx.execute(
        "insert or replace into fingerprint (photo_id, version, signature) values (?1, ?2, ?3)",
        (photo.as_bytes(), FINGERPRINT_VERSION, signature.as_ref().map(<[u8; 144]>::as_slice)),
    )?;
    tx.execute("delete from film_detail where photo_id = ?1", [photo.as_bytes()])?;
    let Some(Fingerprint { detail, .. }) = fingerprint else { return Ok(()) };
    let [left, top, right, bottom] = detail.lungs.sides();
    tx.execute(
        "insert into film_detail (photo_id, lungs_left, lungs_top, lungs_right, lungs_bottom, \
         pixels) values (?1, ?2, ?3, ?4, ?5, ?6)",
        (photo.as_bytes(), left, top, right, bottom, detail.pixels()),
    )?;
    Ok(())
}

/// Asks whether a photo's film is that of other studies. Two studies are asked about once, however
/// many photos of the film they have.
pub(super) fn ask_same_film(
    tx: &Transaction<'_>,
    photo: PhotoId,
    alike: &[Alike],
    at: Stamp,
) -> Result<(), StoreError> {
    let study = study_of(tx, photo)?.ok_or(StoreError::Corrupt { what: "study" })?;
    for one in alike {
        let other = study_of(tx, one.photo)?.ok_or(StoreError::Corrupt { what: "study" })?;
        let asked = tx.execute(
            "insert into same_film (study_id, other_study_id, photo_id, other_photo_id, likeness) \
             select ?1, ?2, ?3, ?4, ?5 where not exists (select 1 from same_film \
                where (study_id = ?1 and other_study_id = ?2) \
                   or (study_id = ?2 and other_study_id = ?1))",
            (
                study.as_bytes(),
                other.as_bytes(),
                photo.as_bytes(),
                one.photo.as_bytes(),
                one.likeness,
            ),
        )?;
        if asked > 0 {
            tell_both(tx, (study, other), Some(photo), "same_film_asked", None, at)?;
        }
    }
    Ok(())
}

/// Writes one event for each of the two studies, each naming the other by its number.
fn tell_both(
    tx: &Transaction<'_>,
    (study, other): (StudyId, StudyId),
    photo: Option<PhotoId>,
    kind: &'static str,
    by: Option<OperatorId>,
    at: Stamp,
) -> Result<(), StoreError> {
    for (here, there, photo) in [(study, other, photo), (other, study, None)] {
        let number = "select number from study where id = ?1";
        let number: Option<i64> = tx
            .prepare_cached(number)?
            .query_row([there.as_bytes()], |row| row.get(0))
            .optional()?;
        let number = StudyNumber(number.ok_or(StoreError::Corrupt { what: "study" })?);
        let detail = format!("study {number}");
        append_event(tx, &Event { study: here, photo, by, kind, detail: &detail, at })?;
    }
    Ok(())
}

/// The studies with a film that looks the same as one of this study, in the order of asking.
pub(super) fn same_films(db: &Connection, study: StudyId) -> Result<Vec<SameFilm>, StoreError> {
    let mut select = db.prepare_cached(
        "select other.id as other_id, other.number as other_number, answer, answered_ms, \
                answered_trust, operator.name as answered_name, \
                mine.id = theirs.id or ifnull(mine.local_key = theirs.local_key, 0) \
                    and lower(mine.name) = lower(theirs.name) as this_patient \
         from same_film \
         join study as own on own.id = ?1 \
         join study as other \
           on other.id = case when study_id = ?1 then other_study_id else study_id end \
         join patient as mine on mine.id = own.patient_id \
         join patient as theirs on theirs.id = other.patient_id \
         left join operator on operator.id = answered_by \
         where study_id = ?1 or other_study_id = ?1 order by same_film.seq",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let answer = match parsed_option(row, "answer", FilmAnswer::parse)? {
            None => None,
            Some(answer) => Some((
                answer,
                parsed(row, "answered_name", PersonName::parse)?,
                stamp(row, "answered_ms", "answered_trust")?,
            )),
        };
        let this_patient: bool = row.get("this_patient")?;
        found.push(SameFilm {
            study: study_id(row, "other_id")?,
            number: StudyNumber(row.get("other_number")?),
            whose: if this_patient { Whose::ThisPatient } else { Whose::AnotherPatient },
            answer,
        });
    }
    Ok(found)
}
