//! Saving steps: every effect is carried out, all of it or nothing.

use crate::database::TestDatabase;
use crate::engine::{MINUTE_MS, START_MS, Story, ann, ben};
use crate::told::{Told, new_id, save};
use baton::domain::*;
use baton::handoff::{ChangeKind, Effect, Event, NoticeEvent, Timer};
use baton::store::conversation_step::save_step;
use baton::store::jobs::{self, Payload};
use baton::store::turn::{self, TurnState};
use baton::store::{Error, change, conversation, entry, handoff};

on_both_databases! {
    /// `tell` compares what is loaded with what was saved after each of these.
    async fn every_kind_of_step_is_loaded_as_it_was_saved(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        told.tell(Story::asked_for).await;
        told.tell(Story::wrote).await;
        told.tell(Story::began).await;
        told.tell(Story::hands_off).await;
        told.tell(|_| Event::TeammateNoted { teammate: ben(), body: "Mine?".into(), client_id: "note".into() }).await;
        told.tell(|story| story.took_over(ann())).await;
        told.tell(|_| Event::TeammateAssigned { by: ann(), to: ben() }).await;
        told.tell(|story| story.replied(ben())).await;
        told.tell(Story::snoozed).await;
        told.tell(Story::wrote).await;
        told.tell(|_| Event::TeammateSetPriority { teammate: ben(), priority: Some(Priority::Urgent) }).await;
        told.tell(|_| Event::TeammateHandedToTeam { teammate: ben(), reason: "Lunch.".into() }).await;
        told.tell(|_| Event::TeammateReturnedToAi { teammate: ann() }).await;
        told.tell(Story::began).await;
        told.tell(Story::failed).await;
        told.tell(|_| Event::TeammateResolved { teammate: ann() }).await;
        told.tell(|_| Event::TeammateReopened { teammate: ann() }).await;
        told.tell(|_| Event::TeammateResolved { teammate: ann() }).await;
        told.tell(Story::wrote).await;

        let mut conn = database.db.read().await.unwrap();
        let versions = database.number("select count(*) from event_log where conversation_id = 'c'").await;
        assert_eq!(versions, told.story.conversation.version);
        let entries = entry::list_after(&mut conn, &told.id(), 0, 200).await.unwrap();
        let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs, (1..=told.story.conversation.last_seq).collect::<Vec<_>>(), "without gaps");
    }

    async fn a_resolution_by_the_ai_is_loaded_as_it_was_saved(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        told.tell(Story::resolved_ai).await;
        assert_eq!(told.load().await.resolved_by, Some(ResolvedBy::Ai));
        told.tell(Story::wrote).await;
        assert_eq!(told.load().await.owner, Owner::Ai);
    }

    async fn a_customers_message_queues_one_turn_with_its_job(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        told.tell(Story::wrote).await;
        let mut conn = database.db.read().await.unwrap();
        let turns = turn::list_of_conversation(&mut conn, &told.id(), 10).await.unwrap();
        assert_eq!(turns.len(), 1, "a burst shares one turn");
        assert_eq!((turns[0].state, turns[0].attempts), (TurnState::Queued, 0));
        let (job, state) = jobs::find_by_key(&mut conn, turns[0].id.as_str()).await.unwrap().unwrap();
        assert_eq!(state, "ready");
        assert_eq!(job.payload, Payload::Turn { turn_id: turns[0].id.clone() });
        assert_eq!(job.conversation_id, Some(told.id()));
        assert_eq!(job.run_at_ms, START_MS + told.story.policy.limits.burst_ms);
    }

    /// I2: a message belongs to the turn that began after it, and to no other.
    async fn a_turn_binds_the_messages_that_no_turn_answers_yet(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        told.tell(Story::wrote).await;
        told.tell(Story::began).await;
        told.tell(Story::wrote).await;
        told.tell(Story::replied_ai).await;
        told.tell(Story::began).await;
        let mut conn = database.db.read().await.unwrap();
        let entries = entry::list_after(&mut conn, &told.id(), 0, 50).await.unwrap();
        let turns: Vec<Option<TurnId>> = entries
            .iter()
            .filter(|entry| matches!(&entry.content, Content::Message { author: Author::Customer, .. }))
            .map(|entry| entry.turn_id.clone())
            .collect();
        let nth = |number| Some(TurnId::nth(&told.id(), number));
        assert_eq!(turns, [nth(1), nth(1), nth(2)]);
        let first = turn::find(&mut conn, &TurnId::nth(&told.id(), 1)).await.unwrap().unwrap();
        assert_eq!((first.state, first.outcome, first.through_seq), (TurnState::Done, Some(Outcome::Replied), 2));
    }

    /// I2: what a teammate answered is no turn's, and what a void turn left is the next one's.
    async fn a_turn_takes_over_from_a_void_one_and_not_from_a_teammate(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        told.tell(|story| story.replied(ann())).await;
        told.tell(Story::wrote).await;
        told.tell(|_| Event::TeammateReturnedToAi { teammate: ann() }).await;
        told.tell(Story::began).await;
        told.tell(|story| story.took_over(ann())).await;
        told.tell(Story::wrote).await;
        told.tell(|_| Event::TeammateReturnedToAi { teammate: ann() }).await;
        told.tell(Story::began).await;
        let mut conn = database.db.read().await.unwrap();
        let entries = entry::list_after(&mut conn, &told.id(), 0, 50).await.unwrap();
        let turns: Vec<Option<TurnId>> = entries
            .iter()
            .filter(|entry| matches!(&entry.content, Content::Message { author: Author::Customer, .. }))
            .map(|entry| entry.turn_id.clone())
            .collect();
        let nth = |number| Some(TurnId::nth(&told.id(), number));
        assert_eq!(turns, [nth(1), nth(3), nth(3)], "the first was the void turn's when Ann answered it");
    }

    async fn a_turn_begun_again_counts_its_attempts(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        told.tell(Story::began).await;
        let mut conn = database.db.read().await.unwrap();
        let turn = turn::find(&mut conn, &told.story.turn_id()).await.unwrap().unwrap();
        assert_eq!((turn.state, turn.attempts), (TurnState::Running, 2));
    }

    async fn a_handoff_is_stored_with_its_jobs_in_the_same_transaction(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        let before = told.story.conversation.clone();
        let event = told.story.hands_off();
        let step = told.story.step(&event);
        let now_ms = told.story.now_ms;

        let mut tx = database.db.write().await.unwrap();
        save_step(&mut tx, &before, &step, &event, now_ms, &mut new_id).await.unwrap();
        tx.rollback().await.unwrap();
        let mut conn = database.db.read().await.unwrap();
        assert_eq!(conversation::load(&mut conn, &told.id()).await.unwrap(), before);
        assert_eq!(handoff::list_of_conversation(&mut conn, &told.id()).await.unwrap(), []);
        assert_eq!(jobs::count(&mut conn).await.unwrap().ready, 1, "the turn's job alone");

        save(&database.db, &before, &step, &event, now_ms).await.unwrap();
        let stored = handoff::load_open(&mut conn, &told.id()).await.unwrap();
        assert_eq!(stored.reason.kind, HandoffKind::Condition);
        assert_eq!(stored.gathered[0].value, "A-17");
        assert_eq!(stored.priority.as_ref().map(|given| given.priority), Some(Priority::High));
        assert_eq!(stored.opened_at_ms, now_ms);
        let version = step.next.version;
        let summary = jobs::find_by_key(&mut conn, &format!("summary.{}.{version}", stored.id)).await.unwrap();
        assert_eq!(summary.unwrap().0.payload, Payload::Summary { handoff_id: stored.id.clone() });
        for effect in &step.effects {
            let (key, payload) = match effect {
                Effect::Notify(notice) => {
                    assert_eq!(notice.event, NoticeEvent::NeedsIntervention);
                    let handoff_id = Some(stored.id.clone());
                    (notice.key.clone(), Payload::Notify { notice: notice.clone(), handoff_id })
                }
                Effect::SetTimer(timer) => (timer.key(&told.id()), Payload::Timer { timer: timer.clone() }),
                _ => continue,
            };
            assert_eq!(jobs::find_by_key(&mut conn, &key).await.unwrap().unwrap().0.payload, payload);
        }
    }

    async fn a_handoff_goes_through_pick_up_requeue_and_end(database: &TestDatabase) {
        let mut told = Told::handed_off(&database.db).await;
        told.tell(|story| story.took_over(ann())).await;
        let mut conn = database.db.read().await.unwrap();
        let taken = handoff::load(&mut conn, &told.last_handoff()).await.unwrap();
        assert_eq!((taken.picked_up_by, taken.ended_at_ms), (Some(ann()), None));
        told.tell(|_| Event::TeammateHandedToTeam { teammate: ann(), reason: "Lunch.".into() }).await;
        let waiting = handoff::load(&mut conn, &told.last_handoff()).await.unwrap();
        assert_eq!((waiting.picked_up_by, waiting.picked_up_at_ms), (None, None));
        told.tell(|_| Event::TeammateReturnedToAi { teammate: ann() }).await;
        assert!(handoff::find_open(&mut conn, &told.id()).await.unwrap().is_none());
        assert!(matches!(handoff::load_open(&mut conn, &told.id()).await, Err(Error::Missing { .. })));
        assert_eq!(handoff::list_of_conversation(&mut conn, &told.id()).await.unwrap().len(), 1);
    }

    async fn taking_over_voids_the_turn_and_takes_its_job_back(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let turn_id = told.story.turn_id();
        told.tell(|story| story.took_over(ann())).await;
        let mut conn = database.db.read().await.unwrap();
        assert_eq!(turn::find(&mut conn, &turn_id).await.unwrap().unwrap().state, TurnState::Void);
        assert_eq!(jobs::find_by_key(&mut conn, turn_id.as_str()).await.unwrap().unwrap().1, "done");
    }

    async fn a_timer_set_twice_is_one_job(database: &TestDatabase) {
        let mut told = Told::handed_off(&database.db).await;
        told.tell(|story| story.took_over(ann())).await;
        let until_ms = START_MS + 60 * MINUTE_MS;
        told.tell(|_| Event::TeammateSnoozed { teammate: ann(), until_ms }).await;
        told.tell(Story::wrote).await;
        told.tell(|_| Event::TeammateSnoozed { teammate: ann(), until_ms }).await;
        let key = Timer::Snooze { until_ms }.key(&told.id());
        assert_eq!(database.number(&format!("select count(*) from job where key = '{key}'")).await, 1);
    }

    async fn each_step_takes_the_next_place_in_the_stream(database: &TestDatabase) {
        let mut told = Told::new(&database.db).await;
        let first = told.tell(Story::wrote).await;
        let second = told.tell(Story::began).await;
        let third = told.tell(Story::replied_ai).await;
        assert_eq!([first.change_seq, second.change_seq, third.change_seq], [1, 2, 3]);
        assert_eq!(first.entries[0].seq, 1);
        let mut conn = database.db.read().await.unwrap();
        let changes = change::list_after(&mut conn, 0, 10).await.unwrap();
        let told_kinds: Vec<_> = changes.iter().map(|change| (change.kind, change.entry_seq)).collect();
        let (message, turn) = (ChangeKind::Message, ChangeKind::Turn);
        assert_eq!(told_kinds, [(message, Some(1)), (turn, None), (message, Some(2))]);
    }

    async fn the_entries_given_back_are_the_entries_stored(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        let saved = told.tell(Story::hands_off).await;
        let mut conn = database.db.read().await.unwrap();
        assert_eq!(entry::list_after(&mut conn, &told.id(), 1, 50).await.unwrap(), saved.entries);
    }

    async fn a_stale_version_is_refused_and_stores_nothing(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let stale = told.story.clone();
        told.tell(Story::wrote).await;
        let mut story = stale.clone();
        let event = Event::TeammateNoted { teammate: ann(), body: "Late.".into(), client_id: "late".into() };
        let step = story.step(&event);
        let refused = save(&database.db, &stale.conversation, &step, &event, story.now_ms).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(told.load().await, told.story.conversation);
        assert_eq!(database.number("select count(*) from entry").await, 2);
    }

    /// The thread's order and the log stop a stale step too; here neither can, and the comparison has to.
    async fn a_stale_version_is_refused_by_the_comparison_alone(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let stale = told.story.conversation.clone();
        let event = told.story.began();
        let step = told.story.clone().step(&event);
        told.tell(Story::wrote).await;
        database.execute("delete from event_log").await.unwrap();
        let refused = save(&database.db, &stale, &step, &event, told.story.now_ms).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(told.load().await, told.story.conversation);
    }

    /// I3, in the SQL alone: the step is made by hand, as a broken engine would.
    async fn words_of_the_ai_under_another_epoch_are_refused_by_the_database(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        let before = told.story.conversation.clone();
        let event = told.story.replied_ai();
        let mut step = told.story.step(&event);
        let Some(Effect::AddEntry(NewEntry { content: Content::Message { author, .. }, .. })) = step.effects.first_mut()
        else {
            panic!("the reply comes first: {:?}", step.effects)
        };
        *author = Author::Ai { turn_id: before.turn.clone().unwrap().id, epoch: before.owner_epoch + 1 };
        let refused = save(&database.db, &before, &step, &event, told.story.now_ms).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(database.number("select count(*) from entry where author_kind = 'ai'").await, 0);
    }

    /// I3 again: the AI's epoch is right, but a teammate owns the conversation.
    async fn words_of_the_ai_are_refused_by_the_database_once_a_teammate_owns_it(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        let turn_id = told.story.turn_id();
        told.tell(|story| story.took_over(ann())).await;
        let before = told.story.conversation.clone();
        let event = Event::TeammateNoted { teammate: ann(), body: "Mine.".into(), client_id: "mine".into() };
        let mut step = told.story.step(&event);
        let author = Author::Ai { turn_id, epoch: before.owner_epoch };
        let content = Content::Message { author, body: "It is on its way.".into() };
        step.effects = vec![Effect::AddEntry(NewEntry { seq: step.next.last_seq, content, client_id: None })];
        let refused = save(&database.db, &before, &step, &event, told.story.now_ms).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(database.number("select count(*) from entry where author_kind = 'ai'").await, 0);
    }
}
