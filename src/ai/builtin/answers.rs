//! What kind of answer a message is, apart from the values in it: a refusal, a correction.

use super::words::{has_any, padded, words};

/// Whether the customer takes something back: "no, it's …", "I meant …".
pub fn is_correction(text: &str) -> bool {
    let flat = padded(text);
    let opens = [
        "no ",
        "sorry ",
        "actually ",
        "wait ",
        "oops ",
        "perdon ",
        "pardon ",
        "non ",
        "nein ",
        "nao ",
        "nee ",
        "entschuldigung ",
    ];
    has_any(
        &flat,
        &[
            "i meant",
            "correction",
            "wrong number",
            "typo",
            "it should be",
            "not that",
            "my mistake",
            "made a mistake",
            "quise decir",
            "ich meinte",
            "je voulais dire",
            "volevo dire",
        ],
    ) || opens.iter().any(|word| flat.trim_start().starts_with(word))
}

/// Whether the customer will not, or cannot, give what was asked for.
pub fn is_refusal(text: &str) -> bool {
    let flat = padded(text);
    let count = words(text).len();
    const ANYWHERE: &[&str] = &[
        "rather not",
        "prefer not",
        "dont want to say",
        "dont want to share",
        "dont want to give",
        "dont want to tell",
        "not going to give",
        "not giving",
        "wont give",
        "wont tell",
        "not comfortable",
        "none of your business",
        "not your business",
        "cant remember",
        "dont remember",
        "cant find",
        "dont have it",
        "dont have one",
        "dont have that",
        "dont have any",
        "dont have an",
        "dont have a",
        "do not have",
        "dont know",
        "do not know",
        "i forgot",
        "no idea",
        "skip this",
        "skip it",
        "skip that",
        "why do you need",
        "stop asking",
        "prefiero no",
        "no quiero dar",
        "no lo tengo",
        "no tengo",
        "no lo se",
        "no me acuerdo",
        "prefere pas",
        "veux pas donner",
        "je n ai pas",
        "je nai pas",
        "je ne sais pas",
        "lieber nicht",
        "mochte nicht",
        "mochte ich nicht",
        "will ich nicht",
        "habe ich nicht",
        "habe keine",
        "habe nicht",
        "weiss nicht",
        "weiss ich nicht",
        "preferisco non",
        "non lo so",
        "non ce l ho",
        "non ho",
        "prefiro nao",
        "nao quero",
        "nao sei",
        "nao tenho",
        "liever niet",
        "weet ik niet",
        "heb ik niet",
        "heb geen",
    ];
    const ALONE: &[&str] = &[
        "skip",
        "no",
        "nope",
        "nah",
        "pass",
        "none",
        "next",
        "omitir",
        "saltar",
        "paso",
        "passer",
        "suivant",
        "non",
        "uberspringen",
        "weiter",
        "nein",
        "pular",
        "nao",
        "salta",
        "saltare",
        "overslaan",
        "nee",
        "no thanks",
        "no thank you",
        "no gracias",
        "non merci",
        "nein danke",
        "no grazie",
        "nao obrigado",
        "nee bedankt",
        "n a",
        "na",
    ];
    has_any(&flat, ANYWHERE)
        || (count <= 4 && ALONE.contains(&flat.trim()))
        || (count <= 3 && has_any(&flat, &["skip", "omitir", "passer", "uberspringen", "pular", "overslaan"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_from_answers() {
        for text in [
            "skip",
            "No",
            "I'd rather not",
            "I don't have one",
            "I can't remember it",
            "prefiero no decirlo",
            "das möchte ich nicht sagen",
            "liever niet",
            "je préfère pas",
            "nein danke",
            "why do you need that?",
        ] {
            assert!(is_refusal(text), "{text}");
        }
        for text in ["Ana", "it is 12345", "Nora", "no, it's 4567", "Skipton Road 5, Leeds"] {
            assert!(!is_refusal(text), "{text}");
        }
    }
}
