//! Help from afar without anybody coming in: the box writes down how it is, for support alone to read.
//!
//! The bundle is JSON made from values that are allowed one by one, encrypted to the key of support
//! (`support_key` in the settings, age's form), and laid into `<state>/outbox/support`, from where sync
//! (`app/sync/support.rs`) or a stick takes it. Nothing listens for support, and nothing is sent that nobody agreed
//! to. When the time of a consent is over, its file is removed, and the portal removes what it has of it.

pub mod lines;
mod machine;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::app::App;
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;
use crate::domain::support::{Consent, HOURS};
use crate::domain::sync::support::{BUNDLE_BYTES_MAX, Way};
use crate::keys::sealed::{Identity, Recipient};
use crate::store::{DatabaseFacts, StoreError};
use crate::update::{Layout, Notes};

/// How often somebody looks whether the time of a bundle is over.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(5 * 60);
/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// How support is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportSettings {
    /// Public key of support, `age1…`; `None`: no bundle can be made.
    pub key: Option<String>,
    /// Settings in force that are no secrets: name, value.
    pub settings: Vec<(&'static str, String)>,
}

/// What the page about support shows.
#[derive(Clone, Debug, Default)]
pub struct SupportState {
    /// Whether a bundle can be made here.
    pub possible: bool,
    /// Who agreed, the newest first.
    pub consents: Vec<Consent>,
    /// Number of the bundle that lies ready.
    pub ready: Option<i64>,
    /// How far the bundles of consents are on their way to the portal; empty where no portal is set.
    pub ways: Vec<(i64, Way)>,
}

impl App {
    /// Who agreed to what, and which bundle lies ready.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn support_state(&self, by: &Operator) -> Result<SupportState, Fault> {
        by.needs(Right::UpdateBox)?;
        self.expire_support().await?;
        self.blocking(move |inner| {
            let consents = inner.store.support_consents()?;
            let there = |one: &&Consent| sealed_file(inner.store.dir(), one.seq).is_file();
            let ready = consents.iter().find(there).map(|one| one.seq);
            let ways = match inner.sync.has_portal() {
                true => inner.store.support_ways()?,
                false => Vec::new(),
            };
            Ok(SupportState { possible: inner.support.key.is_some(), consents, ready, ways })
        })
        .await
    }

    /// Agrees for some hours, and lays a bundle ready.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::FieldInvalid`], [`Fault::SupportUnset`], or disk faults.
    pub async fn agree_to_support(&self, by: &Operator, hours: u32) -> Result<i64, Fault> {
        self.agree(by, hours, None).await
    }

    /// The same; with `answers` it is the yes to that request of the portal.
    pub(super) async fn agree(
        &self,
        by: &Operator,
        hours: u32,
        answers: Option<u64>,
    ) -> Result<i64, Fault> {
        by.needs(Right::UpdateBox)?;
        if !HOURS.contains(&hours) {
            return Err(Fault::FieldInvalid);
        }
        let health = self.health().await?;
        let (by, at) = (by.id, self.now());
        let until_ms = at.wall.0.saturating_add(i64::from(hours) * HOUR_MS);
        self.blocking(move |inner| {
            let key = inner.support.key.as_deref().ok_or(Fault::SupportUnset)?;
            let facts = inner.store.database_facts()?;
            let mut text = told(&facts, at, until_ms);
            let health = json!({
                "backend": health.backend.ok(),
                "models": health.models.iter().map(|(id, version, sha256)| {
                    json!({ "id": plain(id), "version": plain(version), "sha256": plain(sha256) })
                }).collect::<Vec<_>>(),
                "models_passed_over": health.models_passed_over.len(),
                "waiting": health.waiting,
                "held": health.held,
                "disk_free_bytes": health.disk_free_bytes,
                "clock_synced": health.clock_synced,
            });
            if let Value::Object(all) = &mut text {
                all.insert("health".to_owned(), health);
                all.insert("settings".to_owned(), settings(&inner.support));
                all.insert("machine".to_owned(), machine::told(inner.store.dir()));
                all.insert(
                    "update".to_owned(),
                    update(inner.store.dir(), &inner.updates.slots_dir),
                );
                all.insert("log".to_owned(), lines::told());
            }
            let sealed = seal(key, text.to_string().as_bytes())?;
            if !fits(&sealed) {
                tracing::error!(bytes = sealed.len(), "a support bundle is too large");
                return Err(Fault::Internal.into());
            }
            let file = (Sha256Digest::of(&sealed), sealed.len() as u64);
            let keep = |seq| keep(inner.store.dir(), seq, &sealed);
            inner.store.agree_to_support((by, at, until_ms), file, answers, keep)
        })
        .await
    }

    /// Takes the consent back; what lies ready is removed.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or disk faults.
    pub async fn end_support(&self, by: &Operator) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.end_support(by, at)).await?;
        self.expire_support().await
    }

    /// The bundle that lies ready, to be carried.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::PageUnknown`] when there is none.
    pub async fn support_bundle(&self, by: &Operator, seq: i64) -> Result<Vec<u8>, Fault> {
        by.needs(Right::UpdateBox)?;
        self.expire_support().await?;
        self.blocking(move |inner| {
            let bytes = fs::read(sealed_file(inner.store.dir(), seq));
            bytes.map_err(|_| Fault::PageUnknown.into())
        })
        .await
    }

    /// Looks every few minutes whether the time of a bundle is over.
    pub async fn keep_house(self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            // Logged where it failed; the next look tries again.
            let _done = self.expire_support().await;
        }
    }

    /// Removes bundles whose time is over.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn expire_support(&self) -> Result<(), Fault> {
        let now = self.now();
        self.blocking(move |inner| expire(inner, now)).await
    }
}

/// Removes every file in the outbox for which no consent holds, and ends the requests that it answered.
pub(super) fn expire(inner: &super::Inner, now: Stamp) -> Result<(), StoreError> {
    inner.store.settle_support(now)?;
    let folder = outbox(inner.store.dir());
    if !folder.is_dir() {
        return Ok(());
    }
    let consents = inner.store.support_consents()?;
    let holding: Vec<PathBuf> = consents
        .iter()
        .filter(|one| one.holds(now))
        .map(|one| sealed_file(inner.store.dir(), one.seq))
        .collect();
    for entry in fs::read_dir(&folder).map_err(|_| Fault::StorageFailed)?.flatten() {
        if !holding.contains(&entry.path()) && fs::remove_file(entry.path()).is_err() {
            tracing::warn!("a support bundle whose time is over could not be removed");
        }
    }
    Ok(())
}

fn outbox(dir: &Path) -> PathBuf {
    dir.join("outbox").join("support")
}

/// Where the sealed bundle of a consent lies while it holds.
pub(super) fn sealed_file(dir: &Path, seq: i64) -> PathBuf {
    outbox(dir).join(format!("support-{seq}.age"))
}

fn keep(dir: &Path, seq: i64, sealed: &[u8]) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "a support bundle cannot be written");
        StoreError::from(Fault::StorageFailed)
    };
    fs::create_dir_all(outbox(dir)).map_err(failed)?;
    crate::durable::replace(&sealed_file(dir, seq), sealed).map_err(failed)
}

/// Whether a sealed bundle is as short as the portal takes it.
pub(super) fn fits(sealed: &[u8]) -> bool {
    !sealed.is_empty() && sealed.len() as u64 <= BUNDLE_BYTES_MAX
}

/// Encrypts to a public key.
fn seal(key: &str, text: &[u8]) -> Result<Vec<u8>, Fault> {
    let key = Recipient::parse(key).ok_or(Fault::SupportUnset)?;
    key.seal(text).map_err(|error| {
        tracing::error!(%error, "a support bundle cannot be encrypted");
        Fault::Internal
    })
}

/// Whether a text is a public key of support.
#[must_use]
pub fn is_support_key(text: &str) -> bool {
    Recipient::parse(text).is_some()
}

/// A new pair for support: secret and public key.
#[must_use]
pub fn support_pair() -> (String, String) {
    let identity = Identity::generate();
    (identity.secret(), identity.recipient().to_string())
}

/// Opens a bundle with the secret key of support; `None` when it is not for this key.
#[must_use]
pub fn unseal(secret: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    Identity::parse(secret)?.open(sealed)
}

/// A name that only letters, digits and a few marks make up and that is short; else a placeholder.
fn plain(text: &str) -> &str {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.len() <= 64 && text.chars().all(safe) { text } else { crate::domain::support::OTHER }
}

fn told(facts: &DatabaseFacts, at: Stamp, until_ms: i64) -> Value {
    let moments = |list: &[(String, i64, bool)]| -> Value {
        list.iter().map(|(what, ms, synced)| json!([what, ms, synced])).collect()
    };
    json!({
        "kind": "fieldray-support-1",
        "made_ms": at.wall.0,
        "clock": at.trust.code(),
        "expires_ms": until_ms,
        "version": crate::release::version(),
        "target": crate::release::target(),
        "database": {
            "schema": facts.schema,
            "sound": facts.sound,
            "rows": facts.rows,
            "photos": facts.photos,
            "studies": facts.studies,
            "faults": facts.faults,
            "event_counts": facts.event_counts,
            "events": moments(&facts.events),
            "starts": moments(&facts.starts),
        },
    })
}

fn settings(support: &SupportSettings) -> Value {
    let pairs = support.settings.iter();
    Value::Object(pairs.map(|(name, value)| ((*name).to_owned(), json!(value))).collect())
}

fn update(state: &Path, slots: &Path) -> Value {
    let record = Layout::open(slots).and_then(|layout| layout.record()).ok();
    let status = Notes::of(state).status();
    json!({
        "slot": record.map(|record| record.settled.code()),
        "version": record.map(|record| record.version.to_string()),
        "before": record.and_then(|record| record.before).map(|version| version.to_string()),
        "failed": record.and_then(|record| record.failed).map(|version| version.to_string()),
        "phase": status.as_ref().map(|status| status.phase.code()),
        "reason": status.and_then(|status| status.reason),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_support_opens_what_is_sealed_for_it() {
        let (secret, public) = support_pair();
        let (other, _) = support_pair();
        assert!(is_support_key(&public) && !is_support_key("age1x"));
        let sealed = seal(&public, b"how the box is").unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"the box"));
        assert_eq!(unseal(&secret, &sealed).unwrap(), b"how the box is");
        assert_eq!(unseal(&other, &sealed), None);
    }

    #[test]
    fn a_name_with_anything_else_in_it_is_not_told() {
        assert_eq!(plain("findings-2.0.0"), "findings-2.0.0");
        assert_eq!(plain("Asha Devi"), "other");
    }
}
