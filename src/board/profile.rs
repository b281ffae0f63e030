//! Profiles: as written in `firmware/boards/*.toml` → as used. `firmware/boards/README.md` says what
//! each setting means.

use std::path::Path;

use serde::Deserialize;

/// Names and texts of the profiles in the program.
const BUILT_IN: [(&str, &str); 5] = [
    ("orin-nano-8gb", include_str!("../../firmware/boards/orin-nano-8gb.toml")),
    ("orin-nx", include_str!("../../firmware/boards/orin-nx.toml")),
    ("xavier-nx", include_str!("../../firmware/boards/xavier-nx.toml")),
    ("generic-arm64", include_str!("../../firmware/boards/generic-arm64.toml")),
    ("x86-mini-pc", include_str!("../../firmware/boards/x86-mini-pc.toml")),
];

/// Bounds of `networks_mib`.
const NETWORKS_MIB: std::ops::RangeInclusive<u32> = 128..=8192;
/// Longest name.
const NAME_CHARS_MAX: usize = 80;
/// Most serial ports.
const SERIAL_MAX: usize = 8;

/// What the program does differently on one kind of board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Name of its file.
    pub id: String,
    /// As people say it.
    pub name: String,
    /// What was run on this board; empty for nothing.
    pub tried: String,
    /// `std::env::consts::ARCH` of the board.
    pub arch: String,
    /// Names in the device tree that mean this board.
    pub compatible: Vec<String>,
    /// Memory for all loaded networks together, MiB.
    pub networks_mib: u32,
    /// Which back end, where the settings do not say.
    pub backend: BackendWish,
    /// Serial ports.
    pub serial: Vec<SerialPort>,
    /// A lamp that may be used.
    pub led: Option<String>,
    /// What a short press does.
    pub power_button: PowerButton,
    /// Name in `/etc/nvpmodel.conf`.
    pub power_mode: Option<String>,
}

/// Which back end a board prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BackendWish {
    /// The fastest that passes its self-test.
    Auto,
    /// The CPU only.
    Tract,
}

/// What a short press of the power button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PowerButton {
    /// Shuts the box down in order.
    Poweroff,
    /// Nothing.
    Ignore,
}

impl PowerButton {
    /// Word of logind's `HandlePowerKey`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Poweroff => "poweroff",
            Self::Ignore => "ignore",
        }
    }
}

/// A serial port of the board.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialPort {
    /// Name below `/dev/`.
    pub path: String,
    /// Who uses it.
    #[serde(rename = "use")]
    pub purpose: SerialUse,
}

/// Who uses a serial port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SerialUse {
    /// The kernel's messages and a login.
    Console,
    /// Nobody: a modem may be connected.
    Free,
}

/// Why a profile is refused.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No built-in profile has that name.
    #[error("no board is called {id}; there are {known}")]
    Unknown {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is not understood.
    #[error("cannot understand board {id}: {reason}")]
    Syntax {
        /// Which profile.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// A setting is out of range.
    #[error("board {id}: setting {name} is out of range")]
    Range {
        /// Which profile.
        id: String,
        /// Which setting.
        name: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: String,
    tried: String,
    arch: String,
    compatible: Vec<String>,
    networks_mib: u32,
    backend: BackendWish,
    #[serde(default)]
    serial: Vec<SerialPort>,
    led: Option<String>,
    power_button: PowerButton,
    power_mode: Option<String>,
}

/// A name of one path part, as the kernel and device trees use them.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.,:+".contains(&byte);
    !text.is_empty() && !text.starts_with('.') && text.len() <= 64 && text.bytes().all(plain)
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`ProfileError`] with the setting at fault.
    pub fn parse(id: &str, text: &str) -> Result<Self, ProfileError> {
        let file: ProfileFile = toml::from_str(text).map_err(|error| ProfileError::Syntax {
            id: id.to_owned(),
            reason: error.to_string(),
        })?;
        let check = |holds: bool, name: &'static str| {
            if holds { Ok(()) } else { Err(ProfileError::Range { id: id.to_owned(), name }) }
        };
        let name_chars = file.name.trim().chars().count();
        check((1..=NAME_CHARS_MAX).contains(&name_chars), "name")?;
        check(matches!(file.arch.as_str(), "aarch64" | "x86_64"), "arch")?;
        check(file.compatible.iter().all(|name| is_plain(name)), "compatible")?;
        check(NETWORKS_MIB.contains(&file.networks_mib), "networks_mib")?;
        let ports =
            file.serial.len() <= SERIAL_MAX && file.serial.iter().all(|it| is_plain(&it.path));
        check(ports, "serial")?;
        check(file.led.as_deref().is_none_or(is_plain), "led")?;
        check(file.power_mode.as_deref().is_none_or(is_plain), "power_mode")?;
        Ok(Self {
            id: id.to_owned(),
            name: file.name.trim().to_owned(),
            tried: file.tried,
            arch: file.arch,
            compatible: file.compatible,
            networks_mib: file.networks_mib,
            backend: file.backend,
            serial: file.serial,
            led: file.led,
            power_button: file.power_button,
            power_mode: file.power_mode,
        })
    }

    /// The built-in profile of that name, or the file of that path where it ends in `.toml`.
    ///
    /// # Errors
    /// [`ProfileError`] when there is none, or it is refused.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == name) {
            return Self::parse(id, text);
        }
        let path = Path::new(name);
        if path.extension().is_none_or(|ending| ending != "toml") {
            let known = BUILT_IN.map(|(id, _)| id).join(", ");
            return Err(ProfileError::Unknown { id: name.to_owned(), known });
        }
        let text = std::fs::read_to_string(path)
            .map_err(|source| ProfileError::Read { path: name.to_owned(), source })?;
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("own");
        Self::parse(id, &text)
    }
}

/// The built-in profiles, boards that a device tree names first.
///
/// # Errors
/// [`ProfileError`] when one of them is refused, which a test excludes.
pub fn profiles() -> Result<Vec<Profile>, ProfileError> {
    BUILT_IN.iter().map(|(id, text)| Profile::parse(id, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "name = 'x'\ntried = ''\narch = 'aarch64'\ncompatible = []\n\
                        networks_mib = 512\nbackend = 'tract'\npower_button = 'ignore'\n";

    #[test]
    fn the_built_in_profiles_hold() {
        let profiles = profiles().unwrap();
        assert_eq!(profiles.len(), BUILT_IN.len());
        for arch in ["aarch64", "x86_64"] {
            let rest = profiles.iter().filter(|it| it.arch == arch && it.compatible.is_empty());
            assert_eq!(rest.count(), 1, "one profile for every other board of {arch}");
        }
    }

    #[test]
    fn mistakes_are_refused() {
        Profile::parse("x", GOOD).unwrap();
        for (from, to) in [
            ("name = 'x'", "name = ' '"),
            ("'aarch64'", "'riscv64'"),
            ("512", "64"),
            ("512", "100000"),
            ("'tract'", "'cuda'"),
            ("'ignore'", "'reboot'"),
            ("compatible = []", "compatible = ['a b']"),
            ("compatible = []", ""),
        ] {
            assert!(Profile::parse("x", &GOOD.replace(from, to)).is_err(), "{from} -> {to}");
        }
        for more in [
            "led = '../evil'",
            "fan = 3",
            "power_mode = 'a;b'",
            "[[serial]]\npath = '../sda'\nuse = 'free'",
            "[[serial]]\npath = 'ttyS0'\nuse = 'mouse'",
        ] {
            assert!(Profile::parse("x", &format!("{GOOD}{more}")).is_err(), "{more}");
        }
    }

    #[test]
    fn a_board_of_ones_own_is_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("carrier.toml");
        std::fs::write(&path, GOOD).unwrap();
        assert_eq!(Profile::named(path.to_str().unwrap()).unwrap().id, "carrier");
        assert!(matches!(Profile::named("toaster"), Err(ProfileError::Unknown { .. })));
        assert!(matches!(Profile::named("/nowhere/x.toml"), Err(ProfileError::Read { .. })));
    }
}
