//! The figures that ARCHITECTURE.md gives budgets for, as far as a minute or two can tell: `script/bench smoke` runs it. It
//! measures and prints; it judges nothing. The server is the real program over SQLite, as a process of its own, on the same
//! machine as whoever asks it, so the figures hold the time of both.

// Each benchmark uses its part of the support.
#[path = "../../tests/support/events.rs"]
mod events;
#[path = "../../tests/support/people.rs"]
mod people;
#[path = "../../tests/support/process.rs"]
mod process;

mod latency;
mod sizes;
mod throughput;

use people::Person;
use process::Server;
use std::path::Path;
use std::time::Duration;

/// How often the start is measured.
const STARTS: usize = 7;
/// How long the server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(3);

/// One line of the table.
pub struct Line {
    what: String,
    measured: String,
    budget: &'static str,
}

/// A line.
pub fn line(what: impl Into<String>, measured: impl Into<String>, budget: &'static str) -> Line {
    Line { what: what.into(), measured: measured.into(), budget }
}

#[tokio::main]
async fn main() {
    let build = if cfg!(debug_assertions) {
        "development build: slower than what is released; budgets are meant for --release"
    } else {
        "release build"
    };
    println!("Baton, {build}");
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
    print(&lines);
}

/// A server over an SQLite file in `home`.
pub fn new_server(home: &Path, settings: &[(&str, &str)]) -> Server {
    let url = database_url(home);
    let quiet = [settings, &[("LOG", "warn")]].concat();
    Server::new(env!("CARGO_BIN_EXE_baton"), home, &url, &quiet)
}

/// The address of the server's database.
pub fn database_url(home: &Path) -> String {
    format!("sqlite://{}/baton.db", home.display())
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

/// What the process holds in memory.
fn memory(server: &Server) -> String {
    let id = server.id().expect("the server runs");
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = resident.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or("not known here".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1_024))
}

/// The value below or at which so many of a hundred lie.
pub fn percentile(durations: &mut [Duration], percent: usize) -> Duration {
    durations.sort_unstable();
    let place = (durations.len() * percent).div_ceil(100).max(1) - 1;
    durations.get(place).copied().unwrap_or_default()
}

/// Milliseconds with one digit after the point.
pub fn in_ms(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1_000.0)
}

fn print(lines: &[Line]) {
    let width = |of: fn(&Line) -> &str| lines.iter().map(|line| of(line).chars().count()).max().unwrap_or(0);
    let (what, measured) = (width(|line| &line.what), width(|line| &line.measured));
    println!("{:<what$} | {:<measured$} | budget", "what", "measured");
    for line in lines {
        println!("{:<what$} | {:<measured$} | {}", line.what, line.measured, line.budget);
    }
}
