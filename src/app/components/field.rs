//! What every form field has around its control: label, help, error.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// Help and example of together this length fit one line.
const HELP_LINE_BYTES: usize = 80;

/// The ids that describe the control `id`, for `aria-describedby`: its error first, then its help.
pub fn described_by(id: &str, has_error: bool, has_help: bool) -> Option<String> {
    match (has_error, has_help) {
        (true, true) => Some(format!("{id}-error {id}-help")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-help")),
        (false, false) => None,
    }
}

/// Label above, control, error beside it, help with an example below. The control inside must have the id `id` and point to
/// error and help with [`described_by`].
#[component]
pub fn Field(
    /// The id of the control.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    /// What it is for, in a sentence; empty for none.
    #[prop(optional, into)]
    help: String,
    /// An example of a good answer; shown after the help.
    #[prop(optional, into)]
    example: String,
    /// What is wrong and what to do; shown while there is one.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Shown after the label: "optional".
    #[prop(optional)]
    optional: bool,
    /// Something at the end of the label's line, such as a counter.
    #[prop(optional, into)]
    aside: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let has_help = !help.is_empty() || !example.is_empty();
    // A long example reads better on a line of its own.
    let example_class = if help.len() + example.len() > HELP_LINE_BYTES { "block" } else { "" };
    let help_id = format!("{id}-help");
    view! {
        <div class="flex min-w-0 flex-col gap-1.5">
            <div class="flex items-baseline justify-between gap-3">
                <label for=id class="font-medium">
                    {label}
                    {optional.then(|| view! { <span class="font-normal text-muted">" (optional)"</span> })}
                </label>
                {aside.map(|aside| aside.run())}
            </div>
            {children()}
            {move || {
                error.get().map(|error| view! { <FieldError id=error_id.clone() error /> })
            }}
            {has_help
                .then(|| {
                    view! {
                        <p id=help_id class="text-sm text-muted">
                            {help}
                            {(!example.is_empty())
                                .then(|| view! { <span class=example_class>" Example: " {example}</span> })}
                        </p>
                    }
                })}
        </div>
    }
}

/// What is wrong with a field, and what to do.
#[component]
pub fn FieldError(
    /// The id that the control's `aria-describedby` names.
    #[prop(into)]
    id: String,
    #[prop(into)] error: String,
) -> impl IntoView {
    view! {
        <p id=id class="flex items-start gap-1.5 text-sm text-danger-text">
            <Icon glyph=Glyph::Error class="mt-0.5" />
            <span>{error}</span>
        </p>
    }
}

/// A message about a whole form, such as a wrong password or a lost connection; read aloud when it appears.
#[component]
pub fn FormError(
    /// Nothing is shown while this is `None`.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        // Empty it takes no room, not even the gap of a column.
        <div role="alert" class="empty:absolute">
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="appear flex items-start gap-2 rounded-control bg-danger-tint px-3 py-2.5 text-danger-text">
                                <Icon glyph=Glyph::Error class="mt-0.5" />
                                <span>{error}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
