//! New networks: compared with the one in use while nobody works, then used, or shown to a physician.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::shadow::{Compared, FILMS_MAX, Tally, Verdict, remapped, tallies, verdict};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::infer::{Networks, Role};
use crate::packs::{Library, LibraryError, PackName, SiteThresholds};
use crate::store::{ShadowRun, ShadowState, StoreError};

/// How networks are loaded, and when a new one may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelSettings {
    /// Memory for all loaded networks together, bytes.
    pub memory_bytes: u64,
    /// Minutes of the local day between which the clinic works and no comparison runs.
    pub clinic_hours: (u16, u16),
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self { memory_bytes: crate::infer::MEMORY_CEILING, clinic_hours: (7 * 60, 20 * 60) }
    }
}

/// A comparison with all that a physician looks at.
#[derive(Clone, Debug)]
pub struct ShadowView {
    /// The comparison.
    pub run: ShadowRun,
    /// Films compared.
    pub films: usize,
    /// Calls compared.
    pub calls: usize,
    /// Calls that would change, the gravest first.
    pub flips: Vec<Compared>,
    /// The same by finding.
    pub tallies: Vec<Tally>,
    /// Findings that the new network assesses where the one in use did not.
    pub added: Vec<Finding>,
    /// Findings whose threshold comes from the site's own confirmed cases.
    pub remapped: Vec<Finding>,
}

impl ShadowView {
    /// What the comparison comes to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        verdict(self.films, &self.tallies, !self.added.is_empty())
    }
}

impl App {
    /// Holds fast which findings network reads, and proposes the one in this program where that is newer
    /// and nobody has decided about it. What fails is logged: readings go on with the one in use.
    pub async fn settle_networks(&self) {
        let settled = self.blocking(|inner| {
            let library = Library::open(inner.store.dir()).map_err(failed)?;
            library.pin().map_err(failed)?;
            let Some((name, network)) = library.newer_built_in().map_err(failed)? else {
                return Ok(());
            };
            let run = inner.store.shadow_run(network)?;
            let is_decided = run.is_some_and(|run| match run.state {
                ShadowState::Used | ShadowState::Refused => true,
                ShadowState::Scoring | ShadowState::Waiting => false,
            });
            // What a person has installed for comparison goes first.
            let proposed = library.proposed().map_err(failed)?;
            if !is_decided && proposed.is_none_or(|other| other.id == name.id) {
                library.propose(&name).map_err(failed)?;
            }
            Ok(())
        });
        if let Err(fault) = settled.await {
            tracing::error!(fault = fault.code(), "the network that reads is not held fast");
        }
    }

    /// Whether no comparison may run now: the clinic works, or nobody knows what time it is.
    pub(super) fn clinic_works(&self) -> bool {
        let (from, until) = self.inner.models.clinic_hours;
        if from == until {
            return false;
        }
        let minute = self.local_time().minute.minutes();
        let within = match from < until {
            true => (from..until).contains(&minute),
            false => minute >= from || minute < until,
        };
        within || self.now().trust == ClockTrust::Unsynced
    }

    /// What waits for a physician; `None`: nothing.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn shadow_view(&self, by: &Operator) -> Result<Option<ShadowView>, Fault> {
        by.needs(Right::Report)?;
        self.blocking(|inner| {
            let Some(run) = inner.store.shadow_waiting()? else { return Ok(None) };
            compare(inner, run).map(Some)
        })
        .await
    }

    /// Whether a new network waits for a physician.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn network_waits(&self) -> Result<bool, Fault> {
        self.blocking(|inner| Ok(inner.store.shadow_waiting()?.is_some())).await
    }

    /// A physician decides about the network that waits.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::PageUnknown`] when another one waits, or none;
    /// [`Fault::ModelUnavailable`] when it does not load any more.
    pub async fn decide_shadow(&self, by: &Operator, seq: i64, use_it: bool) -> Result<(), Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| {
            let run = inner.store.shadow_waiting()?.filter(|run| run.seq == seq);
            let view = compare(inner, run.ok_or(Fault::PageUnknown)?)?;
            if use_it {
                take_up(inner, &view)?;
            }
            let state = if use_it { ShadowState::Used } else { ShadowState::Refused };
            inner.store.end_shadow(&view.run, state, figures(&view), Some(by), at)?;
            forget(inner, &view.run)
        })
        .await
    }

    /// A physician returns to the findings network before.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::PageUnknown`] when there is none, [`Fault::ModelUnavailable`].
    pub async fn roll_back_network(&self, by: &Operator) -> Result<(), Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| {
            let library = Library::open(inner.store.dir()).map_err(failed)?;
            let now = library.roll_back(Role::Findings).map_err(|error| match error {
                LibraryError::NothingBefore { .. } => StoreError::from(Fault::PageUnknown),
                other => failed(other),
            })?;
            reload(inner, &library)?;
            let now = now.map_or_else(|| "built-in".to_owned(), |name| name.to_string());
            inner.store.note(Some(by), "model_rolled_back", &now, at)
        })
        .await
    }
}

/// Ends a comparison whose films are all scored: uses the network, or lets a physician look.
pub(super) fn conclude(inner: &Inner, run: ShadowRun, at: Stamp) -> Result<(), StoreError> {
    let view = compare(inner, run)?;
    let state = match view.verdict() {
        Verdict::Use => {
            take_up(inner, &view)?;
            ShadowState::Used
        }
        Verdict::FewFilms | Verdict::NewFinding | Verdict::ManyFlips => ShadowState::Waiting,
    };
    let (films, calls, flips) = (view.films, view.calls, view.flips.len());
    tracing::info!(films, calls, flips, state = state.code(), "a new network was compared");
    inner.store.end_shadow(&view.run, state, figures(&view), None, at)?;
    if state == ShadowState::Used { forget(inner, &view.run) } else { Ok(()) }
}

/// Forgets the proposal of a network that was decided about; only once the event says how.
fn forget(inner: &Inner, run: &ShadowRun) -> Result<(), StoreError> {
    let library = Library::open(inner.store.dir()).map_err(failed)?;
    library.forget_proposed(&pack_name(run)?).map_err(failed)
}

fn pack_name(run: &ShadowRun) -> Result<PackName, StoreError> {
    let name = PackName::parse(&format!("{}@{}", run.model.id, run.model.version));
    name.ok_or_else(|| Fault::ModelUnavailable.into())
}

fn figures(view: &ShadowView) -> [u32; 3] {
    [view.films, view.calls, view.flips.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX))
}

/// Compares with the site's own thresholds where there are enough confirmed cases.
fn compare(inner: &Inner, run: ShadowRun) -> Result<ShadowView, StoreError> {
    let mut compared = inner.store.compared(run.seq)?;
    let thresholds = site_thresholds(&compared);
    for one in &mut compared {
        if let (Some((_, threshold)), Some(own)) = (&mut one.new, thresholds.get(&one.finding)) {
            *threshold = *own;
        }
    }
    // Older films with a confirmed disease have said where the threshold belongs, and count no further.
    let most = usize::try_from(FILMS_MAX).unwrap_or(usize::MAX);
    let mut photos = BTreeSet::new();
    compared.retain(|one| {
        if photos.len() < most {
            photos.insert(one.photo);
        }
        photos.contains(&one.photo)
    });
    let (calls, tallies) = (compared.len(), tallies(&compared));
    let added = inner.store.newly_assessed(run.seq)?;
    let mut flips: Vec<_> = compared.into_iter().filter(Compared::flips).collect();
    flips.sort_by_key(Compared::gravity);
    let remapped = thresholds.into_keys().collect();
    Ok(ShadowView { run, films: photos.len(), calls, flips, tallies, added, remapped })
}

/// The thresholds that differ from the pack's own.
fn site_thresholds(compared: &[Compared]) -> SiteThresholds {
    let mut thresholds = SiteThresholds::new();
    for finding in [Finding::Tuberculosis, Finding::Covid19] {
        let own = compared.iter().find(|one| one.finding == finding && one.new.is_some());
        let Some((_, own)) = own.and_then(|one| one.new) else { continue };
        let new = remapped(compared, finding, own);
        if new != own {
            thresholds.insert(finding, new);
        }
    }
    thresholds
}

/// Makes the network of a comparison the one that reads.
fn take_up(inner: &Inner, view: &ShadowView) -> Result<(), StoreError> {
    let library = Library::open(inner.store.dir()).map_err(failed)?;
    let name = pack_name(&view.run)?;
    let thresholds = site_thresholds(&inner.store.compared(view.run.seq)?);
    library.keep_thresholds(&name, &thresholds).map_err(failed)?;
    library.choose(&name, inner.models.memory_bytes).map_err(failed)?;
    // A program that the box may go back to has another one inside.
    if let Err(error) = library.keep_pinned() {
        tracing::warn!(
            error = super::chain(&error),
            "the network that reads is not kept beside the program"
        );
    }
    reload(inner, &library)
}

/// Loads the networks in use on the CPU; the step in hand ends with the old ones. Where those had a GPU,
/// it is brought in again beside, and tract reads until then.
fn reload(inner: &Inner, library: &Library) -> Result<(), StoreError> {
    let (networks, _) = library.load(inner.models.memory_bytes).map_err(failed)?;
    let networks = Arc::new(networks);
    let before = inner.networks();
    inner.set_networks(Arc::clone(&networks));
    if let Ok(before) = before {
        networks.follow(&before);
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
pub(super) fn failed(error: LibraryError) -> StoreError {
    tracing::error!(error = super::chain(&error), "a model pack cannot be used");
    StoreError::from(Fault::ModelUnavailable)
}

/// The networks in use with the proposed one in the place of its own.
pub(super) fn candidate(inner: &Inner) -> Result<Option<(PackName, Networks)>, LibraryError> {
    let library = Library::open(inner.store.dir())?;
    let Some(name) = library.proposed()? else { return Ok(None) };
    let networks = library.load_with(&name, inner.models.memory_bytes)?;
    Ok(Some((name, networks)))
}
