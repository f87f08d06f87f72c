//! AI agents.

use super::ids::AgentId;
use serde::{Deserialize, Serialize};

/// An AI agent that answers customers in the widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub id: AgentId,
    /// Shown to customers, up to [`AGENT_NAME_CHARS_MAX`] characters.
    pub name: String,
    /// The public key in the embed snippet (`data-agent`). Not a secret.
    pub widget_key: String,
    /// The first words a customer sees, before any conversation exists.
    pub greeting: String,
    pub created_at_ms: i64,
}

/// The longest agent name, in characters.
pub const AGENT_NAME_CHARS_MAX: usize = 60;

/// The greeting of a new agent.
pub const GREETING_DEFAULT: &str = "Hello. How can I help?";
