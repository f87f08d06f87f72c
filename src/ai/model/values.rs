//! Whether a value that a model gives really stands in what the customer said, and where. The customer's own characters are
//! kept, whatever the model made of them; what stands nowhere is invented and dropped.

use crate::ai::builtin::words::{Word, fold, stem, words};
use crate::ai::builtin::{lexicon, spoken, validity};
use crate::ai::{Brief, Speaker};
use crate::domain::{FieldKind, GatherField, GatheredValue, ValueSource};

/// The longest value, in characters.
const VALUE_CHARS_MAX: usize = 500;
/// A free answer may be put in the model's words when it has so many content words, and so many of them were said.
const FREE_WORDS_MIN: usize = 3;
const FREE_SHARE_MIN: f32 = 0.7;

/// The value as the customer gave it, with the message it stands in.
pub fn given(brief: &Brief, field: &GatherField, value: &str) -> Option<GatheredValue> {
    let value = value.trim();
    if value.is_empty() || value.chars().count() > VALUE_CHARS_MAX {
        return None;
    }
    let name = field.name.clone();
    let said = brief.said.iter().rev().filter(|said| said.by == Speaker::Customer);
    let found = said.filter_map(|said| Some((said.seq, in_text(field, value, &said.body)?))).next();
    if let Some((seq, value)) = found {
        return Some(GatheredValue { name, value, source: ValueSource::Message, seq: Some(seq) });
    }
    let detail = brief.details.iter().find(|detail| fold(detail.value.trim()) == fold(value))?;
    let fits = detail.name == field.name || matches!(field.kind, FieldKind::Email | FieldKind::Phone);
    (fits && validity::is_valid(field, &detail.value)).then(|| GatheredValue { name, ..detail.clone() })
}

/// The customer's own characters for a value, if a text has them.
pub fn in_text(field: &GatherField, value: &str, text: &str) -> Option<String> {
    if field.kind == FieldKind::OneOf {
        let choice = field.choices.iter().find(|choice| fold(choice.trim()) == fold(value))?;
        return (validity::choice(field, text, false)? == choice.trim()).then(|| choice.trim().to_owned());
    }
    let own = literally(value, text).or_else(|| said_aloud(value, text));
    let own = own.or_else(|| in_other_words(field, value, text));
    own.filter(|own| validity::is_valid(field, own))
}

/// The same letters and digits, whatever stands between them.
pub fn literally(value: &str, text: &str) -> Option<String> {
    let key: String = words(value).into_iter().map(|word| word.text).collect();
    if key.is_empty() {
        return None;
    }
    let all = words(text);
    (0..all.len()).find_map(|first| {
        let mut rest = key.as_str();
        for (last, word) in all.iter().enumerate().skip(first) {
            rest = rest.strip_prefix(word.text.as_str())?;
            if rest.is_empty() {
                return Some(slice(text, &all[first], &all[last]));
            }
        }
        None
    })
}

/// From one word to another, with the mark of a number before it.
fn slice(text: &str, first: &Word, last: &Word) -> String {
    let before = text[..first.start].chars().next_back().filter(|c| matches!(c, '+' | '#'));
    let start = first.start - before.map_or(0, char::len_utf8);
    text[start..last.end].to_owned()
}

/// "three zero eight zero" for 3080.
fn said_aloud(value: &str, text: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    let all = words(text);
    spoken::runs(text, &all).into_iter().find(|piece| spelled(&piece.text) == digits).map(|piece| piece.text)
}

/// The digits of a spoken number: "double five two" is 552.
fn spelled(piece: &str) -> String {
    let mut digits = String::new();
    let mut times = 1;
    for word in words(piece) {
        match word.text.as_str() {
            "double" => times = 2,
            "triple" => times = 3,
            "oh" | "o" | "nought" | "nil" => digits.push_str(&"0".repeat(std::mem::replace(&mut times, 1))),
            other => {
                let own = spoken::value_of(other).map_or_else(|| other.to_owned(), |value| value.to_string());
                digits.push_str(&own.repeat(std::mem::replace(&mut times, 1)));
            }
        }
    }
    digits
}

/// A free answer in the model's words: most of its content words were said, and everything with a digit in it.
fn in_other_words(field: &GatherField, value: &str, text: &str) -> Option<String> {
    if field.kind != FieldKind::Text {
        return None;
    }
    let said: Vec<String> = words(text).iter().map(|word| stem(&word.text)).collect();
    let own: Vec<String> = content(value);
    let has = |stem: &String| said.contains(stem);
    let exact = own.iter().filter(|stem| stem.bytes().any(|b| b.is_ascii_digit())).all(has);
    let share = own.iter().filter(|stem| has(stem)).count() as f32 / own.len().max(1) as f32;
    (own.len() >= FREE_WORDS_MIN && exact && share >= FREE_SHARE_MIN).then(|| value.to_owned())
}

/// The stems of a text's content words, each once.
pub fn content(text: &str) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    for word in words(text) {
        let stem = stem(&word.text);
        if lexicon::weight(&word.text) != lexicon::Weight::None && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ai::Said;

    fn field(kind: FieldKind) -> GatherField {
        GatherField { name: "x".into(), description: String::new(), kind, choices: Vec::new(), required: true }
    }

    #[test]
    fn a_value_counts_only_in_the_customers_own_characters() {
        for (kind, value, text, expected) in [
            (FieldKind::Text, "ab-4411", "It is order AB 4411, thanks", Some("AB 4411")),
            (FieldKind::Text, "4411", "It is order AB 4411, thanks", Some("4411")),
            (FieldKind::Text, "441", "It is order AB 4411, thanks", None),
            (FieldKind::Phone, "+15551234567", "call +1 (555) 123-4567", Some("+1 (555) 123-4567")),
            (FieldKind::Phone, "5551234567", "call 555 123 45", None),
            (FieldKind::Email, "ANA@example.com", "I'm ana@example.com.", Some("ana@example.com")),
            (FieldKind::Email, "ana@example.com", "ana at example", None),
            (FieldKind::Number, "3080", "it is three zero eight zero", Some("three zero eight zero")),
            (FieldKind::Text, "1552", "my pin: one double five two", Some("one double five two")),
            (FieldKind::Text, "José Núñez", "me llamo jose nunez", Some("jose nunez")),
            (
                FieldKind::Text,
                "The screen of the laptop cracked on arrival",
                "my laptop came yesterday and on arrival the screen was cracked",
                Some("The screen of the laptop cracked on arrival"),
            ),
            (FieldKind::Text, "The battery exploded during the night", "my laptop screen is cracked", None),
            (FieldKind::Text, "", "anything", None),
            (FieldKind::Text, "…", "anything…", None),
        ] {
            assert_eq!(in_text(&field(kind), value, text).as_deref(), expected, "{value} in {text}");
        }
    }

    #[test]
    fn the_message_is_found_whatever_the_model_claims() {
        let said = |seq, by, body: &str| Said { seq, by, body: body.into() };
        let brief = Brief {
            said: vec![
                said(1, Speaker::Customer, "My order is 77812"),
                said(2, Speaker::Ai, "Is your email ben@example.com?"),
                said(3, Speaker::Customer, "no"),
            ],
            ..Brief::default()
        };
        assert_eq!(given(&brief, &field(FieldKind::Text), "77812").unwrap().seq, Some(1));
        assert!(given(&brief, &field(FieldKind::Email), "ben@example.com").is_none(), "only the AI said it");
    }

    #[test]
    fn a_choice_is_one_of_the_list_and_was_said() {
        let field = GatherField { choices: vec!["Gold".into(), "Silver".into()], ..field(FieldKind::OneOf) };
        assert_eq!(in_text(&field, "gold", "the GOLD plan").as_deref(), Some("Gold"));
        assert_eq!(in_text(&field, "Silver", "the gold plan"), None);
        assert_eq!(in_text(&field, "Bronze", "the bronze plan"), None);
    }
}
