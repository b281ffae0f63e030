//! The two doors of a portal: one for boxes, with TLS and the portal's raw key; one for pages.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::keys::tls;
use crate::portal::gate::Gate;
use crate::portal::{Portal, api, dicomweb, fhir, health, pages};

/// Handshakes at the same time.
const HANDSHAKES_MAX: usize = 256;
/// How long a handshake may take: a box behind a slow, lossy link.
const HANDSHAKE_MAX: Duration = Duration::from_secs(60);
/// Wait after the operating system refused a connection: too many files are open.
const AFTER_REFUSAL: Duration = Duration::from_millis(200);

/// Why a portal cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A door cannot be opened.
    #[error("cannot listen")]
    Listen(#[from] io::Error),
    /// TLS cannot be set up.
    #[error("the portal's key cannot be used for TLS: {0}")]
    Tls(String),
}

/// Serves boxes and pages until `stop` resolves.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(
    portal: Portal,
    boxes: TcpListener,
    pages: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let config = tls::server(portal.keyring().key()).map_err(|e| ServeError::Tls(e.to_string()))?;
    let door = TlsDoor::open(boxes, TlsAcceptor::from(Arc::new(config)))?;
    let for_pages = tokio::spawn({
        let router = pages::router(portal.clone()).merge(standard_doors(&portal));
        async move { axum::serve(pages, router).await }
    });
    let watching = tokio::spawn(health::watch(portal.clone()));
    let served = axum::serve(door, api::router(portal)).with_graceful_shutdown(stop).await;
    for_pages.abort();
    watching.abort();
    Ok(served?)
}

/// What programmes and imaging systems use: FHIR and DICOMweb. Beside the pages, and so behind the proxy that
/// has TLS.
fn standard_doors(portal: &Portal) -> Router {
    let gate = Gate::new(portal.clone());
    fhir::router(gate.clone()).merge(dicomweb::router(gate))
}

/// Hands out connections whose handshake is done, so that a slow one holds up no other.
struct TlsDoor {
    done: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl TlsDoor {
    fn open(listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (ready, done) = mpsc::channel(HANDSHAKES_MAX);
        let accepting = tokio::spawn(accept(listener, acceptor, ready));
        Ok(Self { done, address, accepting })
    }
}

impl Drop for TlsDoor {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let turns = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    loop {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(AFTER_REFUSAL).await;
                continue;
            }
        };
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            let shaken = tokio::time::timeout(HANDSHAKE_MAX, acceptor.accept(stream)).await;
            drop(turn);
            match shaken {
                Ok(Ok(stream)) => {
                    // The portal stops: nobody takes connections any more.
                    let _unless_stopped = ready.send((stream, address)).await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
                Err(_) => tracing::debug!("a handshake took too long"),
            }
        });
    }
}

impl Listener for TlsDoor {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.done.recv().await {
            Some(accepted) => accepted,
            // Not reached while the task that accepts lives, which is as long as this door.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}
