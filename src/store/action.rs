//! Actions of AI agents: the Human Handoff action, every save of it, and how often it ran.

use super::conn::{all, execute, one, optional, statements};
use super::{Conn, Error, Tx, from_json, page, to_json};
use crate::domain::{ActionId, AgentId, HandoffSettings, TeammateId};

const TABLE: &str = "action";
const HUMAN_HANDOFF: &str = "human_handoff";

/// The most revisions that are read at once.
pub const PAGE_MAX: i64 = 100;

statements! {
    INSERT = "insert into action (id, agent_id, kind, settings, version, updated_at_ms, updated_by)
        values ($1, $2, $3, $4, 1, $5, $6)";
    FIND_BY_AGENT = "select id, agent_id, settings, version, updated_at_ms, updated_by from action
        where agent_id = $1 and kind = $2";
    UPDATE = "update action set settings = $3, version = version + 1, updated_at_ms = $4, updated_by = $5
        where id = $1 and version = $2";
    INSERT_REVISION = "insert into action_revision (action_id, version, settings, what, saved_by, saved_at_ms)
        values ($1, $2, $3, $4, $5, $6)";
    LIST_REVISIONS = "select version, settings, what, saved_by, saved_at_ms from action_revision
        where action_id = $1 order by version desc limit $2";
    FIND_REVISION = "select version, settings, what, saved_by, saved_at_ms from action_revision
        where action_id = $1 and version = $2";
    // What a teammate handed over, or what came back by itself, is not the action's doing. The subquery makes both
    // databases begin with the recent handoffs, not with every conversation of the agent.
    STATS = "select count(*) as runs, max(opened_at_ms) as last_run_at_ms from handoff
        where opened_at_ms >= $2 and kind not in ('teammate', 'returned')
            and (select agent_id from conversation where conversation.id = handoff.conversation_id) = $1";
}

/// The stored Human Handoff action of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub id: ActionId,
    pub agent_id: AgentId,
    pub settings: HandoffSettings,
    /// Grows by one with every save; a save compares it.
    pub version: i64,
    pub updated_at_ms: i64,
    /// `None` if no teammate did, such as the command line.
    pub updated_by: Option<TeammateId>,
}

/// One save of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub version: i64,
    pub settings: HandoffSettings,
    /// What changed, in words.
    pub what: String,
    pub saved_by: Option<TeammateId>,
    pub saved_at_ms: i64,
}

/// How often an action ran since a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ActionStats {
    pub runs: i64,
    pub last_run_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    agent_id: String,
    settings: String,
    version: i64,
    updated_at_ms: i64,
    updated_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct RevisionRow {
    version: i64,
    settings: String,
    what: String,
    saved_by: Option<String>,
    saved_at_ms: i64,
}

impl TryFrom<Row> for Action {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Action {
            settings: from_json(TABLE, &row.id, &row.settings)?,
            id: ActionId(row.id),
            agent_id: AgentId(row.agent_id),
            version: row.version,
            updated_at_ms: row.updated_at_ms,
            updated_by: row.updated_by.map(TeammateId),
        })
    }
}

impl RevisionRow {
    fn read(self, action: &ActionId) -> Result<Revision, Error> {
        let id = format!("{action} version {}", self.version);
        Ok(Revision {
            settings: from_json("action_revision", &id, &self.settings)?,
            version: self.version,
            what: self.what,
            saved_by: self.saved_by.map(TeammateId),
            saved_at_ms: self.saved_at_ms,
        })
    }
}

/// Creates the Human Handoff action of a new agent, disabled, at version 1.
pub(super) async fn create(
    tx: &mut Tx,
    id: &ActionId,
    agent: &AgentId,
    by: Option<&TeammateId>,
    now_ms: i64,
) -> Result<(), Error> {
    let settings = to_json(&HandoffSettings::default());
    let by = by.map(|by| by.as_str());
    execute!(tx, INSERT, id.as_str(), agent.as_str(), HUMAN_HANDOFF, settings.as_str(), now_ms, by)?;
    execute!(tx, INSERT_REVISION, id.as_str(), 1_i64, settings.as_str(), "Created", by, now_ms)?;
    Ok(())
}

/// The agent's Human Handoff action.
///
/// # Errors
/// [`Error::Missing`] if there is no such agent.
pub async fn load_by_agent(conn: &mut Conn, agent: &AgentId) -> Result<Action, Error> {
    let row = optional!(conn, Row, FIND_BY_AGENT, agent.as_str(), HUMAN_HANDOFF)?;
    row.ok_or_else(|| Error::missing(TABLE, format_args!("of agent {agent}")))?.try_into()
}

/// Saves the settings if the action is still at `expected_version`, and keeps the save with what changed, in words.
/// Returns the new version.
///
/// # Errors
/// [`Error::Conflict`] if somebody saved since.
pub async fn save(
    tx: &mut Tx,
    id: &ActionId,
    expected_version: i64,
    settings: &HandoffSettings,
    what: &str,
    by: Option<&TeammateId>,
    now_ms: i64,
) -> Result<i64, Error> {
    let settings = to_json(settings);
    let by = by.map(|by| by.as_str());
    if execute!(tx, UPDATE, id.as_str(), expected_version, settings.as_str(), now_ms, by)? != 1 {
        return Err(Error::conflict(format!("action {id} is no longer at version {expected_version}")));
    }
    let version = expected_version + 1;
    execute!(tx, INSERT_REVISION, id.as_str(), version, settings.as_str(), what, by, now_ms)?;
    Ok(version)
}

/// Every save of the action, newest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_revisions(conn: &mut Conn, id: &ActionId, limit: i64) -> Result<Vec<Revision>, Error> {
    all!(conn, RevisionRow, LIST_REVISIONS, id.as_str(), page(limit, PAGE_MAX))?
        .into_iter()
        .map(|row| row.read(id))
        .collect()
}

/// One save of the action.
///
/// # Errors
/// [`Error::Missing`] if there is none of this version.
pub async fn load_revision(conn: &mut Conn, id: &ActionId, version: i64) -> Result<Revision, Error> {
    optional!(conn, RevisionRow, FIND_REVISION, id.as_str(), version)?
        .ok_or_else(|| Error::missing("action_revision", format_args!("{id} version {version}")))?
        .read(id)
}

/// How often the agent's action led to a handoff since `since_ms`, and when last. Handoffs by teammates don't count.
///
/// # Errors
/// If the database fails.
pub async fn stats(conn: &mut Conn, agent: &AgentId, since_ms: i64) -> Result<ActionStats, Error> {
    one!(conn, ActionStats, STATS, agent.as_str(), since_ms)
}
