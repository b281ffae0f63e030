//! Who is at the box: first login, passcodes, sessions.

use std::sync::PoisonError;

use crate::app::{App, random};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::login::{
    Device, LockAfter, Passcode, SessionId, SessionState, Throttle, session_state,
};
use crate::domain::people::{Operator, PersonName, Role};
use crate::domain::stamp::Stamp;
use crate::keys;
pub(super) use crate::keys::passcode::verify;
use crate::store::{NewSecret, StoreError};

/// Digits of the first login code.
const SETUP_DIGITS: usize = 8;
/// How often a session's last use is written down at most, milliseconds.
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
        Sha256Digest::of(self.0)
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A session that holds.
#[derive(Clone, Debug)]
pub struct Attendance {
    /// Number of the session.
    pub id: SessionId,
    /// Who.
    pub operator: Operator,
    /// Left alone for a while: the passcode is asked before anything is shown.
    pub locked: bool,
    /// The person has to choose a passcode first.
    pub must_choose: bool,
    /// After how long without a request the phone locks.
    pub lock_after: LockAfter,
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
    /// The code that provisioning has made and printed, or a new one.
    pub(super) fn new(given: Option<&str>) -> Result<Self, Fault> {
        let digits: String =
            given.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        if digits.len() == SETUP_DIGITS {
            return Ok(Self { digits, tries: None });
        }
        let number = u32::from_le_bytes(random::bytes()?) % 100_000_000;
        Ok(Self { digits: format!("{number:08}"), tries: None })
    }

    /// Looks at a code; spaces and dashes do not matter.
    fn check(&mut self, code: &str, now: Stamp) -> Result<(), Fault> {
        let before = self.tries.unwrap_or(Throttle { failures: 0, last: now });
        let (wait_ms, kept) = before.tried(now);
        self.tries = Some(kept);
        if wait_ms > 0 {
            return Err(Fault::PasscodeBlocked);
        }
        let given: String = code.chars().filter(char::is_ascii_digit).collect();
        if given == self.digits { Ok(()) } else { Err(Fault::SetupCodeWrong) }
    }
}

/// What a person asks to be let in with.
#[derive(Clone, Debug)]
pub struct Knock {
    /// Who the person says to be.
    pub operator: OperatorId,
    /// Passcode as written.
    pub passcode: String,
    /// On which phone or computer.
    pub device: Device,
    /// Session that the same browser had before, which ends.
    pub replaces: Option<SessionToken>,
}

impl App {
    /// Whether nobody has set up the box yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setup_needed(&self) -> Result<bool, Fault> {
        Ok(self.blocking(|inner| inner.store.accounts()).await?.is_empty())
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
    /// [`Fault::SetupCodeWrong`], [`Fault::PasscodeBlocked`], [`Fault::AlreadySetUp`].
    pub async fn set_up(
        &self,
        code: &str,
        name: PersonName,
        passcode: Passcode,
        device: Device,
    ) -> Result<SessionToken, Fault> {
        if !self.setup_needed().await? {
            return Err(Fault::AlreadySetUp);
        }
        let now = self.now();
        self.inner.setup.lock().unwrap_or_else(PoisonError::into_inner).check(code, now)?;
        let id = OperatorId::from_bytes(random::bytes()?);
        let salt = random::bytes()?;
        self.blocking(move |inner| {
            let operator = Operator { id, name, role: Role::Administrator };
            let secret = new_secret(&passcode, &salt, false)?;
            inner.store.add_operator(None, &operator, &secret, now)
        })
        .await?;
        self.open_session(id, device, None).await
    }

    /// Logs in. Wrong passcodes slow the next tries down, over restarts too.
    ///
    /// # Errors
    /// A [`LoginFault`] with the seconds to wait.
    pub async fn log_in(&self, knock: Knock) -> Result<SessionToken, LoginFault> {
        self.try_passcode(knock.operator, &knock.passcode).await?;
        Ok(self.open_session(knock.operator, knock.device, knock.replaces).await?)
    }

    /// Asks for a passcode again, before a name goes under a report. Wrong tries count as at the
    /// login.
    ///
    /// # Errors
    /// A [`LoginFault`] with the seconds to wait.
    pub async fn check_passcode(&self, operator: OperatorId, text: &str) -> Result<(), LoginFault> {
        self.try_passcode(operator, text).await?;
        Ok(self.blocking(move |inner| inner.store.forget_tries(operator)).await?)
    }

    /// Opens a locked session again. Wrong tries count as at the login.
    ///
    /// # Errors
    /// A [`LoginFault`] with the seconds to wait.
    pub async fn unlock(&self, session: &Attendance, text: &str) -> Result<(), LoginFault> {
        self.check_passcode(session.operator.id, text).await?;
        let (id, now) = (session.id, self.now());
        Ok(self.blocking(move |inner| inner.store.touch_session(id, now)).await?)
    }

    async fn try_passcode(&self, operator: OperatorId, text: &str) -> Result<(), LoginFault> {
        let now = self.now();
        let passcode = Passcode::parse(text);
        let verdict = self.blocking(move |inner| {
            let secret = inner.store.operator_secret(operator)?;
            let Some(secret) = secret.filter(|secret| secret.account.active) else {
                return Ok(Some(LoginFault::from(Fault::PasscodeWrong)));
            };
            let (wait_ms, tries) = inner.store.begin_login_try(operator, now)?;
            if wait_ms > 0 {
                let wait_s = seconds(wait_ms);
                return Ok(Some(LoginFault { fault: Fault::PasscodeBlocked, wait_s }));
            }
            let right = passcode.is_some_and(|passcode| verify(&passcode, &secret.hash));
            let wait_s = seconds(tries.wait_ms(now));
            Ok((!right).then_some(LoginFault { fault: Fault::PasscodeWrong, wait_s }))
        });
        verdict.await?.map_or(Ok(()), Err)
    }

    /// The session of a cookie, `None` when it does not hold. `by_person` is false for requests that
    /// a page makes by itself: they do not keep a phone open that nobody touches.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(
        &self,
        token: &SessionToken,
        by_person: bool,
    ) -> Result<Option<Attendance>, Fault> {
        let (hash, now) = (token.hash(), self.now());
        self.blocking(move |inner| {
            let Some(stored) = inner.store.session(hash)? else { return Ok(None) };
            let (id, operator) = (stored.id, stored.operator);
            let lock_after = inner.pages.lock_after;
            let locked = match session_state(stored.seen, now, lock_after) {
                SessionState::Over => {
                    inner.store.end_session(id, None, operator.id, now)?;
                    return Ok(None);
                }
                SessionState::Locked => true,
                SessionState::Open => false,
            };
            let age = (now.wall.0 - stored.seen.wall.0).abs();
            if by_person && !locked && age >= TOUCH_MS.min(lock_after.ms() / 8) {
                inner.store.touch_session(id, now)?;
            }
            let must_choose = stored.must_choose;
            Ok(Some(Attendance { id, operator, locked, must_choose, lock_after }))
        })
        .await
    }

    /// Ends one's own session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_out(&self, session: &Attendance) -> Result<(), Fault> {
        let (id, by, now) = (session.id, session.operator.id, self.now());
        self.blocking(move |inner| inner.store.end_session(id, Some(by), by, now)).await?;
        Ok(())
    }

    async fn open_session(
        &self,
        operator: OperatorId,
        device: Device,
        replaces: Option<SessionToken>,
    ) -> Result<SessionToken, Fault> {
        let token = SessionToken(random::bytes()?);
        let (hash, now) = (token.hash(), self.now());
        let replaces = replaces.map(SessionToken::hash);
        let open = move |inner: &super::Inner| {
            inner.store.open_session(hash, operator, &device, replaces, now)
        };
        self.blocking(open).await?;
        Ok(token)
    }
}

fn seconds(ms: i64) -> u32 {
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// A passcode as it is stored.
pub(super) fn new_secret(
    passcode: &Passcode,
    salt: &[u8; 16],
    must_choose: bool,
) -> Result<NewSecret, StoreError> {
    let hash = keys::passcode::hash(passcode, salt).ok_or(Fault::Internal)?;
    Ok(NewSecret { hash, kind: passcode.kind(), must_choose })
}
