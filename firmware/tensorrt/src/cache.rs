//! Engines on disk. An engine is good for one library version on one GPU, so everything that it
//! depends on is in its key; a key that changes leaves the old file unread, and it is removed.
//!
//! The plan is written first and its description last, each to a temporary name, synced and
//! renamed: a description without its plan, or with another one, is damage and set aside. A
//! description may also say that the engine's answers were refused: then there is no plan, and
//! none is built again under that key.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::builder::Precision;
use crate::cuda::Device;
use crate::library::{Library, Version};

/// Raised when what this program asks of a build changes: settings, tables, or this file's form.
const FORMAT: u32 = 1;
/// Largest plan read, bytes; ours are under 50 MB.
const PLAN_BYTES_MAX: u64 = 2 << 30;
/// Largest description read, bytes.
const DESCRIPTION_BYTES_MAX: u64 = 64 << 10;

/// Writes of this process so far.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// Everything that an engine depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    onnx: String,
    tensorrt: String,
    device: String,
    compute: (i32, i32),
    driver: i32,
    precision: Precision,
    workspace_bytes: usize,
}

impl Key {
    /// The key of a network file on a runtime.
    #[must_use]
    pub fn new(
        onnx: &[u8],
        library: &Library,
        device: &Device,
        precision: Precision,
        workspace_bytes: usize,
    ) -> Self {
        Self::of(onnx, library.version(), device, precision, workspace_bytes)
    }

    fn of(
        onnx: &[u8],
        version: &Version,
        device: &Device,
        precision: Precision,
        workspace_bytes: usize,
    ) -> Self {
        Self {
            onnx: hex(onnx),
            tensorrt: version.to_string(),
            device: device.name.clone(),
            compute: device.compute,
            driver: device.driver,
            precision,
            workspace_bytes,
        }
    }

    fn fields(&self) -> Value {
        json!({
            "format": FORMAT,
            "onnx": self.onnx,
            "tensorrt": self.tensorrt,
            "device": self.device,
            "compute": [self.compute.0, self.compute.1],
            "driver": self.driver,
            "precision": self.precision.code(),
            "workspace_bytes": self.workspace_bytes,
        })
    }

    /// The arithmetic that the engine was asked for.
    #[must_use]
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// The file name without ending.
    #[must_use]
    pub fn name(&self) -> String {
        // Keys of a JSON object come out sorted, so the text is the same for the same fields.
        hex(self.fields().to_string().as_bytes())
    }

    /// What measurements of single layers depend on: not the network.
    fn timing_name(&self) -> String {
        let machine = json!([FORMAT, self.tensorrt, self.device, self.compute.0, self.compute.1]);
        hex(machine.to_string().as_bytes())
    }
}

/// What is stored under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A whole plan.
    Plan(Vec<u8>),
    /// Nothing.
    Nothing,
    /// Something that is not whole. It was set aside, and the reason is for the log.
    Damaged(String),
    /// Word that such an engine was built and refused, with the reason.
    Refused(String),
}

/// A folder of engines.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Uses a folder, made if it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Looks for a plan and checks that it is whole.
    ///
    /// # Errors
    /// What the file system says, where it is not that there is no file.
    pub fn find(&self, key: &Key) -> io::Result<Found> {
        let name = key.name();
        let description = read(&self.path(&name, "json"), DESCRIPTION_BYTES_MAX)?;
        let Some(description) = description else { return Ok(Found::Nothing) };
        if let Some(reason) = refusal(&description, key) {
            return Ok(Found::Refused(reason));
        }
        let plan = read(&self.path(&name, "plan"), PLAN_BYTES_MAX)?;
        let reason = match (serde_json::from_slice::<Value>(&description), plan) {
            (Err(_), _) => "its description is not readable",
            (Ok(description), _) if description["key"] != key.fields() => {
                "its description is of another engine"
            }
            (Ok(_), None) => "the plan is missing",
            (Ok(description), Some(plan)) => {
                if description["plan_sha256"] == hex(&plan) {
                    return Ok(Found::Plan(plan));
                }
                "the plan is not the one described"
            }
        };
        self.set_aside(key)?;
        Ok(Found::Damaged(reason.to_owned()))
    }

    /// Stores a plan with a note for people: what it was built on, and how long that took.
    ///
    /// # Errors
    /// What the file system says; then nothing is found under the key.
    pub fn store(&self, key: &Key, plan: &[u8], note: &str) -> io::Result<()> {
        let name = key.name();
        // An old description must not lie beside a new plan.
        remove(&self.path(&name, "json"))?;
        self.write(&self.path(&name, "plan"), plan)?;
        let description = json!({
            "key": key.fields(), "plan_sha256": hex(plan), "plan_bytes": plan.len(), "note": note,
        });
        self.write(&self.path(&name, "json"), format!("{description:#}\n").as_bytes())
    }

    /// Adds to the description of a stored engine how far its answers were off at most.
    ///
    /// # Errors
    /// What the file system says, or that no engine is described; the engine stays as it is.
    pub fn compared(&self, key: &Key, worst: f32) -> io::Result<()> {
        let path = self.path(&key.name(), "json");
        let description = read(&path, DESCRIPTION_BYTES_MAX)?.unwrap_or_default();
        let mut description: Value = serde_json::from_slice(&description)?;
        if let Some(fields) = description.as_object_mut() {
            fields.insert("worst_difference".to_owned(), json!(worst));
        }
        self.write(&path, format!("{description:#}\n").as_bytes())
    }

    /// Notes that an engine of this key was built and its answers refused, so that no start builds it
    /// again. What is stored under the key must have been set aside.
    ///
    /// # Errors
    /// What the file system says.
    pub fn refuse(&self, key: &Key, reason: &str) -> io::Result<()> {
        let description = json!({ "key": key.fields(), "refused": reason });
        let path = self.path(&key.name(), "json");
        self.write(&path, format!("{description:#}\n").as_bytes())
    }

    /// Tries whether a plan of that many bytes could be stored; leaves nothing behind.
    ///
    /// # Errors
    /// What the file system says: that the disk is full, or read-only.
    pub fn try_room(&self, key: &Key, bytes: usize) -> io::Result<()> {
        let temporary = self.temporary(&key.name());
        let tried = (|| {
            let mut file = File::create(&temporary)?;
            io::copy(&mut io::repeat(0).take(bytes as u64), &mut file)?;
            file.sync_all()
        })();
        let removed = remove(&temporary);
        tried.and(removed)
    }

    /// Renames what is stored under a key to `.bad`, so that it is built anew and can be looked at.
    ///
    /// # Errors
    /// What the file system says.
    pub fn set_aside(&self, key: &Key) -> io::Result<()> {
        let name = key.name();
        for ending in ["json", "plan"] {
            let path = self.path(&name, ending);
            match fs::rename(&path, self.path(&name, &format!("{ending}.bad"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        sync_folder(&self.folder)
    }

    /// Removes engines of other networks, versions and GPUs, with what was set aside for them.
    ///
    /// # Errors
    /// What the file system says.
    pub fn keep_only(&self, keys: &[Key]) -> io::Result<()> {
        let mut names: Vec<String> = keys.iter().map(Key::name).collect();
        names.extend(keys.iter().map(Key::timing_name));
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let ours = ["plan", "json", "bad", "timing", "new"];
            let ending = name.rsplit('.').next().unwrap_or_default();
            let kept = names.iter().any(|kept| name.starts_with(kept.as_str()));
            // What an interrupted write left is of no use to any key.
            if ours.contains(&ending) && (!kept || ending == "new") {
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// What earlier builds on this GPU measured; nothing when there is none or it is not whole.
    #[must_use]
    pub fn timing(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(&key.timing_name(), "timing");
        let bytes = read(&path, PLAN_BYTES_MAX).ok().flatten()?;
        let (digest, timing) = bytes.split_at_checked(32)?;
        (digest == Sha256::digest(timing).as_slice()).then(|| timing.to_vec())
    }

    /// Stores what a build measured.
    ///
    /// # Errors
    /// What the file system says.
    pub fn store_timing(&self, key: &Key, timing: &[u8]) -> io::Result<()> {
        let bytes = [Sha256::digest(timing).as_slice(), timing].concat();
        self.write(&self.path(&key.timing_name(), "timing"), &bytes)
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{name}.{ending}"))
    }

    /// A name that no other write has, in this process or another one.
    fn temporary(&self, name: &str) -> PathBuf {
        let (process, write) = (std::process::id(), WRITES.fetch_add(1, Ordering::Relaxed));
        self.folder.join(format!("{name}.{process}.{write}.new"))
    }

    /// Writes all or nothing. No two writes have one temporary name: two processes or threads may
    /// build at once, and the later rename wins with a whole file.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let temporary = self.temporary(name);
        let written = (|| {
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        })();
        if written.is_err() {
            // The first error is the one to tell.
            drop(remove(&temporary));
        }
        written.and_then(|()| sync_folder(&self.folder))
    }
}

/// The reason in a description that says that the engine of this key was refused.
fn refusal(description: &[u8], key: &Key) -> Option<String> {
    let description: Value = serde_json::from_slice(description).ok()?;
    let reason = description["refused"].as_str()?;
    (description["key"] == key.fields()).then(|| reason.to_owned())
}

fn read(path: &Path, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        // Longer than anything that was written here: as good as damaged.
        Ok(metadata) if metadata.len() > bytes_max => Ok(Some(Vec::new())),
        Ok(_) => fs::read(path).map(Some),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Flavour;

    fn orin() -> (Version, Device) {
        let number = (10, 3, 0);
        let version = Version { flavour: Flavour::Standard, number, build: Some(30) };
        (version, Device { name: "Orin".to_owned(), compute: (8, 7), driver: 12_060 })
    }

    fn key() -> Key {
        let (version, device) = orin();
        Key::of(b"network", &version, &device, Precision::Fp16, 1 << 28)
    }

    fn scratch() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("engines")).unwrap();
        (folder, cache)
    }

    #[test]
    fn every_field_changes_the_key() {
        let (version, device) = orin();
        let build = |onnx: &[u8], version: &Version, device: &Device, precision, bytes| {
            Key::of(onnx, version, device, precision, bytes).name()
        };
        let mut newer = version.clone();
        newer.build = Some(31);
        let mut other_version = version.clone();
        other_version.number.2 = 1;
        let mut other_flavour = version.clone();
        other_flavour.flavour = Flavour::Rtx;
        let mut other_name = device.clone();
        other_name.name = "Xavier".to_owned();
        let mut other_compute = device.clone();
        other_compute.compute.1 = 2;
        let mut other_driver = device.clone();
        other_driver.driver += 1;
        let names = [
            key().name(),
            build(b"other", &version, &device, Precision::Fp16, 1 << 28),
            build(b"network", &newer, &device, Precision::Fp16, 1 << 28),
            build(b"network", &other_version, &device, Precision::Fp16, 1 << 28),
            build(b"network", &other_flavour, &device, Precision::Fp16, 1 << 28),
            build(b"network", &version, &other_name, Precision::Fp16, 1 << 28),
            build(b"network", &version, &other_compute, Precision::Fp16, 1 << 28),
            build(b"network", &version, &other_driver, Precision::Fp16, 1 << 28),
            build(b"network", &version, &device, Precision::Fp32, 1 << 28),
            build(b"network", &version, &device, Precision::Fp16, 1 << 27),
        ];
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn a_stored_plan_is_found_again_and_a_stale_one_is_not() {
        let (_folder, cache) = scratch();
        assert_eq!(cache.find(&key()).unwrap(), Found::Nothing);
        cache.store(&key(), b"plan", "built in 100 s").unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Plan(b"plan".to_vec()));
        let (version, mut device) = orin();
        device.driver = 13_020;
        let after_upgrade = Key::of(b"network", &version, &device, Precision::Fp16, 1 << 28);
        assert_eq!(cache.find(&after_upgrade).unwrap(), Found::Nothing);
        cache.keep_only(std::slice::from_ref(&after_upgrade)).unwrap();
        assert_eq!(fs::read_dir(&cache.folder).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_plan_is_set_aside() {
        let check = |damage: &dyn Fn(&Cache, &str), expected: &str| {
            let (_folder, cache) = scratch();
            cache.store(&key(), b"plan of some length", "").unwrap();
            damage(&cache, &key().name());
            assert_eq!(cache.find(&key()).unwrap(), Found::Damaged(expected.to_owned()));
            assert!(cache.path(&key().name(), "json.bad").exists());
            assert_eq!(cache.find(&key()).unwrap(), Found::Nothing);
            // The next build takes its place.
            cache.store(&key(), b"new", "").unwrap();
            assert_eq!(cache.find(&key()).unwrap(), Found::Plan(b"new".to_vec()));
        };
        let write = |ending: &'static str, text: &'static str| {
            move |cache: &Cache, name: &str| fs::write(cache.path(name, ending), text).unwrap()
        };
        check(&write("plan", "plan of some"), "the plan is not the one described");
        check(&write("plan", "plan of some lengtH"), "the plan is not the one described");
        check(&write("json", ""), "its description is not readable");
        check(&write("json", "{}"), "its description is of another engine");
        let gone = |cache: &Cache, name: &str| fs::remove_file(cache.path(name, "plan")).unwrap();
        check(&gone, "the plan is missing");
    }

    #[test]
    fn an_interrupted_store_leaves_nothing_to_find() {
        let (_folder, cache) = scratch();
        cache.store(&key(), b"old", "").unwrap();
        // As if the power went after the new plan and before its description.
        fs::remove_file(cache.path(&key().name(), "json")).unwrap();
        cache.write(&cache.path(&key().name(), "plan"), b"new").unwrap();
        fs::write(cache.folder.join("0123.plan.77.new"), "half").unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Nothing);
        cache.keep_only(&[key()]).unwrap();
        assert!(!cache.folder.join("0123.plan.77.new").exists());
    }

    #[test]
    fn two_that_store_at_once_leave_one_whole_engine() {
        let (_folder, cache) = scratch();
        let plans = [vec![1_u8; 1 << 20], vec![2_u8; 1 << 20]];
        std::thread::scope(|scope| {
            for plan in &plans {
                scope.spawn(|| cache.store(&key(), plan, "").unwrap());
            }
        });
        // A description beside the other's plan is seen as damage, never as an engine.
        match cache.find(&key()).unwrap() {
            Found::Plan(plan) => assert!(plans.contains(&plan)),
            Found::Damaged(reason) => assert_eq!(reason, "the plan is not the one described"),
            other => panic!("both descriptions are gone: {other:?}"),
        }
        let left = fs::read_dir(&cache.folder).unwrap().map(|it| it.unwrap().path());
        assert!(left.into_iter().all(|path| !path.to_string_lossy().ends_with(".new")));
    }

    #[test]
    fn a_full_disk_is_an_error_and_not_an_engine() {
        let (_folder, cache) = scratch();
        // A folder where the file should go refuses the rename as a full disk refuses the write.
        fs::create_dir(cache.path(&key().name(), "plan")).unwrap();
        cache.store(&key(), b"plan", "").unwrap_err();
        assert_eq!(cache.find(&key()).unwrap(), Found::Nothing);
        let left = fs::read_dir(&cache.folder).unwrap().count();
        assert_eq!(left, 1, "no temporary file is left");
    }

    #[test]
    fn a_refused_engine_is_remembered_until_another_takes_its_place() {
        let (_folder, cache) = scratch();
        cache.store(&key(), b"plan", "").unwrap();
        cache.set_aside(&key()).unwrap();
        cache.refuse(&key(), "off by 0.5").unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Refused("off by 0.5".to_owned()));
        cache.keep_only(&[key()]).unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Refused("off by 0.5".to_owned()));
        cache.store(&key(), b"plan", "").unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Plan(b"plan".to_vec()));
        cache.refuse(&key(), "off by 0.5").unwrap();
        cache.keep_only(&[]).unwrap();
        assert_eq!(cache.find(&key()).unwrap(), Found::Nothing);
    }

    #[test]
    fn how_close_an_engine_came_stands_in_its_description() {
        let (_folder, cache) = scratch();
        cache.compared(&key(), 0.25).unwrap_err();
        cache.store(&key(), b"plan", "built in 7 s").unwrap();
        cache.compared(&key(), 0.25).unwrap();
        let text = fs::read_to_string(cache.path(&key().name(), "json")).unwrap();
        assert!(text.contains("built in 7 s"), "{text}");
        assert!(text.contains("\"worst_difference\": 0.25"), "{text}");
        assert_eq!(cache.find(&key()).unwrap(), Found::Plan(b"plan".to_vec()));
    }

    #[test]
    fn room_is_tried_and_given_back() {
        let (folder, cache) = scratch();
        cache.try_room(&key(), 100_000).unwrap();
        assert_eq!(fs::read_dir(&cache.folder).unwrap().count(), 0);
        drop(folder);
        cache.try_room(&key(), 1).unwrap_err();
    }

    #[test]
    fn a_damaged_timing_cache_is_not_used() {
        let (_folder, cache) = scratch();
        assert_eq!(cache.timing(&key()), None);
        cache.store_timing(&key(), b"measured").unwrap();
        assert_eq!(cache.timing(&key()), Some(b"measured".to_vec()));
        let path = cache.path(&key().timing_name(), "timing");
        let mut bytes = fs::read(&path).unwrap();
        bytes[33] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert_eq!(cache.timing(&key()), None);
    }
}
