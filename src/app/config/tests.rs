//! Settings as people write them.

use super::*;
use crate::alert::ModemSettings;

fn read(text: &str) -> Result<Config, ConfigError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    Config::read(file.path())
}

#[test]
fn an_empty_file_means_the_defaults() {
    assert_eq!(read("").unwrap(), Config::default());
}

#[test]
fn mistakes_are_refused() {
    for text in [
        "listenn = 'x'",
        "backend = 'gpu'",
        "[tensorrt]\nprecision = 'int8'",
        "[tensorrt]\nworkspace_mib = 1",
        "[tensorrt]\nbuild_seconds_max = 0",
        "[tensorrt]\nlibraries = '/opt'",
        "utc_offset_minutes = 900",
        "listen = 5",
        "language = 'ta'",
        "lock_after_minutes = 0",
        "[wait_days]\nnodule = 0",
        "[wait_days]\nflu = 3",
        "recommendations = ['']",
        "review_audit_percent = 0",
        "review_batch_films = 500",
        "clinic_hours = ['8', '20:00']",
        "support_key = 'age1x'",
        "captive = 'page'",
        "captive = 'often'\nlink_base = 'http://fieldray.lan'",
        "[https]\nlisten = '0.0.0.0:443'\nnames = []",
        "[https]\nlisten = '0.0.0.0:443'\nnames = ['a.lan']\nkey = '/k'",
        "[portal]\nurl = 'https://portal'\nkey = 'short'",
        "[pacs]\nuser = 'box'",
        "[pacs]\nstow = 'pacs/dicom-web'",
        "[pacs]\nstow = 'http://pacs/dicom-web'\nhost = 'pacs'",
        "[pacs]\nhost = 'pacs'\nport = 104",
        "[pacs]\nhost = 'pacs'\nport = 104\ncalled_ae_title = 'LONGER THAN SIXTEEN'",
        "[pacs]\nhost = 'pacs'\nport = 104\ncalled_ae_title = 'ARCHIVE'\nuser = 'box'",
        "[portal]\nurl = 'https://portal'\nkey = '0101010101010101010101010101010101010101010101010101010101010101'\nsms = '98765'",
        "[portal]\nurl = 'https://portal'\nkey = '0101010101010101010101010101010101010101010101010101010101010101'\nsms_after_minutes = 2000",
        "[portal]\nurl = 'https://portal'\nkey = '0101010101010101010101010101010101010101010101010101010101010101'\nsms_per_day = 0",
        "[portal]\nurl = 'http://portal'\nkey = '0101010101010101010101010101010101010101010101010101010101010101'",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    let long = format!("support_contact = '{}'", "a".repeat(SUPPORT_CONTACT_CHARS_MAX + 1));
    assert!(read(&long).is_err());
}

#[test]
fn a_pacs_is_reached_by_exactly_one_way() {
    let place = |text: &str| read(&format!("[pacs]\n{text}")).unwrap().pacs.unwrap().place();
    assert_eq!(place("stow = 'http://pacs/dicom-web/'"), "http://pacs/dicom-web");
    let c_store = "host = 'pacs'\nport = 104\ncalled_ae_title = 'ARCHIVE'";
    assert_eq!(place(c_store), "ARCHIVE@pacs:104");
}

#[test]
fn text_messages_leave_by_exactly_one_way() {
    let sms = |text: &str| read(&format!("[sms]\n{text}")).map(|config| config.channels.sms);
    let modem = |wanted: Option<&str>| {
        let wanted = wanted.map(str::to_owned);
        Some(SmsSettings::Modem(ModemSettings { wanted, bus: None }))
    };
    assert_eq!(sms("modem = 'any'").unwrap(), modem(None));
    assert_eq!(sms("modem = '359072060000000'").unwrap(), modem(Some("359072060000000")));
    let android = "android_url = 'http://10.0.0.7:8080'\nuser = 'sms'\n";
    assert!(matches!(
        sms(&format!("{android}secret_file = 'p'")).unwrap(),
        Some(SmsSettings::Android(_))
    ));
    for text in [
        "",
        "modem = ''",
        "modem = 'any'\ngammu_spool = '/x'",
        "modem = 'any'\nuser = 'x'",
        "gammu_spool = '/x'\nbus = 'unix:path=/x'",
        "url = 'http://x/{to}'\nwebhook_secret_file = 'k'",
        android,
    ] {
        assert!(sms(text).is_err(), "{text}");
    }
}

#[test]
fn a_site_chooses_its_language_and_whom_to_call() {
    let pages = read("language = 'hi'\nsupport_contact = ' Ravi, 98 '").unwrap().pages;
    assert_eq!(pages.language, Some(Language::Hindi));
    assert_eq!(pages.support_contact.as_deref(), Some("Ravi, 98"));
    assert_eq!(read("support_contact = ' '").unwrap().pages, PageSettings::default());
}
