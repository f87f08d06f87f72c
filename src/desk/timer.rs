//! A timer goes off: its event goes to the engine, which refuses it when it no longer applies.

use super::change::Change;
use super::{Desk, Error};
use crate::domain::{ConversationId, JobId};
use crate::handoff::{Event, Timer};

impl Desk {
    /// Brings a timer's event to the engine. `job` is the timer's, held by `worker`: it ends with the event, so that
    /// a reminder or a word to the customer comes once, also after a crash.
    ///
    /// # Errors
    /// When the store fails: the job is tried again.
    pub async fn timer_elapsed(
        &self,
        id: &ConversationId,
        timer: Timer,
        job: &JobId,
        worker: &str,
    ) -> Result<(), Error> {
        let event = match timer {
            Timer::PickUp { epoch, stage, .. } => Event::PickUpOverdue { epoch, stage },
            Timer::Absent { teammate, epoch, waiting_since_ms, .. } => {
                Event::TeammateAbsent { teammate, epoch, waiting_since_ms }
            }
            Timer::Snooze { until_ms } => Event::SnoozeElapsed { until_ms },
        };
        match self.change(id, Change { job: Some((job, worker)), ..event.into() }).await {
            Err(error) if error.is_stale() => Ok(()),
            other => other.map(|_changed| ()),
        }
    }
}
