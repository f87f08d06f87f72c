//! The list of conversations and its counts.

use super::names::CUSTOMER_UNNAMED;
use super::{Desk, Error};
use crate::domain::Teammate;
use crate::store;
use crate::store::conversation_list::{Cursor, ListRow, PAGE_MAX};
use crate::wire::conversation::{ConversationPage, Counts, InboxView, Row};

impl Desk {
    /// One page of a view, sorted by priority, then longest wait. `after` is the last page's `next`.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `after`.
    pub async fn list_conversations(
        &self,
        me: &Teammate,
        view: InboxView,
        after: Option<&str>,
    ) -> Result<ConversationPage, Error> {
        let after = match after {
            Some(text) => Some(
                Cursor::parse(text).ok_or_else(|| Error::field("after", "Load the list again from the beginning."))?,
            ),
            None => None,
        };
        let conn = &mut self.db.read().await?;
        let page = store::conversation_list::list(conn, view, &me.id, after.as_ref(), PAGE_MAX).await?;
        let counts = store::conversation_list::count(conn, &me.id).await?;
        Ok(ConversationPage {
            rows: page.rows.into_iter().map(row).collect(),
            counts,
            next: page.next.map(|cursor| cursor.to_string()),
        })
    }

    /// The counts of every view.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count_conversations(&self, me: &Teammate) -> Result<Counts, Error> {
        Ok(store::conversation_list::count(&mut self.db.read().await?, &me.id).await?)
    }
}

fn row(row: ListRow) -> Row {
    Row {
        id: row.id,
        customer_name: row.customer_name.unwrap_or_else(|| CUSTOMER_UNNAMED.to_owned()),
        agent_name: row.agent_name,
        owner: row.owner,
        owner_name: row.owner_name,
        lifecycle: row.lifecycle,
        priority: row.priority,
        priority_reason: row.priority_reason,
        waiting_since_ms: row.waiting_since_ms,
        last_author: row.last_author.unwrap_or_else(|| "system".to_owned()),
        preview: row.last_body.unwrap_or_default(),
        last_message_at_ms: row.last_message_at_ms.unwrap_or(row.created_at_ms),
        snoozed_until_ms: row.snoozed_until_ms,
    }
}
