//! How the machine itself is: heat and storage, as far as the kernel tells. Pure judgement of values
//! that `board` has read; what to do about it are words of `locale`.

/// Coldest reading that is believed, thousandths of a degree Celsius: sensors of parts that are
/// switched off answer with numbers far below.
const COLDEST_MC: i32 = -50_000;
/// Hottest reading that is believed.
const HOTTEST_MC: i32 = 150_000;
/// Limit where the kernel names none: the boards that we know slow down between 95 and 99 °C.
const LIMIT_MC: i32 = 90_000;
/// This close to its limit a box is called warm.
const WARM_MC: i32 = 10_000;

/// One place in the machine whose heat is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatZone {
    /// The kernel's name, such as `cpu-thermal`.
    pub name: String,
    /// Thousandths of a degree Celsius now.
    pub now_mc: i32,
    /// Where the kernel begins to slow the machine down or to switch it off, whichever comes first.
    pub limit_mc: Option<i32>,
}

/// How hot the machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heat {
    /// The kernel measures nothing.
    Unknown,
    /// Far from any limit; the hottest place in whole degrees Celsius.
    Fine(i32),
    /// Within ten degrees of the limit.
    Warm(i32),
    /// At the limit or above: the machine slows down.
    Hot(i32),
}

impl Heat {
    /// Judges the zone that is closest to its own limit.
    #[must_use]
    pub fn of(zones: &[HeatZone]) -> Self {
        let believed = zones.iter().filter(|zone| (COLDEST_MC..=HOTTEST_MC).contains(&zone.now_mc));
        let left = |zone: &HeatZone| {
            let limit = zone.limit_mc.filter(|limit| (1..=HOTTEST_MC).contains(limit));
            limit.unwrap_or(LIMIT_MC) - zone.now_mc
        };
        let Some(worst) = believed.min_by_key(|zone| left(zone)) else { return Self::Unknown };
        let degrees = worst.now_mc.div_euclid(1000);
        match left(worst) {
            ..=0 => Self::Hot(degrees),
            1..=WARM_MC => Self::Warm(degrees),
            _ => Self::Fine(degrees),
        }
    }

    /// Word for machine-readable output, and part of the keys of its texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Fine(_) => "fine",
            Self::Warm(_) => "warm",
            Self::Hot(_) => "hot",
        }
    }

    /// Degrees Celsius, where measured.
    #[must_use]
    pub const fn degrees(self) -> Option<i32> {
        match self {
            Self::Unknown => None,
            Self::Fine(degrees) | Self::Warm(degrees) | Self::Hot(degrees) => Some(degrees),
        }
    }

    /// Whether nobody has to do anything.
    #[must_use]
    pub const fn is_well(self) -> bool {
        !matches!(self, Self::Hot(_))
    }
}

/// What is wrong with where the data lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageFlaw {
    /// Nothing can be written.
    ReadOnly,
    /// Everything is gone when the power goes: the memory, or a layer over a live image.
    NotKept,
    /// `data=writeback`: after a power cut a file may hold what was there before it.
    Writeback,
    /// The file system has no journal: a power cut may leave it broken, and files with it.
    NoJournal,
    /// Write barriers are switched off: a cut may lose what was promised to be kept.
    NoBarrier,
    /// The file system has counted errors.
    FilesystemErrors,
    /// The flash says that its life is nearly over.
    WornOut,
    /// The flash says that most of its life is used: 80 percent or more.
    Wearing,
    /// A card that can be pulled out; many do not keep what they say is kept.
    SdCard,
}

impl StorageFlaw {
    /// Worst first.
    pub const ALL: [Self; 9] = [
        Self::ReadOnly,
        Self::NotKept,
        Self::Writeback,
        Self::NoJournal,
        Self::NoBarrier,
        Self::FilesystemErrors,
        Self::WornOut,
        Self::Wearing,
        Self::SdCard,
    ];

    /// Word for machine-readable output, and part of the keys of its texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::NotKept => "not-kept",
            Self::Writeback => "writeback",
            Self::NoJournal => "no-journal",
            Self::NoBarrier => "no-barrier",
            Self::FilesystemErrors => "filesystem-errors",
            Self::WornOut => "worn-out",
            Self::Wearing => "wearing",
            Self::SdCard => "sd-card",
        }
    }

    /// Whether a box must not be set up on such storage.
    #[must_use]
    pub const fn refuses_a_box(self) -> bool {
        match self {
            Self::ReadOnly
            | Self::NotKept
            | Self::Writeback
            | Self::NoJournal
            | Self::NoBarrier
            | Self::WornOut => true,
            Self::FilesystemErrors | Self::Wearing | Self::SdCard => false,
        }
    }
}

/// Where the data lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// The disk's name in the kernel, such as `mmcblk0`; empty when the kernel does not say.
    pub device: String,
    /// The file system, such as `ext4`; empty when the kernel does not say.
    pub filesystem: String,
    /// How much of its life the flash has used, percent, at least; where it tells.
    pub used_life_percent: Option<u8>,
    /// What is wrong, worst first.
    pub flaws: Vec<StorageFlaw>,
}

/// What the kernel and the flash say, before it is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageSigns {
    /// See [`Storage::device`].
    pub device: String,
    /// See [`Storage::filesystem`].
    pub filesystem: String,
    /// Mount options, those of the mount and of the file system.
    pub options: Vec<String>,
    /// The file system is of a kind that has a journal, and was made without one.
    pub no_journal: bool,
    /// Errors that the file system has counted since it was made.
    pub filesystem_errors: u64,
    /// An eMMC's `life_time`: two estimates, each 1 for up to 10 % used to 10 for up to 100 %, 11 for
    /// beyond; 0 for unknown (JEDEC JESD84-B51, EXT_CSD 268 and 269).
    pub emmc_life: [u8; 2],
    /// An eMMC's `pre_eol_info`: 1 normal, 2 eighty percent of the spare blocks used, 3 urgent
    /// (EXT_CSD 267); 0 unknown.
    pub emmc_spare: u8,
    /// A card of the SD kind.
    pub sd_card: bool,
}

impl StorageSigns {
    /// Judges the signs.
    #[must_use]
    pub fn judge(self) -> Storage {
        let has = |name: &str| self.options.iter().any(|option| option == name);
        let life = self.emmc_life.into_iter().max().unwrap_or(0);
        let worn = life >= 11 || self.emmc_spare >= 3;
        let is = |flaw: StorageFlaw| match flaw {
            StorageFlaw::ReadOnly => has("ro"),
            StorageFlaw::NotKept => {
                matches!(self.filesystem.as_str(), "tmpfs" | "ramfs" | "overlay" | "squashfs")
            }
            StorageFlaw::Writeback => has("data=writeback"),
            StorageFlaw::NoJournal => self.no_journal,
            StorageFlaw::NoBarrier => has("nobarrier") || has("barrier=0"),
            StorageFlaw::FilesystemErrors => self.filesystem_errors > 0,
            StorageFlaw::WornOut => worn,
            StorageFlaw::Wearing => !worn && (life >= 9 || self.emmc_spare == 2),
            StorageFlaw::SdCard => self.sd_card,
        };
        let flaws = StorageFlaw::ALL.into_iter().filter(|flaw| is(*flaw)).collect();
        // Step n means "up to n times ten percent used"; ten less is what is certain.
        let used_life_percent =
            (life > 0).then(|| life.saturating_sub(1).saturating_mul(10).min(100));
        Storage { device: self.device, filesystem: self.filesystem, used_life_percent, flaws }
    }
}

impl Storage {
    /// Whether nobody has to do anything.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.flaws.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(now_mc: i32, limit_mc: Option<i32>) -> HeatZone {
        HeatZone { name: "cpu".to_owned(), now_mc, limit_mc }
    }

    #[test]
    fn heat_is_judged_by_the_zone_nearest_to_its_limit() {
        let check = |zones: &[HeatZone], expected| assert_eq!(Heat::of(zones), expected);
        check(&[], Heat::Unknown);
        check(&[zone(-256_000, None)], Heat::Unknown);
        check(&[zone(45_500, None)], Heat::Fine(45));
        check(&[zone(80_000, None)], Heat::Warm(80));
        check(&[zone(90_000, None)], Heat::Hot(90));
        check(&[zone(90_000, Some(110_000))], Heat::Fine(90));
        check(&[zone(85_000, Some(110_000)), zone(61_000, Some(70_000))], Heat::Warm(61));
        // A limit that makes no sense is none.
        check(&[zone(45_000, Some(0))], Heat::Fine(45));
    }

    fn flaws(signs: StorageSigns) -> Vec<StorageFlaw> {
        signs.judge().flaws
    }

    #[test]
    fn mounts_that_lose_data_are_named() {
        let signs = |filesystem: &str, options: &[&str]| StorageSigns {
            filesystem: filesystem.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            ..StorageSigns::default()
        };
        assert_eq!(flaws(signs("ext4", &["rw", "relatime", "data=ordered"])), []);
        assert_eq!(flaws(signs("ext4", &["rw", "data=writeback"])), [StorageFlaw::Writeback]);
        assert_eq!(flaws(signs("ext4", &["rw", "barrier=0"])), [StorageFlaw::NoBarrier]);
        assert_eq!(flaws(signs("ext4", &["ro"])), [StorageFlaw::ReadOnly]);
        assert_eq!(flaws(signs("tmpfs", &["rw"])), [StorageFlaw::NotKept]);
        let without = StorageSigns { no_journal: true, ..signs("ext4", &["rw"]) };
        assert_eq!(flaws(without), [StorageFlaw::NoJournal]);
    }

    #[test]
    fn flash_tells_its_age() {
        let check = |emmc_life, emmc_spare, percent, expected: &[StorageFlaw]| {
            let signs = StorageSigns { emmc_life, emmc_spare, ..StorageSigns::default() };
            let storage = signs.judge();
            assert_eq!(storage.used_life_percent, percent, "{emmc_life:?}");
            assert_eq!(storage.flaws, expected, "{emmc_life:?} {emmc_spare}");
        };
        check([0, 0], 0, None, &[]);
        check([1, 2], 1, Some(10), &[]);
        check([9, 1], 1, Some(80), &[StorageFlaw::Wearing]);
        check([3, 3], 2, Some(20), &[StorageFlaw::Wearing]);
        check([11, 1], 1, Some(100), &[StorageFlaw::WornOut]);
        check([3, 3], 3, Some(20), &[StorageFlaw::WornOut]);
    }

    #[test]
    fn a_box_is_refused_on_storage_that_forgets_and_only_there() {
        let refused: Vec<_> =
            StorageFlaw::ALL.into_iter().filter(|flaw| flaw.refuses_a_box()).collect();
        assert_eq!(
            refused,
            StorageFlaw::ALL[..5].iter().copied().chain([StorageFlaw::WornOut]).collect::<Vec<_>>()
        );
    }
}
