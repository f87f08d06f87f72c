//! What happened to a conversation, in words. Pure; names are passed in.

use crate::app::components::Glyph;
use crate::app::components::priority_badge::priority_label;
use crate::domain::{Author, DecisionRecord, HandoffKind, Line, MissingBecause, Outcome, TeammateId, ValueSource};
use crate::wire::conversation::{Head, Thread};

/// How people are called where the reader sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    thread: &'a Thread,
    me: &'a TeammateId,
}

impl<'a> Names<'a> {
    /// The names of a thread, as `me` reads it.
    pub fn new(thread: &'a Thread, me: &'a TeammateId) -> Self {
        Self { thread, me }
    }

    /// A teammate: "You" at the beginning of a sentence, or their name.
    pub fn who(&self, id: &TeammateId) -> String {
        if id == self.me { "You".to_owned() } else { self.name(id) }
    }

    /// A teammate within a sentence: "you" or their name.
    pub fn whom(&self, id: &TeammateId) -> String {
        if id == self.me { "you".to_owned() } else { self.name(id) }
    }

    /// The full name of a teammate, the reader's own included.
    pub fn name(&self, id: &TeammateId) -> String {
        let named = self.thread.names.get(id.as_str()).cloned();
        let in_team = || self.thread.team.iter().find(|teammate| teammate.id == *id).map(|t| t.name.clone());
        named.or_else(in_team).unwrap_or_else(|| "A teammate".to_owned())
    }

    /// The author of a message.
    pub fn author(&self, author: &Author) -> String {
        let Head { customer_name, agent_name, .. } = &self.thread.head;
        match author {
            Author::Customer => customer_name.clone(),
            Author::Ai { .. } => agent_name.clone(),
            Author::Teammate { id } => self.who(id),
            Author::System => "Automatic message".to_owned(),
        }
    }

    /// An event line: its icon and its sentence. `time_of` writes a time (epoch milliseconds).
    pub fn line(&self, line: &Line, time_of: impl Fn(i64) -> String) -> (Glyph, String) {
        let agent = &self.thread.head.agent_name;
        match line {
            Line::HandedOff { kind, .. } => (Glyph::Hand, format!("Handed off: {}", kind_words(*kind))),
            Line::TakenOver { by } => (Glyph::UserCheck, format!("{} took over", self.who(by))),
            Line::HandedToTeam { by, reason } => {
                (Glyph::Users, format!("{} handed this to the team: {reason}", self.who(by)))
            }
            Line::Assigned { by, to } if by == to => {
                (Glyph::UserPlus, format!("{} assigned this to {}", self.who(by), self.self_word(by)))
            }
            Line::Assigned { by, to } => {
                (Glyph::UserPlus, format!("{} assigned this to {}", self.who(by), self.whom(to)))
            }
            Line::ReturnedToAi { by } => (Glyph::Spark, format!("{} returned this to {agent}", self.who(by))),
            Line::Resolved { by: Some(by) } => (Glyph::CheckCircle, format!("{} resolved this", self.who(by))),
            Line::Resolved { by: None } => (Glyph::CheckCircle, format!("{agent} resolved this")),
            Line::Reopened { by: Some(by) } => (Glyph::Undo, format!("{} reopened this", self.who(by))),
            Line::Reopened { by: None } => (Glyph::Undo, "The customer wrote again and reopened this".to_owned()),
            Line::Snoozed { by, until_ms } => {
                (Glyph::Snooze, format!("{} snoozed this until {}", self.who(by), time_of(*until_ms)))
            }
            Line::Woke => (Glyph::Bell, "The snooze ended".to_owned()),
            Line::NotPickedUp => (Glyph::Warning, "Nobody picked this up in time".to_owned()),
            Line::TeammateAbsent { teammate } if teammate == self.me => {
                (Glyph::Warning, "You were away too long: this waits for the team again".to_owned())
            }
            Line::TeammateAbsent { teammate } => {
                (Glyph::Warning, format!("{} was away too long: this waits for the team again", self.name(teammate)))
            }
            Line::PrioritySet { by, priority: Some(priority) } => (
                Glyph::Tag,
                format!("{} set the priority to {}", self.who(by), priority_label(*priority).to_lowercase()),
            ),
            Line::PrioritySet { by, priority: None } => (Glyph::Tag, format!("{} cleared the priority", self.who(by))),
            Line::AiFailed { error } => (Glyph::Error, format!("{agent} could not answer: {error}")),
        }
    }

    fn self_word(&self, id: &TeammateId) -> &'static str {
        if id == self.me { "yourself" } else { "themselves" }
    }
}

/// What led to a handoff, in a few words.
pub fn kind_words(kind: HandoffKind) -> &'static str {
    match kind {
        HandoffKind::AskedForPerson => "the customer asked for a person",
        HandoffKind::Condition => "a rule of the action matched",
        HandoffKind::AiLimit => "the AI reached its limit",
        HandoffKind::Button => "the customer pressed “Talk to a person”",
        HandoffKind::Failure => "the AI could not answer",
        HandoffKind::Teammate => "a teammate handed it to the team",
        HandoffKind::Returned => "the customer came back",
    }
}

/// Why a value is missing, in a few words.
pub fn missing_words(because: MissingBecause) -> &'static str {
    match because {
        MissingBecause::Refused => "the customer would not say",
        MissingBecause::Insisted => "the customer insisted on a person",
        MissingBecause::QuestionLimit => "the limit of questions was reached",
        MissingBecause::NotAsked => "nobody asked",
    }
}

/// Where a value came from, in a few words.
pub fn source_words(source: ValueSource) -> &'static str {
    match source {
        ValueSource::Message => "from a message",
        ValueSource::Details => "from the customer's saved details",
        ValueSource::Page => "from the page",
    }
}

/// What a turn ended in, in a few words.
pub fn outcome_words(decision: &DecisionRecord) -> &'static str {
    match decision.outcome {
        Outcome::Replied => "Answered",
        Outcome::AskedFor => "Asked for information before a handoff",
        Outcome::HandedOff => "Handed off",
        Outcome::Failed => "Could not answer",
    }
}

/// The name of a value to gather as words: `order_number` becomes "Order number".
pub fn value_label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::thread;
    use super::*;

    #[test]
    fn the_reader_is_called_you() {
        let mut thread = thread(Vec::new());
        thread.names.insert("t2".to_owned(), "Sam Lee".to_owned());
        let (me, sam) = (TeammateId::from("t1"), TeammateId::from("t2"));
        let names = Names::new(&thread, &me);
        let say = |line: Line| names.line(&line, |_| "9:00".to_owned()).1;
        assert_eq!(say(Line::TakenOver { by: me.clone() }), "You took over");
        assert_eq!(say(Line::Assigned { by: sam.clone(), to: me.clone() }), "Sam Lee assigned this to you");
        assert_eq!(say(Line::Assigned { by: sam.clone(), to: sam.clone() }), "Sam Lee assigned this to themselves");
        assert_eq!(say(Line::Snoozed { by: sam, until_ms: 1 }), "Sam Lee snoozed this until 9:00");
        assert_eq!(say(Line::ReturnedToAi { by: TeammateId::from("t9") }), "A teammate returned this to Ada");
    }

    #[test]
    fn a_name_becomes_words() {
        assert_eq!(value_label("order_number"), "Order number");
        assert_eq!(value_label("email"), "Email");
        assert_eq!(value_label("_"), "_");
    }
}
