//! `baton eval`: the decision engine by itself, on case files. It reads the cases, lets the engine decide them
//! and writes what it decided. No store and no server take part.

mod case;
mod play;

use case::Case;
use play::Played;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The exit status for cases that can't be read and arguments that make no sense.
const STATUS_BAD_INPUT: u8 = 2;

/// `baton eval`
#[derive(clap::Args)]
pub struct Args {
    /// Case files, or folders with case files (*.jsonl).
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// Write what the engine decided to this file, one line a case.
    #[arg(long)]
    out: Option<PathBuf>,
    /// A JSON file with the action that every case is decided under, instead of its own.
    #[arg(long)]
    action: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(args: &Args) -> ExitCode {
    match evaluate(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            for line in wrong {
                eprintln!("{line}");
            }
            ExitCode::from(STATUS_BAD_INPUT)
        }
    }
}

fn evaluate(args: &Args) -> Result<(), Vec<String>> {
    let cases = load(args)?;
    let played: Vec<Played> = cases.iter().map(play::play).collect();
    if let Some(out) = &args.out {
        write(out, &played).map_err(|error| vec![format!("{}: {error}", out.display())])?;
    }
    println!("{} cases decided.", played.len());
    Ok(())
}

fn load(args: &Args) -> Result<Vec<Case>, Vec<String>> {
    let action = match &args.action {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())])?;
            let read = serde_json::from_str(&text).map_err(|error| error.to_string()).and_then(case::read_action);
            Some(read.map_err(|wrong| vec![format!("{}: {wrong}", path.display())])?)
        }
        None => None,
    };
    let (mut cases, mut wrong) = (Vec::new(), Vec::new());
    for path in files(&args.cases)? {
        let text = fs::read_to_string(&path).map_err(|error| vec![format!("{}: {error}", path.display())])?;
        let stem = case::stem(&path);
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match case::read(line, &stem, action.as_ref()) {
                Ok(case) => cases.push(case),
                Err(what) => wrong.push(format!("{}:{}: {what}", path.display(), n + 1)),
            }
        }
    }
    if wrong.is_empty() { Ok(cases) } else { Err(wrong) }
}

/// The case files, those of a folder in the order of their names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Vec<String>> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut inside = list(path).map_err(|error| vec![format!("{}: {error}", path.display())])?;
        if inside.is_empty() {
            return Err(vec![format!("{}: no *.jsonl file is in this folder", path.display())]);
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

fn write(out: &Path, played: &[Played]) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(fs::File::create(out)?);
    for played in played {
        serde_json::to_writer(&mut file, &played.prediction)?;
        file.write_all(b"\n")?;
    }
    file.flush()
}
