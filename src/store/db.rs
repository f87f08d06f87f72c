//! The database: opening it, its schema, and handing out connections. No SQL of any noun is here.

use super::Error;
use super::conn::{Conn, Dialect, Tx};
use super::listener::Listener;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Database, PgPool, SqlitePool};
use std::str::FromStr;
use std::time::Duration;

static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// How long one waits for a connection (or for SQLite's one writer) before the answer is "busy".
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Postgres ends a statement, or a transaction that stands idle, after this: a stuck one would hold up the rest.
const POSTGRES_TIMEOUTS: [(&str, &str); 2] =
    [("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")];

const VERSION_APPLIED: &str = "select max(version) from _sqlx_migrations";

/// The database. Cheap to clone: clones share the connections.
#[derive(Clone, Debug)]
pub enum Db {
    /// Readers beside one writer: SQLite has no more, and waiting in the pool is fairer than on the file's lock.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite://PATH` (the file is made if it is missing) or `postgres://…`, with at most `connections_max`
    /// connections. It does not touch the schema: call [`Db::migrate`].
    ///
    /// # Errors
    /// [`Error::Address`] if the address is of neither kind, [`Error::Database`] if it can't be opened.
    pub async fn open(url: &str, connections_max: u32) -> Result<Db, Error> {
        let connections_max = connections_max.max(1);
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, connections_max).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.application_name("baton").options(POSTGRES_TIMEOUTS);
            let pool = bounded::<sqlx::Postgres>(PgPoolOptions::new(), connections_max);
            Ok(Db::Postgres(pool.connect_with(options).await?))
        } else {
            Err(Error::Address { what: "it starts neither with sqlite:// nor with postgres://".into() })
        }
    }

    async fn open_sqlite(url: &str, connections_max: u32) -> Result<Db, Error> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives a power cut, not only a crash of the process (I1).
            .synchronous(SqliteSynchronous::Full);
        let path = options.get_filename();
        if path.as_os_str().is_empty() || url.contains(":memory:") || url.contains("mode=memory") {
            return Err(Error::Address { what: "SQLite needs a file, as in sqlite://baton.db".into() });
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| Error::Database(sqlx::Error::Io(error)))?;
        }
        // The writer first: it makes the file and switches it to WAL.
        let writer = options.clone().optimize_on_close(true, None);
        let write = bounded::<sqlx::Sqlite>(SqlitePoolOptions::new(), 1).connect_with(writer).await?;
        let readers = options.pragma("query_only", "on");
        let read = bounded::<sqlx::Sqlite>(SqlitePoolOptions::new(), connections_max).connect_with(readers).await?;
        Ok(Db::Sqlite { read, write })
    }

    /// Brings the schema up to date. Processes that start at once wait for each other.
    ///
    /// # Errors
    /// [`Error::Newer`] if a newer program wrote the database; [`Error::Migration`] if a step fails.
    pub async fn migrate(&self) -> Result<(), Error> {
        let outcome = match self {
            Db::Sqlite { write, .. } => {
                // The library locks Postgres while it migrates, but not SQLite: the transaction does.
                let mut transaction = write.begin_with("begin immediate").await?;
                match MIGRATOR.run(&mut *transaction).await {
                    Ok(()) => transaction.commit().await.map_err(MigrateError::Execute),
                    Err(error) => transaction.rollback().await.map_err(MigrateError::Execute).and(Err(error)),
                }
            }
            Db::Postgres(pool) => MIGRATOR.run(pool).await,
        };
        match outcome {
            Ok(()) => Ok(()),
            Err(MigrateError::VersionMissing(version)) => {
                let database = self.version_applied().await?.unwrap_or(version);
                Err(Error::Newer { database, binary: Self::version_known() })
            }
            Err(MigrateError::Execute(error)) => Err(error.into()),
            Err(error) => Err(Error::Migration(error)),
        }
    }

    /// The newest schema version that this program knows.
    pub fn version_known() -> i64 {
        MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
    }

    async fn version_applied(&self) -> Result<Option<i64>, Error> {
        let row: (Option<i64>,) = match self {
            Db::Sqlite { write, .. } => sqlx::query_as(VERSION_APPLIED).fetch_one(write).await?,
            Db::Postgres(pool) => sqlx::query_as(VERSION_APPLIED).fetch_one(pool).await?,
        };
        Ok(row.0)
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// [`Error::Busy`] if none is free in time.
    pub async fn read(&self) -> Result<Conn, Error> {
        Ok(match self {
            Db::Sqlite { read, .. } => Conn::sqlite(read.acquire().await?),
            Db::Postgres(pool) => Conn::postgres(pool.acquire().await?),
        })
    }

    /// A transaction that writes. On SQLite it is the only one until it ends: do nothing slow inside.
    ///
    /// # Errors
    /// [`Error::Busy`] if the writer, or a connection, is not free in time.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(match self {
            // Immediate: a transaction that read first could not become a writer if somebody else wrote meanwhile.
            Db::Sqlite { write, .. } => Tx::sqlite(write.begin_with("begin immediate").await?),
            Db::Postgres(pool) => Tx::postgres(pool.begin().await?),
        })
    }

    /// What other processes commit, as it happens: a stream of seqs on Postgres; none on SQLite, which has one
    /// process.
    ///
    /// # Errors
    /// If Postgres can't be reached.
    pub async fn listen(&self) -> Result<Option<Listener>, Error> {
        match self {
            Db::Sqlite { .. } => Ok(None),
            Db::Postgres(pool) => Listener::connect(pool).await.map(Some),
        }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Db::Sqlite { .. } => Dialect::Sqlite,
            Db::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Waits for every connection to come back and closes them.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

fn bounded<DB: Database>(options: PoolOptions<DB>, connections_max: u32) -> PoolOptions<DB> {
    options.max_connections(connections_max).acquire_timeout(ACQUIRE_TIMEOUT)
}
