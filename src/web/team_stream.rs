//! `GET /stream`: what changes in the workspace, and the notifications to this teammate, in the one order of all changes.
//! Subscribe, replay from the store, follow: nothing is missed and nothing comes twice.

use super::attendance::Attending;
use super::problem::Refusal;
use super::session::Visitor;
use super::{Web, sse};
use crate::desk::Error;
use crate::domain::{ConversationId, Teammate};
use crate::live::Change;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::Event;
use futures::Stream;
use serde::Serialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::{Duration, Instant};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::Interval;

/// The change that says that notifications were stored; the notifications are sent in its place.
const NOTIFIED: &str = "notified";
/// How many changes are read at once.
const PAGE: i64 = 500;
/// How often a teammate's presence and session are looked at.
const LOOK_AFTER: Duration = Duration::from_secs(20);
/// A change is sent under a session that was valid this lately.
const SESSION_TRUSTED: Duration = Duration::from_secs(5);

#[derive(Serialize)]
struct Hello {
    seq: i64,
}

#[derive(Serialize)]
struct Told<'a> {
    seq: i64,
    conversation_id: &'a ConversationId,
    kind: &'a str,
}

struct Following {
    web: Web,
    me: Teammate,
    token: String,
    last_seq: i64,
    changes: Receiver<Change>,
    session_seen: Instant,
    heartbeats: Interval,
    look_after: Interval,
    ready: VecDeque<Event>,
    is_ending: bool,
    _attending: Attending,
    _place: OwnedSemaphorePermit,
}

/// Follows the workspace, from `Last-Event-ID` on, or from now on without one.
///
/// # Errors
/// 401 without a session, 503 when too many streams are open.
pub async fn follow(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let (Some(me), Some(token)) = (visitor.me, visitor.token) else { return Err(Error::SignedOut.into()) };
    let place = web.streams.enter()?;
    let changes = web.live.subscribe();
    let head = web.desk.stream_head().await?;
    let seen = sse::last_event_id(&headers);
    web.desk.touch_presence(&me).await?;

    let hello = sse::event("hello", &Hello { seq: head });
    // A client that begins here resumes from here, even if nothing has happened until then.
    let hello = if seen.is_none() { hello.id(head.to_string()) } else { hello };
    let mut following = Following {
        // A database that was put back to an earlier state has fewer changes than the client saw.
        last_seq: seen.unwrap_or(head).min(head),
        changes,
        session_seen: Instant::now(),
        heartbeats: sse::heartbeats(),
        look_after: sse::every(LOOK_AFTER),
        ready: VecDeque::from([hello]),
        is_ending: false,
        _attending: web.attendance.arrive(&web.desk, &me),
        _place: place,
        web,
        me,
        token,
    };
    following.replay().await?;
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
            if let Err(error) = self.wait().await {
                // The client connects again and goes on from the last change it has seen.
                tracing::warn!(%error, "a teammate's stream ends");
                return None;
            }
        }
    }

    async fn wait(&mut self) -> Result<(), Error> {
        tokio::select! {
            biased;
            () = self.web.shutdown.cancelled() => {
                self.ready.push_back(sse::bye());
                self.is_ending = true;
            }
            heard = self.changes.recv() => match heard {
                Ok(first) => {
                    let mut page = vec![first];
                    while let Ok(more) = self.changes.try_recv() {
                        page.push(more);
                    }
                    self.tell(page).await?;
                }
                Err(RecvError::Lagged(_)) => self.replay().await?,
                Err(RecvError::Closed) => self.is_ending = true,
            },
            _ = self.look_after.tick() => {
                self.check_session().await?;
                if !self.is_ending {
                    self.web.desk.touch_presence(&self.me).await?;
                }
            }
            _ = self.heartbeats.tick() => self.ready.push_back(sse::event("heartbeat", &())),
        }
        Ok(())
    }

    /// Tells what the store has after the last change that was told.
    async fn replay(&mut self) -> Result<(), Error> {
        loop {
            let page = self.web.desk.changes_after(&self.me, self.last_seq, PAGE).await?;
            let is_last_page = (page.len() as i64) < PAGE;
            self.tell(page).await?;
            if is_last_page || self.is_ending {
                return Ok(());
            }
        }
    }

    /// Makes changes ready, in their order; those that were told before are skipped.
    async fn tell(&mut self, page: Vec<Change>) -> Result<(), Error> {
        let page: Vec<Change> = page.into_iter().filter(|change| change.seq > self.last_seq).collect();
        let Some(newest) = page.last().map(|change| change.seq) else { return Ok(()) };
        if self.session_seen.elapsed() > SESSION_TRUSTED {
            self.check_session().await?;
            if self.is_ending {
                return Ok(());
            }
        }
        let is_notified = page.iter().any(|change| change.kind == NOTIFIED);
        let mut notifications = match is_notified {
            true => VecDeque::from(self.web.desk.notifications_after(&self.me, self.last_seq).await?),
            false => VecDeque::new(),
        };
        for change in page {
            // Notifications are stored under seqs of their own, before the change that announces them.
            while let Some((seq, notification)) = notifications.pop_front_if(|(seq, _)| *seq <= change.seq) {
                self.ready.push_back(sse::event("notification", &notification).id(seq.to_string()));
            }
            if change.kind != NOTIFIED {
                let told = Told { seq: change.seq, conversation_id: &change.conversation_id, kind: &change.kind };
                self.ready.push_back(sse::event("change", &told).id(change.seq.to_string()));
            }
        }
        self.last_seq = newest;
        Ok(())
    }

    /// Ends the stream once the session is over or belongs to somebody else. The browser's next try is refused.
    async fn check_session(&mut self) -> Result<(), Error> {
        match self.web.desk.session(&self.token).await? {
            Some(me) if me.id == self.me.id => {
                self.me = me;
                self.session_seen = Instant::now();
            }
            _ => self.is_ending = true,
        }
        Ok(())
    }
}
