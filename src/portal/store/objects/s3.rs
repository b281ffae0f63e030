//! Images as objects behind the S3 protocol: `s3://bucket/prefix?endpoint=…&region=…`.
//!
//! - `endpoint`: where the server is; without it Amazon's of that region.
//! - `region`: `us-east-1` unless it says otherwise.
//! - `style`: `path` (the bucket is in the path) or `virtual` (it is in the name of the server). Without it,
//!   `path` with an endpoint and `virtual` without.
//! - `credentials`: a file as Amazon's tools have it; without it `AWS_ACCESS_KEY_ID`,
//!   `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
//! - `ca`: a PEM file with the authority of the endpoint, beside the common ones.
//!
//! An object is `prefix/images/HASH`. The server is told the hash with the bytes and asked for their number
//! afterwards; whoever reads compares the hash again.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use tokio::runtime::{Builder, Runtime};

use super::{Objects, checked};
use crate::domain::digest::Sha256Digest;
use crate::portal::IMAGE_BYTES_MAX;
use crate::portal::storage::StorageError;
use crate::wire::encoding::base64;

/// How long a signed request is good for: longer than one takes, shorter than anybody needs to misuse it.
const SIGNED_FOR: Duration = Duration::from_secs(300);
/// How long a connection may take to come up.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// How long a request may take: 64 MiB at 4 Mbit/s and a half more.
const REQUEST_MAX: Duration = Duration::from_secs(200);
/// How long a look whether it is there may take.
const CHECK_MAX: Duration = Duration::from_secs(5);
/// How often a request is made that fails for a reason that passes.
const TRIES: u32 = 4;
/// Wait before the second try; twice as long before each further one.
const PAUSE: Duration = Duration::from_millis(200);

/// An object store.
pub(in super::super) struct S3 {
    bucket: Bucket,
    credentials: Credentials,
    prefix: String,
    http: Client,
    /// Ended in the background: the last owner may be a thread that must not wait.
    runtime: Option<Runtime>,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3({})", self.bucket.name())
    }
}

/// What went wrong, without an address: it has a signature in it.
#[derive(Debug, thiserror::Error)]
enum Failed {
    /// No answer.
    #[error("no answer of the object store: {0}")]
    Wire(String),
    /// An answer that is none.
    #[error("the object store answers {0}")]
    Status(StatusCode),
    /// What is there is not what was sent.
    #[error("the object store holds {0:?} bytes of what was just sent")]
    Size(Option<u64>),
    /// More than an image can have.
    #[error("the object store holds something larger than an image")]
    Large,
    /// No threads for it.
    #[error("the client of the object store cannot start")]
    Start(#[source] std::io::Error),
}

impl From<Failed> for StorageError {
    fn from(failed: Failed) -> Self {
        Self::Objects(Box::new(failed))
    }
}

impl From<reqwest::Error> for Failed {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let source = std::error::Error::source(&error).map(|it| format!(": {it}"));
        Self::Wire(format!("{error}{}", source.unwrap_or_default()))
    }
}

impl Failed {
    /// Whether the next try may fare better.
    fn passes(&self) -> bool {
        match self {
            Self::Wire(_) => true,
            Self::Status(status) => {
                status.is_server_error()
                    || [StatusCode::TOO_MANY_REQUESTS, StatusCode::REQUEST_TIMEOUT].contains(status)
            }
            Self::Size(_) | Self::Large | Self::Start(_) => false,
        }
    }
}

impl S3 {
    /// Reads an address; asks nothing of the server yet.
    ///
    /// # Errors
    /// [`StorageError::Settings`].
    pub(in super::super) fn open(address: &str) -> Result<Self, StorageError> {
        let url = Url::parse(address).map_err(|_| wrong("objects are s3://bucket/prefix"))?;
        let name = url.host_str().filter(|_| url.scheme() == "s3");
        let name = name.ok_or_else(|| wrong("objects are s3://bucket/prefix"))?.to_owned();
        let (mut endpoint, mut region, mut style) = (None, "us-east-1".to_owned(), None);
        let (mut file, mut authority) = (None, None);
        for (key, value) in url.query_pairs() {
            match &*key {
                "endpoint" => endpoint = Some(value.into_owned()),
                "region" => region = value.into_owned(),
                "style" => style = Some(value.into_owned()),
                "credentials" => file = Some(value.into_owned()),
                "ca" => authority = Some(value.into_owned()),
                _ => return Err(wrong("objects know endpoint, region, style, credentials and ca")),
            }
        }
        let style = match (style.as_deref(), &endpoint) {
            (Some("path"), _) | (None, Some(_)) => UrlStyle::Path,
            (Some("virtual"), _) | (None, None) => UrlStyle::VirtualHost,
            (Some(_), _) => return Err(wrong("style is path or virtual")),
        };
        let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let endpoint = Url::parse(&endpoint).map_err(|_| wrong("endpoint is an address"))?;
        let bucket = Bucket::new(endpoint, style, name, region);
        let bucket = bucket.map_err(|_| wrong("bucket and endpoint do not fit together"))?;
        let prefix = url.path().trim_matches('/');
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        Ok(Self {
            bucket,
            credentials: credentials(file.as_deref().map(Path::new))?,
            prefix,
            http: client(authority.as_deref().map(Path::new))?,
            runtime: Some(runtime.map_err(Failed::Start)?),
        })
    }

    fn key(&self, hash: Sha256Digest) -> String {
        format!("{}images/{hash}", self.prefix)
    }

    /// Makes a request until it succeeds or cannot.
    async fn tried<T>(
        &self,
        request: impl Fn() -> RequestBuilder,
        read: impl AsyncFn(Response) -> Result<T, Failed>,
    ) -> Result<T, Failed> {
        let mut tries = 0;
        loop {
            tries += 1;
            let once = async { read(request().send().await?).await };
            match once.await {
                Err(failed) if failed.passes() && tries < TRIES => {
                    tracing::debug!(%failed, "the object store is asked again");
                    tokio::time::sleep(PAUSE * 2_u32.pow(tries - 1)).await;
                }
                done => return done,
            }
        }
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, Failed>>) -> Result<T, StorageError> {
        match &self.runtime {
            Some(runtime) => Ok(runtime.block_on(work)?),
            // Only while it is dropped.
            None => Err(StorageError::Corrupt { what: "client of the object store" }),
        }
    }

    async fn head(&self, hash: Sha256Digest) -> Result<Option<u64>, Failed> {
        let key = self.key(hash);
        let request = || {
            let action = self.bucket.head_object(Some(&self.credentials), &key);
            self.http.head(action.sign(SIGNED_FOR))
        };
        self.tried(request, async |answer| match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(length(&answer).ok_or(Failed::Size(None))?)),
            status => Err(Failed::Status(status)),
        })
        .await
    }
}

/// Bytes that an answer has or, to a question for the head alone, would have.
fn length(answer: &Response) -> Option<u64> {
    answer.headers().get("content-length")?.to_str().ok()?.parse().ok()
}

impl Drop for S3 {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Objects for S3 {
    fn put(&self, hash: Sha256Digest, bytes: &[u8]) -> Result<(), StorageError> {
        if Sha256Digest::of(bytes) != hash {
            return Err(StorageError::Corrupt { what: "image" });
        }
        let (key, sum) = (self.key(hash), base64(hash.as_bytes()));
        let request = || {
            let mut action = self.bucket.put_object(Some(&self.credentials), &key);
            action.headers_mut().insert("x-amz-checksum-sha256", sum.as_str());
            let request = self.http.put(action.sign(SIGNED_FOR));
            request.header("x-amz-checksum-sha256", &sum).body(bytes.to_vec())
        };
        self.wait(async {
            self.tried(request, async |answer| match answer.status() {
                status if status.is_success() => Ok(()),
                status => Err(Failed::Status(status)),
            })
            .await?;
            let held = self.head(hash).await?;
            if held == Some(bytes.len() as u64) { Ok(()) } else { Err(Failed::Size(held)) }
        })
    }

    fn get(&self, hash: Sha256Digest) -> Result<Vec<u8>, StorageError> {
        let key = self.key(hash);
        let request = || {
            let action = self.bucket.get_object(Some(&self.credentials), &key);
            self.http.get(action.sign(SIGNED_FOR))
        };
        let whole = self.wait(self.tried(request, async |mut answer| {
            if !answer.status().is_success() {
                return Err(Failed::Status(answer.status()));
            }
            let mut whole = Vec::new();
            while let Some(piece) = answer.chunk().await? {
                if (whole.len() + piece.len()) as u64 > IMAGE_BYTES_MAX {
                    return Err(Failed::Large);
                }
                whole.extend_from_slice(&piece);
            }
            Ok(whole)
        }))?;
        checked(hash, whole)
    }

    fn size(&self, hash: Sha256Digest) -> Result<Option<u64>, StorageError> {
        self.wait(self.head(hash))
    }

    fn check(&self) -> Result<(), StorageError> {
        let action = self.bucket.head_bucket(Some(&self.credentials));
        let request = self.http.head(action.sign(SIGNED_FOR)).timeout(CHECK_MAX);
        self.wait(async {
            let status = request.send().await?.status();
            if status.is_success() { Ok(()) } else { Err(Failed::Status(status)) }
        })
    }
}

fn client(authority: Option<&Path>) -> Result<Client, StorageError> {
    let mut client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_MAX)
        .timeout(REQUEST_MAX);
    if let Some(path) = authority {
        let pem = std::fs::read(path).map_err(|_| wrong("ca cannot be read"))?;
        let found = reqwest::Certificate::from_pem_bundle(&pem);
        for certificate in found.map_err(|_| wrong("ca is no PEM file"))? {
            client = client.add_root_certificate(certificate);
        }
    }
    Ok(client.build().map_err(Failed::from)?)
}

/// The keys of a file, or of the environment.
fn credentials(file: Option<&Path>) -> Result<Credentials, StorageError> {
    let Some(file) = file else {
        let found = Credentials::from_env();
        return found
            .ok_or_else(|| wrong("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are missing"));
    };
    let text = std::fs::read_to_string(file).map_err(|_| wrong("credentials cannot be read"))?;
    read_credentials(&text).ok_or_else(|| wrong("credentials have no key and secret"))
}

/// The first key, secret and token of a file with sections.
fn read_credentials(text: &str) -> Option<Credentials> {
    let value = |name: &str| {
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let mut found = pairs.filter(|(key, _)| key.trim() == name);
        found.next().map(|(_, value)| value.trim().to_owned())
    };
    let (key, secret) = (value("aws_access_key_id")?, value("aws_secret_access_key")?);
    Some(match value("aws_session_token") {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    })
}

fn wrong(what: &'static str) -> StorageError {
    StorageError::Settings { what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_a_file_as_other_tools_have_it() {
        let found = read_credentials(
            "# ours\n[default]\naws_access_key_id = AK\naws_secret_access_key=s/e=c\nregion = x\n",
        );
        let found = found.unwrap();
        assert_eq!((found.key(), found.secret(), found.token()), ("AK", "s/e=c", None));
        assert!(read_credentials("[default]\naws_access_key_id = AK\n").is_none());
    }
}
