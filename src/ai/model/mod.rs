//! Deciding with a connected model. `client` speaks to it, `failure` says what can go wrong, `retry` and `breaker` how
//! often it is asked again. What it says is data: it proposes, and the rules of the engine dispose.

pub mod breaker;
pub mod client;
mod failure;
mod pieces;
mod request;
pub mod retry;
pub mod test_connection;
pub mod wire;

pub use client::{Answering, Client, Limits};
pub use wire::{Ask, Call, Delta, Ending, Failure, Heard, Line, Manner, Speaks};
