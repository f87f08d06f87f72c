//! Deciding with a connected model. `client` speaks to it, `failure` says what can go wrong, `retry` and `breaker` how
//! often it is asked again. `engine` joins it to the built-in engine: `prompt` and `tools` say what it is told, `turn` asks,
//! `words` listens. What it says is data: it proposes, and `dispose` makes of it what the rules allow.

pub mod asks;
pub mod breaker;
pub mod client;
mod dispose;
#[cfg(test)]
mod dispose_tests;
pub mod engine;
mod failure;
mod pieces;
mod promise_words;
mod promises;
pub mod prompt;
mod reason;
mod request;
pub mod retry;
mod summary;
pub mod test_connection;
mod tools;
mod turn;
mod values;
pub mod wire;
mod words;
#[cfg(test)]
mod words_tests;

pub use client::{Answering, Client, Limits};
pub use engine::{Bounds, ModelEngine};
pub use wire::{Ask, Call, Delta, Ending, Failure, Heard, Line, Manner, Speaks};
