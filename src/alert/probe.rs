//! Whether a way would work, before anybody needs it. Nothing is sent to anybody.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use reqwest::Url;

use crate::alert::{
    Android, AndroidSettings, ChannelError, ChannelSettings, Gammu, Gateway, GatewaySettings,
    Modem, ModemSettings, SmsSettings, Telegram, TelegramSettings, http,
};
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::delivery::SendFault;

/// How long a way may take to answer.
const PROBE: Duration = Duration::from_secs(15);
/// A message that a daemon leaves lying for so long is not going to be sent.
const TAKEN_WITHIN: Duration = Duration::from_secs(5 * 60);

/// What came of trying a way.
#[derive(Debug)]
pub enum Probe {
    /// The site does not use it.
    Unused,
    /// It works; with the name of the bot where there is one.
    Works(Option<String>),
    /// It cannot be set up as the settings say.
    Settings(ChannelError),
    /// What stands in the file is no token.
    NoToken(PathBuf),
    /// The daemon does not take what lies in the folder.
    DaemonAsleep(PathBuf),
    /// The service answers that something is wrong, or does not answer.
    Fault(SendFault),
}

/// Tries every way.
pub async fn probe(settings: &ChannelSettings) -> [(ChannelKind, Probe); 2] {
    let telegram = async {
        match &settings.telegram {
            None => Probe::Unused,
            Some(settings) => in_time(probe_telegram(settings)).await,
        }
    };
    let sms = async {
        match &settings.sms {
            None => Probe::Unused,
            Some(SmsSettings::Gammu { spool }) => probe_spool(spool),
            Some(SmsSettings::Modem(settings)) => in_time(probe_modem(settings)).await,
            Some(SmsSettings::Android(settings)) => in_time(probe_phone(settings)).await,
            Some(SmsSettings::Gateway(settings)) => in_time(probe_gateway(settings)).await,
        }
    };
    let (telegram, sms) = tokio::join!(telegram, sms);
    [(ChannelKind::Telegram, telegram), (ChannelKind::Sms, sms)]
}

async fn in_time(work: impl Future<Output = Probe>) -> Probe {
    tokio::time::timeout(PROBE, work).await.unwrap_or(Probe::Fault(SendFault::Unreachable))
}

async fn probe_telegram(settings: &TelegramSettings) -> Probe {
    let opened = match Telegram::open(settings) {
        Ok(opened) => opened,
        Err(error) => return Probe::Settings(error),
    };
    if !std::fs::read_to_string(&settings.token_file).is_ok_and(|text| is_token(text.trim())) {
        return Probe::NoToken(settings.token_file.clone());
    }
    match opened.name().await {
        Ok(name) => Probe::Works(Some(name)),
        Err(failed) => Probe::Fault(failed.fault),
    }
}

/// A token of the Bot API: the bot's number, a colon, and some thirty letters, digits, dashes and
/// underscores. How many is nowhere promised; 35 are usual.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.split_once(':').is_some_and(|(number, key)| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (3..=20).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && (20..=80).contains(&key.len())
            && key.bytes().all(fits)
    })
}

fn probe_spool(spool: &Path) -> Probe {
    if let Err(error) = Gammu::open(spool) {
        return Probe::Settings(error);
    }
    let outbox = spool.join("outbox");
    let lies = |entry: std::fs::DirEntry| {
        let written = entry.metadata().and_then(|meta| meta.modified()).ok();
        written.and_then(age).is_some_and(|age| age > TAKEN_WITHIN)
    };
    let stuck =
        std::fs::read_dir(&outbox).is_ok_and(|entries| entries.filter_map(Result::ok).any(lies));
    if stuck { Probe::DaemonAsleep(outbox) } else { Probe::Works(None) }
}

#[expect(clippy::disallowed_methods, reason = "files carry the wall clock's time")]
fn age(written: SystemTime) -> Option<Duration> {
    SystemTime::now().duration_since(written).ok()
}

async fn probe_modem(settings: &ModemSettings) -> Probe {
    Modem::new(settings).fault().await.map_or(Probe::Works(None), Probe::Fault)
}

async fn probe_phone(settings: &AndroidSettings) -> Probe {
    match Android::open(settings) {
        Ok(android) => match android.inbox().await {
            Ok(_) => Probe::Works(None),
            Err(failed) => Probe::Fault(failed.fault),
        },
        Err(error) => Probe::Settings(error),
    }
}

/// Whether the gateway's machine answers at all. Its own address is not asked for: a GET of that could
/// send a message.
async fn probe_gateway(settings: &GatewaySettings) -> Probe {
    if let Err(error) = Gateway::open(settings) {
        return Probe::Settings(error);
    }
    let sample = ["{to}", "{text}", "{secret}"]
        .iter()
        .fold(settings.url.clone(), |url, place| url.replace(place, "0"));
    let Ok(mut url) = Url::parse(&sample) else {
        return Probe::Settings(ChannelError::Address(settings.url.clone()));
    };
    url.set_path("/");
    url.set_query(None);
    let client = match http::client() {
        Ok(client) => client,
        Err(error) => return Probe::Settings(error),
    };
    match client.get(url).send().await {
        // Whatever it says about its first page, somebody is there.
        Ok(answer) if !answer.status().is_server_error() => Probe::Works(None),
        Ok(_) => Probe::Fault(SendFault::ServerError),
        Err(error) => Probe::Fault(http::unanswered(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_from_what_people_paste_in_its_place() {
        assert!(is_token("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"));
        for text in [
            "",
            "110201543",
            "@rampur_bot",
            "AAHdqTcvCH1v:110201543",
            "12:AAHdqTcvCH1vGWJxfSeofSAs0K5",
            "110201543:short",
            "110201543:AAHdqTcvCH1vGWJxfSeof SAs0K5PALDsaw",
        ] {
            assert!(!is_token(text), "{text}");
        }
    }

    #[test]
    fn a_daemon_that_leaves_messages_lying_is_asleep() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(probe_spool(folder.path()), Probe::Settings(_)));
        for part in ["inbox", "outbox", "sent", "error"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
        }
        assert!(matches!(probe_spool(folder.path()), Probe::Works(None)));
        let file = std::fs::File::create(folder.path().join("outbox/OUTA1")).unwrap();
        assert!(matches!(probe_spool(folder.path()), Probe::Works(None)), "it has just come");
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(matches!(probe_spool(folder.path()), Probe::DaemonAsleep(_)));
    }
}
