//! What stands at an address that leads nowhere.

use crate::app::components::{Drawing, EmptyState, LinkButton};
use leptos::prelude::*;
use leptos_meta::Title;

/// Says so, and leads back.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <main class="grid min-h-dvh place-items-center bg-surface">
            <EmptyState
                drawing=Drawing::Lost
                title="There is nothing at this address"
                text="The link may be old, or a letter is missing."
            >
                <LinkButton href="/">"To the start"</LinkButton>
            </EmptyState>
        </main>
    }
}
