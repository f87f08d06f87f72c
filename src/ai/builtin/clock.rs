//! Finding times of day and lengths of time in a text, as people say them. The customer's own characters are kept.

use super::scan::{PIECES_MAX, Piece};
use super::spoken::{is_count, value_of};
use super::words::Word;

/// Times of day: `10:30`, `5 pm`, `half past 3`, `20 to 2`, `4 15 in the morning`, `evening 7:30`, `noon`.
pub fn times(text: &str, all: &[Word]) -> Vec<Piece> {
    Clock { text, all }.collect(false)
}

/// Times, and bare hours where a time is likely: "before 4", "at ten".
pub fn loose_times(text: &str, all: &[Word]) -> Vec<Piece> {
    let found = times(text, all);
    if found.is_empty() { Clock { text, all }.collect(true) } else { found }
}

struct Clock<'a> {
    text: &'a str,
    all: &'a [Word],
}

impl Clock<'_> {
    fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.text.as_str())
    }

    /// What stands between two words.
    fn between(&self, from: usize, to: usize) -> &str {
        match (self.all.get(from), self.all.get(to)) {
            (Some(first), Some(last)) if first.end <= last.start => &self.text[first.end..last.start],
            _ => "",
        }
    }

    /// Only spaces stand before the word.
    fn joins(&self, at: usize) -> bool {
        at > 0 && at < self.all.len() && self.text[self.all[at - 1].end..self.all[at].start].trim().is_empty()
    }

    fn is_hour(&self, at: usize) -> bool {
        let word = self.word(at);
        (word.len() <= 2 && word.parse::<u32>().is_ok_and(|hour| hour <= 24))
            || (is_count(word) && value_of(word).is_some_and(|hour| hour <= 12))
    }

    fn is_minute(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() == 2 && word.parse::<u32>().is_ok_and(|minute| minute < 60)
    }

    /// "am", "o'clock", "in the morning", "night" from `at` on: the last word of it.
    fn part_of_day(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let is_part = |word: &str| {
            matches!(
                word,
                "morning"
                    | "afternoon"
                    | "evening"
                    | "night"
                    | "manana"
                    | "tarde"
                    | "noche"
                    | "morgens"
                    | "abends"
                    | "nachmittags"
                    | "matin"
                    | "soir"
                    | "pomeriggio"
                    | "sera"
            )
        };
        let mark = match word {
            "am" | "pm" | "oclock" | "uhr" | "h" | "heures" | "horas" | "uur" | "noon" => Some(at),
            "a" | "p" if self.word(at + 1) == "m" => Some(at + 1),
            "in" | "de" | "du" | "di" | "da" if is_part(self.word(at + 1)) => Some(at + 1),
            "in" | "de" | "at" | "della" if is_part(self.word(at + 2)) => Some(at + 2),
            "at" if self.word(at + 1) == "night" => Some(at + 1),
            _ if is_part(word) => Some(at),
            _ => None,
        }?;
        // "10 o'clock in the morning"
        let is_first = !is_part(self.word(mark));
        is_first.then(|| self.part_of_day(mark + 1)).flatten().or(Some(mark))
    }

    fn collect(&self, loose: bool) -> Vec<Piece> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.all.len() && found.len() < PIECES_MAX {
            let span = self.exact(at).or_else(|| if loose { self.bare(at) } else { None });
            if let Some((from, to)) = span {
                let (start, end) = (self.all[from].start, self.all[to].end);
                found.push(Piece { text: self.text[start..end].to_owned(), start, end });
                at = to;
            }
            at += 1;
        }
        found
    }

    /// A time that begins at `at`, as first and last word.
    fn exact(&self, at: usize) -> Option<(usize, usize)> {
        let word = self.word(at);
        if matches!(word, "noon" | "midnight" | "midday" | "mittag" | "mitternacht" | "mediodia" | "mezzogiorno") {
            return Some((at, at));
        }
        let bare = word.strip_suffix("pm").or_else(|| word.strip_suffix("am")).or_else(|| word.strip_suffix('h'));
        if bare.is_some_and(|hour| hour.parse::<u32>().is_ok_and(|hour| hour <= 24)) {
            return Some((at, at));
        }
        if let Some(to) = self.in_words(at) {
            return Some((at, to));
        }
        if matches!(word, "in" | "about")
            && matches!(
                self.word(at + 2),
                "hours" | "hour" | "minutes" | "stunden" | "horas" | "heures" | "ore" | "uur"
            )
            && (self.word(at + 1).parse::<u32>().is_ok()
                || matches!(self.word(at + 1), "a" | "an")
                || is_count(self.word(at + 1)))
        {
            return Some((at, at + 2));
        }
        let led = matches!(word, "morning" | "afternoon" | "evening" | "night") && self.joins(at + 1);
        if led && self.is_hour(at + 1) && self.minutes_after(at + 1).is_some() {
            return Some((at, self.minutes_after(at + 1)?));
        }
        if !self.is_hour(at) {
            return None;
        }
        let last = self.minutes_after(at).unwrap_or(at);
        if let Some(to) = self.part_of_day(last + 1).filter(|_| self.joins(last + 1)) {
            return Some((at, to));
        }
        let mark = self.between(at, last);
        let written = !mark.trim().is_empty();
        let dotted = mark.starts_with('.');
        let version = dotted && self.between(last, last + 1) == ".";
        let currency = self.text[..self.all[at].start].ends_with(['$', '€', '£'])
            || self.text[self.all[last].end..].trim_start().starts_with(['$', '€', '£', '%']);
        // "4.50" may be a price.
        (written && !version && !currency && !dotted).then_some((at, last))
    }

    /// The minutes behind the hour at `at`: `10:30`, `10h30`, `10 30 am`.
    fn minutes_after(&self, at: usize) -> Option<usize> {
        if !self.is_minute(at + 1) || self.word(at).parse::<u32>().is_err() {
            return None;
        }
        let gap = self.between(at, at + 1);
        let spaced = gap == " " && self.part_of_day(at + 2).is_some();
        (matches!(gap, ":" | "." | "h") || spaced).then_some(at + 1)
    }

    /// "half past 3", "quarter to five", "20 to 2": the last word.
    fn in_words(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let leads = matches!(word, "half" | "quarter" | "halb" | "viertel" | "media")
            || word.parse::<u32>().is_ok_and(|minute| minute < 60)
            || is_count(word);
        let hinge = if self.word(at + 1) == "minutes" { at + 2 } else { at + 1 };
        let hour = if matches!(word, "halb" | "half") && self.is_hour(at + 1) && word == "halb" {
            at + 1
        } else if leads && matches!(self.word(hinge), "past" | "to" | "nach" | "vor") && self.is_hour(hinge + 1) {
            hinge + 1
        } else {
            return None;
        };
        // "from 5 to 6" is no time, "5 to 6 people" neither.
        let counts = !matches!(word, "half" | "quarter" | "halb" | "viertel");
        let is_range = counts
            && self.word(hinge) == "to"
            && (matches!(self.word(at.wrapping_sub(1)), "from" | "between")
                || self.word(at).parse::<u32>().is_ok_and(|minute| minute % 5 != 0)
                || self.all.get(hour + 1).is_some_and(|next| !next.breaks && !ends_a_time(&next.text)))
            && self.part_of_day(hour + 1).is_none();
        if is_range {
            return None;
        }
        Some(self.part_of_day(hour + 1).filter(|_| self.joins(hour + 1)).unwrap_or(hour))
    }

    /// A bare hour behind a word for time: "before 4", "at ten".
    fn bare(&self, at: usize) -> Option<(usize, usize)> {
        let before = self.word(at.checked_sub(1)?);
        let announced = matches!(
            before,
            "at" | "before"
                | "after"
                | "by"
                | "around"
                | "until"
                | "till"
                | "than"
                | "about"
                | "um"
                | "las"
                | "alle"
                | "om"
        );
        let next = self.all.get(at + 1);
        let ends = next.is_none_or(|next| next.breaks || ends_a_time(&next.text));
        (announced && ends && self.is_hour(at) && self.word(at).parse::<u32>() != Ok(0)).then_some((at, at))
    }
}

/// Words that may stand behind a time and make it no count.
fn ends_a_time(word: &str) -> bool {
    matches!(
        word,
        "on" | "the"
            | "will"
            | "would"
            | "is"
            | "please"
            | "for"
            | "tomorrow"
            | "today"
            | "if"
            | "works"
            | "or"
            | "and"
            | "then"
            | "with"
            | "sounds"
            | "should"
            | "in"
            | "at"
            | "next"
            | "this"
            | "but"
            | "so"
            | "because"
    )
}

/// Lengths of time: "3 days", "two nights", "a week".
pub fn durations(text: &str, all: &[Word]) -> Vec<Piece> {
    const UNITS: &[&str] = &[
        "day",
        "days",
        "night",
        "nights",
        "week",
        "weeks",
        "month",
        "months",
        "hour",
        "hours",
        "minutes",
        "year",
        "years",
        "dias",
        "noches",
        "semanas",
        "jours",
        "nuits",
        "semaines",
        "tage",
        "nachte",
        "wochen",
        "giorni",
        "notti",
        "settimane",
        "noites",
        "dagen",
        "nachten",
        "weken",
    ];
    let mut found = Vec::new();
    for at in 1..all.len() {
        let before = all[at - 1].text.as_str();
        let counts = before.parse::<u32>().is_ok() || is_count(before) || matches!(before, "a" | "couple" | "few");
        let gap = &text[all[at - 1].end..all[at].start];
        let is_past = all.get(at + 1).is_some_and(|next| matches!(next.text.as_str(), "ago" | "old"));
        if counts && UNITS.contains(&all[at].text.as_str()) && matches!(gap, " " | "-" | "  ") && !is_past {
            let (start, end) = (all[at - 1].start, all[at].end);
            found.push(Piece { text: text[start..end].to_owned(), start, end });
        }
    }
    found.truncate(PIECES_MAX);
    found
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn first(text: &str) -> Option<String> {
        loose_times(text, &words(text)).into_iter().next().map(|piece| piece.text)
    }

    #[test]
    fn times_are_found_as_said() {
        for (text, expected) in [
            ("let us say 11:45", Some("11:45")),
            ("6 pm is fine", Some("6 pm")),
            ("at eight o'clock in the morning", Some("eight o'clock in the morning")),
            ("half past nine works", Some("half past nine")),
            ("10 to 6 would be good", Some("10 to 6")),
            ("20 to 9 evening please", Some("20 to 9 evening")),
            ("quarter to seven", Some("quarter to seven")),
            ("7 20 in the evening", Some("7 20 in the evening")),
            ("morning 9:15", Some("morning 9:15")),
            ("not before 3", Some("3")),
            ("um 15 Uhr", Some("15 Uhr")),
            ("at noon", Some("noon")),
            ("there are 4 of us", None),
            ("at 4 different shops", None),
            ("it costs 4.50 €", None),
            ("5 to 6 people", None),
        ] {
            assert_eq!(first(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn lengths_of_time_are_found() {
        let texts: Vec<String> = durations("for three nights, or 10 days", &words("for three nights, or 10 days"))
            .into_iter()
            .map(|p| p.text)
            .collect();
        assert_eq!(texts, ["three nights", "10 days"]);
    }
}
