//! The workspace, teammates, sessions, presence, the audit log, customers.

use crate::database::TestDatabase;
use crate::engine::{START_MS, ann, ben};
use crate::told::{a_customer, furnish};
use baton::domain::{Role, Teammate};
use baton::store::audit::{self, AuditRecord};
use baton::store::{Error, customer, presence, session, teammate, workspace};

fn teammate(id: &str, email: &str) -> Teammate {
    Teammate { id: id.into(), name: id.into(), email: email.into(), role: Role::Teammate }
}

on_both_databases! {
    async fn the_workspace_is_made_once(database: &TestDatabase) {
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(workspace::find(&mut tx).await.unwrap(), None);
        assert!(matches!(workspace::rename(&mut tx, "Acme").await, Err(Error::Missing { .. })));
        workspace::create(&mut tx, "Acme", 7).await.unwrap();
        assert!(matches!(workspace::create(&mut tx, "Other", 8).await, Err(Error::Taken { what: "workspace" })));
        workspace::rename(&mut tx, "Acme Ltd").await.unwrap();
        let stored = workspace::find(&mut tx).await.unwrap().unwrap();
        assert_eq!((stored.name.as_str(), stored.created_at_ms), ("Acme Ltd", 7));
    }

    async fn an_email_belongs_to_one_teammate_in_any_case(database: &TestDatabase) {
        let mut tx = database.db.write().await.unwrap();
        teammate::create(&mut tx, &teammate("one", " Ada@Example.COM "), "hash-1", 1).await.unwrap();
        let taken = teammate::create(&mut tx, &teammate("two", "ada@example.com"), "hash-2", 1).await;
        assert!(matches!(taken, Err(Error::Taken { what: "email" })));
        // The transaction goes on after a refusal.
        let (found, hash) = teammate::find_by_email(&mut tx, "ADA@example.com").await.unwrap().unwrap();
        assert_eq!((found.id.as_str(), found.email.as_str(), hash.as_str()), ("one", "ada@example.com", "hash-1"));
        assert_eq!(teammate::find_by_email(&mut tx, "bob@example.com").await.unwrap(), None);
    }

    async fn viewers_are_teammates_who_do_not_work(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut conn = database.db.read().await.unwrap();
        let ids = |list: Vec<Teammate>| list.into_iter().map(|each| each.id.0).collect::<Vec<_>>();
        assert_eq!(ids(teammate::list(&mut conn).await.unwrap()), ["ann", "ben", "vic"]);
        let working = teammate::list_working(&mut conn).await.unwrap();
        assert!(working.iter().all(|each| each.role.can_work()));
        assert_eq!(ids(working), ["ann", "ben"]);
        assert_eq!(teammate::load(&mut conn, &ann()).await.unwrap().role, Role::Owner);
        assert!(matches!(teammate::load(&mut conn, &"nobody".into()).await, Err(Error::Missing { .. })));
    }

    async fn a_role_and_a_password_can_be_changed(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        teammate::set_role(&mut tx, &ben(), Role::Admin).await.unwrap();
        teammate::set_password_hash(&mut tx, &ben(), "new").await.unwrap();
        let (found, hash) = teammate::find_by_email(&mut tx, "ben@example.com").await.unwrap().unwrap();
        assert_eq!((found.role, hash.as_str()), (Role::Admin, "new"));
        assert!(matches!(teammate::set_role(&mut tx, &"nobody".into(), Role::Admin).await, Err(Error::Missing { .. })));
    }

    async fn a_session_ends_at_its_time_or_by_signing_out(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        for (token, expires_at_ms) in [("short", 100), ("long", 1_000), ("other", 1_000)] {
            let whose = if token == "other" { ben() } else { ann() };
            session::create(&mut tx, token, &whose, 0, expires_at_ms).await.unwrap();
        }
        let found = session::find(&mut tx, "short", 99).await.unwrap().unwrap();
        assert_eq!((found.teammate.id, found.teammate.role, found.expires_at_ms), (ann(), Role::Owner, 100));
        assert_eq!(session::find(&mut tx, "short", 100).await.unwrap(), None);
        assert_eq!(session::find(&mut tx, "unknown", 0).await.unwrap(), None);
        session::extend(&mut tx, "short", 500).await.unwrap();
        assert!(session::find(&mut tx, "short", 100).await.unwrap().is_some());
        assert_eq!(session::delete_expired(&mut tx, 500).await.unwrap(), 1);
        session::delete(&mut tx, "long").await.unwrap();
        assert_eq!(session::find(&mut tx, "long", 0).await.unwrap(), None);
        assert_eq!(session::delete_all_of(&mut tx, &ben()).await.unwrap(), 1);
    }

    async fn presence_is_a_sign_of_life_within_a_minute(database: &TestDatabase) {
        furnish(&database.db).await;
        let within_ms = presence::ONLINE_WITHIN_MS;
        let mut tx = database.db.write().await.unwrap();
        presence::touch(&mut tx, &"vic".into(), 1_000).await.unwrap();
        assert!(!presence::is_anyone_online(&mut tx, 1_000, within_ms).await.unwrap(), "a viewer can't help");
        presence::touch(&mut tx, &ann(), 1_000).await.unwrap();
        presence::touch(&mut tx, &ann(), 500).await.unwrap();
        presence::touch(&mut tx, &ben(), 9_000).await.unwrap();
        let online = presence::list_online(&mut tx, 60_999, within_ms).await.unwrap();
        assert_eq!(online, [ann(), ben(), "vic".into()]);
        assert_eq!(presence::list_online(&mut tx, 61_000, within_ms).await.unwrap(), [ben()]);
        assert!(presence::is_anyone_online(&mut tx, 61_000, within_ms).await.unwrap());
        presence::leave(&mut tx, &ben()).await.unwrap();
        assert!(!presence::is_anyone_online(&mut tx, 61_000, within_ms).await.unwrap());
    }

    async fn the_audit_log_is_read_newest_first_in_pages(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        for (id, at_ms) in [("a", 1), ("b", 2), ("c", 2), ("d", 3)] {
            let record = AuditRecord {
                id: id.into(),
                at_ms,
                who: (id != "d").then(ann),
                what: "action.saved".into(),
                subject: "action".into(),
                detail: "Enabled".into(),
            };
            audit::add(&mut tx, &record).await.unwrap();
        }
        let page = audit::list(&mut tx, None, 2).await.unwrap();
        assert_eq!(page.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["d", "c"]);
        assert_eq!((&page[0].who, &page[1].who), (&None, &Some(ann())));
        let rest = audit::list(&mut tx, Some((2, "c")), 9).await.unwrap();
        assert_eq!(rest.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    }

    async fn a_customer_is_known_by_the_hash_of_a_token(database: &TestDatabase) {
        furnish(&database.db).await;
        let mut tx = database.db.write().await.unwrap();
        let mut known = customer::find_by_token_hash(&mut tx, "token-of-customer").await.unwrap().unwrap();
        assert_eq!(known, a_customer("customer"));
        assert_eq!(customer::find_by_token_hash(&mut tx, "another").await.unwrap(), None);
        known.email = Some("kim@example.com".into());
        known.seen_at_ms = START_MS + 5;
        customer::update(&mut tx, &known).await.unwrap();
        assert_eq!(customer::load(&mut tx, &known.id).await.unwrap(), known);
        assert!(matches!(customer::update(&mut tx, &a_customer("nobody")).await, Err(Error::Missing { .. })));
        let twice = customer::create(&mut tx, &a_customer("twin"), "token-of-customer").await;
        assert!(twice.unwrap_err().is_conflict());
    }
}
