//! An agent's knowledge: entries that people write, and the passages that an answer quotes. How text is cut into passages and
//! found again is in `ai::knowledge`.

use super::FieldError;
use super::ids::{AgentId, KnowledgeId, TeammateId};
use serde::{Deserialize, Serialize};

/// The longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 200;
/// The longest body, in characters: a small book.
pub const BODY_CHARS_MAX: usize = 200_000;
/// The most entries of one agent.
pub const ENTRIES_MAX: i64 = 500;
/// The most characters of one agent's entries together. They are searched in memory, about ten thousand passages at most.
pub const AGENT_CHARS_MAX: i64 = 5_000_000;
/// The longest passage, in characters: what fits an answer and the window of a sentence encoder.
pub const PASSAGE_CHARS_MAX: usize = 600;
/// The largest file that is taken, in bytes: 1 MB.
pub const FILE_BYTES_MAX: usize = 1_000_000;
/// The most files taken at once.
pub const FILES_MAX: usize = 20;
/// The files that are taken, by the ends of their names.
pub const FILE_ENDINGS: [&str; 6] = [".md", ".markdown", ".txt", ".text", ".html", ".htm"];

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnowledgeEntry {
    pub id: KnowledgeId,
    pub agent_id: AgentId,
    pub text: KnowledgeText,
    /// Grows by one with every save; a save compares it.
    pub version: i64,
    pub created_at_ms: i64,
    pub created_by: Option<TeammateId>,
    pub updated_at_ms: i64,
    pub updated_by: Option<TeammateId>,
}

/// What a person writes into an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnowledgeText {
    pub title: String,
    /// Markdown.
    pub body: String,
}

impl KnowledgeText {
    /// The text as it is stored: line ends are one character, characters that neither show nor set apart are gone, and
    /// nothing blank stands around it.
    pub fn tidy(&self) -> Self {
        let body = self.body.replace("\r\n", "\n").replace('\r', "\n");
        let body: String = body.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let title: String = self.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { title, body: body.trim_matches('\n').trim_end().to_owned() }
    }

    /// Checks both fields: `title` and `body`.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        match self.title.chars().count() {
            _ if self.title.trim().is_empty() => {
                errors.push(FieldError::new("title", "Give this entry a title, such as “Returns and refunds”."));
            }
            length if length > TITLE_CHARS_MAX => errors.push(FieldError::new(
                "title",
                format!("This is {length} characters long. Shorten it to {TITLE_CHARS_MAX} or fewer."),
            )),
            _ => {}
        }
        match self.body.chars().count() {
            _ if self.body.trim().is_empty() => {
                errors.push(FieldError::new("body", "Write what the AI agent should know."));
            }
            length if length > BODY_CHARS_MAX => errors.push(FieldError::new(
                "body",
                format!("This is {length} characters long. Split it into entries of {BODY_CHARS_MAX} or fewer."),
            )),
            _ => {}
        }
        errors
    }
}

/// A piece of an entry, short enough to be quoted and to be compared with a question. Plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its place in the entry, counted from 0.
    pub ordinal: i64,
    /// The headings above it, outermost first, such as `Returns › Shoes`; empty above the first heading.
    pub heading: String,
    /// Up to [`PASSAGE_CHARS_MAX`] characters.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str, body: &str) -> KnowledgeText {
        KnowledgeText { title: title.into(), body: body.into() }
    }

    #[test]
    fn a_text_is_stored_without_what_cannot_be_seen() {
        let tidy = text("  Returns\tand\nrefunds ", "\n\nOne\r\ntwo\u{0}\u{7}\n  three\t4  \n").tidy();
        assert_eq!(tidy, text("Returns and refunds", "One\ntwo\n  three\t4"));
    }

    #[test]
    fn what_is_missing_or_too_long_is_said_beside_its_field() {
        let fields = |title: &str, body: &str| -> Vec<String> {
            text(title, body).validate().into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(" ", "\n"), ["title", "body"]);
        assert_eq!(fields(&"é".repeat(TITLE_CHARS_MAX), "x"), Vec::<String>::new());
        assert_eq!(fields(&"é".repeat(TITLE_CHARS_MAX + 1), "x"), ["title"]);
        assert_eq!(fields("x", &"é".repeat(BODY_CHARS_MAX)), Vec::<String>::new());
        assert_eq!(fields("x", &"é".repeat(BODY_CHARS_MAX + 1)), ["body"]);
    }
}
