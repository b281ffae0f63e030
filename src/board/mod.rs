//! The machine under the program: which board it is, how hot it is, what its storage says.
//!
//! Here: reading the kernel's files under `/proc` and `/sys`, and the profiles of `firmware/boards`.
//! Not here: what the readings mean (`domain::condition`), and anything that needs root.

mod detect;
mod health;
mod profile;
mod radio;

pub use detect::{Choice, Why, choose};
pub use radio::Radio;

pub use profile::{
    BackendWish, PowerButton, Profile, ProfileError, SerialPort, SerialUse, profiles,
};

use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Longest file of the kernel that is read, bytes.
const KERNEL_FILE_BYTES_MAX: u64 = 64 * 1024;

/// The kernel's files, below `/` or below a folder of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    root: PathBuf,
}

impl Default for Kernel {
    fn default() -> Self {
        Self::at("/")
    }
}

impl Kernel {
    /// The kernel's files below a folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// A file's text without the space around it; `None` when there is none or it is no text.
    fn text(&self, path: &str) -> Option<String> {
        text_of(&self.path(path))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    /// The names in a folder, sorted.
    fn names(&self, path: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path(path)) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

fn text_of(path: &Path) -> Option<String> {
    let mut text = String::new();
    let file = std::fs::File::open(path).ok()?;
    file.take(KERNEL_FILE_BYTES_MAX).read_to_string(&mut text).ok()?;
    Some(text.trim().to_owned())
}
