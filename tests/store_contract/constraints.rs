//! What the database refuses even to a program that is wrong: rows written by hand, past the store.

use crate::database::TestDatabase;
use crate::engine::ann;
use crate::told::Told;
use baton::handoff::Event;
use baton::store::Error;

/// Statements that a correct database refuses, with what each would break.
const BREAKS: &[(&str, &str)] = &[
    ("an unknown owner", "update conversation set owner = 'robot'"),
    ("a teammate's conversation without the teammate", "update conversation set owner = 'teammate'"),
    ("the AI's conversation with a teammate", "update conversation set owner = 'ai', owner_teammate_id = 'ann'"),
    ("an unknown lifecycle", "update conversation set lifecycle = 'closed'"),
    ("a resolved conversation with an owner", "update conversation set lifecycle = 'resolved'"),
    ("an unknown priority", "update conversation set priority = 'huge'"),
    ("a customer message beyond the thread's end", "update conversation set customer_seq = last_seq + 1"),
    ("a conversation of nobody", "update conversation set customer_id = 'nobody'"),
    ("an AI message without a turn", "update entry set turn_id = null where author_kind = 'ai'"),
    ("a teammate's message without the teammate", "update entry set author_id = null where author_kind = 'teammate'"),
    ("a note by the customer", "update entry set kind = 'note' where author_kind = 'customer'"),
    ("an event line without its detail", "update entry set detail = null where kind = 'event'"),
    ("an entry twice in one place", "update entry set seq = 1 where seq = 2"),
    ("an entry of no conversation", "update entry set conversation_id = 'nobody' where seq = 1"),
    ("a turn that is done without an outcome", "update turn set outcome = null where state = 'done'"),
    ("an unknown turn state", "update turn set state = 'lost'"),
    ("a handoff ended in no way", "update handoff set ended_at_ms = 5"),
    ("a handoff picked up at no time", "update handoff set picked_up_by = 'ann', picked_up_at_ms = null"),
    ("an unknown verdict", "update handoff set verdict = 'fine'"),
    ("an unknown kind of handoff", "update handoff set kind = 'whim'"),
    ("a running job without a lease", "update job set state = 'running'"),
    ("an unknown kind of job", "update job set kind = 'chore'"),
    ("a job that ended at no time", "update job set state = 'dead'"),
    ("an unknown role", "update teammate set role = 'boss'"),
    ("a second workspace", "insert into workspace (id, name, created_at_ms) values (2, 'Other', 1)"),
    ("a second head of the stream", "insert into stream_head (id, seq) values (2, 0)"),
    ("an action of a kind that there is not", "update action set kind = 'dance'"),
    ("a teammate with a thread is deleted", "delete from teammate where id = 'ann'"),
    ("a conversation with entries is deleted", "delete from conversation"),
];

on_both_databases! {
    async fn the_database_refuses_rows_that_cannot_be(database: &TestDatabase) {
        let mut told = Told::handed_off(&database.db).await;
        told.tell(|_| Event::TeammateNoted { teammate: ann(), body: "Mine.".into(), client_id: "note".into() }).await;
        for (what, sql) in BREAKS {
            let refused = database.execute(sql).await.expect_err(what);
            assert!(matches!(refused, sqlx::Error::Database(_)), "{what}: {refused}");
        }
        // All of it was refused: the conversation is as it was.
        assert_eq!(told.load().await, told.story.conversation);
    }

    async fn a_second_unresolved_conversation_of_a_customer_is_refused(database: &TestDatabase) {
        let told = Told::ai_queued(&database.db).await;
        let mut second = crate::engine::Story::new();
        second.conversation.id = "second".into();
        let (before, event) = (second.conversation.clone(), second.wrote());
        let step = second.step(&event);
        let refused = crate::told::save(&database.db, &before, &step, &event, second.now_ms).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        assert_eq!(told.load().await, told.story.conversation);
    }
}
