//! The wire between the pages and the server: types and thin server functions, by noun. Each function names
//! who may call it, calls one `desk` verb and answers with a real status. No rule lives here.

pub mod action;
pub mod agent;
pub mod conversation;
pub mod error;
pub mod knowledge;
pub mod model;
pub mod notification;
pub mod session;

pub use error::Error;
