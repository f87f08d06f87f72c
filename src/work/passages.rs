//! Keeps what is compared by meaning supplied with sentence vectors: conditions at the start, and the passages of what agents
//! know at the start, after each save, and now and then, because other processes save too.

use crate::desk::Desk;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often passages are looked for that another process has stored.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Runs until `shutdown`. Passages without a vector are found by their words meanwhile.
pub(super) async fn run(desk: Desk, shutdown: CancellationToken) {
    if let Err(error) = desk.prepare_engine().await {
        tracing::warn!(%error, "conditions are read when they are first needed");
    }
    while !shutdown.is_cancelled() {
        match desk.embed_passages().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "passages got no sentence vectors"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = desk.wait_for_passages() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}
