//! Why an event does not apply. A refusal changes nothing.

use crate::domain::TeammateId;
use serde::{Deserialize, Serialize};

/// The engine's "no", with what the caller needs to say why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refused", rename_all = "snake_case")]
pub enum Refused {
    /// The turn is over, void or began under an earlier epoch: its words don't count.
    #[error("this turn no longer counts")]
    StaleTurn,
    /// Somebody else got there first.
    #[error("{by} owns this conversation")]
    AlreadyOwned { by: TeammateId },
    /// The owner changed since the teammate looked.
    #[error("the owner has changed")]
    OwnerChanged,
    /// The conversation is resolved.
    #[error("the conversation is resolved")]
    Resolved,
    /// It was resolved too long ago to go on: the customer's message starts a new conversation.
    #[error("the conversation has ended")]
    Ended,
    /// The event does not apply in this state.
    #[error("this does not apply now")]
    NotNow,
    /// The Human Handoff action is disabled.
    #[error("the Human Handoff action is disabled")]
    ActionDisabled,
    /// Required values are missing without a recorded reason.
    #[error("required information is missing")]
    InformationMissing { names: Vec<String> },
    /// The question limit is reached.
    #[error("no more questions may be asked")]
    QuestionLimit,
    /// The AI agent can't answer.
    #[error("the AI agent can't answer")]
    AiUnavailable,
    /// A timer or time that lies in the past or no longer applies.
    #[error("the time has passed")]
    TooLate,
}
