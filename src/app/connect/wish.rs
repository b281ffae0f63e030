//! What somebody has written into the forms for portal and ways, checked field by field.

use std::fmt;

use crate::app::config::{PortalFile, SmsFile};
use crate::app::connect::SetUpRefused;
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::introduction::{Introduction, may_be_code, portal_url};
use crate::keys::sealed::Recipient;

/// Longest secret, user or name of a modem, characters.
const WORD_CHARS_MAX: usize = 500;
/// Longest body of a gateway's request, characters.
const BODY_CHARS_MAX: usize = 2000;

/// A portal that somebody wants to connect to. `Debug` leaves its code out.
#[derive(Clone, Default)]
pub struct PortalWish {
    /// What it says of itself.
    pub introduction: Introduction,
    /// Every byte costs: images wait.
    pub metered: bool,
    /// The person has read what becomes of the portal before.
    pub agreed: bool,
}

impl fmt::Debug for PortalWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PortalWish({:?})", self.introduction.url)
    }
}

impl PortalWish {
    /// The section that it stands for. Without a code where none is needed.
    pub(super) fn read(&self, code_needed: bool) -> Result<PortalFile, SetUpRefused> {
        let Introduction { url, key, code, recipient, sms } = &self.introduction;
        let some = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (code, recipient, sms) = (some(code), some(recipient), some(sms));
        let address = portal_url(url);
        let checks = [
            (address.is_some(), "portal_url"),
            (PublicKey::parse(key).is_some(), "portal_key"),
            (code.as_deref().map_or(!code_needed, may_be_code), "portal_code"),
            (recipient.as_deref().is_none_or(is_recipient), "portal_recipient"),
            (sms.as_deref().is_none_or(|text| PhoneNumber::parse(text).is_some()), "portal_sms"),
        ];
        let wrong: Vec<_> =
            checks.into_iter().filter(|(holds, _)| !holds).map(|(_, field)| field).collect();
        match address {
            Some(url) if wrong.is_empty() => Ok(PortalFile {
                url,
                key: key.trim().to_owned(),
                code,
                metered: self.metered,
                recipient,
                sms,
                ..PortalFile::default()
            }),
            Some(_) | None => Err(SetUpRefused::Fields(wrong)),
        }
    }
}

fn is_recipient(text: &str) -> bool {
    Recipient::parse(text).is_some()
}

/// A way for text messages that somebody wants. `Debug` says nothing: it holds secrets.
pub enum SmsWish {
    /// The box's own modem: its IMEI, device or port; empty: the first that can send.
    Modem {
        /// Which.
        which: String,
    },
    /// A phone with the app "SMS Gateway for Android".
    Phone {
        /// Address of the app's local server.
        url: String,
        /// Its user.
        user: String,
        /// Its password.
        password: String,
        /// Key by which it signs its webhooks; empty: it calls nobody.
        signing_key: String,
    },
    /// A gateway over HTTP.
    Gateway {
        /// Address with `{to}`, `{text}`, `{secret}`.
        url: String,
        /// Body; empty: a GET.
        body: String,
        /// User; empty: none.
        user: String,
        /// Password or token; empty: none.
        secret: String,
    },
}

impl fmt::Debug for SmsWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmsWish(…)")
    }
}

impl SmsWish {
    /// The section that it stands for without its secrets, and those.
    pub(super) fn read(self) -> Result<(SmsFile, Secrets), SetUpRefused> {
        let check = |checks: &[(bool, &'static str)]| {
            let wrong = checks.iter().filter(|(holds, _)| !holds).map(|(_, field)| *field);
            let wrong: Vec<_> = wrong.collect();
            if wrong.is_empty() { Ok(()) } else { Err(SetUpRefused::Fields(wrong)) }
        };
        let web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Modem { which } => {
                check(&[(is_word(&which), "modem")])?;
                let which = given(&which).unwrap_or_else(|| SmsFile::ANY_MODEM.to_owned());
                let file = SmsFile { modem: Some(which), ..SmsFile::default() };
                Ok((file, Secrets::default()))
            }
            Self::Phone { url, user, password, signing_key } => {
                let url = url.trim().trim_end_matches('/').to_owned();
                check(&[
                    (web(&url) && is_word(&url), "phone_url"),
                    (is_word(&user) && given(&user).is_some(), "phone_user"),
                    (is_word(&password) && given(&password).is_some(), "phone_password"),
                    (is_word(&signing_key), "phone_signing_key"),
                ])?;
                let user = user.trim().to_owned();
                let file = SmsFile { android_url: Some(url), user, ..SmsFile::default() };
                Ok((file, Secrets { secret: given(&password), webhook: given(&signing_key) }))
            }
            Self::Gateway { url, body, user, secret } => {
                let (url, user) = (url.trim().to_owned(), user.trim().to_owned());
                let long = body.chars().count() > BODY_CHARS_MAX;
                let numbered = url.contains("{to}") || body.contains("{to}");
                check(&[
                    (web(&url) && is_word(&url) && numbered, "gateway_url"),
                    (!long, "gateway_body"),
                    (is_word(&user), "gateway_user"),
                    (is_word(&secret), "gateway_secret"),
                ])?;
                let body = body.trim().to_owned();
                let file = SmsFile { url: Some(url), body, user, ..SmsFile::default() };
                Ok((file, Secrets { secret: given(&secret), webhook: None }))
            }
        }
    }

    /// Name of the field for what only the way itself finds wrong.
    pub(super) const fn url_field(&self) -> &'static str {
        match self {
            Self::Modem { .. } => "modem",
            Self::Phone { .. } => "phone_url",
            Self::Gateway { .. } => "gateway_url",
        }
    }
}

/// What goes into files of its own.
#[derive(Default)]
pub(super) struct Secrets {
    pub(super) secret: Option<String>,
    pub(super) webhook: Option<String>,
}

/// One line of a length that somebody may have meant.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= WORD_CHARS_MAX && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(change: impl FnOnce(&mut Introduction)) -> PortalWish {
        let mut introduction = Introduction {
            url: "portal.example:8443".to_owned(),
            key: "01".repeat(32),
            code: "ABCDE-FGHJK".to_owned(),
            ..Introduction::default()
        };
        change(&mut introduction);
        PortalWish { introduction, ..PortalWish::default() }
    }

    #[test]
    fn every_wrong_value_of_a_portal_is_named() {
        let check = |change: fn(&mut Introduction), expected: &[&'static str]| {
            let refused = wish(change).read(true).err();
            let expected = (!expected.is_empty()).then(|| SetUpRefused::Fields(expected.to_vec()));
            assert_eq!(refused, expected);
        };
        check(|_| {}, &[]);
        check(|it| it.url = "http://portal.example".to_owned(), &["portal_url"]);
        check(|it| it.key = "01".to_owned(), &["portal_key"]);
        check(|it| it.code.clear(), &["portal_code"]);
        check(|it| it.recipient = "age1x".to_owned(), &["portal_recipient"]);
        check(|it| it.sms = "98".to_owned(), &["portal_sms"]);
        check(|it| *it = Introduction::default(), &["portal_url", "portal_key", "portal_code"]);
        let known = wish(|it| it.code.clear()).read(false).unwrap();
        assert_eq!((known.url.as_str(), known.code), ("https://portal.example:8443", None));
    }

    #[test]
    fn a_way_for_text_messages_is_checked_field_by_field() {
        let fields = |wish: SmsWish| match wish.read() {
            Ok(_) => Vec::new(),
            Err(SetUpRefused::Fields(fields)) => fields,
            Err(SetUpRefused::Fault(fault)) => panic!("{fault}"),
        };
        let modem = |which: &str| SmsWish::Modem { which: which.to_owned() };
        assert!(fields(modem("")).is_empty() && fields(modem("35907206")).is_empty());
        assert_eq!(fields(modem("a\nb")), ["modem"]);
        let phone = |url: &str, user: &str, password: &str| SmsWish::Phone {
            url: url.to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
            signing_key: String::new(),
        };
        assert!(fields(phone("http://10.0.0.7:8080/", "sms", "word")).is_empty());
        assert_eq!(
            fields(phone("10.0.0.7", "", "")),
            ["phone_url", "phone_user", "phone_password"]
        );
        let gateway = |url: &str, body: &str| SmsWish::Gateway {
            url: url.to_owned(),
            body: body.to_owned(),
            user: String::new(),
            secret: String::new(),
        };
        assert!(fields(gateway("https://x/?to={to}&text={text}", "")).is_empty());
        assert_eq!(fields(gateway("https://x/", "{}")), ["gateway_url"]);
    }
}
