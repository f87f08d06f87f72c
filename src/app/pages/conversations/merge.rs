//! A thread as one browser holds it: what the server sent, and the reader's own messages that are still on their way.
//! Pure: merging by seq and by the id the sender made, so that nothing is missing and nothing is shown twice.

use crate::domain::{Author, Content, DecisionRecord, Entry, Handoff, HandoffId};
use crate::wire::conversation::Thread;

/// A message or note of the reader's own that the server has not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Made once; sending it again stores nothing twice.
    pub client_id: String,
    pub body: String,
    pub is_note: bool,
    pub written_at_ms: i64,
    /// Why it did not get through; `None` while it is on its way.
    pub failure: Option<String>,
}

/// Whether news could be joined to what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Held now, without a gap.
    Joined,
    /// Entries between what is held and the news are missing: load the thread anew.
    Gap,
}

/// A thread with the reader's own unconfirmed messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadState {
    thread: Thread,
    unsent: Vec<Unsent>,
}

impl ThreadState {
    /// A thread as it was loaded.
    pub fn new(thread: Thread) -> Self {
        let mut state = Self { thread, unsent: Vec::new() };
        state.thread.entries.sort_by_key(|entry| entry.seq);
        state
    }

    /// What the server sent.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// The reader's own messages that are not confirmed, oldest first.
    pub fn unsent(&self) -> &[Unsent] {
        &self.unsent
    }

    /// The seq up to which nothing is missing: news are asked for after it. An own message that was confirmed before
    /// somebody else's earlier one arrived does not count yet.
    pub fn known_through(&self) -> i64 {
        let mut known = self.thread.entries.first().map_or(0, |entry| entry.seq - 1);
        for entry in &self.thread.entries {
            if entry.seq != known + 1 {
                break;
            }
            known = entry.seq;
        }
        known
    }

    /// Joins what the server sent after [`Self::known_through`]. The head is taken as it comes, unless it is older than
    /// the one held.
    pub fn join(&mut self, news: Thread) -> Merged {
        let known = self.known_through();
        if news.entries.first().is_some_and(|first| first.seq > known + 1) && !self.thread.entries.is_empty() {
            return Merged::Gap;
        }
        let Thread { head, entries, has_older: _, handoffs, decisions, names, team } = news;
        for entry in entries {
            self.hold(entry);
        }
        if head.last_seq >= self.thread.head.last_seq && head.owner_epoch >= self.thread.head.owner_epoch {
            self.thread.head = head;
            self.thread.handoffs = handoffs;
        }
        self.thread.decisions.extend(decisions);
        self.thread.names.extend(names);
        self.thread.team = team;
        Merged::Joined
    }

    /// Replaces what the server sent; unconfirmed messages stay, except those that have arrived.
    pub fn replace(&mut self, thread: Thread) {
        let unsent = std::mem::take(&mut self.unsent);
        *self = Self::new(thread);
        self.unsent = unsent;
        let thread = &self.thread;
        self.unsent.retain(|mine| !has_client_id(&thread.entries, &mine.client_id));
    }

    /// Puts older entries before those held.
    pub fn prepend(&mut self, older: Vec<Entry>) {
        let first = self.thread.entries.first().map_or(i64::MAX, |entry| entry.seq);
        self.thread.has_older = older.first().is_some_and(|entry| entry.seq > 1);
        let mut entries: Vec<Entry> = older.into_iter().filter(|entry| entry.seq < first).collect();
        entries.append(&mut self.thread.entries);
        self.thread.entries = entries;
    }

    /// The reader sends: shown at once. Sending a failed one again clears its failure.
    pub fn sending(&mut self, mine: Unsent) {
        match self.unsent.iter_mut().find(|other| other.client_id == mine.client_id) {
            Some(other) => other.failure = None,
            None if has_client_id(&self.thread.entries, &mine.client_id) => {}
            None => self.unsent.push(mine),
        }
    }

    /// The server confirmed the reader's message.
    pub fn confirmed(&mut self, entry: Entry) {
        self.hold(entry);
    }

    /// The reader's message did not get through.
    pub fn failed(&mut self, client_id: &str, failure: String) {
        if let Some(mine) = self.unsent.iter_mut().find(|mine| mine.client_id == client_id) {
            mine.failure = Some(failure);
        }
    }

    /// Takes an unconfirmed message back; answers with it.
    pub fn withdraw(&mut self, client_id: &str) -> Option<Unsent> {
        let at = self.unsent.iter().position(|mine| mine.client_id == client_id)?;
        Some(self.unsent.remove(at))
    }

    /// The handoff with this id.
    pub fn handoff(&self, id: &HandoffId) -> Option<&Handoff> {
        self.thread.handoffs.iter().find(|handoff| handoff.id == *id)
    }

    /// The record of the turn that led to a handoff: the one bound to the last customer message before it.
    pub fn decision_of(&self, handoff: &Handoff) -> Option<&DecisionRecord> {
        let before = self.thread.entries.iter().rev().skip_while(|entry| entry.seq > handoff.after_seq);
        let asked = before.into_iter().find(|entry| is_from_customer(entry))?;
        self.thread.decisions.get(asked.turn_id.as_ref()?.as_str())
    }

    /// Are there messages that a summary through `seq` does not know of?
    pub fn has_messages_after(&self, seq: i64) -> bool {
        self.thread
            .entries
            .iter()
            .rev()
            .take_while(|entry| entry.seq > seq)
            .any(|entry| matches!(&entry.content, Content::Message { author, .. } if *author != Author::System))
    }

    fn hold(&mut self, entry: Entry) {
        if let Some(client_id) = &entry.client_id {
            self.unsent.retain(|mine| mine.client_id != *client_id);
        }
        let entries = &mut self.thread.entries;
        match entries.binary_search_by_key(&entry.seq, |held| held.seq) {
            Ok(at) => entries[at] = entry,
            Err(at) => entries.insert(at, entry),
        }
    }
}

fn has_client_id(entries: &[Entry], client_id: &str) -> bool {
    entries.iter().any(|entry| entry.client_id.as_deref() == Some(client_id))
}

fn is_from_customer(entry: &Entry) -> bool {
    matches!(entry.content, Content::Message { author: Author::Customer, .. })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{customer, entry, teammate, thread};
    use super::*;

    fn seqs(state: &ThreadState) -> Vec<i64> {
        state.thread().entries.iter().map(|entry| entry.seq).collect()
    }

    fn mine(client_id: &str) -> Unsent {
        Unsent {
            client_id: client_id.to_owned(),
            body: "Hello".to_owned(),
            is_note: false,
            written_at_ms: 5,
            failure: None,
        }
    }

    #[test]
    fn news_join_by_seq_and_nothing_is_shown_twice() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a")), entry(2, customer("b"))]));
        assert_eq!(state.join(thread(vec![entry(2, customer("b")), entry(3, customer("c"))])), Merged::Joined);
        assert_eq!(seqs(&state), [1, 2, 3]);
        assert_eq!(state.known_through(), 3);
    }

    #[test]
    fn a_gap_asks_for_the_whole_thread() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a"))]));
        assert_eq!(state.join(thread(vec![entry(9, customer("z"))])), Merged::Gap);
        assert_eq!(seqs(&state), [1]);
    }

    #[test]
    fn an_own_message_confirmed_early_does_not_hide_what_came_before_it() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a"))]));
        state.sending(mine("m1"));
        state.confirmed(Entry { client_id: Some("m1".to_owned()), ..entry(3, teammate("t1", "Hello")) });
        assert!(state.unsent().is_empty());
        assert_eq!(state.known_through(), 1);
        state.join(thread(vec![entry(2, customer("b")), entry(3, teammate("t1", "Hello"))]));
        assert_eq!(seqs(&state), [1, 2, 3]);
        assert_eq!(state.known_through(), 3);
    }

    #[test]
    fn an_own_message_that_arrives_by_the_stream_first_is_not_shown_twice() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a"))]));
        state.sending(mine("m1"));
        let stored = Entry { client_id: Some("m1".to_owned()), ..entry(2, teammate("t1", "Hello")) };
        state.join(thread(vec![stored.clone()]));
        assert!(state.unsent().is_empty());
        state.confirmed(stored);
        state.sending(mine("m1"));
        assert_eq!(seqs(&state), [1, 2]);
        assert!(state.unsent().is_empty());
    }

    #[test]
    fn a_failed_message_keeps_its_id_when_it_is_sent_again() {
        let mut state = ThreadState::new(thread(Vec::new()));
        state.sending(mine("m1"));
        state.failed("m1", "No connection".to_owned());
        assert_eq!(state.unsent()[0].failure.as_deref(), Some("No connection"));
        state.sending(mine("m1"));
        assert_eq!(state.unsent().len(), 1);
        assert_eq!(state.unsent()[0].failure, None);
        assert_eq!(state.withdraw("m1").map(|mine| mine.body).as_deref(), Some("Hello"));
    }

    #[test]
    fn an_older_head_does_not_overwrite_a_newer_one() {
        let mut newer = thread(vec![entry(1, customer("a")), entry(2, customer("b"))]);
        newer.head.last_seq = 2;
        newer.head.owner_epoch = 3;
        let mut state = ThreadState::new(newer);
        let mut older = thread(vec![entry(2, customer("b"))]);
        older.head.last_seq = 1;
        older.head.owner_epoch = 2;
        state.join(older);
        assert_eq!(state.thread().head.owner_epoch, 3);
    }

    #[test]
    fn older_entries_go_before_those_held() {
        let mut state = ThreadState::new(thread(vec![entry(3, customer("c"))]));
        state.prepend(vec![entry(2, customer("b")), entry(3, customer("c"))]);
        assert_eq!(seqs(&state), [2, 3]);
        assert!(state.thread().has_older);
        state.prepend(vec![entry(1, customer("a"))]);
        assert!(!state.thread().has_older);
    }

    #[test]
    fn loading_anew_keeps_what_was_not_sent() {
        let mut state = ThreadState::new(thread(vec![entry(1, customer("a"))]));
        state.sending(mine("m1"));
        state.sending(mine("m2"));
        let arrived = Entry { client_id: Some("m1".to_owned()), ..entry(2, teammate("t1", "Hello")) };
        state.replace(thread(vec![entry(1, customer("a")), arrived]));
        assert_eq!(state.unsent().iter().map(|mine| mine.client_id.as_str()).collect::<Vec<_>>(), ["m2"]);
    }
}
