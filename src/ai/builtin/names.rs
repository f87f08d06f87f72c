//! The customer's own name: said outright ("my name is …") or given as an answer.

use super::spans::is_relation;
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
    opened(text, &all).or_else(|| closed(text, &all))
}

/// "Ana Lopez here", "it's Ana Lopez speaking", "Ana Lopez is my name".
fn closed(text: &str, all: &[Word]) -> Option<String> {
    let at = (1..all.len()).find(|at| {
        let follows = |n: usize, list: &[&str]| all.get(at + n).is_some_and(|word| list.contains(&word.text.as_str()));
        all[*at].text == "speaking" && !all[*at].breaks
            || all[*at].text == "here" && all.get(at + 1).is_none_or(|next| next.breaks)
            || follows(0, &["is"]) && follows(1, &["my"]) && follows(2, &["name"])
    })?;
    let is_here = all[at].text == "here";
    let is_plain = |word: &Word| {
        word.text.chars().all(char::is_alphabetic)
            && !NO_NAMES.contains(&word.text.as_str())
            && word.text.len() > 1
            && (!is_here || starts_upper(text, word))
            && !matches!(word.text.as_str(), "hi" | "hello" | "hey" | "its" | "this")
    };
    let mut first = at;
    while first > 0 && at - first < 4 && (first == at || !all[first].breaks) && is_plain(&all[first - 1]) {
        first -= 1;
    }
    let clean = first == 0
        || all[first].breaks
        || matches!(all[first - 1].text.as_str(), "its" | "is" | "hi" | "hello" | "hey");
    (first < at && clean).then(|| text[all[first].start..all[at - 1].end].to_owned())
}

fn opened(text: &str, all: &[Word]) -> Option<String> {
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
            if *opening == "name" && !label_follows(text, all, at) {
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
            if let Some(name) = name_at(text, all, from, loose) {
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
    if let Some(name) = leading(body, &all) {
        return Some(name);
    }
    // "Sure, Angela Merk. I need it soon": the first piece may be the name.
    let head = body.split([',', '.', '\n']).next().unwrap_or_default().trim();
    (head.len() < body.len())
        .then(|| answered(head))
        .flatten()
        .filter(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// "Ana Lopez account number 123", "ana lopez and my account is 123": the words before what is something else.
fn leading(body: &str, all: &[Word]) -> Option<String> {
    let fits = |word: &&Word| {
        let plain = body[word.start..word.end].chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
        plain && !NO_NAMES.contains(&word.text.as_str()) && (starts_upper(body, word) || !is_common(&word.text))
    };
    let run = all.iter().enumerate().take(4).take_while(|(at, word)| (*at == 0 || !word.breaks) && fits(word));
    let count = run.count();
    let (first, last) = (all.first()?, all.get(count.checked_sub(1)?)?);
    let next = all.get(count)?;
    let is_name = starts_upper(body, first) && (count > 1 || next.breaks || next.text == "and") || count > 1;
    let ends = next.breaks
        || next.text.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            next.text.as_str(),
            "and"
                | "is"
                | "account"
                | "my"
                | "but"
                | "pin"
                | "date"
                | "number"
                | "phone"
                | "email"
                | "here"
                | "order"
                | "mothers"
                | "security"
                | "room"
                | "zip"
        )
        || is_common(&next.text) && !matches!(next.text.as_str(), "to" | "of" | "for" | "in" | "with");
    (is_name && ends).then(|| body[first.start..last.end].to_owned())
}

/// Whether the customer speaks for somebody else: "for my daughter".
pub fn speaks_for_another(text: &str) -> bool {
    let flat = padded(text);
    let who = "son daughter kid child wife husband partner mother father mom mum dad brother sister friend colleague boss client \
        hijo hija fils fille sohn tochter figlio figlia filho filha zoon dochter";
    who.split_whitespace().any(|word| {
        [
            "for my",
            "for our",
            "my",
            "on behalf of my",
            "para mi",
            "pour mon",
            "pour ma",
            "fur meinen",
            "fur meine",
            "per mio",
            "voor mijn",
        ]
        .iter()
        .any(|lead| {
            flat.contains(&format!(" {lead} {word} "))
                && (*lead != "my" || has_any(&flat, &["needs", "wants", "is sick", "has"]))
        })
    })
}

/// Whether something or somebody else with a name is spoken of: "Dr. Sommer", "the Harbour Flats".
pub fn mentions_another(text: &str, own: &str) -> bool {
    let all = words(text);
    let own: Vec<String> = words(own).into_iter().map(|word| word.text).collect();
    all.iter().enumerate().any(|(at, word)| {
        let titled = at > 0 && matches!(all[at - 1].text.as_str(), "dr" | "mr" | "mrs" | "ms" | "prof");
        let sentence_begins = at == 0 || word.breaks;
        let is_name = starts_upper(text, word) && !sentence_begins && word.text.len() > 2 && !is_common(&word.text);
        let is_day = !super::calendar::dates(&text[word.start..word.end]).is_empty();
        let is_friend = at > 0 && is_relation(&all[at - 1].text);
        (titled || is_name)
            && !is_friend
            && !own.contains(&word.text)
            && !NO_NAMES.contains(&word.text.as_str())
            && !is_day
    })
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
            ["its" | "thats" | "cest" | "um" | "uh" | "oh", _, ..] => 1,
            ["it" | "that" | "this" | "he" | "she", "is" | "was", _, ..]
            | ["c", "est", _, ..]
            | ["das" | "es", "ist", _, ..] => 2,
            ["my" | "the", _, "is" | "was", _, ..] => 3,
            ["my" | "the", _, _, "is" | "was", _, ..] => 4,
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
