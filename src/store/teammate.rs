//! Teammates and their password hashes. Emails are stored in lower case and are unique.

use super::conn::{all, execute, optional, statements};
use super::{Conn, Error, Tx, from_word};
use crate::domain::{Role, Teammate, TeammateId};

const TABLE: &str = "teammate";

/// The most teammates that are listed.
pub const PAGE_MAX: i64 = 1_000;

statements! {
    INSERT = "insert into teammate (id, name, email, role, password_hash, created_at_ms)
        values ($1, $2, $3, $4, $5, $6) on conflict (email) do nothing";
    FIND = "select id, name, email, role from teammate where id = $1";
    FIND_BY_EMAIL = "select id, name, email, role, password_hash from teammate where email = $1";
    LIST = "select id, name, email, role from teammate order by name, id limit $1";
    LIST_WORKING = "select id, name, email, role from teammate where role <> 'viewer' order by name, id limit $1";
    SET_PASSWORD_HASH = "update teammate set password_hash = $2 where id = $1";
    SET_ROLE = "update teammate set role = $2 where id = $1";
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    name: String,
    email: String,
    role: String,
}

#[derive(sqlx::FromRow)]
struct RowWithHash {
    #[sqlx(flatten)]
    teammate: Row,
    password_hash: String,
}

impl TryFrom<Row> for Teammate {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Teammate {
            role: from_word(TABLE, &row.id, &row.role, Role::parse)?,
            id: TeammateId(row.id),
            name: row.name,
            email: row.email,
        })
    }
}

/// The form in which an email is stored and looked up: trimmed, ASCII letters in lower case. Other letters stay: the
/// part before the @ may mean something else in another case, and the databases disagree on how to lower them.
pub fn canonical_email(email: &str) -> String {
    email.trim().to_ascii_lowercase()
}

/// Creates a teammate; the email is made canonical.
///
/// # Errors
/// [`Error::Taken`] if a teammate has this email.
pub async fn create(tx: &mut Tx, teammate: &Teammate, password_hash: &str, now_ms: i64) -> Result<(), Error> {
    let created = execute!(
        tx,
        INSERT,
        teammate.id.as_str(),
        teammate.name.as_str(),
        canonical_email(&teammate.email),
        teammate.role.as_str(),
        password_hash,
        now_ms
    )?;
    if created == 1 { Ok(()) } else { Err(Error::Taken { what: "email" }) }
}

/// Finds a teammate.
///
/// # Errors
/// [`Error::Corrupt`] if the row can't be read.
pub async fn find(conn: &mut Conn, id: &TeammateId) -> Result<Option<Teammate>, Error> {
    optional!(conn, Row, FIND, id.as_str())?.map(Teammate::try_from).transpose()
}

/// Loads a teammate.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, id: &TeammateId) -> Result<Teammate, Error> {
    find(conn, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// Finds a teammate by email, in any case, with the password's hash.
///
/// # Errors
/// [`Error::Corrupt`] if the row can't be read.
pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<(Teammate, String)>, Error> {
    let Some(row) = optional!(conn, RowWithHash, FIND_BY_EMAIL, canonical_email(email))? else { return Ok(None) };
    Ok(Some((row.teammate.try_into()?, row.password_hash)))
}

/// Every teammate, by name; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list(conn: &mut Conn) -> Result<Vec<Teammate>, Error> {
    all!(conn, Row, LIST, PAGE_MAX)?.into_iter().map(Teammate::try_from).collect()
}

/// Every teammate who may work conversations, by name; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_working(conn: &mut Conn) -> Result<Vec<Teammate>, Error> {
    all!(conn, Row, LIST_WORKING, PAGE_MAX)?.into_iter().map(Teammate::try_from).collect()
}

/// Stores a new password's hash. Their sessions go on: see [`super::session::delete_all_of`].
///
/// # Errors
/// [`Error::Missing`] if there is no such teammate.
pub async fn set_password_hash(tx: &mut Tx, id: &TeammateId, password_hash: &str) -> Result<(), Error> {
    exists(id, execute!(tx, SET_PASSWORD_HASH, id.as_str(), password_hash)?)
}

/// Changes what a teammate may do.
///
/// # Errors
/// [`Error::Missing`] if there is no such teammate.
pub async fn set_role(tx: &mut Tx, id: &TeammateId, role: Role) -> Result<(), Error> {
    exists(id, execute!(tx, SET_ROLE, id.as_str(), role.as_str())?)
}

fn exists(id: &TeammateId, changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::missing(TABLE, id)) }
}
