//! What the two event streams share: how many there may be, how they begin, keep alive and end.

use super::problem::Refusal;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::Event;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Interval, MissedTickBehavior};

/// A sign of life on a quiet stream, so that proxies keep it open and clients notice when it is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How many streams this process holds open.
#[derive(Clone)]
pub struct Streams(Arc<Semaphore>);

impl Streams {
    /// At most `max` at once.
    pub fn new(max: u32) -> Self {
        Self(Arc::new(Semaphore::new(usize::try_from(max).unwrap_or(Semaphore::MAX_PERMITS))))
    }

    /// Takes a place, for as long as the permit lives.
    ///
    /// # Errors
    /// 503 when every place is taken.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.0).try_acquire_owned().map_err(|_| {
            tracing::warn!("a stream was refused: too many are open");
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "full", "Too many streams are open. Try again in a moment.")
                .retry_after(5)
        })
    }
}

/// The last event that the client saw; `None` when it begins anew.
pub fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.trim().parse().ok().filter(|seq| *seq >= 0)
}

/// Ticks when a heartbeat is due.
pub fn heartbeats() -> Interval {
    every(HEARTBEAT)
}

/// Ticks from one period on; late ticks are not made up for.
pub fn every(period: Duration) -> Interval {
    let mut interval = tokio::time::interval_at(tokio::time::Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// A comment line.
pub fn heartbeat() -> Event {
    Event::default().comment("")
}

/// The server stops: the client should connect again, to whoever answers next.
pub fn bye() -> Event {
    Event::default().event("bye").data("")
}

/// An event with JSON data.
pub fn event(name: &'static str, data: &impl serde::Serialize) -> Event {
    let data = serde_json::to_string(data).expect("the product's own types have text keys and no failing serializers");
    Event::default().event(name).data(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_beyond_the_last_place_is_refused_until_one_leaves() {
        let streams = Streams::new(1);
        let first = streams.enter().unwrap();
        assert!(streams.enter().is_err());
        drop(first);
        assert!(streams.enter().is_ok());
    }
}
