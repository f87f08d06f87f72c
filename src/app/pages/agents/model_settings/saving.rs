//! Saving the form, and what may come of it: stored, refused beside the fields, or somebody else was there first.

use super::form::{FORM_ID, ModelForm};
use super::settings_path;
use super::testing::Testing;
use crate::api;
use crate::app::components::toast::Toasts;
use crate::app::components::use_toasts;
use crate::app::outages::{Outages, use_outages};
use crate::browser;
use crate::domain::{AgentId, ConnectionTest, ModelSettings, Provider};
use crate::wire::model::{EditModel, NewerModel, SavedModel};
use leptos::prelude::*;

/// The id of the panel that shows somebody else's newer edit.
pub const NEWER_ID: &str = "model-newer";

/// Saving: its state and its acts.
#[derive(Clone, Copy)]
pub struct Saving {
    pub form: ModelForm,
    pub testing: Testing,
    /// A save is under way.
    pub is_pending: RwSignal<bool>,
    /// Why the last save failed, when no field in sight is to blame.
    pub failure: RwSignal<Option<String>>,
    /// Somebody else's newer edit, until the reader decides.
    pub newer: RwSignal<Option<NewerModel>>,
    agent_id: StoredValue<AgentId>,
    toasts: Toasts,
    outages: Outages,
}

impl Saving {
    /// The state of a page as it was loaded.
    pub fn new(form: ModelForm, testing: Testing, loaded: &EditModel) -> Self {
        Self {
            form,
            testing,
            is_pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            newer: RwSignal::new(loaded.newer.clone()),
            agent_id: StoredValue::new(loaded.agent.id.clone()),
            toasts: use_toasts(),
            outages: use_outages(),
        }
    }

    /// The page's path.
    pub fn path(&self) -> String {
        self.agent_id.with_value(settings_path)
    }

    /// Saves what is typed; while a newer edit is undecided, leads to it instead.
    pub fn save(self) {
        if self.newer.with_untracked(Option::is_some) {
            return browser::focus(NEWER_ID);
        }
        self.save_over(self.form.version.get_untracked());
    }

    /// Saves what is typed over the newer edit, knowingly.
    pub fn keep_mine(self) {
        if let Some(version) = self.newer.with_untracked(|newer| newer.as_ref().map(|newer| newer.version)) {
            self.save_over(version);
        }
    }

    /// Puts the newer edit into the form. Only the server knows of its key.
    pub fn take_theirs(self) {
        if self.is_pending.get_untracked() {
            return;
        }
        self.is_pending.set(true);
        let agent_id = self.agent_id.get_value();
        leptos::task::spawn_local(async move {
            let loaded = api::model::load_model(agent_id).await;
            if self.is_pending.try_set(false).is_some() {
                return;
            }
            match loaded {
                Ok(theirs) => {
                    self.form.load(&theirs);
                    self.testing.found.set(theirs.test);
                    self.newer.set(None);
                    self.failure.set(None);
                    self.toasts.done(format!("These are {}'s settings now", theirs.saved_by.unwrap_or_default()));
                }
                Err(error) => self.toasts.failed(error.to_string()),
            }
        });
    }

    /// Takes back what was typed.
    pub fn discard(self) {
        let stored = self.form.stored.get_untracked();
        self.form.fill(&stored);
        self.failure.set(None);
    }

    fn save_over(self, version: i64) {
        if self.is_pending.get_untracked() {
            return;
        }
        let wrong = self.form.show_all();
        if !wrong.is_empty() {
            // What the built-in engine does not use is hidden, and so is what is wrong with it.
            let is_in_sight = untrack(|| self.form.is_asked());
            self.failure.set((!is_in_sight).then(|| wrong.join(" ")));
            // Once the page shows the errors.
            return request_animation_frame(|| browser::focus_first_invalid(FORM_ID));
        }
        self.is_pending.set(true);
        self.failure.set(None);
        let (settings, key) = untrack(|| (self.form.settings(), self.form.key.change()));
        let agent_id = self.agent_id.get_value();
        leptos::task::spawn_local(async move {
            let saved = api::model::save_model(agent_id, settings.clone(), key, version).await;
            if self.is_pending.try_set(false).is_none() {
                self.settle(saved, settings);
            }
        });
    }

    fn settle(self, saved: Result<SavedModel, api::Error>, settings: ModelSettings) {
        match saved {
            Ok(SavedModel::Stored { version }) => {
                let is_known = self.is_tested(&settings);
                let is_asked = settings.provider != Provider::BuiltIn;
                self.form.saved(settings, version);
                self.newer.set(None);
                self.toasts.done("Saved");
                self.outages.ask();
                // What the model can do decides how it is asked, so a saved one is tested.
                if is_asked && !is_known {
                    self.testing.start();
                }
            }
            Ok(SavedModel::Newer(newer)) => {
                self.newer.set(Some(*newer));
                request_animation_frame(|| {
                    browser::scroll_into_view(NEWER_ID);
                    browser::focus(NEWER_ID);
                });
            }
            Err(error) if error.0.fields.is_empty() => self.failure.set(Some(error.to_string())),
            Err(error) => {
                self.form.refuse(&error.0.fields);
                request_animation_frame(|| browser::focus_first_invalid(FORM_ID));
            }
        }
    }

    /// Whether the server keeps a test of these settings: it does of what was saved when it was tested, under the same key.
    fn is_tested(self, settings: &ModelSettings) -> bool {
        let subject = ConnectionTest::subject_of(settings);
        let is_same = self.form.stored.with_untracked(|stored| ConnectionTest::subject_of(stored) == subject);
        let is_same_key = untrack(|| !self.form.key.is_changed());
        let found =
            self.testing.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.subject == subject));
        is_same && is_same_key && found
    }
}
