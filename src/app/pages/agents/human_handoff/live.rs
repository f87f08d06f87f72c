//! What the page asks while somebody types: how the text is read, what would be done with a message, whether the examples
//! are decided as wanted. Only what an answer depends on makes it asked again.

use super::asked::{Asked, use_asked};
use super::examples::Checked;
use super::saving::Saving;
use super::trial::{Trial, can_be_tried};
use crate::api::action::{check_examples, read_when_to_use, try_message};
use crate::domain::HandoffSettings;
use crate::domain::action::WHEN_TO_USE_CHARS_MAX;
use crate::wire::action::EditHandoff;
use crate::wire::reading::TextReading;
use leptos::prelude::*;

/// The three questions.
#[derive(Clone, Copy)]
pub struct Live {
    pub reading: Asked<TextReading>,
    pub trial: Trial,
    pub checked: Asked<Checked>,
}

impl Live {
    /// The questions of a page as it was loaded; nothing is asked for who may not edit.
    pub fn new(saving: &Saving, loaded: &EditHandoff, may_edit: bool) -> Self {
        let controls = saving.form.controls;
        let agent_id = saving.agent_id();
        // A text that is too long can't be saved either, and its field says so.
        let text = move || {
            let text = controls.when_to_use.get();
            (may_edit && text.chars().count() <= WHEN_TO_USE_CHARS_MAX).then_some(text)
        };

        let id = agent_id.clone();
        let reading = use_asked(text, Some(loaded.reading.clone()), move |text| read_when_to_use(id.clone(), text));

        let (message, explained, posted_error) = match loaded.tried.as_deref() {
            Some(tried) => (tried.message.clone(), tried.answer.clone().ok(), tried.answer.clone().err()),
            None => (String::new(), None, None),
        };
        let message = RwSignal::new(message);
        let tried = move || {
            let message = message.get();
            let all = controls.read();
            let settings = HandoffSettings {
                when_to_use: text()?,
                examples: all.examples,
                auto_priority: all.auto_priority,
                gather: all.gather,
                questions_max: all.questions_max,
                ..HandoffSettings::default()
            };
            can_be_tried(&message).then_some((settings, message))
        };
        let id = agent_id.clone();
        let asked = use_asked(tried, explained, move |(settings, message)| try_message(id.clone(), settings, message));
        let trial = Trial { message, asked, posted_error: RwSignal::new(posted_error) };

        let examples = move || {
            let settings =
                HandoffSettings { when_to_use: text()?, examples: controls.examples(), ..HandoffSettings::default() };
            (!settings.examples.is_empty()).then_some(settings)
        };
        let checked = use_asked(examples, None, move |settings: HandoffSettings| {
            let agent_id = agent_id.clone();
            async move {
                let texts: Vec<String> = settings.examples.iter().map(|example| example.text.clone()).collect();
                let decisions = check_examples(agent_id, settings).await?;
                Ok(texts.into_iter().zip(decisions).collect())
            }
        });
        Self { reading, trial, checked }
    }
}
