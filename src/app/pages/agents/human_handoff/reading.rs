//! How Baton reads "When to Use": the rules it found, by kind and in the admin's own words, live as one types.

use super::asked::{Asked, NotUpToDate};
use crate::app::components::{Badge, Glyph, Icon, Tone};
use crate::browser;
use crate::wire::reading::{ReadRule, RuleKind, TextReading};
use leptos::prelude::*;

/// The kinds in the order they are shown.
const KINDS: [RuleKind; 6] = [
    RuleKind::Trigger,
    RuleKind::AsksPerson,
    RuleKind::Always,
    RuleKind::Exclusion,
    RuleKind::TryFirst,
    RuleKind::Guidance,
];

/// What a kind is called above its rules.
pub fn kind_title(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Trigger => "Hands off when …",
        RuleKind::AsksPerson => "When a person is asked for",
        RuleKind::Always => "Always escalates",
        RuleKind::Exclusion => "Stays with the AI",
        RuleKind::TryFirst => "Tries first",
        RuleKind::Guidance => "Guidance",
    }
}

fn kind_look(kind: RuleKind) -> (Glyph, Tone) {
    match kind {
        RuleKind::Trigger => (Glyph::Transfer, Tone::Accent),
        RuleKind::AsksPerson => (Glyph::User, Tone::Accent),
        RuleKind::Always => (Glyph::Bolt, Tone::Accent),
        RuleKind::Exclusion | RuleKind::TryFirst => (Glyph::Spark, Tone::Ai),
        RuleKind::Guidance => (Glyph::Message, Tone::Neutral),
    }
}

/// The panel. `text_id` is the field that is read.
#[component]
pub fn ReadingPanel(reading: Asked<TextReading>, text: RwSignal<String>, text_id: &'static str) -> impl IntoView {
    let rules = Memo::new(move |_| reading.answer.get().unwrap_or_default().rules);
    let said = Memo::new(move |_| rules.with(|rules| told(rules)));
    let is_blank = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let shown = move || {
        if is_blank.get() {
            return view! { <Lesson /> }.into_any();
        }
        let rules = rules.get();
        let hint = (!rules.is_empty() && !rules.iter().any(|rule| rule.kind.is_condition())).then(|| hint(&rules));
        let groups = KINDS.into_iter().filter_map(|kind| {
            let own: Vec<ReadRule> = rules.iter().filter(|rule| rule.kind == kind).cloned().collect();
            (!own.is_empty()).then(|| view! { <Group kind rules=own text text_id /> })
        });
        view! {
            {hint.map(|hint| view! { <Hint hint /> })}
            {groups.collect_view()}
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="reading-title" class="flex flex-col gap-3 rounded-card border border-border p-4">
            <h2 id="reading-title" class="font-medium">
                "How Baton reads it"
            </h2>
            {shown}
            <NotUpToDate failure=reading.failure />
            <p class="sr-only" role="status">
                {said}
            </p>
        </section>
    }
}

#[component]
fn Group(kind: RuleKind, rules: Vec<ReadRule>, text: RwSignal<String>, text_id: &'static str) -> impl IntoView {
    let (glyph, tone) = kind_look(kind);
    let title_id = format!("reading-{kind:?}");
    let line = |rule: ReadRule| {
        let ReadRule { text: words, tries_first, .. } = rule;
        let sought = words.clone();
        view! {
            <li>
                <button
                    type="button"
                    title="Show it in the text"
                    class="block w-full rounded-control px-2 py-1 text-left wrap-anywhere transition-colors hover:bg-sunken max-md:py-2.5"
                    dir="auto"
                    on:click=move |_| show_in_text(text, text_id, &sought)
                >
                    {words}
                    {tries_first.then(|| view! { <TriesFirst /> })}
                </button>
            </li>
        }
    };
    view! {
        <div class="flex flex-col gap-0.5">
            <h3 id=title_id.clone() class=format!("flex items-center gap-1.5 text-sm font-medium {}", tone.text())>
                <Icon glyph size=14 />
                {kind_title(kind)}
            </h3>
            <ul aria-labelledby=title_id class="-mr-2 ml-3">
                {rules.into_iter().map(line).collect_view()}
            </ul>
        </div>
    }
}

/// Selects the rule's words in the field, where they stand.
fn show_in_text(text: RwSignal<String>, text_id: &str, words: &str) {
    let place = text.with_untracked(|text| {
        let at = text.find(words)?;
        // Browsers count as JavaScript does.
        let start = text[..at].encode_utf16().count();
        Some((start, start + words.encode_utf16().count()))
    });
    match place {
        Some((start, end)) => browser::select_text(text_id, start, end),
        None => browser::focus(text_id),
    }
}

/// Nothing is written yet: what could be, and how it would be read.
#[component]
fn Lesson() -> impl IntoView {
    let row = |kind, words: &'static str, tries_first: bool| {
        let (glyph, tone) = kind_look(kind);
        view! {
            <li class="flex flex-col gap-0.5">
                <span class=format!("flex items-center gap-1.5 text-sm font-medium {}", tone.text())>
                    <Icon glyph size=14 />
                    {kind_title(kind)}
                </span>
                <span class="ml-5">{words} {tries_first.then(|| view! { <TriesFirst /> })}</span>
            </li>
        }
    };
    view! {
        <p class="text-muted">"Write when to hand off, and see here what Baton makes of it. For example:"</p>
        <ul class="flex flex-col gap-2.5 rounded-control bg-sunken px-3 py-2.5">
            {row(RuleKind::Trigger, "When the user has a billing issue, try to resolve it first, then hand off", true)}
            {row(RuleKind::Always, "Always escalate “lawyer”", false)}
            {row(RuleKind::Exclusion, "Do not hand off for shipping questions", false)}
        </ul>
    }
}

/// The AI agent tries to help before the rule hands off.
#[component]
fn TriesFirst() -> impl IntoView {
    view! {
        <span class="ml-1.5 inline-flex align-text-bottom">
            <Badge tone=Tone::Ai>"tries first"</Badge>
        </span>
    }
}

#[component]
fn Hint(hint: &'static str) -> impl IntoView {
    view! {
        <div class="flex items-start gap-2 rounded-control bg-warning-tint px-3 py-2 text-sm text-warning-text">
            <Icon glyph=Glyph::Info class="mt-0.5" />
            <p>
                <span class="font-medium">"No condition found: "</span>
                {hint}
                " Customers who ask for a person still get one. Say when to hand off, such as “Hand off when the user has a billing issue.”"
            </p>
        </div>
    }
}

fn hint(rules: &[ReadRule]) -> &'static str {
    let only = |kind: RuleKind| rules.iter().all(|rule| rule.kind == kind);
    if only(RuleKind::Exclusion) {
        "this says only what not to hand off for."
    } else if only(RuleKind::Guidance) {
        "this says only how to word things."
    } else {
        "nothing here says when to hand off."
    }
}

/// The reading in a few words, for readers of screens.
fn told(rules: &[ReadRule]) -> String {
    let count = |kind: fn(RuleKind) -> bool| rules.iter().filter(|rule| kind(rule.kind)).count();
    let conditions = count(RuleKind::is_condition);
    let exclusions = count(|kind| kind == RuleKind::Exclusion);
    if rules.is_empty() {
        return String::new();
    }
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    format!("Baton read {conditions} condition{} and {exclusions} exclusion{}.", plural(conditions), plural(exclusions))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: RuleKind) -> ReadRule {
        ReadRule { kind, text: "a".into(), tries_first: false }
    }

    #[test]
    fn the_reading_is_told_in_a_few_words() {
        assert_eq!(told(&[]), "");
        let rules = [RuleKind::Trigger, RuleKind::Always, RuleKind::Exclusion, RuleKind::Guidance].map(rule);
        assert_eq!(told(&rules), "Baton read 2 conditions and 1 exclusion.");
        assert!(hint(&rules[2..3]).contains("not to hand off"));
        assert!(hint(&rules[3..]).contains("word things"));
        assert!(hint(&rules[2..]).contains("nothing here"));
    }
}
