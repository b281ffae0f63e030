//! What to do next: one step at a time, from what waits and how the link is.
//!
//! A step is small, and the plan is asked again after each: that alone makes an urgent record overtake
//! an image, holds memory flat, and makes a cut cost seconds. The plan remembers nothing; after a
//! restart it says the same, because what waits is rows.

use crate::domain::ids::Seq;
use crate::domain::sync::pace::{BATCH_BYTES_MAX, CHUNK_BYTES_MAX, step_bytes};
use crate::domain::sync::{Lane, RecordKind};

/// Most records that the store hands to the plan, first lane first: what memory is bounded by.
pub const WINDOW_RECORDS: usize = 64;

/// A record without a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub seq: Seq,
    /// What it tells.
    pub kind: RecordKind,
    /// Bytes on the wire; `None`: its content is not fixed yet. An image's content always is.
    pub bytes: Option<u64>,
    /// Bytes of an image that the portal says it has.
    pub held_bytes: u64,
}

/// How the link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Every byte costs: images wait.
    pub metered: bool,
    /// Bytes that may still be sent today; `None`: no limit. Urgent records do not ask for it.
    pub budget_bytes: Option<u64>,
    /// What it carried lately, bytes a second; `None`: not known.
    pub bytes_per_second: Option<u64>,
    /// Most bytes of a step, by what broke and what held: [`crate::domain::sync::pace::wider`].
    pub limit_bytes: u64,
    /// It is time to say how the box is and to hear what the portal holds.
    pub hello_due: bool,
    /// The portal has orders for the box, or does not know yet what became of some.
    pub orders_due: bool,
    /// A program that comes down.
    pub fetch: Option<Fetch>,
    /// A support bundle that waits behind everything else.
    pub support: Option<SupportPiece>,
    /// The portal is to hear that consents to support are over.
    pub support_over: bool,
}

/// A support bundle that goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupportPiece {
    /// The box's number for the consent.
    pub consent: i64,
    /// Bytes that the portal says it has.
    pub held_bytes: u64,
    /// Bytes of the whole.
    pub size_bytes: u64,
}

/// A program that comes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Bytes that are here.
    pub held_bytes: u64,
    /// Bytes of the whole.
    pub size_bytes: u64,
    /// Bytes of images that went up since the program began to, by which it has its turn.
    pub images_bytes: u64,
    /// Bytes of programs that came down since then.
    pub fetched_bytes: u64,
}

/// While images wait too, one byte in so many comes down: neither waits for ever for the other.
const FETCH_SHARE: u64 = 4;

impl Fetch {
    /// Whether it goes before an image that waits.
    const fn has_its_turn(&self) -> bool {
        self.fetched_bytes.saturating_mul(FETCH_SHARE - 1) < self.images_bytes
    }
}

/// A link of which nothing is known but that it holds.
impl Default for Link {
    fn default() -> Self {
        Self {
            metered: false,
            budget_bytes: None,
            bytes_per_second: None,
            limit_bytes: CHUNK_BYTES_MAX,
            hello_due: false,
            orders_due: false,
            fetch: None,
            support: None,
            support_over: false,
        }
    }
}

/// The next thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fix the content of these records; they can be sent afterwards.
    Seal(Vec<Seq>),
    /// Send these records together; each gets its own receipt.
    Send(Vec<Seq>),
    /// Send these bytes of an image.
    Upload {
        /// Which image.
        seq: Seq,
        /// First byte.
        from: u64,
        /// End, the byte after the last one.
        until: u64,
    },
    /// Say how the box is, and hear what the portal holds.
    Hello,
    /// Say what became of orders, and take in a few more.
    Orders,
    /// Take these bytes of the program that comes down.
    Fetch {
        /// First byte.
        from: u64,
        /// End, the byte after the last one.
        until: u64,
    },
    /// Send these bytes of a support bundle.
    Support {
        /// The box's number for the consent.
        consent: i64,
        /// First byte.
        from: u64,
        /// End, the byte after the last one.
        until: u64,
    },
    /// Say that consents to support are over.
    SupportOver,
    /// Nothing may be sent now.
    Rest(Rest),
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Everything has its receipt.
    Done,
    /// Only images, a support bundle, or a program that comes down, wait, and every byte costs.
    Metered,
    /// Today's bytes are used up.
    Budget,
}

/// The next step. `waiting` holds the first records by lane and number.
#[must_use]
pub fn next(waiting: &[Waiting], link: &Link) -> Step {
    let of_lane = |lane: Lane| -> Vec<&Waiting> {
        waiting.iter().filter(|one| one.kind.lane() == lane).collect()
    };
    let urgent = of_lane(Lane::Urgent);
    if !urgent.is_empty() {
        return send(&urgent, link, None);
    }
    if link.hello_due {
        return Step::Hello;
    }
    // Small, and what a person far away has seen on a film: before the box's own routine.
    if link.orders_due {
        return Step::Orders;
    }
    // As small, and a person's word too: what they took back is to go.
    if link.support_over {
        return Step::SupportOver;
    }
    for lane in [Lane::Results, Lane::Reports] {
        let records = of_lane(lane);
        if !records.is_empty() {
            return send(&records, link, link.budget_bytes);
        }
    }
    let fetch = link.fetch.filter(|fetch| fetch.held_bytes < fetch.size_bytes);
    match (of_lane(Lane::Images).first(), fetch) {
        (None, None) => support(link),
        _ if link.metered => Step::Rest(Rest::Metered),
        (Some(image), None) => upload(image, link),
        (Some(image), Some(fetch)) if !fetch.has_its_turn() => upload(image, link),
        (_, Some(fetch)) => match piece(fetch.held_bytes, fetch.size_bytes, link) {
            Some((from, until)) => Step::Fetch { from, until },
            None => Step::Rest(Rest::Budget),
        },
    }
}

/// As many records of one lane as fit into a step, one at least. Those whose content is not fixed yet
/// are fixed first, as many as could go together.
fn send(records: &[&Waiting], link: &Link, budget: Option<u64>) -> Step {
    let most = step_bytes(link.bytes_per_second, BATCH_BYTES_MAX.min(link.limit_bytes));
    let mut chosen = Vec::new();
    let mut total = 0_u64;
    for record in records {
        let Some(bytes) = record.bytes else { break };
        total = total.saturating_add(bytes);
        let fits = chosen.is_empty() || total <= most;
        if !fits || budget.is_some_and(|budget| total > budget) {
            break;
        }
        chosen.push(record.seq);
    }
    if !chosen.is_empty() {
        return Step::Send(chosen);
    }
    let open: Vec<Seq> =
        records.iter().take_while(|one| one.bytes.is_none()).map(|one| one.seq).collect();
    if open.is_empty() || budget == Some(0) { Step::Rest(Rest::Budget) } else { Step::Seal(open) }
}

fn upload(image: &Waiting, link: &Link) -> Step {
    match piece(image.held_bytes, image.bytes.unwrap_or(0), link) {
        Some((from, until)) => Step::Upload { seq: image.seq, from, until },
        None => Step::Rest(Rest::Budget),
    }
}

/// A support bundle goes when nothing else waits: nobody's treatment depends on it.
fn support(link: &Link) -> Step {
    let Some(bundle) = link.support else { return Step::Rest(Rest::Done) };
    if link.metered {
        return Step::Rest(Rest::Metered);
    }
    match piece(bundle.held_bytes, bundle.size_bytes, link) {
        Some((from, until)) => Step::Support { consent: bundle.consent, from, until },
        None => Step::Rest(Rest::Budget),
    }
}

/// The next bytes of something large; `None`: today's are used up.
fn piece(held: u64, size: u64, link: &Link) -> Option<(u64, u64)> {
    let most = step_bytes(link.bytes_per_second, CHUNK_BYTES_MAX.min(link.limit_bytes));
    let most = most.min(link.budget_bytes.unwrap_or(u64::MAX));
    let from = held.min(size);
    (most > 0).then(|| (from, from.saturating_add(most).min(size)))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
