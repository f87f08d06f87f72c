//! What "Test connection" found out, and what a missing ability means.

use super::form::ModelForm;
use crate::app::components::{DateTime, Glyph, Icon};
use crate::domain::ConnectionTest;
use leptos::prelude::*;

/// The result as a small table, or what went wrong.
#[component]
pub fn TestResult(form: ModelForm, found: ConnectionTest) -> impl IntoView {
    let ConnectionTest {
        answers,
        streams,
        tools,
        structured,
        first_words_ms,
        latency_ms,
        error,
        tested_at_ms,
        subject,
    } = found;
    let is_of_another = Memo::new(move |_| ConnectionTest::subject_of(&form.settings()) != subject);
    let has_failed = error.is_some();
    let error = error.map(|error| {
        view! {
            <p class="flex items-start gap-2 rounded-control bg-danger-tint px-3 py-2.5 text-danger-text">
                <Icon glyph=Glyph::Error class="mt-0.5" />
                <span class="min-w-0 wrap-anywhere">{error}</span>
            </p>
        }
    });
    let times = answers.then(|| {
        view! {
            <Time label="First words" ms=first_words_ms />
            <Time label="Whole answer" ms=latency_ms />
        }
    });
    let read_along = match !tools && structured {
        true => "Customers see each answer once it is complete: it comes as JSON.",
        false => "Customers read along while it writes.",
    };
    let table = (answers || !has_failed).then(|| {
        view! {
            <table class="w-full border-collapse text-left text-sm">
                <caption class="sr-only">"What works"</caption>
                <tbody>
                    <Ability label="Answers" has=answers with="In words." without="It answered nothing. Choose another model." />
                    <Ability
                        label="Streams"
                        has=streams
                        with=read_along
                        without="Customers see each answer once it is complete."
                    />
                    <Ability
                        label="Tools"
                        has=tools
                        with="It proposes a handoff by calling a tool."
                        without="It knows no tools: Baton asks it for JSON instead."
                    />
                    <Ability
                        label="Structured output"
                        has=structured
                        with="It keeps to a schema."
                        without="It keeps to no schema: Baton reads what it means from its words."
                    />
                    {times}
                </tbody>
            </table>
        }
    });
    view! {
        <div class="appear flex flex-col gap-3">
            {error}
            {table}
            <p class="text-sm text-muted">
                "Tested on " <DateTime at_ms=tested_at_ms /> "."
                {move || is_of_another.get().then_some(" You have changed the connection since: test it again.")}
            </p>
        </div>
    }
}

#[component]
fn Ability(label: &'static str, has: bool, with: &'static str, without: &'static str) -> impl IntoView {
    let (glyph, colour, word, meaning) = match has {
        true => (Glyph::Check, "text-success-text", "Yes", with),
        false => (Glyph::Close, "text-warning-text", "No", without),
    };
    view! {
        <tr class="border-t border-border align-top first:border-t-0">
            <th scope="row" class="w-40 py-2 pr-4 font-medium max-md:w-28">
                {label}
            </th>
            <td class="w-16 py-2 pr-4 whitespace-nowrap">
                <span class=format!("inline-flex items-center gap-1.5 font-medium {colour}")>
                    <Icon glyph />
                    {word}
                </span>
            </td>
            <td class="py-2 text-muted">{meaning}</td>
        </tr>
    }
}

#[component]
fn Time(label: &'static str, ms: i64) -> impl IntoView {
    view! {
        <tr class="border-t border-border">
            <th scope="row" class="py-2 pr-4 font-medium">
                {label}
            </th>
            <td class="figures py-2 whitespace-nowrap" colspan="2">
                {latency_text(ms)}
            </td>
        </tr>
    }
}

/// How long a model took: `420 ms`, `1.2 s`.
pub fn latency_text(ms: i64) -> String {
    if ms < 1_000 { format!("{ms} ms") } else { format!("{}.{} s", ms / 1_000, ms % 1_000 / 100) }
}
