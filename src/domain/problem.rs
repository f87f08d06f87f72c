//! What went wrong, as a caller is told it: the members of an RFC 9457 problem, shared by the widget API, the
//! server functions and the forms.

use super::{FieldError, Owner};
use serde::{Deserialize, Serialize};

/// An error that a person or program outside can act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// A stable word, such as `owner_changed`.
    pub code: String,
    /// One or two sentences: what happened and what to do.
    pub message: String,
    /// What is wrong with which field.
    #[serde(default)]
    pub fields: Vec<FieldError>,
    /// For a lost race: who owns the conversation now.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// For a lost race: the owner's name.
    #[serde(default)]
    pub owner_name: Option<String>,
}

impl Problem {
    /// A problem without fields.
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            fields: Vec::new(),
            owner: None,
            owner_name: None,
        }
    }

    /// A 422 with what is wrong beside each field.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let message = match fields.as_slice() {
            [only] => only.message.clone(),
            _ => "Some fields need another look.".to_owned(),
        };
        Self { fields, ..Self::new(422, "invalid", message) }
    }

    /// The message beside one field, if there is one.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|error| error.field == name).map(|error| error.message.as_str())
    }
}
