//! A conversation as its customer sees it in the widget: never a note, an event line or another's details.

use crate::domain::{ConversationId, EntryId, Lifecycle};
use serde::{Deserialize, Serialize};

/// The answer to opening the widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetSession {
    /// The customer's secret: kept by the widget, sent as `Authorization: Bearer`.
    pub token: String,
    pub agent: WidgetAgent,
    pub greeting: String,
    /// "Talk to a person" is offered.
    pub person_button: bool,
    pub availability: WidgetAvailability,
    pub conversation: Option<CustomerConversation>,
}

/// Who answers at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetAgent {
    pub name: String,
}

/// What is true of the team now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetAvailability {
    pub team_online: bool,
    /// One sentence in the customer's language.
    pub text: String,
}

/// A conversation with the customer's entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerConversation {
    pub id: ConversationId,
    #[serde(flatten)]
    pub state: CustomerState,
    pub entries: Vec<CustomerEntry>,
    pub last_seq: i64,
}

/// What changes without a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerState {
    pub owner: WidgetOwner,
    pub lifecycle: Lifecycle,
    /// The AI is composing an answer.
    pub thinking: bool,
    /// What it has written of it so far.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub writing: String,
}

/// Who answers: `kind` is `ai`, `queue`, `teammate` or `none`; `name` the agent's or the teammate's first name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetOwner {
    pub kind: String,
    pub name: String,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerEntry {
    pub id: EntryId,
    pub seq: i64,
    pub author: WidgetOwner,
    pub body: String,
    pub client_id: Option<String>,
    pub created_at_ms: i64,
}
