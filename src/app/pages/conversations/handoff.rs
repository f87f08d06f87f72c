//! A handoff in the thread: the marker where it happened, why, the AI summary, and whether it was right.

use super::decision::Why;
use super::lines::kind_words;
use super::opened::{Opened, use_opened};
use super::quote::MessageLink;
use super::summary::SummaryPart;
use super::verdict::VerdictButtons;
use crate::app::components::{ClockTime, Glyph, Icon, MarkerLine, PriorityBadge, Tone};
use crate::domain::{Handoff, HandoffId};
use leptos::prelude::*;

/// The id of a handoff's marker in the thread.
pub fn marker_id(id: &HandoffId) -> String {
    format!("handoff-{}", id.as_str().replace('.', "-"))
}

/// The marker and the card under it, kept fresh.
#[component]
pub fn HandoffBlock(id: HandoffId) -> impl IntoView {
    let opened = use_opened();
    let (of_marker, element_id) = (id.clone(), marker_id(&id));
    let handoff = Memo::new(move |_| opened.state.with(|state| state.handoff(&id).cloned()));
    let opened_at_ms = Memo::new(move |_| handoff.with(|h| h.as_ref().map_or(0, |h| h.opened_at_ms)));
    let reason = Memo::new(move |_| handoff.with(|h| h.as_ref().map(|h| (h.reason.clone(), h.priority.clone()))));
    let decision = Memo::new(move |_| {
        opened.state.with(|state| state.handoff(&of_marker).and_then(|handoff| state.decision_of(handoff)).cloned())
    });
    let label_id = format!("{element_id}-label");
    let labelled_by = label_id.clone();
    view! {
        <li id=element_id class="flex flex-col gap-3 py-4 outline-none" tabindex="-1">
            <MarkerLine tone=Tone::Intervention icon=Glyph::Hand>
                <span id=label_id>"Needs agent intervention"</span>
                <span aria-hidden="true">"·"</span>
                <ClockTime at_ms=opened_at_ms />
            </MarkerLine>
            <section aria-labelledby=labelled_by class="rounded-card border border-border bg-surface">
                <div class="flex flex-col gap-2 px-4 py-3">
                    {move || reason.get().map(|(reason, priority)| view! { <Reason reason priority /> })}
                    {move || {
                        decision.get().map(|decision| view! { <Why decision label="How this was decided" /> })
                    }}
                </div>
                <SummaryPart handoff=handoff />
                <Foot opened handoff />
            </section>
        </li>
    }
}

#[component]
fn Reason(reason: crate::domain::HandoffReason, priority: Option<crate::domain::PriorityWithReason>) -> impl IntoView {
    let quote = reason.quote.map(|quote| {
        view! {
            <blockquote class="border-l-2 border-intervention/60 pl-3">
                <MessageLink text=format!("“{quote}”") seq=reason.quote_seq />
            </blockquote>
        }
    });
    let rule = reason.rule.map(|rule| {
        view! {
            <p class="text-xs text-muted">"Rule: " {rule}</p>
        }
    });
    let priority = priority.map(|given| {
        view! {
            <p class="flex flex-wrap items-center gap-2 text-xs text-muted">
                <PriorityBadge priority=given.priority />
                {given.reason}
            </p>
        }
    });
    view! {
        <h3 class="text-xs font-medium text-muted">"Why it was handed off: " {kind_words(reason.kind)}</h3>
        <p class="font-medium">{reason.reason}</p>
        {quote}
        {rule}
        {priority}
    }
}

/// Who picked it up, how it ended, and what the team thinks of it.
#[component]
fn Foot(opened: Opened, handoff: Memo<Option<Handoff>>) -> impl IntoView {
    let state = move || {
        handoff.with(|handoff| {
            let handoff = handoff.as_ref()?;
            Some(match (&handoff.picked_up_by, handoff.ended_at_ms) {
                (_, Some(_)) => (Glyph::Check, "Ended".to_owned()),
                (Some(by), None) => {
                    (Glyph::UserCheck, format!("Picked up by {}", opened.with_names(|names| names.whom(by))))
                }
                (None, None) => (Glyph::Clock, "Waiting for a teammate".to_owned()),
            })
        })
    };
    view! {
        <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-border px-4 py-2.5 text-xs text-muted">
            {move || {
                state()
                    .map(|(glyph, words)| {
                        view! {
                            <span class="inline-flex items-center gap-1.5">
                                <Icon glyph size=14 />
                                {words}
                            </span>
                        }
                    })
            }}
            <VerdictButtons handoff />
        </div>
    }
}
