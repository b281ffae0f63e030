//! A disk that remembers every write and flush in order, so that the disk as it stood at any moment
//! of a run can be rebuilt afterwards (the idea of dm-log-writes and CrashMonkey, in user space).
//!
//! FUSE serves one file from memory; the kernel's loop driver puts a real ext4 on it and sends the
//! file system's barriers as fsync. What was written after the last flush before a power cut may
//! or may not be on the disk, in any mixture.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use fuser::{
    Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo, LockOwner,
    OpenFlags, ReplyAttr, ReplyData, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyWrite, Request,
    WriteFlags,
};

/// Size of the disk, bytes.
const SIZE: usize = 48 * 1024 * 1024;
const TTL: Duration = Duration::from_secs(3600);
const FILE: INodeNo = INodeNo(2);

enum Event {
    Write(usize, Vec<u8>),
    Flush,
}

#[derive(Default)]
struct Log {
    base: Vec<u8>,
    now: Vec<u8>,
    events: Vec<Event>,
}

/// What a power cut leaves of the writes after the last flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// None of them.
    Nothing,
    /// All of them.
    Everything,
    /// Random 4 KiB blocks of them.
    Blocks,
    /// Random 512-byte sectors of them.
    Sectors,
    /// The disk lied: the last three flushes did not happen either.
    LyingDisk,
}

/// The disk. Cheap to clone.
#[derive(Clone, Default)]
pub struct LoggingDisk {
    log: Arc<Mutex<Log>>,
}

impl LoggingDisk {
    /// An empty ext4.
    pub fn formatted(scratch: &Path) -> Self {
        let path = scratch.join("base.img");
        std::fs::write(&path, vec![0_u8; SIZE]).unwrap();
        run("mkfs.ext4", &["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"], &[&path]);
        let base = std::fs::read(&path).unwrap();
        let disk = Self::default();
        let mut log = disk.log.lock().unwrap();
        log.now.clone_from(&base);
        log.base = base;
        drop(log);
        disk
    }

    /// Serves the disk as a file in a folder.
    pub fn serve(&self, folder: &Path) -> fuser::BackgroundSession {
        fuser::spawn_mount(Served(self.clone()), folder, &fuser::Config::default()).unwrap()
    }

    /// How far the log has come.
    pub fn position(&self) -> usize {
        self.log.lock().unwrap().events.len()
    }

    /// Flushes and bytes written so far.
    pub fn wear(&self) -> (usize, usize) {
        let log = self.log.lock().unwrap();
        let flushes = log.events.iter().filter(|event| matches!(event, Event::Flush)).count();
        let bytes = log.events.iter().map(|event| match event {
            Event::Write(_, bytes) => bytes.len(),
            Event::Flush => 0,
        });
        (flushes, bytes.sum())
    }

    /// The disk as a power cut at a position leaves it.
    pub fn after_cut(&self, position: usize, cut: Cut, seed: u64) -> Vec<u8> {
        let log = self.log.lock().unwrap();
        let events = &log.events[..position.min(log.events.len())];
        let flushes: Vec<usize> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| matches!(event, Event::Flush))
            .map(|(index, _)| index)
            .collect();
        let kept =
            if cut == Cut::LyingDisk { flushes.len().saturating_sub(3) } else { flushes.len() };
        let durable = kept.checked_sub(1).map_or(0, |last| flushes[last]);
        let mut image = log.base.clone();
        let mut random = Random(seed | 1);
        for (index, event) in events.iter().enumerate() {
            let Event::Write(at, bytes) = event else { continue };
            let unit = match cut {
                _ if index < durable => bytes.len().max(1),
                Cut::Nothing => continue,
                Cut::Everything => bytes.len().max(1),
                Cut::Blocks | Cut::LyingDisk => 4096,
                Cut::Sectors => 512,
            };
            let certain = index < durable || cut == Cut::Everything;
            for (part, chunk) in bytes.chunks(unit).enumerate() {
                if certain || random.next().is_multiple_of(2) {
                    let to = at + part * unit;
                    image[to..to + chunk.len()].copy_from_slice(chunk);
                }
            }
        }
        image
    }
}

/// Numbers that are the same on every run (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }
}

struct Served(LoggingDisk);

fn attributes(ino: INodeNo) -> FileAttr {
    let (kind, size) = match ino {
        FILE => (FileType::RegularFile, SIZE as u64),
        _ => (FileType::Directory, 0),
    };
    FileAttr {
        ino,
        size,
        blocks: size / 512,
        atime: UNIX_EPOCH,
        mtime: UNIX_EPOCH,
        ctime: UNIX_EPOCH,
        crtime: UNIX_EPOCH,
        kind,
        perm: 0o700,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    }
}

impl Filesystem for Served {
    fn lookup(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        if name == "disk.img" {
            reply.entry(&TTL, &attributes(FILE), Generation(0));
        } else {
            reply.error(Errno::ENOENT);
        }
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        reply.attr(&TTL, &attributes(ino));
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        reply.opened(FileHandle(0), FopenFlags::empty());
    }

    fn read(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let log = self.0.log.lock().unwrap();
        let from = (offset as usize).min(SIZE);
        reply.data(&log.now[from..(from + size as usize).min(SIZE)]);
    }

    fn write(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let mut log = self.0.log.lock().unwrap();
        let at = offset as usize;
        log.now[at..at + data.len()].copy_from_slice(data);
        log.events.push(Event::Write(at, data.to_vec()));
        reply.written(data.len() as u32);
    }

    fn fsync(&self, _: &Request, _: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.0.log.lock().unwrap().events.push(Event::Flush);
        reply.ok();
    }

    fn fallocate(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        _: u64,
        _: u64,
        _: i32,
        reply: ReplyEmpty,
    ) {
        reply.error(Errno::EOPNOTSUPP);
    }
}

/// A mounted ext4 image; unmounted when dropped.
pub struct Mounted {
    at: PathBuf,
}

impl Mounted {
    /// Mounts an image file through a loop device, or says why the kernel refuses.
    pub fn new(image: &Path, at: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "ext4", "-o", "loop,noatime"]).args([image, at]);
        done_text(&mut mount).map(|()| Self { at: at.to_owned() })
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if done_text(Command::new("umount").arg(&self.at)).is_err() {
            let _left_to_the_kernel = done_text(Command::new("umount").arg("-l").arg(&self.at));
        }
    }
}

fn done_text(command: &mut Command) -> Result<(), String> {
    let done = command.output().map_err(|error| error.to_string())?;
    if done.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned())
    }
}

fn run(program: &str, arguments: &[&str], paths: &[&Path]) {
    done_text(Command::new(program).args(arguments).args(paths)).unwrap();
}

/// Why this machine cannot host such a disk, if it cannot.
pub fn missing() -> Option<&'static str> {
    let has = |program: &str| {
        let folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];
        folders.iter().any(|folder| Path::new(folder).join(program).exists())
    };
    if !["mkfs.ext4", "mount", "umount"].into_iter().all(has) {
        return Some("mkfs.ext4, mount or umount is not installed");
    }
    let root = std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")));
    if !root {
        return Some("mounting needs root");
    }
    (!Path::new("/dev/fuse").exists() || !Path::new("/dev/loop-control").exists())
        .then_some("this kernel has no FUSE or no loop devices")
}
