//! The Human Handoff action: reading, saving, its history. A save never overwrites a newer one unknowingly.

use super::{Desk, Error};
use crate::domain::action::describe_change;
use crate::domain::{Agent, AgentId, FieldKind, HandoffSettings, Teammate};
use crate::store::action::Action;
use crate::store::{self, Conn};
use crate::wire::action::{ActionCard, EditHandoff, Newer, Revision, Saved};

const STATS_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// How many saves the history shows.
const HISTORY_MAX: i64 = 100;

impl Desk {
    /// The agent and its actions.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn list_actions(&self, _me: &Teammate, id: &AgentId) -> Result<(Agent, Vec<ActionCard>), Error> {
        let conn = &mut self.db.read().await?;
        let (agent, action) = load(conn, id).await?;
        let stats = store::action::stats(conn, id, self.now_ms() - STATS_MS).await?;
        let card = ActionCard {
            name: "Human Handoff".to_owned(),
            purpose: "Brings in a teammate when the AI agent should not go on alone.".to_owned(),
            is_enabled: action.settings.enabled,
            runs_30_days: stats.runs,
            last_run_at_ms: stats.last_run_at_ms,
            edit_path: format!("/agents/{id}/actions/human-handoff"),
        };
        Ok((agent, vec![card]))
    }

    /// The action as it stands, to be edited.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn load_handoff(&self, _me: &Teammate, id: &AgentId) -> Result<EditHandoff, Error> {
        let conn = &mut self.db.read().await?;
        let (agent, action) = load(conn, id).await?;
        let saved_by = name_of(conn, action.updated_by.as_ref()).await?;
        Ok(EditHandoff {
            agent,
            reading: self.ai.read(&action.settings.when_to_use),
            tried: None,
            settings: action.settings,
            version: action.version,
            saved_by,
            saved_at_ms: Some(action.updated_at_ms),
            errors: Vec::new(),
            conflict: None,
        })
    }

    /// Saves the action, if `version` is still the current one.
    ///
    /// # Errors
    /// [`Error::Invalid`] (fields as in [`HandoffSettings::validate`]); [`Error::Forbidden`] below admin.
    pub async fn save_handoff(
        &self,
        me: &Teammate,
        id: &AgentId,
        settings: HandoffSettings,
        version: i64,
    ) -> Result<Saved, Error> {
        self.require_configure(me)?;
        let settings = tidy(settings);
        let errors = settings.validate();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let mut tx = self.db.write().await?;
        let (_agent, action) = load(&mut tx, id).await?;
        // First, so that a form that is sent twice does not meet its own save as somebody else's.
        if action.settings == settings {
            return Ok(Saved::Version(action.version));
        }
        if action.version != version {
            return Ok(Saved::Conflict(newer(&mut tx, action).await?));
        }
        let what = describe_change(&action.settings, &settings);
        let saved =
            store::action::save(&mut tx, &action.id, version, &settings, &what, Some(&me.id), self.now_ms()).await;
        let version = match saved {
            Ok(version) => version,
            Err(error) if error.is_conflict() => {
                tx.rollback().await?;
                let conn = &mut self.db.read().await?;
                let (_agent, action) = load(conn, id).await?;
                return Ok(Saved::Conflict(newer(conn, action).await?));
            }
            Err(error) => return Err(error.into()),
        };
        self.audit(&mut tx, Some(&me.id), "action.saved", action.id.as_str(), &what).await?;
        tx.commit().await?;
        if settings.enabled {
            let ai = self.ai.clone();
            tokio::spawn(async move { ai.prepare(&settings.when_to_use).await });
        }
        Ok(Saved::Version(version))
    }

    /// Every save, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn list_handoff_history(&self, _me: &Teammate, id: &AgentId) -> Result<(Agent, Vec<Revision>), Error> {
        let conn = &mut self.db.read().await?;
        let (agent, action) = load(conn, id).await?;
        let mut revisions = Vec::new();
        for stored in store::action::list_revisions(conn, &action.id, HISTORY_MAX).await? {
            let by = name_of(conn, stored.saved_by.as_ref()).await?.unwrap_or_else(|| "Baton".to_owned());
            revisions.push(Revision {
                version: stored.version,
                by,
                at_ms: stored.saved_at_ms,
                change: stored.what,
                settings: stored.settings,
            });
        }
        Ok((agent, revisions))
    }

    /// Saves the settings of version `restore` as a new one, if `version` is still the current one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown version; otherwise as [`Desk::save_handoff`].
    pub async fn restore_handoff(
        &self,
        me: &Teammate,
        id: &AgentId,
        restore: i64,
        version: i64,
    ) -> Result<Saved, Error> {
        self.require_configure(me)?;
        let settings = {
            let conn = &mut self.db.read().await?;
            let (_agent, action) = load(conn, id).await?;
            store::action::load_revision(conn, &action.id, restore).await?.settings
        };
        self.save_handoff(me, id, settings, version).await
    }
}

async fn load(conn: &mut Conn, id: &AgentId) -> Result<(Agent, Action), Error> {
    let agent = store::agent::find(conn, id).await?.ok_or(Error::NotFound("AI agent"))?;
    let action = store::action::load_by_agent(conn, id).await?;
    Ok((agent, action))
}

async fn newer(conn: &mut Conn, action: Action) -> Result<Newer, Error> {
    let change = store::action::load_revision(conn, &action.id, action.version).await?.what;
    let by = name_of(conn, action.updated_by.as_ref()).await?.unwrap_or_else(|| "Baton".to_owned());
    Ok(Newer { version: action.version, settings: action.settings, by, at_ms: action.updated_at_ms, change })
}

async fn name_of(conn: &mut Conn, id: Option<&crate::domain::TeammateId>) -> Result<Option<String>, Error> {
    Ok(match id {
        Some(id) => store::teammate::find(conn, id).await?.map(|teammate| teammate.name),
        None => None,
    })
}

/// Names without surrounding blanks, choices without empty lines; choices only where they belong.
fn tidy(mut settings: HandoffSettings) -> HandoffSettings {
    settings.team = settings.team.trim().to_owned();
    for field in &mut settings.gather {
        field.name = field.name.trim().to_owned();
        field.description = field.description.trim().to_owned();
        field.choices = field.choices.iter().map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
        if field.kind != FieldKind::OneOf {
            field.choices.clear();
        }
    }
    settings
}
