//! Answers from an agent's knowledge: what was found for a question. What a page of it says is data: it is quoted, never
//! followed. No IO: `desk` loads and stores.

use crate::domain::KnowledgeId;

/// From this score on a passage answers the question; below it the honest answer is that there is none.
pub const ANSWER_FLOOR: f32 = 0.5;
/// The most passages that a turn is told of.
pub const FOUND_MAX: usize = 5;

/// A passage that fits a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub entry_id: KnowledgeId,
    /// The entry's title.
    pub title: String,
    /// The headings above the passage; may be empty.
    pub heading: String,
    /// Its place in the entry.
    pub ordinal: i64,
    pub text: String,
    /// The sentences of it that fit, as they would be quoted.
    pub quote: String,
    /// From 0 to 1.
    pub score: f32,
}

impl Found {
    /// Whether it fits well enough to be quoted to a customer.
    pub fn answers(&self) -> bool {
        self.score >= ANSWER_FLOOR && !self.quote.is_empty()
    }
}
