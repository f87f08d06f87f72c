//! On and off.

use leptos::prelude::*;

/// A switch with its label at the left and help below. Underneath is a checkbox: a plain form post carries `name=true`
/// when it is on and nothing when it is off.
#[component]
pub fn Toggle(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The control's id; the name unless told. Must be unique on the page.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] help: String,
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let help_id = (!help.is_empty()).then(|| format!("{id}-help"));
    view! {
        <div class="flex items-start justify-between gap-6">
            <div class="flex min-w-0 flex-col gap-1">
                <label for=id.clone() class="font-medium">
                    {label}
                </label>
                {help_id.clone().map(|help_id| view! { <p id=help_id class="text-sm text-muted">{help}</p> })}
            </div>
            <input
                id=id
                name=name
                type="checkbox"
                role="switch"
                value="true"
                class="switch"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                aria-describedby=help_id
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_checked(&event));
                    }
                }
            />
        </div>
    }
}
