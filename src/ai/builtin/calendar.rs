//! Finding dates in a text, as people write them. The customer's own characters are kept. Times of day are in
//! `clock`.

use super::scan::{PIECES_MAX, Piece, is_date_like, tokens};
use super::spoken::{is_count, value_of};
use super::words::{Word, words};

const MONTHS: &str = "january february march april june july august september october november december jan feb mar apr jun jul aug \
    sep sept oct nov dec may enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
    diciembre janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre januar februar \
    marz juni juli oktober dezember gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre \
    janeiro fevereiro marco maio junho julho setembro outubro dezembro januari februari maart mei augustus";
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight lunes martes \
    miercoles jueves viernes sabado domingo hoy manana ayer lundi mardi mercredi jeudi vendredi samedi dimanche \
    demain hier montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen gestern oggi domani ieri \
    hoje amanha ontem vandaag gisteren maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth";

/// Dates as people write them: `2025-03-14`, `14/3`, `March 14th`, `next Friday`, `Friday next week`, `in 10 days`,
/// `the 9th`, `second of this month`, `yesterday`.
pub fn dates(text: &str) -> Vec<Piece> {
    dates_in(text, &words(text))
}

/// The same, for a text that is cut into words already.
pub fn dates_in(text: &str, all: &[Word]) -> Vec<Piece> {
    let page = Page { all };
    let mut found: Vec<Piece> = tokens(text).into_iter().filter(|token| is_date_like(&token.text)).collect();
    let mut at = 0;
    while at < page.all.len() && found.len() < PIECES_MAX {
        if let Some((from, to)) = page.date_at(at) {
            let to = to.min(page.all.len() - 1);
            let (start, mut end) = (page.all[from].start, page.all[to].end);
            // "today's meeting"
            if let Some(cut) = text[start..end].find(['\'', '’'])
                && has(DAYS, &text[start..start + cut].to_lowercase())
            {
                end = start + cut;
            }
            if start < end && found.iter().all(|known| known.end <= start || known.start >= end) {
                found.push(Piece { text: text[start..end].to_owned(), start, end });
            }
            at = to;
        }
        at += 1;
    }
    found.sort_by_key(|piece| piece.start);
    found.truncate(PIECES_MAX);
    found
}

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split([' ', '\n']).any(|entry| entry == word)
}

/// "14", "14th".
fn is_day(word: &str) -> bool {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let ending = &word[digits.len()..];
    digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
        && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

struct Page<'a> {
    all: &'a [Word],
}

impl Page<'_> {
    fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.text.as_str())
    }

    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |place| self.word(place))
    }

    fn is_month(&self, at: usize) -> bool {
        let word = self.word(at);
        let doubtful =
            matches!(word, "may" | "mar" | "mars" | "march" | "sep" | "dec" | "mai" | "mei" | "sept" | "set" | "jan");
        has(MONTHS, word)
            && (!doubtful
                || is_day(self.before(at, 1))
                || is_day(self.word(at + 1))
                || self.is_ordinal(at + 1)
                || matches!(self.before(at, 1), "of" | "in" | "de" | "im" | "en" | "this" | "next" | "last"))
    }

    /// "4th", "fourth", "twenty first".
    fn is_ordinal(&self, at: usize) -> bool {
        let word = self.word(at);
        (is_day(word) && word.ends_with(['t', 'd', 'h'])) || has(ORDINALS, word)
    }

    /// The date around the word, as its first and last word.
    fn date_at(&self, at: usize) -> Option<(usize, usize)> {
        let word = self.word(at);
        if self.is_month(at) {
            return Some(self.around_month(at));
        }
        if word == "day" && matches!(self.word(at + 1), "after" | "before") && has(DAYS, self.word(at + 2)) {
            return Some((at, at + 2));
        }
        if has(DAYS, word)
            || word.strip_suffix('s').is_some_and(|day| matches!(day, "today" | "tomorrow" | "yesterday"))
        {
            return Some(self.around_day(at));
        }
        if matches!(word, "this" | "next" | "last" | "coming" | "later") {
            let next = self.word(at + 1);
            let spans = matches!(
                next,
                "week" | "month" | "year" | "weekend" | "evening" | "morning" | "afternoon" | "night" | "today"
            );
            return spans.then_some((at, at + 1));
        }
        if let Some(span) = self.counted(at) {
            return Some(span);
        }
        // "the 9th", "2nd of this month"
        if self.is_ordinal(at) {
            let twenty = matches!(self.before(at, 1), "twenty" | "thirty") && !is_day(word);
            let from = if twenty { at - 1 } else { at };
            let of_month = self.word(at + 1) == "of"
                && matches!(self.word(at + 2), "this" | "next" | "the" | "last")
                && matches!(self.word(at + 3), "month" | "year");
            if of_month {
                return Some((from, at + 3));
            }
            let written = is_day(word);
            let led = matches!(self.before(from, 1), "the" | "on" | "am" | "den" | "el" | "le" | "of") && written;
            let follows = self.word(at + 1);
            let is_street = self.all.get(at + 1).is_some_and(|next| !next.breaks)
                && !matches!(
                    follows,
                    "" | "at"
                        | "for"
                        | "to"
                        | "of"
                        | "and"
                        | "in"
                        | "please"
                        | "if"
                        | "until"
                        | "till"
                        | "through"
                        | "from"
                        | "it"
                        | "is"
                        | "would"
                        | "i"
                        | "we"
                        | "or"
                        | "around"
                        | "with"
                        | "my"
                        | "thanks"
                );
            let to_month =
                has(MONTHS, self.word(at + 1)) || has(MONTHS, self.word(at + 2)) && self.word(at + 1) == "of";
            return (led && !is_street && !to_month).then_some((from, at));
        }
        None
    }

    fn around_month(&self, at: usize) -> (usize, usize) {
        let mut from = at;
        let day_before = |back: usize| is_day(self.before(at, back)) || at >= back && self.is_ordinal(at - back);
        if at > 0 && day_before(1) {
            from = at - 1;
        } else if at > 1 && matches!(self.word(at - 1), "of" | "de" | "di" | "do" | "des") && day_before(2) {
            from = at - 2;
        }
        if from > 0 && from < at && matches!(self.word(from - 1), "twenty" | "thirty") {
            from -= 1;
        }
        let mut to = at;
        if from == at && (is_day(self.word(at + 1)) || self.is_ordinal(at + 1)) {
            to = at + 1;
        } else if from == at && matches!(self.word(at + 1), "the" | "twenty" | "thirty") && self.is_ordinal(at + 2) {
            to = at + 2;
        } else if from == at && matches!(self.before(at, 1), "this" | "next" | "last") {
            from = at - 1;
        }
        if is_year(self.word(to + 1)) {
            to += 1;
        } else if matches!(self.word(to + 1), "de" | "of") && is_year(self.word(to + 2)) {
            to += 2;
        }
        (from, to)
    }

    fn around_day(&self, at: usize) -> (usize, usize) {
        let leads = matches!(
            self.before(at, 1),
            "next"
                | "last"
                | "this"
                | "coming"
                | "later"
                | "proximo"
                | "prochain"
                | "nachsten"
                | "letzten"
                | "kommenden"
        );
        let after = matches!(self.before(at, 1), "after" | "before") && self.before(at, 2) == "day";
        let from = if after { at - 2 } else { at - usize::from(leads) };
        let weekly = matches!(self.word(at + 1), "next" | "this" | "last") && self.word(at + 2) == "week";
        (from, if weekly { at + 2 } else { at })
    }

    /// "in 10 days", "3 weeks ago", "vor zwei Tagen".
    fn counted(&self, at: usize) -> Option<(usize, usize)> {
        let is_unit = |word: &str| {
            matches!(
                word,
                "days"
                    | "day"
                    | "weeks"
                    | "week"
                    | "months"
                    | "month"
                    | "years"
                    | "year"
                    | "dias"
                    | "semanas"
                    | "meses"
                    | "jours"
                    | "semaines"
                    | "mois"
                    | "tagen"
                    | "tage"
                    | "wochen"
                    | "monaten"
                    | "giorni"
                    | "settimane"
                    | "mesi"
                    | "dagen"
                    | "weken"
                    | "maanden"
                    | "hours"
                    | "hour"
            )
        };
        let is_number = |word: &str| {
            word.parse::<u32>().is_ok()
                || is_count(word)
                || value_of(word).is_some()
                || matches!(word, "a" | "couple" | "few" | "some" | "several")
        };
        if !is_unit(self.word(at)) || !is_number(self.before(at, 1)) {
            return None;
        }
        let first =
            if self.before(at, 2) == "a" && matches!(self.before(at, 1), "couple" | "few") { at - 2 } else { at - 1 };
        let is_hours = self.word(at).starts_with("hour");
        let lead = self.before(first, 1);
        if self.word(at + 1) == "ago" && !is_hours {
            Some((first, at + 1))
        } else if matches!(lead, "in" | "en" | "dans" | "vor" | "hace" | "tra" | "fa" | "over" | "within") && !is_hours
        {
            Some((first - 1, at))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pieces: Vec<Piece>) -> Vec<String> {
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn dates_are_found_as_written() {
        let found = texts(dates("on March 14th or 3 May 2024, next Friday, in 10 days, 14/3/2025"));
        assert_eq!(found, ["March 14th", "3 May 2024", "next Friday", "in 10 days", "14/3/2025"]);
        let found = texts(dates("Monday next week, the 7th, second of June, later today, 3 weeks ago, this evening"));
        assert_eq!(found, ["Monday next week", "7th", "second of June", "later today", "3 weeks ago", "this evening"]);
        assert_eq!(texts(dates("is that today's price? yesterday’s?")), ["today", "yesterday"]);
        assert_eq!(texts(dates("the 5th floor, 3 days, 1st class, you may march on")), Vec::<String>::new());
    }
}
