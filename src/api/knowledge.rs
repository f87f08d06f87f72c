//! What an agent knows.

use super::Error;
use crate::domain::{AgentId, KnowledgeId, KnowledgeText};
pub use crate::wire::knowledge::*;
use leptos::prelude::*;

/// Any teammate: the agent and its entries (with what became of files that were just posted, see [`KnowledgePage`]).
#[server(endpoint = "knowledge/list")]
pub async fn list_knowledge(agent_id: AgentId) -> Result<KnowledgePage, Error> {
    let call = expect_context::<crate::desk::Call>();
    if let Some(posted) = use_context::<KnowledgePage>() {
        return Ok(posted);
    }
    call.answer(call.desk.list_knowledge(call.teammate()?, &agent_id).await)
}

/// Any teammate: an entry, or the empty form of a new one (or as it was just posted, see [`EditEntry`]).
#[server(endpoint = "knowledge/load")]
pub async fn load_entry(agent_id: AgentId, id: Option<KnowledgeId>) -> Result<EditEntry, Error> {
    let call = expect_context::<crate::desk::Call>();
    if let Some(posted) = use_context::<EditEntry>() {
        return Ok(posted);
    }
    call.answer(call.desk.load_entry(call.teammate()?, &agent_id, id.as_ref()).await)
}

/// Admins: saves an entry, or a new one. Fields in errors: see [`KnowledgeText::validate`].
#[server(endpoint = "knowledge/save", input = leptos::server_fn::codec::Json)]
pub async fn save_entry(
    agent_id: AgentId,
    id: Option<KnowledgeId>,
    text: KnowledgeText,
    version: i64,
) -> Result<SavedEntry, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.save_entry(call.teammate()?, &agent_id, id.as_ref(), text, version).await)
}

/// Admins: deletes an entry.
#[server(endpoint = "knowledge/delete", input = leptos::server_fn::codec::Json)]
pub async fn delete_entry(agent_id: AgentId, id: KnowledgeId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.delete_entry(call.teammate()?, &agent_id, &id).await)
}

/// Any teammate: the passages that a question finds, best first, at most 5.
#[server(endpoint = "knowledge/try_question")]
pub async fn try_question(agent_id: AgentId, question: String) -> Result<Vec<Hit>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.try_question(call.teammate()?, &agent_id, &question).await)
}
