//! The Edit page asks before anything is saved: how is this text read, and what would be done with this message?

use super::reply::checked_body;
use super::{Desk, Error};
use crate::domain::action::WHEN_TO_USE_CHARS_MAX;
use crate::domain::{AgentId, FieldError, HandoffSettings, Teammate};
use crate::store;
use crate::wire::reading::{Decision, Explained, TextReading};

impl Desk {
    /// How a text of "When to Use" is read.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `when_to_use`; [`Error::Forbidden`] below admin; [`Error::NotFound`].
    pub async fn read_when_to_use(&self, me: &Teammate, id: &AgentId, text: &str) -> Result<TextReading, Error> {
        self.may_edit(me, id).await?;
        if text.chars().count() > WHEN_TO_USE_CHARS_MAX {
            let message = format!("Shorten this to {WHEN_TO_USE_CHARS_MAX} characters or fewer.");
            return Err(Error::field("when_to_use", message));
        }
        Ok(self.ai.read(text))
    }

    /// What would be done with a customer's message under these settings, were they enabled. Nothing is stored.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `message`, or where the settings are larger than what can be saved;
    /// [`Error::Forbidden`] below admin; [`Error::NotFound`].
    pub async fn try_message(
        &self,
        me: &Teammate,
        id: &AgentId,
        settings: HandoffSettings,
        message: &str,
    ) -> Result<Explained, Error> {
        self.may_edit(me, id).await?;
        let message = checked_body(message).map_err(|error| renamed(error, "message"))?;
        let settings = bounded(settings)?;
        let knowledge = self.find_passages(id, &message).await?;
        self.ai.explain(&settings, &message, &knowledge).await.map_err(|error| Error::Internal(error.to_string()))
    }

    /// What would be done with each example by the text and the other examples, in their order.
    ///
    /// # Errors
    /// As [`Desk::try_message`].
    pub async fn check_examples(
        &self,
        me: &Teammate,
        id: &AgentId,
        settings: HandoffSettings,
    ) -> Result<Vec<Decision>, Error> {
        self.may_edit(me, id).await?;
        let settings = bounded(settings)?;
        self.ai.check_examples(&settings).await.map_err(|error| Error::Internal(error.to_string()))
    }

    async fn may_edit(&self, me: &Teammate, id: &AgentId) -> Result<(), Error> {
        self.require_configure(me)?;
        let conn = &mut self.db.read().await?;
        store::agent::find(conn, id).await?.map(|_| ()).ok_or(Error::NotFound("AI agent"))
    }
}

/// Settings may be half typed, but not larger than what can be saved: that bounds the work.
fn bounded(settings: HandoffSettings) -> Result<HandoffSettings, Error> {
    let mut errors = settings.validate();
    errors.retain(|error| matches!(error.field.as_str(), "when_to_use" | "examples" | "gather"));
    if errors.is_empty() { Ok(settings) } else { Err(Error::Invalid(errors)) }
}

fn renamed(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(errors) => {
            Error::Invalid(errors.into_iter().map(|error| FieldError::new(field, error.message)).collect())
        }
        other => other,
    }
}
