//! The inbox: `/conversations` and `/conversations/:id`. This file loads and lays out its panes; what stands in them is in
//! the files beside it.

mod actions;
mod allowed;
mod composer;
mod decision;
mod details;
mod hand_over;
mod handoff;
mod items;
mod lines;
mod list;
mod merge;
mod messages;
mod opened;
mod quote;
mod refresh;
mod row;
mod rows;
#[cfg(test)]
mod sample;
mod summary;
mod thread;
mod unsent;
mod verdict;
mod views;

use crate::api;
use crate::app::components::{Drawing, EmptyState, Loaded, SkeletonRows};
use crate::domain::ConversationId;
use crate::wire::conversation::{Counts, InboxView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use list::ConversationList;
use thread::ThreadPane;
use views::Views;

/// The list, the open conversation and its details; on phones one of them at a time.
#[component]
pub fn Conversations() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let open = Memo::new(move |_| params.with(|params| params.get("id").map(ConversationId)));
    let view = Memo::new(move |_| {
        let word = query.with(|query| query.get("view"));
        word.as_deref().and_then(InboxView::parse).unwrap_or(InboxView::NeedsIntervention)
    });
    let back = Signal::derive(move || format!("/conversations?view={}", view.get().as_str()));
    view! {
        <Title text="Conversations" />
        // On phones the list with its heading makes room for the thread.
        <Show when=move || open.with(Option::is_some)>
            <h1 class="sr-only md:hidden">"Conversations"</h1>
        </Show>
        <div class="flex min-h-0 flex-1">
            <div class=move || {
                let phone = if open.with(Option::is_some) { "max-md:hidden" } else { "max-md:w-full" };
                format!("flex w-[340px] shrink-0 flex-col border-r border-border max-md:border-r-0 {phone}")
            }>
                <ListPane view open />
            </div>
            <div class=move || {
                let phone = if open.with(Option::is_some) { "" } else { "max-md:hidden" };
                format!("relative flex min-w-0 flex-1 {phone}")
            }>
                <OpenPane open back />
            </div>
        </div>
    }
}

#[component]
fn ListPane(view: Memo<InboxView>, open: Memo<Option<ConversationId>>) -> impl IntoView {
    // The view travels with its page: while another one loads, the old rows stay what they were.
    let page = Resource::new(
        move || view.get(),
        |view| async move { Ok((view, api::conversation::list_conversations(view, None).await?)) },
    );
    let counts = RwSignal::new(None::<Counts>);
    let skeleton = ViewFn::from(|| view! { <SkeletonRows count=8 /> });
    view! {
        <h1 class="px-4 pt-4 pb-2 text-lg font-semibold">"Conversations"</h1>
        <Views chosen=view counts open />
        <div class="flex min-h-0 flex-1 flex-col border-t border-border">
            <Loaded resource=page skeleton let:loaded>
                <ConversationList view=loaded.0 page=loaded.1 counts open />
            </Loaded>
        </div>
    }
}

#[component]
fn OpenPane(open: Memo<Option<ConversationId>>, back: Signal<String>) -> impl IntoView {
    let thread = Resource::new(
        move || open.get(),
        |open| async move {
            match open {
                Some(id) => Ok(Some(api::conversation::load_thread(id, None).await?)),
                None => Ok(None),
            }
        },
    );
    let skeleton = ViewFn::from(|| view! { <div class="flex-1 pt-16"><SkeletonRows count=4 /></div> });
    view! {
        <Loaded resource=thread skeleton let:thread>
            {match thread {
                Some(thread) => view! { <ThreadPane thread back /> }.into_any(),
                None => view! { <NothingOpen /> }.into_any(),
            }}
        </Loaded>
    }
}

#[component]
fn NothingOpen() -> impl IntoView {
    view! {
        <div class="grid flex-1 place-items-center">
            <EmptyState
                drawing=Drawing::Talk
                title="No conversation is open"
                text="Choose one from the list to read it, to take it over or to reply."
            />
        </div>
    }
}
