//! Names of things, sorts of things, addresses, and whether something is wanted: read from the row's own words.

use super::heard::Heard;
use super::roles::Row;
use super::span_words::{COMMON, is_function, is_preposition, is_verb};
use super::spans::{self, Writing};
use super::words::is_one_slip_apart;

/// A thing with a name: "a shop called …", "at Lido", "rent Blue Moon", "the North Park apartments".
pub fn thing(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool, is_only: bool) -> Option<String> {
    named(heard, row, is_asked, is_only)
        .or_else(|| beside_noun(heard, row))
        .or_else(|| if is_only { behind_verb(heard, row, is_asked) } else { None })
}

/// "called X", "named X", "the name is X".
fn named(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool, is_only: bool) -> Option<String> {
    for at in 0..heard.all.len() {
        if !matches!(heard.word(at), "called" | "named" | "titled") {
            continue;
        }
        let noun = (at.saturating_sub(5)..at).rev().find(|near| !is_function(heard.word(*near)));
        let is_ours = noun.is_none_or(|near| row.cues.contains(&heard.stems[near]));
        let is_pronoun = matches!(heard.before(at, 1), "its" | "is" | "was");
        if !(is_ours || is_asked || is_pronoun && is_only) {
            continue;
        }
        let writing = if heard.is_capital(at + 1) || (heard.word(at + 1) == "the" && heard.is_capital(at + 2)) {
            Writing::Capitals
        } else {
            Writing::Any
        };
        if let Some((first, last)) = spans::from(heard, at + 1, writing) {
            let first = if heard.word(at + 1) == "the" || heard.is_capital(at + 1) { at + 1 } else { first };
            return Some(heard.slice(first, last).to_owned());
        }
    }
    None
}

/// "North Park apartments", "the hotel Lido": a name beside the row's noun.
fn beside_noun(heard: &Heard<'_>, row: &Row<'_>) -> Option<String> {
    for at in 0..heard.all.len() {
        if !row.cues.contains(&heard.stems[at]) {
            continue;
        }
        let before = at > 1 && !heard.breaks(at) && is_name_word(heard, at - 1) && !heard.ends_sentence(at - 1);
        if before {
            let mut first = at - 1;
            while first > 0 && !heard.breaks(first) && (is_name_word(heard, first - 1) && first > 1) {
                first -= 1;
            }
            return Some(heard.slice(first, at).to_owned());
        }
        if is_name_word(heard, at + 1) && !heard.breaks(at + 1) && at + 1 < heard.all.len() {
            let (first, last) = spans::from(heard, at + 1, Writing::Capitals)?;
            return Some(heard.slice(first, last).to_owned());
        }
    }
    None
}

fn is_name_word(heard: &Heard<'_>, at: usize) -> bool {
    heard.is_capital(at)
        && !heard.is_typed(at)
        && !is_function(heard.word(at))
        && heard.word(at).chars().any(char::is_alphabetic)
}

/// "at Lido", "rent Blue Moon", "with acme": the only row for a thing takes the name behind a verb or a preposition.
fn behind_verb(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool) -> Option<String> {
    let is_firm =
        row.cues.iter().any(|cue| matches!(cue.as_str(), "compani" | "company" | "merchant" | "busines" | "firm"));
    let trades = |stem: &String| {
        matches!(
            stem.as_str(),
            "pay"
                | "payment"
                | "paid"
                | "spend"
                | "spent"
                | "debit"
                | "charg"
                | "transaction"
                | "purchas"
                | "buy"
                | "subscription"
                | "subscrib"
                | "refund"
                | "standing"
                | "money"
                | "transfer"
                | "merchant"
                | "bought"
                | "direct"
        )
    };
    let at_trade = heard.stems.iter().position(trades);
    for at in 0..heard.all.len().saturating_sub(1) {
        let word = heard.word(at);
        let next = at + 1;
        if heard.breaks(next) || heard.is_typed(next) {
            continue;
        }
        let small = is_firm
            && at_trade.is_some_and(|trade| trade < at)
            && matches!(word, "to" | "from" | "with" | "at" | "on" | "by" | "for");
        if small && !heard.is_capital(next) {
            if let Some((first, last)) = spans::from(heard, next, Writing::Any) {
                let fits = first == next
                    && !is_verb(heard.word(first))
                    && !(first..=last).all(|near| COMMON.contains(&heard.word(near)));
                if fits {
                    return Some(heard.slice(first, last).to_owned());
                }
            }
            continue;
        }
        let leads = matches!(word, "at" | "to" | "with" | "for" | "from" | "on")
            && (is_asked || is_firm || word == "at")
            || is_firm && word == "in"
            || is_asked && matches!(word, "like" | "prefer" | "choose" | "use")
            || matches!(
                word,
                "rent"
                    | "play"
                    | "watch"
                    | "order"
                    | "buy"
                    | "see"
                    | "hear"
                    | "reserve"
                    | "book"
                    | "bought"
                    | "ordered"
                    | "visit"
            );
        let capital =
            heard.is_capital(next) || matches!(heard.word(next), "the" | "that") && heard.is_capital(next + 1);
        if leads && capital {
            let begin = if heard.is_capital(next) { next } else { next + 1 };
            if let Some((first, last)) = spans::from(heard, begin, Writing::Capitals)
                && heard.slice(first, last).chars().any(char::is_alphabetic)
            {
                return Some(heard.slice(first, last).to_owned());
            }
        }
    }
    None
}

/// The word before the row's noun: "gold account", "the premium plan"; behind it: "size M".
pub fn kind(heard: &Heard<'_>, row: &Row<'_>) -> Option<String> {
    const NO_KIND: &[&str] = &[
        "bank",
        "new",
        "old",
        "own",
        "user",
        "other",
        "another",
        "existing",
        "email",
        "customer",
        "this",
        "different",
        "first",
        "second",
        "same",
        "right",
        "wrong",
        "whole",
        "entire",
        "current",
        "particular",
        "certain",
        "specific",
        "good",
        "better",
        "cheaper",
        "phone",
        "online",
        "which",
        "what",
        "whose",
        "rental",
        "actual",
        "open",
        "close",
        "create",
        "delete",
        "registering",
        "register",
        "edit",
        "update",
        "switch",
        "upgrade",
        "extra",
        "locked",
        "paid",
        "change",
        "changing",
        "opening",
        "closing",
        "creating",
        "updating",
        "deleting",
        "cancel",
        "two",
        "three",
        "my",
        "shared",
        "multiple",
        "several",
        "previous",
        "prior",
        "personal",
        "correct",
        "main",
        "separate",
        "additional",
    ];
    for at in 1..heard.all.len() {
        // "freemium acount" is one slip away.
        let is_slip = |cue: &String| cue.len() >= 6 && is_one_slip_apart(cue, &heard.stems[at]);
        if heard.breaks(at) || !(row.cues.contains(&heard.stems[at]) || row.cues.iter().any(is_slip)) {
            continue;
        }
        let before = at - 1;
        let word = heard.word(before);
        let is_half = heard.text[..heard.all[before].start].ends_with('-');
        let is_kind = !is_function(word)
            && !is_preposition(word)
            && !is_verb(word)
            && !NO_KIND.contains(&word)
            && !word.ends_with("ing")
            && word.len() > 2
            && !heard.is_typed(before)
            && word.chars().all(char::is_alphabetic)
            && !row.cues.contains(&heard.stems[before]);
        if is_kind {
            let first = if is_half && before > 0 { before - 1 } else { before };
            return Some(heard.slice(first, before).to_owned());
        }
    }
    for at in 0..heard.all.len() {
        let is_noun =
            row.label.contains(&heard.stems[at]) || matches!(heard.word(at), "size" | "colour" | "color" | "class");
        let told = matches!(heard.word(at + 1), "is" | "was" | "es" | "ist" | "est");
        let next = if told { at + 2 } else { at + 1 };
        let fits = is_noun && row.cues.contains(&heard.stems[at]) && next < heard.all.len() && !heard.breaks(next);
        if fits && (heard.is_capital(next) || told) && !is_function(heard.word(next)) && !is_verb(heard.word(next)) {
            return Some(heard.slice(next, next).to_owned());
        }
    }
    None
}

/// Whether something is wanted: an answer of yes or no, or the thing itself ("a shared ride", "no insurance").
pub fn yes_no(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool) -> Option<String> {
    if is_asked {
        let answers = [
            "yes",
            "yeah",
            "yep",
            "no",
            "nope",
            "sure",
            "ok",
            "okay",
            "fine",
            "works",
            "good",
            "great",
            "of course",
            "true",
            "false",
            "si",
            "oui",
            "ja",
            "sim",
            "non",
            "nein",
            "nao",
            "nee",
            "please",
            "definitely",
            "absolutely",
            "not",
            "dont",
            "prefer",
            "perfect",
            "alright",
            "would",
            "private",
            "alone",
        ];
        let hit = (0..heard.all.len()).find(|at| answers.contains(&heard.word(*at)))?;
        return Some(heard.slice(hit, hit).to_owned());
    }
    let own: Vec<&String> = row.label.iter().collect();
    if own.is_empty() {
        return None;
    }
    let first = heard.stems.iter().position(|stem| own.contains(&stem))?;
    let last = (first + own.len() - 1).min(heard.all.len() - 1);
    let whole = own.iter().all(|word| heard.stems[first..=last].contains(word));
    let asks_about = heard.text.trim_end().ends_with('?') && heard.all.len() < 6;
    (whole && !asks_about).then(|| heard.slice(first, last).to_owned())
}

/// A postal address: what stands behind "address is", "address to" or "address:" to the end, or an answer with a number.
pub fn address(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool) -> Option<String> {
    let is_word = |at: usize| {
        matches!(
            heard.word(at),
            "address"
                | "street"
                | "direccion"
                | "adresse"
                | "anschrift"
                | "indirizzo"
                | "endereco"
                | "adres"
                | "live"
                | "moved"
        ) || row.label.contains(&heard.stems[at])
    };
    // "I'd like it to be sent to 12 Elm Road."
    let is_sent = |at: usize| {
        matches!(heard.word(at), "sent" | "send" | "deliver" | "delivered" | "ship" | "shipped" | "moved" | "redirect")
    };
    for at in (0..heard.all.len()).filter(|at| is_word(*at) || is_sent(*at)) {
        let reach = (at + 1)..(at + 14).min(heard.all.len());
        for next in reach {
            let gap = &heard.text[heard.all[next - 1].end..heard.all[next].start];
            let marks = gap.contains([':', '?'])
                || matches!(heard.word(next - 1), "is" | "to" | "at" | "es" | "est" | "ist" | "in" | "following");
            if marks
                && begins_address(heard, next)
                && let Some(text) = to_end(heard, next)
            {
                return Some(text);
            }
        }
    }
    if is_asked {
        let first = (0..heard.all.len()).find(|at| begins_address(heard, *at))?;
        let lead = (0..first).rev().take_while(|near| !heard.breaks(near + 1) && heard.is_capital(*near)).last();
        return to_end(heard, lead.unwrap_or(first));
    }
    None
}

/// A house number, a word in capitals with a number behind it, "the corner of".
fn begins_address(heard: &Heard<'_>, at: usize) -> bool {
    let has_number = |near: usize| {
        heard.word(near).bytes().any(|b| b.is_ascii_digit()) && !heard.is_typed(near) && !heard.word(near).contains('_')
    };
    let corner = heard.word(at) == "the" && heard.word(at + 1) == "corner" || heard.word(at) == "corner";
    let near_number = heard.is_capital(at)
        && (at..(at + 7).min(heard.all.len())).any(has_number)
        && (at..(at + 5).min(heard.all.len())).any(|near| heard.word(near).chars().all(char::is_alphabetic));
    corner || near_number
}

fn to_end(heard: &Heard<'_>, from: usize) -> Option<String> {
    const ADDRESS_CHARS_MAX: usize = 240;
    let rest = &heard.text[heard.all.get(from)?.start..];
    let mut end = rest.char_indices().nth(ADDRESS_CHARS_MAX).map_or(rest.len(), |(at, _)| at);
    // A new sentence in small words is no part of it: "… 12 Elm Road. Please send it there".
    for at in from + 3..heard.all.len() {
        let stop = heard.ends_sentence(at)
            && !heard.text[heard.all[at - 1].end..heard.all[at].start].contains('\n')
            && (is_function(heard.word(at)) && !matches!(heard.word(at), "and" | "or" | "the")
                || is_verb(heard.word(at))
                || matches!(heard.word(at), "please" | "can" | "could" | "thanks"));
        if stop {
            end = end.min(heard.all[at - 1].end - heard.all[from].start);
            break;
        }
    }
    let text = rest[..end].trim().trim_end_matches(['?', '!', '.', ',', ';']).trim();
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    (digits && text.split_whitespace().count() >= 2).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::roles;
    use super::*;
    use crate::domain::{FieldKind, GatherField};

    fn field(name: &str, description: &str) -> GatherField {
        GatherField {
            name: name.into(),
            description: description.into(),
            kind: FieldKind::Text,
            choices: Vec::new(),
            required: true,
        }
    }

    #[test]
    fn things_are_found_by_their_words() {
        let shop = field("shop_name", "Name of the shop");
        let row = roles::row(&shop);
        for (text, expected) in [
            ("I bought it in a shop called Green Leaf yesterday", Some("Green Leaf")),
            ("I went to the Green Leaf shop", Some("Green Leaf shop")),
            ("it broke after a week", None),
        ] {
            assert_eq!(thing(&Heard::new(text), &row, false, true).as_deref(), expected, "{text}");
        }
        let company = field("company", "Company that was paid");
        let row = roles::row(&company);
        assert_eq!(
            thing(&Heard::new("a payment to acme tools yesterday"), &row, false, true).as_deref(),
            Some("acme tools")
        );
    }

    #[test]
    fn kinds_stand_before_their_noun() {
        let plan = field("plan", "Which plan the customer has");
        let row = roles::row(&plan);
        for (text, expected) in [
            ("I am on the family plan", Some("family")),
            ("what about my plan", None),
            ("I want to change the plan", None),
        ] {
            assert_eq!(kind(&Heard::new(text), &row).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn addresses_go_to_their_end() {
        let address_field = field("delivery_address", "");
        let row = roles::row(&address_field);
        for (text, expected) in [
            ("my new address is 12 Elm Road, Leeds. Please update it.", Some("12 Elm Road, Leeds")),
            ("change the address to Hauptstraße 5, 10115 Berlin?", Some("Hauptstraße 5, 10115 Berlin")),
            ("my address is wrong", None),
        ] {
            assert_eq!(address(&Heard::new(text), &row, false).as_deref(), expected, "{text}");
        }
    }
}
