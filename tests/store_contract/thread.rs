//! Reading a thread: pages, the customer's side, messages sent twice, decisions, summaries, corrupt rows.

use crate::database::TestDatabase;
use crate::engine::{START_MS, Story, ann};
use crate::told::{Told, save};
use baton::domain::*;
use baton::handoff::Event;
use baton::store::{Error, conversation, decision, entry, handoff};

fn noted(number: i64) -> Event {
    Event::TeammateNoted { teammate: ann(), body: format!("Note {number}"), client_id: format!("note-{number}") }
}

fn seqs(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.seq).collect()
}

on_both_databases! {
    async fn a_thread_is_read_in_pages_from_either_end(database: &TestDatabase) {
        let mut told = Told::new(&database.db).await;
        for number in 0..7 {
            told.tell(|_| noted(number)).await;
        }
        let (id, mut conn) = (told.id(), database.db.read().await.unwrap());
        assert_eq!(seqs(&entry::list_after(&mut conn, &id, 0, 3).await.unwrap()), [1, 2, 3]);
        assert_eq!(seqs(&entry::list_after(&mut conn, &id, 3, 50).await.unwrap()), [4, 5, 6, 7]);
        assert_eq!(seqs(&entry::list_before(&mut conn, &id, i64::MAX, 3).await.unwrap()), [5, 6, 7]);
        assert_eq!(seqs(&entry::list_before(&mut conn, &id, 5, 3).await.unwrap()), [2, 3, 4]);
        assert_eq!(seqs(&entry::list_after(&mut conn, &id, 7, 50).await.unwrap()), [0_i64; 0]);
        assert_eq!(entry::list_after(&mut conn, &id, 0, -5).await.unwrap().len(), 1, "a page has at least one row");
    }

    /// I9.
    async fn a_customer_gets_messages_and_never_notes_or_event_lines(database: &TestDatabase) {
        let mut told = Told::handed_off(&database.db).await;
        told.tell(|_| noted(1)).await;
        told.tell(|story| story.took_over(ann())).await;
        told.tell(|story| story.replied(ann())).await;
        let (id, mut conn) = (told.id(), database.db.read().await.unwrap());
        let all = entry::list_after(&mut conn, &id, 0, 50).await.unwrap();
        let is_message = |entry: &&Entry| matches!(entry.content, Content::Message { .. });
        let messages: Vec<Entry> = all.iter().filter(is_message).cloned().collect();
        assert!(messages.len() >= 3 && messages.len() < all.len());
        assert_eq!(entry::list_for_customer_after(&mut conn, &id, 0, 50).await.unwrap(), messages);
        assert_eq!(entry::list_for_customer_before(&mut conn, &id, i64::MAX, 50).await.unwrap(), messages);
        let after_first = entry::list_for_customer_after(&mut conn, &id, messages[0].seq, 50).await.unwrap();
        assert_eq!(after_first, messages[1..]);
    }

    async fn a_message_sent_twice_is_found_by_its_client_id(database: &TestDatabase) {
        let told = Told::ai_queued(&database.db).await;
        let (id, mut conn) = (told.id(), database.db.read().await.unwrap());
        let first = entry::find_by_client_id(&mut conn, &id, "customer", "client-1").await.unwrap().unwrap();
        assert_eq!(first.seq, 1);
        assert_eq!(entry::find_by_client_id(&mut conn, &id, "customer", "client-2").await.unwrap(), None);
        assert_eq!(entry::find_by_client_id(&mut conn, &id, "teammate", "client-1").await.unwrap(), None);
        let customer = CustomerId::from("customer");
        let found = entry::find_of_customer_by_client_id(&mut conn, &customer, "client-1").await.unwrap();
        assert_eq!(found, Some(first));
        let other = CustomerId::from("other");
        assert_eq!(entry::find_of_customer_by_client_id(&mut conn, &other, "client-1").await.unwrap(), None);
    }

    async fn a_client_id_used_twice_is_refused_by_the_database(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let before = told.story.conversation.clone();
        let event = Event::CustomerWrote { body: "Where is my order?".into(), client_id: "client-1".into() };
        let step = told.story.step(&event);
        let refused = save(&database.db, &before, &step, &event, told.story.now_ms).await;
        assert!(refused.unwrap_err().is_conflict());
        assert_eq!(told.load().await, before);
    }

    async fn text_comes_back_as_it_was_written(database: &TestDatabase) {
        let mut told = Told::new(&database.db).await;
        let body = "‘quotes’ \"double\" 100 % _ \\ \u{1F600} עברית\r\n\t日本語 $1 ; -- drop";
        told.tell(|_| Event::CustomerWrote { body: body.into(), client_id: "odd'; --".into() }).await;
        let mut conn = database.db.read().await.unwrap();
        let stored = entry::list_after(&mut conn, &told.id(), 0, 1).await.unwrap().remove(0);
        assert_eq!(stored.content, Content::Message { author: Author::Customer, body: body.into() });
        assert_eq!(stored.client_id.as_deref(), Some("odd'; --"));
        assert_eq!(stored.created_at_ms, START_MS);
    }

    async fn a_turn_has_one_decision_record(database: &TestDatabase) {
        let mut told = Told::ai_running(&database.db).await;
        told.tell(Story::replied_ai).await;
        let turn_id = TurnId::nth(&told.id(), 1);
        let record = DecisionRecord {
            latency_ms: 12,
            fallbacks: vec!["timeout".into()],
            ..DecisionRecord::new(Outcome::Replied, "built-in 1")
        };
        let mut tx = database.db.write().await.unwrap();
        decision::save(&mut tx, &told.id(), &turn_id, &record, START_MS).await.unwrap();
        let again = DecisionRecord { latency_ms: 99, ..record.clone() };
        decision::save(&mut tx, &told.id(), &turn_id, &again, START_MS).await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = database.db.read().await.unwrap();
        assert_eq!(decision::find(&mut conn, &turn_id).await.unwrap().unwrap().record, record);
        assert_eq!(decision::list_of_conversation(&mut conn, &told.id(), 10).await.unwrap().len(), 1);
        assert_eq!(decision::find(&mut conn, &"nobody".into()).await.unwrap(), None);
    }

    async fn a_summary_and_a_verdict_can_be_replaced(database: &TestDatabase) {
        let told = Told::handed_off(&database.db).await;
        let id = told.last_handoff();
        let summary = |mood: &str| Summary {
            wants: vec![Point { text: "A refund.".into(), seq: Some(1) }],
            tried: vec![],
            mood: mood.into(),
            next_step: "Check the order.".into(),
            through_seq: 1,
        };
        let mut tx = database.db.write().await.unwrap();
        handoff::set_summary(&mut tx, &id, &summary("Calm")).await.unwrap();
        handoff::set_summary(&mut tx, &id, &summary("Frustrated")).await.unwrap();
        handoff::set_verdict(&mut tx, &id, Some(Verdict::TooEarly), &ann(), START_MS).await.unwrap();
        let stored = handoff::load(&mut tx, &id).await.unwrap();
        assert_eq!((stored.summary, stored.verdict), (Some(summary("Frustrated")), Some(Verdict::TooEarly)));
        handoff::set_verdict(&mut tx, &id, None, &ann(), START_MS).await.unwrap();
        assert_eq!(handoff::load(&mut tx, &id).await.unwrap().verdict, None);
        let nobody = HandoffId::from("nobody");
        assert!(matches!(
            handoff::set_summary(&mut tx, &nobody, &summary("Calm")).await,
            Err(Error::Missing { table: "handoff", .. })
        ));
    }

    async fn a_conversation_is_found_by_its_customer(database: &TestDatabase) {
        let mut told = Told::ai_queued(&database.db).await;
        let customer = CustomerId::from("customer");
        let mut conn = database.db.read().await.unwrap();
        let open = conversation::find_open_of_customer(&mut conn, &customer).await.unwrap();
        assert_eq!(open.unwrap().id, told.id());
        told.tell(|_| Event::TeammateResolved { teammate: ann() }).await;
        assert_eq!(conversation::find_open_of_customer(&mut conn, &customer).await.unwrap(), None);
        let latest = conversation::find_latest_of_customer(&mut conn, &customer).await.unwrap();
        assert_eq!(latest.unwrap().lifecycle, Lifecycle::Resolved);

        let mut later = Story::new();
        later.now_ms = START_MS + 1;
        later.conversation.created_at_ms = later.now_ms;
        later.conversation.id = "later".into();
        later.conversation.previous_id = Some(told.id());
        let mut later = Told { db: &database.db, story: later };
        later.tell(Story::wrote).await;
        let latest = conversation::find_latest_of_customer(&mut conn, &customer).await.unwrap().unwrap();
        assert_eq!((latest.id, latest.previous_id), ("later".into(), Some(told.id())));
        assert_eq!(conversation::list_of_customer(&mut conn, &customer, 10).await.unwrap().len(), 2);
    }

    async fn what_does_not_exist_is_none_or_missing(database: &TestDatabase) {
        let (nobody, mut conn) = (ConversationId::from("nobody"), database.db.read().await.unwrap());
        assert_eq!(conversation::find(&mut conn, &nobody).await.unwrap(), None);
        assert!(matches!(
            conversation::load(&mut conn, &nobody).await,
            Err(Error::Missing { table: "conversation", id }) if id == "nobody"
        ));
        drop(conn);
        let mut tx = database.db.write().await.unwrap();
        assert!(matches!(conversation::load_to_change(&mut tx, &nobody).await, Err(Error::Missing { .. })));
    }

    async fn a_row_that_cannot_be_read_is_a_typed_error_that_names_it(database: &TestDatabase) {
        let told = Told::handed_off(&database.db).await;
        let mut conn = database.db.read().await.unwrap();
        database.execute("update conversation set gathering = 'oops' where id = 'c'").await.unwrap();
        database.execute("update handoff set missing = '{}' where conversation_id = 'c'").await.unwrap();
        database.execute("update entry set detail = '[]' where kind = 'event'").await.unwrap();
        assert!(matches!(
            conversation::load(&mut conn, &told.id()).await,
            Err(Error::Corrupt { table: "conversation", id, .. }) if id == "c"
        ));
        assert!(matches!(
            handoff::load(&mut conn, &told.last_handoff()).await,
            Err(Error::Corrupt { table: "handoff", .. })
        ));
        let thread = entry::list_after(&mut conn, &told.id(), 0, 50).await;
        assert!(matches!(thread, Err(Error::Corrupt { table: "entry", .. })));
    }
}
