//! The words by which an admin says what is not handed off. The reading itself is in `reading`.

use super::words::{has_any, padded};

/// What says by itself that a sentence names what is not handed off.
const EXCLUDES: &[&str] = &[
    "exception",
    "exceptions",
    "except",
    "excepting",
    "excluding",
    "excluded",
    "exclude",
    "excludes",
    "exempt",
    "not for",
    "but not",
    "not when",
    "not if",
    "not a reason",
    "not reasons",
    "no reason to",
    "off limits",
    "outside this rule",
    "out of scope",
    "not in scope",
    "does not count",
    "do not count",
    "doesnt count",
    "dont count",
    "not count",
    "is not enough",
    "are not enough",
    "isnt enough",
    "arent enough",
    "not enough by itself",
    "does not include",
    "do not include",
    "doesnt include",
    "not including",
    "not included",
    "does not apply",
    "doesnt apply",
    "do not apply",
    "dont apply",
    "not apply",
    "does not qualify",
    "doesnt qualify",
    "do not qualify",
    "dont qualify",
    "not need a human",
    "not need a person",
    "not need an agent",
    "not need us",
    "dont need a human",
    "dont need a person",
    "doesnt need a human",
    "doesnt need a person",
    "not need human",
    "dont need to see",
    "not need to see",
    "no handoff",
    "no hand off",
    "no handover",
    "no transfer",
    "no escalation",
    "no human",
    "no person",
    "not handoff",
    "not handed off",
    "not handed over",
    "not escalated",
    "not transferred",
    "not a handoff",
    "arent for this",
    "isnt for this",
    "are not for this",
    "is not for this",
    "not our job",
    "not our business",
    "not our department",
    "not for us",
    "none of our",
    "no need to hand",
    "no need for a human",
    "no need for a person",
    "no need to involve",
    "no need to bother",
    "no need to escalate",
    "no need to transfer",
    "no human needed",
    "not needed",
    "not necessary",
    "not worth",
    "leave it to the",
    "fine with the bot",
    "fine with the ai",
    "stays here",
    "stay here",
    "stay in the chat",
    "stays in the chat",
    "stay in chat",
    "stays in chat",
    "keep in the chat",
    "keep it in the chat",
    "standard reply",
    "self service",
    "engineers dont want",
    "we dont want",
    "team doesnt want",
    "people dont want",
    "we do not want",
    "team does not want",
    "dont want to see",
    "do not want to see",
    "a different story",
    "another matter",
    "are another",
    "is another",
    "not us",
    "elsewhere",
    "no transfieras",
    "no transferir",
    "no derivar",
    "excepto",
    "salvo",
    "ne pas transferer",
    "sauf",
    "nicht weiterleiten",
    "nicht ubergeben",
    "ausser",
    "non trasferire",
    "tranne",
    "eccetto",
    "nao transferir",
    "nao transfira",
    "exceto",
    "niet doorverbinden",
    "niet overdragen",
    "behalve",
];

/// Who keeps what is not handed off.
const AI: &[&str] = &["bot", "ai", "assistant", "chatbot", "robot", "virtual assistant", "you", "ia", "ki", "bots"];

/// What somebody who keeps it does.
const KEEPS: &[&str] = &[
    "can",
    "could",
    "may",
    "should",
    "must",
    "will",
    "shall",
    "handle",
    "handles",
    "answers",
    "answer",
    "deal",
    "deals",
    "cover",
    "covers",
    "manages",
    "manage",
    "knows",
    "know",
    "takes care",
    "take care",
    "explains",
    "keeps",
    "does",
    "is able",
    "has",
];

/// "do not hand off", "never hand them off", "don't pull in"; "the bot can answer"; "stays with the AI".
pub(super) fn is_exclusion(sentence: &str) -> bool {
    let flat = &padded(sentence);
    if has_any(flat, EXCLUDES) && !has_any(flat, &["no exception", "no exceptions", "without exception"]) {
        return true;
    }
    let start = flat.trim_start();
    if ["ignore ", "skip ", "leave out ", "leave "].iter().any(|opening| start.starts_with(opening))
        && !start.contains("word")
    {
        return true;
    }
    stays_with_the_ai(flat) || sentence.split([',', ';', ':', '–', '—', '(', ')']).any(negates_handing)
}

/// "stays with the bot", "by the assistant", "left to the AI", "the bot can pull it".
fn stays_with_the_ai(flat: &str) -> bool {
    let words: Vec<&str> = flat.split(' ').filter(|w| !w.is_empty()).collect();
    let is_ai = |at: usize| words.get(at).is_some_and(|word| AI.contains(word) && *word != "you");
    let the = |at: usize| matches!(words.get(at), Some(&("the" | "our" | "your" | "this" | "a")));
    (0..words.len()).any(|at| {
        let follows = is_ai(at + 1) || (the(at + 1) && is_ai(at + 2));
        match words[at] {
            "by" | "with" => follows && !negated(&words, at, 5),
            "to" => {
                follows
                    && words[..at].iter().rev().take(8).any(|word| {
                        matches!(
                            *word,
                            "leave"
                                | "left"
                                | "leaves"
                                | "up"
                                | "belongs"
                                | "belong"
                                | "keep"
                                | "remains"
                                | "remain"
                                | "fall"
                                | "falls"
                        )
                    })
            }
            "the" | "our" | "your" | "a" => {
                is_ai(at + 1)
                    && words.get(at + 2).is_some_and(|word| KEEPS.contains(word))
                    && !words[at + 2..].iter().take(3).any(|word| {
                        matches!(
                            *word,
                            "not"
                                | "never"
                                | "cannot"
                                | "try"
                                | "hand"
                                | "transfer"
                                | "escalate"
                                | "ask"
                                | "first"
                                | "collect"
                                | "gather"
                                | "say"
                                | "tell"
                                | "apologise"
                                | "apologize"
                        )
                    })
            }
            _ => false,
        }
    })
}

fn negated(words: &[&str], at: usize, reach: usize) -> bool {
    words[..at].iter().rev().take(reach).any(|word| {
        matches!(
            *word,
            "not"
                | "never"
                | "cannot"
                | "cant"
                | "dont"
                | "unhappy"
                | "angry"
                | "frustrated"
                | "annoyed"
                | "dissatisfied"
                | "wrong"
                | "happy"
                | "satisfied"
                | "talk"
                | "talking"
                | "speak"
                | "speaking"
        )
    })
}

fn negates_handing(piece: &str) -> bool {
    let flat = padded(piece);
    let words: Vec<&str> = flat.split(' ').filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let negates = matches!(
            *word,
            "dont"
                | "never"
                | "not"
                | "avoid"
                | "without"
                | "nobody"
                | "shouldnt"
                | "mustnt"
                | "neednt"
                | "cant"
                | "wont"
                | "arent"
                | "isnt"
        );
        let near = || words[at + 1..].iter().take(3);
        negates
            && near().any(|next| {
                matches!(
                    *next,
                    "hand"
                        | "handing"
                        | "handed"
                        | "handoff"
                        | "transfer"
                        | "transferred"
                        | "transferring"
                        | "escalate"
                        | "escalated"
                        | "escalating"
                        | "use"
                        | "send"
                        | "pass"
                        | "involve"
                        | "involving"
                        | "pull"
                        | "connect"
                        | "forward"
                        | "route"
                        | "bring"
                        | "trigger"
                        | "triggers"
                        | "refer"
                        | "bother"
                        | "disturb"
                        | "wake"
                        | "alert"
                        | "interrupt"
                        | "ping"
                        | "page"
                        | "loop"
                        | "dispatch"
                        | "put"
                )
            })
            && !near().any(|next| {
                matches!(
                    *next,
                    "word"
                        | "words"
                        | "exclamation"
                        | "answer"
                        | "until"
                        | "phrase"
                        | "emoji"
                        | "emojis"
                        | "jargon"
                        | "slang"
                        | "blame"
                        | "pressure"
                        | "up"
                        | "first"
                        | "yet"
                        | "before"
                )
            })
    })
}

/// Whether an exclusion is about what the sentence before it named: "Those aren't for this desk".
pub(super) fn points_back(flat: &str) -> bool {
    let start = flat.trim_start();
    ["those ", "these ", "they ", "such requests", "that is ", "thats "]
        .iter()
        .any(|opening| start.starts_with(opening))
}
