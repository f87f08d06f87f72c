//! Jobs: rows written in the transaction that causes them, claimed by a worker under a lease. How often a job is tried
//! again, and how long it waits, is `work`'s to say.

use super::conn::{all, execute, one, optional, statements};
use super::dialect::CLAIM_JOBS;
use super::{Conn, Error, Tx, page, to_json};
use crate::domain::{ConversationId, HandoffId, JobId, TurnId};
use crate::handoff::{Notice, Timer};
use serde::{Deserialize, Serialize};

/// The most jobs that are claimed at once.
pub const CLAIM_MAX: i64 = 64;
/// The most dead jobs that are listed at once.
pub const PAGE_MAX: i64 = 100;
/// The longest error kept with a job, in characters: enough to see why, not a whole answer of a provider.
pub const ERROR_CHARS_MAX: usize = 500;

statements! {
    INSERT = "insert into job (id, kind, key, conversation_id, payload, state, run_at_ms, attempts, created_at_ms)
        values ($1, $2, $3, $4, $5, 'ready', $6, 0, $7) on conflict (key) do nothing";
    FINISH = "update job set state = 'done', lease_owner = null, lease_until_ms = null, ended_at_ms = $3
        where id = $1 and lease_owner = $2";
    RETRY = "update job set state = 'ready', lease_owner = null, lease_until_ms = null, last_error = $3, run_at_ms = $4
        where id = $1 and lease_owner = $2";
    BURY = "update job set state = 'dead', lease_owner = null, lease_until_ms = null, last_error = $3, ended_at_ms = $4
        where id = $1 and lease_owner = $2";
    RENEW = "update job set lease_until_ms = $3 where id = $1 and lease_owner = $2";
    CANCEL = "update job set state = 'done', ended_at_ms = $2 where key = $1 and state = 'ready'";
    RELEASE_ALL_OF = "update job set state = 'ready', lease_owner = null, lease_until_ms = null
        where state = 'running' and lease_owner = $1";
    RELEASE_EXPIRED = "update job set state = 'ready', lease_owner = null, lease_until_ms = null
        where state = 'running' and lease_until_ms <= $1";
    RELEASE_ALL = "update job set state = 'ready', lease_owner = null, lease_until_ms = null where state = 'running'";
    IS_ANY_DUE = "select count(*) from (select id from job where (state = 'ready' and run_at_ms <= $1)
        or (state = 'running' and lease_until_ms <= $1) limit 1) as due";
    NEXT_RUN_AT = "select min(run_at_ms) from job where state = 'ready'";
    COUNT = "select (select count(*) from job where state = 'ready') as ready,
            (select count(*) from job where state = 'running') as running,
            (select count(*) from job where state = 'done') as done,
            (select count(*) from job where state = 'dead') as dead";
    FIND_BY_KEY = "select id, kind, key, conversation_id, payload, run_at_ms, attempts, last_error from job
        where key = $1";
    STATE_OF_KEY = "select state from job where key = $1";
    LIST_DEAD = "select id, kind, key, conversation_id, payload, run_at_ms, attempts, last_error from job
        where state = 'dead' order by ended_at_ms desc limit $1";
    PRUNE = "delete from job where state = 'done' and ended_at_ms < $1";
}

/// What a job is for; workers claim by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    Turn,
    Timer,
    Notify,
    Summary,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [JobKind; 4] = [JobKind::Turn, JobKind::Timer, JobKind::Notify, JobKind::Summary];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            JobKind::Turn => "turn",
            JobKind::Timer => "timer",
            JobKind::Notify => "notify",
            JobKind::Summary => "summary",
        }
    }
}

/// What a job has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Payload {
    /// Run the AI's turn.
    Turn { turn_id: TurnId },
    /// Bring the timer's event to the engine.
    Timer { timer: Timer },
    /// Tell the audience of a notice.
    Notify { notice: Notice, handoff_id: Option<HandoffId> },
    /// Write the handoff's summary.
    Summary { handoff_id: HandoffId },
}

impl Payload {
    /// Its kind.
    pub fn kind(&self) -> JobKind {
        match self {
            Payload::Turn { .. } => JobKind::Turn,
            Payload::Timer { .. } => JobKind::Timer,
            Payload::Notify { .. } => JobKind::Notify,
            Payload::Summary { .. } => JobKind::Summary,
        }
    }
}

/// A job about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    pub id: JobId,
    /// Names the occasion: the same key is stored once, whatever became of it.
    pub key: String,
    pub conversation_id: Option<ConversationId>,
    pub payload: Payload,
    pub run_at_ms: i64,
}

/// A job, as a worker gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub key: String,
    pub conversation_id: Option<ConversationId>,
    pub payload: Payload,
    pub run_at_ms: i64,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// How many jobs are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct JobCounts {
    pub ready: i64,
    pub running: i64,
    pub done: i64,
    pub dead: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    key: String,
    conversation_id: Option<String>,
    payload: String,
    run_at_ms: i64,
    attempts: i64,
    last_error: Option<String>,
}

impl TryFrom<Row> for Job {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let payload: Payload = super::from_json("job", &row.id, &row.payload)?;
        if payload.kind().as_str() != row.kind {
            return Err(Error::corrupt("job", row.id, format_args!("kind {:?} has another payload", row.kind)));
        }
        Ok(Job {
            id: JobId(row.id),
            key: row.key,
            conversation_id: row.conversation_id.map(ConversationId),
            payload,
            run_at_ms: row.run_at_ms,
            attempts: row.attempts,
            last_error: row.last_error,
        })
    }
}

/// Stores a job unless its key was ever stored; says whether it did.
///
/// # Errors
/// If the database fails.
pub async fn add_once(tx: &mut Tx, job: &NewJob, now_ms: i64) -> Result<bool, Error> {
    let added = execute!(
        tx,
        INSERT,
        job.id.as_str(),
        job.payload.kind().as_str(),
        job.key.as_str(),
        job.conversation_id.as_ref().map(|id| id.as_str()),
        to_json(&job.payload),
        job.run_at_ms,
        now_ms
    )?;
    Ok(added == 1)
}

/// Takes up to `limit` (at most [`CLAIM_MAX`]) jobs of these kinds that are due, earliest first, for `owner` until
/// `now_ms + lease_ms`. No two workers get the same one. A job whose payload can't be read is buried, not returned.
///
/// # Errors
/// If the database fails.
pub async fn claim(
    tx: &mut Tx,
    kinds: &[JobKind],
    owner: &str,
    now_ms: i64,
    lease_ms: i64,
    limit: i64,
) -> Result<Vec<Job>, Error> {
    let kinds = to_json(&kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    let sql = CLAIM_JOBS.text(tx);
    let rows = all!(tx, Row, sql, owner, now_ms + lease_ms, now_ms, kinds, page(limit, CLAIM_MAX))?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in rows {
        let id = JobId(row.id.clone());
        match Job::try_from(row) {
            Ok(job) => jobs.push(job),
            Err(error) => {
                tracing::error!(job = %id, %error, "a job can't be read and is buried");
                fail(tx, &id, owner, &error.to_string(), None, now_ms).await?;
            }
        }
    }
    // An update returns its rows in no particular order.
    jobs.sort_by(|a, b| (a.run_at_ms, &a.id).cmp(&(b.run_at_ms, &b.id)));
    Ok(jobs)
}

/// The job is done. Says whether `owner` still held its lease; if not, somebody else has it or had it.
///
/// # Errors
/// If the database fails.
pub async fn finish(tx: &mut Tx, id: &JobId, owner: &str, now_ms: i64) -> Result<bool, Error> {
    Ok(execute!(tx, FINISH, id.as_str(), owner, now_ms)? == 1)
}

/// The attempt failed: the job is ready again at `retry_at_ms`, or dead with `None`. Says whether `owner` still held
/// its lease.
///
/// # Errors
/// If the database fails.
pub async fn fail(
    tx: &mut Tx,
    id: &JobId,
    owner: &str,
    error: &str,
    retry_at_ms: Option<i64>,
    now_ms: i64,
) -> Result<bool, Error> {
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    let changed = match retry_at_ms {
        Some(retry_at_ms) => execute!(tx, RETRY, id.as_str(), owner, error, retry_at_ms)?,
        None => execute!(tx, BURY, id.as_str(), owner, error, now_ms)?,
    };
    Ok(changed == 1)
}

/// Extends the lease. Says whether `owner` still held it; if not, stop working on the job.
///
/// # Errors
/// If the database fails.
pub async fn renew(tx: &mut Tx, id: &JobId, owner: &str, lease_until_ms: i64) -> Result<bool, Error> {
    Ok(execute!(tx, RENEW, id.as_str(), owner, lease_until_ms)? == 1)
}

/// Takes back a job that nobody has begun.
pub(super) async fn cancel(tx: &mut Tx, key: &str, now_ms: i64) -> Result<(), Error> {
    execute!(tx, CANCEL, key, now_ms).map(|_cancelled| ())
}

/// Gives back every job that `owner` holds, at its graceful stop. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn release_all_of(tx: &mut Tx, owner: &str) -> Result<u64, Error> {
    execute!(tx, RELEASE_ALL_OF, owner)
}

/// Gives back every job whose lease ran out: its worker crashed or hangs. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn release_expired(tx: &mut Tx, now_ms: i64) -> Result<u64, Error> {
    execute!(tx, RELEASE_EXPIRED, now_ms)
}

/// Gives back every job that is held by anybody: for the start of the only process (SQLite). Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn release_all(tx: &mut Tx) -> Result<u64, Error> {
    execute!(tx, RELEASE_ALL)
}

/// Whether a job is due, or a lease has run out.
///
/// # Errors
/// If the database fails.
pub async fn is_any_due(conn: &mut Conn, now_ms: i64) -> Result<bool, Error> {
    Ok(one!(conn, (i64,), IS_ANY_DUE, now_ms)?.0 > 0)
}

/// When the next job is due, if any is ready.
///
/// # Errors
/// If the database fails.
pub async fn next_run_at(conn: &mut Conn) -> Result<Option<i64>, Error> {
    Ok(one!(conn, (Option<i64>,), NEXT_RUN_AT)?.0)
}

/// How many jobs are in each state.
///
/// # Errors
/// If the database fails.
pub async fn count(conn: &mut Conn) -> Result<JobCounts, Error> {
    one!(conn, JobCounts, COUNT)
}

/// Finds a job by its key, whatever its state, with that state's word.
///
/// # Errors
/// [`Error::Corrupt`] if its row can't be read.
pub async fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<(Job, String)>, Error> {
    let Some(row) = optional!(conn, Row, FIND_BY_KEY, key)? else { return Ok(None) };
    let (state,) = one!(conn, (String,), STATE_OF_KEY, key)?;
    Ok(Some((Job::try_from(row)?, state)))
}

/// The jobs that were given up, newest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_dead(conn: &mut Conn, limit: i64) -> Result<Vec<Job>, Error> {
    all!(conn, Row, LIST_DEAD, page(limit, PAGE_MAX))?.into_iter().map(Job::try_from).collect()
}

/// Forgets the jobs that were done before a time. Their keys may be stored again then, so keep them longer than any
/// occasion can repeat. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn prune(tx: &mut Tx, before_ms: i64) -> Result<u64, Error> {
    execute!(tx, PRUNE, before_ms)
}
