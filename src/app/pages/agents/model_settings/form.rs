//! The Settings form: what is typed, what is stored, what is wrong. Validation is the domain's; this only knows when an error
//! is shown.

use super::diff::differences;
use super::key::KeyForm;
use crate::domain::{FieldError, ModelSettings, ModelText, Provider};
use crate::wire::model::EditModel;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The form's id.
pub const FORM_ID: &str = "model-form";

/// As long as a slow click takes.
const LEFT_PAUSE_MS: u64 = 250;

/// The form.
#[derive(Clone, Copy)]
pub struct ModelForm {
    /// What is typed.
    pub text: RwSignal<ModelText>,
    pub key: KeyForm,
    /// What the server holds.
    pub stored: RwSignal<ModelSettings>,
    /// The version that saving compares.
    pub version: RwSignal<i64>,
    /// What is wrong by the domain's rules, by field.
    errors: Memo<BTreeMap<String, String>>,
    /// What the server found wrong besides, until the field changes.
    sent: RwSignal<BTreeMap<String, String>>,
    /// Fields that were left: their errors are shown.
    left: RwSignal<BTreeSet<&'static str>>,
    /// Saving was tried: every error is shown.
    shows_all: RwSignal<bool>,
}

impl ModelForm {
    /// The form as it was loaded, or as it came back from a plain post.
    pub fn new(loaded: &EditModel) -> Self {
        let text = loaded.typed.clone().unwrap_or_else(|| ModelText::from(&loaded.settings));
        let text = RwSignal::new(text);
        let stored = RwSignal::new(loaded.settings.clone());
        let sent = by_field(&loaded.errors);
        let key = KeyForm::new(loaded.key_saved_at_ms, sent.contains_key("key"));
        let errors = Memo::new(move |_| {
            let settings = text.with(ModelText::read);
            let mut errors = by_field(&settings.validate());
            if let Some(message) = stored.with(|stored| key.error(stored, &settings)) {
                errors.insert("key".to_owned(), message);
            }
            errors
        });
        Self {
            text,
            key,
            stored,
            version: RwSignal::new(loaded.version),
            errors,
            shows_all: RwSignal::new(!sent.is_empty()),
            sent: RwSignal::new(sent),
            left: RwSignal::new(BTreeSet::new()),
        }
    }

    /// What is typed, as settings; followed.
    pub fn settings(self) -> ModelSettings {
        self.text.with(ModelText::read)
    }

    /// A model other than the built-in engine is chosen; followed.
    pub fn is_asked(self) -> bool {
        self.text.with(|text| text.provider != Provider::BuiltIn)
    }

    /// Puts settings into the form, and takes back what was to become of the key.
    pub fn fill(self, settings: &ModelSettings) {
        self.text.set(ModelText::from(settings));
        self.key.reset();
        self.forget_errors();
    }

    /// Takes what the server holds in place of what is typed.
    pub fn load(self, loaded: &EditModel) {
        self.key.saved_at_ms.set(loaded.key_saved_at_ms);
        self.stored.set(loaded.settings.clone());
        self.version.set(loaded.version);
        self.fill(&loaded.settings);
    }

    /// The labels of the fields that differ from what is stored.
    pub fn changes(self) -> Vec<String> {
        let settings = self.settings();
        let differ = self.stored.with(|stored| differences(stored, &settings));
        let key = self.key.is_changed().then(|| "Key".to_owned());
        differ.into_iter().map(|this| this.field.to_owned()).chain(key).collect()
    }

    /// The error that is shown beside a field.
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let is_shown = self.shows_all.get() || self.left.with(|left| left.contains(field));
            let mine = self.errors.with(|errors| errors.get(field).filter(|_| is_shown).cloned());
            mine.or_else(|| self.sent.with(|sent| sent.get(field).cloned()))
        })
    }

    /// The field was changed: what the server said of it is answered.
    pub fn change(self, field: &'static str) {
        if self.sent.with_untracked(|sent| sent.contains_key(field)) {
            self.sent.update(|sent| {
                sent.remove(field);
            });
        }
    }

    /// The field was left: what is wrong with it is shown from now on, once the click that left it has arrived. Shown at once
    /// it would move the button from under the pointer.
    pub fn leave(self, field: &'static str) {
        let show = move || {
            self.left.try_update(|left| left.insert(field));
        };
        set_timeout(show, Duration::from_millis(LEFT_PAUSE_MS));
    }

    /// Shows every error; answers with their sentences.
    pub fn show_all(self) -> Vec<String> {
        self.shows_all.set(true);
        let wrong = self.errors.get_untracked();
        if wrong.contains_key("key") {
            self.key.open();
        }
        wrong.into_values().collect()
    }

    /// The server refused: beside the fields.
    pub fn refuse(self, errors: &[FieldError]) {
        let sent = by_field(errors);
        if sent.contains_key("key") {
            self.key.open();
        }
        self.sent.set(sent);
    }

    /// Saved: what is typed is what the server holds.
    pub fn saved(self, settings: ModelSettings, version: i64) {
        self.key.saved();
        self.text.set(ModelText::from(&settings));
        self.stored.set(settings);
        self.version.set(version);
        self.forget_errors();
    }

    fn forget_errors(self) {
        self.sent.update(BTreeMap::clear);
        self.shows_all.set(false);
        self.left.update(BTreeSet::clear);
    }
}

fn by_field(errors: &[FieldError]) -> BTreeMap<String, String> {
    errors.iter().map(|error| (error.field.clone(), error.message.clone())).collect()
}
