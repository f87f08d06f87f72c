//! The thread, what people were told about it, and the streams.

use super::{Told, Wrong};
use crate::book::{Deed, Pages, Writer};
use crate::history::History;
use crate::rows::{author_id, body, words};
use crate::teammates::Heard;
use baton::domain::{Lifecycle, Owner};
use baton::handoff::Event;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Each conversation is what its log says: version by version, entry by entry, owner and epoch.
pub(super) fn log_and_entries_agree(told: &Told, wrong: &mut Wrong) {
    for (conversation, history, entries) in told.conversations() {
        let id = &conversation.id;
        let versions = history.moments.iter().map(|moment| moment.step.version);
        wrong.unless(versions.eq(1..=conversation.version), || {
            format!("the log of {id} does not count from 1 to its version {}", conversation.version)
        });
        let seqs = entries.iter().map(|entry| entry.seq);
        wrong.unless(seqs.eq(1..=conversation.last_seq), || {
            format!("the entries of {id} do not count from 1 to {}", conversation.last_seq)
        });
        let logged: Vec<_> = history.moments.iter().flat_map(|moment| moment.step.entries()).collect();
        wrong.unless(logged.len() == entries.len(), || {
            format!("{id} has {} entries, its log {}", entries.len(), logged.len())
        });
        for (entry, logged) in entries.iter().zip(logged) {
            let is_same = entry.seq == logged.seq
                && (entry.kind.as_str(), entry.author_kind.as_str()) == words(&logged.content)
                && body(&logged.content).is_none_or(|body| body == entry.body)
                && author_id(&logged.content) == entry.author_id.as_deref()
                && logged.client_id == entry.client_id;
            wrong.unless(is_same, || format!("entry {} of {id} is not what its log says", entry.id));
        }
        let end = history.end();
        let is_so = end.epoch == conversation.owner_epoch
            && end.owner.kind() == conversation.owner
            && end.owner.teammate().map(|id| id.as_str()) == conversation.owner_teammate_id.as_deref()
            && (end.owner == Owner::None) == (conversation.lifecycle == Lifecycle::Resolved.as_str());
        wrong.unless(is_so, || {
            format!(
                "{id} belongs to {} under epoch {}, its log says {end:?}",
                conversation.owner, conversation.owner_epoch
            )
        });
    }
}

/// I1: what was answered with success is there, once, as it was written.
pub(super) fn what_was_acknowledged_is_stored_once(told: &Told, book: &Pages, wrong: &mut Wrong) {
    let mut stored = HashMap::<&str, Vec<_>>::new();
    for entry in &told.rows.entries {
        if let Some(client_id) = &entry.client_id {
            stored.entry(client_id).or_default().push(entry);
        }
    }
    for (client_id, entries) in &stored {
        wrong.unless(entries.len() == 1, || {
            let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
            format!("I1: the client id {client_id} is stored {} times: {ids:?}", entries.len())
        });
    }
    for written in &book.written {
        let (kind, author_kind, author_id) = match &written.by {
            Writer::Customer => ("message", "customer", None),
            Writer::Replying(id) => ("message", "teammate", Some(id.as_str())),
            Writer::Noting(id) => ("note", "teammate", Some(id.as_str())),
        };
        let found = stored.get(written.client_id.as_str()).and_then(|entries| entries.first());
        let is_stored = found.is_some_and(|entry| {
            entry.id == written.entry_id
                && entry.conversation_id == written.conversation_id.as_str()
                && entry.seq == written.seq
                && entry.body == written.body
                && (entry.kind.as_str(), entry.author_kind.as_str()) == (kind, author_kind)
                && entry.author_id.as_deref() == author_id
        });
        wrong.unless(is_stored, || format!("I1: acknowledged, but not stored so: {written:?}; found {found:?}"));
    }
    let acknowledged: BTreeSet<&str> = book.written.iter().map(|written| written.client_id.as_str()).collect();
    for (client_id, entries) in &stored {
        // Everybody persists until they get an answer, so nothing is stored that nobody knows of. A refused reply is not.
        wrong.unless(acknowledged.contains(client_id), || format!("stored, but never acknowledged: {:?}", entries[0]));
    }
}

/// Each deed that was answered with success has its step.
pub(super) fn what_was_done_is_in_the_log(told: &Told, book: &Pages, wrong: &mut Wrong) {
    let mut logged = BTreeMap::<(&str, String, Kind), u32>::new();
    for (id, step) in told.steps() {
        let deed = match &step.event {
            Event::TeammateReturnedToAi { teammate } => Some((teammate, Kind::ReturnedToAi)),
            Event::TeammateResolved { teammate } => Some((teammate, Kind::Resolved)),
            Event::TeammateHandedToTeam { teammate, .. } => Some((teammate, Kind::HandedToTeam)),
            Event::TeammateSnoozed { teammate, .. } => Some((teammate, Kind::Snoozed)),
            _ => None,
        };
        if let Some((teammate, kind)) = deed {
            *logged.entry((id, teammate.0.clone(), kind)).or_default() += 1;
        }
    }
    let mut done = BTreeMap::<(&str, String, Kind), u32>::new();
    for acknowledged in &book.done {
        let kind = match acknowledged.deed {
            Deed::TookOver { .. } => continue,
            Deed::ReturnedToAi => Kind::ReturnedToAi,
            Deed::Resolved => Kind::Resolved,
            Deed::HandedToTeam => Kind::HandedToTeam,
            Deed::Snoozed => Kind::Snoozed,
        };
        *done.entry((acknowledged.conversation_id.as_str(), acknowledged.by.0.clone(), kind)).or_default() += 1;
    }
    for (key, times) in done {
        let in_log = logged.get(&key).copied().unwrap_or(0);
        // One more in the log is a deed whose answer was lost: asked again, it was refused.
        wrong
            .unless(times <= in_log, || format!("{key:?} was acknowledged {times} times and is logged {in_log} times"));
    }
    for id in &book.pressed {
        let history = told.histories.get(id.as_str());
        let has_left_the_ai =
            history.is_some_and(|history| history.moments.iter().any(|moment| moment.after.owner != Owner::Ai));
        wrong.unless(has_left_the_ai, || format!("the button's press in {id} was acknowledged, but the AI kept it"));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    ReturnedToAi,
    Resolved,
    HandedToTeam,
    Snoozed,
}

/// I6: under one epoch one teammate wins, and only a winner is told so.
pub(super) fn one_teammate_wins_an_epoch(told: &Told, book: &Pages, wrong: &mut Wrong) {
    let mut winners = BTreeMap::<(&str, i64), Vec<&str>>::new();
    for (id, step) in told.steps() {
        if let Event::TeammateTookOver { teammate, epoch } = &step.event {
            winners.entry((id, *epoch)).or_default().push(teammate.as_str());
        }
    }
    for ((id, epoch), teammates) in &winners {
        wrong.unless(teammates.len() == 1, || format!("I6: {teammates:?} took over {id} under epoch {epoch}"));
    }
    for done in &book.done {
        let Deed::TookOver { epoch } = done.deed else { continue };
        let id = done.conversation_id.as_str();
        let has_won = winners.get(&(id, epoch)).is_some_and(|teammates| teammates.contains(&done.by.as_str()));
        // Asked for what they have already, teammates are told that they have it.
        let has_it = || told.histories.get(id).is_some_and(|history| owned_after(history, done.by.as_str(), epoch));
        wrong.unless(has_won || has_it(), || {
            format!("I6: {} was told that they took over {id} under epoch {epoch}, but did not", done.by)
        });
    }
}

fn owned_after(history: &History, teammate: &str, epoch: i64) -> bool {
    let is_theirs = |owner: &Owner| owner.teammate().is_some_and(|id| id.as_str() == teammate);
    history.moments.iter().any(|moment| moment.after.epoch > epoch && is_theirs(&moment.after.owner))
}

/// Whoever listened heard every change and every notification once, in order, over all connections.
pub(super) fn streams_missed_nothing(told: &Told, heard: &[Heard], wrong: &mut Wrong) {
    for heard in heard {
        let who = &heard.who;
        let is_new = |seq: i64| seq > heard.first_seq;
        let changes: Vec<i64> = (told.rows.changes.iter())
            .filter(|change| is_new(change.seq) && change.kind != "notified")
            .map(|change| change.seq)
            .collect();
        wrong.unless(changes == heard.changes, || {
            let stored: BTreeSet<_> = changes.iter().collect();
            let told: BTreeSet<_> = heard.changes.iter().collect();
            let missed: Vec<_> = stored.difference(&told).take(10).collect();
            let (all, heard) = (changes.len(), heard.changes.len());
            format!(
                "the stream of {who} told {heard} of {all} changes, or not each once and in order; missed {missed:?}"
            )
        });
        let notifications: BTreeSet<&str> = (told.rows.notifications.iter())
            .filter(|row| row.teammate_id == *who && is_new(row.seq))
            .map(|row| row.id.as_str())
            .collect();
        let told: Vec<&str> = heard.notifications.iter().map(|(_, id)| id.as_str()).collect();
        let once: BTreeSet<&str> = told.iter().copied().collect();
        wrong.unless(once == notifications && once.len() == told.len(), || {
            let missed: Vec<_> = notifications.difference(&once).take(10).collect();
            format!(
                "the stream of {who} told {} notifications ({} different ones) of {}; missed {missed:?}",
                told.len(),
                once.len(),
                notifications.len()
            )
        });
    }
}
