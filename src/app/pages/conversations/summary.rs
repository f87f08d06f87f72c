//! The AI summary of a handoff: what the customer wants, what was tried, what was gathered and is missing, mood and next
//! step. Each point leads to the message it rests on.

use super::allowed::Allowed;
use super::decision::Value;
use super::lines::{missing_words, value_label};
use super::opened::use_opened;
use super::quote::MessageLink;
use crate::api;
use crate::app::components::skeleton::Waiting;
use crate::app::components::{Badge, Button, Glyph, Icon, Look, Size, Tone};
use crate::domain::{GatheredValue, Handoff, Missing, Point, Summary};
use leptos::prelude::*;
use std::time::Duration;

/// After this long without a new summary, writing it anew can be asked for again.
const REWRITING_MS_MAX: u64 = 30_000;

/// The summary, or that it is being written.
#[component]
pub fn SummaryPart(handoff: Memo<Option<Handoff>>) -> impl IntoView {
    let opened = use_opened();
    let summary = Memo::new(move |_| handoff.with(|h| h.as_ref().and_then(|h| h.summary.clone())));
    let is_open = Memo::new(move |_| handoff.with(|h| h.as_ref().is_some_and(|h| h.ended_at_ms.is_none())));
    let values = Memo::new(move |_| {
        handoff.with(|h| h.as_ref().map(|h| (h.gathered.clone(), h.missing.clone())).unwrap_or_default())
    });
    let is_stale = Memo::new(move |_| {
        let through = summary.with(|summary| summary.as_ref().map(|summary| summary.through_seq));
        through.is_some_and(|seq| is_open.get() && opened.state.with(|state| state.has_messages_after(seq)))
    });
    let is_rewriting = RwSignal::new(false);
    // A new summary arrived.
    Effect::new(move |_| {
        summary.track();
        is_rewriting.set(false);
    });
    let can_rewrite =
        Memo::new(move |_| is_open.get() && opened.head.with(|head| Allowed::new(head, &opened.me()).resolve));
    let rewrite = move |()| {
        let Some(id) = handoff.with_untracked(|h| h.as_ref().map(|h| h.id.clone())) else { return };
        is_rewriting.set(true);
        set_timeout(
            move || {
                is_rewriting.try_set(false);
            },
            Duration::from_millis(REWRITING_MS_MAX),
        );
        opened.act("summarize", api::conversation::regenerate_summary(id), || {});
    };
    view! {
        <div class="flex flex-col gap-2.5 border-t border-border px-4 py-3">
            <div class="flex min-h-7 flex-wrap items-center gap-2">
                <h3 class="flex items-center gap-1.5 font-semibold">
                    <Icon glyph=Glyph::Spark class="text-ai" />
                    "AI summary"
                </h3>
                <Show when=move || is_stale.get()>
                    <Badge tone=Tone::Warning icon=Glyph::Clock>
                        "Newer messages exist"
                    </Badge>
                </Show>
                <Show when=move || can_rewrite.get()>
                    <Button
                        class="ml-auto"
                        look=Look::Ghost
                        size=Size::Small
                        icon=Glyph::Refresh
                        pending=is_rewriting
                        on_click=rewrite
                    >
                        "Regenerate"
                    </Button>
                </Show>
            </div>
            {move || match summary.get() {
                Some(summary) => view! { <Points summary /> }.into_any(),
                None if is_open.get() => view! { <BeingWritten /> }.into_any(),
                None => view! { <p class="text-muted">"No summary was written."</p> }.into_any(),
            }}
            {move || {
                let (gathered, missing) = values.get();
                view! { <Values gathered missing /> }
            }}
        </div>
    }
}

#[component]
fn BeingWritten() -> impl IntoView {
    view! {
        <p class="text-muted">"The summary is being written…"</p>
        <Waiting>
            <div class="flex flex-col gap-2">
                <div class="skeleton h-3 w-4/5"></div>
                <div class="skeleton h-3 w-3/5"></div>
            </div>
        </Waiting>
    }
}

#[component]
fn Points(summary: Summary) -> impl IntoView {
    let Summary { wants, tried, mood, next_step, .. } = summary;
    view! {
        <dl class="flex flex-col gap-2.5">
            <PointList label="What the customer wants" points=wants />
            <PointList label="What was tried" points=tried />
            {(!mood.is_empty()).then(|| view! { <Line label="Mood" text=mood /> })}
            {(!next_step.is_empty()).then(|| view! { <Line label="Suggested next step" text=next_step /> })}
        </dl>
    }
}

#[component]
fn PointList(label: &'static str, points: Vec<Point>) -> impl IntoView {
    (!points.is_empty()).then(|| {
        view! {
            <div>
                <dt class="text-xs text-muted">{label}</dt>
                <dd>
                    <ul class="flex flex-col gap-1 pt-0.5">
                        {points
                            .into_iter()
                            .map(|Point { text, seq }| view! { <li class="wrap-anywhere"><MessageLink text seq /></li> })
                            .collect_view()}
                    </ul>
                </dd>
            </div>
        }
    })
}

#[component]
fn Line(label: &'static str, text: String) -> impl IntoView {
    view! {
        <div>
            <dt class="text-xs text-muted">{label}</dt>
            <dd class="pt-0.5 wrap-anywhere">{text}</dd>
        </div>
    }
}

/// What was gathered, and what is missing with the recorded reason.
#[component]
pub fn Values(gathered: Vec<GatheredValue>, missing: Vec<Missing>) -> impl IntoView {
    let gathered = (!gathered.is_empty()).then(|| {
        view! {
            <div>
                <dt class="text-xs text-muted">"Gathered"</dt>
                <dd>
                    <ul class="flex flex-col gap-1 pt-0.5">
                        {gathered.into_iter().map(|value| view! { <Value value /> }).collect_view()}
                    </ul>
                </dd>
            </div>
        }
    });
    let missing = (!missing.is_empty()).then(|| {
        view! {
            <div>
                <dt class="text-xs text-muted">"Missing"</dt>
                <dd>
                    <ul class="flex flex-col gap-1 pt-0.5">
                        {missing
                            .into_iter()
                            .map(|Missing { name, because }| {
                                view! {
                                    <li class="wrap-anywhere">
                                        <span class="font-medium">{value_label(&name)}</span>
                                        <span class="text-muted">": " {missing_words(because)}</span>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </dd>
            </div>
        }
    });
    (gathered.is_some() || missing.is_some())
        .then(|| view! { <dl class="flex flex-col gap-2.5">{gathered} {missing}</dl> })
}
