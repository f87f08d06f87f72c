//! A question before what was typed into a page is left behind.

use super::ConfirmDialog;
use crate::browser;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Asks before a link or the closing of the tab loses what was typed. One on a page.
#[component]
pub fn LeaveQuestion(
    /// Something typed is not saved.
    #[prop(into)]
    is_unsaved: Signal<bool>,
    /// Called when the reader leaves all the same: takes back what was typed, so that nothing asks again.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let path = StoredValue::new(String::new());
    // The effect keeps the guard until the page goes.
    Effect::new(move |_: Option<Option<browser::LeaveGuard>>| {
        let is_unsaved = move || is_unsaved.try_get_untracked() == Some(true);
        let on_blocked = move |target: String| {
            path.set_value(target);
            is_asked.set(true);
        };
        browser::guard_leaving(is_unsaved, on_blocked)
    });
    let navigate = use_navigate();
    let leave = move |()| {
        is_asked.set(false);
        on_leave.run(());
        navigate(&path.get_value(), NavigateOptions::default());
    };
    view! {
        <ConfirmDialog
            id="leave-question"
            open=is_asked
            title="Leave without saving?"
            confirm="Leave without saving"
            cancel="Stay"
            is_danger=true
            on_confirm=leave
        >
            "What you changed on this page is not saved."
        </ConfirmDialog>
    }
}
