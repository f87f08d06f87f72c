//! One conversation as a teammate sees it.

use super::names::{self, CUSTOMER_UNNAMED};
use super::{Desk, Error};
use crate::domain::{Conversation, ConversationId, Entry, Owner, Teammate};
use crate::store::{self, Conn};
use crate::wire::conversation::{Head, Thread};

/// How many entries are sent at once.
const ENTRIES_MAX: i64 = 200;

impl Desk {
    /// The thread: its latest entries, or those after `after_seq`.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn load_thread(
        &self,
        me: &Teammate,
        id: &ConversationId,
        after_seq: Option<i64>,
    ) -> Result<Thread, Error> {
        let conn = &mut self.db.read().await?;
        let conversation = store::conversation::find(conn, id).await?.ok_or(Error::NotFound("conversation"))?;
        let entries = match after_seq {
            Some(seq) => store::entry::list_after(conn, id, seq, ENTRIES_MAX).await?,
            None => store::entry::list_before(conn, id, i64::MAX, ENTRIES_MAX).await?,
        };
        let handoffs = store::handoff::list_of_conversation(conn, id).await?;
        let decisions = store::decision::list_of_conversation(conn, id, ENTRIES_MAX).await?;
        let mut names = names::mentioned(conn, &conversation.owner, &entries, &handoffs).await?;
        names.insert(me.id.0.clone(), me.name.clone());
        Ok(Thread {
            has_older: after_seq.is_none() && entries.first().is_some_and(|first| first.seq > 1),
            head: head(conn, conversation, &names).await?,
            entries,
            handoffs,
            decisions: decisions.into_iter().map(|stored| (stored.turn_id.0, stored.record)).collect(),
            names,
            team: store::teammate::list_working(conn).await?,
        })
    }

    /// Earlier entries.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn load_older(&self, _me: &Teammate, id: &ConversationId, before_seq: i64) -> Result<Vec<Entry>, Error> {
        let conn = &mut self.db.read().await?;
        if store::conversation::find(conn, id).await?.is_none() {
            return Err(Error::NotFound("conversation"));
        }
        Ok(store::entry::list_before(conn, id, before_seq, ENTRIES_MAX).await?)
    }
}

async fn head(
    conn: &mut Conn,
    conversation: Conversation,
    names: &std::collections::BTreeMap<String, String>,
) -> Result<Head, Error> {
    let agent = store::agent::load(conn, &conversation.agent_id).await?;
    let customer = store::customer::load(conn, &conversation.customer_id).await?;
    Ok(Head {
        agent_id: agent.id.0,
        agent_name: agent.name,
        customer_name: customer.name.unwrap_or_else(|| CUSTOMER_UNNAMED.to_owned()),
        customer_email: customer.email,
        customer_locale: customer.locale.unwrap_or_default(),
        customer_page_url: customer.page_url.unwrap_or_default(),
        owner_name: conversation.owner.teammate().and_then(|id| names.get(id.as_str()).cloned()),
        is_ai_thinking: conversation.owner == Owner::Ai && conversation.turn.is_some(),
        ai_writing: conversation.turn.as_ref().map(|turn| turn.said.clone()).unwrap_or_default(),
        can_ai_answer: true,
        owner: conversation.owner,
        owner_epoch: conversation.owner_epoch,
        lifecycle: conversation.lifecycle,
        priority: conversation.priority,
        priority_reason: conversation.priority_reason,
        waiting_since_ms: conversation.waiting_since_ms,
        snoozed_until_ms: conversation.snoozed_until_ms,
        last_seq: conversation.last_seq,
        previous_id: conversation.previous_id,
        created_at_ms: conversation.created_at_ms,
        id: conversation.id,
    })
}
