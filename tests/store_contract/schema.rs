//! The schema, the statements, and opening a database.

use crate::database::TestDatabase;
use baton::store::{Db, Dialect, Error, statements};
use sqlx::{Executor, SqlSafeStr};
use std::path::Path;

on_both_databases! {
    async fn every_statement_can_be_prepared(database: &TestDatabase) {
        let statements = statements(database.db.dialect());
        assert!(statements.len() > 80, "only {} statements are listed", statements.len());
        for (name, sql) in statements {
            let prepared = match &database.db {
                Db::Sqlite { write, .. } => write.prepare(sql.into_sql_str()).await.map(|_| ()),
                Db::Postgres(pool) => pool.prepare(sql.into_sql_str()).await.map(|_| ()),
            };
            prepared.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    async fn migrating_again_changes_nothing(database: &TestDatabase) {
        database.db.migrate().await.unwrap();
        database.again().await.migrate().await.unwrap();
    }

    async fn a_database_of_a_newer_program_is_refused_with_both_versions(database: &TestDatabase) {
        database
            .execute(
                "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                select 9000, 'the future', success, checksum, 0 from _sqlx_migrations where version = 1",
            )
            .await
            .unwrap();
        match database.db.migrate().await {
            Err(Error::Newer { database: 9000, binary }) => assert_eq!(binary, Db::version_known()),
            other => panic!("{other:?}"),
        }
    }

    async fn every_constraint_has_a_name_of_ours(database: &TestDatabase) {
        let Dialect::Postgres = database.db.dialect() else {
            // SQLite keeps the names in the text that Postgres has read.
            return;
        };
        // Postgres makes up names that end so; ours say what they hold.
        let unnamed = database
            .number(
                "select count(*) from information_schema.table_constraints
                where table_schema = 'public' and constraint_type <> 'CHECK' and table_name <> '_sqlx_migrations'
                    and (constraint_name like '%\\_pkey' or constraint_name like '%\\_key'
                        or constraint_name like '%\\_fkey')",
            )
            .await;
        assert_eq!(unnamed, 0);
    }

    async fn a_transaction_that_is_dropped_leaves_nothing(database: &TestDatabase) {
        let mut tx = database.db.write().await.unwrap();
        baton::store::workspace::create(&mut tx, "Acme", 1).await.unwrap();
        drop(tx);
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(baton::store::workspace::find(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn two_processes_migrate_an_empty_database_at_once() {
    let mut databases = vec![TestDatabase::sqlite_empty().await];
    databases.extend(TestDatabase::postgres_empty().await);
    for database in databases {
        let other = database.again().await;
        let (one, two) = tokio::join!(database.db.migrate(), other.migrate());
        one.unwrap();
        two.unwrap();
    }
}

#[tokio::test]
async fn readers_of_sqlite_cannot_write() {
    let database = TestDatabase::sqlite().await;
    let Db::Sqlite { read, .. } = &database.db else { unreachable!() };
    assert!(sqlx::query("delete from teammate").execute(read).await.is_err());
}

#[tokio::test]
async fn sqlite_is_opened_so_that_what_is_acknowledged_is_stored() {
    let database = TestDatabase::sqlite().await;
    // 2 is "full".
    assert_eq!(database.number("select synchronous from pragma_synchronous").await, 2);
    assert_eq!(database.number("select foreign_keys from pragma_foreign_keys").await, 1);
    assert_eq!(database.number("select journal_mode = 'wal' from pragma_journal_mode").await, 1);
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    for url in ["mysql://localhost/baton", "baton.db", "sqlite::memory:", "sqlite://?mode=memory"] {
        assert!(matches!(Db::open(url, 1).await, Err(Error::Address { .. })), "{url}");
    }
}

#[tokio::test]
async fn sqlite_makes_the_folder_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/a/b/baton.db", folder.path().display());
    Db::open(&url, 1).await.unwrap().migrate().await.unwrap();
    assert!(folder.path().join("a/b/baton.db").exists());
}

#[test]
fn no_sql_stands_outside_the_store() {
    let mut found = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.is_empty(), "SQL belongs in src/store:\n{}", found.join("\n"));
}

fn visit(folder: &Path, found: &mut Vec<String>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("src/store") {
                visit(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let odd = text.lines().enumerate().filter(|(_, line)| is_sql(line));
            found.extend(odd.map(|(row, line)| format!("{}:{}: {}", path.display(), row + 1, line.trim())));
        }
    }
}

/// A line of code that names the SQL library, or whose string begins like a statement.
fn is_sql(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("//") {
        return false;
    }
    let begins_like_sql = ["insert into ", "delete from ", "select "].iter().any(|word| {
        let quoted = format!("\"{word}");
        line.to_lowercase().contains(&quoted)
    });
    line.contains("sqlx::") || (begins_like_sql && (line.contains(" from ") || line.contains(" into ")))
}
