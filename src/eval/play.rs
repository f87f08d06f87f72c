//! A case before the engine: the brief it gets, and what its answer says about the case. The AI's messages are
//! the case's own, so the same dialogue is decided whatever the engine would have said.

use super::case::{Case, Message, Task};
use super::provider::TRIES_MAX;
use crate::ai::builtin;
use crate::ai::{Brief, Decided, Engine, Error, Model, Proposal, Said, Speaker, Unheard};
use crate::domain::{Gathering, HandoffSettings, ModelCall, Priority};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What the engine says about one case: a line of the predictions file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Prediction {
    /// A case that is decided after its last message.
    Turn {
        id: String,
        trigger: bool,
        score: f32,
        handoff: bool,
        gathered: BTreeMap<String, String>,
        missing: Vec<String>,
        priority: Option<Priority>,
    },
    /// A dialogue that is replayed: the index of the message after which the engine hands off.
    Timing { id: String, fired_at: Option<usize> },
}

impl Prediction {
    /// The case's id.
    pub fn id(&self) -> &str {
        match self {
            Prediction::Turn { id, .. } | Prediction::Timing { id, .. } => id,
        }
    }
}

/// A case, decided.
#[derive(Clone, Debug)]
pub struct Played {
    pub prediction: Prediction,
    /// The engine that decided, as records name it.
    pub model: String,
    /// How long each decision took.
    pub latencies: Vec<Duration>,
    /// What a model was asked.
    pub calls: Vec<ModelCall>,
    /// How many decisions a model had no answer for.
    pub fallen_back: usize,
}

/// Lets the engine decide a case. Where a model was to be asked and had no answer, the case is played again, a few times.
///
/// # Errors
/// When the engine has no answer.
pub async fn play_until_asked(case: &Case, engine: &dyn Engine, model: Option<&Model>) -> Result<Played, Error> {
    let mut played = play(case, engine, model).await?;
    for _ in 1..TRIES_MAX {
        if played.fallen_back == 0 {
            break;
        }
        let calls = std::mem::take(&mut played.calls);
        played = play(case, engine, model).await?;
        played.calls.splice(0..0, calls);
    }
    Ok(played)
}

async fn play(case: &Case, engine: &dyn Engine, model: Option<&Model>) -> Result<Played, Error> {
    let mut player =
        Player { engine, asks: model, model: String::new(), latencies: Vec::new(), calls: Vec::new(), fallen_back: 0 };
    let prediction = match case.task {
        Task::Timing => Prediction::Timing { id: case.id.clone(), fired_at: player.fired_at(case).await? },
        Task::Trigger | Task::Extract | Task::Priority => player.last_turn(case).await?,
    };
    let Player { model, latencies, calls, fallen_back, .. } = player;
    Ok(Played { prediction, model, latencies, calls, fallen_back })
}

struct Player<'a> {
    engine: &'a dyn Engine,
    /// The model beside the rules.
    asks: Option<&'a Model>,
    model: String,
    latencies: Vec<Duration>,
    calls: Vec<ModelCall>,
    fallen_back: usize,
}

impl Player<'_> {
    async fn decide(&mut self, brief: &Brief) -> Result<Decided, Error> {
        let with_model = self.asks.map(|model| Brief { model: Some(model.clone()), ..brief.clone() });
        let started = Instant::now();
        let decided = self.engine.decide_aloud(with_model.as_ref().unwrap_or(brief), &Unheard).await?;
        self.fallen_back +=
            usize::from(!decided.calls.is_empty() && decided.calls.iter().all(|call| call.failure.is_some()));
        self.calls.extend(decided.calls.iter().cloned());
        self.latencies.push(started.elapsed());
        self.model.clone_from(&decided.record.model);
        Ok(decided)
    }

    /// Decides after the last message.
    async fn last_turn(&mut self, case: &Case) -> Result<Prediction, Error> {
        let mut brief = brief(&case.action);
        for message in &case.messages {
            hear(&mut brief, message);
        }
        let decided = self.decide(&brief).await?;
        let values = decided.proposal.gathered();
        let is_missing = |name: &&str| values.iter().all(|value| value.name != **name);
        Ok(Prediction::Turn {
            id: case.id.clone(),
            trigger: decided.is_wanted,
            score: decided.belief,
            handoff: matches!(decided.proposal, Proposal::HandOff { .. }),
            gathered: values.iter().map(|value| (value.name.clone(), value.value.clone())).collect(),
            missing: case.action.required_names().filter(is_missing).map(str::to_owned).collect(),
            priority: match decided.proposal {
                Proposal::HandOff { priority, .. } => priority,
                // Nothing is handed off yet: what it would carry now.
                _ => builtin::priority(&brief),
            }
            .map(|given| given.priority),
        })
    }

    /// Replays the dialogue: the engine decides after each message of the customer, until it hands off.
    async fn fired_at(&mut self, case: &Case) -> Result<Option<usize>, Error> {
        let mut brief = brief(&case.action);
        for (at, message) in case.messages.iter().enumerate() {
            hear(&mut brief, message);
            if message.by != Speaker::Customer {
                continue;
            }
            let decided = self.decide(&brief).await?;
            if matches!(decided.proposal, Proposal::HandOff { .. }) {
                return Ok(Some(at));
            }
            // The engine's own question is not said: what was asked last is the case's.
            let asked = brief.gathering.asked.take();
            remember(&mut brief.gathering, decided.proposal);
            brief.gathering.asked = asked;
        }
        Ok(None)
    }
}

/// A conversation that has not begun.
pub fn brief(action: &HandoffSettings) -> Brief {
    Brief {
        agent_name: "AI agent".into(),
        action: action.clone(),
        said: Vec::new(),
        gathering: Gathering::default(),
        details: Vec::new(),
        ai_turns: 0,
        locale: String::new(),
        ..Brief::default()
    }
}

/// Adds a message. What the AI asked for is read from its words: they are the case's, not the engine's.
fn hear(brief: &mut Brief, message: &Message) {
    let seq = brief.said.len() as i64 + 1;
    brief.said.push(Said { seq, by: message.by, body: message.text.clone() });
    if message.by == Speaker::Ai {
        brief.ai_turns += 1;
        brief.gathering.asked = None;
    }
}

/// Keeps what a turn learned, as a conversation keeps it (`handoff::step`).
pub fn remember(gathering: &mut Gathering, proposal: Proposal) {
    match proposal {
        Proposal::Reply { gathered, .. } => {
            gathering.values = gathered;
            gathering.asked = None;
            gathering.wanted = None;
        }
        Proposal::AskFor { name, wanted, gathered, refused, .. } => {
            gathering.values = gathered;
            gathering.refused = refused;
            gathering.asked = Some(name);
            gathering.wanted = Some(wanted);
            gathering.questions += 1;
        }
        Proposal::HandOff { gathered, .. } => gathering.values = gathered,
        Proposal::GiveUp { .. } => {}
    }
}
