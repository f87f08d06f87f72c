//! What stands where there is nothing yet, or where something failed.

use super::drawing::{Drawing, DrawingView};
use super::{Button, Glyph, LinkButton};
use crate::api;
use leptos::prelude::*;

/// What this place is for, and one thing to do.
#[component]
pub fn EmptyState(
    drawing: Drawing,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// One button or link, if there is something to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-4 px-6 py-14 text-center">
            <DrawingView drawing />
            <div class="flex max-w-sm flex-col gap-1">
                <h2 class="text-lg font-semibold">{title}</h2>
                <p class="text-muted">{text}</p>
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Something could not be loaded: what happened, and what to do: try again, or go elsewhere where
/// that can't help.
#[component]
pub fn ErrorState(error: api::Error, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    let (drawing, title) = match error.0.status {
        404 => (Drawing::Lost, "This is not here"),
        403 => (Drawing::Lost, "This is not for your role"),
        0 => (Drawing::Broken, "No connection"),
        _ => (Drawing::Broken, "This did not load"),
    };
    view! {
        <div role="alert">
            <EmptyState drawing title text=error.to_string()>
                {if drawing == Drawing::Lost {
                    view! { <LinkButton href="/">"To the start"</LinkButton> }.into_any()
                } else {
                    view! {
                        <Button icon=Glyph::Refresh on_click=move |_| on_retry.run(())>
                            "Try again"
                        </Button>
                    }
                        .into_any()
                }}
            </EmptyState>
        </div>
    }
}
