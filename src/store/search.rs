//! Finding patients: by what is on a slip or card, by the number of a film, by a name in any script; and
//! those who may be the person that is being registered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Params};

use crate::domain::box_id::{BoxId, NoBoxId};
use crate::domain::ids::{PatientId, StudyNumber};
use crate::domain::patient::{
    Alike, Asked, FoundBy, FoundPatient, NewPatient, ages_compatible, local_key, name_fit,
    sexes_compatible, sounds_alike,
};
use crate::domain::programme_id::{AbhaNumber, NikshayId, OtherProgrammeId, ProgrammeId};
use crate::domain::registration::LikelyDuplicate;
use crate::domain::sound::{Sound, may_mean, sounds};
use crate::domain::view::PatientSearch;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::patients::{found_patient, range, with_box_id};
use crate::store::sql::patient_id;

/// Patients on the page of a search.
const HITS_MAX: usize = 20;
/// Patients that a name is compared with. "A" alone fits thousands, and nobody reads them.
const CANDIDATES_MAX: usize = 4_000;
/// Patients whose names are looked up one by one.
const LOOKED_UP_MAX: usize = 200;
/// Likely duplicates that a person is asked about.
const ALIKE_MAX: usize = 5;

impl Store {
    /// Finds patients; without anything asked, those with the newest studies.
    ///
    /// # Errors
    /// When the database fails.
    pub fn search_patients(&self, text: &str) -> Result<PatientSearch, StoreError> {
        self.read(|db| search(db, text))
    }
}

fn search(db: &Connection, text: &str) -> Result<PatientSearch, StoreError> {
    let mut hits = Hits::default();
    let mut mistyped = false;
    let asked = Asked::of(text);
    if asked == Asked::Nothing {
        let newest = "select patient_id as id from study order by number desc limit ?1";
        hits.add_all(ids(db, newest, [HITS_MAX])?, FoundBy::Name);
        return hits.read(db, false);
    }
    match BoxId::read(text) {
        Ok(id) => hits.add_all(with_box_id(db, id)?, FoundBy::BoxId),
        Err(NoBoxId::Check) => mistyped = true,
        Err(NoBoxId::Shape) => mistyped = BoxId::is_meant(text, range(db)?.code),
    }
    if let Asked::Number(number) = asked {
        let by = "select patient_id as id from study where number = ?1";
        hits.add_all(ids(db, by, [number])?, FoundBy::Study(StudyNumber(number)));
    }
    let key = local_key(text);
    if !key.is_empty() {
        let by = "select id from patient where local_key = ?1 order by rowid desc limit ?2";
        hits.add_all(ids(db, by, (&key, HITS_MAX))?, FoundBy::LocalId);
        for value in programme_values(text) {
            let by = "select patient_id as id from programme_id where value = ?1 limit ?2";
            hits.add_all(ids(db, by, (&value, HITS_MAX))?, FoundBy::Programme);
        }
    }
    let mut named = named(db, &sounds(text))?;
    named.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    hits.add_all(named.into_iter().map(|(_, _, id)| id), FoundBy::Name);
    hits.read(db, mistyped)
}

/// How the id of a programme may be stored that somebody types like this.
fn programme_values(text: &str) -> BTreeSet<String> {
    let nikshay = NikshayId::parse(text).map(ProgrammeId::Nikshay);
    let abha = AbhaNumber::parse(text).map(ProgrammeId::Abha);
    let other = OtherProgrammeId::parse("any", text).map(ProgrammeId::Other);
    let ids = [nikshay, abha, other].into_iter().flatten();
    ids.map(|id| id.value().to_owned()).collect()
}

/// Those found so far, each once, in order.
#[derive(Default)]
struct Hits {
    known: BTreeSet<PatientId>,
    found: Vec<(PatientId, FoundBy)>,
}

impl Hits {
    fn add_all(&mut self, ids: impl IntoIterator<Item = PatientId>, by: FoundBy) {
        for id in ids {
            if self.known.insert(id) {
                self.found.push((id, by));
            }
        }
    }

    fn read(self, db: &Connection, mistyped: bool) -> Result<PatientSearch, StoreError> {
        let more = self.found.len() > HITS_MAX;
        let mut hits = Vec::new();
        for (id, by) in self.found.into_iter().take(HITS_MAX) {
            hits.extend(found_patient(db, id)?.map(|found| (found, by)));
        }
        Ok(PatientSearch { hits, more, mistyped })
    }
}

fn ids(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<PatientId>, StoreError> {
    let mut select = db.prepare_cached(sql)?;
    let mut rows = select.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(patient_id(row, "id")?);
    }
    Ok(found)
}

/// Patients with every word that was asked for in their names: fit, order of registration, id.
fn named(db: &Connection, asked: &[Sound]) -> Result<Vec<(f32, i64, PatientId)>, StoreError> {
    let all = matches(db, asked)?.into_iter().filter(|(_, one)| one.words.len() == asked.len());
    let ids: BTreeSet<PatientId> = all.map(|(id, _)| id).take(CANDIDATES_MAX).collect();
    let found = names_of(db, &ids)?
        .into_iter()
        .filter_map(|(id, (place, name))| name_fit(asked, &name).map(|fit| (fit, place, id)));
    Ok(found.collect())
}

/// Order of registration and sounds of many patients. Many are read in two passes over the tables: a
/// look-up for each of thousands would take longer.
fn names_of(
    db: &Connection,
    ids: &BTreeSet<PatientId>,
) -> Result<BTreeMap<PatientId, (i64, Vec<Sound>)>, StoreError> {
    let mut found = BTreeMap::new();
    if ids.len() <= LOOKED_UP_MAX {
        let mut select = db.prepare_cached("select rowid from patient where id = ?1")?;
        for id in ids {
            let place = select.query_row([id.as_bytes()], |row| row.get(0))?;
            found.insert(*id, (place, name_sounds(db, *id)?));
        }
        return Ok(found);
    }
    let mut select = db.prepare_cached("select id, rowid as place from patient")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id = patient_id(row, "id")?;
        if ids.contains(&id) {
            found.insert(id, (row.get("place")?, Vec::new()));
        }
    }
    // In no order that matters: of a name's words each is compared with all.
    let mut select =
        db.prepare_cached("select patient_id as id, key, transcript from name_sound")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((_, name)) = found.get_mut(&patient_id(row, "id")?) {
            name.push(Sound { key: row.get("key")?, transcript: row.get("transcript")? });
        }
    }
    Ok(found)
}

/// How a patient's name meets the words that were asked for.
#[derive(Default)]
struct Match {
    /// Which of the words may be in it.
    words: BTreeSet<usize>,
    /// How many words the name has.
    of: usize,
}

/// Patients whose names may hold a word that was asked for.
fn matches(db: &Connection, asked: &[Sound]) -> Result<BTreeMap<PatientId, Match>, StoreError> {
    let mut found: BTreeMap<PatientId, Match> = BTreeMap::new();
    let mut keys: Vec<(String, Vec<usize>)> = Vec::new();
    let mut select = db.prepare_cached("select distinct key from name_sound")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        let meant = asked.iter().enumerate().filter(|(_, word)| may_mean(&word.key, &key));
        let meant: Vec<_> = meant.map(|(at, _)| at).collect();
        if !meant.is_empty() {
            keys.push((key, meant));
        }
    }
    let mut select =
        db.prepare_cached("select patient_id as id, words from name_sound where key = ?1")?;
    for (key, meant) in keys {
        let mut rows = select.query([key])?;
        while let Some(row) = rows.next()? {
            let one = found.entry(patient_id(row, "id")?).or_default();
            one.words.extend(&meant);
            one.of = row.get("words")?;
        }
    }
    Ok(found)
}

fn name_sounds(db: &Connection, id: PatientId) -> Result<Vec<Sound>, StoreError> {
    let mut select = db.prepare_cached(
        "select key, transcript from name_sound where patient_id = ?1 order by place",
    )?;
    let mut rows = select.query([id.as_bytes()])?;
    let mut sounds = Vec::new();
    while let Some(row) = rows.next()? {
        sounds.push(Sound { key: row.get("key")?, transcript: row.get("transcript")? });
    }
    Ok(sounds)
}

/// Patients who may be the person that is being registered, those with the strongest reason first.
pub(super) fn alike(
    db: &Connection,
    new: &NewPatient,
    year: Option<i32>,
) -> Result<Vec<LikelyDuplicate>, StoreError> {
    let mut reasons: HashMap<PatientId, BTreeSet<Alike>> = HashMap::new();
    for id in &new.programmes {
        let by = "select patient_id as id from programme_id \
                  where value = ?1 and kind = ?2 and programme = ?3 limit ?4";
        let params = (id.value(), id.kind().code(), id.programme(), ALIKE_MAX);
        for patient in ids(db, by, params)? {
            reasons.entry(patient).or_default().insert(Alike::Programme);
        }
    }
    let local = new.local_id.as_ref().map(|id| local_key(id.reveal().as_str()));
    if let Some(key) = local.filter(|key| !key.is_empty()) {
        let by = "select id from patient where local_key = ?1 order by rowid desc limit ?2";
        for patient in ids(db, by, (key, ALIKE_MAX))? {
            reasons.entry(patient).or_default().insert(Alike::LocalId);
        }
    }
    for patient in same_name(db, new, year)? {
        reasons.entry(patient).or_default().insert(Alike::Name);
    }
    let mut found = Vec::new();
    for (id, alike) in reasons {
        let alike: Vec<_> = alike.into_iter().collect();
        found.extend(found_patient(db, id)?.map(|found| LikelyDuplicate { found, alike }));
    }
    // The strongest reason first, then more reasons, then who was here last.
    let rank = |one: &LikelyDuplicate| {
        (one.alike.first().copied(), usize::MAX - one.alike.len(), -one.found.newest.1.0)
    };
    found.sort_by_key(rank);
    found.truncate(ALIKE_MAX);
    Ok(found)
}

/// Patients with a name that sounds alike, the same sex, and an age that fits.
fn same_name(
    db: &Connection,
    new: &NewPatient,
    year: Option<i32>,
) -> Result<Vec<PatientId>, StoreError> {
    let asked = sounds(new.name.reveal().as_str());
    let mut found = Vec::new();
    for (id, one) in matches(db, &asked)? {
        // Every word of the shorter name is in the longer one.
        if one.words.len() < asked.len().min(one.of) || !sounds_alike(&asked, &name_sounds(db, id)?)
        {
            continue;
        }
        let Some(FoundPatient { patient, told_in, .. }) = found_patient(db, id)? else { continue };
        let ages = ages_compatible((patient.age, told_in), (new.age, year));
        if ages && sexes_compatible(patient.sex, new.sex) {
            found.push(id);
        }
    }
    Ok(found)
}
