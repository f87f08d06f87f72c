//! Somebody else saved a newer text: theirs, to be read before one of the two is chosen.

use super::entry_form::{EntryForm, FORM_ID, NEWER_ID};
use crate::app::components::ConflictPanel;
use crate::wire::knowledge::NewerEntry;
use leptos::prelude::*;

/// The panel; nothing while there is no newer text.
#[component]
pub fn NewerText(form: EntryForm, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    view! { {move || form.newer.get().map(|newer| view! { <Panel form newer on_done /> })} }
}

#[component]
fn Panel(form: EntryForm, newer: NewerEntry, on_done: Callback<()>) -> impl IntoView {
    let NewerEntry { text, by, at_ms, .. } = newer;
    view! {
        <ConflictPanel
            id=NEWER_ID
            form_id=FORM_ID
            path=form.path()
            by
            at_ms
            on_take_theirs=move |()| form.take_theirs()
            on_keep_mine=move |()| form.keep_mine(move || on_done.run(()))
        >
            <details>
                <summary class="w-fit rounded-sm font-medium max-md:py-2">"Read theirs"</summary>
                <div class="mt-2 flex max-h-80 flex-col gap-2 overflow-y-auto rounded-control bg-surface px-3.5 py-3" tabindex="0">
                    <p class="font-medium wrap-anywhere">{text.title}</p>
                    <p class="whitespace-pre-wrap wrap-anywhere">{text.body}</p>
                </div>
            </details>
        </ConflictPanel>
    }
}
