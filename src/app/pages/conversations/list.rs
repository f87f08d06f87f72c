//! The list of one view: rows that follow the stream without jumping under the reader.

use super::refresh::Refresh;
use super::row::{ConversationRow, row_id};
use super::rows::RowsState;
use crate::api;
use crate::app::components::{Button, Drawing, EmptyState, Glyph, Look, Size, use_toasts};
use crate::app::frame::use_me;
use crate::app::live::use_live;
use crate::browser;
use crate::domain::ConversationId;
use crate::wire::conversation::{ConversationPage, Counts, InboxView};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The id of the element that scrolls the list.
const SCROLL_ID: &str = "list-scroll";

/// The list asks the server at most once in this time, however much happens.
const REFRESH_GAP_MS: i64 = 300;

/// Bound on the pages that one refresh reads again; a reader who went further down sees those rows as they were.
const PAGES_MAX: usize = 5;

/// The rows of one view.
#[component]
pub fn ConversationList(
    view: InboxView,
    page: ConversationPage,
    /// Set to the fresh counts with every reading.
    counts: RwSignal<Option<Counts>>,
    #[prop(into)] open: Signal<Option<ConversationId>>,
) -> impl IntoView {
    let me = StoredValue::new(use_me().teammate.id);
    counts.set(Some(page.counts.clone()));
    let rows = RwSignal::new(RowsState::new(page));
    follow(view, rows, counts);
    let ids = Memo::new(move |_| rows.with(|rows| rows.shown().iter().map(|row| row.id.clone()).collect::<Vec<_>>()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        ids.with_untracked(|ids| move_focus(ids, step));
    };
    view! {
        <div id=SCROLL_ID class="relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
            <NewRows rows />
            <Show when=move || !is_empty.get() fallback=move || view! { <NothingHere view /> }>
                <ul aria-label=view.label() on:keydown=on_key>
                    <For each=move || ids.get() key=Clone::clone let:id>
                        <li>
                            <LiveRow id rows view open me=me.get_value() />
                        </li>
                    </For>
                </ul>
            </Show>
            <MoreRows view rows />
        </div>
    }
}

/// A row that is drawn anew when it changes, and keeps its place and the focus meanwhile.
#[component]
fn LiveRow(
    id: ConversationId,
    rows: RwSignal<RowsState>,
    view: InboxView,
    open: Signal<Option<ConversationId>>,
    me: crate::domain::TeammateId,
) -> impl IntoView {
    let (of_row, of_link) = (id.clone(), id.clone());
    let row = Memo::new(move |_| rows.with(|rows| rows.row(&of_row).cloned()));
    let is_open = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&id)));
    let href = Signal::stored(format!("/conversations/{of_link}?view={}", view.as_str()));
    move || row.get().map(|row| view! { <ConversationRow row me=me.clone() href is_open /> })
}

/// Moves the focus by one row.
fn move_focus(ids: &[ConversationId], step: isize) {
    let at = ids.iter().position(|id| browser::has_focus(&row_id(id)));
    let next = match at {
        Some(at) => at.checked_add_signed(step),
        None => Some(0),
    };
    if let Some(id) = next.and_then(|next| ids.get(next)) {
        browser::focus(&row_id(id));
    }
}

fn follow(view: InboxView, rows: RwSignal<RowsState>, counts: RwSignal<Option<Counts>>) {
    let refresh = Refresh::new(REFRESH_GAP_MS, move || async move {
        let Some(wanted) = rows.try_with_untracked(|rows| rows.shown().len()) else { return true };
        match read_again(view, wanted).await {
            Ok(page) => {
                counts.try_set(Some(page.counts));
                let is_at_top = browser::is_at_start(SCROLL_ID);
                rows.try_update(|rows| rows.refresh(page.rows, page.next, is_at_top));
                true
            }
            Err(error) => (400..500).contains(&error.0.status),
        }
    });
    let live = use_live();
    live.on_change(move |_| refresh.request());
    live.on_return(move || refresh.request());
}

/// Reads the view again, as far as it was loaded.
async fn read_again(view: InboxView, wanted: usize) -> Result<ConversationPage, api::Error> {
    let mut page = api::conversation::list_conversations(view, None).await?;
    for _ in 1..PAGES_MAX {
        let Some(next) = page.next.clone().filter(|_| page.rows.len() < wanted) else { break };
        let further = api::conversation::list_conversations(view, Some(next)).await?;
        page.rows.extend(further.rows);
        page.next = further.next;
    }
    Ok(page)
}

/// Shows what waits while the reader is further down.
#[component]
fn NewRows(rows: RwSignal<RowsState>) -> impl IntoView {
    let count = Memo::new(move |_| rows.with(RowsState::new_count));
    let reveal = move |()| {
        rows.update(RowsState::reveal);
        browser::scroll_to_start(SCROLL_ID);
        if let Some(first) = rows.with_untracked(|rows| rows.shown().first().map(|row| row_id(&row.id))) {
            request_animation_frame(move || browser::focus(&first));
        }
    };
    view! {
        <div role="status" class="sticky top-0 z-10">
            <Show when=move || { count.get() > 0 }>
                <div class="appear absolute inset-x-0 top-2 flex justify-center">
                    <Button look=Look::Primary size=Size::Small icon=Glyph::ArrowUp class="shadow-raised" on_click=reveal>
                        {move || format!("{} new", count.get())}
                    </Button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn MoreRows(view: InboxView, rows: RwSignal<RowsState>) -> impl IntoView {
    let toasts = use_toasts();
    let is_loading = RwSignal::new(false);
    let next = Memo::new(move |_| rows.with(|rows| rows.next().map(str::to_owned)));
    let load = move |()| {
        let Some(after) = next.get_untracked() else { return };
        is_loading.set(true);
        leptos::task::spawn_local(async move {
            let page = api::conversation::list_conversations(view, Some(after)).await;
            is_loading.try_set(false);
            match page {
                Ok(page) => {
                    rows.try_update(|rows| rows.append(page));
                }
                Err(error) => toasts.failed(error.to_string()),
            }
        });
    };
    view! {
        <Show when=move || next.with(Option::is_some)>
            <div class="flex justify-center p-3">
                <Button look=Look::Ghost size=Size::Small pending=is_loading on_click=load>
                    "Load more"
                </Button>
            </div>
        </Show>
    }
}

#[component]
fn NothingHere(view: InboxView) -> impl IntoView {
    let (drawing, title, text) = match view {
        InboxView::NeedsIntervention => (
            Drawing::Passed,
            "Nobody is waiting",
            "Conversations that your AI agents hand over to a person appear here.",
        ),
        InboxView::Mine => (
            Drawing::Talk,
            "Nothing is yours right now",
            "Take over a conversation, and it stays here until it is settled.",
        ),
        InboxView::Unassigned => {
            (Drawing::Passed, "Everything has an owner", "Conversations that no teammate has taken appear here.")
        }
        InboxView::Ai => {
            (Drawing::Agent, "Your AI agents are idle", "Conversations that an AI agent answers appear here.")
        }
        InboxView::Open => {
            (Drawing::Talk, "No open conversations", "Whatever customers write in the widget appears here.")
        }
        InboxView::Snoozed => {
            (Drawing::History, "Nothing is snoozed", "A snoozed conversation comes back when its time is up.")
        }
        InboxView::Resolved => (Drawing::Talk, "Nothing is resolved yet", "Settled conversations are kept here."),
    };
    view! { <EmptyState drawing title text /> }
}
