//! The inbox as it is shown: views, rows, threads. Plain data, shared by `desk` and the pages.

use crate::domain::{ConversationId, DecisionRecord, Entry, Handoff, Lifecycle, Owner, Priority, Teammate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The inbox's views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxView {
    NeedsIntervention,
    Mine,
    Unassigned,
    Ai,
    Open,
    Snoozed,
    Resolved,
}

impl InboxView {
    /// Every view, in the order they are shown.
    pub const ALL: [InboxView; 7] = [
        InboxView::NeedsIntervention,
        InboxView::Mine,
        InboxView::Unassigned,
        InboxView::Ai,
        InboxView::Open,
        InboxView::Snoozed,
        InboxView::Resolved,
    ];

    /// The word in the address bar.
    pub fn as_str(self) -> &'static str {
        match self {
            InboxView::NeedsIntervention => "needs_intervention",
            InboxView::Mine => "mine",
            InboxView::Unassigned => "unassigned",
            InboxView::Ai => "ai",
            InboxView::Open => "open",
            InboxView::Snoozed => "snoozed",
            InboxView::Resolved => "resolved",
        }
    }

    /// Reads the word in the address bar; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<InboxView> {
        Self::ALL.into_iter().find(|view| view.as_str() == word)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            InboxView::NeedsIntervention => "Needs intervention",
            InboxView::Mine => "Mine",
            InboxView::Unassigned => "Unassigned",
            InboxView::Ai => "AI",
            InboxView::Open => "All open",
            InboxView::Snoozed => "Snoozed",
            InboxView::Resolved => "Resolved",
        }
    }
}

/// How many conversations each view holds; counted up to 999.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub needs_intervention: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub ai: i64,
    pub open: i64,
    pub snoozed: i64,
    pub resolved: i64,
}

impl Counts {
    /// The count of one view.
    pub fn of(&self, view: InboxView) -> i64 {
        match view {
            InboxView::NeedsIntervention => self.needs_intervention,
            InboxView::Mine => self.mine,
            InboxView::Unassigned => self.unassigned,
            InboxView::Ai => self.ai,
            InboxView::Open => self.open,
            InboxView::Snoozed => self.snoozed,
            InboxView::Resolved => self.resolved,
        }
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: ConversationId,
    pub customer_name: String,
    pub agent_name: String,
    pub owner: Owner,
    pub owner_name: Option<String>,
    pub lifecycle: Lifecycle,
    pub priority: Option<Priority>,
    pub priority_reason: Option<String>,
    /// Since when the customer has been waiting for a person.
    pub waiting_since_ms: Option<i64>,
    /// Who wrote last: `customer`, `ai`, `teammate` or `system`.
    pub last_author: String,
    /// The beginning of the last message.
    pub preview: String,
    pub last_message_at_ms: i64,
    pub snoozed_until_ms: Option<i64>,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    pub rows: Vec<Row>,
    pub counts: Counts,
    /// Give this back to read on; `None` at the end.
    pub next: Option<String>,
}

/// The head of a conversation: what changes without a new entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub id: ConversationId,
    pub agent_id: String,
    pub agent_name: String,
    pub customer_name: String,
    pub customer_email: Option<String>,
    pub customer_locale: String,
    pub customer_page_url: String,
    pub owner: Owner,
    pub owner_name: Option<String>,
    /// Give this to [`crate::api::conversation::take_over`].
    pub owner_epoch: i64,
    pub lifecycle: Lifecycle,
    pub priority: Option<Priority>,
    pub priority_reason: Option<String>,
    pub waiting_since_ms: Option<i64>,
    pub snoozed_until_ms: Option<i64>,
    pub last_seq: i64,
    /// The AI is composing an answer.
    pub is_ai_thinking: bool,
    /// What it has written of it so far: the customer reads it already.
    #[serde(default)]
    pub ai_writing: String,
    /// The AI agent can answer: "Return to AI" makes sense.
    pub can_ai_answer: bool,
    pub previous_id: Option<ConversationId>,
    pub created_at_ms: i64,
}

/// A conversation as a teammate sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub head: Head,
    /// Oldest first: the latest 200 entries, or those after the seq that was asked for.
    pub entries: Vec<Entry>,
    /// There are older entries: ask [`crate::api::conversation::load_older`].
    pub has_older: bool,
    /// Every handoff, newest first.
    pub handoffs: Vec<Handoff>,
    /// Decision records by turn id, for the entries sent.
    pub decisions: BTreeMap<String, DecisionRecord>,
    /// Names of the teammates that the entries and handoffs mention.
    pub names: BTreeMap<String, String>,
    /// Everybody a conversation can be assigned to.
    pub team: Vec<Teammate>,
}
