//! What is asked of a model and what comes back, whichever provider it is: the types between the prompt and the client.

use crate::domain::TokenUsage;
use serde_json::Value;
use std::time::Duration;

/// One question to a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The system prompt.
    pub system: String,
    /// The conversation, oldest first; begins with the customer and ends with what is to be answered.
    pub lines: Vec<Line>,
    pub manner: Manner,
    /// In hundredths.
    pub temperature: i64,
    /// The most tokens of the answer.
    pub tokens_max: i64,
}

/// One message of the conversation, as the model is told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub by: Speaks,
    pub text: String,
}

/// Whose message it is, to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// The customer, and what happened meanwhile.
    Customer,
    /// The AI agent itself.
    Agent,
}

/// How the model can say that it wants something done.
#[derive(Clone, Debug, PartialEq)]
pub enum Manner {
    /// Words only.
    Words,
    /// Words, or a call of this tool.
    Tool { name: String, description: String, schema: Value, must_call: bool },
    /// One JSON object of this schema, instead of words.
    Json { name: String, schema: Value },
}

/// A piece of an answer, as it comes.
#[derive(Clone, Debug, PartialEq)]
pub enum Delta {
    Text(String),
    /// The last piece.
    End(Ending),
}

/// How an answer ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ending {
    /// The tools that were called, whole.
    pub calls: Vec<Call>,
    pub tokens: TokenUsage,
    /// The most tokens were reached: the text is cut.
    pub is_cut: bool,
}

/// A tool that the model called. Nothing of it is checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub name: String,
    /// As the model wrote it; text that is no JSON stands as a JSON string.
    pub arguments: Value,
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    pub text: String,
    pub ending: Ending,
}

/// Why a model gave no answer that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("the model's server can't be reached: {0}")]
    Unreachable(String),
    #[error("the model did not answer in time")]
    TimedOut,
    /// 429; the server may say how long to wait.
    #[error("the model's server has too many requests")]
    RateLimited { retry_after: Option<Duration> },
    /// 5xx, and 4xx that are no fault of the question.
    #[error("the model's server failed with status {status}: {message}")]
    ServerFailed { status: u16, message: String },
    /// 401, 403.
    #[error("the model's server refused the key")]
    KeyRefused,
    /// 402, or 429 that no waiting mends.
    #[error("the account at the model's provider has no credit left")]
    NoCredit,
    /// 404, or an error that names the model.
    #[error("the server does not know the model")]
    UnknownModel,
    /// The question is longer than the model can read.
    #[error("the conversation is too long for the model")]
    TooLong,
    /// The provider's safety filter stopped the question or the answer.
    #[error("the provider refused the content")]
    ContentRefused,
    /// The server does not take tools or schemas as they were sent.
    #[error("the server takes no {0}")]
    NotSupported(&'static str),
    /// 400, 422 for another reason.
    #[error("the server refused the request: {0}")]
    Refused(String),
    /// What came is no answer of this wire.
    #[error("the answer can't be read: {0}")]
    Unreadable(String),
    /// The stream ended in the middle.
    #[error("the answer broke off")]
    BrokenOff,
    #[error("the model answered nothing")]
    Empty,
    /// It repeated itself, or did not end.
    #[error("the model repeated itself without end")]
    Endless,
}

impl Failure {
    /// A stable word for records and usage, such as `timed_out`.
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Unreachable(_) => "unreachable",
            Failure::TimedOut => "timed_out",
            Failure::RateLimited { .. } => "rate_limited",
            Failure::ServerFailed { .. } => "server_failed",
            Failure::KeyRefused => "key_refused",
            Failure::NoCredit => "no_credit",
            Failure::UnknownModel => "unknown_model",
            Failure::TooLong => "too_long",
            Failure::ContentRefused => "content_refused",
            Failure::NotSupported(_) => "not_supported",
            Failure::Refused(_) => "refused",
            Failure::Unreadable(_) => "unreadable",
            Failure::BrokenOff => "broken_off",
            Failure::Empty => "empty",
            Failure::Endless => "endless",
        }
    }
}
