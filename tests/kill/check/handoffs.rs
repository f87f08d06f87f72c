//! Handoffs, who was told of them, and the jobs that did it.

use super::{Told, Wrong};
use crate::rows::Notification;
use baton::domain::{GatheredValue, Missing, Owner, Role, Summary};
use baton::handoff::{Audience, Effect, Event};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The required value of the test's action.
pub const REQUIRED: &str = "order_number";

/// I4: at most one handoff is open, and it is the one the conversation names; whoever waits is waited for.
pub(super) fn one_handoff_is_open(told: &Told, wrong: &mut Wrong) {
    let mut open = HashMap::<&str, Vec<&str>>::new();
    for handoff in told.rows.handoffs.iter().filter(|handoff| handoff.ended_at_ms.is_none()) {
        open.entry(&handoff.conversation_id).or_default().push(&handoff.id);
    }
    for (conversation, history, _) in told.conversations() {
        let id = &conversation.id;
        let open = open.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        wrong.unless(open.len() <= 1, || format!("I4: {id} has the open handoffs {open:?}"));
        wrong.unless(open.first().copied() == conversation.handoff_id.as_deref(), || {
            format!("I4: {id} names the handoff {:?}; open is {open:?}", conversation.handoff_id)
        });
        let fits = match history.end().owner {
            Owner::Queue => !open.is_empty() && conversation.waiting_since_ms.is_some(),
            Owner::Ai | Owner::None => open.is_empty(),
            Owner::Teammate(_) => true,
        };
        wrong.unless(fits, || format!("{id} belongs to {}, its open handoffs are {open:?}", conversation.owner));
    }
}

/// Each handoff was opened by one step, has its required value or says why not (I5), and one summary.
pub(super) fn handoffs_are_whole(told: &Told, wrong: &mut Wrong) {
    let mut opened = BTreeMap::<&str, u32>::new();
    let mut summaries = BTreeSet::new();
    for (_, step) in told.steps() {
        for effect in &step.effects {
            match effect {
                Effect::OpenHandoff(new) => {
                    *opened.entry(new.id.as_str()).or_default() += 1;
                    summaries.insert(format!("summary.{}.{}", new.id, step.version));
                }
                Effect::Summarize { handoff_id } => {
                    summaries.insert(format!("summary.{handoff_id}.{}", step.version));
                }
                _ => {}
            }
        }
    }
    wrong.unless(opened.len() == told.rows.handoffs.len(), || {
        format!("{} handoffs are stored, {} are in the log", told.rows.handoffs.len(), opened.len())
    });
    for handoff in &told.rows.handoffs {
        let id = &handoff.id;
        let times = opened.get(id.as_str()).copied().unwrap_or(0);
        wrong.unless(times == 1, || format!("handoff {id} was opened {times} times"));
        let gathered: Vec<GatheredValue> =
            serde_json::from_str(&handoff.gathered).expect("gathered values can be read");
        let missing: Vec<Missing> = serde_json::from_str(&handoff.missing).expect("missing values can be read");
        let times = gathered.iter().filter(|value| value.name == REQUIRED).count()
            + missing.iter().filter(|missing| missing.name == REQUIRED).count();
        wrong.unless(times == 1, || format!("I5: handoff {id} has {REQUIRED} {times} times, gathered or missing"));
        let summary = handoff.summary.as_deref().map(serde_json::from_str::<Summary>);
        wrong.unless(matches!(summary, Some(Ok(_))), || format!("handoff {id} has no summary: {:?}", handoff.summary));
    }
    let jobs: BTreeSet<String> =
        told.rows.jobs.iter().filter(|job| job.kind == "summary").map(|job| job.key.clone()).collect();
    wrong.unless(jobs == summaries, || {
        let differing: Vec<_> = jobs.symmetric_difference(&summaries).take(10).collect();
        format!("the jobs that write summaries are not those of the log: {differing:?}")
    });
}

/// I7: each notice reached everybody it was for, except who caused it, once; and there are no others.
pub(super) fn notices_reach_everybody_once(told: &Told, wrong: &mut Wrong) {
    let can_work = |role: &str| Role::parse(role).is_some_and(Role::can_work);
    let team: BTreeSet<&str> =
        told.rows.teammates.iter().filter(|row| can_work(&row.role)).map(|row| row.id.as_str()).collect();
    let mut reached = BTreeMap::<&str, Vec<&Notification>>::new();
    for notification in &told.rows.notifications {
        reached.entry(&notification.key).or_default().push(notification);
    }
    for (id, step) in told.steps() {
        for effect in &step.effects {
            let Effect::Notify(notice) = effect else { continue };
            let mut expected: BTreeSet<&str> = match &notice.audience {
                Audience::Team => team.clone(),
                Audience::Teammate(one) => BTreeSet::from([one.as_str()]),
            };
            if let Some(except) = &notice.except {
                expected.remove(except.as_str());
            }
            let rows = reached.remove(notice.key.as_str()).unwrap_or_default();
            let whom: BTreeSet<&str> = rows.iter().map(|row| row.teammate_id.as_str()).collect();
            let is_once = rows.len() == whom.len() && rows.iter().all(|row| row.channel == "browser");
            wrong.unless(whom == expected && is_once, || {
                format!(
                    "I7: the notice {} of {id} reached {whom:?} in {} rows; it is for {expected:?}",
                    notice.key,
                    rows.len()
                )
            });
        }
    }
    wrong.unless(reached.is_empty(), || {
        format!("I7: notifications that no step asked for, or twice: {:?}", reached.keys().take(10).collect::<Vec<_>>())
    });
}

/// Each stage of waiting for a pick-up comes once: nobody is reminded, and no customer told, twice.
pub(super) fn waiting_is_told_once(told: &Told, wrong: &mut Wrong) {
    for (conversation, history, _) in told.conversations() {
        let mut stages = Vec::new();
        for moment in &history.moments {
            if let Event::PickUpOverdue { epoch, stage } = moment.step.event {
                wrong.unless(!stages.contains(&(epoch, stage)), || {
                    format!("{}: {stage:?} came twice under epoch {epoch}", conversation.id)
                });
                stages.push((epoch, stage));
            }
        }
    }
}

/// Every job that a step caused is there and done; none is dead, none was made up.
pub(super) fn jobs_are_done(told: &Told, wrong: &mut Wrong) {
    let mut caused = BTreeSet::new();
    for (id, step) in told.steps() {
        for effect in &step.effects {
            match effect {
                Effect::QueueTurn { turn_id, .. } => caused.insert(turn_id.0.clone()),
                Effect::Notify(notice) => caused.insert(notice.key.clone()),
                Effect::SetTimer(timer) => caused.insert(timer.key(&id.into())),
                _ => false,
            };
        }
    }
    for job in &told.rows.jobs {
        wrong.unless(job.state == "done", || {
            format!("job {} is {} after {} attempts: {:?}", job.key, job.state, job.attempts, job.last_error)
        });
    }
    let jobs: BTreeSet<String> =
        told.rows.jobs.iter().filter(|job| job.kind != "summary").map(|job| job.key.clone()).collect();
    wrong.unless(jobs == caused, || {
        let differing: Vec<_> = jobs.symmetric_difference(&caused).take(10).collect();
        format!("the jobs are not those of the log: {differing:?}")
    });
}
