//! How "When to Use" was read, and what would be done with a message, as the Edit page shows it. Plain data: `ai` fills it.

use crate::domain::{AnsweredFrom, GatheredValue, PriorityWithReason};
use serde::{Deserialize, Serialize};

/// What a piece of the text asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Hand off when this is met.
    Trigger,
    /// Hand off when the customer asks for a person.
    AsksPerson,
    /// Keywords and topics that always escalate.
    Always,
    /// The AI agent answers this itself.
    Exclusion,
    /// Try to help before handing off.
    TryFirst,
    /// How to word things.
    Guidance,
}

impl RuleKind {
    /// True for what leads to a handoff.
    pub fn is_condition(self) -> bool {
        matches!(self, RuleKind::Trigger | RuleKind::AsksPerson | RuleKind::Always)
    }
}

/// One rule of the text, in the admin's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRule {
    pub kind: RuleKind,
    pub text: String,
    /// The AI agent tries to help before this one hands off.
    pub tries_first: bool,
}

/// The whole text, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextReading {
    pub rules: Vec<ReadRule>,
}

/// What would be done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Would {
    HandOff,
    /// Help first, and hand off if that is not enough.
    TryFirst,
    /// The AI agent answers.
    Stay,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The customer asks for a person.
    AsksForPerson,
    /// The customer does not want one.
    RefusesPerson,
    /// A rule of the text.
    Rule,
    /// An example message that is nearly the same.
    Example,
    /// A greeting, thanks.
    SmallTalk,
    /// No rule speaks about it, and the agent's knowledge answers it.
    Knowledge,
    /// Nothing in the text speaks about it.
    NoRule,
}

/// What would be done with a message, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub would: Would,
    pub because: Because,
    /// The words of the rule or of the example.
    pub words: Option<String>,
}

impl Decision {
    /// A person would come, be it after an attempt to help.
    pub fn hands_off(&self) -> bool {
        self.would != Would::Stay
    }
}

/// How well one rule fits a message by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFit {
    pub kind: RuleKind,
    pub text: String,
    /// 0 to 100.
    pub percent: u8,
    /// Enough to count.
    pub is_met: bool,
}

/// Everything about one message that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    pub decision: Decision,
    /// The value that would be asked for before the handoff.
    pub asks_for: Option<String>,
    /// What the message itself tells.
    pub gathered: Vec<GatheredValue>,
    /// What the AI agent would quote.
    pub answer: Option<AnsweredFrom>,
    /// When priorities are assigned and it is handed off.
    pub priority: Option<PriorityWithReason>,
    /// The rules that fit at all, the best first.
    pub fits: Vec<RuleFit>,
}

/// A message that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub message: String,
    /// What would be done, or what is wrong with the message.
    pub answer: Result<Explained, String>,
}
