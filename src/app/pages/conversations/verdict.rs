//! Was this handoff needed, too early or too late? One click.

use super::allowed::Allowed;
use super::opened::use_opened;
use crate::api;
use crate::domain::{Handoff, Verdict};
use leptos::prelude::*;

const VERDICTS: [(Verdict, &str); 3] =
    [(Verdict::Needed, "Needed"), (Verdict::TooEarly, "Too early"), (Verdict::TooLate, "Too late")];

/// Three buttons of which one is pressed; for a reader who may not judge, the verdict in words.
#[component]
pub fn VerdictButtons(handoff: Memo<Option<Handoff>>) -> impl IntoView {
    let opened = use_opened();
    let given = Memo::new(move |_| handoff.with(|h| h.as_ref().and_then(|h| h.verdict)));
    let may_judge = Memo::new(move |_| opened.head.with(|head| Allowed::new(head, &opened.me()).judge));
    let judge = move |verdict: Verdict| {
        let Some(id) = handoff.with_untracked(|h| h.as_ref().map(|h| h.id.clone())) else { return };
        opened.act("judge", api::conversation::judge_handoff(id, verdict), || {});
    };
    let button = move |verdict: Verdict, label: &'static str| {
        view! {
            <button
                type="button"
                class="h-6 rounded-sm px-2 font-medium text-muted transition-colors hover:bg-sunken hover:text-text aria-pressed:bg-accent-tint aria-pressed:text-accent-text max-md:h-9"
                aria-pressed=move || if given.get() == Some(verdict) { "true" } else { "false" }
                on:click=move |_| judge(verdict)
            >
                {label}
            </button>
        }
    };
    move || match may_judge.get() {
        true => view! {
            <div role="group" aria-label="Was this handoff needed?" class="flex items-center gap-1">
                <span aria-hidden="true" class="pr-1">"Was it needed?"</span>
                {VERDICTS.map(|(verdict, label)| button(verdict, label)).collect_view()}
            </div>
        }
        .into_any(),
        false => given
            .get()
            .and_then(|verdict| VERDICTS.iter().find(|(other, _)| *other == verdict))
            .map(|(_, label)| view! { <span>"Judged: " {label.to_lowercase()}</span> })
            .into_any(),
    }
}
