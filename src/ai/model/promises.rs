//! Does a sentence of a model promise a person, claim that one was called, or say when the team answers? Only the engine
//! may say so, from facts. Read clause by clause from words in seven languages; an offer ("would you like …?") and a
//! denial ("I can't …") are no promise.

use super::promise_words::{DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH};
use crate::ai::builtin::words::{find_phrase, padded};

/// What one language says; the phrases of a list are separated by `|`.
pub(super) struct Tongue {
    /// Handing over, said so that it needs no noun: "transferring you".
    pub hands: &'static str,
    /// Handing over, where a person stands beside it: "let me get", "I have informed".
    pub brings: &'static str,
    /// Who comes. `*` at the end: words that begin so.
    pub persons: &'static str,
    /// What a person is said to do: "will contact", "is on the way".
    pub comes: &'static str,
    /// What makes it no promise.
    pub offers: &'static str,
    pub denies: &'static str,
    /// When, or whether somebody is there.
    pub times: &'static str,
}

const TONGUES: [&Tongue; 7] = [&ENGLISH, &SPANISH, &FRENCH, &GERMAN, &PORTUGUESE, &ITALIAN, &DUTCH];

/// Whether a sentence promises a handoff or claims that one was made.
pub fn promises_person(sentence: &str) -> bool {
    clauses(sentence).any(|clause| {
        let flat = padded(clause);
        TONGUES.iter().any(|tongue| tongue.promises(&flat))
    })
}

/// Whether a sentence says when, how soon or whether the team answers.
pub fn claims_time(sentence: &str) -> bool {
    let flat = padded(sentence);
    TONGUES
        .iter()
        .any(|tongue| has_person(&flat, tongue.persons) && (place(&flat, tongue.times).is_some() || has_span(&flat)))
}

/// The clauses of a sentence: what is denied in one may be promised in the next.
fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    const JOINS: [&str; 8] = [" but ", " pero ", " mais ", " aber ", " sondern ", " mas ", " maar ", " however "];
    let parts = sentence.split([';', ':', '—', '–', '\n', '.', '!']).flat_map(|part| part.split(", "));
    parts.flat_map(|part| {
        let at = JOINS.iter().find_map(|join| part.find(join).map(|at| (at, at + join.len())));
        let (head, tail) = at.map_or((part, ""), |(from, to)| (&part[..from], &part[to..]));
        [head, tail].into_iter().filter(|part| !part.trim().is_empty())
    })
}

impl Tongue {
    fn promises(&self, flat: &str) -> bool {
        if place(flat, self.offers).is_some() {
            return false;
        }
        let denied = place(flat, self.denies).unwrap_or(usize::MAX);
        let is_said = |phrases: &str| place(flat, phrases).is_some_and(|at| at < denied);
        is_said(self.hands) || has_person(flat, self.persons) && (is_said(self.brings) || is_said(self.comes))
    }
}

/// Where the first of the phrases stands, as whole words.
fn place(flat: &str, phrases: &str) -> Option<usize> {
    phrases.split('|').filter_map(|phrase| find_phrase(flat, phrase)).min()
}

/// Who is named; `colleague*` stands for every word that begins so.
fn has_person(flat: &str, persons: &str) -> bool {
    persons.split('|').any(|person| match person.strip_suffix('*') {
        Some(head) => flat.contains(&format!(" {head}")),
        None => find_phrase(flat, person).is_some(),
    })
}

/// "5 minutes", "2 Stunden".
fn has_span(flat: &str) -> bool {
    const UNITS: [&str; 9] = ["minut", "hour", "hora", "heure", "stunde", "ora", "ore", "uur", "uren"];
    let all: Vec<&str> = flat.split_whitespace().collect();
    all.windows(2).any(|pair| {
        pair[0].starts_with(|c: char| c.is_ascii_digit()) && UNITS.iter().any(|unit| pair[1].starts_with(unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_of_a_person_is_known_in_seven_languages() {
        for sentence in [
            "I'm transferring you to a colleague now.",
            "I will connect you with a human agent.",
            "Let me get someone from our team for you.",
            "A colleague will contact you shortly.",
            "Our support team will get back to you.",
            "I've escalated this to our billing team.",
            "Your case has been forwarded to a specialist.",
            "Someone from the team will be in touch soon.",
            "I can't fix this, but I'm handing you over to a person.",
            "Please hold while I transfer you.",
            "I have notified our team.",
            "You will be contacted by email.",
            "Sure, I'll pass this on to the team!",
            "Te paso con una persona del equipo.",
            "Un compañero se pondrá en contacto contigo.",
            "He avisado a nuestro equipo.",
            "Je vous transfère à un conseiller.",
            "Un collègue vous contactera sous peu.",
            "J'ai transmis votre demande à l'équipe.",
            "Ich verbinde Sie mit einem Kollegen.",
            "Ein Mitarbeiter wird sich bei Ihnen melden.",
            "Ich habe Ihre Anfrage an unser Team weitergeleitet.",
            "Vou transferir você para um atendente.",
            "Um colega entrará em contato.",
            "La metto in contatto con un operatore.",
            "Un collega la contatterà a breve.",
            "Ik verbind u door met een collega.",
            "Een medewerker neemt contact met u op.",
        ] {
            assert!(promises_person(sentence), "{sentence}");
        }
    }

    #[test]
    fn an_offer_a_denial_and_an_answer_are_no_promise() {
        for sentence in [
            "Would you like me to connect you with a person?",
            "If you like, I can bring in a colleague.",
            "I can't transfer you to a person from here.",
            "I'm unable to connect you with a human.",
            "You can ask for a person at any time.",
            "Your parcel will be delivered on Monday.",
            "The courier will contact you before the delivery.",
            "I will help you with your order.",
            "Please send us the invoice number.",
            "Our team plan costs 20 euros a month.",
            "To transfer money, open the app and choose Send.",
            "The refund takes 5 days.",
            "¿Quieres que lo vea una persona?",
            "No puedo pasarte con una persona.",
            "Souhaitez-vous parler à une personne ?",
            "Je ne peux pas vous transférer.",
            "Möchten Sie mit einem Menschen sprechen?",
            "Leider kann ich Sie nicht mit einem Menschen verbinden.",
            "Quer falar com uma pessoa?",
            "Vuole parlare con una persona?",
            "Wilt u met een mens praten?",
            "Ihre Bestellung ist unterwegs.",
            "Ich habe Ihre Bestellung gefunden.",
        ] {
            assert!(!promises_person(sentence), "{sentence}");
        }
    }

    #[test]
    fn claims_about_when_the_team_answers_are_known() {
        for sentence in [
            "Our team usually replies within 5 minutes.",
            "An agent is available right now.",
            "A person will be with you shortly.",
            "Das Team antwortet gleich.",
            "Un agente está disponible ahora mismo.",
        ] {
            assert!(claims_time(sentence), "{sentence}");
        }
        for sentence in ["The refund takes 5 minutes.", "Your parcel arrives tomorrow.", "I am sorry to hear that."] {
            assert!(!claims_time(sentence), "{sentence}");
        }
    }
}
