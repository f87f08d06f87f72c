//! Jobs: claimed once, under a lease, given back when it runs out.

use crate::database::TestDatabase;
use crate::told::{Told, new_id};
use baton::domain::{HandoffId, JobId};
use baton::store::jobs::{self, JobCounts, JobKind, NewJob, Payload};
use baton::store::{Conn, Db};

const LEASE_MS: i64 = 30_000;

/// A job of no conversation.
fn job(key: &str, run_at_ms: i64) -> NewJob {
    let payload = Payload::Summary { handoff_id: HandoffId::from(key) };
    NewJob { id: new_id().into(), key: key.into(), conversation_id: None, payload, run_at_ms }
}

async fn add(db: &Db, key: &str, run_at_ms: i64) -> bool {
    let mut tx = db.write().await.unwrap();
    let added = jobs::add_once(&mut tx, &job(key, run_at_ms), 0).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn claim(db: &Db, owner: &str, now_ms: i64, limit: i64) -> Vec<jobs::Job> {
    let mut tx = db.write().await.unwrap();
    let claimed = jobs::claim(&mut tx, &JobKind::ALL, owner, now_ms, LEASE_MS, limit).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn state(conn: &mut Conn, key: &str) -> String {
    jobs::find_by_key(conn, key).await.unwrap().unwrap().1
}

/// Runs one call in a transaction of its own.
macro_rules! in_tx {
    ($db:expr, $function:path $(, $argument:expr)*) => {{
        let mut tx = $db.write().await.unwrap();
        let result = $function(&mut tx $(, $argument)*).await.unwrap();
        tx.commit().await.unwrap();
        result
    }};
}

on_both_databases! {
    async fn due_jobs_are_claimed_earliest_first_and_once(database: &TestDatabase) {
        let db = &database.db;
        for (key, run_at_ms) in [("third", 30), ("first", 10), ("second", 20), ("future", 99)] {
            assert!(add(db, key, run_at_ms).await);
        }
        let keys = |jobs: Vec<jobs::Job>| jobs.into_iter().map(|job| job.key).collect::<Vec<_>>();
        assert_eq!(keys(claim(db, "a", 50, 2).await), ["first", "second"]);
        assert_eq!(keys(claim(db, "b", 50, 9).await), ["third"]);
        assert_eq!(keys(claim(db, "b", 50, 9).await), Vec::<String>::new());
        let mut conn = db.read().await.unwrap();
        assert_eq!(jobs::next_run_at(&mut conn).await.unwrap(), Some(99));
        assert_eq!(jobs::count(&mut conn).await.unwrap(), JobCounts { ready: 1, running: 3, done: 0, dead: 0 });
    }

    async fn a_worker_gets_only_the_kinds_it_asks_for(database: &TestDatabase) {
        let db = &database.db;
        Told::handed_off(db).await;
        let mut tx = db.write().await.unwrap();
        let kinds = [JobKind::Notify, JobKind::Summary];
        let claimed = jobs::claim(&mut tx, &kinds, "a", i64::MAX / 2, LEASE_MS, 64).await.unwrap();
        let mut found: Vec<_> = claimed.iter().map(|job| job.payload.kind().as_str()).collect();
        found.sort();
        assert_eq!(found, ["notify", "summary"]);
        assert!(jobs::claim(&mut tx, &[], "a", i64::MAX / 2, LEASE_MS, 64).await.unwrap().is_empty());
    }

    async fn a_key_is_stored_once_whatever_became_of_the_job(database: &TestDatabase) {
        let db = &database.db;
        assert!(add(db, "once", 0).await);
        assert!(!add(db, "once", 0).await);
        let claimed = claim(db, "a", 1, 1).await.remove(0);
        assert!(in_tx!(db, jobs::finish, &claimed.id, "a", 2));
        assert!(!add(db, "once", 0).await);
        assert_eq!(claim(db, "a", 9, 1).await, []);
    }

    async fn a_failed_job_is_ready_again_later_and_dead_in_the_end(database: &TestDatabase) {
        let db = &database.db;
        add(db, "stubborn", 0).await;
        let first = claim(db, "a", 1, 1).await.remove(0);
        assert_eq!((first.attempts, first.last_error), (1, None));
        assert!(in_tx!(db, jobs::fail, &first.id, "a", "no answer", Some(500), 2));
        assert_eq!(claim(db, "a", 499, 1).await, []);
        let second = claim(db, "a", 500, 1).await.remove(0);
        assert_eq!((second.attempts, second.last_error.as_deref()), (2, Some("no answer")));
        let long = "é".repeat(jobs::ERROR_CHARS_MAX + 10);
        assert!(in_tx!(db, jobs::fail, &second.id, "a", &long, None, 501));
        let mut conn = db.read().await.unwrap();
        let dead = jobs::list_dead(&mut conn, 10).await.unwrap().remove(0);
        assert_eq!(dead.last_error.unwrap().chars().count(), jobs::ERROR_CHARS_MAX);
        assert_eq!(state(&mut conn, "stubborn").await, "dead");
        assert_eq!(claim(db, "a", i64::MAX / 2, 1).await, []);
    }

    async fn a_lease_that_ran_out_gives_the_job_to_another_worker(database: &TestDatabase) {
        let db = &database.db;
        add(db, "slow", 0).await;
        let job = claim(db, "a", 0, 1).await.remove(0);
        assert_eq!(in_tx!(db, jobs::release_expired, LEASE_MS - 1), 0);
        assert!(in_tx!(db, jobs::renew, &job.id, "a", 2 * LEASE_MS));
        assert_eq!(in_tx!(db, jobs::release_expired, LEASE_MS), 0, "the lease was renewed");
        assert_eq!(in_tx!(db, jobs::release_expired, 2 * LEASE_MS), 1);
        let again = claim(db, "b", 2 * LEASE_MS, 1).await.remove(0);
        assert_eq!((&again.id, again.attempts), (&job.id, 2));
        // The first worker is back: nothing it says counts.
        assert!(!in_tx!(db, jobs::renew, &job.id, "a", 9 * LEASE_MS));
        assert!(!in_tx!(db, jobs::finish, &job.id, "a", 1));
        assert!(!in_tx!(db, jobs::fail, &job.id, "a", "late", None, 1));
        assert_eq!(state(&mut db.read().await.unwrap(), "slow").await, "running");
        assert!(in_tx!(db, jobs::finish, &job.id, "b", 1));
    }

    async fn a_worker_that_stops_gives_back_its_own_jobs(database: &TestDatabase) {
        let db = &database.db;
        add(db, "one", 1).await;
        add(db, "two", 2).await;
        claim(db, "a", 5, 1).await;
        claim(db, "b", 5, 1).await;
        assert_eq!(in_tx!(db, jobs::release_all_of, "a"), 1);
        assert_eq!(in_tx!(db, jobs::release_all_of, "a"), 0);
        assert_eq!(jobs::count(&mut db.read().await.unwrap()).await.unwrap().running, 1);
        assert_eq!(in_tx!(db, jobs::release_all), 1);
        assert_eq!(claim(db, "c", 5, 9).await.len(), 2);
    }

    async fn a_job_that_cannot_be_read_is_buried_and_does_not_stop_the_others(database: &TestDatabase) {
        let db = &database.db;
        add(db, "broken", 1).await;
        add(db, "whole", 2).await;
        database.execute("update job set payload = '{}' where key = 'broken'").await.unwrap();
        let claimed = claim(db, "a", 5, 9).await;
        assert_eq!(claimed.iter().map(|job| job.key.as_str()).collect::<Vec<_>>(), ["whole"]);
        let counts = jobs::count(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!((counts.running, counts.dead), (1, 1));
    }

    async fn done_jobs_are_forgotten_and_others_are_not(database: &TestDatabase) {
        let db = &database.db;
        for key in ["done", "running", "ready"] {
            add(db, key, if key == "ready" { 1_000 } else { 1 }).await;
        }
        let claimed = claim(db, "a", 5, 9).await;
        let done: &JobId = &claimed.iter().find(|job| job.key == "done").unwrap().id;
        in_tx!(db, jobs::finish, done, "a", 100);
        assert_eq!(in_tx!(db, jobs::prune, 100), 0);
        assert_eq!(in_tx!(db, jobs::prune, 101), 1);
        let counts = jobs::count(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(counts, JobCounts { ready: 1, running: 1, done: 0, dead: 0 });
    }

    async fn nothing_is_due_in_an_empty_store(database: &TestDatabase) {
        let mut conn = database.db.read().await.unwrap();
        assert_eq!(jobs::next_run_at(&mut conn).await.unwrap(), None);
        assert_eq!(jobs::count(&mut conn).await.unwrap(), JobCounts::default());
        assert_eq!(jobs::find_by_key(&mut conn, "nobody").await.unwrap(), None);
    }
}
