//! The Human Handoff action: its Edit page and its history.

mod changes;
mod conflict;
mod diff;
mod edit;
mod fields;
mod form;
mod gather;
mod gather_row;
mod history;
mod op_button;
mod saving;
mod unsaved;

pub use edit::EditHandoffPage;
pub use history::HandoffHistoryPage;
