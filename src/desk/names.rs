//! The names that go with ids on the screen.

use super::Error;
use crate::domain::{Content, Entry, Handoff, Line, Owner, TeammateId};
use crate::store::{self, Conn};
use std::collections::{BTreeMap, BTreeSet};

/// What a customer is called who has not said their name.
pub(super) const CUSTOMER_UNNAMED: &str = "Visitor";

/// The names of everybody that these entries and handoffs mention, by id.
pub(super) async fn mentioned(
    conn: &mut Conn,
    owner: &Owner,
    entries: &[Entry],
    handoffs: &[Handoff],
) -> Result<BTreeMap<String, String>, Error> {
    let mut ids: BTreeSet<TeammateId> = owner.teammate().cloned().into_iter().collect();
    ids.extend(entries.iter().flat_map(|entry| of_content(&entry.content)));
    ids.extend(handoffs.iter().filter_map(|handoff| handoff.picked_up_by.clone()));
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(teammate) = store::teammate::find(conn, &id).await? {
            names.insert(id.0, teammate.name);
        }
    }
    Ok(names)
}

fn of_content(content: &Content) -> Vec<TeammateId> {
    use crate::domain::Author;
    match content {
        Content::Message { author: Author::Teammate { id }, .. } | Content::Note { by: id, .. } => vec![id.clone()],
        Content::Message { .. } => Vec::new(),
        Content::Event { line } => match line {
            Line::HandedOff { by, .. } | Line::Resolved { by } | Line::Reopened { by } => by.iter().cloned().collect(),
            Line::TakenOver { by }
            | Line::HandedToTeam { by, .. }
            | Line::ReturnedToAi { by }
            | Line::Snoozed { by, .. }
            | Line::PrioritySet { by, .. } => vec![by.clone()],
            Line::Assigned { by, to } => vec![by.clone(), to.clone()],
            Line::TeammateAbsent { teammate } => vec![teammate.clone()],
            Line::Woke | Line::NotPickedUp | Line::AiFailed { .. } => Vec::new(),
        },
    }
}

/// Who saved something: a teammate's name, or Baton itself.
pub(super) async fn teammate_name(conn: &mut Conn, id: Option<&TeammateId>) -> Result<String, Error> {
    let found = match id {
        Some(id) => store::teammate::find(conn, id).await?.map(|teammate| teammate.name),
        None => None,
    };
    Ok(found.unwrap_or_else(|| "Baton".to_owned()))
}

/// A person's first name: all that a customer is shown.
pub(super) fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}
