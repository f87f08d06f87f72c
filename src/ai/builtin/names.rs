//! The customer's own name: said outright ("my name is …") or given as an answer.

use super::words::{Word, has_any, padded, words};

/// What stands before a name that is said outright, folded.
const OPENINGS: &[&str] = &[
    "my name is",
    "my names",
    "my full name is",
    "name is",
    "my name",
    "this is",
    "call me",
    "me llamo",
    "mi nombre es",
    "soy",
    "je m appelle",
    "mon nom est",
    "je suis",
    "ich heisse",
    "mein name ist",
    "ich bin",
    "mi chiamo",
    "il mio nome e",
    "meu nome e",
    "chamo me",
    "me chamo",
    "ik heet",
    "mijn naam is",
    "full name",
    "im",
    "i am",
    "name",
];
/// Openings that need capital letters behind them: they often mean something else.
const LOOSE: &[&str] = &["this is", "soy", "je suis", "ich bin", "im", "i am", "name", "my name", "name is", "call me"];

/// Words that are no name behind "I'm" or "this is".
const NO_NAMES: &[&str] = &[
    "not",
    "very",
    "so",
    "a",
    "an",
    "the",
    "trying",
    "having",
    "looking",
    "sorry",
    "unable",
    "happy",
    "angry",
    "from",
    "in",
    "on",
    "at",
    "here",
    "just",
    "still",
    "also",
    "really",
    "my",
    "and",
    "going",
    "about",
    "calling",
    "writing",
    "contacting",
    "interested",
    "done",
    "fine",
    "good",
    "ok",
    "okay",
    "sure",
    "yes",
    "no",
    "is",
    "for",
    "with",
    "it",
    "that",
    "what",
    "how",
    "please",
    "back",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "english",
    "german",
    "french",
    "ai",
    "bot",
    "human",
    "i",
    "im",
    "you",
    "me",
    "we",
    "to",
    "of",
    "your",
];

/// A name that the customer says outright.
pub fn said(text: &str) -> Option<String> {
    let all = words(text);
    for at in 0..all.len() {
        for opening in OPENINGS {
            let parts: Vec<&str> = opening.split(' ').collect();
            let matches =
                parts.iter().enumerate().all(|(n, part)| all.get(at + n).is_some_and(|word| word.text == *part));
            if !matches {
                continue;
            }
            let from = at + parts.len();
            let loose = LOOSE.contains(opening);
            if *opening == "name" && !label_follows(text, &all, at) {
                continue;
            }
            if loose
                && at > 0
                && !all[at].breaks
                && *opening != "name"
                && matches!(all[at - 1].text.as_str(), "if" | "that" | "because" | "since")
            {
                continue;
            }
            if let Some(name) = name_at(text, &all, from, loose) {
                return Some(name);
            }
        }
    }
    None
}

/// "Name: Ana" at the start of a line.
fn label_follows(text: &str, all: &[Word], at: usize) -> bool {
    let starts = text[..all[at].start]
        .trim_end_matches([' ', '\t'])
        .chars()
        .next_back()
        .is_none_or(|c| c == '\n' || c == ',' || c == ';');
    starts && text[all[at].end..].trim_start().starts_with(':')
}

/// Up to four words from `from` that look like a name.
fn name_at(text: &str, all: &[Word], from: usize, needs_capitals: bool) -> Option<String> {
    let first = all.get(from)?;
    let gap = &text[all.get(from.checked_sub(1)?)?.end..first.start];
    if gap.contains(['.', '!', '?', '\n']) {
        return None;
    }
    let mut end = None;
    let first_is_capital = starts_upper(text, first);
    for (number, word) in all.iter().enumerate().skip(from).take(4) {
        let continues = number == from || !word.breaks;
        let is_wordy = text[word.start..word.end].chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
        let is_particle = matches!(word.text.as_str(), "de" | "van" | "von" | "der" | "la" | "da" | "di" | "del" | "o");
        let capital = starts_upper(text, word) || (is_particle && number > from);
        let allowed = is_wordy
            && !NO_NAMES.contains(&word.text.as_str())
            && (capital || (!needs_capitals && !first_is_capital && number - from < 3 && !is_common(&word.text)));
        if !continues || !allowed {
            break;
        }
        end = Some(word.end);
    }
    end.map(|end| text[first.start..end].to_owned())
}

fn starts_upper(text: &str, word: &Word) -> bool {
    text[word.start..].chars().next().is_some_and(char::is_uppercase)
}

fn is_common(word: &str) -> bool {
    super::lexicon::weight(word) != super::lexicon::Weight::Full
        || matches!(word, "cause" | "email" | "born" | "address")
}

/// A place behind "to", "in" or "from", when only one stands there.
pub fn place(text: &str) -> Option<String> {
    const NOT_PLACES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "mr",
        "mrs",
        "ms",
        "dr",
        "i",
        "amazon",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "my",
        "the",
        "your",
    ];
    let all = words(text);
    let mut found: Vec<String> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        if !matches!(
            word.text.as_str(),
            "to" | "in"
                | "from"
                | "near"
                | "nach"
                | "aus"
                | "en"
                | "a"
                | "desde"
                | "de"
                | "vers"
                | "naar"
                | "para"
                | "em"
                | "da"
        ) {
            continue;
        }
        let run: Vec<&Word> = all[at + 1..]
            .iter()
            .enumerate()
            .take(3)
            .take_while(|(number, next)| {
                (*number == 0 || !next.breaks)
                    && starts_upper(text, next)
                    && !NOT_PLACES.contains(&next.text.as_str())
                    && next.text.chars().all(char::is_alphabetic)
            })
            .map(|(_, next)| next)
            .collect();
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            found.push(text[first.start..last.end].to_owned());
        }
    }
    found.dedup();
    if let [one] = found.as_slice() { Some(one.clone()) } else { None }
}

/// A name given as an answer: one to four words of letters and nothing else, after a lead-in.
pub fn answered(text: &str) -> Option<String> {
    let body = without_lead_in(text.trim()).trim_end_matches(['.', '!', ',']).trim();
    let all = words(body);
    let plain = body.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '.'));
    let count_fits = (1..=4).contains(&all.len());
    let names = all.iter().all(|word| {
        starts_upper(body, word)
            || matches!(word.text.as_str(), "de" | "van" | "von" | "der" | "la" | "da" | "di" | "del")
            || (!is_common(&word.text) && !NO_NAMES.contains(&word.text.as_str()))
    });
    let is_name = plain && count_fits && names && !all.iter().all(|word| NO_NAMES.contains(&word.text.as_str()));
    if is_name {
        return Some(body.to_owned());
    }
    // "Sure, Angela Merk. I need it soon": the first piece may be the name.
    let head = body.split([',', '.', '\n']).next().unwrap_or_default().trim();
    (head.len() < body.len())
        .then(|| answered(head))
        .flatten()
        .filter(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// The answer without "it's", "sure," and the like. Always a piece of the text.
pub fn without_lead_in(text: &str) -> &str {
    let mut body = text.trim();
    for _ in 0..3 {
        let all = words(body);
        let flat: Vec<&str> = all.iter().map(|word| word.text.as_str()).collect();
        let skip = match flat.as_slice() {
            [
                "sure" | "yes" | "ok" | "okay" | "yeah" | "well" | "hi" | "hello" | "si" | "oui" | "ja" | "sim"
                | "claro" | "certainly" | "no" | "sorry" | "actually",
                _,
                ..,
            ] if has_break(body, &all, 1) => 1,
            ["of", "course", _, ..] => 2,
            ["its" | "thats" | "cest", _, ..] => 1,
            ["it" | "that" | "this", "is", _, ..] | ["c", "est", _, ..] | ["das" | "es", "ist", _, ..] => 2,
            ["my" | "the", _, "is", _, ..] => 3,
            ["my" | "the", _, _, "is", _, ..] => 4,
            [
                "mi" | "mon" | "ma" | "mein" | "meine" | "mijn" | "meu" | "minha",
                _,
                "es" | "est" | "ist" | "is" | "e",
                _,
                ..,
            ] => 3,
            _ => 0,
        };
        match all.get(skip) {
            Some(next) if skip > 0 => body = body[next.start..].trim(),
            _ => break,
        }
    }
    body
}

fn has_break(body: &str, all: &[Word], at: usize) -> bool {
    all.get(at).is_some_and(|word| word.breaks) || has_any(&padded(body), &["its", "it is", "my"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_said_outright_are_found() {
        for (text, expected) in [
            ("Hi, my name is Ana María López and I need help", Some("Ana María López")),
            ("my name is coppedge", Some("coppedge")),
            ("I'm John Smith", Some("John Smith")),
            ("I'm not happy", None),
            ("Hi Freddy, I'm contacting you about a problem", None),
            ("je m'appelle Zoé Martin.", Some("Zoé Martin")),
            ("Ich heiße Jürgen von Braun", Some("Jürgen von Braun")),
            ("my name is wrong on the invoice", None),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_given_as_answers_are_found() {
        for (text, expected) in [
            ("Tyler Jones", Some("Tyler Jones")),
            ("it's tyler jones", Some("tyler jones")),
            ("Sure, my name is Angela.", Some("Angela")),
            ("what do you need it for", None),
            ("no", None),
            ("12345", None),
        ] {
            assert_eq!(said(text).or_else(|| answered(text)).as_deref(), expected, "{text}");
        }
    }
}
