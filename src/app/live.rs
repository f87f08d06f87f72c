//! The team's stream: one for the whole signed-in app. Pages say what they want to hear; the stream says only that something
//! changed, and the page asks the server what. Reconnecting, sounds and notifications are settled here.

use super::components::{Connection, use_toasts};
use super::sound;
use crate::api;
use crate::browser::{self, StreamEvent, StreamState, Subscription};
use crate::domain::ConversationId;
use crate::wire;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::Deserialize;
use std::time::Duration;

const PATH: &str = "/stream";

/// What the stream says; see the contract of `GET /stream`.
const EVENTS: &[&str] = &["hello", "change", "notification"];

/// The first pause before a stream that the server closed is opened anew; doubled each time.
const REOPEN_MS: u64 = 1_000;

/// The longest such pause.
const REOPEN_MS_MAX: u64 = 30_000;

/// A brief loss is not worth a word: this long before the bar appears.
const LOST_SHOWN_MS: u64 = 1_500;

/// Something changed in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Change {
    /// The change's place in the order of all changes.
    pub seq: i64,
    pub conversation_id: ConversationId,
    /// `message`, `handoff`, `taken_over`, `resolved` …
    pub kind: String,
}

/// The stream, from [`use_live`].
#[derive(Clone, Copy)]
pub struct Live {
    connection: RwSignal<Connection>,
    is_open: StoredValue<bool>,
    /// The conversation that the reader has in front of them.
    looked_at: StoredValue<Option<ConversationId>>,
    attempts: StoredValue<u32>,
    next_id: StoredValue<u64>,
    changes: StoredValue<Vec<(u64, Callback<Change>)>>,
    returns: StoredValue<Vec<(u64, Callback<()>)>>,
    notices: StoredValue<Vec<(u64, Callback<wire::notification::Notification>)>>,
    subscription: StoredValue<Option<Subscription>>,
}

/// Opens the stream once the page runs in a browser, for as long as the caller's part of the page lives.
pub fn provide_live() -> Live {
    let live = Live {
        connection: RwSignal::new(Connection::Good),
        is_open: StoredValue::new(false),
        looked_at: StoredValue::new(None),
        attempts: StoredValue::new(0),
        next_id: StoredValue::new(0),
        changes: StoredValue::new(Vec::new()),
        returns: StoredValue::new(Vec::new()),
        notices: StoredValue::new(Vec::new()),
        subscription: StoredValue::new(None),
    };
    provide_context(live);
    Effect::new(move |_| live.open());
    live.on_notification(announce(live));
    live
}

/// The stream of the signed-in app.
pub fn use_live() -> Live {
    expect_context::<Live>()
}

impl Live {
    /// Whether the stream is there, for the connection bar.
    pub fn connection(&self) -> Signal<Connection> {
        self.connection.into()
    }

    /// Calls `heard` for every change, until the caller's part of the page goes.
    pub fn on_change(&self, heard: impl Fn(Change) + Send + Sync + 'static) {
        self.listen(self.changes, Callback::new(heard));
    }

    /// Calls `heard` whenever the stream begins, or begins again after a loss: what happened since the page was rendered,
    /// or meanwhile, was not told, so ask for it.
    pub fn on_return(&self, heard: impl Fn() + Send + Sync + 'static) {
        self.listen(self.returns, Callback::new(move |()| heard()));
    }

    /// Calls `heard` for every notification to this teammate.
    pub fn on_notification(&self, heard: impl Fn(wire::notification::Notification) + Send + Sync + 'static) {
        self.listen(self.notices, Callback::new(heard));
    }

    /// The reader looks at this conversation until the caller's part of the page goes: what the stream says of it is not
    /// announced a second time.
    pub fn look_at(&self, id: ConversationId) {
        self.looked_at.set_value(Some(id.clone()));
        let looked_at = self.looked_at;
        on_cleanup(move || {
            looked_at.try_update_value(|now| {
                // The next conversation may be looked at already.
                if now.as_ref() == Some(&id) {
                    *now = None;
                }
            });
        });
    }

    fn is_looking_at(&self, id: &ConversationId) -> bool {
        browser::is_visible() && self.looked_at.try_with_value(|now| now.as_ref() == Some(id)) == Some(true)
    }

    fn listen<T: 'static>(&self, list: StoredValue<Vec<(u64, Callback<T>)>>, heard: Callback<T>) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        list.update_value(|list| list.push((id, heard)));
        // The list itself may be gone before its listeners.
        on_cleanup(move || {
            list.try_update_value(|list| list.retain(|(other, _)| *other != id));
        });
    }

    /// Closes the stream: the teammate is leaving, and a stream of nobody would only be refused.
    pub fn close(&self) {
        self.subscription.set_value(None);
    }

    fn open(self) {
        let subscription =
            browser::subscribe(PATH, EVENTS, move |event| self.hear(event), move |state| self.turn(state));
        self.subscription.set_value(subscription);
    }

    fn hear(self, event: StreamEvent) {
        match event.name {
            "hello" => tell(self.returns, Ok(())),
            "change" => tell(self.changes, serde_json::from_str(&event.data)),
            "notification" => tell(self.notices, serde_json::from_str(&event.data)),
            _ => {}
        }
    }

    fn turn(self, state: StreamState) {
        match state {
            StreamState::Open => {
                self.is_open.set_value(true);
                self.attempts.set_value(0);
                self.connection.set(Connection::Good);
            }
            StreamState::Reconnecting => self.lose(),
            StreamState::Closed => {
                self.lose();
                self.open_later();
            }
        }
    }

    fn lose(self) {
        self.is_open.set_value(false);
        set_timeout(
            move || {
                if self.is_open.try_get_value() == Some(false) {
                    self.connection.set(Connection::Lost);
                }
            },
            Duration::from_millis(LOST_SHOWN_MS),
        );
    }

    /// The server refused the stream: it restarts, or nobody is signed in any more.
    fn open_later(self) {
        let attempts = self.attempts.get_value();
        self.attempts.set_value(attempts.saturating_add(1));
        let pause_ms = (REOPEN_MS << attempts.min(8)).min(REOPEN_MS_MAX);
        set_timeout(
            move || {
                leptos::task::spawn_local(async move {
                    let who = api::session::who_am_i().await;
                    let is_frame_gone = self.is_open.try_get_value().is_none();
                    match who {
                        _ if is_frame_gone => {}
                        Ok(None) => browser::navigate_fully("/sign-in"),
                        Ok(Some(_)) => self.open(),
                        Err(_) => self.open_later(),
                    }
                });
            },
            Duration::from_millis(pause_ms),
        );
    }
}

/// Calls every listener; what can't be read is skipped, since every page asks the server for the truth anyway.
fn tell<T: Clone + 'static>(list: StoredValue<Vec<(u64, Callback<T>)>>, said: Result<T, serde_json::Error>) {
    let Ok(said) = said else { return };
    for (_, heard) in list.try_get_value().unwrap_or_default() {
        heard.run(said.clone());
    }
}

/// Makes a notification heard and seen: a sound, and either the system's notification or, when the page is in front, a toast.
/// What is said of the conversation in front of the reader is seen already.
fn announce(live: Live) -> impl Fn(wire::notification::Notification) + Send + Sync + 'static {
    let toasts = use_toasts();
    let navigate = use_navigate();
    move |notice| {
        if live.is_looking_at(&notice.conversation_id) {
            leptos::task::spawn_local(async move {
                // A failure leaves it unseen; opening the conversation again marks it.
                let _ = api::notification::mark_seen(notice.conversation_id).await;
            });
            return;
        }
        if sound::is_sound_on() {
            browser::play_chime();
        }
        let (navigate, path) = (navigate.clone(), format!("/conversations/{}", notice.conversation_id.as_str()));
        if browser::is_visible() {
            toasts.news(notice.title, move || navigate(&path, NavigateOptions::default()));
        } else if sound::are_notices_on() {
            browser::show_notification(&notice.title, &notice.body, notice.id.as_str(), move || {
                navigate(&path, NavigateOptions::default());
            });
        }
    }
}
