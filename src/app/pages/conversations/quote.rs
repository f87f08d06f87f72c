//! Words that rest on a message, and lead to it.

use super::opened::use_opened;
use leptos::prelude::*;

/// Text that leads to the message it rests on, if it rests on one.
#[component]
pub fn MessageLink(
    #[prop(into)] text: String,
    /// The message's seq.
    seq: Option<i64>,
) -> impl IntoView {
    let opened = use_opened();
    match seq {
        None => view! { <span>{text}</span> }.into_any(),
        Some(seq) => view! {
            <button
                type="button"
                class="rounded-sm text-left underline decoration-field/60 decoration-dotted underline-offset-3 hover:decoration-text hover:decoration-solid"
                title="Show the message"
                on:click=move |_| opened.jump(seq)
            >
                {text}
            </button>
        }
        .into_any(),
    }
}
