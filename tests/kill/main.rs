//! The server is killed without warning, again and again, while customers and teammates go on; afterwards nothing that was
//! acknowledged is lost, nothing happened twice, and nobody was left waiting (PRODUCT.md §4). It is the real program, as a
//! process of its own, over HTTP. `script/kill-test` runs it longer.
//!
//! `BATON_KILL_SEED` repeats the random choices of a run (not its timing), `BATON_KILL_COUNT` says how often to kill.

#[path = "../support/database.rs"]
mod database;
#[path = "../support/events.rs"]
mod events;
#[path = "../support/gather.rs"]
mod gather;
#[path = "../support/people.rs"]
mod people;
#[path = "../support/process.rs"]
mod process;

mod api;
mod book;
mod check;
mod customers;
mod history;
mod load;
mod report;
mod rows;
mod tamper;
mod teammates;

use baton::domain::HandoffSettings;
use baton::store::{Db, jobs};
use database::TestDatabase;
use gather::text_field;
use load::Running;
use people::{PASSWORD, Person};
use process::Server;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use report::Kills;
use rows::Rows;
use std::time::{Duration, Instant};

/// How often the server is killed in each test.
const KILLS: u32 = 50;
/// How long it lives after it answers, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 150..600;
/// One in so many is killed before it answers.
const KILLED_STARTING: f64 = 0.12;
/// How long the load runs before the first kill and after the last.
const CALM: Duration = Duration::from_secs(1);
/// After the load, what is left to do is done within this: the longest timers and a dead worker's lease.
const QUIET_MAX: Duration = Duration::from_secs(60);
/// Timers that go off within the test, and short bursts, so that turns run in the server's short lives.
const SETTINGS: [(&str, &str); 7] = [
    ("BURST_MS", "60"),
    ("PICK_UP_REMIND_MS", "1500"),
    ("PICK_UP_WIDEN_MS", "3000"),
    ("PICK_UP_TELL_MS", "4500"),
    ("TEAMMATE_SILENT_MS", "5000"),
    ("LOG", "warn,baton=info"),
    ("DATABASE_CONNECTIONS", "6"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_lose_and_double_nothing_on_sqlite() {
    kill_again_and_again("SQLite", TestDatabase::sqlite_empty().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_lose_and_double_nothing_on_postgres() {
    if let Some(database) = TestDatabase::postgres_empty().await {
        kill_again_and_again("Postgres", database).await;
    }
}

async fn kill_again_and_again(name: &str, database: TestDatabase) {
    let kills: u32 = number("BATON_KILL_COUNT").unwrap_or(KILLS);
    let seed: u64 = number("BATON_KILL_SEED").unwrap_or_else(rand::random);
    println!("{name}: {kills} kills, BATON_KILL_SEED={seed}");
    // Whatever holds the database open would also hold its memory of the log: a killed server must be alone with it.
    database.db.close().await;

    let began = Instant::now();
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut server = Server::new(env!("CARGO_BIN_EXE_baton"), home.path(), &database.url, &SETTINGS);
    let http = people::client();
    server.start(&http).await;
    let team = furnish(&server).await;
    let furnished_after = began.elapsed();
    let widget_key = team[0].agent().await.agent.widget_key;

    let mut rng = StdRng::seed_from_u64(seed);
    let mut running = Running::begin(&server.url(), &widget_key, &team, rng.random()).await;
    tokio::time::sleep(CALM).await;
    let mut killed = kill(&mut server, &http, &mut running, kills, &mut rng).await;
    tokio::time::sleep(CALM).await;
    let book = running.end().await;

    let db = database.again().await;
    killed.furnished_after = furnished_after;
    killed.quiet_after = quiet(&db).await;
    let rows = Rows::read(&db).await;
    let mut wrong = rows::unsound(&db).await;
    let visitors = book.visitors().clone();
    wrong.extend(api::check(&rows, &team[0], &visitors).await);
    let heard = running.close_streams().await;
    let pages = book.open().clone();
    wrong.extend(check::check(&rows, &pages, &heard));
    killed.took = began.elapsed();

    let title = format!("{name}: killed and started again, BATON_KILL_SEED={seed}");
    let table = report::table(&title, &killed, &rows, &pages, &heard);
    println!("{table}");
    if !wrong.is_empty() {
        let (count, first) = (wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n  "));
        let kept = home.keep();
        panic!("{table}\n{count} wrong, BATON_KILL_SEED={seed}, log kept in {}:\n  {first}", kept.display());
    }
    assert!(pages.written.len() > kills as usize, "there was hardly any load: {table}");
    tamper::expect_complaints(&rows, &pages, &heard);
    db.close().await;
}

/// The team, Ann and Ben, with Vic who only reads, and the action that hands off with one required value.
async fn furnish(server: &Server) -> Vec<Person> {
    let ann = Person::set_up(&server.url()).await;
    for (name, email, role) in [("Ben Baker", "ben@example.com", "teammate"), ("Vic Vale", "vic@example.com", "viewer")]
    {
        let arguments = ["user", "create", "--name", name, "--email", email, "--role", role, "--password-stdin"];
        server.run(&arguments, PASSWORD);
    }
    let ben = Person::sign_in(&server.url(), "ben@example.com").await;
    let order_number = text_field(check::handoffs::REQUIRED, "The number of the order, as in the confirmation");
    let settings = HandoffSettings {
        enabled: true,
        when_to_use: "Hand off when the customer has a billing issue or wants a refund.".to_owned(),
        auto_priority: true,
        gather: vec![order_number],
        ..HandoffSettings::default()
    };
    ann.save_handoff(&settings).await;
    vec![ann, ben]
}

/// Kills and starts the server, `kills` times.
async fn kill(
    server: &mut Server,
    http: &reqwest::Client,
    running: &mut Running,
    kills: u32,
    rng: &mut StdRng,
) -> Kills {
    let mut killed = Kills::default();
    while killed.total < kills {
        let life = if killed.total > 0 && rng.random_bool(KILLED_STARTING) {
            Duration::from_millis(rng.random_range(0..60))
        } else {
            if killed.total > 0 {
                // Spawned below.
                let began = Instant::now();
                server.ready(http).await;
                killed.starts.push(began.elapsed());
            }
            Duration::from_millis(rng.random_range(LIFE_MS))
        };
        killed.while_starting += u32::from(life < Duration::from_millis(LIFE_MS.start));
        tokio::time::sleep(life).await;
        running.check();
        server.kill();
        killed.total += 1;
        server.spawn();
    }
    server.ready(http).await;
    killed
}

/// Waits until no job is left. Returns how long that took.
async fn quiet(db: &Db) -> Duration {
    let began = Instant::now();
    loop {
        let mut conn = db.read().await.expect("the database can be read");
        let counts = jobs::count(&mut conn).await.expect("jobs can be counted");
        drop(conn);
        if counts.ready == 0 && counts.running == 0 {
            return began.elapsed();
        }
        assert!(began.elapsed() < QUIET_MAX, "jobs are left after {QUIET_MAX:?}: {counts:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn number<T: std::str::FromStr>(variable: &str) -> Option<T> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}
