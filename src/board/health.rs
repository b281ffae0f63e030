//! What the kernel says about heat and storage.

use std::path::{Path, PathBuf};

use crate::board::{Kernel, text_of};
use crate::domain::condition::{Heat, HeatZone, Storage, StorageSigns};

/// Most trip points of one zone that are looked at.
const TRIPS_MAX: u32 = 12;

impl Kernel {
    /// How hot the machine is.
    #[must_use]
    pub fn heat(&self) -> Heat {
        let zones = self.names("/sys/class/thermal").into_iter();
        let zones = zones.filter(|name| name.starts_with("thermal_zone"));
        Heat::of(&zones.filter_map(|name| self.zone(&name)).collect::<Vec<_>>())
    }

    fn zone(&self, folder: &str) -> Option<HeatZone> {
        let number = |file: String| {
            self.text(&format!("/sys/class/thermal/{folder}/{file}"))?.parse::<i32>().ok()
        };
        let now_mc = number("temp".to_owned())?;
        let limits = (0..TRIPS_MAX).filter_map(|trip| {
            let kind = format!("/sys/class/thermal/{folder}/trip_point_{trip}_type");
            // An `active` trip only starts a fan.
            let slows = matches!(self.text(&kind)?.as_str(), "passive" | "hot" | "critical");
            let limit = number(format!("trip_point_{trip}_temp")).filter(|limit| *limit > 0);
            limit.filter(|_| slows)
        });
        let limit_mc = limits.min();
        let name = self.text(&format!("/sys/class/thermal/{folder}/type")).unwrap_or_default();
        Some(HeatZone { name, now_mc, limit_mc })
    }

    /// Lights a lamp steadily, or lets it blink; `false` when this machine has no such lamp.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn set_led(&self, led: &str, steady: bool) -> std::io::Result<bool> {
        let folder = self.path(&format!("/sys/class/leds/{led}"));
        if !folder.is_dir() {
            return Ok(false);
        }
        let trigger = if steady { "default-on" } else { "timer" };
        std::fs::write(folder.join("trigger"), trigger)?;
        Ok(true)
    }

    /// What can be said about the storage under a folder.
    #[must_use]
    pub fn storage(&self, folder: &Path) -> Storage {
        let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mounts = self.text("/proc/self/mountinfo").unwrap_or_default();
        let mount = mounts.lines().filter_map(Mount::parse);
        // The last of several mounts on one place lies on top.
        let mount = mount
            .filter(|mount| folder.starts_with(&mount.place))
            .max_by_key(|mount| mount.place.components().count());
        mount.map_or_else(Storage::default, |mount| self.signs(mount).judge())
    }

    fn signs(&self, mount: Mount) -> StorageSigns {
        let node = std::fs::canonicalize(self.path(&format!("/sys/dev/block/{}", mount.device)));
        let mut signs = StorageSigns {
            filesystem: mount.filesystem,
            options: mount.options,
            ..StorageSigns::default()
        };
        let Ok(node) = node else { return signs };
        let partition = name_of(&node);
        let disk = if node.join("partition").exists() { parent(&node) } else { node };
        // mountinfo leaves out what the file system does by its own defaults (tune2fs -o); ext4, which also
        // serves ext2 and ext3, tells all of it here. Without a journal it names no `data=`.
        if let Some(own) = self.text(&format!("/proc/fs/ext4/{partition}/options")) {
            signs.no_journal = !own.lines().any(|option| option.starts_with("data="));
            signs.options.extend(own.lines().map(str::to_owned));
        }
        let errors = self.text(&format!("/sys/fs/{}/{partition}/errors_count", signs.filesystem));
        signs.filesystem_errors = errors.and_then(|count| count.parse().ok()).unwrap_or(0);
        signs.device = name_of(&disk);
        let card = disk.join("device");
        signs.sd_card = text_of(&card.join("type")).is_some_and(|kind| kind == "SD");
        let life = text_of(&card.join("life_time")).unwrap_or_default();
        let mut steps = life.split_whitespace().filter_map(hex);
        signs.emmc_life = [steps.next().unwrap_or(0), steps.next().unwrap_or(0)];
        signs.emmc_spare =
            text_of(&card.join("pre_eol_info")).and_then(|text| hex(&text)).unwrap_or(0);
        signs
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

/// A number like `0x0b`.
fn hex(text: &str) -> Option<u8> {
    u8::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

/// A line of `/proc/self/mountinfo` (proc(5)).
struct Mount {
    place: PathBuf,
    device: String,
    filesystem: String,
    options: Vec<String>,
}

impl Mount {
    fn parse(line: &str) -> Option<Self> {
        let (own, superblock) = line.split_once(" - ")?;
        let own: Vec<&str> = own.split(' ').collect();
        let superblock: Vec<&str> = superblock.split(' ').collect();
        let (device, place, options) = (own.get(2)?, own.get(4)?, own.get(5)?);
        let all = options.split(',').chain(superblock.get(2)?.split(','));
        Some(Self {
            // Spaces come as \040; a state directory has none, so such a mount never matches.
            place: PathBuf::from(place),
            device: (*device).to_owned(),
            filesystem: (*superblock.first()?).to_owned(),
            options: all.map(str::to_owned).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::condition::StorageFlaw;
    use std::fs;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn heat_comes_from_the_zones_and_their_trips() {
        let dir = tempfile::tempdir().unwrap();
        let zone = "sys/class/thermal/thermal_zone0";
        for (file, text) in [
            ("type", "cpu-thermal\n"),
            ("temp", "86500\n"),
            ("trip_point_0_type", "active\n"),
            ("trip_point_0_temp", "50000\n"),
            ("trip_point_1_type", "passive\n"),
            ("trip_point_1_temp", "95000\n"),
            ("trip_point_2_type", "critical\n"),
            ("trip_point_2_temp", "105000\n"),
        ] {
            write(dir.path(), &format!("{zone}/{file}"), text);
        }
        write(dir.path(), "sys/class/thermal/cooling_device0/type", "fan");
        assert_eq!(Kernel::at(dir.path()).heat(), Heat::Warm(86));
        assert_eq!(Kernel::at(dir.path().join("none")).heat(), Heat::Unknown);
    }

    #[test]
    fn storage_comes_from_mount_disk_and_file_system() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("data/state");
        fs::create_dir_all(&state).unwrap();
        let data = fs::canonicalize(dir.path().join("data")).unwrap();
        let mounts = format!(
            "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n\
             23 22 179:9 / {} rw,noatime shared:1 - ext4 /dev/mmcblk0p9 rw,data=writeback\n\
             24 22 0:5 / /data2 rw - tmpfs tmpfs rw\n",
            data.display()
        );
        write(dir.path(), "proc/self/mountinfo", &mounts);
        let disk = "sys/devices/mmc/mmcblk0";
        write(dir.path(), &format!("{disk}/mmcblk0p9/partition"), "9");
        write(dir.path(), &format!("{disk}/device/type"), "MMC\n");
        write(dir.path(), &format!("{disk}/device/life_time"), "0x02 0x09\n");
        write(dir.path(), &format!("{disk}/device/pre_eol_info"), "0x01\n");
        write(dir.path(), "sys/fs/ext4/mmcblk0p9/errors_count", "3\n");
        fs::create_dir_all(dir.path().join("sys/dev/block")).unwrap();
        let link = dir.path().join("sys/dev/block/179:9");
        std::os::unix::fs::symlink("../../devices/mmc/mmcblk0/mmcblk0p9", link).unwrap();
        let storage = Kernel::at(dir.path()).storage(&state);
        assert_eq!(
            storage,
            Storage {
                device: "mmcblk0".to_owned(),
                filesystem: "ext4".to_owned(),
                used_life_percent: Some(80),
                flaws: vec![
                    StorageFlaw::Writeback,
                    StorageFlaw::FilesystemErrors,
                    StorageFlaw::Wearing
                ],
            }
        );
    }

    #[test]
    fn what_a_file_system_does_by_its_own_defaults_counts_too() {
        let check = |own: &str, expected: &[StorageFlaw]| {
            let dir = tempfile::tempdir().unwrap();
            let mounts = "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n";
            write(dir.path(), "proc/self/mountinfo", mounts);
            write(dir.path(), "proc/fs/ext4/sda1/options", own);
            write(dir.path(), "sys/devices/sda/sda1/partition", "1");
            fs::create_dir_all(dir.path().join("sys/dev/block")).unwrap();
            let link = dir.path().join("sys/dev/block/8:1");
            std::os::unix::fs::symlink("../../devices/sda/sda1", link).unwrap();
            let storage = Kernel::at(dir.path()).storage(dir.path());
            assert_eq!(storage.flaws, expected, "{own:?}");
        };
        check("rw\nbarrier\ndata=ordered\n", &[]);
        check("rw\nbarrier\ndata=journal\n", &[]);
        check("rw\nbarrier\ndata=writeback\n", &[StorageFlaw::Writeback]);
        check("rw\nnobarrier\ndata=ordered\n", &[StorageFlaw::NoBarrier]);
        check("rw\nbarrier\n", &[StorageFlaw::NoJournal]);
    }

    #[test]
    fn a_lamp_is_steady_or_blinks() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "sys/class/leds/ACT/trigger", "none");
        let kernel = Kernel::at(dir.path());
        for (steady, expected) in [(true, "default-on"), (false, "timer")] {
            assert!(kernel.set_led("ACT", steady).unwrap());
            let trigger = fs::read_to_string(dir.path().join("sys/class/leds/ACT/trigger"));
            assert_eq!(trigger.unwrap(), expected);
        }
        assert!(!kernel.set_led("none", true).unwrap());
    }

    #[test]
    fn this_machine_answers() {
        let dir = tempfile::tempdir().unwrap();
        let storage = Kernel::default().storage(dir.path());
        assert!(!storage.filesystem.is_empty());
    }
}
