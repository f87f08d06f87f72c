//! Which files are read, and what to say of lines that can't be.

use super::case::{self, Case, Dialogue};
use crate::domain::HandoffSettings;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most bad lines that are told of.
const WRONG_LINES_MAX: usize = 20;

/// Something that was given and can't be used: a sentence a line.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct BadInput(pub Vec<String>);

impl BadInput {
    /// One sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(vec![sentence.into()])
    }
}

/// The cases of some files and folders. `action` takes the place of theirs.
///
/// # Errors
/// With every line that is no case.
pub fn cases(paths: &[PathBuf], action: Option<&HandoffSettings>) -> Result<Vec<Case>, BadInput> {
    lines(paths, |line, stem| case::read(line, stem, action), |case| &case.id)
}

/// The customers' words of some files and folders.
///
/// # Errors
/// With every line that is no dialogue.
pub fn dialogues(paths: &[PathBuf]) -> Result<Vec<Dialogue>, BadInput> {
    lines(paths, |line, _stem| case::read_dialogue(line), |dialogue| &dialogue.id)
}

/// An action from a file of its own.
///
/// # Errors
/// When it can't be read.
pub fn action(path: &Path) -> Result<HandoffSettings, BadInput> {
    let wrong = |what: String| BadInput::new(format!("{}: {what}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let value = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    case::read_action(value, &HandoffSettings::default()).map_err(wrong)
}

fn lines<T>(
    paths: &[PathBuf],
    read: impl Fn(&str, &str) -> Result<T, String>,
    id: impl Fn(&T) -> &str,
) -> Result<Vec<T>, BadInput> {
    let (mut found, mut wrong, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    for path in files(paths)? {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", path.display(), n + 1);
            match read(line, &stem) {
                Ok(one) if ids.insert(id(&one).to_owned()) => found.push(one),
                Ok(one) => wrong.push(format!("{place}: the id `{}` was used before", id(&one))),
                Err(what) => wrong.push(format!("{place}: {what}")),
            }
        }
    }
    if wrong.is_empty() && found.is_empty() {
        return Err(BadInput::new("there are no cases in what was given"));
    }
    if wrong.len() > WRONG_LINES_MAX {
        let more = wrong.len() - WRONG_LINES_MAX;
        wrong.truncate(WRONG_LINES_MAX);
        wrong.push(format!("… and {more} more lines"));
    }
    if wrong.is_empty() { Ok(found) } else { Err(BadInput(wrong)) }
}

/// The files, those of a folder in the order of their names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, BadInput> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut inside = list(path).map_err(|error| unreadable(path, &error))?;
        if inside.is_empty() {
            return Err(BadInput::new(format!("{}: no *.jsonl file is in this folder", path.display())));
        }
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}

fn list(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let items = fs::read_dir(folder)?.map(|item| item.map(|item| item.path())).collect::<Result<Vec<_>, _>>()?;
    Ok(items.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "jsonl")).collect())
}

fn unreadable(path: &Path, error: &std::io::Error) -> BadInput {
    BadInput::new(format!("{}: {error}", path.display()))
}
