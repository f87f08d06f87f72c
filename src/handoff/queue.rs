//! The ways into the queue: opening a handoff or queueing the open one again, with the notifications and the
//! timers that make sure somebody comes. Who may do so, and why, is decided by the actors' rules.

use super::draft::Draft;
use super::effect::{Audience, Effect, NoticeEvent, Timer};
use super::event::{PickUpStage, not_asked};
use crate::domain::{
    GatheredValue, HandoffId, HandoffKind, HandoffReason, Missing, MissingBecause, NewHandoff, Owner,
    PriorityWithReason, TeammateId,
};

/// What a new handoff says.
pub(super) struct Opening {
    pub reason: HandoffReason,
    pub missing: Vec<Missing>,
    pub priority: Option<PriorityWithReason>,
    pub by: Option<TeammateId>,
}

impl Opening {
    /// A handoff that nobody asked questions for.
    pub fn unasked(draft: &Draft, kind: HandoffKind, reason: &str) -> Self {
        let reason = HandoffReason { kind, reason: reason.to_owned(), rule: None, quote: None, quote_seq: None };
        Self { reason, missing: missing_unasked(draft), priority: None, by: None }
    }
}

/// Opens a handoff: the queue owns the conversation, and stands open. Values are those gathered so far.
pub(super) fn open_handoff(draft: &mut Draft, opening: Opening) -> HandoffId {
    enter(draft);
    draft.next.handoff_count += 1;
    let id = HandoffId::nth(&draft.next.id, draft.next.handoff_count);
    draft.next.handoff_id = Some(id.clone());
    if let Some(given) = &opening.priority {
        draft.next.priority = Some(given.priority);
        draft.next.priority_reason = Some(given.reason.clone());
    }
    draft.push(Effect::OpenHandoff(NewHandoff {
        id: id.clone(),
        epoch: draft.next.owner_epoch,
        reason: opening.reason,
        gathered: draft.next.gathering.values.clone(),
        missing: opening.missing,
        priority: opening.priority,
        by: opening.by,
        after_seq: draft.next.last_seq,
    }));
    id
}

/// Puts a teammate's conversation back: its handoff waits again, or a new one opens if there is none.
pub(super) fn requeue(draft: &mut Draft, opening: Opening) -> HandoffId {
    let Some(handoff_id) = draft.next.handoff_id.clone() else {
        return open_handoff(draft, opening);
    };
    enter(draft);
    draft.push(Effect::RequeueHandoff { handoff_id: handoff_id.clone() });
    handoff_id
}

fn enter(draft: &mut Draft) {
    draft.give_to(Owner::Queue);
    draft.open();
    draft.next.gathering.asked = None;
    draft.next.gathering.wanted = None;
    draft.next.waiting_since_ms.get_or_insert(draft.now_ms);
}

/// Asks for somebody: a summary, a notification to the team, and the pick-up guarantee.
pub(super) fn call_team(draft: &mut Draft, handoff_id: HandoffId, event: NoticeEvent, except: Option<&TeammateId>) {
    let occasion = format!("{handoff_id}.{}", draft.next.owner_epoch);
    draft.push(Effect::Summarize { handoff_id });
    draft.notify(event, Audience::Team, except, &occasion);
    watch_queue(draft);
}

/// Sets the three timers of the pick-up guarantee.
pub(super) fn watch_queue(draft: &mut Draft) {
    let limits = draft.policy.limits;
    let stages = [
        (PickUpStage::Remind, limits.pick_up_remind_ms),
        (PickUpStage::Widen, limits.pick_up_widen_ms),
        (PickUpStage::TellCustomer, limits.pick_up_tell_ms),
    ];
    let epoch = draft.next.owner_epoch;
    for (stage, after_ms) in stages {
        draft.push(Effect::SetTimer(Timer::PickUp { epoch, stage, at_ms: draft.now_ms + after_ms }));
    }
}

/// Whether a value of this name was gathered.
pub(super) fn is_gathered(values: &[GatheredValue], name: &str) -> bool {
    values.iter().any(|gathered| gathered.name == name && !gathered.value.trim().is_empty())
}

/// The required values that were not gathered when nothing more is asked: refused before, or not asked for.
fn missing_unasked(draft: &Draft) -> Vec<Missing> {
    let action = &draft.policy.action;
    if !action.enabled {
        return Vec::new();
    }
    let gathering = &draft.next.gathering;
    action
        .required_names()
        .filter(|name| !is_gathered(&gathering.values, name))
        .map(|name| {
            if gathering.refused.iter().any(|refused| refused == name) {
                Missing { name: name.to_owned(), because: MissingBecause::Refused }
            } else {
                not_asked(name)
            }
        })
        .collect()
}
