//! Identifiers. Each is a newtype over text, so that two kinds can't be confused. Ids of things made from
//! outside are UUIDv7 and passed in; ids of turns and handoffs follow from their conversation and a count,
//! so that the pure engine needs no randomness and a retry names the same thing.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text, as it is stored and sent.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A teammate (a person with an account).
    TeammateId
);
id!(
    /// An AI agent.
    AgentId
);
id!(
    /// An action of an AI agent.
    ActionId
);
id!(
    /// A customer, known by the token their browser keeps.
    CustomerId
);
id!(
    /// A conversation.
    ConversationId
);
id!(
    /// One entry of a thread: a message, a note or an event line.
    EntryId
);
id!(
    /// One run of the AI over a conversation.
    TurnId
);
id!(
    /// One handoff of a conversation to the team.
    HandoffId
);
id!(
    /// One notification to one teammate.
    NotificationId
);
id!(
    /// One job row.
    JobId
);
id!(
    /// One entry of an agent's knowledge.
    KnowledgeId
);

impl TurnId {
    /// The id of a conversation's `number`th turn, counted from 1.
    pub fn nth(conversation: &ConversationId, number: i64) -> Self {
        Self(format!("{conversation}.t{number}"))
    }
}

impl HandoffId {
    /// The id of a conversation's `number`th handoff, counted from 1.
    pub fn nth(conversation: &ConversationId, number: i64) -> Self {
        Self(format!("{conversation}.h{number}"))
    }
}
