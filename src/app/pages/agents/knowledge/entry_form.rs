//! The form of one entry: what is typed, what is stored, what is wrong, and saving it.

use super::{entry_path, knowledge_path};
use crate::api;
use crate::app::components::SentErrors;
use crate::app::components::toast::Toasts;
use crate::app::components::use_toasts;
use crate::browser;
use crate::domain::{AgentId, KnowledgeId, KnowledgeText, Problem};
use crate::wire::knowledge::{EditEntry, NewerEntry, SavedEntry};
use leptos::prelude::*;

/// The form's id.
pub const FORM_ID: &str = "entry-form";
/// The id of the panel that shows somebody else's newer text.
pub const NEWER_ID: &str = "entry-newer";

/// The form's state and its acts.
#[derive(Clone, Copy)]
pub struct EntryForm {
    pub title: RwSignal<String>,
    pub body: RwSignal<String>,
    pub errors: SentErrors,
    pub is_pending: RwSignal<bool>,
    /// Somebody else's newer text, until the reader decides.
    pub newer: RwSignal<Option<NewerEntry>>,
    /// The version that saving compares.
    pub version: RwSignal<i64>,
    /// What the server holds; `None` after a plain form post that failed.
    stored: RwSignal<Option<KnowledgeText>>,
    failure: RwSignal<Option<api::Error>>,
    agent_id: StoredValue<AgentId>,
    id: StoredValue<Option<KnowledgeId>>,
    toasts: Toasts,
}

impl EntryForm {
    /// The form as it was loaded.
    pub fn new(loaded: &EditEntry) -> Self {
        let is_posted = !loaded.errors.is_empty() || loaded.newer.is_some();
        let problem = (!loaded.errors.is_empty()).then(|| api::Error(Problem::invalid(loaded.errors.clone())));
        let failure = RwSignal::new(problem);
        Self {
            title: RwSignal::new(loaded.text.title.clone()),
            body: RwSignal::new(loaded.text.body.clone()),
            errors: SentErrors::new(failure.into()),
            is_pending: RwSignal::new(false),
            newer: RwSignal::new(loaded.newer.clone()),
            version: RwSignal::new(loaded.version),
            stored: RwSignal::new((!is_posted).then(|| loaded.text.clone())),
            failure,
            agent_id: StoredValue::new(loaded.agent.id.clone()),
            id: StoredValue::new(loaded.id.clone()),
            toasts: use_toasts(),
        }
    }

    /// What is typed.
    pub fn text(self) -> KnowledgeText {
        KnowledgeText { title: self.title.get(), body: self.body.get() }
    }

    /// Something typed is not stored.
    pub fn is_unsaved(self) -> bool {
        self.stored.with(|stored| stored.as_ref().is_none_or(|stored| stored.tidy() != self.text().tidy()))
    }

    /// Where the list is.
    pub fn list_path(self) -> String {
        self.agent_id.with_value(knowledge_path)
    }

    /// Where a plain form sends what is typed.
    pub fn path(self) -> String {
        match self.id.get_value() {
            Some(id) => self.agent_id.with_value(|agent| entry_path(agent, &id)),
            None => format!("{}/new", self.list_path()),
        }
    }

    /// Takes back what was typed.
    pub fn discard(self) {
        let stored = self.stored.get_untracked().unwrap_or_default();
        self.title.set(stored.title);
        self.body.set(stored.body);
        self.failure.set(None);
    }

    /// Saves what is typed; `done` is called once it is stored.
    pub fn save(self, done: impl Fn() + 'static) {
        if self.newer.with_untracked(Option::is_some) {
            return browser::focus(NEWER_ID);
        }
        self.save_over(self.version.get_untracked(), done);
    }

    /// Saves what is typed over the newer text, knowingly.
    pub fn keep_mine(self, done: impl Fn() + 'static) {
        if let Some(version) = self.newer.with_untracked(|newer| newer.as_ref().map(|newer| newer.version)) {
            self.save_over(version, done);
        }
    }

    /// Puts the newer text into the form.
    pub fn take_theirs(self) {
        if let Some(newer) = self.newer.get_untracked() {
            self.title.set(newer.text.title.clone());
            self.body.set(newer.text.body.clone());
            self.version.set(newer.version);
            self.stored.set(Some(newer.text));
            self.newer.set(None);
            self.toasts.done(format!("This is {}'s text now", newer.by));
        }
    }

    fn save_over(self, version: i64, done: impl Fn() + 'static) {
        if self.is_pending.get_untracked() {
            return;
        }
        let text = untrack(|| self.text());
        let wrong = text.tidy().validate();
        if !wrong.is_empty() {
            self.failure.set(Some(api::Error(Problem::invalid(wrong))));
            return;
        }
        self.is_pending.set(true);
        let (agent_id, id) = (self.agent_id.get_value(), self.id.get_value());
        leptos::task::spawn_local(async move {
            let saved = api::knowledge::save_entry(agent_id, id, text.clone(), version).await;
            if self.is_pending.try_set(false).is_some() {
                return;
            }
            match saved {
                Ok(SavedEntry::Stored { version, .. }) => {
                    self.version.set(version);
                    self.stored.set(Some(text));
                    self.newer.set(None);
                    self.failure.set(None);
                    self.toasts.done("Saved. It is quoted from now on.");
                    done();
                }
                Ok(SavedEntry::Conflict(newer)) => {
                    self.newer.set(Some(newer));
                    request_animation_frame(|| {
                        browser::scroll_into_view(NEWER_ID);
                        browser::focus(NEWER_ID);
                    });
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// Deletes the entry; `done` is called once it is gone. It can be taken back.
    pub fn delete(self, done: impl Fn() + 'static) {
        let Some(id) = self.id.get_value() else { return };
        if self.is_pending.get_untracked() {
            return;
        }
        self.is_pending.set(true);
        let (agent_id, toasts) = (self.agent_id.get_value(), self.toasts);
        let kept = self.stored.get_untracked();
        leptos::task::spawn_local(async move {
            let deleted = api::knowledge::delete_entry(agent_id.clone(), id).await;
            if self.is_pending.try_set(false).is_some() {
                return;
            }
            match (deleted, kept) {
                (Ok(()), Some(text)) => {
                    self.stored.set(Some(untrack(|| self.text())));
                    let title = text.title.clone();
                    toasts.done_with_undo(format!("Deleted “{title}”"), move || {
                        put_back(agent_id.clone(), text.clone(), toasts)
                    });
                    done();
                }
                (Ok(()), None) => done(),
                (Err(error), _) => toasts.failed(error.to_string()),
            }
        });
    }
}

/// Stores a deleted text again, as a new entry.
fn put_back(agent_id: AgentId, text: KnowledgeText, toasts: Toasts) {
    leptos::task::spawn_local(async move {
        let path = knowledge_path(&agent_id);
        match api::knowledge::save_entry(agent_id, None, text, 0).await {
            // The list may be in sight or not: only a fresh one is sure to show it.
            Ok(_) => browser::navigate_fully(&path),
            Err(error) => toasts.failed(error.to_string()),
        }
    });
}
