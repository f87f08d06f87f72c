//! Everything known about the customer and the conversation, beside the thread.

use super::lines::kind_words;
use super::opened::use_opened;
use super::summary::Values;
use crate::app::components::{Avatar, AvatarSize, ClockTime, DateTime, Glyph, Icon, IconButton, PriorityBadge, Size};
use crate::browser;
use crate::domain::{GatheredValue, Handoff, Missing};
use leptos::prelude::*;
use leptos_router::components::A;

/// The details. On narrow screens they cover the thread while they are open.
#[component]
pub fn Details() -> impl IntoView {
    let opened = use_opened();
    let open = opened.are_details_open;
    let head = opened.head;
    let values = Memo::new(move |_| {
        opened.state.with(|state| {
            let newest = state.thread().handoffs.first();
            newest.map(|newest| (newest.gathered.clone(), newest.missing.clone())).unwrap_or_default()
        })
    });
    let handoffs = Memo::new(move |_| opened.state.with(|state| state.thread().handoffs.clone()));
    view! {
        <aside
            id="details"
            aria-label="Details"
            class=move || {
                let shown = if open.get() { "" } else { "max-xl:hidden" };
                format!(
                    "flex w-80 shrink-0 flex-col overflow-y-auto border-l border-border bg-surface max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-20 max-xl:shadow-raised max-md:w-full max-md:border-l-0 {shown}",
                )
            }
        >
            <div class="flex items-center gap-1 px-4 pt-3 xl:hidden">
                <IconButton
                    glyph=Glyph::ArrowLeft
                    label="Back to the thread"
                    size=Size::Small
                    on_click=move |()| {
                        open.set(false);
                        browser::focus("details-toggle");
                    }
                />
                <span class="font-semibold">"Details"</span>
            </div>
            <Customer />
            <Show when=move || head.with(|head| head.priority.is_some())>
                <Section title="Priority">
                    {move || {
                        head.with(|head| (head.priority, head.priority_reason.clone()))
                            .0
                            .map(|priority| {
                                let reason = head.with(|head| head.priority_reason.clone());
                                view! {
                                    <PriorityBadge priority />
                                    <p class="pt-1.5 text-muted">
                                        {reason.unwrap_or_else(|| "Set by a teammate.".to_owned())}
                                    </p>
                                }
                            })
                    }}
                </Section>
            </Show>
            {move || {
                let (gathered, missing) = values.get();
                view! { <Gathered gathered missing /> }
            }}
            {move || {
                let handoffs = handoffs.get();
                (!handoffs.is_empty())
                    .then(|| {
                        view! {
                            <Section title="Handoffs">
                                <ol class="flex flex-col gap-2.5">
                                    {handoffs.into_iter().map(|handoff| view! { <HandoffLine handoff /> }).collect_view()}
                                </ol>
                            </Section>
                        }
                    })
            }}
            <Show when=move || head.with(|head| head.previous_id.is_some())>
                <Section title="Before">
                    {move || {
                        head.with(|head| head.previous_id.clone())
                            .map(|id| {
                                view! {
                                    <A
                                        href=format!("/conversations/{id}")
                                        {..}
                                        class="inline-flex items-center gap-1.5 text-accent-text hover:underline"
                                    >
                                        <Icon glyph=Glyph::History />
                                        "The conversation before this one"
                                    </A>
                                }
                            })
                    }}
                </Section>
            </Show>
        </aside>
    }
}

#[component]
fn Section(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="border-t border-border px-4 py-3.5">
            <h3 class="pb-1.5 text-xs font-medium text-muted">{title}</h3>
            {children()}
        </section>
    }
}

#[component]
fn Customer() -> impl IntoView {
    let head = use_opened().head;
    let name = Memo::new(move |_| head.with(|head| head.customer_name.clone()));
    let facts = move || {
        head.with(|head| {
            let mut facts = Vec::new();
            if let Some(email) = &head.customer_email {
                facts.push(("Email", email.clone()));
            }
            if !head.customer_locale.is_empty() {
                facts.push(("Language", head.customer_locale.clone()));
            }
            facts.push(("AI agent", head.agent_name.clone()));
            facts
        })
    };
    let page = Memo::new(move |_| head.with(|head| head.customer_page_url.clone()));
    let created_at_ms = Memo::new(move |_| head.with(|head| head.created_at_ms));
    view! {
        <section class="px-4 py-4" aria-label="Customer">
            <div class="flex items-center gap-3 pb-3">
                {move || view! { <Avatar name=name.get() size=AvatarSize::Large /> }}
                <h3 class="min-w-0 text-lg font-semibold wrap-anywhere">{move || name.get()}</h3>
            </div>
            <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
                {move || {
                    facts()
                        .into_iter()
                        .map(|(label, value)| {
                            view! {
                                <dt class="text-muted">{label}</dt>
                                <dd class="min-w-0 wrap-anywhere" dir="auto">
                                    {value}
                                </dd>
                            }
                        })
                        .collect_view()
                }} {move || page.with(|page| !page.is_empty()).then(|| view! { <PageFact url=page.get() /> })}
                <dt class="text-muted">"Began"</dt>
                <dd>
                    <DateTime at_ms=created_at_ms />
                </dd>
            </dl>
        </section>
    }
}

/// The page that the customer writes from. It comes from outside: only an address of the web becomes a link.
#[component]
fn PageFact(url: String) -> impl IntoView {
    let shown = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).map(str::to_owned);
    let page = match shown {
        Some(shown) => view! {
            <a
                href=url.clone()
                target="_blank"
                rel="noopener noreferrer"
                title=url
                class="block truncate text-accent-text hover:underline"
            >
                {shown}
                <span class="sr-only">"(opens in a new tab)"</span>
            </a>
        }
        .into_any(),
        None => view! { {url} }.into_any(),
    };
    view! {
        <dt class="text-muted">"Page"</dt>
        <dd class="min-w-0 wrap-anywhere">{page}</dd>
    }
}

#[component]
fn Gathered(gathered: Vec<GatheredValue>, missing: Vec<Missing>) -> impl IntoView {
    (!gathered.is_empty() || !missing.is_empty()).then(|| {
        view! {
            <Section title="Information">
                <Values gathered missing />
            </Section>
        }
    })
}

/// One handoff, leading to its place in the thread.
#[component]
fn HandoffLine(handoff: Handoff) -> impl IntoView {
    let opened = use_opened();
    let id = handoff.id.clone();
    let picked_up = handoff.picked_up_by.as_ref().map(|by| opened.with_names(|names| names.name(by)));
    let how = match (handoff.ended_at_ms, picked_up) {
        (None, None) => "waiting".to_owned(),
        (None, Some(name)) => format!("picked up by {name}"),
        (Some(_), Some(name)) => format!("ended, picked up by {name}"),
        (Some(_), None) => "ended".to_owned(),
    };
    view! {
        <li>
            <button
                type="button"
                class="text-left hover:underline"
                on:click=move |_| opened.jump_to_handoff(&id)
            >
                {handoff.reason.reason}
            </button>
            <p class="text-xs text-muted">
                <ClockTime at_ms=handoff.opened_at_ms />
                " · "
                {kind_words(handoff.reason.kind)}
                " · "
                {how}
            </p>
        </li>
    }
}
