//! An agent's Settings: the model that decides and answers.

mod connection;
mod diff;
mod edit;
mod fields;
mod form;
mod input;
mod key;
mod newer;
mod saving;
mod test_result;
mod testing;

pub use edit::AgentSettingsPage;
pub use test_result::latency_text;

use crate::domain::AgentId;

/// The path of an agent's Settings.
pub fn settings_path(agent_id: &AgentId) -> String {
    format!("/agents/{agent_id}/settings")
}
