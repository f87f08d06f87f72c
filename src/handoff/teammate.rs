//! What a teammate's acts lead to. Whether their role allows the act is asked in `desk`; here it is only
//! asked whether it applies to the conversation as it stands.

use super::draft::Draft;
use super::effect::{Audience, ChangeKind, Effect, NoticeEvent, Timer};
use super::promise;
use super::queue::{self, Opening};
use super::refused::Refused;
use crate::domain::{
    Author, Content, HandoffEnd, HandoffKind, Lifecycle, Line, Owner, Priority, ResolvedBy, TeammateId,
};

/// A teammate took it from the AI or the queue. Only one with the owner epoch of now wins (I6).
pub(super) fn took_over(draft: &mut Draft, teammate: &TeammateId, epoch: i64) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    if let Owner::Teammate(by) = &draft.next.owner {
        return Err(Refused::AlreadyOwned { by: by.clone() });
    }
    if draft.next.owner_epoch != epoch {
        return Err(Refused::OwnerChanged);
    }
    take(draft, teammate);
    draft.watch_teammate();
    Ok(ChangeKind::TakenOver)
}

/// A teammate wrote to the customer: from the AI or the queue, this takes it over.
pub(super) fn replied(
    draft: &mut Draft,
    teammate: &TeammateId,
    body: &str,
    client_id: &str,
) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    let change = match draft.next.owner.clone() {
        Owner::Teammate(by) if by == *teammate => ChangeKind::Message,
        Owner::Teammate(by) => return Err(Refused::AlreadyOwned { by }),
        Owner::Ai | Owner::Queue | Owner::None => {
            take(draft, teammate);
            ChangeKind::TakenOver
        }
    };
    draft.open();
    let content = Content::Message { author: Author::Teammate { id: teammate.clone() }, body: body.to_owned() };
    draft.add(content, Some(client_id));
    draft.next.answered_seq = draft.next.customer_seq;
    draft.next.waiting_since_ms = None;
    Ok(change)
}

/// A private note changes nothing but the thread.
pub(super) fn noted(
    draft: &mut Draft,
    teammate: &TeammateId,
    body: &str,
    client_id: &str,
) -> Result<ChangeKind, Refused> {
    draft.add(Content::Note { by: teammate.clone(), body: body.to_owned() }, Some(client_id));
    Ok(ChangeKind::Note)
}

/// A teammate gave it to the team, from the AI or from a teammate.
pub(super) fn handed_to_team(draft: &mut Draft, teammate: &TeammateId, reason: &str) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    if draft.next.owner == Owner::Queue {
        return Err(Refused::NotNow);
    }
    draft.notice(promise::promise(&draft.policy.facts, HandoffKind::Teammate));
    let mut opening = Opening::unasked(draft, HandoffKind::Teammate, reason);
    opening.by = Some(teammate.clone());
    let handoff_id = queue::requeue(draft, opening);
    draft.line(Line::HandedToTeam { by: teammate.clone(), reason: reason.to_owned() });
    queue::call_team(draft, handoff_id, NoticeEvent::NeedsIntervention, Some(teammate));
    Ok(ChangeKind::HandedToTeam)
}

/// A teammate gave it to a teammate, perhaps to themselves. Both ends are told, except whoever did it. A
/// snooze goes on.
pub(super) fn assigned(draft: &mut Draft, by: &TeammateId, to: &TeammateId) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    let before = match draft.next.owner.clone() {
        Owner::Queue => None,
        Owner::Teammate(before) if before != *to => Some(before),
        _ => return Err(Refused::NotNow),
    };
    draft.give_to(Owner::Teammate(to.clone()));
    if before.is_none() {
        pick_up(draft, to);
    }
    draft.line(Line::Assigned { by: by.clone(), to: to.clone() });
    let occasion = format!("{}.{}", draft.next.id, draft.next.owner_epoch);
    let told = [(NoticeEvent::AssignedToMe, Some(to.clone())), (NoticeEvent::AssignedAway, before)];
    for (event, whom) in told {
        if let Some(whom) = whom.filter(|whom| whom != by) {
            draft.notify(event, Audience::Teammate(whom), Some(by), &occasion);
        }
    }
    draft.watch_teammate();
    Ok(ChangeKind::Assigned)
}

/// A teammate gave it to the AI: the handoff ends and the AI starts afresh with whatever is unanswered. A
/// customer who waited for a person without an open message is told who answers now.
pub(super) fn returned_to_ai(draft: &mut Draft, teammate: &TeammateId) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    if draft.next.owner == Owner::Ai {
        return Err(Refused::NotNow);
    }
    if !draft.policy.can_ai_answer {
        return Err(Refused::AiUnavailable);
    }
    let has_waited = draft.next.waiting_since_ms.is_some();
    end_handoff(draft, HandoffEnd::ReturnedToAi);
    draft.open();
    draft.give_to_ai();
    draft.next.priority = None;
    draft.next.priority_reason = None;
    draft.line(Line::ReturnedToAi { by: teammate.clone() });
    if draft.is_unanswered() {
        draft.queue_turn();
    } else if has_waited {
        draft.notice(promise::back_with_ai(&draft.policy.facts.language));
    }
    Ok(ChangeKind::ReturnedToAi)
}

/// A teammate settled it: nothing the customer wrote is open any more.
pub(super) fn resolved(draft: &mut Draft, teammate: &TeammateId) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    end_handoff(draft, HandoffEnd::Resolved);
    draft.resolve(ResolvedBy::Teammate);
    draft.next.answered_seq = draft.next.customer_seq;
    draft.line(Line::Resolved { by: Some(teammate.clone()) });
    Ok(ChangeKind::Resolved)
}

/// A teammate opened a resolved conversation, and has it.
pub(super) fn reopened(draft: &mut Draft, teammate: &TeammateId) -> Result<ChangeKind, Refused> {
    if draft.next.lifecycle != Lifecycle::Resolved {
        return Err(Refused::NotNow);
    }
    draft.open();
    draft.give_to(Owner::Teammate(teammate.clone()));
    draft.line(Line::Reopened { by: Some(teammate.clone()) });
    Ok(ChangeKind::Reopened)
}

/// A teammate put it off, or changed until when. The owner stays.
pub(super) fn snoozed(draft: &mut Draft, teammate: &TeammateId, until_ms: i64) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    if until_ms <= draft.now_ms {
        return Err(Refused::TooLate);
    }
    draft.next.lifecycle = Lifecycle::Snoozed;
    draft.next.snoozed_until_ms = Some(until_ms);
    draft.line(Line::Snoozed { by: teammate.clone(), until_ms });
    draft.push(Effect::SetTimer(Timer::Snooze { until_ms }));
    Ok(ChangeKind::Snoozed)
}

/// A teammate set or cleared the priority; a reason given by the AI no longer stands.
pub(super) fn set_priority(
    draft: &mut Draft,
    teammate: &TeammateId,
    priority: Option<Priority>,
) -> Result<ChangeKind, Refused> {
    not_resolved(draft)?;
    draft.next.priority = priority;
    draft.next.priority_reason = None;
    draft.line(Line::PrioritySet { by: teammate.clone(), priority });
    Ok(ChangeKind::Priority)
}

fn not_resolved(draft: &Draft) -> Result<(), Refused> {
    if draft.next.lifecycle == Lifecycle::Resolved { Err(Refused::Resolved) } else { Ok(()) }
}

/// Makes the teammate the owner, from the AI or the queue. What the AI left unanswered waits for them.
fn take(draft: &mut Draft, teammate: &TeammateId) {
    draft.open();
    draft.give_to(Owner::Teammate(teammate.clone()));
    if draft.is_unanswered() {
        draft.next.waiting_since_ms.get_or_insert(draft.now_ms);
    }
    pick_up(draft, teammate);
    draft.line(Line::TakenOver { by: teammate.clone() });
}

fn pick_up(draft: &mut Draft, by: &TeammateId) {
    if let Some(handoff_id) = draft.next.handoff_id.clone() {
        draft.push(Effect::PickUpHandoff { handoff_id, by: by.clone() });
    }
}

fn end_handoff(draft: &mut Draft, how: HandoffEnd) {
    if let Some(handoff_id) = draft.next.handoff_id.take() {
        draft.push(Effect::EndHandoff { handoff_id, how });
    }
}
