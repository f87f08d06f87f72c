//! The engine with a model beside the built-in one: explicit requests and hard rules are decided without it, everything
//! else by asking it first. Whatever happens to the model, the turn ends in time with a proposal.

use super::asks::{Answers, Asks};
use super::breaker::Breakers;
use super::client::{Answering, Client};
use super::prompt::Way;
use super::summary;
use super::test_connection;
use super::turn::{Turn, call, health};
use super::wire::{Ask, Delta, Failure, Heard, Line, Manner, Speaks};
use crate::ai::builtin::Builtin;
use crate::ai::knowledge::Found;
use crate::ai::{Brief, Decided, Engine, Error, Health, Leeway, Model, Proposal, Summarized, Voice};
use crate::domain::{
    ConnectionTest, DecisionRecord, Handoff, HandoffSettings, ModelCall, OnFailure, Outcome, Provider, Purpose,
    Summary, TokenUsage,
};
use crate::wire::reading::{Decision, Explained, TextReading};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// For so many models it is remembered how they can be asked.
const WAYS_MAX: usize = 256;

/// How long a model may take in all, retries included.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// One turn: with the queue and the store it stays within the 20 s in which a customer is answered (I8).
    pub turn: Duration,
    pub summary: Duration,
    pub probe: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { turn: Duration::from_secs(12), summary: Duration::from_secs(10), probe: Duration::from_secs(10) }
    }
}

/// The built-in engine, with the agents' models.
pub struct ModelEngine {
    builtin: Builtin,
    /// `None` where somebody else is asked in its place.
    client: Option<Arc<Client>>,
    pub(super) asks: Arc<dyn Asks>,
    pub(super) breakers: Breakers,
    pub(super) bounds: Bounds,
    /// How models turned out to be asked, by the subject of a test.
    ways: Mutex<HashMap<String, Way>>,
}

impl ModelEngine {
    /// An engine that asks by this client.
    pub fn new(builtin: Builtin, client: Client) -> Self {
        let client = Arc::new(client);
        Self { client: Some(client.clone()), ..Self::with(builtin, client, Bounds::default()) }
    }

    /// An engine that asks somebody else.
    pub fn with(builtin: Builtin, asks: Arc<dyn Asks>, bounds: Bounds) -> Self {
        Self { builtin, client: None, asks, breakers: Breakers::default(), bounds, ways: Mutex::default() }
    }

    /// How this model is asked: as it turned out, as a test found, or with the tool.
    pub(super) fn way(&self, model: &Model) -> Way {
        let subject = ConnectionTest::subject_of(&model.settings);
        let known = self.ways.lock().unwrap_or_else(PoisonError::into_inner).get(&subject).copied();
        let tested = || model.tested.as_ref().filter(|test| test.subject == subject && test.answers);
        known.or_else(|| tested().map(way_of)).unwrap_or(Way::Tool)
    }

    /// The next plainer way, remembered.
    pub(super) fn step_down(&self, model: &Model, way: Way) -> Option<Way> {
        let plainer = match way {
            Way::Tool => Way::Json,
            Way::Json => Way::Words,
            Way::Words => return None,
        };
        let mut known = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= WAYS_MAX {
            known.clear();
        }
        known.insert(ConnectionTest::subject_of(&model.settings), plainer);
        Some(plainer)
    }

    /// Asks for a whole answer, past no open circuit.
    pub(super) async fn hear(&self, model: &Model, ask: &Ask, deadline: Instant, purpose: Purpose) -> Option<Asked> {
        let pass = self.breakers.admit(model, std::time::Instant::now()).ok()?;
        let began = Instant::now();
        let heard = timeout_at(deadline, hear(self.asks.as_ref(), model, ask, deadline)).await;
        let heard = heard.unwrap_or(Err(Failure::TimedOut));
        let tokens = heard.as_ref().map_or(TokenUsage::default(), |heard| heard.ending.tokens);
        let call = call(purpose, model, tokens, began, heard.as_ref().err());
        let health = match &heard {
            Ok(_) => health(pass.succeeded(), ""),
            Err(failure) => health(pass.failed(failure, std::time::Instant::now()), &failure.to_string()),
        };
        Some(Asked { heard, call, health })
    }
}

/// One question asked, and what it cost.
pub(super) struct Asked {
    pub heard: Result<Heard, Failure>,
    pub call: ModelCall,
    pub health: Option<Health>,
}

async fn hear(asks: &dyn Asks, model: &Model, ask: &Ask, deadline: Instant) -> Result<Heard, Failure> {
    /// The longest answer that is kept whole, in bytes, and in pieces.
    const BYTES_MAX: usize = 100_000;
    const PIECES_MAX: usize = 50_000;
    let mut answers = asks.ask(model, ask, deadline).await?;
    let mut text = String::new();
    for _ in 0..PIECES_MAX {
        match answers.next().await? {
            Some(Delta::Text(piece)) => text.push_str(&piece),
            Some(Delta::End(ending)) => return Ok(Heard { text, ending }),
            None => return Err(Failure::BrokenOff),
        }
        if text.len() > BYTES_MAX {
            return Err(Failure::Endless);
        }
    }
    Err(Failure::Endless)
}

fn way_of(test: &ConnectionTest) -> Way {
    match (test.tools, test.structured) {
        (true, _) => Way::Tool,
        (false, true) => Way::Json,
        (false, false) => Way::Words,
    }
}

/// The model's name in records, such as `openai gpt-4.1-mini`.
pub(super) fn note_of(model: &Model) -> String {
    format!("{} {}", model.settings.provider.as_str(), model.settings.model.trim())
}

/// The turn when the model has no answer: the rules' own proposal, or a person, as the admin chose.
pub(super) fn out_of_model(brief: &Brief, ruled: Decided, model: &Model, why: &str) -> Decided {
    let name = note_of(model);
    let is_human = model.settings.on_failure == OnFailure::Human
        && ruled.leeway == Leeway::Full
        && brief.action.enabled
        && !matches!(ruled.proposal, Proposal::HandOff { .. });
    let mut decided = if is_human {
        let error = format!("{name} did not answer: {why}");
        let record = DecisionRecord {
            matched: ruled.record.matched.clone(),
            ..DecisionRecord::new(Outcome::Failed, ruled.record.model.clone())
        };
        let decided = Decided::new(Proposal::GiveUp { error }, record);
        Decided { leeway: ruled.leeway, ..decided }
    } else {
        ruled
    };
    let who = if is_human { "A person was asked for" } else { "The built-in engine decided" };
    decided.record.fallbacks.push(format!("{name} did not answer: {why}. {who}."));
    decided
}

#[async_trait::async_trait]
impl Engine for ModelEngine {
    fn name(&self) -> &str {
        self.builtin.name()
    }

    async fn decide(&self, brief: &Brief) -> Result<Decided, Error> {
        self.builtin.decide(brief).await
    }

    async fn decide_aloud(&self, brief: &Brief, voice: &dyn Voice) -> Result<Decided, Error> {
        let began = Instant::now();
        let mut ruled = self.builtin.decide(brief).await?;
        let connected = brief.model.as_ref().filter(|model| model.settings.provider != Provider::BuiltIn);
        let Some(model) = connected.filter(|_| ruled.leeway != Leeway::None) else { return Ok(ruled) };
        if let Some(why) = &model.barred {
            // A limit stops the model, never the customer.
            ruled.record.fallbacks.push(format!("{} was not asked: {why}", note_of(model)));
            return Ok(ruled);
        }
        Ok(Turn::new(self, brief, model, voice, ruled, began).run().await)
    }

    async fn prepare(&self, when_to_use: &str) {
        self.builtin.prepare(when_to_use).await;
    }

    async fn summarize(&self, brief: &Brief, handoff: &Handoff) -> Result<Summary, Error> {
        self.builtin.summarize(brief, handoff).await
    }

    async fn summarize_well(&self, brief: &Brief, handoff: &Handoff) -> Result<Summarized, Error> {
        let plain = self.builtin.summarize(brief, handoff).await?;
        Ok(summary::summarize(self, brief, handoff, plain).await)
    }

    async fn test_connection(&self, model: &Model) -> (ConnectionTest, Vec<ModelCall>) {
        let Some(client) = &self.client else {
            let error = Some("There is nobody to test.".to_owned());
            return (ConnectionTest { error, ..ConnectionTest::default() }, Vec::new());
        };
        let (test, calls) = test_connection::test(client, model).await;
        // What was learned by failing is learned anew.
        self.ways.lock().unwrap_or_else(PoisonError::into_inner).remove(&test.subject);
        (test, calls)
    }

    async fn probe(&self, model: &Model) -> Option<Health> {
        let ask = Ask {
            system: "You are checked for being there.".into(),
            lines: vec![Line { by: Speaks::Customer, text: "Answer with the one word OK.".into() }],
            manner: Manner::Words,
            temperature: 0,
            tokens_max: 16,
        };
        let asked = self.hear(model, &ask, Instant::now() + self.bounds.probe, Purpose::Test).await?;
        Some(match asked.heard {
            // A model that thinks may spend the few tokens on thoughts: it is there.
            Ok(_) | Err(Failure::Empty) => Health::Available,
            Err(failure) => Health::Unavailable { error: failure.to_string() },
        })
    }

    fn read(&self, when_to_use: &str) -> TextReading {
        self.builtin.read(when_to_use)
    }

    async fn explain(
        &self,
        settings: &HandoffSettings,
        message: &str,
        knowledge: &[Found],
    ) -> Result<Explained, Error> {
        self.builtin.explain(settings, message, knowledge).await
    }

    async fn check_examples(&self, settings: &HandoffSettings) -> Result<Vec<Decision>, Error> {
        self.builtin.check_examples(settings).await
    }
}

#[async_trait::async_trait]
impl Asks for Client {
    async fn ask(&self, model: &Model, ask: &Ask, deadline: Instant) -> Result<Box<dyn Answers>, Failure> {
        Ok(Box::new(Client::ask(self, model, ask, deadline).await?))
    }
}

#[async_trait::async_trait]
impl Answers for Answering {
    async fn next(&mut self) -> Result<Option<Delta>, Failure> {
        Answering::next(self).await
    }
}
