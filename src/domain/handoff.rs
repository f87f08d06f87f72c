//! A handoff: why, with what was gathered, and its summary for the teammate.

use super::action::PriorityWithReason;
use super::ids::{ConversationId, HandoffId, TeammateId};
use serde::{Deserialize, Serialize};

/// What led to a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffKind {
    /// The customer asked for a person in words.
    AskedForPerson,
    /// A condition or keyword of the action matched.
    Condition,
    /// The AI reached its limit of turns, or could not help repeatedly.
    AiLimit,
    /// The customer pressed "Talk to a person".
    Button,
    /// The AI failed to answer.
    Failure,
    /// A teammate handed it to the team.
    Teammate,
    /// The customer came back to a resolved conversation, or its teammate went away.
    Returned,
}

impl HandoffKind {
    /// Every kind.
    pub const ALL: [HandoffKind; 7] = [
        HandoffKind::AskedForPerson,
        HandoffKind::Condition,
        HandoffKind::AiLimit,
        HandoffKind::Button,
        HandoffKind::Failure,
        HandoffKind::Teammate,
        HandoffKind::Returned,
    ];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            HandoffKind::AskedForPerson => "asked_for_person",
            HandoffKind::Condition => "condition",
            HandoffKind::AiLimit => "ai_limit",
            HandoffKind::Button => "button",
            HandoffKind::Failure => "failure",
            HandoffKind::Teammate => "teammate",
            HandoffKind::Returned => "returned",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<HandoffKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Why a handoff happens, in words a teammate reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffReason {
    pub kind: HandoffKind,
    /// One sentence.
    pub reason: String,
    /// The rule of the action that matched, in the admin's words.
    pub rule: Option<String>,
    /// The customer's words that matched.
    pub quote: Option<String>,
    /// The message the quote is from.
    pub quote_seq: Option<i64>,
}

/// Where a gathered value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// A message of the conversation.
    Message,
    /// The customer's saved details.
    Details,
    /// The page's identity.
    Page,
}

/// One gathered value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredValue {
    pub name: String,
    pub value: String,
    pub source: ValueSource,
    /// The message it came from, for [`ValueSource::Message`].
    pub seq: Option<i64>,
}

/// Why a required value is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingBecause {
    /// The customer would not say.
    Refused,
    /// The customer insisted on a person.
    Insisted,
    /// The limit of questions was reached.
    QuestionLimit,
    /// The handoff came by the button, a failure or a teammate: nothing was asked.
    NotAsked,
}

/// One required value that is missing, with the recorded reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    pub name: String,
    pub because: MissingBecause,
}

/// A handoff about to be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewHandoff {
    pub id: HandoffId,
    /// The owner epoch it opened (the queue's).
    pub epoch: i64,
    pub reason: HandoffReason,
    pub gathered: Vec<GatheredValue>,
    pub missing: Vec<Missing>,
    pub priority: Option<PriorityWithReason>,
    /// The teammate who handed it over, if one did.
    pub by: Option<TeammateId>,
    /// The last entry before the handoff: the marker stands after it.
    pub after_seq: i64,
}

/// How a handoff ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffEnd {
    ReturnedToAi,
    Resolved,
}

impl HandoffEnd {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            HandoffEnd::ReturnedToAi => "returned_to_ai",
            HandoffEnd::Resolved => "resolved",
        }
    }
}

/// A teammate's one-click judgement of a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Needed,
    TooEarly,
    TooLate,
}

impl Verdict {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Needed => "needed",
            Verdict::TooEarly => "too_early",
            Verdict::TooLate => "too_late",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Verdict> {
        [Verdict::Needed, Verdict::TooEarly, Verdict::TooLate].into_iter().find(|v| v.as_str() == word)
    }
}

/// A stored handoff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handoff {
    pub id: HandoffId,
    pub conversation_id: ConversationId,
    pub reason: HandoffReason,
    pub gathered: Vec<GatheredValue>,
    pub missing: Vec<Missing>,
    pub priority: Option<PriorityWithReason>,
    pub opened_at_ms: i64,
    pub after_seq: i64,
    pub picked_up_by: Option<TeammateId>,
    pub picked_up_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub summary: Option<Summary>,
    pub verdict: Option<Verdict>,
}

/// One point of a summary, linked to the message it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub text: String,
    pub seq: Option<i64>,
}

/// The AI summary of a conversation at a handoff. Values gathered and missing are on the handoff itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// What the customer wants.
    pub wants: Vec<Point>,
    /// What was tried.
    pub tried: Vec<Point>,
    /// One word or two, such as "Frustrated".
    pub mood: String,
    /// The suggested next step.
    pub next_step: String,
    /// The last entry it takes into account: newer messages make it stale.
    pub through_seq: i64,
}
