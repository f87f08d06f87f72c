//! A conversation: who owns it, where it stands, and what the engine must remember between two events.

use super::handoff::GatheredValue;
use super::ids::{AgentId, ConversationId, CustomerId, HandoffId, TeammateId, TurnId};
use serde::{Deserialize, Serialize};

/// Who has to answer the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "teammate_id", rename_all = "snake_case")]
pub enum Owner {
    /// The AI agent answers.
    Ai,
    /// Needs agent intervention: nobody has taken it yet.
    Queue,
    /// This teammate answers.
    Teammate(TeammateId),
    /// Nobody: the conversation is resolved.
    None,
}

impl Owner {
    /// The word stored in the database, without the teammate.
    pub fn kind(&self) -> &'static str {
        match self {
            Owner::Ai => "ai",
            Owner::Queue => "queue",
            Owner::Teammate(_) => "teammate",
            Owner::None => "none",
        }
    }

    /// The teammate who owns it, if one does.
    pub fn teammate(&self) -> Option<&TeammateId> {
        match self {
            Owner::Teammate(id) => Some(id),
            _ => None,
        }
    }
}

/// Whether a conversation is being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    Open,
    Snoozed,
    Resolved,
}

impl Lifecycle {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Lifecycle::Open => "open",
            Lifecycle::Snoozed => "snoozed",
            Lifecycle::Resolved => "resolved",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Lifecycle> {
        [Lifecycle::Open, Lifecycle::Snoozed, Lifecycle::Resolved].into_iter().find(|l| l.as_str() == word)
    }
}

/// How urgent a conversation is. Ordered, least urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Low,
    Medium,
    High,
    Urgent,
}

impl Priority {
    /// Every priority, least urgent first.
    pub const ALL: [Priority; 4] = [Priority::Low, Priority::Medium, Priority::High, Priority::Urgent];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Priority::Low => "low",
            Priority::Medium => "medium",
            Priority::High => "high",
            Priority::Urgent => "urgent",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Priority> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == word)
    }

    /// The sort key stored beside it: 1 (low) to 4 (urgent); none is 0.
    pub fn rank(self) -> i64 {
        self as i64 + 1
    }
}

/// The turn that is under way: at most one per conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub id: TurnId,
    /// The owner epoch it began under; its words count only while that lasts.
    pub epoch: i64,
    /// The last customer message it answers (fixed when it begins; 0 before).
    pub through_seq: i64,
    pub is_running: bool,
    /// What the customer has been shown of its answer so far, while it is being written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// What the AI has found out for a handoff so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    pub values: Vec<GatheredValue>,
    /// Names the customer would not give.
    #[serde(default)]
    pub refused: Vec<String>,
    /// The name asked for in the AI's last message, if it asked for one.
    #[serde(default)]
    pub asked: Option<String>,
    /// How many questions were asked.
    #[serde(default)]
    pub questions: i64,
    /// Why a handoff is wanted, once it is: gathering goes on under this reason.
    #[serde(default)]
    pub wanted: Option<super::handoff::HandoffReason>,
}

/// Who resolved a conversation: this decides who gets it when the customer writes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResolvedBy {
    Ai,
    Teammate,
}

/// Everything the engine knows of a conversation. It is stored whole, under a version that every change
/// compares and sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub agent_id: AgentId,
    pub customer_id: CustomerId,
    pub owner: Owner,
    pub lifecycle: Lifecycle,
    /// Grows by one with every change of owner.
    pub owner_epoch: i64,
    /// Grows by one with every change.
    pub version: i64,
    /// The seq of the thread's last entry; entries count from 1 without gaps.
    pub last_seq: i64,
    /// The seq of the last customer message.
    pub customer_seq: i64,
    /// The last customer message that a turn or a teammate has dealt with.
    pub answered_seq: i64,
    /// The turn that is queued or running.
    pub turn: Option<Turn>,
    /// How many turns there were, ever.
    pub turn_count: i64,
    /// How many AI messages since the AI last became the owner.
    pub ai_turns: i64,
    pub gathering: Gathering,
    /// The open handoff.
    pub handoff_id: Option<HandoffId>,
    /// How many handoffs there were, ever.
    pub handoff_count: i64,
    pub priority: Option<Priority>,
    pub priority_reason: Option<String>,
    /// Since when the customer has been waiting for a person.
    pub waiting_since_ms: Option<i64>,
    /// The last teammate who owned it.
    pub last_teammate_id: Option<TeammateId>,
    pub snoozed_until_ms: Option<i64>,
    pub resolved_by: Option<ResolvedBy>,
    pub resolved_at_ms: Option<i64>,
    /// The conversation that this one continues.
    pub previous_id: Option<ConversationId>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
}

impl Conversation {
    /// A new conversation, owned by the AI, before its first message.
    pub fn new(id: ConversationId, agent_id: AgentId, customer_id: CustomerId, now_ms: i64) -> Self {
        Self {
            id,
            agent_id,
            customer_id,
            owner: Owner::Ai,
            lifecycle: Lifecycle::Open,
            owner_epoch: 1,
            version: 0,
            last_seq: 0,
            customer_seq: 0,
            answered_seq: 0,
            turn: None,
            turn_count: 0,
            ai_turns: 0,
            gathering: Gathering::default(),
            handoff_id: None,
            handoff_count: 0,
            priority: None,
            priority_reason: None,
            waiting_since_ms: None,
            last_teammate_id: None,
            snoozed_until_ms: None,
            resolved_by: None,
            resolved_at_ms: None,
            previous_id: None,
            created_at_ms: now_ms,
            updated_at_ms: now_ms,
        }
    }
}
