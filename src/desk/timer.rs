//! A timer goes off: its event goes to the engine, which refuses it when it no longer applies.

use super::{Desk, Error};
use crate::domain::ConversationId;
use crate::handoff::{Event, Timer};

impl Desk {
    /// Brings a timer's event to the engine.
    ///
    /// # Errors
    /// When the store fails: the job is tried again.
    pub async fn timer_elapsed(&self, id: &ConversationId, timer: Timer) -> Result<(), Error> {
        let event = match timer {
            Timer::PickUp { epoch, stage, .. } => Event::PickUpOverdue { epoch, stage },
            Timer::Absent { teammate, epoch, waiting_since_ms, .. } => {
                Event::TeammateAbsent { teammate, epoch, waiting_since_ms }
            }
            Timer::Snooze { until_ms } => Event::SnoozeElapsed { until_ms },
        };
        match self.change(id, event.into()).await {
            Err(error) if error.is_stale() => Ok(()),
            other => other.map(|_changed| ()),
        }
    }
}
