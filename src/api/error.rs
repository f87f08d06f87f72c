//! The one error of every server function: a [`Problem`] on the wire.

use crate::domain::Problem;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What a server function answers when it does not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
#[error("{}", .0.message)]
pub struct Error(pub Problem);

impl Error {
    /// The message beside one field, if there is one.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.0.field(name)
    }

    /// The request never reached the server, or its answer never came back: trying again is safe.
    pub fn is_connection(&self) -> bool {
        self.0.status == 0
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) => {
                Problem::new(0, "connection", "The server can't be reached. Check your connection and try again.")
            }
            // A request that the server can't read, or an answer that an older page can't.
            ServerFnErrorErr::Args(detail)
            | ServerFnErrorErr::MissingArg(detail)
            | ServerFnErrorErr::Deserialization(detail) => {
                Problem::new(400, "malformed", format!("This could not be read: {detail}. Load the page again."))
            }
            _ => Problem::new(500, "internal", "Something went wrong on our side. Try again in a moment."),
        })
    }
}
