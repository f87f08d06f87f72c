//! What the people of the load know for certain, because the server said so: each line here was acknowledged.

use crate::people::Customer;
use baton::domain::{ConversationId, TeammateId};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that somebody wrote, acknowledged with success.
#[derive(Clone, Debug)]
pub struct Written {
    pub by: Writer,
    pub conversation_id: ConversationId,
    pub client_id: String,
    pub body: String,
    /// The entry's id and place, as the server answered.
    pub entry_id: String,
    pub seq: i64,
}

/// Who wrote, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writer {
    Customer,
    Replying(TeammateId),
    Noting(TeammateId),
}

/// What a teammate did with a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Under the epoch that was seen.
    TookOver {
        epoch: i64,
    },
    ReturnedToAi,
    Resolved,
    HandedToTeam,
    Snoozed,
}

/// A deed that was answered with success.
#[derive(Clone, Debug)]
pub struct Done {
    pub by: TeammateId,
    pub conversation_id: ConversationId,
    pub deed: Deed,
}

/// Everything that was acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub written: Vec<Written>,
    pub done: Vec<Done>,
    /// Conversations whose customer pressed "Talk to a person", answered with success.
    pub pressed: Vec<ConversationId>,
    /// Refusals by their word.
    pub refused: BTreeMap<String, u32>,
    /// Requests that got no answer at first.
    pub asked_again: u32,
    /// Messages whose answer was lost, sent again, and found stored.
    pub stored_before: u32,
}

/// The book, shared by everybody.
#[derive(Default)]
pub struct Book {
    pages: Mutex<Pages>,
    visitors: Mutex<Vec<Customer>>,
}

impl Book {
    /// Opens the book to write.
    pub fn open(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody who opened the widget.
    pub fn visitors(&self) -> MutexGuard<'_, Vec<Customer>> {
        self.visitors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
