//! The portal and the ways to people, as an administrator sets them on the pages: checked, kept in the state
//! folder, and in force from the next start, which is asked for at once.
//!
//! What the settings file says goes first and is not touched. A secret goes in and never comes out again.

mod wish;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

pub use wish::{PortalWish, SmsWish};

use crate::alert::probe::is_token;
use crate::alert::{ChannelSettings, Channels, SmsSettings};
use crate::app::config::{BotFile, Chosen, Connections, Fixed, keep_secret};
use crate::app::sync::ENROLLED;
use crate::app::{App, Inner, random};
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::sync::identity::PublicKey;
use crate::store::StoreError;

/// What an [`App`] knows of the ways out that pages may set.
pub(super) struct ConnectDesk {
    fixed: Fixed,
    damaged: bool,
    /// As it is on the disk.
    chosen: Mutex<Chosen>,
    /// Somebody has chosen anew: the program starts again.
    again: Notify,
}

impl ConnectDesk {
    pub(super) fn new(connections: Connections) -> Self {
        let Connections { chosen, fixed, damaged, telegram_api: _ } = connections;
        Self { fixed, damaged, chosen: Mutex::new(chosen), again: Notify::new() }
    }

    /// Whether the site has said that it has no portal.
    pub(super) fn has_no_portal(&self) -> bool {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner).no_portal
    }
}

/// Why something is not set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetUpRefused {
    /// Fields of the form that are wrong; codes for texts.
    Fields(Vec<&'static str>),
    /// Anything else.
    Fault(Fault),
}

impl From<Fault> for SetUpRefused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The portal, for a page.
#[derive(Clone, Debug)]
pub struct PortalLink {
    /// The settings file names it: pages change nothing.
    pub fixed: bool,
    /// The site has said that it has none.
    pub put_aside: bool,
    /// What was saved on a page cannot be read.
    pub damaged: bool,
    /// The portal in use.
    pub known: Option<KnownPortal>,
}

/// A portal in use.
#[derive(Clone, Debug)]
pub struct KnownPortal {
    /// Its address.
    pub url: String,
    /// Its key as it was given.
    pub key: PublicKey,
    /// It has taken the box in.
    pub enrolled: bool,
    /// To whom files are encrypted that are carried there; `None`: nothing can be carried.
    pub recipient: Option<String>,
    /// Images wait, because every byte costs.
    pub metered: bool,
    /// Its telephone number.
    pub sms: Option<PhoneNumber>,
}

/// The ways to people, for a page.
#[derive(Clone, Debug)]
pub struct Ways {
    /// What the settings file keeps to itself.
    pub fixed: Fixed,
    /// What was saved on a page cannot be read.
    pub damaged: bool,
    /// A bot is set up.
    pub telegram: bool,
    /// The way for text messages.
    pub sms: Option<SmsWay>,
}

/// A way for text messages, without anything secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsWay {
    /// The box's own modem; `None`: the first that can send.
    Modem(Option<String>),
    /// A phone: its address and user.
    Phone(String, String),
    /// A gateway: its host.
    Gateway(String),
    /// The spool of a gammu-smsd.
    Spool(String),
}

impl SmsWay {
    fn of(settings: &SmsSettings) -> Self {
        match settings {
            SmsSettings::Modem(modem) => Self::Modem(modem.wanted.clone()),
            SmsSettings::Android(phone) => Self::Phone(host(&phone.url), phone.user.clone()),
            SmsSettings::Gateway(gateway) => Self::Gateway(host(&gateway.url)),
            SmsSettings::Gammu { spool } => Self::Spool(spool.display().to_string()),
        }
    }
}

/// The host of an address: the rest may hold a password.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

impl App {
    /// Resolves when the program is to start again with what was chosen.
    pub async fn start_again_asked(&self) {
        self.inner.connect.again.notified().await;
    }

    /// The portal in use, and what may be done about it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn portal_link(&self) -> Result<PortalLink, Fault> {
        self.blocking(|inner| {
            let known = match &inner.sync.settings {
                None => None,
                Some(settings) => Some(KnownPortal {
                    url: settings.url.clone(),
                    key: settings.key,
                    enrolled: is_enrolled(inner)?,
                    recipient: settings.recipient.as_ref().map(ToString::to_string),
                    metered: settings.metered,
                    sms: settings.sms.as_ref().map(|sms| sms.number.clone()),
                }),
            };
            let desk = &inner.connect;
            let put_aside = known.is_none() && desk.has_no_portal();
            Ok(PortalLink { fixed: desk.fixed.portal, put_aside, damaged: desk.damaged, known })
        })
        .await
    }

    /// Connects to a portal from the next start on, which follows at once. For another portal than before
    /// everything is sent anew; what the one before has stays there.
    ///
    /// # Errors
    /// Wrong fields; [`Fault::NotAllowed`], [`Fault::SetInFile`], [`Fault::ConsentMissing`] where another
    /// portal is in use; or when the disk fails.
    pub async fn set_portal(&self, by: &Operator, wish: PortalWish) -> Result<(), SetUpRefused> {
        self.choose(by, Section::Portal, "set", move |chosen, inner| {
            let other = match &inner.sync.settings {
                None => true,
                Some(settings) => {
                    let keys = inner.store.portal_keys(&settings.key)?;
                    let meant = PublicKey::parse(&wish.introduction.key);
                    meant.is_none_or(|key| key != settings.key && !keys.known().contains(&key))
                }
            };
            let portal = wish.read(other)?;
            if other && inner.sync.settings.is_some() && !wish.agreed {
                return Err(Fault::ConsentMissing.into());
            }
            (chosen.portal, chosen.no_portal) = (Some(portal), false);
            Ok(())
        })
        .await?;
        self.inner.connect.again.notify_one();
        Ok(())
    }

    /// Leaves the portal, or says that the site has none. Records wait on the box from then on.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::SetInFile`], [`Fault::ConsentMissing`] where a portal is in use, or
    /// when the disk fails.
    pub async fn leave_portal(&self, by: &Operator, agreed: bool) -> Result<(), SetUpRefused> {
        let in_use = self.inner.sync.settings.is_some();
        if in_use && !agreed {
            return Err(Fault::ConsentMissing.into());
        }
        self.choose(by, Section::Portal, "none", |chosen, _| {
            (chosen.portal, chosen.no_portal) = (None, true);
            Ok(())
        })
        .await?;
        if in_use {
            self.inner.connect.again.notify_one();
        }
        Ok(())
    }

    /// The ways to people in use, and what may be done about them.
    #[must_use]
    pub fn ways(&self) -> Ways {
        let (desk, alerts) = (&self.inner.connect, &self.inner.alerts.settings);
        Ways {
            fixed: desk.fixed,
            damaged: desk.damaged,
            telegram: alerts.telegram.is_some(),
            sms: alerts.sms.as_ref().map(SmsWay::of),
        }
    }

    /// Uses a bot of Telegram from the next start on, which follows at once.
    ///
    /// # Errors
    /// A token that can be none; [`Fault::NotAllowed`], [`Fault::SetInFile`], or when the disk fails.
    pub async fn set_bot(&self, by: &Operator, token: &str) -> Result<(), SetUpRefused> {
        let token = token.trim().to_owned();
        if !is_token(&token) {
            by.needs(Right::ManageSite)?;
            return Err(SetUpRefused::Fields(vec!["bot_token"]));
        }
        let tag = random::bytes()?;
        self.choose(by, Section::Telegram, "set", move |chosen, inner| {
            let name = keep_secret(inner.store.dir(), "bot", tag, &token);
            chosen.telegram = Some(BotFile::of(name.map_err(|error| of_disk(&error))?));
            Ok(())
        })
        .await?;
        self.inner.connect.again.notify_one();
        Ok(())
    }

    /// Uses a way for text messages from the next start on, which follows at once.
    ///
    /// # Errors
    /// Wrong fields; [`Fault::NotAllowed`], [`Fault::SetInFile`], or when the disk fails.
    pub async fn set_sms(&self, by: &Operator, wish: SmsWish) -> Result<(), SetUpRefused> {
        let url_field = wish.url_field();
        let tags = (random::bytes()?, random::bytes()?);
        self.choose(by, Section::Sms, "set", move |chosen, inner| {
            let state = inner.store.dir();
            let (mut file, secrets) = wish.read()?;
            let keep = |what, tag, secret: Option<String>| {
                let kept = secret.map(|secret| keep_secret(state, what, tag, &secret));
                kept.transpose().map_err(|error| of_disk(&error))
            };
            file.secret_file = keep("sms", tags.0, secrets.secret)?;
            file.webhook_secret_file = keep("webhook", tags.1, secrets.webhook)?;
            chosen.sms = Some(file);
            if opens(chosen, state) {
                return Ok(());
            }
            Err(SetUpRefused::Fields(vec![url_field]).into())
        })
        .await?;
        self.inner.connect.again.notify_one();
        Ok(())
    }

    /// Uses a way to people no more, from the next start on, which follows at once.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::SetInFile`], or when the disk fails.
    pub async fn forget_way(&self, by: &Operator, way: Section) -> Result<(), SetUpRefused> {
        self.choose(by, way, "none", move |chosen, _| {
            match way {
                Section::Telegram => chosen.telegram = None,
                Section::Sms => chosen.sms = None,
                Section::Portal => return Err(Fault::PageUnknown.into()),
            }
            Ok(())
        })
        .await?;
        self.inner.connect.again.notify_one();
        Ok(())
    }

    /// Changes what was chosen, and makes it durable together with who did it.
    async fn choose(
        &self,
        by: &Operator,
        section: Section,
        done: &'static str,
        change: impl FnOnce(&mut Chosen, &Inner) -> Result<(), Stop> + Send + 'static,
    ) -> Result<(), SetUpRefused> {
        by.needs(Right::ManageSite)?;
        if section.is_fixed(self.inner.connect.fixed) {
            return Err(Fault::SetInFile.into());
        }
        let (by, at) = (by.id, self.now());
        let chosen = self.blocking(move |inner| {
            let state = inner.store.dir();
            // Held to the end: of two people who save at once, the second changes what the first has saved.
            let mut held = inner.connect.chosen.lock().unwrap_or_else(PoisonError::into_inner);
            let mut chosen = held.clone();
            match change(&mut chosen, inner) {
                Ok(()) => {}
                Err(Stop::Store(error)) => return Err(error),
                Err(Stop::Refused(refused)) => {
                    // A list that cannot be read names nothing: its secrets are let be.
                    if !inner.connect.damaged {
                        held.remove_leftovers(state);
                    }
                    return Ok(Err(refused));
                }
            }
            inner.store.connection_chosen((section.event(), done), by, at)?;
            chosen.save(state).map_err(|error| of_disk(&error))?;
            *held = chosen;
            Ok(Ok(()))
        });
        chosen.await?
    }
}

/// Something of the settings file that the pages may set too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// `[portal]`.
    Portal,
    /// `[telegram]`.
    Telegram,
    /// `[sms]`.
    Sms,
}

impl Section {
    const fn is_fixed(self, fixed: Fixed) -> bool {
        match self {
            Self::Portal => fixed.portal,
            Self::Telegram => fixed.telegram,
            Self::Sms => fixed.sms,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Portal => "portal_chosen",
            Self::Telegram | Self::Sms => "ways_chosen",
        }
    }
}

/// Why nothing was chosen.
enum Stop {
    Refused(SetUpRefused),
    Store(StoreError),
}

impl From<SetUpRefused> for Stop {
    fn from(refused: SetUpRefused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.into())
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn of_disk(error: &std::io::Error) -> Fault {
    tracing::error!(%error, "what was chosen on a page cannot be written");
    match error.kind() {
        std::io::ErrorKind::StorageFull => Fault::DiskFull,
        _ => Fault::StorageFailed,
    }
}

/// Whether the way for text messages can be set up as it was chosen. Nothing is sent, and why not is said
/// to nobody but the person: an address may hold a password.
fn opens(chosen: &Chosen, state: &Path) -> bool {
    let Ok(sms) = chosen.sms(state) else { return false };
    Channels::open(&ChannelSettings { telegram: None, sms }).1.is_empty()
}

/// Whether the portal in use has taken the box in.
pub(super) fn is_enrolled(inner: &Inner) -> Result<bool, StoreError> {
    let Some(settings) = &inner.sync.settings else { return Ok(false) };
    let name = inner.store.portal_keys(&settings.key)?.name();
    Ok(inner.store.fact(ENROLLED)? == Some(name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_an_address_holds_no_password() {
        assert_eq!(host("https://user:word@sms.example:81/send?password=x"), "sms.example:81");
        assert_eq!(host("http://10.0.0.7:8080"), "10.0.0.7:8080");
    }
}
