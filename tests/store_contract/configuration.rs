//! Agents and the Human Handoff action: saves, history, statistics.

use crate::database::TestDatabase;
use crate::engine::{START_MS, Story, ann, ben};
use crate::told::{Told, furnish};
use baton::domain::{AgentId, HandoffSettings};
use baton::handoff::Event;
use baton::store::{Error, action, agent};

fn enabled() -> HandoffSettings {
    HandoffSettings { enabled: true, when_to_use: "Hand off billing issues.".into(), ..HandoffSettings::default() }
}

on_both_databases! {
    async fn an_agent_comes_with_its_action_disabled(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut conn = database.db.read().await.unwrap();
        let ada = agent::find_by_widget_key(&mut conn, "key").await.unwrap().unwrap();
        assert_eq!(agent::load(&mut conn, &ada.id).await.unwrap(), ada);
        assert_eq!(agent::list(&mut conn).await.unwrap(), std::slice::from_ref(&ada));
        let stored = action::load_by_agent(&mut conn, &ada.id).await.unwrap();
        assert_eq!((stored.settings.enabled, stored.version, stored.updated_by), (false, 1, Some(ann())));
        assert_eq!(action::list_revisions(&mut conn, &stored.id, 10).await.unwrap().len(), 1);
        assert_eq!(agent::find_by_widget_key(&mut conn, "another").await.unwrap(), None);
        let nobody = AgentId::from("nobody");
        assert!(matches!(agent::load(&mut conn, &nobody).await, Err(Error::Missing { .. })));
        assert!(matches!(action::load_by_agent(&mut conn, &nobody).await, Err(Error::Missing { .. })));
    }

    async fn every_save_is_kept_with_who_and_what(database: &TestDatabase) {
        furnish(&database.db).await;
        let (id, mut tx) = ("action".into(), database.db.write().await.unwrap());
        let version = action::save(&mut tx, &id, 1, &enabled(), "Enabled", Some(&ben()), START_MS + 1).await.unwrap();
        assert_eq!(version, 2);
        let now = action::load_by_agent(&mut tx, &"agent".into()).await.unwrap();
        assert_eq!((now.settings, now.version, now.updated_by), (enabled(), 2, Some(ben())));
        let history = action::list_revisions(&mut tx, &id, 10).await.unwrap();
        let told: Vec<_> = history.iter().map(|each| (each.version, each.what.as_str())).collect();
        assert_eq!(told, [(2, "Enabled"), (1, "Created")]);
        assert_eq!(history[0].saved_at_ms, START_MS + 1);
        let first = action::load_revision(&mut tx, &id, 1).await.unwrap();
        assert_eq!(first.settings, HandoffSettings::default());
        assert!(matches!(action::load_revision(&mut tx, &id, 9).await, Err(Error::Missing { .. })));
    }

    async fn a_save_over_somebody_elses_newer_one_is_refused(database: &TestDatabase) {
        furnish(&database.db).await;
        let (id, mut tx) = ("action".into(), database.db.write().await.unwrap());
        action::save(&mut tx, &id, 1, &enabled(), "Enabled", Some(&ben()), START_MS).await.unwrap();
        let late = action::save(&mut tx, &id, 1, &HandoffSettings::default(), "Late", Some(&ann()), START_MS).await;
        assert!(late.unwrap_err().is_conflict());
        assert!(action::load_by_agent(&mut tx, &"agent".into()).await.unwrap().settings.enabled);
        assert_eq!(action::list_revisions(&mut tx, &id, 10).await.unwrap().len(), 2);
    }

    async fn an_action_counts_its_own_handoffs_and_not_those_of_teammates(database: &TestDatabase) {
        let db = &database.db;
        let told = Told::handed_off(db).await;
        let ran_at_ms = told.story.now_ms - 1_000;
        let mut by_hand = Told::of_customer(db, "other").await;
        by_hand.tell(Story::wrote).await;
        by_hand.tell(|_| Event::TeammateHandedToTeam { teammate: ann(), reason: "A case for Ben.".into() }).await;
        let (id, mut conn) = (AgentId::from("agent"), db.read().await.unwrap());
        let stats = action::stats(&mut conn, &id, 0).await.unwrap();
        assert_eq!((stats.runs, stats.last_run_at_ms), (1, Some(ran_at_ms)));
        let stats = action::stats(&mut conn, &id, ran_at_ms + 1).await.unwrap();
        assert_eq!((stats.runs, stats.last_run_at_ms), (0, None));
    }

    async fn an_agent_knows_how_it_is_doing(database: &TestDatabase) {
        let db = &database.db;
        let mut told = Told::handed_off(db).await;
        Told::of_customer(db, "other").await.tell(Story::wrote).await;
        let (id, mut conn) = (AgentId::from("agent"), db.read().await.unwrap());
        let counts = agent::counts(&mut conn, &id, START_MS).await.unwrap();
        assert_eq!((counts.conversations, counts.handed_off, counts.waiting), (2, 1, 1));
        told.tell(|story| story.took_over(ann())).await;
        let counts = agent::counts(&mut conn, &id, START_MS + 1).await.unwrap();
        assert_eq!((counts.conversations, counts.handed_off, counts.waiting), (0, 0, 0));
    }
}
