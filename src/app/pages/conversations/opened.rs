//! The conversation that is open: its state, kept fresh by the stream, and what every part of the page does with it.

use super::handoff::marker_id;
use super::lines::Names;
use super::merge::{Merged, ThreadState, Unsent};
use super::refresh::Refresh;
use crate::api;
use crate::app::components::toast::Toasts;
use crate::app::components::use_toasts;
use crate::app::frame::use_me;
use crate::app::live::use_live;
use crate::browser;
use crate::domain::{Content, ConversationId, Entry, HandoffId, Owner, Teammate, TeammateId};
use crate::wire::conversation::{Head, Thread};
use leptos::prelude::*;
use std::future::Future;
use std::time::Duration;

/// The id of the element that scrolls the thread.
pub const SCROLL_ID: &str = "thread-scroll";

/// How long a message that was jumped to stays marked.
const HIGHLIGHT_MS: u64 = 2_000;

/// A message that was jumped to stands this far down the pane, so that what came before it is in sight.
const JUMP_SHARE: f64 = 0.25;

/// Bound on the pages of older messages that one jump loads.
const OLDER_PAGES_MAX: usize = 10;

/// The open conversation; from [`use_opened`].
#[derive(Clone, Copy)]
pub struct Opened {
    pub state: RwSignal<ThreadState>,
    /// What changes without a new entry.
    pub head: Memo<Head>,
    /// The act that runs, by its name.
    pub busy: RwSignal<Option<&'static str>>,
    /// Who was quicker to take the conversation.
    pub lost_to: RwSignal<Option<String>>,
    /// The message that was jumped to.
    pub highlighted: RwSignal<Option<i64>>,
    /// What arrived, for readers of screens.
    pub announced: RwSignal<String>,
    /// Messages arrived below what the reader sees.
    pub has_news_below: RwSignal<bool>,
    /// On narrow screens: the details cover the thread.
    pub are_details_open: RwSignal<bool>,
    me: StoredValue<Teammate>,
    toasts: Toasts,
    refresh: StoredValue<Option<Refresh>>,
}

/// Opens a loaded conversation for the parts of the page below.
pub fn provide_opened(thread: Thread) -> Opened {
    let state = RwSignal::new(ThreadState::new(thread));
    let opened = Opened {
        state,
        head: Memo::new(move |_| state.with(|state| state.thread().head.clone())),
        busy: RwSignal::new(None),
        lost_to: RwSignal::new(None),
        highlighted: RwSignal::new(None),
        announced: RwSignal::new(String::new()),
        has_news_below: RwSignal::new(false),
        are_details_open: RwSignal::new(false),
        me: StoredValue::new(use_me().teammate),
        toasts: use_toasts(),
        refresh: StoredValue::new(None),
    };
    let refresh = Refresh::new(0, move || opened.catch_up());
    opened.refresh.set_value(Some(refresh));
    provide_context(opened);
    opened.follow();
    opened
}

/// The open conversation.
pub fn use_opened() -> Opened {
    expect_context::<Opened>()
}

impl Opened {
    /// The conversation's id.
    pub fn id(&self) -> ConversationId {
        self.head.with_untracked(|head| head.id.clone())
    }

    /// Who reads.
    pub fn me(&self) -> Teammate {
        self.me.get_value()
    }

    /// The reader's id.
    pub fn my_id(&self) -> TeammateId {
        self.me.with_value(|me| me.id.clone())
    }

    /// Looks at the names of the thread as it stands, without following it.
    pub fn with_names<T>(&self, look: impl FnOnce(&Names) -> T) -> T {
        let me = self.my_id();
        self.state.with_untracked(|state| look(&Names::new(state.thread(), &me)))
    }

    /// Asks the server for what is new.
    pub fn refresh(&self) {
        if let Some(Some(refresh)) = self.refresh.try_get_value() {
            refresh.request();
        }
    }

    /// Does something to the conversation and asks for what came of it. While it runs, [`Self::busy`] holds `name`.
    /// A lost race opens the dialog that says who won; any other failure is a toast.
    pub fn act<F>(self, name: &'static str, work: F, on_done: impl FnOnce() + 'static)
    where
        F: Future<Output = Result<(), api::Error>> + 'static,
    {
        if self.busy.get_untracked().is_some() {
            return;
        }
        self.busy.set(Some(name));
        leptos::task::spawn_local(async move {
            let outcome = work.await;
            self.busy.try_set(None);
            match outcome {
                Ok(()) => on_done(),
                Err(error) => self.tell(error),
            }
            self.refresh();
        });
    }

    /// Whether the act `name` runs.
    pub fn is_busy(self, name: &'static str) -> Signal<bool> {
        Signal::derive(move || self.busy.get() == Some(name))
    }

    /// Toasts of the app.
    pub fn toasts(&self) -> Toasts {
        self.toasts
    }

    fn tell(&self, error: api::Error) {
        match &error.0.owner_name {
            Some(name) if error.0.status == 409 => {
                self.lost_to.try_set(Some(name.clone()));
            }
            _ => self.toasts.failed(error.to_string()),
        }
    }

    /// Shows the place in the thread where a handoff began.
    pub fn jump_to_handoff(self, id: &HandoffId) {
        self.are_details_open.set(false);
        let marker = marker_id(id);
        request_animation_frame(move || {
            browser::scroll_pane_to(SCROLL_ID, &marker, 0.0);
            browser::focus(&marker);
        });
    }

    /// Shows the message with this seq and marks it for a moment; loads older ones if it is not there yet.
    pub fn jump(self, seq: i64) {
        self.are_details_open.set(false);
        leptos::task::spawn_local(async move {
            for _ in 0..OLDER_PAGES_MAX {
                let is_missing = self.state.try_with_untracked(|state| {
                    let thread = state.thread();
                    thread.has_older && thread.entries.first().is_some_and(|first| first.seq > seq)
                });
                if is_missing != Some(true) || !self.load_older().await {
                    break;
                }
            }
            request_animation_frame(move || {
                let id = entry_id(seq);
                browser::scroll_pane_to(SCROLL_ID, &id, JUMP_SHARE);
                browser::focus(&id);
            });
            self.highlighted.try_set(Some(seq));
            let clear = move || {
                self.highlighted.try_update(|marked| {
                    if *marked == Some(seq) {
                        *marked = None;
                    }
                });
            };
            set_timeout(clear, Duration::from_millis(HIGHLIGHT_MS));
        });
    }

    /// Loads the page before the first entry held; answers whether it could.
    pub async fn load_older(self) -> bool {
        let first = self.state.try_with_untracked(|state| state.thread().entries.first().map(|entry| entry.seq));
        let Some(Some(before_seq)) = first else { return false };
        match api::conversation::load_older(self.id(), before_seq).await {
            Ok(older) => self.state.try_update(|state| state.prepend(older)).is_some(),
            Err(error) => {
                self.toasts.failed(error.to_string());
                false
            }
        }
    }

    /// Shows a message of the reader's own at once and sends it. `on_refused` gets it back when the server refuses it.
    pub fn send(self, mine: Unsent, on_refused: impl FnOnce(Unsent, api::Error) + 'static) {
        self.state.update(|state| state.sending(mine.clone()));
        self.scroll_to_end();
        leptos::task::spawn_local(async move {
            let (id, client_id, body) = (self.id(), mine.client_id.clone(), mine.body.clone());
            let sent = match mine.is_note {
                true => api::conversation::note(id, client_id, body).await,
                false => api::conversation::reply(id, client_id, body).await,
            };
            match sent {
                Ok(entry) => {
                    self.state.try_update(|state| state.confirmed(entry));
                }
                Err(error) if error.is_connection() || error.0.status >= 500 => {
                    self.state.try_update(|state| state.failed(&mine.client_id, error.to_string()));
                    self.scroll_to_end();
                }
                Err(error) => {
                    if let Some(Some(mine)) = self.state.try_update(|state| state.withdraw(&mine.client_id)) {
                        on_refused(mine, error);
                    }
                }
            }
            self.refresh();
        });
    }

    /// Shows the newest message.
    pub fn scroll_to_end(self) {
        self.has_news_below.try_set(false);
        request_animation_frame(|| browser::scroll_to_end(SCROLL_ID));
    }

    /// Follows the stream, and tells the server that what it said about this conversation has been seen.
    fn follow(self) {
        let live = use_live();
        live.look_at(self.id());
        live.on_change(move |change| {
            if self.head.try_with_untracked(|head| head.id == change.conversation_id) == Some(true) {
                self.refresh();
            }
        });
        live.on_return(move || self.refresh());
        Effect::new(move |_| {
            let id = self.id();
            // A failure leaves the notifications unseen; the next look marks them.
            leptos::task::spawn_local(async move {
                let _ = api::notification::mark_seen(id).await;
            });
            self.begin_reading();
        });
    }

    /// Where reading begins: at the handoff that waits for somebody, with its summary; else at the newest message.
    fn begin_reading(self) {
        let waiting = self.state.with_untracked(|state| {
            let thread = state.thread();
            let is_waiting = thread.head.owner == Owner::Queue;
            thread.handoffs.first().filter(|_| is_waiting).map(|handoff| marker_id(&handoff.id))
        });
        match waiting {
            Some(marker) => request_animation_frame(move || browser::scroll_pane_to(SCROLL_ID, &marker, 0.0)),
            None => self.scroll_to_end(),
        }
    }

    async fn catch_up(self) -> bool {
        let Some((id, after_seq)) =
            self.state.try_with_untracked(|state| (state.thread().head.id.clone(), state.known_through()))
        else {
            return true;
        };
        let was_at_end = browser::is_at_end(SCROLL_ID);
        let news = match api::conversation::load_thread(id.clone(), Some(after_seq)).await {
            Ok(news) => news,
            // Signed out, or not for this reader any more: asking again changes nothing.
            Err(error) => return (400..500).contains(&error.0.status),
        };
        let arrived = news.entries.clone();
        match self.state.try_update(|state| state.join(news)) {
            Some(Merged::Joined) => self.show_arrived(arrived, was_at_end),
            Some(Merged::Gap) => match api::conversation::load_thread(id, None).await {
                Ok(thread) => {
                    self.state.try_update(|state| state.replace(thread));
                }
                Err(_) => return false,
            },
            None => {}
        }
        true
    }

    /// Keeps the end in sight where it was in sight, and reads out what others wrote.
    fn show_arrived(self, arrived: Vec<Entry>, was_at_end: bool) {
        let me = self.my_id();
        let words: Vec<String> = arrived
            .iter()
            .filter_map(|entry| match &entry.content {
                Content::Message { author, body } => {
                    let is_mine = matches!(author, crate::domain::Author::Teammate { id } if *id == me);
                    (!is_mine).then(|| self.with_names(|names| format!("{}: {body}", names.author(author))))
                }
                Content::Note { by, body } if *by != me => {
                    Some(self.with_names(|names| format!("Note by {}: {body}", names.name(by))))
                }
                Content::Note { .. } | Content::Event { .. } => None,
            })
            .collect();
        if !words.is_empty() {
            self.announced.try_set(words.join("\n"));
        }
        if arrived.is_empty() {
            return;
        }
        if was_at_end {
            self.scroll_to_end();
        } else if !words.is_empty() {
            self.has_news_below.try_set(true);
        }
    }
}

/// The id of an entry's element.
pub fn entry_id(seq: i64) -> String {
    format!("entry-{seq}")
}
