//! Writing to the customer, or a note to the team. What is typed is kept in the browser until it is sent.

use super::allowed::{Allowed, Reply};
use super::merge::Unsent;
use super::opened::{Opened, use_opened};
use crate::api;
use crate::app::components::{Button, FieldError, Glyph, Icon, Look, Size};
use crate::browser;
use crate::domain::TeammateId;
use crate::domain::entry::BODY_CHARS_MAX;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// From here on the composer counts.
const COUNT_SHOWN_FROM: usize = BODY_CHARS_MAX * 9 / 10;

/// Who reads what is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Reply,
    Note,
}

impl Mode {
    const BOTH: [Mode; 2] = [Mode::Reply, Mode::Note];

    fn word(self) -> &'static str {
        match self {
            Mode::Reply => "reply",
            Mode::Note => "note",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Mode::Reply => "Reply",
            Mode::Note => "Note",
        }
    }

    fn tab_id(self) -> &'static str {
        match self {
            Mode::Reply => "composer-reply-tab",
            Mode::Note => "composer-note-tab",
        }
    }
}

const FIELD_ID: &str = "composer-text";
const PANEL_ID: &str = "composer-panel";

/// What the composer holds.
#[derive(Clone, Copy)]
struct Draft {
    opened: Opened,
    mode: RwSignal<Mode>,
    reply: RwSignal<String>,
    note: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Draft {
    fn text_of(self, mode: Mode) -> RwSignal<String> {
        if mode == Mode::Note { self.note } else { self.reply }
    }

    fn key(self, mode: Mode) -> String {
        format!("baton:draft:{}:{}", self.opened.id(), mode.word())
    }

    /// Fills in what was typed here before.
    fn recall(self) {
        for mode in Mode::BOTH {
            if let Some(text) = browser::load(&self.key(mode)) {
                self.text_of(mode).set(text);
            }
        }
    }

    fn write(self, mode: Mode, text: String) {
        self.error.set(None);
        browser::save(&self.key(mode), (!text.is_empty()).then_some(text.as_str()));
        self.text_of(mode).set(text);
    }

    fn choose(self, mode: Mode) {
        self.error.set(None);
        self.mode.set(mode);
    }

    fn send(self) {
        let mode = self.mode.get_untracked();
        let body = self.text_of(mode).get_untracked().trim().to_owned();
        let length = body.chars().count();
        if body.is_empty() {
            self.error.set(Some("Write something first.".to_owned()));
            return browser::focus(FIELD_ID);
        }
        if length > BODY_CHARS_MAX {
            self.error.set(Some(format!("This is {length} characters long. Shorten it to {BODY_CHARS_MAX} or fewer.")));
            return browser::focus(FIELD_ID);
        }
        let mine = Unsent {
            client_id: browser::random_id(),
            body,
            is_note: mode == Mode::Note,
            written_at_ms: browser::now_ms(),
            failure: None,
        };
        self.write(mode, String::new());
        self.opened.send(mine, move |mine, error| self.take_back(mine, error));
    }

    /// The server refused it: the words come back, with the reason beside them.
    fn take_back(self, mine: Unsent, error: api::Error) {
        let mode = if mine.is_note { Mode::Note } else { Mode::Reply };
        let Some(newer) = self.text_of(mode).try_get_untracked() else { return };
        let text = if newer.trim().is_empty() { mine.body } else { format!("{}\n{newer}", mine.body) };
        self.write(mode, text);
        self.mode.set(mode);
        self.error.set(Some(error.field("body").map_or_else(|| error.to_string(), str::to_owned)));
        browser::focus(FIELD_ID);
    }
}

/// Reply and Note, with the text and Send. Nothing for a reader who may not write.
#[component]
pub fn Composer() -> impl IntoView {
    let opened = use_opened();
    let may_note = Memo::new(move |_| opened.head.with(|head| Allowed::new(head, &opened.me()).note));
    let draft = Draft {
        opened,
        mode: RwSignal::new(Mode::Reply),
        reply: RwSignal::new(String::new()),
        note: RwSignal::new(String::new()),
        error: RwSignal::new(None),
    };
    Effect::new(move |_| draft.recall());
    view! {
        <Show
            when=move || may_note.get()
            fallback=|| {
                view! {
                    <p class="border-t border-border px-5 py-3 text-muted">
                        "You can read this conversation. Ask an admin for the Teammate role to reply."
                    </p>
                }
            }
        >
            <Writing draft />
        </Show>
    }
}

#[component]
fn Writing(draft: Draft) -> impl IntoView {
    let opened = draft.opened;
    let reply = Memo::new(move |_| opened.head.with(|head| Reply::new(head, &opened.me())));
    let is_note = Memo::new(move |_| draft.mode.get() == Mode::Note);
    let can_write = Memo::new(move |_| is_note.get() || matches!(reply.get(), Reply::Yes | Reply::TakesOver));
    let tint = move || if is_note.get() { "bg-note border-note-border" } else { "bg-surface border-field/70" };
    let label = move || {
        let name = opened.head.with(|head| head.customer_name.clone());
        if is_note.get() { "Private note for the team".to_owned() } else { format!("Reply to {name}") }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            draft.send();
        }
    };
    let text = move || draft.text_of(draft.mode.get()).get();
    view! {
        <section aria-label="Write" class="px-5 pb-4 max-md:px-3 max-md:pb-3">
            <div class=move || {
                format!(
                    "rounded-card border transition-colors focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring {}",
                    tint(),
                )
            }>
                <Tabs draft />
                <div id=PANEL_ID role="tabpanel" aria-labelledby=move || draft.mode.get().tab_id()>
                    <Show when=move || can_write.get() fallback=move || view! { <WhyNot reply=reply.get() /> }>
                        <textarea
                            id=FIELD_ID
                            rows="2"
                            dir="auto"
                            class="field-sizing-content max-h-[40vh] min-h-14 w-full resize-none bg-transparent px-3 py-2 text-base leading-relaxed outline-none max-md:text-lg"
                            aria-label=label
                            aria-invalid=move || draft.error.with(Option::is_some).then_some("true")
                            aria-describedby="composer-hint composer-error"
                            prop:value=text
                            on:input=move |event| draft.write(draft.mode.get_untracked(), event_target_value(&event))
                            on:keydown=on_key
                        ></textarea>
                        <div role="alert" class="px-3">
                            {move || draft.error.get().map(|error| view! { <FieldError id="composer-error" error /> })}
                        </div>
                        <div class="flex items-center gap-3 p-2 pl-3">
                            <p id="composer-hint" class="min-w-0 flex-1 text-xs text-muted">
                                {move || hint(draft.mode.get(), reply.get())}
                            </p>
                            <Count draft />
                            <Button
                                look=Look::Primary
                                size=Size::Small
                                icon=Glyph::Send
                                on_click=move |()| draft.send()
                            >
                                {move || if is_note.get() { "Add note" } else { "Send reply" }}
                            </Button>
                        </div>
                    </Show>
                </div>
            </div>
        </section>
    }
}

fn hint(mode: Mode, reply: Reply) -> &'static str {
    match (mode, reply) {
        (Mode::Note, _) => "Only your team sees notes. Ctrl or ⌘ + Enter adds it.",
        (Mode::Reply, Reply::TakesOver) => "Your reply takes this conversation over.",
        (Mode::Reply, _) => "Ctrl or ⌘ + Enter sends.",
    }
}

/// The two tabs; arrow keys move between them.
#[component]
fn Tabs(draft: Draft) -> impl IntoView {
    let tab = move |mode: Mode| {
        let is_chosen = Memo::new(move |_| draft.mode.get() == mode);
        let glyph = if mode == Mode::Note { Glyph::Note } else { Glyph::Reply };
        view! {
            <button
                type="button"
                role="tab"
                id=mode.tab_id()
                aria-controls=PANEL_ID
                aria-selected=move || if is_chosen.get() { "true" } else { "false" }
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                class="inline-flex h-7 items-center gap-1.5 rounded-control px-2.5 text-sm font-medium text-muted transition-colors hover:text-text aria-selected:bg-sunken aria-selected:text-text max-md:h-9"
                on:click=move |_| {
                    draft.choose(mode);
                    browser::focus(FIELD_ID);
                }
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                        event.prevent_default();
                        let other = if mode == Mode::Note { Mode::Reply } else { Mode::Note };
                        draft.choose(other);
                        browser::focus(other.tab_id());
                    }
                }
            >
                <Icon glyph size=14 />
                {mode.label()}
            </button>
        }
    };
    view! {
        <div role="tablist" aria-label="Reply or note" class="flex gap-1 p-1.5 pb-0">
            {Mode::BOTH.map(tab).collect_view()}
        </div>
    }
}

/// How many characters are left, once it matters.
#[component]
fn Count(draft: Draft) -> impl IntoView {
    let used = Memo::new(move |_| draft.text_of(draft.mode.get()).with(|text| text.trim().chars().count()));
    move || {
        (used.get() >= COUNT_SHOWN_FROM).then(|| {
            let colour = if used.get() > BODY_CHARS_MAX { "text-danger-text" } else { "text-muted" };
            view! { <span class=format!("figures text-xs {colour}")>{used.get()} " of " {BODY_CHARS_MAX}</span> }
        })
    }
}

/// Why the reader can't reply now, and what helps.
#[component]
fn WhyNot(reply: Reply) -> impl IntoView {
    let opened = use_opened();
    let (words, button) = match reply {
        Reply::Resolved => {
            let reopen = move |()| opened.act("reopen", api::conversation::reopen(opened.id()), || {});
            let button = view! {
                <Button size=Size::Small icon=Glyph::Undo pending=opened.is_busy("reopen") on_click=reopen>
                    "Reopen to reply"
                </Button>
            };
            ("This conversation is resolved.".to_owned(), Some(button.into_any()))
        }
        Reply::OwnedByOther => {
            let name = opened.head.with_untracked(|head| head.owner_name.clone());
            let me: TeammateId = opened.my_id();
            let assign = move |()| opened.act("assign", api::conversation::assign(opened.id(), me.clone()), || {});
            let button = view! {
                <Button size=Size::Small icon=Glyph::UserPlus pending=opened.is_busy("assign") on_click=assign>
                    "Assign to me"
                </Button>
            };
            let name = name.unwrap_or_else(|| "Another teammate".to_owned());
            (format!("{name} answers this customer. You can write a note."), Some(button.into_any()))
        }
        Reply::Yes | Reply::TakesOver | Reply::ReadsOnly => (String::new(), None),
    };
    view! {
        <div class="flex min-h-14 flex-wrap items-center justify-between gap-3 px-3 py-2.5">
            <p class="text-muted">{words}</p>
            {button}
        </div>
    }
}
