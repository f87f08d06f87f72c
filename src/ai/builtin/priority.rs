//! How urgent a conversation is, with a one-line reason, from the customer's words. Used only where the admin
//! turned "Auto-assign priority" on.

use super::words::{excerpt, has_any, padded};
use crate::domain::{Priority, PriorityWithReason};

const URGENT: &[(&str, &[&str])] = &[
    (
        "Money or an account may be in danger",
        &[
            "fraud",
            "fraudulent",
            "scam",
            "scammed",
            "hacked",
            "stolen",
            "stole",
            "steal",
            "stealing",
            "unauthorized",
            "unauthorised",
            "didnt make",
            "did not make",
            "without my permission",
            "compromised",
            "identity theft",
            "someone used my",
            "someone is using",
            "someone else is using",
            "using my card",
            "robo",
            "robado",
            "estafa",
            "betrug",
            "gestohlen",
            "vole",
            "fraude",
            "rubato",
            "truffa",
            "roubado",
            "gestolen",
            "oplichting",
        ],
    ),
    (
        "Somebody may be in danger",
        &[
            "emergency",
            "accident",
            "injured",
            "hospital",
            "ambulance",
            "suicide",
            "kill myself",
            "fire",
            "gas leak",
            "emergencia",
            "notfall",
            "urgence vitale",
            "unfall",
            "accidente",
            "emergenza",
            "acidente",
            "noodgeval",
            "allergic",
        ],
    ),
    (
        "Legal steps are mentioned",
        &[
            "lawyer",
            "attorney",
            "sue you",
            "legal action",
            "court",
            "police",
            "abogado",
            "anwalt",
            "avocat",
            "avvocato",
            "advogado",
            "advocaat",
            "polizei",
            "policia",
        ],
    ),
    (
        "The customer says it is urgent",
        &[
            "urgent",
            "urgently",
            "asap",
            "immediately",
            "right now",
            "right away",
            "urgente",
            "dringend",
            "sofort",
            "tout de suite",
            "subito",
            "spoed",
            "emergency",
        ],
    ),
];
const HIGH: &[(&str, &[&str])] = &[
    (
        "The customer can't use the service",
        &[
            "locked out",
            "blocked",
            "cant access",
            "cannot access",
            "cant log in",
            "cannot log in",
            "not working",
            "doesnt work",
            "does not work",
            "isnt working",
            "down",
            "declined",
            "frozen",
            "swallowed",
            "bloqueado",
            "gesperrt",
            "bloque",
            "bloccato",
            "geblokkeerd",
        ],
    ),
    (
        "Money is at stake",
        &[
            "charged twice",
            "double charged",
            "overcharged",
            "wrong amount",
            "refund",
            "money back",
            "missing money",
            "never received",
            "not received",
            "compensation",
            "reembolso",
            "ruckerstattung",
            "remboursement",
            "rimborso",
            "terugbetaling",
            "lost",
        ],
    ),
    (
        "The customer is upset",
        &[
            "complaint",
            "complain",
            "unacceptable",
            "ridiculous",
            "terrible",
            "worst",
            "furious",
            "angry",
            "frustrated",
            "frustrating",
            "disgusting",
            "third time",
            "still not",
            "inaceptable",
            "unverschamt",
            "inacceptable",
            "queja",
            "beschwerde",
            "plainte",
            "reclamo",
            "klacht",
        ],
    ),
    (
        "The customer wants to leave",
        &["cancel my account", "close my account", "delete my account", "switch to another", "leave you"],
    ),
];
const LOW: &[(&str, &[&str])] = &[
    (
        "A general question",
        &[
            "just wondering",
            "just curious",
            "no rush",
            "no hurry",
            "whenever you",
            "do you offer",
            "do you have",
            "how do i",
            "how can i",
            "how does",
            "what is",
            "what are",
            "where can i",
            "opening hours",
            "is it possible",
            "can i",
            "which",
        ],
    ),
    ("Feedback", &["feedback", "suggestion", "newsletter", "feature request"]),
];

/// The priority of what the customer said, newest message last.
pub fn of(texts: &[&str]) -> PriorityWithReason {
    let flats: Vec<String> = texts.iter().map(|text| padded(text)).collect();
    for (priority, rows) in [(Priority::Urgent, URGENT), (Priority::High, HIGH)] {
        for (reason, signs) in rows {
            if let Some(sign) = flats.iter().rev().find_map(|flat| signs.iter().find(|sign| has_any(flat, &[sign]))) {
                return PriorityWithReason { priority, reason: format!("{reason} (“{sign}”).") };
            }
        }
    }
    if let Some(shouting) = texts.iter().find(|text| is_shouting(text)) {
        return PriorityWithReason {
            priority: Priority::High,
            reason: format!("The customer is upset (“{}”).", excerpt(shouting, 60)),
        };
    }
    for (reason, signs) in LOW {
        if flats.last().is_some_and(|flat| has_any(flat, signs)) {
            return PriorityWithReason { priority: Priority::Low, reason: format!("{reason}.") };
        }
    }
    PriorityWithReason { priority: Priority::Medium, reason: "Nothing urgent is mentioned.".into() }
}

/// Mostly capitals over several words.
pub fn is_shouting(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 12 && capitals * 10 >= letters * 8 && text.trim().contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_follows_the_words() {
        for (text, expected) in [
            ("somebody stole my card", Priority::Urgent),
            ("I will call my lawyer", Priority::Urgent),
            ("I was charged twice", Priority::High),
            ("WHERE IS MY PARCEL ALREADY", Priority::High),
            ("please change my seat", Priority::Medium),
            ("what are your opening hours", Priority::Low),
            ("", Priority::Medium),
        ] {
            let found = of(&[text]);
            assert_eq!(found.priority, expected, "{text}");
            assert!(!found.reason.contains('\n'));
        }
    }
}
