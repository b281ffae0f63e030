//! Rows of readings: who scored, what, and the draft made from it.

use rusqlite::{Connection, Row, Transaction};

use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score, Threshold};
use crate::domain::followup::{Source, Suspicion};
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::lungs::{Cell, Extent, LungFields, RepeatError};
use crate::domain::people::AgeYears;
use crate::domain::reading::{
    ActivationMap, Backend, LungReading, ModelRef, ScoreLine, ScoreSheet,
};
use crate::domain::repeat::{self, Repeat, Shot};
use crate::domain::review;
use crate::domain::stamp::Stamp;
use crate::domain::study::{PhotoEvent, PhotoState};
use crate::store::Store;
use crate::store::alerts;
use crate::store::error::StoreError;
use crate::store::followup;
use crate::store::indications::indication;
use crate::store::photos::{move_photo, study_of};
use crate::store::sql::{digest, issues, parsed, photo_id};

impl Store {
    /// Stores the scores of a photo.
    ///
    /// # Errors
    /// When the database fails or the photo has moved on.
    pub fn scored(&self, photo: PhotoId, sheet: &ScoreSheet, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            // A released photo may be scored again: the later sheet is the one in force.
            for table in ["score", "not_assessed", "lungs", "reading"] {
                let delete = format!("delete from {table} where photo_id = ?1");
                tx.execute(&delete, [photo.as_bytes()])?;
            }
            tx.execute(
                "insert into reading (photo_id, model_id, model_version, model_sha256, backend, \
                 preprocessing) values (?1, ?2, ?3, ?4, ?5, ?6)",
                (
                    photo.as_bytes(),
                    &sheet.model.id,
                    &sheet.model.version,
                    sheet.model.sha256.as_bytes(),
                    sheet.backend.code(),
                    sheet.preprocessing,
                ),
            )?;
            for line in &sheet.lines {
                insert_score(tx, photo, line)?;
            }
            if let Some(lungs) = &sheet.lungs {
                insert_lungs(tx, photo, lungs)?;
            }
            for (finding, why) in &sheet.not_assessed {
                insert_not_assessed(tx, photo, *finding, *why)?;
            }
            move_photo(tx, photo, &PhotoEvent::Scored, &sheet.model.version, None, at)
        })
    }

    /// Stores the report draft. The study then shows the reading in force, this one or an older one:
    /// see [`repeat::in_force`].
    ///
    /// # Errors
    /// When the database fails or the photo has moved on.
    pub fn drafted(&self, photo: PhotoId, report: &str, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update reading set report = ?2 where photo_id = ?1",
                (photo.as_bytes(), report),
            )?;
            move_photo(tx, photo, &PhotoEvent::Drafted, "", None, at)?;
            let study = study_of(tx, photo)?.ok_or(StoreError::Corrupt { what: "study" })?;
            show_in_force(tx, study, at)
        })
    }

    /// The scores of a photo and the draft, `None` while it has not been scored.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reading(
        &self,
        photo: PhotoId,
    ) -> Result<Option<(ScoreSheet, Option<String>)>, StoreError> {
        self.read(|db| reading(db, photo))
    }
}

fn reading(
    db: &Connection,
    photo: PhotoId,
) -> Result<Option<(ScoreSheet, Option<String>)>, StoreError> {
    let mut select = db.prepare_cached("select * from reading where photo_id = ?1")?;
    let mut rows = select.query([photo.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let sheet = ScoreSheet {
        model: ModelRef {
            id: row.get("model_id")?,
            version: row.get("model_version")?,
            sha256: digest(row, "model_sha256")?,
        },
        backend: parsed(row, "backend", Backend::parse)?,
        preprocessing: row.get("preprocessing")?,
        lines: in_report_order(score_lines(db, photo)?, |line| line.finding),
        not_assessed: in_report_order(not_assessed(db, photo)?, |(finding, _)| *finding),
        lungs: lungs(db, photo)?,
    };
    Ok(Some((sheet, row.get("report")?)))
}

/// Makes the study show the reading in force, or none where no photo of it has one.
pub(super) fn show_in_force(
    tx: &Transaction<'_>,
    study: StudyId,
    at: Stamp,
) -> Result<(), StoreError> {
    let indication = indication(tx, study)?;
    let found = in_force(tx, study, &indication)?;
    let sheet = found.as_ref().map(|found| &found.sheet);
    let headline = sheet.and_then(headline);
    tx.execute(
        "update study set urgency = ?2, headline = ?3, headline_score = ?4, headline_call = ?5, \
         reading_photo_id = ?6, unremarkable = ?7 where id = ?1",
        (
            study.as_bytes(),
            sheet.map(|sheet| indication.urgency(sheet).code()),
            headline.map(|line| line.finding.code()),
            headline.map(|line| line.score.value()),
            headline.map(|line| line.call.code()),
            found.as_ref().map(|found| found.photo.as_bytes()),
            found.as_ref().is_some_and(|found| found.unremarkable),
        ),
    )?;
    if let Some(sheet) = sheet {
        alerts::raise(tx, study, sheet, at)?;
    }
    let suspicions = sheet.map(Suspicion::raised_by).unwrap_or_default();
    followup::suspect(tx, study, &suspicions, Source::Box, at)
}

/// The reading that a study speaks of: that of the same photo as on the study's page.
struct InForce {
    photo: PhotoId,
    sheet: ScoreSheet,
    /// See [`review::is_unremarkable`].
    unremarkable: bool,
}

fn in_force(
    db: &Connection,
    study: StudyId,
    indication: &Indication,
) -> Result<Option<InForce>, StoreError> {
    let corrupt = || StoreError::Corrupt { what: "reading" };
    let mut select = db.prepare_cached(
        "select id, grade_issues, mirrored or mirror_doubtful or age_doubtful as doubtful \
         from photo join digitised on photo_id = id where study_id = ?1 and state = ?2 order by seq",
    )?;
    let mut rows = select.query((study.as_bytes(), PhotoState::Reported.code()))?;
    let mut readings = Vec::new();
    while let Some(row) = rows.next()? {
        let photo = photo_id(row, "id")?;
        let (sheet, _) = reading(db, photo)?.ok_or_else(corrupt)?;
        let doubtful: bool = row.get("doubtful")?;
        readings.push((photo, sheet, issues(row, "grade_issues")?, doubtful));
    }
    let shots: Vec<_> = readings
        .iter()
        .map(|(photo, sheet, remarks, _)| Shot { photo: *photo, sheet, remarks })
        .collect();
    let differ = Repeat::of(&shots)
        .is_some_and(|repeat| !repeat.same_model || repeat.differing().next().is_some());
    Ok(repeat::in_force(&shots).map(|place| {
        let (photo, sheet, remarks, doubtful) = readings.swap_remove(place);
        // Whoever has complaints that call for a test is read by a person, film by film.
        let doubtful = doubtful || differ || indication.suggests_tb();
        let unremarkable = review::is_unremarkable(&sheet, &remarks, doubtful);
        InForce { photo, sheet, unremarkable }
    }))
}

/// The assessed finding that matters most: above before indeterminate, then the farthest over its
/// threshold.
fn headline(sheet: &ScoreSheet) -> Option<&ScoreLine> {
    let rank = |line: &ScoreLine| match line.call {
        Call::Above => 2.0,
        Call::Indeterminate => 1.0,
        Call::Below => 0.0,
    } + line.score.value() - line.threshold.at().value();
    let assessed = sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed);
    assessed.max_by(|a, b| rank(a).total_cmp(&rank(b)))
}

fn in_report_order<T>(mut items: Vec<T>, finding: impl Fn(&T) -> Finding) -> Vec<T> {
    items.sort_by_key(finding);
    items
}

fn insert_score(tx: &Transaction<'_>, photo: PhotoId, line: &ScoreLine) -> Result<(), StoreError> {
    let (low, high) = line.threshold.band();
    let extent = line.map.as_ref().map(|map| map.extent().sides());
    let extent = extent.map_or([None; 4], |sides| sides.map(Some));
    let side = |cells: usize| i64::try_from(cells).unwrap_or(i64::MAX);
    let map = line
        .map
        .as_ref()
        .map(|map| map.values().iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>());
    tx.execute(
        "insert into score (photo_id, finding, evidence, score, threshold, band_low, band_high, \
         call, map_width, map_height, map, map_left, map_top, map_right, map_bottom) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        rusqlite::params![
            photo.as_bytes(),
            line.finding.code(),
            line.evidence.code(),
            line.score.value(),
            line.threshold.at().value(),
            low.value(),
            high.value(),
            line.call.code(),
            line.map.as_ref().map(|map| side(map.width())),
            line.map.as_ref().map(|map| side(map.height())),
            map,
            extent[0],
            extent[1],
            extent[2],
            extent[3],
        ],
    )?;
    Ok(())
}

fn insert_lungs(
    tx: &Transaction<'_>,
    photo: PhotoId,
    lungs: &LungReading,
) -> Result<(), StoreError> {
    let cells: Vec<u8> = lungs.fields.cells().iter().map(|cell| cell.code()).collect();
    tx.execute(
        "insert into lungs (photo_id, model_id, model_version, model_sha256, width, height, cells, \
         repeat_base, repeat_slope) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        rusqlite::params![
            photo.as_bytes(),
            lungs.model.id,
            lungs.model.version,
            lungs.model.sha256.as_bytes(),
            i64::try_from(lungs.fields.width()).unwrap_or(i64::MAX),
            i64::try_from(lungs.fields.height()).unwrap_or(i64::MAX),
            cells,
            lungs.repeat_error.base,
            lungs.repeat_error.slope,
        ],
    )?;
    Ok(())
}

fn lungs(db: &Connection, photo: PhotoId) -> Result<Option<LungReading>, StoreError> {
    let mut select = db.prepare_cached("select * from lungs where photo_id = ?1")?;
    let mut rows = select.query([photo.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let corrupt = || StoreError::Corrupt { what: "lungs" };
    let codes: Vec<u8> = row.get("cells")?;
    let cells: Option<Vec<Cell>> = codes.into_iter().map(Cell::parse).collect();
    let cells = cells.ok_or_else(corrupt)?;
    let fields = LungFields::new(row.get("width")?, row.get("height")?, cells);
    let repeat_error = RepeatError::new(row.get("repeat_base")?, row.get("repeat_slope")?);
    Ok(Some(LungReading {
        model: ModelRef {
            id: row.get("model_id")?,
            version: row.get("model_version")?,
            sha256: digest(row, "model_sha256")?,
        },
        fields: fields.ok_or_else(corrupt)?,
        repeat_error: repeat_error.ok_or_else(corrupt)?,
    }))
}

fn insert_not_assessed(
    tx: &Transaction<'_>,
    photo: PhotoId,
    finding: Finding,
    why: NotAssessed,
) -> Result<(), StoreError> {
    let min = match why {
        NotAssessed::NotInModel | NotAssessed::ChannelNotCalibrated => None,
        NotAssessed::BelowValidatedAge { min } | NotAssessed::AgeUnknown { min } => {
            Some(min.years())
        }
    };
    tx.execute(
        "insert into not_assessed (photo_id, finding, reason, min_age_years) values (?1, ?2, ?3, ?4)",
        (photo.as_bytes(), finding.code(), why.code(), min),
    )?;
    Ok(())
}

fn score_lines(db: &Connection, photo: PhotoId) -> Result<Vec<ScoreLine>, StoreError> {
    let mut select = db.prepare_cached("select * from score where photo_id = ?1")?;
    let mut rows = select.query([photo.as_bytes()])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(score_line(row)?);
    }
    Ok(lines)
}

pub(super) fn score_line(row: &Row<'_>) -> Result<ScoreLine, StoreError> {
    let score = |column: &'static str| -> Result<Score, StoreError> {
        Score::new(row.get(column)?).ok_or(StoreError::Corrupt { what: column })
    };
    let threshold = Threshold::new(score("threshold")?, score("band_low")?, score("band_high")?);
    Ok(ScoreLine {
        finding: parsed(row, "finding", Finding::parse)?,
        evidence: parsed(row, "evidence", Evidence::parse)?,
        score: score("score")?,
        threshold: threshold.ok_or(StoreError::Corrupt { what: "threshold" })?,
        call: parsed(row, "call", Call::parse)?,
        map: activation_map(row)?,
    })
}

fn activation_map(row: &Row<'_>) -> Result<Option<ActivationMap>, StoreError> {
    let bytes: Option<Vec<u8>> = row.get("map")?;
    let Some(bytes) = bytes else { return Ok(None) };
    let corrupt = || StoreError::Corrupt { what: "map" };
    let (words, rest) = bytes.as_chunks::<4>();
    let values = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
    let extent = Extent::new(
        row.get("map_left")?,
        row.get("map_top")?,
        row.get("map_right")?,
        row.get("map_bottom")?,
    );
    let extent = extent.filter(|_| rest.is_empty()).ok_or_else(corrupt)?;
    let map = ActivationMap::new(row.get("map_width")?, row.get("map_height")?, values, extent);
    map.ok_or_else(corrupt).map(Some)
}

fn not_assessed(
    db: &Connection,
    photo: PhotoId,
) -> Result<Vec<(Finding, NotAssessed)>, StoreError> {
    let mut select = db.prepare_cached("select * from not_assessed where photo_id = ?1")?;
    let mut rows = select.query([photo.as_bytes()])?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        let min: Option<u8> = row.get("min_age_years")?;
        let min = min.and_then(AgeYears::new);
        let why = parsed(row, "reason", |reason| match (reason, min) {
            ("not_in_model", None) => Some(NotAssessed::NotInModel),
            ("channel_not_calibrated", None) => Some(NotAssessed::ChannelNotCalibrated),
            ("below_validated_age", Some(min)) => Some(NotAssessed::BelowValidatedAge { min }),
            ("age_unknown", Some(min)) => Some(NotAssessed::AgeUnknown { min }),
            _ => None,
        })?;
        list.push((parsed(row, "finding", Finding::parse)?, why));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;

    use crate::domain::ids::{OperatorId, PatientId};
    use crate::domain::indication::{HivStatus, PastTb, Reason, Symptom};
    use crate::domain::lungs::Lung;
    use crate::domain::patient::NewPatient;
    use crate::domain::people::{AgeEvidence, PersonName, Phi, Sex};

    use crate::domain::reading::Urgency;
    use crate::domain::registration::{Person, Registration};
    use crate::domain::stamp::{ClockTrust, WallMs};
    use crate::domain::view::WorklistRow;
    use crate::domain::worklist::{Calendar, Day, WorklistQuery};
    use crate::store::{DigitisedRow, NewPhoto, NewStudy};

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    const STUDY: StudyId = StudyId::from_bytes([1; 16]);
    const BY: OperatorId = OperatorId::from_bytes([2; 16]);

    fn first_row(store: &Store) -> WorklistRow {
        let today = Calendar { today: Day::of(NOW.wall, 0), utc_offset_minutes: 0 };
        store.worklist(&WorklistQuery::default(), today).unwrap().rows.remove(0)
    }

    fn register(store: &Store) {
        let patient = NewPatient {
            name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
            local_id: None,
            sex: Sex::Female,
            age: AgeEvidence::BirthYear(1980),
            programmes: Vec::new(),
        };
        let indication = Indication::default();
        let registration = Registration { person: Person::New(patient), indication };
        let newcomer = PatientId::from_bytes([3; 16]);
        let new = NewStudy { id: STUDY, newcomer, registration, by: BY, at: NOW, year: Some(2027) };
        store.register(&new).unwrap();
    }

    /// A tuberculosis score with threshold 0.5 and no band.
    fn sheet(score: f32) -> ScoreSheet {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.5), at(0.5)).unwrap();
        let (finding, evidence) = (Finding::Tuberculosis, Evidence::Assessed);
        let line = ScoreLine {
            map: ActivationMap::new(1, 1, vec![score], Extent::new(0.25, 0.0, 1.0, 0.5).unwrap()),
            ..ScoreLine::new(finding, evidence, at(score), threshold)
        };
        ScoreSheet {
            model: ModelRef {
                id: "m".into(),
                version: "1".into(),
                sha256: Sha256Digest::from_bytes([4; 32]),
            },
            backend: Backend::Tract,
            preprocessing: 1,
            lines: vec![line],
            not_assessed: vec![(Finding::Mass, NotAssessed::NotInModel)],
            lungs: Some(LungReading {
                model: ModelRef {
                    id: "lungs".into(),
                    version: "1".into(),
                    sha256: Sha256Digest::from_bytes([5; 32]),
                },
                fields: LungFields::new(
                    2,
                    1,
                    vec![Cell::Opaque(Lung::Right), Cell::Clear(Lung::Left)],
                )
                .unwrap(),
                repeat_error: RepeatError::new(2.0, 0.5).unwrap(),
            }),
        }
    }

    fn read_photo(store: &Store, number: u8, score: f32) {
        let id = PhotoId::from_bytes([number; 16]);
        let mut part = store.new_part(id, 1).unwrap();
        part.write(&[number; 64]).unwrap();
        let (study, by, at) = (STUDY, BY, NOW);
        let media_type = "image/jpeg";
        let new = NewPhoto { id, study, by, part, media_type, at, photos_max: 9 };
        store.add_photo(&new).unwrap();
        let plain = DigitisedRow::plain(Sha256Digest::from_bytes([5; 32]));
        let row = DigitisedRow { age_doubtful: true, ..plain };
        store.digitised(id, &row, None, NOW).unwrap();
        assert_eq!(store.digitised_row(id).unwrap(), Some(row.clone()));
        store.graded(id, &row.grade, &[], NOW).unwrap();
        store.scored(id, &sheet(score), NOW).unwrap();
        store.drafted(id, "text", NOW).unwrap();
        let stored = store.reading(id).unwrap();
        assert_eq!(stored, Some((sheet(score), Some("text".to_owned()))));
    }

    #[test]
    fn complaints_make_a_film_more_urgent_and_never_change_the_reading() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        register(&store);
        read_photo(&store, 6, 0.1);
        let urgency = || store.study(STUDY).unwrap().unwrap().urgency;
        assert_eq!(urgency(), Some(Urgency::Routine));
        let coughs = vec![Symptom::Cough];
        let told = Indication::new(Some(Reason::Triage), coughs, PastTb::No, HivStatus::Positive);
        store.indicate(STUDY, &told, BY, NOW).unwrap();
        assert_eq!(urgency(), Some(Urgency::Soon));
        assert_eq!(store.study(STUDY).unwrap().unwrap().indication, told);
        let stored = store.reading(PhotoId::from_bytes([6; 16])).unwrap();
        assert_eq!(stored, Some((sheet(0.1), Some("text".to_owned()))));
        let events = store.read(|db| {
            let all = "select group_concat(kind || ' ' || detail) from event";
            Ok(db.query_row(all, [], |row| row.get::<_, String>(0))?)
        });
        let events = events.unwrap();
        assert!(events.contains("indication_changed") && !events.contains("positive"), "{events}");
    }

    #[test]
    fn a_second_photo_never_takes_an_urgent_reading_away() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        register(&store);
        read_photo(&store, 6, 0.9);
        read_photo(&store, 7, 0.1);
        let row = first_row(&store);
        assert_eq!(row.urgency, Some(Urgency::Urgent));
        assert_eq!(row.headline.unwrap().2, Call::Above);
    }

    #[test]
    fn a_second_photo_raises_the_urgency() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        register(&store);
        read_photo(&store, 6, 0.1);
        read_photo(&store, 7, 0.9);
        let row = first_row(&store);
        assert_eq!(row.urgency, Some(Urgency::Urgent));
    }
}
