//! The words by which the kind of an admin's sentence is known: handing off, "try first", guidance. What is not handed
//! off is in `exclusions`, the reading itself in `reading`.

use super::words::{find_phrase, has_any};

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
    "hand those over",
    "hand them over",
    "hand it over",
    "bring in",
    "put them through",
    "involve",
    "loop in",
    "call in",
    "handing off",
    "transfer",
    "escalate",
    "pass",
    "connect",
    "forward",
    "route",
];

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

/// What an admin tells the AI about its manner and its words.
pub(super) fn is_guidance(flat: &str) -> bool {
    /// Verbs of speaking and behaving that open such a sentence.
    const MANNERS: &[&str] = &[
        "be",
        "stay",
        "keep",
        "tell",
        "say",
        "ask",
        "collect",
        "confirm",
        "apologise",
        "apologize",
        "acknowledge",
        "thank",
        "mention",
        "promise",
        "argue",
        "use",
        "write",
        "speak",
        "explain",
        "reassure",
        "remind",
        "read",
        "sound",
        "greet",
        "sign",
        "avoid",
        "thanks",
        "answer",
        "reply",
        "respond",
        "remember",
        "note",
        "give",
        "offer",
        "show",
        "let",
        "inform",
        "gather",
        "make",
        "always",
        "blame",
        "guess",
        "invent",
        "discuss",
        "quote",
        "share",
        "refer",
        "repeat",
    ];
    let words: Vec<&str> = flat.split(' ').filter(|w| !w.is_empty()).collect();
    let lead = words.iter().take_while(|word| {
        matches!(
            **word,
            "please"
                | "never"
                | "dont"
                | "do"
                | "not"
                | "first"
                | "then"
                | "and"
                | "but"
                | "also"
                | "always"
                | "just"
                | "kindly"
                | "behaviour"
                | "tone"
                | "by"
                | "the"
                | "way"
        )
    });
    let start = lead.count();
    let is_manner = words.get(start).is_some_and(|word| MANNERS.contains(word))
        && !words[start..].starts_with(&["use", "this"])
        && !words[start..].starts_with(&["use", "for"])
        && !words[start..].starts_with(&["use", "when"])
        && !words[start..].starts_with(&["use", "it"]);
    // "If they are upset, acknowledge it once": a manner behind a mood.
    let mood = has_any(
        flat,
        &[
            "they are upset",
            "customer is upset",
            "they are angry",
            "customer is angry",
            "they seem",
            "they are rude",
            "they swear",
        ],
    ) && !has_any(flat, HANDING);
    mood || (is_manner
        && (!has_any(flat, HANDING) || !has_any(flat, CONDITIONALS))
        && !has_any(flat, &["whenever", "get a person", "get a human", "a person as soon"]))
        || has_any(
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
                "before the handoff",
                "before transferring",
                "before you transfer",
                "in the message",
                "handoff message",
                "dont promise",
                "never promise",
                "do not promise",
                "first line",
                "special cases",
                "read carefully",
                "in our brand",
                "our brand",
                "customers language",
            ],
        )
}
