//! What people see afterwards over HTTP is what the database holds: no more, no less, no notes for customers.

use crate::people::{Customer, Person};
use crate::rows::{Entry, Rows};

/// How many messages the widget loads at once.
const WIDGET_ENTRIES: usize = 200;

/// Asks for every conversation as a teammate and for each visitor's as the customer. Returns what is wrong.
pub async fn check(rows: &Rows, teammate: &Person, visitors: &[Customer]) -> Vec<String> {
    let mut wrong = Vec::new();
    for conversation in &rows.conversations {
        let thread = teammate.whole_thread(&conversation.id.as_str().into()).await;
        let shown: Vec<&str> = thread.entries.iter().map(|entry| entry.id.as_str()).collect();
        let stored: Vec<&str> = of(rows, &conversation.id).map(|entry| entry.id.as_str()).collect();
        if shown != stored {
            wrong.push(format!("{} shows a teammate {} entries of {}", conversation.id, shown.len(), stored.len()));
        }
        let head = thread.head;
        if (head.owner.kind(), head.owner_epoch) != (conversation.owner.as_str(), conversation.owner_epoch) {
            wrong.push(format!("{} shows a teammate another owner: {:?}", conversation.id, head.owner));
        }
    }
    for visitor in visitors {
        // Whoever closed the widget before writing has none.
        let Some(shown) = visitor.conversation().await else { continue };
        let messages: Vec<&str> = of(rows, shown.id.as_str())
            .filter(|entry| entry.kind == "message")
            .map(|entry| entry.id.as_str())
            .collect();
        let last = &messages[messages.len().saturating_sub(WIDGET_ENTRIES)..];
        let shown_ids: Vec<&str> = shown.entries.iter().map(|entry| entry.id.as_str()).collect();
        if shown_ids != last {
            wrong.push(format!("{} shows its customer {} messages of {}", shown.id, shown_ids.len(), last.len()));
        }
    }
    wrong
}

fn of<'a>(rows: &'a Rows, conversation_id: &str) -> impl Iterator<Item = &'a Entry> {
    rows.entries.iter().filter(move |entry| entry.conversation_id == conversation_id)
}
