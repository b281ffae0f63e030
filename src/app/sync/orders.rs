//! What the portal asks: taken in once, done where this program knows it, answered.

use std::sync::PoisonError;

use super::{Round, Stop};
use crate::app::{App, Inner, add_readings};
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::StudyId;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::site::Site;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{
    Asked, Order, OrderKind, OrderRefusal, Outcome, PortalSetting, Request, SetByPortal, wipe_holds,
};
use crate::domain::sync::pace::{BATCH_BYTES_MAX, step_bytes};
use crate::domain::sync::review::{KeptReview, Review, ReviewAlarm};
use crate::store::{Effect, OrderRow, Store, StoreError, Wiped, ask_wipe};
use crate::sync::SyncFault;
use crate::wire::messages::ToldOutcome;
use crate::wire::orders;

/// What the portal has asked of this box, for a page.
#[derive(Clone, Debug, Default)]
pub struct PortalOrders {
    /// The last orders, the newest first.
    pub orders: Vec<OrderRow>,
    /// Settings in force because the portal has set them.
    pub set: Vec<SetByPortal>,
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
        let portal = self.settings.key;
        let asked = move |inner: &Inner| {
            Ok((inner.store.set_by_portal()?, !inner.store.untold_orders(&portal)?.is_empty()))
        };
        Ok(self.app.blocking(asked).await?)
    }

    /// Tells outcomes and takes in a few orders.
    pub(super) async fn orders(&mut self) -> Result<(), Stop> {
        let portal = self.settings.key;
        let rows = self.app.blocking(move |inner| inner.store.untold_orders(&portal)).await?;
        let most = step_bytes(self.rate, BATCH_BYTES_MAX.min(self.limit_bytes));
        let told = rows.iter().map(told_outcome).collect();
        let (orders, more) = self.client.orders(told, most).await?;
        self.app.blocking(move |inner| inner.store.orders_told(&portal, &rows)).await?;
        crate::crash_point::reached("before_order_row");
        for order in orders {
            self.take(order).await?;
        }
        crate::crash_point::reached("after_order_row");
        self.orders_wait = more;
        self.progress = true;
        Ok(())
    }

    /// Orders that an older program kept because it did not know them.
    pub(super) async fn retake_kept(&mut self) {
        let kept = self.app.blocking(|inner| inner.store.orders()).await.unwrap_or_default();
        for row in kept {
            let known = OrderKind::parse(&row.order.kind).is_some();
            if row.outcome == Outcome::Kept && known && self.take(row.order).await.is_err() {
                return;
            }
        }
    }

    /// A box that was shut out may still be told to wipe itself.
    pub(super) async fn hear_last_order(&mut self) {
        if self.orders().await.is_err() {
            tracing::debug!("the portal has nothing to say to a box that it has shut out");
        }
    }

    async fn take(&self, order: Order) -> Result<(), Stop> {
        let (portal, at) = (self.settings.key, self.app.now());
        let (number, kind) = (order.number, order.kind.clone());
        let taken = self
            .app
            .blocking(move |inner| {
                let store = &inner.store;
                let effect = effect(store, &portal, &order)?;
                let outcome = store.take_order(&portal, &order, &effect, at)?;
                let set = match (outcome, &effect) {
                    (Some(Outcome::Done), Effect::Settings(_, values)) => values.clone(),
                    _ => Vec::new(),
                };
                follow(inner, &set);
                Ok(outcome)
            })
            .await?;
        if let Some(outcome) = taken {
            tracing::info!(
                number,
                kind,
                outcome = outcome.code(),
                "an order of the portal is kept"
            );
        }
        if taken == Some(Outcome::Done) && kind == OrderKind::Wipe.code() {
            self.end().await;
        }
        Ok(())
    }

    /// Says once that the wipe has begun, whether or not anybody hears it, and lets go.
    async fn end(&self) {
        let portal = self.settings.key;
        let rows = self.app.blocking(move |inner| inner.store.untold_orders(&portal)).await;
        let told = rows.unwrap_or_default().iter().map(told_outcome).collect();
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

fn told_outcome(row: &OrderRow) -> ToldOutcome {
    ToldOutcome {
        number: row.order.number,
        hash: row.order.hash.to_string(),
        outcome: row.outcome.code().to_owned(),
        reason: row.outcome.reason().to_owned(),
    }
}

/// What an order changes here.
fn effect(store: &Store, portal: &PublicKey, order: &Order) -> Result<Effect, StoreError> {
    let Some(kind) = OrderKind::parse(&order.kind) else {
        return Ok(Effect::Nothing(Outcome::Kept));
    };
    Ok(match orders::read(kind, order.body.reveal()) {
        Err(why) => Effect::Nothing(Outcome::Refused(why)),
        Ok(Asked::Support(..)) => Effect::Nothing(Outcome::Waiting),
        Ok(Asked::Settings(by, values)) => Effect::Settings(by, values),
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
            Ok(PortalOrders { orders: inner.store.orders()?, set: inner.store.set_by_portal()? })
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
                Ok(Asked::Wipe(_) | Asked::Review(_) | Asked::Settings(..)) | Err(_) => None,
            }
        });
        Ok(read.collect())
    }

    /// Answers a request of support: agrees for the hours that it asks for, or says no.
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
        if outcome == Outcome::Done {
            self.agree_to_support(by, asked.hours).await?;
        }
        let (by, at) = (by.id, self.now());
        let answer = move |inner: &Inner| inner.store.answer_order(number, outcome, by, at);
        self.blocking(answer).await.map(drop)
    }

    /// Second opinions about a study, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reviews(&self, study: StudyId) -> Result<Vec<KeptReview>, Fault> {
        self.blocking(move |inner| inner.store.reviews(study)).await
    }

    /// Studies on which the portal sees more than the box, and that nobody has looked at since.
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
