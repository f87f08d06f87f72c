//! What the command line does beside serving: the log, and teammates. The arguments themselves are in `main.rs`.

use crate::config::{Config, LogFormat};
use crate::desk::NewTeammate;
use crate::domain::{Problem, Role};
use crate::live::Live;
use crate::serve::{self, Outside};
use anyhow::{Context, bail};
use clap::Args;
use tracing_subscriber::EnvFilter;

/// Sends log lines to standard error, as the settings say.
///
/// # Errors
/// If `log` is no filter.
pub fn log(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("BATON_LOG is not a filter such as info,baton=debug")?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    Ok(())
}

/// `baton user create`
#[derive(Args)]
pub struct CreateUser {
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    /// viewer, teammate, admin or owner.
    #[arg(long, value_parser = |word: &str| Role::parse(word).ok_or("use viewer, teammate, admin or owner"))]
    role: Role,
    /// Read the password from standard input; otherwise one is made and printed.
    #[arg(long)]
    password_stdin: bool,
}

/// Creates a teammate and says so.
///
/// # Errors
/// With a sentence for the person at the command line.
pub async fn create_user(config: &Config, create: CreateUser) -> anyhow::Result<()> {
    let CreateUser { name, email, role, password_stdin } = create;
    let password = if password_stdin {
        std::io::read_to_string(std::io::stdin())?.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        format!("{:024x}", rand::random::<u128>() >> 32)
    };
    let shown = if password_stdin { String::new() } else { format!(" The password is {password}") };
    let db = serve::open_database(config).await?;
    let desk = serve::desk(config, db.clone(), Live::new(db), Outside::default(), config.public_url.clone(), None)?;
    match desk.create_teammate(NewTeammate { name, email, password, role }).await.map_err(Problem::from) {
        Ok(teammate) => println!("Created {} <{}> as {}.{shown}", teammate.name, teammate.email, role.as_str()),
        Err(problem) if problem.fields.is_empty() => bail!(problem.message),
        Err(problem) => bail!(problem.fields.into_iter().map(|field| field.message).collect::<Vec<_>>().join(" ")),
    }
    Ok(())
}
