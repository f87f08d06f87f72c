//! What the server found wrong with a form that was sent, field by field.

use crate::api;
use leptos::prelude::*;

/// The errors of the last answer. The error of a field goes when the field is changed, and comes back only with an answer.
#[derive(Clone, Copy)]
pub struct SentErrors {
    failure: Signal<Option<api::Error>>,
    changed: RwSignal<Vec<&'static str>>,
}

impl SentErrors {
    /// Follows the answers of an action: `failure` is the last one's error, if it failed.
    pub fn new(failure: Signal<Option<api::Error>>) -> Self {
        let changed = RwSignal::new(Vec::new());
        Effect::new(move |_| {
            failure.track();
            changed.set(Vec::new());
        });
        Self { failure, changed }
    }

    /// What is wrong with a field.
    pub fn of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let is_changed = self.changed.with(|changed| changed.contains(&field));
            let error = self.failure.with(|failure| Some(failure.as_ref()?.field(field)?.to_owned()));
            error.filter(|_| !is_changed)
        })
    }

    /// What is wrong with the whole, where no field is to blame.
    pub fn of_form(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure
                .with(|failure| failure.as_ref().filter(|error| error.0.fields.is_empty()).map(ToString::to_string))
        })
    }

    /// The field was changed: its error is answered.
    pub fn change(self, field: &'static str) {
        if self.changed.with_untracked(|changed| !changed.contains(&field)) {
            self.changed.update(|changed| changed.push(field));
        }
    }

    /// Moves the focus to the first wrong field of a form after every failed answer.
    pub fn focus_first(self, form_id: &'static str) {
        Effect::new(move |_| {
            if self.failure.with(Option::is_some) {
                // The fields learn of their errors in this very moment.
                request_animation_frame(move || crate::browser::focus_first_invalid(form_id));
            }
        });
    }
}
