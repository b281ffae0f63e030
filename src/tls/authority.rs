//! The box's own certificate authority, and the certificate that it renews.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, SanType,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::Stamp;
use crate::durable;

/// No clock of a box is believed to be earlier, seconds since 1970: 2026-01-01.
const CLOCK_FLOOR_S: i64 = 1_767_225_600;
/// The authority holds from one year before that to thirty years after, whatever the clock says when
/// it is made: it is never renewed, because people would have to trust it again.
const AUTHORITY_DAYS: (i64, i64) = (-365, 30 * 365);
/// Days that a certificate holds. Apple's phones refuse more than 825 (support article HT210176).
const LEAF_DAYS: i64 = 820;
/// Days before its end at which it is renewed.
const RENEW_DAYS: i64 = 180;
/// Endings that the authority may vouch for.
const ENDINGS: [&str; 2] = ["local", "lan"];
/// Networks that the authority may vouch for: address and mask (RFC 1918).
const NETWORKS: [([u8; 4], [u8; 4]); 3] = [
    ([10, 0, 0, 0], [255, 0, 0, 0]),
    ([172, 16, 0, 0], [255, 240, 0, 0]),
    ([192, 168, 0, 0], [255, 255, 0, 0]),
];

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// The disk fails.
    #[error("cannot reach {}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A name that the authority must not vouch for.
    #[error("{0} is no name under .local or .lan and no private address")]
    Name(String),
    /// Making or reading a certificate fails.
    #[error("no usable certificate: {0}")]
    Certificate(String),
}

impl From<rcgen::Error> for AuthorityError {
    fn from(error: rcgen::Error) -> Self {
        Self::Certificate(error.to_string())
    }
}

/// What is known about the certificate beside it: for what it holds, and until when.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    names: Vec<String>,
    from_s: i64,
    until_s: i64,
}

/// The authority of this box.
#[derive(Debug)]
pub struct Authority {
    folder: PathBuf,
    key: String,
    certificate: Vec<u8>,
    names: Vec<String>,
}

impl Authority {
    /// Opens the authority in a folder, making it at the first start, and its certificate for these
    /// names and addresses.
    ///
    /// # Errors
    /// [`AuthorityError`] when the disk fails or a name is not one of a clinic's own network.
    pub fn open(folder: &Path, names: &[String], now: Stamp) -> Result<Self, AuthorityError> {
        if let Some(foreign) = names.iter().find(|name| !may_vouch_for(name)) {
            return Err(AuthorityError::Name(foreign.clone()));
        }
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        let (key_path, path) = (folder.join("authority.key"), folder.join("authority.der"));
        if !path.exists() {
            let key = KeyPair::generate()?;
            let certificate = authority_params(&key)?.self_signed(&key)?;
            durable::replace_private(&key_path, key.serialize_pem().as_bytes())
                .map_err(failed(&key_path))?;
            // Last, so that a certificate never stands without its key.
            durable::replace(&path, certificate.der()).map_err(failed(&path))?;
        }
        let key = std::fs::read_to_string(&key_path).map_err(failed(&key_path))?;
        let certificate = std::fs::read(&path).map_err(failed(&path))?;
        let names = names.to_vec();
        let authority = Self { folder: folder.to_owned(), key, certificate, names };
        authority.renew(now)?;
        Ok(authority)
    }

    /// The authority's certificate, DER: what a phone is asked to trust.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// SHA-256 of [`Authority::certificate`], as phones show it.
    #[must_use]
    pub fn fingerprint(&self) -> Sha256Digest {
        Sha256Digest::of(&self.certificate)
    }

    /// Chain and key of the certificate in force, PEM.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn chain_and_key(&self) -> Result<(Vec<u8>, Vec<u8>), AuthorityError> {
        let read = |name: &str| {
            let path = self.folder.join(name);
            std::fs::read(&path).map_err(failed(&path))
        };
        Ok((read("box.pem")?, read("box.key")?))
    }

    /// Makes a new certificate if the names changed, the old one ends soon, or the clock was wrong
    /// when it was made; says whether it did.
    ///
    /// # Errors
    /// [`AuthorityError`]; the old one then stays.
    pub fn renew(&self, now: Stamp) -> Result<bool, AuthorityError> {
        let now_s = now.wall.0.div_euclid(1000).max(CLOCK_FLOOR_S);
        let held_path = self.folder.join("box.json");
        let held = std::fs::read(&held_path).ok();
        let held: Option<Held> = held.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let good = |held: &Held| {
            held.names == self.names
                && held.from_s <= now_s
                && now_s < held.until_s - RENEW_DAYS * 86_400
        };
        if held.as_ref().is_some_and(good) && self.chain_and_key().is_ok() {
            return Ok(false);
        }
        let from_s = now_s - 86_400;
        let until_s = from_s + LEAF_DAYS * 86_400;
        let key = KeyPair::generate()?;
        let params = leaf_params(&self.names, at(from_s)?, at(until_s)?)?;
        let authority = KeyPair::from_pem(&self.key)?;
        let issuer = Issuer::new(authority_params(&authority)?, authority);
        let certificate = params.signed_by(&key, &issuer)?;
        let held = Held { names: self.names.clone(), from_s, until_s };
        let held =
            serde_json::to_vec(&held).map_err(|e| AuthorityError::Certificate(e.to_string()))?;
        // While the note is away, a cut between the two files only means another new certificate.
        let _absent = std::fs::remove_file(&held_path);
        let (pem, pem_key) = (self.folder.join("box.pem"), self.folder.join("box.key"));
        durable::replace_private(&pem_key, key.serialize_pem().as_bytes())
            .map_err(failed(&pem_key))?;
        durable::replace(&pem, certificate.pem().as_bytes()).map_err(failed(&pem))?;
        durable::replace(&held_path, &held).map_err(failed(&held_path))?;
        Ok(true)
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> AuthorityError {
    let path = path.to_owned();
    move |source| AuthorityError::File { path, source }
}

/// Whether a name is one of a clinic's own network, so that the authority may vouch for it.
#[must_use]
pub fn may_vouch_for(name: &str) -> bool {
    if let Ok(address) = name.parse::<IpAddr>() {
        let IpAddr::V4(address) = address else { return false };
        let bits = u32::from(address);
        return NETWORKS.iter().any(|(network, mask)| {
            bits & u32::from_be_bytes(*mask) == u32::from_be_bytes(*network)
        });
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let ending = name.rsplit_once('.').map(|(host, ending)| (host.is_empty(), ending));
    name.len() <= 253
        && name.bytes().all(plain)
        && ending.is_some_and(|(bare, ending)| !bare && ENDINGS.contains(&ending))
}

fn at(seconds: i64) -> Result<OffsetDateTime, AuthorityError> {
    let time = OffsetDateTime::from_unix_timestamp(seconds);
    time.map_err(|error| AuthorityError::Certificate(error.to_string()))
}

/// The same for every start: the name comes from the key, the dates from constants.
fn authority_params(key: &KeyPair) -> Result<CertificateParams, AuthorityError> {
    let digest = Sha256Digest::of(key.public_key_raw()).to_string();
    let short = digest.get(..8).unwrap_or_default();
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, format!("Fieldray box {short}"));
    name.push(DnType::OrganizationName, "Fieldray, this clinic's box only");
    let dns = ENDINGS.map(|ending| GeneralSubtree::DnsName(ending.to_owned()));
    let networks =
        NETWORKS.map(|(network, mask)| GeneralSubtree::IpAddress(CidrSubnet::V4(network, mask)));
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: dns.into_iter().chain(networks).collect(),
        excluded_subtrees: Vec::new(),
    });
    let floor = at(CLOCK_FLOOR_S)?;
    params.not_before = floor + Duration::days(AUTHORITY_DAYS.0);
    params.not_after = floor + Duration::days(AUTHORITY_DAYS.1);
    Ok(params)
}

fn leaf_params(
    names: &[String],
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<CertificateParams, AuthorityError> {
    let mut params = CertificateParams::default();
    let alternative = names.iter().map(|name| {
        Ok(match name.parse::<IpAddr>() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName(name.as_str().try_into()?),
        })
    });
    params.subject_alt_names = alternative.collect::<Result<_, rcgen::Error>>()?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, names.first().map_or("fieldray", String::as_str));
    params.distinguished_name = name;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params.not_before = from;
    params.not_after = until;
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    const DAY_MS: i64 = 86_400_000;

    fn day(days: i64) -> Stamp {
        let wall = WallMs(CLOCK_FLOOR_S * 1000 + days * DAY_MS);
        Stamp { wall, trust: ClockTrust::Unsynced }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_authority_stays_and_the_certificate_is_renewed() {
        let dir = tempfile::tempdir().unwrap();
        let mine = names(&["fieldray.lan", "10.42.0.1"]);
        let first = Authority::open(dir.path(), &mine, day(10)).unwrap();
        assert!(!first.renew(day(600)).unwrap());
        assert!(first.renew(day(700)).unwrap());
        assert!(!first.renew(day(700)).unwrap());
        // A clock that was set back to before the certificate's beginning.
        assert!(first.renew(day(100)).unwrap());
        let again = Authority::open(dir.path(), &mine, day(100)).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        let other = names(&["fieldray.lan", "10.42.0.1", "clinic-7.local"]);
        let before = again.chain_and_key().unwrap();
        let renamed = Authority::open(dir.path(), &other, day(100)).unwrap();
        assert_ne!(renamed.chain_and_key().unwrap().0, before.0);
    }

    #[test]
    fn keys_are_for_the_service_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        Authority::open(dir.path(), &names(&["fieldray.lan"]), day(0)).unwrap();
        for file in ["authority.key", "box.key"] {
            let mode = std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }

    #[test]
    fn only_names_of_a_clinics_own_network_are_vouched_for() {
        let check = |name: &str, expected: bool| {
            assert_eq!(may_vouch_for(name), expected, "{name}");
        };
        check("fieldray.local", true);
        check("clinic-7.lan", true);
        check("10.42.0.1", true);
        check("192.168.1.9", true);
        check("172.32.0.1", false);
        check("bank.example", false);
        check("8.8.8.8", false);
        check(".lan", false);
        check("lan", false);
        check("a b.lan", false);
        let dir = tempfile::tempdir().unwrap();
        let refused = Authority::open(dir.path(), &names(&["bank.example"]), day(0));
        assert!(matches!(refused, Err(AuthorityError::Name(_))));
    }
}
