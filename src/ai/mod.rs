//! Deciding what to say or do in one turn. One trait, several engines: `builtin` needs no key and no network.
//! An engine only proposes: the pure engine in `handoff` and the database dispose. It touches no store.

pub mod builtin;
pub mod knowledge;
pub mod meaning;

use crate::domain::{
    DecisionRecord, GatheredValue, Gathering, Handoff, HandoffReason, HandoffSettings, Missing, PriorityWithReason,
    Summary,
};
use crate::wire::reading::{Decision, Explained, TextReading};

/// Everything a turn may know. Loaded by `desk` before the engine is asked; no transaction is open meanwhile.
#[derive(Clone, Debug)]
pub struct Brief {
    pub agent_name: String,
    /// The live Human Handoff action.
    pub action: HandoffSettings,
    /// The conversation so far, oldest first, without notes and event lines; bounded by `desk`.
    pub said: Vec<Said>,
    /// What earlier turns found out.
    pub gathering: Gathering,
    /// The customer's saved details and the page's identity: (name, value), such as `("email", "…")`.
    pub details: Vec<GatheredValue>,
    /// How many AI messages since the AI last became the owner.
    pub ai_turns: i64,
    /// The customer's browser language, such as `en-GB`; empty when unknown.
    pub locale: String,
    /// What the agent's knowledge says about the customer's last words, best first; found by `desk`.
    pub knowledge: Vec<knowledge::Found>,
}

/// One message of the conversation.
#[derive(Clone, Debug)]
pub struct Said {
    pub seq: i64,
    pub by: Speaker,
    pub body: String,
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    Ai,
    Teammate,
    System,
}

/// What an engine wants to do. `handoff::step` checks it.
#[derive(Clone, Debug, PartialEq)]
pub enum Proposal {
    /// Answer.
    Reply { body: String, gathered: Vec<GatheredValue> },
    /// Ask for one value that the handoff needs.
    AskFor { name: String, body: String, wanted: HandoffReason, gathered: Vec<GatheredValue>, refused: Vec<String> },
    /// Hand off now.
    HandOff {
        reason: HandoffReason,
        gathered: Vec<GatheredValue>,
        missing: Vec<Missing>,
        priority: Option<PriorityWithReason>,
    },
}

/// A proposal with the record of how it came about.
#[derive(Clone, Debug)]
pub struct Decided {
    pub proposal: Proposal,
    pub record: DecisionRecord,
    /// A handoff is wanted: now, once the rest is gathered, or when a first try did not help.
    pub is_wanted: bool,
    /// How much speaks for a handoff, 0 to 1: 1 for a request in words or a keyword.
    pub belief: f32,
}

impl Decided {
    /// A proposal by itself: what it does is all that is believed.
    pub fn new(proposal: Proposal, record: DecisionRecord) -> Self {
        let is_wanted = !matches!(proposal, Proposal::Reply { .. });
        Self { proposal, record, is_wanted, belief: if is_wanted { 1.0 } else { 0.0 } }
    }
}

/// Why an engine has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the engine did not answer in time")]
    TimedOut,
    #[error("the engine failed: {0}")]
    Failed(String),
}

/// An engine that decides turns and writes summaries.
#[async_trait::async_trait]
pub trait Engine: Send + Sync {
    /// The name kept in decision records, such as `built-in 1`.
    fn name(&self) -> &str;

    /// Decides one turn.
    ///
    /// # Errors
    /// [`Error`] when there is no answer; the caller retries, then hands off or apologises.
    async fn decide(&self, brief: &Brief) -> Result<Decided, Error>;

    /// Gets ready to decide under this text, so that no customer waits for it.
    async fn prepare(&self, _when_to_use: &str) {}

    /// Writes the summary of a handoff from the facts of the conversation.
    ///
    /// # Errors
    /// As for [`Engine::decide`]; a handoff never waits for its summary.
    async fn summarize(&self, brief: &Brief, handoff: &Handoff) -> Result<Summary, Error>;

    /// Reads the text of "When to Use". Quick: the Edit page asks as somebody types.
    fn read(&self, when_to_use: &str) -> TextReading;

    /// What would be done with this as a customer's first message under these settings, were they enabled, and why.
    ///
    /// # Errors
    /// As for [`Engine::decide`].
    async fn explain(&self, settings: &HandoffSettings, message: &str) -> Result<Explained, Error>;

    /// What would be done with each example message by the text and the other examples, in their order.
    ///
    /// # Errors
    /// As for [`Engine::decide`].
    async fn check_examples(&self, settings: &HandoffSettings) -> Result<Vec<Decision>, Error>;
}
