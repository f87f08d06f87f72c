//! What the passing of time leads to. A timer brings back the state it was set for; when that is gone, the
//! event is [`Refused::TooLate`] and nothing happens.

use super::draft::Draft;
use super::effect::{Audience, ChangeKind, NoticeEvent};
use super::event::PickUpStage;
use super::promise;
use super::queue::{self, Opening};
use super::refused::Refused;
use crate::domain::{HandoffKind, Lifecycle, Line, Owner, TeammateId};

/// The snooze is over: the owner is told, and the watches that did nothing meanwhile begin anew.
pub(super) fn snooze_elapsed(draft: &mut Draft, until_ms: i64) -> Result<ChangeKind, Refused> {
    if draft.next.lifecycle != Lifecycle::Snoozed || draft.next.snoozed_until_ms != Some(until_ms) {
        return Err(Refused::TooLate);
    }
    draft.open();
    draft.line(Line::Woke);
    let audience = match &draft.next.owner {
        Owner::Teammate(teammate) => Audience::Teammate(teammate.clone()),
        _ => Audience::Team,
    };
    let occasion = format!("{}.{until_ms}", draft.next.id);
    draft.notify(NoticeEvent::SnoozeEnded, audience, None, &occasion);
    if draft.next.owner == Owner::Queue {
        queue::watch_queue(draft);
    }
    draft.watch_teammate();
    Ok(ChangeKind::Reopened)
}

/// Nobody picked it up in time: the team hears of it again, then more widely, and then the customer is told.
pub(super) fn pick_up_overdue(draft: &mut Draft, epoch: i64, stage: PickUpStage) -> Result<ChangeKind, Refused> {
    let is_waiting = draft.next.owner == Owner::Queue && draft.next.lifecycle == Lifecycle::Open;
    let handoff_id = draft.next.handoff_id.clone().filter(|_| is_waiting && draft.next.owner_epoch == epoch);
    let occasion = format!("{}.{epoch}", handoff_id.ok_or(Refused::TooLate)?);
    match stage {
        PickUpStage::Remind => {
            draft.line(Line::NotPickedUp);
            draft.notify(NoticeEvent::NotPickedUp, Audience::Team, None, &occasion);
        }
        PickUpStage::Widen => draft.notify(NoticeEvent::NotPickedUpWidened, Audience::Team, None, &occasion),
        PickUpStage::TellCustomer => draft.notice(promise::no_one_free_yet(&draft.policy.facts)),
    }
    Ok(ChangeKind::NotPickedUp)
}

/// The owner left the customer waiting: the team gets it.
pub(super) fn teammate_absent(
    draft: &mut Draft,
    teammate: &TeammateId,
    epoch: i64,
    waiting_since_ms: i64,
) -> Result<ChangeKind, Refused> {
    let is_still_so = draft.next.owner.teammate() == Some(teammate)
        && draft.next.owner_epoch == epoch
        && draft.next.lifecycle == Lifecycle::Open
        && draft.next.waiting_since_ms == Some(waiting_since_ms);
    if !is_still_so {
        return Err(Refused::TooLate);
    }
    let opening = Opening::unasked(draft, HandoffKind::Returned, "The teammate was away while the customer waited.");
    let handoff_id = queue::requeue(draft, opening);
    draft.line(Line::TeammateAbsent { teammate: teammate.clone() });
    queue::call_team(draft, handoff_id, NoticeEvent::TeammateAbsent, None);
    Ok(ChangeKind::Handoff)
}
