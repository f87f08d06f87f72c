//! Words that rest on a message, and lead to it.

use super::opened::use_opened;
use crate::app::components::{Glyph, Icon};
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
                class="group/link rounded-sm text-left underline-offset-3 hover:underline"
                title="Show the message"
                on:click=move |_| opened.jump(seq)
            >
                {text}
                <span class="ml-1 inline-block align-[-1px] text-muted group-hover/link:text-text">
                    <Icon glyph=Glyph::Message size=12 />
                </span>
            </button>
        }
        .into_any(),
    }
}
