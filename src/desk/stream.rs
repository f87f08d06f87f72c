//! What a teammate's stream replays after a lost connection.

use super::{Desk, Error, tell};
use crate::domain::Teammate;
use crate::live::Change;
use crate::store;
use crate::store::notification::Channel;
use crate::wire::notification::Notification;

/// The most notifications one replay sends.
const NOTIFICATIONS_MAX: i64 = 100;

impl Desk {
    /// The changes after `seq`, oldest first. Every role may see every conversation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn changes_after(&self, _me: &Teammate, seq: i64, limit: i64) -> Result<Vec<Change>, Error> {
        let changes = store::change::list_after(&mut self.db.read().await?, seq, limit).await?;
        Ok(changes.into_iter().map(Change::from).collect())
    }

    /// `me`'s notifications after `seq` of the same stream, oldest first, each with its seq.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn notifications_after(&self, me: &Teammate, seq: i64) -> Result<Vec<(i64, Notification)>, Error> {
        let conn = &mut self.db.read().await?;
        let stored = store::notification::list_since(conn, &me.id, Channel::Browser, seq, NOTIFICATIONS_MAX).await?;
        Ok(stored.into_iter().filter_map(|row| Some((row.seq, tell::shown(row)?))).collect())
    }

    /// The newest seq of the stream.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn stream_head(&self) -> Result<i64, Error> {
        Ok(store::change::head(&mut self.db.read().await?).await?)
    }
}
