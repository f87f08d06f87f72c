//! Handoffs: at most one per conversation is open (I4); the database holds that.

use super::conn::{all, execute, optional, statements};
use super::{Conn, Error, Tx, from_json, from_word, page, to_json};
use crate::domain::{
    ConversationId, Handoff, HandoffEnd, HandoffId, HandoffKind, HandoffReason, NewHandoff, Summary, TeammateId,
    Verdict,
};

const TABLE: &str = "handoff";

/// The most handoffs that are read at once.
pub const PAGE_MAX: i64 = 100;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, conversation_id, kind, reason, rule, quote, quote_seq, gathered, missing, priority, after_seq,
            opened_at_ms, picked_up_by, picked_up_at_ms, ended_at_ms, summary, verdict from handoff ",
            $rest
        )
    };
}

statements! {
    INSERT = "insert into handoff (id, conversation_id, epoch, kind, reason, rule, quote, quote_seq, gathered, missing,
            priority, by_teammate_id, after_seq, opened_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    PICK_UP = "update handoff set picked_up_by = $2, picked_up_at_ms = $3 where id = $1 and ended_at_ms is null";
    REQUEUE = "update handoff set picked_up_by = null, picked_up_at_ms = null where id = $1 and ended_at_ms is null";
    END = "update handoff set ended_how = $2, ended_at_ms = $3 where id = $1 and ended_at_ms is null";
    SET_SUMMARY = "update handoff set summary = $2 where id = $1";
    SET_VERDICT = "update handoff set verdict = $2, verdict_by = $3, verdict_at_ms = $4 where id = $1";
    FIND = select!("where id = $1");
    FIND_OPEN = select!("where conversation_id = $1 and ended_at_ms is null");
    LIST_OF_CONVERSATION = select!("where conversation_id = $1 order by opened_at_ms, after_seq, id limit $2");
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    conversation_id: String,
    kind: String,
    reason: String,
    rule: Option<String>,
    quote: Option<String>,
    quote_seq: Option<i64>,
    gathered: String,
    missing: String,
    priority: Option<String>,
    after_seq: i64,
    opened_at_ms: i64,
    picked_up_by: Option<String>,
    picked_up_at_ms: Option<i64>,
    ended_at_ms: Option<i64>,
    summary: Option<String>,
    verdict: Option<String>,
}

impl TryFrom<Row> for Handoff {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.id.as_str();
        Ok(Handoff {
            reason: HandoffReason {
                kind: from_word(TABLE, id, &row.kind, HandoffKind::parse)?,
                reason: row.reason,
                rule: row.rule,
                quote: row.quote,
                quote_seq: row.quote_seq,
            },
            gathered: from_json(TABLE, id, &row.gathered)?,
            missing: from_json(TABLE, id, &row.missing)?,
            priority: row.priority.map(|priority| from_json(TABLE, id, &priority)).transpose()?,
            summary: row.summary.map(|summary| from_json(TABLE, id, &summary)).transpose()?,
            verdict: row.verdict.map(|word| from_word(TABLE, id, &word, Verdict::parse)).transpose()?,
            opened_at_ms: row.opened_at_ms,
            after_seq: row.after_seq,
            picked_up_by: row.picked_up_by.map(TeammateId),
            picked_up_at_ms: row.picked_up_at_ms,
            ended_at_ms: row.ended_at_ms,
            conversation_id: ConversationId(row.conversation_id),
            id: HandoffId(row.id),
        })
    }
}

pub(super) async fn open(
    tx: &mut Tx,
    conversation: &ConversationId,
    new: &NewHandoff,
    now_ms: i64,
) -> Result<(), Error> {
    execute!(
        tx,
        INSERT,
        new.id.as_str(),
        conversation.as_str(),
        new.epoch,
        new.reason.kind.as_str(),
        new.reason.reason.as_str(),
        new.reason.rule.as_deref(),
        new.reason.quote.as_deref(),
        new.reason.quote_seq,
        to_json(&new.gathered),
        to_json(&new.missing),
        new.priority.as_ref().map(to_json),
        new.by.as_ref().map(|id| id.as_str()),
        new.after_seq,
        now_ms
    )
    .map(|_one| ())
}

pub(super) async fn pick_up(tx: &mut Tx, id: &HandoffId, by: &TeammateId, now_ms: i64) -> Result<(), Error> {
    still_open(id, execute!(tx, PICK_UP, id.as_str(), by.as_str(), now_ms)?)
}

pub(super) async fn requeue(tx: &mut Tx, id: &HandoffId) -> Result<(), Error> {
    still_open(id, execute!(tx, REQUEUE, id.as_str())?)
}

pub(super) async fn end(tx: &mut Tx, id: &HandoffId, how: HandoffEnd, now_ms: i64) -> Result<(), Error> {
    still_open(id, execute!(tx, END, id.as_str(), how.as_str(), now_ms)?)
}

fn still_open(id: &HandoffId, changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::conflict(format!("handoff {id} is not open"))) }
}

/// Finds a handoff.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, id: &HandoffId) -> Result<Option<Handoff>, Error> {
    optional!(conn, Row, FIND, id.as_str())?.map(Handoff::try_from).transpose()
}

/// Loads a handoff.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, id: &HandoffId) -> Result<Handoff, Error> {
    find(conn, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// The conversation's open handoff, if it has one.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find_open(conn: &mut Conn, conversation: &ConversationId) -> Result<Option<Handoff>, Error> {
    optional!(conn, Row, FIND_OPEN, conversation.as_str())?.map(Handoff::try_from).transpose()
}

/// The conversation's open handoff.
///
/// # Errors
/// [`Error::Missing`] if it has none.
pub async fn load_open(conn: &mut Conn, conversation: &ConversationId) -> Result<Handoff, Error> {
    let missing = || Error::missing(TABLE, format_args!("open in conversation {conversation}"));
    find_open(conn, conversation).await?.ok_or_else(missing)
}

/// The conversation's handoffs, oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_of_conversation(conn: &mut Conn, conversation: &ConversationId) -> Result<Vec<Handoff>, Error> {
    all!(conn, Row, LIST_OF_CONVERSATION, conversation.as_str(), page(PAGE_MAX, PAGE_MAX))?
        .into_iter()
        .map(Handoff::try_from)
        .collect()
}

/// Stores the summary, in place of an earlier one.
///
/// # Errors
/// [`Error::Missing`] if there is no such handoff.
pub async fn set_summary(tx: &mut Tx, id: &HandoffId, summary: &Summary) -> Result<(), Error> {
    exists(id, execute!(tx, SET_SUMMARY, id.as_str(), to_json(summary))?)
}

/// Stores a teammate's judgement of the handoff, in place of an earlier one; `None` takes it back.
///
/// # Errors
/// [`Error::Missing`] if there is no such handoff.
pub async fn set_verdict(
    tx: &mut Tx,
    id: &HandoffId,
    verdict: Option<Verdict>,
    by: &TeammateId,
    now_ms: i64,
) -> Result<(), Error> {
    let word = verdict.map(|verdict| verdict.as_str());
    exists(id, execute!(tx, SET_VERDICT, id.as_str(), word, by.as_str(), now_ms)?)
}

fn exists(id: &HandoffId, changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::missing(TABLE, id)) }
}
