//! A certificate that was made elsewhere, with its key: read, and found to be whole.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{Error, RootCertStore};
use x509_cert::der::Decode as _;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use crate::domain::stamp::{ClockTrust, Stamp, WallMs};

/// Most certificates in a chain.
const CHAIN_MAX: usize = 6;
/// Most names in a certificate; the large authorities allow no more.
const NAMES_MAX: usize = 100;

/// Why a certificate from elsewhere cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum BroughtError {
    /// There is no certificate, or those that there are do not hold together.
    #[error("the certificate or its chain cannot be used: {0}")]
    Chain(String),
    /// There is no key, or it is another one than the certificate's.
    #[error("the key cannot be used: {0}")]
    Key(String),
    /// Phones ask by a name, and there is none in it.
    #[error("the certificate has no name")]
    Names,
}

/// A certificate from elsewhere.
#[derive(Debug)]
pub struct Brought {
    /// Chain and key belong together.
    certified: Arc<CertifiedKey>,
    /// At least one, in small letters; the first label may be `*`.
    names: Vec<String>,
    from: WallMs,
    until: WallMs,
}

impl Brought {
    /// Reads a certificate chain and its key, both PEM; they may be in one file. Whether its time is over
    /// [`Brought::has_ended`] tells.
    ///
    /// # Errors
    /// [`BroughtError`].
    pub fn parse(chain: &[u8], key: &[u8]) -> Result<Self, BroughtError> {
        let chain = CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|error| BroughtError::Chain(error.to_string()))?;
        let leaf = chain.first().filter(|_| chain.len() <= CHAIN_MAX);
        let leaf = leaf.ok_or_else(|| {
            BroughtError::Chain(format!("{} certificates, not 1 to {CHAIN_MAX}", chain.len()))
        })?;
        let (names, from, until) = facts(leaf)?;
        holds_together(&chain, (&names, from))?;
        let key = PrivateKeyDer::from_pem_slice(key);
        let key = key.map_err(|error| BroughtError::Key(error.to_string()))?;
        let provider = rustls::crypto::ring::default_provider();
        let certified = CertifiedKey::from_der(chain, key, &provider);
        let certified = certified.map_err(|error| BroughtError::Key(error.to_string()))?;
        Ok(Self { certified: Arc::new(certified), names, from, until })
    }

    /// Names that it is for, in small letters; the first label may be `*`.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The certificates, DER, its own first.
    pub fn chain(&self) -> impl Iterator<Item = &[u8]> {
        self.certified.cert.iter().map(AsRef::as_ref)
    }

    /// Until when it holds.
    #[must_use]
    pub const fn until(&self) -> WallMs {
        self.until
    }

    /// Whether its time is over.
    #[must_use]
    pub fn has_ended(&self, now: Stamp) -> bool {
        self.until <= now.wall
    }

    /// Whether phones accept it now, as well as this box can know: a clock that nothing has confirmed and
    /// that lies before its time is behind, more likely than that somebody has brought it too early.
    #[must_use]
    pub fn holds(&self, now: Stamp) -> bool {
        let begun = self.from <= now.wall || now.trust == ClockTrust::Unsynced;
        begun && !self.has_ended(now)
    }

    /// Whether it is for a name. `*` stands for one label (RFC 9525, section 6.3).
    pub(super) fn is_for(&self, name: &str) -> bool {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.names.iter().any(|own| match own.strip_prefix("*.") {
            Some(rest) => name.split_once('.').is_some_and(|(_, ending)| ending == rest),
            None => *own == name,
        })
    }

    pub(super) fn certified(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.certified)
    }
}

/// Names of a certificate, and from when until when it holds.
fn facts(leaf: &CertificateDer<'_>) -> Result<(Vec<String>, WallMs, WallMs), BroughtError> {
    let failed = |error: &dyn std::fmt::Display| BroughtError::Chain(error.to_string());
    let parsed = x509_cert::Certificate::from_der(leaf).map_err(|error| failed(&error))?;
    let content = &parsed.tbs_certificate;
    let wall = |time: x509_cert::time::Time| {
        WallMs(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
    };
    let alternative = content.get::<SubjectAltName>().map_err(|error| failed(&error))?;
    let alternative = alternative.map(|(_, names)| names.0).unwrap_or_default();
    let names = alternative.iter().filter_map(|name| match name {
        GeneralName::DnsName(name) => Some(name.as_str().to_ascii_lowercase()),
        // A phone that asks by an address does not say it in its greeting.
        _ => None,
    });
    let names: Vec<String> = names.filter(|name| can_be_asked_for(name)).collect();
    if !(1..=NAMES_MAX).contains(&names.len()) {
        return Err(BroughtError::Names);
    }
    Ok((names, wall(content.validity.not_before), wall(content.validity.not_after)))
}

/// Whether a phone can ask by a name: one of DNS with two labels at least, the first of which may be `*`.
#[must_use]
pub fn can_be_asked_for(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let label = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && !edges && label.bytes().all(plain)
    };
    let rest = name.strip_prefix("*.").unwrap_or(name);
    // `*.org` is for everybody's names, a bare name for nobody's, and digits alone are an address.
    let ending = rest.rsplit_once('.').map_or("", |(_, ending)| ending);
    let named = ending.bytes().any(|byte| byte.is_ascii_lowercase());
    name.len() <= 253 && rest.split('.').all(label) && named
}

/// Whether each certificate of a chain vouches for the one before. Who vouches for the last one the phones
/// know, and this box need not.
fn holds_together(
    chain: &[CertificateDer<'static>],
    (names, from): (&[String], WallMs),
) -> Result<(), BroughtError> {
    let (Some((leaf, above)), Some(name)) = (chain.split_first(), names.first()) else {
        return Err(BroughtError::Names);
    };
    let Some((last, between)) = above.split_last() else { return Ok(()) };
    let failed = |error: &dyn std::fmt::Display| BroughtError::Chain(error.to_string());
    let mut roots = RootCertStore::empty();
    roots.add(last.clone()).map_err(|error| failed(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
    let verifier = verifier.build().map_err(|error| failed(&error))?;
    // Any name that it is for: what is asked is whether it hangs together.
    let asked = name.replacen('*', "a", 1);
    let asked = ServerName::try_from(asked.as_str()).map_err(|error| failed(&error))?;
    let begun = u64::try_from(from.0.div_euclid(1000)).unwrap_or(0).saturating_add(1);
    let at = UnixTime::since_unix_epoch(Duration::from_secs(begun));
    let verified = verifier.verify_server_cert(leaf, between, &asked, &[], at);
    verified.map(drop).map_err(|error: Error| failed(&error))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use rcgen::{
        BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose,
    };
    use time::{Duration as Days, OffsetDateTime};

    const DAY_MS: i64 = 86_400_000;

    /// An authority, and PEM of what it has signed.
    struct Ministry(CertifiedIssuer<'static, KeyPair>);

    impl Ministry {
        fn new() -> Self {
            let mut params = CertificateParams::default();
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
            Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
        }

        /// Certificate and key for names, from one day of 1970 until another.
        fn sign(&self, names: &[&str], days: (i64, i64)) -> (String, String) {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            let mut params = CertificateParams::new(names).unwrap();
            params.not_before = OffsetDateTime::UNIX_EPOCH + Days::days(days.0);
            params.not_after = OffsetDateTime::UNIX_EPOCH + Days::days(days.1);
            let key = KeyPair::generate().unwrap();
            (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
        }
    }

    /// A certificate for these names from day 1 to day 9 of 1970, whoever has signed it.
    pub(in crate::tls) fn brought(names: &[&str]) -> Brought {
        brought_for(names, (1, 9))
    }

    /// The same for other days.
    pub(in crate::tls) fn brought_for(names: &[&str], days: (i64, i64)) -> Brought {
        let (chain, key) = Ministry::new().sign(names, days);
        Brought::parse(chain.as_bytes(), key.as_bytes()).unwrap()
    }

    fn day(day: i64, trust: ClockTrust) -> Stamp {
        Stamp { wall: WallMs(day * DAY_MS), trust }
    }

    #[test]
    fn names_and_times_are_those_of_the_certificate() {
        let one = brought(&["Box7.Clinics.Example", "*.phc.example"]);
        assert_eq!(one.names(), ["box7.clinics.example", "*.phc.example"]);
        assert_eq!(one.until(), WallMs(9 * DAY_MS));
        let check = |at: i64, holds: bool, ended: bool| {
            let now = day(at, ClockTrust::Synced);
            assert_eq!((one.holds(now), one.has_ended(now)), (holds, ended), "day {at}");
        };
        check(0, false, false);
        check(1, true, false);
        check(8, true, false);
        check(9, false, true);
        // A clock without a battery begins anywhere in the past.
        assert!(one.holds(day(0, ClockTrust::Unsynced)));
        assert!(!one.holds(day(9, ClockTrust::Unsynced)));
    }

    #[test]
    fn a_star_stands_for_one_label() {
        let one = brought(&["box7.clinics.example", "*.phc.example"]);
        let check = |name: &str, expected: bool| assert_eq!(one.is_for(name), expected, "{name}");
        check("box7.clinics.example", true);
        check("BOX7.clinics.example.", true);
        check("box8.clinics.example", false);
        check("a.phc.example", true);
        check("a.b.phc.example", false);
        check("phc.example", false);
        check("", false);
    }

    #[test]
    fn only_names_that_a_phone_can_ask_for_count() {
        let check = |name: &str, expected: bool| {
            assert_eq!(can_be_asked_for(name), expected, "{name}");
        };
        check("a.example", true);
        check("*.a.example", true);
        check("fieldray.lan", true);
        check("*.example", false);
        check("example", false);
        check("a..example", false);
        check("a.*.example", false);
        check("-a.example", false);
        check("a_b.example", false);
        check("", false);
        check("10.42.0.1", false);
        check(&format!("{}.example", "a".repeat(64)), false);
        let (chain, key) = Ministry::new().sign(&["10.42.0.1"], (1, 9));
        let none = Brought::parse(chain.as_bytes(), key.as_bytes());
        assert!(matches!(none, Err(BroughtError::Names)));
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        let (one, other) = (Ministry::new(), Ministry::new());
        let (leaf, key) = one.sign(&["a.example"], (1, 9));
        let (_, strange) = one.sign(&["a.example"], (1, 9));
        let parse = |chain: &str, key: &str| Brought::parse(chain.as_bytes(), key.as_bytes());
        assert!(parse(&leaf, &key).is_ok());
        let both = format!("{key}{leaf}{}", one.0.pem());
        assert!(parse(&both, &both).is_ok(), "all in one file");
        assert!(matches!(parse(&leaf, &strange), Err(BroughtError::Key(_))));
        assert!(matches!(parse(&leaf, &leaf), Err(BroughtError::Key(_))));
        assert!(matches!(parse(&key, &key), Err(BroughtError::Chain(_))));
        let wrong = format!("{leaf}{}", other.0.pem());
        assert!(matches!(parse(&wrong, &key), Err(BroughtError::Chain(_))));
        let long = leaf.repeat(CHAIN_MAX + 1);
        assert!(matches!(parse(&long, &key), Err(BroughtError::Chain(_))));
    }

    proptest::proptest! {
        #[test]
        fn damaged_certificates_are_errors(at in 0_usize..2_000, flip in 1_u8..) {
            let one = Ministry::new();
            let (leaf, key) = one.sign(&["a.example"], (1, 9));
            let mut bytes = format!("{leaf}{}", one.0.pem()).into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= flip;
            let _anything_but_a_panic = Brought::parse(&bytes, key.as_bytes());
        }
    }
}
