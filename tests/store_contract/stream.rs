//! The stream of changes, notifications beside it, and hearing of commits.

use crate::database::TestDatabase;
use crate::engine::{Story, ann, ben};
use crate::told::{Told, new_id};
use baton::domain::TeammateId;
use baton::handoff::{ChangeKind, NoticeEvent};
use baton::store::notification::{self, Channel, NewNotification};
use baton::store::{Db, Dialect, change};
use std::time::Duration;

fn notice(told: &Told<'_>, teammate: TeammateId, channel: Channel) -> NewNotification {
    NewNotification {
        id: new_id().into(),
        teammate_id: teammate,
        event: NoticeEvent::NeedsIntervention,
        channel,
        key: "c.h1.2.needs_intervention".into(),
        conversation_id: Some(told.id()),
        handoff_id: Some(told.last_handoff()),
        title: "Needs agent intervention".into(),
        body: "A customer asks about a refund.".into(),
    }
}

async fn insert(db: &Db, new: &NewNotification) -> Option<i64> {
    let mut tx = db.write().await.unwrap();
    let seq = notification::insert_once(&mut tx, new, 5).await.unwrap();
    tx.commit().await.unwrap();
    seq
}

on_both_databases! {
    async fn a_reader_resumes_after_the_last_change_it_saw(database: &TestDatabase) {
        let db = &database.db;
        let mut told = Told::ai_queued(db).await;
        let mut conn = db.read().await.unwrap();
        let seen = change::head(&mut conn).await.unwrap();
        assert_eq!(change::list_after(&mut conn, seen, 10).await.unwrap(), []);
        told.tell(Story::began).await;
        told.tell(Story::hands_off).await;
        let missed = change::list_after(&mut conn, seen, 10).await.unwrap();
        let kinds: Vec<_> = missed.iter().map(|change| change.kind).collect();
        assert_eq!(kinds, [ChangeKind::Turn, ChangeKind::Handoff]);
        assert_eq!(missed.last().unwrap().seq, change::head(&mut conn).await.unwrap());
        assert_eq!(change::list_after(&mut conn, seen, 1).await.unwrap().len(), 1);
    }

    async fn every_kind_of_change_can_be_stored_and_read(database: &TestDatabase) {
        let told = Told::ai_queued(&database.db).await;
        // A new kind does not compile until it is added here.
        let name = |kind: ChangeKind| match kind {
            ChangeKind::Message | ChangeKind::Note | ChangeKind::Turn | ChangeKind::Handoff | ChangeKind::TakenOver
            | ChangeKind::HandedToTeam | ChangeKind::Assigned | ChangeKind::ReturnedToAi | ChangeKind::Resolved
            | ChangeKind::Reopened | ChangeKind::Snoozed | ChangeKind::Priority | ChangeKind::NotPickedUp
            | ChangeKind::Summary | ChangeKind::Notified => kind.as_str(),
        };
        let kinds = [
            ChangeKind::Message, ChangeKind::Note, ChangeKind::Turn, ChangeKind::Handoff, ChangeKind::TakenOver,
            ChangeKind::HandedToTeam, ChangeKind::Assigned, ChangeKind::ReturnedToAi, ChangeKind::Resolved,
            ChangeKind::Reopened, ChangeKind::Snoozed, ChangeKind::Priority, ChangeKind::NotPickedUp,
            ChangeKind::Summary, ChangeKind::Notified,
        ];
        let mut tx = database.db.write().await.unwrap();
        let before = change::head(&mut tx).await.unwrap();
        for kind in kinds {
            change::add(&mut tx, &told.id(), kind, None, 5).await.unwrap_or_else(|error| panic!("{}: {error}", name(kind)));
        }
        let read: Vec<_> = change::list_after(&mut tx, before, 50).await.unwrap().iter().map(|each| each.kind).collect();
        assert_eq!(read, kinds);
    }

    async fn every_event_of_a_notice_can_be_stored(database: &TestDatabase) {
        let told = Told::handed_off(&database.db).await;
        let name = |event: NoticeEvent| match event {
            NoticeEvent::NeedsIntervention | NoticeEvent::AssignedToMe | NoticeEvent::AssignedAway
            | NoticeEvent::CustomerReplied | NoticeEvent::NotPickedUp | NoticeEvent::NotPickedUpWidened
            | NoticeEvent::TeammateAbsent | NoticeEvent::SnoozeEnded | NoticeEvent::AiUnavailable
            | NoticeEvent::AiAvailable => event.as_str(),
        };
        for event in [
            NoticeEvent::NeedsIntervention, NoticeEvent::AssignedToMe, NoticeEvent::AssignedAway,
            NoticeEvent::CustomerReplied, NoticeEvent::NotPickedUp, NoticeEvent::NotPickedUpWidened,
            NoticeEvent::TeammateAbsent, NoticeEvent::SnoozeEnded, NoticeEvent::AiUnavailable,
            NoticeEvent::AiAvailable,
        ] {
            let new = NewNotification { event, key: name(event).into(), ..notice(&told, ann(), Channel::Browser) };
            assert!(insert(&database.db, &new).await.is_some());
        }
    }

    async fn old_changes_are_forgotten(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let now_ms = told.story.now_ms;
        told.tell(Story::began).await;
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(change::prune(&mut tx, now_ms).await.unwrap(), 1);
        assert_eq!(change::list_after(&mut tx, 0, 10).await.unwrap().len(), 1);
        assert_eq!(change::head(&mut tx).await.unwrap(), 2, "the head stays");
    }

    /// I7.
    async fn an_occasion_reaches_a_teammate_on_a_channel_once(database: &TestDatabase) {
        let db = &database.db;
        let told = Told::handed_off(db).await;
        let seq = insert(db, &notice(&told, ann(), Channel::Browser)).await.expect("news");
        assert_eq!(insert(db, &notice(&told, ann(), Channel::Browser)).await, None);
        assert!(insert(db, &notice(&told, ann(), Channel::Email)).await.is_some());
        assert!(insert(db, &notice(&told, ben(), Channel::Browser)).await.is_some());
        let mut conn = db.read().await.unwrap();
        let hers = notification::list_since(&mut conn, &ann(), Channel::Browser, seq - 1, 10).await.unwrap();
        assert_eq!(hers.len(), 1);
        assert_eq!((hers[0].seq, hers[0].event.as_str(), hers[0].seen_at_ms), (seq, "needs_intervention", None));
        assert_eq!(hers[0].handoff_id, Some(told.last_handoff()));
        assert_eq!(notification::list_since(&mut conn, &ann(), Channel::Browser, seq, 10).await.unwrap(), []);
    }

    async fn a_notification_is_seen_by_its_own_teammate(database: &TestDatabase) {
        let db = &database.db;
        let told = Told::handed_off(db).await;
        insert(db, &notice(&told, ann(), Channel::Browser)).await.unwrap();
        insert(db, &notice(&told, ben(), Channel::Browser)).await.unwrap();
        let mut tx = db.write().await.unwrap();
        let hers = notification::list_since(&mut tx, &ann(), Channel::Browser, 0, 10).await.unwrap().remove(0);
        assert!(!notification::mark_seen(&mut tx, &ben(), &hers.id, 9).await.unwrap());
        assert!(notification::mark_seen(&mut tx, &ann(), &hers.id, 9).await.unwrap());
        assert!(!notification::mark_seen(&mut tx, &ann(), &hers.id, 10).await.unwrap());
        assert_eq!(notification::mark_seen_of_conversation(&mut tx, &ann(), &told.id(), 11).await.unwrap(), 0);
        assert_eq!(notification::mark_seen_of_conversation(&mut tx, &ben(), &told.id(), 11).await.unwrap(), 1);
    }

    async fn another_process_hears_of_a_commit_and_of_nothing_before_it(database: &TestDatabase) {
        let other = database.again().await;
        let Some(mut listener) = other.listen().await.unwrap() else {
            assert_eq!(database.db.dialect(), Dialect::Sqlite);
            return;
        };
        let mut told = Told::new(&database.db).await;
        let mut undone = database.db.write().await.unwrap();
        baton::store::workspace::create(&mut undone, "Acme", 1).await.unwrap();
        undone.rollback().await.unwrap();
        let saved = told.tell(Story::wrote).await;
        let heard = tokio::time::timeout(Duration::from_secs(10), listener.next()).await.expect("it is announced");
        assert_eq!(heard.unwrap(), Some(saved.change_seq));
    }
}
