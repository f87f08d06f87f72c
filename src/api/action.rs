//! The actions of an agent; today there is one, Human Handoff.

use super::Error;
use crate::domain::{Agent, AgentId, HandoffSettings};
pub use crate::wire::action::*;
use crate::wire::reading::{Decision, Explained, TextReading};
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

/// Admins: how a text of "When to Use" is read. Field in errors: `when_to_use`.
#[server(endpoint = "actions/read_when_to_use", input = leptos::server_fn::codec::Json)]
pub async fn read_when_to_use(agent_id: AgentId, when_to_use: String) -> Result<TextReading, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.read_when_to_use(call.teammate()?, &agent_id, &when_to_use).await)
}

/// Admins: what would be done with a customer's message under settings that may be unsaved. Fields in errors: `message`, and
/// those of [`HandoffSettings::validate`] that bound the work.
#[server(endpoint = "actions/try_message", input = leptos::server_fn::codec::Json)]
pub async fn try_message(agent_id: AgentId, settings: HandoffSettings, message: String) -> Result<Explained, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.try_message(call.teammate()?, &agent_id, settings, &message).await)
}

/// Admins: what would be done with each example message by the text and the other examples, in their order.
#[server(endpoint = "actions/check_examples", input = leptos::server_fn::codec::Json)]
pub async fn check_examples(agent_id: AgentId, settings: HandoffSettings) -> Result<Vec<Decision>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.check_examples(call.teammate()?, &agent_id, settings).await)
}
