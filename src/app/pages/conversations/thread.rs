//! The open conversation: header, thread, composer, details.

use super::actions::Actions;
use super::composer::Composer;
use super::details::Details;
use super::messages::Messages;
use super::opened::{Opened, provide_opened};
use crate::app::components::{Badge, DateTime};
use crate::app::components::{Button, Glyph, Icon, IconButton, OwnerBadge, OwnerShown, PriorityBadge, Size};
use crate::domain::Lifecycle;
use crate::wire::conversation::Thread;
use leptos::prelude::*;
use leptos_router::components::A;

/// Lays the open conversation out. `back` is where the arrow leads on phones.
#[component]
pub fn ThreadPane(thread: Thread, #[prop(into)] back: Signal<String>) -> impl IntoView {
    let opened = provide_opened(thread);
    view! {
        <section aria-label="Conversation" class="flex min-h-0 min-w-0 flex-1 flex-col">
            <Header opened back />
            <Messages />
            <NewsBelow opened />
            <Composer />
            <p class="sr-only" role="status" aria-live="polite">
                {move || opened.announced.get()}
            </p>
        </section>
        <Details />
    }
}

#[component]
fn Header(opened: Opened, back: Signal<String>) -> impl IntoView {
    let are_details_open = opened.are_details_open;
    let head = opened.head;
    let owner = Memo::new(move |_| {
        head.with(|head| {
            OwnerShown::new(
                &head.owner,
                head.owner_name.as_deref(),
                head.lifecycle,
                head.waiting_since_ms,
                &opened.my_id(),
            )
        })
    });
    let priority = Memo::new(move |_| head.with(|head| (head.priority, head.priority_reason.clone())));
    let snoozed =
        Memo::new(move |_| head.with(|head| head.snoozed_until_ms.filter(|_| head.lifecycle == Lifecycle::Snoozed)));
    view! {
        <header class="flex shrink-0 flex-col gap-2 border-b border-border px-5 py-3 max-md:px-3">
            <div class="flex min-h-7 items-center gap-2">
                <A
                    href=move || back.get()
                    {..}
                    aria-label="Back to the list"
                    class="-ml-1 grid size-9 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-text md:hidden"
                >
                    <Icon glyph=Glyph::ArrowLeft />
                </A>
                <div class="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1">
                    <h2 class="min-w-0 truncate text-lg font-semibold">
                        {move || head.with(|head| head.customer_name.clone())}
                    </h2>
                    {move || view! { <OwnerBadge owner=owner.get() /> }}
                    {move || {
                        match priority.get() {
                            (Some(priority), Some(reason)) => {
                                view! { <PriorityBadge priority reason reason_id="thread-priority-reason" /> }.into_any()
                            }
                            (Some(priority), None) => view! { <PriorityBadge priority /> }.into_any(),
                            (None, _) => ().into_any(),
                        }
                    }}
                    {move || {
                        snoozed
                            .get()
                            .map(|until_ms| {
                                view! {
                                    <Badge icon=Glyph::Snooze>"Snoozed until " <DateTime at_ms=until_ms /></Badge>
                                }
                            })
                    }}
                </div>
                <span class="xl:hidden">
                    <IconButton
                        id="details-toggle"
                        glyph=Glyph::Details
                        label="Details"
                        size=Size::Small
                        pressed=are_details_open
                        on_click=move |()| are_details_open.update(|open| *open = !*open)
                    />
                </span>
            </div>
            <Actions />
        </header>
    }
}

/// Leads to what arrived below.
#[component]
fn NewsBelow(opened: Opened) -> impl IntoView {
    view! {
        <Show when=move || opened.has_news_below.get()>
            <div class="relative">
                <div class="appear absolute inset-x-0 bottom-2 flex justify-center">
                    <Button
                        size=Size::Small
                        icon=Glyph::ArrowDown
                        class="shadow-raised"
                        on_click=move |()| opened.scroll_to_end()
                    >
                        "New messages"
                    </Button>
                </div>
            </div>
        </Show>
    }
}
