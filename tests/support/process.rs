//! The real server as a process of its own: started on a port that is chosen once, killed without warning, started again
//! over the same data. What is asked of it over HTTP is in `people.rs`.

#![allow(dead_code)] // Each test binary uses its part.

use std::fs::{File, OpenOptions};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a start may take: a debug build on a busy machine, with its first migration.
const START_MAX: Duration = Duration::from_secs(60);
/// How often a starting server is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_millis(2);

/// Where one server lives, whether or not it runs now. Dropping it kills the server.
pub struct Server {
    program: PathBuf,
    home: PathBuf,
    settings: Vec<(String, String)>,
    address: SocketAddr,
    /// The address of its database.
    pub database_url: String,
    running: Option<Child>,
}

impl Server {
    /// A server of `program` over `database_url`, with its log and working directory in `home`, not started yet.
    /// `settings` are set in the environment (`BURST_MS` becomes `BATON_BURST_MS`).
    pub fn new(program: &str, home: &Path, database_url: &str, settings: &[(&str, &str)]) -> Self {
        let address = free_address();
        let mut all = vec![
            ("BATON_LISTEN".to_owned(), address.to_string()),
            ("BATON_DATA_DIR".to_owned(), home.display().to_string()),
            ("BATON_DATABASE_URL".to_owned(), database_url.to_owned()),
        ];
        // Whoever tests is one address: no limit is meant for them.
        for rate in ["WIDGET_MESSAGES_PER_MINUTE", "WIDGET_SESSIONS_PER_MINUTE", "SIGN_IN_ATTEMPTS_PER_MINUTE"] {
            all.push((format!("BATON_{rate}"), "1000000".to_owned()));
        }
        all.extend(settings.iter().map(|(name, value)| (format!("BATON_{name}"), (*value).to_owned())));
        let (program, home, database_url) = (program.into(), home.to_owned(), database_url.to_owned());
        Self { program, home, settings: all, address, database_url, running: None }
    }

    /// Its address, such as `http://127.0.0.1:4000`; the same after every start.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().map(Child::id)
    }

    /// The end of its log, all starts in one.
    pub fn log_end(&self, lines: usize) -> String {
        let text = std::fs::read_to_string(self.home.join("server.log")).unwrap_or_default();
        let all: Vec<&str> = text.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }

    /// Starts it without waiting for anything.
    pub fn spawn(&mut self) {
        assert!(self.running.is_none(), "the server runs already");
        let log = self.open_log();
        let child = self
            .command()
            .arg("serve")
            .stdout(log.try_clone().expect("one log, two writers"))
            .stderr(log)
            .spawn()
            .expect("the server program can be started");
        self.running = Some(child);
    }

    /// Starts it and waits until it answers. Returns how long that took.
    ///
    /// # Panics
    /// If it ends at once, or does not answer in time.
    pub async fn start(&mut self, http: &reqwest::Client) -> Duration {
        let began = Instant::now();
        self.spawn();
        self.ready(http).await;
        began.elapsed()
    }

    /// Waits until it answers that it can work.
    ///
    /// # Panics
    /// If it has ended, or does not answer in time.
    pub async fn ready(&mut self, http: &reqwest::Client) {
        let began = Instant::now();
        let url = format!("{}/readyz", self.url());
        loop {
            let answer = http.get(&url).timeout(Duration::from_secs(5)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let ended = self.running.as_mut().and_then(|child| child.try_wait().expect("a child can be asked"));
            if let Some(status) = ended {
                panic!("the server ended by itself ({status}). Its log ends:\n{}", self.log_end(40));
            }
            assert!(began.elapsed() < START_MAX, "the server does not answer. Its log ends:\n{}", self.log_end(40));
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    /// Kills it as the kernel would: it can't finish anything.
    ///
    /// # Panics
    /// If it had ended before, by itself.
    pub fn kill(&mut self) {
        let mut child = self.running.take().expect("the server runs");
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            panic!("the server ended by itself ({status}). Its log ends:\n{}", self.log_end(40));
        }
        child.kill().expect("a child can be killed");
        child.wait().expect("a killed child ends");
    }

    /// Runs another command of the program over the same data, with `input` as its standard input.
    ///
    /// # Panics
    /// If it fails.
    pub fn run(&self, arguments: &[&str], input: &str) {
        use std::io::Write;
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server program can be started");
        // A program that reads nothing closes its end: that is its business.
        let _ = child.stdin.take().expect("it was piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("a child ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "baton {} failed: {said}", arguments.join(" "));
    }

    /// The program with its settings and none of the caller's.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BATON_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(&self.home)
            .stdin(Stdio::null())
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn open_log(&self) -> File {
        let path = self.home.join("server.log");
        OpenOptions::new().create(true).append(true).open(path).expect("a log can be written in the home folder")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// An address of this machine that nobody listens on now. Its port is below those that the system hands out by itself:
/// else somebody's connection could take it while the server is down.
fn free_address() -> SocketAddr {
    const PORTS: std::ops::Range<u16> = 10_000..15_000;
    let begin = rand::random_range(PORTS);
    let mut ports = (begin..PORTS.end).chain(PORTS.start..begin);
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (Ipv4Addr::LOCALHOST, ports.find(is_free).expect("a free port")).into()
}
