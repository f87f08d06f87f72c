//! A case before the engine: the brief it gets, and what its answer says about the case. The AI's messages are
//! the case's own, so the same dialogue is decided whatever the engine would have said.

use super::case::{Case, Message, Task};
use crate::ai::builtin;
use crate::ai::{Brief, Decided, Proposal, Said, Speaker};
use crate::domain::{GatheredValue, Gathering, HandoffSettings, Priority};
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

/// A case, decided.
#[derive(Clone, Debug)]
pub struct Played {
    pub prediction: Prediction,
    /// How long each decision took.
    pub latencies: Vec<Duration>,
}

/// Lets the engine decide a case.
pub fn play(case: &Case) -> Played {
    let mut latencies = Vec::new();
    let mut decide = |brief: &Brief| {
        let started = Instant::now();
        let decided = builtin::decide(brief);
        latencies.push(started.elapsed());
        decided
    };
    let prediction = match case.task {
        Task::Timing => Prediction::Timing { id: case.id.clone(), fired_at: fired_at(case, &mut decide) },
        Task::Trigger | Task::Extract | Task::Priority => last_turn(case, &mut decide),
    };
    Played { prediction, latencies }
}

fn last_turn(case: &Case, decide: &mut impl FnMut(&Brief) -> Decided) -> Prediction {
    let mut brief = brief(&case.action);
    for message in &case.messages {
        hear(&mut brief, message);
    }
    let decided = decide(&brief);
    let values = gathered(&decided.proposal);
    let is_known = |name: &&str| values.iter().all(|value| value.name != **name);
    Prediction::Turn {
        id: case.id.clone(),
        trigger: decided.is_wanted,
        score: decided.belief,
        handoff: matches!(decided.proposal, Proposal::HandOff { .. }),
        gathered: values.iter().map(|value| (value.name.clone(), value.value.clone())).collect(),
        missing: case.action.required_names().filter(is_known).map(str::to_owned).collect(),
        priority: builtin::priority(&brief).map(|given| given.priority),
    }
}

/// Replays the dialogue: the engine decides after each message of the customer, until it hands off.
fn fired_at(case: &Case, decide: &mut impl FnMut(&Brief) -> Decided) -> Option<usize> {
    let mut brief = brief(&case.action);
    for (at, message) in case.messages.iter().enumerate() {
        hear(&mut brief, message);
        if message.by != Speaker::Customer {
            continue;
        }
        let decided = decide(&brief);
        if matches!(decided.proposal, Proposal::HandOff { .. }) {
            return Some(at);
        }
        remember(&mut brief.gathering, decided.proposal);
    }
    None
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
        knowledge: Vec::new(),
    }
}

/// Adds a message. What the AI asked for is read from its words: they are the case's, not the engine's.
fn hear(brief: &mut Brief, message: &Message) {
    let seq = brief.said.len() as i64 + 1;
    brief.said.push(Said { seq, by: message.by, body: message.text.clone() });
    if message.by == Speaker::Ai {
        brief.ai_turns += 1;
        brief.gathering.asked = builtin::asked_about(&message.text, &brief.action.gather).map(str::to_owned);
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
    }
}

fn gathered(proposal: &Proposal) -> &[GatheredValue] {
    match proposal {
        Proposal::Reply { gathered, .. } | Proposal::AskFor { gathered, .. } | Proposal::HandOff { gathered, .. } => {
            gathered
        }
    }
}
