//! The command line: `baton serve`, `migrate`, `config`, `user`, `eval`. What they do is in the rooms.

use baton::command::{self, CreateUser};
use baton::config::{self, Config};
use baton::eval;
use baton::serve::{self, Outside};
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// AI support agents that know when to bring in a human.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (the default).
    Serve,
    /// Bring the database up to date and stop.
    Migrate,
    /// Print every setting with its default and meaning.
    Config,
    /// Manage teammates.
    #[command(subcommand)]
    User(User),
    /// Let the decision engine decide case files, and measure it.
    Eval(eval::Args),
    /// Print what the encoder is tuned on, for lines of conditions and messages (training/README.md).
    Pieces,
}

#[derive(Subcommand)]
enum User {
    /// Create a teammate.
    Create(CreateUser),
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().command.unwrap_or(Command::Serve) {
        Command::Config => print!("{}", config::table()),
        Command::Pieces => eval::pieces::run()?,
        Command::Eval(args) => return Ok(eval::run(&args).await),
        Command::Serve => run(&settings()?).await?,
        Command::Migrate => {
            serve::open_database(&settings()?).await?;
            println!("The database is up to date.");
        }
        Command::User(User::Create(create)) => command::create_user(&settings()?, create).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings, with the log opened as they say.
fn settings() -> anyhow::Result<Config> {
    let config = Config::load()?;
    command::log(&config)?;
    Ok(config)
}

async fn run(config: &Config) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut running = serve::start(config, Outside::default()).await?;
    if let Some(token) = &running.setup_token {
        tracing::warn!("This server can be reached from elsewhere. The first visit asks for the setup token {token}");
    }
    println!("Baton is ready at http://{}", running.address);
    let failure = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        error = running.failed() => Some(error),
    };
    running.stop().await;
    failure.map_or(Ok(()), Err)
}
