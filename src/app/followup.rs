//! What happens after a film.

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::followup::{FollowUp, OpenPerson, OrderId, Outcome, Test, TestResult, WaitDays};
use crate::domain::ids::{FormId, StudyId};
use crate::domain::people::Operator;
use crate::domain::rights::Right;

/// Something that a person writes down after a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUpStep {
    /// A test was ordered.
    Order {
        /// Which.
        test: Test,
        /// Made with the form: sent twice, it orders one test.
        form_id: FormId,
    },
    /// A result came.
    Result {
        /// Of which order.
        order: OrderId,
        /// Which.
        result: TestResult,
    },
    /// It ended.
    Outcome(Outcome),
}

impl App {
    /// How long each suspicion may wait for a result.
    #[must_use]
    pub fn wait_days(&self) -> WaitDays {
        self.inner.pages.wait_days
    }

    /// What happened after the film of a study.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`].
    pub async fn follow_up(&self, study: StudyId) -> Result<FollowUp, Fault> {
        self.blocking(move |inner| inner.store.follow_up(study)).await
    }

    /// People with suspicions that nothing has settled, the longest known first, and their number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_loops(&self) -> Result<(Vec<OpenPerson>, u32), Fault> {
        self.blocking(|inner| inner.store.open_loops()).await
    }

    /// Writes down what happened. When this returns, it may be acknowledged.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::Examine`], [`Fault::StudyUnknown`],
    /// [`Fault::OrderUnknown`], [`Fault::FieldInvalid`] for a result that the test cannot have.
    pub async fn note_follow_up(
        &self,
        by: &Operator,
        study: StudyId,
        step: FollowUpStep,
    ) -> Result<(), Fault> {
        by.needs(Right::Examine)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| match step {
            FollowUpStep::Order { test, form_id } => {
                inner.store.order_test(form_id, study, test, by, at)
            }
            FollowUpStep::Result { order, result } => {
                inner.store.enter_result(study, order, result, by, at)
            }
            FollowUpStep::Outcome(outcome) => inner.store.record_outcome(study, outcome, by, at),
        })
        .await
    }
}
