//! The engine: who answers the customer, decided by one pure function.
//!
//! [`step`] joins what can happen ([`Event`]) to what follows ([`Effect`]), under the rules and facts of the
//! moment ([`Policy`]), or says why it does not apply ([`Refused`]). The rules stand by actor in `customer`,
//! `ai`, `teammate` and `timer`; `queue` holds what every way into the queue shares, `draft` the step being
//! made, and [`promise`] the sentences the customer reads. PRODUCT.md §4 is the table they implement.
//!
//! Nothing here reads a clock, makes an id, or knows of a database: `desk` loads the conversation, calls
//! [`step`], and stores the next state with its effects in one transaction.

mod ai;
mod customer;
mod draft;
mod effect;
mod event;
mod policy;
pub mod promise;
mod queue;
mod refused;
mod teammate;
mod timer;
mod words;

pub use effect::*;
pub use event::*;
pub use policy::*;
pub use refused::*;

use crate::domain::Conversation;
use draft::Draft;

/// What follows when `event` happens to `conversation` at `now_ms` (epoch milliseconds).
///
/// Every step raises the version by one and gives new entries the next seqs. A change of owner raises the
/// owner epoch by one and voids the turn that is under way.
///
/// # Errors
/// [`Refused`] when the event does not apply; nothing has changed then.
pub fn step(conversation: &Conversation, event: &Event, policy: &Policy, now_ms: i64) -> Result<Step, Refused> {
    let mut draft = Draft::new(conversation, policy, now_ms);
    let change = apply(&mut draft, event)?;
    Ok(draft.finish(change))
}

fn apply(draft: &mut Draft, event: &Event) -> Result<ChangeKind, Refused> {
    match event {
        Event::CustomerWrote { body, client_id } => customer::wrote(draft, body, client_id),
        Event::CustomerAskedForPerson => customer::asked_for_person(draft),

        Event::TurnBegan { turn_id } => ai::began(draft, turn_id),
        Event::AiWrote { turn_id, epoch, so_far } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::wrote(draft, so_far)
        }
        Event::AiReplied { turn_id, epoch, body, gathered } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::replied(draft, body, gathered)
        }
        Event::AiAskedFor { turn_id, epoch, name, body, wanted, gathered, refused } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::asked_for(draft, &ai::Question { name, body, wanted, gathered, refused })
        }
        Event::AiHandsOff { turn_id, epoch, reason, gathered, missing, priority, words } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::hands_off(draft, &ai::Leaving { reason, gathered, missing, priority: priority.as_ref(), words })
        }
        Event::AiFailed { turn_id, epoch, error } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::failed(draft, error)
        }
        Event::AiResolved { turn_id, epoch, body } => {
            ai::current_turn(draft, turn_id, *epoch)?;
            ai::resolved(draft, body)
        }

        Event::TeammateTookOver { teammate, epoch } => teammate::took_over(draft, teammate, *epoch),
        Event::TeammateReplied { teammate, body, client_id } => teammate::replied(draft, teammate, body, client_id),
        Event::TeammateNoted { teammate, body, client_id } => teammate::noted(draft, teammate, body, client_id),
        Event::TeammateHandedToTeam { teammate, reason } => teammate::handed_to_team(draft, teammate, reason),
        Event::TeammateAssigned { by, to } => teammate::assigned(draft, by, to),
        Event::TeammateReturnedToAi { teammate } => teammate::returned_to_ai(draft, teammate),
        Event::TeammateResolved { teammate } => teammate::resolved(draft, teammate),
        Event::TeammateReopened { teammate } => teammate::reopened(draft, teammate),
        Event::TeammateSnoozed { teammate, until_ms } => teammate::snoozed(draft, teammate, *until_ms),
        Event::TeammateSetPriority { teammate, priority } => teammate::set_priority(draft, teammate, *priority),

        Event::SnoozeElapsed { until_ms } => timer::snooze_elapsed(draft, *until_ms),
        Event::PickUpOverdue { epoch, stage } => timer::pick_up_overdue(draft, *epoch, *stage),
        Event::TeammateAbsent { teammate, epoch, waiting_since_ms } => {
            timer::teammate_absent(draft, teammate, *epoch, *waiting_since_ms)
        }
    }
}
