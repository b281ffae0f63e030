//! Rows of comparisons between a new network and the one in use.

use rusqlite::{Connection, Row};

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::ids::{OperatorId, PhotoId, StudyId, StudyNumber};
use crate::domain::people::AgeEvidence;
use crate::domain::reading::{ModelRef, ScoreSheet};
use crate::domain::shadow::{CONFIRMED_FILMS_MAX, Compared, FILMS_MAX};
use crate::domain::stamp::Stamp;
use crate::store::error::StoreError;
use crate::store::sql::{digest, parsed, patient, photo_id, study_id};
use crate::store::{Store, journal};

/// Where a comparison stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShadowState {
    /// Films are scored.
    Scoring,
    /// A physician has to decide.
    Waiting,
    /// The new network reads.
    Used,
    /// It does not.
    Refused,
}

impl ShadowState {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scoring => "scoring",
            Self::Waiting => "waiting",
            Self::Used => "used",
            Self::Refused => "refused",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        let all = [Self::Scoring, Self::Waiting, Self::Used, Self::Refused];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowRun {
    /// Its number.
    pub seq: i64,
    /// The new model.
    pub model: ModelRef,
    /// Where it stands.
    pub state: ShadowState,
    /// Films looked at so far.
    pub done: u32,
    /// Films, calls and changed calls, once it has ended.
    pub figures: Option<[u32; 3]>,
}

/// A film that waits to be scored by the new network.
#[derive(Clone, Debug)]
pub struct ShadowFilm {
    /// The photo.
    pub photo: PhotoId,
    /// Its radiograph.
    pub radiograph: Sha256Digest,
    /// The patient's age.
    pub age: AgeEvidence,
}

/// Whether tuberculosis or COVID-19 was confirmed in the study of a row: a positive test for it whose
/// result is in force, or the outcome in force. Compared by `is`: a study without an outcome is not confirmed,
/// where `=` would make it null.
const CONFIRMED: &str = "case score.finding \
    when 'tuberculosis' then exists (select 1 from test_film f join test_order o on o.id = f.order_id \
            join test_result r on r.order_id = o.id \
            where f.study_id = photo.study_id and o.test in ('xpert', 'smear') \
            and r.result in ('positive', 'positive_resistant') \
            and r.seq = (select max(seq) from test_result where order_id = o.id)) \
        or 'tb_confirmed' is (select outcome from outcome_film f join outcome on seq = outcome_seq \
            where f.study_id = photo.study_id order by seq desc limit 1) \
    when 'covid19' then exists (select 1 from test_film f join test_order o on o.id = f.order_id \
            join test_result r on r.order_id = o.id \
            where f.study_id = photo.study_id and o.test in ('rt_pcr', 'rapid_antigen') \
            and r.result = 'positive' \
            and r.seq = (select max(seq) from test_result where order_id = o.id)) \
        or 'covid19' is (select outcome from outcome_film f join outcome on seq = outcome_seq \
            where f.study_id = photo.study_id order by seq desc limit 1) \
    else 0 end";

impl Store {
    /// The comparison of a network, the newest; `None` when there never was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shadow_run(&self, network: Sha256Digest) -> Result<Option<ShadowRun>, StoreError> {
        self.read(|db| {
            find(db, "network = ?1 order by seq desc limit 1", [network.as_bytes().as_slice()])
        })
    }

    /// The comparison that a physician has to decide about.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shadow_waiting(&self) -> Result<Option<ShadowRun>, StoreError> {
        self.read(|db| find(db, "state = 'waiting' order by seq desc limit 1", []))
    }

    /// Begins a comparison with the films that are read now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin_shadow(
        &self,
        model: &ModelRef,
        against: Sha256Digest,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into shadow_run (pack_id, pack_version, network, against, photo_seq_max, \
                 state, began_ms, began_trust) values (?1, ?2, ?3, ?4, \
                 (select coalesce(max(seq), 0) from photo), 'scoring', ?5, ?6)",
                (
                    &model.id,
                    &model.version,
                    model.sha256.as_bytes(),
                    against.as_bytes(),
                    at.wall.0,
                    at.trust.code(),
                ),
            )?;
            journal::note(tx, None, "model_shadow_began", &named(model), at)
        })
    }

    /// The newest film that the comparison has not looked at; after the newest ones, only films on which
    /// a disease was confirmed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shadow_next(&self, run: i64) -> Result<Option<ShadowFilm>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select photo.id as photo_id_, radiograph, patient.*, patient.id as patient_id \
                 from photo join digitised on digitised.photo_id = photo.id \
                 join reading on reading.photo_id = photo.id \
                 join study on study.id = photo.study_id \
                 join patient on patient.id = study.patient_id \
                 join shadow_run on shadow_run.seq = ?1 \
                 left join shadow_film on run = shadow_run.seq and shadow_film.photo_id = photo.id \
                 where photo.state = 'reported' and photo.seq <= photo_seq_max and run is null \
                   and study.state <> 'voided' and reading.model_sha256 = against \
                   and ((select count(*) from shadow_film where run = ?1) < ?2 \
                     or ((select count(*) from shadow_film where run = ?1) < ?3 and exists \
                       (select 1 from score where score.photo_id = photo.id and {CONFIRMED}))) \
                 order by photo.seq desc limit 1"
            ))?;
            let mut rows = select.query((run, FILMS_MAX, FILMS_MAX + CONFIRMED_FILMS_MAX))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(ShadowFilm {
                photo: photo_id(row, "photo_id_")?,
                radiograph: digest(row, "radiograph")?,
                age: patient(row)?.age,
            }))
        })
    }

    /// The newest films that were read, with their studies.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_films(&self, most: u32) -> Result<Vec<(StudyId, ShadowFilm)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare(
                "select photo.id as photo_id_, photo.study_id as study_id_, radiograph, patient.*, \
                 patient.id as patient_id from photo \
                 join digitised on digitised.photo_id = photo.id \
                 join study on study.id = photo.study_id \
                 join patient on patient.id = study.patient_id \
                 where photo.state = 'reported' and study.state <> 'voided' \
                 order by photo.seq desc limit ?1",
            )?;
            let mut rows = select.query([most])?;
            let mut films = Vec::new();
            while let Some(row) = rows.next()? {
                let film = ShadowFilm {
                    photo: photo_id(row, "photo_id_")?,
                    radiograph: digest(row, "radiograph")?,
                    age: patient(row)?.age,
                };
                films.push((study_id(row, "study_id_")?, film));
            }
            Ok(films)
        })
    }

    /// Keeps what the new network says about a film; `None`: it could not be scored.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_shadow(
        &self,
        run: i64,
        photo: PhotoId,
        sheet: Option<&ScoreSheet>,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let insert = "insert into shadow_film (run, photo_id, scored) values (?1, ?2, ?3) \
                          on conflict do update set scored = max(scored, excluded.scored)";
            tx.execute(insert, (run, photo.as_bytes(), sheet.is_some()))?;
            // A hint is no call: what is assessed now and would be hinted at only, is assessed no more.
            let lines = sheet.map(|sheet| sheet.lines.as_slice()).unwrap_or_default();
            for line in lines.iter().filter(|line| line.evidence == Evidence::Assessed) {
                let (low, high) = line.threshold.band();
                tx.execute(
                    "insert or ignore into shadow_score (run, photo_id, finding, score, threshold, \
                     band_low, band_high) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (
                        run,
                        photo.as_bytes(),
                        line.finding.code(),
                        line.score.value(),
                        line.threshold.at().value(),
                        low.value(),
                        high.value(),
                    ),
                )?;
            }
            Ok(())
        })
    }

    /// Every call that was compared: assessed findings of films that the new network scored.
    ///
    /// # Errors
    /// When the database fails.
    pub fn compared(&self, run: i64) -> Result<Vec<Compared>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare(&format!(
                "select score.*, photo.study_id as study_id, study.number as number, \
                   shadow_score.score as new_score, shadow_score.threshold as new_threshold, \
                   shadow_score.band_low as new_low, shadow_score.band_high as new_high, \
                   {CONFIRMED} as confirmed \
                 from shadow_film join photo on photo.id = shadow_film.photo_id \
                 join study on study.id = photo.study_id \
                 join score on score.photo_id = photo.id \
                 left join shadow_score on shadow_score.run = shadow_film.run \
                   and shadow_score.photo_id = photo.id and shadow_score.finding = score.finding \
                 where shadow_film.run = ?1 and scored = 1 and evidence = 'assessed' \
                 order by photo.seq desc, score.finding"
            ))?;
            let mut rows = select.query([run])?;
            let mut compared = Vec::new();
            while let Some(row) = rows.next()? {
                compared.push(one(row)?);
            }
            Ok(compared)
        })
    }

    /// Findings that the new network assesses on films where the one in use did not: nothing says how
    /// they compare.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newly_assessed(&self, run: i64) -> Result<Vec<Finding>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare(
                "select distinct finding from shadow_score where run = ?1 and not exists \
                 (select 1 from score where score.photo_id = shadow_score.photo_id \
                 and score.finding = shadow_score.finding and evidence = 'assessed') \
                 order by finding",
            )?;
            let mut rows = select.query([run])?;
            let mut findings = Vec::new();
            while let Some(row) = rows.next()? {
                findings.push(parsed(row, "finding", Finding::parse)?);
            }
            Ok(findings)
        })
    }

    /// Ends the scoring: figures, and what follows. `by` is the physician who decided.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_shadow(
        &self,
        run: &ShadowRun,
        state: ShadowState,
        figures: [u32; 3],
        by: Option<OperatorId>,
        at: Stamp,
    ) -> Result<(), StoreError> {
        let decided = matches!(state, ShadowState::Used | ShadowState::Refused);
        self.write(|tx| {
            tx.execute(
                "update shadow_run set state = ?2, films = ?3, calls = ?4, flips = ?5, \
                 decided_by = ?6, decided_ms = ?7, decided_trust = ?8 where seq = ?1",
                (
                    run.seq,
                    state.code(),
                    figures[0],
                    figures[1],
                    figures[2],
                    by.as_ref().map(OperatorId::as_bytes),
                    decided.then_some(at.wall.0),
                    decided.then_some(at.trust.code()),
                ),
            )?;
            let kind = match state {
                ShadowState::Scoring | ShadowState::Waiting => "model_shadow_ended",
                ShadowState::Used => "model_used",
                ShadowState::Refused => "model_refused",
            };
            let [films, calls, flips] = figures;
            let detail = format!("{} {films} films, {flips} of {calls} calls", named(&run.model));
            journal::note(tx, by, kind, &detail, at)
        })
    }
}

fn named(model: &ModelRef) -> String {
    format!("{}@{}", model.id, model.version)
}

fn find<P: rusqlite::Params>(
    db: &Connection,
    condition: &str,
    arguments: P,
) -> Result<Option<ShadowRun>, StoreError> {
    let select = format!(
        "select shadow_run.*, (select count(*) from shadow_film where run = seq) as done \
         from shadow_run where {condition}"
    );
    let mut select = db.prepare(&select)?;
    let mut rows = select.query(arguments)?;
    rows.next()?.map(run).transpose()
}

fn run(row: &Row<'_>) -> Result<ShadowRun, StoreError> {
    let films: Option<u32> = row.get("films")?;
    let figures = match films {
        None => None,
        Some(films) => Some([films, row.get("calls")?, row.get("flips")?]),
    };
    Ok(ShadowRun {
        seq: row.get("seq")?,
        model: ModelRef {
            id: row.get("pack_id")?,
            version: row.get("pack_version")?,
            sha256: digest(row, "network")?,
        },
        state: parsed(row, "state", ShadowState::parse)?,
        done: row.get("done")?,
        figures,
    })
}

fn threshold(row: &Row<'_>, columns: [&'static str; 3]) -> Result<Threshold, StoreError> {
    let score = |column| {
        let value: f32 = row.get(column)?;
        Score::new(value).ok_or(StoreError::Corrupt { what: column })
    };
    let [at, low, high] = columns;
    Threshold::new(score(at)?, score(low)?, score(high)?).ok_or(StoreError::Corrupt { what: at })
}

fn one(row: &Row<'_>) -> Result<Compared, StoreError> {
    let score = |value: f32| Score::new(value).ok_or(StoreError::Corrupt { what: "score" });
    let new: Option<f32> = row.get("new_score")?;
    let new = match new {
        None => None,
        Some(value) => {
            Some((score(value)?, threshold(row, ["new_threshold", "new_low", "new_high"])?))
        }
    };
    Ok(Compared {
        photo: photo_id(row, "photo_id")?,
        study: study_id(row, "study_id")?,
        number: StudyNumber(row.get("number")?),
        finding: parsed(row, "finding", Finding::parse)?,
        old: (score(row.get("score")?)?, threshold(row, ["threshold", "band_low", "band_high"])?),
        new,
        confirmed: row.get("confirmed")?,
    })
}
