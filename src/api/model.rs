//! An agent's model: the Settings page, the test of the connection, the banner.

use super::Error;
use crate::domain::{AgentId, ConnectionTest, ModelSettings};
pub use crate::wire::model::*;
use leptos::prelude::*;

/// Admins: the Settings page of an agent (or as it was just posted, see [`EditModel`]).
#[server(endpoint = "model/load")]
pub async fn load_model(agent_id: AgentId) -> Result<EditModel, Error> {
    let call = expect_context::<crate::desk::Call>();
    if let Some(posted) = use_context::<EditModel>() {
        return Ok(posted);
    }
    call.answer(call.desk.load_model(call.teammate()?, &agent_id).await)
}

/// Admins: saves an agent's model. Fields in errors: see [`ModelSettings::validate`], and `key`.
#[server(endpoint = "model/save", input = leptos::server_fn::codec::Json)]
pub async fn save_model(
    agent_id: AgentId,
    settings: ModelSettings,
    key: KeyChange,
    version: i64,
) -> Result<SavedModel, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.save_model(call.teammate()?, &agent_id, settings, key, version).await)
}

/// Admins: asks the model a few things, with settings that need not be saved; up to 20 seconds.
#[server(endpoint = "model/test", input = leptos::server_fn::codec::Json)]
pub async fn test_model(agent_id: AgentId, settings: ModelSettings, key: KeyChange) -> Result<ConnectionTest, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.test_model(call.teammate()?, &agent_id, settings, key).await)
}

/// Any teammate: every agent whose model does not answer now.
#[server(endpoint = "model/outages")]
pub async fn list_outages() -> Result<Vec<Outage>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_outages(call.teammate()?).await)
}
