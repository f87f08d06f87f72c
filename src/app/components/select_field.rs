//! One of a few choices.

use super::field::{Field, described_by};
use super::{Glyph, Icon};
use leptos::prelude::*;

/// One choice of a select: the value that is sent and the words that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// The browser's own select with its label.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The control's id; the name unless told. Must be unique on the page.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] help: String,
    choices: Vec<Choice>,
    /// The value of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let has_help = !help.is_empty();
    let describing = id.clone();
    let options = choices
        .into_iter()
        .map(|Choice { value: this, label }| {
            let (mine, initial) = (this.clone(), value.get_untracked() == this);
            view! {
                <option value=this selected=initial prop:selected=move || value.with(|value| *value == mine)>
                    {label}
                </option>
            }
        })
        .collect_view();
    let select = view! {
        <div class="relative">
            <select
                id=id.clone()
                name=name
                class="control h-9 appearance-none pr-9 max-md:h-11"
                disabled=move || disabled.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(&describing, error.with(Option::is_some), has_help)
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            >
                {options}
            </select>
            <span class="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    };
    view! {
        <Field id label help error>
            {select}
        </Field>
    }
}
