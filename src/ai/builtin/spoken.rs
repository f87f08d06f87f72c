//! Numbers, codes and names said out loud: "three zero eight zero", "double five", "A B one two", "B-R-I-A-N".
//! The customer's own characters are kept.

use super::scan::{PIECES_MAX, Piece};
use super::words::{Word, words};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The fewest symbols of a spelled code.
const SYMBOLS_MIN: usize = 4;

/// How many digits a word stands for, when it is said as one: "three" 1, "twenty" 2.
pub fn digits_of(word: &str) -> usize {
    match value_of(word) {
        Some(0..=9) => 1,
        Some(10..) => 2,
        None => usize::from(matches!(word, "oh" | "nought" | "nil")),
    }
}

/// The number that a word names, up to ninety, in seven languages.
pub fn value_of(word: &str) -> Option<u32> {
    const NAMES: &[(u32, &str)] = &[
        (0, "zero null nul cero"),
        (1, "one uno una un une eins ein eine um uma een"),
        (2, "two dos deux zwei due dois duas twee"),
        (3, "three tres trois drei tre drie"),
        (4, "four cuatro quatre vier quattro quatro"),
        (5, "five cinco cinq funf cinque vijf"),
        (6, "six seis sechs sei zes"),
        (7, "seven siete sept sieben sette sete zeven"),
        (8, "eight ocho huit acht otto oito"),
        (9, "nine nueve neuf neun nove negen"),
        (10, "ten diez dix zehn dieci dez tien"),
        (11, "eleven once onze elf undici"),
        (12, "twelve doce douze zwolf dodici doze twaalf"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen quince quinze funfzehn quindici vijftien"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty veinte vingt zwanzig venti vinte twintig"),
        (30, "thirty treinta trente dreissig trenta trinta dertig"),
        (40, "forty fourty"),
        (50, "fifty"),
        (60, "sixty"),
        (70, "seventy"),
        (80, "eighty"),
        (90, "ninety"),
    ];
    static VALUES: OnceLock<HashMap<&'static str, u32>> = OnceLock::new();
    let values = VALUES
        .get_or_init(|| NAMES.iter().flat_map(|(value, names)| names.split(' ').map(|name| (name, *value))).collect());
    values.get(word).copied()
}

/// A count said as a word; articles are no counts.
pub fn is_count(word: &str) -> bool {
    value_of(word).is_some_and(|value| value > 0)
        && !matches!(word, "un" | "une" | "una" | "ein" | "eine" | "um" | "uma" | "een" | "sei" | "once")
}

/// Runs of symbols said one by one, four or more.
pub fn runs(text: &str, all: &[Word]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() && found.len() < PIECES_MAX {
        let (end, symbols, spoken) = run_from(text, all, at);
        if symbols >= SYMBOLS_MIN && spoken >= 3 {
            let (start, stop) = (all[at].start, all[end - 1].end);
            found.push(Piece { text: text[start..stop].to_owned(), start, end: stop });
        }
        at = end.max(at + 1);
    }
    found
}

/// From a word on: where the run ends, how many symbols it has, and how many of them were said one by one.
fn run_from(text: &str, all: &[Word], from: usize) -> (usize, usize, usize) {
    let (mut at, mut symbols, mut spoken) = (from, 0, 0);
    while let Some(word) = all.get(at) {
        if at > from && text[all[at - 1].end..word.start].contains(['.', ',', '!', '?', '\n', ':']) {
            break;
        }
        let follows = |word: &Word| digits_of(&word.text) > 0 || word.text.chars().count() == 1;
        let step = match word.text.as_str() {
            "double" if all.get(at + 1).is_some_and(follows) => 2,
            "triple" if all.get(at + 1).is_some_and(follows) => 3,
            "dash" | "hyphen" if at > from => 0,
            one if one.chars().count() == 1 && (at > from || !matches!(one, "a" | "i")) => 1,
            // "a" before a run is an article or its first letter: told by what follows.
            "a" | "i" if all.get(at + 1).is_some_and(|next| next.text.chars().count() == 1) => 1,
            number if digits_of(number) > 0 => digits_of(number),
            _ => break,
        };
        let is_multiple = matches!(word.text.as_str(), "double" | "triple");
        symbols += step;
        spoken += usize::from(step > 0) + usize::from(is_multiple);
        at += if is_multiple { 2 } else { 1 };
    }
    (at, symbols, spoken)
}

/// How many symbols a spoken piece stands for.
pub fn symbols(piece: &str) -> usize {
    let all = words(piece);
    run_from(piece, &all, 0).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_said_symbol_by_symbol_are_found() {
        for (text, expected) in [
            ("it is three zero eight zero thanks", Some("three zero eight zero")),
            ("my pin: one double five two", Some("one double five two")),
            ("that is A B one two three.", Some("A B one two three")),
            ("B-R-I-A-N", Some("B-R-I-A-N")),
            ("I have one or two questions", None),
            ("two people and three bags", None),
        ] {
            assert_eq!(runs(text, &words(text)).first().map(|piece| piece.text.as_str()), expected, "{text}");
        }
        assert_eq!(symbols("one double five two"), 4);
    }
}
