//! Somebody else saved a newer text: theirs, and the reader's choice. Its buttons work without scripts too.

use super::entry_form::{EntryForm, FORM_ID, NEWER_ID};
use crate::app::components::button::button_class;
use crate::app::components::{DateTime, Glyph, Icon, Look, Size};
use crate::wire::knowledge::NewerEntry;
use leptos::prelude::*;

/// The panel; nothing while there is no newer text.
#[component]
pub fn NewerPanel(form: EntryForm, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    view! { {move || form.newer.get().map(|newer| view! { <Panel form newer on_done /> })} }
}

#[component]
fn Panel(form: EntryForm, newer: NewerEntry, on_done: Callback<()>) -> impl IntoView {
    let NewerEntry { text, by, at_ms, .. } = newer;
    view! {
        <section
            id=NEWER_ID
            tabindex="-1"
            role="alert"
            aria-labelledby="newer-title"
            class="appear flex flex-col gap-4 rounded-card border border-warning bg-warning-tint/40 px-5 py-4 outline-none"
        >
            <div class="flex flex-col gap-1">
                <h2 id="newer-title" class="flex items-center gap-2 text-lg font-semibold">
                    <Icon glyph=Glyph::Warning class="text-warning-text" />
                    {by}
                    " saved this while you were editing"
                </h2>
                <p class="text-muted">
                    <DateTime at_ms />
                    ". Nothing of yours is lost: choose which of the two stays."
                </p>
            </div>
            <details>
                <summary class="w-fit font-medium">"Read theirs"</summary>
                <div class="mt-2 flex max-h-80 flex-col gap-2 overflow-y-auto rounded-control bg-surface px-3.5 py-3" tabindex="0">
                    <p class="font-medium wrap-anywhere">{text.title}</p>
                    <p class="whitespace-pre-wrap wrap-anywhere">{text.body}</p>
                </div>
            </details>
            <div class="flex flex-wrap justify-end gap-2">
                <form method="get" action=form.path()>
                    <button
                        type="submit"
                        class=button_class(Look::Secondary, Size::Normal, false)
                        on:click=move |event| {
                            event.prevent_default();
                            form.take_theirs();
                        }
                    >
                        "Take theirs"
                    </button>
                </form>
                <button
                    type="submit"
                    form=FORM_ID
                    class=button_class(Look::Primary, Size::Normal, false)
                    on:click=move |event| {
                        event.prevent_default();
                        form.keep_mine(move || on_done.run(()));
                    }
                >
                    "Keep mine (overwrite)"
                </button>
            </div>
        </section>
    }
}
