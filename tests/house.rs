//! The house stays as ARCHITECTURE.md draws it: who may import whom, where a build may be gated, how long a
//! file may grow. Read as text, so that it also sees the build that is not compiled here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest source file, in lines. Past it, split by subject.
const LINES_MAX: usize = 450;

/// Each room with the rooms it may import. A room may always import itself. `main.rs` and `lib.rs` see everything.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("handoff", &["domain"]),
    ("wire", &["domain"]),
    // Server functions: the bodies call `desk`, the signatures name the wire.
    ("api", &["wire", "domain", "desk"]),
    ("browser", &[]),
    ("app", &["api", "browser", "wire", "handoff", "domain"]),
    ("store", &["domain", "handoff", "wire"]),
    ("live", &["domain", "store"]),
    // An engine tells the Edit page how it reads the admin's text, in the page's words.
    ("ai", &["domain", "handoff", "wire", "outbound"]),
    ("outbound", &[]),
    ("desk", &["handoff", "ai", "store", "live", "wire", "domain"]),
    // Jobs are rows of the store: the runner claims and ends them there.
    ("work", &["desk", "store", "domain"]),
    ("web", &["desk", "live", "api", "app", "wire", "domain", "config"]),
    ("config", &["handoff"]),
    // What `main.rs` calls: putting the rooms together, and the command line's other commands.
    ("serve", &["web", "work", "desk", "live", "store", "ai", "config"]),
    ("command", &["serve", "desk", "live", "domain", "config"]),
    // The decision engine by itself, on case files, or beside a server as its customers see it: no store, no desk.
    ("eval", &["ai", "wire", "domain", "config", "outbound"]),
];

#[test]
fn rooms_import_only_what_the_map_allows() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(room) = room_of(&file) else { continue };
        let Some(allowed) = arrows.get(room.as_str()) else {
            wrong.push(format!("{}: the room {room} is not on the map", file.display()));
            continue;
        };
        for (number, line) in code_lines(&file) {
            if line.contains("crate::{") {
                wrong.push(format!("{}:{number}: name each room in a use of its own", file.display()));
            }
            for target in imported_rooms(&line) {
                let is_room = arrows.contains_key(target.as_str());
                if is_room && target != room && !allowed.contains(&target.as_str()) {
                    wrong.push(format!("{}:{number}: {room} must not import {target}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that the map does not have:\n{}", wrong.join("\n"));
}

#[test]
fn builds_are_gated_in_lib_rs_only() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| !file.ends_with("src/lib.rs")) {
        for (number, line) in code_lines(&file) {
            if line.contains("cfg") && line.contains("feature") && line.contains('=') {
                wrong.push(format!("{}:{number}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "gates outside lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_outgrows_its_subject() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter_map(|file| {
            let lines = read(&file).lines().count();
            (lines > LINES_MAX).then(|| format!("{}: {lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "split by subject:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_lives_in_it() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|file| !read(file).starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(silent.is_empty(), "files that do not open with //!:\n{}", silent.join("\n"));
}

/// The rooms are found at all: a check that reads nothing would pass forever.
#[test]
fn every_room_on_the_map_exists() {
    let found: Vec<String> = sources().iter().filter_map(|file| room_of(file)).collect();
    for (room, _) in ARROWS {
        assert!(found.iter().any(|name| name == room), "no file of the room {room} was found");
    }
    assert_eq!(imported_rooms("use crate::store::{self, Db};"), ["store"]);
    assert_eq!(imported_rooms("let x = crate::desk::Call::new(crate::live::Live);"), ["desk", "live"]);
    assert_eq!(imported_rooms("pub(crate) fn load() {}"), Vec::<String>::new());
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![source_root()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).expect("a source folder can be read") {
            let path = item.expect("a folder's item can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The room of a file: its first folder under `src`, or its own name; none for `main.rs` and `lib.rs`.
fn room_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(source_root()).expect("sources lie under src");
    let first = inside.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (first != "main" && first != "lib").then_some(first)
}

/// The lines of a file without those that are comments, with their numbers.
fn code_lines(file: &Path) -> Vec<(usize, String)> {
    let numbered = read(file).lines().map(str::to_owned).enumerate().collect::<Vec<_>>();
    numbered
        .into_iter()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(n, line)| (n + 1, line))
        .collect()
}

fn imported_rooms(line: &str) -> Vec<String> {
    line.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a source file can be read")
}
