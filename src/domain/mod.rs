//! The nouns of the product: plain data and the rules that need nothing but the data itself. No IO, no
//! clock, no SQL. Both builds see them.

pub mod action;
pub mod agent;
pub mod conversation;
pub mod decision;
pub mod entry;
pub mod handoff;
pub mod ids;
pub mod knowledge;
pub mod model;
pub mod model_text;
pub mod problem;
pub mod teammate;

pub use action::{Example, FieldKind, GatherField, HandoffSettings, OutsideHours, PriorityWithReason};
pub use agent::Agent;
pub use conversation::{Conversation, Gathering, Lifecycle, Owner, Priority, ResolvedBy, Turn};
pub use decision::{AnsweredFrom, DecisionRecord, Outcome};
pub use entry::{Author, Content, Entry, Line, NewEntry};
pub use handoff::{
    GatheredValue, Handoff, HandoffEnd, HandoffKind, HandoffReason, Missing, MissingBecause, NewHandoff, Point,
    Summary, ValueSource, Verdict,
};
pub use ids::{
    ActionId, AgentId, ConversationId, CustomerId, EntryId, HandoffId, JobId, KnowledgeId, NotificationId, TeammateId,
    TurnId,
};
pub use knowledge::{KnowledgeEntry, KnowledgeText, Passage};
pub use model::{ConnectionTest, ModelCall, ModelSettings, OnFailure, Provider, Purpose, TokenUsage};
pub use model_text::ModelText;
pub use problem::Problem;
pub use teammate::{Role, Teammate};

use serde::{Deserialize, Serialize};

/// What is wrong with one field of a form or request, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name; rows as `gather.0.name`.
    pub field: String,
    /// One sentence that says what to do.
    pub message: String,
}

impl FieldError {
    /// An error beside `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}
