//! The audit log: who changed the configuration, and what else the product promises to record. What happens to a
//! conversation is in its own log (`event_log`).

use super::conn::{all, execute, statements};
use super::{Conn, Error, Tx, page};
use crate::domain::TeammateId;

/// The most records that are read at once.
pub const PAGE_MAX: i64 = 200;

statements! {
    INSERT = "insert into audit (id, at_ms, who, what, subject, detail) values ($1, $2, $3, $4, $5, $6)";
    LIST = "select id, at_ms, who, what, subject, detail from audit
        where (at_ms, id) < ($1, $2) order by at_ms desc, id desc limit $3";
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    pub id: String,
    pub at_ms: i64,
    /// `None`: Baton itself or the command line.
    pub who: Option<TeammateId>,
    /// The act, such as `action.saved`.
    pub what: String,
    /// What it was done to, such as an action's id.
    pub subject: String,
    /// What changed, in words. Never a secret.
    pub detail: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    at_ms: i64,
    who: Option<String>,
    what: String,
    subject: String,
    detail: String,
}

/// Records an act, in the transaction that does it.
///
/// # Errors
/// If the database fails.
pub async fn add(tx: &mut Tx, record: &AuditRecord) -> Result<(), Error> {
    execute!(
        tx,
        INSERT,
        record.id.as_str(),
        record.at_ms,
        record.who.as_ref().map(|who| who.as_str()),
        record.what.as_str(),
        record.subject.as_str(),
        record.detail.as_str()
    )
    .map(|_one| ())
}

/// The records before `before` (time and id of the last one read; `None`: from the newest), newest first; at most
/// [`PAGE_MAX`].
///
/// # Errors
/// If the database fails.
pub async fn list(conn: &mut Conn, before: Option<(i64, &str)>, limit: i64) -> Result<Vec<AuditRecord>, Error> {
    let (at_ms, id) = before.unwrap_or((i64::MAX, ""));
    let rows = all!(conn, Row, LIST, at_ms, id, page(limit, PAGE_MAX))?;
    Ok(rows
        .into_iter()
        .map(|row| AuditRecord {
            id: row.id,
            at_ms: row.at_ms,
            who: row.who.map(TeammateId),
            what: row.what,
            subject: row.subject,
            detail: row.detail,
        })
        .collect())
}
