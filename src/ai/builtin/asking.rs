//! Messages that only ask, and exclusions about them: "questions about how refunds work stay with the AI" speaks of a
//! customer who asks under what circumstances one gets a refund, and not of one who wants theirs. Words only.

use super::words::{has_any, padded};

/// An exclusion about questions: what only asks is the AI's.
const ABOUT_ASKING: &[&str] = &[
    "question",
    "questions",
    "asking",
    "asks",
    "inquiry",
    "inquiries",
    "enquiry",
    "enquiries",
    "how",
    "policy",
    "rules",
    "terms",
    "conditions",
    "eligibility",
    "information",
    "wonders",
    "wondering",
    "curious",
    "preguntas",
    "pregunta",
    "informacion",
    "demande",
    "informations",
    "fragen",
    "frage",
    "informationen",
    "wie",
    "perguntas",
    "informacoes",
    "domande",
    "informazioni",
    "vragen",
    "informatie",
    "hoe",
];

/// Asks about rules that hold for everybody.
const IN_GENERAL: &[&str] = &[
    "in what case",
    "in what cases",
    "in which case",
    "in which cases",
    "in what situation",
    "in what situations",
    "in which situations",
    "what circumstances",
    "which circumstances",
    "under what conditions",
    "under which conditions",
    "on what conditions",
    "on what grounds",
    "when can i",
    "when could i",
    "when may i",
    "when can one",
    "when can you",
    "when can customers",
    "when do you",
    "how long do i have",
    "how many days do i have",
    "how much time do i have",
    "how does",
    "how do your",
    "policies",
    "whats your policy",
    "is your policy",
    "policy on",
    "policy for",
    "your policies",
    "refund policy",
    "returns policy",
    "cancellation policy",
    "shipping policy",
    "return policy",
    "the rules",
    "your rules",
    "your terms",
    "the terms",
    "am i eligible",
    "who is eligible",
    "am i entitled",
    "who is entitled",
    "am i allowed",
    "what happens if",
    "what would happen if",
    "in general",
    "generally",
    "just asking",
    "just wondering",
    "just curious",
    "out of curiosity",
    "en que casos",
    "en que caso",
    "en que circunstancias",
    "cuando puedo",
    "cuando se puede",
    "que politica",
    "politica de",
    "cuales son las condiciones",
    "cuanto tiempo tengo",
    "dans quels cas",
    "dans quel cas",
    "a quelles conditions",
    "quand puis je",
    "quand peut on",
    "politique de",
    "quelles sont les conditions",
    "combien de temps ai je",
    "in welchen fallen",
    "in welchem fall",
    "unter welchen bedingungen",
    "unter welchen umstanden",
    "wann kann ich",
    "wann kann man",
    "wie lange habe ich",
    "em que casos",
    "em que situacoes",
    "em quais casos",
    "quando posso",
    "quando se pode",
    "quais sao as condicoes",
    "quanto tempo tenho",
    "in quali casi",
    "in che casi",
    "a quali condizioni",
    "quando si puo",
    "quali sono le condizioni",
    "quanto tempo ho",
    "in welke gevallen",
    "in welk geval",
    "onder welke voorwaarden",
    "onder welke omstandigheden",
    "wanneer kan ik",
    "wanneer kan je",
    "hoe lang heb ik",
];

/// Whether an exclusion's phrase is about messages that only ask.
pub fn is_about_asking(phrase: &str) -> bool {
    has_any(&padded(phrase), ABOUT_ASKING)
}

/// Whether a message (padded) asks about rules that hold for everybody.
pub fn asks_in_general(padded: &str) -> bool {
    has_any(padded, IN_GENERAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_about_the_rules_is_told_from_a_wish() {
        for text in [
            "In what cases can I ask for a refund?",
            "under which conditions do you take things back",
            "When can I return a present?",
            "how long do I have to send it back",
            "what's your policy on late returns",
            "am I eligible for compensation",
            "¿En qué casos puedo pedir un reembolso?",
            "Dans quels cas puis-je être remboursé ?",
            "Unter welchen Umständen bekomme ich mein Geld zurück?",
            "em que situações posso pedir reembolso",
            "In quali casi posso chiedere un rimborso?",
            "In welke gevallen krijg ik mijn geld terug?",
        ] {
            assert!(asks_in_general(&padded(text)), "{text}");
        }
        for text in [
            "I want a refund",
            "How do I get my money back?",
            "can I have compensation for the delay",
            "my refund has not arrived",
            "Quiero un reembolso",
            "ich möchte mein Geld zurück",
        ] {
            assert!(!asks_in_general(&padded(text)), "{text}");
        }
    }

    #[test]
    fn exclusions_about_questions_are_known() {
        for text in
            ["General questions about how refunds work", "customers just asking about returns", "allgemeine Fragen"]
        {
            assert!(is_about_asking(text), "{text}");
        }
        assert!(!is_about_asking("refunds under 50 euros"));
    }
}
