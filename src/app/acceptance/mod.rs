//! The acceptance test: phantom films on the real box, from upload to a drafted report, with everything
//! that a clinic leans on. The clinic's own data is not touched: the films go through a box of their own
//! beside it, on the same disk and the same networks.

mod films;
mod signed;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::app::clock::Stopwatch;
use crate::app::{App, Doorstep, Parts};
use crate::domain::acceptance::{Acceptance, Finding, Item};
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::stamp::ClockTrust;
use crate::locale::Locale;
use crate::store::Store;

pub use signed::{SheetError, SignedSheet, verify};

/// Folder of the test's own box, below the state directory.
const SCRATCH: &str = "acceptance";
/// Folder of the last sheet.
const SHEETS: &str = "acceptance-sheet";
/// A flush that answers sooner than this comes from a cache, microseconds: the quickest NVMe disks that we
/// know of take some 20.
const FLUSH_MICROS_MIN: f64 = 15.0;
/// A flush that takes longer makes every upload wait for seconds, milliseconds.
const FLUSH_MS_MAX: f64 = 500.0;
/// Flushes that are measured.
const FLUSHES: u32 = 20;

impl App {
    /// Starts the test beside everything else. One at a time.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::TestRunning`].
    pub fn start_acceptance(&self, by: &Operator) -> Result<(), Fault> {
        by.needs(Right::ManageSite)?;
        if self.is_testing() {
            return Err(Fault::TestRunning);
        }
        let app = self.clone();
        tokio::spawn(async move {
            if let Err(fault) = app.accept_box().await {
                tracing::error!(%fault, "the acceptance test ended without a sheet");
            }
        });
        Ok(())
    }

    /// Whether a test is running.
    #[must_use]
    pub fn is_testing(&self) -> bool {
        self.inner.testing.try_lock().is_err()
    }

    /// Runs the test, signs the sheet and keeps it. For whoever may read the state directory anyway;
    /// people at the pages use [`App::start_acceptance`].
    ///
    /// # Errors
    /// [`Fault::TestRunning`], or when the disk fails.
    pub async fn accept_box(&self) -> Result<SignedSheet, Fault> {
        let testing = Arc::clone(&self.inner.testing);
        let Ok(_turn) = testing.try_lock_owned() else { return Err(Fault::TestRunning) };
        let key = signed::box_key(&self.sheets()).map_err(internal)?;
        let scratch = self.inner.store.dir().join(SCRATCH);
        clear(&scratch).map_err(internal)?;
        let mut findings = self.films(&scratch).await;
        findings.extend(self.surroundings(&scratch).await);
        clear(&scratch).map_err(internal)?;
        findings.sort_by_key(|finding| Item::ALL.iter().position(|item| *item == finding.item));
        let acceptance = Acceptance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            board: self.inner.board.clone(),
            key: key.name().to_owned(),
            time: Locale::english().time_text(self.now(), self.utc_offset_minutes()),
            findings,
        };
        let sheet = key.sign(&acceptance.sheet()).map_err(internal)?;
        sheet.keep(&self.sheets()).map_err(internal)?;
        tracing::info!(passed = acceptance.passed(), "acceptance test done");
        Ok(sheet)
    }

    /// The last sheet whose signature holds.
    ///
    /// # Errors
    /// When the database thread is gone.
    pub async fn last_acceptance(&self) -> Result<Option<SignedSheet>, Fault> {
        let folder = self.sheets();
        let read = tokio::task::spawn_blocking(move || SignedSheet::read(&folder)).await;
        read.map_err(internal)
    }

    /// Whether the last sheet says that the box passed.
    ///
    /// # Errors
    /// When the database thread is gone.
    pub async fn acceptance_passed(&self) -> Result<bool, Fault> {
        Ok(self.last_acceptance().await?.is_some_and(|sheet| sheet.passed()))
    }

    fn sheets(&self) -> PathBuf {
        self.inner.store.dir().join(SHEETS)
    }

    /// What phantom films show.
    async fn films(&self, scratch: &Path) -> Vec<Finding> {
        let networks = match self.inner.networks() {
            Ok(networks) => networks,
            Err(reason) => return vec![Finding::new(Item::Networks, false, reason)],
        };
        let detail = format!("{} on {}", networks.findings.model().id, networks.backend().code());
        let mut findings = vec![Finding::new(Item::Networks, true, detail)];
        let store = Store::open(scratch, self.now());
        let opened = store.map_err(|error| error.to_string()).and_then(|store| {
            App::new(Parts {
                store,
                clock: Arc::clone(&self.inner.clock),
                limits: self.inner.limits.clone(),
                utc_offset_minutes: 0,
                networks: Ok(networks),
                models: self.inner.models,
                models_passed_over: Vec::new(),
                pages: self.inner.pages.clone(),
                reports: self.inner.reports.clone(),
                channels: crate::alert::ChannelSettings::default(),
                link_base: None,
                kernel: self.inner.kernel.clone(),
                board: self.inner.board.clone(),
                doorstep: Doorstep::Off,
                https: None,
                runtime_dir: None,
                setup_code: None,
                portal: None,
                pacs: None,
                fhir: None,
                connections: super::config::Connections::default(),
                updates: self.inner.updates.clone(),
                support: super::SupportSettings::default(),
                on_trial: false,
            })
            .map_err(|fault| fault.to_string())
        });
        match opened {
            Ok(bench) => findings.extend(films::run(bench).await),
            Err(reason) => findings.push(Finding::new(Item::Reading, false, reason)),
        }
        findings
    }

    /// What the box stands on.
    async fn surroundings(&self, scratch: &Path) -> Vec<Finding> {
        let kernel = self.inner.kernel.clone();
        let storage = kernel.storage(self.inner.store.dir());
        let refused: Vec<_> = storage.flaws.iter().filter(|flaw| flaw.refuses_a_box()).collect();
        let flaws: Vec<_> = storage.flaws.iter().map(|flaw| flaw.code()).collect();
        let flaws = if flaws.is_empty() { "well".to_owned() } else { flaws.join(", ") };
        let place = format!("{} on {}: {flaws}", storage.filesystem, storage.device);
        let free = self.inner.store.disk_free_bytes().unwrap_or(0);
        let room = free >= self.inner.limits.disk_free_bytes_min.saturating_mul(2);
        let heat = kernel.heat();
        let degrees = heat.degrees().map_or_else(String::new, |degrees| format!(" {degrees} C"));
        let synced = self.now().trust == ClockTrust::Synced;
        let radios = kernel.radios();
        let up = radios.iter().any(|radio| radio.up);
        let radio = radios.iter().map(|radio| format!("{} {}", radio.name, radio.state()));
        let radio = radio.collect::<Vec<_>>().join(", ");
        let radio = if radio.is_empty() { "none".to_owned() } else { radio };
        vec![
            Finding::new(
                Item::Storage,
                refused.is_empty() && !storage.filesystem.is_empty(),
                place,
            ),
            Finding::new(Item::Room, room, format!("{} MiB free", free >> 20)),
            flush(scratch),
            Finding::new(Item::Heat, heat.is_well(), format!("{}{degrees}", heat.code())),
            Finding::new(Item::Clock, synced, if synced { "confirmed" } else { "not confirmed" }),
            Finding::new(Item::Radio, up, radio),
            self.alerts_finding().await,
        ]
    }

    async fn alerts_finding(&self) -> Finding {
        let (Ok(channels), Ok(contacts)) = (self.channel_health().await, self.contacts().await)
        else {
            return Finding::new(Item::Alerts, false, "the database does not answer");
        };
        let ways: Vec<_> = channels
            .iter()
            .filter(|way| way.set_up && way.set_up_fault.is_none() && way.fault.is_none())
            .map(|way| way.kind.code())
            .collect();
        let reached =
            contacts.iter().filter(|one| one.phone.is_some() || one.chat.is_some()).count();
        let ways_text = if ways.is_empty() { "none".to_owned() } else { ways.join(", ") };
        let detail = format!("ways: {ways_text}; people who can be reached: {reached}");
        Finding::new(Item::Alerts, !ways.is_empty() && reached > 0, detail)
    }
}

/// How long a flush takes on the state directory's disk.
fn flush(folder: &Path) -> Finding {
    let path = folder.join("flush");
    let watch = Stopwatch::start();
    let work = || {
        use std::io::Write as _;
        std::fs::create_dir_all(folder)?;
        let mut file = std::fs::File::create(&path)?;
        for _ in 0..FLUSHES {
            file.write_all(&[0x5a; 4096])?;
            file.sync_data()?;
        }
        Ok::<_, std::io::Error>(watch.ms() / f64::from(FLUSHES))
    };
    match work() {
        Ok(ms) => {
            let honest = ms * 1000.0 >= FLUSH_MICROS_MIN && ms <= FLUSH_MS_MAX;
            Finding::new(Item::Flush, honest, format!("{ms:.3} ms each"))
        }
        Err(error) => Finding::new(Item::Flush, false, error.to_string()),
    }
}

fn clear(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn internal(error: impl std::fmt::Display) -> Fault {
    tracing::error!(%error, "the acceptance test cannot be run");
    Fault::Internal
}

/// Longest wait for one film; far beyond the slowest board.
const FILM_MAX: Duration = Duration::from_secs(300);
