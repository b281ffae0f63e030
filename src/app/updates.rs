//! Updates as the people at the box see them: what is offered, who agreed, how far it is.

use std::path::PathBuf;

use crate::app::{App, Inner};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::{Operator, PersonName};
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;
use crate::domain::sync::bundle::{Stage, UpdateChoice};
use crate::domain::sync::order::{Asked, OrderKind, OrderRefusal, Outcome};
use crate::domain::update::{BootRecord, BoxFacts, Bundle, Phase, ReleaseVersion};
use crate::store::StoreError;
use crate::update::{FOLDERS_DEFAULT, Layout, Notes, Request, Status, UpdateError};
use crate::wire::orders;

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
    /// It came from the portal, which this person of it has asked.
    pub from_portal: Option<PersonName>,
}

/// A program that the portal has ordered and that is not here yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingUpdate {
    /// Its version.
    pub version: ReleaseVersion,
    /// How much of it is here, percent.
    pub percent: u8,
    /// It waits because there is not enough room.
    pub no_room: bool,
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
    /// What comes from the portal.
    pub coming: Option<ComingUpdate>,
    /// When programs of the portal are installed; `None`: there is no portal, or no slots.
    pub choice: Option<UpdateChoice>,
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
            let (status, possible) = (told(dir), found.is_ok());
            let mut offers: Vec<_> =
                found.unwrap_or_default().into_iter().map(|(_, one)| one).collect();
            let ordered = ordered(inner)?;
            for offer in &mut offers {
                let same = ordered.as_ref().filter(|one| one.manifest == Some(offer.digest));
                offer.from_portal = same.map(|one| one.by.clone());
            }
            let asks = possible && inner.sync.has_portal();
            let choice = asks.then(|| inner.store.update_choice()).transpose()?;
            let coming = ordered.and_then(|one| one.coming);
            Ok(UpdateState { possible, offers, status, coming, choice })
        })
        .await
    }

    /// Asks for an update that was offered; whoever may write into the slots takes it from there.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::UpdateGone`] when the bundle is not there any more, or disk faults.
    pub async fn ask_for_update(&self, by: &Operator, digest: Sha256Digest) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| ask_updater(inner, Some(by), digest, at)).await
    }

    /// Says no to a program of the portal; it is not asked for again.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::UpdateGone`] when the portal's is another one or there is none, or
    /// when the database or disk fails.
    pub async fn decline_update(&self, by: &Operator, digest: Sha256Digest) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| {
            let row = inner.store.open_bundle()?;
            let row = row.filter(|row| row.stage == Stage::Ready && row.manifest == Some(digest));
            row.ok_or(Fault::UpdateGone)?;
            let outcome = Outcome::Refused(OrderRefusal::Declined);
            inner.store.end_bundle(outcome, Some(by), at)?;
            crate::app::sync::tidy_bundles(inner)
        })
        .await
    }

    /// Removes bundles from the inbox that are not needed any more. What fails is logged: nothing rests
    /// on it but room.
    pub async fn forget_taken_bundles(&self) {
        let place = self.inner.updates.clone();
        let done = self.blocking(move |inner| {
            let Ok(layout) = Layout::open(&place.slots_dir) else { return Ok(()) };
            let (record, keys) = (layout.record().map_err(failed)?, layout.keys().map_err(failed)?);
            let running = box_facts(&record).version;
            Notes::of(inner.store.dir()).forget_taken(running, &keys).map_err(failed)
        });
        if done.await.is_err() {
            tracing::warn!("bundles that are not needed any more could not be removed");
        }
    }

    /// Chooses when programs of the portal are installed.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn choose_updates(&self, by: &Operator, choice: UpdateChoice) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.choose_updates(choice, by, at)).await
    }
}

/// Asks the updater for an offered bundle; `by` is nobody where the people of the box want it so at night.
///
/// # Errors
/// [`Fault::UpdateGone`], [`Fault::UpdateUnderWay`], or disk faults.
pub(super) fn ask_updater(
    inner: &Inner,
    by: Option<OperatorId>,
    digest: Sha256Digest,
    at: Stamp,
) -> Result<(), StoreError> {
    let dir = inner.store.dir();
    let found = found(&inner.updates, dir).unwrap_or_default();
    let offer = found.into_iter().find(|(_, offer)| offer.digest == digest);
    let (file, offer) = offer.ok_or(Fault::UpdateGone)?;
    let notes = Notes::of(dir);
    if told(dir).is_some_and(|status| status.phase.goes_on()) {
        return Err(Fault::UpdateUnderWay.into());
    }
    inner.store.note(by, "update_asked", &format!("{} {digest}", offer.version), at)?;
    notes.ask(&Request { file, digest }).map_err(failed)?;
    let version = Some(offer.version);
    notes.tell(&Status { version, phase: Phase::Asked, percent: 0, reason: None });
    // Last: what the note above replaced must not be taken for the end of this one.
    inner.store.bundle_asked(digest)
}

/// A failure of the updates folder or the slots, logged.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
pub(super) fn failed(error: UpdateError) -> StoreError {
    tracing::error!(error = super::chain(&error), "files of an update cannot be used");
    StoreError::from(Fault::StorageFailed)
}

/// What the portal has ordered and nobody has decided about.
struct Ordered {
    by: PersonName,
    manifest: Option<Sha256Digest>,
    coming: Option<ComingUpdate>,
}

fn ordered(inner: &Inner) -> Result<Option<Ordered>, StoreError> {
    let Some(row) = inner.store.open_bundle()? else { return Ok(None) };
    let read = orders::read(OrderKind::Bundle, row.order.order.body.reveal());
    let Ok(Asked::Bundle(by, offer)) = read else { return Ok(None) };
    let percent = u8::try_from(row.held_bytes.saturating_mul(100) / row.size_bytes.max(1));
    let comes = matches!(row.stage, Stage::Fetching | Stage::NoRoom);
    let coming = comes.then(|| ComingUpdate {
        version: offer.version,
        percent: percent.unwrap_or(100),
        no_room: row.stage == Stage::NoRoom,
    });
    Ok(Some(Ordered { by, manifest: row.manifest, coming }))
}

/// What this box is.
pub(super) fn box_facts(record: &BootRecord) -> BoxFacts {
    BoxFacts {
        version: ReleaseVersion::parse(crate::release::version()).unwrap_or(record.version),
        target: crate::release::target().to_owned(),
        schema: crate::store::known_schema(),
        failed: record.failed,
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
    let facts = box_facts(&record);
    let mut folders = vec![Notes::of(dir).inbox()];
    folders.extend(place.folders.iter().cloned());
    let offer = |bundle: &Bundle, digest| UpdateOffer {
        digest,
        version: bundle.version,
        size_mib: bundle.parts.size_bytes().div_ceil(1 << 20),
        failed_before: facts.failed == Some(bundle.version),
        from_portal: None,
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
