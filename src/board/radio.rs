//! Whether the box has a radio of its own, and whether it is up.

use crate::board::Kernel;

/// A Wi-Fi device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radio {
    /// The kernel's name, such as `wlan0`.
    pub name: String,
    /// Phones can join, or the box has joined.
    pub up: bool,
}

impl Radio {
    /// In a word.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        if self.up { "up" } else { "down" }
    }
}

impl Kernel {
    /// The Wi-Fi devices.
    #[must_use]
    pub fn radios(&self) -> Vec<Radio> {
        let devices = self.names("/sys/class/net").into_iter();
        let radios =
            devices.filter(|name| self.path(&format!("/sys/class/net/{name}/phy80211")).exists());
        let radio = |name: String| {
            let state = self.text(&format!("/sys/class/net/{name}/operstate"));
            Radio { up: state.is_some_and(|state| state == "up"), name }
        };
        radios.map(radio).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radios_are_told_from_other_devices() {
        let dir = tempfile::tempdir().unwrap();
        for (name, radio, state) in
            [("eth0", false, "up"), ("wlan0", true, "up"), ("wlan1", true, "down")]
        {
            let folder = dir.path().join("sys/class/net").join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("operstate"), format!("{state}\n")).unwrap();
            if radio {
                std::fs::create_dir(folder.join("phy80211")).unwrap();
            }
        }
        let radio = |name: &str, up| Radio { name: name.to_owned(), up };
        assert_eq!(Kernel::at(dir.path()).radios(), [radio("wlan0", true), radio("wlan1", false)]);
    }
}
