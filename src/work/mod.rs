//! The job runner: claims jobs that are due, runs each under a lease that it renews, and gives back what it has
//! not finished when the server stops. What a job does is a verb of `desk`; every verb may be run again.

mod models;
mod passages;
mod run;

use crate::desk::{Desk, Error};
use crate::store::jobs::{self, Job, JobKind};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a claimed job belongs to its worker. Short: a job of a process that died is taken up by another
/// process after this time.
const LEASE_MS: i64 = 5_000;
/// How often a lease is renewed: twice within its time, and once more to spare.
const RENEW_EVERY: Duration = Duration::from_millis(1_600);
/// The longest the runner sleeps without looking, so that other processes' leases that ran out are found.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long running jobs may take to finish when the server stops; then they are given back.
const STOP_GRACE: Duration = Duration::from_secs(5);
/// How long a finished job's row is kept, to answer a repeated occasion: a day.
const KEEP_DONE_MS: i64 = 24 * 60 * 60 * 1_000;
/// How often old rows are cleared away.
const PRUNE_EVERY_MS: i64 = 10 * 60 * 1_000;

/// Runs jobs, at most `slots_max` at once, until `shutdown`. `is_alone`: no other process uses the database, so
/// jobs that look taken at the start belong to a process that died.
///
/// # Errors
/// When the store fails at the start; later failures are logged and tried again.
pub async fn run(desk: Desk, slots_max: usize, is_alone: bool, shutdown: CancellationToken) -> Result<(), Error> {
    let owner = desk.ids.new_id();
    release_at_start(&desk, is_alone).await?;
    let supplying = tokio::spawn(passages::run(desk.clone(), shutdown.clone()));
    let probing = tokio::spawn(models::run(desk.clone(), shutdown.clone()));
    let mut running = JoinSet::new();
    let mut pruned_at_ms = desk.now_ms();
    while !shutdown.is_cancelled() {
        while running.try_join_next().is_some() {}
        let free = slots_max.saturating_sub(running.len());
        let claimed = if free == 0 { Vec::new() } else { claim(&desk, &owner, free).await };
        let has_more = claimed.len() == free;
        for job in claimed {
            running.spawn(run_leased(desk.clone(), owner.clone(), job));
        }
        if free > 0 && has_more {
            continue;
        }
        if desk.now_ms() - pruned_at_ms > PRUNE_EVERY_MS {
            pruned_at_ms = desk.now_ms();
            prune(&desk).await;
        }
        let pause = pause(&desk).await;
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = desk.wait_for_jobs() => {}
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    // A batch that is cut off is done again at the next start.
    supplying.abort();
    probing.abort();
    stop(&desk, &owner, running).await
}

async fn release_at_start(desk: &Desk, is_alone: bool) -> Result<(), Error> {
    let mut tx = desk.db.write().await?;
    let released = if is_alone {
        jobs::release_all(&mut tx).await?
    } else {
        jobs::release_expired(&mut tx, desk.now_ms()).await?
    };
    tx.commit().await?;
    if released > 0 {
        tracing::info!(released, "jobs of a process that died are taken up");
    }
    Ok(())
}

async fn claim(desk: &Desk, owner: &str, free: usize) -> Vec<Job> {
    match try_claim(desk, owner, free).await {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::warn!(%error, "no jobs could be claimed");
            Vec::new()
        }
    }
}

async fn try_claim(desk: &Desk, owner: &str, free: usize) -> Result<Vec<Job>, Error> {
    let now_ms = desk.now_ms();
    // A look costs no write; a claim does.
    if !jobs::is_any_due(&mut desk.db.read().await?, now_ms).await? {
        return Ok(Vec::new());
    }
    let mut tx = desk.db.write().await?;
    jobs::release_expired(&mut tx, now_ms).await?;
    let limit = i64::try_from(free).unwrap_or(i64::MAX);
    let claimed = jobs::claim(&mut tx, &JobKind::ALL, owner, now_ms, LEASE_MS, limit).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// How long until the next job is due, at most [`LOOK_EVERY`].
async fn pause(desk: &Desk) -> Duration {
    let next = async { Ok::<_, Error>(jobs::next_run_at(&mut desk.db.read().await?).await?) };
    match next.await {
        Ok(Some(at_ms)) => {
            let wait_ms = u64::try_from(at_ms - desk.now_ms()).unwrap_or(0);
            Duration::from_millis(wait_ms.max(1)).min(LOOK_EVERY)
        }
        Ok(None) | Err(_) => LOOK_EVERY,
    }
}

/// Runs a job and renews its lease meanwhile. A job whose lease is lost is dropped: somebody else has it.
async fn run_leased(desk: Desk, owner: String, job: Job) {
    let work = run::run(&desk, &owner, &job);
    tokio::pin!(work);
    loop {
        tokio::select! {
            () = &mut work => return,
            () = tokio::time::sleep(RENEW_EVERY) => {
                if let Ok(false) = renew(&desk, &owner, &job).await {
                    tracing::warn!(job = %job.id, "a lease was lost");
                    return;
                }
            }
        }
    }
}

async fn renew(desk: &Desk, owner: &str, job: &Job) -> Result<bool, Error> {
    let mut tx = desk.db.write().await?;
    let is_held = jobs::renew(&mut tx, &job.id, owner, desk.now_ms() + LEASE_MS).await?;
    tx.commit().await?;
    Ok(is_held)
}

async fn prune(desk: &Desk) {
    let pruned = async {
        let mut tx = desk.db.write().await?;
        let pruned = jobs::prune(&mut tx, desk.now_ms() - KEEP_DONE_MS).await?;
        tx.commit().await?;
        Ok::<_, Error>(pruned)
    };
    match pruned.await {
        Ok(pruned) => tracing::debug!(pruned, "old jobs cleared away"),
        Err(error) => tracing::warn!(%error, "old jobs could not be cleared away"),
    }
}

async fn stop(desk: &Desk, owner: &str, mut running: JoinSet<()>) -> Result<(), Error> {
    let finished = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_GRACE, finished).await.is_err() {
        running.shutdown().await;
    }
    let mut tx = desk.db.write().await?;
    let released = jobs::release_all_of(&mut tx, owner).await?;
    tx.commit().await?;
    tracing::info!(released, "the job runner has stopped");
    Ok(())
}
