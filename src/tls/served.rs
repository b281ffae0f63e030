//! What the box shows to whom: certificates from elsewhere for the names in them, its own for the rest.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::domain::certificate::{BroughtBy, BroughtCertificate, BroughtState, ENDS_SOON_MS};
use crate::domain::stamp::{Clock, Stamp, WallMs};
use crate::tls::{AuthorityError, Brought, certified};

/// The certificates in force; replaced while the program runs.
#[derive(Debug)]
pub struct Served {
    clock: Arc<dyn Clock>,
    certificates: RwLock<Certificates>,
}

#[derive(Debug, Default)]
struct Certificates {
    own: Option<Arc<CertifiedKey>>,
    files: Option<Arc<Brought>>,
    portal: Option<Arc<Brought>>,
    /// Whose files could not be used when they were last looked at.
    unusable: Vec<BroughtBy>,
}

impl Certificates {
    fn brought(&self, by: BroughtBy) -> Option<&Arc<Brought>> {
        match by {
            BroughtBy::Files => self.files.as_ref(),
            BroughtBy::Portal => self.portal.as_ref(),
        }
    }
}

impl Served {
    /// None yet; times are read from that clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { clock, certificates: RwLock::default() })
    }

    /// Shows these as the box's own, PEM.
    ///
    /// # Errors
    /// [`AuthorityError::Certificate`]; the ones before then stay.
    pub fn set_own(&self, chain: &[u8], key: &[u8]) -> Result<(), AuthorityError> {
        let own = certified(chain, key)?;
        self.change(|all| all.own = Some(own));
        Ok(())
    }

    /// Shows another one from elsewhere, or none any more.
    pub fn set_brought(&self, by: BroughtBy, brought: Option<Brought>) {
        let brought = brought.map(Arc::new);
        self.change(|all| {
            all.unusable.retain(|one| *one != by);
            match by {
                BroughtBy::Files => all.files = brought,
                BroughtBy::Portal => all.portal = brought,
            }
        });
    }

    /// Notes that the files from there cannot be used. The certificate before stays.
    pub fn set_unusable(&self, by: BroughtBy) {
        self.change(|all| {
            if !all.unusable.contains(&by) {
                all.unusable.push(by);
            }
        });
    }

    /// How those from elsewhere are, for people.
    #[must_use]
    pub fn state(&self) -> Vec<BroughtCertificate> {
        let now = self.clock.now();
        let all = self.certificates.read().unwrap_or_else(PoisonError::into_inner);
        let there = BroughtBy::ALL.into_iter().filter_map(|by| Some((by, all.brought(by)?)));
        let there = there.map(|(by, one)| BroughtCertificate {
            by,
            state: state(one, now),
            names: one.names().to_vec(),
            until: one.until(),
        });
        let unusable = all.unusable.iter().map(|by| BroughtCertificate {
            by: *by,
            state: BroughtState::Unusable,
            names: Vec::new(),
            until: WallMs(0),
        });
        there.chain(unusable).collect()
    }

    /// The one that came from there, whether or not it holds now.
    #[must_use]
    pub fn brought(&self, by: BroughtBy) -> Option<Arc<Brought>> {
        let all = self.certificates.read().unwrap_or_else(PoisonError::into_inner);
        all.brought(by).cloned()
    }

    /// Whether there is any to show.
    #[must_use]
    pub fn has_any(&self) -> bool {
        let all = self.certificates.read().unwrap_or_else(PoisonError::into_inner);
        all.own.is_some() || BroughtBy::ALL.into_iter().any(|by| all.brought(by).is_some())
    }

    /// How this box speaks TLS 1.2 and 1.3.
    ///
    /// # Errors
    /// [`AuthorityError::Certificate`] when the cipher suites do not fit, which a test excludes.
    pub fn server(self: &Arc<Self>) -> Result<Arc<rustls::ServerConfig>, AuthorityError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(provider);
        let builder = builder.with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| AuthorityError::Certificate(error.to_string()))?;
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Self>::clone(self);
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    fn change(&self, change: impl FnOnce(&mut Certificates)) {
        change(&mut self.certificates.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// What a phone is shown that asks for this name, or for none.
    fn choose(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let now = self.clock.now();
        let all = self.certificates.read().unwrap_or_else(PoisonError::into_inner);
        let brought = || BroughtBy::ALL.into_iter().filter_map(|by| all.brought(by));
        let asked = name.and_then(|name| brought().find(|one| one.is_for(name) && one.holds(now)));
        // Without an own one, another one that the phone will not like says more than silence.
        let any = || brought().next().map(|one| one.certified());
        asked.map(|one| one.certified()).or_else(|| all.own.clone()).or_else(any)
    }
}

fn state(one: &Brought, now: Stamp) -> BroughtState {
    if one.has_ended(now) {
        BroughtState::Ended
    } else if !one.holds(now) {
        BroughtState::Early
    } else if one.until().0 - now.wall.0 < ENDS_SOON_MS {
        BroughtState::EndsSoon
    } else {
        BroughtState::Holds
    }
}

impl ResolvesServerCert for Served {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.choose(hello.server_name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::ClockTrust;
    use crate::tls::Authority;
    use crate::tls::brought::tests::{brought, brought_for};

    const DAY_MS: i64 = 86_400_000;

    #[derive(Debug)]
    struct Day(std::sync::Mutex<i64>);

    impl Clock for Day {
        fn now(&self) -> Stamp {
            let wall = WallMs(*self.0.lock().unwrap() * DAY_MS);
            Stamp { wall, trust: ClockTrust::Synced }
        }
    }

    #[test]
    fn a_brought_certificate_is_shown_for_its_names_and_its_time() {
        let dir = tempfile::tempdir().unwrap();
        let day = Arc::new(Day(std::sync::Mutex::new(5)));
        let served = Served::new(Arc::<Day>::clone(&day));
        assert!(!served.has_any() && served.choose(None).is_none());
        let names = ["fieldray.lan".to_owned()];
        let (chain, key) =
            Authority::open(dir.path(), &names, day.now()).unwrap().chain_and_key().unwrap();
        served.set_own(&chain, &key).unwrap();
        let own = served.choose(None).unwrap();
        served.set_brought(BroughtBy::Portal, Some(brought(&["a.example", "both.example"])));
        served.set_brought(BroughtBy::Files, Some(brought(&["b.example", "both.example"])));
        let check = |name: Option<&str>, by: Option<BroughtBy>| {
            let expected = match by {
                Some(by) => served.brought(by).unwrap().certified(),
                None => Arc::clone(&own),
            };
            let chosen = served.choose(name).unwrap();
            assert!(Arc::ptr_eq(&chosen, &expected), "{name:?} {by:?}");
        };
        check(Some("a.example"), Some(BroughtBy::Portal));
        check(Some("b.example"), Some(BroughtBy::Files));
        check(Some("both.example"), Some(BroughtBy::Files));
        check(Some("fieldray.lan"), None);
        check(None, None);
        *day.0.lock().unwrap() = 9;
        check(Some("a.example"), None);
        *day.0.lock().unwrap() = 5;
        check(Some("a.example"), Some(BroughtBy::Portal));
        served.set_brought(BroughtBy::Portal, None);
        check(Some("a.example"), None);
        assert!(served.server().is_ok());
    }

    #[test]
    fn people_hear_in_time_that_one_ends() {
        let day = Arc::new(Day(std::sync::Mutex::new(5)));
        let served = Served::new(Arc::<Day>::clone(&day));
        let states = || served.state().into_iter().map(|one| one.state).collect::<Vec<_>>();
        assert!(states().is_empty());
        served.set_brought(BroughtBy::Files, Some(brought_for(&["a.example"], (10, 100))));
        let check = |at: i64, expected: BroughtState| {
            *day.0.lock().unwrap() = at;
            assert_eq!(states(), [expected], "day {at}");
        };
        check(9, BroughtState::Early);
        check(10, BroughtState::Holds);
        check(70, BroughtState::Holds);
        check(71, BroughtState::EndsSoon);
        check(100, BroughtState::Ended);
        served.set_unusable(BroughtBy::Files);
        served.set_unusable(BroughtBy::Files);
        assert_eq!(states(), [BroughtState::Ended, BroughtState::Unusable]);
        served.set_brought(BroughtBy::Files, Some(brought_for(&["a.example"], (10, 200))));
        assert_eq!(states(), [BroughtState::Holds]);
    }
}
