//! The workspace: one row, made by the first visit.

use super::conn::{execute, optional, statements};
use super::{Conn, Error, Tx};

statements! {
    INSERT = "insert into workspace (id, name, created_at_ms) values (1, $1, $2) on conflict (id) do nothing";
    FIND = "select name, created_at_ms from workspace where id = 1";
    RENAME = "update workspace set name = $1 where id = 1";
}

/// The workspace.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Workspace {
    pub name: String,
    pub created_at_ms: i64,
}

/// Creates the workspace. Of several first visits at once, one wins.
///
/// # Errors
/// [`Error::Taken`] if it exists.
pub async fn create(tx: &mut Tx, name: &str, now_ms: i64) -> Result<(), Error> {
    let created = execute!(tx, INSERT, name, now_ms)?;
    if created == 1 { Ok(()) } else { Err(Error::Taken { what: "workspace" }) }
}

/// Finds the workspace; `None` before the first visit.
///
/// # Errors
/// If the database fails.
pub async fn find(conn: &mut Conn) -> Result<Option<Workspace>, Error> {
    optional!(conn, Workspace, FIND)
}

/// Renames the workspace.
///
/// # Errors
/// [`Error::Missing`] before the first visit.
pub async fn rename(tx: &mut Tx, name: &str) -> Result<(), Error> {
    if execute!(tx, RENAME, name)? == 1 { Ok(()) } else { Err(Error::missing("workspace", 1)) }
}
