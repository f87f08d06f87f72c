//! An agent's knowledge as its pages show it. Plain data, shared by `desk` and the pages.

use crate::domain::{Agent, FieldError, KnowledgeId, KnowledgeText};
use serde::{Deserialize, Serialize};

/// The Knowledge page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnowledgePage {
    pub agent: Agent,
    /// By title.
    pub entries: Vec<EntryRow>,
    /// What became of the files, right after a plain form sent them.
    pub uploaded: Vec<FileResult>,
}

/// One entry in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    pub id: KnowledgeId,
    pub title: String,
    /// How long its body is, in characters.
    pub chars: i64,
    pub updated_at_ms: i64,
    pub updated_by: String,
}

/// One entry to be read or edited, or a new one. After a plain form post that failed, `text` and the rest hold what was typed
/// and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditEntry {
    pub agent: Agent,
    /// `None`: a new one.
    pub id: Option<KnowledgeId>,
    pub text: KnowledgeText,
    /// The version the text was loaded at; saving compares it. 0 for a new one.
    pub version: i64,
    pub saved_by: Option<String>,
    pub saved_at_ms: Option<i64>,
    pub errors: Vec<FieldError>,
    /// Somebody else's newer text, when a plain form post met one.
    pub newer: Option<NewerEntry>,
}

/// How a save ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedEntry {
    /// Stored, at this version.
    Stored { id: KnowledgeId, version: i64 },
    /// Not stored: somebody saved in the meantime. Save again with their version to overwrite it knowingly.
    Conflict(NewerEntry),
}

/// A newer text by somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewerEntry {
    pub version: i64,
    pub text: KnowledgeText,
    pub by: String,
    pub at_ms: i64,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileResult {
    /// The file's name.
    pub name: String,
    /// The entry that it became, with its title.
    pub entry: Option<(KnowledgeId, String)>,
    /// Why it became none, and what to do.
    pub error: Option<String>,
}

/// A passage that a question finds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    pub entry_id: KnowledgeId,
    pub title: String,
    /// The headings above it; may be empty.
    pub heading: String,
    pub text: String,
    /// What a customer would read of it.
    pub quote: String,
    /// From 0 to 100.
    pub score: u8,
    /// It fits well enough to be quoted.
    pub answers: bool,
}
