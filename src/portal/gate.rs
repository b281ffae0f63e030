//! Who may use the portal's standard doors, how often, and how much at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::portal::sources::Source;
use crate::portal::{Portal, StorageError};
use crate::wire::encoding::basic_password;

/// Requests that a source may make at once before it has to go slower.
const BURST: u32 = 200;
/// Requests a second that it may make for as long as it likes.
const PER_SECOND: u32 = 20;
/// Wrong tokens at once, from everybody together: nobody guesses 128 bits, and nobody floods the storage.
const WRONG_BURST: u32 = 50;
/// Sources whose pace is remembered.
const PACES_MAX: usize = 10_000;
/// Bodies of files that come in or go out at the same time.
const FILES_MAX: usize = 8;
/// How long a body may take to come in.
const BODY_MAX: Duration = Duration::from_secs(180);

/// The door. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    pub(super) portal: Portal,
    paces: Arc<Mutex<HashMap<String, Pace>>>,
    files: Arc<Semaphore>,
}

/// Why a request does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shut {
    /// No token, or one that nobody has.
    Unknown,
    /// Too many requests.
    Fast,
    /// Too much at once, or the storage failed; that is logged already.
    Busy,
    /// The body is too large.
    Large,
    /// The body broke off.
    Broken,
}

impl Shut {
    /// Status, and FHIR's code for it.
    pub(super) const fn status(self) -> (StatusCode, &'static str) {
        match self {
            Self::Unknown => (StatusCode::UNAUTHORIZED, "login"),
            Self::Fast => (StatusCode::TOO_MANY_REQUESTS, "throttled"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "transient"),
            Self::Large => (StatusCode::PAYLOAD_TOO_LARGE, "too-long"),
            Self::Broken => (StatusCode::BAD_REQUEST, "incomplete"),
        }
    }

    /// What it means.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Unknown => "no token that this portal has given out",
            Self::Fast => "too many requests",
            Self::Busy => "the portal takes nothing in at the moment",
            Self::Large => "the body is too large",
            Self::Broken => "the body broke off",
        }
    }
}

/// A bucket that fills again with time.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// What is left, thousandths of a request.
    left: u64,
    at: Instant,
}

impl Pace {
    fn full(burst: u32, at: Instant) -> Self {
        Self { left: u64::from(burst) * 1000, at }
    }

    /// Takes one request out of the bucket, if there is one.
    fn take(&mut self, burst: u32, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        let filled = self.left.saturating_add(passed.saturating_mul(u64::from(PER_SECOND)));
        self.left = filled.min(u64::from(burst) * 1000);
        self.at = now;
        match self.left.checked_sub(1000) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }
}

impl Gate {
    pub(super) fn new(portal: Portal) -> Self {
        let files = Arc::new(Semaphore::new(FILES_MAX));
        Self { portal, paces: Arc::default(), files }
    }

    /// Who asks: by a bearer token, or by a token as the password of HTTP's basic scheme.
    pub(super) async fn source(&self, headers: &HeaderMap) -> Result<Source, Shut> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|header| match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Some(token.trim().to_owned())
            }
            _ => basic_password(header),
        });
        let token = token.ok_or(Shut::Unknown)?;
        let portal = self.portal.clone();
        let found = blocking(move || portal.source(&token)).await?;
        let Some(source) = found else {
            return Err(if self.passes("", WRONG_BURST) { Shut::Unknown } else { Shut::Fast });
        };
        if self.passes(&source.name, BURST) { Ok(source) } else { Err(Shut::Fast) }
    }

    fn passes(&self, who: &str, burst: u32) -> bool {
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if paces.len() >= PACES_MAX && !paces.contains_key(who) {
            paces.clear();
        }
        paces.entry(who.to_owned()).or_insert_with(|| Pace::full(burst, now)).take(burst, now)
    }

    /// A place among the files that move at the same time.
    pub(super) fn turn(&self) -> Result<OwnedSemaphorePermit, Shut> {
        Arc::clone(&self.files).try_acquire_owned().map_err(|_| Shut::Busy)
    }
}

/// A whole body.
pub(super) async fn whole(body: Body, most: usize) -> Result<Vec<u8>, Shut> {
    match tokio::time::timeout(BODY_MAX, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(Shut::Large),
        Err(_) => Err(Shut::Broken),
    }
}

/// Runs storage work off the async threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, Shut> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(%error, source, "the portal's storage failed");
            Err(Shut::Busy)
        }
        Err(error) => {
            tracing::error!(%error, "storage work ended abnormally");
            Err(Shut::Busy)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_may_burst_and_then_goes_at_its_pace() {
        let begun = Instant::now();
        let mut pace = Pace::full(3, begun);
        let passes = |pace: &mut Pace, ms| pace.take(3, begun + Duration::from_millis(ms));
        assert!((0..3).all(|_| passes(&mut pace, 0)));
        assert!(!passes(&mut pace, 10));
        assert!(passes(&mut pace, 60), "20 a second");
        assert!(!passes(&mut pace, 61));
        assert!((0..3).all(|_| passes(&mut pace, 60_000)) && !passes(&mut pace, 60_000));
    }
}
