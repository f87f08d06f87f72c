//! Somebody else saved while one was editing: what they saved, and the reader's choice between theirs and one's own.

use super::button::button_class;
use super::{DateTime, Glyph, Icon, Look, Size};
use leptos::prelude::*;

/// The panel. It takes the focus by its id. Its buttons work without scripts too: one loads the page again, the other posts
/// the form, which carries the newer version.
#[component]
pub fn ConflictPanel(
    /// Its id; must be unique on the page.
    id: &'static str,
    /// The id of the form that holds what the reader typed.
    form_id: &'static str,
    /// The page's path.
    path: String,
    /// Who saved, and when.
    by: String,
    at_ms: i64,
    /// What they changed, in a few words.
    #[prop(optional, into)]
    change: Option<String>,
    /// Called to put theirs into the form.
    #[prop(into)]
    on_take_theirs: Callback<()>,
    /// Called to save what was typed over theirs.
    #[prop(into)]
    on_keep_mine: Callback<()>,
    /// Theirs, or what differs.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <section
            id=id
            tabindex="-1"
            role="alert"
            aria-labelledby=labelled_by
            class="appear flex flex-col gap-4 rounded-card border border-warning bg-warning-tint/40 px-5 py-4 outline-none"
        >
            <div class="flex flex-col gap-1">
                <h2 id=title_id class="flex gap-2 text-lg font-semibold">
                    // Beside the first line, where a long name makes two.
                    <Icon glyph=Glyph::Warning class="mt-1 text-warning-text" />
                    <span class="min-w-0 wrap-anywhere">{by} " saved this while you were editing"</span>
                </h2>
                <p class="text-muted">
                    <DateTime at_ms />
                    {change.map(|change| format!(". They changed: {change}"))}
                    ". Nothing of yours is lost: choose which of the two stays."
                </p>
            </div>
            {children()}
            <div class="flex flex-wrap justify-end gap-2">
                <form method="get" action=path>
                    <button
                        type="submit"
                        class=button_class(Look::Secondary, Size::Normal, false)
                        on:click=move |event| {
                            event.prevent_default();
                            on_take_theirs.run(());
                        }
                    >
                        "Take theirs"
                    </button>
                </form>
                <button
                    type="submit"
                    form=form_id
                    class=button_class(Look::Primary, Size::Normal, false)
                    on:click=move |event| {
                        event.prevent_default();
                        on_keep_mine.run(());
                    }
                >
                    "Keep mine (overwrite)"
                </button>
            </div>
        </section>
    }
}
