//! How requests say who the box is.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::client::{broken, busy, read};
use super::{Access, FhirFault};

/// A token is renewed so long before its end, so that it does not end on its way.
const SPARE: Duration = Duration::from_secs(30);
/// How long a token holds of which nobody says it.
const UNTOLD: Duration = Duration::from_secs(300);
/// Longest life that is believed.
const LONGEST_S: u64 = 24 * 60 * 60;

/// What a request carries, secrets read.
pub(super) struct Credentials {
    access: Access,
    secret: String,
    /// The token in force, and until when.
    token: Mutex<Option<(String, Instant)>>,
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    expires_in: Option<u64>,
}

impl Credentials {
    /// Reads the secrets.
    pub(super) fn open(access: &Access) -> Result<Self, FhirFault> {
        let secret = match access {
            Access::None => String::new(),
            Access::Bearer { token_file } => secret(token_file)?,
            Access::Basic { password_file, .. } => secret(password_file)?,
            Access::Client { secret_file, .. } => secret(secret_file)?,
        };
        Ok(Self { access: access.clone(), secret, token: Mutex::default() })
    }

    /// Puts into a request who asks; fetches a token first where one is needed.
    pub(super) async fn sign(
        &self,
        http: &Client,
        request: RequestBuilder,
    ) -> Result<RequestBuilder, FhirFault> {
        Ok(match &self.access {
            Access::None => request,
            Access::Bearer { .. } => request.bearer_auth(&self.secret),
            Access::Basic { user, .. } => request.basic_auth(user, Some(&self.secret)),
            Access::Client { .. } => request.bearer_auth(self.token(http).await?),
        })
    }

    /// Forgets a token that the server does not accept. `false`: there is none to be renewed.
    pub(super) async fn forget(&self) -> bool {
        self.token.lock().await.take().is_some()
    }

    async fn token(&self, http: &Client) -> Result<String, FhirFault> {
        let mut held = self.token.lock().await;
        if let Some((token, until)) = held.as_ref()
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let given = self.fetch(http).await?;
        let life = given.expires_in.map_or(UNTOLD, |s| Duration::from_secs(s.min(LONGEST_S)));
        let until = Instant::now() + life.saturating_sub(SPARE);
        *held = Some((given.access_token.clone(), until));
        Ok(given.access_token)
    }

    async fn fetch(&self, http: &Client) -> Result<Given, FhirFault> {
        let Access::Client { token_url, client_id, scope, .. } = &self.access else {
            return Err(FhirFault::BadAnswer);
        };
        let mut form = vec![("grant_type", "client_credentials")];
        if !scope.is_empty() {
            form.push(("scope", scope));
        }
        let request = http.post(token_url).basic_auth(client_id, Some(&self.secret)).form(&form);
        let answer = request.header("accept", "application/json").send().await;
        let answer = answer.map_err(|error| broken(&error))?;
        match answer.status() {
            StatusCode::OK => {
                serde_json::from_value(read(answer).await?).map_err(|_| FhirFault::BadAnswer)
            }
            // RFC 6749 section 5.2: 400 with a code, or 401.
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Err(FhirFault::NotAllowed)
            }
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(busy(&answer))
            }
            _ => Err(FhirFault::BadAnswer),
        }
    }
}

fn secret(path: &Path) -> Result<String, FhirFault> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| FhirFault::SetUp(format!("{}: {error}", path.display())))?;
    Ok(text.trim().to_owned())
}
