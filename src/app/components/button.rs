//! Buttons, and links that look like buttons.

use super::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::components::A;

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one main action of a view.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Quiet: toolbars, rows, closing.
    Ghost,
    /// Deletes or ends something.
    Danger,
}

/// How large a control is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 36 px; 44 px on phones.
    #[default]
    Normal,
    /// 28 px, for toolbars and rows; 36 px on phones.
    Small,
}

/// The classes of something that looks like a button.
pub fn button_class(look: Look, size: Size, is_square: bool) -> String {
    let look = match look {
        Look::Primary => "bg-accent text-on-accent hover:bg-accent-strong",
        Look::Secondary => "border border-field/60 bg-surface text-text hover:border-field hover:bg-sunken",
        Look::Ghost => "text-muted hover:bg-sunken hover:text-text",
        Look::Danger => "bg-danger text-on-danger hover:bg-danger-strong",
    };
    let size = match (size, is_square) {
        (Size::Normal, false) => "h-9 gap-2 px-3.5 max-md:h-11",
        (Size::Normal, true) => "size-9 max-md:size-11",
        (Size::Small, false) => "h-7 gap-1.5 px-2.5 text-sm max-md:h-9",
        (Size::Small, true) => "size-7 max-md:size-9",
    };
    format!(
        "inline-flex shrink-0 items-center justify-center rounded-control font-medium whitespace-nowrap select-none \
         transition-colors aria-disabled:opacity-55 aria-disabled:cursor-not-allowed \
         aria-pressed:bg-sunken aria-pressed:text-text {look} {size}"
    )
}

/// A button. While `pending` it keeps its words and its focus, shows that something runs, and ignores further clicks.
#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional)] size: Size,
    /// An icon before the words; while pending a turning ring takes its place.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// `button` or `submit`.
    #[prop(default = "button")]
    r#type: &'static str,
    #[prop(optional, into)] id: Option<String>,
    /// The id of the form it submits, when it stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Name and value that a form post carries when this button sends it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Something runs because of it.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// It can't be used now. It stays reachable by keyboard, so say nearby why.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// More classes, for layout only.
    #[prop(optional, into)]
    class: String,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let is_off = move || pending.get() || disabled.get();
    let picture = move || match (pending.get(), icon) {
        (true, _) => Some(view! { <Icon glyph=Glyph::Loader class="turning" /> }),
        (false, Some(glyph)) => Some(view! { <Icon glyph /> }),
        (false, None) => None,
    };
    view! {
        <button
            type=r#type
            id=id
            form=form
            name=name
            value=value
            class=format!("{} {class}", button_class(look, size, false))
            aria-disabled=move || is_off().then_some("true")
            aria-busy=move || pending.get().then_some("true")
            on:click=move |event| {
                if is_off() {
                    event.prevent_default();
                } else if let Some(on_click) = on_click {
                    on_click.run(());
                }
            }
        >
            {picture}
            {children()}
        </button>
    }
}

/// A square button with an icon only; its label is read aloud and shown by the browser on hover.
#[component]
pub fn IconButton(
    glyph: Glyph,
    /// What it does, such as "Close".
    #[prop(into)]
    label: TextProp,
    #[prop(default = Look::Ghost)] look: Look,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] id: Option<String>,
    /// `button` or `submit`.
    #[prop(default = "button")]
    r#type: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// For a button that switches something on and off: whether it is on.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] class: String,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    let title = label.clone();
    view! {
        <button
            type=r#type
            id=id
            class=format!("{} {class}", button_class(look, size, true))
            aria-label=move || label.get()
            title=move || title.get()
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            on:click=move |event| {
                if disabled.get() {
                    event.prevent_default();
                } else if let Some(on_click) = on_click {
                    on_click.run(());
                }
            }
        >
            <Icon glyph />
        </button>
    }
}

/// A link that looks like a button: for going somewhere, where a button does something.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] look: Look,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional, into)] class: String,
    /// Opens in a new tab; the reader is told.
    #[prop(optional)]
    new_tab: bool,
    children: Children,
) -> impl IntoView {
    let class = format!("{} {class}", button_class(look, size, false));
    let inside = view! {
        {icon.map(|glyph| view! { <Icon glyph /> })}
        {children()}
    };
    if new_tab {
        view! {
            <a href=href class=class target="_blank" rel="noopener">
                {inside}
                <span class="sr-only">"(opens in a new tab)"</span>
            </a>
        }
        .into_any()
    } else {
        view! {
            <A href=href attr:class=class>
                {inside}
            </A>
        }
        .into_any()
    }
}
