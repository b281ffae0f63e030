//! What systemd is told: ready, alive, stopping. sd_notify(3) is one datagram of text; there is
//! nothing in it that would want a crate.

use std::io;
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use crate::app::App;

/// The service manager, if one listens.
#[derive(Debug)]
pub(super) struct ServiceManager {
    socket: Option<UnixDatagram>,
    /// How long it waits for a sign of life, if it does.
    patience: Option<Duration>,
}

impl ServiceManager {
    /// Finds the service manager by what it has put into the environment.
    pub(super) fn find() -> Self {
        let path = std::env::var("NOTIFY_SOCKET").unwrap_or_default();
        let socket = (!path.is_empty()).then(|| connect(&path));
        let socket = socket.and_then(|socket| {
            socket
                .map_err(|error| tracing::warn!(%error, "the service manager cannot be told"))
                .ok()
        });
        let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let for_us = number("WATCHDOG_PID").is_none_or(|pid| pid == u64::from(std::process::id()));
        let patience = number("WATCHDOG_USEC").filter(|micros| for_us && *micros > 0);
        Self { socket, patience: patience.map(Duration::from_micros) }
    }

    /// Whether one listens: it starts the program again when that has ended.
    pub(super) const fn is_there(&self) -> bool {
        self.socket.is_some()
    }

    /// Says something, such as `READY=1`; without anybody who listens, nothing happens.
    pub(super) fn say(&self, text: &str) {
        if let Some(socket) = &self.socket
            && let Err(error) = socket.send(text.as_bytes())
        {
            tracing::warn!(%error, "the service manager cannot be told");
        }
    }

    /// Gives signs of life where there is no work that could hang.
    pub(super) async fn beat(&self) {
        let Some(patience) = self.patience else { return std::future::pending().await };
        let mut tick = tokio::time::interval(patience / 3);
        loop {
            tick.tick().await;
            self.say("WATCHDOG=1");
        }
    }

    /// Gives signs of life for as long as work gets on. Without one for long enough the service
    /// manager ends the program and starts it again; what waits is in the database.
    pub(super) async fn keep_watch(&self, app: &App) {
        let Some(patience) = self.patience else { return std::future::pending().await };
        let mut tick = tokio::time::interval(patience / 3);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut well = true;
        loop {
            tick.tick().await;
            let alive = app.alive().await;
            match &alive {
                Ok(()) => self.say("WATCHDOG=1"),
                Err(stuck) if well => tracing::error!(%stuck, "no sign of life is given"),
                Err(_) => {}
            }
            well = alive.is_ok();
        }
    }
}

fn connect(path: &str) -> io::Result<UnixDatagram> {
    let socket = UnixDatagram::unbound()?;
    match path.strip_prefix('@') {
        #[cfg(target_os = "linux")]
        Some(name) => {
            use std::os::linux::net::SocketAddrExt as _;
            let address = std::os::unix::net::SocketAddr::from_abstract_name(name)?;
            socket.connect_addr(&address)?;
        }
        _ => socket.connect(path)?,
    }
    Ok(socket)
}
