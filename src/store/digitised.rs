//! Rows of what digitising made of a photo.

use rusqlite::Row;

use crate::domain::digest::Sha256Digest;
use crate::domain::film::{Orientation, Turn};
use crate::domain::fingerprint::Fingerprint;
use crate::domain::geometry::{Point, Quad};
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::lungs::Percent;
use crate::domain::quality::{Grade, Issues};
use crate::domain::reading::PREPROCESSING_VERSION;
use crate::domain::stamp::Stamp;
use crate::domain::study::PhotoEvent;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::films::{Alike, ask_same_film, insert_fingerprint};
use crate::store::photos::move_photo;
use crate::store::sql::{digest, issues, issues_text};

/// The outcome of digitising and judging one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct DigitisedRow {
    /// File of the rectified, upright radiograph.
    pub radiograph: Sha256Digest,
    /// The film's corners in the photo's display frame, in the film's own order.
    pub corners: Quad,
    /// How the film lay in the photo.
    pub orientation: Orientation,
    /// Mirroring is neither sure nor excluded.
    pub mirror_doubtful: bool,
    /// It looks like a small child's film, but its patient is older.
    pub age_doubtful: bool,
    /// The judgement.
    pub grade: Grade,
    /// Share of both lungs under reflections; `None` where it was not measured.
    pub glare_on_lungs: Option<Percent>,
}

#[cfg(test)]
impl DigitisedRow {
    /// A film that was accepted without a remark.
    pub(crate) fn plain(radiograph: Sha256Digest) -> Self {
        let corners = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)];
        Self {
            radiograph,
            corners: Quad::new(corners.map(|(x, y)| Point::new(x, y))).unwrap(),
            orientation: Orientation::default(),
            mirror_doubtful: false,
            age_doubtful: false,
            grade: Grade::Accepted { remarks: vec![] },
            glare_on_lungs: None,
        }
    }
}

impl Store {
    /// Stores the outcome of digitising, with the film's fingerprint where one was made; the
    /// radiograph's file is durable already.
    ///
    /// # Errors
    /// When the database fails or the photo has moved on.
    pub fn digitised(
        &self,
        photo: PhotoId,
        row: &DigitisedRow,
        fingerprint: Option<&Fingerprint>,
        at: Stamp,
    ) -> Result<(), StoreError> {
        let (accepted, issues) = match &row.grade {
            Grade::Accepted { remarks } => (true, remarks.as_slice()),
            Grade::Refused { issues } => (false, issues.as_slice()),
        };
        self.write(|tx| {
            tx.execute(
                "insert or replace into digitised (photo_id, radiograph, corners, turn_degrees, \
                 mirrored, inverted, mirror_doubtful, grade_issues, grade_accepted, preprocessing, \
                 age_doubtful, glare_on_lungs) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                rusqlite::params![
                    photo.as_bytes(),
                    row.radiograph.as_bytes(),
                    corners_text(&row.corners),
                    row.orientation.turn.degrees(),
                    row.orientation.mirrored,
                    row.orientation.inverted,
                    row.mirror_doubtful,
                    issues_text(issues),
                    accepted,
                    PREPROCESSING_VERSION,
                    row.age_doubtful,
                    row.glare_on_lungs.map(Percent::value),
                ],
            )?;
            insert_fingerprint(tx, photo, fingerprint)?;
            move_photo(tx, photo, &PhotoEvent::Digitised, "", None, at)
        })
    }

    /// Applies the stored judgement, accepted or refused, and asks about the films of other studies
    /// that look the same.
    ///
    /// # Errors
    /// When the database fails or the photo has moved on.
    pub fn graded(
        &self,
        photo: PhotoId,
        grade: &Grade,
        alike: &[Alike],
        at: Stamp,
    ) -> Result<(), StoreError> {
        let event = match grade {
            Grade::Accepted { .. } => PhotoEvent::Accepted,
            Grade::Refused { issues } => PhotoEvent::Refused { issues: issues.as_slice().to_vec() },
        };
        self.write(|tx| {
            move_photo(tx, photo, &event, "", None, at)?;
            ask_same_film(tx, photo, alike, at)
        })
    }

    /// File of the radiograph that a study's reading in force was made from; `None` without a reading.
    ///
    /// # Errors
    /// When the database fails.
    pub fn radiograph_in_force(&self, study: StudyId) -> Result<Option<Sha256Digest>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select radiograph from study join digitised on photo_id = reading_photo_id \
                 where study.id = ?1",
            )?;
            let mut rows = select.query([study.as_bytes()])?;
            rows.next()?.map(|row| digest(row, "radiograph")).transpose()
        })
    }

    /// What digitising made of a photo, `None` before it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn digitised_row(&self, photo: PhotoId) -> Result<Option<DigitisedRow>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from digitised where photo_id = ?1")?;
            let mut rows = select.query([photo.as_bytes()])?;
            rows.next()?.map(digitised_row).transpose()
        })
    }
}

fn digitised_row(row: &Row<'_>) -> Result<DigitisedRow, StoreError> {
    let corrupt = |what| StoreError::Corrupt { what };
    let issues = issues(row, "grade_issues")?;
    let grade = if row.get("grade_accepted")? {
        Grade::Accepted { remarks: issues }
    } else {
        Grade::Refused { issues: Issues::new(issues).ok_or(corrupt("grade"))? }
    };
    let corners: String = row.get("corners")?;
    let turn = Turn::from_degrees(row.get("turn_degrees")?).ok_or(corrupt("turn"))?;
    let glare: Option<f32> = row.get("glare_on_lungs")?;
    let percent = |value| Percent::new(value).ok_or(corrupt("glare"));
    Ok(DigitisedRow {
        radiograph: digest(row, "radiograph")?,
        corners: parse_corners(&corners).ok_or(corrupt("corners"))?,
        orientation: Orientation {
            turn,
            mirrored: row.get("mirrored")?,
            inverted: row.get("inverted")?,
        },
        mirror_doubtful: row.get("mirror_doubtful")?,
        age_doubtful: row.get("age_doubtful")?,
        grade,
        glare_on_lungs: glare.map(percent).transpose()?,
    })
}

fn corners_text(corners: &Quad) -> String {
    let points = corners.points().map(|point| format!("{:.3},{:.3}", point.x, point.y));
    points.join(" ")
}

fn parse_corners(text: &str) -> Option<Quad> {
    let mut points = text.split(' ').map(|pair| {
        let (x, y) = pair.split_once(',')?;
        Some(Point { x: x.parse().ok()?, y: y.parse().ok()? })
    });
    let corners = [points.next()??, points.next()??, points.next()??, points.next()??];
    if points.next().is_some() { None } else { Quad::new(corners) }
}
