//! The waits of loops that bring something somewhere: by chance, longer after every failure, and over as soon
//! as there is something new to bring.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::{App, random};
use crate::domain::sync::pace::wait_ms;
use crate::store::{Store, StoreError};

/// How often the database is asked whether something waits.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Waits after so many failures in a row, or as long as the other side has told, milliseconds. `seen` is the
/// newest thing that a wait has met: a newer one ends this wait.
pub(super) async fn wait<N: PartialOrd + Send + 'static>(
    app: &App,
    (failures, told): (u32, Option<u64>),
    seen: &mut Option<N>,
    newest: fn(&Store) -> Result<Option<N>, StoreError>,
) {
    let random = random::bytes().map_or(0, u64::from_le_bytes);
    let until = Instant::now() + Duration::from_millis(wait_ms(failures, random, told));
    while Instant::now() < until {
        tokio::time::sleep(LOOK_EVERY.min(until - Instant::now())).await;
        let found = app.blocking(move |inner| newest(&inner.store)).await.ok().flatten();
        if found > *seen {
            *seen = found;
            return;
        }
    }
}
