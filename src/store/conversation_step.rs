//! Saving what the engine decided: one step of one conversation, with every effect, in one transaction. Either all of
//! it is stored or, if somebody else was first, nothing.

use super::conn::{execute, statements};
use super::conversation::resolved_by_word;
use super::jobs::{self, NewJob, Payload};
use super::{Error, Tx, change, conversation_list, entry, handoff, to_json, turn};
use crate::domain::{Content, Conversation, Entry, HandoffId};
use crate::handoff::{Effect, Event, Step};

/// The beginning of the last message that the inbox's list shows, in characters.
pub const PREVIEW_CHARS_MAX: usize = 200;

statements! {
    INSERT = "insert into conversation (id, agent_id, customer_id, owner, owner_teammate_id, lifecycle, owner_epoch,
            version, last_seq, customer_seq, answered_seq, turn, turn_count, ai_turns, gathering, handoff_id,
            handoff_count, priority, priority_reason, waiting_since_ms, last_teammate_id, snoozed_until_ms,
            resolved_by, resolved_at_ms, previous_id, created_at_ms, updated_at_ms, list_rank, list_wait, last_body,
            last_author, last_message_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";
    UPDATE = "update conversation set agent_id = $2, customer_id = $3, owner = $4, owner_teammate_id = $5,
            lifecycle = $6, owner_epoch = $7, version = $8, last_seq = $9, customer_seq = $10, answered_seq = $11,
            turn = $12, turn_count = $13, ai_turns = $14, gathering = $15, handoff_id = $16, handoff_count = $17,
            priority = $18, priority_reason = $19, waiting_since_ms = $20, last_teammate_id = $21,
            snoozed_until_ms = $22, resolved_by = $23, resolved_at_ms = $24, previous_id = $25, created_at_ms = $26,
            updated_at_ms = $27, list_rank = $28, list_wait = $29, last_body = coalesce($30, last_body),
            last_author = coalesce($31, last_author), last_message_at_ms = coalesce($32, last_message_at_ms)
        where id = $1 and version = $33";
    LOG = "insert into event_log (conversation_id, version, event, effects, at_ms) values ($1, $2, $3, $4, $5)";
}

/// What saving a step gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The step's place in the stream of changes.
    pub change_seq: i64,
    /// The entries it added, in order.
    pub entries: Vec<Entry>,
}

/// Stores a step: the effects in their order, the conversation by compare-and-set on `before.version`, the log and,
/// last, the change that browsers are told. `before.version` 0 means a new conversation. `new_id` makes the ids of
/// entries and jobs.
///
/// # Errors
/// [`Error::Conflict`] if the conversation was changed since `before` was loaded, if the AI no longer owns it under
/// the epoch of its message (I3), or if another rule of the database stands against it. Drop the transaction then,
/// load again and decide again.
pub async fn save_step(
    tx: &mut Tx,
    before: &Conversation,
    step: &Step,
    event: &Event,
    now_ms: i64,
    new_id: &mut (dyn FnMut() -> String + Send),
) -> Result<Saved, Error> {
    let next = &step.next;
    let is_new = before.version == 0;
    let last_message = last_message(&step.effects);
    if is_new {
        store(tx, next, None, last_message.as_ref(), now_ms).await?;
    }
    // Before the update of the conversation: the AI's words are compared with the owner as it was until now.
    let mut entries = Vec::new();
    for effect in &step.effects {
        entries.extend(carry_out(tx, before, step, effect, now_ms, new_id).await?);
    }
    if !is_new {
        store(tx, next, Some(before.version), last_message.as_ref(), now_ms).await?;
    }
    execute!(tx, LOG, next.id.as_str(), next.version, to_json(event), to_json(&step.effects), now_ms)?;
    let entry_seq = entries.last().map(|entry: &Entry| entry.seq);
    let change_seq = change::add(tx, &next.id, step.change, entry_seq, now_ms).await?;
    Ok(Saved { change_seq, entries })
}

/// Carries out one effect; returns the entry it stored, if it is one.
async fn carry_out(
    tx: &mut Tx,
    before: &Conversation,
    step: &Step,
    effect: &Effect,
    now_ms: i64,
    new_id: &mut (dyn FnMut() -> String + Send),
) -> Result<Option<Entry>, Error> {
    let conversation = &step.next.id;
    match effect {
        Effect::AddEntry(new) => {
            return entry::add(tx, conversation, new, new_id(), now_ms).await.map(Some);
        }
        Effect::QueueTurn { turn_id, epoch, run_at_ms } => {
            turn::queue(tx, conversation, turn_id, *epoch, now_ms).await?;
            let payload = Payload::Turn { turn_id: turn_id.clone() };
            add_job(tx, step, turn_id.as_str(), payload, *run_at_ms, now_ms, new_id).await?;
        }
        Effect::BeginTurn { turn_id, through_seq } => {
            turn::begin(tx, turn_id, *through_seq, now_ms).await?;
            entry::bind_to_turn(tx, conversation, turn_id, before.answered_seq, *through_seq).await?;
        }
        Effect::FinishTurn { turn_id, outcome } => turn::finish(tx, turn_id, *outcome, now_ms).await?,
        Effect::VoidTurn { turn_id } => {
            turn::void(tx, turn_id, now_ms).await?;
            jobs::cancel(tx, turn_id.as_str(), now_ms).await?;
        }
        Effect::OpenHandoff(new) => {
            handoff::open(tx, conversation, new, now_ms).await?;
            summarize(tx, step, &new.id, now_ms, new_id).await?;
        }
        Effect::PickUpHandoff { handoff_id, by } => handoff::pick_up(tx, handoff_id, by, now_ms).await?,
        Effect::RequeueHandoff { handoff_id } => handoff::requeue(tx, handoff_id).await?,
        Effect::EndHandoff { handoff_id, how } => handoff::end(tx, handoff_id, *how, now_ms).await?,
        Effect::Summarize { handoff_id } => summarize(tx, step, handoff_id, now_ms, new_id).await?,
        Effect::Notify(notice) => {
            let handoff_id = step.next.handoff_id.clone().or_else(|| before.handoff_id.clone());
            let payload = Payload::Notify { notice: notice.clone(), handoff_id };
            add_job(tx, step, &notice.key, payload, now_ms, now_ms, new_id).await?;
        }
        Effect::SetTimer(timer) => {
            let payload = Payload::Timer { timer: timer.clone() };
            add_job(tx, step, &timer.key(conversation), payload, timer.at_ms(), now_ms, new_id).await?;
        }
    }
    Ok(None)
}

/// Adds the job that writes a handoff's summary. A step that opens a handoff and asks for its summary has one.
async fn summarize(
    tx: &mut Tx,
    step: &Step,
    handoff_id: &HandoffId,
    now_ms: i64,
    new_id: &mut (dyn FnMut() -> String + Send),
) -> Result<(), Error> {
    let key = format!("summary.{handoff_id}.{}", step.next.version);
    add_job(tx, step, &key, Payload::Summary { handoff_id: handoff_id.clone() }, now_ms, now_ms, new_id).await
}

async fn add_job(
    tx: &mut Tx,
    step: &Step,
    key: &str,
    payload: Payload,
    run_at_ms: i64,
    now_ms: i64,
    new_id: &mut (dyn FnMut() -> String + Send),
) -> Result<(), Error> {
    let conversation_id = Some(step.next.id.clone());
    let job = NewJob { id: new_id().into(), key: key.to_owned(), conversation_id, payload, run_at_ms };
    jobs::add_once(tx, &job, now_ms).await.map(|_added| ())
}

/// Inserts the conversation, or updates it if its version is still `expected`.
async fn store(
    tx: &mut Tx,
    next: &Conversation,
    expected: Option<i64>,
    last_message: Option<&(&'static str, String)>,
    now_ms: i64,
) -> Result<(), Error> {
    let order = conversation_list::order(next);
    let (last_author, last_body) = last_message.map(|(author, body)| (*author, body.as_str())).unzip();
    let last_message_at_ms = last_body.is_some().then_some(now_ms);
    macro_rules! store {
        ($sql:ident $(, $expected:expr)?) => {
            execute!(
                tx, $sql, next.id.as_str(), next.agent_id.as_str(), next.customer_id.as_str(), next.owner.kind(),
                next.owner.teammate().map(|id| id.as_str()), next.lifecycle.as_str(), next.owner_epoch, next.version,
                next.last_seq, next.customer_seq, next.answered_seq, next.turn.as_ref().map(to_json), next.turn_count,
                next.ai_turns, to_json(&next.gathering), next.handoff_id.as_ref().map(|id| id.as_str()),
                next.handoff_count, next.priority.map(|priority| priority.as_str()), next.priority_reason.as_deref(),
                next.waiting_since_ms, next.last_teammate_id.as_ref().map(|id| id.as_str()), next.snoozed_until_ms,
                next.resolved_by.map(resolved_by_word), next.resolved_at_ms,
                next.previous_id.as_ref().map(|id| id.as_str()), next.created_at_ms, next.updated_at_ms, order.rank,
                order.wait, last_body, last_author, last_message_at_ms $(, $expected)?
            )
        };
    }
    let Some(expected) = expected else {
        return store!(INSERT).map(|_one| ());
    };
    match store!(UPDATE, expected)? {
        1 => Ok(()),
        _ => Err(Error::conflict(format!("conversation {} is no longer at version {expected}", next.id))),
    }
}

/// Who wrote the last message among the effects, with its beginning. Notes and event lines don't count.
fn last_message(effects: &[Effect]) -> Option<(&'static str, String)> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::AddEntry(entry) => match &entry.content {
            Content::Message { author, body } => Some((author.kind(), body.chars().take(PREVIEW_CHARS_MAX).collect())),
            Content::Note { .. } | Content::Event { .. } => None,
        },
        _ => None,
    })
}
