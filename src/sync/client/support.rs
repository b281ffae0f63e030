//! Support bundles on their way up.

use super::{Client, Method, parse};
use crate::domain::sync::receipt::Receipt;
use crate::domain::sync::support::{Ends, SupportBundle};
use crate::sync::SyncFault;
use crate::wire::support::{Piece, SupportAnswer, SupportOver};

/// What the portal says it has of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupportState {
    /// Bytes, from the first one.
    pub held: u64,
    /// The receipt for the whole bundle.
    pub receipt: Option<Receipt>,
    /// Its time is over there: nothing of it is held, and nothing is taken.
    pub over: bool,
}

impl Client {
    /// Sends bytes of a support bundle, from `from` on. The portal says how many it has; when that is not what was
    /// believed, nothing was taken and the sender goes on from there.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn send_support(
        &self,
        (bundle, size, ends): (SupportBundle, u64, Ends),
        from: u64,
        bytes: Vec<u8>,
    ) -> Result<SupportState, SyncFault> {
        let query = Piece::new(bundle, size, from, ends).query();
        let target = format!("/sync/v1/support/{}?{query}", bundle.hash);
        let answer: SupportAnswer = parse(&self.request(Method::PUT, &target, bytes).await?)?;
        let receipt = answer.receipt.map(|one| self.verified(&one, bundle.seq(), bundle.hash));
        Ok(SupportState { held: answer.held, receipt: receipt.transpose()?, over: answer.over })
    }

    /// Says that the consents to these bundles are over. When this returns, the portal has nothing of them.
    ///
    /// # Errors
    /// [`SyncFault`]; whether they are gone is not known then.
    pub async fn end_support(&self, bundles: &[SupportBundle]) -> Result<(), SyncFault> {
        let told = SupportOver::of(bundles);
        let heard: SupportOver = self.post("/sync/v1/support/over", &told).await?;
        if heard == told { Ok(()) } else { Err(SyncFault::BadAnswer) }
    }
}
