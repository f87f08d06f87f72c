//! AI agents: creating, listing, how one is doing.

use super::{Desk, Error};
use crate::domain::agent::{AGENT_NAME_CHARS_MAX, GREETING_DEFAULT};
use crate::domain::{ActionId, Agent, AgentId, Teammate, TeammateId};
use crate::store::{self, Tx};
use crate::wire::agent::{AgentRow, Dashboard};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

impl Desk {
    /// Every agent, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_agents(&self, _me: &Teammate) -> Result<Vec<AgentRow>, Error> {
        let conn = &mut self.db.read().await?;
        let mut rows = Vec::new();
        for agent in store::agent::list(conn).await? {
            let action = store::action::load_by_agent(conn, &agent.id).await?;
            let waiting = store::agent::counts(conn, &agent.id, self.now_ms()).await?.waiting;
            rows.push(AgentRow { agent, is_handoff_enabled: action.settings.enabled, waiting });
        }
        Ok(rows)
    }

    /// Creates an agent with its Human Handoff action, disabled.
    ///
    /// # Errors
    /// [`Error::Invalid`] on field `name`; [`Error::Forbidden`] below admin.
    pub async fn create_agent(&self, me: &Teammate, name: &str) -> Result<AgentId, Error> {
        self.require_configure(me)?;
        let name = checked_agent_name("name", name)?;
        let mut tx = self.db.write().await?;
        let agent = self.store_agent(&mut tx, name, Some(&me.id)).await?;
        self.audit(&mut tx, Some(&me.id), "agent.created", agent.id.as_str(), &agent.name).await?;
        tx.commit().await?;
        Ok(agent.id)
    }

    /// How an agent is doing today.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn load_dashboard(&self, _me: &Teammate, id: &AgentId) -> Result<Dashboard, Error> {
        let conn = &mut self.db.read().await?;
        let agent = store::agent::find(conn, id).await?.ok_or(Error::NotFound("AI agent"))?;
        let now_ms = self.now_ms();
        let counts = store::agent::counts(conn, id, now_ms - now_ms.rem_euclid(DAY_MS)).await?;
        let action = store::action::load_by_agent(conn, id).await?;
        let (model, outage, usage) = self.model_at_a_glance(conn, id).await?;
        Ok(Dashboard {
            is_handoff_enabled: action.settings.enabled,
            conversations_today: counts.conversations,
            handed_off_today: counts.handed_off,
            waiting: counts.waiting,
            // The built-in engine runs inside this process: while the page is served, it answers.
            is_model_answering: outage.is_none(),
            model: model.unwrap_or_else(|| self.ai.name().to_owned()),
            outage,
            usage,
            is_by_words: self.encoder.is_loaded() == Some(false),
            snippet: format!(
                "<script async src=\"{}/widget.js\" data-agent=\"{}\"></script>",
                self.public_url, agent.widget_key
            ),
            test_path: format!("/test/{}", agent.widget_key),
            agent,
        })
    }

    /// Lets the engine read every action that is enabled, so that no customer waits for it after a start.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn prepare_engine(&self) -> Result<(), Error> {
        let texts = {
            let conn = &mut self.db.read().await?;
            let mut texts = Vec::new();
            for agent in store::agent::list(conn).await? {
                let settings = store::action::load_by_agent(conn, &agent.id).await?.settings;
                texts.extend(settings.enabled.then_some(settings.when_to_use));
            }
            texts
        };
        // Nothing to read: the engine loads what it needs anyway, and the dashboard can say whether it is there.
        self.ai.prepare("").await;
        for text in texts {
            self.ai.prepare(&text).await;
        }
        Ok(())
    }

    /// Stores a new agent in the caller's transaction.
    pub(super) async fn store_agent(&self, tx: &mut Tx, name: String, by: Option<&TeammateId>) -> Result<Agent, Error> {
        let agent = Agent {
            id: AgentId(self.ids.new_id()),
            name,
            widget_key: super::widget::new_token()[..20].to_owned(),
            greeting: GREETING_DEFAULT.to_owned(),
            created_at_ms: self.now_ms(),
        };
        store::agent::create(tx, &agent, &ActionId(self.ids.new_id()), by).await?;
        Ok(agent)
    }

    /// Keeps who changed what.
    pub(super) async fn audit(
        &self,
        tx: &mut Tx,
        who: Option<&TeammateId>,
        what: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), Error> {
        let record = store::audit::AuditRecord {
            id: self.ids.new_id(),
            at_ms: self.now_ms(),
            who: who.cloned(),
            what: what.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        };
        Ok(store::audit::add(tx, &record).await?)
    }
}

/// An agent's name without surrounding blanks.
///
/// # Errors
/// [`Error::Invalid`] on `field`.
pub(super) fn checked_agent_name(field: &str, name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > AGENT_NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(Error::field(
            field,
            format!("Give the AI agent a name of 1 to {AGENT_NAME_CHARS_MAX} characters."),
        ));
    }
    Ok(name.to_owned())
}
