//! A teammate settles a conversation or puts it away; priority and the judgement of a handoff.

use super::{Desk, Error};
use crate::domain::{ConversationId, HandoffId, Priority, Teammate, Verdict};
use crate::handoff::{ChangeKind, Event};
use crate::store;

/// The longest snooze: a year.
const SNOOZE_MS_MAX: i64 = 366 * 24 * 60 * 60 * 1_000;

impl Desk {
    /// Resolves the conversation.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is resolved already.
    pub async fn resolve(&self, me: &Teammate, id: &ConversationId) -> Result<(), Error> {
        self.require_work(me)?;
        self.change(id, Event::TeammateResolved { teammate: me.id.clone() }.into()).await.map(|_changed| ())
    }

    /// Opens a resolved conversation again, owned by `me`.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not resolved, or when the customer has begun another one since.
    pub async fn reopen(&self, me: &Teammate, id: &ConversationId) -> Result<(), Error> {
        self.require_work(me)?;
        match self.change(id, Event::TeammateReopened { teammate: me.id.clone() }.into()).await {
            // One unresolved conversation per customer: the database stands against a second.
            Err(Error::Store(error)) if error.is_conflict() => Err(Error::field(
                "conversation",
                "This customer has begun another conversation since. Answer them there.",
            )),
            other => other.map(|_changed| ()),
        }
    }

    /// Puts the conversation away until `until_ms`.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `until_ms` for a time in the past or more than a year ahead.
    pub async fn snooze(&self, me: &Teammate, id: &ConversationId, until_ms: i64) -> Result<(), Error> {
        self.require_work(me)?;
        let ahead_ms = until_ms.saturating_sub(self.now_ms());
        if ahead_ms <= 0 || ahead_ms > SNOOZE_MS_MAX {
            return Err(Error::field("until_ms", "Choose a time in the future, within a year."));
        }
        self.change(id, Event::TeammateSnoozed { teammate: me.id.clone(), until_ms }.into()).await.map(|_changed| ())
    }

    /// Sets or clears the priority.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is resolved.
    pub async fn set_priority(
        &self,
        me: &Teammate,
        id: &ConversationId,
        priority: Option<Priority>,
    ) -> Result<(), Error> {
        self.require_work(me)?;
        let event = Event::TeammateSetPriority { teammate: me.id.clone(), priority };
        self.change(id, event.into()).await.map(|_changed| ())
    }

    /// Keeps a teammate's judgement of a handoff.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such handoff.
    pub async fn judge_handoff(&self, me: &Teammate, id: &HandoffId, verdict: Verdict) -> Result<(), Error> {
        self.require_work(me)?;
        let mut tx = self.db.write().await?;
        let handoff = store::handoff::find(&mut tx, id).await?.ok_or(Error::NotFound("handoff"))?;
        let now_ms = self.now_ms();
        store::handoff::set_verdict(&mut tx, id, Some(verdict), &me.id, now_ms).await?;
        store::change::add(&mut tx, &handoff.conversation_id, ChangeKind::Summary, None, now_ms).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }
}
