//! Asks models that did not answer whether they do again, so that they come back by themselves.

use crate::desk::Desk;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether a probe is due; the circuit breaker says when one is.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Runs until `shutdown`.
pub(super) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        if let Err(error) = desk.probe_models().await {
            tracing::warn!(%error, "models could not be probed");
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}
