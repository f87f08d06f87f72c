//! Somebody else saved a newer edit: what they changed, beside what is typed here.

use super::diff::{Difference, differences};
use super::saving::{CONFLICT_ID, FORM_ID, Saving};
use crate::app::components::ConflictPanel;
use crate::wire::action::Newer;
use leptos::prelude::*;

/// The panel; nothing while there is no conflict.
#[component]
pub fn NewerSettings(saving: Saving) -> impl IntoView {
    view! { {move || saving.conflict.get().map(|newer| view! { <Panel saving newer /> })} }
}

#[component]
fn Panel(saving: Saving, newer: Newer) -> impl IntoView {
    let Newer { settings, by, at_ms, change, .. } = newer;
    let name = by.clone();
    let theirs_and_mine = Memo::new(move |_| differences(&settings, &saving.form.settings()));
    view! {
        <ConflictPanel
            id=CONFLICT_ID
            form_id=FORM_ID
            path=saving.path()
            by=by.clone()
            at_ms
            change
            on_take_theirs=move |()| saving.take_theirs()
            on_keep_mine=move |()| saving.keep_mine()
        >
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
        </ConflictPanel>
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
