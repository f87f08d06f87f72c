//! Cutting the admin's text: lines, sentences, lists, and the phrases of a sentence that speak about the
//! customer's subject (without destinations and the words for handing off).

use super::lexicon::{self, Weight};
use super::marks::{HANDING, TRY_FIRST};
use super::matching::phrase_weight;
use super::words::{TEXT_CHARS_MAX, find_phrase, has_any, padded, words};

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
    let is_short = label.chars().count() <= 80 && !label.contains(['.', '!', '?', ',']);
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
        if ends && !is_quoted && !ends_abbreviation(&line[start..*at]) {
            let end = at + letter.len_utf8();
            found.push(line[start..end].trim().trim_end_matches(['.', ';', '!']).trim());
            start = end;
        }
    }
    found.push(line[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
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
    let flat = padded(text);
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

/// Pieces about what the AI or the team does are no subject.
fn is_about_the_ai(flat: &str) -> bool {
    has_any(
        flat,
        &[
            "never answer",
            "dont answer",
            "do not answer",
            "answer them yourself",
            "must talk to",
            "should talk to",
            "need a person",
            "let our",
            "a person to",
            "a human should",
            "human should step in",
            "get a human",
            "get a person",
            "we need",
            "tell them",
            "the opening hours",
            "send the",
            "stay calm",
            "just give",
            "the bot can",
            "the assistant can",
            "the ai can",
            "should be answered",
            "involve the team",
            "be patient",
        ],
    ) || flat.starts_with(" then ")
}

/// The part of a sentence that names the subject: what follows "when"/"if" behind a word for handing off, without
/// "hand off", and without the destination ("to the fraud team").
fn strip_handing(sentence: &str) -> &str {
    let mut subject = sentence.trim();
    let flat_words = words(subject);
    // "Transfer to the fraud team if the customer …": the condition follows.
    let condition = flat_words.iter().enumerate().find(|(_, word)| {
        matches!(
            word.text.as_str(),
            "when"
                | "if"
                | "whenever"
                | "once"
                | "cuando"
                | "si"
                | "quand"
                | "lorsque"
                | "wenn"
                | "falls"
                | "quando"
                | "wanneer"
                | "als"
        )
    });
    if let Some((number, word)) = condition {
        let head = padded(&subject[..word.start]);
        let hands = has_any(&head, HANDING) || has_any(&head, &["use", "use this", "get", "involve"]);
        if (number == 0 || hands) && word.end < subject.len() {
            subject = subject[word.end..].trim();
        }
    }
    // "Hand off for …", "Anything about X should go to a travel advisor".
    for opening in [
        "hand off requests for",
        "hand off for",
        "hand off",
        "escalate",
        "transfer for",
        "use for",
        "use when",
        "use this when",
        "do not use for",
        "don't use for",
        "do not hand off for",
        "don't hand off for",
        "do not hand off",
        "don't hand off",
        "do not use it for",
        "do not escalate",
        "never hand off",
        "not for",
    ] {
        if subject.len() > opening.len()
            && subject.is_char_boundary(opening.len())
            && subject[..opening.len()].eq_ignore_ascii_case(opening)
            && subject[opening.len()..].starts_with([' ', ':'])
        {
            subject = subject[opening.len()..].trim_start_matches([' ', ':']);
        }
    }
    let lower = subject.to_ascii_lowercase();
    let cut = [
        " should go to ",
        " must go to ",
        " must talk to ",
        " should talk to ",
        " need to talk to ",
        " goes to ",
        " go to the ",
        " pass them to ",
        " connect to ",
        " connect them to ",
        " hand over to ",
        " hand off to ",
        " transfer to ",
        " transfer them to ",
        " escalate to ",
        " send them to ",
        " stays with ",
        " stay with ",
        " should be answered by ",
        " should be handled by ",
        " can be handled by ",
        " can be answered by ",
        " are fine with ",
        " is fine with ",
    ]
    .iter()
    .filter_map(|mark| lower.find(mark))
    .filter(|at| *at > 0)
    .min();
    if let Some(at) = cut {
        subject = subject[..at].trim();
    }
    subject
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
