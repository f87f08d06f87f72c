//! Which of the seven languages the customer writes. Long text speaks for itself, short text through its common
//! words, and otherwise the browser's language counts.

use super::words::words;
use whatlang::{Detector, Lang};

/// A language that Baton has sentences in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
    Es,
    Fr,
    De,
    Pt,
    It,
    Nl,
}

impl Language {
    /// All of them, in the order of the sentences in `phrases`.
    pub const ALL: [Language; 7] =
        [Language::En, Language::Es, Language::Fr, Language::De, Language::Pt, Language::It, Language::Nl];

    /// ISO 639-1, such as `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
            Language::Fr => "fr",
            Language::De => "de",
            Language::Pt => "pt",
            Language::It => "it",
            Language::Nl => "nl",
        }
    }

    /// The language of a locale such as `pt-BR`, if it is one of the seven.
    pub fn of_locale(locale: &str) -> Option<Language> {
        let code = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// From this many letters on, the statistics of letters are trusted.
const LETTERS_MIN: usize = 24;

/// Whether a text says too little about its language, so that earlier messages should be read with it.
pub fn is_too_short(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MIN).count() < LETTERS_MIN
}

/// The language of `text`, or of the browser, or English.
pub fn detect(text: &str, locale: &str) -> Language {
    let of_browser = Language::of_locale(locale);
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MIN).count();
    let votes = votes(text);
    let best = Language::ALL
        .into_iter()
        .max_by_key(|l| (votes[*l as usize], *l as usize == of_browser.map_or(0, |b| b as usize)));
    let clear = best.filter(|best| {
        let own = votes[*best as usize];
        own >= 2 && Language::ALL.iter().all(|other| other == best || votes[*other as usize] < own)
    });
    if clear.is_some() {
        return clear.unwrap_or(Language::En);
    }
    if letters >= LETTERS_MIN
        && let Some(info) = detector().detect(&text.chars().take(1_000).collect::<String>())
        && info.is_reliable()
        && let Some(found) = of_lang(info.lang())
    {
        return found;
    }
    of_browser.or(best.filter(|best| votes[*best as usize] > 0)).unwrap_or(Language::En)
}

fn detector() -> Detector {
    Detector::with_allowlist(vec![Lang::Eng, Lang::Spa, Lang::Fra, Lang::Deu, Lang::Por, Lang::Ita, Lang::Nld])
}

fn of_lang(lang: Lang) -> Option<Language> {
    Some(match lang {
        Lang::Eng => Language::En,
        Lang::Spa => Language::Es,
        Lang::Fra => Language::Fr,
        Lang::Deu => Language::De,
        Lang::Por => Language::Pt,
        Lang::Ita => Language::It,
        Lang::Nld => Language::Nl,
        _ => return None,
    })
}

fn votes(text: &str) -> [usize; 7] {
    let mut votes = [0; 7];
    for word in words(text).iter().take(200) {
        for (number, common) in COMMON.iter().enumerate() {
            votes[number] += usize::from(common.split(' ').any(|known| known == word.text));
        }
    }
    votes
}

/// Words that are common in one language and rare in the others, folded.
const COMMON: [&str; 7] = [
    "the is are was my i you your have has want need with please can could not dont what how where this that hello thanks would to of and it im",
    "el los las quiero hola gracias por favor mi con una necesito estoy tengo usted hablar que como donde puedo para pero muy factura pedido y cuando",
    "le les je vous bonjour merci avec une est pas pour dans mon ma votre veux voudrais suis ai comment ou et facture commande j bonsoir quelqu",
    "der die das ich sie nicht mit ein eine einem ist und mein meine hallo danke bitte mochte kann wie wo habe auf fur rechnung bestellung guten",
    "o os eu voce nao com uma meu minha ola obrigado obrigada quero preciso estou tenho por como onde para mas fatura pedido bom dia falar tudo",
    "il gli io non con una mio mia ciao grazie voglio vorrei sono ho per favore come dove ma fattura ordine buongiorno salve parlare posso della",
    "het een ik niet met mijn is en hallo dank bedankt wil graag kan hoe waar heb voor factuur bestelling je u goedendag van alstublieft dat",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_customers_language_is_found() {
        for (text, locale, expected) in [
            ("Hola, quiero hablar con una persona", "en-GB", Language::Es),
            ("Bonjour, je voudrais parler à quelqu'un", "", Language::Fr),
            ("Ich möchte mit einem Menschen sprechen", "en", Language::De),
            ("Vorrei parlare con un operatore", "", Language::It),
            ("Quero falar com um atendente, por favor", "", Language::Pt),
            ("Ik wil graag met een medewerker praten", "", Language::Nl),
            ("my order is late", "de-DE", Language::En),
            ("12345", "fr-FR", Language::Fr),
            ("12345", "ja-JP", Language::En),
            ("", "", Language::En),
        ] {
            assert_eq!(detect(text, locale), expected, "{text}");
        }
    }
}
