//! Pages over HTTPS beside those over HTTP. Whatever fails here is said in the log and leaves HTTP as
//! it is: no page needs HTTPS.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;

use crate::app::Trust;
use crate::app::clock::SystemClock;
use crate::app::config::{Config, HttpsSettings};
use crate::domain::stamp::Clock as _;
use crate::tls::{Authority, AuthorityError, Certificate};
use crate::web::SecureListener;

/// How often the certificate is looked at: it may have to be renewed, or have been replaced.
const LOOK_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// What pages over HTTPS need.
pub(super) struct Https {
    settings: HttpsSettings,
    certificate: Arc<Certificate>,
    /// `None` with a certificate from elsewhere.
    authority: Option<Authority>,
}

/// Opens certificate and authority, if the settings ask for HTTPS.
pub(super) fn open(config: &Config) -> Option<Https> {
    let settings = config.https.clone()?;
    let opened = brought(&settings).map_or_else(|| own(config, &settings), Ok);
    match opened {
        Ok((certificate, authority)) => {
            Some(Https { settings, certificate: Arc::new(certificate), authority })
        }
        Err(error) => {
            tracing::error!(%error, "no pages over HTTPS");
            None
        }
    }
}

/// A certificate from elsewhere. One that cannot be used is named in the log, and the box's own serves.
fn brought(settings: &HttpsSettings) -> Option<(Certificate, Option<Authority>)> {
    let (chain, key) = settings.brought.as_ref()?;
    let read = std::fs::read(chain).and_then(|chain| Ok((chain, std::fs::read(key)?)));
    let certificate = match read {
        Ok((chain, key)) => Certificate::parse(&chain, &key).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match certificate {
        Ok(certificate) => Some((certificate, None)),
        Err(reason) => {
            tracing::warn!(reason, "the certificate from elsewhere is not used");
            None
        }
    }
}

fn own(
    config: &Config,
    settings: &HttpsSettings,
) -> Result<(Certificate, Option<Authority>), AuthorityError> {
    let folder = config.state_dir.join("tls");
    let authority = Authority::open(&folder, &settings.names, SystemClock.now())?;
    let (chain, key) = authority.chain_and_key()?;
    Ok((Certificate::parse(&chain, &key)?, Some(authority)))
}

impl Https {
    /// The authority as phones meet it.
    pub(super) fn trust(&self) -> Option<Trust> {
        let authority = self.authority.as_ref()?;
        let name = self.settings.names.first()?;
        let address = match self.settings.listen.port() {
            443 => format!("https://{name}"),
            port => format!("https://{name}:{port}"),
        };
        let certificate = authority.certificate().to_vec();
        Some(Trust { address, certificate, fingerprint: authority.fingerprint() })
    }

    /// Serves pages until `closed` resolves, renewing the certificate on the way.
    pub(super) async fn serve(
        self,
        pages: Router,
        closed: impl Future<Output = ()> + Send + 'static,
    ) {
        let server = match self.certificate.server() {
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
        let Some(authority) = &self.authority else { return std::future::pending().await };
        let mut tick = tokio::time::interval(LOOK_EVERY);
        loop {
            tick.tick().await;
            let renewed = authority.renew(SystemClock.now()).and_then(|renewed| {
                if renewed {
                    let (chain, key) = authority.chain_and_key()?;
                    self.certificate.replace(&chain, &key)?;
                }
                Ok(renewed)
            });
            match renewed {
                Ok(true) => tracing::info!("the box's certificate was renewed"),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the box's certificate is not renewed"),
            }
        }
    }
}
