//! The actions of an agent; today there is one, Human Handoff.

use super::Error;
use crate::domain::{Agent, AgentId, HandoffSettings};
pub use crate::wire::action::*;
use leptos::prelude::*;

/// Any teammate: the agent and its actions.
#[server(endpoint = "actions/list")]
pub async fn list_actions(agent_id: AgentId) -> Result<(Agent, Vec<ActionCard>), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_actions(call.teammate()?, &agent_id).await)
}

/// Any teammate: the Human Handoff action as it stands (or as it was just posted, see [`EditHandoff`]).
#[server(endpoint = "actions/load_handoff")]
pub async fn load_handoff(agent_id: AgentId) -> Result<EditHandoff, Error> {
    let call = expect_context::<crate::desk::Call>();
    if let Some(posted) = use_context::<EditHandoff>() {
        return Ok(posted);
    }
    call.answer(call.desk.load_handoff(call.teammate()?, &agent_id).await)
}

/// Admins: saves the Human Handoff action. Fields in errors: see [`HandoffSettings::validate`].
#[server(endpoint = "actions/save_handoff", input = leptos::server_fn::codec::Json)]
pub async fn save_handoff(agent_id: AgentId, settings: HandoffSettings, version: i64) -> Result<Saved, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.save_handoff(call.teammate()?, &agent_id, settings, version).await)
}

/// Any teammate: every save, newest first, at most 100.
#[server(endpoint = "actions/history")]
pub async fn list_handoff_history(agent_id: AgentId) -> Result<(Agent, Vec<Revision>), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_handoff_history(call.teammate()?, &agent_id).await)
}

/// Admins: saves the settings of an earlier version as a new one. `version` is the current one.
#[server(endpoint = "actions/restore_handoff", input = leptos::server_fn::codec::Json)]
pub async fn restore_handoff(agent_id: AgentId, restore: i64, version: i64) -> Result<Saved, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.restore_handoff(call.teammate()?, &agent_id, restore, version).await)
}
