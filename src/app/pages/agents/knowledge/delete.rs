//! Deleting an entry: in a part of its own, in two steps, and with scripts it can be taken back.

use super::entry_form::EntryForm;
use crate::app::components::{Button, Glyph, Icon, Look};
use leptos::prelude::*;

/// The part at the foot of an entry.
#[component]
pub fn DeleteEntry(form: EntryForm, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    view! {
        <details class="group/delete rounded-card border border-border">
            <summary class="flex list-none items-center gap-2 rounded-card px-4 py-3 font-medium hover:bg-sunken/60">
                <Icon glyph=Glyph::ChevronRight class="text-muted transition-transform group-open/delete:rotate-90" />
                "Delete this entry"
            </summary>
            <form
                method="post"
                action=format!("{}/delete", form.path())
                class="flex flex-wrap items-center gap-x-4 gap-y-3 border-t border-border px-4 py-4"
                on:submit=move |event| {
                    event.prevent_default();
                    form.delete(move || on_done.run(()));
                }
            >
                <p class="min-w-48 flex-1 text-muted">
                    "The AI agent stops quoting it at once. Answers that were given stay as they are."
                </p>
                <Button look=Look::Danger r#type="submit" icon=Glyph::Trash pending=form.is_pending>
                    "Delete"
                </Button>
            </form>
        </details>
    }
}
