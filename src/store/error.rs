//! Why the store could not do something.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::fault::Fault;
use crate::domain::study::IllegalTransition;

/// A failed operation of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The linked SQLite has known faults.
    #[error("sqlite {found} is too old to be trusted with data")]
    SqliteTooOld {
        /// Its version.
        found: &'static str,
    },
    /// Another program has the state directory open.
    #[error("another program uses the state directory {}", dir.display())]
    InUse {
        /// The directory.
        dir: PathBuf,
    },
    /// The database was written by a newer program, or is no Fieldray database.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    UnknownVersion {
        /// Version found.
        found: i64,
        /// Newest version known.
        known: i64,
    },
    /// SQLite failed.
    #[error("the database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// A file operation failed.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A stored value makes no sense.
    #[error("stored {what} cannot be read")]
    Corrupt {
        /// Which value.
        what: &'static str,
    },
    /// The change is not possible in the present state.
    #[error("illegal change of state")]
    Illegal(#[from] IllegalTransition),
    /// A person must hear of it.
    #[error("refused: {}", .0.code())]
    Refused(#[from] Fault),
}

impl StoreError {
    pub(super) fn file(operation: &'static str, path: &Path, source: io::Error) -> Self {
        Self::File { operation, path: path.to_owned(), source }
    }

    /// Whether what was to be stored is at fault, and would be the next time too; not a disk that is full
    /// or fails, which passes.
    #[must_use]
    pub fn is_of_the_value(&self) -> bool {
        use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
        match self {
            Self::Sqlite(rusqlite::Error::ToSqlConversionFailure(_)) => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(ConstraintViolation | TooBig | TypeMismatch)
            ),
            Self::Corrupt { .. } | Self::Illegal(_) => true,
            Self::SqliteTooOld { .. }
            | Self::InUse { .. }
            | Self::UnknownVersion { .. }
            | Self::File { .. }
            | Self::Refused(_) => false,
        }
    }

    /// What a person at the box is told.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused(fault) => *fault,
            Self::File { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                Fault::DiskFull
            }
            Self::Sqlite(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) =>
            {
                Fault::DiskFull
            }
            Self::Corrupt { .. } => Fault::StoredFileDamaged,
            Self::Illegal(_) => Fault::Internal,
            Self::SqliteTooOld { .. }
            | Self::InUse { .. }
            | Self::UnknownVersion { .. }
            | Self::Sqlite(_)
            | Self::File { .. } => Fault::StorageFailed,
        }
    }
}
