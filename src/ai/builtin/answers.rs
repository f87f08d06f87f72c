//! What kind of answer a message is: a refusal, a correction, free words.

use super::heard::Heard;
use super::names;
use super::request::{self, Ask};
use super::smalltalk;
use super::span_words::is_function;
use super::spans::{self, Writing};
use super::words::{has_any, padded, words};
use crate::domain::GatherField;

/// The longest free-text answer that is kept, in characters.
const ANSWER_CHARS_MAX: usize = 500;

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

/// That the customer gives no answer to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// "I'd rather not", "skip", "I don't have one": the question is settled.
    WillNot,
    /// "I can't remember it right now": it may come to mind.
    CanNotNow,
}

/// Whether the customer will not, or cannot, give what was asked for.
pub fn refusal(text: &str) -> Option<Refusal> {
    let flat = padded(text);
    let count = words(text).len();
    const WILL_NOT: &[&str] = &[
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
        "dont have it",
        "dont have one",
        "dont have that",
        "dont have any",
        "dont have an",
        "dont have a",
        "do not have",
        "skip this",
        "skip it",
        "skip that",
        "why do you need",
        "stop asking",
        "prefiero no",
        "no quiero dar",
        "no lo tengo",
        "no tengo",
        "prefere pas",
        "veux pas donner",
        "je n ai pas",
        "je nai pas",
        "lieber nicht",
        "mochte nicht",
        "mochte ich nicht",
        "will ich nicht",
        "habe ich nicht",
        "habe keine",
        "habe nicht",
        "preferisco non",
        "non ce l ho",
        "non ho",
        "prefiro nao",
        "nao quero",
        "nao tenho",
        "liever niet",
        "heb ik niet",
        "heb geen",
        "dont feel comfortable",
        "do not feel comfortable",
        "refuse to",
        "that is private",
        "thats private",
        "thats personal",
        "not telling",
        "no need to know",
        "wont share",
        "not sharing",
        "do not want to",
    ];
    const CAN_NOT: &[&str] = &[
        "cant remember",
        "cannot remember",
        "can not remember",
        "dont remember",
        "do not remember",
        "dont recall",
        "cant recall",
        "can not recall",
        "cannot recall",
        "cant find",
        "cannot find",
        "dont know",
        "do not know",
        "i forgot",
        "i forget",
        "forgot it",
        "forgotten",
        "no idea",
        "not sure",
        "dont have it with me",
        "dont have it on me",
        "dont have it at hand",
        "dont have it right now",
        "dont have that with me",
        "not on hand",
        "dont have that right now",
        "dont have it handy",
        "lost it",
        "let me look",
        "let me check",
        "no lo se",
        "no me acuerdo",
        "no recuerdo",
        "je ne sais pas",
        "je ne me souviens",
        "j ai oublie",
        "weiss nicht",
        "weiss ich nicht",
        "vergessen",
        "non lo so",
        "non ricordo",
        "non mi ricordo",
        "nao sei",
        "nao me lembro",
        "nao lembro",
        "weet ik niet",
        "vergeten",
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
    const SKIP: &[&str] = &["skip", "omitir", "passer", "uberspringen", "pular", "overslaan"];
    if has_any(&flat, CAN_NOT) {
        return Some(Refusal::CanNotNow);
    }
    let refuses = has_any(&flat, WILL_NOT)
        || (count <= 4 && ALONE.contains(&flat.trim()))
        || (count <= 3 && has_any(&flat, SKIP));
    refuses.then_some(Refusal::WillNot)
}

/// The customer's name as an answer. Beside a name, "I don't know my PIN" refuses something else.
pub fn name(text: &str) -> Option<String> {
    if refusal(text).is_none() {
        return names::answered(text);
    }
    let body = names::without_lead_in(text);
    let end = body.find([',', '.', ';', '!', '?', '\n']).unwrap_or(body.len());
    let clause = &body[..end];
    let capital = clause.trim_start().chars().next().is_some_and(char::is_uppercase);
    let plain = words(clause).first().is_some_and(|word| !is_function(&word.text));
    if capital && plain { names::answered(clause) } else { None }
}

/// A name or a few words, where one was asked for: the first piece of the answer without its lead-in. An aside
/// ("I am not sure what I need"), a question back or a number is none.
pub fn short(heard: &Heard<'_>) -> Option<String> {
    const WORDS_MAX: usize = 7;
    // "His name was Rex."
    for at in 0..heard.all.len() {
        let is_named = matches!(heard.word(at), "name" | "named" | "called");
        let told = matches!(heard.word(at + 1), "is" | "was");
        let next = if told { at + 2 } else { at + 1 };
        let fits =
            is_named && (told || heard.word(at) != "name") && !heard.ends_sentence(next) && next < heard.all.len();
        if fits && let Some((first, last)) = spans::from(heard, next, Writing::Any) {
            return Some(heard.slice(first, last).to_owned());
        }
    }
    let body = without_preposition(names::without_lead_in(heard.text));
    let asks_back = body.trim_end().ends_with('?') && words(body).len() > 2;
    let cut = [
        ", ",
        " ,",
        ". ",
        "! ",
        "? ",
        "\n",
        "; ",
        " but ",
        " because ",
        " and i ",
        " and I ",
        " since ",
        " if ",
        " - ",
        " (",
    ];
    let end = cut.iter().filter_map(|mark| body.find(mark)).filter(|at| *at > 0).min().unwrap_or(body.len());
    let region = region_end(body, end);
    let piece = body[..region].trim().trim_matches(['.', ',', '!', '?', '"', '“', '”', '*']).trim();
    let piece = piece.strip_suffix(" please").or_else(|| piece.strip_suffix(" Please")).unwrap_or(piece);
    let said = words(piece);
    let first = said.first()?.text.as_str();
    let is_aside = is_function(first)
        && !matches!(first, "the" | "la" | "el" | "le" | "das" | "der" | "die" | "los" | "san" | "de");
    let hollow = smalltalk::read(piece).is_some()
        || matches!(
            first,
            "wait"
                | "oh"
                | "um"
                | "hmm"
                | "hm"
                | "look"
                | "find"
                | "show"
                | "hi"
                | "hello"
                | "well"
                | "why"
                | "let"
                | "try"
        )
        || said.iter().any(|word| matches!(word.text.as_str(), "i" | "im" | "you" | "we"));
    let has_letters = piece.chars().any(char::is_alphabetic);
    (!asks_back && !is_aside && !hollow && has_letters && said.len() <= WORDS_MAX && piece.len() > 1)
        .then(|| piece.to_owned())
}

/// "Long Beach, CA": a short piece in capitals behind the comma belongs to the answer.
fn region_end(body: &str, end: usize) -> usize {
    let Some(rest) = body[end..].strip_prefix(", ") else { return end };
    let region = rest.split([',', '.', ' ', '!', '?']).next().unwrap_or_default();
    let is_region = (2..=3).contains(&region.len()) && region.chars().all(char::is_uppercase);
    if is_region { end + 2 + region.len() } else { end }
}

fn without_preposition(body: &str) -> &str {
    let all = words(body);
    let leads = |word: &str| {
        matches!(
            word,
            "to" | "from"
                | "at"
                | "in"
                | "near"
                | "for"
                | "with"
                | "um"
                | "uh"
                | "er"
                | "maybe"
                | "probably"
                | "try"
                | "a"
                | "nach"
                | "von"
                | "desde"
                | "para"
        )
    };
    let skip = all.iter().take_while(|word| leads(&word.text)).count();
    match all.get(skip) {
        Some(next) if skip > 0 => &body[next.start..],
        _ => body,
    }
}

/// An answer without its lead-in. A question back is no answer.
pub fn whole(text: &str) -> Option<String> {
    let whole = text.trim();
    let whole = whole.char_indices().nth(ANSWER_CHARS_MAX).map_or(whole, |(at, _)| &whole[..at]);
    let asks_back = whole.ends_with('?') && words(whole).len() <= 8;
    let body = names::without_lead_in(whole);
    let hollow = ["hi", "hello", "hey", "thanks", "thank you", "ok", "okay", "hola", "bonjour", "hallo", "ciao", "ola"];
    let is_hollow = hollow.contains(&padded(body).trim()) && words(body).len() <= 2;
    (!asks_back && !is_hollow && !body.is_empty()).then(|| body.to_owned())
}

/// What the customer told about their problem: a message of some length.
pub fn story(text: &str, is_asked: bool) -> Option<String> {
    const WORDS_MIN: usize = 5;
    let is_account = words(text).len() >= WORDS_MIN && request::read(text) == Ask::No;
    (is_asked || is_account).then(|| whole(text)).flatten()
}

/// "My address is …", "company: ACME": what stands behind the row's own name, up to the end of the sentence.
pub fn labelled(field: &GatherField, text: &str) -> Option<String> {
    let name = words(&field.name.replace('_', " "));
    let all = words(text);
    let reach = all.len().checked_sub(name.len())?;
    for at in 0..=reach {
        if name.is_empty() || !name.iter().zip(&all[at..]).all(|(wanted, word)| wanted.text == word.text) {
            continue;
        }
        let last = at + name.len();
        let after = all.get(last)?;
        let is_verb = matches!(after.text.as_str(), "is" | "es" | "est" | "ist" | "e");
        let has_colon = text[all[last - 1].end..after.start].contains([':', '=']);
        let from = if is_verb { all.get(last + 1)? } else { after };
        let negated = matches!(
            from.text.as_str(),
            "not" | "wrong" | "incorrect" | "missing" | "unknown" | "a" | "no" | "still" | "required"
        );
        if !(is_verb || has_colon) || negated || from.breaks && is_verb {
            continue;
        }
        let rest = &text[from.start..];
        let end = rest.find(['!', '?', ';']).or_else(|| rest.find(". ")).unwrap_or(rest.len());
        let value = rest[..end].trim().trim_end_matches(['.', ',']);
        let value = value.char_indices().nth(ANSWER_CHARS_MAX).map_or(value, |(cut, _)| &value[..cut]);
        return (!value.is_empty()).then(|| value.to_owned());
    }
    None
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
            assert!(refusal(text).is_some(), "{text}");
        }
        for text in ["Ana", "it is 12345", "Nora", "no, it's 4567", "Skipton Road 5, Leeds"] {
            assert!(refusal(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_may_come_to_mind_is_told_from_what_is_refused() {
        for text in ["I can't remember", "I forgot it", "not sure right now", "weiß ich nicht", "no me acuerdo"] {
            assert_eq!(refusal(text), Some(Refusal::CanNotNow), "{text}");
        }
        for text in ["skip", "I don't have one", "none of your business", "that's private"] {
            assert_eq!(refusal(text), Some(Refusal::WillNot), "{text}");
        }
    }

    #[test]
    fn short_answers_lose_their_lead_in_and_their_asides() {
        for (text, expected) in [
            ("It was Larsen", Some("Larsen")),
            ("Rex, he was the best dog!", Some("Rex")),
            ("To the Opera. I am late!", Some("the Opera")),
            ("I had a cat. Her name was Mitzi", Some("Mitzi")),
            ("Santa Rosa, CA please", Some("Santa Rosa, CA")),
            ("I am not sure what you need", None),
            ("what for?", None),
            ("Do you like cats?", None),
            ("12345", None),
        ] {
            assert_eq!(short(&Heard::new(text)).as_deref(), expected, "{text}");
        }
    }
}
