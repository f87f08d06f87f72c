//! A message of the reader's own that is not confirmed: on its way, or failed with a way to try again.

use super::merge::Unsent;
use super::opened::use_opened;
use crate::api;
use crate::app::components::{Button, Glyph, Icon, Look, Size};
use leptos::prelude::*;

/// Shows the message and how it stands. Trying again sends it with the id it had.
#[component]
pub fn UnsentMessage(mine: Unsent) -> impl IntoView {
    let opened = use_opened();
    let tint = if mine.is_note { "bg-note border border-note-border" } else { "bg-accent-tint" };
    let body = mine.body.clone();
    let status = match mine.failure.clone() {
        None => view! {
            <p class="flex items-center justify-end gap-1 pt-1 text-xs text-muted">
                <Icon glyph=Glyph::Clock size=12 />
                "Sending…"
            </p>
        }
        .into_any(),
        Some(failure) => {
            let client_id = StoredValue::new(mine.client_id.clone());
            let again = StoredValue::new(mine);
            // It stays here with the reason: the composer may hold other words by now.
            let refused = move |mine: Unsent, error: api::Error| {
                opened.state.try_update(|state| {
                    let client_id = mine.client_id.clone();
                    state.sending(mine);
                    state.failed(&client_id, error.to_string());
                });
            };
            view! {
                <div class="flex flex-wrap items-center justify-end gap-2 pt-1 text-xs text-danger-text" role="alert">
                    <Icon glyph=Glyph::Error size=14 />
                    <span>"Not sent. " {failure}</span>
                    <Button size=Size::Small on_click=move |()| opened.send(again.get_value(), refused)>
                        "Try again"
                    </Button>
                    <Button
                        look=Look::Ghost
                        size=Size::Small
                        on_click=move |()| {
                            opened.state.update(|state| {
                                state.withdraw(&client_id.get_value());
                            });
                        }
                    >
                        "Discard"
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div
            dir="auto"
            class=format!("max-w-[min(36rem,90%)] rounded-card px-3 py-2 whitespace-pre-wrap wrap-anywhere opacity-70 {tint}")
        >
            {body}
        </div>
        {status}
    }
}
