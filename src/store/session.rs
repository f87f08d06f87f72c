//! Signed-in sessions of teammates, known by the hash of the cookie's token.

use super::conn::{execute, optional, statements};
use super::teammate;
use super::{Conn, Error, Tx};
use crate::domain::{Teammate, TeammateId};

statements! {
    INSERT = "insert into session (token_hash, teammate_id, created_at_ms, expires_at_ms) values ($1, $2, $3, $4)";
    FIND = "select session.expires_at_ms, teammate.id, teammate.name, teammate.email, teammate.role
        from session join teammate on teammate.id = session.teammate_id
        where session.token_hash = $1 and session.expires_at_ms > $2";
    EXTEND = "update session set expires_at_ms = $2 where token_hash = $1";
    DELETE = "delete from session where token_hash = $1";
    DELETE_ALL_OF = "delete from session where teammate_id = $1";
    DELETE_EXPIRED = "delete from session where expires_at_ms <= $1";
}

/// A session that has not expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub teammate: Teammate,
    pub expires_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    expires_at_ms: i64,
    #[sqlx(flatten)]
    teammate: teammate::Row,
}

/// Signs a teammate in under the hash of a token.
///
/// # Errors
/// [`Error::Conflict`] if the token exists.
pub async fn create(
    tx: &mut Tx,
    token_hash: &str,
    teammate: &TeammateId,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), Error> {
    execute!(tx, INSERT, token_hash, teammate.as_str(), now_ms, expires_at_ms).map(|_one| ())
}

/// Finds the session of a token's hash, unless it has expired.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, token_hash: &str, now_ms: i64) -> Result<Option<Session>, Error> {
    let Some(row) = optional!(conn, Row, FIND, token_hash, now_ms)? else { return Ok(None) };
    Ok(Some(Session { teammate: row.teammate.try_into()?, expires_at_ms: row.expires_at_ms }))
}

/// Lets a session last longer.
///
/// # Errors
/// If the database fails.
pub async fn extend(tx: &mut Tx, token_hash: &str, expires_at_ms: i64) -> Result<(), Error> {
    execute!(tx, EXTEND, token_hash, expires_at_ms).map(|_extended| ())
}

/// Signs out.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<(), Error> {
    execute!(tx, DELETE, token_hash).map(|_deleted| ())
}

/// Signs a teammate out everywhere, as after a new password. Returns of how many sessions.
///
/// # Errors
/// If the database fails.
pub async fn delete_all_of(tx: &mut Tx, teammate: &TeammateId) -> Result<u64, Error> {
    execute!(tx, DELETE_ALL_OF, teammate.as_str())
}

/// Forgets the sessions that have expired. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn delete_expired(tx: &mut Tx, now_ms: i64) -> Result<u64, Error> {
    execute!(tx, DELETE_EXPIRED, now_ms)
}
