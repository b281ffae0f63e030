//! People who read films for the portal: they begin with a code that works once, choose a passcode of
//! their own, and stay logged in for as long as they work.

use std::fmt;

use crate::domain::digest::Sha256Digest;
use crate::domain::login::{LockAfter, Passcode, SessionState, session_state};
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::keys::{self, passcode};
use crate::portal::{OpenError, Portal, StorageError, plain_code, spoken_code};

/// Minutes without a request after which a reader logs in again: long enough to look at a hard film.
const IDLE_MINUTES: u16 = 60;

/// Somebody who reads films.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Number within the portal.
    pub id: i64,
    /// Name, as it stands under a reading.
    pub name: PersonName,
}

/// A reader with what is needed to look at a passcode.
#[derive(Clone)]
pub struct ReaderSecret {
    /// Who.
    pub reader: Reader,
    /// argon2id in PHC notation, of a passcode or of the code that works once.
    pub secret: String,
    /// It is the code.
    pub must_choose: bool,
}

impl fmt::Debug for ReaderSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReaderSecret({:?})", self.reader)
    }
}

/// What a browser holds to stay logged in: 32 random bytes. Only its hash is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token([u8; 32]);

impl Token {
    /// Reads 64 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        crate::domain::hex::parse(text).map(Self)
    }

    /// What the cookie holds.
    pub(crate) fn expose(self) -> String {
        crate::domain::hex::Hex(&self.0).to_string()
    }

    fn hash(self) -> Sha256Digest {
        Sha256Digest::of(self.0)
    }

    /// Value of the hidden field `csrf`: known only to a page that the portal gave to this session.
    pub(crate) fn csrf(self) -> String {
        Sha256Digest::of(format!("csrf {}", self.expose())).to_string()
    }
}

/// Why nobody is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Name or passcode is wrong.
    Wrong,
    /// Too many tries; wait so many seconds.
    Wait(i64),
    /// The code has to be replaced first, on the page for that.
    Choose,
}

/// The people of a portal's storage.
pub trait ReaderStorage {
    /// Keeps a reader with a code, or gives one that is there a new code; sessions end.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn set_reader(&self, name: &PersonName, secret: &str, at: WallMs) -> Result<(), StorageError>;

    /// Lets a reader in no more; `false`: there is none of that name.
    ///
    /// # Errors
    /// [`StorageError`].
    fn close_reader(&self, name: &PersonName, at: WallMs) -> Result<bool, StorageError>;

    /// A reader who may read, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    fn reader_secret(&self, name: &PersonName) -> Result<Option<ReaderSecret>, StorageError>;

    /// Replaces a code by a passcode.
    ///
    /// # Errors
    /// [`StorageError`].
    fn choose_secret(&self, id: i64, secret: &str) -> Result<(), StorageError>;

    /// Begins a try: milliseconds that it has to wait. One that need not wait is counted before it is looked
    /// at, all in one transaction.
    ///
    /// # Errors
    /// [`StorageError`].
    fn begin_try(&self, id: i64, now: Stamp) -> Result<i64, StorageError>;

    /// Opens a session, and forgets wrong tries.
    ///
    /// # Errors
    /// [`StorageError`].
    fn open_session(&self, token: Sha256Digest, id: i64, at: WallMs) -> Result<(), StorageError>;

    /// Who a session belongs to, and when it was last used.
    ///
    /// # Errors
    /// [`StorageError`].
    fn session(&self, token: Sha256Digest) -> Result<Option<(Reader, WallMs)>, StorageError>;

    /// Notes that a session is used.
    ///
    /// # Errors
    /// [`StorageError`].
    fn touch_session(&self, token: Sha256Digest, at: WallMs) -> Result<(), StorageError>;

    /// Ends a session.
    ///
    /// # Errors
    /// [`StorageError`].
    fn end_session(&self, token: Sha256Digest) -> Result<(), StorageError>;
}

impl Portal {
    /// A code that lets a reader in once, to choose a passcode. For one who is there already, it replaces
    /// the passcode.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn add_reader(&self, name: &PersonName) -> Result<String, OpenError> {
        let code = spoken_code()?;
        let (salt, plain) = (keys::random()?, Passcode::parse(&plain_code(&code)));
        let secret = plain.and_then(|plain| passcode::hash(&plain, &salt));
        let secret = secret.ok_or(StorageError::Corrupt { what: "code" })?;
        self.storage().set_reader(name, &secret, self.now().wall)?;
        Ok(code)
    }

    /// Lets somebody in who has chosen a passcode.
    pub(crate) fn log_in(
        &self,
        name: &str,
        text: &str,
    ) -> Result<Result<Token, Refused>, StorageError> {
        self.enter(name, text, None)
    }

    /// Lets somebody in by the code that works once, and keeps the passcode chosen instead.
    pub(crate) fn begin_reading(
        &self,
        name: &str,
        code: &str,
        chosen: &Passcode,
    ) -> Result<Result<Token, Refused>, StorageError> {
        self.enter(name, &plain_code(code), Some(chosen))
    }

    fn enter(
        &self,
        name: &str,
        text: &str,
        chosen: Option<&Passcode>,
    ) -> Result<Result<Token, Refused>, StorageError> {
        let now = self.now();
        let found = PersonName::parse(name).map(|name| self.storage().reader_secret(&name));
        let Some(secret) = found.transpose()?.flatten() else { return Ok(Err(Refused::Wrong)) };
        let id = secret.reader.id;
        let wait_ms = self.storage().begin_try(id, now)?;
        if wait_ms > 0 {
            return Ok(Err(Refused::Wait((wait_ms + 999) / 1000)));
        }
        let right =
            Passcode::parse(text).is_some_and(|text| passcode::verify(&text, &secret.secret));
        match (right, secret.must_choose, chosen) {
            (true, false, None) => {}
            (true, true, Some(chosen)) => {
                let salt = random()?;
                let kept = passcode::hash(chosen, &salt);
                let kept = kept.ok_or(StorageError::Corrupt { what: "passcode" })?;
                self.storage().choose_secret(id, &kept)?;
            }
            (true, true, None) => return Ok(Err(Refused::Choose)),
            // A code that was used already does not change a passcode.
            (true, false, Some(_)) | (false, _, _) => return Ok(Err(Refused::Wrong)),
        }
        let token = Token(random()?);
        self.storage().open_session(token.hash(), id, now.wall)?;
        Ok(Ok(token))
    }

    /// Whose session that is; `None` where it does not hold.
    pub(crate) fn reader(&self, token: Token) -> Result<Option<Reader>, StorageError> {
        let now = self.now();
        let Some((reader, seen)) = self.storage().session(token.hash())? else { return Ok(None) };
        let seen = Stamp { wall: seen, trust: ClockTrust::Synced };
        let idle = LockAfter::minutes(IDLE_MINUTES).unwrap_or_default();
        match session_state(seen, now, idle) {
            SessionState::Open => {
                self.storage().touch_session(token.hash(), now.wall)?;
                Ok(Some(reader))
            }
            SessionState::Locked | SessionState::Over => {
                self.storage().end_session(token.hash())?;
                Ok(None)
            }
        }
    }

    /// Ends a session.
    pub(crate) fn log_out(&self, token: Token) -> Result<(), StorageError> {
        self.storage().end_session(token.hash())
    }
}

fn random<const N: usize>() -> Result<[u8; N], StorageError> {
    keys::random().map_err(|_| StorageError::Corrupt { what: "source of random numbers" })
}
