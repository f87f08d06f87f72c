//! Who owned a conversation, and under which epoch, told again from its log alone. This is written a second time, beside
//! the engine, so that the two can disagree.

use crate::rows::Step;
use baton::domain::{Content, Line, Owner};
use baton::handoff::Effect;

/// An owner with their epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reign {
    pub owner: Owner,
    pub epoch: i64,
}

/// A step with who owned the conversation before and after it.
pub struct Moment<'a> {
    pub step: &'a Step,
    pub before: Reign,
    pub after: Reign,
}

/// The story of one conversation.
pub struct History<'a> {
    pub moments: Vec<Moment<'a>>,
}

impl<'a> History<'a> {
    /// Tells it from the log.
    pub fn tell(log: &'a [Step]) -> Self {
        let mut now = Reign { owner: Owner::Ai, epoch: 1 };
        let mut last_teammate = None;
        let mut moments = Vec::with_capacity(log.len());
        for step in log {
            let before = now.clone();
            if let Some(owner) = new_owner(step, last_teammate.as_ref()) {
                if let Owner::Teammate(_) = &owner {
                    last_teammate = Some(owner.clone());
                }
                now = Reign { owner, epoch: before.epoch + 1 };
            }
            moments.push(Moment { step, before, after: now.clone() });
        }
        Self { moments }
    }

    /// How it stands in the end.
    pub fn end(&self) -> Reign {
        self.moments.last().map_or(Reign { owner: Owner::Ai, epoch: 1 }, |last| last.after.clone())
    }

    /// The moment in which the entry with this seq was written.
    pub fn of_entry(&self, seq: i64) -> Option<&Moment<'a>> {
        self.moments.iter().find(|moment| moment.step.entries().any(|entry| entry.seq == seq))
    }
}

/// The owner that a step gave the conversation to, if it changed the owner.
fn new_owner(step: &Step, last_teammate: Option<&Owner>) -> Option<Owner> {
    let is_queued = |effect: &Effect| matches!(effect, Effect::OpenHandoff(_) | Effect::RequeueHandoff { .. });
    if step.effects.iter().any(is_queued) {
        return Some(Owner::Queue);
    }
    step.entries().find_map(|entry| {
        let Content::Event { line } = &entry.content else { return None };
        match line {
            Line::TakenOver { by } | Line::Reopened { by: Some(by) } => Some(Owner::Teammate(by.clone())),
            Line::Assigned { to, .. } => Some(Owner::Teammate(to.clone())),
            Line::ReturnedToAi { .. } => Some(Owner::Ai),
            Line::Resolved { .. } => Some(Owner::None),
            // The customer came back: to the AI, which begins a turn, or to the last teammate.
            Line::Reopened { by: None } => {
                let is_ai = step.effects.iter().any(|effect| matches!(effect, Effect::QueueTurn { .. }));
                if is_ai { Some(Owner::Ai) } else { last_teammate.cloned() }
            }
            _ => None,
        }
    })
}
