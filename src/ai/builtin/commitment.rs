//! Whether the customer wants a thing done or only looks around. "Can you find me a hotel?" is no booking yet; "book
//! it", or a yes to "shall I reserve it?", is one. Only conditions about doing something are read this way.

use super::consent::{self, Answer};
use super::offers;
use super::questions;
use super::words::{Word, has_any, padded, words};
use crate::ai::{Brief, Said, Speaker};

/// How many messages back a first look is found.
const LOOK_BACK_MAX: usize = 12;

/// Whether a condition is about doing something for the customer: booking, buying, sending.
pub fn is_deed(condition: &str) -> bool {
    has_deed(condition)
        && !has_any(&padded(condition), &["cancel", "refund", "problem", "issue", "complain", "dispute", "change"])
}

/// Whether a text names a deed: "book", "make a reservation", "play".
fn has_deed(text: &str) -> bool {
    let all = words(text);
    (0..all.len()).any(|at| is_deed_at(&all, at))
}

fn is_deed_at(all: &[Word], at: usize) -> bool {
    let word = |place: usize| all.get(place).map_or("", |word| word.text.as_str());
    let before = |back: usize| at.checked_sub(back).map_or("", |place| word(place));
    let negated = (1..=3).any(|back| matches!(before(back), "not" | "dont" | "never" | "without"));
    if negated {
        return false;
    }
    match word(at) {
        "book" | "booking" | "reserve" | "reserving" | "buy" | "buying" | "purchase" | "purchasing" | "hire"
        | "schedule" | "subscribe" | "reservieren" | "buchen" | "kaufen" | "reservar" | "comprar" | "acheter"
        | "prenotare" | "comprare" | "boeken" | "kopen" | "rsvp" | "arrange" => {
            !matches!(before(1), "my" | "the" | "a" | "your") || matches!(word(at), "rsvp")
        }
        "reservation" | "appointment" => (1..=4).any(|back| {
            matches!(
                before(back),
                "make" | "making" | "set" | "do" | "get" | "want" | "need" | "like" | "complete" | "confirm"
            )
        }),
        "order" => {
            matches!(before(1), "to" | "please" | "ill" | "lets" | "can")
                || matches!(word(at + 1), "it" | "that" | "this" | "one")
        }
        "rent" => !matches!(before(1), "for" | "the" | "my" | "a" | "of" | "monthly"),
        "rental" => matches!(before(1), "car") && matches!(before(2), "reserve" | "book"),
        "transfer" | "payment" | "deposit" => {
            matches!(before(1), "to" | "please" | "can" | "you")
                || (1..=3).any(|back| matches!(before(back), "make" | "start" | "do"))
                || word(at + 1).starts_with(|c: char| c.is_ascii_digit())
        }
        "send" | "pay" | "wire" => matches!(before(1), "to" | "please" | "and" | "just") || at == 0,
        "play" => {
            matches!(before(1), "to" | "please" | "i" | "yes" | "you")
                || at == 0
                || matches!(word(at + 1), "it" | "that" | "this" | "the")
        }
        "ticket" | "tickets" => {
            (1..=3).any(|back| matches!(before(back), "get" | "want" | "need" | "reserve" | "2" | "1"))
        }
        "set" | "add" | "create" => {
            matches!(word(at + 1), "a" | "an" | "another" | "one" | "up" | "the" | "me" | "it" | "new")
                || matches!(before(1), "to")
        }
        "call" => {
            matches!(word(at + 1), "a" | "me" | "us")
                && (at..at + 5).any(|near| matches!(word(near), "cab" | "taxi" | "ride"))
        }
        "go" => word(at + 1) == "ahead",
        "stick" | "put" => matches!(word(at + 1), "it" | "that") && matches!(word(at + 2), "on"),
        _ => false,
    }
}

/// Looks, asks, compares: wants nothing done yet.
fn only_looks(text: &str) -> bool {
    const LOOKS: &[&str] = &[
        "find",
        "finding",
        "search",
        "look for",
        "looking for",
        "look up",
        "looking to find",
        "recommend",
        "suggest",
        "show me",
        "show",
        "are there",
        "is there",
        "what about",
        "how about",
        "any other",
        "list",
        "browse",
        "looking",
        "explore",
        "see",
        "check out",
        "what",
        "which",
        "in the mood",
        "feel like",
        "maybe something",
        "do you have",
        "suche",
        "suchen",
        "busco",
        "buscar",
        "cherche",
        "cerco",
        "procuro",
        "zoek",
        "locate",
        "watch",
        "watching",
        "listen",
        "listening",
    ];
    has_any(&padded(text), LOOKS) && !has_deed(text)
}

/// Whether the messages ask for a deed: by a word for it, or by a yes to the AI that offers it.
pub fn commits(burst: &[&Said], before: Option<&Said>) -> bool {
    let deeds = burst.iter().any(|said| has_deed(&said.body) && !is_about_price(&said.body));
    deeds || (offered_deed(before) && burst.iter().any(|said| consent::answer(&said.body) == Answer::Accepts))
}

/// "How much would it be to book it?" asks a price.
fn is_about_price(text: &str) -> bool {
    const PRICE: &[&str] =
        &["how much", "cost", "costs", "price", "prices", "fare", "cuanto", "combien", "quanto", "wie viel", "hoeveel"];
    text.trim_end().ends_with('?') && has_any(&padded(text), PRICE)
}

/// Whether the customer turns down a deed that the AI offered: "shall I book it?" – "not now".
pub fn turns_down(burst: &[&Said], before: Option<&Said>) -> bool {
    offered_deed(before)
        && burst.iter().any(|said| consent::answer(&said.body) == Answer::Declines && !has_deed(&said.body))
}

/// Whether the customer still chooses: praises what the AI put before them, asks what it costs or for another, without
/// a word for the deed. "Sounds good" to a bus at eight is no order yet; a yes to "shall I buy the ticket?" is one.
pub fn still_chooses(burst: &[&Said], before: Option<&Said>) -> bool {
    let Some(shown) = before.filter(|said| said.by == Speaker::Ai) else { return false };
    let is_offer = offers::is_offer(&shown.body);
    let asks = shown.body.contains('?') || (!is_offer && questions::read(&shown.body, &[]).is_anything());
    if asks || has_deed(&shown.body) || burst.iter().any(|said| has_deed(&said.body) && !is_about_price(&said.body)) {
        return false;
    }
    let praises = |text: &str| offers::accepts(text) || consent::answer(text) == Answer::Accepts;
    is_offer || burst.iter().all(|said| praises(&said.body) || is_about_price(&said.body))
}

/// The AI's question that offers a deed.
fn offered_deed(before: Option<&Said>) -> bool {
    const OFFERS: &[&str] = &[
        "shall i",
        "should i",
        "do you want",
        "would you like",
        "want me to",
        "want to",
        "can i",
        "may i",
        "ready to",
    ];
    before.is_some_and(|said| {
        let last = said
            .body
            .trim_end()
            .trim_end_matches(['?', '.', '!'])
            .rsplit(['.', '!', '?', '\n'])
            .next()
            .unwrap_or_default();
        said.by == Speaker::Ai && has_any(&padded(last), OFFERS) && has_deed(last)
    })
}

/// Whether the customer has only looked so far, as to this condition.
pub fn only_looked(brief: &Brief, condition: &str) -> bool {
    if !is_deed(condition) {
        return false;
    }
    let mut looked = false;
    for (at, said) in brief.said.iter().enumerate() {
        if said.by != Speaker::Customer {
            continue;
        }
        let before = at.checked_sub(1).and_then(|place| brief.said.get(place));
        if commits(&[said], before) {
            return false;
        }
        looked |= brief.said.len() - at <= LOOK_BACK_MAX * 2 && only_looks(&said.body);
    }
    looked
}

/// The customer's own earlier messages, newest first, bounded.
pub fn earlier<'a>(brief: &'a Brief, burst: &[&Said]) -> impl Iterator<Item = &'a Said> {
    let first = burst.first().map_or(i64::MAX, |said| said.seq);
    let customer = brief.said.iter().rev().filter(move |said| said.by == Speaker::Customer && said.seq < first);
    customer.take(LOOK_BACK_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(seq: i64, by: Speaker, body: &str) -> Said {
        Said { seq, by, body: body.into() }
    }

    #[test]
    fn looking_around_is_told_from_wanting_it_done() {
        for text in [
            "Can you find me a hotel?",
            "what restaurants are there",
            "I am looking for a song",
            "help me in finding a bus",
            "do you have rooms with a view?",
            "I'd like to watch a comedy",
            "I feel like listening to jazz",
        ] {
            assert!(only_looks(text), "{text}");
        }
        for text in [
            "book it please",
            "I'd like to make a reservation",
            "please call me a taxi",
            "I want to buy two tickets",
            "go ahead",
            "can you find one and book it?",
        ] {
            assert!(has_deed(text), "{text}");
        }
        for text in ["where is my booking", "don't book it", "the order is late", "a flat for rent"] {
            assert!(!has_deed(text), "{text}");
        }
    }

    #[test]
    fn praise_for_what_was_shown_is_no_order_yet() {
        let shown = said(1, Speaker::Ai, "There is a room with a pool for $80.");
        for text in
            ["That sounds good.", "that's perfect", "what does it cost?", "I want one with a balcony", "anything else?"]
        {
            assert!(still_chooses(&[&said(2, Speaker::Customer, text)], Some(&shown)), "{text}");
        }
        for text in ["Great, book it", "please reserve this one", "Perfect. I'd like to make a reservation"] {
            assert!(!still_chooses(&[&said(2, Speaker::Customer, text)], Some(&shown)), "{text}");
        }
        let price = said(1, Speaker::Ai, "It's only $175.");
        assert!(still_chooses(&[&said(2, Speaker::Customer, "Sounds good to me")], Some(&price)));
        for asked in
            ["Shall I book it?", "On which day do you arrive?", "Please tell me your name.", "I can book it for you."]
        {
            let asked = said(1, Speaker::Ai, asked);
            assert!(!still_chooses(&[&said(2, Speaker::Customer, "yes, perfect")], Some(&asked)), "{asked:?}");
        }
        assert!(!still_chooses(&[&said(2, Speaker::Customer, "sounds good")], None));
    }

    #[test]
    fn a_yes_to_an_offered_deed_commits_and_a_no_turns_it_down() {
        let offer = said(1, Speaker::Ai, "It has a pool. Shall I book the room for you?");
        let (yes, no) = (said(2, Speaker::Customer, "Yes please"), said(2, Speaker::Customer, "No, not now"));
        assert!(commits(&[&yes], Some(&offer)) && !commits(&[&no], Some(&offer)));
        assert!(turns_down(&[&no], Some(&offer)) && !turns_down(&[&yes], Some(&offer)));
        assert!(!commits(&[&yes], Some(&said(1, Speaker::Ai, "Would you like a sea view?"))));
    }
}
