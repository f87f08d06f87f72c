//! `GET /widget/api/stream`: a customer's own conversation as it goes on, without notes. What is sent is always read from
//! the store after the last seq that was sent, so nothing is missed and nothing comes twice.

use super::problem::Refusal;
use super::widget::Known;
use super::{Web, sse};
use crate::desk::{Customer, Error};
use crate::domain::ConversationId;
use crate::live::Watcher;
use crate::wire::widget::CustomerState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Sse;
use axum::response::sse::Event;
use futures::Stream;
use std::collections::VecDeque;
use std::convert::Infallible;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Interval;

/// With this many entries at once there may be more: the desk gives at most 200.
const PAGE: usize = 200;

struct Following {
    web: Web,
    customer: Customer,
    conversation: ConversationId,
    last_seq: i64,
    sent_state: Option<CustomerState>,
    watcher: Watcher,
    heartbeats: Interval,
    ready: VecDeque<Event>,
    is_ending: bool,
    _place: OwnedSemaphorePermit,
}

/// Follows the customer's latest conversation, from `Last-Event-ID` on, or from now on without one.
///
/// # Errors
/// 401 for an unknown token, 404 before the first message, 503 when too many streams are open.
pub async fn follow(
    State(web): State<Web>,
    Known(customer): Known,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let place = web.streams.enter()?;
    let Some(latest) = web.desk.customer_conversation(&customer).await? else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "no_conversation",
            "There is no conversation yet. Send a message first.",
        ));
    };
    // Watching begins before the first look: what comes between is seen by the next one.
    let watcher = web.live.watch(&latest.id);
    let mut following = Following {
        last_seq: sse::last_event_id(&headers).unwrap_or(latest.last_seq),
        conversation: latest.id,
        customer,
        sent_state: None,
        watcher,
        heartbeats: sse::heartbeats(),
        ready: VecDeque::new(),
        is_ending: false,
        web,
        _place: place,
    };
    following.look().await?;
    Ok(Sse::new(futures::stream::unfold(following, Following::next)))
}

impl Following {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some((Ok(event), self));
            }
            if self.is_ending {
                return None;
            }
            self.wait().await;
        }
    }

    async fn wait(&mut self) {
        tokio::select! {
            biased;
            () = self.web.shutdown.cancelled() => {
                self.ready.push_back(sse::bye());
                self.is_ending = true;
            }
            () = self.watcher.changed() => {
                if let Err(error) = self.look().await {
                    // The client connects again and goes on from the last entry it has.
                    tracing::warn!(%error, "a customer's stream ends");
                    self.is_ending = true;
                }
            }
            _ = self.heartbeats.tick() => self.ready.push_back(sse::heartbeat()),
        }
    }

    /// Reads what is new and makes it ready.
    async fn look(&mut self) -> Result<(), Error> {
        loop {
            let (entries, state) =
                self.web.desk.customer_news(&self.customer, &self.conversation, self.last_seq).await?;
            let is_last_page = entries.len() < PAGE;
            for entry in entries {
                self.last_seq = self.last_seq.max(entry.seq);
                self.ready.push_back(sse::event("entry", &entry).id(entry.seq.to_string()));
            }
            if !is_last_page {
                continue;
            }
            if self.sent_state.as_ref() != Some(&state) {
                self.ready.push_back(sse::event("state", &state));
                self.sent_state = Some(state);
            }
            return Ok(());
        }
    }
}
