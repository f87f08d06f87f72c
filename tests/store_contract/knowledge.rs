//! Knowledge: entries, their passages, and the vectors of passages.

use crate::database::TestDatabase;
use crate::engine::{START_MS, ann, ben};
use crate::told::furnish;
use baton::domain::{AgentId, KnowledgeEntry, KnowledgeText, Passage};
use baton::store::knowledge::{self, Size};
use baton::store::{Db, Error, Tx};

fn agent() -> AgentId {
    "agent".into()
}

fn entry(id: &str, title: &str, body: &str) -> KnowledgeEntry {
    KnowledgeEntry {
        id: id.into(),
        agent_id: agent(),
        text: KnowledgeText { title: title.into(), body: body.into() },
        version: 1,
        created_at_ms: START_MS,
        created_by: Some(ann()),
        updated_at_ms: START_MS,
        updated_by: Some(ann()),
    }
}

fn passages(texts: &[&str]) -> Vec<Passage> {
    let passage = |(ordinal, text): (usize, &&str)| Passage {
        ordinal: ordinal as i64,
        heading: "Returns".into(),
        text: (*text).into(),
    };
    texts.iter().enumerate().map(passage).collect()
}

/// A transaction in which the agent knows one entry of two passages.
async fn knowing(db: &Db) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    knowledge::raise(&mut tx, &agent()).await.unwrap();
    knowledge::insert(&mut tx, &entry("e1", "Returns", "One. Two. Grüße"), &passages(&["One.", "Two."])).await.unwrap();
    tx
}

on_both_databases! {
    async fn an_entry_is_kept_with_its_passages(database: &TestDatabase) {
        let mut tx = knowing(&database.db).await;
        let stored = knowledge::load(&mut tx, &agent(), &"e1".into()).await.unwrap();
        assert_eq!(stored, entry("e1", "Returns", "One. Two. Grüße"));
        assert_eq!(knowledge::size(&mut tx, &agent()).await.unwrap(), Size { entries: 1, chars: 15 });
        let found = knowledge::list_passages(&mut tx, &agent(), "model").await.unwrap();
        let texts: Vec<_> = found.iter().map(|stored| (stored.title.as_str(), stored.passage.text.as_str())).collect();
        assert_eq!(texts, [("Returns", "One."), ("Returns", "Two.")]);
        assert!(found.iter().all(|stored| stored.embedding.is_none()));
        let same = KnowledgeText { title: "Returns".into(), body: "One. Two. Grüße".into() };
        assert_eq!(knowledge::find_same(&mut tx, &agent(), &same).await.unwrap(), Some("e1".into()));
        let twice = knowledge::insert(&mut tx, &entry("e1", "Again", "x"), &[]).await;
        assert!(twice.unwrap_err().is_conflict());
    }

    async fn a_list_is_by_title_and_names_who_saved_last(database: &TestDatabase) {
        let mut tx = knowing(&database.db).await;
        knowledge::insert(&mut tx, &entry("e2", "opening hours", "Nine to five"), &[]).await.unwrap();
        knowledge::insert(&mut tx, &entry("e3", "Zebra", "Stripes"), &[]).await.unwrap();
        let listed = knowledge::list(&mut tx, &agent()).await.unwrap();
        let titles: Vec<_> = listed.iter().map(|listed| (listed.title.as_str(), listed.chars)).collect();
        assert_eq!(titles, [("opening hours", 12), ("Returns", 15), ("Zebra", 7)]);
        assert_eq!(listed[0].updated_by.as_deref(), Some("ann"));
        assert!(knowledge::list(&mut tx, &"another".into()).await.unwrap().is_empty());
    }

    async fn a_save_over_somebody_elses_newer_one_is_refused(database: &TestDatabase) {
        let mut tx = knowing(&database.db).await;
        let mut newer = entry("e1", "Returns", "Three.");
        newer.updated_by = Some(ben());
        newer.updated_at_ms += 5;
        assert_eq!(knowledge::update(&mut tx, &newer, &passages(&["Three."])).await.unwrap(), 2);
        let late = knowledge::update(&mut tx, &entry("e1", "Late", "Four."), &[]).await;
        assert!(late.unwrap_err().is_conflict());
        let stored = knowledge::load(&mut tx, &agent(), &"e1".into()).await.unwrap();
        assert_eq!((stored.version, stored.text.body.as_str(), stored.created_by), (2, "Three.", Some(ann())));
        assert_eq!(stored.updated_by, Some(ben()));
        let found = knowledge::list_passages(&mut tx, &agent(), "model").await.unwrap();
        assert_eq!(found.len(), 1);
        let elsewhere = KnowledgeEntry { agent_id: "another".into(), version: 2, ..newer };
        assert!(knowledge::update(&mut tx, &elsewhere, &[]).await.unwrap_err().is_conflict());
    }

    async fn what_is_deleted_is_gone_with_its_passages(database: &TestDatabase) {
        let mut tx = knowing(&database.db).await;
        assert!(!knowledge::delete(&mut tx, &"another".into(), &"e1".into()).await.unwrap());
        assert!(knowledge::delete(&mut tx, &agent(), &"e1".into()).await.unwrap());
        assert!(!knowledge::delete(&mut tx, &agent(), &"e1".into()).await.unwrap());
        let gone = knowledge::load(&mut tx, &agent(), &"e1".into()).await;
        assert!(matches!(gone, Err(Error::Missing { .. })));
        assert!(knowledge::list_passages(&mut tx, &agent(), "model").await.unwrap().is_empty());
    }

    async fn the_revision_grows_with_every_change(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(knowledge::revision(&mut tx, &agent()).await.unwrap(), 0);
        for expected in 1..4 {
            knowledge::raise(&mut tx, &agent()).await.unwrap();
            assert_eq!(knowledge::revision(&mut tx, &agent()).await.unwrap(), expected);
        }
    }

    async fn a_vector_belongs_to_the_text_and_the_model_it_was_made_of(database: &TestDatabase) {
        let mut tx = knowing(&database.db).await;
        let plain = knowledge::list_plain(&mut tx, "small 1", 10).await.unwrap();
        assert_eq!(plain.len(), 2);
        assert!(knowledge::embed(&mut tx, &plain[0], "AAAA", "small 1").await.unwrap());
        assert_eq!(knowledge::list_plain(&mut tx, "small 1", 10).await.unwrap(), &plain[1..]);
        assert_eq!(knowledge::list_plain(&mut tx, "small 2", 10).await.unwrap().len(), 2);
        let found = knowledge::list_passages(&mut tx, &agent(), "small 2").await.unwrap();
        assert_eq!(found[0].embedding, None);
        let found = knowledge::list_passages(&mut tx, &agent(), "small 1").await.unwrap();
        assert_eq!(found[0].embedding.as_deref(), Some("AAAA"));
        // The entry was saved meanwhile: the vector is of a text that is gone.
        knowledge::update(&mut tx, &entry("e1", "Returns", "New."), &passages(&["New.", "Two."])).await.unwrap();
        assert!(!knowledge::embed(&mut tx, &plain[0], "BBBB", "small 1").await.unwrap());
        assert!(knowledge::embed(&mut tx, &plain[1], "BBBB", "small 1").await.unwrap());
    }

    async fn two_writers_of_one_agent_wait_for_each_other(database: &TestDatabase) {
        furnish(&database.db).await;
        let write = async |id: &'static str| {
            let mut tx = database.db.write().await.unwrap();
            knowledge::raise(&mut tx, &agent()).await.unwrap();
            let before = knowledge::size(&mut tx, &agent()).await.unwrap().entries;
            if before == 0 {
                knowledge::insert(&mut tx, &entry(id, "One", "x"), &[]).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        tokio::join!(write("a"), write("b"), write("c"));
        let size = knowledge::size(&mut database.db.read().await.unwrap(), &agent()).await.unwrap();
        assert_eq!(size.entries, 1);
    }
}
