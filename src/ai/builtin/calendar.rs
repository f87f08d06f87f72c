//! Finding dates and times of day in a text, as people write them. The customer's own characters are kept.

use super::scan::{PIECES_MAX, Piece, is_date_like, is_small_number, tokens};
use super::words::words;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "may",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "januar",
    "februar",
    "marz",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "janeiro",
    "fevereiro",
    "marco",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "dezembro",
    "januari",
    "februari",
    "maart",
    "mei",
    "augustus",
    "december",
];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tomorrow",
    "yesterday",
    "tonight",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "hoy",
    "manana",
    "ayer",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "demain",
    "hier",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "heute",
    "morgen",
    "gestern",
    "oggi",
    "domani",
    "ieri",
    "hoje",
    "amanha",
    "ontem",
    "vandaag",
    "gisteren",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];

/// Dates as people write them: `2025-03-14`, `14/3`, `March 14th`, `next Friday`, `in 10 days`, `yesterday`.
pub fn dates(text: &str) -> Vec<Piece> {
    let all = words(text);
    let mut found: Vec<Piece> = Vec::new();
    for token in tokens(text) {
        if is_date_like(&token.text) {
            found.push(token);
        }
    }
    let is_day = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let ending = &word[digits.len()..];
        digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
            && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")
    };
    let is_ordinal = |word: &str| is_day(word) && word.ends_with(['t', 'd', 'h']);
    let text_at = |at: usize| all.get(at).map_or("", |word| word.text.as_str());
    let mut at = 0;
    while at < all.len() {
        let word = text_at(at);
        let mut span: Option<(usize, usize)> = None;
        let is_month = |place: usize| {
            let word = text_at(place);
            MONTHS.contains(&word)
                && (!matches!(word, "may" | "mar" | "mars" | "march")
                    || (place > 0 && is_day(text_at(place - 1)))
                    || is_day(text_at(place + 1))
                    || text_at(place.wrapping_sub(1)) == "of"
                    || text_at(place.wrapping_sub(1)) == "in")
        };
        if is_month(at) {
            let mut from = at;
            if at > 0 && is_day(text_at(at - 1)) {
                from = at - 1;
            } else if at > 1 && matches!(text_at(at - 1), "of" | "de" | "di") && is_day(text_at(at - 2)) {
                from = at - 2;
            }
            let mut to = at;
            if from == at && is_day(text_at(at + 1)) {
                to = at + 1;
            }
            let is_year = |word: &str| word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y));
            if is_year(text_at(to + 1)) {
                to += 1;
            }
            span = Some((from, to));
        } else if DAYS.contains(&word) {
            let leads = at > 0
                && matches!(
                    text_at(at - 1),
                    "next" | "last" | "this" | "coming" | "proximo" | "prochain" | "nachsten" | "letzten"
                );
            let after = at > 1 && text_at(at - 1) == "after" && text_at(at - 2) == "day";
            span = Some((if after { at - 2 } else { at - usize::from(leads) }, at));
        } else if matches!(word, "days" | "day" | "weeks" | "week" | "months" | "month") && at > 0 {
            let before = text_at(at - 1);
            let counted = before.parse::<u32>().is_ok() || is_small_number(before);
            if counted && at > 1 && text_at(at - 2) == "in" {
                span = Some((at - 2, at));
            } else if counted && text_at(at + 1) == "ago" {
                span = Some((at - 1, at + 1));
            } else if matches!(before, "next" | "last") {
                span = Some((at - 1, at));
            }
        } else if is_ordinal(word) && text_at(at.wrapping_sub(1)) == "the" && !is_month(at + 1) && !is_month(at + 2) {
            span = Some((at, at));
        }
        if let Some((from, to)) = span {
            let to = to.min(all.len() - 1);
            let (start, end) = (all[from].start, all[to].end);
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

/// Times of day: `10:30`, `5 pm`, `10 o'clock`, with "in the morning" where it follows.
pub fn times(text: &str) -> Vec<Piece> {
    let all = words(text);
    let text_at = |at: usize| all.get(at).map_or("", |word| word.text.as_str());
    let is_hour = |word: &str| word.parse::<u32>().is_ok_and(|hour| hour <= 24);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let word = text_at(at);
        let mut last = None;
        if is_hour(word) {
            let minutes = text_at(at + 1);
            let joined = all.get(at + 1).is_some_and(|next| matches!(&text[all[at].end..next.start], ":" | "." | "h"));
            let has_minutes = joined && minutes.len() == 2 && minutes.parse::<u32>().is_ok_and(|m| m < 60);
            let next = at + 1 + usize::from(has_minutes);
            let half = matches!(text_at(next), "am" | "pm" | "oclock" | "uhr" | "h" | "heures" | "uur");
            let dotted = matches!(text_at(next), "a" | "p") && text_at(next + 1) == "m";
            if half || dotted {
                last = Some(next + usize::from(dotted));
            } else if has_minutes && all.get(at + 2).is_none_or(|third| &text[all[at + 1].end..third.start] != ".") {
                last = Some(at + 1);
            } else if text_at(next) == "in" && text_at(next + 1) == "the" {
                last = Some(at);
            }
            if let Some(end) = last
                && text_at(end + 1) == "in"
                && text_at(end + 2) == "the"
                && matches!(text_at(end + 3), "morning" | "afternoon" | "evening")
            {
                last = Some(end + 3);
            }
        } else if matches!(word, "noon" | "midnight")
            || word.strip_suffix("pm").or_else(|| word.strip_suffix("am")).is_some_and(is_hour)
        {
            last = Some(at);
        }
        if let Some(end) = last {
            let (start, end_byte) = (all[at].start, all[end].end);
            found.push(Piece { text: text[start..end_byte].to_owned(), start, end: end_byte });
            at = end;
        }
        at += 1;
    }
    found.truncate(PIECES_MAX);
    found
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
        assert_eq!(texts(dates("you may march on")), Vec::<String>::new());
    }

    #[test]
    fn times_are_found_as_written() {
        assert_eq!(texts(times("at 10:30, 5 pm or 10 o'clock, not 4 of them")), ["10:30", "5 pm", "10 o'clock"]);
    }
}
