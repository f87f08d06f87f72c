//! Signing in and out; sessions are rows that hold the token's hash.

use super::widget::{hash, new_token};
use super::{Desk, Error, password};
use crate::domain::{AgentId, Teammate, TeammateId};
use crate::store::{self, Tx};

/// How long a session lasts after it was begun or last extended: 30 days.
const SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// A session is extended once less than this is left: at most one write a day.
const EXTEND_BELOW_MS: i64 = SESSION_MS - 24 * 60 * 60 * 1_000;

/// A session that was just begun.
pub struct SignedIn {
    /// The cookie's value: it is stored nowhere else.
    pub token: String,
    pub max_age_seconds: i64,
    /// The first agent, after setting up.
    pub agent_id: AgentId,
}

impl Desk {
    /// Begins a session.
    ///
    /// # Errors
    /// [`Error::WrongPassword`], in the same time whether or not the account exists.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, Error> {
        let email = store::teammate::canonical_email(email);
        let found = store::teammate::find_by_email(&mut self.db.read().await?, &email).await?;
        let (teammate, stored_hash) = found.unzip();
        let is_right = password.chars().count() <= *password::PASSWORD_CHARS.end()
            && password::matches(password.to_owned(), stored_hash).await?;
        let Some(teammate) = teammate.filter(|_| is_right) else {
            tracing::info!("a sign-in failed");
            return Err(Error::WrongPassword);
        };
        let mut tx = self.db.write().await?;
        store::session::delete_expired(&mut tx, self.now_ms()).await?;
        let signed_in = self.begin_session(&mut tx, &teammate.id, AgentId(String::new())).await?;
        tx.commit().await?;
        tracing::info!(teammate = %teammate.id, "signed in");
        Ok(signed_in)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, token: Option<&str>) -> Result<(), Error> {
        let Some(token) = token else { return Ok(()) };
        let mut tx = self.db.write().await?;
        store::session::delete(&mut tx, &hash(token)).await?;
        Ok(tx.commit().await?)
    }

    /// Who a session token belongs to; `None` when it is unknown or over.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn session(&self, token: &str) -> Result<Option<Teammate>, Error> {
        let token_hash = hash(token);
        let now_ms = self.now_ms();
        let Some(session) = store::session::find(&mut self.db.read().await?, &token_hash, now_ms).await? else {
            return Ok(None);
        };
        if session.expires_at_ms - now_ms < EXTEND_BELOW_MS {
            let mut tx = self.db.write().await?;
            store::session::extend(&mut tx, &token_hash, now_ms + SESSION_MS).await?;
            tx.commit().await?;
        }
        Ok(Some(session.teammate))
    }

    pub(super) async fn begin_session(
        &self,
        tx: &mut Tx,
        teammate: &TeammateId,
        agent_id: AgentId,
    ) -> Result<SignedIn, Error> {
        let token = new_token();
        let now_ms = self.now_ms();
        store::session::create(tx, &hash(&token), teammate, now_ms, now_ms + SESSION_MS).await?;
        Ok(SignedIn { token, max_age_seconds: SESSION_MS / 1_000, agent_id })
    }
}

/// Where to go after signing in: a path of this site, or the inbox. An address of another site is not followed.
pub fn safe_next(next: Option<&str>) -> &str {
    match next {
        Some(path)
            if path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains('\\')
                && !path.chars().any(char::is_control) =>
        {
            path
        }
        _ => "/conversations",
    }
}
