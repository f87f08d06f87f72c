//! How long a customer's message takes until it is acknowledged, and until a teammate's browser hears of it. The AI answers
//! meanwhile, as it does in life.

use crate::events::Events;
use crate::people::{self, Customer, Person};
use crate::process::Server;
use crate::{Line, in_ms, line, percentile};
use baton::store::Db;
use serde::Deserialize;
use sqlx::SqlitePool;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many conversations are "many at once".
const MANY: u32 = 200;
/// How often each of many customers writes.
const WRITES_EVERY: Duration = Duration::from_secs(5);
/// How often each does so.
const ROUNDS: u32 = 3;
/// How many messages one customer alone writes, and how far apart.
const ALONE: u32 = 150;
const ALONE_EVERY: Duration = Duration::from_millis(30);
/// How long the stream may take to tell the last change.
const TOLD_WITHIN: Duration = Duration::from_secs(10);

/// A message's three moments, the last found by its place.
struct Sent {
    conversation_id: String,
    entry_seq: i64,
    began: Instant,
    acknowledged: Instant,
}

type Heard = Arc<Mutex<HashMap<i64, Instant>>>;

/// One customer, many at their own pace, many at the same moment.
pub async fn measure(server: &Server, teammate: &Person) -> Vec<Line> {
    let key = teammate.agent().await.agent.widget_key;
    let heard = Heard::default();
    let listener = tokio::spawn(listen(teammate.clone(), heard.clone()));
    let http = people::client();
    let db = Db::open(&server.database_url, 2).await.expect("the server's database can be read");

    let one = Customer::visit(&http, &server.url(), &key).await;
    let alone = write(vec![one], ALONE, |_, round| ALONE_EVERY * round).await;
    let mut many = Vec::new();
    for _ in 0..MANY {
        many.push(Customer::visit(&http, &server.url(), &key).await);
    }
    // Each connection is open, each conversation begun.
    write(many.clone(), 1, |customer, _| WRITES_EVERY * customer / MANY).await;
    let paced =
        write(many.clone(), ROUNDS, |customer, round| WRITES_EVERY * round + WRITES_EVERY * customer / MANY).await;
    let at_once = write(many, ROUNDS, |_, round| WRITES_EVERY / 2 * round).await;

    let pace = f64::from(MANY) / WRITES_EVERY.as_secs_f64();
    let mut lines = Vec::new();
    let cases = [
        (alone, "1 conversation".to_owned(), ""),
        (paced, format!("{MANY} conversations, {pace:.0} messages/s"), "p99 25 ms"),
        (at_once, format!("{MANY} messages at the same moment"), ""),
    ];
    for (sent, case, budget) in cases {
        let (acknowledged, told) = times(&db, &heard, &sent).await;
        lines.push(line(format!("POST to 201, {case}"), acknowledged, ""));
        lines.push(line(format!("POST to the teammate's stream, {case}"), told, budget));
    }
    listener.abort();
    lines
}

/// Everybody writes so many messages, each at its moment after the common beginning.
async fn write(customers: Vec<Customer>, rounds: u32, at: fn(u32, u32) -> Duration) -> Vec<Sent> {
    let begin = Instant::now();
    let mut writing = JoinSet::new();
    for (number, customer) in (0..).zip(customers) {
        writing.spawn(async move {
            let mut sent = Vec::new();
            for round in 0..rounds {
                tokio::time::sleep_until((begin + at(number, round)).into()).await;
                let client_id = uuid::Uuid::now_v7().to_string();
                let began = Instant::now();
                let (_, stored) = customer.write(&client_id, "Where is my parcel? I ordered it a week ago.").await;
                let (conversation_id, entry_seq) = (stored.conversation_id.0, stored.entry.seq);
                sent.push(Sent { conversation_id, entry_seq, began, acknowledged: Instant::now() });
            }
            sent
        });
    }
    writing.join_all().await.into_iter().flatten().collect()
}

/// Notes when each change is heard of.
async fn listen(teammate: Person, heard: Heard) {
    #[derive(Deserialize)]
    struct Told {
        seq: i64,
    }
    let mut events = Events::new(&teammate.http, format!("{}/stream", teammate.url));
    loop {
        let event = events.next().await;
        let now = Instant::now();
        if let ("change", Ok(told)) = (event.name.as_str(), serde_json::from_str::<Told>(&event.data)) {
            heard.lock().expect("nobody panics with it").insert(told.seq, now);
        }
    }
}

/// p50 and p99 until the acknowledgement, and until the stream told of it.
async fn times(db: &Db, heard: &Heard, sent: &[Sent]) -> (String, String) {
    let Db::Sqlite { read, .. } = db else { unreachable!("this benchmark is about SQLite") };
    let changes = changes(read).await;
    let began = Instant::now();
    let mut told = Vec::new();
    for message in sent {
        let seq = changes[&(message.conversation_id.clone(), message.entry_seq)];
        let at = loop {
            if let Some(at) = heard.lock().expect("nobody panics with it").get(&seq) {
                break *at;
            }
            assert!(began.elapsed() < TOLD_WITHIN, "the stream never told of change {seq}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        told.push(at - message.began);
    }
    let mut acknowledged: Vec<_> = sent.iter().map(|message| message.acknowledged - message.began).collect();
    (shown(&mut acknowledged), shown(&mut told))
}

/// Which change told of which entry.
async fn changes(pool: &SqlitePool) -> HashMap<(String, i64), i64> {
    let sql = "select conversation_id, entry_seq, seq from change where kind = 'message' and entry_seq is not null";
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(sql).fetch_all(pool).await.expect("changes can be read");
    rows.into_iter().map(|(conversation_id, entry_seq, seq)| ((conversation_id, entry_seq), seq)).collect()
}

fn shown(times: &mut [Duration]) -> String {
    format!("p50 {} ms, p99 {} ms", in_ms(percentile(times, 50)), in_ms(percentile(times, 99)))
}
