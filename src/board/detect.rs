//! Which board this is.

use crate::board::{Kernel, Profile, ProfileError, profiles};

/// The profile in force, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The profile.
    pub profile: Profile,
    /// Why this one.
    pub why: Why,
    /// What the board calls itself; empty when it does not.
    pub model: String,
    /// All memory of the machine, MiB; 0 when the kernel does not say.
    pub memory_mib: u32,
}

/// Why a profile was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody named it.
    Named,
    /// The device tree names the board.
    DeviceTree(String),
    /// Nothing names the board: the profile for the rest of its architecture.
    Architecture,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named => f.write_str("named in the settings"),
            Self::DeviceTree(name) => write!(f, "the device tree names {name}"),
            Self::Architecture => {
                f.write_str("nothing names the board, so the profile of its architecture")
            }
        }
    }
}

impl Choice {
    /// Memory for all loaded networks together, MiB: the profile's, but never more than half of what
    /// the machine has.
    #[must_use]
    pub fn networks_mib(&self) -> u32 {
        match self.memory_mib / 2 {
            0 => self.profile.networks_mib,
            half => self.profile.networks_mib.min(half),
        }
    }
}

/// Chooses the profile: `auto`, the name of a built-in one, or the path of a file.
///
/// # Errors
/// [`ProfileError`] when the named one does not exist or is refused.
pub fn choose(kernel: &Kernel, name: &str) -> Result<Choice, ProfileError> {
    let (profile, why) = match name {
        "auto" => detect(kernel)?,
        _ => (Profile::named(name)?, Why::Named),
    };
    Ok(Choice { profile, why, model: model(kernel), memory_mib: memory_mib(kernel) })
}

fn detect(kernel: &Kernel) -> Result<(Profile, Why), ProfileError> {
    let arch = std::env::consts::ARCH;
    let tree = kernel.text("/proc/device-tree/compatible").unwrap_or_default();
    // Names end with a zero byte each. A board's own name comes as "carrier+module" and by itself.
    let names: Vec<&str> = tree.split(['\0', '+']).filter(|name| !name.is_empty()).collect();
    let mut known = profiles()?;
    let named = known.iter().position(|profile| {
        profile.compatible.iter().any(|name| names.iter().any(|found| is_board(found, name)))
    });
    if let Some(place) = named {
        let profile = known.swap_remove(place);
        let name =
            names.iter().find(|found| profile.compatible.iter().any(|name| is_board(found, name)));
        let name = name.map_or_else(String::new, |name| (*name).to_owned());
        return Ok((profile, Why::DeviceTree(name)));
    }
    let rest = known.into_iter().find(|it| it.arch == arch && it.compatible.is_empty());
    let rest = rest.ok_or_else(|| ProfileError::Unknown {
        id: arch.to_owned(),
        known: "aarch64, x86_64".to_owned(),
    })?;
    Ok((rest, Why::Architecture))
}

/// Whether a name in the tree is that board: JetPack 6.2 adds `-super` to some, and the part after
/// the `+` of a pair comes without the maker.
fn is_board(found: &str, name: &str) -> bool {
    let bare = found.strip_suffix("-super").unwrap_or(found);
    bare == name || name.split_once(',').is_some_and(|(_, part)| bare == part)
}

/// What the board calls itself: device tree, or the BIOS.
fn model(kernel: &Kernel) -> String {
    let tree = kernel.text("/proc/device-tree/model");
    let bios = || {
        let vendor = kernel.text("/sys/class/dmi/id/sys_vendor").unwrap_or_default();
        let name = kernel.text("/sys/class/dmi/id/product_name").unwrap_or_default();
        format!("{vendor} {name}")
    };
    let text = tree.unwrap_or_else(bios);
    let plain: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    plain.trim().to_owned()
}

fn memory_mib(kernel: &Kernel) -> u32 {
    let info = kernel.text("/proc/meminfo").unwrap_or_default();
    let line = info.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = line.and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse::<u64>().ok());
    kib.and_then(|kib| u32::try_from(kib / 1024).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(files: &[(&str, &str)]) -> (tempfile::TempDir, Kernel) {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let kernel = Kernel::at(dir.path());
        (dir, kernel)
    }

    #[test]
    fn boards_are_known_by_their_device_tree() {
        let check = |tree: &str, expected: &str| {
            let (_dir, kernel) = machine(&[("proc/device-tree/compatible", tree)]);
            assert_eq!(choose(&kernel, "auto").unwrap().profile.id, expected, "{tree:?}");
        };
        check(
            "nvidia,p3768-0000+p3767-0005\0nvidia,p3767-0005\0nvidia,tegra234\0",
            "orin-nano-8gb",
        );
        check("nvidia,p3768-0000+p3767-0003-super\0nvidia,tegra234\0", "orin-nano-8gb");
        check("nvidia,p3768-0000+p3767-0000\0nvidia,p3767-0000\0nvidia,tegra234\0", "orin-nx");
        check("nvidia,p3509-0000+p3668-0001\0nvidia,p3668-0001\0nvidia,tegra194\0", "xavier-nx");
    }

    #[test]
    fn other_boards_get_the_profile_of_their_architecture() {
        let (_dir, kernel) = machine(&[("proc/device-tree/compatible", "acme,board\0acme,soc\0")]);
        let choice = choose(&kernel, "auto").unwrap();
        assert_eq!(choice.why, Why::Architecture);
        assert_eq!(choice.profile.arch, std::env::consts::ARCH);
        assert!(choice.profile.compatible.is_empty());
    }

    #[test]
    fn networks_never_take_more_than_half_of_the_memory() {
        let check = |memory: &str, expected| {
            let (_dir, kernel) = machine(&[("proc/meminfo", memory)]);
            let choice = choose(&kernel, "orin-nx").unwrap();
            assert_eq!((choice.networks_mib(), choice.why), (expected, Why::Named), "{memory}");
        };
        check("MemTotal:       15728640 kB\nMemFree: 1 kB", 1536);
        check("MemTotal:        2097152 kB", 1024);
        check("", 1536);
    }

    #[test]
    fn a_board_says_what_it_is() {
        let (_dir, kernel) = machine(&[("proc/device-tree/model", "NVIDIA Jetson Orin NX\0")]);
        assert_eq!(choose(&kernel, "auto").unwrap().model, "NVIDIA Jetson Orin NX");
        let dmi =
            [("sys/class/dmi/id/sys_vendor", "Acme"), ("sys/class/dmi/id/product_name", "N1")];
        let (_dir, kernel) = machine(&dmi);
        assert_eq!(choose(&kernel, "auto").unwrap().model, "Acme N1");
    }
}
