//! Example messages: which one a customer's message nearly repeats. By words only, so that it works without anything else;
//! what follows from a likeness is `turn`'s.

use super::lexicon::{self, Weight};
use super::words::{is_one_slip_apart, stem, words};
use crate::domain::Example;

/// Two messages are nearly the same from this likeness on.
const NEARLY_SAME: f32 = 0.8;
/// What is left of a likeness when only one of the two denies something.
const OTHER_SENSE: f32 = 0.5;
/// Words at least this long forgive a slip of the keyboard.
const SLIP_CHARS_MIN: usize = 5;
/// The words of one message that are compared: more than twice what an example can have.
const WORDS_MAX: usize = 600;

/// The example that decides about a message, because it is nearly the same.
pub fn deciding<'a>(examples: &'a [Example], message: &str) -> Option<&'a Example> {
    nearest(examples, message).filter(|(_, likeness)| *likeness >= NEARLY_SAME).map(|(example, _)| example)
}

/// The example that is most like a message, with its likeness from 0 to 1; `None` when none has a word of it.
pub fn nearest<'a>(examples: &'a [Example], message: &str) -> Option<(&'a Example, f32)> {
    let said = Wording::of(message);
    examples
        .iter()
        .map(|example| (example, said.likeness(&Wording::of(&example.text))))
        .filter(|(_, likeness)| *likeness > 0.0)
        // The first of equals: max_by gives the last.
        .rev()
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// The words of a message, without courtesies; numbers are all the same.
struct Wording {
    words: Vec<String>,
    content: Vec<String>,
    denies: bool,
}

impl Wording {
    fn of(text: &str) -> Self {
        let all: Vec<String> = words(text).into_iter().take(WORDS_MAX).map(|word| word.text).collect();
        let denies = all.iter().filter(|word| DENIALS.contains(&word.as_str())).count() % 2 == 1;
        let told = all.iter().filter(|word| !COURTESIES.contains(&word.as_str()));
        let content = told.clone().filter(|word| lexicon::weight(word) != Weight::None).map(|word| plain(word));
        Self { content: content.collect(), words: told.map(|word| plain(word)).collect(), denies }
    }

    /// The share of words that both have; the words that carry the subject must agree as well.
    fn likeness(&self, other: &Wording) -> f32 {
        let all = share(&self.words, &other.words);
        let subject = if self.content.is_empty() && other.content.is_empty() {
            all
        } else {
            share(&self.content, &other.content)
        };
        let likeness = all.min(subject);
        if self.denies == other.denies { likeness } else { likeness * OTHER_SENSE }
    }
}

fn plain(word: &str) -> String {
    if word.chars().any(|letter| letter.is_ascii_digit()) { "0".to_owned() } else { stem(word) }
}

/// Twice what both have, of all there is: 1 for the same words in whatever order.
fn share(left: &[String], right: &[String]) -> f32 {
    // Whatever is in them, two texts of so different a length are not the same; long ones are not even looked at.
    if left.len().abs_diff(right.len()) > left.len().min(right.len()) {
        return 0.0;
    }
    let mut rest: Vec<&String> = right.iter().collect();
    let mut both = 0_usize;
    for word in left {
        if let Some(at) = rest.iter().position(|other| *other == word).or_else(|| slipped(&rest, word)) {
            rest.swap_remove(at);
            both += 1;
        }
    }
    match left.len() + right.len() {
        0 => 0.0,
        all => 2.0 * both as f32 / all as f32,
    }
}

fn slipped(rest: &[&String], word: &str) -> Option<usize> {
    let is_long = |word: &str| word.len() >= SLIP_CHARS_MIN;
    is_long(word).then(|| rest.iter().position(|other| is_long(other) && is_one_slip_apart(other, word))).flatten()
}

/// Words that say nothing about what is wanted.
const COURTESIES: &[&str] = &[
    "hi", "hello", "hey", "please", "pls", "thanks", "thank", "thx", "hola", "gracias", "bonjour", "salut", "merci",
    "svp", "hallo", "bitte", "danke", "ola", "obrigado", "obrigada", "ciao", "grazie", "dank", "graag",
];

/// Words that turn a sentence around.
const DENIALS: &[&str] = &[
    "not", "no", "never", "dont", "doesnt", "didnt", "cant", "cannot", "wont", "isnt", "wasnt", "without", "nunca",
    "sin", "pas", "jamais", "sans", "nicht", "kein", "keine", "keinen", "nie", "ohne", "nao", "sem", "non", "senza",
    "mai", "niet", "geen", "nooit", "zonder",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(list: &[(&str, bool)]) -> Vec<Example> {
        list.iter()
            .map(|(text, should_hand_off)| Example { text: (*text).to_owned(), should_hand_off: *should_hand_off })
            .collect()
    }

    #[test]
    fn a_message_that_is_nearly_the_same_is_found() {
        let examples = examples(&[
            ("Where is my refund?", false),
            ("I want to cancel my order 4711", true),
            ("Meine Rechnung stimmt nicht", true),
        ]);
        for (message, expected) in [
            ("where is my refund", Some(0)),
            ("Hello, where is my refund please??", Some(0)),
            ("Where is my reufnd", Some(0)),
            ("i want to cancel my order 99", Some(1)),
            ("Bitte, meine Rechnung stimmt nicht!", Some(2)),
            ("Give me a refund", None),
            ("I want to cancel my subscription", None),
            ("I do not want to cancel my order 4711", None),
            ("Meine Rechnung stimmt", None),
            ("", None),
            ("?!", None),
        ] {
            let found = deciding(&examples, message).map(|found| examples.iter().position(|e| e == found).unwrap());
            assert_eq!(found, expected, "{message}");
        }
    }

    #[test]
    fn the_nearest_one_wins_and_the_first_of_equals() {
        let list = examples(&[("refund my order", true), ("Refund my order today", false), ("my order refund", false)]);
        let (found, likeness) = nearest(&list, "refund my order").unwrap();
        assert_eq!((found, likeness), (&list[0], 1.0));
        assert!(nearest(&list, "weather").is_none());
        assert!(nearest(&[], "refund").is_none());
    }

    #[test]
    fn any_text_is_read() {
        let odd = "\u{0}\u{202e}مرحبا 👩‍👩‍👧 ".repeat(200);
        let list = examples(&[(&odd, true), ("أريد استرداد المبلغ", true)]);
        assert_eq!(nearest(&list, &odd).unwrap().1, 1.0);
        assert_eq!(deciding(&list, "أريد استرداد المبلغ!"), Some(&list[1]));
    }
}
