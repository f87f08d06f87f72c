//! Turns: one run of the AI each. At most one per conversation is queued or running; the database holds that.

use super::conn::{all, execute, optional, statements};
use super::{Conn, Error, Tx, from_word, page};
use crate::domain::{ConversationId, Outcome, TurnId};

const TABLE: &str = "turn";

/// The most turns that are read at once.
pub const PAGE_MAX: i64 = 100;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, conversation_id, epoch, state, outcome, through_seq, attempts, queued_at_ms, began_at_ms,
            ended_at_ms from turn ",
            $rest
        )
    };
}

statements! {
    INSERT = "insert into turn (id, conversation_id, epoch, state, through_seq, attempts, queued_at_ms)
        values ($1, $2, $3, 'queued', 0, 0, $4)";
    BEGIN = "update turn set state = 'running', through_seq = $2, attempts = attempts + 1, began_at_ms = $3
        where id = $1 and state in ('queued', 'running')";
    FINISH = "update turn set state = 'done', outcome = $2, ended_at_ms = $3
        where id = $1 and state in ('queued', 'running')";
    VOID = "update turn set state = 'void', ended_at_ms = $2 where id = $1 and state in ('queued', 'running')";
    FIND = select!("where id = $1");
    LIST_OF_CONVERSATION = select!("where conversation_id = $1 order by queued_at_ms desc, id desc limit $2");
}

/// Where a turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnState {
    Queued,
    Running,
    Done,
    /// Its words no longer count.
    Void,
}

impl TurnState {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            TurnState::Queued => "queued",
            TurnState::Running => "running",
            TurnState::Done => "done",
            TurnState::Void => "void",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<TurnState> {
        [TurnState::Queued, TurnState::Running, TurnState::Done, TurnState::Void]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// A stored turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTurn {
    pub id: TurnId,
    pub conversation_id: ConversationId,
    pub epoch: i64,
    pub state: TurnState,
    pub outcome: Option<Outcome>,
    pub through_seq: i64,
    /// How often it was begun.
    pub attempts: i64,
    pub queued_at_ms: i64,
    pub began_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    conversation_id: String,
    epoch: i64,
    state: String,
    outcome: Option<String>,
    through_seq: i64,
    attempts: i64,
    queued_at_ms: i64,
    began_at_ms: Option<i64>,
    ended_at_ms: Option<i64>,
}

impl TryFrom<Row> for StoredTurn {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(StoredTurn {
            state: from_word(TABLE, &row.id, &row.state, TurnState::parse)?,
            outcome: row.outcome.map(|word| from_word(TABLE, &row.id, &word, outcome)).transpose()?,
            id: TurnId(row.id),
            conversation_id: ConversationId(row.conversation_id),
            epoch: row.epoch,
            through_seq: row.through_seq,
            attempts: row.attempts,
            queued_at_ms: row.queued_at_ms,
            began_at_ms: row.began_at_ms,
            ended_at_ms: row.ended_at_ms,
        })
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    [Outcome::Replied, Outcome::AskedFor, Outcome::HandedOff, Outcome::Failed]
        .into_iter()
        .find(|outcome| outcome.as_str() == word)
}

pub(super) async fn queue(
    tx: &mut Tx,
    conversation: &ConversationId,
    id: &TurnId,
    epoch: i64,
    now_ms: i64,
) -> Result<(), Error> {
    execute!(tx, INSERT, id.as_str(), conversation.as_str(), epoch, now_ms).map(|_one| ())
}

pub(super) async fn begin(tx: &mut Tx, id: &TurnId, through_seq: i64, now_ms: i64) -> Result<(), Error> {
    active(id, execute!(tx, BEGIN, id.as_str(), through_seq, now_ms)?)
}

pub(super) async fn finish(tx: &mut Tx, id: &TurnId, outcome: Outcome, now_ms: i64) -> Result<(), Error> {
    active(id, execute!(tx, FINISH, id.as_str(), outcome.as_str(), now_ms)?)
}

pub(super) async fn void(tx: &mut Tx, id: &TurnId, now_ms: i64) -> Result<(), Error> {
    active(id, execute!(tx, VOID, id.as_str(), now_ms)?)
}

fn active(id: &TurnId, changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::conflict(format!("turn {id} is over"))) }
}

/// Finds a turn.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, id: &TurnId) -> Result<Option<StoredTurn>, Error> {
    optional!(conn, Row, FIND, id.as_str())?.map(StoredTurn::try_from).transpose()
}

/// The conversation's turns, newest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_of_conversation(
    conn: &mut Conn,
    conversation: &ConversationId,
    limit: i64,
) -> Result<Vec<StoredTurn>, Error> {
    all!(conn, Row, LIST_OF_CONVERSATION, conversation.as_str(), page(limit, PAGE_MAX))?
        .into_iter()
        .map(StoredTurn::try_from)
        .collect()
}
