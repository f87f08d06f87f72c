//! A server of a benchmark's own, in a temporary folder, and what it holds in memory.

#![allow(dead_code)] // Each benchmark uses its part.

use crate::process::Server;
use std::path::Path;

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

/// What the process holds in memory.
pub fn memory(server: &Server) -> String {
    let id = server.id().expect("the server runs");
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = resident.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or("not known here".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1_024))
}
