//! Whole numbers.

use super::field::{Field, described_by};
use super::{Glyph, Icon};
use leptos::prelude::*;
use std::ops::RangeInclusive;

/// A whole number with its label, and buttons for one less and one more.
#[component]
pub fn NumberField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The control's id; the name unless told. Must be unique on the page.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] help: String,
    /// What the number counts, shown after it: "questions".
    #[prop(optional, into)]
    unit: String,
    #[prop(into)] value: Signal<i64>,
    /// What the buttons keep to. A number typed outside of it is passed on, for the form's own validation to explain.
    range: RangeInclusive<i64>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_change: Option<Callback<i64>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let (min, max) = range.into_inner();
    let is_unreadable = RwSignal::new(false);
    let error = Signal::derive(move || {
        if is_unreadable.get() { Some(format!("Enter a whole number from {min} to {max}.")) } else { error.get() }
    });
    let change = move |number: i64| {
        is_unreadable.set(false);
        if let Some(on_change) = on_change {
            on_change.run(number);
        }
    };
    let read = move |text: String| match text.trim().parse() {
        Ok(number) => change(number),
        Err(_) => is_unreadable.set(true),
    };
    let describing = id.clone();
    let has_help = !help.is_empty();
    let step_class = "grid h-full w-9 place-items-center text-muted transition-colors hover:bg-sunken hover:text-text \
                      aria-disabled:opacity-40 aria-disabled:cursor-not-allowed max-md:w-11";
    let step = move |by: i64, glyph: Glyph, label: &'static str| {
        let target = move || (value.get() + by).clamp(min, max);
        view! {
            <button
                type="button"
                class=step_class
                aria-label=label
                aria-disabled=move || (disabled.get() || target() == value.get()).then_some("true")
                on:click=move |_| {
                    if !disabled.get_untracked() && target() != value.get_untracked() {
                        change(target());
                    }
                }
            >
                <Icon glyph />
            </button>
        }
    };
    let input = view! {
        <div class="flex items-center gap-2.5">
            <div
                class="flex h-9 w-36 overflow-hidden rounded-control border border-field bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring has-[[aria-invalid=true]]:border-danger max-md:h-11"
            >
                {step(-1, Glyph::Minus, "One less")}
                <input
                    id=id.clone()
                    name=name
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    class="figures w-full min-w-0 flex-1 bg-transparent text-center outline-none disabled:text-faint"
                    value=value.get_untracked().to_string()
                    prop:value=move || value.get().to_string()
                    disabled=move || disabled.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || described_by(&describing, error.with(Option::is_some), has_help)
                    on:input=move |event| read(event_target_value(&event))
                />
                {step(1, Glyph::Plus, "One more")}
            </div>
            <span class="text-muted">{unit}</span>
        </div>
    };
    view! {
        <Field id label help error>
            {input}
        </Field>
    }
}
