//! One line of the Settings form: text, or a number that is kept as it is typed.

use super::form::ModelForm;
use crate::app::components::Field;
use crate::app::components::field::described_by;
use crate::domain::ModelText;
use leptos::prelude::*;

/// Where a field's text stands among the others.
#[derive(Clone, Copy)]
pub struct Place {
    /// The field's name, which is also its id.
    pub name: &'static str,
    pub read: fn(&ModelText) -> &String,
    pub write: fn(&mut ModelText) -> &mut String,
}

/// The place of a field of [`ModelText`].
macro_rules! place {
    ($field:ident) => {
        $crate::app::pages::agents::model_settings::input::Place {
            name: stringify!($field),
            read: |text| &text.$field,
            write: |text| &mut text.$field,
        }
    };
}
pub(super) use place;

impl Place {
    /// What stands there; followed.
    pub fn value(self, form: ModelForm) -> Signal<String> {
        Memo::new(move |_| form.text.with(|text| (self.read)(text).clone())).into()
    }

    /// Takes what was typed.
    pub fn set(self, form: ModelForm, typed: String) {
        form.text.update(|text| *(self.write)(text) = typed);
        form.change(self.name);
    }
}

/// A line with its label.
#[component]
pub fn Input(
    form: ModelForm,
    place: Place,
    label: &'static str,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] example: String,
    /// What stands for an empty field.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    #[prop(optional)] optional: bool,
    /// A number: a short field, with digits on a phone's keyboard.
    #[prop(optional)]
    is_number: bool,
    /// Before the number: `$`.
    #[prop(optional)]
    before: &'static str,
    /// After the number: what it counts.
    #[prop(optional)]
    unit: &'static str,
    /// Beside the number, following what is typed.
    #[prop(optional, into)]
    aside: Signal<Option<String>>,
) -> impl IntoView {
    let id = place.name;
    let error = form.error(id);
    let value = place.value(form);
    let has_help = !help.is_empty() || !example.is_empty();
    let size = if is_number { "figures max-w-40" } else { "font-mono" };
    let indent = if before.is_empty() { "" } else { "pl-7" };
    view! {
        <Field id label help example error optional>
            <div class="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <div class=if is_number { "relative w-40" } else { "relative w-full" }>
                    {(!before.is_empty())
                        .then(|| {
                            view! {
                                <span class="pointer-events-none absolute inset-y-0 left-3 flex items-center text-muted" aria-hidden="true">
                                    {before}
                                </span>
                            }
                        })}
                    <input
                        id=id
                        name=id
                        type="text"
                        inputmode=is_number.then_some("decimal")
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        class=format!("control h-9 max-md:h-11 {size} {indent}")
                        placeholder=move || placeholder.get()
                        value=value.get_untracked()
                        prop:value=move || value.get()
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        aria-describedby=move || described_by(id, error.with(Option::is_some), has_help)
                        on:input=move |event| place.set(form, event_target_value(&event))
                        on:blur=move |_| form.leave(id)
                    />
                </div>
                {(!unit.is_empty()).then(|| view! { <span class="text-muted">{unit}</span> })}
                {move || aside.get().map(|aside| view! { <span class="figures text-sm text-muted">{aside}</span> })}
            </div>
        </Field>
    }
}
