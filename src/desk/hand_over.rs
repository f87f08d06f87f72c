//! A teammate gives a conversation on: to the team, to another teammate, back to the AI.

use super::{Desk, Error};
use crate::domain::{ConversationId, Teammate, TeammateId};
use crate::handoff::Event;
use crate::store;

/// The longest reason of "hand to team", in characters.
const REASON_CHARS_MAX: usize = 300;

impl Desk {
    /// Hands the conversation to the team, as a handoff with its reason.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `reason`; [`Error::Refused`] when it is in the queue already.
    pub async fn hand_to_team(&self, me: &Teammate, id: &ConversationId, reason: &str) -> Result<(), Error> {
        self.require_work(me)?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
            let message = format!("Say in 1 to {REASON_CHARS_MAX} characters why the team should take this.");
            return Err(Error::field("reason", message));
        }
        let event = Event::TeammateHandedToTeam { teammate: me.id.clone(), reason: reason.to_owned() };
        self.change(id, event.into()).await.map(|_changed| ())
    }

    /// Assigns the conversation to a teammate who works conversations.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `to`; [`Error::Refused`] when it does not apply.
    pub async fn assign(&self, me: &Teammate, id: &ConversationId, to: &TeammateId) -> Result<(), Error> {
        self.require_work(me)?;
        let found = store::teammate::find(&mut self.db.read().await?, to).await?;
        if !found.is_some_and(|teammate| teammate.role.can_work()) {
            return Err(Error::field("to", "Choose a teammate who works conversations."));
        }
        let event = Event::TeammateAssigned { by: me.id.clone(), to: to.clone() };
        self.change(id, event.into()).await.map(|_changed| ())
    }

    /// Gives the conversation back to the AI, which starts with a fresh context.
    ///
    /// # Errors
    /// [`Error::Refused`] when the AI can't answer or has it already.
    pub async fn return_to_ai(&self, me: &Teammate, id: &ConversationId) -> Result<(), Error> {
        self.require_work(me)?;
        self.change(id, Event::TeammateReturnedToAi { teammate: me.id.clone() }.into()).await.map(|_changed| ())
    }
}
