//! Rows of corrections: how a person says that a film lies in a photo.

use rusqlite::{Connection, OptionalExtension as _};

use crate::domain::correction::{Correction, Outline};
use crate::domain::fault::Fault;
use crate::domain::film::{Orientation, Turn};
use crate::domain::geometry::Point;
use crate::domain::ids::{OperatorId, PhotoId, StudyId};
use crate::domain::stamp::Stamp;
use crate::domain::study::{PhotoEvent, PhotoState};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::photos::move_photo;
use crate::store::readings::show_in_force;
use crate::store::sql::parsed;
use crate::store::studies::study_state;

impl Store {
    /// Stores a correction beside what the box had found, and gives the photo back to the queue.
    /// Its reading, if there is one, no longer counts.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when the study has no such photo, [`Fault::StudyClosed`],
    /// [`Fault::PhotoBusy`] while the photo is being read.
    pub fn correct_photo(
        &self,
        study: StudyId,
        photo: PhotoId,
        correction: &Correction,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            if !study_state(tx, study)?.ok_or(Fault::StudyUnknown)?.is_open() {
                return Err(Fault::StudyClosed.into());
            }
            match photo_state(tx, study, photo)?.ok_or(Fault::PageUnknown)? {
                PhotoState::Reported | PhotoState::Refused | PhotoState::Held { .. } => {}
                PhotoState::Captured
                | PhotoState::Digitised
                | PhotoState::Accepted
                | PhotoState::Scored => return Err(Fault::PhotoBusy.into()),
            }
            let orientation = correction.orientation;
            // What the box found is in `digitised` until a first correction was carried out, and
            // in that correction's row from then on.
            tx.execute(
                "insert into correction (photo_id, outline, turn_degrees, mirrored, inverted, \
                 found_corners, found_turn_degrees, found_mirrored, found_inverted, \
                 replaced_radiograph, operator_id, wall_ms, clock_trust) \
                 select ?1, ?2, ?3, ?4, ?5, found.c, found.t, found.m, found.i, \
                   (select radiograph from digitised where photo_id = ?1), ?6, ?7, ?8 \
                 from (select 1) left join ( \
                   select found_corners as c, found_turn_degrees as t, found_mirrored as m, \
                     found_inverted as i, seq from correction where photo_id = ?1 \
                   union all \
                   select corners, turn_degrees, mirrored, inverted, 9223372036854775807 \
                     from digitised where photo_id = ?1 \
                   order by seq limit 1) as found on true",
                (
                    photo.as_bytes(),
                    outline_text(&correction.outline),
                    orientation.turn.degrees(),
                    orientation.mirrored,
                    orientation.inverted,
                    by.as_bytes(),
                    at.wall.0,
                    at.trust.code(),
                ),
            )?;
            move_photo(tx, photo, &PhotoEvent::Corrected, "", Some(by), at)?;
            tx.execute("update photo set fault = null where id = ?1", [photo.as_bytes()])?;
            show_in_force(tx, study, at)
        })
    }

    /// The correction in force for a photo, `None` where the box's own finding stands.
    ///
    /// # Errors
    /// When the database fails.
    pub fn correction(&self, photo: PhotoId) -> Result<Option<Correction>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from correction where photo_id = ?1 order by seq desc limit 1",
            )?;
            let mut rows = select.query([photo.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let corrupt = |what| StoreError::Corrupt { what };
            let turn = Turn::from_degrees(row.get("turn_degrees")?).ok_or(corrupt("turn"))?;
            Ok(Some(Correction {
                outline: parsed(row, "outline", parse_outline)?,
                orientation: Orientation {
                    turn,
                    mirrored: row.get("mirrored")?,
                    inverted: row.get("inverted")?,
                },
            }))
        })
    }
}

fn photo_state(
    db: &Connection,
    study: StudyId,
    photo: PhotoId,
) -> Result<Option<PhotoState>, StoreError> {
    let mut select =
        db.prepare_cached("select state from photo where id = ?1 and study_id = ?2")?;
    let code: Option<String> =
        select.query_row((photo.as_bytes(), study.as_bytes()), |row| row.get(0)).optional()?;
    let state = code.map(|code| PhotoState::parse(&code).ok_or("state"));
    state.transpose().map_err(|what| StoreError::Corrupt { what })
}

fn outline_text(outline: &Outline) -> String {
    outline.corners().map(|p| format!("{:.6},{:.6}", p.x, p.y)).join(" ")
}

fn parse_outline(text: &str) -> Option<Outline> {
    let mut points = text.split(' ').map(|pair| {
        let (x, y) = pair.split_once(',')?;
        Some(Point { x: x.parse().ok()?, y: y.parse().ok()? })
    });
    let corners = [points.next()??, points.next()??, points.next()??, points.next()??];
    if points.next().is_some() { None } else { Outline::new(corners) }
}
