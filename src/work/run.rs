//! Running one job: what it does, and what follows when it fails.

use crate::desk::{Desk, Error};
use crate::domain::ConversationId;
use crate::store::jobs::{self, Job, Payload};

/// How often a job is tried before it is given up. With the pauses below a turn is given up within about 5 s, well
/// inside the 20 s in which a customer is answered (I8).
const ATTEMPTS_MAX: i64 = 5;
/// The pause after the first failure, in milliseconds; it doubles with each further one.
const PAUSE_MS: i64 = 250;
/// The longest pause.
const PAUSE_MS_MAX: i64 = 30_000;

/// Runs a claimed job and keeps what became of it.
pub(super) async fn run(desk: &Desk, owner: &str, job: &Job) {
    let result = perform(desk, owner, job).await;
    if let Err(error) = &result {
        tracing::warn!(job = %job.id, kind = job.payload.kind().as_str(), attempt = job.attempts, %error, "a job failed");
    }
    if let Err(error) = keep(desk, owner, job, result).await {
        // The lease runs out and the job is done again: every job can be.
        tracing::warn!(job = %job.id, %error, "a job's end could not be stored");
    }
}

async fn perform(desk: &Desk, owner: &str, job: &Job) -> Result<(), Error> {
    match &job.payload {
        Payload::Turn { turn_id } => desk.run_turn(conversation(job)?, turn_id).await,
        Payload::Timer { timer } => desk.timer_elapsed(conversation(job)?, timer.clone(), &job.id, owner).await,
        Payload::Notify { notice, handoff_id } => desk.tell(conversation(job)?, notice, handoff_id.as_ref()).await,
        Payload::Summary { handoff_id } => desk.write_summary(handoff_id).await,
    }
}

async fn keep(desk: &Desk, owner: &str, job: &Job, result: Result<(), Error>) -> Result<(), Error> {
    let retry_at_ms = match &result {
        Ok(()) => None,
        Err(_) if job.attempts < ATTEMPTS_MAX => Some(desk.now_ms() + pause_ms(job.attempts)),
        Err(error) => {
            give_up(desk, job, error).await?;
            None
        }
    };
    let now_ms = desk.now_ms();
    let mut tx = desk.db.write().await?;
    match &result {
        Ok(()) => jobs::finish(&mut tx, &job.id, owner, now_ms).await?,
        Err(error) => jobs::fail(&mut tx, &job.id, owner, &error.to_string(), retry_at_ms, now_ms).await?,
    };
    Ok(tx.commit().await?)
}

/// The job failed for good. A customer who waits for it gets a person or an honest word.
async fn give_up(desk: &Desk, job: &Job, error: &Error) -> Result<(), Error> {
    tracing::error!(job = %job.id, kind = job.payload.kind().as_str(), %error, "a job is given up");
    if let Payload::Turn { turn_id } = &job.payload {
        desk.give_up_turn(conversation(job)?, turn_id, &error.to_string()).await?;
    }
    Ok(())
}

fn conversation(job: &Job) -> Result<&ConversationId, Error> {
    job.conversation_id.as_ref().ok_or_else(|| Error::Internal(format!("job {} names no conversation", job.id)))
}

fn pause_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(10);
    (PAUSE_MS << doublings).min(PAUSE_MS_MAX)
}
