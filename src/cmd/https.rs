//! Pages over HTTPS beside those over HTTP. Whatever fails here is said in the log and leaves HTTP as
//! it is: no page needs HTTPS.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;

use crate::app::clock::SystemClock;
use crate::app::config::{Config, HttpsSettings};
use crate::app::{SecurePages, Trust, brought_by_portal, https_address};
use crate::cmd::board::names::NAMES_MAX;
use crate::domain::certificate::BroughtBy;
use crate::domain::stamp::Clock as _;
use crate::durable;
use crate::store::portal_certificate;
use crate::tls::{Authority, AuthorityError, Brought, Served, may_vouch_for};
use crate::web::SecureListener;

/// How often the certificates are looked at: the own one may have to be renewed, others may have been
/// replaced. Two small files, and a millisecond of arithmetic.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// What pages over HTTPS need.
pub(super) struct Https {
    settings: HttpsSettings,
    served: Arc<Served>,
    /// `None` where it cannot be used; then certificates from elsewhere are alone.
    authority: Option<Authority>,
    /// Where the certificate is that a portal has brought.
    portal_file: PathBuf,
    /// Where root's unit looks for names of the box; `None` without a service manager.
    names_file: Option<PathBuf>,
    said: Mutex<Said>,
}

/// What was said before, so that it is not said again with every look.
#[derive(Debug, Default)]
struct Said {
    /// Why the files of the settings and that of the portal cannot be used; empty: they can, or there are
    /// none.
    reasons: [String; 2],
    /// Names that root's unit was asked for.
    names: Option<String>,
}

/// Opens certificates and authority, if the settings ask for HTTPS.
pub(super) fn open(config: &Config, runtime_dir: Option<PathBuf>) -> Option<Https> {
    let settings = config.https.clone()?;
    let served = Served::new(Arc::new(SystemClock));
    let authority = match own(config, &settings, &served) {
        Ok(authority) => Some(authority),
        Err(error) => {
            tracing::error!(%error, "the box has no certificate of its own");
            None
        }
    };
    let https = Https {
        settings,
        served,
        authority,
        portal_file: portal_certificate(&config.state_dir),
        names_file: runtime_dir.map(|folder| folder.join("names")),
        said: Mutex::default(),
    };
    https.look_at_brought();
    if !https.served.has_any() {
        tracing::error!("no pages over HTTPS");
        return None;
    }
    Some(https)
}

/// The box's own authority. Names that it may not vouch for are left to certificates from elsewhere.
fn own(
    config: &Config,
    settings: &HttpsSettings,
    served: &Served,
) -> Result<Authority, AuthorityError> {
    let (names, foreign): (Vec<String>, Vec<String>) =
        settings.names.iter().cloned().partition(|name| may_vouch_for(name));
    if let (true, Some(foreign)) = (names.is_empty(), foreign.first()) {
        return Err(AuthorityError::Name(foreign.clone()));
    }
    for name in foreign {
        tracing::info!(host = name, "a name that needs a certificate from elsewhere");
    }
    let authority = Authority::open(&config.state_dir.join("tls"), &names, SystemClock.now())?;
    let (chain, key) = authority.chain_and_key()?;
    served.set_own(&chain, &key)?;
    Ok(authority)
}

/// The certificate in the files that the settings name; `None`: they name none.
fn in_files(settings: &HttpsSettings) -> Result<Option<Brought>, String> {
    let Some((chain, key)) = &settings.brought else { return Ok(None) };
    let read = std::fs::read(chain).and_then(|chain| Ok((chain, std::fs::read(key)?)));
    let (chain, key) = read.map_err(|error| error.to_string())?;
    Brought::parse(&chain, &key).map(Some).map_err(|error| error.to_string())
}

impl Https {
    /// What the pages are served with, for the rest of the program.
    pub(super) fn pages(&self) -> SecurePages {
        SecurePages {
            trust: self.trust(),
            port: self.settings.listen.port(),
            served: Arc::clone(&self.served),
        }
    }

    /// The authority as phones meet it.
    fn trust(&self) -> Option<Trust> {
        let authority = self.authority.as_ref()?;
        let name = self.settings.names.iter().find(|name| may_vouch_for(name))?;
        let address = https_address(name, self.settings.listen.port());
        let certificate = authority.certificate().to_vec();
        Some(Trust { address, certificate, fingerprint: authority.fingerprint() })
    }

    /// Serves pages until `closed` resolves, renewing and replacing certificates on the way.
    pub(super) async fn serve(
        self,
        pages: Router,
        closed: impl Future<Output = ()> + Send + 'static,
    ) {
        let server = match self.served.server() {
            Ok(server) => server,
            Err(error) => return tracing::error!(%error, "no pages over HTTPS"),
        };
        let listen = self.settings.listen;
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener.and_then(|listener| SecureListener::start(listener, server));
        let listener = match listener {
            Ok(listener) => listener,
            Err(error) => return tracing::error!(%error, %listen, "no pages over HTTPS"),
        };
        tracing::info!(address = ?axum::serve::Listener::local_addr(&listener).ok(), "serving over HTTPS");
        tokio::select! {
            served = axum::serve(listener, pages).with_graceful_shutdown(closed).into_future() => {
                if let Err(error) = served {
                    tracing::error!(%error, "pages over HTTPS ended");
                }
            }
            () = self.keep_fresh() => {}
        }
    }

    async fn keep_fresh(&self) {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        loop {
            tick.tick().await;
            self.renew_own();
            self.look_at_brought();
            self.tell_names();
        }
    }

    fn renew_own(&self) {
        let Some(authority) = &self.authority else { return };
        let renewed = authority.renew(SystemClock.now()).and_then(|renewed| {
            if renewed {
                let (chain, key) = authority.chain_and_key()?;
                self.served.set_own(&chain, &key)?;
            }
            Ok(renewed)
        });
        match renewed {
            Ok(true) => tracing::info!("the box's certificate was renewed"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the box's certificate is not renewed"),
        }
    }

    /// Takes up certificates from elsewhere as they are on the disk now. One that cannot be used leaves the
    /// one before: somebody may be about to replace the files.
    fn look_at_brought(&self) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        for (by, reason) in BroughtBy::ALL.into_iter().zip(&mut said.reasons) {
            let found = match by {
                BroughtBy::Files => in_files(&self.settings),
                BroughtBy::Portal => brought_by_portal(&self.portal_file),
            };
            match found {
                Ok(brought) => {
                    self.served.set_brought(by, brought);
                    reason.clear();
                }
                Err(why) => {
                    self.served.set_unusable(by);
                    if *reason != why {
                        let from = by.code();
                        tracing::warn!(
                            from,
                            reason = why,
                            "a certificate from elsewhere is not used"
                        );
                        *reason = why;
                    }
                }
            }
        }
    }

    /// Asks root's unit to let phones in the box's Wi-Fi find the names of certificates from elsewhere.
    fn tell_names(&self) {
        let Some(file) = &self.names_file else { return };
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names: Vec<String> =
            self.served.state().into_iter().flat_map(|one| one.names).collect();
        names.retain(|name| !name.starts_with('*'));
        names.sort_unstable();
        names.dedup();
        names.truncate(NAMES_MAX);
        let text: String = names.iter().map(|name| format!("{name}\n")).collect();
        if said.names.as_ref() == Some(&text) {
            return;
        }
        match durable::replace(file, text.as_bytes()) {
            Ok(()) => said.names = Some(text),
            Err(error) => tracing::warn!(%error, "names of the box cannot be told to root's unit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::certificate::BroughtState;

    /// A certificate of an authority of its own, and its key.
    fn issued(name: &str) -> (Vec<u8>, Vec<u8>) {
        let dir = tempfile::tempdir().unwrap();
        let names = [name.to_owned()];
        Authority::open(dir.path(), &names, SystemClock.now()).unwrap().chain_and_key().unwrap()
    }

    fn https(dir: &std::path::Path) -> Https {
        let brought = Some((dir.join("site.pem"), dir.join("site.key")));
        let names = vec!["clinic.example".to_owned(), "fieldray.lan".to_owned()];
        let settings = HttpsSettings { listen: ([127, 0, 0, 1], 0).into(), names, brought };
        let mut config = Config::read_or_default(None).unwrap();
        config.https = Some(settings);
        config.state_dir = dir.join("state");
        open(&config, Some(dir.to_owned())).unwrap()
    }

    fn shown(https: &Https) -> Vec<(BroughtState, Vec<String>)> {
        https.served.state().into_iter().map(|one| (one.state, one.names)).collect()
    }

    #[test]
    fn files_that_were_replaced_are_taken_up_and_half_replaced_ones_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let write =
            |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
        let https = https(dir.path());
        let trust = https.trust().unwrap();
        assert_eq!(trust.address, "https://fieldray.lan:0", "the own one is for its own name");
        assert_eq!(shown(&https), [(BroughtState::Unusable, vec![])]);

        let (chain, key) = issued("a.lan");
        write("site.pem", &chain);
        write("site.key", &key);
        https.look_at_brought();
        let holds = |name: &str| (BroughtState::Holds, vec![name.to_owned()]);
        assert_eq!(shown(&https), [holds("a.lan")]);

        let (chain, key) = issued("b.lan");
        write("site.pem", &chain);
        https.look_at_brought();
        assert_eq!(shown(&https), [holds("a.lan"), (BroughtState::Unusable, vec![])]);
        write("site.key", &key);
        https.look_at_brought();
        assert_eq!(shown(&https), [holds("b.lan")]);
    }

    #[test]
    fn the_portals_certificate_is_found_again_and_its_names_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let https = https(dir.path());
        let (chain, key) = issued("c.lan");
        std::fs::write(&https.portal_file, [key, chain].concat()).unwrap();
        https.look_at_brought();
        https.tell_names();
        assert_eq!(std::fs::read_to_string(dir.path().join("names")).unwrap(), "c.lan\n");
        std::fs::remove_file(&https.portal_file).unwrap();
        https.look_at_brought();
        https.tell_names();
        assert_eq!(std::fs::read_to_string(dir.path().join("names")).unwrap(), "");
    }
}
