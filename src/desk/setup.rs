//! The first visit, and new teammates: a workspace is created once, with its owner and a first AI agent.

use super::agents::checked_agent_name;
use super::{Desk, Error, SignedIn, password};
use crate::domain::{FieldError, Role, Teammate, TeammateId};
use crate::store;

/// The longest name of a workspace or person, in characters.
const NAME_CHARS_MAX: usize = 80;
/// The longest email address (RFC 5321, 4.5.3.1.3: a path of 256 octets less its brackets).
const EMAIL_BYTES_MAX: usize = 254;

/// What the first visit sends.
pub struct SetUp {
    pub workspace_name: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub agent_name: String,
    /// The one-time token, when one is asked for.
    pub token: String,
}

/// A teammate to be created.
pub struct NewTeammate {
    pub name: String,
    pub email: String,
    pub password: String,
    pub role: Role,
}

impl Desk {
    /// (a workspace must be created, the one-time token is asked for).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn setup_state(&self) -> Result<(bool, bool), Error> {
        let exists = store::workspace::find(&mut self.db.read().await?).await?.is_some();
        Ok((!exists, !exists && self.setup_token.is_some()))
    }

    /// The workspace's name; empty before it exists.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn workspace_name(&self) -> Result<String, Error> {
        let workspace = store::workspace::find(&mut self.db.read().await?).await?;
        Ok(workspace.map(|workspace| workspace.name).unwrap_or_default())
    }

    /// Creates the workspace, its owner and a first AI agent, and signs the owner in.
    ///
    /// # Errors
    /// [`Error::SetUpAlready`]; [`Error::Invalid`] on `workspace_name`, `name`, `email`, `password`, `agent_name`,
    /// `token`.
    pub async fn set_up(&self, form: SetUp) -> Result<SignedIn, Error> {
        let (is_needed, _) = self.setup_state().await?;
        if !is_needed {
            return Err(Error::SetUpAlready);
        }
        let about = [form.workspace_name.clone(), form.name.clone(), form.email.clone()];
        let mut errors = Vec::new();
        let workspace_name = checked_name("workspace_name", "workspace", &form.workspace_name, &mut errors);
        let name = checked_name("name", "person", &form.name, &mut errors);
        let email = checked_email(&form.email, &mut errors);
        if let Some(message) = self.password_error(&form.password, &about) {
            errors.push(FieldError::new("password", message));
        }
        let agent_name = checked_agent_name("agent_name", &form.agent_name).unwrap_or_else(|error| {
            if let Error::Invalid(fields) = error {
                errors.extend(fields);
            }
            String::new()
        });
        if self.setup_token.as_ref().is_some_and(|token| !same_secret(token, form.token.trim())) {
            errors.push(FieldError::new("token", "Enter the setup token from the server's log."));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }

        let hash = password::hash(form.password).await?;
        let owner = Teammate { id: TeammateId(self.ids.new_id()), name, email, role: Role::Owner };
        let mut tx = self.db.write().await?;
        match store::workspace::create(&mut tx, &workspace_name, self.now_ms()).await {
            // Two first visits at once: the database lets one through.
            Err(store::Error::Conflict { .. } | store::Error::Taken { .. }) => return Err(Error::SetUpAlready),
            other => other?,
        }
        store::teammate::create(&mut tx, &owner, &hash, self.now_ms()).await?;
        let agent = self.store_agent(&mut tx, agent_name, Some(&owner.id)).await?;
        self.audit(&mut tx, Some(&owner.id), "workspace.created", "workspace", &workspace_name).await?;
        let signed_in = self.begin_session(&mut tx, &owner.id, agent.id).await?;
        tx.commit().await?;
        tracing::info!("the workspace was created");
        Ok(signed_in)
    }

    /// Creates a teammate, from the command line.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `name`, `email` (also when it is taken), `password`.
    pub async fn create_teammate(&self, new: NewTeammate) -> Result<Teammate, Error> {
        let mut errors = Vec::new();
        let name = checked_name("name", "person", &new.name, &mut errors);
        let email = checked_email(&new.email, &mut errors);
        if let Some(message) = self.password_error(&new.password, &[new.name, new.email]) {
            errors.push(FieldError::new("password", message));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let hash = password::hash(new.password).await?;
        let teammate = Teammate { id: TeammateId(self.ids.new_id()), name, email, role: new.role };
        let mut tx = self.db.write().await?;
        match store::teammate::create(&mut tx, &teammate, &hash, self.now_ms()).await {
            Err(store::Error::Taken { .. } | store::Error::Conflict { .. }) => {
                return Err(Error::field("email", "A teammate with this email exists already."));
            }
            other => other?,
        }
        self.audit(&mut tx, None, "teammate.created", teammate.id.as_str(), teammate.role.as_str()).await?;
        tx.commit().await?;
        Ok(teammate)
    }
}

fn checked_name(field: &str, what: &str, name: &str, errors: &mut Vec<FieldError>) -> String {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        errors.push(FieldError::new(field, format!("Enter the {what}'s name in 1 to {NAME_CHARS_MAX} characters.")));
    }
    name.to_owned()
}

fn checked_email(email: &str, errors: &mut Vec<FieldError>) -> String {
    let email = store::teammate::canonical_email(email);
    // Only what is certain: the mail server decides about the rest.
    let is_plausible = email.len() <= EMAIL_BYTES_MAX
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.contains('@') && host.split('.').all(|label| !label.is_empty())
        });
    if !is_plausible {
        errors.push(FieldError::new("email", "Enter an email address such as name@example.com."));
    }
    email
}

/// Compares hashes, so that the time taken says nothing of how much was right.
fn same_secret(one: &str, other: &str) -> bool {
    super::widget::hash(one) == super::widget::hash(other)
}
