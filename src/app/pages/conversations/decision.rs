//! Why the AI did what it did: the decision record of one turn, behind a disclosure.

use super::lines::{outcome_words, source_words, value_label};
use super::opened::use_opened;
use super::quote::MessageLink;
use crate::app::components::PriorityBadge;
use crate::app::components::text_area::thousands;
use crate::domain::{AnsweredFrom, DecisionRecord, GatheredValue, TokenUsage};
use leptos::prelude::*;
use leptos_router::components::A;

/// A disclosure with the record.
#[component]
pub fn Why(
    decision: DecisionRecord,
    /// What the disclosure is called.
    label: &'static str,
    /// It stands below a message on the right.
    #[prop(optional)]
    at_end: bool,
) -> impl IntoView {
    let place = if at_end { "ml-auto" } else { "-ml-1.5" };
    let outcome = outcome_words(&decision);
    let DecisionRecord {
        matched, gathered, priority, model, latency_ms, fallbacks, answered_from, prompt, tokens, ..
    } = decision;
    let answered_from = answered_from.map(|source| view! { <Source source /> });
    let matched = matched.map(|matched| {
        let quote = matched.quote.map(|quote| view! { <Entry label="In the words"> <MessageLink text=format!("“{quote}”") seq=matched.quote_seq /> </Entry> });
        let rule = matched.rule.map(|rule| view! { <Entry label="Rule">{rule}</Entry> });
        view! {
            <Entry label="Because">{matched.reason}</Entry>
            {rule}
            {quote}
        }
    });
    let priority = priority.map(|given| {
        view! {
            <Entry label="Priority">
                <PriorityBadge priority=given.priority />
                " "
                {given.reason}
            </Entry>
        }
    });
    let gathered = (!gathered.is_empty()).then(|| {
        view! {
            <Entry label="Gathered">
                <ul>{gathered.into_iter().map(|value| view! { <Value value /> }).collect_view()}</ul>
            </Entry>
        }
    });
    let prompt = prompt.map(|version| view! { <Entry label="Prompt">"version " {version}</Entry> });
    let tokens = tokens.map(|TokenUsage { read, written }| {
        let count = |count: i64| thousands(usize::try_from(count).unwrap_or_default());
        view! {
            <Entry label="Tokens">
                <span class="figures">{count(read)}</span>
                " read, "
                <span class="figures">{count(written)}</span>
                " written"
            </Entry>
        }
    });
    let fallbacks = (!fallbacks.is_empty()).then(|| {
        view! {
            <Entry label="Fallbacks">
                <ol class="flex flex-col gap-1">{fallbacks.into_iter().map(|taken| view! { <li>{taken}</li> }).collect_view()}</ol>
            </Entry>
        }
    });
    view! {
        <details class="group/why w-full max-w-[min(36rem,90%)] text-xs">
            <summary class=format!("{place} w-fit list-none rounded-sm px-1.5 py-1 text-muted hover:text-text max-md:py-2")>
                {label}
            </summary>
            <dl class="appear mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 rounded-card border border-border bg-surface p-3">
                <Entry label="Outcome">{outcome}</Entry>
                {matched}
                {answered_from}
                {gathered}
                {priority}
                <Entry label="Decided by">{model} " in " <span class="figures">{latency_ms}</span> " ms"</Entry>
                {prompt}
                {tokens}
                {fallbacks}
            </dl>
        </details>
    }
}

/// What the answer quotes, and where that stands.
#[component]
fn Source(source: AnsweredFrom) -> impl IntoView {
    let agent_id = use_opened().state.with_untracked(|state| state.thread().head.agent_id.clone());
    let AnsweredFrom { entry_id, title, quote } = source;
    view! {
        <Entry label="Answered from">
            <A
                href=format!("/agents/{agent_id}/knowledge/{entry_id}")
                attr:class="font-medium text-accent-text hover:underline"
            >
                {title}
            </A>
            <q class="mt-1 block whitespace-pre-line text-muted">{quote}</q>
        </Entry>
    }
}

/// One line of the record.
#[component]
fn Entry(label: &'static str, children: Children) -> impl IntoView {
    view! {
        <dt class="text-muted">{label}</dt>
        <dd class="min-w-0 wrap-anywhere">{children()}</dd>
    }
}

/// A gathered value with where it came from.
#[component]
pub fn Value(value: GatheredValue) -> impl IntoView {
    let GatheredValue { name, value, source, seq } = value;
    let source = match seq {
        Some(_) => view! { <MessageLink text=source_words(source) seq /> }.into_any(),
        None => view! { <span class="text-muted">{source_words(source)}</span> }.into_any(),
    };
    view! {
        <li class="wrap-anywhere">
            <span class="text-muted">{value_label(&name)} ": "</span>
            <span class="font-medium">{value}</span>
            " "
            {source}
        </li>
    }
}
