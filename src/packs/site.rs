//! What a site adds to a pack: thresholds from its own confirmed cases, and which new pack is proposed.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use crate::domain::finding::{Finding, Score, Threshold};
use crate::domain::radiograph::CaptureChannel;
use crate::durable;
use crate::infer::{ModelKind, Pack, PackSet, Role};
use crate::packs::{Library, LibraryError, PackName};

/// Folder of the thresholds, beside the packs; no pack can have this name.
pub(super) const THRESHOLDS: &str = "thresholds";

/// File that names the proposed pack; no pack can have this name either.
pub(super) const PROPOSED: &str = "proposed";

/// Thresholds of a site, by finding.
pub type SiteThresholds = BTreeMap<Finding, Threshold>;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawThreshold {
    at: f32,
    low: f32,
    high: f32,
}

impl Library {
    /// Notes an installed pack that scores findings as one to be compared with the pack in use. Packs
    /// of other roles change more than calls and are chosen by hand.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn propose(&self, name: &PackName) -> Result<bool, LibraryError> {
        let fits = self.pack(name)?.manifest.kind.role() == Role::Findings;
        if fits && !self.names_in_use()?.contains(name) {
            let path = self.folder.join(PROPOSED);
            durable::replace(&path, name.to_string().as_bytes())
                .map_err(LibraryError::file("write", &path))?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The proposed pack, unless it reads already.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn proposed(&self) -> Result<Option<PackName>, LibraryError> {
        let path = self.folder.join(PROPOSED);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(PackName::parse(text.trim())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LibraryError::file("read", &path)(error)),
        }
    }

    /// Forgets the proposal of a pack: it was decided about, or cannot be used. That of another one,
    /// which came meanwhile, stays.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn forget_proposed(&self, name: &PackName) -> Result<(), LibraryError> {
        if self.proposed()?.is_some_and(|proposed| proposed != *name) {
            return Ok(());
        }
        let path = self.folder.join(PROPOSED);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(LibraryError::file("remove", &path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Keeps the site's own thresholds of a pack; none: the pack's.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keep_thresholds(
        &self,
        name: &PackName,
        thresholds: &SiteThresholds,
    ) -> Result<(), LibraryError> {
        let folder = self.folder.join(THRESHOLDS);
        fs::create_dir_all(&folder).map_err(LibraryError::file("create", &folder))?;
        let raw: BTreeMap<&str, RawThreshold> = thresholds
            .iter()
            .map(|(finding, threshold)| {
                let ((low, high), at) = (threshold.band(), threshold.at().value());
                (finding.code(), RawThreshold { at, low: low.value(), high: high.value() })
            })
            .collect();
        let path = folder.join(format!("{name}.toml"));
        let text = toml::to_string(&raw).map_err(|error| damaged(&path, &error.to_string()))?;
        durable::replace(&path, text.as_bytes()).map_err(LibraryError::file("write", &path))
    }

    /// The site's own thresholds of a pack.
    ///
    /// # Errors
    /// When the file is there and cannot be read: falling back to other thresholds in silence would
    /// change calls.
    pub fn thresholds(&self, name: &PackName) -> Result<SiteThresholds, LibraryError> {
        let path = self.folder.join(THRESHOLDS).join(format!("{name}.toml"));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(LibraryError::file("read", &path)(error)),
        };
        let raw: BTreeMap<String, RawThreshold> =
            toml::from_str(&text).map_err(|error| damaged(&path, error.message()))?;
        let threshold = |(code, raw): (String, RawThreshold)| {
            let (at, low, high) =
                (Score::new(raw.at)?, Score::new(raw.low)?, Score::new(raw.high)?);
            Some((Finding::parse(&code)?, Threshold::new(at, low, high)?))
        };
        let all: Option<SiteThresholds> = raw.into_iter().map(threshold).collect();
        all.ok_or_else(|| damaged(&path, "a threshold is none"))
    }

    /// Puts the site's own thresholds into the findings pack of a set.
    pub(super) fn apply_thresholds(&self, packs: &mut PackSet) -> Result<(), LibraryError> {
        let thresholds = self.thresholds(&PackName::of(&packs.findings))?;
        set_thresholds(&mut packs.findings, &thresholds);
        Ok(())
    }
}

/// Puts thresholds for photographed films into a findings pack.
fn set_thresholds(pack: &mut Pack, thresholds: &SiteThresholds) {
    let ModelKind::Findings(spec) = &mut pack.manifest.kind else { return };
    for finding in &mut spec.findings {
        let Some(threshold) = thresholds.get(&finding.finding) else { continue };
        for (channel, operation) in &mut finding.operation {
            if *channel == CaptureChannel::Phone {
                operation.threshold = *threshold;
            }
        }
    }
}

fn damaged(path: &std::path::Path, reason: &str) -> LibraryError {
    LibraryError::Thresholds { path: path.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_s_thresholds_are_read_back_and_read_with() {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::open(dir.path()).unwrap();
        let mut packs = PackSet::embedded().unwrap();
        let name = PackName::of(&packs.findings);
        let score = |value| Score::new(value).unwrap();
        let own = Threshold::new(score(0.31), score(0.25), score(0.4)).unwrap();
        let kept: SiteThresholds = [(Finding::Tuberculosis, own)].into();
        library.keep_thresholds(&name, &kept).unwrap();
        assert_eq!(library.thresholds(&name).unwrap(), kept);
        library.apply_thresholds(&mut packs).unwrap();
        let ModelKind::Findings(spec) = &packs.findings.manifest.kind else { panic!() };
        let spec = spec.findings.iter().find(|one| one.finding == Finding::Tuberculosis).unwrap();
        assert_eq!(spec.on(CaptureChannel::Phone).unwrap().threshold, own);

        let path = dir.path().join("models/thresholds").join(format!("{name}.toml"));
        fs::write(path, "[tuberculosis]\nat = 2.0\nlow = 0.1\nhigh = 0.2\n").unwrap();
        assert!(library.thresholds(&name).is_err());
    }

    #[test]
    fn a_pack_in_use_is_no_proposal() {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::open(dir.path()).unwrap();
        let name = PackName::of(&PackSet::embedded().unwrap().findings);
        assert!(!library.propose(&name).unwrap());
        assert_eq!(library.proposed().unwrap(), None);
        library.forget_proposed(&name).unwrap();

        let folder = dir.path().join("models");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(PROPOSED), "newer@9.0.0").unwrap();
        library.forget_proposed(&name).unwrap();
        let newer = PackName::parse("newer@9.0.0").unwrap();
        assert_eq!(library.proposed().unwrap().as_ref(), Some(&newer), "another one's stays");
        library.forget_proposed(&newer).unwrap();
        assert_eq!(library.proposed().unwrap(), None);
    }
}
