//! A box's way to a PACS: DICOM objects by STOW-RS (PS3.18) or by C-STORE (PS3.4 annex B).
//!
//! One object a time, and for each a word of the PACS that it has it, or why not. What to send, and when,
//! is decided elsewhere (`app::pacs`).

mod dimse;
mod stow;

use std::path::PathBuf;

use crate::domain::certificate::CertificateFault;
use crate::domain::pacs::Refusal;
use crate::wire::dicom::DicomObject;

/// Where the PACS is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PacsSettings {
    /// DICOMweb.
    Stow(StowSettings),
    /// The DICOM upper layer protocol.
    CStore(CStoreSettings),
}

impl PacsSettings {
    /// The name of the place: for another one, everything is sent anew.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::Stow(stow) => stow.url.clone(),
            Self::CStore(it) => format!("{}@{}:{}", it.called, it.host, it.port),
        }
    }
}

/// A DICOMweb service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StowSettings {
    /// Its address, without a slash at the end.
    pub url: String,
    /// User of HTTP's basic authentication; empty: none.
    pub user: String,
    /// File with that user's password, or with a bearer token where there is no user.
    pub secret_file: Option<PathBuf>,
    /// Certificates (PEM) of those who vouch for the service, in place of the known ones.
    pub ca_file: Option<PathBuf>,
}

/// A storage service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CStoreSettings {
    /// Name or address of its machine.
    pub host: String,
    /// Port.
    pub port: u16,
    /// AE title of the PACS.
    pub called: String,
    /// AE title of the box.
    pub calling: String,
}

/// Why the PACS took nothing. Nothing is lost by any of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacsFault {
    /// No connection, or it broke.
    #[error("the PACS cannot be reached")]
    Unreachable,
    /// It does not know the box, the password or the AE title.
    #[error("the PACS does not accept this box")]
    NotAllowed,
    /// It knows the box, and does not take this object from it.
    #[error("the PACS forbids it")]
    Forbidden,
    /// Its disk is full, it is busy, or who stands before it does not reach it.
    #[error("the PACS takes nothing in at the moment")]
    Busy {
        /// How long it asks to wait, milliseconds.
        wait_ms: Option<u64>,
    },
    /// It failed; perhaps over this object alone.
    #[error("the PACS failed")]
    Failed {
        /// How long it asks to wait, milliseconds.
        wait_ms: Option<u64>,
    },
    /// An answer that makes no sense: the address may lead to something else.
    #[error("the answer is not that of a PACS")]
    BadAnswer,
    /// Its certificate is not accepted.
    #[error("the certificate of the PACS is not accepted: {}", .0.code())]
    Certificate(CertificateFault),
    /// The settings cannot be used.
    #[error("the way to the PACS cannot be set up: {0}")]
    SetUp(String),
}

impl PacsFault {
    /// Stable code, for texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NotAllowed | Self::Forbidden => "not-allowed",
            Self::Busy { .. } | Self::Failed { .. } => "busy",
            Self::BadAnswer => "bad-answer",
            Self::Certificate(fault) => fault.code(),
            Self::SetUp(_) => "set-up",
        }
    }
}

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The PACS says that it has it.
    Stored,
    /// It does not take this one.
    Refused(Refusal),
}

/// Speaks to one PACS.
#[derive(Debug)]
pub enum Client {
    /// By STOW-RS.
    Stow(stow::Stow),
    /// By C-STORE.
    CStore(CStoreSettings),
}

impl Client {
    /// Makes a client; connects to nothing yet.
    ///
    /// # Errors
    /// [`PacsFault::SetUp`].
    pub fn open(settings: &PacsSettings) -> Result<Self, PacsFault> {
        match settings {
            PacsSettings::Stow(stow) => stow::Stow::open(stow).map(Self::Stow),
            PacsSettings::CStore(it) => Ok(Self::CStore(it.clone())),
        }
    }

    /// Sends one object. An object that is sent again stays one.
    ///
    /// # Errors
    /// [`PacsFault`]; whether it arrived is not known then.
    pub async fn send(&self, object: &DicomObject) -> Result<Sent, PacsFault> {
        match self {
            Self::Stow(stow) => stow.send(object).await,
            Self::CStore(settings) => dimse::send(settings, object).await,
        }
    }

    /// Whether the PACS answers; nothing is sent.
    ///
    /// # Errors
    /// [`PacsFault`].
    pub async fn probe(&self) -> Result<(), PacsFault> {
        match self {
            Self::Stow(stow) => stow.probe().await,
            Self::CStore(settings) => dimse::echo(settings).await,
        }
    }
}
