//! Turns, and that each of the customer's messages is dealt with once.

use super::{Told, Wrong};
use crate::rows::Turn;
use baton::domain::{Author, Content, Owner};
use baton::handoff::Effect;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every turn has come to one end, and the database, the log and the decision records agree on which.
pub(super) fn turns_end(told: &Told, wrong: &mut Wrong) {
    #[derive(Default)]
    struct Logged {
        queued: u32,
        done: u32,
        void: u32,
    }
    let mut logged = BTreeMap::<&str, Logged>::new();
    for (_, step) in told.steps() {
        for effect in &step.effects {
            match effect {
                Effect::QueueTurn { turn_id, .. } => logged.entry(turn_id.as_str()).or_default().queued += 1,
                Effect::FinishTurn { turn_id, .. } => logged.entry(turn_id.as_str()).or_default().done += 1,
                Effect::VoidTurn { turn_id } => logged.entry(turn_id.as_str()).or_default().void += 1,
                _ => {}
            }
        }
    }
    wrong.unless(logged.len() == told.rows.turns.len(), || {
        format!("{} turns are stored, {} are in the log", told.rows.turns.len(), logged.len())
    });
    let decided = told.rows.decisions.iter().fold(HashMap::<&str, u32>::new(), |mut decided, id| {
        *decided.entry(id).or_default() += 1;
        decided
    });
    for turn in &told.rows.turns {
        let Some(log) = logged.get(turn.id.as_str()) else {
            wrong.0.push(format!("turn {} is in no log", turn.id));
            continue;
        };
        let ended = match turn.state.as_str() {
            "done" => (log.queued, log.done, log.void) == (1, 1, 0),
            "void" => (log.queued, log.done, log.void) == (1, 0, 1),
            _ => false,
        };
        wrong.unless(ended, || {
            let Logged { queued, done, void } = log;
            format!("turn {} is {}; its log: queued {queued}, done {done}, void {void} times", turn.id, turn.state)
        });
        let records = decided.get(turn.id.as_str()).copied().unwrap_or(0);
        wrong.unless(records == u32::from(turn.state == "done"), || {
            format!("turn {} is {} and has {records} decision records", turn.id, turn.state)
        });
    }
    for (conversation, history, _) in told.conversations() {
        wrong.unless(conversation.turn.is_none(), || format!("{} still has a turn under way", conversation.id));
        let is_open_to_ai = history.end().owner == Owner::Ai;
        wrong.unless(!is_open_to_ai || conversation.answered_seq >= conversation.customer_seq, || {
            let (written, answered) = (conversation.customer_seq, conversation.answered_seq);
            format!(
                "I2: the AI owns {} and left message {written} unanswered (answered up to {answered})",
                conversation.id
            )
        });
    }
}

/// I2: what the customer wrote to the AI is answered by one turn that is done, or the owner changed before it could be.
pub(super) fn customers_are_answered_once(told: &Told, wrong: &mut Wrong) {
    let turns: HashMap<&str, &Turn> = told.rows.turns.iter().map(|turn| (turn.id.as_str(), turn)).collect();
    for (conversation, history, entries) in told.conversations() {
        let end = history.end();
        for entry in entries.iter().filter(|entry| entry.author_kind == "customer") {
            let Some(moment) = history.of_entry(entry.seq) else {
                wrong.0.push(format!("message {} of {} is in no step", entry.id, conversation.id));
                continue;
            };
            let name = || format!("message {} (seq {} of {})", entry.id, entry.seq, conversation.id);
            let Some(turn_id) = entry.turn_id.as_deref() else {
                // Written to a person; or the owner changed before the AI's turn began.
                let is_for_ai = moment.after.owner == Owner::Ai;
                wrong.unless(!is_for_ai || end.epoch > moment.after.epoch, || {
                    format!("I2: {} was written to the AI and bound to no turn", name())
                });
                continue;
            };
            let Some(turn) = turns.get(turn_id) else {
                wrong.0.push(format!("I2: {} is bound to the missing turn {turn_id}", name()));
                continue;
            };
            let is_settled = match turn.state.as_str() {
                "done" => true,
                "void" => end.epoch > turn.epoch,
                _ => false,
            };
            let is_its = turn.conversation_id == conversation.id && turn.through_seq >= entry.seq;
            wrong.unless(is_settled && is_its, || format!("I2: {} is bound to {turn:?}", name()));
        }
    }
}

/// I3: each turn that is done said one thing (or failed), while the AI owned the conversation under the turn's epoch; a
/// void one said nothing.
pub(super) fn the_ai_speaks_only_while_it_owns(told: &Told, wrong: &mut Wrong) {
    let mut spoken = HashMap::<&str, u32>::new();
    for entry in told.rows.entries.iter().filter(|entry| entry.author_kind == "ai") {
        *spoken.entry(entry.turn_id.as_deref().unwrap_or_default()).or_default() += 1;
    }
    for turn in &told.rows.turns {
        let times = spoken.remove(turn.id.as_str()).unwrap_or(0);
        let is_right = match (turn.state.as_str(), turn.outcome.as_deref()) {
            ("done", Some("failed")) => times <= 1,
            ("done", Some(_)) => times == 1,
            _ => times == 0,
        };
        wrong.unless(is_right, || {
            format!("I2: turn {} ({}, {:?}) spoke {times} times", turn.id, turn.state, turn.outcome)
        });
    }
    wrong.unless(spoken.is_empty(), || format!("I3: the AI spoke in no turn: {spoken:?}"));

    let epochs: HashMap<&str, i64> = told.rows.turns.iter().map(|turn| (turn.id.as_str(), turn.epoch)).collect();
    for (conversation, history, entries) in told.conversations() {
        let mut allowed = BTreeSet::new();
        for moment in &history.moments {
            for entry in moment.step.entries() {
                if let Content::Message { author: Author::Ai { turn_id, epoch }, .. } = &entry.content
                    && moment.before.owner == Owner::Ai
                    && moment.before.epoch == *epoch
                    && epochs.get(turn_id.as_str()) == Some(epoch)
                {
                    allowed.insert((entry.seq, turn_id.as_str(), *epoch));
                }
            }
        }
        for entry in entries.iter().filter(|entry| entry.author_kind == "ai") {
            let said = (entry.seq, entry.turn_id.as_deref().unwrap_or_default(), entry.owner_epoch.unwrap_or(0));
            wrong.unless(allowed.contains(&said), || {
                format!(
                    "I3: the AI said {} in {} (seq, turn, epoch: {said:?}) when it was not its turn",
                    entry.id, conversation.id
                )
            });
        }
    }
}
