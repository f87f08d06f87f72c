//! Yes and no to what the AI offers, in seven languages.

use super::request::is_in;
use super::words::{has_any, padded, words};

/// Words that open a yes.
const YES: &[&str] = &[
    "yes",
    "yeah",
    "yep",
    "yup",
    "ya",
    "sure",
    "ok",
    "okay",
    "please",
    "absolutely",
    "definitely",
    "certainly",
    "of",
    "go",
    "do",
    "sounds",
    "great",
    "alright",
    "si",
    "claro",
    "vale",
    "oui",
    "ouais",
    "daccord",
    "d",
    "volontiers",
    "ja",
    "gern",
    "gerne",
    "jawohl",
    "bitte",
    "sim",
    "certo",
    "va",
    "perfetto",
    "graag",
    "prima",
    "natuurlijk",
    "y",
    "k",
];

/// Words and phrases that make an answer a no.
const NO: &[&str] = &[
    "no",
    "nope",
    "nah",
    "not",
    "dont",
    "non",
    "nein",
    "nee",
    "nao",
    "never",
    "later",
    "nicht",
    "niet",
    "pas",
    "rather",
    "instead",
    "thats all right",
    "thats okay",
    "thats ok",
    "thats fine",
    "im fine",
    "im good",
    "skip",
    "forget",
];

/// Words that open a question of one's own: its "please" accepts nothing.
const ASKS: &[&str] = &[
    "what", "which", "where", "when", "why", "who", "how", "que", "cual", "cuales", "donde", "cuando", "como", "quien",
    "quel", "quelle", "quels", "quelles", "ou", "quand", "comment", "qui", "combien", "cuanto", "was", "welche",
    "welcher", "welches", "wo", "wann", "warum", "wer", "wie", "qual", "quais", "onde", "quando", "quanto", "che",
    "quale", "quali", "dove", "come", "chi", "wat", "welke", "waar", "wanneer", "waarom", "wie", "hoe",
];

/// How the customer answers an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Accepts,
    Declines,
    Neither,
}

/// Reads the reply to an offer.
pub fn answer(text: &str) -> Answer {
    let said = words(text);
    let Some(first) = said.first() else { return Answer::Neither };
    let flat = padded(text);
    if has_any(&flat, NO) {
        return Answer::Declines;
    }
    let flat_start = flat.trim_start();
    let welcomes = [
        "that would be",
        "that would help",
        "that will be",
        "id like that",
        "i would like that",
        "i would appreciate",
        "id appreciate",
    ];
    if welcomes.iter().any(|opening| flat_start.starts_with(opening)) {
        return Answer::Accepts;
    }
    let agrees = is_in(&first.text, YES)
        && match first.text.as_str() {
            "of" => has_any(&flat, &["of course"]),
            "go" => has_any(&flat, &["go ahead", "go for it"]),
            "do" => has_any(&flat, &["do it", "do that", "do so"]),
            "d" => has_any(&flat, &["d accord"]),
            "va" => has_any(&flat, &["va bene"]),
            _ => true,
        };
    let pleads = said.len() <= 6
        && !is_in(&first.text, ASKS)
        && has_any(
            &flat,
            &[
                "please",
                "por favor",
                "s il vous plait",
                "bitte",
                "per favore",
                "alstublieft",
                "id like that",
                "that would be",
            ],
        );
    if agrees || pleads { Answer::Accepts } else { Answer::Neither }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polite_question_accepts_nothing() {
        for text in ["Which colours, please?", "how much is it please", "¿Cuándo, por favor?", "Wo, bitte?"] {
            assert_eq!(answer(text), Answer::Neither, "{text}");
        }
        for text in ["a person please", "please", "yes please", "sí, por favor", "ja bitte"] {
            assert_eq!(answer(text), Answer::Accepts, "{text}");
        }
    }
}
