//! The stream of changes: what the team's browsers are told, in the order of commits. A reader that has seen seq N
//! never misses a smaller one, because a transaction takes its number last and holds the head until it commits.

use super::conn::{Arm, all, execute, one, statements};
use super::dialect::ANNOUNCE;
use super::{Conn, Error, Tx, from_word, page};
use crate::domain::ConversationId;
use crate::handoff::ChangeKind;

/// The most changes that are read at once.
pub const PAGE_MAX: i64 = 500;

const KINDS: [ChangeKind; 15] = [
    ChangeKind::Message,
    ChangeKind::Note,
    ChangeKind::Turn,
    ChangeKind::Handoff,
    ChangeKind::TakenOver,
    ChangeKind::HandedToTeam,
    ChangeKind::Assigned,
    ChangeKind::ReturnedToAi,
    ChangeKind::Resolved,
    ChangeKind::Reopened,
    ChangeKind::Snoozed,
    ChangeKind::Priority,
    ChangeKind::NotPickedUp,
    ChangeKind::Summary,
    ChangeKind::Notified,
];

statements! {
    NEXT_SEQ = "update stream_head set seq = seq + 1 where id = 1 returning seq";
    HEAD = "select seq from stream_head where id = 1";
    INSERT = "insert into change (seq, conversation_id, kind, entry_seq, at_ms) values ($1, $2, $3, $4, $5)";
    LIST_AFTER = "select seq, conversation_id, kind, entry_seq, at_ms from change where seq > $1 order by seq limit $2";
    PRUNE = "delete from change where at_ms < $1";
}

/// One change, as browsers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: i64,
    pub conversation_id: ConversationId,
    pub kind: ChangeKind,
    /// The last entry it added, if it added one.
    pub entry_seq: Option<i64>,
    pub at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    conversation_id: String,
    kind: String,
    entry_seq: Option<i64>,
    at_ms: i64,
}

impl TryFrom<Row> for Change {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let parse = |word: &str| KINDS.into_iter().find(|kind| kind.as_str() == word);
        Ok(Change {
            kind: from_word("change", &row.seq.to_string(), &row.kind, parse)?,
            seq: row.seq,
            conversation_id: ConversationId(row.conversation_id),
            entry_seq: row.entry_seq,
            at_ms: row.at_ms,
        })
    }
}

/// Takes the next number of the stream. Other transactions that want one wait until this one ends: call it last.
pub(super) async fn next_seq(tx: &mut Tx) -> Result<i64, Error> {
    let (seq,) = one!(tx, (i64,), NEXT_SEQ)?;
    if let Arm::Postgres(connection) = tx.arm() {
        sqlx::query(ANNOUNCE).bind(seq.to_string()).execute(connection).await?;
    }
    Ok(seq)
}

/// Adds a change and returns its seq. Call it last in a transaction. Steps do it themselves; for others, such as a new
/// summary.
///
/// # Errors
/// If the database fails.
pub async fn add(
    tx: &mut Tx,
    conversation: &ConversationId,
    kind: ChangeKind,
    entry_seq: Option<i64>,
    now_ms: i64,
) -> Result<i64, Error> {
    let seq = next_seq(tx).await?;
    execute!(tx, INSERT, seq, conversation.as_str(), kind.as_str(), entry_seq, now_ms)?;
    Ok(seq)
}

/// The changes after `after_seq`, oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_after(conn: &mut Conn, after_seq: i64, limit: i64) -> Result<Vec<Change>, Error> {
    all!(conn, Row, LIST_AFTER, after_seq, page(limit, PAGE_MAX))?.into_iter().map(Change::try_from).collect()
}

/// The newest seq of the stream; 0 before the first change.
///
/// # Errors
/// If the database fails.
pub async fn head(conn: &mut Conn) -> Result<i64, Error> {
    Ok(one!(conn, (i64,), HEAD)?.0)
}

/// Forgets the changes before a time: browsers that were away longer load afresh. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn prune(tx: &mut Tx, before_ms: i64) -> Result<u64, Error> {
    execute!(tx, PRUNE, before_ms)
}
