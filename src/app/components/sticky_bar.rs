//! The bar at the foot of a form: what has changed, and Save.

use super::{Button, Look};
use leptos::prelude::*;

/// Shown while something has changed. The Save button submits the form around it, or the one named.
#[component]
pub fn StickyBar(
    /// What has changed, by the names of the fields; nothing is shown while empty.
    #[prop(into)]
    changes: Signal<Vec<String>>,
    #[prop(optional, into)] pending: Signal<bool>,
    /// The id of the form to submit, when the bar stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    #[prop(default = "Save".to_owned(), into)] save: String,
    /// Takes back what was changed.
    #[prop(optional, into)]
    on_discard: Option<Callback<()>>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| changes.with(|changes| !changes.is_empty()));
    let form = StoredValue::new(form);
    let save = StoredValue::new(save);
    view! {
        <Show when=move || is_shown.get()>
            <div class="appear sticky bottom-0 z-10 -mx-6 border-t border-border bg-surface px-6 py-3 max-md:-mx-4 max-md:px-4">
                <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                    <p class="min-w-0 flex-1 truncate text-muted" role="status">
                        <span class="font-medium text-text">"Not saved: "</span>
                        {move || changes.get().join(", ")}
                    </p>
                    <div class="flex gap-2">
                        {on_discard.map(|on_discard| view! { <Button on_click=on_discard>"Discard"</Button> })}
                        {move || match form.get_value() {
                            Some(form) => {
                                view! {
                                    <Button look=Look::Primary r#type="submit" form pending>
                                        {save.get_value()}
                                    </Button>
                                }
                                    .into_any()
                            }
                            None => {
                                view! {
                                    <Button look=Look::Primary r#type="submit" pending>
                                        {save.get_value()}
                                    </Button>
                                }
                                    .into_any()
                            }
                        }}
                    </div>
                </div>
            </div>
        </Show>
    }
}
