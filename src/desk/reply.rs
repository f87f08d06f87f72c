//! A teammate writes: to the customer, or a private note. The same client id stores once.

use super::change::Change;
use super::{Desk, Error};
use crate::domain::entry::BODY_CHARS_MAX;
use crate::domain::{ConversationId, Entry, Teammate};
use crate::handoff::Event;

/// The longest id a client may give what it sends, in characters.
const CLIENT_ID_CHARS_MAX: usize = 64;

impl Desk {
    /// Writes to the customer; from the AI or the queue this takes over.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty or too long body; [`Error::Refused`] when somebody else owns it.
    pub async fn reply(&self, me: &Teammate, id: &ConversationId, client_id: &str, body: &str) -> Result<Entry, Error> {
        self.require_work(me)?;
        let body = checked_body(body)?;
        let event = Event::TeammateReplied {
            teammate: me.id.clone(),
            body,
            client_id: checked_client_id(client_id)?.to_owned(),
        };
        let change = Change { sent_as: Some(("teammate", client_id)), ..event.into() };
        self.change(id, change).await?.sent_entry()
    }

    /// Writes a private note.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty or too long body.
    pub async fn note(&self, me: &Teammate, id: &ConversationId, client_id: &str, body: &str) -> Result<Entry, Error> {
        self.require_work(me)?;
        let body = checked_body(body)?;
        let event =
            Event::TeammateNoted { teammate: me.id.clone(), body, client_id: checked_client_id(client_id)?.to_owned() };
        let change = Change { sent_as: Some(("teammate", client_id)), ..event.into() };
        self.change(id, change).await?.sent_entry()
    }
}

/// A message's text without surrounding blanks and without control characters other than line breaks and tabs.
///
/// # Errors
/// [`Error::Invalid`] on field `body` when nothing is left or it is too long.
pub(super) fn checked_body(body: &str) -> Result<String, Error> {
    let body: String = body.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let body = body.trim();
    if body.is_empty() {
        return Err(Error::field("body", "Write something first."));
    }
    let length = body.chars().count();
    if length > BODY_CHARS_MAX {
        let message = format!("This is {length} characters long. Shorten it to {BODY_CHARS_MAX} or send it in parts.");
        return Err(Error::field("body", message));
    }
    Ok(body.to_owned())
}

/// The sender's id of a message.
///
/// # Errors
/// [`Error::Invalid`] on field `client_id`.
pub(super) fn checked_client_id(client_id: &str) -> Result<&str, Error> {
    let is_plain = client_id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if client_id.is_empty() || client_id.len() > CLIENT_ID_CHARS_MAX || !is_plain {
        return Err(Error::field("client_id", "Send an id of 1 to 64 letters, digits, - or _, such as a UUID."));
    }
    Ok(client_id)
}
