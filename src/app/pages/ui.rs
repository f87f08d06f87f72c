//! `/ui`.
use leptos::prelude::*;

/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    view! { <h1>"Components"</h1> }
}
