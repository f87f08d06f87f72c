//! A customer writes. The message is acknowledged when it is stored for good (I1); nothing waits for the AI.

use super::change::{Change, Changed};
use super::reply::{checked_body, checked_client_id};
use super::{Customer, Desk, Error};
use crate::domain::{Conversation, ConversationId, Entry};
use crate::handoff::{Event, Refused};
use crate::store;
use crate::wire::widget::CustomerEntry;

/// How often a message is tried when conversations of the same customer are made and changed at once.
const TRIES_MAX: u32 = 8;

/// A stored message.
pub struct Received {
    pub conversation_id: ConversationId,
    pub entry: CustomerEntry,
    /// False when this client id had been stored before.
    pub is_new: bool,
}

impl Desk {
    /// Stores a customer's message, in their conversation or a new one. The same `client_id` stores once.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `body` or `client_id`.
    pub async fn receive(&self, customer: &Customer, client_id: &str, body: &str) -> Result<Received, Error> {
        let body = checked_body(body)?;
        let client_id = checked_client_id(client_id)?;
        let event = Event::CustomerWrote { body, client_id: client_id.to_owned() };
        let mut tries = 0;
        loop {
            tries += 1;
            let before = self.find_sent(customer, client_id).await?;
            if let Some(entry) = before {
                return self.received(customer, entry, false).await;
            }
            match self.store_message(customer, client_id, event.clone()).await {
                Err(Error::Store(error)) if error.is_conflict() && tries < TRIES_MAX => {}
                Err(error) => return Err(error),
                Ok(Changed::Before(entry)) => return self.received(customer, entry, false).await,
                Ok(changed) => return self.received(customer, changed.sent_entry()?, true).await,
            }
        }
    }

    /// The customer pressed "Talk to a person".
    ///
    /// # Errors
    /// [`Error::Refused`] when the button is off.
    pub async fn ask_for_person(&self, customer: &Customer) -> Result<ConversationId, Error> {
        let latest = store::conversation::find_latest_of_customer(&mut self.db.read().await?, &customer.id).await?;
        if let Some(latest) = &latest {
            match self.change(&latest.id, Event::CustomerAskedForPerson.into()).await {
                // A person has been asked for already: pressing twice is no error.
                Err(Error::Refused { refused: Refused::NotNow, .. }) => return Ok(latest.id.clone()),
                Err(Error::Refused { refused: Refused::Resolved | Refused::Ended, .. }) => {}
                other => return other.map(|_changed| latest.id.clone()),
            }
        }
        let previous = latest.map(|conversation| conversation.id);
        match self.begin_conversation(customer, previous, Event::CustomerAskedForPerson.into()).await? {
            Changed::Now { step, .. } => Ok(step.next.id),
            Changed::Before(entry) => Ok(entry.conversation_id),
        }
    }

    async fn find_sent(&self, customer: &Customer, client_id: &str) -> Result<Option<Entry>, Error> {
        let conn = &mut self.db.read().await?;
        Ok(store::entry::find_of_customer_by_client_id(conn, &customer.id, client_id).await?)
    }

    async fn store_message(&self, customer: &Customer, client_id: &str, event: Event) -> Result<Changed, Error> {
        let latest = store::conversation::find_latest_of_customer(&mut self.db.read().await?, &customer.id).await?;
        let Some(latest) = latest else {
            return self.begin_conversation(customer, None, event.into()).await;
        };
        let change = Change { sent_as: Some(("customer", client_id)), ..event.clone().into() };
        match self.change(&latest.id, change).await {
            Err(Error::Refused { refused: Refused::Ended, .. }) => {
                self.begin_conversation(customer, Some(latest.id), event.into()).await
            }
            other => other,
        }
    }

    async fn begin_conversation(
        &self,
        customer: &Customer,
        previous_id: Option<ConversationId>,
        change: Change<'_>,
    ) -> Result<Changed, Error> {
        let mut tx = self.db.write().await?;
        let id = ConversationId(self.ids.new_id());
        let blank = Conversation::new(id, customer.agent_id.clone(), customer.id.clone(), self.now_ms());
        let changed = self.step_and_save(&mut tx, &Conversation { previous_id, ..blank }, &change).await?;
        tx.commit().await?;
        self.wake();
        Ok(changed)
    }

    async fn received(&self, customer: &Customer, entry: Entry, is_new: bool) -> Result<Received, Error> {
        let conversation_id = entry.conversation_id.clone();
        let entry = self.customer_entry(customer, entry).await?;
        Ok(Received { conversation_id, entry, is_new })
    }
}
