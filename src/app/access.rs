//! Who is at the box: first login, PINs, sessions.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};
use sha2::{Digest, Sha256};
use std::sync::PoisonError;

use crate::app::{App, random};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::{Operator, PersonName, Pin, Role, Throttle, session_holds};
use crate::domain::stamp::Stamp;
use crate::store::StoreError;

/// How often a session's last use is written down, milliseconds.
const TOUCH_MS: i64 = 60_000;

/// What a browser holds to stay logged in: 32 random bytes. Only its hash is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Sha256Digest::parse(text).map(|digest| Self(*digest.as_bytes()))
    }

    /// The text for the cookie.
    #[must_use]
    pub fn expose(&self) -> String {
        Sha256Digest::from_bytes(self.0).to_string()
    }

    fn hash(self) -> Sha256Digest {
        Sha256Digest::from_bytes(Sha256::digest(self.0).into())
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A refused login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginFault {
    /// Why.
    pub fault: Fault,
    /// Seconds until the next try is looked at; 0 = now.
    pub wait_s: u32,
}

impl From<Fault> for LoginFault {
    fn from(fault: Fault) -> Self {
        Self { fault, wait_s: 0 }
    }
}

/// The code on the console that makes the first login, with its own count of wrong tries.
pub(super) struct SetupCode {
    digits: String,
    tries: Option<Throttle>,
}

impl SetupCode {
    pub(super) fn new() -> Result<Self, Fault> {
        let number = u32::from_le_bytes(random::bytes()?) % 100_000_000;
        Ok(Self { digits: format!("{number:08}"), tries: None })
    }

    /// Looks at a code; spaces and dashes do not matter.
    fn check(&mut self, code: &str, now: Stamp) -> Result<(), Fault> {
        let failures = self.tries.map_or(0, |tries| tries.failures);
        if self.tries.is_some_and(|tries| tries.wait_ms(now) > 0) {
            return Err(Fault::PinLocked);
        }
        let given: String = code.chars().filter(char::is_ascii_digit).collect();
        if given == self.digits {
            return Ok(());
        }
        self.tries = Some(Throttle { failures: failures.saturating_add(1), last: now });
        Err(Fault::SetupCodeWrong)
    }
}

impl App {
    /// Whether nobody has set up the box yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setup_needed(&self) -> Result<bool, Fault> {
        Ok(self.operators().await?.is_empty())
    }

    /// The first-login code for the console, in two groups of four digits.
    #[must_use]
    pub fn setup_code(&self) -> String {
        let setup = self.inner.setup.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, right) = setup.digits.split_at(4);
        format!("{left}-{right}")
    }

    /// Makes the first operator, with the code from the console, and logs in.
    ///
    /// # Errors
    /// [`Fault::SetupCodeWrong`], [`Fault::PinLocked`], [`Fault::AlreadySetUp`].
    pub async fn set_up(
        &self,
        code: &str,
        name: PersonName,
        pin: Pin,
    ) -> Result<SessionToken, Fault> {
        if !self.setup_needed().await? {
            return Err(Fault::AlreadySetUp);
        }
        let now = self.now();
        self.inner.setup.lock().unwrap_or_else(PoisonError::into_inner).check(code, now)?;
        let id = self.store_operator(name, pin, Role::Administrator, true).await?;
        self.open_session(id).await
    }

    /// All operators, for the login page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators(&self) -> Result<Vec<Operator>, Fault> {
        self.blocking(|inner| inner.store.operators()).await
    }

    /// Adds an operator.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] unless an administrator asks; [`Fault::FieldInvalid`] when the name is
    /// taken.
    pub async fn add_operator(
        &self,
        by: &Operator,
        name: PersonName,
        pin: Pin,
        role: Role,
    ) -> Result<OperatorId, Fault> {
        match by.role {
            Role::Administrator => self.store_operator(name, pin, role, false).await,
            Role::Technician | Role::Physician => Err(Fault::NotAllowed),
        }
    }

    /// Logs in. Wrong PINs slow the next tries down, over restarts too.
    ///
    /// # Errors
    /// A [`LoginFault`] with the seconds to wait.
    pub async fn log_in(
        &self,
        operator: OperatorId,
        pin: &str,
    ) -> Result<SessionToken, LoginFault> {
        self.try_pin(operator, pin).await?;
        Ok(self.open_session(operator).await?)
    }

    /// Asks for a PIN again, before a name goes under a report. Wrong tries count as at the login.
    ///
    /// # Errors
    /// A [`LoginFault`] with the seconds to wait.
    pub async fn check_pin(&self, operator: OperatorId, pin: &str) -> Result<(), LoginFault> {
        self.try_pin(operator, pin).await?;
        Ok(self.blocking(move |inner| inner.store.forget_pin_tries(operator)).await?)
    }

    async fn try_pin(&self, operator: OperatorId, pin: &str) -> Result<(), LoginFault> {
        let now = self.now();
        let pin = Pin::parse(pin);
        let verdict = self.blocking(move |inner| {
            let Some(secret) = inner.store.operator_secret(operator)? else {
                return Ok(Some(LoginFault::from(Fault::PinWrong)));
            };
            let wait_ms = secret.throttle.wait_ms(now);
            if wait_ms > 0 {
                return Ok(Some(LoginFault { fault: Fault::PinLocked, wait_s: seconds(wait_ms) }));
            }
            inner.store.count_pin_try(operator, now)?;
            let right = pin.is_some_and(|pin| verify(&pin, &secret.pin_hash));
            let failures = secret.throttle.failures.saturating_add(1);
            let wait_ms = Throttle { failures, last: now }.wait_ms(now);
            Ok((!right).then(|| LoginFault { fault: Fault::PinWrong, wait_s: seconds(wait_ms) }))
        });
        verdict.await?.map_or(Ok(()), Err)
    }

    /// The operator of a session, `None` when it does not hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token: &SessionToken) -> Result<Option<Operator>, Fault> {
        let (hash, now) = (token.hash(), self.now());
        self.blocking(move |inner| {
            let Some((operator, seen)) = inner.store.session(hash)? else { return Ok(None) };
            if !session_holds(seen, now) {
                inner.store.close_session(hash)?;
                return Ok(None);
            }
            if (now.wall.0 - seen.wall.0).abs() >= TOUCH_MS {
                inner.store.touch_session(hash, now)?;
            }
            Ok(Some(operator))
        })
        .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_out(&self, token: &SessionToken) -> Result<(), Fault> {
        let hash = token.hash();
        self.blocking(move |inner| inner.store.close_session(hash)).await
    }

    async fn store_operator(
        &self,
        name: PersonName,
        pin: Pin,
        role: Role,
        first: bool,
    ) -> Result<OperatorId, Fault> {
        let id = OperatorId::from_bytes(random::bytes()?);
        let salt = random::bytes::<16>()?;
        self.blocking(move |inner| {
            let hash = hash(&pin, &salt)?;
            let operator = Operator { id, name, role };
            inner.store.add_operator(&operator, &hash, first)?;
            Ok(id)
        })
        .await
    }

    async fn open_session(&self, operator: OperatorId) -> Result<SessionToken, Fault> {
        let token = SessionToken(random::bytes()?);
        let (hash, now) = (token.hash(), self.now());
        self.blocking(move |inner| inner.store.open_session(hash, operator, now)).await?;
        Ok(token)
    }
}

fn seconds(ms: i64) -> u32 {
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// argon2id with the crate's defaults (19 MiB, two passes: OWASP's first choice).
fn hash(pin: &Pin, salt: &[u8; 16]) -> Result<String, StoreError> {
    let hashed = Argon2::default().hash_password_with_salt(pin.expose().as_bytes(), salt);
    hashed.map(|hash| hash.to_string()).map_err(|error| {
        tracing::error!(%error, "a PIN could not be hashed");
        StoreError::Refused(Fault::Internal)
    })
}

fn verify(pin: &Pin, stored: &str) -> bool {
    let parsed = PasswordHash::new(stored);
    parsed.is_ok_and(|parsed| {
        Argon2::default().verify_password(pin.expose().as_bytes(), &parsed).is_ok()
    })
}
