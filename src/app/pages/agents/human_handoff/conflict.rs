//! Somebody else saved a newer edit: what they changed, beside what is typed here, and the reader's choice.

use super::diff::{Difference, differences};
use super::saving::{CONFLICT_ID, FORM_ID, Saving};
use crate::app::components::button::button_class;
use crate::app::components::{DateTime, Glyph, Icon, Look, Size};
use crate::wire::action::Newer;
use leptos::prelude::*;

/// The panel; nothing while there is no conflict. Its buttons work without scripts too.
#[component]
pub fn ConflictPanel(saving: Saving) -> impl IntoView {
    view! { {move || saving.conflict.get().map(|newer| view! { <Panel saving newer /> })} }
}

#[component]
fn Panel(saving: Saving, newer: Newer) -> impl IntoView {
    let Newer { settings, by, at_ms, change, .. } = newer;
    let name = by.clone();
    let theirs_and_mine = Memo::new(move |_| differences(&settings, &saving.form.settings()));
    view! {
        <section
            id=CONFLICT_ID
            tabindex="-1"
            role="alert"
            aria-labelledby="conflict-title"
            class="appear flex flex-col gap-4 rounded-card border border-warning bg-warning-tint/40 px-5 py-4 outline-none"
        >
            <div class="flex flex-col gap-1">
                <h2 id="conflict-title" class="flex items-center gap-2 text-lg font-semibold">
                    <Icon glyph=Glyph::Warning class="text-warning-text" />
                    {by.clone()}
                    " saved this while you were editing"
                </h2>
                <p class="text-muted">
                    <DateTime at_ms />
                    ". They changed: "
                    {change}
                    ". Nothing of yours is lost: choose which of the two stays."
                </p>
            </div>
            <table class="w-full table-fixed border-collapse text-left text-sm max-md:block">
                <caption class="sr-only">"What differs"</caption>
                <thead class="max-md:sr-only">
                    <tr class="text-muted">
                        <th scope="col" class="w-40 py-1.5 pr-4 font-medium">
                            "Field"
                        </th>
                        <th scope="col" class="py-1.5 pr-4 font-medium">
                            {name}
                        </th>
                        <th scope="col" class="py-1.5 font-medium">
                            "You"
                        </th>
                    </tr>
                </thead>
                <tbody class="max-md:block">
                    {move || theirs_and_mine.get().into_iter().map(|this| view! { <Line this by=by.clone() /> }).collect_view()}
                </tbody>
            </table>
            <div class="flex flex-wrap justify-end gap-2">
                <form method="get" action=saving.path()>
                    <button
                        type="submit"
                        class=button_class(Look::Secondary, Size::Normal, false)
                        on:click=move |event| {
                            event.prevent_default();
                            saving.take_theirs();
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
                        saving.keep_mine();
                    }
                >
                    "Keep mine (overwrite)"
                </button>
            </div>
        </section>
    }
}

/// One field: theirs and yours.
#[component]
fn Line(this: Difference, by: String) -> impl IntoView {
    let Difference { field, before, after } = this;
    let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
    view! {
        <tr class="border-t border-warning/40 align-top max-md:block max-md:py-2">
            <th scope="row" class="py-1.5 pr-4 font-medium max-md:block max-md:py-0">
                {field}
            </th>
            <td class="py-1.5 pr-4 whitespace-pre-wrap wrap-anywhere max-md:block max-md:py-1">
                <span class="text-muted md:hidden">{by} ": "</span>
                {shown(before)}
            </td>
            <td class="py-1.5 whitespace-pre-wrap wrap-anywhere max-md:block max-md:py-1">
                <span class="text-muted md:hidden">"You: "</span>
                {shown(after)}
            </td>
        </tr>
    }
}
