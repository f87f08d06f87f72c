//! One call from a browser: the desk, who is asking, and the head of the answer. `web` makes it; server
//! functions find it in their context.

use super::{Desk, Error, SignedIn};
use crate::domain::{Problem, Teammate};
use std::sync::Arc;

/// The session cookie's name.
pub const SESSION_COOKIE: &str = "baton_session";

/// The head of the answer that is being made.
pub trait ResponseHead: Send + Sync {
    /// Sets the HTTP status.
    fn set_status(&self, status: u16);
    /// Adds a `Set-Cookie` header.
    fn set_cookie(&self, cookie: String);
}

/// One call.
#[derive(Clone)]
pub struct Call {
    pub desk: Desk,
    /// Who is signed in.
    pub me: Option<Teammate>,
    pub session_token: Option<String>,
    pub head: Arc<dyn ResponseHead>,
}

impl Call {
    /// Who is asking.
    ///
    /// # Errors
    /// 401 when nobody is signed in; the answer's status is set.
    pub fn teammate(&self) -> Result<&Teammate, Problem> {
        self.me.as_ref().ok_or_else(|| self.refuse(Error::SignedOut))
    }

    /// Turns a verb's result into the answer, with the real status of an error.
    ///
    /// # Errors
    /// The verb's error as a problem.
    pub fn answer<T, E: From<Problem>>(&self, result: Result<T, Error>) -> Result<T, E> {
        result.map_err(|error| self.refuse(error).into())
    }

    /// Begins the session in the browser.
    pub fn sign_in(&self, signed_in: &SignedIn) {
        self.head.set_cookie(self.cookie(&signed_in.token, signed_in.max_age_seconds));
    }

    /// Ends the session in the browser.
    pub fn sign_out(&self) {
        self.head.set_cookie(self.cookie("", 0));
    }

    fn refuse(&self, error: Error) -> Problem {
        let problem = Problem::from(error);
        self.head.set_status(problem.status);
        problem
    }

    fn cookie(&self, token: &str, max_age_seconds: i64) -> String {
        let secure = if self.desk.secure_cookies { "; Secure" } else { "" };
        format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}")
    }
}
