//! What agents know: entries, and the passages that they are cut into. Every change raises the revision of the agent's
//! knowledge, and on Postgres makes writers of the same agent wait for each other. Cutting and searching are not done here.

use super::conn::{all, execute, one, optional, statements};
use super::{Conn, Error, Tx, page};
use crate::domain::knowledge::ENTRIES_MAX;
use crate::domain::{AgentId, KnowledgeEntry, KnowledgeId, KnowledgeText, Passage, TeammateId};

const TABLE: &str = "knowledge_entry";

/// The most passages that are read at once: more than an agent's entries can be cut into, were each a word.
const PASSAGES_MAX: i64 = 100_000;
/// The most passages whose vectors are asked for at once.
pub const PLAIN_MAX: i64 = 256;

statements! {
    RAISE = "insert into knowledge (agent_id, revision) values ($1, 1)
        on conflict (agent_id) do update set revision = knowledge.revision + 1";
    REVISION = "select revision from knowledge where agent_id = $1";
    INSERT = "insert into knowledge_entry
            (id, agent_id, title, version, chars, created_at_ms, created_by, updated_at_ms, updated_by, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "update knowledge_entry
        set title = $4, version = version + 1, chars = $5, updated_at_ms = $6, updated_by = $7, body = $8
        where id = $1 and agent_id = $2 and version = $3";
    DELETE = "delete from knowledge_entry where id = $1 and agent_id = $2";
    FIND = "select id, agent_id, title, version, created_at_ms, created_by, updated_at_ms, updated_by, body
        from knowledge_entry where id = $1 and agent_id = $2";
    LIST = "select id, title, chars, updated_at_ms,
            (select name from teammate where teammate.id = knowledge_entry.updated_by) as updated_by
        from knowledge_entry where agent_id = $1 order by lower(title), id limit $2";
    SIZE = "select count(*) as entries, cast(coalesce(sum(chars), 0) as bigint) as chars
        from knowledge_entry where agent_id = $1";
    FIND_SAME = "select id from knowledge_entry where agent_id = $1 and title = $2 and body = $3 limit 1";
    DELETE_PASSAGES = "delete from knowledge_passage where entry_id = $1";
    INSERT_PASSAGE = "insert into knowledge_passage (entry_id, ordinal, heading, text) values ($1, $2, $3, $4)";
    LIST_PASSAGES = "select knowledge_passage.entry_id, knowledge_entry.title, knowledge_passage.ordinal,
            knowledge_passage.heading, knowledge_passage.text,
            case when knowledge_passage.embedded_by = $2 then knowledge_passage.embedding end as embedding
        from knowledge_passage join knowledge_entry on knowledge_entry.id = knowledge_passage.entry_id
        where knowledge_entry.agent_id = $1
        order by knowledge_passage.entry_id, knowledge_passage.ordinal limit $3";
    LIST_PLAIN = "select knowledge_passage.entry_id, knowledge_entry.agent_id, knowledge_entry.title,
            knowledge_passage.ordinal, knowledge_passage.heading, knowledge_passage.text
        from knowledge_passage join knowledge_entry on knowledge_entry.id = knowledge_passage.entry_id
        where knowledge_passage.embedded_by is null or knowledge_passage.embedded_by <> $1
        order by knowledge_passage.entry_id, knowledge_passage.ordinal limit $2";
    EMBED = "update knowledge_passage set embedding = $4, embedded_by = $5
        where entry_id = $1 and ordinal = $2 and text = $3";
}

/// One entry as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    pub id: String,
    pub title: String,
    /// How long its body is.
    pub chars: i64,
    pub updated_at_ms: i64,
    /// The name of who saved it last.
    pub updated_by: Option<String>,
}

/// How much an agent knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Size {
    pub entries: i64,
    pub chars: i64,
}

/// A passage as it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub entry_id: KnowledgeId,
    pub title: String,
    pub passage: Passage,
    /// Its sentence vector as base64, if the model that was asked for made one.
    pub embedding: Option<String>,
}

/// A passage without a vector of the model that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    pub agent_id: AgentId,
    pub entry_id: KnowledgeId,
    pub title: String,
    pub passage: Passage,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    agent_id: String,
    title: String,
    version: i64,
    created_at_ms: i64,
    created_by: Option<String>,
    updated_at_ms: i64,
    updated_by: Option<String>,
    body: String,
}

#[derive(sqlx::FromRow)]
struct PassageRow {
    entry_id: String,
    title: String,
    ordinal: i64,
    heading: String,
    text: String,
    embedding: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PlainRow {
    entry_id: String,
    agent_id: String,
    title: String,
    ordinal: i64,
    heading: String,
    text: String,
}

impl From<Row> for KnowledgeEntry {
    fn from(row: Row) -> Self {
        KnowledgeEntry {
            id: KnowledgeId(row.id),
            agent_id: AgentId(row.agent_id),
            text: KnowledgeText { title: row.title, body: row.body },
            version: row.version,
            created_at_ms: row.created_at_ms,
            created_by: row.created_by.map(TeammateId),
            updated_at_ms: row.updated_at_ms,
            updated_by: row.updated_by.map(TeammateId),
        }
    }
}

/// Marks the agent's knowledge as changed. Call it first: from here on other writers of it wait.
///
/// # Errors
/// If the database fails.
pub async fn raise(tx: &mut Tx, agent: &AgentId) -> Result<(), Error> {
    execute!(tx, RAISE, agent.as_str()).map(|_one| ())
}

/// How often the agent's knowledge was changed.
///
/// # Errors
/// If the database fails.
pub async fn revision(conn: &mut Conn, agent: &AgentId) -> Result<i64, Error> {
    Ok(optional!(conn, (i64,), REVISION, agent.as_str())?.map_or(0, |row| row.0))
}

/// How much the agent knows.
///
/// # Errors
/// If the database fails.
pub async fn size(conn: &mut Conn, agent: &AgentId) -> Result<Size, Error> {
    one!(conn, Size, SIZE, agent.as_str())
}

/// Stores a new entry with its passages.
///
/// # Errors
/// [`Error::Conflict`] if the id exists.
pub async fn insert(tx: &mut Tx, entry: &KnowledgeEntry, passages: &[Passage]) -> Result<(), Error> {
    execute!(
        tx,
        INSERT,
        entry.id.as_str(),
        entry.agent_id.as_str(),
        entry.text.title.as_str(),
        entry.version,
        chars(&entry.text.body),
        entry.created_at_ms,
        entry.created_by.as_ref().map(TeammateId::as_str),
        entry.updated_at_ms,
        entry.updated_by.as_ref().map(TeammateId::as_str),
        entry.text.body.as_str()
    )?;
    put_passages(tx, &entry.id, passages).await
}

/// Stores an entry again, if it is still at `entry.version`, with its passages. Returns the new version.
///
/// # Errors
/// [`Error::Conflict`] if somebody saved since, or it is gone.
pub async fn update(tx: &mut Tx, entry: &KnowledgeEntry, passages: &[Passage]) -> Result<i64, Error> {
    let changed = execute!(
        tx,
        UPDATE,
        entry.id.as_str(),
        entry.agent_id.as_str(),
        entry.version,
        entry.text.title.as_str(),
        chars(&entry.text.body),
        entry.updated_at_ms,
        entry.updated_by.as_ref().map(TeammateId::as_str),
        entry.text.body.as_str()
    )?;
    if changed != 1 {
        return Err(Error::conflict(format!("entry {} is no longer at version {}", entry.id, entry.version)));
    }
    execute!(tx, DELETE_PASSAGES, entry.id.as_str())?;
    put_passages(tx, &entry.id, passages).await?;
    Ok(entry.version + 1)
}

async fn put_passages(tx: &mut Tx, entry: &KnowledgeId, passages: &[Passage]) -> Result<(), Error> {
    for passage in passages {
        let (heading, text) = (passage.heading.as_str(), passage.text.as_str());
        execute!(tx, INSERT_PASSAGE, entry.as_str(), passage.ordinal, heading, text)?;
    }
    Ok(())
}

/// Deletes an entry with its passages. Returns whether it was there.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: &mut Tx, agent: &AgentId, id: &KnowledgeId) -> Result<bool, Error> {
    if find(tx, agent, id).await?.is_none() {
        return Ok(false);
    }
    execute!(tx, DELETE_PASSAGES, id.as_str())?;
    Ok(execute!(tx, DELETE, id.as_str(), agent.as_str())? == 1)
}

/// Finds an entry of an agent.
///
/// # Errors
/// If the database fails.
pub async fn find(conn: &mut Conn, agent: &AgentId, id: &KnowledgeId) -> Result<Option<KnowledgeEntry>, Error> {
    Ok(optional!(conn, Row, FIND, id.as_str(), agent.as_str())?.map(KnowledgeEntry::from))
}

/// Loads an entry of an agent.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, agent: &AgentId, id: &KnowledgeId) -> Result<KnowledgeEntry, Error> {
    find(conn, agent, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// The agent's entry with this very text, if there is one.
///
/// # Errors
/// If the database fails.
pub async fn find_same(conn: &mut Conn, agent: &AgentId, text: &KnowledgeText) -> Result<Option<KnowledgeId>, Error> {
    let found = optional!(conn, (String,), FIND_SAME, agent.as_str(), text.title.as_str(), text.body.as_str())?;
    Ok(found.map(|row| KnowledgeId(row.0)))
}

/// The agent's entries by title.
///
/// # Errors
/// If the database fails.
pub async fn list(conn: &mut Conn, agent: &AgentId) -> Result<Vec<Listed>, Error> {
    all!(conn, Listed, LIST, agent.as_str(), ENTRIES_MAX)
}

/// Every passage of the agent, with the vectors that `model` made.
///
/// # Errors
/// If the database fails.
pub async fn list_passages(conn: &mut Conn, agent: &AgentId, model: &str) -> Result<Vec<Stored>, Error> {
    let rows = all!(conn, PassageRow, LIST_PASSAGES, agent.as_str(), model, PASSAGES_MAX)?;
    let read = |row: PassageRow| Stored {
        entry_id: KnowledgeId(row.entry_id),
        title: row.title,
        passage: Passage { ordinal: row.ordinal, heading: row.heading, text: row.text },
        embedding: row.embedding,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Passages of any agent that have no vector of `model`; at most [`PLAIN_MAX`].
///
/// # Errors
/// If the database fails.
pub async fn list_plain(conn: &mut Conn, model: &str, limit: i64) -> Result<Vec<Plain>, Error> {
    let rows = all!(conn, PlainRow, LIST_PLAIN, model, page(limit, PLAIN_MAX))?;
    let read = |row: PlainRow| Plain {
        agent_id: AgentId(row.agent_id),
        entry_id: KnowledgeId(row.entry_id),
        title: row.title,
        passage: Passage { ordinal: row.ordinal, heading: row.heading, text: row.text },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps the vector that `model` made of a passage. Returns whether the passage still says the same.
///
/// # Errors
/// If the database fails.
pub async fn embed(tx: &mut Tx, plain: &Plain, embedding: &str, model: &str) -> Result<bool, Error> {
    let (entry, passage) = (plain.entry_id.as_str(), &plain.passage);
    Ok(execute!(tx, EMBED, entry, passage.ordinal, passage.text.as_str(), embedding, model)? == 1)
}

fn chars(body: &str) -> i64 {
    i64::try_from(body.chars().count()).unwrap_or(i64::MAX)
}
