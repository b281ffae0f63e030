//! How a portal introduces itself to a box: a few named values, which people carry as lines of settings, as
//! one link in a message or a QR code, or by reading them out.

use std::fmt::Write as _;

/// Longest text that is read, bytes.
pub const TEXT_BYTES_MAX: usize = 4096;
/// Longest address, characters.
const URL_CHARS_MAX: usize = 200;
/// Begins the link.
const LINK: &str = "fieldray:portal?";
/// Stands for the address where the portal does not know its own.
pub const PLACEHOLDER: &str = "ADDRESS";
/// Marks that open and close a value: keyboards of phones and messengers change plain ones.
const QUOTES: [char; 8] = ['"', '\'', '“', '”', '„', '‘', '’', '`'];

/// What a portal says of itself, as texts; empty: it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduction {
    /// Its address.
    pub url: String,
    /// Its public key.
    pub key: String,
    /// The code that enrols one box.
    pub code: String,
    /// To whom files are encrypted that are carried there.
    pub recipient: String,
    /// Its telephone number.
    pub sms: String,
}

impl Introduction {
    /// Reads lines of settings or a link; `None`: neither address, key nor code is in it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > TEXT_BYTES_MAX {
            return None;
        }
        let mut found = Self::default();
        match text.split_once(LINK) {
            Some((_, values)) => {
                let values = values.split_whitespace().next().unwrap_or_default();
                for (name, value) in values.split('&').filter_map(|pair| pair.split_once('=')) {
                    found.put(name, &decoded(value)?);
                }
            }
            None => {
                let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
                for (name, value) in lines.filter_map(|line| line.split_once('=')) {
                    found.put(name.trim(), value_of(value));
                }
            }
        }
        if found.url.contains(PLACEHOLDER) {
            found.url.clear();
        }
        let said = [&found.url, &found.key, &found.code].into_iter().any(|text| !text.is_empty());
        said.then_some(found)
    }

    fn put(&mut self, name: &str, value: &str) {
        let place = match name {
            "url" => &mut self.url,
            "key" => &mut self.key,
            "code" => &mut self.code,
            "recipient" => &mut self.recipient,
            "sms" => &mut self.sms,
            _ => return,
        };
        value.clone_into(place);
    }

    /// The same as one link.
    #[must_use]
    pub fn link(&self) -> String {
        let values = [
            ("url", &self.url),
            ("key", &self.key),
            ("code", &self.code),
            ("recipient", &self.recipient),
            ("sms", &self.sms),
        ];
        let mut link = LINK.to_owned();
        for (name, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            if !link.ends_with('?') {
                link.push('&');
            }
            link.push_str(name);
            link.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte) {
                    link.push(char::from(byte));
                } else {
                    let _infallible = write!(link, "%{byte:02X}");
                }
            }
        }
        link
    }
}

/// What stands between quotes, or the first word.
fn value_of(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix(QUOTES) {
        Some(rest) => rest.split(QUOTES).next().unwrap_or_default().trim(),
        None => text.split([' ', '\t', '#']).next().unwrap_or_default(),
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The address of a portal as it is used: `https://`, a host, perhaps a port and a path, no slash at the
/// end. What people leave out in front is put there.
#[must_use]
pub fn portal_url(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
        Some(_) => return None,
        None => text,
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let bracketed = authority.starts_with('[');
    let in_host = |byte: u8| {
        let plain = byte.is_ascii_alphanumeric() || byte == b'.';
        plain || if bracketed { byte == b':' } else { byte == b'-' }
    };
    let in_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let good_port = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let fits = !host.is_empty()
        && host != PLACEHOLDER
        && host.bytes().all(in_host)
        && good_port
        && path.bytes().all(in_path)
        && rest.len() <= URL_CHARS_MAX;
    fits.then(|| format!("https://{rest}"))
}

/// Whether a text may be the code of an enrolment: letters and digits with dashes. Whether it is good, only
/// the portal knows.
#[must_use]
pub fn may_be_code(text: &str) -> bool {
    (6..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Introduction {
        Introduction {
            url: "https://portal.example:8443".to_owned(),
            key: "ab".repeat(32),
            code: "ABCDE-FGHJK".to_owned(),
            recipient: "age1xyz".to_owned(),
            sms: "+911140000000".to_owned(),
        }
    }

    #[test]
    fn lines_of_settings_are_read_as_they_come_out_of_a_messenger() {
        let printed = format!(
            "[portal]\nurl = \"https://portal.example:8443\"\nkey = \"{}\"\n\
             code = “ABCDE-FGHJK”\n  recipient=age1xyz # for carried files\n\
             # sms = \"+91...\"\nsms = '+911140000000'\nmetered = true\n",
            "ab".repeat(32)
        );
        assert_eq!(Introduction::read(&printed), Some(whole()));
    }

    #[test]
    fn a_link_reads_back() {
        let link = whole().link();
        assert!(link.contains("sms=%2B91") && !link.contains(' '), "{link}");
        assert_eq!(Introduction::read(&link), Some(whole()));
        assert_eq!(Introduction::read(&format!("Our portal:\n{link}\nGreetings")), Some(whole()));
        assert_eq!(Introduction::read("fieldray:portal?key=%f"), None);
    }

    #[test]
    fn an_address_that_the_portal_does_not_know_is_asked_for() {
        let read = Introduction::read("url = \"https://ADDRESS:8443\"\ncode = \"ABCDE-FGHJK\"");
        let code = "ABCDE-FGHJK".to_owned();
        assert_eq!(read, Some(Introduction { code, ..Introduction::default() }));
        for text in ["", "hello", "a = b", "url = \"\""] {
            assert_eq!(Introduction::read(text), None, "{text}");
        }
        assert_eq!(Introduction::read(&"url = x\n".repeat(1000)), None);
    }

    #[test]
    fn addresses_of_portals_are_https_and_whole() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(portal_url(text).as_deref(), expected, "{text}");
        };
        check(" https://portal.example:8443/ ", Some("https://portal.example:8443"));
        check("portal.example:8443", Some("https://portal.example:8443"));
        check("HTTPS://10.0.0.5/fieldray", Some("https://10.0.0.5/fieldray"));
        check("https://[fd00::1]:8443", Some("https://[fd00::1]:8443"));
        for text in [
            "",
            "http://portal.example",
            "https://ADDRESS:8443",
            "https://",
            "https://portal.example:0",
            "https://portal.example:99999",
            "https://portal.example:+80",
            "https://user@portal.example",
            "https://portal example",
            "https://portal.example/?x=1",
            "ftp://portal.example",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn codes_have_letters_and_digits() {
        assert!(may_be_code("ABCDE-FGHJK"));
        for text in ["", "AB", "ABCDE FGHJK", "ABCDE\"FGHJK"] {
            assert!(!may_be_code(text), "{text}");
        }
    }
}
