//! One connection or transaction of either database, and the macros that send one SQL text to both. What differs
//! between the two texts is in `dialect.rs`.

use super::Error;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};
use std::ops::{Deref, DerefMut};

/// A connection for reading. A [`Tx`] is one too, so every reading function works inside a transaction.
pub struct Conn(Inner);

enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The database behind a [`Conn`], for the two-armed match of the macros.
pub(super) enum Arm<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Conn {
    pub(super) fn sqlite(connection: PoolConnection<Sqlite>) -> Self {
        Self(Inner::SqliteRead(connection))
    }

    pub(super) fn postgres(connection: PoolConnection<Postgres>) -> Self {
        Self(Inner::PostgresRead(connection))
    }

    pub(super) fn arm(&mut self) -> Arm<'_> {
        match &mut self.0 {
            Inner::SqliteRead(connection) => Arm::Sqlite(connection),
            Inner::SqliteWrite(transaction) => Arm::Sqlite(transaction),
            Inner::PostgresRead(connection) => Arm::Postgres(connection),
            Inner::PostgresWrite(transaction) => Arm::Postgres(transaction),
        }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self.0 {
            Inner::SqliteRead(_) | Inner::SqliteWrite(_) => Dialect::Sqlite,
            Inner::PostgresRead(_) | Inner::PostgresWrite(_) => Dialect::Postgres,
        }
    }
}

/// A transaction that writes. Dropped without [`Tx::commit`], it is rolled back.
pub struct Tx(Conn);

impl Tx {
    pub(super) fn sqlite(transaction: Transaction<'static, Sqlite>) -> Self {
        Self(Conn(Inner::SqliteWrite(transaction)))
    }

    pub(super) fn postgres(transaction: Transaction<'static, Postgres>) -> Self {
        Self(Conn(Inner::PostgresWrite(transaction)))
    }

    /// Makes everything written in it permanent: once this returns, it survives a crash (I1).
    ///
    /// # Errors
    /// If the database can't commit. Nothing of it is stored then, or (when the connection broke meanwhile) all.
    pub async fn commit(self) -> Result<(), Error> {
        match self.0.0 {
            Inner::SqliteWrite(transaction) => transaction.commit().await?,
            Inner::PostgresWrite(transaction) => transaction.commit().await?,
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => {}
        }
        Ok(())
    }

    /// Undoes everything written in it, now.
    ///
    /// # Errors
    /// If the connection broke, which undoes it too.
    pub async fn rollback(self) -> Result<(), Error> {
        match self.0.0 {
            Inner::SqliteWrite(transaction) => transaction.rollback().await?,
            Inner::PostgresWrite(transaction) => transaction.rollback().await?,
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => {}
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// Declares a file's SQL as constants and lists them, so that a test can prepare every one on both databases.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// Every statement of this file, by name.
        pub(super) const STATEMENTS: &[(&str, &str)] =
            &[$((concat!(module_path!(), "::", stringify!($name)), $name)),*];
    };
}

/// Expands one query to a match with an arm for each database.
macro_rules! on_both {
    ($conn:expr, $query:expr, $method:ident, $sql:expr, [$($argument:expr),*], $map:expr) => {
        match $conn.arm() {
            $crate::store::conn::Arm::Sqlite(connection) => {
                $query($sql)$(.bind($argument))*.$method(connection).await.map($map)
            }
            $crate::store::conn::Arm::Postgres(connection) => {
                $query($sql)$(.bind($argument))*.$method(connection).await.map($map)
            }
        }
        .map_err($crate::store::Error::from)
    };
}

/// `execute!(conn, SQL, arguments…)`: how many rows it changed.
macro_rules! execute {
    ($conn:expr, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::store::conn::on_both!($conn, sqlx::query, execute, $sql, [$($argument),*], |done| done.rows_affected())
    };
}

/// `one!(conn, Row, SQL, arguments…)`: exactly one row.
macro_rules! one {
    ($conn:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::store::conn::on_both!($conn, sqlx::query_as::<_, $row>, fetch_one, $sql, [$($argument),*], |row| row)
    };
}

/// `optional!(conn, Row, SQL, arguments…)`: one row or none.
macro_rules! optional {
    ($conn:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::store::conn::on_both!($conn, sqlx::query_as::<_, $row>, fetch_optional, $sql, [$($argument),*], |row| row)
    };
}

/// `all!(conn, Row, SQL, arguments…)`: every row. The SQL has a limit.
macro_rules! all {
    ($conn:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::store::conn::on_both!($conn, sqlx::query_as::<_, $row>, fetch_all, $sql, [$($argument),*], |rows| rows)
    };
}

pub(super) use {all, execute, on_both, one, optional, statements};
