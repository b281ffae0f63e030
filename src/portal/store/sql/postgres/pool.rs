//! A few connections, each on loan to one piece of work at a time.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postgres::{Client, Statement};

use super::settings::Settings;
use super::{Fate, Session, refused};
use crate::portal::storage::StorageError;

/// How long work waits for a connection.
const TURN_MAX: Duration = Duration::from_secs(20);

/// Connections of one replica.
pub(super) struct Pool {
    settings: Settings,
    home: Arc<Home>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.settings.connections)
    }
}

/// Where connections that are not on loan are.
pub(super) struct Home {
    inside: Mutex<Inside>,
    returned: Condvar,
}

struct Inside {
    idle: Vec<(Client, HashMap<String, Statement>)>,
    /// How many more may be on loan.
    free: usize,
}

impl Home {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    /// A pool without connections yet.
    pub(super) fn new(settings: Settings) -> Self {
        let inside = Inside { idle: Vec::new(), free: settings.connections };
        let home = Arc::new(Home { inside: Mutex::new(inside), returned: Condvar::new() });
        Self { settings, home }
    }

    /// A connection: an idle one, or a new one where there are not too many.
    ///
    /// # Errors
    /// [`StorageError`]: the server does not answer, or every connection stays on loan.
    pub(super) fn take(&self) -> Result<Session, StorageError> {
        let inside = self.home.lock();
        let waited = self.home.returned.wait_timeout_while(inside, TURN_MAX, |it| it.free == 0);
        let (mut inside, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() && inside.free == 0 {
            return Err(StorageError::Database("every connection stayed on loan".into()));
        }
        inside.free -= 1;
        let known = std::iter::from_fn(|| inside.idle.pop()).find(|(it, _)| !it.is_closed());
        drop(inside);
        // From here on the turn goes back with the session, whatever happens.
        let session = Session {
            client: RefCell::new(None),
            statements: RefCell::default(),
            fate: Cell::new(Fate::Sound),
            open: Cell::new(false),
            ending: Cell::new(false),
            home: Arc::clone(&self.home),
        };
        let (client, statements) = match known {
            Some(known) => known,
            None => (self.connect()?, HashMap::new()),
        };
        session.client.replace(Some(client));
        session.statements.replace(statements);
        Ok(session)
    }

    fn connect(&self) -> Result<Client, StorageError> {
        let tls = self.settings.tls.clone();
        self.settings.config.connect(tls).map_err(|error| refused("connection", &error))
    }

    /// Drops connections that are not on loan: the server was restarted, and they are lost as well.
    pub(super) fn forget_all(&self) {
        let idle = std::mem::take(&mut self.home.lock().idle);
        drop(idle);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = std::mem::take(&mut self.home.lock().idle);
        // A client ends its own runtime, which must not happen on a thread of another one.
        let _ended = std::thread::spawn(move || drop(idle));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let (client, statements) = (self.client.take(), self.statements.take());
        let usable = self.fate.get() != Fate::Lost && !self.open.get();
        let client = client.filter(|client| usable && !client.is_closed());
        let mut inside = self.home.lock();
        inside.free += 1;
        if let Some(client) = client {
            inside.idle.push((client, statements));
        }
        drop(inside);
        self.home.returned.notify_one();
    }
}
