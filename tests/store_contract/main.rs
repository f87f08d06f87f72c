//! What the store promises, on SQLite and on Postgres alike. What it holds against writers at the same time is in
//! `store_races.rs`.

#[path = "../support/database.rs"]
#[macro_use]
mod database;
#[path = "../engine/mod.rs"]
mod engine;
#[path = "../support/told.rs"]
mod told;

mod accounts;
mod configuration;
mod constraints;
mod inbox;
mod jobs;
mod knowledge;
mod models;
mod schema;
mod steps;
mod stream;
mod thread;
