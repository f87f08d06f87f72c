//! `baton eval` as it is run from the command line: on case files of the project's own, on the shared ones where they are
//! there, and beside a real server.

#[path = "../support/server.rs"]
mod server;

mod files;
mod through;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs `baton eval`.
fn eval(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton")).arg("eval").args(arguments).output().unwrap()
}

/// What it printed.
fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained of.
fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What it printed as JSON.
fn figures(output: &Output) -> Value {
    serde_json::from_str(&printed(output)).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// A file beside these tests.
fn beside(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval").join(name).display().to_string()
}

/// A file of its own, gone with the folder.
fn write(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}
