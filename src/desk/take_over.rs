//! A teammate takes a conversation. Exactly one of those who try under the same epoch wins (I6).

use super::{Desk, Error};
use crate::domain::{ConversationId, Teammate};
use crate::handoff::{Event, Refused};

impl Desk {
    /// Takes the conversation, if its owner is still the one under `epoch`.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for viewers; [`Error::Refused`] with the winner's name when somebody else was first.
    pub async fn take_over(&self, me: &Teammate, id: &ConversationId, epoch: i64) -> Result<(), Error> {
        self.require_work(me)?;
        let event = Event::TeammateTookOver { teammate: me.id.clone(), epoch };
        match self.change(id, event.into()).await {
            // A double click: it is mine already.
            Err(Error::Refused { refused: Refused::AlreadyOwned { by }, .. }) if by == me.id => Ok(()),
            other => other.map(|_changed| ()),
        }
    }

    /// Only teammates who work conversations pass.
    pub(super) fn require_work(&self, me: &Teammate) -> Result<(), Error> {
        if me.role.can_work() { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Only admins pass.
    pub(super) fn require_configure(&self, me: &Teammate) -> Result<(), Error> {
        if me.role.can_configure() { Ok(()) } else { Err(Error::Forbidden) }
    }
}
