//! The built-in engine: decides turns with rules, words and sentence vectors. No key, no network, no clock but a
//! stopwatch; everything below this file is pure and bounded. The order of a decision is in `turn`.

pub mod language;
pub mod reading;

mod answers;
mod asking;
mod calendar;
mod claims;
mod clock;
mod commitment;
mod consent;
mod cue_words;
mod evidence;
mod examples;
mod exclusions;
mod explain;
mod extract;
mod frame_words;
mod frames;
mod gather;
mod headline;
mod heard;
pub(in crate::ai) mod lexicon;
mod marks;
mod matching;
mod names;
mod offers;
pub(in crate::ai) mod phrases;
mod phrasing;
mod priority;
mod priority_words;
mod question_forms;
pub(in crate::ai) mod questions;
pub(in crate::ai) mod request;
mod request_languages;
mod request_words;
mod role_words;
mod roles;
pub(in crate::ai) mod scan;
mod shapes;
mod smalltalk;
mod span_words;
mod spans;
pub(in crate::ai) mod spoken;
mod summary;
mod things;
mod toward;
mod turn;
pub(in crate::ai) mod validity;
pub(in crate::ai) mod words;

use super::knowledge::Found;
use super::meaning::Encoder;
use super::{Brief, Decided, Engine, Error, Proposal, Speaker};
pub(in crate::ai) use toward::{asks_only_for, language_of, toward};

use crate::domain::{DecisionRecord, GatherField, Handoff, HandoffSettings, PriorityWithReason, Summary};
use crate::wire::reading::{Decision, Explained, RuleKind, TextReading};
use evidence::Subject;
use matching::{Conditions, Judge};
use phrases::Phrase;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The names kept in decision records; their number grows when decisions change.
const NAME: &str = "built-in 2";
const NAME_BY_WORDS: &str = "built-in 2, by words";
/// How many texts of "When to Use" are kept as they were read, with their vectors.
const CONDITIONS_MAX: usize = 256;

/// The engine that is always there. Clones share what they hold.
#[derive(Clone)]
pub struct Builtin {
    encoder: Encoder,
    /// What was read, by the admin's text.
    read: Arc<Mutex<HashMap<String, Arc<Conditions>>>>,
}

impl Builtin {
    /// An engine with this encoder.
    pub fn new(encoder: Encoder) -> Self {
        Self { encoder, read: Arc::default() }
    }

    /// An engine that compares words alone.
    pub fn by_words() -> Self {
        Self::new(Encoder::none())
    }

    /// Decides one turn on this thread: about 15 ms, more when the text is new.
    pub fn decide_now(&self, brief: &Brief) -> Decided {
        let started = Instant::now();
        let conditions = self.conditions(&brief.action.when_to_use);
        let meaning = self.encoder.get();
        let turn = turn::decide(brief, &Judge::new(&conditions, meaning));
        let priority = match &turn.proposal {
            Proposal::HandOff { priority, .. } => priority.clone(),
            _ => None,
        };
        let model = if meaning.is_some() { NAME } else { NAME_BY_WORDS };
        let record = DecisionRecord {
            matched: turn.matched,
            gathered: turn.proposal.gathered().to_vec(),
            priority,
            latency_ms: i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX),
            answered_from: turn.answered_from,
            ..DecisionRecord::new(turn.proposal.outcome(), model)
        };
        Decided {
            is_wanted: turn.is_wanted,
            belief: turn.belief,
            leeway: turn.leeway,
            ..Decided::new(turn.proposal, record)
        }
    }

    /// The text, read; from memory when it was read before.
    fn conditions(&self, when_to_use: &str) -> Arc<Conditions> {
        let known = self.lock().get(when_to_use).cloned();
        known.unwrap_or_else(|| {
            let fresh = Arc::new(Conditions::read(when_to_use, self.encoder.get()));
            let mut read = self.lock();
            if read.len() >= CONDITIONS_MAX {
                read.clear();
            }
            read.insert(when_to_use.to_owned(), fresh.clone());
            fresh
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Conditions>>> {
        // A poisoned lock holds whole entries: each is inserted at once.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Engine for Builtin {
    fn name(&self) -> &str {
        NAME
    }

    async fn decide(&self, brief: &Brief) -> Result<Decided, Error> {
        let (engine, brief) = (self.clone(), brief.clone());
        aside(move || engine.decide_now(&brief)).await
    }

    async fn prepare(&self, when_to_use: &str) {
        let (engine, text) = (self.clone(), when_to_use.to_owned());
        let read = aside(move || drop(engine.conditions(&text))).await;
        if let Err(error) = read {
            tracing::warn!(%error, "a text is read when it is first needed");
        }
    }

    async fn summarize(&self, brief: &Brief, handoff: &Handoff) -> Result<Summary, Error> {
        Ok(summary::write(brief, handoff))
    }

    fn read(&self, when_to_use: &str) -> TextReading {
        explain::read(when_to_use)
    }

    async fn explain(
        &self,
        settings: &HandoffSettings,
        message: &str,
        knowledge: &[Found],
    ) -> Result<Explained, Error> {
        let engine = self.clone();
        let (settings, message, knowledge) = (settings.clone(), message.to_owned(), knowledge.to_vec());
        aside(move || {
            let conditions = engine.conditions(&settings.when_to_use);
            explain::explain(&settings, &message, knowledge, &conditions, engine.encoder.get())
        })
        .await
    }

    async fn check_examples(&self, settings: &HandoffSettings) -> Result<Vec<Decision>, Error> {
        let (engine, settings) = (self.clone(), settings.clone());
        aside(move || {
            let conditions = engine.conditions(&settings.when_to_use);
            explain::check_examples(&settings, &conditions, engine.encoder.get())
        })
        .await
    }
}

/// Thinks on a thread where nobody else waits.
async fn aside<T: Send + 'static>(think: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(think).await.map_err(|error| Error::Failed(error.to_string()))
}

/// What the encoder is tuned on: the pieces of a text that get a vector, and what words say about a message.
#[derive(Debug, Serialize)]
pub struct Pieces {
    /// Of conditions and of what always escalates.
    pub conditions: Vec<String>,
    pub exclusions: Vec<String>,
    /// The share of the nearest condition's words that the message has.
    pub words: f32,
    /// A word is there that sets an exclusion apart.
    pub is_apart: bool,
}

/// The pieces of a text, held against a message.
pub fn pieces(when_to_use: &str, message: &str) -> Pieces {
    let reading = reading::read(when_to_use);
    let of = |kinds: &[RuleKind]| {
        let rules = reading.rules.iter().filter(|rule| kinds.contains(&rule.kind));
        rules.flat_map(|rule| matching::texts(rule)).map(str::to_owned).collect()
    };
    let (words, is_apart) = matching::word_evidence(&reading, &Subject::of(message));
    Pieces {
        conditions: of(&[RuleKind::Trigger, RuleKind::Always]),
        exclusions: of(&[RuleKind::Exclusion]),
        words,
        is_apart,
    }
}

/// The honest offer of a person, in the customer's language: for an answer that broke off.
pub fn offer(brief: &Brief) -> String {
    let said: Vec<&str> =
        brief.said.iter().filter(|said| said.by == Speaker::Customer).map(|said| said.body.as_str()).collect();
    let phrase = if brief.action.enabled { Phrase::Offer } else { Phrase::NoAnswer };
    phrases::say(phrase, language::detect(&said.join("\n"), &brief.locale)).to_owned()
}

/// The priority that a handoff of this conversation would carry now; none where the action assigns none.
pub fn priority(brief: &Brief) -> Option<PriorityWithReason> {
    let said = brief.said.iter().filter(|said| said.by == Speaker::Customer);
    let texts: Vec<&str> = said.map(|said| said.body.as_str()).collect();
    brief.action.auto_priority.then(|| priority::of(&texts))
}

/// The first row of "Information to Gather" that a message of the AI asks for, as the engine reads it.
pub fn asked_about<'a>(question: &str, fields: &'a [GatherField]) -> Option<&'a str> {
    let asked = questions::read(question, &roles::rows(fields));
    asked.rows.first().map(|row| fields[*row].name.as_str())
}
