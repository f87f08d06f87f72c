//! The one task that reads the change table and announces what is new.

use super::{Change, Inner};
use crate::store::{self, change};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Nothing should depend on this: it bounds the delay if a hint was lost.
const SAFETY_NET: Duration = Duration::from_secs(2);
/// How many changes before its start the pump announces: a stream that was opened before the pump's first look must not
/// miss what came between. Streams skip what they have seen.
const OVERLAP: i64 = change::PAGE_MAX;

/// Runs until `shutdown`.
pub(super) async fn run(inner: &Inner, shutdown: CancellationToken) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = hear_other_processes(inner) => {}
        () = announce(inner) => {}
    }
}

async fn announce(inner: &Inner) {
    let mut last_seq = None;
    let mut is_failing = false;
    loop {
        match announce_new(inner, &mut last_seq).await {
            Ok(()) if is_failing => {
                is_failing = false;
                tracing::info!("changes are announced again");
            }
            Ok(()) => {}
            // Once per outage, not every two seconds.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(%error, "changes can't be read; trying again");
            }
            Err(_) => {}
        }
        // Waiting that times out is the safety net at work, not an error.
        let _ = tokio::time::timeout(SAFETY_NET, inner.wake.notified()).await;
    }
}

/// Reads what comes after `last_seq` until there is no more, and announces it.
async fn announce_new(inner: &Inner, last_seq: &mut Option<i64>) -> Result<(), store::Error> {
    let mut conn = inner.db.read().await?;
    let mut after_seq = match *last_seq {
        Some(seq) => seq,
        None => (change::head(&mut conn).await? - OVERLAP).max(0),
    };
    loop {
        let page = change::list_after(&mut conn, after_seq, change::PAGE_MAX).await?;
        let is_last_page = (page.len() as i64) < change::PAGE_MAX;
        for found in page {
            after_seq = found.seq;
            inner.watchers.announce(&found.conversation_id, found.seq);
            // An error means that nobody listens.
            let _ = inner.changes.send(Change::from(found));
        }
        *last_seq = Some(after_seq);
        if is_last_page {
            return Ok(());
        }
    }
}

/// Wakes the pump for what other processes commit. Never ends; on SQLite, with its one process, it only waits.
async fn hear_other_processes(inner: &Inner) {
    loop {
        match inner.db.listen().await {
            Ok(None) => return std::future::pending().await,
            Ok(Some(mut listener)) => {
                while listener.next().await.is_ok() {
                    inner.wake.notify_one();
                }
            }
            Err(error) => tracing::warn!(%error, "other processes can't be heard; looking every two seconds instead"),
        }
        tokio::time::sleep(SAFETY_NET).await;
    }
}
