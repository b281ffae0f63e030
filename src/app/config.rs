//! Settings: as written in a file or on the command line → as used.

mod chosen;
mod fhir;
mod pacs;
mod portal;
mod ways;

pub use chosen::{BotFile, Chosen, Connections, Fixed, keep_secret};
pub use portal::PortalFile;
pub use ways::SmsFile;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::alert::{ChannelSettings, SmsSettings};
use crate::app::support::is_support_key;
use crate::app::{Doorstep, ModelSettings, ReportSettings, SupportSettings, UpdatePlace};
use crate::board::BackendWish;
use crate::domain::alert::roster::MinuteOfDay;
use crate::domain::followup::WaitDays;
use crate::domain::limits::Limits;
use crate::domain::login::LockAfter;
use crate::domain::people::PersonName;
use crate::domain::review::AuditShare;
use crate::domain::signing::FreeText;
use crate::fhir::FhirSettings;
use crate::infer::{BackendChoice, GpuPrecision, GpuSettings};
use crate::locale::Language;
use crate::pacs::PacsSettings;
use crate::sync::PortalSettings;

/// Settings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Address on which pages are served.
    pub listen: SocketAddr,
    /// Where everything is stored.
    pub state_dir: PathBuf,
    /// Compute back end.
    pub backend: BackendChoice,
    /// How TensorRT is used, but for the folder: see [`Config::gpu`].
    gpu: GpuSettings,
    /// Local time minus UTC, minutes, from -720 to 840.
    pub utc_offset_minutes: i32,
    /// Free space below which no new photo is accepted, MiB.
    pub disk_free_mib_min: u32,
    /// Memory for all loaded networks together, MiB; `None`: as the board's profile says.
    pub model_memory_mib: Option<u32>,
    /// Which board this is: `auto`, the name of a built-in profile, or the path of a file.
    pub board: String,
    /// Minutes of the local day between which the clinic works: no new network is compared then.
    pub clinic_hours: (u16, u16),
    /// What the pages say beside their own texts.
    pub pages: PageSettings,
    /// How reports are written and reviewed.
    pub reports: ReportSettings,
    /// How people are reached.
    pub channels: ChannelSettings,
    /// Address of the box on its own network, for links in messages; `None`: no links.
    pub link_base: Option<String>,
    /// What phones meet that test the network for internet.
    pub doorstep: Doorstep,
    /// File with the first login code, made by provisioning.
    pub setup_code_file: Option<PathBuf>,
    /// Pages over HTTPS beside those over HTTP.
    pub https: Option<HttpsSettings>,
    /// Where records go; `None`: they stay on the box.
    pub portal: Option<PortalSettings>,
    /// Where films and reports go as DICOM objects; `None`: nowhere.
    pub pacs: Option<PacsSettings>,
    /// The FHIR server where bundles go; `None`: nowhere.
    pub fhir: Option<FhirSettings>,
    /// Where slots and bundles are.
    pub updates: UpdatePlace,
    /// Public key of support, `age1…`.
    pub support_key: Option<String>,
    /// What the pages may set of the ways out of the box, and have set.
    pub connections: Connections,
}

/// Pages over HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpsSettings {
    /// Address and port.
    pub listen: SocketAddr,
    /// Names and addresses of the box, the one for links first.
    pub names: Vec<String>,
    /// A certificate chain and its key, PEM, that come from elsewhere and go before the box's own.
    pub brought: Option<(PathBuf, PathBuf)>,
}

impl HttpsSettings {
    /// Most names.
    const NAMES_MAX: usize = 8;
}

/// What a site sets for its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSettings {
    /// Language where nobody has chosen one; `None`: as each browser asks.
    pub language: Option<Language>,
    /// Whom to call, as the help page shows it: a name and a number.
    pub support_contact: Option<String>,
    /// After how long without a request a phone asks for the passcode again.
    pub lock_after: LockAfter,
    /// How long each suspicion may wait for a test's result.
    pub wait_days: WaitDays,
}

/// Longest text of [`PageSettings::support_contact`].
const SUPPORT_CONTACT_CHARS_MAX: usize = 120;

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            state_dir: PathBuf::from("state"),
            backend: BackendChoice::Auto,
            gpu: GpuSettings::in_folder(PathBuf::new()),
            utc_offset_minutes: 0,
            disk_free_mib_min: 256,
            model_memory_mib: None,
            board: "auto".to_owned(),
            clinic_hours: ModelSettings::default().clinic_hours,
            pages: PageSettings::default(),
            reports: ReportSettings::default(),
            channels: ChannelSettings::default(),
            link_base: None,
            doorstep: Doorstep::Off,
            setup_code_file: None,
            https: None,
            portal: None,
            pacs: None,
            fhir: None,
            updates: UpdatePlace::default(),
            support_key: None,
            connections: Connections::default(),
        }
    }
}

/// Why settings are refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is not understood.
    #[error("cannot understand {}: {reason}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A setting is out of range.
    #[error("setting {name} is out of range")]
    Range {
        /// Which one.
        name: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    listen: Option<SocketAddr>,
    state_dir: Option<PathBuf>,
    backend: Option<String>,
    tensorrt: Option<TensorRtFile>,
    utc_offset_minutes: Option<i32>,
    disk_free_mib_min: Option<u32>,
    model_memory_mib: Option<u32>,
    board: Option<String>,
    clinic_hours: Option<[String; 2]>,
    language: Option<String>,
    support_contact: Option<String>,
    lock_after_minutes: Option<u16>,
    wait_days: Option<WaitDaysFile>,
    site_name: Option<String>,
    link_base: Option<String>,
    captive: Option<String>,
    setup_code_file: Option<PathBuf>,
    https: Option<HttpsFile>,
    slots_dir: Option<PathBuf>,
    update_folders: Option<Vec<PathBuf>>,
    support_key: Option<String>,
    telegram: Option<ways::TelegramFile>,
    sms: Option<SmsFile>,
    portal: Option<PortalFile>,
    pacs: Option<pacs::PacsFile>,
    fhir: Option<fhir::FhirFile>,
    recommendations: Option<Vec<String>>,
    review_batch_films: Option<u32>,
    review_audit_percent: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TensorRtFile {
    precision: Option<String>,
    workspace_mib: Option<u32>,
    build_seconds_max: Option<u64>,
}

impl TensorRtFile {
    fn read(&self) -> Result<GpuSettings, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let mut gpu = GpuSettings::in_folder(PathBuf::new());
        if let Some(code) = &self.precision {
            gpu.precision = GpuPrecision::parse(code).ok_or_else(|| range("tensorrt.precision"))?;
        }
        if let Some(mib) = self.workspace_mib {
            let fits = (16..=8192).contains(&mib);
            gpu.workspace_mib =
                fits.then_some(mib).ok_or_else(|| range("tensorrt.workspace_mib"))?;
        }
        if let Some(seconds) = self.build_seconds_max {
            let fits = (1..=24 * 3600).contains(&seconds);
            let seconds = fits.then_some(seconds);
            let seconds = seconds.ok_or_else(|| range("tensorrt.build_seconds_max"))?;
            gpu.patience = Duration::from_secs(seconds);
        }
        Ok(gpu)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpsFile {
    listen: SocketAddr,
    names: Vec<String>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl HttpsFile {
    fn read(self) -> Result<HttpsSettings, ConfigError> {
        let brought = match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => return Err(ConfigError::Range { name: "https.key" }),
        };
        if !(1..=HttpsSettings::NAMES_MAX).contains(&self.names.len()) {
            return Err(ConfigError::Range { name: "https.names" });
        }
        Ok(HttpsSettings { listen: self.listen, names: self.names, brought })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitDaysFile {
    tuberculosis: Option<u16>,
    covid19: Option<u16>,
    nodule: Option<u16>,
}

impl WaitDaysFile {
    /// Longest wait, days.
    const DAYS_MAX: u16 = 365;

    fn read(&self) -> Option<WaitDays> {
        let defaults = WaitDays::default();
        let days = WaitDays {
            tuberculosis: self.tuberculosis.unwrap_or(defaults.tuberculosis),
            covid19: self.covid19.unwrap_or(defaults.covid19),
            nodule: self.nodule.unwrap_or(defaults.nodule),
        };
        let fits = |days: u16| (1..=Self::DAYS_MAX).contains(&days);
        [days.tuberculosis, days.covid19, days.nodule].into_iter().all(fits).then_some(days)
    }
}

/// Two times of day; equal ones: the clinic never works.
fn hours([from, until]: &[String; 2]) -> Result<(u16, u16), ConfigError> {
    let minute = |text: &str| MinuteOfDay::parse(text).map(MinuteOfDay::minutes);
    minute(from).zip(minute(until)).ok_or(ConfigError::Range { name: "clinic_hours" })
}

impl ConfigFile {
    fn pages(&self) -> Result<PageSettings, ConfigError> {
        let language = match self.language.as_deref() {
            None => None,
            Some(code) => {
                Some(Language::parse(code).ok_or(ConfigError::Range { name: "language" })?)
            }
        };
        let contact = self.support_contact.as_deref().map(str::trim);
        let contact = contact.filter(|contact| !contact.is_empty());
        if contact.is_some_and(|contact| contact.chars().count() > SUPPORT_CONTACT_CHARS_MAX) {
            return Err(ConfigError::Range { name: "support_contact" });
        }
        let lock_after =
            self.lock_after_minutes.map_or(Some(LockAfter::default()), LockAfter::minutes);
        let lock_after = lock_after.ok_or(ConfigError::Range { name: "lock_after_minutes" })?;
        let wait_days =
            self.wait_days.as_ref().map_or(Some(WaitDays::default()), WaitDaysFile::read);
        let wait_days = wait_days.ok_or(ConfigError::Range { name: "wait_days" })?;
        let support_contact = contact.map(str::to_owned);
        Ok(PageSettings { language, support_contact, lock_after, wait_days })
    }

    fn reports(&self) -> Result<ReportSettings, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let defaults = ReportSettings::default();
        let recommendations = self.recommendations.clone().unwrap_or_default();
        let written = |text: &String| FreeText::parse(text).is_some_and(|text| !text.is_empty());
        let few = recommendations.len() <= ReportSettings::RECOMMENDATIONS_MAX;
        if !few || !recommendations.iter().all(written) {
            return Err(range("recommendations"));
        }
        let films = self.review_batch_films.unwrap_or(defaults.batch_films_max);
        if !(2..=ReportSettings::BATCH_FILMS_LIMIT).contains(&films) {
            return Err(range("review_batch_films"));
        }
        let share = self.review_audit_percent.map_or(Some(defaults.audit_share), AuditShare::new);
        let site_name = self.site_name.clone().unwrap_or_default();
        if site_name.chars().count() > PersonName::CHARS_MAX {
            return Err(range("site_name"));
        }
        Ok(ReportSettings {
            recommendations,
            batch_films_max: films,
            audit_share: share.ok_or_else(|| range("review_audit_percent"))?,
            site_name,
        })
    }
}

impl Config {
    /// Reads a settings file; without one, the defaults.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn read_or_default(path: Option<&Path>) -> Result<Self, ConfigError> {
        path.map_or_else(|| Ok(Self::default()), Self::read)
    }

    /// Limits in force.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            disk_free_bytes_min: u64::from(self.disk_free_mib_min) * 1024 * 1024,
            ..Limits::default()
        }
    }

    /// Memory for all loaded networks together, bytes, where a board allows that many MiB.
    #[must_use]
    pub fn model_memory_bytes(&self, board_mib: u32) -> u64 {
        u64::from(self.model_memory_mib.unwrap_or(board_mib)) << 20
    }

    /// The back end to ask for on a board with that wish.
    #[must_use]
    pub const fn backend_on(&self, wish: BackendWish) -> BackendChoice {
        match (self.backend, wish) {
            (BackendChoice::Auto, BackendWish::Tract) => BackendChoice::Tract,
            (choice, _) => choice,
        }
    }

    /// How TensorRT is used by commands; engines lie in the state directory.
    #[must_use]
    pub fn gpu(&self) -> GpuSettings {
        GpuSettings { engines: self.state_dir.join("engines"), ..self.gpu.clone() }
    }

    /// What support may be told of the settings: numbers, known words, and whether something is set.
    #[must_use]
    pub fn support(&self) -> SupportSettings {
        let set = |is: bool| if is { "set" } else { "not set" }.to_owned();
        let backend = match self.backend {
            BackendChoice::Auto => "auto",
            BackendChoice::Tract => "tract",
            BackendChoice::TensorRt => "tensorrt",
        };
        let sms = match &self.channels.sms {
            None => "not set",
            Some(SmsSettings::Gammu { .. }) => "gammu",
            Some(SmsSettings::Modem(_)) => "modem",
            Some(SmsSettings::Android(_)) => "phone",
            Some(SmsSettings::Gateway(_)) => "gateway",
        };
        let language = self.pages.language.map_or("as asked", Language::code);
        let days = self.pages.wait_days;
        let settings = vec![
            ("port", self.listen.port().to_string()),
            ("backend", backend.to_owned()),
            ("utc_offset_minutes", self.utc_offset_minutes.to_string()),
            ("disk_free_mib_min", self.disk_free_mib_min.to_string()),
            (
                "model_memory_mib",
                self.model_memory_mib.map_or("as the board has", |_| "set").to_owned(),
            ),
            ("https", set(self.https.is_some())),
            ("language", language.to_owned()),
            ("support_contact", set(self.pages.support_contact.is_some())),
            ("wait_days.tuberculosis", days.tuberculosis.to_string()),
            ("wait_days.covid19", days.covid19.to_string()),
            ("wait_days.nodule", days.nodule.to_string()),
            ("recommendations", self.reports.recommendations.len().to_string()),
            ("review_batch_films", self.reports.batch_films_max.to_string()),
            ("site_name", set(!self.reports.site_name.is_empty())),
            ("link_base", set(self.link_base.is_some())),
            ("telegram", set(self.channels.telegram.is_some())),
            ("sms", sms.to_owned()),
        ];
        SupportSettings { key: self.support_key.clone(), settings }
    }

    /// How networks are loaded on a board, and when a new one may be tried.
    #[must_use]
    pub fn models(&self, board_mib: u32) -> ModelSettings {
        ModelSettings {
            memory_bytes: self.model_memory_bytes(board_mib),
            clinic_hours: self.clinic_hours,
        }
    }

    /// Reads a settings file over the defaults. Unknown settings are refused: a typing mistake must
    /// not silently leave a default in force.
    ///
    /// # Errors
    /// [`ConfigError`] with the file or setting at fault.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        let file: ConfigFile = toml::from_str(&text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let defaults = Self::default();
        let backend = match file.backend.as_deref() {
            None | Some("auto") => BackendChoice::Auto,
            Some("tract") => BackendChoice::Tract,
            Some("tensorrt") => BackendChoice::TensorRt,
            Some(_) => return Err(ConfigError::Range { name: "backend" }),
        };
        let utc_offset_minutes = file.utc_offset_minutes.unwrap_or(defaults.utc_offset_minutes);
        if !(-720..=840).contains(&utc_offset_minutes) {
            return Err(ConfigError::Range { name: "utc_offset_minutes" });
        }
        let link_base = file.link_base.as_deref().map(|base| base.trim_end_matches('/').to_owned());
        if link_base.as_ref().is_some_and(|base| !base.starts_with("http")) {
            return Err(ConfigError::Range { name: "link_base" });
        }
        let doorstep = file.captive.as_deref().map_or(Some(Doorstep::Off), Doorstep::parse);
        let doorstep = doorstep.filter(|it| *it == Doorstep::Off || link_base.is_some());
        if file.support_key.as_deref().is_some_and(|key| !is_support_key(key)) {
            return Err(ConfigError::Range { name: "support_key" });
        }
        let clinic_hours = file.clinic_hours.as_ref().map(hours).transpose()?;
        let (pages, reports) = (file.pages()?, file.reports()?);
        let telegram = file.telegram.unwrap_or_default().read()?;
        Ok(Self {
            clinic_hours: clinic_hours.unwrap_or(defaults.clinic_hours),
            doorstep: doorstep.ok_or(ConfigError::Range { name: "captive" })?,
            setup_code_file: file.setup_code_file.clone(),
            pages,
            reports,
            channels: ChannelSettings {
                telegram: telegram.settings,
                sms: file.sms.map(SmsFile::read).transpose()?,
            },
            connections: Connections { telegram_api: telegram.api_url, ..Connections::default() },
            https: file.https.map(HttpsFile::read).transpose()?,
            link_base,
            portal: file.portal.map(PortalFile::read).transpose()?,
            pacs: file.pacs.map(pacs::PacsFile::read).transpose()?,
            fhir: file.fhir.map(fhir::FhirFile::read).transpose()?,
            support_key: file.support_key,
            updates: UpdatePlace {
                slots_dir: file.slots_dir.unwrap_or(defaults.updates.slots_dir),
                folders: file.update_folders.unwrap_or_default(),
            },
            listen: file.listen.unwrap_or(defaults.listen),
            state_dir: file.state_dir.unwrap_or(defaults.state_dir),
            backend,
            gpu: file.tensorrt.as_ref().map_or(Ok(defaults.gpu), TensorRtFile::read)?,
            utc_offset_minutes,
            disk_free_mib_min: file.disk_free_mib_min.unwrap_or(defaults.disk_free_mib_min),
            model_memory_mib: file.model_memory_mib,
            board: file.board.unwrap_or(defaults.board),
        })
    }
}

#[cfg(test)]
mod tests;
