//! The frame of a sentence: the words for handing off, for leaving something to the AI and for destinations around the
//! subject it is about. What the pieces mean is in `marks`, how sentences are cut in `phrasing`.

use super::evidence::phrase_weight;
use super::marks::HANDING;
use super::words::{has_any, padded, words};

/// Openings that say what is done about the subject which follows them.
const OPENINGS: &[&str] = &[
    "please",
    "hand off requests for",
    "hand off for",
    "hand off anyone who",
    "hand off",
    "hand over for",
    "escalate anyone who",
    "escalate if",
    "escalate",
    "transfer for",
    "transfer the chat for",
    "transfer the chat:",
    "use this for",
    "use it for",
    "use for",
    "use when",
    "use this when",
    "do not use this for",
    "do not use it for",
    "do not use for",
    "do not use when",
    "do not use this when",
    "don't use this for",
    "don't use it for",
    "don't use for",
    "do not hand off for",
    "don't hand off for",
    "do not hand off when",
    "don't hand off when",
    "do not hand off if",
    "don't hand off if",
    "do not hand off",
    "don't hand off",
    "do not escalate for",
    "do not escalate",
    "don't escalate for",
    "don't escalate",
    "do not transfer for",
    "do not transfer",
    "don't transfer for",
    "don't transfer",
    "never hand off for",
    "never hand off",
    "never trigger on",
    "never escalate",
    "never transfer",
    "never use for",
    "not for",
    "not when",
    "not if",
    "but not for",
    "but not when",
    "but not if",
    "but not",
    "but never",
    "but ignore",
    "except for",
    "except when",
    "except if",
    "except",
    "excluding",
    "exclude",
    "exception:",
    "exceptions:",
    "exception -",
    "exception –",
    "exception is",
    "the exception is",
    "the only exception is",
    "the one exception:",
    "the only exception:",
    "exception",
    "ignore",
    "skip",
    "unless",
    "leave",
    "keep",
    "this does not include",
    "this doesn't include",
    "this does not apply to",
    "this doesn't apply to",
    "this does not cover",
    "this doesn't cover",
    "it does not include",
    "it does not cover",
    "does not include",
    "simply asking about",
    "simply asking for",
    "simply asking",
    "just asking about",
    "just asking for",
    "just asking",
    "merely asking about",
    "someone who only asks about",
    "someone who only asks for",
    "someone who only",
    "somebody who only",
    "someone who just",
    "somebody who just",
    "people who only",
    "people who just",
    "customers who only",
    "customers who just",
    "the bot may deal with",
    "the bot can deal with",
    "the bot may handle",
    "the bot can handle",
    "the bot handles",
    "the bot answers",
    "the bot can answer",
    "the bot should answer",
    "the ai can handle",
    "the ai can answer",
    "the ai should answer",
    "the ai should handle",
    "the ai handles",
    "the ai answers",
    "the assistant can handle",
    "the assistant can answer",
    "the assistant should answer",
    "the assistant should handle",
    "the assistant handles",
    "the assistant answers",
    "we are not the support for",
    "we do not handle",
    "we don't handle",
    "we do not deal with",
    "we don't deal with",
    "no handoff for",
    "no handover for",
    "no escalation for",
    "no need to hand off",
    "no need to escalate",
    "trigger on",
    "trigger:",
    "topic:",
    "topics:",
    "on the other hand",
    "however",
    "also",
    "as well as",
    "we want people, not the bot, to deal with",
    "a human handles",
    "a person handles",
];

/// What follows a subject and says what is done about it.
const ENDINGS: &[&str] = &[
    " should go to ",
    " must go to ",
    " must talk to ",
    " should talk to ",
    " need to talk to ",
    " goes to ",
    " go to the ",
    " go to our ",
    " pass them to ",
    " connect to ",
    " connect them to ",
    " connect them with ",
    " hand over to ",
    " hand off to ",
    " hand those over",
    " transfer to ",
    " transfer them to ",
    " escalate to ",
    " send them to ",
    " route to ",
    " stays with ",
    " stay with ",
    " stays in the chat",
    " stay in the chat",
    " should be answered by ",
    " should be handled by ",
    " can be handled by ",
    " can be answered by ",
    " is handled by ",
    " are handled by ",
    " may be handled by ",
    " is answered by ",
    " are answered by ",
    " handled by the ",
    " are fine with ",
    " is fine with ",
    " is off limits",
    " are off limits",
    " does not count",
    " do not count",
    " doesn't count",
    " don't count",
    " is not enough",
    " are not enough",
    " isn't enough",
    " aren't enough",
    " does not need a ",
    " do not need a ",
    " doesn't need a ",
    " don't need a ",
    " is not a reason",
    " are not a reason",
    " are no reason",
    " is no reason",
    " is outside ",
    " are outside ",
    " is out of scope",
    " are out of scope",
    " need a supervisor",
    " needs a human",
    " need a human",
    " needs a person",
    " need an account manager",
    " need compliance",
    " need a licensed ",
    " need the ",
    " isn't for ",
    " aren't for ",
    " is not for ",
    " are not for ",
    " to the ai",
    " to the bot",
    " to the assistant",
    " with the bot",
    " with the ai",
    " with the assistant",
    " itself",
    " on its own",
    " don't involve ",
    " do not involve ",
    " don't pull ",
    " do not pull ",
    " please don't ",
    " please do not ",
    " please dont ",
    " so don't ",
    " so do not ",
    " so never ",
    " send the ",
    " stay with the ",
    ": no handoff",
    ": no hand off",
    " - no handoff",
    " - always a person",
    " – always a person",
    " a person from ",
    " a human from ",
    " we'd like a ",
    " we would like a ",
    " so we'd like ",
    " take over",
    " takes over",
    " is wanted",
];

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
            let at = straight.find(&mark.replace('\'', "'")).or_else(|| lower.find(&mark.replace('\'', "’")))?;
            let is_whole = mark.ends_with(' ')
                || subject[at + mark.len().min(subject.len() - at)..]
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_alphanumeric());
            (at > 0 && is_whole && subject[..at].split_whitespace().count() >= 1).then_some(at)
        })
        .min()
}
