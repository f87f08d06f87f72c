//! Actions as the Actions page and the Edit page show them. Plain data, shared by `desk` and the pages.

use super::reading::{TextReading, Tried};
use crate::domain::{Agent, FieldError, HandoffSettings};
use serde::{Deserialize, Serialize};

/// One action on the Actions page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCard {
    pub name: String,
    pub purpose: String,
    pub is_enabled: bool,
    /// How often it ran in the last 30 days.
    pub runs_30_days: i64,
    pub last_run_at_ms: Option<i64>,
    /// Where Edit Action leads.
    pub edit_path: String,
}

/// The Edit page's data. After a plain form post that failed, `settings` and `errors` hold what was typed and
/// what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditHandoff {
    pub agent: Agent,
    pub settings: HandoffSettings,
    /// The version the settings were loaded at; saving compares it.
    pub version: i64,
    pub saved_by: Option<String>,
    pub saved_at_ms: Option<i64>,
    /// How "When to Use" in `settings` is read.
    pub reading: TextReading,
    /// The message that a plain form post tried.
    pub tried: Option<Box<Tried>>,
    pub errors: Vec<FieldError>,
    /// Somebody else's newer edit, when a plain form post met one.
    pub conflict: Option<Box<Newer>>,
}

/// How a save ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saved {
    /// Stored as this version.
    Version(i64),
    /// Not stored: somebody saved in the meantime. Save again with their version to overwrite it knowingly.
    Conflict(Newer),
}

/// A newer edit by somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newer {
    pub version: i64,
    pub settings: HandoffSettings,
    pub by: String,
    pub at_ms: i64,
    /// What they changed, in words.
    pub change: String,
}

/// One save in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub version: i64,
    pub by: String,
    pub at_ms: i64,
    /// What changed, in words.
    pub change: String,
    pub settings: HandoffSettings,
}
