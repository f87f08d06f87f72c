//! Everything that follows from an event. `desk` carries the effects out in the transaction that stores the
//! next state: nothing of them happens if it does not commit.

use super::event::PickUpStage;
use crate::domain::{
    Conversation, ConversationId, HandoffEnd, HandoffId, NewEntry, NewHandoff, Outcome, TeammateId, TurnId,
};
use serde::{Deserialize, Serialize};

/// What a step leads to: the next state and what must be done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub next: Conversation,
    /// In the order in which they are carried out.
    pub effects: Vec<Effect>,
    /// What the team's browsers are told has changed.
    pub change: ChangeKind,
}

/// One thing to do. Mood: imperative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Store a message, note or event line.
    AddEntry(NewEntry),
    /// Store a turn and the job that runs it.
    QueueTurn {
        turn_id: TurnId,
        epoch: i64,
        run_at_ms: i64,
    },
    /// Mark the turn as running and bind the customer's messages up to `through_seq` to it.
    BeginTurn {
        turn_id: TurnId,
        through_seq: i64,
    },
    /// The turn is done.
    FinishTurn {
        turn_id: TurnId,
        outcome: Outcome,
    },
    /// The turn's words no longer count: somebody else owns the conversation.
    VoidTurn {
        turn_id: TurnId,
    },
    /// Store the open handoff. `Summarize` follows.
    OpenHandoff(NewHandoff),
    /// Somebody took the open handoff.
    PickUpHandoff {
        handoff_id: HandoffId,
        by: TeammateId,
    },
    /// The handoff waits for the team again.
    RequeueHandoff {
        handoff_id: HandoffId,
    },
    EndHandoff {
        handoff_id: HandoffId,
        how: HandoffEnd,
    },
    /// Write or rewrite the summary of a handoff.
    Summarize {
        handoff_id: HandoffId,
    },
    /// Tell teammates.
    Notify(Notice),
    /// Wake this conversation later with an event.
    SetTimer(Timer),
}

/// What a notification tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeEvent {
    NeedsIntervention,
    AssignedToMe,
    /// A conversation of mine was given to another teammate.
    AssignedAway,
    CustomerReplied,
    NotPickedUp,
    NotPickedUpWidened,
    TeammateAbsent,
    SnoozeEnded,
    /// An agent's model does not answer; it concerns no single conversation, but was noticed in one.
    AiUnavailable,
    AiAvailable,
}

impl NoticeEvent {
    /// The word stored in the database and sent to browsers.
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeEvent::NeedsIntervention => "needs_intervention",
            NoticeEvent::AssignedToMe => "assigned_to_me",
            NoticeEvent::AssignedAway => "assigned_away",
            NoticeEvent::CustomerReplied => "customer_replied",
            NoticeEvent::NotPickedUp => "not_picked_up",
            NoticeEvent::NotPickedUpWidened => "not_picked_up_widened",
            NoticeEvent::TeammateAbsent => "teammate_absent",
            NoticeEvent::SnoozeEnded => "snooze_ended",
            NoticeEvent::AiUnavailable => "ai_unavailable",
            NoticeEvent::AiAvailable => "ai_available",
        }
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody who works conversations.
    Team,
    /// One teammate.
    Teammate(TeammateId),
}

/// One notification to an audience. `key` names the occasion: one recipient hears of one occasion once (I7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub event: NoticeEvent,
    pub audience: Audience,
    /// Who caused it, and is not told.
    pub except: Option<TeammateId>,
    /// Unique per occasion, such as `{handoff}.{epoch}.needs_intervention`.
    pub key: String,
}

/// A timer: a job that brings the event back to the engine, which refuses it if it no longer applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "timer", rename_all = "snake_case")]
pub enum Timer {
    PickUp { epoch: i64, stage: PickUpStage, at_ms: i64 },
    Absent { teammate: TeammateId, epoch: i64, waiting_since_ms: i64, at_ms: i64 },
    Snooze { until_ms: i64 },
}

impl Timer {
    /// When it goes off, in epoch milliseconds.
    pub fn at_ms(&self) -> i64 {
        match self {
            Timer::PickUp { at_ms, .. } | Timer::Absent { at_ms, .. } => *at_ms,
            Timer::Snooze { until_ms } => *until_ms,
        }
    }

    /// Unique per occasion: setting the same timer twice sets it once.
    pub fn key(&self, conversation: &ConversationId) -> String {
        match self {
            Timer::PickUp { epoch, stage, at_ms } => format!("{conversation}.pick_up.{epoch}.{stage:?}.{at_ms}"),
            Timer::Absent { epoch, waiting_since_ms, at_ms, .. } => {
                format!("{conversation}.absent.{epoch}.{waiting_since_ms}.{at_ms}")
            }
            Timer::Snooze { until_ms } => format!("{conversation}.snooze.{until_ms}"),
        }
    }
}

/// What a browser is told has changed; it fetches the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Message,
    Note,
    Turn,
    Handoff,
    TakenOver,
    HandedToTeam,
    Assigned,
    ReturnedToAi,
    Resolved,
    Reopened,
    Snoozed,
    Priority,
    NotPickedUp,
    Summary,
    /// Teammates were notified about it.
    Notified,
}

impl ChangeKind {
    /// The word stored in the database and sent to browsers.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Message => "message",
            ChangeKind::Note => "note",
            ChangeKind::Turn => "turn",
            ChangeKind::Handoff => "handoff",
            ChangeKind::TakenOver => "taken_over",
            ChangeKind::HandedToTeam => "handed_to_team",
            ChangeKind::Assigned => "assigned",
            ChangeKind::ReturnedToAi => "returned_to_ai",
            ChangeKind::Resolved => "resolved",
            ChangeKind::Reopened => "reopened",
            ChangeKind::Snoozed => "snoozed",
            ChangeKind::Priority => "priority",
            ChangeKind::NotPickedUp => "not_picked_up",
            ChangeKind::Summary => "summary",
            ChangeKind::Notified => "notified",
        }
    }
}
