//! An agent's Knowledge: the list with its files and its trial, and one entry.

mod delete;
mod edit;
mod entry_form;
mod list;
mod newer;
mod try_question;
mod upload;

pub use edit::{EditEntryPage, NewEntryPage};
pub use list::KnowledgeListPage;

use crate::domain::{AgentId, KnowledgeId};

/// Where an agent's knowledge is.
pub fn knowledge_path(agent: &AgentId) -> String {
    format!("/agents/{agent}/knowledge")
}

/// Where one entry is.
pub fn entry_path(agent: &AgentId, entry: &KnowledgeId) -> String {
    format!("/agents/{agent}/knowledge/{entry}")
}
