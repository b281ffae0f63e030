//! A box's way to a FHIR R4 server that is not ours: one transaction bundle a request.
//!
//! A bundle counts as taken only when the server says so of every entry. What to send, and when, is
//! decided elsewhere (`app::fhir`).

mod access;
mod client;
mod told;

pub use client::Client;

use std::path::PathBuf;

use crate::domain::certificate::CertificateFault;
use crate::domain::fhir_server::ServerWords;

/// Where the server is, and how it knows the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FhirSettings {
    /// Its base address, without a slash at the end.
    pub url: String,
    /// How the box proves who it is.
    pub access: Access,
    /// Certificates (PEM) of those who vouch for the server, in place of the known ones.
    pub ca_file: Option<PathBuf>,
    /// Every byte costs: bundles that say nothing beyond what a later one says too wait for that one.
    pub metered: bool,
    /// Where others find the images: a DICOMweb service, named in each ImagingStudy.
    pub images_url: Option<String>,
}

/// How a box proves to a server who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Not at all.
    None,
    /// A bearer token in a file.
    Bearer {
        /// The file.
        token_file: PathBuf,
    },
    /// HTTP's basic authentication.
    Basic {
        /// The user.
        user: String,
        /// File with the password.
        password_file: PathBuf,
    },
    /// OAuth 2.0 client credentials (RFC 6749 section 4.4).
    Client {
        /// Where tokens are given.
        token_url: String,
        /// Name of the box there.
        client_id: String,
        /// File with its secret.
        secret_file: PathBuf,
        /// What the token is to be good for; empty: what the server gives.
        scope: String,
    },
}

/// Why the server took nothing. Nothing is lost by any of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FhirFault {
    /// No connection, or it broke.
    #[error("the FHIR server cannot be reached")]
    Unreachable,
    /// It, or who gives its tokens, does not know the box.
    #[error("the FHIR server does not accept this box")]
    NotAllowed,
    /// It knows the box, and does not let it do this: perhaps it lets it do something else.
    #[error("the FHIR server forbids it")]
    Forbidden,
    /// It is busy, or who stands before it does not reach it.
    #[error("the FHIR server takes nothing in at the moment")]
    Busy {
        /// How long it asks to wait, milliseconds.
        wait_ms: Option<u64>,
    },
    /// It failed; perhaps over this bundle alone.
    #[error("the FHIR server failed")]
    Failed {
        /// How long it asks to wait, milliseconds.
        wait_ms: Option<u64>,
    },
    /// An answer that makes no sense: the address may lead to something else.
    #[error("the answer is not that of a FHIR server")]
    BadAnswer,
    /// Its certificate is not accepted.
    #[error("the certificate of the FHIR server is not accepted: {}", .0.code())]
    Certificate(CertificateFault),
    /// It speaks another version than R4.
    #[error("the server does not speak FHIR R4")]
    OtherVersion,
    /// It does not do transactions.
    #[error("the FHIR server does no transactions")]
    NoTransactions,
    /// It does not do conditional creates or updates: a repetition would leave two of each.
    #[error("the FHIR server does no conditional creates and updates")]
    NoConditions,
    /// The settings cannot be used.
    #[error("the way to the FHIR server cannot be set up: {0}")]
    SetUp(String),
}

impl FhirFault {
    /// Stable code, for texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NotAllowed | Self::Forbidden => "not-allowed",
            Self::Busy { .. } | Self::Failed { .. } => "busy",
            Self::BadAnswer => "bad-answer",
            Self::Certificate(fault) => fault.code(),
            Self::OtherVersion => "version",
            Self::NoTransactions => "no-transactions",
            Self::NoConditions => "no-conditions",
            Self::SetUp(_) => "set-up",
        }
    }
}

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The server has all of it.
    Taken,
    /// It does not take this one.
    Refused(ServerWords),
}
