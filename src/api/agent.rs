//! AI agents and their dashboard.

use super::Error;
use crate::domain::AgentId;
pub use crate::wire::agent::*;
use leptos::prelude::*;

/// Any teammate: every agent, oldest first.
#[server(endpoint = "agents/list")]
pub async fn list_agents() -> Result<Vec<AgentRow>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_agents(call.teammate()?).await)
}

/// Admins: creates an agent with its Human Handoff action, disabled. Field in errors: `name`.
#[server(endpoint = "agents/create", input = leptos::server_fn::codec::Json)]
pub async fn create_agent(name: String) -> Result<AgentId, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.create_agent(call.teammate()?, &name).await)
}

/// Any teammate: an agent's dashboard.
#[server(endpoint = "agents/dashboard")]
pub async fn load_dashboard(agent_id: AgentId) -> Result<Dashboard, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.load_dashboard(call.teammate()?, &agent_id).await)
}
