//! The pages, by noun. A page loads and lays out; what it is made of is in `components`.

pub mod agents;
pub mod conversations;
pub mod door;
pub mod home;
pub mod not_found;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod ui;
