//! What the portal asks: taken in once, done where this program knows it, answered.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::carry::reading_key;
use super::keys::{make_next, portal};
use super::{Round, Stop, bundles};
use crate::app::reports::sees_more;
use crate::app::{App, Inner, add_readings};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::signing::SignedVersion;
use crate::domain::site::Site;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::sync::amendment::KeptAmendment;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::keys::PortalKeys;
use crate::domain::sync::order::{
    Asked, Order, OrderKind, OrderRefusal, Outcome, ParkedOrder, PortalSetting, Request,
    SetByPortal, wipe_holds,
};
use crate::domain::sync::pace::{BATCH_BYTES_MAX, step_bytes};
use crate::domain::sync::review::{KeptReview, Review, ReviewAlarm};
use crate::store::{Effect, OrderRow, Store, StoreError, Wiped, ask_wipe};
use crate::sync::{SyncFault, is_announced, is_ordered};
use crate::wire::messages::{SignedOrder, ToldOutcome};
use crate::wire::orders;

/// What the portal has asked of this box, for a page.
#[derive(Clone, Debug, Default)]
pub struct PortalOrders {
    /// The last orders, the newest first.
    pub orders: Vec<OrderRow>,
    /// Orders that cannot be trusted or kept, the newest first.
    pub parked: Vec<ParkedOrder>,
    /// Settings in force because the portal has set them.
    pub set: Vec<SetByPortal>,
}

/// What the portal has said about one study.
#[derive(Clone, Debug, Default)]
pub struct SaidByPortal {
    /// Second opinions.
    pub reviews: Vec<KeptReview>,
    /// Proposed amendments.
    pub amendments: Vec<KeptAmendment>,
    /// The signed versions, where an amendment is proposed.
    pub versions: Vec<SignedVersion>,
    /// It sees more than the box, and nobody has looked at it since.
    pub sees_more: bool,
}

/// Support asks to see how the box is.
#[derive(Clone, Debug)]
pub struct SupportRequest {
    /// Number of the order.
    pub number: u64,
    /// Who asks, and why.
    pub request: Request,
    /// For how long, hours.
    pub hours: u32,
    /// When, by the portal's clock.
    pub at: WallMs,
}

impl Round {
    /// What the portal has set, and whether it has to be told what became of orders.
    pub(super) async fn portal_wants(&self) -> Result<(Vec<SetByPortal>, bool), Stop> {
        let portal = self.portal;
        let asked = move |inner: &Inner| {
            let untold = Untold::of(&inner.store, &portal)?;
            Ok((inner.store.set_by_portal()?, !untold.is_empty()))
        };
        Ok(self.app.blocking(asked).await?)
    }

    /// Tells outcomes and takes in a few orders.
    pub(super) async fn orders(&mut self) -> Result<(), Stop> {
        let portal = self.portal;
        let untold = self.app.blocking(move |inner| Untold::of(&inner.store, &portal)).await?;
        let most = step_bytes(self.rate, BATCH_BYTES_MAX.min(self.limit_bytes));
        let (orders, more) = self.client.orders(untold.told(), most).await?;
        self.app.blocking(move |inner| untold.heard(&inner.store, &portal)).await?;
        crate::crash_point::reached("before_order_row");
        let mut left = false;
        for order in orders {
            // Why is logged. It stays with the portal and comes after the next hello.
            left |= self.take(order).await.is_err();
        }
        crate::crash_point::reached("after_order_row");
        self.orders_wait = more && !left;
        self.progress = true;
        Ok(())
    }

    /// Orders that an older program kept because it did not know them.
    pub(super) async fn retake_kept(&mut self) {
        let portal = self.portal;
        let kept = self.app.blocking(move |inner| inner.store.kept_orders(&portal)).await;
        for order in kept.unwrap_or_default() {
            if OrderKind::parse(&order.kind).is_some() && self.take_sound(order).await.is_err() {
                tracing::warn!("an order that was kept waits for another start");
            }
        }
    }

    /// Whether the code in the settings lets a box in again that was shut out. A code that was used is
    /// accepted once more and changes nothing: the next word tells.
    pub(super) async fn is_let_in_again(&self) -> bool {
        let name = self.app.site().name;
        let client = &self.client;
        client.has_code()
            && client.enrol(&name).await.is_ok()
            && client.held(Seq(i64::MAX)).await.is_ok()
    }

    /// A box that was shut out may still be told to wipe itself.
    pub(super) async fn hear_last_order(&mut self) {
        if self.orders().await.is_err() {
            tracing::debug!("the portal has nothing to say to a box that it has shut out");
        }
    }

    /// Takes an order in, or keeps it apart when nobody can trust it: no order holds up another one.
    async fn take(&self, signed: SignedOrder) -> Result<(), Stop> {
        let (named, id, at) = (self.settings.key, self.client.box_id(), self.app.now());
        let taken = self.app.blocking(move |inner| {
            let portal = inner.store.portal_keys(&named)?;
            arrived(inner, &portal, id, signed, at)
        });
        if taken.await? {
            self.end().await;
        }
        Ok(())
    }

    async fn take_sound(&self, order: Order) -> Result<(), Stop> {
        let (named, at) = (self.settings.key, self.app.now());
        let taken = self.app.blocking(move |inner| {
            let portal = inner.store.portal_keys(&named)?;
            take_in(inner, &portal, &order, at)
        });
        if taken.await? {
            self.end().await;
        }
        Ok(())
    }

    /// Says once that the wipe has begun, whether or not anybody hears it, and lets go.
    async fn end(&self) {
        let portal = self.portal;
        let untold = self.app.blocking(move |inner| Untold::of(&inner.store, &portal)).await;
        let told = untold.as_ref().map(Untold::told).unwrap_or_default();
        // A box that is shut out is refused further orders after what it says was kept.
        let said = self.client.orders(told, 0).await;
        if !matches!(said, Ok(_) | Err(SyncFault::Revoked)) {
            tracing::warn!("the portal has not heard that this box wipes itself");
        }
        self.app.inner.sync.wipe.notify_one();
        // The program ends; nothing more is fetched or sent.
        std::future::pending::<()>().await;
    }
}

/// What became of orders, as far as the portal does not know it.
pub(super) struct Untold {
    rows: Vec<OrderRow>,
    parked: Vec<ParkedOrder>,
}

impl Untold {
    pub(super) fn of(store: &Store, portal: &PublicKey) -> Result<Self, StoreError> {
        Ok(Self { rows: store.untold_orders(portal)?, parked: store.untold_parked(portal)? })
    }

    const fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.parked.is_empty()
    }

    /// As the portal is told.
    pub(super) fn told(&self) -> Vec<ToldOutcome> {
        let told = |number, hash: Sha256Digest, outcome: Outcome, words: &str| ToldOutcome {
            number,
            hash: hash.to_string(),
            outcome: outcome.code().to_owned(),
            reason: outcome.reason().to_owned(),
            words: words.to_owned(),
        };
        let rows = self.rows.iter();
        let rows = rows.map(|row| told(row.order.number, row.order.hash, row.outcome, &row.words));
        let refused = Outcome::Refused(OrderRefusal::Unverifiable);
        let parked = self.parked.iter().map(|one| told(one.number, one.hash, refused, ""));
        rows.chain(parked).collect()
    }

    /// Those of them that the portal repeats in its answer.
    pub(super) fn repeated(mut self, heard: &[ToldOutcome]) -> Self {
        // `waiting` is said twice: before a person has agreed, and after.
        let knows = |number: u64, hash: Sha256Digest, (outcome, reason): (&str, &str)| {
            let hash = hash.to_string();
            let same = |one: &ToldOutcome| {
                let word = one.outcome == outcome && (outcome != "waiting" || one.reason == reason);
                one.number == number && one.hash == hash && word
            };
            heard.iter().any(same)
        };
        let word = |outcome: Outcome| (outcome.code(), outcome.reason());
        self.rows.retain(|row| knows(row.order.number, row.order.hash, word(row.outcome)));
        self.parked.retain(|one| knows(one.number, one.hash, ("refused", "")));
        self
    }

    /// The portal knows now.
    pub(super) fn heard(&self, store: &Store, portal: &PublicKey) -> Result<(), StoreError> {
        store.orders_told(portal, &self.rows)?;
        store.parked_told(portal, &self.parked)
    }
}

/// Takes an order in that came by any way. One that this portal did not sign for this box, or that cannot be
/// kept, is kept apart with its number: nothing is done for it, and those after it go on. Says whether the
/// box has to wipe itself.
pub(super) fn arrived(
    inner: &Inner,
    portal: &PortalKeys,
    box_id: KeyId,
    signed: SignedOrder,
    at: Stamp,
) -> Result<bool, StoreError> {
    let named = signed.named();
    let order = signed.read().filter(|order| is_ordered(portal, box_id, order));
    let unkept = match order.map(|order| take_in(inner, portal, &order, at)) {
        Some(Ok(wipe)) => return Ok(wipe),
        // A full or failing disk passes, and the order comes again.
        Some(Err(error)) if !error.is_of_the_value() => return Err(error),
        Some(Err(error)) => Some(error),
        None => None,
    };
    let Some((number, kind, hash)) = named else {
        tracing::error!("the portal has sent an order that cannot even be named");
        return Ok(false);
    };
    tracing::error!(number, kind, unkept = unkept.is_some(), "an order is kept apart");
    inner.store.park_order(&portal.name(), &ParkedOrder { number, kind, hash, at })?;
    Ok(false)
}

/// Keeps an order together with its effect; nothing happens for one that is there already.
fn take_in(
    inner: &Inner,
    portal: &PortalKeys,
    order: &Order,
    at: Stamp,
) -> Result<bool, StoreError> {
    let effect = effect(inner, portal, order)?;
    let taken = inner.store.take_order(&portal.name(), order, &effect, at)?;
    let done = taken == Some(Outcome::Done);
    match &effect {
        Effect::Settings(_, values) if done => follow(inner, values),
        Effect::PortalKey(_) if done => {
            inner.sync.keys_changed.fetch_add(1, Ordering::SeqCst);
        }
        Effect::Certificate(_) if done => inner.follow_certificate(),
        Effect::Bundle(_) | Effect::WithdrawBundle(..) if taken.is_some() => bundles::tidy(inner)?,
        _ => {}
    }
    if let Some(outcome) = taken {
        let (number, kind, outcome) = (order.number, order.kind.as_str(), outcome.code());
        tracing::info!(number, kind, outcome, "an order of the portal is kept");
    }
    Ok(done && order.kind == OrderKind::Wipe.code())
}

/// What an order changes here.
fn effect(inner: &Inner, keys: &PortalKeys, order: &Order) -> Result<Effect, StoreError> {
    let (store, portal) = (&inner.store, &keys.name());
    let Some(kind) = OrderKind::parse(&order.kind) else {
        return Ok(Effect::Nothing(Outcome::Kept));
    };
    Ok(match orders::read(kind, order.body.reveal()) {
        Err(why) => Effect::Nothing(Outcome::Refused(why)),
        Ok(Asked::Support(..)) => Effect::Nothing(Outcome::Waiting),
        Ok(Asked::Settings(by, values)) => Effect::Settings(by, values),
        Ok(Asked::Amendment(amendment)) => Effect::Amendment(amendment),
        Ok(Asked::PortalKey(_, change)) if is_announced(keys, &change) => {
            Effect::PortalKey(change.new)
        }
        Ok(Asked::PortalKey(..)) => Effect::Nothing(Outcome::Refused(OrderRefusal::Unverifiable)),
        Ok(Asked::Rotate(_)) if store.has_order(portal, order)? => Effect::Nothing(Outcome::Done),
        Ok(Asked::Rotate(_)) => {
            // The key is on the disk before the row: it follows whatever happens now.
            make_next(inner)?;
            Effect::Nothing(Outcome::Done)
        }
        Ok(Asked::Bundle(_, offer)) => bundles::effect(inner, offer)?,
        Ok(Asked::WithdrawBundle { hash, keep, .. }) => Effect::WithdrawBundle(hash, keep),
        Ok(Asked::Certificate(_, offer)) => {
            inner.certificate_effect(|| reading_key(store), offer.as_ref())
        }
        Ok(Asked::Review(review)) => {
            let beyond = beyond(store, &review)?;
            Effect::Review(review, beyond)
        }
        Ok(Asked::Wipe(_)) if store.has_order(portal, order)? => Effect::Nothing(Outcome::Done),
        Ok(Asked::Wipe(_)) if !wipe_holds(order.number, store.newest_order(portal)?) => {
            Effect::Nothing(Outcome::Refused(OrderRefusal::Expired))
        }
        Ok(Asked::Wipe(request)) => {
            // The wish is on the disk before the row: a box that dies now wipes itself at its next start.
            ask_wipe(store.dir(), &Wiped { by: request.by, at: order.at })?;
            Effect::Nothing(Outcome::Done)
        }
    })
}

fn beyond(store: &Store, review: &Review) -> Result<Vec<Finding>, StoreError> {
    let Some(mut view) = store.study(review.study)? else { return Ok(Vec::new()) };
    add_readings(store, &mut view)?;
    Ok(review.beyond(view.reading.as_ref().map(|reading| &reading.sheet)))
}

/// Settings that the pages read from memory.
fn follow(inner: &Inner, set: &[(PortalSetting, String)]) {
    for (setting, value) in set {
        if *setting == PortalSetting::SupportContact {
            let mut site = inner.site.write().unwrap_or_else(PoisonError::into_inner);
            *site = Site { support_contact: value.clone(), ..site.clone() };
        }
    }
}

impl App {
    /// Resolves when the portal has told this box to destroy what it holds.
    pub async fn wipe_asked(&self) {
        self.inner.sync.wipe.notified().await;
    }

    /// What the portal has asked of this box.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn portal_orders(&self, by: &Operator) -> Result<PortalOrders, Fault> {
        by.needs(Right::SeeSystem)?;
        self.blocking(|inner| {
            let settings = inner.sync.settings.as_ref();
            let keys = settings.map(|settings| portal(&inner.store, settings)).transpose()?;
            let parked = match keys {
                Some(keys) => inner.store.parked_orders(&keys.name())?,
                None => Vec::new(),
            };
            let (orders, set) = (inner.store.orders()?, inner.store.set_by_portal()?);
            Ok(PortalOrders { orders, parked, set })
        })
        .await
    }

    /// Requests of support that nobody has answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn support_requests(&self) -> Result<Vec<SupportRequest>, Fault> {
        let orders = self.blocking(|inner| inner.store.orders()).await?;
        let waiting = orders.into_iter().filter(|row| row.outcome == Outcome::Waiting);
        let read = waiting.filter_map(|row| {
            match orders::read(OrderKind::parse(&row.order.kind)?, row.order.body.reveal()) {
                Ok(Asked::Support(request, hours)) => {
                    let Order { number, at, .. } = row.order;
                    Some(SupportRequest { number, request, hours, at })
                }
                Ok(
                    Asked::Wipe(_)
                    | Asked::Review(_)
                    | Asked::Settings(..)
                    | Asked::Amendment(_)
                    | Asked::Rotate(_)
                    | Asked::PortalKey(..)
                    | Asked::Bundle(..)
                    | Asked::WithdrawBundle { .. }
                    | Asked::Certificate(..),
                )
                | Err(_) => None,
            }
        });
        Ok(read.collect())
    }

    /// Answers a request of support: agrees for the hours that it asks for, or says no. The portal hears that it is
    /// done when it has the bundle.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::PageUnknown`] when nobody asks under that number; what
    /// [`App::agree_to_support`] gives.
    pub async fn answer_support(
        &self,
        by: &Operator,
        number: u64,
        outcome: Outcome,
    ) -> Result<(), Fault> {
        by.needs(Right::UpdateBox)?;
        let requests = self.support_requests().await?;
        let asked = requests.iter().find(|one| one.number == number).ok_or(Fault::PageUnknown)?;
        if outcome == Outcome::Agreed {
            return self.agree(by, asked.hours, Some(number)).await.map(drop);
        }
        let (by, at) = (by.id, self.now());
        let answer = move |inner: &Inner| inner.store.answer_order(number, outcome, by, at);
        self.blocking(answer).await.map(drop)
    }

    /// What the portal has said about a study, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn said_by_portal(&self, study: StudyId) -> Result<SaidByPortal, Fault> {
        self.blocking(move |inner| {
            let store = &inner.store;
            let (reviews, amendments) = (store.reviews(study)?, store.amendments(study)?);
            // Most studies never hear of a portal.
            let versions = match amendments.is_empty() {
                true => Vec::new(),
                false => store.report_versions(study)?,
            };
            let sees_more = !reviews.is_empty() && sees_more(store, study)?;
            Ok(SaidByPortal { reviews, amendments, versions, sees_more })
        })
        .await
    }

    /// Studies on which the portal has said something that a physician must look at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn review_alarms(&self) -> Result<Vec<ReviewAlarm>, Fault> {
        self.blocking(|inner| inner.store.review_alarms()).await
    }

    /// Notes that a physician has looked at what the portal sees.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when the database fails.
    pub async fn see_review(&self, by: &Operator, study: StudyId) -> Result<(), Fault> {
        by.needs(Right::Report)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.see_review(study, by, at)).await
    }
}
