//! Rows of "Information to Gather" as an admin adds them: required, without choices.

#![allow(dead_code)] // Each test binary uses its part.

use baton::domain::{FieldKind, GatherField};

/// A row without a description.
pub fn field(name: &str, kind: FieldKind) -> GatherField {
    GatherField { name: name.into(), description: String::new(), kind, choices: Vec::new(), required: true }
}

/// A row of text that says what it is for.
pub fn text_field(name: &str, description: &str) -> GatherField {
    GatherField { description: description.into(), ..field(name, FieldKind::Text) }
}
