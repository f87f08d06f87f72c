//! What the customer's acts lead to. A customer is always heard: the only refusals are a conversation that
//! ended long ago and a button that is switched off.

use super::draft::Draft;
use super::effect::{Audience, ChangeKind, NoticeEvent};
use super::promise;
use super::queue::{self, Opening};
use super::refused::Refused;
use crate::domain::{Author, Content, HandoffKind, Lifecycle, Line, Owner, ResolvedBy, TeammateId};

/// The customer wrote.
pub(super) fn wrote(draft: &mut Draft, body: &str, client_id: &str) -> Result<ChangeKind, Refused> {
    if has_ended(draft) {
        return Err(Refused::Ended);
    }
    let content = Content::Message { author: Author::Customer, body: body.to_owned() };
    draft.next.customer_seq = draft.add(content, Some(client_id));

    let was = draft.next.lifecycle;
    if was == Lifecycle::Resolved {
        return Ok(come_back(draft));
    }
    if was == Lifecycle::Snoozed {
        draft.open();
        draft.line(Line::Woke);
    }
    match draft.next.owner.clone() {
        Owner::Teammate(teammate) => tell_owner(draft, teammate, was == Lifecycle::Snoozed),
        Owner::Queue => {
            if was == Lifecycle::Snoozed {
                wake_queue(draft);
            }
        }
        Owner::Ai | Owner::None => draft.queue_turn(),
    }
    Ok(ChangeKind::Message)
}

/// The customer pressed "Talk to a person".
pub(super) fn asked_for_person(draft: &mut Draft) -> Result<ChangeKind, Refused> {
    match draft.next.owner {
        Owner::None if has_ended(draft) => return Err(Refused::Ended),
        Owner::None => return Err(Refused::Resolved),
        Owner::Queue | Owner::Teammate(_) => return Err(Refused::NotNow),
        Owner::Ai => {}
    }
    if !(draft.policy.action.enabled && draft.policy.action.person_button) {
        return Err(Refused::ActionDisabled);
    }
    hand_off(draft, HandoffKind::Button, "The customer pressed “Talk to a person”.");
    Ok(ChangeKind::Handoff)
}

/// Whether it was resolved too long ago for the customer to go on in it.
fn has_ended(draft: &Draft) -> bool {
    let resolved_at_ms = draft.next.resolved_at_ms.unwrap_or(draft.now_ms);
    draft.next.lifecycle == Lifecycle::Resolved && draft.now_ms - resolved_at_ms > draft.policy.limits.reopen_ms
}

/// A resolved conversation goes to whoever resolved it, or to the team.
fn come_back(draft: &mut Draft) -> ChangeKind {
    let was_resolved_by_ai = draft.next.resolved_by == Some(ResolvedBy::Ai);
    draft.open();
    draft.line(Line::Reopened { by: None });
    if was_resolved_by_ai {
        draft.give_to_ai();
        draft.queue_turn();
        return ChangeKind::Reopened;
    }
    match draft.next.last_teammate_id.clone().filter(|_| draft.policy.is_last_teammate_online) {
        Some(teammate) => {
            draft.give_to(Owner::Teammate(teammate.clone()));
            tell_owner(draft, teammate, false);
        }
        None => hand_off(draft, HandoffKind::Returned, "The customer wrote again after this was resolved."),
    }
    ChangeKind::Reopened
}

/// Tells the owner that the customer wrote, and watches that an answer comes.
fn tell_owner(draft: &mut Draft, teammate: TeammateId, has_woken: bool) {
    let occasion = format!("{}.{}", draft.next.id, draft.next.customer_seq);
    draft.notify(NoticeEvent::CustomerReplied, Audience::Teammate(teammate), None, &occasion);
    // A timer that went off during a snooze did nothing: after it, the watch begins anew.
    if draft.next.waiting_since_ms.is_none() || has_woken {
        draft.next.waiting_since_ms.get_or_insert(draft.now_ms);
        draft.watch_teammate();
    }
}

fn wake_queue(draft: &mut Draft) {
    let occasion = format!("{}.{}", draft.next.id, draft.next.customer_seq);
    draft.notify(NoticeEvent::CustomerReplied, Audience::Team, None, &occasion);
    queue::watch_queue(draft);
}

/// A handoff without the AI: Baton itself tells the customer.
fn hand_off(draft: &mut Draft, kind: HandoffKind, reason: &str) {
    draft.notice(promise::promise(&draft.policy.facts, kind));
    let opening = Opening::unasked(draft, kind, reason);
    let handoff_id = queue::open_handoff(draft, opening);
    draft.line(Line::HandedOff { kind, reason: reason.to_owned(), by: None });
    queue::call_team(draft, handoff_id, NoticeEvent::NeedsIntervention, None);
}
