//! What would be done with a message that was tried, in words: the headline, the reason, what comes before the handoff, and
//! how well each rule fits.

use super::reading::kind_title;
use crate::app::components::{Glyph, Icon, PriorityBadge, Tone};
use crate::app::pages::agents::knowledge::entry_path;
use crate::app::pages::agents::use_agent_id;
use crate::domain::AnsweredFrom;
use crate::wire::reading::{Because, Decision, Explained, RuleFit, RuleKind, Would};
use leptos::prelude::*;
use leptos_router::components::A;

/// The first line of a result.
pub struct Headline {
    pub words: &'static str,
    glyph: Glyph,
    tone: Tone,
}

impl Headline {
    /// The headline of a decision.
    pub fn of(decision: &Decision) -> Self {
        let (words, glyph, tone) = match (decision.would, decision.because) {
            (Would::HandOff, Because::AsksForPerson) => ("Would hand off", Glyph::User, Tone::Accent),
            (Would::HandOff, _) => ("Would hand off", Glyph::Transfer, Tone::Accent),
            (Would::TryFirst, _) => ("Tries first, then hands off", Glyph::Spark, Tone::Ai),
            (Would::Stay, Because::NoRule) => ("No rule fits", Glyph::Minus, Tone::Neutral),
            (Would::Stay, _) => ("Stays with the AI", Glyph::Spark, Tone::Ai),
        };
        Self { words, glyph, tone }
    }
}

/// Why, in a sentence.
pub fn because_words(decision: &Decision) -> String {
    let words = decision.words.as_deref().unwrap_or_default();
    match (decision.because, decision.would) {
        (Because::AsksForPerson, _) => "Asks for a person.".to_owned(),
        (Because::RefusesPerson, _) => "The customer does not want a person.".to_owned(),
        (Because::Rule, Would::Stay) => format!("Falls under: “{words}”"),
        (Because::Rule, _) => format!("Meets: “{words}”"),
        (Because::Example, _) => format!("Like the example “{words}”"),
        (Because::SmallTalk, _) => "Small talk, such as a greeting.".to_owned(),
        (Because::Knowledge, _) => "No rule fits, and Knowledge answers it.".to_owned(),
        (Because::NoRule, _) => "The AI agent answers if it can, and else offers a person.".to_owned(),
    }
}

/// The whole result. Its parts follow `explained` each for itself, so that readers of screens hear only what has changed.
#[component]
pub fn TrialResult(explained: Memo<Option<Explained>>, is_enabled: RwSignal<bool>) -> impl IntoView {
    let decision = Memo::new(move |_| explained.with(|told| told.as_ref().map(|told| told.decision.clone())));
    view! {
        <div role="status" aria-atomic="true" class="flex flex-col gap-0.5">
            {move || decision.get().map(|decision| view! { <Verdict decision is_enabled /> })}
        </div>
        {move || explained.get().map(|explained| view! { <Rest explained /> })}
    }
}

#[component]
fn Verdict(decision: Decision, is_enabled: RwSignal<bool>) -> impl IntoView {
    let because = because_words(&decision);
    let would = decision.hands_off();
    let Headline { words, glyph, tone } = Headline::of(&decision);
    view! {
        <p class=format!("flex items-center gap-2 font-semibold {}", if tone == Tone::Neutral { "text-text" } else { tone.text() })>
            <Icon glyph />
            <span>
                {words}
                {move || (would && !is_enabled.get()).then_some(", once enabled")}
            </span>
        </p>
        <p class="ml-6 wrap-anywhere" dir="auto">
            {because}
        </p>
    }
}

/// What comes before the handoff, and the rules.
#[component]
fn Rest(explained: Explained) -> impl IntoView {
    let Explained { decision, asks_for, gathered, answer, priority, fits } = explained;
    let hands_off = decision.hands_off();
    let row = |title: &'static str, content: AnyView| {
        view! {
            <div class="contents">
                <dt class="text-muted">{title}</dt>
                <dd class="min-w-0 wrap-anywhere">{content}</dd>
            </div>
        }
    };
    let asks = asks_for
        .map(|name| row("Would first ask for", view! { <span class="font-mono text-sm">{name}</span> }.into_any()));
    let values = (hands_off && !gathered.is_empty()).then(|| {
        let values = gathered.into_iter().map(|value| {
            view! {
                <li dir="auto">
                    <span class="font-mono text-sm text-muted">{value.name}</span>
                    " "
                    {value.value}
                </li>
            }
        });
        row("Gathered", view! { <ul>{values.collect_view()}</ul> }.into_any())
    });
    let priority = priority.map(|given| {
        let content = view! {
            <span class="flex flex-col items-start gap-1">
                <PriorityBadge priority=given.priority />
                <span class="text-sm text-muted">{given.reason}</span>
            </span>
        };
        row("Priority", content.into_any())
    });
    let has_facts = asks.is_some() || values.is_some() || priority.is_some();
    view! {
        {answer.map(|source| view! { <Source source /> })}
        {has_facts
            .then(|| view! { <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 border-t border-border pt-3">{asks} {values} {priority}</dl> })}
        {(!fits.is_empty())
            .then(|| {
                view! {
                    <div class="flex flex-col gap-2 border-t border-border pt-3">
                        <h3 class="text-sm font-medium text-muted" id="trial-fits">
                            "How well each rule fits"
                        </h3>
                        <ul aria-labelledby="trial-fits" class="flex flex-col gap-2.5">
                            {fits.into_iter().map(|fit| view! { <Fit fit /> }).collect_view()}
                        </ul>
                    </div>
                }
            })}
    }
}

/// What the AI agent would quote, and of which entry.
#[component]
fn Source(source: AnsweredFrom) -> impl IntoView {
    let AnsweredFrom { entry_id, title, quote } = source;
    let agent_id = use_agent_id().get_untracked();
    view! {
        <figure class="flex flex-col gap-1.5 border-t border-border pt-3">
            <figcaption>
                <span class="text-muted">"The AI would answer from: "</span>
                <A
                    href=entry_path(&agent_id, &entry_id)
                    attr:class="font-medium text-accent-text wrap-anywhere hover:underline"
                >
                    {title}
                </A>
            </figcaption>
            <blockquote dir="auto" class="border-l-2 border-ai pl-3 whitespace-pre-line wrap-anywhere">
                {quote}
            </blockquote>
        </figure>
    }
}

/// One rule with a bar, and a figure for who does not see bars.
#[component]
fn Fit(fit: RuleFit) -> impl IntoView {
    let RuleFit { kind, text, percent, is_met } = fit;
    let fill = match (is_met, kind) {
        (false, _) => "fill-field",
        (true, RuleKind::Exclusion) => "fill-ai",
        (true, _) => "fill-accent",
    };
    view! {
        <li class="flex flex-col gap-1">
            <div class="flex items-baseline justify-between gap-3">
                <span class="line-clamp-2 min-w-0 text-sm wrap-anywhere" dir="auto" title=text.clone()>
                    {text.clone()}
                </span>
                <span class="figures flex shrink-0 items-center gap-1 text-sm text-muted">
                    {is_met.then(|| view! { <Icon glyph=Glyph::Check size=12 /><span class="sr-only">"fits, "</span> })}
                    {percent}
                    "%"
                </span>
            </div>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" class="h-1 w-full overflow-hidden rounded-sm" aria-hidden="true">
                <rect width="100" height="4" class="fill-sunken"></rect>
                <rect width=percent.to_string() height="4" class=fill></rect>
            </svg>
            <span class="text-xs text-muted">{kind_title(kind)}</span>
        </li>
    }
}
