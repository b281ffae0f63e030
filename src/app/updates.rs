//! Updates as the people at the box see them: what is offered, who agreed, how far it is.

use std::path::PathBuf;

use crate::app::App;
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::update::{Bundle, Phase, ReleaseVersion};
use crate::store::StoreError;
use crate::update::{FOLDERS_DEFAULT, Layout, Notes, Request, Status, UpdateError};

/// Where slots and bundles are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdatePlace {
    /// The two slots.
    pub slots_dir: PathBuf,
    /// Folders in which a bundle may lie beside the inbox: where sticks are mounted.
    pub folders: Vec<PathBuf>,
}

impl Default for UpdatePlace {
    fn default() -> Self {
        Self { slots_dir: PathBuf::from(FOLDERS_DEFAULT), folders: Vec::new() }
    }
}

/// A bundle that lies ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateOffer {
    /// Digest of its manifest, which stands for it.
    pub digest: Sha256Digest,
    /// Version of its program.
    pub version: ReleaseVersion,
    /// Its size, MiB.
    pub size_mib: u64,
    /// The box went back from this version before.
    pub failed_before: bool,
}

/// What the page about updates shows.
#[derive(Clone, Debug, Default)]
pub struct UpdateState {
    /// Whether the box has slots at all.
    pub possible: bool,
    /// Bundles that this box would take, oldest first.
    pub offers: Vec<UpdateOffer>,
    /// How far the last update has come.
    pub status: Option<Status>,
}

/// Offers with the files they come from.
type Found = Vec<(PathBuf, UpdateOffer)>;

impl App {
    /// What may be installed, and how far the last update has come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_state(&self) -> Result<UpdateState, Fault> {
        let place = self.inner.updates.clone();
        self.blocking(move |inner| {
            let dir = inner.store.dir();
            let found = found(&place, dir);
            let status = told(dir);
            let offers =
                found.as_ref().map(|list| list.iter().map(|(_, one)| one.clone()).collect());
            Ok(UpdateState { possible: found.is_ok(), offers: offers.unwrap_or_default(), status })
        })
        .await
    }

    /// Asks for an update that was offered; whoever may write into the slots takes it from there.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::UpdateGone`] when the bundle is not there any more, or disk faults.
    pub async fn ask_for_update(&self, by: &Operator, digest: Sha256Digest) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let (by, at, place) = (by.id, self.now(), self.inner.updates.clone());
        self.blocking(move |inner| {
            let dir = inner.store.dir();
            let found = found(&place, dir).unwrap_or_default();
            let offer = found.into_iter().find(|(_, offer)| offer.digest == digest);
            let (file, offer) = offer.ok_or(Fault::UpdateGone)?;
            let notes = Notes::of(dir);
            if told(dir).is_some_and(|status| status.phase.goes_on()) {
                return Err(Fault::UpdateUnderWay.into());
            }
            inner.store.note(
                Some(by),
                "update_asked",
                &format!("{} {digest}", offer.version),
                at,
            )?;
            let failed = |error: UpdateError| {
                tracing::error!(%error, "an update cannot be asked for");
                StoreError::from(Fault::StorageFailed)
            };
            notes.ask(&Request { file, digest }).map_err(failed)?;
            let version = Some(offer.version);
            notes.tell(&Status { version, phase: Phase::Asked, percent: 0, reason: None });
            Ok(())
        })
        .await
    }
}

/// How far the last update has come: what was to start has started once its version runs.
fn told(dir: &std::path::Path) -> Option<Status> {
    let mut status = Notes::of(dir).status()?;
    let runs = status.version.map(|version| version.to_string());
    if status.phase == Phase::Switching && runs.as_deref() == Some(crate::release::version()) {
        status.phase = Phase::Done;
        status.percent = 100;
    }
    Some(status)
}

/// Bundles that this box would take.
fn found(place: &UpdatePlace, dir: &std::path::Path) -> Result<Found, UpdateError> {
    let layout = Layout::open(&place.slots_dir)?;
    let (record, keys) = (layout.record()?, layout.keys()?);
    let facts = crate::domain::update::BoxFacts {
        version: ReleaseVersion::parse(crate::release::version()).unwrap_or(record.version),
        target: crate::release::target().to_owned(),
        schema: crate::store::known_schema(),
        failed: record.failed,
    };
    let mut folders = vec![Notes::of(dir).inbox()];
    folders.extend(place.folders.iter().cloned());
    let offer = |bundle: &Bundle, digest| UpdateOffer {
        digest,
        version: bundle.version,
        size_mib: bundle.parts.size_bytes().div_ceil(1 << 20),
        failed_before: facts.failed == Some(bundle.version),
    };
    let mut found: Found = Notes::offers(&folders, &keys)
        .into_iter()
        .filter(|(_, bundle, _)| bundle.fits(&facts).is_ok())
        .map(|(path, bundle, digest)| (path, offer(&bundle, digest)))
        .collect();
    found.sort_by_key(|(_, offer)| offer.version);
    found.dedup_by_key(|(_, offer)| offer.digest);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn every_reason_of_a_refusal_has_its_sentence() {
        for code in UpdateError::CODES {
            let key = format!("update-reason-{code}");
            let text = Locale::english().t(&key);
            assert!(text.ends_with('.') && !text.contains(&key), "{key}");
        }
    }
}
