//! A database for one test, fresh and migrated, gone when the test ends: SQLite in a temporary folder, or one of its
//! own on the Postgres that `BATON_TEST_POSTGRES_URL` names (the address of somebody who may create databases).

#![allow(dead_code)] // Each test binary uses its part.

use baton::store::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// How many connections one handle opens: enough for the races, few enough for many tests at once.
const CONNECTIONS_MAX: u32 = 4;

/// A fresh database. Dropping it deletes it, also when the test panics.
pub struct TestDatabase {
    /// An open handle.
    pub db: Db,
    /// Its address, for other processes and [`Db::open`].
    pub url: String,
    home: Home,
}

enum Home {
    Sqlite { _folder: tempfile::TempDir },
    Postgres { admin_url: String, name: String },
}

impl TestDatabase {
    /// A migrated SQLite database.
    pub async fn sqlite() -> Self {
        let database = Self::sqlite_empty().await;
        database.db.migrate().await.expect("migrate SQLite");
        database
    }

    /// A migrated Postgres database, or `None`, having said so, where no Postgres is at hand.
    pub async fn postgres() -> Option<Self> {
        let database = Self::postgres_empty().await?;
        database.db.migrate().await.expect("migrate Postgres");
        Some(database)
    }

    /// An SQLite database without a schema.
    pub async fn sqlite_empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}/baton.db", folder.path().display());
        let db = Db::open(&url, CONNECTIONS_MAX).await.expect("open SQLite");
        Self { db, url, home: Home::Sqlite { _folder: folder } }
    }

    /// A Postgres database without a schema, or `None`, having said so, where no Postgres is at hand.
    ///
    /// # Panics
    /// If there is none although there must be: under continuous integration, or with `BATON_REQUIRE_POSTGRES`.
    pub async fn postgres_empty() -> Option<Self> {
        let Ok(admin_url) = std::env::var("BATON_TEST_POSTGRES_URL") else {
            let is_set =
                |name: &str| std::env::var(name).is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
            assert!(
                !is_set("CI") && !is_set("BATON_REQUIRE_POSTGRES"),
                "BATON_TEST_POSTGRES_URL is not set: run the tests by script/test, or by script/with-postgres"
            );
            eprintln!("not run on Postgres: BATON_TEST_POSTGRES_URL is not set (script/with-postgres sets it)");
            return None;
        };
        let name = format!("baton_test_{}", uuid::Uuid::now_v7().simple());
        run_as_admin(&admin_url, format!("create database {name} template template0 encoding 'UTF8'")).await;
        let url = with_database(&admin_url, &name);
        let db = Db::open(&url, CONNECTIONS_MAX).await.expect("open Postgres");
        Some(Self { db, url, home: Home::Postgres { admin_url, name } })
    }

    /// Another handle to the same database, with connections of its own: what another process would have.
    pub async fn again(&self) -> Db {
        Db::open(&self.url, CONNECTIONS_MAX).await.expect("open the database again")
    }

    /// Runs any SQL, as only a test may.
    pub async fn execute(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match &self.db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await?.rows_affected(),
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await?.rows_affected(),
        })
    }

    /// Runs SQL that gives one number.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        let row: Result<(i64,), _> = match &self.db {
            Db::Sqlite { write, .. } => sqlx::query_as(sql).fetch_one(write).await,
            Db::Postgres(pool) => sqlx::query_as(sql).fetch_one(pool).await,
        };
        row.expect("one number").0
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Home::Postgres { admin_url, name } = &self.home else { return };
        let (admin_url, name) = (admin_url.clone(), name.clone());
        // Dropping can't wait for a future of the test's runtime, so it takes a thread with one of its own.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run_as_admin(&admin_url, format!("drop database if exists {name} with (force)")));
        });
        if thread.join().is_err() {
            eprintln!("a test database was not dropped");
        }
    }
}

async fn run_as_admin(admin_url: &str, sql: String) {
    let mut connection = PgConnection::connect(admin_url).await.expect("connect to BATON_TEST_POSTGRES_URL");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("create or drop a test database");
}

/// The same server, another database: replaces the path and keeps the parameters.
fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let host_begin = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[host_begin..].find('/').map_or(address.len(), |at| host_begin + at);
    let parameters = parameters.map(|rest| format!("?{rest}")).unwrap_or_default();
    format!("{}/{name}{parameters}", &address[..host_end])
}

/// Declares tests that run on both databases: each `async fn` becomes `name::on_sqlite` and `name::on_postgres`.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$doc:meta])* async fn $name:ident($database:ident: &TestDatabase) $body:block)*) => {
        $(
            $(#[$doc])*
            mod $name {
                use super::*;

                async fn test($database: &TestDatabase) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    test(&TestDatabase::sqlite().await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    if let Some(database) = TestDatabase::postgres().await {
                        test(&database).await;
                    }
                }
            }
        )*
    };
}
