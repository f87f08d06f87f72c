//! The built-in engine: decides turns with rules and words only. No key, no network, no clock but a stopwatch;
//! everything below this file is pure and bounded. The order of a decision is in `turn`.

pub mod language;
pub mod reading;

mod answers;
mod calendar;
mod extract;
mod gather;
mod lexicon;
mod marks;
mod matching;
mod names;
mod phrases;
mod phrasing;
mod priority;
mod request;
mod request_languages;
mod request_words;
mod roles;
mod scan;
mod smalltalk;
mod summary;
mod turn;
mod words;

use super::{Brief, Decided, Engine, Error, Proposal, Speaker};
use crate::domain::{DecisionRecord, GatherField, Handoff, Outcome, PriorityWithReason, Summary};
use std::time::Instant;

/// The name kept in decision records; its number grows when decisions change.
const NAME: &str = "built-in 1";

/// The engine that is always there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Builtin;

#[async_trait::async_trait]
impl Engine for Builtin {
    fn name(&self) -> &str {
        NAME
    }

    async fn decide(&self, brief: &Brief) -> Result<Decided, Error> {
        Ok(decide(brief))
    }

    async fn summarize(&self, brief: &Brief, handoff: &Handoff) -> Result<Summary, Error> {
        Ok(summary::write(brief, handoff))
    }
}

/// Decides one turn, without waiting for anything.
pub fn decide(brief: &Brief) -> Decided {
    let started = Instant::now();
    let turn = turn::decide(brief);
    let (outcome, gathered, priority) = match &turn.proposal {
        Proposal::Reply { gathered, .. } => (Outcome::Replied, gathered.clone(), None),
        Proposal::AskFor { gathered, .. } => (Outcome::AskedFor, gathered.clone(), None),
        Proposal::HandOff { gathered, priority, .. } => (Outcome::HandedOff, gathered.clone(), priority.clone()),
    };
    let record = DecisionRecord {
        outcome,
        matched: turn.matched,
        gathered,
        priority,
        model: NAME.to_owned(),
        latency_ms: i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX),
        fallbacks: Vec::new(),
        answered_from: turn.answered_from,
    };
    Decided { proposal: turn.proposal, record, is_wanted: turn.is_wanted, belief: turn.belief }
}

/// The priority that a handoff of this conversation would carry now; none where the action assigns none.
pub fn priority(brief: &Brief) -> Option<PriorityWithReason> {
    let said = brief.said.iter().filter(|said| said.by == Speaker::Customer);
    let texts: Vec<&str> = said.map(|said| said.body.as_str()).collect();
    brief.action.auto_priority.then(|| priority::of(&texts))
}

/// The row of "Information to Gather" that a message of the AI asks for, as the engine reads it.
pub fn asked_about<'a>(question: &str, fields: &'a [GatherField]) -> Option<&'a str> {
    roles::asked_about(question, fields).map(|row| fields[row].name.as_str())
}
