//! The Human Handoff action: its Edit page and its history.

mod asked;
mod changes;
mod conflict;
mod diff;
mod edit;
mod example_row;
mod examples;
mod fields;
mod form;
mod gather;
mod gather_row;
mod history;
mod left_behind;
mod live;
mod op_button;
mod reading;
mod saving;
mod trial;
mod trial_result;

pub use edit::EditHandoffPage;
pub use history::HandoffHistoryPage;
