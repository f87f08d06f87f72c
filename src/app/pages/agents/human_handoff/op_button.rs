//! A button of the form that changes the rows: with scripts at once, without them by a form post.

use crate::app::components::button::button_class;
use crate::app::components::{Glyph, Icon, Look, Size};
use leptos::prelude::*;

/// A submit button named `op`; with scripts it calls `on_click` and the form stays.
#[component]
pub fn OpButton(
    #[prop(into)] id: String,
    /// What the server does when the form is posted by it, such as `up.2`.
    #[prop(into)]
    op: Signal<String>,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Only this icon, called `label`.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    #[prop(optional, into)] label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_click: Callback<()>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (look, size) = if glyph.is_some() { (Look::Ghost, Size::Small) } else { (Look::Secondary, Size::Normal) };
    let name = move || glyph.is_some().then(|| label.get());
    view! {
        <button
            type="submit"
            name="op"
            value=move || op.get()
            id=id
            class=button_class(look, size, glyph.is_some())
            aria-label=name
            title=name
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |event| {
                event.prevent_default();
                if !disabled.get_untracked() {
                    on_click.run(());
                }
            }
        >
            {glyph.or(icon).map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
        </button>
    }
}
