//! The mark of a call: a file in the folder of engines that is there while the appliance calls NVIDIA's
//! libraries. Found at a start, it says that the program ended inside such a call.
//!
//! Without it, what brings the program down would do so at every start. Whose call it was stands in the
//! file's name, so that a mark is there whole or not at all, also on a full disk. It counts only when
//! that process is gone and the machine has not been started since: a power cut may leave a mark, and
//! says nothing about the GPU. Commands that a person runs make none: that person sees how they end, and
//! may stop them at any time. Nor does the appliance once it is told to stop.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// How the names of all marks begin.
const PREFIX: &str = "in-a-run";

/// The marks of this process.
static MARKS: Marks = Marks(Mutex::new(Open { inside: BTreeMap::new(), ended: false }));

struct Marks(Mutex<Open>);

struct Open {
    /// Calls that are under way, by their mark: networks may run at once.
    inside: BTreeMap<PathBuf, u32>,
    /// The program ends in order: what happens now is no crash of a run.
    ended: bool,
}

/// Keeps a mark while it lives.
pub(super) struct Mark {
    marks: &'static Marks,
    path: PathBuf,
}

impl Mark {
    /// Marks a call with engines of this folder. What cannot be marked is called all the same: only a
    /// crash at every start would be seen later.
    pub(super) fn set(folder: &Path) -> Self {
        Self::among(&MARKS, folder)
    }

    fn among(marks: &'static Marks, folder: &Path) -> Self {
        static NAME: OnceLock<String> = OnceLock::new();
        let path = folder.join(NAME.get_or_init(|| Caller::this().name()));
        let mut open = marks.open();
        if !open.ended {
            let inside = open.inside.entry(path.clone()).or_default();
            *inside += 1;
            if *inside == 1 {
                drop(File::create(&path));
            }
        }
        drop(open);
        Self { marks, path }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        let mut open = self.marks.open();
        let Some(inside) = open.inside.get_mut(&self.path) else { return };
        *inside -= 1;
        if *inside == 0 {
            open.inside.remove(&self.path);
            drop(fs::remove_file(&self.path));
        }
    }
}

impl Marks {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        let mut open = self.open();
        open.ended = true;
        for path in std::mem::take(&mut open.inside).into_keys() {
            drop(fs::remove_file(path));
        }
    }
}

/// Takes the marks of this process away for good: it ends because it was told to, perhaps while a call
/// is under way.
pub(super) fn end_in_order() {
    MARKS.end();
}

/// The mark of a program that ended inside a call since the machine was started; marks that say nothing any
/// more are removed on the way. Another version of the program tries again.
pub(super) fn left_behind(folder: &Path) -> Option<PathBuf> {
    let this = Caller::this();
    let mut found = None;
    for entry in fs::read_dir(folder).ok()?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(PREFIX) {
            continue;
        }
        match Caller::of(&name) {
            Some(caller) if caller.version == this.version && caller.boot == this.boot => {
                if began(caller.process) != Some(caller.began) {
                    found = Some(entry.path());
                }
            }
            _ => drop(fs::remove_file(entry.path())),
        }
    }
    found
}

/// A process, such that no other one is ever taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Caller {
    version: String,
    /// The kernel's name of the time since the machine was started.
    boot: String,
    process: u32,
    /// When it began, in the kernel's ticks since the start of the machine.
    began: u64,
}

impl Caller {
    fn this() -> Self {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let process = std::process::id();
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            boot: boot.trim().to_owned(),
            process,
            began: began(process).unwrap_or(0),
        }
    }

    fn name(&self) -> String {
        let Self { version, boot, process, began } = self;
        format!("{PREFIX}_{version}_{boot}_{process}_{began}")
    }

    fn of(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix(PREFIX)?.strip_prefix('_')?.split('_');
        let mut text = || parts.next().map(str::to_owned);
        let (version, boot) = (text()?, text()?);
        let (process, began) = (text()?.parse().ok()?, text()?.parse().ok()?);
        parts.next().is_none().then_some(Self { version, boot, process, began })
    }
}

/// When a process began, in ticks since the start of the machine; `None` when there is none of that number,
/// or it has ended and is only not yet fetched.
fn began(process: u32) -> Option<u64> {
    let stat = fs::read(format!("/proc/{process}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    // proc(5): the name in brackets may hold anything; its state follows, then 18 fields, then this one.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    if state == "Z" || state == "X" {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> &'static Marks {
        let open = Open { inside: BTreeMap::new(), ended: false };
        Box::leak(Box::new(Marks(Mutex::new(open))))
    }

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    /// A process that is gone.
    fn gone() -> Caller {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let process = child.id();
        child.wait().unwrap();
        Caller { process, began: 1, ..Caller::this() }
    }

    fn leave(folder: &Path, caller: &Caller) -> PathBuf {
        let path = folder.join(caller.name());
        File::create(&path).unwrap();
        path
    }

    #[test]
    fn a_name_says_whose_mark_it_is() {
        let this = Caller::this();
        assert!(this.began > 0 && this.boot.len() == 36, "{this:?}");
        assert_eq!(Caller::of(&this.name()), Some(this.clone()));
        assert_eq!(Caller::of(PREFIX), None);
        assert_eq!(Caller::of(&format!("{}_1", this.name())), None);
        assert_eq!(Caller::of("in-a-run_0.1.0_boot_many_1"), None);
    }

    #[test]
    fn a_mark_of_a_process_that_is_gone_counts() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(left_behind(folder.path()), None);
        let path = leave(folder.path(), &gone());
        assert_eq!(left_behind(folder.path()), Some(path.clone()));
        assert_eq!(left_behind(folder.path()), Some(path));
        // The same number, taken by another process since.
        let folder = tempfile::tempdir().unwrap();
        let this = Caller::this();
        let earlier = Caller { began: this.began - 1, ..this };
        assert!(left_behind(folder.path()).is_none());
        let path = leave(folder.path(), &earlier);
        assert_eq!(left_behind(folder.path()), Some(path));
    }

    #[test]
    fn a_mark_of_a_living_process_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        leave(folder.path(), &Caller::this());
        assert_eq!(left_behind(folder.path()), None);
        assert_eq!(files(folder.path()), 1);
    }

    #[test]
    fn a_mark_from_before_a_power_cut_or_of_another_version_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        leave(folder.path(), &Caller { boot: "another".to_owned(), ..gone() });
        leave(folder.path(), &Caller { version: "0.0.1".to_owned(), ..gone() });
        fs::write(folder.path().join(PREFIX), env!("CARGO_PKG_VERSION")).unwrap();
        fs::write(folder.path().join("0123.plan"), "an engine").unwrap();
        assert_eq!(left_behind(folder.path()), None);
        assert_eq!(files(folder.path()), 1);
    }

    #[test]
    fn a_mark_is_there_as_long_as_any_call_is() {
        let folder = tempfile::tempdir().unwrap();
        let marks = marks();
        let first = Mark::among(marks, folder.path());
        let second = Mark::among(marks, folder.path());
        drop(first);
        assert_eq!(files(folder.path()), 1);
        drop(second);
        assert_eq!(files(folder.path()), 0);
    }

    #[test]
    fn an_orderly_end_leaves_no_mark() {
        let folder = tempfile::tempdir().unwrap();
        let marks = marks();
        let under_way = Mark::among(marks, folder.path());
        marks.end();
        assert_eq!(files(folder.path()), 0);
        let late = Mark::among(marks, folder.path());
        assert_eq!(files(folder.path()), 0);
        drop((under_way, late));
    }
}
