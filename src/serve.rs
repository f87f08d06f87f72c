//! Putting the rooms together: opens the database, starts what runs in the background, listens, and stops it all in order.
//! The command line and the tests call it.

use crate::ai;
use crate::ai::builtin::Builtin;
use crate::ai::meaning::Encoder;
use crate::ai::model::{Client, ModelEngine};
use crate::config::Config;
use crate::desk::{Clock, Desk, Ids, Parts, RandomIds, Seal, SystemClock};
use crate::live::Live;
use crate::store::{Db, Dialect};
use crate::web;
use crate::work;
use anyhow::{Context, bail};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long requests and jobs may take to finish once the server stops.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// What tests put in the place of the real thing.
pub struct Outside {
    /// None: the built-in engine.
    pub ai: Option<Arc<dyn ai::Engine>>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

impl Default for Outside {
    fn default() -> Self {
        Self { ai: None, clock: Arc::new(SystemClock), ids: Arc::new(RandomIds) }
    }
}

/// A server that listens.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    pub desk: Desk,
    /// Must be entered at the first visit: the server can be reached from elsewhere, and has no workspace yet.
    pub setup_token: Option<String>,
    shutdown: CancellationToken,
    tasks: Vec<(&'static str, JoinHandle<anyhow::Result<()>>)>,
}

/// Opens the database, and brings its schema up to date.
///
/// # Errors
/// With a sentence for the person at the command line.
pub async fn open_database(config: &Config) -> anyhow::Result<Db> {
    if config.database_url.starts_with("sqlite:") {
        check_data_dir(&config.data_dir)?;
    }
    let db = Db::open(&config.database_url, config.database_connections)
        .await
        .context("The database can't be opened. Check BATON_DATABASE_URL and BATON_DATA_DIR")?;
    db.migrate().await.context("The database can't be brought up to date")?;
    Ok(db)
}

fn check_data_dir(data_dir: &Path) -> anyhow::Result<()> {
    let probe = data_dir.join(".baton-write-test");
    std::fs::create_dir_all(data_dir)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe))
        .with_context(|| {
            format!("The data folder {} can't be written. Make it writable or set BATON_DATA_DIR", data_dir.display())
        })
}

/// What providers' keys are encrypted with: as configured, otherwise from a file that is made once.
fn secret(config: &Config) -> anyhow::Result<String> {
    if !config.secret.is_empty() {
        return Ok(config.secret.clone());
    }
    let path = config.data_dir.join("secret.key");
    let read = || std::fs::read_to_string(&path).map(|text| text.trim().to_owned());
    match read() {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        found => return found.with_context(|| format!("{} can't be read", path.display())),
    }
    std::fs::create_dir_all(&config.data_dir)?;
    let fresh = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match made {
        Ok(mut file) => std::io::Write::write_all(&mut file, fresh.as_bytes())?,
        // Another process was first.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(read()?),
        Err(error) => return Err(error).with_context(|| format!("{} can't be written", path.display())),
    }
    Ok(fresh)
}

/// The desk over `db`.
///
/// # Errors
/// If the server's secret can't be read or made.
pub fn desk(
    config: &Config,
    db: Db,
    live: Live,
    outside: Outside,
    public_url: String,
    setup_token: Option<String>,
) -> anyhow::Result<Desk> {
    let encoder = Encoder::at(config.model_dir.clone());
    let seal = Seal::new(&secret(config)?);
    let ai = match outside.ai {
        Some(ai) => ai,
        None => Arc::new(ModelEngine::new(Builtin::new(encoder.clone()), Client::new()?)),
    };
    Ok(Desk::new(Parts {
        db,
        live,
        ai,
        encoder,
        clock: outside.clock,
        ids: outside.ids,
        limits: config.limits(),
        setup_token,
        public_url,
        seal,
        secure_cookies: config.has_secure_cookies(),
    }))
}

/// Starts everything; it answers requests when this returns.
///
/// # Errors
/// With a sentence for the person at the command line.
pub async fn start(config: &Config, outside: Outside) -> anyhow::Result<Running> {
    let db = open_database(config).await?;
    let listener = listen(config.listen).await?;
    let address = listener.local_addr()?;
    let live = Live::new(db.clone());
    let public_url = if config.public_url.is_empty() { format!("http://{address}") } else { config.public_url.clone() };
    // Whoever can reach a new server first would own it; a token from its log says who may.
    let token = (!address.ip().is_loopback()).then(|| format!("{:032x}", rand::random::<u128>()));
    let is_alone = db.dialect() == Dialect::Sqlite;
    let desk = desk(config, db, live.clone(), outside, public_url, token.clone())?;
    let (_, is_token_asked) = desk.setup_state().await?;

    let shutdown = CancellationToken::new();
    let router = web::router(desk.clone(), live.clone(), config, shutdown.clone());
    let serving = {
        let shutdown = shutdown.clone();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        async move {
            axum::serve(listener, service).with_graceful_shutdown(shutdown.cancelled_owned()).await?;
            Ok(())
        }
    };
    let slots = usize::try_from(config.workers)?;
    let working = work::run(desk.clone(), slots, is_alone, shutdown.clone());
    let announcing = {
        let shutdown = shutdown.clone();
        async move {
            live.run(shutdown).await;
            Ok(())
        }
    };
    let tasks = vec![
        ("web", tokio::spawn(serving)),
        ("work", tokio::spawn(async move { Ok(working.await?) })),
        ("live", tokio::spawn(announcing)),
    ];
    Ok(Running { address, desk, setup_token: token.filter(|_| is_token_asked), shutdown, tasks })
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("Something listens on {address} already. Stop it, or choose another address with BATON_LISTEN.")
        }
        Err(error) => Err(error).with_context(|| format!("Baton can't listen on {address}. Check BATON_LISTEN")),
    }
}

impl Running {
    /// Waits until a part ends although nobody asked it to.
    pub async fn failed(&mut self) -> anyhow::Error {
        let names: Vec<&str> = self.tasks.iter().map(|(name, _)| *name).collect();
        let ends = self.tasks.iter_mut().map(|(_, task)| task);
        let (ended, place, _) = futures::future::select_all(ends).await;
        let (name, _) = self.tasks.remove(place);
        debug_assert_eq!(name, names[place]);
        match ended {
            Ok(Ok(())) => anyhow::anyhow!("The part “{name}” ended."),
            Ok(Err(error)) => error.context(format!("The part “{name}” failed")),
            Err(error) => anyhow::Error::new(error).context(format!("The part “{name}” broke")),
        }
    }

    /// Stops in order: streams say goodbye, requests and jobs finish, the database is closed.
    pub async fn stop(self) {
        self.shutdown.cancel();
        let all = async {
            for (name, task) in self.tasks {
                match task.await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!(error = format!("{error:#}"), part = name, "a part failed"),
                    Err(error) => tracing::error!(%error, part = name, "a part broke"),
                }
            }
            self.desk.db.close().await;
        };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("not everything finished in time; what was stored is safe");
        }
    }
}
