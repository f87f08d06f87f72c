//! The decision record: what the AI did in one turn, and why (PRODUCT.md §3).

use super::action::PriorityWithReason;
use super::handoff::{GatheredValue, HandoffReason};
use super::ids::KnowledgeId;
use super::model::TokenUsage;
use serde::{Deserialize, Serialize};

/// What a turn ended in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Replied,
    AskedFor,
    HandedOff,
    Failed,
}

impl Outcome {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Replied => "replied",
            Outcome::AskedFor => "asked_for",
            Outcome::HandedOff => "handed_off",
            Outcome::Failed => "failed",
        }
    }
}

/// One per turn, kept and shown to teammates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    pub outcome: Outcome,
    /// What matched, if anything did.
    pub matched: Option<HandoffReason>,
    pub gathered: Vec<GatheredValue>,
    pub priority: Option<PriorityWithReason>,
    /// The engine or model that decided, such as `built-in 1`.
    pub model: String,
    pub latency_ms: i64,
    /// Every fallback taken, oldest first.
    pub fallbacks: Vec<String>,
    /// What of the agent's knowledge the answer quotes. Records from before there was knowledge have none.
    #[serde(default)]
    pub answered_from: Option<AnsweredFrom>,
    /// The version of the prompt, where a model was asked.
    #[serde(default)]
    pub prompt: Option<String>,
    /// What the model read and wrote, all calls of the turn together.
    #[serde(default)]
    pub tokens: Option<TokenUsage>,
}

impl DecisionRecord {
    /// A record of what was done, and by which engine or model; the rest is empty.
    pub fn new(outcome: Outcome, model: impl Into<String>) -> Self {
        Self {
            outcome,
            matched: None,
            gathered: Vec::new(),
            priority: None,
            model: model.into(),
            latency_ms: 0,
            fallbacks: Vec::new(),
            answered_from: None,
            prompt: None,
            tokens: None,
        }
    }
}

/// The source of an answer, as it was when the answer was given: the entry may have changed since, or be gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredFrom {
    pub entry_id: KnowledgeId,
    pub title: String,
    /// The sentences that the customer read.
    pub quote: String,
}
