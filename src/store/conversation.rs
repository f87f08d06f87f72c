//! Conversations as the engine sees them: finding and loading. Saving a step is in `conversation_step.rs`, the
//! inbox's list in `conversation_list.rs`.

use super::conn::{all, optional, statements};
use super::dialect::LOCK_CONVERSATION;
use super::{Conn, Error, Tx, from_json, from_word, page};
use crate::domain::{
    AgentId, Conversation, ConversationId, CustomerId, HandoffId, Lifecycle, Owner, Priority, ResolvedBy, TeammateId,
};

const TABLE: &str = "conversation";

/// The most conversations of one customer that are read at once.
pub const CUSTOMER_PAGE_MAX: i64 = 50;

/// The columns of [`Row`], before the rest of a select.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, agent_id, customer_id, owner, owner_teammate_id, lifecycle, owner_epoch, version, last_seq,
            customer_seq, answered_seq, turn, turn_count, ai_turns, gathering, handoff_id, handoff_count, priority,
            priority_reason, waiting_since_ms, last_teammate_id, snoozed_until_ms, resolved_by, resolved_at_ms,
            previous_id, created_at_ms, updated_at_ms from conversation ",
            $rest
        )
    };
}

statements! {
    FIND = select!("where id = $1");
    FIND_OPEN_OF_CUSTOMER = select!("where customer_id = $1 and lifecycle <> 'resolved'");
    LIST_OF_CUSTOMER = select!("where customer_id = $1 order by created_at_ms desc, id desc limit $2");
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    agent_id: String,
    customer_id: String,
    owner: String,
    owner_teammate_id: Option<String>,
    lifecycle: String,
    owner_epoch: i64,
    version: i64,
    last_seq: i64,
    customer_seq: i64,
    answered_seq: i64,
    turn: Option<String>,
    turn_count: i64,
    ai_turns: i64,
    gathering: String,
    handoff_id: Option<String>,
    handoff_count: i64,
    priority: Option<String>,
    priority_reason: Option<String>,
    waiting_since_ms: Option<i64>,
    last_teammate_id: Option<String>,
    snoozed_until_ms: Option<i64>,
    resolved_by: Option<String>,
    resolved_at_ms: Option<i64>,
    previous_id: Option<String>,
    created_at_ms: i64,
    updated_at_ms: i64,
}

impl TryFrom<Row> for Conversation {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.id.as_str();
        Ok(Conversation {
            owner: owner(id, &row.owner, row.owner_teammate_id)?,
            lifecycle: from_word(TABLE, id, &row.lifecycle, Lifecycle::parse)?,
            turn: row.turn.map(|turn| from_json(TABLE, id, &turn)).transpose()?,
            gathering: from_json(TABLE, id, &row.gathering)?,
            priority: row.priority.map(|word| from_word(TABLE, id, &word, Priority::parse)).transpose()?,
            resolved_by: row.resolved_by.map(|word| from_word(TABLE, id, &word, resolved_by)).transpose()?,
            agent_id: AgentId(row.agent_id),
            customer_id: CustomerId(row.customer_id),
            owner_epoch: row.owner_epoch,
            version: row.version,
            last_seq: row.last_seq,
            customer_seq: row.customer_seq,
            answered_seq: row.answered_seq,
            turn_count: row.turn_count,
            ai_turns: row.ai_turns,
            handoff_id: row.handoff_id.map(HandoffId),
            handoff_count: row.handoff_count,
            priority_reason: row.priority_reason,
            waiting_since_ms: row.waiting_since_ms,
            last_teammate_id: row.last_teammate_id.map(TeammateId),
            snoozed_until_ms: row.snoozed_until_ms,
            resolved_at_ms: row.resolved_at_ms,
            previous_id: row.previous_id.map(ConversationId),
            created_at_ms: row.created_at_ms,
            updated_at_ms: row.updated_at_ms,
            id: ConversationId(row.id),
        })
    }
}

/// Reads the two owner columns of conversation `id`.
pub(super) fn owner(id: &str, kind: &str, teammate: Option<String>) -> Result<Owner, Error> {
    match (kind, teammate) {
        ("ai", None) => Ok(Owner::Ai),
        ("queue", None) => Ok(Owner::Queue),
        ("none", None) => Ok(Owner::None),
        ("teammate", Some(teammate)) => Ok(Owner::Teammate(TeammateId(teammate))),
        (kind, teammate) => Err(Error::corrupt(TABLE, id, format_args!("owner {kind:?} with teammate {teammate:?}"))),
    }
}

fn resolved_by(word: &str) -> Option<ResolvedBy> {
    [ResolvedBy::Ai, ResolvedBy::Teammate].into_iter().find(|by| resolved_by_word(*by) == word)
}

/// The word stored for who resolved a conversation.
pub(super) fn resolved_by_word(by: ResolvedBy) -> &'static str {
    match by {
        ResolvedBy::Ai => "ai",
        ResolvedBy::Teammate => "teammate",
    }
}

/// Finds a conversation.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, id: &ConversationId) -> Result<Option<Conversation>, Error> {
    optional!(conn, Row, FIND, id.as_str())?.map(Conversation::try_from).transpose()
}

/// Loads a conversation.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, id: &ConversationId) -> Result<Conversation, Error> {
    find(conn, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// Loads a conversation that this transaction is about to change: other writers of it wait until it ends, instead of
/// losing the comparison of versions. The comparison is made all the same.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load_to_change(tx: &mut Tx, id: &ConversationId) -> Result<Conversation, Error> {
    let sql = LOCK_CONVERSATION.text(tx);
    optional!(tx, (i64,), sql, id.as_str())?;
    load(tx, id).await
}

/// The customer's conversation that is not resolved; the database allows one.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find_open_of_customer(conn: &mut Conn, customer: &CustomerId) -> Result<Option<Conversation>, Error> {
    optional!(conn, Row, FIND_OPEN_OF_CUSTOMER, customer.as_str())?.map(Conversation::try_from).transpose()
}

/// The customer's newest conversation, resolved or not.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find_latest_of_customer(conn: &mut Conn, customer: &CustomerId) -> Result<Option<Conversation>, Error> {
    Ok(list_of_customer(conn, customer, 1).await?.pop())
}

/// The customer's conversations, newest first; at most [`CUSTOMER_PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_of_customer(conn: &mut Conn, customer: &CustomerId, limit: i64) -> Result<Vec<Conversation>, Error> {
    let rows = all!(conn, Row, LIST_OF_CUSTOMER, customer.as_str(), page(limit, CUSTOMER_PAGE_MAX))?;
    rows.into_iter().map(Conversation::try_from).collect()
}
