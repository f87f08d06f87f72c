//! How many messages a second the server stores, against a bare loop of inserts with the same pragmas on the same disk.

use crate::people::{self, Customer, Person};
use crate::{Line, database_url, line, new_server};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many customers write, each as soon as the last message is acknowledged.
const WRITERS: usize = 32;
/// How long the server stores; the bare loop runs half of it before and half after.
const STORES: Duration = Duration::from_secs(5);
/// The longest burst that can be set: the AI's turns begin after the measurement.
const TURNS_WAIT: (&str, &str) = ("BURST_MS", "10000");

/// Both, and what one is of the other.
pub async fn measure() -> Vec<Line> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut server = new_server(home.path(), &[TURNS_WAIT]);
    let http = people::client();
    server.start(&http).await;
    let owner = Person::set_up(&server.url()).await;
    let key = owner.agent().await.agent.widget_key;
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        writers.push(Customer::visit(&http, &server.url(), &key).await);
    }

    let before = bare(home.path(), STORES / 2).await;
    let stored = store(writers).await;
    let after = bare(home.path(), STORES / 2).await;
    let bare = (before + after) / 2.0;
    vec![
        line(format!("messages stored, {WRITERS} customers at once"), format!("{stored:.0}/s"), ""),
        line("rows inserted by a bare sqlx loop", format!("{bare:.0}/s ({before:.0} before, {after:.0} after)"), ""),
        line("the one of the other", format!("{:.0} %", stored / bare * 100.0), "50 %"),
    ]
}

/// Messages a second.
async fn store(writers: Vec<Customer>) -> f64 {
    let begin = Instant::now();
    let mut writing = JoinSet::new();
    for writer in writers {
        writing.spawn(async move {
            let mut stored = 0_u32;
            while begin.elapsed() < STORES {
                let client_id = uuid::Uuid::now_v7().to_string();
                writer.write(&client_id, BODY).await;
                stored += 1;
            }
            stored
        });
    }
    let stored: u32 = writing.join_all().await.into_iter().sum();
    f64::from(stored) / begin.elapsed().as_secs_f64()
}

const BODY: &str = "Where is my parcel? I ordered it a week ago.";

/// Rows a second, each in a transaction of its own.
async fn bare(home: &Path, time: Duration) -> f64 {
    let url = database_url(home).replace("baton.db", "bare.db");
    // As store/db.rs opens the server's.
    let options = SqliteConnectOptions::from_str(&url)
        .expect("an address that was made here")
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("a database for the bare loop");
    let table = "create table if not exists message (id text primary key, seq bigint not null, body text not null)";
    sqlx::query(table).execute(&mut connection).await.expect("its table");
    let begin = Instant::now();
    let mut inserted = 0_i64;
    while begin.elapsed() < time {
        inserted += 1;
        sqlx::query("insert into message (id, seq, body) values ($1, $2, $3)")
            .bind(uuid::Uuid::now_v7().to_string())
            .bind(inserted)
            .bind(BODY)
            .execute(&mut connection)
            .await
            .expect("a row");
    }
    inserted as f64 / begin.elapsed().as_secs_f64()
}
