//! The product beside the engine: the same customers' messages played against a running server, and after each one
//! what the server did compared with what the engine decides on its own for the conversation as it stands there.

use super::case::Dialogue;
use super::load::BadInput;
use super::play;
use super::progress::Progress;
use super::visitor::{self, Door, Visitor};
use crate::ai::builtin;
use crate::ai::{Brief, Engine, Proposal, Said, Speaker};
use crate::domain::{GatherField, HandoffSettings};
use crate::wire::widget::CustomerConversation;
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use std::fmt::{self, Write as _};

/// How many conversations are played at once.
const AT_ONCE: usize = 4;
/// The most of a message that is shown, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// Whom the messages are played against.
pub struct Visit {
    door: Door,
    agent_key: String,
}

impl Visit {
    /// An AI agent of a server.
    ///
    /// # Errors
    /// If the address is none.
    pub fn new(address: &str, agent_key: &str) -> Result<Self, BadInput> {
        Ok(Self { door: Door::new(address).map_err(BadInput::new)?, agent_key: agent_key.to_owned() })
    }
}

/// What one turn came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Move {
    Answered,
    AskedFor(String),
    HandedOff,
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Move::Answered => f.write_str("answered"),
            Move::AskedFor(name) => write!(f, "asked for {name}"),
            Move::HandedOff => f.write_str("handed off"),
        }
    }
}

/// A turn in which the two differ.
struct Difference {
    id: String,
    /// Counted from 1, in messages of the customer.
    turn: usize,
    text: String,
    engine: Move,
    product: Move,
}

/// How one dialogue went: up to the handoff, the last message or the first difference.
struct Run {
    turns: usize,
    difference: Option<Difference>,
}

/// Everything that was compared.
pub struct Comparison {
    dialogues: usize,
    turns: usize,
    differences: Vec<Difference>,
}

/// Plays all dialogues.
///
/// # Errors
/// When one can't be played to its end.
pub async fn compare(
    dialogues: &[Dialogue],
    visit: &Visit,
    engine: &dyn Engine,
    action: &HandoffSettings,
) -> Result<Comparison, BadInput> {
    let progress = Progress::new(dialogues.len(), "dialogues played");
    let runs = futures::stream::iter(dialogues).map(|dialogue| async {
        let run = converse(dialogue, visit, engine, action).await;
        progress.step();
        run.map_err(|error| BadInput::new(format!("{}: {error}", dialogue.id)))
    });
    let runs: Result<Vec<Run>, BadInput> = runs.buffered(AT_ONCE).try_collect().await;
    progress.finish();
    let runs = runs?;
    let turns = runs.iter().map(|run| run.turns).sum();
    let differences = runs.into_iter().filter_map(|run| run.difference).collect();
    Ok(Comparison { dialogues: dialogues.len(), turns, differences })
}

/// Why a dialogue could not be played to its end.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Product(#[from] visitor::Error),
    #[error(transparent)]
    Engine(#[from] crate::ai::Error),
}

async fn converse(
    dialogue: &Dialogue,
    visit: &Visit,
    engine: &dyn Engine,
    action: &HandoffSettings,
) -> Result<Run, Broken> {
    let visitor = Visitor::enter(&visit.door, &visit.agent_key).await?;
    let mut brief = Brief { agent_name: visitor.agent_name.clone(), ..play::brief(action) };
    let mut run = Run { turns: 0, difference: None };
    for text in &dialogue.texts {
        run.turns += 1;
        let seq = visitor.write(text).await?;
        let after = visitor.answer(seq).await?;
        // The engine knows what the product knew: the thread up to this message, in the product's words.
        brief.said = said_until(&after, seq);
        brief.ai_turns = brief.said.iter().filter(|said| said.by == Speaker::Ai).count() as i64;
        let proposal = engine.decide(&brief).await?.proposal;
        let (alone, product) = (move_of(&proposal), what_was_done(&after, seq, &proposal, &action.gather));
        if alone != product {
            let (id, turn, text) = (dialogue.id.clone(), run.turns, shorten(text));
            run.difference = Some(Difference { id, turn, text, engine: alone, product });
            break;
        }
        if alone == Move::HandedOff {
            break;
        }
        play::remember(&mut brief.gathering, proposal);
    }
    Ok(run)
}

fn said_until(conversation: &CustomerConversation, seq: i64) -> Vec<Said> {
    let by = |kind: &str| match kind {
        "customer" => Speaker::Customer,
        "ai" => Speaker::Ai,
        "teammate" => Speaker::Teammate,
        _ => Speaker::System,
    };
    let until = conversation.entries.iter().filter(|entry| entry.seq <= seq);
    until.map(|entry| Said { seq: entry.seq, by: by(&entry.author.kind), body: entry.body.clone() }).collect()
}

fn move_of(proposal: &Proposal) -> Move {
    match proposal {
        Proposal::Reply { .. } => Move::Answered,
        Proposal::AskFor { name, .. } => Move::AskedFor(name.clone()),
        Proposal::HandOff { .. } | Proposal::GiveUp { .. } => Move::HandedOff,
    }
}

/// What the product did, as its customer sees it. Which value a question is for is known by the engine's own words
/// for it, and otherwise read from the product's.
fn what_was_done(after: &CustomerConversation, seq: i64, alone: &Proposal, fields: &[GatherField]) -> Move {
    if after.state.owner.kind != "ai" {
        return Move::HandedOff;
    }
    let answer = after.entries.iter().rev().find(|entry| entry.seq > seq && entry.author.kind == "ai");
    let words = answer.map_or("", |entry| entry.body.as_str());
    match alone {
        Proposal::AskFor { body, .. } | Proposal::Reply { body, .. } if body == words => move_of(alone),
        _ => builtin::asked_about(words, fields).map_or(Move::Answered, |name| Move::AskedFor(name.to_owned())),
    }
}

fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

impl Comparison {
    /// Whether the product decided every turn as the engine does.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// As an object.
    pub fn json(&self) -> Value {
        let differences = self.differences.iter().map(|d| {
            json!({
                "id": d.id, "turn": d.turn, "text": d.text,
                "engine": d.engine.to_string(), "product": d.product.to_string(),
            })
        });
        json!({
            "dialogues": self.dialogues,
            "turns": self.turns,
            "agreeing": self.turns - self.differences.len(),
            "differences": differences.collect::<Vec<_>>(),
        })
    }

    /// In sentences.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let agreeing = self.turns - self.differences.len();
        let percent = agreeing as f64 / self.turns.max(1) as f64 * 100.0;
        let Self { dialogues, turns, .. } = self;
        let _ = writeln!(
            out,
            "{dialogues} dialogues: the product decided {agreeing} of {turns} turns as the engine does ({percent:.1} %)."
        );
        for d in &self.differences {
            let Difference { id, turn, text, engine, product } = d;
            let _ = writeln!(out, "  {id}, turn {turn}, “{text}”: the engine {engine}, the product {product}");
        }
        out
    }
}
