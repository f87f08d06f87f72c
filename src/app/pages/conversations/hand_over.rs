//! Handing the conversation to the team, with a reason.

use super::opened::use_opened;
use crate::api;
use crate::app::components::{Button, Dialog, Look, TextArea};
use crate::browser;
use leptos::prelude::*;

/// The longest reason, in characters.
const REASON_CHARS_MAX: usize = 300;

const FIELD_ID: &str = "hand-to-team-reason";

/// Asks for the reason and hands the conversation to the team.
#[component]
pub fn HandToTeamDialog(open: RwSignal<bool>) -> impl IntoView {
    let opened = use_opened();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let is_pending = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            error.set(None);
            browser::focus(FIELD_ID);
        }
    });
    let refuse = move |message: String| {
        error.try_set(Some(message));
        browser::focus(FIELD_ID);
    };
    let hand = move |()| {
        let text = reason.get_untracked().trim().to_owned();
        let length = text.chars().count();
        if text.is_empty() {
            return refuse("Say in a few words why, so that whoever takes it can begin at once.".to_owned());
        }
        if length > REASON_CHARS_MAX {
            return refuse(format!("This is {length} characters long. Shorten it to {REASON_CHARS_MAX} or fewer."));
        }
        is_pending.set(true);
        leptos::task::spawn_local(async move {
            let handed = api::conversation::hand_to_team(opened.id(), text).await;
            is_pending.try_set(false);
            match handed {
                Ok(()) => {
                    open.try_set(false);
                    reason.try_set(String::new());
                    opened.toasts().done("Handed to the team");
                }
                Err(failure) => refuse(failure.field("reason").map_or_else(|| failure.to_string(), str::to_owned)),
            }
            opened.refresh();
        });
    };
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button on_click=move |()| open.set(false)>"Cancel"</Button>
            <Button look=Look::Primary pending=is_pending on_click=hand>
                "Hand to team"
            </Button>
        }
    });
    view! {
        <Dialog id="hand-to-team" open title="Hand to team" actions>
            <div class="flex flex-col gap-4">
                <p class="text-muted">
                    "The customer is told that a teammate will answer, and everybody who can help is notified."
                </p>
                <TextArea
                    name=FIELD_ID
                    label="Reason"
                    help="Your team reads it; the customer does not."
                    example="Needs somebody who can change invoices."
                    rows=3
                    chars_max=REASON_CHARS_MAX
                    value=reason
                    error
                    on_input=move |text| {
                        error.set(None);
                        reason.set(text);
                    }
                />
            </div>
        </Dialog>
    }
}
