//! The sentences Baton itself says to the customer. They are made of facts: each says what is so, in the
//! customer's language, and nothing more. The words stand in `words`; languages without words read English.

use super::policy::Facts;
use super::words::{Words, words};
use crate::domain::HandoffKind;

/// Tells of a handoff: why, in a few words, and what happens next as far as it is known.
pub fn promise(facts: &Facts, reason: HandoffKind) -> String {
    let words = words(&facts.language);
    let lead = match reason {
        HandoffKind::AskedForPerson | HandoffKind::Button => words.of_course,
        HandoffKind::Condition => words.for_the_team,
        HandoffKind::AiLimit => words.person_helps_better,
        HandoffKind::Failure => words.answer_failed,
        HandoffKind::Teammate => words.passed_on,
        HandoffKind::Returned => words.welcome_back,
    };
    join(&[lead, &who_comes(facts, words)])
}

/// Tells that nobody picked the conversation up yet, and where the answer will come.
pub fn no_one_free_yet(facts: &Facts) -> String {
    let words = words(&facts.language);
    let next = if facts.has_contact { words.still_with_team_and_email } else { words.still_with_team };
    let back = if facts.is_open { String::new() } else { back_sentence(facts, words) };
    let ask = if facts.has_contact { "" } else { words.leave_email };
    join(&[words.nobody_free, &back, next, ask])
}

/// Tells that the AI agent has no answer, when nobody can be brought in.
pub fn apology(language: &str) -> String {
    words(language).apology.to_owned()
}

/// Tells that a conversation can't be handed to a person: the Human Handoff action is disabled.
pub fn cant_hand_off(language: &str) -> String {
    words(language).cant_hand_off.to_owned()
}

/// Tells a waiting customer that the AI agent answers again.
pub fn back_with_ai(language: &str) -> String {
    words(language).back_with_ai.to_owned()
}

/// Who will answer, and when, as far as the facts go. A closed office promises nobody before it is back.
fn who_comes(facts: &Facts, words: &Words) -> String {
    if facts.is_open && facts.is_anyone_online {
        return words.teammate_comes.to_owned();
    }
    let answer = if facts.has_contact { words.answer_later_and_email } else { words.answer_later };
    let back = if facts.is_open { String::new() } else { back_sentence(facts, words) };
    join(&[words.team_told, &back, answer])
}

/// When the closed team is back: only if it is known.
fn back_sentence(facts: &Facts, words: &Words) -> String {
    match facts.back_at.as_deref().map(str::trim).filter(|back_at| !back_at.is_empty()) {
        Some(back_at) => words.closed_back.replace("{}", back_at),
        None => words.closed.to_owned(),
    }
}

fn join(sentences: &[&str]) -> String {
    let said: Vec<&str> = sentences.iter().copied().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}
