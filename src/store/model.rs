//! An agent's model: its settings and sealed key, what its calls cost, and when it did not answer. The key is opaque
//! here; `desk` seals and opens it.

use super::conn::{all, execute, one, optional, statements};
use super::{Conn, Error, Tx, from_json, to_json};
use crate::domain::{AgentId, ConnectionTest, ConversationId, ModelCall, ModelSettings, TeammateId, TurnId};

const TABLE: &str = "agent_model";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How many of the last calls the latency is taken from.
const LATENCIES: i64 = 200;
/// The most outages that are listed.
const OUTAGES_MAX: i64 = 100;

statements! {
    FIND = "select settings, version, key_sealed, key_for, key_saved_at_ms, test, updated_at_ms, updated_by
        from agent_model where agent_id = $1";
    INSERT = "insert into agent_model (agent_id, version, settings, key_sealed, key_for, key_saved_at_ms, test,
            updated_at_ms, updated_by)
        values ($1, 1, $2, $3, $4, $5, $6, $7, $8) on conflict (agent_id) do nothing";
    UPDATE = "update agent_model set version = version + 1, settings = $3, key_sealed = $4, key_for = $5,
            key_saved_at_ms = $6, test = $7, updated_at_ms = $8, updated_by = $9
        where agent_id = $1 and version = $2";
    SAVE_TEST = "update agent_model set test = $3 where agent_id = $1 and version = $2";
    ADD_CALL = "insert into model_call (id, agent_id, conversation_id, turn_id, purpose, model, tokens_read,
            tokens_written, cost, latency_ms, failure, created_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    TOKENS_SINCE = "select cast(coalesce(sum(tokens_read + tokens_written), 0) as bigint) as tokens
        from model_call where agent_id = $1 and created_at_ms >= $2";
    TOKENS_OF_CONVERSATION = "select cast(coalesce(sum(tokens_read + tokens_written), 0) as bigint) as tokens
        from model_call where conversation_id = $1";
    DAYS = "select created_at_ms / 86400000 as day, count(*) as calls,
            cast(coalesce(sum(case when failure is null then 0 else 1 end), 0) as bigint) as failures,
            cast(coalesce(sum(tokens_read), 0) as bigint) as tokens_read,
            cast(coalesce(sum(tokens_written), 0) as bigint) as tokens_written,
            cast(coalesce(sum(cost), 0) as bigint) as cost,
            cast(coalesce(sum(case when failure is null then latency_ms else 0 end), 0) as bigint) as latency_ms
        from model_call where agent_id = $1 and created_at_ms >= $2
        group by created_at_ms / 86400000 order by created_at_ms / 86400000";
    LATENCIES_OF = "select latency_ms from model_call
        where agent_id = $1 and purpose = 'turn' and failure is null order by created_at_ms desc limit $2";
    OPEN_OUTAGE = "insert into model_outage (id, agent_id, conversation_id, error, began_at_ms)
        values ($1, $2, $3, $4, $5) on conflict (agent_id) where ended_at_ms is null do nothing";
    END_OUTAGE = "update model_outage set ended_at_ms = $2 where agent_id = $1 and ended_at_ms is null";
    FIND_OUTAGE = "select model_outage.id, agent_id, agent.name as agent_name, conversation_id, error, began_at_ms
        from model_outage join agent on agent.id = model_outage.agent_id
        where agent_id = $1 and ended_at_ms is null";
    LIST_OUTAGES = "select model_outage.id, agent_id, agent.name as agent_name, conversation_id, error, began_at_ms
        from model_outage join agent on agent.id = model_outage.agent_id
        where ended_at_ms is null order by began_at_ms, model_outage.id limit $1";
}

/// What is stored of an agent's model.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredModel {
    pub settings: ModelSettings,
    /// Grows by one with every save; 0: nothing is stored.
    pub version: i64,
    pub key: Option<SealedKey>,
    pub test: Option<ConnectionTest>,
    pub updated_at_ms: i64,
    pub updated_by: Option<TeammateId>,
}

/// A provider's key, encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    pub sealed: String,
    /// The only address that it may be sent to.
    pub endpoint: String,
    pub saved_at_ms: i64,
}

/// A day's calls, as they are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Day {
    /// Days since the epoch.
    pub day: i64,
    pub calls: i64,
    pub failures: i64,
    pub tokens_read: i64,
    pub tokens_written: i64,
    pub cost: i64,
    /// Of the calls that answered, summed.
    pub latency_ms: i64,
}

/// An outage that has no end yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Outage {
    pub id: String,
    pub agent_id: String,
    pub agent_name: String,
    pub conversation_id: Option<String>,
    pub error: String,
    pub began_at_ms: i64,
}

/// Whose call it was.
#[derive(Clone, Copy, Debug)]
pub struct CallOf<'a> {
    pub agent: &'a AgentId,
    pub conversation: Option<&'a ConversationId>,
    pub turn: Option<&'a TurnId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    settings: String,
    version: i64,
    key_sealed: Option<String>,
    key_for: Option<String>,
    key_saved_at_ms: Option<i64>,
    test: Option<String>,
    updated_at_ms: i64,
    updated_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Tokens {
    tokens: i64,
}

#[derive(sqlx::FromRow)]
struct Latency {
    latency_ms: i64,
}

/// What is stored of an agent's model; nothing before the first save.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find(conn: &mut Conn, agent: &AgentId) -> Result<Option<StoredModel>, Error> {
    let Some(row) = optional!(conn, Row, FIND, agent.as_str())? else { return Ok(None) };
    let key = match (row.key_sealed, row.key_for, row.key_saved_at_ms) {
        (Some(sealed), Some(endpoint), Some(saved_at_ms)) => Some(SealedKey { sealed, endpoint, saved_at_ms }),
        _ => None,
    };
    Ok(Some(StoredModel {
        settings: from_json(TABLE, agent.as_str(), &row.settings)?,
        version: row.version,
        key,
        test: row.test.map(|test| from_json(TABLE, agent.as_str(), &test)).transpose()?,
        updated_at_ms: row.updated_at_ms,
        updated_by: row.updated_by.map(TeammateId),
    }))
}

/// Stores an agent's model if what is stored is still at `model.version` (0: nothing). Returns whether it was.
///
/// # Errors
/// If the database fails.
pub async fn save(tx: &mut Tx, agent: &AgentId, model: &StoredModel) -> Result<bool, Error> {
    let key = model.key.as_ref();
    let (sealed, endpoint) = key.map(|key| (key.sealed.as_str(), key.endpoint.as_str())).unzip();
    let saved_at_ms = key.map(|key| key.saved_at_ms);
    let test = model.test.as_ref().map(to_json);
    let by = model.updated_by.as_ref().map(|id| id.as_str());
    let settings = to_json(&model.settings);
    let stored = if model.version == 0 {
        execute!(tx, INSERT, agent.as_str(), settings, sealed, endpoint, saved_at_ms, test, model.updated_at_ms, by)?
    } else {
        execute!(
            tx,
            UPDATE,
            agent.as_str(),
            model.version,
            settings,
            sealed,
            endpoint,
            saved_at_ms,
            test,
            model.updated_at_ms,
            by
        )?
    };
    Ok(stored == 1)
}

/// Keeps what a test found out, if the settings are still those of `version`.
///
/// # Errors
/// If the database fails.
pub async fn save_test(tx: &mut Tx, agent: &AgentId, version: i64, test: &ConnectionTest) -> Result<(), Error> {
    execute!(tx, SAVE_TEST, agent.as_str(), version, to_json(test)).map(|_one| ())
}

/// Keeps a call. `cost` in billionths of a dollar.
///
/// # Errors
/// If the database fails.
pub async fn add_call(
    tx: &mut Tx,
    id: &str,
    of: CallOf<'_>,
    call: &ModelCall,
    cost: i64,
    now_ms: i64,
) -> Result<(), Error> {
    execute!(
        tx,
        ADD_CALL,
        id,
        of.agent.as_str(),
        of.conversation.map(|id| id.as_str()),
        of.turn.map(|id| id.as_str()),
        call.purpose.as_str(),
        call.model.as_str(),
        call.tokens.read,
        call.tokens.written,
        cost,
        call.latency_ms,
        call.failure.as_deref(),
        now_ms
    )
    .map(|_one| ())
}

/// The tokens that an agent's model read and wrote since a time.
///
/// # Errors
/// If the database fails.
pub async fn tokens_since(conn: &mut Conn, agent: &AgentId, since_ms: i64) -> Result<i64, Error> {
    Ok(one!(conn, Tokens, TOKENS_SINCE, agent.as_str(), since_ms)?.tokens)
}

/// The tokens that a conversation has cost.
///
/// # Errors
/// If the database fails.
pub async fn tokens_of_conversation(conn: &mut Conn, conversation: &ConversationId) -> Result<i64, Error> {
    Ok(one!(conn, Tokens, TOKENS_OF_CONVERSATION, conversation.as_str())?.tokens)
}

/// The calls of each day with any since `since_ms`, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn days(conn: &mut Conn, agent: &AgentId, since_ms: i64) -> Result<Vec<Day>, Error> {
    all!(conn, Day, DAYS, agent.as_str(), since_ms - since_ms.rem_euclid(DAY_MS))
}

/// The latencies of the last calls that answered a turn, newest first.
///
/// # Errors
/// If the database fails.
pub async fn latencies(conn: &mut Conn, agent: &AgentId) -> Result<Vec<i64>, Error> {
    let rows = all!(conn, Latency, LATENCIES_OF, agent.as_str(), LATENCIES)?;
    Ok(rows.into_iter().map(|row| row.latency_ms).collect())
}

/// Begins an outage, unless one has begun. Returns whether it has begun now.
///
/// # Errors
/// If the database fails.
pub async fn open_outage(
    tx: &mut Tx,
    id: &str,
    agent: &AgentId,
    conversation: Option<&ConversationId>,
    error: &str,
    now_ms: i64,
) -> Result<bool, Error> {
    let conversation = conversation.map(|id| id.as_str());
    Ok(execute!(tx, OPEN_OUTAGE, id, agent.as_str(), conversation, error, now_ms)? == 1)
}

/// Ends the outage of an agent. Returns whether there was one.
///
/// # Errors
/// If the database fails.
pub async fn end_outage(tx: &mut Tx, agent: &AgentId, now_ms: i64) -> Result<bool, Error> {
    Ok(execute!(tx, END_OUTAGE, agent.as_str(), now_ms)? == 1)
}

/// The outage of an agent that has no end yet.
///
/// # Errors
/// If the database fails.
pub async fn find_outage(conn: &mut Conn, agent: &AgentId) -> Result<Option<Outage>, Error> {
    optional!(conn, Outage, FIND_OUTAGE, agent.as_str())
}

/// Every outage that has no end yet, oldest first; at most 100.
///
/// # Errors
/// If the database fails.
pub async fn list_outages(conn: &mut Conn) -> Result<Vec<Outage>, Error> {
    all!(conn, Outage, LIST_OUTAGES, OUTAGES_MAX)
}
