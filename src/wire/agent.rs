//! AI agents as the list and the dashboard show them. Plain data, shared by `desk` and the pages.

use super::model::{Outage, Usage};
use crate::domain::Agent;
use serde::{Deserialize, Serialize};

/// One agent in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRow {
    pub agent: Agent,
    pub is_handoff_enabled: bool,
    /// Conversations that need intervention now.
    pub waiting: i64,
}

/// How an agent is doing today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    pub agent: Agent,
    pub is_handoff_enabled: bool,
    /// Conversations that began since midnight UTC.
    pub conversations_today: i64,
    /// Of these, how many were handed off.
    pub handed_off_today: i64,
    /// Conversations that need intervention now.
    pub waiting: i64,
    /// Whether its engine answers, and its name.
    pub is_model_answering: bool,
    pub model: String,
    /// Why the connected model does not answer, and since when.
    pub outage: Option<Outage>,
    /// What the connected model cost; none without one.
    pub usage: Option<Usage>,
    /// The sentence encoder has no weights: the built-in engine compares words alone.
    pub is_by_words: bool,
    /// The embed snippet for the company's own site.
    pub snippet: String,
    /// The test page that carries the widget.
    pub test_path: String,
}
