//! What the portal asks of its boxes.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::StudyId;
use crate::domain::people::{PersonName, Phi};
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, Signature};
use crate::domain::sync::order::{Asked, Order, OrderKind};
use crate::portal::{Portal, StorageError};
use crate::wire::messages::{AskOrders, OrderList, SignedOrder, ToldOutcome};
use crate::wire::orders;

/// Most outcomes in one request.
const TOLD_MAX: usize = 256;

/// An order about to be numbered.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// What it is about.
    pub kind: OrderKind,
    /// Order of sending: lower first.
    pub lane: u8,
    /// A review or an amendment: of which study.
    pub study: Option<StudyId>,
    /// SHA-256 of the body.
    pub hash: Sha256Digest,
    /// What is asked.
    pub body: Phi<String>,
    /// Who asks.
    pub by: PersonName,
    /// When.
    pub at: WallMs,
}

impl NewOrder {
    /// An order for what is asked.
    #[must_use]
    pub fn of(asked: &Asked, at: WallMs) -> Self {
        let (kind, body) = orders::body(asked);
        let (lane, study) = match asked {
            // The key first: whatever comes after it may be signed by it.
            Asked::Wipe(_) | Asked::PortalKey(..) => (0, None),
            Asked::Amendment(amendment) => (1, Some(amendment.study)),
            // What a person sees on a film presses more than what nobody sees.
            Asked::Review(review) => {
                (if review.seen().next().is_some() { 1 } else { 2 }, Some(review.study))
            }
            // Before the order of the bundle that comes anew.
            Asked::WithdrawBundle { .. } => (1, None),
            Asked::Settings(..)
            | Asked::Support(..)
            | Asked::Rotate(_)
            | Asked::Bundle(..)
            | Asked::Certificate(..) => (3, None),
        };
        let hash = Sha256Digest::of(&body);
        Self { kind, lane, study, hash, body: Phi::new(body), by: asked.by().clone(), at }
    }
}

/// Signs an order: by its number.
pub type OrderSigner<'a> = dyn Fn(u64) -> Signature + 'a;

/// An order with what became of it.
#[derive(Clone, Debug)]
pub struct SentOrder {
    /// The order.
    pub order: Order,
    /// Who asked.
    pub by: String,
    /// Code of what became of it; `None`: nothing heard.
    pub outcome: Option<String>,
    /// Why it was refused; empty unless it was.
    pub reason: String,
    /// The same in words of a person of the box; empty where nobody wrote any.
    pub words: Phi<String>,
}

/// The orders of a portal's storage.
pub trait OrderStorage {
    /// Numbers and keeps an order; gives its number. A wipe shuts the box out too, and a review marks
    /// its study as read.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn add_order(
        &self,
        to: KeyId,
        order: &NewOrder,
        sign: &OrderSigner<'_>,
    ) -> Result<u64, StorageError>;

    /// Keeps what a box says became of orders.
    ///
    /// # Errors
    /// [`StorageError`].
    fn hear(&self, from: KeyId, told: &[ToldOutcome], at: WallMs) -> Result<(), StorageError>;

    /// Orders of which nothing has been heard, what presses first: as many as fit into those bytes, one
    /// at least unless there are no bytes, and whether there are more. `only`: of that kind alone.
    ///
    /// # Errors
    /// [`StorageError`].
    fn waiting_orders(
        &self,
        to: KeyId,
        bytes: u64,
        only: Option<OrderKind>,
    ) -> Result<(Vec<Order>, bool), StorageError>;

    /// How many orders there are of which nothing has been heard.
    ///
    /// # Errors
    /// [`StorageError`].
    fn orders_left(&self, to: KeyId) -> Result<u64, StorageError>;

    /// All orders of a box, or those about one study, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn sent_orders(
        &self,
        to: KeyId,
        study: Option<StudyId>,
    ) -> Result<Vec<SentOrder>, StorageError>;
}

impl Portal {
    /// Asks something of a box; gives the number of the order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn order(&self, to: KeyId, asked: &Asked) -> Result<u64, StorageError> {
        self.order_by(self.keyring().key(), to, asked)
    }

    /// What a box gets that says what became of earlier orders. One that was shut out hears of a wipe and
    /// of nothing else.
    pub(crate) fn hand_out(
        &self,
        from: KeyId,
        asked: &AskOrders,
        only: Option<OrderKind>,
    ) -> Result<OrderList, StorageError> {
        let told = asked.told.get(..TOLD_MAX).unwrap_or(&asked.told);
        self.storage().hear(from, told, self.now().wall)?;
        let (orders, more) = self.storage().waiting_orders(from, asked.bytes, only)?;
        Ok(OrderList { orders: orders.iter().map(SignedOrder::of).collect(), more })
    }
}
