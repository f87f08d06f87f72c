//! The figures that ARCHITECTURE.md gives budgets for, as far as a minute or two can tell: `script/bench smoke` runs it. It
//! measures and prints; it judges nothing. The server is the real program over SQLite, as a process of its own, on the same
//! machine as whoever asks it, so the figures hold the time of both.

// Each benchmark uses its part of the support.
#[path = "../../tests/support/events.rs"]
mod events;
#[path = "../support/home.rs"]
mod home;
#[path = "../../tests/support/people.rs"]
mod people;
#[path = "../../tests/support/process.rs"]
mod process;
#[path = "../support/table.rs"]
mod table;

mod latency;
mod sizes;
mod throughput;

use home::{database_url, memory, new_server};
use people::Person;
use process::Server;
use std::path::Path;
use std::time::Duration;
use table::{Line, in_ms, line, percentile};

/// How often the start is measured.
const STARTS: usize = 7;
/// How long the server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() {
    table::head();
    let mut lines = sizes::measure(Path::new(env!("CARGO_MANIFEST_DIR")));

    let home = tempfile::tempdir().expect("a temporary folder");
    let mut server = new_server(home.path(), &[]);
    let http = people::client();
    server.start(&http).await;
    let teammate = Person::set_up(&server.url()).await;
    lines.extend(rest(&mut server, &http).await);
    lines.extend(latency::measure(&server, &teammate).await);
    lines.push(line("memory after that", memory(&server), ""));
    drop(server);
    lines.extend(throughput::measure().await);
    table::print(&lines);
}

/// Starting over a migrated database, and doing nothing.
async fn rest(server: &mut Server, http: &reqwest::Client) -> Vec<Line> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        server.kill();
        starts.push(server.start(http).await);
    }
    tokio::time::sleep(IDLE).await;
    let start = format!("{} ms", in_ms(percentile(&mut starts, 50)));
    vec![
        line("start to first answered request, median", start, "300 ms"),
        line("idle memory", memory(server), "150 MB, goal 120"),
    ]
}
