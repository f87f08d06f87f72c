//! `baton eval`: the decision engine on case files. It reads the cases, lets the engine decide them, writes what it
//! decided and measures it. With `--through` a running server decides beside it. No store takes part.

mod case;
mod floor;
mod load;
pub mod pieces;
mod play;
mod progress;
mod provider;
mod report;
mod score;
mod spelling;
mod through;
mod visitor;

use crate::ai::builtin::Builtin;
use crate::ai::meaning::Encoder;
use crate::ai::model::{Client, ModelEngine};
use crate::ai::{Engine, Model};
use crate::config::Config;
use case::Case;
use floor::Floor;
use load::BadInput;
use play::Played;
use progress::Progress;
use provider::{ProviderArgs, Spent};
use report::Report;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tokio::runtime::Handle;

/// The exit status of a run that measured, and found a figure below its floor or a product that decides otherwise.
const STATUS_FELL_SHORT: u8 = 1;
/// The exit status for what can't be read, makes no sense or can't be reached.
const STATUS_BAD_INPUT: u8 = 2;

/// `baton eval`
#[derive(clap::Args)]
pub struct Args {
    /// Case files, or folders with case files (*.jsonl).
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// A JSON file with the action that every case is decided under, instead of its own.
    #[arg(long, value_name = "FILE")]
    action: Option<PathBuf>,
    /// Write what the engine decided to this file, one line a case.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
    /// A figure that must be reached, or exit with status 1: TASK=0.9, TASK.FIGURE=0.9, TASK.SLICE.FIGURE<=0.1.
    /// May be given several times; in a slice * stands for anything.
    #[arg(long = "floor", value_name = "FLOOR", conflicts_with = "through")]
    floors: Vec<Floor>,
    /// How many cases are decided at once; all cores without it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Play the customers' messages against the server at this address, and compare it with the engine turn by turn.
    #[arg(long, value_name = "URL", requires_all = ["agent", "action"], conflicts_with_all = ["out", "threads"])]
    through: Option<String>,
    /// The key of the AI agent to write to, as in its embed snippet; with --through. It may begin with a dash.
    #[arg(long, value_name = "KEY", requires = "through", allow_hyphen_values = true)]
    agent: Option<String>,
    #[command(flatten)]
    provider: ProviderArgs,
}

/// Runs the command.
pub async fn run(args: &Args) -> ExitCode {
    // The one place where the engine is made: as the server makes it.
    let engine = match Config::load() {
        Ok(config) => match Client::new() {
            Ok(client) => ModelEngine::new(Builtin::new(Encoder::at(config.model_dir)), client),
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(STATUS_BAD_INPUT);
            }
        },
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(STATUS_BAD_INPUT);
        }
    };
    let done = match (&args.through, &args.agent, &args.action) {
        (Some(url), Some(agent), Some(action)) => compare(args, &engine, url, agent, action).await,
        _ => measure(args, &engine),
    };
    done.unwrap_or_else(|bad| {
        eprintln!("{bad}");
        ExitCode::from(STATUS_BAD_INPUT)
    })
}

fn measure(args: &Args, engine: &dyn Engine) -> Result<ExitCode, BadInput> {
    let action = args.action.as_deref().map(load::action).transpose()?;
    let cases = load::cases(&args.cases, action.as_ref())?;
    let model = args.provider.model()?;
    let at_once = args.threads.or(model.as_ref().and(NonZeroUsize::new(provider::AT_ONCE)));
    let played = decide(&cases, engine, model.as_ref(), at_once)?;
    if let Some(out) = &args.out {
        write(out, &played).map_err(|error| BadInput::new(format!("{}: {error}", out.display())))?;
    }
    let report = Report::new(&cases, &played);
    let spent = model.as_ref().map(|model| {
        let mut spent = Spent::default();
        played.iter().for_each(|played| spent.add(&played.calls, played.fallen_back, &model.settings));
        spent
    });
    print(&match (args.json, &spent) {
        (true, None) => pretty(&report.json()),
        (true, Some(spent)) => {
            let mut figures = report.json();
            figures["model"] = spent.json();
            pretty(&figures)
        }
        (false, None) => report.table(),
        (false, Some(spent)) => format!("{}\n{}", report.table(), spent.line()),
    });
    let mut fell_short = false;
    for floor in &args.floors {
        if let Some(sentence) = floor.check(&report).map_err(BadInput::new)? {
            eprintln!("{sentence}");
            fell_short = true;
        }
    }
    Ok(if fell_short { ExitCode::from(STATUS_FELL_SHORT) } else { ExitCode::SUCCESS })
}

async fn compare(
    args: &Args,
    engine: &dyn Engine,
    url: &str,
    agent: &str,
    action: &Path,
) -> Result<ExitCode, BadInput> {
    let action = load::action(action)?;
    let dialogues = load::dialogues(&args.cases)?;
    let visit = through::Visit::new(url, agent)?;
    let comparison = through::compare(&dialogues, &visit, engine, &action).await?;
    print(&if args.json { pretty(&comparison.json()) } else { comparison.table() });
    Ok(if comparison.agrees() { ExitCode::SUCCESS } else { ExitCode::from(STATUS_FELL_SHORT) })
}

/// Lets the engine decide all cases, several at once. The answers come in the order of the cases.
fn decide(
    cases: &[Case],
    engine: &dyn Engine,
    model: Option<&Model>,
    threads: Option<NonZeroUsize>,
) -> Result<Vec<Played>, BadInput> {
    let threads = threads.or(thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let progress = Progress::new(cases.len(), "cases decided");
    let (next, runtime) = (AtomicUsize::new(0), Handle::current());
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(at) else { return Ok(done) };
            match runtime.block_on(play::play_until_asked(case, engine, model)) {
                Ok(played) => done.push((at, played)),
                Err(error) => return Err(BadInput::new(format!("{}: {error}", case.id))),
            }
            progress.step();
        }
    };
    let parts: Vec<Result<Vec<(usize, Played)>, BadInput>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(cases.len())).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a panic of the engine ends the run")).collect()
    });
    progress.finish();
    let mut done: Vec<(usize, Played)> =
        parts.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, played)| played).collect())
}

fn write(out: &Path, played: &[Played]) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    for played in played {
        serde_json::to_writer(&mut file, &played.prediction)?;
        file.write_all(b"\n")?;
    }
    file.flush()
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// Prints; a reader who has seen enough and hung up is no error.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
