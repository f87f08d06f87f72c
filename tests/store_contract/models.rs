//! An agent's model: saves, calls and what they cost, outages.

use crate::database::TestDatabase;
use crate::engine::{START_MS, ann};
use crate::told::{Told, furnish};
use baton::domain::{AgentId, ConnectionTest, ModelCall, ModelSettings, Provider, Purpose, TokenUsage};
use baton::store::model::{self, CallOf, SealedKey, StoredModel};

const DAY_MS: i64 = 86_400_000;

fn ada() -> AgentId {
    "agent".into()
}

fn first() -> StoredModel {
    StoredModel {
        settings: ModelSettings { provider: Provider::Openai, model: "m".into(), ..ModelSettings::default() },
        version: 0,
        key: Some(SealedKey { sealed: "sealed".into(), endpoint: "https://x/".into(), saved_at_ms: START_MS }),
        test: None,
        updated_at_ms: START_MS,
        updated_by: Some(ann()),
    }
}

fn call(read: i64, latency_ms: i64, failure: Option<&str>) -> ModelCall {
    let tokens = TokenUsage { read, written: 7 };
    ModelCall { purpose: Purpose::Turn, model: "m".into(), tokens, latency_ms, failure: failure.map(str::to_owned) }
}

on_both_databases! {
    async fn a_model_is_saved_by_whoever_saw_the_last_version(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(model::find(&mut tx, &ada()).await.unwrap(), None);
        assert!(model::save(&mut tx, &ada(), &first()).await.unwrap());
        assert!(!model::save(&mut tx, &ada(), &first()).await.unwrap(), "somebody was first");
        let stored = model::find(&mut tx, &ada()).await.unwrap().unwrap();
        assert_eq!(stored, StoredModel { version: 1, ..first() });
        let test = ConnectionTest { answers: true, tested_at_ms: 5, ..ConnectionTest::default() };
        model::save_test(&mut tx, &ada(), 1, &test).await.unwrap();
        model::save_test(&mut tx, &ada(), 9, &ConnectionTest::default()).await.unwrap();
        let without_key = StoredModel { key: None, test: Some(test), ..stored };
        assert!(model::save(&mut tx, &ada(), &without_key).await.unwrap());
        let now = model::find(&mut tx, &ada()).await.unwrap().unwrap();
        assert_eq!(now, StoredModel { version: 2, ..without_key.clone() });
        assert!(!model::save(&mut tx, &ada(), &without_key).await.unwrap(), "version 1 is past");
        tx.commit().await.unwrap();
    }

    async fn calls_are_summed_by_day_agent_and_conversation(database: &TestDatabase) {
        let told = Told::handed_off(&database.db).await;
        let (id, agent) = (told.id(), ada());
        let mut tx = database.db.write().await.unwrap();
        let of = CallOf { agent: &agent, conversation: Some(&id), turn: None };
        let midnight = 20_000 * DAY_MS;
        for (name, at_ms, call) in [
            ("a", midnight - 1, call(10, 300, None)),
            ("b", midnight, call(20, 100, None)),
            ("c", midnight + 5, call(30, 900, Some("timed_out"))),
        ] {
            model::add_call(&mut tx, name, of, &call, 1_000, at_ms).await.unwrap();
        }
        assert_eq!(model::tokens_since(&mut tx, &agent, midnight).await.unwrap(), 64);
        assert_eq!(model::tokens_of_conversation(&mut tx, &id).await.unwrap(), 81);
        let days = model::days(&mut tx, &agent, midnight - DAY_MS).await.unwrap();
        let shown: Vec<_> = days.iter().map(|day| (day.day, day.calls, day.failures, day.cost, day.latency_ms)).collect();
        assert_eq!(shown, [(19_999, 1, 0, 1_000, 300), (20_000, 2, 1, 2_000, 100)]);
        assert_eq!(model::latencies(&mut tx, &agent).await.unwrap(), [100, 300]);
    }

    async fn an_agent_has_one_outage_at_a_time(database: &TestDatabase) {
        let told = Told::handed_off(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        assert!(model::open_outage(&mut tx, "o1", &ada(), Some(&told.id()), "It hangs.", 5).await.unwrap());
        assert!(!model::open_outage(&mut tx, "o2", &ada(), None, "It hangs again.", 6).await.unwrap());
        let [outage] = &model::list_outages(&mut tx).await.unwrap()[..] else { panic!("one") };
        assert_eq!((outage.error.as_str(), outage.began_at_ms, outage.agent_name.as_str()), ("It hangs.", 5, "Ada"));
        assert!(model::end_outage(&mut tx, &ada(), 9).await.unwrap());
        assert!(!model::end_outage(&mut tx, &ada(), 9).await.unwrap(), "it has ended");
        assert_eq!(model::find_outage(&mut tx, &ada()).await.unwrap(), None);
        assert!(model::open_outage(&mut tx, "o3", &ada(), None, "Once more.", 10).await.unwrap());
    }
}
