//! Cutting the admin's text: lines, sentences, lists, and the phrases of a sentence that speak about the
//! customer's subject (without destinations and the words for handing off).

use super::evidence::phrase_weight;
use super::frames::{is_about_the_ai, strip_handing};
use super::lexicon::{self, Weight};
use super::marks::TRY_FIRST;
use super::words::{TEXT_CHARS_MAX, find_phrase, has_any, padded};

/// One line of the text, without its bullet.
pub struct Line {
    pub text: String,
    /// It had a bullet or a number.
    pub is_item: bool,
}

/// The lines of a text.
pub fn lines(text: &str) -> Vec<Line> {
    let end = text.char_indices().nth(TEXT_CHARS_MAX).map_or(text.len(), |(at, _)| at);
    text[..end].lines().map(line).collect()
}

fn line(raw: &str) -> Line {
    let raw = raw.trim();
    let bare = raw.trim_start_matches(['-', '*', '•', '–', '·', '▪', '#']).trim_start();
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits) && bare[digits..].starts_with(['.', ')']);
    let body = if numbered { bare[digits + 1..].trim_start() } else { bare };
    Line { text: body.to_owned(), is_item: body.len() != raw.len() }
}

/// "Label: rest", when the label is short and there is a rest.
pub fn label_of(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.split_once(':')?;
    let is_short = label.chars().count() <= 80 && !label.contains(['.', '!', '?', ',', ';']) && !label.contains(" - ");
    (is_short && !rest.trim().is_empty() && !rest.starts_with("//")).then(|| (label.trim(), rest.trim()))
}

/// The sentences of a line.
pub fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut is_quoted = false;
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    for (number, (at, letter)) in letters.iter().enumerate() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '“' | '„' => is_quoted = true,
            '”' => is_quoted = false,
            _ => {}
        }
        let next = letters.get(number + 1).map(|(_, c)| *c);
        let ends = matches!(letter, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace);
        if *letter == ' ' && !is_quoted && *at > start && opens_sentence(&line[start..*at], &line[at + 1..]) {
            found.push(line[start..*at].trim().trim_end_matches(['-', '–', '—']).trim());
            start = at + 1;
        } else if ends && !is_quoted && !ends_abbreviation(&line[start..*at]) {
            let end = at + letter.len_utf8();
            found.push(line[start..end].trim().trim_end_matches(['.', ';', '!']).trim());
            start = end;
        }
    }
    found.push(line[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a new sentence begins here although no full stop was written: "Booking changes Not for check-in",
/// "Refunds - but not store credit".
fn opens_sentence(before: &str, rest: &str) -> bool {
    /// Words that open a sentence of their own when they are capitalised in the middle of a line.
    const OPENERS: &[&str] = &[
        "Not",
        "Do",
        "Don't",
        "Don’t",
        "Never",
        "Everything",
        "Exclude",
        "Excluding",
        "Except",
        "Exception",
        "Ignore",
        "Leave",
        "Simply",
        "Someone",
        "Somebody",
        "But",
        "This",
        "Those",
        "These",
        "Tell",
        "Before",
        "Be",
        "Say",
        "Please",
        "Use",
        "Questions",
        "Anything",
        "Unless",
        "Handoff",
        "Message",
        "Tone",
        "Behaviour",
        "Escalate",
        "Transfer",
        "Keep",
        "However",
        "Only",
        "Just",
    ];
    let word = rest.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).next().unwrap_or_default();
    let before = before.trim_end();
    let after_dash = before.ends_with(['-', '–', '—']) && before.trim_end_matches(['-', '–', '—']).ends_with(' ');
    let runs_on = before.ends_with(|c: char| c.is_alphanumeric() || c == ')') && before.split_whitespace().count() >= 2;
    if OPENERS.contains(&word) {
        return after_dash || runs_on;
    }
    let first = rest.split(". ").next().unwrap_or(rest);
    after_dash && runs_on_enough(before) && super::exclusions::is_exclusion(first)
}

/// "Exception - …" belongs together; "Pets - not for check-out" does not.
fn runs_on_enough(before: &str) -> bool {
    !super::exclusions::is_exclusion(before)
}

fn ends_abbreviation(text: &str) -> bool {
    let last = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        last.as_str(),
        "e.g" | "i.e" | "etc" | "eg" | "ie" | "z.b" | "bzw" | "p.ej" | "mr" | "mrs" | "dr" | "no" | "nr" | "vs"
    )
}

/// The items of a list of keywords.
pub fn listed(text: &str) -> Vec<String> {
    text.split([',', ';', '/', '|', '\n'])
        .flat_map(|part| split_words(part, &[" or ", " and ", " oder ", " ou ", " o ", " und "]))
        .map(|item| item.trim().trim_matches(['"', '“', '”', '\'', '.', '«', '»', '„']).trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// "A, except B" as (A, B).
pub fn split_exception(sentence: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &[
        " except ",
        " unless ",
        " but not ",
        " but do not ",
        " but don't ",
        " but never ",
        " excluding ",
        " other than ",
        " excepto ",
        " salvo ",
        " a menos que ",
        " pero no ",
        " sauf ",
        " mais pas ",
        " à moins que ",
        " außer ",
        " es sei denn",
        " aber nicht ",
        " tranne ",
        " eccetto ",
        " a meno che ",
        " ma non ",
        " exceto ",
        " mas não ",
        " behalve ",
        " tenzij ",
        " maar niet ",
    ];
    let lower = sentence.to_ascii_lowercase();
    let (at, mark) = MARKS.iter().filter_map(|mark| lower.find(mark).map(|at| (at, mark))).min()?;
    let head = sentence[..at].trim().trim_end_matches([',', '-', '–']).trim();
    let tail = sentence[at + mark.len()..].trim();
    (!head.is_empty() && !tail.is_empty()).then_some((head, tail))
}

/// The first parenthesis of a sentence: what stands before, inside and behind it.
pub fn parenthesis(sentence: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = sentence.split_once('(')?;
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    (!inside.trim().is_empty()).then(|| (before.trim(), inside.trim(), after.trim()))
}

/// The sides of "A, B or C" in a sentence.
pub fn alternatives(sentence: &str) -> Vec<String> {
    let subject = strip_handing(sentence);
    let sides = subject.split([',', ';']).flat_map(|part| split_words(part, &[" or ", " oder ", " ou ", " o "]));
    sides.map(|side| side.trim().trim_start_matches("or ").to_owned()).filter(|side| !side.is_empty()).collect()
}

/// The sentence without the pieces that only say that the AI should try first or then hand off.
pub fn without_try_first(sentence: &str) -> String {
    let kept: Vec<&str> = sentence
        .split([',', ';', '–', '—'])
        .flat_map(|part| split_words(part, &[" then ", " and then ", " before "]))
        .filter(|part| {
            let flat = padded(part);
            let tries = has_any(&flat, TRY_FIRST) || (flat.contains(" try ") && flat.contains(" first "));
            !tries && phrase_weight(strip_handing(part)) > 0.0
        })
        .collect();
    kept.join(", ")
}

/// Whether the text is about a customer who asks for a person, and nothing else.
pub fn is_about_a_person(text: &str) -> bool {
    let subject = strip_handing(text);
    let mut flat = padded(subject);
    for who in [
        " the person ",
        " a person who ",
        " the customer ",
        " a customer ",
        " customer ",
        " the user ",
        " a user ",
        " the client ",
        " a client ",
        " any customer who ",
    ] {
        flat = flat.replacen(who, " ", 1);
    }
    let asks = has_any(
        &flat,
        &[
            "human",
            "humans",
            "real person",
            "person",
            "live agent",
            "agent",
            "representative",
            "manager",
            "supervisor",
            "a colleague",
            "someone real",
            "bot",
            "automated assistant",
            "humano",
            "persona",
            "humain",
            "mensch",
            "mitarbeiter",
            "umano",
            "humano",
            "mens",
            "medewerker",
        ],
    ) && has_any(
        &flat,
        &[
            "ask",
            "asks",
            "asking",
            "asked",
            "request",
            "requests",
            "requested",
            "wants",
            "want",
            "speak",
            "talk",
            "insists",
            "demands",
            "prefers",
            "refuses",
            "fed up",
            "explicitly",
            "accepts",
            "does not want",
            "continue",
            "pide",
            "demande",
            "verlangt",
            "mochte",
            "chiede",
            "pede",
            "vraagt",
        ],
    );
    let other = ["about", "insurance", "travel", "near", "nearby", "find", "appointment", "booking", "refund"];
    asks && !has_any(&flat, &other)
}

/// The phrases of a sentence that a message is compared with.
pub fn phrases(sentence: &str) -> Vec<String> {
    let subject = strip_handing(sentence);
    let mut found: Vec<String> = Vec::new();
    for part in split_parentheses(subject) {
        let has_list = part.contains(',');
        for piece in part.split([',', ';', ':', '–', '—']).flat_map(|p| p.split(" - ")) {
            let piece = strip_handing(piece.trim());
            let flat = padded(piece);
            if is_about_the_ai(&flat) || phrase_weight(piece) <= 0.0 || (!found.is_empty() && is_mere_participle(&flat))
            {
                continue;
            }
            add(&mut found, piece);
            let marks: &[&str] = if has_list { &[" or ", " and ", "/"] } else { &[" or ", "/"] };
            let parts = split_words(piece, marks);
            if parts.len() > 1 {
                // "bus or train tickets": each side alone counts only if it says enough by itself.
                let says_enough = |side: &&&str| {
                    let weight = phrase_weight(side);
                    let is_reported = has_any(
                        &padded(side),
                        &["report", "reports", "reporting", "mentions", "about", "for", "asks", "requests"],
                    );
                    weight > 1.0 || (weight >= 1.0 && (has_list || is_reported)) && !is_mere_participle(&padded(side))
                };
                parts.iter().filter(says_enough).for_each(|side| add(&mut found, side));
            }
        }
    }
    found
}

/// "whether it was received, processed or approved": a participle alone is no subject.
fn is_mere_participle(flat: &str) -> bool {
    let content: Vec<&str> = flat.split(' ').filter(|word| lexicon::weight(word) == Weight::Full).collect();
    !content.is_empty() && content.iter().all(|word| word.len() > 4 && word.ends_with("ed"))
}

fn add(found: &mut Vec<String>, piece: &str) {
    let piece = piece.trim().trim_matches(['"', '“', '”', '.', '(', ')']).trim();
    if !piece.is_empty() && found.iter().all(|known| known != piece) {
        found.push(piece.to_owned());
    }
}

/// "a (b, c) d" as "a d" and "b, c".
fn split_parentheses(text: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut inside = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        outside.push_str(before);
        let (within, behind) = after.split_once(')').unwrap_or((after, ""));
        inside.push(within.to_owned());
        rest = behind;
    }
    outside.push_str(rest);
    let mut all = vec![outside];
    all.extend(inside);
    all
}

fn split_words<'a>(text: &'a str, marks: &[&str]) -> Vec<&'a str> {
    let mut parts = vec![text];
    for mark in marks {
        parts = parts.into_iter().flat_map(|part| part.split(mark).collect::<Vec<_>>()).collect();
    }
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty() && find_phrase(&padded(part), "either").is_none())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(
            sentences("Refunds, e.g. late ones. Say \"Wait. We look.\" Then stop!"),
            ["Refunds, e.g. late ones", "Say \"Wait. We look.\" Then stop",]
        );
    }

    #[test]
    fn the_subject_is_kept_and_the_destination_is_not() {
        for (sentence, expected) in [
            ("Transfer to the fraud team if the card was stolen", vec!["the card was stolen"]),
            (
                "Anything about visa requirements should go to a travel advisor",
                vec!["Anything about visa requirements"],
            ),
            (
                "Hand off when the customer says an ATM kept their card",
                vec!["the customer says an ATM kept their card"],
            ),
            ("Car accidents: connect to the claims hotline", vec!["Car accidents"]),
            ("Use for claims, accidents and cancellations", vec!["claims", "accidents and cancellations", "accidents"]),
        ] {
            let found = phrases(sentence);
            for phrase in expected {
                assert!(found.iter().any(|p| p == phrase), "{sentence}: {found:?}");
            }
        }
    }
}
