//! Text messages by gammu-smsd and its `files` service: a file in `outbox` is a message to send, and
//! moves to `sent` or `error` when the modem has said which (gammu-smsd-files(7)). With `DeliveryReport =
//! sms` the network's reports come into the inbox beside what people write; with `InboxFormat = detail` a
//! file says which of the two it is. The daemon does not say which message a report is about, only whose.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::alert::{ChannelError, Incoming, Report, Turn, read_reply};
use crate::domain::alert::contact::{Address, PhoneNumber};
use crate::domain::alert::delivery::{FailedTry, SendFault};
use crate::wire::spool::{Details, decode, encode, sender};

/// How long the modem may take for one message before it counts as not working, seconds.
const WAIT_S: u64 = 90;
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Largest file that is read as a message, bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024;
/// Ending of files that could not be read.
const UNREAD: &str = "unread";

/// The spool of a gammu-smsd.
#[derive(Debug)]
pub struct Gammu {
    spool: PathBuf,
    serial: AtomicU32,
}

impl Gammu {
    pub(super) fn open(spool: &Path) -> Result<Self, ChannelError> {
        let complete = ["inbox", "outbox", "sent", "error"].iter().all(|f| spool.join(f).is_dir());
        if !complete {
            return Err(ChannelError::Spool(spool.to_owned()));
        }
        Ok(Self { spool: spool.to_owned(), serial: AtomicU32::new(std::process::id() % 10_000) })
    }

    /// Hands a message to the daemon and waits until the modem has taken it. A message that the modem
    /// leaves lying is taken back, so that it is not sent hours later as news.
    pub(super) async fn send(
        &self,
        to: &PhoneNumber,
        text: &str,
        turn: Turn,
    ) -> Result<String, FailedTry> {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        // Priority A is sent first; d asks for a delivery report. The time in the name is not used by
        // the daemon for anything but the order.
        let priority = match turn {
            Turn::First => 'A',
            Turn::Last => 'Z',
        };
        let name = format!("OUT{priority}{serial:08}_000000_00_{}_fieldray.txtd", to.as_str());
        let outbox = self.spool.join("outbox").join(&name);
        self.put(&outbox, text).map_err(|error| {
            tracing::error!(%error, "a text message cannot be handed to gammu-smsd");
            FailedTry::from(SendFault::Unreachable)
        })?;
        let end = tokio::time::Instant::now() + Duration::from_secs(WAIT_S);
        loop {
            if let Some(sent) = self.find("sent", &name) {
                return Ok(sent);
            }
            if self.find("error", &name).is_some() {
                return Err(SendFault::NotSent.into());
            }
            if tokio::time::Instant::now() >= end {
                return match std::fs::remove_file(&outbox) {
                    Ok(()) => Err(SendFault::Unreachable.into()),
                    // Gone this very moment: the daemon has it.
                    Err(_) if self.find("sent", &name).is_some() => Ok(name),
                    Err(_) => Err(SendFault::Unreachable.into()),
                };
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Moved into place whole.
    fn put(&self, outbox: &Path, text: &str) -> std::io::Result<()> {
        let part = self.spool.join(format!(".fieldray-{}", self.serial.load(Ordering::Relaxed)));
        let mut file = std::fs::File::create(&part)?;
        file.write_all(&encode(text))?;
        file.sync_all()?;
        std::fs::rename(&part, outbox)
    }

    /// The daemon keeps the name and may change what follows its last dot.
    fn find(&self, folder: &str, name: &str) -> Option<String> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let entries = std::fs::read_dir(self.spool.join(folder)).ok()?;
        let names =
            entries.filter_map(Result::ok).filter_map(|one| one.file_name().into_string().ok());
        names.into_iter().find(|one| one.starts_with(stem))
    }

    /// What has come in, oldest first, each with its file. The file stays until [`Gammu::done`].
    #[must_use]
    pub fn incoming(&self) -> Vec<(PathBuf, Incoming)> {
        let Ok(entries) = std::fs::read_dir(self.spool.join("inbox")) else { return Vec::new() };
        let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|one| one.path()).collect();
        paths.retain(|path| path.extension().is_none_or(|ending| ending != UNREAD));
        paths.sort();
        paths.into_iter().filter_map(read_file).collect()
    }

    /// Removes a message once what it asked for is stored.
    pub fn done(&self, path: &Path) {
        if let Err(error) = std::fs::remove_file(path) {
            tracing::error!(%error, "a text message that was read cannot be removed");
        }
    }
}

/// A message of a file. What cannot be read is set aside in place: nothing is thrown away unread.
fn read_file(path: PathBuf) -> Option<(PathBuf, Incoming)> {
    let small = path.metadata().is_ok_and(|meta| meta.len() <= FILE_BYTES_MAX);
    let bytes = if small { std::fs::read(&path).ok() } else { None };
    let from = path.file_name().and_then(|name| name.to_str()).and_then(sender);
    if let Some((from, bytes)) = from.zip(bytes) {
        return Some((path, read_text(from, &decode(&bytes))));
    }
    let _stays = std::fs::rename(&path, path.with_extension(UNREAD));
    None
}

/// What a file says. A bare "Delivered" or "Failed" is what the daemon writes for a report when it is not
/// asked for details; nobody answers an alert with that word.
fn read_text(from: PhoneNumber, text: &str) -> Incoming {
    let details = Details::read(text);
    let (report, text) = match &details {
        Some(details) => (details.report, details.text.as_str()),
        None => (true, text),
    };
    let delivered = match text.trim() {
        "Delivered" => Some(true),
        "Failed" => Some(false),
        _ => None,
    };
    match delivered.filter(|_| report) {
        Some(delivered) => Incoming::Report(Report { receipt: None, to: Some(from), delivered }),
        // "Pending" and "Unknown": nothing has been decided.
        None if report && details.is_some() => Incoming::Other { from: Address::Phone(from) },
        None => read_reply(&from, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::AlertNumber;

    #[test]
    fn senders_come_from_the_name_and_texts_in_any_encoding() {
        let number = sender("IN20261125_101500_00_+919876543210_00.txt").unwrap();
        assert_eq!(number.as_str(), "+919876543210");
        assert_eq!(sender("IN20261125_101500_00_Provider_00.txt"), None);
        assert_eq!(sender("x"), None);
        assert_eq!(decode(b"OK 17"), "OK 17");
        assert_eq!(decode(&[0xff, 0xfe, b'O', 0, b'K', 0]), "OK");
        assert_eq!(decode(&[0, b'O', 0, b'K']), "OK");
    }

    fn details(pdu: &str, text: &str) -> String {
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let (start, end) = hex.split_at(hex.len().min(12));
        format!(
            "; This file format was designed for Gammu\n\n[SMSBackup000]\n; {text}\nPDU = {pdu}\n\
             Number = \"+919876543210\"\nText00 = {start}\nText01 = {end}\nLength = 6\n\
             MessageReference = 7\n"
        )
    }

    #[test]
    fn reports_of_the_network_are_told_from_what_people_write() {
        let from = || PhoneNumber::parse("+919876543210").unwrap();
        let report = |text: &str| match read_text(from(), text) {
            Incoming::Report(Report { receipt: None, to, delivered }) => {
                assert_eq!(to, Some(from()));
                Some(delivered)
            }
            _ => None,
        };
        assert_eq!(report("Delivered"), Some(true));
        assert_eq!(report("Failed"), Some(false));
        assert_eq!(report(&details("Status_Report", "Delivered")), Some(true));
        assert_eq!(report(&details("Status_Report", "Failed")), Some(false));
        assert_eq!(report(&details("Status_Report", "Pending")), None);
        assert_eq!(report(&details("Deliver", "Failed")), None, "somebody wrote that word");
        let said = read_text(from(), &details("Deliver", "OK 17"));
        assert!(matches!(said, Incoming::Acknowledge { number: AlertNumber(17), .. }), "{said:?}");
        let pending = read_text(from(), &details("Status_Report", "Pending"));
        assert!(matches!(pending, Incoming::Other { .. }));
    }

    #[test]
    fn a_folder_that_is_no_spool_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Gammu::open(folder.path()).is_err());
    }
}
