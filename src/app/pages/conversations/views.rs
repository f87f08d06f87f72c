//! The inbox's views with their counts.

use crate::domain::ConversationId;
use crate::wire::conversation::{Counts, InboxView};
use leptos::prelude::*;

/// Counts end here: more is "999+".
const COUNT_MAX: i64 = 999;

/// Links to the views. What is open stays open.
#[component]
pub fn Views(
    #[prop(into)] chosen: Signal<InboxView>,
    #[prop(into)] counts: Signal<Option<Counts>>,
    #[prop(into)] open: Signal<Option<ConversationId>>,
) -> impl IntoView {
    let link = move |view: InboxView| {
        let href = move || match open.get() {
            Some(id) => format!("/conversations/{id}?view={}", view.as_str()),
            None => format!("/conversations?view={}", view.as_str()),
        };
        let count = Memo::new(move |_| counts.with(|counts| counts.as_ref().map(|counts| counts.of(view))));
        let colour = move || match (view, count.get()) {
            (InboxView::NeedsIntervention, Some(1..)) => "font-semibold text-intervention-text",
            _ => "",
        };
        view! {
            <li>
                <a
                    href=href
                    aria-current=move || (chosen.get() == view).then_some("page")
                    class="inline-flex h-7 items-center gap-1 rounded-control px-1.5 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:text-text max-md:h-9"
                >
                    {view.label()}
                    <span class=move || format!("figures text-xs {}", colour())>
                        {move || count.get().map(shown_count)}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label="Views" class="px-2.5 pb-2">
            <ul class="flex flex-wrap gap-x-0.5 gap-y-1">{InboxView::ALL.map(link).collect_view()}</ul>
        </nav>
    }
}

fn shown_count(count: i64) -> String {
    if count >= COUNT_MAX { format!("{COUNT_MAX}+") } else { count.to_string() }
}
