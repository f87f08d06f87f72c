//! Decision records: one per turn, what the AI did and why.

use super::conn::{all, execute, optional, statements};
use super::{Conn, Error, Tx, from_json, page, to_json};
use crate::domain::{ConversationId, DecisionRecord, TurnId};

/// The most records that are read at once.
pub const PAGE_MAX: i64 = 200;

statements! {
    INSERT = "insert into decision (turn_id, conversation_id, record, created_at_ms) values ($1, $2, $3, $4)
        on conflict (turn_id) do nothing";
    FIND = "select turn_id, record, created_at_ms from decision where turn_id = $1";
    LIST_OF_CONVERSATION = "select turn_id, record, created_at_ms from decision where conversation_id = $1
        order by created_at_ms desc, turn_id desc limit $2";
}

/// A stored record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub turn_id: TurnId,
    pub record: DecisionRecord,
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    turn_id: String,
    record: String,
    created_at_ms: i64,
}

impl TryFrom<Row> for Decision {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Decision {
            record: from_json("decision", &row.turn_id, &row.record)?,
            turn_id: TurnId(row.turn_id),
            created_at_ms: row.created_at_ms,
        })
    }
}

/// Stores the record of a turn, unless it has one.
///
/// # Errors
/// If the database fails.
pub async fn save(
    tx: &mut Tx,
    conversation: &ConversationId,
    turn: &TurnId,
    record: &DecisionRecord,
    now_ms: i64,
) -> Result<(), Error> {
    execute!(tx, INSERT, turn.as_str(), conversation.as_str(), to_json(record), now_ms).map(|_stored| ())
}

/// The record of a turn.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, turn: &TurnId) -> Result<Option<Decision>, Error> {
    optional!(conn, Row, FIND, turn.as_str())?.map(Decision::try_from).transpose()
}

/// The conversation's records, newest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_of_conversation(
    conn: &mut Conn,
    conversation: &ConversationId,
    limit: i64,
) -> Result<Vec<Decision>, Error> {
    all!(conn, Row, LIST_OF_CONVERSATION, conversation.as_str(), page(limit, PAGE_MAX))?
        .into_iter()
        .map(Decision::try_from)
        .collect()
}
