//! What can go wrong in the store, as the rest of the product sees it.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or can't be reached.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    /// The database is busy or takes no more connections; trying again later helps.
    #[error("the database is busy: {0}")]
    Busy(#[source] sqlx::Error),
    /// A stored row says something that it can't say.
    #[error("{table} {id} is corrupt: {what}")]
    Corrupt { table: &'static str, id: String, what: String },
    /// Somebody else changed the row first, or a rule of the database (one open handoff, one active turn, one
    /// reply per turn …) stands against it. Load again, decide again, save again: a bounded number of times.
    #[error("this was changed by somebody else first: {what}")]
    Conflict { what: String },
    /// A value that must be unique is taken.
    #[error("this {what} is taken")]
    Taken { what: &'static str },
    /// The row that was asked for by id does not exist.
    #[error("there is no {table} {id}")]
    Missing { table: &'static str, id: String },
    /// The database was written by a newer Baton than this one.
    #[error(
        "the database has schema version {database}, newer than version {binary} which this program knows: \
         start the newer program"
    )]
    Newer { database: i64, binary: i64 },
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// The address of the database is not one that Baton understands.
    #[error("the database address can't be used: {what}")]
    Address { what: String },
}

impl Error {
    /// True if another try, after loading again, may succeed.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Error::Conflict { .. })
    }

    pub(super) fn conflict(what: impl Into<String>) -> Self {
        Error::Conflict { what: what.into() }
    }

    pub(super) fn missing(table: &'static str, id: impl std::fmt::Display) -> Self {
        Error::Missing { table, id: id.to_string() }
    }

    pub(super) fn corrupt(table: &'static str, id: impl std::fmt::Display, what: impl std::fmt::Display) -> Self {
        Error::Corrupt { table, id: id.to_string(), what: what.to_string() }
    }
}

/// Postgres: serialization failure and deadlock. Both undo the transaction and ask for another try.
const POSTGRES_RETRY: [&str; 2] = ["40001", "40P01"];
/// Postgres: too many connections, and a lock that was not free in time.
const POSTGRES_BUSY: [&str; 2] = ["53300", "55P03"];
/// SQLite: the primary result code "busy", in the low byte of the extended ones.
const SQLITE_BUSY: i64 = 5;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(refusal) = &error else {
            return match error {
                sqlx::Error::PoolTimedOut => Error::Busy(error),
                other => Error::Database(other),
            };
        };
        let code = refusal.code().unwrap_or_default();
        let is_sqlite = refusal.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some();
        if refusal.is_unique_violation() || (!is_sqlite && POSTGRES_RETRY.contains(&&*code)) {
            return Error::conflict(refusal.message());
        }
        let is_busy = if is_sqlite {
            code.parse::<i64>().is_ok_and(|code| code & 0xff == SQLITE_BUSY)
        } else {
            POSTGRES_BUSY.contains(&&*code)
        };
        if is_busy { Error::Busy(error) } else { Error::Database(error) }
    }
}
