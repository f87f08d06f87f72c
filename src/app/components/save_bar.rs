//! The bar at the foot of a page that is a form: what has changed, Discard and Save. Always there, because without scripts
//! nothing is known of changes.

use super::{Button, Look, RelativeTime};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The bar. It stands at the end of the form, and stays in sight.
#[component]
pub fn SaveBar(
    /// What has changed, by the names of the fields.
    #[prop(into)]
    changes: Signal<Vec<String>>,
    #[prop(into)] pending: Signal<bool>,
    /// The stored version. A form post without scripts leads back to the page with `saved=` and the version it stored.
    #[prop(into)]
    version: Signal<i64>,
    /// Who saved last, when the page was loaded.
    saved_by: Option<String>,
    saved_at_ms: Option<i64>,
    #[prop(into)] on_discard: Callback<()>,
) -> impl IntoView {
    let query = use_query_map();
    let has_changes = Memo::new(move |_| changes.with(|changes| !changes.is_empty()));
    let first_version = version.get_untracked();
    let was_posted = move || query.with(|query| query.get("saved")) == Some(first_version.to_string());
    let standing = move || {
        if has_changes.get() {
            return view! {
                <span class="font-medium text-text">"Not saved: "</span>
                {move || changes.get().join(", ")}
            }
            .into_any();
        }
        if version.get() != first_version || was_posted() {
            return view! { "Saved" }.into_any();
        }
        match (&saved_by, saved_at_ms) {
            (Some(by), Some(at_ms)) => view! { "Last saved by " {by.clone()} " · " <RelativeTime at_ms /> }.into_any(),
            _ => view! { "Not changed yet" }.into_any(),
        }
    };
    view! {
        <div class="sticky bottom-0 z-10 -mx-6 -mb-6 border-t border-border bg-surface px-6 py-3 max-md:-mx-4 max-md:px-4">
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                <p class="min-w-0 flex-1 truncate text-muted" role="status">
                    {standing}
                </p>
                <div class="flex gap-2">
                    <Show when=move || has_changes.get()>
                        <Button on_click=on_discard>"Discard"</Button>
                    </Show>
                    <Button look=Look::Primary r#type="submit" pending>
                        "Save"
                    </Button>
                </div>
            </div>
        </div>
    }
}
