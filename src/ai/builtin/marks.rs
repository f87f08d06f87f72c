//! The words by which the kind of an admin's sentence is known: exclusions, "try first", guidance. The reading
//! itself is in `reading`.

use super::words::{find_phrase, has_any, padded};

/// Words that open a condition.
pub(super) const CONDITIONALS: &[&str] = &[
    "when", "whenever", "if", "for", "once", "cuando", "si", "quand", "lorsque", "wenn", "falls", "quando", "se",
    "als", "wanneer",
];

/// Words for handing off, as a whole phrase.
pub(super) const HANDING: &[&str] = &[
    "hand off",
    "handoff",
    "hand over",
    "hand the conversation",
    "handing off",
    "transfer",
    "escalate",
    "pass",
    "connect",
    "forward",
    "route",
];

/// "do not hand off", "never hand them off", "don't pull in": a negation close before a word for handing off.
pub(super) fn is_exclusion(sentence: &str) -> bool {
    let flat = &padded(sentence);
    const PLAIN: &[&str] = &[
        "exception",
        "exceptions",
        "except",
        "excluding",
        "not for",
        "not a reason",
        "not reasons",
        "off limits",
        "outside this rule",
        "out of scope",
        "stays with the bot",
        "stay with the bot",
        "stays with the ai",
        "stays with the assistant",
        "stay in the chat",
        "fine with the bot",
        "fine with the ai",
        "by the ai",
        "by the assistant",
        "by the bot",
        "handled by ai",
        "not handed off",
        "the ai can answer",
        "the ai should answer",
        "the ai answers",
        "the assistant can answer",
        "the assistant should answer",
        "the bot can answer",
        "the bot can handle",
        "the ai can handle",
        "the assistant can handle",
        "the ai should handle",
        "the bot should answer",
        "standard reply",
        "no handoff",
        "no hand off",
        "not handoff",
        "arent for this",
        "isnt for this",
        "are not for this",
        "is not for this",
        "no need to hand",
        "no need for a human",
        "no human needed",
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
        "engineers dont want",
        "we dont want",
        "team doesnt want",
        "people dont want",
    ];
    if has_any(flat, PLAIN) {
        return true;
    }
    sentence.split([',', ';', ':', '–', '—', '(', ')']).any(negates_handing)
}

fn negates_handing(piece: &str) -> bool {
    let flat = padded(piece);
    let words: Vec<&str> = flat.split(' ').filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let negates = matches!(*word, "dont" | "never" | "not" | "avoid" | "without");
        negates
            && words[at + 1..].iter().take(3).any(|next| {
                matches!(
                    *next,
                    "hand"
                        | "handing"
                        | "handoff"
                        | "transfer"
                        | "escalate"
                        | "escalating"
                        | "use"
                        | "send"
                        | "pass"
                        | "involve"
                        | "pull"
                        | "connect"
                        | "forward"
                        | "route"
                        | "bring"
                        | "transferring"
                        | "trigger"
                        | "refer"
                )
            })
            && !words[at + 1..]
                .iter()
                .take(3)
                .any(|next| matches!(*next, "word" | "words" | "exclamation" | "answer" | "until"))
    })
}

pub(super) const TRY_FIRST: &[&str] = &[
    "try to resolve",
    "try to solve",
    "try to help",
    "try to fix",
    "try to answer",
    "try to troubleshoot",
    "try resolving",
    "try solving",
    "try helping",
    "attempt to resolve",
    "attempt to solve",
    "attempt to help",
    "attempt to fix",
    "first try",
    "try first",
    "resolve it first",
    "solve it first",
    "resolve first",
    "help first",
    "troubleshoot first",
    "try it first",
    "try yourself first",
    "try once",
    "ask a clarifying question",
    "offer troubleshooting",
    "intenta resolver",
    "intenta ayudar",
    "essayez de resoudre",
    "essaie de resoudre",
    "essayer de resoudre",
    "zuerst versuchen",
    "versuche zuerst",
    "erst versuchen",
    "prova a risolvere",
    "cerca di risolvere",
    "tente resolver",
    "probeer eerst",
];

pub(super) fn is_try_first(flat: &str) -> bool {
    has_any(flat, TRY_FIRST)
        || (find_phrase(flat, "try").is_some() && find_phrase(flat, "first").is_some())
        || (find_phrase(flat, "only").is_some()
            && has_any(
                flat,
                &[
                    "if that doesnt help",
                    "if that does not help",
                    "after trying",
                    "if it doesnt help",
                    "if you cant",
                    "if you cannot",
                ],
            ))
}

pub(super) fn is_guidance(flat: &str) -> bool {
    has_any(
        flat,
        &[
            "tell them",
            "tell the customer",
            "tell him",
            "let them know",
            "let the customer know",
            "inform them",
            "inform the customer",
            "apologise",
            "apologize",
            "be empathetic",
            "be kind",
            "be polite",
            "be friendly",
            "stay calm",
            "the tone",
            "tone should",
            "answers should",
            "keep it short",
            "exclamation marks",
            "avoid the word",
            "never argue",
            "thank them",
            "confirm kindly",
            "explain that",
            "say that",
            "reassure",
            "below 40 words",
            "collect the details",
            "collect everything",
            "gather the",
            "before handing off",
            "before you hand off",
            "before transferring",
            "in the message",
            "handoff message",
            "dont promise",
            "never promise",
            "do not promise",
        ],
    )
}

/// Whether an exclusion is about what the sentence before it named: "Those aren't for this desk".
pub(super) fn points_back(flat: &str) -> bool {
    let start = flat.trim_start();
    ["those ", "these ", "they ", "such requests", "that is ", "thats "]
        .iter()
        .any(|opening| start.starts_with(opening))
}
