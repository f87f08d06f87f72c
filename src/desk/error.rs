//! What a verb answers when it does not succeed, and how a person is told.

use crate::domain::{FieldError, Owner, Problem};
use crate::handoff::Refused;
use crate::store;

/// An error of a verb.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The engine said no.
    #[error("refused: {refused}")]
    Refused { refused: Refused, owner: Owner, owner_name: Option<String> },
    /// What was sent needs another look.
    #[error("invalid fields")]
    Invalid(Vec<FieldError>),
    /// There is no such thing, or not for this caller.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Nobody is signed in, or the session is over.
    #[error("signed out")]
    SignedOut,
    /// The customer's token is not known.
    #[error("unknown customer")]
    UnknownCustomer,
    /// The role does not allow it.
    #[error("the role does not allow this")]
    Forbidden,
    /// Email or password is wrong.
    #[error("wrong email or password")]
    WrongPassword,
    /// The workspace exists already.
    #[error("the workspace is set up already")]
    SetUpAlready,
    /// Something inside broke.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// One field is wrong.
    pub(super) fn field(name: &str, message: impl Into<String>) -> Self {
        Error::Invalid(vec![FieldError::new(name, message)])
    }

    /// True if this is the engine's "this turn or timer no longer counts", which a worker takes as done.
    pub(super) fn is_stale(&self) -> bool {
        matches!(
            self,
            Error::Refused { refused: Refused::StaleTurn | Refused::TooLate | Refused::NotNow | Refused::Resolved, .. }
        )
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused { refused, owner, owner_name } => refused_problem(refused, owner, owner_name),
            Error::Invalid(fields) => Problem::invalid(fields),
            Error::NotFound(what) => Problem::new(
                404,
                "not_found",
                format!("There is no such {what}. It may have been removed, or the address is not complete."),
            ),
            Error::SignedOut => Problem::new(401, "signed_out", "Your session has ended. Sign in again to go on."),
            Error::UnknownCustomer => {
                Problem::new(401, "unknown_customer", "This chat session is not known. Start a new session.")
            }
            Error::Forbidden => {
                Problem::new(403, "forbidden", "Your role does not allow this. Ask an admin of your workspace.")
            }
            Error::WrongPassword => Problem::invalid(vec![FieldError::new(
                "password",
                "This email and password don't belong together. Check both and try again.",
            )]),
            Error::SetUpAlready => {
                Problem::new(409, "set_up_already", "This workspace is set up already. Sign in instead.")
            }
            Error::Store(store::Error::Missing { table, .. }) => {
                Problem::new(404, "not_found", format!("There is no such {table}."))
            }
            Error::Store(store::Error::Conflict { .. } | store::Error::Busy(_)) => {
                tracing::warn!(%error, "the store is busy");
                Problem::new(503, "busy", "Many things happen at once. Nothing is lost: try again in a moment.")
            }
            Error::Store(_) | Error::Internal(_) => {
                tracing::error!(%error, "a request failed");
                Problem::new(500, "internal", "Something went wrong on our side. Try again in a moment.")
            }
        }
    }
}

fn refused_problem(refused: Refused, owner: Owner, owner_name: Option<String>) -> Problem {
    let who = owner_name.clone().unwrap_or_else(|| "Somebody else".to_owned());
    let (status, code, message) = match &refused {
        Refused::AlreadyOwned { .. } => {
            (409, "already_owned", format!("{who} owns this conversation now. Assign it to yourself to answer."))
        }
        Refused::OwnerChanged => {
            (409, "owner_changed", "The owner changed a moment ago. Look again before you take over.".to_owned())
        }
        Refused::Resolved | Refused::Ended => {
            (409, "resolved", "This conversation is resolved. Reopen it to go on.".to_owned())
        }
        Refused::NotNow => (409, "not_now", "This does not apply any more: the conversation has moved on.".to_owned()),
        Refused::ActionDisabled => {
            (409, "handoff_disabled", "A person can't be called in here at the moment.".to_owned())
        }
        Refused::AiUnavailable => (
            409,
            "ai_unavailable",
            "The AI agent can't answer now, so the conversation stays with the team.".to_owned(),
        ),
        Refused::TooLate => (422, "too_late", "Choose a time in the future.".to_owned()),
        Refused::StaleTurn | Refused::InformationMissing { .. } | Refused::QuestionLimit => {
            (409, "stale", "The conversation has moved on.".to_owned())
        }
    };
    Problem { owner: Some(owner), owner_name, ..Problem::new(status, code, message) }
}
