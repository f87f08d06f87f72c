//! Saving the form, and what may come of it: stored, refused beside the fields, or somebody else was there first.

use super::fields::{MORE_FIELDS, MORE_ID};
use super::form::Form;
use crate::api;
use crate::app::components::toast::Toasts;
use crate::app::components::use_toasts;
use crate::browser;
use crate::domain::{AgentId, HandoffSettings};
use crate::wire::action::{EditHandoff, Newer, Saved};
use leptos::prelude::*;

/// The form's id.
pub const FORM_ID: &str = "handoff-form";

/// The id of the panel that shows somebody else's newer edit.
pub const CONFLICT_ID: &str = "handoff-conflict";

/// Saving: its state and its acts.
#[derive(Clone, Copy)]
pub struct Saving {
    pub form: Form,
    /// A save is under way.
    pub is_pending: RwSignal<bool>,
    /// Why the last save failed, when no field is to blame.
    pub failure: RwSignal<Option<String>>,
    /// Somebody else's newer edit, until the reader decides.
    pub conflict: RwSignal<Option<Newer>>,
    agent_id: StoredValue<AgentId>,
    toasts: Toasts,
}

impl Saving {
    /// The state of a page as it was loaded.
    pub fn new(form: Form, loaded: &EditHandoff) -> Self {
        Self {
            form,
            is_pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(loaded.conflict.as_deref().cloned()),
            agent_id: StoredValue::new(loaded.agent.id.clone()),
            toasts: use_toasts(),
        }
    }

    /// Whose action this is.
    pub fn agent_id(&self) -> AgentId {
        self.agent_id.get_value()
    }

    /// The page's path.
    pub fn path(&self) -> String {
        self.agent_id.with_value(|id| format!("/agents/{id}/actions/human-handoff"))
    }

    /// Saves what is typed; while a conflict is undecided, leads to it instead.
    pub fn save(self) {
        if self.conflict.with_untracked(Option::is_some) {
            return browser::focus(CONFLICT_ID);
        }
        self.save_over(self.form.version.get_untracked());
    }

    /// Saves what is typed over the newer edit, knowingly.
    pub fn keep_mine(self) {
        if let Some(version) = self.conflict.with_untracked(|newer| newer.as_ref().map(|newer| newer.version)) {
            self.save_over(version);
        }
    }

    /// Puts the newer edit into the form.
    pub fn take_theirs(self) {
        if let Some(newer) = self.conflict.get_untracked() {
            self.form.fill(&newer.settings);
            self.form.saved(newer.settings, newer.version);
            self.conflict.set(None);
            self.toasts.done(format!("These are {}'s settings now", newer.by));
        }
    }

    /// Takes back what was typed.
    pub fn discard(self) {
        match self.form.stored.get_untracked() {
            Some(stored) => {
                self.form.fill(&stored);
                self.failure.set(None);
            }
            // Only the server knows what is stored.
            None => browser::navigate_fully(&self.path()),
        }
    }

    fn save_over(self, version: i64) {
        if self.is_pending.get_untracked() {
            return;
        }
        let wrong = self.form.show_all();
        if !wrong.is_empty() {
            if wrong.iter().any(|id| MORE_FIELDS.contains(&id.as_str())) {
                browser::unfold(MORE_ID);
            }
            // Once the page shows the errors.
            return request_animation_frame(|| browser::focus_first_invalid(FORM_ID));
        }
        self.is_pending.set(true);
        self.failure.set(None);
        let settings = untrack(|| self.form.settings());
        let agent_id = self.agent_id.get_value();
        leptos::task::spawn_local(async move {
            let saved = api::action::save_handoff(agent_id, settings.clone(), version).await;
            if self.is_pending.try_set(false).is_none() {
                self.settle(saved, settings);
            }
        });
    }

    fn settle(self, saved: Result<Saved, api::Error>, settings: HandoffSettings) {
        match saved {
            Ok(Saved::Version(version)) => {
                self.form.saved(settings, version);
                self.conflict.set(None);
                self.toasts.done("Saved");
            }
            Ok(Saved::Conflict(newer)) => {
                self.conflict.set(Some(newer));
                request_animation_frame(|| {
                    browser::scroll_into_view(CONFLICT_ID);
                    browser::focus(CONFLICT_ID);
                });
            }
            Err(error) => {
                let fields: Vec<&str> = error.0.fields.iter().map(|field| field.message.as_str()).collect();
                self.failure.set(Some(if fields.is_empty() { error.to_string() } else { fields.join(" ") }));
            }
        }
    }
}
