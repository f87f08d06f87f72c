//! What the store holds against writers at the same time, on SQLite and on Postgres: each writer has connections of
//! its own, as another process would, and each tries to break an invariant (PRODUCT.md §4).

#[path = "support/database.rs"]
#[macro_use]
mod database;
#[path = "engine/mod.rs"]
mod engine;
#[path = "support/told.rs"]
mod told;

use baton::domain::*;
use baton::handoff::{Effect, Event, NoticeEvent, Step, step};
use baton::store::conversation_step::{Saved, save_step};
use baton::store::jobs::{self, JobKind};
use baton::store::notification::{self, Channel, NewNotification};
use baton::store::{Db, Error, action, change, conversation, entry, handoff, workspace};
use database::TestDatabase;
use engine::{START_MS, Story, ann, ben, policy};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Barrier;
use told::{Told, furnish, new_id, save};

/// How often a race is run: each time the scheduler picks another order.
const ROUNDS: usize = 8;
/// How often a loser tries again, as `desk` does.
const TRIES: usize = 60;

/// Takes steps from one state at the same moment, each on its own handle; gives each one's result.
async fn race(database: &TestDatabase, before: &Conversation, events: Vec<Event>) -> Vec<Result<Saved, Error>> {
    let start = Arc::new(Barrier::new(events.len()));
    let mut racers = Vec::new();
    for event in events {
        let (db, start, before) = (database.again().await, start.clone(), before.clone());
        racers.push(tokio::spawn(async move {
            let step = step(&before, &event, &policy(), START_MS).unwrap();
            start.wait().await;
            let saved = save(&db, &before, &step, &event, START_MS).await;
            db.close().await;
            saved
        }));
    }
    let mut results = Vec::new();
    for racer in racers {
        results.push(racer.await.unwrap());
    }
    results
}

/// One of them won and the others were told that they lost.
fn one_winner(results: &[Result<Saved, Error>]) -> usize {
    let winners: Vec<usize> = (0..results.len()).filter(|n| results[*n].is_ok()).collect();
    assert_eq!(winners.len(), 1, "{results:?}");
    let lost = results.iter().filter_map(|result| result.as_ref().err());
    lost.for_each(|error| assert!(error.is_conflict(), "{error:?}"));
    winners[0]
}

/// What a broken engine would do: a step that carries out `effects` whatever the state, under the right version.
async fn break_with(db: &Db, id: &ConversationId, effects: Vec<Effect>) -> Result<Saved, Error> {
    let before = conversation::load(&mut db.read().await.unwrap(), id).await.unwrap();
    let event = Event::TeammateNoted { teammate: ann(), body: "A pretext.".into(), client_id: new_id() };
    let mut step = step(&before, &event, &policy(), START_MS).unwrap();
    step.effects = effects;
    save(db, &before, &step, &event, START_MS).await
}

/// Conversations of customers of their own, each brought to where the race begins.
async fn rounds(db: &Db, prepare: &[fn(&mut Story) -> Event]) -> Vec<Conversation> {
    furnish(db).await;
    let mut list = Vec::new();
    for number in 0..ROUNDS {
        let mut told = Told::of_customer(db, &format!("n{number}")).await;
        for event in prepare {
            told.tell(event).await;
        }
        list.push(told.story.conversation);
    }
    list
}

fn reply_of_ai(before: &Conversation) -> Event {
    let turn = before.turn.clone().unwrap();
    Event::AiReplied { turn_id: turn.id, epoch: turn.epoch, body: "It is on its way.".into(), gathered: vec![] }
}

fn take_over(before: &Conversation, teammate: TeammateId) -> Event {
    Event::TeammateTookOver { teammate, epoch: before.owner_epoch }
}

/// Waits until a Postgres transaction of this database waits for another. On SQLite writers wait out of sight.
async fn until_somebody_waits(database: &TestDatabase) {
    let Db::Postgres(pool) = &database.db else { return };
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    loop {
        let (count,): (i64,) = sqlx::query_as(waiting).fetch_one(pool).await.unwrap();
        if count > 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
}

on_both_databases! {
    /// I3.
    async fn the_ai_never_speaks_over_a_teammate_who_takes_over(database: &TestDatabase) {
        let db = &database.db;
        for before in rounds(db, &[Story::wrote, Story::began]).await {
            let results = race(database, &before, vec![reply_of_ai(&before), take_over(&before, ann())]).await;
            let has_ai_won = one_winner(&results) == 0;
            let mut conn = db.read().await.unwrap();
            let after = conversation::load(&mut conn, &before.id).await.unwrap();
            assert_eq!(after.owner == Owner::Ai, has_ai_won);
            let entries = entry::list_after(&mut conn, &before.id, before.last_seq, 50).await.unwrap();
            let is_ai = |entry: &Entry| {
                matches!(&entry.content, Content::Message { author: Author::Ai { .. }, .. })
            };
            assert_eq!(entries.iter().any(is_ai), has_ai_won);
        }
    }

    /// I3, in the order that is hardest to hold: the words are checked before the take over commits, and stored under
    /// another seq, so that neither that check nor the thread's index stops them.
    async fn words_of_the_ai_that_wait_for_a_take_over_are_not_stored(database: &TestDatabase) {
        let db = &database.db;
        let before = Told::ai_running(db).await.story.conversation;
        let taking = take_over(&before, ann());
        let taken = step(&before, &taking, &policy(), START_MS).unwrap();
        let mut tx = db.write().await.unwrap();
        save_step(&mut tx, &before, &taken, &taking, START_MS, &mut new_id).await.unwrap();

        let other = database.again().await;
        let late = tokio::spawn({
            let before = before.clone();
            async move {
                let event = reply_of_ai(&before);
                let mut step = step(&before, &event, &policy(), START_MS).unwrap();
                for effect in &mut step.effects {
                    if let Effect::AddEntry(entry) = effect {
                        entry.seq += 50;
                    }
                }
                save(&other, &before, &step, &event, START_MS).await
            }
        });
        until_somebody_waits(database).await;
        tx.commit().await.unwrap();
        assert!(late.await.unwrap().unwrap_err().is_conflict());
        assert_eq!(database.number("select count(*) from entry where author_kind = 'ai'").await, 0);
    }

    /// I4.
    async fn one_handoff_is_open_when_the_ai_and_the_customer_ask_for_one_at_once(database: &TestDatabase) {
        let db = &database.db;
        for before in rounds(db, &[Story::wrote, Story::began]).await {
            let turn = before.turn.clone().unwrap();
            let failed = Event::AiFailed { turn_id: turn.id, epoch: turn.epoch, error: "timed out".into() };
            let by_hand = Event::TeammateHandedToTeam { teammate: ben(), reason: "A case for Ann.".into() };
            one_winner(&race(database, &before, vec![failed, Event::CustomerAskedForPerson, by_hand]).await);
            let mut conn = db.read().await.unwrap();
            assert_eq!(handoff::list_of_conversation(&mut conn, &before.id).await.unwrap().len(), 1);
        }
    }

    /// I4, in the database alone.
    async fn a_second_open_handoff_is_refused_even_at_the_right_version(database: &TestDatabase) {
        let db = &database.db;
        let told = Told::handed_off(db).await;
        let second = NewHandoff {
            id: "second".into(),
            epoch: told.story.epoch(),
            reason: engine::reason(HandoffKind::Condition),
            gathered: vec![],
            missing: vec![],
            priority: None,
            by: None,
            after_seq: 1,
        };
        let refused = break_with(db, &told.id(), vec![Effect::OpenHandoff(second)]).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(database.number("select count(*) from handoff where ended_at_ms is null").await, 1);
    }

    /// I6.
    async fn exactly_one_teammate_wins_a_take_over(database: &TestDatabase) {
        let db = &database.db;
        for before in rounds(db, &[Story::wrote, |_| Event::CustomerAskedForPerson]).await {
            let events = [ann(), ben(), ann(), ben()].map(|teammate| take_over(&before, teammate)).to_vec();
            let winner = one_winner(&race(database, &before, events).await);
            let after = conversation::load(&mut db.read().await.unwrap(), &before.id).await.unwrap();
            let expected = [ann(), ben()][winner % 2].clone();
            assert_eq!(after.owner, Owner::Teammate(expected));
            assert_eq!(after.owner_epoch, before.owner_epoch + 1);
        }
    }

    /// I2: two workers run one turn, because the first one's lease ran out.
    async fn a_turn_is_answered_once_however_many_workers_run_it(database: &TestDatabase) {
        let db = &database.db;
        for before in rounds(db, &[Story::wrote, Story::began]).await {
            let events = vec![reply_of_ai(&before), reply_of_ai(&before), reply_of_ai(&before)];
            one_winner(&race(database, &before, events).await);
            // Later too: the engine would refuse it, and so does the database.
            let turn = before.turn.clone().unwrap();
            let author = Author::Ai { turn_id: turn.id, epoch: turn.epoch };
            let content = Content::Message { author, body: "Again.".into() };
            let words = NewEntry { seq: before.last_seq + 2, content, client_id: None };
            let again = break_with(db, &before.id, vec![Effect::AddEntry(words)]).await;
            assert!(again.unwrap_err().is_conflict());
        }
        let replies = database.number("select count(*) from entry where author_kind = 'ai'").await;
        assert_eq!(replies, ROUNDS as i64);
    }

    async fn one_turn_is_active_per_conversation(database: &TestDatabase) {
        let db = &database.db;
        for before in rounds(db, &[Story::wrote, Story::began, Story::replied_ai]).await {
            let wrote = |client_id: &str| Event::CustomerWrote { body: "Hello?".into(), client_id: client_id.into() };
            one_winner(&race(database, &before, vec![wrote("a"), wrote("b")]).await);
            let second = Effect::QueueTurn { turn_id: format!("{}.x", before.id).into(), epoch: 1, run_at_ms: 0 };
            assert!(break_with(db, &before.id, vec![second]).await.unwrap_err().is_conflict());
        }
        let active = database.number("select count(*) from turn where state in ('queued', 'running')").await;
        assert_eq!(active, ROUNDS as i64);
    }

    /// I1: the message is sent again because its answer was lost; both arrive at once.
    async fn a_message_sent_twice_at_once_is_stored_once(database: &TestDatabase) {
        let db = &database.db;
        let before = Told::ai_queued(db).await.story.conversation;
        for round in 0..ROUNDS {
            let client_id = format!("twice-{round}");
            let (one, two) = (database.again().await, database.again().await);
            let (one, two) =
                tokio::join!(receive(&one, &before.id, &client_id), receive(&two, &before.id, &client_id));
            assert_eq!(one, two, "both senders are told of the same entry");
        }
        let stored = database.number("select count(*) from entry where client_id like 'twice-%'").await;
        assert_eq!(stored, ROUNDS as i64);
    }

    async fn writers_of_one_conversation_all_get_their_turn(database: &TestDatabase) {
        let db = &database.db;
        let id = Told::ai_queued(db).await.id();
        let mut writers = Vec::new();
        for writer in 0..6 {
            let (db, id) = (database.again().await, id.clone());
            writers.push(tokio::spawn(async move {
                for number in 0..5 {
                    receive(&db, &id, &format!("{writer}-{number}")).await;
                }
                db.close().await;
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let entries = entry::list_after(&mut conn, &id, 0, 200).await.unwrap();
        let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs, (1..=31).collect::<Vec<_>>());
    }

    /// I7.
    async fn a_notification_reaches_its_teammate_once_however_often_its_job_runs(database: &TestDatabase) {
        let db = &database.db;
        let told = Told::handed_off(db).await;
        let start = Arc::new(Barrier::new(4));
        let mut workers = Vec::new();
        for _ in 0..4 {
            let (db, start, conversation_id) = (database.again().await, start.clone(), Some(told.id()));
            let handoff_id = Some(told.last_handoff());
            workers.push(tokio::spawn(async move {
                start.wait().await;
                let mut tx = db.write().await.unwrap();
                let mut stored = 0;
                for teammate_id in [ann(), ben()] {
                    let new = NewNotification {
                        id: new_id().into(),
                        teammate_id,
                        event: NoticeEvent::NeedsIntervention,
                        channel: Channel::Browser,
                        key: "the occasion".into(),
                        conversation_id: conversation_id.clone(),
                        handoff_id: handoff_id.clone(),
                        title: "Needs agent intervention".into(),
                        body: String::new(),
                    };
                    stored += i64::from(notification::insert_once(&mut tx, &new, 1).await.unwrap().is_some());
                }
                tx.commit().await.unwrap();
                db.close().await;
                stored
            }));
        }
        let mut stored = 0;
        for worker in workers {
            stored += worker.await.unwrap();
        }
        assert_eq!(stored, 2);
        assert_eq!(database.number("select count(*) from notification").await, 2);
    }

    async fn no_two_workers_claim_the_same_job(database: &TestDatabase) {
        let db = &database.db;
        rounds(db, &[Story::wrote, |_| Event::CustomerAskedForPerson]).await;
        let ready = jobs::count(&mut db.read().await.unwrap()).await.unwrap().ready;
        assert!(ready > 30);
        let mut workers = Vec::new();
        for number in 0..4 {
            let db = database.again().await;
            workers.push(tokio::spawn(async move {
                let mut claimed = Vec::new();
                loop {
                    let mut tx = db.write().await.unwrap();
                    let owner = format!("worker-{number}");
                    let some = jobs::claim(&mut tx, &JobKind::ALL, &owner, i64::MAX / 2, 1_000, 3).await.unwrap();
                    tx.commit().await.unwrap();
                    if some.is_empty() {
                        db.close().await;
                        return claimed;
                    }
                    claimed.extend(some.into_iter().map(|job| job.id.0));
                }
            }));
        }
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap());
        }
        let distinct: BTreeSet<&String> = claimed.iter().collect();
        assert_eq!((claimed.len() as i64, distinct.len()), (ready, claimed.len()));
    }

    /// A stream that resumes from the last seq it saw misses nothing, though many write at once.
    async fn a_reader_of_the_stream_misses_no_change(database: &TestDatabase) {
        let db = &database.db;
        let conversations = rounds(db, &[Story::wrote]).await;
        let first = change::head(&mut db.read().await.unwrap()).await.unwrap();
        let expected = first + conversations.len() as i64 * 4;
        let (committed, mut commits) = tokio::sync::mpsc::unbounded_channel();
        let mut writers = Vec::new();
        for (number, conversation) in conversations.into_iter().enumerate() {
            let (db, committed) = (db.clone(), committed.clone());
            writers.push(tokio::spawn(async move {
                for message in 0..4 {
                    receive(&db, &conversation.id, &format!("{number}-{message}")).await;
                    let _ = committed.send(());
                }
            }));
        }
        drop(committed);
        // It reads after each commit, while the other writers are in the midst of theirs.
        let reader = database.again().await;
        let (mut conn, mut seen) = (reader.read().await.unwrap(), vec![first]);
        while commits.recv().await.is_some() {
            let changes = change::list_after(&mut conn, seen[seen.len() - 1], 500).await.unwrap();
            seen.extend(changes.into_iter().map(|change| change.seq));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        // Every save was one change, and none was undone after it took its number, or there would be a gap.
        assert_eq!(seen, (first..=expected).collect::<Vec<_>>());
    }

    async fn of_two_first_visits_one_makes_the_workspace(database: &TestDatabase) {
        let (one, two) = (database.again().await, database.again().await);
        async fn visit(db: &Db, name: &str) -> Result<(), Error> {
            let mut tx = db.write().await?;
            workspace::create(&mut tx, name, 1).await?;
            tx.commit().await
        }
        let (first, second) = tokio::join!(visit(&one, "One"), visit(&two, "Two"));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let lost = [first, second].into_iter().find_map(Result::err).unwrap();
        assert!(matches!(lost, Error::Taken { what: "workspace" }), "{lost:?}");
    }

    async fn of_two_admins_who_save_one_version_one_is_refused(database: &TestDatabase) {
        furnish(&database.db).await;
        async fn save_action(db: &Db, who: TeammateId, version: i64) -> Result<i64, Error> {
            let settings = HandoffSettings { enabled: true, ..HandoffSettings::default() };
            let mut tx = db.write().await?;
            let saved = action::save(&mut tx, &"action".into(), version, &settings, "Enabled", Some(&who), 1).await?;
            tx.commit().await?;
            Ok(saved)
        }
        let (one, two) = (database.again().await, database.again().await);
        for version in 1..=ROUNDS as i64 {
            let (first, second) = tokio::join!(save_action(&one, ann(), version), save_action(&two, ben(), version));
            assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
            let lost = [first, second].into_iter().find_map(Result::err).unwrap();
            assert!(lost.is_conflict(), "{lost:?}");
        }
        assert_eq!(database.number("select count(*) from action_revision").await, 1 + ROUNDS as i64);
    }
}

/// What `desk` does with a customer's message: look for it, load, decide, save, and try again after a conflict.
async fn receive(db: &Db, id: &ConversationId, client_id: &str) -> EntryId {
    for _ in 0..TRIES {
        let mut tx = db.write().await.unwrap();
        let before = conversation::load_to_change(&mut tx, id).await.unwrap();
        if let Some(entry) = entry::find_by_client_id(&mut tx, id, "customer", client_id).await.unwrap() {
            return entry.id;
        }
        let event = Event::CustomerWrote { body: "Hello?".into(), client_id: client_id.into() };
        let step: Step = step(&before, &event, &policy(), START_MS).unwrap();
        match save_step(&mut tx, &before, &step, &event, START_MS, &mut new_id).await {
            Ok(saved) => {
                tx.commit().await.unwrap();
                return saved.entries[0].id.clone();
            }
            Err(error) => assert!(error.is_conflict(), "{error:?}"),
        }
    }
    panic!("{client_id} was not stored in {TRIES} tries");
}
