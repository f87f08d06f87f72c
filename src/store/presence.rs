//! Presence: who was seen lately. One row per teammate, written on every sign of life; online means seen lately.

use super::conn::{all, execute, one, statements};
use super::{Conn, Error, Tx};
use crate::domain::TeammateId;

/// How long after a sign of life a teammate counts as online. Browsers give one every 20 seconds.
pub const ONLINE_WITHIN_MS: i64 = 60_000;

/// The most teammates that are listed.
pub const PAGE_MAX: i64 = 1_000;

statements! {
    TOUCH = "insert into presence (teammate_id, seen_at_ms) values ($1, $2)
        on conflict (teammate_id) do update set seen_at_ms = excluded.seen_at_ms
        where presence.seen_at_ms < excluded.seen_at_ms";
    LIST_ONLINE = "select teammate_id from presence where seen_at_ms > $1 order by teammate_id limit $2";
    // Viewers read; only who works conversations can help a customer.
    COUNT_WORKING = "select count(*) from presence join teammate on teammate.id = presence.teammate_id
        where presence.seen_at_ms > $1 and teammate.role <> 'viewer'";
    LEAVE = "delete from presence where teammate_id = $1";
}

/// The teammate gave a sign of life.
///
/// # Errors
/// If the database fails.
pub async fn touch(tx: &mut Tx, teammate: &TeammateId, now_ms: i64) -> Result<(), Error> {
    execute!(tx, TOUCH, teammate.as_str(), now_ms).map(|_touched| ())
}

/// The teammate signed out.
///
/// # Errors
/// If the database fails.
pub async fn leave(tx: &mut Tx, teammate: &TeammateId) -> Result<(), Error> {
    execute!(tx, LEAVE, teammate.as_str()).map(|_left| ())
}

/// Who gave a sign of life within the last `within_ms` (see [`ONLINE_WITHIN_MS`]); at most [`PAGE_MAX`].
///
/// # Errors
/// If the database fails.
pub async fn list_online(conn: &mut Conn, now_ms: i64, within_ms: i64) -> Result<Vec<TeammateId>, Error> {
    let rows = all!(conn, (String,), LIST_ONLINE, now_ms - within_ms, PAGE_MAX)?;
    Ok(rows.into_iter().map(|(id,)| TeammateId(id)).collect())
}

/// Whether anybody who works conversations is online.
///
/// # Errors
/// If the database fails.
pub async fn is_anyone_online(conn: &mut Conn, now_ms: i64, within_ms: i64) -> Result<bool, Error> {
    let (count,) = one!(conn, (i64,), COUNT_WORKING, now_ms - within_ms)?;
    Ok(count > 0)
}
