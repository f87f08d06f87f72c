//! An agent's model as the Settings page and the dashboard show it. Plain data, shared by `desk` and the pages.

use crate::domain::{Agent, ConnectionTest, FieldError, ModelSettings, ModelText, OnFailure};
use serde::{Deserialize, Serialize};

/// The form of the Settings page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditModel {
    pub agent: Agent,
    pub settings: ModelSettings,
    /// 0: never saved.
    pub version: i64,
    pub saved_by: Option<String>,
    pub saved_at_ms: Option<i64>,
    /// When the stored key was saved; none: there is no key. The key itself is never shown again.
    pub key_saved_at_ms: Option<i64>,
    /// The last test of what is saved now.
    pub test: Option<ConnectionTest>,
    pub outage: Option<Outage>,
    /// What is wrong with what was sent, beside the fields, when the form comes back from a plain post.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What was typed into a form that came back from a plain post; nothing of it is stored.
    #[serde(default)]
    pub typed: Option<ModelText>,
    /// Somebody else saved meanwhile: theirs.
    #[serde(default)]
    pub newer: Option<NewerModel>,
}

/// What somebody else has saved meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewerModel {
    pub settings: ModelSettings,
    pub version: i64,
    pub saved_by: String,
    pub saved_at_ms: i64,
}

/// What became of saving.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SavedModel {
    Stored {
        version: i64,
    },
    /// Nothing was stored.
    Newer(Box<NewerModel>),
}

/// What happens to the stored key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyChange {
    #[default]
    Keep,
    Remove,
    /// The new one.
    Set(String),
}

/// A model that does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    pub agent_id: crate::domain::AgentId,
    pub agent_name: String,
    /// In a sentence.
    pub error: String,
    pub began_at_ms: i64,
    /// Who serves its customers meanwhile.
    pub on_failure: OnFailure,
}

/// What an agent's model did on one day (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageDay {
    /// Midnight, epoch milliseconds.
    pub day_ms: i64,
    pub calls: i64,
    /// Of these, how many gave no answer.
    pub failures: i64,
    pub tokens_read: i64,
    pub tokens_written: i64,
    /// In billionths of a dollar.
    pub cost: i64,
    /// The mean of the calls that answered; 0 without any.
    pub latency_ms: i64,
}

/// What an agent's model cost lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// One for each of the last 30 days, oldest first; the last is today.
    pub days: Vec<UsageDay>,
    /// The most tokens of a day; 0: no limit.
    pub tokens_per_day: i64,
    /// Prices are set, so that costs are known.
    pub has_prices: bool,
    /// The latency of the last 200 calls that answered a turn: the median, and what 95 of 100 stay under.
    pub latency_p50_ms: Option<i64>,
    pub latency_p95_ms: Option<i64>,
}
