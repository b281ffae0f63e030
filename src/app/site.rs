//! The site's settings in force, and what is still to be done on a new box.

use std::sync::PoisonError;

use crate::app::connect::is_enrolled;
use crate::app::{App, Inner};
use crate::domain::alert::contact::{ChannelKind, Contact};
use crate::domain::fault::Fault;
use crate::domain::people::{Operator, Role};
use crate::domain::rights::Right;
use crate::domain::site::Site;
use crate::domain::stamp::ClockTrust;
use crate::durable;
use crate::locale::Language;
use crate::store::StoreError;

/// What a new box still needs; each is done or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstSteps {
    /// The clinic has a name.
    pub site: bool,
    /// Something or somebody confirmed the clock.
    pub clock: bool,
    /// Somebody can photograph films and somebody can sign, beside the administrator.
    pub people: bool,
    /// Somebody can be reached by an alert.
    pub recipients: RecipientStep,
    /// The portal.
    pub portal: PortalStep,
}

/// How far a new box is from an alert that reaches somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientStep {
    /// No way to people is set up.
    NoWay,
    /// Nobody can be reached by a way that is set up.
    Nobody,
    /// Nobody has got a message yet, or the last one did not get through.
    Untried,
    /// A message got through to somebody.
    Works,
}

/// How far a new box is from its portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalStep {
    /// Nobody has said whether there is one.
    Open,
    /// There is none.
    PutAside,
    /// It is set up and has not taken the box in.
    Unreached,
    /// It has taken the box in.
    Enrolled,
}

impl App {
    /// The site's settings.
    #[must_use]
    pub fn site(&self) -> Site {
        self.inner.site()
    }

    /// Language where nobody has chosen one; `None`: as each phone asks.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.inner.language()
    }

    /// Changes the site's settings; they hold at once.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::FieldInvalid`], or when the database fails.
    pub async fn set_site(&self, by: &Operator, site: Site) -> Result<(), Fault> {
        by.needs(Right::ManageSite)?;
        if !site.wrong().is_empty() {
            return Err(Fault::FieldInvalid);
        }
        let (id, at, kept) = (by.id, self.now(), site.clone());
        self.blocking(move |inner| inner.store.set_site(&kept, id, at)).await?;
        *self.inner.site.write().unwrap_or_else(PoisonError::into_inner) = site;
        Ok(())
    }

    /// Whether the clock can be set from the pages.
    #[must_use]
    pub fn sets_clock(&self) -> bool {
        self.inner.runtime_dir.is_some()
    }

    /// Asks root's unit to set the clock; it holds within a second or two.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::PageUnknown`] where there is no such unit, or when the disk fails.
    pub async fn set_clock(&self, by: &Operator, wall_s: i64) -> Result<(), Fault> {
        by.needs(Right::ManageSite)?;
        let folder = self.inner.runtime_dir.clone().ok_or(Fault::PageUnknown)?;
        let (id, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.clock_asked(id, wall_s, at)).await?;
        let path = folder.join("clock");
        let write = move || durable::replace(&path, wall_s.to_string().as_bytes());
        let written = tokio::task::spawn_blocking(write).await;
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::error!(%error, "the clock's unit cannot be asked");
                Err(Fault::Internal)
            }
            Err(_) => Err(Fault::Internal),
        }
    }

    /// What a new box still needs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_steps(&self) -> Result<FirstSteps, Fault> {
        let (site, clock) = (!self.site().name.is_empty(), self.now().trust == ClockTrust::Synced);
        self.blocking(move |inner| {
            let accounts = inner.store.accounts()?;
            let has = |role: Role| accounts.iter().any(|account| account.operator.role == role);
            let people = has(Role::Technician) && has(Role::Physician);
            let (recipients, portal) = (recipients(inner)?, portal(inner)?);
            Ok(FirstSteps { site, clock, people, recipients, portal })
        })
        .await
    }
}

fn recipients(inner: &Inner) -> Result<RecipientStep, StoreError> {
    let channels = &inner.alerts.channels;
    if !ChannelKind::ALL.into_iter().any(|kind| channels.has(kind)) {
        return Ok(RecipientStep::NoWay);
    }
    let contacts = inner.store.contacts()?;
    let addresses = contacts.iter().flat_map(Contact::addresses);
    let reachable: Vec<_> = addresses.filter(|address| channels.has(address.kind())).collect();
    for address in &reachable {
        if inner.store.got_through(address)? {
            return Ok(RecipientStep::Works);
        }
    }
    let step = if reachable.is_empty() { RecipientStep::Nobody } else { RecipientStep::Untried };
    Ok(step)
}

fn portal(inner: &Inner) -> Result<PortalStep, StoreError> {
    Ok(match &inner.sync.settings {
        Some(_) if is_enrolled(inner)? => PortalStep::Enrolled,
        Some(_) => PortalStep::Unreached,
        None if inner.connect.has_no_portal() => PortalStep::PutAside,
        None => PortalStep::Open,
    })
}

impl Inner {
    /// The site's settings.
    pub(super) fn site(&self) -> Site {
        self.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Language where nobody has chosen one.
    pub(super) fn language(&self) -> Option<Language> {
        Language::parse(&self.site.read().unwrap_or_else(PoisonError::into_inner).language)
    }
}
