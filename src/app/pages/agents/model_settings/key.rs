//! The key of a provider. One that is stored is never shown again: it is kept, replaced or removed. A key that is typed stays
//! in the browser's field until it is saved.

use super::form::ModelForm;
use crate::app::components::field::described_by;
use crate::app::components::{DateTime, Field, Glyph, Icon, IconButton, Size};
use crate::browser;
use crate::domain::{ModelSettings, Provider};
use crate::wire::model::KeyChange;
use leptos::prelude::*;

const ID: &str = "key";

/// What is to become of a stored key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMode {
    Keep,
    Replace,
    Remove,
}

impl KeyMode {
    const ALL: [(KeyMode, &'static str, &'static str); 3] = [
        (KeyMode::Keep, "keep", "Keep"),
        (KeyMode::Replace, "replace", "Replace"),
        (KeyMode::Remove, "remove", "Remove"),
    ];
}

/// The key's part of the form.
#[derive(Clone, Copy)]
pub struct KeyForm {
    pub typed: RwSignal<String>,
    pub mode: RwSignal<KeyMode>,
    /// When the stored key was saved; none: there is no key.
    pub saved_at_ms: RwSignal<Option<i64>>,
}

impl KeyForm {
    /// As it was loaded; `is_wrong`: the server has something to say about it.
    pub fn new(saved_at_ms: Option<i64>, is_wrong: bool) -> Self {
        let mode = if saved_at_ms.is_some() && is_wrong { KeyMode::Replace } else { KeyMode::Keep };
        Self { typed: RwSignal::new(String::new()), mode: RwSignal::new(mode), saved_at_ms: RwSignal::new(saved_at_ms) }
    }

    /// What is asked of the server.
    pub fn change(self) -> KeyChange {
        let typed = self.typed.with(|typed| typed.trim().to_owned());
        match (self.saved_at_ms.get().is_some(), self.mode.get()) {
            (true, KeyMode::Keep) => KeyChange::Keep,
            (true, KeyMode::Remove) => KeyChange::Remove,
            // What is missing is said beside the field.
            (_, KeyMode::Keep | KeyMode::Replace) if typed.is_empty() => KeyChange::Keep,
            (true, KeyMode::Replace) | (false, _) => KeyChange::Set(typed),
        }
    }

    /// Something is to become of it.
    pub fn is_changed(self) -> bool {
        self.change() != KeyChange::Keep
    }

    /// What is wrong with it, as far as this page can know.
    pub fn error(self, stored: &ModelSettings, typed: &ModelSettings) -> Option<String> {
        let is_asked = |settings: &ModelSettings| settings.provider != Provider::BuiltIn;
        let is_elsewhere = is_asked(stored) && is_asked(typed) && stored.endpoint() != typed.endpoint();
        if matches!(self.change(), KeyChange::Set(_)) {
            return None;
        }
        let is_stored = self.saved_at_ms.get().is_some();
        match self.mode.get() {
            KeyMode::Keep | KeyMode::Replace if is_stored && is_elsewhere => {
                Some("The stored key was entered for another address. Enter it again, or remove it.".to_owned())
            }
            KeyMode::Replace if is_asked(typed) => {
                Some("Enter the key as the provider shows it, or keep the stored one.".to_owned())
            }
            KeyMode::Keep | KeyMode::Replace | KeyMode::Remove => None,
        }
    }

    /// Shows the field for a new key.
    pub fn open(self) {
        if self.saved_at_ms.with_untracked(Option::is_some) && self.mode.get_untracked() == KeyMode::Keep {
            self.mode.set(KeyMode::Replace);
        }
    }

    /// As if nothing had been typed.
    pub fn reset(self) {
        self.typed.set(String::new());
        self.mode.set(KeyMode::Keep);
    }

    /// What was asked has been done.
    pub fn saved(self) {
        match untrack(|| self.change()) {
            KeyChange::Keep => {}
            KeyChange::Remove => self.saved_at_ms.set(None),
            KeyChange::Set(_) => self.saved_at_ms.set(Some(browser::now_ms())),
        }
        self.reset();
    }
}

/// The field. With a stored key: what becomes of it, and a field for a new one where it is replaced.
#[component]
pub fn KeyField(form: ModelForm) -> impl IntoView {
    let key = form.key;
    view! {
        {move || match key.saved_at_ms.get() {
            None => view! { <NewKey form label="Key" help=HELP /> }.into_any(),
            Some(at_ms) => view! { <StoredKey form at_ms /> }.into_any(),
        }}
    }
}

const HELP: &str = "As the provider shows it. It is encrypted before it is stored and never shown again. Servers of your own \
                    often need none.";

#[component]
fn StoredKey(form: ModelForm, at_ms: i64) -> impl IntoView {
    let key = form.key;
    let choices = KeyMode::ALL.map(|(mode, value, label)| {
        let id = format!("key-{value}");
        view! {
            <label class="flex h-7 cursor-pointer items-center rounded-control px-2.5 text-sm font-medium text-muted transition-colors hover:text-text has-checked:bg-accent-tint has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-ring max-md:h-10 max-md:flex-1 max-md:justify-center">
                <input
                    id=id
                    type="radio"
                    name="key_change"
                    value=value
                    class="sr-only"
                    checked=key.mode.get_untracked() == mode
                    prop:checked=move || key.mode.get() == mode
                    on:change=move |_| {
                        key.mode.set(mode);
                        form.change(ID);
                        if mode == KeyMode::Replace {
                            request_animation_frame(|| browser::focus(ID));
                        }
                    }
                />
                {label}
            </label>
        }
    });
    view! {
        <div class="group/key flex flex-col gap-3">
            <fieldset class="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border border-border px-3.5 py-2.5">
                <legend class="contents">
                    <span class="float-left mr-auto flex min-w-0 items-center gap-2">
                        <Icon glyph=Glyph::CheckCircle class="text-success-text" />
                        <span>
                            <span class="font-medium">"A key is stored"</span>
                            <span class="text-muted">", saved on " <DateTime at_ms /></span>
                        </span>
                    </span>
                </legend>
                <div class="ml-auto flex gap-0.5 rounded-control border border-border p-0.5 max-md:w-full">{choices.collect_view()}</div>
            </fieldset>
            // By the browser's own means, so that it works without scripts.
            <div class="hidden group-has-[#key-replace:checked]/key:block">
                <NewKey form label="New key" help="It takes the place of the stored one when you save." />
            </div>
            <p class="hidden items-center gap-2 text-sm text-muted group-has-[#key-remove:checked]/key:flex">
                <Icon glyph=Glyph::Info />
                "The stored key is deleted when you save."
            </p>
        </div>
    }
}

#[component]
fn NewKey(form: ModelForm, label: &'static str, help: &'static str) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let error = form.error(ID);
    view! {
        <Field id=ID label help error optional=form.key.saved_at_ms.get_untracked().is_none()>
            <div class="relative">
                <input
                    id=ID
                    name=ID
                    type=move || if is_shown.get() { "text" } else { "password" }
                    class="control h-9 pr-11 font-mono max-md:h-11"
                    // Managers of passwords must not offer those of people.
                    autocomplete="new-password"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || form.key.typed.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || described_by(ID, error.with(Option::is_some), true)
                    on:input=move |event| {
                        form.key.typed.set(event_target_value(&event));
                        form.change(ID);
                    }
                    on:blur=move |_| form.leave(ID)
                />
                <div class="absolute inset-y-0 right-1 flex items-center">
                    <IconButton
                        glyph=Glyph::Eye
                        size=Size::Small
                        label="Show the key"
                        pressed=is_shown
                        on_click=move |_| is_shown.update(|shown| *shown = !*shown)
                    />
                </div>
            </div>
        </Field>
    }
}
