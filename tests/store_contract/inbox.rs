//! The inbox's list: views, order, paging, counts, and what a page costs.

use crate::database::TestDatabase;
use crate::engine::{MINUTE_MS, Story, ann, ben};
use crate::told::{Told, furnish};
use baton::domain::*;
use baton::handoff::Event;
use baton::store::conversation_list::{Cursor, Page, count, list};
use baton::store::{Db, Dialect};
use baton::wire::conversation::InboxView;

async fn view(db: &Db, view: InboxView, after: Option<&Cursor>, limit: i64) -> Page {
    list(&mut db.read().await.unwrap(), view, &ann(), after, limit).await.unwrap()
}

fn ids(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

/// A conversation of each kind, each of its own customer.
async fn one_of_each(db: &Db) {
    furnish(db).await;
    Told::of_customer(db, "ai").await.tell(Story::wrote).await;
    for name in ["queue", "ann", "ben", "snoozed", "resolved"] {
        let mut told = Told::of_customer(db, name).await;
        told.tell(Story::wrote).await;
        told.tell(|_| Event::CustomerAskedForPerson).await;
        match name {
            "ann" => drop(told.tell(|story| story.took_over(ann())).await),
            "ben" => drop(told.tell(|story| story.took_over(ben())).await),
            "snoozed" => drop(told.tell(Story::snoozed).await),
            "resolved" => drop(told.tell(|_| Event::TeammateResolved { teammate: ann() }).await),
            _ => {}
        }
    }
}

on_both_databases! {
    async fn each_view_holds_what_its_name_says_and_counts_it(database: &TestDatabase) {
        let db = &database.db;
        one_of_each(db).await;
        let counts = count(&mut db.read().await.unwrap(), &ann()).await.unwrap();
        let expected: [(InboxView, &[&str]); 7] = [
            (InboxView::NeedsIntervention, &["of-queue"]),
            (InboxView::Mine, &["of-ann"]),
            (InboxView::Unassigned, &["of-ai", "of-queue"]),
            (InboxView::Ai, &["of-ai"]),
            (InboxView::Open, &["of-ai", "of-ann", "of-ben", "of-queue"]),
            (InboxView::Snoozed, &["of-snoozed"]),
            (InboxView::Resolved, &["of-resolved"]),
        ];
        for (which, expected) in expected {
            let page = view(db, which, None, 50).await;
            let mut found = ids(&page);
            found.sort();
            assert_eq!(found, expected, "{which:?}");
            assert_eq!(counts.of(which), expected.len() as i64, "{which:?}");
            assert_eq!(page.next, None);
        }
    }

    async fn a_row_says_who_owns_it_who_waits_and_who_wrote_last(database: &TestDatabase) {
        let db = &database.db;
        one_of_each(db).await;
        let page = view(db, InboxView::Mine, None, 50).await;
        let row = &page.rows[0];
        assert_eq!((&row.owner, row.owner_name.as_deref()), (&Owner::Teammate(ann()), Some("ann")));
        assert_eq!((row.agent_name.as_str(), row.customer_id.as_str()), ("Ada", "ann"));
        assert!(row.waiting_since_ms.is_some());
        // The notice to the customer came last; event lines don't count.
        assert_eq!(row.last_author.as_deref(), Some("system"));
        assert!(row.last_body.as_ref().is_some_and(|body| !body.is_empty()) && row.last_message_at_ms.is_some());
        let page = view(db, InboxView::Ai, None, 50).await;
        assert_eq!(page.rows[0].last_body.as_deref(), Some("Where is my order?"));
        assert_eq!(page.rows[0].last_author.as_deref(), Some("customer"));
        assert_eq!(page.rows[0].owner_name, None);
    }

    async fn urgent_comes_first_then_the_longest_wait_then_what_changed_last(database: &TestDatabase) {
        let db = &database.db;
        furnish(db).await;
        for (name, minute, priority) in [
            ("late", 3, None),
            ("early", 1, None),
            ("high", 5, Some(Priority::High)),
            ("urgent-late", 4, Some(Priority::Urgent)),
            ("urgent-early", 2, Some(Priority::Urgent)),
        ] {
            let mut told = Told::of_customer(db, name).await;
            told.story.now_ms += minute * MINUTE_MS;
            told.tell(Story::wrote).await;
            told.tell(|_| Event::CustomerAskedForPerson).await;
            told.tell(|_| Event::TeammateSetPriority { teammate: ben(), priority }).await;
        }
        for (name, minute) in [("ai-old", 1), ("ai-new", 9)] {
            let mut told = Told::of_customer(db, name).await;
            told.story.now_ms += minute * MINUTE_MS;
            told.tell(Story::wrote).await;
        }
        let page = view(db, InboxView::Open, None, 50).await;
        let order =
            ["of-urgent-early", "of-urgent-late", "of-high", "of-early", "of-late", "of-ai-new", "of-ai-old"];
        assert_eq!(ids(&page), order);
    }

    async fn pages_follow_each_other_without_gaps_or_repeats(database: &TestDatabase) {
        let db = &database.db;
        furnish(db).await;
        for number in 0..7 {
            // All at the same moment: their ids alone tell them apart.
            let mut told = Told::of_customer(db, &format!("n{number}")).await;
            told.tell(Story::wrote).await;
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = view(db, InboxView::Open, after.as_ref(), 3).await;
            seen.extend(page.rows.iter().map(|row| row.id.to_string()));
            let Some(next) = page.next else { break };
            after = Some(Cursor::parse(&next.to_string()).expect("a cursor is read as it was written"));
        }
        assert_eq!(seen, (0..7).map(|number| format!("of-n{number}")).collect::<Vec<_>>());
    }

    /// The budget: a first page costs the same however much there is, so it reads an index in its order.
    async fn a_first_page_is_read_from_an_index_without_sorting(database: &TestDatabase) {
        let Db::Sqlite { read, .. } = &database.db else {
            // Postgres plans by the size of the tables; a small one is always scanned.
            return;
        };
        for (name, sql) in baton::store::statements(Dialect::Sqlite) {
            if !name.contains("conversation_list::") || name.ends_with("COUNT") {
                continue;
            }
            let sql = sqlx::AssertSqlSafe(format!("explain query plan {sql}"));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(read).await.unwrap();
            let plan: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
            let is_search = plan.iter().any(|step| step.contains("SEARCH c USING INDEX conversation_list_"));
            let is_sorted = plan.iter().any(|step| step.contains("TEMP B-TREE"));
            assert!(is_search && !is_sorted, "{name}: {plan:#?}");
        }
    }
}

#[test]
fn a_cursor_that_nobody_wrote_is_refused() {
    for text in ["", "1", "1.2", "x.2.id", "1.x.id"] {
        assert_eq!(Cursor::parse(text), None, "{text:?}");
    }
}
