//! Files of gammu-smsd's `files` service, gammu-smsd-files(7): what is in them, and how they are called.

use crate::domain::alert::contact::PhoneNumber;

/// A message in the format of gammu's backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// It is the network's report about a message, and not one that somebody wrote.
    pub report: bool,
    /// The text.
    pub text: String,
}

impl Details {
    /// Reads a file; `None` when it is in another format.
    #[must_use]
    pub fn read(file: &str) -> Option<Self> {
        if !file.contains("[SMSBackup000]") {
            return None;
        }
        let mut details = Self { report: false, text: String::new() };
        for (name, value) in file.lines().filter_map(|line| line.split_once('=')) {
            let (name, value) = (name.trim(), value.trim());
            if name == "PDU" {
                details.report = value == "Status_Report";
            } else if name.strip_prefix("Text").is_some_and(|n| n.parse::<u8>().is_ok()) {
                let units = value.as_bytes().as_chunks::<4>().0.iter().filter_map(|hex| {
                    std::str::from_utf8(hex).ok().and_then(|hex| u16::from_str_radix(hex, 16).ok())
                });
                let read = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}'));
                details.text.extend(read);
            }
        }
        Some(details)
    }
}

/// Who wrote the message in a file, by its name: `IN20261125_101500_00_+919876543210_00.txt`.
#[must_use]
pub fn sender(name: &str) -> Option<PhoneNumber> {
    let name = name.strip_prefix("IN")?;
    name.split('_').nth(3).and_then(PhoneNumber::parse)
}

/// What a file says: UTF-16 with a mark, UTF-16 without one as older versions write it, or UTF-8.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], little: bool| {
        let units =
            bytes.as_chunks::<2>().0.iter().map(|pair| {
                if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) }
            });
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, true),
        [0xfe, 0xff, rest @ ..] => units(rest, false),
        [0, _, ..] => units(bytes, false),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A text as the daemon takes it in any script: UTF-16 with its mark.
#[must_use]
pub fn encode(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}
