//! What goes over the wire between `desk` and the pages: read models, plain data without rules.

pub mod action;
pub mod agent;
pub mod conversation;
pub mod knowledge;
pub mod model;
pub mod notification;
pub mod reading;
pub mod session;
pub mod widget;
