//! How urgent a conversation is, with a one-line reason, from the customer's words: danger first, then haste, money, mood
//! and time. Used only where the admin turned "Auto-assign priority" on. The words are in `priority_words`.

use super::priority_words::{HASTE, HIGH, LOW, NO_HASTE, OWN, QUESTIONS, Row, THANKS, URGENT, Words};
use super::words::{excerpt, find_phrase, has_any, is_one_slip_apart, padded};
use crate::domain::{Priority, PriorityWithReason};

/// Words of this length are recognised with a slip of the keyboard.
const SLIPPABLE_MIN: usize = 8;
/// A thank-you is no longer than this, in words.
const THANKS_WORDS_MAX: usize = 8;

/// The priority of what the customer said, newest message last.
pub fn of(texts: &[&str]) -> PriorityWithReason {
    let flats: Vec<String> = texts.iter().map(|text| padded(text)).collect();
    let newest = |row: &Row| flats.iter().rev().find_map(|flat| sign(row, flat));
    let of_row = |priority, row: &Row| {
        newest(row).map(|sign| PriorityWithReason { priority, reason: format!("{} (“{sign}”).", row.reason) })
    };
    if let Some(found) = URGENT.iter().find_map(|row| of_row(Priority::Urgent, row)) {
        return found;
    }
    let has_time = flats.last().is_some_and(|flat| has(flat, NO_HASTE));
    if !has_time && let Some(found) = of_row(Priority::Urgent, &HASTE) {
        return found;
    }
    if let Some(found) = HIGH.iter().find_map(|row| of_row(Priority::High, row)) {
        return found;
    }
    if let Some(shouting) = texts.iter().find(|text| is_shouting(text)) {
        let reason = format!("The customer is upset (“{}”).", excerpt(shouting, 60));
        return PriorityWithReason { priority: Priority::High, reason };
    }
    let low = flats.last().and_then(|flat| is_low(flat, has_time));
    low.map_or_else(
        || PriorityWithReason { priority: Priority::Medium, reason: "Nothing urgent is mentioned.".into() },
        |reason| PriorityWithReason { priority: Priority::Low, reason: format!("{reason}.") },
    )
}

/// Why the last message can wait, if it can.
fn is_low(flat: &str, has_time: bool) -> Option<&'static str> {
    if has_time {
        return Some("The customer says that there is time");
    }
    let is_own = has(flat, OWN) || flat.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let by_row = LOW.iter().find(|row| sign(row, flat).is_some()).map(|row| row.reason);
    let by_form = || (!is_own && has(flat, QUESTIONS)).then_some("A general question");
    let thanks = || {
        let is_short = flat.split_whitespace().count() <= THANKS_WORDS_MAX;
        let asks = has_any(flat, &["please", "need", "want", "can", "could", "how", "but"]);
        (is_short && !asks && has(flat, THANKS)).then_some("A thank-you")
    };
    by_row.or_else(by_form).or_else(thanks)
}

/// The first sign of a row in a message.
fn sign(row: &Row, flat: &str) -> Option<String> {
    let any = |words: Words| words.split('|').find_map(|sign| said(flat, sign));
    any(row.signs).or_else(|| {
        row.pairs.iter().find_map(|(first, second)| {
            let (first, second) = (any(first)?, any(second)?);
            Some(format!("{first} … {second}"))
        })
    })
}

fn has(flat: &str, words: Words) -> bool {
    words.split('|').any(|phrase| find_phrase(flat, phrase).is_some())
}

/// The sign, if the message says it: not negated, and not of something that was done in haste.
fn said(flat: &str, sign: &str) -> Option<String> {
    if let Some(at) = find_phrase(flat, sign) {
        let before: Vec<&str> = flat[..at].split_whitespace().rev().take(5).collect();
        let is_one_word = !sign.contains(' ');
        let negated = is_one_word && before.iter().take(2).any(|word| is_negation(word));
        let is_done = HASTE.signs.split('|').any(|own| own == sign) && before.iter().any(|word| is_done(word));
        return (!negated && !is_done).then(|| sign.to_owned());
    }
    let is_long = sign.len() >= SLIPPABLE_MIN && !sign.contains(' ');
    flat.split_whitespace().find(|word| is_long && is_one_slip_apart(word, sign)).map(str::to_owned)
}

fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not" | "isnt" | "arent" | "wasnt" | "werent" | "nicht" | "kein" | "keine" | "pas" | "niet" | "geen" | "nao"
    )
}

fn is_done(word: &str) -> bool {
    matches!(word, "sent" | "paid" | "did" | "made" | "ordered" | "transferred" | "replied" | "bought")
}

/// Mostly capitals over several words.
pub fn is_shouting(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 12 && capitals * 10 >= letters * 8 && text.trim().contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_follows_the_words() {
        for (text, expected) in [
            ("somebody stole my card", Priority::Urgent),
            ("I will call my lawyer", Priority::Urgent),
            ("there are payments on my account that aren't mine", Priority::Urgent),
            ("hay un cargo que no reconozco", Priority::Urgent),
            ("ich habe meine Karte verloren", Priority::Urgent),
            ("our van crashed on the motorway", Priority::Urgent),
            ("please answer as soon as possible", Priority::Urgent),
            ("this is urgent!", Priority::Urgent),
            ("I was charged twice", Priority::High),
            ("there is an error on my invoice", Priority::High),
            ("il y a une erreur sur ma facture", Priority::High),
            ("why is my account locked", Priority::High),
            ("I'm still waiting for my refund", Priority::High),
            ("I want to lodge a claim", Priority::High),
            ("I'm in a hurry, my train leaves in an hour", Priority::High),
            ("my father passed away", Priority::High),
            ("WHERE IS MY PARCEL ALREADY", Priority::High),
            ("please change my seat", Priority::Medium),
            ("can I change my plan?", Priority::Medium),
            ("I'd like a refund for these shoes", Priority::Medium),
            ("", Priority::Medium),
            ("what are your opening hours", Priority::Low),
            ("do you ship to Norway?", Priority::Low),
            ("how can I pay in euros?", Priority::Low),
            ("thanks, that was helpful", Priority::Low),
        ] {
            let found = of(&[text]);
            assert_eq!(found.priority, expected, "{text} {found:?}");
            assert!(!found.reason.contains('\n'));
        }
    }

    #[test]
    fn what_is_denied_or_was_done_is_no_haste() {
        for (text, expected) in [
            ("it's not urgent, please change my address", Priority::Low),
            ("please change my address, no rush", Priority::Low),
            ("es ist nicht dringend", Priority::Low),
            ("no es urgente", Priority::Low),
            ("I paid immediately, when will the seller get it?", Priority::Medium),
            ("not urgent, but my card was stolen", Priority::Urgent),
        ] {
            assert_eq!(of(&[text]).priority, expected, "{text}");
        }
    }

    #[test]
    fn slips_of_the_keyboard_are_forgiven_in_long_words() {
        assert_eq!(of(&["i had an acident"]).priority, Priority::Urgent);
        assert_eq!(of(&["this is unaceptable"]).priority, Priority::High);
    }
}
