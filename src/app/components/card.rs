//! A part of a page with its own heading.

use leptos::prelude::*;

/// A bordered part of a page.
#[component]
pub fn Card(
    /// Its heading; none for a card that needs no name.
    #[prop(optional, into)]
    title: String,
    /// One line under the heading.
    #[prop(optional, into)]
    text: String,
    /// At the end of the heading's line: a button or a badge.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let has_head = !title.is_empty() || actions.is_some();
    view! {
        <section class="rounded-card border border-border bg-surface">
            {has_head
                .then(|| {
                    view! {
                        <div class="flex items-start justify-between gap-4 px-5 pt-4">
                            <div class="min-w-0">
                                <h2 class="text-lg font-semibold">{title}</h2>
                                {(!text.is_empty()).then(|| view! { <p class="mt-0.5 text-muted">{text}</p> })}
                            </div>
                            {actions.map(|actions| actions.run())}
                        </div>
                    }
                })}
            <div class="px-5 py-4">{children()}</div>
        </section>
    }
}
