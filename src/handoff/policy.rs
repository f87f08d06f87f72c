//! What the engine must know beside the conversation: the admin's settings, the facts of the moment and the
//! limits. Loaded by `desk` in the same transaction.

use crate::domain::HandoffSettings;
use serde::{Deserialize, Serialize};

/// The rules and facts under which a step is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The agent's Human Handoff action.
    pub action: HandoffSettings,
    pub facts: Facts,
    pub limits: Limits,
    /// Whether the last teammate of this conversation is online.
    pub is_last_teammate_online: bool,
    /// Whether the AI agent can answer at all.
    pub can_ai_answer: bool,
}

/// The facts that the promise to the customer is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The office is open.
    pub is_open: bool,
    /// Somebody who works conversations is online.
    pub is_anyone_online: bool,
    /// When the team is back, in words, if the office is closed and it is known.
    pub back_at: Option<String>,
    /// There is an address to answer to when the customer has left.
    pub has_contact: bool,
    /// The customer's language, ISO 639-1, such as `en`.
    pub language: String,
}

/// Times the engine works with, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How long a new turn waits for more of a burst.
    pub burst_ms: i64,
    /// After how long in the queue the audience is reminded, told again widely, and the customer is told.
    pub pick_up_remind_ms: i64,
    pub pick_up_widen_ms: i64,
    pub pick_up_tell_ms: i64,
    /// How long a customer waits for a silent teammate before the conversation goes back to the queue.
    pub teammate_silent_ms: i64,
    /// How long after resolving a customer's message reopens the conversation.
    pub reopen_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        const MINUTE: i64 = 60_000;
        Self {
            burst_ms: 400,
            pick_up_remind_ms: 2 * MINUTE,
            pick_up_widen_ms: 5 * MINUTE,
            pick_up_tell_ms: 10 * MINUTE,
            teammate_silent_ms: 30 * MINUTE,
            reopen_ms: 7 * 24 * 60 * MINUTE,
        }
    }
}
