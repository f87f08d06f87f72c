//! A conversation under test: it lives through events at a time of the test's choosing. Shared by the
//! engine's tests.

#![allow(dead_code)] // Each test binary uses its part.

#[path = "../support/gather.rs"]
mod gather;

use baton::domain::*;
use baton::handoff::*;
use gather::field;

/// When every test conversation begins.
pub const START_MS: i64 = 1_000_000;
pub const MINUTE_MS: i64 = 60_000;

pub fn ann() -> TeammateId {
    "ann".into()
}

pub fn ben() -> TeammateId {
    "ben".into()
}

/// An enabled action with one required and one optional value, an open office with somebody online.
pub fn policy() -> Policy {
    Policy {
        action: HandoffSettings {
            enabled: true,
            auto_priority: true,
            gather: vec![
                field("order_number", FieldKind::Text),
                GatherField { required: false, ..field("colour", FieldKind::Text) },
            ],
            ..HandoffSettings::default()
        },
        facts: Facts {
            is_open: true,
            is_anyone_online: true,
            back_at: None,
            has_contact: false,
            language: "en".into(),
        },
        limits: Limits::default(),
        is_last_teammate_online: false,
        can_ai_answer: true,
    }
}

pub fn value(name: &str, value: &str) -> GatheredValue {
    GatheredValue { name: name.to_owned(), value: value.to_owned(), source: ValueSource::Message, seq: Some(1) }
}

pub fn missing(name: &str, because: MissingBecause) -> Missing {
    Missing { name: name.to_owned(), because }
}

pub fn reason(kind: HandoffKind) -> HandoffReason {
    HandoffReason {
        kind,
        reason: "They ask about a refund.".into(),
        rule: Some("billing".into()),
        quote: None,
        quote_seq: None,
    }
}

/// A conversation with its policy and its clock.
#[derive(Clone, Debug)]
pub struct Story {
    pub conversation: Conversation,
    pub policy: Policy,
    pub now_ms: i64,
    /// How many messages were sent, for their client ids.
    sent: usize,
}

impl Story {
    pub fn new() -> Self {
        let conversation = Conversation::new("c".into(), "agent".into(), "customer".into(), START_MS);
        Self { conversation, policy: policy(), now_ms: START_MS, sent: 0 }
    }

    /// Takes one step; the conversation goes on from it.
    pub fn try_step(&mut self, event: &Event) -> Result<Step, Refused> {
        let step = step(&self.conversation, event, &self.policy, self.now_ms)?;
        self.conversation = step.next.clone();
        Ok(step)
    }

    /// Takes a step that must not be refused.
    pub fn step(&mut self, event: &Event) -> Step {
        self.try_step(event).unwrap_or_else(|refused| panic!("{event:?} was refused: {refused}"))
    }

    /// The same, for telling a story in one expression.
    pub fn then(mut self, event: impl FnOnce(&mut Self) -> Event) -> Self {
        let event = event(&mut self);
        self.step(&event);
        self
    }

    pub fn client_id(&mut self) -> String {
        self.sent += 1;
        format!("client-{}", self.sent)
    }

    /// The active turn's id, or the one it would have had.
    pub fn turn_id(&self) -> TurnId {
        let last = TurnId::nth(&self.conversation.id, self.conversation.turn_count);
        self.conversation.turn.as_ref().map_or(last, |turn| turn.id.clone())
    }

    pub fn epoch(&self) -> i64 {
        self.conversation.owner_epoch
    }

    pub fn wrote(&mut self) -> Event {
        Event::CustomerWrote { body: "Where is my order?".into(), client_id: self.client_id() }
    }

    pub fn began(&mut self) -> Event {
        Event::TurnBegan { turn_id: self.turn_id() }
    }

    pub fn wrote_ai(&self, so_far: &str, epoch: i64) -> Event {
        Event::AiWrote { turn_id: self.turn_id(), epoch, so_far: so_far.into() }
    }

    pub fn replied_ai(&mut self) -> Event {
        Event::AiReplied {
            turn_id: self.turn_id(),
            epoch: self.epoch(),
            body: "It is on its way.".into(),
            gathered: vec![],
        }
    }

    pub fn asked_for(&mut self) -> Event {
        Event::AiAskedFor {
            turn_id: self.turn_id(),
            epoch: self.epoch(),
            name: "order_number".into(),
            body: "What is your order number?".into(),
            wanted: reason(HandoffKind::Condition),
            gathered: vec![value("colour", "red")],
            refused: vec![],
        }
    }

    pub fn hands_off(&mut self) -> Event {
        Event::AiHandsOff {
            turn_id: self.turn_id(),
            epoch: self.epoch(),
            reason: reason(HandoffKind::Condition),
            gathered: vec![value("order_number", "A-17")],
            missing: vec![],
            priority: Some(PriorityWithReason { priority: Priority::High, reason: "Money is involved.".into() }),
            words: String::new(),
        }
    }

    pub fn failed(&mut self) -> Event {
        Event::AiFailed { turn_id: self.turn_id(), epoch: self.epoch(), error: "timed out".into() }
    }

    pub fn resolved_ai(&mut self) -> Event {
        Event::AiResolved { turn_id: self.turn_id(), epoch: self.epoch(), body: "Glad to help.".into() }
    }

    pub fn took_over(&mut self, teammate: TeammateId) -> Event {
        Event::TeammateTookOver { teammate, epoch: self.epoch() }
    }

    pub fn replied(&mut self, teammate: TeammateId) -> Event {
        Event::TeammateReplied { teammate, body: "Hello, I'm looking at it.".into(), client_id: self.client_id() }
    }

    pub fn snoozed(&mut self) -> Event {
        Event::TeammateSnoozed { teammate: ann(), until_ms: self.now_ms + 60 * MINUTE_MS }
    }

    /// The AI has a queued turn.
    pub fn ai_queued() -> Self {
        Self::new().then(Self::wrote)
    }

    /// The AI has a running turn.
    pub fn ai_running() -> Self {
        Self::ai_queued().then(Self::began)
    }

    /// The AI has answered everything.
    pub fn ai_idle() -> Self {
        Self::ai_running().then(Self::replied_ai)
    }

    /// The customer pressed the button before the AI answered.
    pub fn queue() -> Self {
        Self::ai_queued().then(|_| Event::CustomerAskedForPerson)
    }

    /// Ann took it from the queue and the customer waits.
    pub fn ann_waiting() -> Self {
        Self::queue().then(|story| story.took_over(ann()))
    }

    /// Ann has answered everything.
    pub fn ann_answered() -> Self {
        Self::ann_waiting().then(|story| story.replied(ann()))
    }

    pub fn resolved_by_ai() -> Self {
        Self::ai_running().then(Self::resolved_ai)
    }

    pub fn resolved_by_ann() -> Self {
        Self::ann_answered().then(|_| Event::TeammateResolved { teammate: ann() })
    }
}
