//! Answers from an agent's knowledge: what was found for a question. What a page of it says is data: it is quoted, never
//! followed. No IO: `desk` loads and stores.

pub mod html;
pub mod passages;

mod quote;
mod rank;
#[cfg(test)]
mod rank_tests;
mod stopwords;

pub use rank::{Library, Shelved, embedded_text};

use super::{Said, Speaker};
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

/// The fewest letters of a question that can be understood by itself.
const QUESTION_LETTERS_MIN: usize = 12;

/// What the customer asks: their messages since the last answer. A few words more ("And to Norway?") go on with what they
/// said before.
pub fn question_of(said: &[Said]) -> String {
    let mut messages = said.iter().rev().filter(|said| said.by == Speaker::Customer);
    let start = said.iter().rposition(|said| matches!(said.by, Speaker::Ai | Speaker::Teammate)).map_or(0, |at| at + 1);
    let burst: Vec<&str> =
        said[start..].iter().filter(|said| said.by == Speaker::Customer).map(|said| said.body.as_str()).collect();
    let question = burst.join("\n");
    if question.chars().filter(|c| c.is_alphanumeric()).count() >= QUESTION_LETTERS_MIN {
        return question;
    }
    match messages.nth(burst.len()) {
        Some(before) if !rank::stems(&question).is_empty() => format!("{}\n{question}", before.body),
        _ => question,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[(Speaker, &str)]) -> Vec<Said> {
        let said =
            |(seq, (by, body)): (usize, &(Speaker, &str))| Said { seq: seq as i64, by: *by, body: (*body).into() };
        lines.iter().enumerate().map(said).collect()
    }

    #[test]
    fn a_question_is_what_was_written_since_the_last_answer() {
        use Speaker::{Ai, Customer};
        let first = [(Customer, "Hello"), (Ai, "Hello. What can I do for you?"), (Customer, "Do you ship to Chile?")];
        assert_eq!(question_of(&said(&first)), "Do you ship to Chile?");
        let burst = [(Customer, "I have a question"), (Customer, "Do you ship to Chile?")];
        assert_eq!(question_of(&said(&burst)), "I have a question\nDo you ship to Chile?");
        let more = [(Customer, "Do you ship to Chile?"), (Ai, "No."), (Customer, "And to Norway?")];
        assert_eq!(question_of(&said(&more)), "Do you ship to Chile?\nAnd to Norway?");
        let nothing = [(Customer, "Do you ship to Chile?"), (Ai, "No."), (Customer, "And you?")];
        assert_eq!(question_of(&said(&nothing)), "And you?");
        assert_eq!(question_of(&[]), "");
    }
}
