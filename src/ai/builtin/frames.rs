//! The frame of a sentence: the words for handing off, for leaving something to the AI and for destinations around the
//! subject it is about. What the pieces mean is in `marks`, how sentences are cut in `phrasing`.

use super::evidence::phrase_weight;
use super::frame_words::{ENDINGS, OPENINGS};
use super::marks::HANDING;
use super::words::{has_any, padded, words};

/// Words that open a condition behind a word for handing off.
const CONDITIONS: &[&str] = &[
    "when", "if", "whenever", "once", "unless", "cuando", "si", "quand", "lorsque", "wenn", "falls", "quando",
    "wanneer", "als",
];

/// Pieces about what the AI or the team does are no subject.
pub(super) fn is_about_the_ai(flat: &str) -> bool {
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
            "hand over to",
            "hand off to",
            "connect them",
            "pass it",
            "pass them",
            "involve an agent",
            "route to",
            "transfer to",
            "put them through",
            "they get anxious",
            "always a person",
            "a person from",
            "takes over",
            "take over",
            "want to see it",
            "wants to see it",
            "engineers dont want",
            "people dont want",
            "team doesnt want",
            "we dont want",
            "hand those over",
            "stays with",
            "stay with",
        ],
    ) || flat.starts_with(" then ")
        || flat.starts_with(" we need ")
        || flat.starts_with(" because ")
        || flat.starts_with(" so that ")
        || flat.starts_with(" since ")
        || flat.trim() == "exception"
}

/// The part of a sentence that names the subject: what follows "when"/"if" behind a word for handing off, without
/// "hand off" or "this does not include", and without the destination ("to the fraud team").
pub(super) fn strip_handing(sentence: &str) -> &str {
    let mut subject = trim(sentence);
    loop {
        let before = subject.len();
        subject = trim(behind_condition(subject));
        subject = trim(behind_destination(subject));
        // "The payments team looks after chargebacks".
        if let Some((_, what)) = subject.split_once(" looks after ").or_else(|| subject.split_once(" deals with ")) {
            subject = trim(what);
        }
        subject = trim(behind_opening(subject));
        if let Some(at) = ending(subject) {
            subject = trim(&subject[..at]);
        }
        if subject.len() == before {
            return subject;
        }
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '-' | '–' | '—'))
}

/// "Transfer to the fraud team if the customer …": the condition follows.
fn behind_condition(subject: &str) -> &str {
    let found = words(subject);
    let opens = |number: usize| {
        let word = found[number].text.as_str();
        let next = found.get(number + 1).map(|word| word.text.as_str());
        let after = found.get(number + 2).map(|word| word.text.as_str());
        match (word, next, after) {
            ("every" | "each", Some("time"), _) | ("in", Some("case"), _) => Some(number + 1),
            ("as", Some("soon"), Some("as")) => Some(number + 2),
            _ => CONDITIONS.contains(&word).then_some(number),
        }
    };
    let Some((number, last)) = (0..found.len()).find_map(|number| Some((number, opens(number)?))) else {
        return subject;
    };
    let before = &subject[..found[number].start];
    // "Bank transfers only if they are above 500 euro": the limit alone is no subject.
    let is_limit = number > 1 && found[number - 1].text == "only" && phrase_weight(behind_opening(before)) > 0.0;
    if is_limit {
        return subject;
    }
    let head = padded(before);
    let hands = has_any(&head, HANDING)
        || has_any(
            &head,
            &[
                "use",
                "use this",
                "get",
                "involve",
                "bring in",
                "a person",
                "a human",
                "human agent",
                "call in",
                "note that",
                "exception",
            ],
        )
        || head == " only ";
    let end = found[last].end;
    if (number == 0 || hands) && end < subject.len() { &subject[end..] } else { subject }
}

/// "Hand over to a human for standing orders": the subject follows the destination.
fn behind_destination(subject: &str) -> &str {
    /// The most words of a destination.
    const WORDS_MAX: usize = 9;
    let found = words(subject);
    let at = found.iter().take(WORDS_MAX).position(|word| word.text == "for");
    let Some(at) = at.filter(|at| *at > 1 && at + 1 < found.len()) else { return subject };
    let head = padded(&subject[..found[at].start]);
    let has_verb = [
        " hand ",
        " transfer ",
        " connect ",
        " route ",
        " escalate ",
        " pass ",
        " forward ",
        " bring ",
        " get a ",
        " get us ",
        " involve ",
    ];
    let is_destination =
        has_verb.iter().any(|verb| head.starts_with(verb) || head.starts_with(&format!(" please{verb}")))
            && has_any(&head, &["to", "with", "in", "a human", "a person", "us", "an agent", "someone", "somebody"]);
    if is_destination && !has_any(&head, &["asks", "wants", "ask", "want"]) {
        &subject[found[at].end..]
    } else {
        subject
    }
}

fn behind_opening(subject: &str) -> &str {
    let longest = OPENINGS.iter().filter_map(|opening| begins(subject, opening)).max();
    match longest {
        Some(end) if end < subject.len() && !subject[end..].trim().is_empty() => &subject[end..],
        _ => subject,
    }
}

/// The end of `opening` in `text`, when the text begins with it as whole words.
fn begins(text: &str, opening: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    let mut end = 0;
    for wanted in opening.chars() {
        let (at, letter) = letters.next()?;
        if fold(letter) != wanted {
            return None;
        }
        end = at + letter.len_utf8();
    }
    let is_whole = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric()) || opening.ends_with(':');
    is_whole.then_some(end)
}

fn fold(letter: char) -> char {
    if letter == '’' { '\'' } else { letter.to_ascii_lowercase() }
}

/// Where the first ending begins; something must stand before it.
fn ending(subject: &str) -> Option<usize> {
    // The same number of bytes, so that places in it are places in the subject; a curly apostrophe has three.
    let lower = subject.to_ascii_lowercase();
    let straight = lower.replace('’', "'\u{0}\u{0}");
    ENDINGS
        .iter()
        .filter_map(|mark| {
            let at = straight.find(mark).or_else(|| lower.find(&mark.replace('\'', "’")))?;
            let is_whole = mark.ends_with(' ')
                || subject[at + mark.len().min(subject.len() - at)..]
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_alphanumeric());
            (at > 0 && is_whole && subject[..at].split_whitespace().count() >= 1).then_some(at)
        })
        .min()
}
