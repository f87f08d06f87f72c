//! The thread itself: days, messages, notes, lines, handoffs, and what is still on its way.

use super::decision::Why;
use super::handoff::HandoffBlock;
use super::items::{Item, items};
use super::merge::Unsent;
use super::opened::{Opened, SCROLL_ID, entry_id, use_opened};
use super::unsent::UnsentMessage;
use crate::app::components::time::use_now;
use crate::app::components::{Avatar, AvatarSize, Button, ClockTime, Glyph, Icon, Look, Size};

use crate::browser;
use crate::domain::{Author, Content, Entry, TurnId};
use leptos::prelude::*;

/// Everything in the thread, oldest first.
#[component]
pub fn Messages() -> impl IntoView {
    let opened = use_opened();
    let now = use_now();
    let is_local = Memo::new(move |_| now.with(Option::is_some));
    let shown = Memo::new(move |_| {
        let day_of = if is_local.get() { browser::local_day } else { browser::utc::day };
        opened.state.with(|state| items(state, day_of))
    });
    let has_older = Memo::new(move |_| opened.state.with(|state| state.thread().has_older));
    let is_loading = RwSignal::new(false);
    let load_older = move |()| {
        is_loading.set(true);
        leptos::task::spawn_local(async move {
            opened.load_older().await;
            is_loading.try_set(false);
        });
    };
    view! {
        <div
            id=SCROLL_ID
            class="min-h-0 flex-1 overflow-y-auto overscroll-contain"
            tabindex="0"
            role="region"
            aria-label="Messages"
            on:scroll=move |_| {
                if opened.has_news_below.get_untracked() && browser::is_at_end(SCROLL_ID) {
                    opened.has_news_below.set(false);
                }
            }
        >
            <div class="mx-auto flex max-w-3xl flex-col px-5 py-4 max-md:px-4">
                <Show when=move || has_older.get()>
                    <div class="flex justify-center pb-3">
                        <Button look=Look::Ghost size=Size::Small pending=is_loading on_click=load_older>
                            "Load earlier messages"
                        </Button>
                    </div>
                </Show>
                <ol class="flex flex-col" aria-label="Thread">
                    <For each=move || shown.get() key=Item::key let:item>
                        <ItemView item />
                    </For>
                </ol>
                <Thinking />
            </div>
        </div>
    }
}

#[component]
fn ItemView(item: Item) -> impl IntoView {
    match item {
        Item::Day(day) => view! { <DayLine day /> }.into_any(),
        Item::Said { entry, starts_group } => view! { <Said entry starts_group /> }.into_any(),
        Item::Happened(entry) => view! { <Happened entry /> }.into_any(),
        Item::Handoff(id) => view! { <HandoffBlock id /> }.into_any(),
        Item::Unsent { mine, starts_group } => view! { <OnItsWay mine starts_group /> }.into_any(),
    }
}

#[component]
fn DayLine(day: String) -> impl IntoView {
    let now = use_now();
    const DAY_MS: i64 = 86_400_000;
    let label = Memo::new(move |_| match now.get() {
        Some(now_ms) if browser::local_day(now_ms) == day => "Today".to_owned(),
        Some(now_ms) if browser::local_day(now_ms - DAY_MS) == day => "Yesterday".to_owned(),
        _ => day.clone(),
    });
    view! {
        <li class="py-3 text-center text-xs font-medium text-muted">{move || label.get()}</li>
    }
}

/// How a message looks: whose side it stands on and its tint.
fn bubble(author: &Author) -> (&'static str, &'static str) {
    match author {
        Author::Customer => ("items-start", "bg-sunken"),
        Author::Ai { .. } => ("items-end", "bg-ai-tint"),
        Author::Teammate { .. } => ("items-end", "bg-accent-tint"),
        Author::System => ("items-end", "border border-dashed border-field/70 text-muted"),
    }
}

#[component]
fn Said(entry: Entry, starts_group: bool) -> impl IntoView {
    let opened = use_opened();
    let Entry { seq, content, created_at_ms, .. } = entry;
    let (side, look, name, body, turn) = match &content {
        Content::Message { author, body } => {
            let (side, look) = bubble(author);
            let turn = if let Author::Ai { turn_id, .. } = author { Some(turn_id.clone()) } else { None };
            (side, look, opened.with_names(|names| names.author(author)), body.clone(), turn)
        }
        Content::Note { by, body } => {
            let name = opened.with_names(|names| names.who(by));
            ("items-stretch", "bg-note border border-note-border", name, body.clone(), None)
        }
        Content::Event { .. } => return ().into_any(),
    };
    let is_marked = Memo::new(move |_| opened.highlighted.get() == Some(seq));
    let gap = if starts_group { "pt-3" } else { "pt-1" };
    let heading = match starts_group {
        true => view! { <Heading content name created_at_ms /> }.into_any(),
        false => view! { <span class="sr-only">{name}":"</span> }.into_any(),
    };
    view! {
        <li class=format!("flex flex-col {side} {gap}")>
            {heading}
            <div
                id=entry_id(seq)
                tabindex="-1"
                dir="auto"
                class=move || {
                    let ring = if is_marked.get() { "outline-2 outline-ring outline-offset-2" } else { "outline-none" };
                    format!("max-w-[min(36rem,90%)] rounded-card px-3 py-2 whitespace-pre-wrap wrap-anywhere {look} {ring}")
                }
            >
                {body}
            </div>
            {turn.map(|turn_id| view! { <WhyOfTurn opened turn_id /> })}
        </li>
    }
    .into_any()
}

/// Who speaks, and when.
#[component]
fn Heading(content: Content, name: String, created_at_ms: i64) -> impl IntoView {
    let face = match &content {
        Content::Message { author: Author::Ai { .. }, .. } => {
            view! { <Icon glyph=Glyph::Spark size=14 class="text-ai" /> }.into_any()
        }
        Content::Message { author: Author::System, .. } => {
            view! { <Icon glyph=Glyph::Info size=14 class="text-muted" /> }.into_any()
        }
        Content::Note { .. } => view! { <Icon glyph=Glyph::Note size=14 class="text-warning-text" /> }.into_any(),
        Content::Message { author: Author::Teammate { id }, .. } => {
            let name = use_opened().with_names(|names| names.name(id));
            view! { <Avatar name size=AvatarSize::Tiny /> }.into_any()
        }
        _ => view! { <Avatar name=name.clone() size=AvatarSize::Tiny /> }.into_any(),
    };
    let suffix = match &content {
        Content::Message { author: Author::Ai { .. }, .. } => Some("AI"),
        Content::Note { .. } => Some("private note"),
        _ => None,
    };
    view! {
        <div class="flex items-center gap-1.5 pb-1 text-xs text-muted">
            {face} <span class="font-medium text-text">{name}</span> {suffix.map(|suffix| view! { <span>{suffix}</span> })}
            <ClockTime at_ms=created_at_ms />
        </div>
    }
}

/// The decision record of an AI message, once it is known.
#[component]
fn WhyOfTurn(opened: Opened, turn_id: TurnId) -> impl IntoView {
    let decision =
        Memo::new(move |_| opened.state.with(|state| state.thread().decisions.get(turn_id.as_str()).cloned()));
    view! { {move || decision.get().map(|decision| view! { <Why decision label="Why?" at_end=true /> })} }
}

#[component]
fn Happened(entry: Entry) -> impl IntoView {
    let opened = use_opened();
    let now = use_now();
    let is_local = Memo::new(move |_| now.with(Option::is_some));
    let Entry { seq, content, created_at_ms, .. } = entry;
    let Content::Event { line } = content else { return ().into_any() };
    let said = move || {
        let time_of = if is_local.get() { browser::local_date_time } else { browser::utc::date_time };
        opened.with_names(|names| names.line(&line, time_of))
    };
    let (glyph, _) = untrack(&said);
    view! {
        <li id=entry_id(seq) class="flex items-start justify-center gap-1.5 px-4 py-2 text-center text-xs text-muted">
            <Icon glyph size=14 class="mt-px" />
            <span>{move || said().1} " · " <ClockTime at_ms=created_at_ms /></span>
        </li>
    }
    .into_any()
}

#[component]
fn OnItsWay(mine: Unsent, starts_group: bool) -> impl IntoView {
    let gap = if starts_group { "pt-3" } else { "pt-1" };
    let side = if mine.is_note { "items-stretch" } else { "items-end" };
    view! {
        <li class=format!("flex flex-col {side} {gap}")>
            <UnsentMessage mine />
        </li>
    }
}

/// The AI composes an answer: what the customer reads of it already, and that more is to come.
#[component]
fn Thinking() -> impl IntoView {
    let opened = use_opened();
    let name = opened.head.with_untracked(|head| head.agent_name.clone());
    let is_thinking = Memo::new(move |_| opened.head.with(|head| head.is_ai_thinking));
    let writing = Memo::new(move |_| opened.head.with(|head| head.ai_writing.clone()));
    view! {
        <Show when=move || !writing.with(String::is_empty)>
            <div class="flex flex-col items-end pt-3" data-writing>
                <div dir="auto" class="max-w-[min(36rem,90%)] rounded-card bg-ai-tint px-3 py-2 whitespace-pre-wrap wrap-anywhere">
                    {move || writing.get()}
                </div>
            </div>
        </Show>
        <Show when=move || is_thinking.get()>
            <p class="appear flex items-center justify-end gap-1.5 pt-3 text-xs text-ai-text">
                <Icon glyph=Glyph::Spark size=14 />
                {name.clone()}
                " is writing…"
            </p>
        </Show>
    }
}
