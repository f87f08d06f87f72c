//! What must be true after any number of kills, asked of the rows alone (PRODUCT.md §4). Each complaint names the ids it is
//! about. A pure function, so that `tamper.rs` can prove that it notices what is wrong.

mod answers;
pub mod handoffs;
mod thread;

use crate::book::Pages;
use crate::history::History;
use crate::rows::{Conversation, Entry, Rows, Step};
use crate::teammates::Heard;
use std::collections::{BTreeMap, HashMap};

/// What is wrong, one sentence each; empty if all is well.
pub fn check(rows: &Rows, book: &Pages, heard: &[Heard]) -> Vec<String> {
    let mut wrong = Wrong::default();
    let told = Told::new(rows, &mut wrong);
    thread::log_and_entries_agree(&told, &mut wrong);
    thread::what_was_acknowledged_is_stored_once(&told, book, &mut wrong);
    thread::what_was_done_is_in_the_log(&told, book, &mut wrong);
    thread::one_teammate_wins_an_epoch(&told, book, &mut wrong);
    thread::streams_missed_nothing(&told, heard, &mut wrong);
    answers::turns_end(&told, &mut wrong);
    answers::customers_are_answered_once(&told, &mut wrong);
    answers::the_ai_speaks_only_while_it_owns(&told, &mut wrong);
    handoffs::one_handoff_is_open(&told, &mut wrong);
    handoffs::handoffs_are_whole(&told, &mut wrong);
    handoffs::notices_reach_everybody_once(&told, &mut wrong);
    handoffs::waiting_is_told_once(&told, &mut wrong);
    handoffs::jobs_are_done(&told, &mut wrong);
    wrong.0
}

/// The complaints so far.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    /// Complains unless `is_right`.
    fn unless(&mut self, is_right: bool, complaint: impl FnOnce() -> String) {
        if !is_right {
            self.0.push(complaint());
        }
    }
}

/// The rows, in the order in which the questions are asked.
struct Told<'a> {
    rows: &'a Rows,
    histories: BTreeMap<&'a str, History<'a>>,
    entries: HashMap<&'a str, Vec<&'a Entry>>,
}

impl<'a> Told<'a> {
    fn new(rows: &'a Rows, wrong: &mut Wrong) -> Self {
        const NO_STEPS: &[Step] = &[];
        let mut histories = BTreeMap::new();
        for conversation in &rows.conversations {
            let log = rows.log.get(&conversation.id).map_or(NO_STEPS, Vec::as_slice);
            histories.insert(conversation.id.as_str(), History::tell(log));
        }
        let mut entries = HashMap::<&str, Vec<&Entry>>::new();
        for entry in &rows.entries {
            entries.entry(&entry.conversation_id).or_default().push(entry);
        }
        for id in rows.log.keys() {
            wrong.unless(histories.contains_key(id.as_str()), || format!("a log of the missing conversation {id}"));
        }
        Self { rows, histories, entries }
    }

    /// Every conversation with its story and its entries, in their order.
    fn conversations(&self) -> impl Iterator<Item = (&'a Conversation, &History<'a>, &[&'a Entry])> {
        self.rows.conversations.iter().map(|conversation| {
            let entries = self.entries.get(conversation.id.as_str()).map_or(&[][..], Vec::as_slice);
            (conversation, &self.histories[conversation.id.as_str()], entries)
        })
    }

    /// Every step of every conversation.
    fn steps(&self) -> impl Iterator<Item = (&'a str, &'a Step)> {
        self.rows.log.iter().flat_map(|(id, steps)| steps.iter().map(move |step| (id.as_str(), step)))
    }
}
