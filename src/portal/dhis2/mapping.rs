//! What leaves for DHIS2, and under which names: a file that an administrator writes. What it does not name
//! does not leave.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::uid::is_uid;
use crate::domain::finding::Finding;

/// What can be told of a person.
const ATTRIBUTES: [&str; 8] =
    ["name", "sex", "age_years", "birth_year", "slip_id", "clinic_id", "nikshay", "abha"];
/// What can be told of a film, beside what is told of each finding.
const OF_FILM: [&str; 6] = ["number", "state", "urgency", "signed", "conclusion", "model"];
/// What can be told of a finding.
const OF_FINDING: [&str; 3] = ["score", "call", "decision"];
/// What can be told of a test.
const OF_TEST: [&str; 2] = ["test", "result"];
/// What can be told of how it ended.
const OF_OUTCOME: [&str; 1] = ["outcome"];

/// Why a mapping is not used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// It is not understood.
    #[error("cannot understand {}: {reason}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A name is no UID of DHIS2, which are a letter and ten letters or digits.
    #[error("{0} is no UID of DHIS2: a letter and ten letters or digits")]
    Uid(String),
    /// Nothing of that name can be told.
    #[error("{0} is nothing that can leave; docs/sync.md lists what can")]
    Unknown(String),
}

/// A mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The program.
    pub program: String,
    /// What a patient is there.
    pub tracked_entity_type: String,
    /// For sites that are not listed; `None`: they are left out.
    pub default_org_unit: Option<String>,
    /// Organisation units by the name of a site, or by the name of a box.
    #[serde(default)]
    pub org_units: BTreeMap<String, String>,
    /// Attributes of the tracked entity.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// Program stages: film, test, outcome.
    pub stages: Stages,
    /// Option codes in place of ours: by what is told, then by our code.
    #[serde(default)]
    pub options: BTreeMap<String, BTreeMap<String, String>>,
}

/// The stages of the program; one that is not there leaves out what it is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// One event for each film.
    pub film: Option<Stage>,
    /// One event for each test.
    pub test: Option<Stage>,
    /// One event for how it ended.
    pub outcome: Option<Stage>,
}

/// A stage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its UID.
    pub uid: String,
    /// Data elements.
    pub data_elements: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a file.
    ///
    /// # Errors
    /// [`MappingError`].
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| MappingError::Read { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`MappingError`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text).map_err(|error| MappingError::Syntax {
            path: path.to_owned(),
            reason: error.message().to_owned(),
        })?;
        mapping.check()?;
        Ok(mapping)
    }

    fn check(&self) -> Result<(), MappingError> {
        let plain = |key: &str| ATTRIBUTES.contains(&key);
        known(self.attributes.keys(), plain)?;
        let stages = &self.stages;
        let film = |key: &str| OF_FILM.contains(&key) || of_finding(key);
        let elements = |stage: &Option<Stage>| {
            stage.as_ref().map(|one| one.data_elements.clone()).unwrap_or_default()
        };
        known(elements(&stages.film).keys(), film)?;
        known(elements(&stages.test).keys(), |key| OF_TEST.contains(&key))?;
        known(elements(&stages.outcome).keys(), |key| OF_OUTCOME.contains(&key))?;
        let optional = |key: &str| {
            plain(key)
                || film(key)
                || OF_FINDING.contains(&key)
                || OF_TEST.contains(&key)
                || OF_OUTCOME.contains(&key)
        };
        known(self.options.keys(), optional)?;
        let all = [&stages.film, &stages.test, &stages.outcome].into_iter().flatten();
        let uids = [&self.program, &self.tracked_entity_type]
            .into_iter()
            .chain(&self.default_org_unit)
            .chain(self.org_units.values())
            .chain(self.attributes.values())
            .chain(all.flat_map(|one| one.data_elements.values().chain([&one.uid])));
        match uids.into_iter().find(|text| !is_uid(text)) {
            Some(wrong) => Err(MappingError::Uid(wrong.clone())),
            None => Ok(()),
        }
    }

    /// The organisation unit of a box; `None`: what it has is left out.
    #[must_use]
    pub fn org_unit(&self, site: &str, box_id: &str) -> Option<&str> {
        let unit = self.org_units.get(box_id).or_else(|| self.org_units.get(site));
        unit.or(self.default_org_unit.as_ref()).map(String::as_str)
    }

    /// A code as DHIS2 has it. Where options are listed, one that is not listed does not leave: a wrong one
    /// would be refused there, or mean something else.
    #[must_use]
    pub fn option(&self, what: &str, code: &str) -> Option<String> {
        let kind = what.split('.').next().unwrap_or_default();
        match self.options.get(what).or_else(|| self.options.get(kind)) {
            Some(options) => options.get(code).cloned(),
            None => Some(code.to_owned()),
        }
    }
}

fn of_finding(key: &str) -> bool {
    key.split_once('.').is_some_and(|(what, finding)| {
        OF_FINDING.contains(&what) && Finding::parse(finding).is_some()
    })
}

fn known<'a>(
    keys: impl Iterator<Item = &'a String>,
    known: impl Fn(&str) -> bool,
) -> Result<(), MappingError> {
    match keys.into_iter().find(|key| !known(key)) {
        Some(key) => Err(MappingError::Unknown(key.clone())),
        None => Ok(()),
    }
}
