//! A thread as the list of things that are shown one below the other: days, messages grouped by author, notes, lines
//! about what happened, and the places where a handoff began. Pure; the day of a time is passed in.

use super::merge::{ThreadState, Unsent};
use crate::domain::{Author, Content, Entry, HandoffId, Line};

/// Messages of one author closer together than this share one heading.
const GROUP_MS: i64 = 5 * 60 * 1_000;

/// One thing in the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A new day begins.
    Day(String),
    /// A message or a note; `starts_group` when its author is named above it.
    Said { entry: Entry, starts_group: bool },
    /// A line about what happened.
    Happened(Entry),
    /// Here a handoff began.
    Handoff(HandoffId),
    /// A message of the reader's own that is not confirmed.
    Unsent { mine: Unsent, starts_group: bool },
}

impl Item {
    /// What tells two items apart: it changes when an item must be drawn anew.
    pub fn key(&self) -> String {
        match self {
            Item::Day(day) => format!("day {day}"),
            Item::Said { entry, starts_group } => format!("{} {starts_group}", entry.seq),
            Item::Happened(entry) => entry.seq.to_string(),
            Item::Handoff(id) => format!("handoff {id}"),
            Item::Unsent { mine, starts_group } => {
                format!("unsent {} {starts_group} {}", mine.client_id, mine.failure.is_some())
            }
        }
    }
}

/// Everything that is shown, oldest first. `day_of` names the day of a time (epoch milliseconds).
pub fn items(state: &ThreadState, day_of: impl Fn(i64) -> String) -> Vec<Item> {
    let mut layout = Layout { items: Vec::new(), day: None, last: None };
    let thread = state.thread();
    // Oldest first; those before the first entry held are shown once older entries are loaded.
    let first = thread.entries.first().map_or(0, |entry| entry.seq);
    let mut handoffs = thread.handoffs.iter().rev().filter(|handoff| handoff.after_seq >= first - 1).peekable();
    for entry in &thread.entries {
        while let Some(handoff) = handoffs.next_if(|handoff| handoff.after_seq < entry.seq) {
            layout.handoff(handoff.id.clone());
        }
        layout.entry(entry, day_of(entry.created_at_ms), !thread.handoffs.is_empty());
    }
    for handoff in handoffs {
        layout.handoff(handoff.id.clone());
    }
    for mine in state.unsent() {
        layout.unsent(mine, day_of(mine.written_at_ms));
    }
    layout.items
}

/// Who said something, for grouping.
#[derive(Clone, PartialEq, Eq)]
struct Voice {
    who: String,
    at_ms: i64,
}

struct Layout {
    items: Vec<Item>,
    day: Option<String>,
    /// The one who spoke last, if nothing stands between.
    last: Option<Voice>,
}

impl Layout {
    fn entry(&mut self, entry: &Entry, day: String, has_handoffs: bool) {
        self.begin_day(day);
        match &entry.content {
            Content::Message { author, .. } => self.said(entry, author_key(author)),
            Content::Note { by, .. } => self.said(entry, format!("note {by}")),
            // The marker of the handoff says the same with more.
            Content::Event { line: Line::HandedOff { .. } } if has_handoffs => {}
            Content::Event { .. } => {
                self.last = None;
                self.items.push(Item::Happened(entry.clone()));
            }
        }
    }

    fn said(&mut self, entry: &Entry, who: String) {
        let starts_group = self.speaks(Voice { who, at_ms: entry.created_at_ms });
        self.items.push(Item::Said { entry: entry.clone(), starts_group });
    }

    fn unsent(&mut self, mine: &Unsent, day: String) {
        self.begin_day(day);
        let who = if mine.is_note { "my note" } else { "me" }.to_owned();
        let starts_group = self.speaks(Voice { who, at_ms: mine.written_at_ms });
        self.items.push(Item::Unsent { mine: mine.clone(), starts_group });
    }

    fn handoff(&mut self, id: HandoffId) {
        self.last = None;
        self.items.push(Item::Handoff(id));
    }

    fn begin_day(&mut self, day: String) {
        if self.day.as_ref() != Some(&day) {
            self.items.push(Item::Day(day.clone()));
            self.day = Some(day);
            self.last = None;
        }
    }

    /// Whether this voice begins a new group.
    fn speaks(&mut self, voice: Voice) -> bool {
        let goes_on =
            self.last.as_ref().is_some_and(|last| last.who == voice.who && voice.at_ms - last.at_ms < GROUP_MS);
        self.last = Some(voice);
        !goes_on
    }
}

fn author_key(author: &Author) -> String {
    match author {
        Author::Teammate { id } => format!("teammate {id}"),
        other => other.kind().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{ai, customer, entry, teammate, thread};
    use super::*;
    use crate::domain::{Handoff, HandoffKind, HandoffReason};

    fn shapes(state: &ThreadState) -> Vec<String> {
        items(state, |at_ms| format!("d{}", at_ms / 86_400_000))
            .iter()
            .map(|item| match item {
                Item::Day(day) => day.clone(),
                Item::Said { entry, starts_group } => format!("{}{}", entry.seq, if *starts_group { "!" } else { "" }),
                Item::Happened(entry) => format!("line {}", entry.seq),
                Item::Handoff(id) => format!("handoff {id}"),
                Item::Unsent { mine, starts_group } => {
                    format!("{}{}", mine.client_id, if *starts_group { "!" } else { "" })
                }
            })
            .collect()
    }

    fn handoff(id: &str, after_seq: i64) -> Handoff {
        let reason = HandoffReason {
            kind: HandoffKind::Condition,
            reason: "Billing".to_owned(),
            rule: None,
            quote: None,
            quote_seq: None,
        };
        Handoff {
            id: HandoffId::from(id),
            conversation_id: "c1".into(),
            reason,
            gathered: Vec::new(),
            missing: Vec::new(),
            priority: None,
            opened_at_ms: 0,
            after_seq,
            picked_up_by: None,
            picked_up_at_ms: None,
            ended_at_ms: None,
            summary: None,
            verdict: None,
        }
    }

    #[test]
    fn messages_of_one_author_share_a_heading_until_somebody_else_speaks_or_time_passes() {
        let late = Entry { created_at_ms: 4_000 + GROUP_MS, ..entry(5, customer("e")) };
        let entries =
            vec![entry(1, customer("a")), entry(2, customer("b")), entry(3, ai("c")), entry(4, customer("d")), late];
        let state = ThreadState::new(thread(entries));
        assert_eq!(shapes(&state), ["d0", "1!", "2", "3!", "4!", "5!"]);
    }

    #[test]
    fn a_new_day_begins_a_new_group() {
        let next_day = Entry { created_at_ms: 86_400_001, ..entry(2, customer("b")) };
        let first = Entry { created_at_ms: 86_399_999, ..entry(1, customer("a")) };
        let state = ThreadState::new(thread(vec![first, next_day]));
        assert_eq!(shapes(&state), ["d0", "1!", "d1", "2!"]);
    }

    #[test]
    fn the_marker_of_a_handoff_stands_after_its_last_entry_and_replaces_the_event_line() {
        let line = Line::HandedOff { kind: HandoffKind::Condition, reason: "Billing".to_owned(), by: None };
        let entries = vec![
            entry(1, customer("a")),
            entry(2, ai("b")),
            entry(3, Content::Event { line }),
            entry(4, Content::Event { line: Line::TakenOver { by: "t1".into() } }),
            entry(5, teammate("t1", "c")),
        ];
        let mut thread = thread(entries);
        thread.handoffs = vec![handoff("h2", 5), handoff("h1", 2)];
        let state = ThreadState::new(thread);
        assert_eq!(shapes(&state), ["d0", "1!", "2!", "handoff h1", "line 4", "5!", "handoff h2"]);
    }

    #[test]
    fn a_handoff_before_the_entries_held_is_not_shown_yet() {
        let mut thread = thread(vec![entry(50, customer("a"))]);
        thread.handoffs = vec![handoff("h2", 49), handoff("h1", 12)];
        assert_eq!(shapes(&ThreadState::new(thread)), ["handoff h2", "d0", "50!"]);
    }

    #[test]
    fn unsent_messages_stand_last() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a"))]));
        for client_id in ["m1", "m2"] {
            state.sending(Unsent {
                client_id: client_id.to_owned(),
                body: String::new(),
                is_note: false,
                written_at_ms: 2_000,
                failure: None,
            });
        }
        assert_eq!(shapes(&state), ["d0", "1!", "m1!", "m2"]);
    }
}
