//! Everything the database holds after the load, read past the product's own code, in one go.

use baton::domain::{Author, Content, NewEntry};
use baton::handoff::{Effect, Event};
use baton::store::Db;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Conversation {
    pub id: String,
    pub owner: String,
    pub owner_teammate_id: Option<String>,
    pub owner_epoch: i64,
    pub lifecycle: String,
    pub version: i64,
    pub last_seq: i64,
    pub customer_seq: i64,
    pub answered_seq: i64,
    pub turn: Option<String>,
    pub handoff_id: Option<String>,
    pub waiting_since_ms: Option<i64>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    pub id: String,
    pub conversation_id: String,
    pub seq: i64,
    pub kind: String,
    pub author_kind: String,
    pub author_id: Option<String>,
    pub body: String,
    pub client_id: Option<String>,
    pub turn_id: Option<String>,
    pub owner_epoch: Option<i64>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Turn {
    pub id: String,
    pub conversation_id: String,
    pub epoch: i64,
    pub state: String,
    pub outcome: Option<String>,
    pub through_seq: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Handoff {
    pub id: String,
    pub conversation_id: String,
    pub gathered: String,
    pub missing: String,
    pub ended_at_ms: Option<i64>,
    pub summary: Option<String>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    pub key: String,
    pub kind: String,
    pub state: String,
    pub attempts: i64,
    pub last_error: Option<String>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Notification {
    pub id: String,
    pub seq: i64,
    pub teammate_id: String,
    pub key: String,
    pub channel: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    pub seq: i64,
    pub kind: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Teammate {
    pub id: String,
    pub role: String,
}

/// One line of a conversation's log.
#[derive(Clone, Debug)]
pub struct Step {
    pub version: i64,
    pub event: Event,
    pub effects: Vec<Effect>,
}

impl Step {
    /// The entries it added.
    pub fn entries(&self) -> impl Iterator<Item = &NewEntry> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::AddEntry(entry) => Some(entry),
            _ => None,
        })
    }
}

#[derive(sqlx::FromRow)]
struct LoggedRow {
    conversation_id: String,
    version: i64,
    event: String,
    effects: String,
}

/// The whole database, as far as the load has touched it.
#[derive(Clone, Debug)]
pub struct Rows {
    pub conversations: Vec<Conversation>,
    pub entries: Vec<Entry>,
    pub turns: Vec<Turn>,
    /// Turns that have a decision record.
    pub decisions: Vec<String>,
    pub handoffs: Vec<Handoff>,
    pub jobs: Vec<Job>,
    pub notifications: Vec<Notification>,
    pub changes: Vec<Change>,
    pub teammates: Vec<Teammate>,
    /// Each conversation's log, by version.
    pub log: BTreeMap<String, Vec<Step>>,
}

impl Rows {
    /// Reads everything. Nobody writes meanwhile.
    pub async fn read(db: &Db) -> Self {
        let mut log = BTreeMap::<String, Vec<Step>>::new();
        let sql = "select conversation_id, version, event, effects from event_log order by conversation_id, version";
        for row in all::<LoggedRow>(db, sql).await {
            let event = serde_json::from_str(&row.event).expect("the log can be read");
            let effects = serde_json::from_str(&row.effects).expect("the log can be read");
            log.entry(row.conversation_id).or_default().push(Step { version: row.version, event, effects });
        }
        Rows {
            conversations: all(
                db,
                "select id, owner, owner_teammate_id, owner_epoch, lifecycle, version, last_seq, customer_seq,
                    answered_seq, turn, handoff_id, waiting_since_ms from conversation order by id",
            )
            .await,
            entries: all(
                db,
                "select id, conversation_id, seq, kind, author_kind, author_id, body, client_id, turn_id, owner_epoch
                    from entry order by conversation_id, seq",
            )
            .await,
            turns: all(db, "select id, conversation_id, epoch, state, outcome, through_seq from turn order by id")
                .await,
            decisions: all::<(String,)>(db, "select turn_id from decision")
                .await
                .into_iter()
                .map(|row| row.0)
                .collect(),
            handoffs: all(
                db,
                "select id, conversation_id, gathered, missing, ended_at_ms, summary from handoff order by id",
            )
            .await,
            jobs: all(db, "select key, kind, state, attempts, last_error from job order by id").await,
            notifications: all(db, "select id, seq, teammate_id, key, channel from notification order by seq").await,
            changes: all(db, "select seq, kind from change order by seq").await,
            teammates: all(db, "select id, role from teammate").await,
            log,
        }
    }
}

/// What the database itself says of its soundness; nothing if it is sound.
pub async fn unsound(db: &Db) -> Vec<String> {
    let Db::Sqlite { .. } = db else { return Vec::new() };
    let integrity = all::<(String,)>(db, "pragma integrity_check").await.into_iter().map(|row| row.0);
    let strays = all::<(String, Option<i64>)>(db, "select \"table\", rowid from pragma_foreign_key_check").await;
    let strays = strays.into_iter().map(|(table, row)| format!("a row of {table} points nowhere: {row:?}"));
    integrity.filter(|line| line != "ok").chain(strays).collect()
}

/// The words the schema has for an entry's kind and author.
pub fn words(content: &Content) -> (&'static str, &'static str) {
    match content {
        Content::Message { author, .. } => ("message", author.kind()),
        Content::Note { .. } => ("note", "teammate"),
        Content::Event { .. } => ("event", "system"),
    }
}

/// What an entry says, as its row holds it; event lines have no body.
pub fn body(content: &Content) -> Option<&str> {
    match content {
        Content::Message { body, .. } | Content::Note { body, .. } => Some(body),
        Content::Event { .. } => None,
    }
}

/// The teammate who wrote it, if one did.
pub fn author_id(content: &Content) -> Option<&str> {
    match content {
        Content::Message { author: Author::Teammate { id }, .. } | Content::Note { by: id, .. } => Some(id.as_str()),
        _ => None,
    }
}

/// Runs a query on either database.
async fn all<T>(db: &Db, sql: &str) -> Vec<T>
where
    T: Send + Unpin + for<'r> sqlx::FromRow<'r, SqliteRow> + for<'r> sqlx::FromRow<'r, PgRow>,
{
    let sql = AssertSqlSafe(sql.to_owned());
    let rows = match db {
        Db::Sqlite { read, .. } => sqlx::query_as(sql).fetch_all(read).await,
        Db::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await,
    };
    rows.expect("the database can be read")
}
