//! Small threads for the tests of this page's pure parts.

use crate::domain::{Author, Content, ConversationId, Entry, EntryId, Lifecycle, Owner, TeammateId, TurnId};
use crate::wire::conversation::{Head, Row, Thread};

/// A customer's message.
pub fn customer(body: &str) -> Content {
    Content::Message { author: Author::Customer, body: body.to_owned() }
}

/// A teammate's message.
pub fn teammate(id: &str, body: &str) -> Content {
    Content::Message { author: Author::Teammate { id: TeammateId::from(id) }, body: body.to_owned() }
}

/// An AI message of the conversation's first turn.
pub fn ai(body: &str) -> Content {
    Content::Message { author: Author::Ai { turn_id: TurnId::from("c1.t1"), epoch: 1 }, body: body.to_owned() }
}

/// An entry, one second after the one before it.
pub fn entry(seq: i64, content: Content) -> Entry {
    Entry {
        id: EntryId(format!("e{seq}")),
        conversation_id: ConversationId::from("c1"),
        seq,
        content,
        client_id: None,
        turn_id: None,
        created_at_ms: seq * 1_000,
    }
}

/// A thread with these entries, owned by the AI.
pub fn thread(entries: Vec<Entry>) -> Thread {
    let head = Head {
        id: ConversationId::from("c1"),
        agent_id: "a1".to_owned(),
        agent_name: "Ada".to_owned(),
        customer_name: "Mia".to_owned(),
        customer_email: None,
        customer_locale: "en".to_owned(),
        customer_page_url: String::new(),
        owner: Owner::Ai,
        owner_name: None,
        owner_epoch: 1,
        lifecycle: Lifecycle::Open,
        priority: None,
        priority_reason: None,
        waiting_since_ms: None,
        snoozed_until_ms: None,
        last_seq: entries.last().map_or(0, |entry| entry.seq),
        is_ai_thinking: false,
        ai_writing: String::new(),
        can_ai_answer: true,
        previous_id: None,
        created_at_ms: 0,
    };
    Thread {
        head,
        entries,
        has_older: false,
        handoffs: Vec::new(),
        decisions: Default::default(),
        names: Default::default(),
        team: Vec::new(),
    }
}

/// A row of the list.
pub fn row(id: &str, preview: &str) -> Row {
    Row {
        id: ConversationId::from(id),
        customer_name: "Mia".to_owned(),
        agent_name: "Ada".to_owned(),
        owner: Owner::Queue,
        owner_name: None,
        lifecycle: Lifecycle::Open,
        priority: None,
        priority_reason: None,
        waiting_since_ms: None,
        last_author: "customer".to_owned(),
        preview: preview.to_owned(),
        last_message_at_ms: 0,
        snoozed_until_ms: None,
    }
}
