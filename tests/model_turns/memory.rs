//! A model in memory that says what a test tells it to, and an ear that keeps what was shown.

use baton::ai::builtin::Builtin;
use baton::ai::model::asks::{Answers, Asks};
use baton::ai::model::{Ask, Bounds, Call, Delta, Ending, Failure, ModelEngine};
use baton::ai::{Brief, Model, Said, Silenced, Speaker, Voice};
use baton::domain::*;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// One answer: pieces, then the end or a failure.
#[derive(Clone, Debug)]
pub struct Play {
    pub pieces: Vec<String>,
    pub end: Result<Vec<Call>, Failure>,
    /// It never ends.
    pub hangs: bool,
}

pub fn says(text: &str) -> Play {
    Play { pieces: text.split_inclusive(' ').map(str::to_owned).collect(), end: Ok(Vec::new()), hangs: false }
}

pub fn calls(text: &str, arguments: Value) -> Play {
    Play { end: Ok(vec![Call { name: "hand_off".into(), arguments }]), ..says(text) }
}

pub fn fails(text: &str, failure: Failure) -> Play {
    Play { end: Err(failure), ..says(text) }
}

pub fn hangs(text: &str) -> Play {
    Play { hangs: true, ..says(text) }
}

/// Plays its answers in their order, the last one again and again, and keeps what it was asked.
pub struct Memory {
    plays: Mutex<VecDeque<Play>>,
    pub asked: Mutex<Vec<Ask>>,
}

impl Memory {
    pub fn new(plays: Vec<Play>) -> Arc<Self> {
        Arc::new(Self { plays: Mutex::new(plays.into()), asked: Mutex::default() })
    }

    pub fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

#[async_trait::async_trait]
impl Asks for Memory {
    async fn ask(&self, _model: &Model, ask: &Ask, _deadline: Instant) -> Result<Box<dyn Answers>, Failure> {
        self.asked.lock().unwrap().push(ask.clone());
        let mut plays = self.plays.lock().unwrap();
        let play = if plays.len() > 1 { plays.pop_front() } else { plays.front().cloned() };
        let play = play.expect("a model in memory has something to say");
        match (&play.end, play.pieces.is_empty()) {
            (Err(failure), true) => Err(failure.clone()),
            _ => Ok(Box::new(Playing { pieces: play.pieces.into(), end: Some(play.end), hangs: play.hangs })),
        }
    }
}

struct Playing {
    pieces: VecDeque<String>,
    end: Option<Result<Vec<Call>, Failure>>,
    hangs: bool,
}

#[async_trait::async_trait]
impl Answers for Playing {
    async fn next(&mut self) -> Result<Option<Delta>, Failure> {
        if let Some(piece) = self.pieces.pop_front() {
            return Ok(Some(Delta::Text(piece)));
        }
        if self.hangs {
            std::future::pending::<()>().await;
        }
        let tokens = TokenUsage { read: 10, written: 5 };
        match self.end.take() {
            Some(Ok(calls)) => Ok(Some(Delta::End(Ending { calls, tokens, is_cut: false }))),
            Some(Err(failure)) => Err(failure),
            None => Ok(None),
        }
    }
}

/// Keeps what was shown; silent after so many times.
#[derive(Default)]
pub struct Ear {
    pub shown: Mutex<Vec<String>>,
    pub silent_after: Option<usize>,
}

#[async_trait::async_trait]
impl Voice for Ear {
    async fn say(&self, so_far: &str) -> Result<(), Silenced> {
        let mut shown = self.shown.lock().unwrap();
        shown.push(so_far.to_owned());
        if self.silent_after.is_some_and(|most| shown.len() > most) { Err(Silenced) } else { Ok(()) }
    }
}

impl Ear {
    pub fn last(&self) -> String {
        self.shown.lock().unwrap().last().cloned().unwrap_or_default()
    }
}

pub fn engine(memory: &Arc<Memory>) -> ModelEngine {
    ModelEngine::with(Builtin::by_words(), memory.clone(), Bounds::default())
}

pub fn quick_engine(memory: &Arc<Memory>) -> ModelEngine {
    let quick = Duration::from_millis(80);
    ModelEngine::with(Builtin::by_words(), memory.clone(), Bounds { turn: quick, summary: quick, probe: quick })
}

pub fn model() -> Model {
    let settings = ModelSettings {
        provider: Provider::Openai,
        base_url: "http://127.0.0.1:9/v1".into(),
        model: "tiny".into(),
        ..ModelSettings::default()
    };
    Model { settings, key: None, tested: None, barred: None }
}

pub fn row(name: &str, kind: FieldKind) -> GatherField {
    GatherField { name: name.into(), description: String::new(), kind, choices: Vec::new(), required: true }
}

pub fn brief(said: &[(Speaker, &str)]) -> Brief {
    let action = HandoffSettings {
        enabled: true,
        when_to_use: "When the customer has a problem with a wedding cake. Do not hand off for opening hours.".into(),
        ..HandoffSettings::default()
    };
    let said = said.iter().enumerate();
    Brief {
        agent_name: "Ada".into(),
        action,
        said: said.map(|(at, (by, body))| Said { seq: at as i64 + 1, by: *by, body: (*body).into() }).collect(),
        locale: "en".into(),
        model: Some(model()),
        ..Brief::default()
    }
}
