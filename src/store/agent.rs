//! AI agents. Creating one creates its Human Handoff action.

use super::conn::{all, execute, one, optional, statements};
use super::{Conn, Error, Tx, action};
use crate::domain::{ActionId, Agent, AgentId, TeammateId};

const TABLE: &str = "agent";

/// The most agents that are listed.
pub const PAGE_MAX: i64 = 200;

statements! {
    INSERT = "insert into agent (id, name, widget_key, greeting, created_at_ms) values ($1, $2, $3, $4, $5)";
    FIND = "select id, name, widget_key, greeting, created_at_ms from agent where id = $1";
    FIND_BY_WIDGET_KEY = "select id, name, widget_key, greeting, created_at_ms from agent where widget_key = $1";
    LIST = "select id, name, widget_key, greeting, created_at_ms from agent order by created_at_ms, id limit $1";
    // The conversations since a time, those of them that were ever handed off, and what waits in the queue now.
    COUNTS = "select
            (select count(*) from conversation where agent_id = $1 and created_at_ms >= $2) as conversations,
            (select count(*) from conversation where agent_id = $1 and created_at_ms >= $2 and handoff_count > 0)
                as handed_off,
            (select count(*) from conversation where agent_id = $1 and lifecycle = 'open' and owner = 'queue')
                as waiting";
}

/// How an agent is doing since a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct AgentCounts {
    /// Conversations that began since then.
    pub conversations: i64,
    /// Of these, how many were handed off.
    pub handed_off: i64,
    /// Conversations that need intervention now, whenever they began.
    pub waiting: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    widget_key: String,
    greeting: String,
    created_at_ms: i64,
}

impl From<Row> for Agent {
    fn from(row: Row) -> Self {
        Agent {
            id: AgentId(row.id),
            name: row.name,
            widget_key: row.widget_key,
            greeting: row.greeting,
            created_at_ms: row.created_at_ms,
        }
    }
}

/// Creates an agent with its Human Handoff action, disabled.
///
/// # Errors
/// [`Error::Conflict`] if the id or the widget key exists.
pub async fn create(tx: &mut Tx, agent: &Agent, action_id: &ActionId, by: Option<&TeammateId>) -> Result<(), Error> {
    execute!(
        tx,
        INSERT,
        agent.id.as_str(),
        agent.name.as_str(),
        agent.widget_key.as_str(),
        agent.greeting.as_str(),
        agent.created_at_ms
    )?;
    action::create(tx, action_id, &agent.id, by, agent.created_at_ms).await
}

/// Every agent, oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// If the database fails.
pub async fn list(conn: &mut Conn) -> Result<Vec<Agent>, Error> {
    Ok(all!(conn, Row, LIST, PAGE_MAX)?.into_iter().map(Agent::from).collect())
}

/// Finds an agent.
///
/// # Errors
/// If the database fails.
pub async fn find(conn: &mut Conn, id: &AgentId) -> Result<Option<Agent>, Error> {
    Ok(optional!(conn, Row, FIND, id.as_str())?.map(Agent::from))
}

/// Loads an agent.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, id: &AgentId) -> Result<Agent, Error> {
    find(conn, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// Finds an agent by the key in its embed snippet.
///
/// # Errors
/// If the database fails.
pub async fn find_by_widget_key(conn: &mut Conn, widget_key: &str) -> Result<Option<Agent>, Error> {
    Ok(optional!(conn, Row, FIND_BY_WIDGET_KEY, widget_key)?.map(Agent::from))
}

/// How the agent is doing since `since_ms`.
///
/// # Errors
/// If the database fails.
pub async fn counts(conn: &mut Conn, id: &AgentId, since_ms: i64) -> Result<AgentCounts, Error> {
    one!(conn, AgentCounts, COUNTS, id.as_str(), since_ms)
}
