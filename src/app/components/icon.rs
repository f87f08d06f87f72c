//! One icon on the page.

use super::glyph::Glyph;
use leptos::prelude::*;

/// An outline icon, 16 px unless told, in the colour of the text around it. Decoration for readers of screens: words stand
/// beside it, or the control around it has a label.
#[component]
pub fn Icon(
    /// Which outline.
    glyph: Glyph,
    /// Width and height in pixels.
    #[prop(default = 16)]
    size: u8,
    /// More classes, such as a colour.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    view! {
        <svg
            class=format!("shrink-0 {class}")
            width=size.to_string()
            height=size.to_string()
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=glyph.markup()
        ></svg>
    }
}
