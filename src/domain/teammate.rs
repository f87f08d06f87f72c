//! Teammates and what their role allows (PRODUCT.md §8).

use super::ids::TeammateId;
use serde::{Deserialize, Serialize};

/// What a person may do. Ordered: each role includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads conversations and reports.
    Viewer,
    /// Works conversations.
    Teammate,
    /// Configures AI agents, actions and the workspace.
    Admin,
    /// Everything, and can't be removed.
    Owner,
}

impl Role {
    /// Every role, least powerful first.
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Teammate, Role::Admin, Role::Owner];

    /// The word stored in the database and used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Teammate => "teammate",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// May reply, take over, hand to team, resolve and the like.
    pub fn can_work(self) -> bool {
        self >= Role::Teammate
    }

    /// May change AI agents, actions and the workspace.
    pub fn can_configure(self) -> bool {
        self >= Role::Admin
    }
}

/// A teammate as the rest of the product sees them: never with a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teammate {
    pub id: TeammateId,
    pub name: String,
    pub email: String,
    pub role: Role,
}
