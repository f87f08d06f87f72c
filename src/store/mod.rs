//! The store: the only SQL of the product, on SQLite and Postgres alike. One file per noun; what a noun means is in
//! `domain`, what may happen to it in `handoff`. Functions that read take a [`Conn`], functions that write a [`Tx`];
//! none of them begins or ends a transaction, reads the clock or makes an id.

mod conn;
mod db;
mod dialect;
mod error;
mod listener;

pub mod action;
pub mod agent;
pub mod audit;
pub mod change;
pub mod conversation;
pub mod conversation_list;
pub mod conversation_step;
pub mod customer;
pub mod decision;
pub mod entry;
pub mod handoff;
pub mod jobs;
pub mod knowledge;
pub mod model;
pub mod notification;
pub mod presence;
pub mod session;
pub mod teammate;
pub mod turn;
pub mod workspace;

pub use conn::{Conn, Dialect, Tx};
pub use db::Db;
pub use error::Error;
pub use listener::Listener;

/// The statements that are one text for both databases, file by file.
const STATEMENTS: &[&[(&str, &str)]] = &[
    action::STATEMENTS,
    agent::STATEMENTS,
    audit::STATEMENTS,
    change::STATEMENTS,
    conversation::STATEMENTS,
    conversation_list::STATEMENTS,
    conversation_step::STATEMENTS,
    customer::STATEMENTS,
    decision::STATEMENTS,
    entry::STATEMENTS,
    handoff::STATEMENTS,
    jobs::STATEMENTS,
    knowledge::STATEMENTS,
    model::STATEMENTS,
    notification::STATEMENTS,
    presence::STATEMENTS,
    session::STATEMENTS,
    teammate::STATEMENTS,
    turn::STATEMENTS,
    workspace::STATEMENTS,
];

/// Every statement that runs on `dialect`, by name: a test prepares them all.
pub fn statements(dialect: Dialect) -> Vec<(&'static str, &'static str)> {
    let mut list = STATEMENTS.concat();
    list.extend(dialect::statements(dialect));
    list
}

/// Reads a stored JSON column, or says which row is corrupt.
fn from_json<T: serde::de::DeserializeOwned>(table: &'static str, id: &str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::corrupt(table, id, error))
}

/// Writes a JSON column.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the product's own types have text keys and no failing serializers")
}

/// Reads a stored word of an enum, or says which row is corrupt.
fn from_word<T>(table: &'static str, id: &str, word: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    parse(word).ok_or_else(|| Error::corrupt(table, id, format_args!("the word {word:?} is unknown")))
}

/// Bounds a page: at least 1 row, at most `max`.
fn page(limit: i64, max: i64) -> i64 {
    limit.clamp(1, max)
}
