//! How the box is, as the portal hears it with each hello.

use super::carry;
use crate::domain::certificate::{BroughtCertificate, BroughtState};
use crate::domain::view::Health;
use crate::store::Store;
use crate::wire::messages::BoxHealth;

/// What it says of itself.
pub(super) fn box_health(store: &Store, health: &Health) -> BoxHealth {
    BoxHealth {
        clock_synced: Some(health.clock_synced),
        backend: health.backend.as_ref().map_or_else(|_| String::new(), |code| (*code).to_owned()),
        models: health.models.iter().map(|(id, version, _)| format!("{id} {version}")).collect(),
        models_passed_over: u64::try_from(health.models_passed_over.len()).unwrap_or(u64::MAX),
        held: health.held,
        undelivered: health.undelivered.critical + health.undelivered.other,
        heat: health.heat.code().to_owned(),
        storage_flaws: health.storage.flaws.iter().map(|flaw| flaw.code().to_owned()).collect(),
        seal_key: seal_key(store),
        certificate_until_ms: first_end(&health.certificates),
    }
}

/// To whom the portal seals what is for this box alone; empty when the key cannot be used.
fn seal_key(store: &Store) -> String {
    match carry::reading_key(store) {
        Ok(key) => key.recipient().to_string(),
        Err(error) => {
            tracing::error!(%error, "the key cannot be used that opens what is for this box");
            String::new()
        }
    }
}

/// When the first one ends of the certificates from elsewhere.
fn first_end(certificates: &[BroughtCertificate]) -> Option<i64> {
    let known = certificates.iter().filter(|one| one.state != BroughtState::Unusable);
    known.map(|one| one.until.0).min()
}
