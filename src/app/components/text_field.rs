//! Text in one line, and passwords.

use super::field::{Field, described_by};
use super::{Glyph, IconButton, Size};
use leptos::prelude::*;

/// A line of text with its label.
#[component]
pub fn TextField(
    /// The name that a form post carries.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    /// The control's id; the name unless told. Must be unique on the page.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] example: String,
    /// What stands in it: an initial text, or a signal that rules it. Without one the browser keeps what is typed.
    #[prop(optional, into)]
    value: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// `text`, `email`, `url`, `tel`, `date` …
    #[prop(default = "text")]
    r#type: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Letters of equal width, for names and code.
    #[prop(optional)]
    monospace: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let has_help = !help.is_empty() || !example.is_empty();
    let describing = id.clone();
    let font = if monospace { " font-mono" } else { "" };
    let input = view! {
        <input
            id=id.clone()
            name=name
            type=r#type
            class=format!("control h-9 max-md:h-11{font}")
            value=value.map(|value| value.get_untracked())
            prop:value=move || value.map(|value| value.get())
            autocomplete=autocomplete
            autofocus=autofocus
            required=!optional
            disabled=move || disabled.get()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || described_by(&describing, error.with(Option::is_some), has_help)
            on:input=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event_target_value(&event));
                }
            }
            on:blur=move |_| {
                if let Some(on_blur) = on_blur {
                    on_blur.run(());
                }
            }
        />
    };
    view! {
        <Field id label help example error optional>
            {input}
        </Field>
    }
}

/// A password with its label, and a button that shows it.
#[component]
pub fn PasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// `current-password` or `new-password`, for password managers.
    autocomplete: &'static str,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let has_help = !help.is_empty();
    let (id, describing) = (name.clone(), name.clone());
    let input = view! {
        <div class="relative">
            <input
                id=name.clone()
                name=name
                type=move || if is_shown.get() { "text" } else { "password" }
                class="control h-9 pr-11 max-md:h-11"
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required=true
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(&describing, error.with(Option::is_some), has_help)
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
            />
            <div class="absolute inset-y-0 right-1 flex items-center">
                <IconButton
                    glyph=Glyph::Eye
                    size=Size::Small
                    label="Show password"
                    pressed=is_shown
                    on_click=move |_| is_shown.update(|shown| *shown = !*shown)
                />
            </div>
        </div>
    };
    view! {
        <Field id label help error>
            {input}
        </Field>
    }
}
