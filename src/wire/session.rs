//! Who is signed in, and what setting up needs. Plain data, shared by `desk` and the pages.

use crate::domain::Teammate;
use serde::{Deserialize, Serialize};

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub teammate: Teammate,
    pub workspace_name: String,
}

/// What the first visit needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupState {
    /// No workspace exists yet.
    pub is_needed: bool,
    /// The server listens beyond this machine: the one-time token from its log is asked for.
    pub is_token_required: bool,
}

/// How strong a password is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very strong); 3 is enough.
    pub score: u8,
    /// One sentence that says how to make it stronger; empty when it is strong.
    pub advice: String,
}
