//! No verb asks for a connection to the database while it holds another: where it did, as many callers at once as there are
//! connections would wait for each other, and everybody else for them. Asked of a server with a single connection to spare,
//! one call after the other, so that a verb that holds two can't get them.

#[path = "support/database.rs"]
mod database;
#[path = "support/people.rs"]
mod people;
#[path = "support/process.rs"]
mod process;

use baton::domain::{HandoffSettings, Owner};
use baton::wire::conversation::InboxView;
use database::TestDatabase;
use people::{Answer, Customer, Person};
use process::Server;
use serde_json::json;
use std::time::{Duration, Instant};

/// A verb that waits for itself does so until the pool gives up, after 10 s; all of them together take about 2 s.
const ALL_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn one_connection_is_enough_for_every_verb_on_sqlite() {
    every_verb(TestDatabase::sqlite_empty().await, "1").await;
}

/// The second one listens for what other processes commit.
#[tokio::test]
async fn two_connections_are_enough_for_every_verb_on_postgres() {
    if let Some(database) = TestDatabase::postgres_empty().await {
        every_verb(database, "2").await;
    }
}

async fn every_verb(database: TestDatabase, connections: &str) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let settings = [("DATABASE_CONNECTIONS", connections), ("BURST_MS", "0")];
    let mut server = Server::new(env!("CARGO_BIN_EXE_baton"), home.path(), &database.url, &settings);
    let http = people::client();
    server.start(&http).await;
    let ann = Person::set_up(&server.url()).await;

    let began = Instant::now();
    let ann = Person::sign_in(&server.url(), &ann.me.email).await;
    let agent_id = ann.agent().await.agent.id;
    let key = ann.agent().await.agent.widget_key;
    ann.save_handoff(&HandoffSettings { enabled: true, ..HandoffSettings::default() }).await;
    done(&ann.call("actions/restore_handoff", &json!({ "agent_id": agent_id, "restore": 1, "version": 2 })).await);
    ann.save_handoff(&HandoffSettings { enabled: true, ..HandoffSettings::default() }).await;
    done(&ann.call("agents/create", &json!({ "name": "Bea" })).await);
    for page in ["/conversations", &format!("/agents/{agent_id}"), "/settings"] {
        let page = people::persist(ann.http.get(format!("{}{page}", server.url()))).await;
        assert!(page.status.is_success(), "{}", page.status);
    }

    let customer = Customer::visit(&http, &server.url(), &key).await;
    let (_, stored) = customer.write("first", "Where is my parcel?").await;
    assert!(customer.conversation().await.is_some());
    customer.write("first", "Where is my parcel?").await;
    done(&customer.ask_for_person("button").await);
    let id = stored.conversation_id;
    ann.list(InboxView::NeedsIntervention).await;
    let head = ann.thread(&id).await.head;
    assert_eq!(head.owner, Owner::Queue);
    let here = json!({ "id": id });
    done(&ann.call("conversations/take_over", &json!({ "id": id, "epoch": head.owner_epoch })).await);
    done(&ann.call("conversations/reply", &json!({ "id": id, "client_id": "r", "body": "It is on its way." })).await);
    done(&ann.call("conversations/note", &json!({ "id": id, "client_id": "n", "body": "Wants it soon." })).await);
    done(&ann.call("conversations/set_priority", &json!({ "id": id, "priority": "high" })).await);
    done(&ann.call("conversations/hand_to_team", &json!({ "id": id, "reason": "Lunch" })).await);
    done(&ann.call("conversations/assign", &json!({ "id": id, "to": ann.me.id })).await);
    let handoff_id = &ann.thread(&id).await.handoffs[0].id;
    done(&ann.call("conversations/summarize", &json!({ "handoff_id": handoff_id })).await);
    done(&ann.call("conversations/judge", &json!({ "handoff_id": handoff_id, "verdict": "needed" })).await);
    done(&ann.call("notifications/seen", &json!({ "conversation_id": id })).await);
    done(&ann.call("conversations/return_to_ai", &here).await);
    done(&ann.call("conversations/resolve", &here).await);
    done(&ann.call("conversations/reopen", &here).await);

    let took = began.elapsed();
    assert!(took < ALL_WITHIN, "took {took:?}; the server's log ends:\n{}", server.log_end(30));
}

fn done(answer: &Answer) {
    assert!(answer.status.is_success(), "{}: {}", answer.status, answer.body);
    assert_eq!(answer.tries, 1, "it was too busy at first");
}
