//! Somebody else saved newer settings: theirs beside what is typed here. Keys are never shown.

use super::diff::{Difference, differences};
use super::form::FORM_ID;
use super::saving::{NEWER_ID, Saving};
use crate::app::components::ConflictPanel;
use crate::wire::model::NewerModel;
use leptos::prelude::*;

/// The panel; nothing while there is no newer edit.
#[component]
pub fn NewerSettings(saving: Saving) -> impl IntoView {
    view! { {move || saving.newer.get().map(|newer| view! { <Panel saving newer /> })} }
}

#[component]
fn Panel(saving: Saving, newer: NewerModel) -> impl IntoView {
    let NewerModel { settings, saved_by, saved_at_ms, .. } = newer;
    let name = saved_by.clone();
    let theirs_and_mine = Memo::new(move |_| differences(&settings, &saving.form.settings()));
    let lines = move || {
        let differences = theirs_and_mine.get();
        if differences.is_empty() {
            return view! {
                <tr>
                    <td colspan="3" class="py-1.5 text-muted">
                        "What can be shown is the same. The key may differ."
                    </td>
                </tr>
            }
            .into_any();
        }
        differences.into_iter().map(|this| view! { <Line this by=name.clone() /> }).collect_view().into_any()
    };
    view! {
        <ConflictPanel
            id=NEWER_ID
            form_id=FORM_ID
            path=saving.path()
            by=saved_by.clone()
            at_ms=saved_at_ms
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
                            {saved_by.clone()}
                        </th>
                        <th scope="col" class="py-1.5 font-medium">
                            "You"
                        </th>
                    </tr>
                </thead>
                <tbody class="max-md:block">{lines}</tbody>
            </table>
        </ConflictPanel>
    }
}

/// One field: theirs and yours.
#[component]
fn Line(this: Difference, by: String) -> impl IntoView {
    let Difference { field, theirs, mine } = this;
    let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
    view! {
        <tr class="border-t border-warning/40 align-top max-md:block max-md:py-2">
            <th scope="row" class="py-1.5 pr-4 font-medium max-md:block max-md:py-0">
                {field}
            </th>
            <td class="py-1.5 pr-4 whitespace-pre-wrap wrap-anywhere max-md:block max-md:py-1">
                <span class="text-muted md:hidden">{by} ": "</span>
                {shown(theirs)}
            </td>
            <td class="py-1.5 whitespace-pre-wrap wrap-anywhere max-md:block max-md:py-1">
                <span class="text-muted md:hidden">"You: "</span>
                {shown(mine)}
            </td>
        </tr>
    }
}
