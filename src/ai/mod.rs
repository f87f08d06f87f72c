//! Deciding what to say or do in one turn. One trait, several engines: `builtin` needs no key and no network.
//! An engine only proposes: the pure engine in `handoff` and the database dispose. It touches no store.

pub mod builtin;
pub mod knowledge;
pub mod meaning;
pub mod model;

use crate::domain::{
    ConnectionTest, DecisionRecord, GatheredValue, Gathering, Handoff, HandoffReason, HandoffSettings, Missing,
    ModelCall, ModelSettings, Outcome, PriorityWithReason, Summary,
};
use crate::handoff::Facts;
use crate::wire::reading::{Decision, Explained, TextReading};

/// Everything a turn may know. Loaded by `desk` before the engine is asked; no transaction is open meanwhile.
#[derive(Clone, Debug, Default)]
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
    /// What is true of the team; none where no customer is answered.
    pub facts: Option<Facts>,
    /// The model that the admin has connected; none: the built-in engine alone.
    pub model: Option<Model>,
}

/// The model of an agent, as a turn may use it.
#[derive(Clone, Debug)]
pub struct Model {
    pub settings: ModelSettings,
    pub key: Option<Secret>,
    /// What the last test of these settings found out; none: it was not tested.
    pub tested: Option<ConnectionTest>,
    /// Why it must not be asked now, such as a budget that is used up.
    pub barred: Option<String>,
}

/// A text that is never shown or logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
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
        /// What the AI says before the sentence that tells of the handoff; empty: nothing.
        words: String,
    },
    /// There is no answer: a person is asked for, or the AI apologises.
    GiveUp { error: String },
}

impl Proposal {
    /// The values that it carries.
    pub fn gathered(&self) -> &[GatheredValue] {
        match self {
            Proposal::Reply { gathered, .. }
            | Proposal::AskFor { gathered, .. }
            | Proposal::HandOff { gathered, .. } => gathered,
            Proposal::GiveUp { .. } => &[],
        }
    }

    /// What the turn ends in when it is accepted.
    pub fn outcome(&self) -> Outcome {
        match self {
            Proposal::Reply { .. } => Outcome::Replied,
            Proposal::AskFor { .. } => Outcome::AskedFor,
            Proposal::HandOff { .. } => Outcome::HandedOff,
            Proposal::GiveUp { .. } => Outcome::Failed,
        }
    }
}

/// What the rules leave to a model, where there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leeway {
    /// The rules have decided: no model is waited for.
    None,
    /// It may answer, not hand off: the action is off or excludes this, or the customer wants no person.
    AnswerOnly,
    /// It may answer, ask or hand off.
    #[default]
    Full,
}

/// How the connected model is, where a turn found it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// The circuit is open: it is not asked for a while.
    Unavailable { error: String },
    /// It answers again.
    Available,
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
    pub leeway: Leeway,
    /// Every call of a model that was made.
    pub calls: Vec<ModelCall>,
    /// What became known of the model.
    pub health: Option<Health>,
}

impl Decided {
    /// A proposal by itself: what it does is all that is believed.
    pub fn new(proposal: Proposal, record: DecisionRecord) -> Self {
        let is_wanted = !matches!(proposal, Proposal::Reply { .. });
        Self {
            proposal,
            record,
            is_wanted,
            belief: if is_wanted { 1.0 } else { 0.0 },
            leeway: Leeway::Full,
            calls: Vec::new(),
            health: None,
        }
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

/// Where a turn's words are shown while they are written.
#[async_trait::async_trait]
pub trait Voice: Send + Sync {
    /// Shows all that is written so far. What was shown stays: later calls only add to it.
    ///
    /// # Errors
    /// [`Silenced`]: the turn no longer counts, so nobody needs the rest.
    async fn say(&self, so_far: &str) -> Result<(), Silenced>;
}

/// The turn no longer counts: somebody else answers the customer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the turn no longer counts")]
pub struct Silenced;

/// A voice that nobody hears.
pub struct Unheard;

#[async_trait::async_trait]
impl Voice for Unheard {
    async fn say(&self, _so_far: &str) -> Result<(), Silenced> {
        Ok(())
    }
}

/// A summary, and what it cost.
#[derive(Clone, Debug)]
pub struct Summarized {
    pub summary: Summary,
    pub calls: Vec<ModelCall>,
    pub health: Option<Health>,
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

    /// As [`Engine::decide`], and shows an answer while it is written, where it takes long. What was shown is the
    /// beginning of what is proposed.
    ///
    /// # Errors
    /// As for [`Engine::decide`].
    async fn decide_aloud(&self, brief: &Brief, _voice: &dyn Voice) -> Result<Decided, Error> {
        self.decide(brief).await
    }

    /// Gets ready to decide under this text, so that no customer waits for it.
    async fn prepare(&self, _when_to_use: &str) {}

    /// Writes the summary of a handoff from the facts of the conversation.
    ///
    /// # Errors
    /// As for [`Engine::decide`]; a handoff never waits for its summary.
    async fn summarize(&self, brief: &Brief, handoff: &Handoff) -> Result<Summary, Error>;

    /// As [`Engine::summarize`], by the connected model where there is one and it answers in time.
    ///
    /// # Errors
    /// As for [`Engine::summarize`].
    async fn summarize_well(&self, brief: &Brief, handoff: &Handoff) -> Result<Summarized, Error> {
        let summary = self.summarize(brief, handoff).await?;
        Ok(Summarized { summary, calls: Vec::new(), health: None })
    }

    /// Asks a model a few things to see what works.
    async fn test_connection(&self, _model: &Model) -> (ConnectionTest, Vec<ModelCall>) {
        let error = Some("This engine asks no model.".to_owned());
        (ConnectionTest { error, ..ConnectionTest::default() }, Vec::new())
    }

    /// Asks a model that did not answer whether it does again. `None`: it is not time to ask.
    async fn probe(&self, _model: &Model) -> Option<Health> {
        None
    }

    /// Reads the text of "When to Use". Quick: the Edit page asks as somebody types.
    fn read(&self, when_to_use: &str) -> TextReading;

    /// What would be done with this as a customer's first message under these settings, were they enabled, and why;
    /// `knowledge` is what the agent's knowledge says about it, best first.
    ///
    /// # Errors
    /// As for [`Engine::decide`].
    async fn explain(
        &self,
        settings: &HandoffSettings,
        message: &str,
        knowledge: &[knowledge::Found],
    ) -> Result<Explained, Error>;

    /// What would be done with each example message by the text and the other examples, in their order.
    ///
    /// # Errors
    /// As for [`Engine::decide`].
    async fn check_examples(&self, settings: &HandoffSettings) -> Result<Vec<Decision>, Error>;
}
