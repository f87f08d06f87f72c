//! Values without a shape of their own: places, names of people and things, kinds, addresses. They are known by the
//! words before them ("from", "called", "my daughter"), by capitals, and by the row's own words.

use super::heard::Heard;
use super::lexicon::{self, Weight};
use super::roles::{Row, Side};
use super::span_words::{COMMON, is_function, is_joint, is_motion, is_preposition, is_verb};

/// The most words of a name or a place.
const SPAN_WORDS_MAX: usize = 8;

/// How a span may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Only words that begin with a capital.
    Capitals,
    /// Small letters too, as long as no word of grammar comes.
    Any,
}

/// The span that begins at a word, as its first and last word.
pub fn from(heard: &Heard<'_>, at: usize, writing: Writing) -> Option<(usize, usize)> {
    let mut start = at;
    if matches!(heard.word(start), "the" | "a" | "an") && !heard.breaks(start + 1) && !heard.is_capital(start) {
        start += 1;
    }
    let fits = |near: usize| {
        if near >= heard.all.len() || heard.is_typed(near) {
            return false;
        }
        match writing {
            Writing::Capitals => heard.is_capital(near) && !is_lone_pronoun(heard.word(near)),
            Writing::Any => !is_function(heard.word(near)) || (heard.is_capital(near) && near > start),
        }
    };
    if !fits(start) || matches!(heard.word(start), "i" | "im" | "my") {
        return None;
    }
    let mut end = start;
    while end + 1 < heard.all.len() && end - start < SPAN_WORDS_MAX {
        let next = end + 1;
        if heard.breaks(next) {
            // "Long Beach, CA": a short piece in capitals belongs to the place before it.
            let gap = &heard.text[heard.all[end].end..heard.all[next].start];
            let region = gap.trim() == ","
                && heard.is_capital(next)
                && !heard.is_typed(next)
                && (heard.all[next].text.len() <= 3 && is_upper(heard, next) || is_region(heard.word(next)));
            let initial =
                gap.trim() == "." && heard.is_capital(next) && heard.is_capital(end) && is_short_form(heard.word(end));
            if (region || initial) && !heard.is_typed(next) {
                end = next;
                continue;
            }
            break;
        }
        let joins = is_joint(heard.word(next))
            && fits(next + 1)
            && !heard.breaks(next + 1)
            && heard.is_capital(next + 1) == heard.is_capital(start);
        if fits(next) && !(writing == Writing::Any && is_preposition(heard.word(next))) {
            end = next;
        } else if joins && end - start < SPAN_WORDS_MAX - 1 {
            end = next + 1;
        } else {
            break;
        }
    }
    Some((start, end))
}

/// "J.", "Dr.", "St.": a full stop that ends no sentence.
fn is_short_form(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
        && (word.len() == 1 || matches!(word, "dr" | "mr" | "mrs" | "ms" | "st" | "mt" | "ft" | "prof" | "jr" | "ave"))
}

fn is_upper(heard: &Heard<'_>, at: usize) -> bool {
    let word = &heard.all[at];
    heard.text[word.start..word.end].chars().all(char::is_uppercase)
}

fn is_region(word: &str) -> bool {
    matches!(
        word,
        "england"
            | "france"
            | "spain"
            | "germany"
            | "italy"
            | "portugal"
            | "scotland"
            | "usa"
            | "canada"
            | "australia"
            | "ireland"
            | "belgium"
            | "austria"
            | "switzerland"
    )
}

fn is_lone_pronoun(word: &str) -> bool {
    matches!(word, "i" | "im" | "id" | "ill" | "ive" | "my" | "please" | "yes" | "no" | "ok" | "okay" | "thanks")
}

/// A place with the side that its preposition tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub side: Side,
    pub text: String,
    is_capital: bool,
}

/// All places of a message.
pub fn places(heard: &Heard<'_>) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    for at in 0..heard.all.len() {
        let word = heard.word(at);
        let (before, next) = (heard.before(at, 1), heard.word(at + 1));
        let side = match word {
            "from" | "von" | "aus" | "desde" | "depuis" | "da" | "vanaf" | "ab" => Side::Start,
            "leaving" | "departing" | "leave" | "depart"
                if !matches!(next, "from" | "on" | "at" | "for" | "in" | "to" | "the") =>
            {
                Side::Start
            }
            "to" | "towards" | "nach" | "hacia" | "vers" | "naar" | "para" | "reach" | "visiting" => Side::End,
            "for" if matches!(before, "leaving" | "leave" | "headed" | "heading" | "bound") => Side::End,
            "in" | "near" | "around" | "at" | "en" | "em" | "bei" | "zu" | "within" => Side::Neither,
            "arriving" | "reaching" if !is_preposition(next) => Side::End,
            _ => continue,
        };
        if heard.breaks(at + 1) || heard.is_typed(at + 1) || at + 1 >= heard.all.len() {
            continue;
        }
        let is_pair = side != Side::Neither && (is_motion(before) || has_pair(heard, at, side));
        let writing = if heard.is_capital(at + 1) || (next == "the" && heard.is_capital(at + 2)) {
            Writing::Capitals
        } else {
            Writing::Any
        };
        if writing == Writing::Any {
            let is_place = is_pair
                && !is_verb(next)
                && !matches!(
                    next,
                    "my" | "your" | "a" | "an" | "our" | "work" | "home" | "here" | "there" | "this" | "that"
                );
            if !is_place {
                continue;
            }
        }
        let Some((first, last)) = from(heard, at + 1, writing) else { continue };
        if COMMON.contains(&heard.word(first)) && first == last && writing == Writing::Any && !is_pair {
            continue;
        }
        let side = if word == "in" && matches!(before, "arriving" | "arrive" | "landing") { Side::End } else { side };
        let text = heard.slice(first, last).to_owned();
        found.push(Placed { side, is_capital: writing == Writing::Capitals, text });
    }
    found
}

/// "from … to …" in one sentence: both ends are places.
fn has_pair(heard: &Heard<'_>, at: usize, side: Side) -> bool {
    let other: &[&str] = if side == Side::Start { &["to"] } else { &["from", "leaving"] };
    let reach = at.saturating_sub(6)..(at + 8).min(heard.all.len());
    reach.into_iter().any(|near| near != at && other.contains(&heard.word(near)) && !is_verb(heard.word(near + 1)))
}

/// The place that a row takes from a message.
pub fn place(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool, is_only: bool) -> Option<String> {
    let found = places(heard);
    let sided = |side: Side| found.iter().find(|placed| placed.side == side).map(|placed| placed.text.clone());
    match row.side {
        Side::Start | Side::End if !is_only => {
            let own = sided(row.side);
            own.or_else(|| is_asked.then(|| sided(Side::Neither)).flatten())
        }
        Side::Start | Side::End => {
            let other = if row.side == Side::Start { Side::End } else { Side::Start };
            let own = sided(row.side).or_else(|| sided(Side::Neither));
            own.or_else(|| is_asked.then(|| sided(other)).flatten())
        }
        Side::Neither => {
            let mut plain: Vec<&Placed> = found.iter().filter(|placed| placed.is_capital).collect();
            let inside: Vec<&Placed> = plain.iter().copied().filter(|placed| placed.side == Side::Neither).collect();
            if inside.len() == 1 {
                plain = inside;
            }
            plain.dedup_by(|left, right| left.text == right.text);
            match plain.as_slice() {
                [one] => Some(one.text.clone()),
                [first, ..] if is_asked => Some(first.text.clone()),
                _ => None,
            }
        }
    }
}

/// The name of another person or of a thing behind the row's own words: "the host is …", "mother's maiden name …",
/// "invoice from Mr. …", "my daughter …".
pub fn behind_label(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool) -> Option<String> {
    let digit = row.field.name.chars().find(char::is_ascii_digit);
    for at in 0..heard.all.len() {
        if !row.cues.contains(&heard.stems[at]) {
            continue;
        }
        let mut next = at + 1;
        let mut is_told = false;
        while next < heard.all.len() && next < at + 7 {
            let word = heard.word(next);
            let number = word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit());
            if number && digit.is_some_and(|digit| !word.contains(digit)) {
                next = heard.all.len();
                break;
            }
            let colon = heard.text[heard.all[next - 1].end..heard.all[next].start].contains([':', '=']);
            is_told |= colon;
            if !colon
                && heard.ends_sentence(next)
                && !matches!(word, "it" | "its" | "he" | "she" | "his" | "her" | "thats")
            {
                next = heard.all.len();
                break;
            }
            let links = matches!(
                word,
                "is" | "was"
                    | "its"
                    | "are"
                    | "be"
                    | "called"
                    | "named"
                    | "es"
                    | "est"
                    | "ist"
                    | "war"
                    | "heisst"
                    | "si"
                    | "chiama"
                    | "e"
                    | "thats"
                    | "hes"
                    | "shes"
            );
            is_told |= links || number;
            let skips = links
                || number
                || colon && is_function(word) && !heard.is_capital(next)
                || row.cues.contains(&heard.stems[next])
                || matches!(
                    word,
                    "name"
                        | "it"
                        | "the"
                        | "of"
                        | "from"
                        | "for"
                        | "to"
                        | "by"
                        | "under"
                        | "would"
                        | "will"
                        | "his"
                        | "her"
                        | "their"
                        | "as"
                        | "on"
                        | "question"
                        | "answer"
                        | "number"
                );
            if !skips
                || (heard.is_capital(next)
                    && !links
                    && !row.cues.contains(&heard.stems[next])
                    && word != "it"
                    && word != "its")
            {
                break;
            }
            next += 1;
        }
        if next >= heard.all.len() || heard.is_typed(next) {
            continue;
        }
        let told = is_told || is_asked || heard.is_capital(next) || heard.before(next, 1) == "name";
        let writing = if heard.is_capital(next) { Writing::Capitals } else { Writing::Any };
        let negated = matches!(
            heard.word(next),
            "not" | "wrong" | "missing" | "unknown" | "incorrect" | "no" | "a" | "still" | "required"
        );
        let small_is_told = writing == Writing::Capitals || is_told || heard.before(next, 1) == "name";
        if !told || negated || !small_is_told || is_verb(heard.word(next)) {
            continue;
        }
        if let Some((first, last)) = from(heard, next, writing) {
            let last = first + (last - first).min(3);
            let text = heard.slice(first, last);
            if text.chars().any(char::is_alphabetic) && !COMMON.contains(&heard.word(first)) {
                return Some(text.to_owned());
            }
        }
    }
    None
}

/// A person beside a word for one ("my son Emil", "add Ida as a beneficiary", "Ida is hosting") or behind a verb
/// of paying ("transfer 20 € to ida lund").
pub fn person(heard: &Heard<'_>, row: &Row<'_>) -> Option<String> {
    for at in 0..heard.all.len() {
        let word = heard.word(at);
        let relates =
            row.cues.contains(&heard.stems[at]) || (row.cues.iter().any(|cue| is_kin(cue)) && is_relation(word));
        if relates && heard.is_capital(at + 1) && !heard.breaks(at + 1) && !heard.is_typed(at + 1) {
            let (first, last) = from(heard, at + 1, Writing::Capitals)?;
            return Some(heard.slice(first, last).to_owned());
        }
        let trails = relates
            || heard.stems[at].starts_with("benefici") && row.cues.iter().any(|cue| cue.starts_with("benefici"));
        if trails && at > 1 && matches!(heard.before(at, 1), "a" | "my" | "as" | "is" | "the") {
            let mut last = at - 1;
            while last > 0 && matches!(heard.word(last), "a" | "my" | "as" | "is" | "the" | "our") {
                last -= 1;
            }
            if heard.is_capital(last) && last > 0 && !heard.is_typed(last) {
                let mut first = last;
                while first > 0 && heard.is_capital(first - 1) && !heard.breaks(first) && first > 1 {
                    first -= 1;
                }
                if !is_lone_pronoun(heard.word(first)) {
                    return Some(heard.slice(first, last).to_owned());
                }
            }
        }
    }
    None
}

pub(super) fn is_relation(word: &str) -> bool {
    matches!(
        word,
        "son"
            | "daughter"
            | "kid"
            | "child"
            | "wife"
            | "husband"
            | "partner"
            | "mother"
            | "father"
            | "mom"
            | "mum"
            | "dad"
            | "brother"
            | "sister"
            | "friend"
            | "colleague"
            | "spouse"
            | "baby"
            | "hijo"
            | "hija"
            | "fils"
            | "fille"
            | "sohn"
            | "tochter"
            | "frau"
            | "mann"
            | "figlio"
            | "figlia"
            | "filho"
            | "filha"
            | "zoon"
            | "dochter"
    )
}

/// A stem that says the row is about somebody close to the customer.
fn is_kin(cue: &str) -> bool {
    ["person", "child", "benefici", "partner", "spous", "depend", "relativ", "famil", "insur"]
        .iter()
        .any(|root| cue.starts_with(root))
}

/// Somebody who is paid, or pays: "transfer 20 € to ida lund", "under the name of ida".
pub fn payee(heard: &Heard<'_>) -> Option<String> {
    let is_money = |stem: &String| {
        matches!(
            stem.as_str(),
            "transfer"
                | "pay"
                | "payment"
                | "send"
                | "sent"
                | "paid"
                | "transaction"
                | "receiv"
                | "resend"
                | "standing"
                | "money"
                | "wir"
                | "debit"
                | "set"
                | "giv"
                | "payed"
        )
    };
    let at_money = heard.stems.iter().position(is_money);
    let is_rare = |at: usize| {
        let word = heard.word(at);
        lexicon::weight(word) == Weight::Full && !is_function(word) && !COMMON.contains(&word) && !is_verb(word)
    };
    // Nothing but a name.
    if (2..=3).contains(&heard.all.len())
        && (0..heard.all.len()).all(|at| is_rare(at) && heard.word(at).chars().all(char::is_alphabetic))
    {
        return Some(heard.slice(0, heard.all.len() - 1).to_owned());
    }
    for at in 0..heard.all.len() {
        let is_named = heard.word(at) == "name" && matches!(heard.before(at, 1), "the" | "under" | "of" | "same");
        let is_fragment = at == 0 && matches!(heard.word(0), "to" | "for");
        let is_object = matches!(heard.word(at), "pay" | "paid" | "paying") && heard.is_capital(at + 1);
        let is_paid = matches!(heard.word(at), "to" | "from" | "for")
            && (is_fragment || at_money.is_some_and(|money| money < at))
            || is_object;
        if !(is_named || is_paid) || at + 1 >= heard.all.len() || heard.breaks(at + 1) {
            continue;
        }
        let next = if is_named && matches!(heard.word(at + 1), "of" | "is") { at + 2 } else { at + 1 };
        let writing = if heard.is_capital(next) { Writing::Capitals } else { Writing::Any };
        let Some((first, last)) = from(heard, next, writing) else { continue };
        let fits = first == next
            && last - first < 3
            && (first..=last).all(|near| {
                let word = heard.word(near);
                (near > first || !COMMON.contains(&word) && !is_verb(word))
                    && word.chars().all(char::is_alphabetic)
                    && word.len() > 2
            });
        if fits && !is_relation(heard.word(first)) {
            return Some(heard.slice(first, last).to_owned());
        }
    }
    None
}
