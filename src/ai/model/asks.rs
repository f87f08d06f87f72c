//! Who is asked: the door between a turn and the client that speaks to a provider, so that tests can stand a model of
//! their own behind it.

use super::wire::{Ask, Delta, Failure};
use crate::ai::Model;
use tokio::time::Instant;

/// Somebody who can ask a model.
#[async_trait::async_trait]
pub trait Asks: Send + Sync {
    /// Asks; the answer comes piece by piece.
    ///
    /// # Errors
    /// [`Failure`]; never later than the deadline.
    async fn ask(&self, model: &Model, ask: &Ask, deadline: Instant) -> Result<Box<dyn Answers>, Failure>;
}

/// An answer as it comes.
#[async_trait::async_trait]
pub trait Answers: Send {
    /// The next piece; `None` after the last one.
    ///
    /// # Errors
    /// [`Failure`]; never later than the deadline of the question.
    async fn next(&mut self) -> Result<Option<Delta>, Failure>;
}
