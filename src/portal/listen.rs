//! The two doors of a portal: one for boxes, with TLS and the portal's raw key; one for pages.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep, sleep};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::keys::tls;
use crate::portal::gate::Gate;
use crate::portal::{Portal, SmsDoors, api, dicomweb, fhir, health, pages, sms, support};

/// Handshakes at the same time.
const HANDSHAKES_MAX: usize = 256;
/// How long a handshake may take: a box behind a slow, lossy link.
const HANDSHAKE_MAX: Duration = Duration::from_secs(60);
/// How long a connection may bring nothing: a box lets go of one much earlier, unless it went away without a
/// word, as one behind a modem does.
const SILENCE_MAX: Duration = Duration::from_secs(5 * 60);
/// How often roll-outs are looked at.
const LOOK_AT_ROLLOUTS: Duration = Duration::from_secs(10);
/// Most bytes of one read: a TLS record. The server's buffer grows with what one read brings, to 400 KiB for each
/// connection, and stays so large while the connection is idle.
const READ_BYTES_MAX: usize = 16 * 1024;
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

/// Serves boxes, pages and text messages until `stop` resolves.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(
    portal: Portal,
    boxes: TcpListener,
    pages: TcpListener,
    sms: SmsDoors,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let config = tls::server(portal.keyring().key()).map_err(|e| ServeError::Tls(e.to_string()))?;
    let door = TlsDoor::open(boxes, TlsAcceptor::from(Arc::new(config)))?;
    let for_pages = tokio::spawn({
        let router = pages::router(portal.clone())
            .merge(standard_doors(&portal))
            .merge(sms::router(portal.clone(), &sms));
        async move { axum::serve(pages, router).await }
    });
    let watching = tokio::spawn(health::watch(portal.clone()));
    let listening = tokio::spawn(sms::watch(portal.clone(), sms));
    let bundles = tokio::spawn(support::watch(portal.clone()));
    let rollouts = tokio::spawn(look_at_rollouts(portal.clone()));
    let served = axum::serve(door, api::router(portal)).with_graceful_shutdown(stop).await;
    for_pages.abort();
    watching.abort();
    listening.abort();
    bundles.abort();
    rollouts.abort();
    Ok(served?)
}

/// What programmes and imaging systems use: FHIR and DICOMweb. Beside the pages, and so behind the proxy that
/// has TLS.
fn standard_doors(portal: &Portal) -> Router {
    let gate = Gate::new(portal.clone());
    fhir::router(gate.clone()).merge(dicomweb::router(gate))
}

/// Makes the moves of roll-outs that are due, as long as the portal serves.
async fn look_at_rollouts(portal: Portal) {
    loop {
        let looked = portal.clone();
        match tokio::task::spawn_blocking(move || looked.look_at_rollouts()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "roll-outs cannot be looked at"),
            Err(error) => tracing::error!(%error, "looking at roll-outs ended abnormally"),
        }
        sleep(LOOK_AT_ROLLOUTS).await;
    }
}

/// Hands out connections whose handshake is done, so that a slow one holds up no other.
struct TlsDoor {
    done: mpsc::Receiver<(Awake<TlsStream<TcpStream>>, SocketAddr)>,
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
    ready: mpsc::Sender<(Awake<TlsStream<TcpStream>>, SocketAddr)>,
) {
    let turns = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    loop {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(AFTER_REFUSAL).await;
                continue;
            }
        };
        // An answer is one small write: it does not wait for the other side to confirm the one before.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before its handshake");
        }
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            let shaken = tokio::time::timeout(HANDSHAKE_MAX, acceptor.accept(stream)).await;
            drop(turn);
            match shaken {
                Ok(Ok(stream)) => {
                    let stream = Awake::new(stream, SILENCE_MAX);
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
    type Io = Awake<TlsStream<TcpStream>>;
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

/// A connection that ends when it has brought nothing for too long, and brings little at once: ten thousand boxes
/// would otherwise leave more dead ones behind than a process may have open, and larger buffers than it may have.
struct Awake<S> {
    stream: S,
    silence_max: Duration,
    until: Pin<Box<Sleep>>,
}

impl<S> Awake<S> {
    fn new(stream: S, silence_max: Duration) -> Self {
        Self { stream, silence_max, until: Box::pin(sleep(silence_max)) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Awake<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let room = buffer.remaining().min(READ_BYTES_MAX);
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(room));
        let polled = Pin::new(&mut this.stream).poll_read(context, &mut part);
        let came = part.filled().len();
        if let Poll::Ready(read) = polled {
            buffer.advance(came);
            this.until.as_mut().reset(Instant::now() + this.silence_max);
            return Poll::Ready(read);
        }
        this.until.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Awake<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test]
    async fn a_connection_lives_while_it_speaks_and_ends_when_it_does_not() {
        let (mut far, near) = duplex(16);
        let mut near = Awake::new(near, Duration::from_millis(300));
        let mut byte = [0];
        for _ in 0..4 {
            sleep(Duration::from_millis(100)).await;
            far.write_all(&[7]).await.unwrap();
            assert_eq!(near.read(&mut byte).await.unwrap(), 1);
        }
        let silent = near.read(&mut byte).await.unwrap_err();
        assert_eq!(silent.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn everything_arrives_a_little_at_a_time() {
        let (mut far, near) = duplex(4 * READ_BYTES_MAX);
        let mut near = Awake::new(near, SILENCE_MAX);
        let sent: Vec<u8> = (0..=250).cycle().take(3 * READ_BYTES_MAX).collect();
        far.write_all(&sent).await.unwrap();
        drop(far);
        let (mut all, mut part) = (Vec::new(), vec![0; 4 * READ_BYTES_MAX]);
        loop {
            match near.read(&mut part).await.unwrap() {
                0 => break,
                came => {
                    assert!(came <= READ_BYTES_MAX);
                    all.extend_from_slice(&part[..came]);
                }
            }
        }
        assert!(all == sent);
    }
}
