//! One message, cut into words and scanned once, so that twenty rows can look at it without reading it again.

use super::calendar;
use super::clock;
use super::scan::{self, Piece};
use super::spoken;
use super::words::{Word, stem, words};

/// A message and what stands in it.
#[derive(Clone, Debug)]
pub struct Heard<'a> {
    pub text: &'a str,
    pub all: Vec<Word>,
    pub stems: Vec<String>,
    pub flat: String,
    pub emails: Vec<Piece>,
    pub urls: Vec<Piece>,
    pub dates: Vec<Piece>,
    /// Bare hours ("before 4") among them.
    pub times: Vec<Piece>,
    pub durations: Vec<Piece>,
    pub amounts: Vec<Piece>,
    pub numbers: Vec<Piece>,
    /// Everything that may be a phone number or a code: digits, groups of digits, references, spoken symbols.
    pub codes: Vec<Piece>,
}

impl<'a> Heard<'a> {
    /// Scans a message.
    pub fn new(text: &'a str) -> Self {
        let all = words(text);
        let stems = all.iter().map(|word| stem(&word.text)).collect();
        let (emails, dates, amounts) = (scan::emails(text), calendar::dates_in(text, &all), scan::amounts(text));
        let urls = scan::urls(text).into_iter().filter(|piece| !piece.text.contains('@')).collect();
        let times = apart(clock::loose_times(text, &all), &dates);
        let durations = apart(clock::durations(text, &all), &dates);
        let exact = clock::times(text, &all);
        let taken = [&emails, &dates, &amounts, &exact].map(Vec::as_slice).concat();
        let mut codes: Vec<Piece> = Vec::new();
        for piece in scan::phones(text)
            .into_iter()
            .chain(scan::grouped(text))
            .chain(spoken::runs(text, &all))
            .chain(scan::codes(text))
            .chain(scan::letter_codes(text))
        {
            let is_new = codes.iter().chain(&taken).all(|known| known.end <= piece.start || known.start >= piece.end);
            if is_new {
                codes.push(piece);
            }
        }
        // A room or a gate has one or two digits.
        for piece in scan::numbers(text).into_iter().filter(|piece| piece.text.len() <= 2) {
            let is_digits = piece.text.bytes().all(|b| b.is_ascii_digit());
            let apart = |known: &Piece| known.end <= piece.start || known.start >= piece.end;
            if is_digits && codes.iter().chain(&taken).all(apart) {
                codes.push(piece);
            }
        }
        codes.sort_by_key(|piece| piece.start);
        let numbers = apart(scan::numbers(text), &[dates.as_slice(), &exact].concat());
        Self { text, flat: joined(&all), stems, emails, urls, dates, times, durations, amounts, numbers, codes, all }
    }

    /// The word at a place, folded; empty beyond the end.
    pub fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word `back` places before.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |place| self.word(place))
    }

    /// Whether the word begins with a capital letter or a digit.
    pub fn is_capital(&self, at: usize) -> bool {
        self.all
            .get(at)
            .and_then(|word| self.text[word.start..].chars().next())
            .is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
    }

    /// Whether a clause ends before the word.
    pub fn breaks(&self, at: usize) -> bool {
        self.all.get(at).is_none_or(|word| word.breaks)
    }

    /// Whether a sentence ends before the word.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let Some(word) = self.all.get(at) else { return true };
        let from = at.checked_sub(1).map_or(0, |before| self.all[before].end);
        word.breaks && self.text[from..word.start].contains(['.', '!', '?', '\n', ';'])
    }

    /// The text from one word to another, both included.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        match (self.all.get(from), self.all.get(to)) {
            (Some(first), Some(last)) if first.start < last.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// The first word that begins at or after a byte.
    pub fn word_at(&self, byte: usize) -> usize {
        self.all.partition_point(|word| word.start < byte)
    }

    /// Whether a date, a time, an amount or an address stands over the word.
    pub fn is_typed(&self, at: usize) -> bool {
        let Some(word) = self.all.get(at) else { return false };
        [&self.dates, &self.times, &self.amounts, &self.emails, &self.urls]
            .into_iter()
            .flatten()
            .any(|piece| piece.start <= word.start && word.start < piece.end)
    }
}

/// The words with a space around each, as `words::padded` gives them.
fn joined(all: &[Word]) -> String {
    let mut joined = String::from(" ");
    for word in all {
        joined.push_str(&word.text);
        joined.push(' ');
    }
    joined
}

fn apart(pieces: Vec<Piece>, from: &[Piece]) -> Vec<Piece> {
    pieces
        .into_iter()
        .filter(|piece| from.iter().all(|other| other.end <= piece.start || other.start >= piece.end))
        .collect()
}
