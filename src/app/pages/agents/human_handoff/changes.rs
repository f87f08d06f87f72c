//! How two settings differ, as readers see it.

use super::diff::{Difference, Mark, line_diff};
use leptos::prelude::*;

/// Field by field, what was before and what is after; removed and added lines are marked by sign and colour.
#[component]
pub fn Changes(differences: Vec<Difference>) -> impl IntoView {
    if differences.is_empty() {
        return view! { <p class="text-muted">"Nothing differs."</p> }.into_any();
    }
    view! {
        <dl class="flex flex-col gap-3">
            {differences
                .into_iter()
                .map(|Difference { field, before, after }| {
                    view! {
                        <div class="flex flex-col gap-1">
                            <dt class="font-medium">{field}</dt>
                            <dd>
                                <Lines before after />
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

#[component]
fn Lines(before: String, after: String) -> impl IntoView {
    let line = |(mark, text): (Mark, String)| {
        let (sign, words, look) = match mark {
            Mark::Same => ("", "", "text-muted"),
            Mark::Removed => ("−", "Removed: ", "bg-danger-tint text-danger-text"),
            Mark::Added => ("+", "Added: ", "bg-success-tint text-success-text"),
        };
        view! {
            <li class=format!("flex gap-2 px-2 {look}")>
                <span class="w-3 shrink-0 text-center" aria-hidden="true">
                    {sign}
                </span>
                <span class="min-w-0 whitespace-pre-wrap wrap-anywhere" dir="auto">
                    <span class="sr-only">{words}</span>
                    {text}
                </span>
            </li>
        }
    };
    view! {
        <ul class="overflow-hidden rounded-control border border-border py-1 text-sm">
            {line_diff(&before, &after).into_iter().map(line).collect_view()}
        </ul>
    }
}
