//! The one way a conversation changes: load, ask the engine, save, commit, tell. A lost compare-and-set is
//! tried again from the load, a bounded number of times.

use super::{Desk, Error};
use crate::domain::{Conversation, ConversationId, DecisionRecord, Entry, JobId, Owner, TurnId};
use crate::handoff::{self, Event, Refused, Step};
use crate::store::{self, Tx, conversation_step};

/// How often a change is tried when others change the same conversation. Each try that fails means that
/// somebody else got on, so a handful is plenty.
const TRIES_MAX: u32 = 12;

/// What is to happen to a conversation.
pub(super) struct Change<'a> {
    pub event: Event,
    /// (kind of author, client id): when an entry is stored under it already, nothing happens again.
    pub sent_as: Option<(&'a str, &'a str)>,
    /// The decision record of the turn, stored with the step.
    pub record: Option<(&'a TurnId, &'a DecisionRecord)>,
    /// The job that brings the event, and the worker that holds it. It ends in the transaction of the step, so that
    /// a job which is run again after a crash does not bring its event again.
    pub job: Option<(&'a JobId, &'a str)>,
}

impl From<Event> for Change<'_> {
    fn from(event: Event) -> Self {
        Self { event, sent_as: None, record: None, job: None }
    }
}

/// What happened.
pub(super) enum Changed {
    /// The step was stored with these entries.
    Now { step: Box<Step>, entries: Vec<Entry> },
    /// It had been stored before, as this entry.
    Before(Entry),
}

impl Changed {
    /// The entry that carries the sender's words: the one stored before, or the first of now with a client id.
    pub fn sent_entry(self) -> Result<Entry, Error> {
        match self {
            Changed::Before(entry) => Ok(entry),
            Changed::Now { entries, .. } => entries
                .into_iter()
                .find(|entry| entry.client_id.is_some())
                .ok_or_else(|| Error::Internal("a step stored no sent entry".into())),
        }
    }
}

impl Desk {
    /// Changes an existing conversation.
    pub(super) async fn change(&self, id: &ConversationId, change: Change<'_>) -> Result<Changed, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_change(id, &change).await {
                Err(Error::Store(error)) if error.is_conflict() && tries < TRIES_MAX => {
                    tracing::debug!(conversation = %id, %error, tries, "trying again");
                }
                result => return result,
            }
        }
    }

    async fn try_change(&self, id: &ConversationId, change: &Change<'_>) -> Result<Changed, Error> {
        let mut tx = self.db.write().await?;
        let before = match store::conversation::load_to_change(&mut tx, id).await {
            Err(store::Error::Missing { .. }) => return Err(Error::NotFound("conversation")),
            other => other?,
        };
        if let Some((author_kind, client_id)) = change.sent_as
            && let Some(entry) = store::entry::find_by_client_id(&mut tx, id, author_kind, client_id).await?
        {
            return Ok(Changed::Before(entry));
        }
        let changed = self.step_and_save(&mut tx, &before, change).await?;
        tx.commit().await?;
        self.wake();
        Ok(changed)
    }

    /// Asks the engine and saves what it says, in a transaction that the caller commits.
    pub(super) async fn step_and_save(
        &self,
        tx: &mut Tx,
        before: &Conversation,
        change: &Change<'_>,
    ) -> Result<Changed, Error> {
        let now_ms = self.now_ms();
        let policy = self.load_policy(tx, before, &change.event).await?;
        let step = match handoff::step(before, &change.event, &policy, now_ms) {
            Ok(step) => step,
            Err(refused) => return Err(self.refusal(tx, refused, before.owner.clone()).await?),
        };
        if let Some((job, worker)) = change.job
            && !store::jobs::finish(tx, job, worker, now_ms).await?
        {
            // Another worker has it, or had it.
            return Err(self.refusal(tx, Refused::TooLate, before.owner.clone()).await?);
        }
        let ids = self.ids.clone();
        let saved =
            conversation_step::save_step(tx, before, &step, &change.event, now_ms, &mut || ids.new_id()).await?;
        if let Some((turn_id, record)) = change.record {
            store::decision::save(tx, &before.id, turn_id, record, now_ms).await?;
        }
        tracing::info!(
            conversation = %before.id,
            version = step.next.version,
            owner = step.next.owner.kind(),
            change = step.change.as_str(),
            "conversation changed"
        );
        Ok(Changed::Now { step: Box::new(step), entries: saved.entries })
    }

    async fn refusal(&self, tx: &mut Tx, refused: handoff::Refused, owner: Owner) -> Result<Error, Error> {
        let owner_name = match owner.teammate() {
            Some(id) => store::teammate::find(tx, id).await?.map(|teammate| teammate.name),
            None => None,
        };
        Ok(Error::Refused { refused, owner, owner_name })
    }
}
