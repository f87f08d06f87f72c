//! Everything that can happen to a conversation. Ids and texts come from outside; the engine makes none.

use crate::domain::{
    GatheredValue, HandoffReason, Missing, MissingBecause, Priority, PriorityWithReason, TeammateId, TurnId,
};
use serde::{Deserialize, Serialize};

/// One thing that happened. Tense: past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The customer wrote a message.
    CustomerWrote {
        body: String,
        client_id: String,
    },
    /// The customer pressed "Talk to a person".
    CustomerAskedForPerson,

    /// A worker began the queued turn, or began it again after a crash.
    TurnBegan {
        turn_id: TurnId,
    },
    /// The AI goes on writing: the customer is shown what there is so far.
    AiWrote {
        turn_id: TurnId,
        epoch: i64,
        so_far: String,
    },
    /// The AI answered.
    AiReplied {
        turn_id: TurnId,
        epoch: i64,
        body: String,
        gathered: Vec<GatheredValue>,
    },
    /// The AI asked for a value it must gather.
    AiAskedFor {
        turn_id: TurnId,
        epoch: i64,
        name: String,
        body: String,
        wanted: HandoffReason,
        gathered: Vec<GatheredValue>,
        refused: Vec<String>,
    },
    /// The AI hands off. The engine makes the words that tell of it, from facts; `words` come before them.
    AiHandsOff {
        turn_id: TurnId,
        epoch: i64,
        reason: HandoffReason,
        gathered: Vec<GatheredValue>,
        missing: Vec<Missing>,
        priority: Option<PriorityWithReason>,
        #[serde(default)]
        words: String,
    },
    /// The AI could not answer, after every retry and fallback.
    AiFailed {
        turn_id: TurnId,
        epoch: i64,
        error: String,
    },
    /// The AI saw that the customer's matter is settled.
    AiResolved {
        turn_id: TurnId,
        epoch: i64,
        body: String,
    },

    /// A teammate took the conversation; `epoch` is the one they saw.
    TeammateTookOver {
        teammate: TeammateId,
        epoch: i64,
    },
    /// A teammate wrote to the customer.
    TeammateReplied {
        teammate: TeammateId,
        body: String,
        client_id: String,
    },
    /// A teammate wrote a private note.
    TeammateNoted {
        teammate: TeammateId,
        body: String,
        client_id: String,
    },
    TeammateHandedToTeam {
        teammate: TeammateId,
        reason: String,
    },
    TeammateAssigned {
        by: TeammateId,
        to: TeammateId,
    },
    TeammateReturnedToAi {
        teammate: TeammateId,
    },
    TeammateResolved {
        teammate: TeammateId,
    },
    TeammateReopened {
        teammate: TeammateId,
    },
    TeammateSnoozed {
        teammate: TeammateId,
        until_ms: i64,
    },
    TeammateSetPriority {
        teammate: TeammateId,
        priority: Option<Priority>,
    },

    /// The snooze is over.
    SnoozeElapsed {
        until_ms: i64,
    },
    /// Nobody picked the handoff up in time; `epoch` is the queue's.
    PickUpOverdue {
        epoch: i64,
        stage: PickUpStage,
    },
    /// The owner was silent too long after the customer began to wait, or went offline.
    TeammateAbsent {
        teammate: TeammateId,
        epoch: i64,
        waiting_since_ms: i64,
    },
}

/// How far the pick-up guarantee has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickUpStage {
    /// Remind the audience.
    Remind,
    /// Tell everybody, admins too.
    Widen,
    /// Tell the customer and ask for a contact.
    TellCustomer,
}

/// Why a value is missing, for handoffs that ask nothing.
pub(crate) fn not_asked(name: &str) -> Missing {
    Missing { name: name.to_owned(), because: MissingBecause::NotAsked }
}
