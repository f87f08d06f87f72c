//! Messages that are about the talk itself: greetings, thanks, "are you a bot?", impatience, second thoughts.

use super::lexicon::{self, Weight};
use super::words::{has_any, padded, words};

/// A message without a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmallTalk {
    Greeting,
    Thanks,
    AsksWhetherBot,
}

const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "good morning",
    "good afternoon",
    "good evening",
    "greetings",
    "hola",
    "buenas",
    "buenos dias",
    "buenas tardes",
    "bonjour",
    "bonsoir",
    "salut",
    "coucou",
    "hallo",
    "guten tag",
    "guten morgen",
    "guten abend",
    "moin",
    "servus",
    "ola",
    "bom dia",
    "boa tarde",
    "boa noite",
    "ciao",
    "salve",
    "buongiorno",
    "buonasera",
    "goedendag",
    "goedemorgen",
    "goedemiddag",
    "hoi",
    "yo",
];
const THANKS: &[&str] = &[
    "thanks",
    "thank you",
    "thx",
    "ty",
    "cheers",
    "appreciate it",
    "bye",
    "goodbye",
    "gracias",
    "adios",
    "merci",
    "au revoir",
    "danke",
    "vielen dank",
    "tschuss",
    "obrigado",
    "obrigada",
    "tchau",
    "grazie",
    "arrivederci",
    "bedankt",
    "dank je",
    "dank u",
    "dankjewel",
    "tot ziens",
    "perfect",
    "great",
    "thats all",
    "that is all",
    "all good",
];

/// Reads a message as small talk; `None` when it has a subject.
pub fn read(text: &str) -> Option<SmallTalk> {
    let flat = padded(text);
    let all = words(text);
    if all.is_empty() || all.len() > 14 {
        return None;
    }
    let asks_bot = [
        "are you a bot",
        "are you a robot",
        "are you human",
        "are you a human",
        "are you real",
        "are you a real person",
        "are you an ai",
        "am i talking to a bot",
        "am i talking to a human",
        "am i talking to a person",
        "is this a bot",
        "is this a human",
        "r u a bot",
        "eres un bot",
        "eres un robot",
        "eres humano",
        "eres humana",
        "es tu un robot",
        "etes vous un robot",
        "etes vous humain",
        "bist du ein bot",
        "sind sie ein bot",
        "bist du ein mensch",
        "sind sie ein mensch",
        "sei un bot",
        "sei un robot",
        "sei umano",
        "voce e um robo",
        "voce e humano",
        "ben je een bot",
        "ben je een mens",
        "bent u een bot",
        "are you a person",
        "are you a machine",
        "are you a computer",
        "arent you a bot",
        "are you really a bot",
        "are you virtual",
        "you a bot",
    ];
    if has_any(&flat, &asks_bot) || flat.trim() == "bot" {
        return Some(SmallTalk::AsksWhetherBot);
    }
    let known: Vec<&str> = GREETINGS.iter().chain(THANKS).flat_map(|phrase| phrase.split(' ')).collect();
    let has_subject = all.iter().any(|word| !known.contains(&word.text.as_str()) && !is_filler(&word.text));
    if has_subject {
        return None;
    }
    if has_any(&flat, THANKS) {
        return Some(SmallTalk::Thanks);
    }
    has_any(&flat, GREETINGS).then_some(SmallTalk::Greeting)
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "there"
            | "so"
            | "very"
            | "much"
            | "a"
            | "lot"
            | "for"
            | "your"
            | "the"
            | "help"
            | "you"
            | "ok"
            | "okay"
            | "all"
            | "everyone"
            | "team"
            | "sir"
            | "madam"
            | "anyone"
            | "mucho"
            | "muchas"
            | "beaucoup"
            | "sehr"
            | "molte"
            | "mille"
            | "muito"
            | "wel"
            | "no"
            | "yes"
            | "it"
            | "i"
            | "is"
            | "and"
            | "have"
            | "nice"
            | "day"
            | "again"
            | "pour"
            | "votre"
            | "aide"
            | "fur"
            | "ihre"
            | "hilfe"
    )
}

/// "Never mind": the customer no longer wants a person.
pub fn withdraws(text: &str) -> bool {
    has_any(
        &padded(text),
        &[
            "never mind",
            "nevermind",
            "forget it",
            "forget about it",
            "no need anymore",
            "no longer need",
            "it works now",
            "solved it",
            "i figured it out",
            "its fixed",
            "problem solved",
            "dejalo",
            "olvidalo",
            "ya no hace falta",
            "laissez tomber",
            "laisse tomber",
            "c est bon",
            "vergiss es",
            "hat sich erledigt",
            "schon gut",
            "lascia stare",
            "lasci perdere",
            "non importa",
            "deixa pra la",
            "esqueca",
            "deixe estar",
            "laat maar",
            "niet meer nodig",
            "dont transfer",
            "dont want a human",
            "dont need a human",
            "dont need a person",
            "stay with you",
        ],
    )
}

/// "Enough questions": the customer wants the handoff now.
pub fn is_impatient(text: &str) -> bool {
    has_any(
        &padded(text),
        &[
            "just get me",
            "just give me",
            "just connect",
            "just transfer",
            "just do it",
            "stop asking",
            "enough questions",
            "no more questions",
            "too many questions",
            "just put me",
            "just let me",
            "get on with it",
            "i already told you",
            "already gave",
            "basta de preguntas",
            "deja de preguntar",
            "assez de questions",
            "arretez de",
            "keine fragen mehr",
            "genug fragen",
            "basta domande",
            "chega de perguntas",
            "genoeg vragen",
            "geen vragen meer",
        ],
    )
}

/// "That worked, thanks."
pub fn is_content(text: &str) -> bool {
    let flat = padded(text);
    let unhappy = has_any(
        &flat,
        &[
            "not", "doesnt", "didnt", "still", "no", "isnt", "cant", "nothing", "nicht", "pas", "non", "niet", "nao",
            "sigue",
        ],
    );
    let happy = has_any(
        &flat,
        &[
            "worked",
            "works",
            "working now",
            "solved",
            "fixed",
            "sorted",
            "resolved",
            "thanks",
            "thank you",
            "perfect",
            "great",
            "got it",
            "funciona",
            "resuelto",
            "gracias",
            "merci",
            "marche",
            "danke",
            "geklappt",
            "funktioniert",
            "grazie",
            "funziona",
            "risolto",
            "obrigado",
            "obrigada",
            "resolvido",
            "bedankt",
            "gelukt",
            "opgelost",
        ],
    );
    happy && !unhappy
}

/// A "no" to an offer, with no other subject.
pub fn is_only_a_no(text: &str) -> bool {
    let all = words(text);
    all.len() <= 8
        && all
            .iter()
            .filter(|word| {
                lexicon::weight(&word.text) == Weight::Full
                    && !matches!(
                        word.text.as_str(),
                        "nope"
                            | "nah"
                            | "nein"
                            | "nee"
                            | "non"
                            | "merci"
                            | "danke"
                            | "gracias"
                            | "bedankt"
                            | "grazie"
                            | "obrigado"
                            | "obrigada"
                            | "fine"
                            | "good"
                            | "right"
                            | "later"
                            | "thats"
                    )
            })
            .count()
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_talk_is_told_from_subjects() {
        for (text, expected) in [
            ("Hi there!", Some(SmallTalk::Greeting)),
            ("Hola, buenos días", Some(SmallTalk::Greeting)),
            ("thank you so much", Some(SmallTalk::Thanks)),
            ("are you a bot?", Some(SmallTalk::AsksWhetherBot)),
            ("hi, my parcel is late", None),
            ("thanks but it still fails", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
