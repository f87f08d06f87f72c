//! Entries of a thread: messages, notes and event lines, in one sequence.

use super::ids::{ConversationId, EntryId, TeammateId, TurnId};
use super::{HandoffKind, Priority};
use serde::{Deserialize, Serialize};

/// The longest message or note, in characters.
pub const BODY_CHARS_MAX: usize = 4_000;

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    Customer,
    Ai {
        turn_id: TurnId,
        /// The owner epoch of the turn; the database compares it when it stores the message.
        epoch: i64,
    },
    Teammate {
        id: TeammateId,
    },
    /// Baton itself: notices such as "Nobody was free in time".
    System,
}

impl Author {
    /// The word stored in the database.
    pub fn kind(&self) -> &'static str {
        match self {
            Author::Customer => "customer",
            Author::Ai { .. } => "ai",
            Author::Teammate { .. } => "teammate",
            Author::System => "system",
        }
    }
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Content {
    /// Seen by the customer.
    Message { author: Author, body: String },
    /// Seen by the team only.
    Note { by: TeammateId, body: String },
    /// A line about what happened. Seen by the team only.
    Event { line: Line },
}

/// What an event line tells. Names are looked up when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    HandedOff { kind: HandoffKind, reason: String, by: Option<TeammateId> },
    TakenOver { by: TeammateId },
    HandedToTeam { by: TeammateId, reason: String },
    Assigned { by: TeammateId, to: TeammateId },
    ReturnedToAi { by: TeammateId },
    Resolved { by: Option<TeammateId> },
    Reopened { by: Option<TeammateId> },
    Snoozed { by: TeammateId, until_ms: i64 },
    Woke,
    NotPickedUp,
    TeammateAbsent { teammate: TeammateId },
    PrioritySet { by: TeammateId, priority: Option<Priority> },
    AiFailed { error: String },
}

/// An entry about to be stored: the engine has given it its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    pub seq: i64,
    pub content: Content,
    /// Made by the sender, so that sending twice stores once.
    pub client_id: Option<String>,
}

/// A stored entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: EntryId,
    pub conversation_id: ConversationId,
    pub seq: i64,
    pub content: Content,
    pub client_id: Option<String>,
    /// For a customer's message: the turn that answers it.
    pub turn_id: Option<TurnId>,
    pub created_at_ms: i64,
}
