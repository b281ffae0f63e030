//! What a phone meets when it joins the box's Wi-Fi: its own test for internet, and what we answer.
//!
//! Phones ask a maker's address after joining. Unanswered, many leave the network or send everything
//! over the mobile network; answered with a page, they show it in a small window that cannot upload
//! photos. So that window is shown once, says only how to open the real browser, and from then on the
//! phone hears what it wants to hear and stays.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::app::App;
use crate::app::clock::Stopwatch;

/// How long a phone counts as having read the page. Phones get other addresses in time.
const READ_FOR: Duration = Duration::from_secs(12 * 60 * 60);
/// Most phones that are remembered; a clinic's network has 250 addresses.
const PHONES_MAX: usize = 512;

/// What phones meet that test the network for internet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doorstep {
    /// Nothing: the box is not the network.
    #[default]
    Off,
    /// The page that says how to open the browser, once.
    Page,
    /// Always the answer that keeps them in the network.
    Silent,
}

impl Doorstep {
    /// Reads the word of the settings.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            "page" => Some(Self::Page),
            "silent" => Some(Self::Silent),
            _ => None,
        }
    }
}

/// Phones that have read the page.
#[derive(Debug, Default)]
pub(super) struct Visitors(Mutex<BTreeMap<IpAddr, Stopwatch>>);

impl Visitors {
    fn has_read(&self, phone: IpAddr, read_for: Duration) -> bool {
        let visitors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visitors.get(&phone).is_some_and(|since| since.elapsed() < read_for)
    }

    fn reads(&self, phone: IpAddr) {
        let mut visitors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if visitors.len() >= PHONES_MAX {
            visitors.retain(|_, since| since.elapsed() < READ_FOR);
        }
        if visitors.len() >= PHONES_MAX {
            visitors.clear();
        }
        visitors.insert(phone, Stopwatch::start());
    }
}

impl App {
    /// What phones meet that test the network for internet.
    #[must_use]
    pub fn doorstep(&self) -> Doorstep {
        self.inner.doorstep
    }

    /// Whether a phone is to be told that all is as it expects.
    #[must_use]
    pub fn lets_phone_stay(&self, phone: IpAddr) -> bool {
        match self.inner.doorstep {
            Doorstep::Off => false,
            Doorstep::Silent => true,
            Doorstep::Page => self.inner.visitors.has_read(phone, READ_FOR),
        }
    }

    /// Remembers that somebody read on this phone how to open the browser.
    pub fn doorstep_read(&self, phone: IpAddr) {
        self.inner.visitors.reads(phone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_remembered_for_a_while_and_the_list_has_an_end() {
        let visitors = Visitors::default();
        let phone = |number: u32| IpAddr::from(number.to_be_bytes());
        assert!(!visitors.has_read(phone(1), READ_FOR));
        visitors.reads(phone(1));
        assert!(visitors.has_read(phone(1), READ_FOR));
        assert!(!visitors.has_read(phone(2), READ_FOR));
        assert!(!visitors.has_read(phone(1), Duration::ZERO));
        for number in 0..2000 {
            visitors.reads(phone(number));
        }
        assert!(visitors.0.lock().unwrap().len() <= PHONES_MAX);
    }
}
