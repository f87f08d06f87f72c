//! "Test connection": asks the model as the form stands, and keeps what was found out.

use super::form::{FORM_ID, ModelForm};
use crate::api;
use crate::app::outages::{Outages, use_outages};
use crate::browser;
use crate::domain::{AgentId, ConnectionTest};
use crate::wire::model::EditModel;
use leptos::prelude::*;

/// The test: its state and its one act.
#[derive(Clone, Copy)]
pub struct Testing {
    /// The last one's result.
    pub found: RwSignal<Option<ConnectionTest>>,
    /// Since when one is under way.
    pub began_at_ms: RwSignal<Option<i64>>,
    /// Why the last one could not be made.
    pub failure: RwSignal<Option<String>>,
    form: ModelForm,
    agent_id: StoredValue<AgentId>,
    outages: Outages,
}

impl Testing {
    /// As the page was loaded.
    pub fn new(form: ModelForm, loaded: &EditModel) -> Self {
        Self {
            found: RwSignal::new(loaded.test.clone()),
            began_at_ms: RwSignal::new(None),
            failure: RwSignal::new(None),
            form,
            agent_id: StoredValue::new(loaded.agent.id.clone()),
            outages: use_outages(),
        }
    }

    /// Tests what stands in the form; mistakes are shown beside their fields first.
    pub fn start(self) {
        if self.began_at_ms.with_untracked(Option::is_some) {
            return;
        }
        if !self.form.show_all().is_empty() {
            // Once the page shows the errors.
            return request_animation_frame(|| browser::focus_first_invalid(FORM_ID));
        }
        self.began_at_ms.set(Some(browser::now_ms()));
        self.failure.set(None);
        let (settings, key) = untrack(|| (self.form.settings(), self.form.key.change()));
        let agent_id = self.agent_id.get_value();
        leptos::task::spawn_local(async move {
            let found = api::model::test_model(agent_id, settings, key).await;
            if self.began_at_ms.try_set(None).is_none() {
                self.settle(found);
            }
        });
    }

    fn settle(self, found: Result<ConnectionTest, api::Error>) {
        match found {
            Ok(found) => {
                self.found.set(Some(found));
                // What answers again is announced no more.
                self.outages.ask();
            }
            Err(error) if error.0.fields.is_empty() => self.failure.set(Some(error.to_string())),
            Err(error) => {
                self.form.refuse(&error.0.fields);
                request_animation_frame(|| browser::focus_first_invalid(FORM_ID));
            }
        }
    }
}
