//! What the AI proposes ("there is a table at 7 pm") and whether the customer takes it. A value of an offer counts
//! only once the customer has accepted it, and then it comes from the accepting message.

use super::consent::{self, Answer};
use super::heard::Heard;
use super::roles::{Role, Row, Side};
use super::span_words::{is_function, is_preposition};
use super::spans::{self, Writing};
use super::words::{has_any, padded, words};

/// Whether a message of the AI puts something forward.
pub fn is_offer(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "how about",
        "what about",
        "i found",
        "ive found",
        "i have found",
        "there is",
        "theres",
        "there are",
        "available",
        "i can book",
        "i can offer",
        "i can reserve",
        "i can get",
        "would you like",
        "shall i",
        "should i",
        "do you want me",
        "ive got",
        "i have",
        "i see",
        "located",
        "one is",
        "do you like",
        "may i suggest",
        "i suggest",
        "i recommend",
        "you would like",
        "leaves at",
        "departs at",
        "you can pick",
        "you might",
        "you may",
        "you will",
        "is that ok",
        "is that okay",
        "does that work",
        "will that work",
        "would that work",
        "does that sound",
        "that interest you",
        "the next",
        "i also",
        "can i book",
        "please confirm",
        "you want",
        "did find",
        "have you heard",
        "try",
        "hay",
        "tengo",
        "puedo reservar",
        "que tal",
        "es gibt",
        "ich habe",
        "wie ware",
        "je peux",
        "il y a",
        "j ai trouve",
        "posso prenotare",
        "ce",
        "posso reservar",
        "ik heb",
        "er is",
        "zal ik",
        "in case",
    ];
    has_any(&padded(text), SIGNS)
}

/// Whether the customer takes what was put forward.
pub fn accepts(text: &str) -> bool {
    const TAKES: &[&str] = &[
        "sounds good",
        "sounds great",
        "sounds nice",
        "sounds perfect",
        "sounds fine",
        "sounds lovely",
        "sounds wonderful",
        "sounds interesting",
        "sound good",
        "sounds like a plan",
        "that works",
        "works for me",
        "that will work",
        "thatll work",
        "that is good",
        "that is great",
        "that is perfect",
        "that is fine",
        "that is nice",
        "that nice",
        "thats good",
        "thats great",
        "thats perfect",
        "thats fine",
        "thats nice",
        "its good",
        "its perfect",
        "its fine",
        "i like it",
        "i like that",
        "i like this",
        "i want it",
        "i want that",
        "i want this",
        "i want to listen to it",
        "ill take",
        "i will take",
        "ill go with",
        "i will go with",
        "go ahead",
        "go with that",
        "book it",
        "book that",
        "book this",
        "reserve it",
        "reserve that",
        "reserve this",
        "reserve now",
        "buy it",
        "buy that",
        "take it",
        "take that one",
        "take this one",
        "this one",
        "that one",
        "make a reservation",
        "make the reservation",
        "make an appointment",
        "schedule an appointment",
        "schedule a visit",
        "book me",
        "lets do it",
        "lets do that",
        "lets go with",
        "that would be",
        "good deal",
        "id like to book",
        "id like to reserve",
        "i would like to book",
        "i would like to reserve",
        "id like to rent",
        "i would like to rent",
        "i want to book",
        "i want to reserve",
        "want to rent",
        "i want a ticket",
        "that bus",
        "that hotel",
        "this hotel",
        "this vehicle",
        "this car",
        "play it",
        "can you book",
        "please book",
        "please reserve",
        "me parece bien",
        "de acuerdo",
        "perfecto",
        "esta bien",
        "ca me va",
        "c est parfait",
        "das passt",
        "klingt gut",
        "passt",
        "va bene",
        "perfetto",
        "parece bom",
        "esta bom",
        "klinkt goed",
        "is goed",
        "prima",
        "suits me",
        "works fine",
        "i love it",
        "i love that",
        "looks good",
        "fits",
        "great choice",
        "happy with",
    ];
    let flat = padded(text);
    if asks_for_another(&flat) {
        return false;
    }
    let answer = consent::answer(text);
    if answer == Answer::Declines && !has_any(&flat, &["no problem"]) {
        return false;
    }
    let welcomes = ["perfect", "great", "excellent", "awesome", "wonderful", "alright", "fantastic", "lovely"];
    let first = words(text).into_iter().next().map(|word| word.text).unwrap_or_default();
    answer == Answer::Accepts && !is_only_a_question(text)
        || has_any(&flat, TAKES)
        || welcomes.contains(&first.as_str())
}

/// "Anything else?", "what other …": the offer does not do.
fn asks_for_another(flat: &str) -> bool {
    has_any(
        flat,
        &[
            "anything else",
            "something else",
            "any other",
            "any others",
            "what other",
            "other options",
            "other ones",
            "another one",
            "somewhere else",
            "different one",
            "something different",
            "are there any",
            "are there other",
            "what else",
            "dont like",
            "not that one",
            "otra cosa",
            "autre chose",
            "etwas anderes",
            "altro",
            "outra",
            "iets anders",
            "do you have any",
            "do you have anything",
            "find different",
            "other event",
        ],
    )
}

/// "Ok, what is the phone number?" asks on; it takes nothing yet.
fn is_only_a_question(text: &str) -> bool {
    let flat = padded(text);
    text.trim_end().ends_with('?')
        && has_any(
            &flat,
            &[
                "what", "which", "where", "how much", "how many", "whats", "when", "who", "do they", "does it",
                "is there", "is it",
            ],
        )
        && !has_any(&flat, &["yes", "book", "reserve"])
}

/// What a proposal holds for a row.
pub fn value(heard: &Heard<'_>, row: &Row<'_>, is_only: bool) -> Option<String> {
    match row.role {
        Role::Time => heard.times.last().map(|piece| piece.text.clone()),
        Role::Date if is_only || row.side != Side::End => heard.dates.first().map(|piece| piece.text.clone()),
        Role::Date => None,
        Role::Place => spans::place(heard, row, true, is_only),
        Role::Thing | Role::OtherName => best_name(heard),
        Role::Kind => sort(heard, row),
        _ => None,
    }
}

/// The name that is put forward: "how about …", "called …", or the one in most capitals.
pub fn best_name(heard: &Heard<'_>) -> Option<String> {
    let mut best: Option<(i32, usize, usize)> = None;
    let mut at = 0;
    while at < heard.all.len() {
        let begins = heard.is_capital(at)
            && !heard.is_typed(at)
            && !(heard.word(at).starts_with(|c: char| c.is_ascii_digit())
                && (heard.breaks(at + 1) || !heard.is_capital(at + 1)))
            && !(is_function(heard.word(at)) && (at == 0 || heard.ends_sentence(at)) && !is_title_article(heard, at))
            && !is_opening(heard, at);
        if !begins {
            at += 1;
            continue;
        }
        let Some((first, last)) = spans::from(heard, at, Writing::Capitals) else {
            at += 1;
            continue;
        };
        let before = heard.before(first, 1);
        let mut score = i32::try_from((last - first).min(2)).unwrap_or(0);
        score += match before {
            "called" | "named" | "about" | "is" | "like" | "suggest" | "watch" | "hear" | "song" | "movie"
            | "hotel" | "enjoy" | "which" | "or" => 3,
            "in" | "by" | "on" => -3,
            "at" | "from" | "to" => -1,
            "a" | "an" => -2,
            _ if heard.ends_sentence(first) => 1,
            _ => 0,
        };
        if heard.slice(first, last).chars().any(char::is_alphabetic) && best.is_none_or(|(top, _, _)| score > top) {
            best = Some((score, first, last));
        }
        at = last + 1;
    }
    best.map(|(_, first, last)| heard.slice(first, last).to_owned())
}

/// "The" that begins a title: "The Long Road".
fn is_title_article(heard: &Heard<'_>, at: usize) -> bool {
    heard.word(at) == "the" && heard.is_capital(at + 1) && !heard.breaks(at + 1)
}

/// The first word of a sentence that is an everyday word: "Great, …", "Sure".
fn is_opening(heard: &Heard<'_>, at: usize) -> bool {
    let alone = !heard.is_capital(at + 1) || heard.breaks(at + 1);
    heard.ends_sentence(at.max(1)) && at > 0 && alone && is_plain(heard.word(at))
        || at == 0 && alone && is_plain(heard.word(0))
}

fn is_plain(word: &str) -> bool {
    super::lexicon::weight(word) != super::lexicon::Weight::Full
        || matches!(
            word,
            "great" | "sure" | "perfect" | "alright" | "unfortunately" | "yes" | "hello" | "found" | "awesome"
        )
}

/// "A standard Accord", "standard car": the word that says the sort.
fn sort(heard: &Heard<'_>, row: &Row<'_>) -> Option<String> {
    super::things::kind(heard, row).or_else(|| {
        (1..heard.all.len())
            .find(|at| {
                matches!(heard.before(*at, 1), "a" | "an" | "the" | "lovely" | "nice")
                    && !is_function(heard.word(*at))
                    && !is_preposition(heard.word(*at))
                    && !heard.is_typed(*at)
                    && (heard.is_capital(at + 1) || heard.is_capital(*at))
            })
            .map(|at| heard.slice(at, at).to_owned())
    })
}

/// The words of a name that was put forward, where the customer says them.
pub fn said_again(heard: &Heard<'_>, name: &str) -> Option<String> {
    let wanted: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
    let core: &[String] = match wanted.as_slice() {
        [article, rest @ ..] if article == "the" && !rest.is_empty() => rest,
        all => all,
    };
    if core.is_empty() || core.iter().all(|word| word.len() < 3) {
        return None;
    }
    let at = (0..heard.all.len()).find(|at| core.iter().enumerate().all(|(n, word)| heard.word(at + n) == word))?;
    Some(heard.slice(at, at + core.len() - 1).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_taken_in_many_ways() {
        for text in [
            "yes please",
            "That sounds good.",
            "I'll take it",
            "Perfect, book it",
            "great, reserve that one",
            "works for me",
            "ok",
            "sí, perfecto",
            "das passt",
            "va bene",
            "d'accord",
            "klinkt goed",
            "Yes, could you book that?",
        ] {
            assert!(accepts(text), "{text}");
        }
        for text in [
            "no thanks",
            "is there anything else?",
            "ok, what is the address?",
            "not now",
            "what other places are there",
            "I'd rather not",
            "where is it?",
            "nein danke",
        ] {
            assert!(!accepts(text), "{text}");
        }
    }

    #[test]
    fn the_name_put_forward_is_found() {
        for (text, expected) in [
            ("How about Casa Blanca in Lisbon?", Some("Casa Blanca")),
            ("I found 3 shows. One is called Red Moon by Ana Lee.", Some("Red Moon")),
            ("Great, when would you like to come?", None),
        ] {
            assert_eq!(best_name(&Heard::new(text)).as_deref(), expected, "{text}");
        }
        assert_eq!(said_again(&Heard::new("ok, i go with red moon"), "The Red Moon").as_deref(), Some("red moon"));
    }
}
