//! Customers: known by the hash of the token that their browser keeps.

use super::conn::{execute, optional, statements};
use super::{Conn, Error, Tx};
use crate::domain::{AgentId, CustomerId};

const TABLE: &str = "customer";

statements! {
    INSERT = "insert into customer (id, agent_id, token_hash, name, email, phone, locale, page_url, created_at_ms,
            seen_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "update customer set name = $2, email = $3, phone = $4, locale = $5, page_url = $6, seen_at_ms = $7
        where id = $1";
    FIND = "select id, agent_id, name, email, phone, locale, page_url, created_at_ms, seen_at_ms from customer
        where id = $1";
    FIND_BY_TOKEN_HASH = "select id, agent_id, name, email, phone, locale, page_url, created_at_ms, seen_at_ms
        from customer where token_hash = $1";
}

/// A customer and what is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    /// The agent in whose widget they appeared.
    pub agent_id: AgentId,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Their browser's language, such as `en-GB`.
    pub locale: Option<String>,
    /// The page they were on last.
    pub page_url: Option<String>,
    pub created_at_ms: i64,
    pub seen_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    agent_id: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    locale: Option<String>,
    page_url: Option<String>,
    created_at_ms: i64,
    seen_at_ms: i64,
}

impl From<Row> for Customer {
    fn from(row: Row) -> Self {
        Customer {
            id: CustomerId(row.id),
            agent_id: AgentId(row.agent_id),
            name: row.name,
            email: row.email,
            phone: row.phone,
            locale: row.locale,
            page_url: row.page_url,
            created_at_ms: row.created_at_ms,
            seen_at_ms: row.seen_at_ms,
        }
    }
}

/// Creates a customer under the hash of their token.
///
/// # Errors
/// [`Error::Conflict`] if the id or the token exists.
pub async fn create(tx: &mut Tx, customer: &Customer, token_hash: &str) -> Result<(), Error> {
    execute!(
        tx,
        INSERT,
        customer.id.as_str(),
        customer.agent_id.as_str(),
        token_hash,
        customer.name.as_deref(),
        customer.email.as_deref(),
        customer.phone.as_deref(),
        customer.locale.as_deref(),
        customer.page_url.as_deref(),
        customer.created_at_ms,
        customer.seen_at_ms
    )
    .map(|_one| ())
}

/// Stores what is known of a customer and when they were seen. Their agent and token stay.
///
/// # Errors
/// [`Error::Missing`] if there is no such customer.
pub async fn update(tx: &mut Tx, customer: &Customer) -> Result<(), Error> {
    let changed = execute!(
        tx,
        UPDATE,
        customer.id.as_str(),
        customer.name.as_deref(),
        customer.email.as_deref(),
        customer.phone.as_deref(),
        customer.locale.as_deref(),
        customer.page_url.as_deref(),
        customer.seen_at_ms
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::missing(TABLE, &customer.id)) }
}

/// Finds a customer.
///
/// # Errors
/// If the database fails.
pub async fn find(conn: &mut Conn, id: &CustomerId) -> Result<Option<Customer>, Error> {
    Ok(optional!(conn, Row, FIND, id.as_str())?.map(Customer::from))
}

/// Loads a customer.
///
/// # Errors
/// [`Error::Missing`] if there is none.
pub async fn load(conn: &mut Conn, id: &CustomerId) -> Result<Customer, Error> {
    find(conn, id).await?.ok_or_else(|| Error::missing(TABLE, id))
}

/// Finds a customer by the hash of their token.
///
/// # Errors
/// If the database fails.
pub async fn find_by_token_hash(conn: &mut Conn, token_hash: &str) -> Result<Option<Customer>, Error> {
    Ok(optional!(conn, Row, FIND_BY_TOKEN_HASH, token_hash)?.map(Customer::from))
}
