//! Which row a number or a code belongs to: the words around it, the shape, the question. Every piece goes to one
//! row, the best claim first.

use super::heard::Heard;
use super::questions::Asked;
use super::roles::{Role, Row};
use super::scan::Piece;
use super::shapes::Shape;
use super::spoken;

/// The least claim that counts.
const ENOUGH: f32 = 3.0;
/// How far back a word may announce a code, in words.
const REACH: usize = 7;

/// Words that announce some code, whichever row there is.
const ANNOUNCING: &[&str] = &[
    "order",
    "account",
    "card",
    "invoice",
    "ticket",
    "booking",
    "reservation",
    "policy",
    "track",
    "iban",
    "phon",
    "mobil",
    "room",
    "flight",
    "zip",
    "pin",
    "purchas",
    "bill",
    "postcod",
    "referenc",
    "serial",
    "contract",
    "licens",
    "passport",
    "cell",
    "telephon",
    "whatsapp",
    "tel",
    "pedido",
    "bestellung",
    "command",
    "rechnung",
    "factura",
    "konto",
    "zimmer",
    "extension",
    "suit",
    "apt",
    "year",
];
const PHONE_CUES: &[&str] = &[
    "phon",
    "call",
    "mobil",
    "cell",
    "tel",
    "telephon",
    "reach",
    "text",
    "whatsapp",
    "telefono",
    "telefon",
    "telefone",
    "handy",
    "gsm",
    "ring",
    "telefonnummer",
    "handynummer",
    "contact",
    "sm",
];

/// The codes and phone numbers of a message, by row.
pub fn codes(
    heard: &Heard<'_>,
    rows: &[Row<'_>],
    asked: &Asked,
    is_open: &dyn Fn(usize) -> bool,
) -> Vec<(usize, String)> {
    let mut claims: Vec<(f32, usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| matches!(row.role, Role::Code | Role::Phone)) {
        for (number, piece) in heard.codes.iter().enumerate() {
            if let Some(claim) = claim(heard, rows, asked, is_open, (at, row), (number, piece)) {
                claims.push((claim, at, number));
            }
        }
    }
    claims.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)).then(left.2.cmp(&right.2)));
    let (mut rows_done, mut pieces_done, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for (claim, row, piece) in claims {
        if claim >= ENOUGH && !rows_done.contains(&row) && !pieces_done.contains(&piece) {
            rows_done.push(row);
            pieces_done.push(piece);
            found.push((row, heard.codes[piece].text.clone()));
        }
    }
    found
}

fn claim(
    heard: &Heard<'_>,
    rows: &[Row<'_>],
    asked: &Asked,
    is_open: &dyn Fn(usize) -> bool,
    (at, row): (usize, &Row<'_>),
    (number, piece): (usize, &Piece),
) -> Option<f32> {
    let shape = fits(row, piece)?;
    // The name of an account goes to the row for one.
    let has_handle = row.shape != Shape::Handle && rows.iter().any(|other| other.shape == Shape::Handle);
    if has_handle && piece.text.contains('_') {
        return None;
    }
    let own =
        |stem: &String| row.cues.contains(stem) || (row.role == Role::Phone && PHONE_CUES.contains(&stem.as_str()));
    let theirs = |stem: &String| {
        !own(stem)
            && (ANNOUNCING.contains(&stem.as_str())
                || rows.iter().enumerate().any(|(n, other)| {
                    n != at && matches!(other.role, Role::Code | Role::Phone) && other.cues.contains(stem)
                }))
    };
    let first = heard.word_at(piece.start);
    let behind = heard.word_at(piece.end);
    let before = announced(heard, first, &own, &theirs);
    let after = (behind..(behind + 4).min(heard.all.len()))
        .take_while(|near| !heard.ends_sentence(*near) && !heard.word(*near).starts_with(|c: char| c.is_ascii_digit()))
        .position(|near| own(&heard.stems[near]) && !heard.breaks(near));
    let is_asked = asked.rows.contains(&at);
    // "19 Elm Street" is no phone number.
    let is_street = row.role == Role::Phone
        && heard.is_capital(behind)
        && !heard.breaks(behind)
        && heard.word(behind).chars().all(char::is_alphabetic);
    if is_street && !is_asked && !matches!(before, Announced::Own(_)) {
        return None;
    }
    let mut claim = shape;
    match before {
        Announced::Own(distance) => claim += 6.0 - 0.3 * distance,
        // A nearer word speaks of something else.
        Announced::Other if shape < 4.0 && after.is_none() => return None,
        Announced::Other => claim -= 1.0,
        Announced::Nothing => {}
    }
    if let (Announced::Nothing | Announced::Other, Some(distance)) = (&before, after) {
        claim += 3.4 - 0.2 * distance as f32;
    }
    if is_asked {
        claim += 3.5;
        if asked
            .rows
            .iter()
            .filter(|row| matches!(rows[**row].role, Role::Code | Role::Phone))
            .position(|row| *row == at)
            == Some(number)
        {
            claim += 0.5;
        }
    }
    let is_reference = piece.text.bytes().all(|b| b.is_ascii_alphabetic());
    if is_reference && !is_asked && matches!(before, Announced::Nothing) && after.is_none() {
        return None;
    }
    // The only open row that the piece can be, in an answer or a bare number.
    let rivals = rows.iter().enumerate().filter(|(n, other)| {
        is_open(*n) && matches!(other.role, Role::Code | Role::Phone) && fits(other, piece).is_some()
    });
    let is_lone = rivals.count() == 1 && is_open(at) && row.role == Role::Code;
    let is_answer = asked.is_anything() || heard.all.len() <= 3;
    let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
    if is_lone && is_answer && matches!(before, Announced::Nothing) && digits >= 3 && heard.codes.len() <= 2 {
        claim += if heard.all.len() <= 4 || digits >= 8 { 3.0 } else { 1.0 };
    }
    Some(claim)
}

enum Announced {
    /// By a word of the row, so many words back.
    Own(f32),
    /// By a word of something else.
    Other,
    Nothing,
}

fn announced(
    heard: &Heard<'_>,
    first: usize,
    own: &dyn Fn(&String) -> bool,
    theirs: &dyn Fn(&String) -> bool,
) -> Announced {
    let mut penalty = 0.0;
    for back in 1..=REACH.min(first) {
        let near = first - back;
        if heard.ends_sentence(near + 1) {
            penalty += 1.5;
            if penalty > 2.0 {
                break;
            }
        }
        let stem = &heard.stems[near];
        if own(stem) {
            return Announced::Own(back as f32 + penalty * 3.0);
        }
        // "the confirmation number for my flight is …": the flight only says what it is for.
        let is_aside = matches!(heard.before(near, 1), "my" | "the" | "your" | "this" | "our" | "a")
            && matches!(heard.before(near, 2), "for" | "of" | "on" | "from");
        if theirs(stem) && penalty < 1.0 && !is_aside {
            return Announced::Other;
        }
    }
    Announced::Nothing
}

/// How well the shape of a piece fits a row; `None` when it can't be.
fn fits(row: &Row<'_>, piece: &Piece) -> Option<f32> {
    let text = &piece.text;
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    let spoken = if has_digit || !text.contains([' ', '-']) { 0 } else { spoken::symbols(text) };
    let digits = text.bytes().filter(u8::is_ascii_digit).count() + spoken;
    if row.role == Role::Phone {
        let plain = text.chars().all(|c| !c.is_alphabetic()) || spoken > 0;
        let formatted = text.starts_with(['+', '(']) || text.contains([' ', '-', '.', ')']);
        let is_phone = plain && (7..=15).contains(&digits) && !text.starts_with('#') && !text.contains('_');
        let shape = if formatted && digits >= 8 && spoken == 0 { 3.2 } else { 0.0 };
        return is_phone.then_some(shape);
    }
    let bare = text.trim_start_matches('#');
    let joined: String = bare.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let shape = row.shape;
    if spoken > 0 {
        return (shape != Shape::Iban && (shape != Shape::Pin || (3..=8).contains(&spoken))).then_some(0.3);
    }
    match shape {
        Shape::Iban | Shape::CardNumber => shape.fits(&joined).then_some(4.5),
        Shape::Handle => shape.fits(text).then_some(if text.contains('_') { 4.0 } else { 0.0 }),
        _ if text.contains('_') && !shape.fits(bare) => None,
        Shape::Pin => shape.fits(bare).then_some(if (4..=6).contains(&digits) { 0.5 } else { 0.0 }),
        Shape::Zip => shape.fits(bare).then_some(if digits == 5 { 0.4 } else { 0.0 }),
        Shape::Short => shape.fits(bare).then_some(0.2),
        Shape::Any => {
            let mark = if text.starts_with('#') { 1.0 } else { 0.0 };
            let long = if digits >= 6 { 0.3 } else { 0.0 };
            let handle = if text.contains('_') { -2.0 } else { 0.0 };
            shape.fits(&joined).then_some(mark + long + handle)
        }
    }
}

/// A count beside a word of the row ("4 people", "a table for two"), or the answer.
pub fn quantity(heard: &Heard<'_>, row: &Row<'_>, is_asked: bool) -> Option<String> {
    let free = |piece: &&Piece| !heard.is_typed(heard.word_at(piece.start));
    let numbers: Vec<&Piece> = heard.numbers.iter().filter(free).collect();
    let cued = numbers.iter().find(|piece| {
        let at = heard.word_at(piece.start);
        let after = (at + 1..(at + 4).min(heard.all.len())).take_while(|near| !heard.breaks(*near));
        let before = (at.saturating_sub(3)..at).filter(|near| !heard.ends_sentence(near + 1));
        let is_cue = |near: usize| row.cues.contains(&heard.stems[near]);
        let grouped = matches!(heard.before(at, 1), "for" | "of" | "are")
            && (heard.breaks(at + 1)
                || matches!(heard.word(at + 1), "of" | "at" | "on" | "in" | "is" | "please" | "and"))
            && (matches!(
                heard.before(at, 2),
                "table" | "party" | "group" | "just" | "only" | "its" | "ride" | "we" | "is"
            ) || row.cues.iter().any(|cue| cue == "person"));
        after.clone().any(is_cue) || before.clone().any(is_cue) || grouped
    });
    if let Some(piece) = cued {
        return Some(piece.text.clone());
    }
    if is_asked {
        let alone = ["just me", "only me", "myself", "just myself", "me alone", "solo yo", "nur ich", "juste moi"];
        return numbers.first().map(|piece| piece.text.clone()).or_else(|| {
            alone.iter().find(|phrase| heard.flat.contains(&format!(" {phrase} "))).and_then(|phrase| {
                let count = phrase.split(' ').count();
                let words: Vec<&str> = phrase.split(' ').collect();
                (0..heard.all.len())
                    .find(|at| words.iter().enumerate().all(|(n, word)| heard.word(at + n) == *word))
                    .map(|at| heard.slice(at, at + count - 1).to_owned())
            })
        });
    }
    None
}

/// Money: a number beside a currency, a number beside a verb of paying, or the answer.
pub fn amount(heard: &Heard<'_>, is_asked: bool) -> Option<String> {
    if let Some(piece) = heard.amounts.first() {
        return Some(piece.text.clone());
    }
    let is_money = |near: usize| {
        matches!(
            heard.stems.get(near).map_or("", String::as_str),
            "transfer"
                | "pay"
                | "payment"
                | "refund"
                | "deposit"
                | "withdraw"
                | "charg"
                | "send"
                | "spend"
                | "spent"
                | "loan"
                | "debit"
                | "credit"
                | "top"
        )
    };
    let plain = |piece: &&Piece| {
        let at = heard.word_at(piece.start);
        let digits = piece.text.bytes().any(|b| b.is_ascii_digit());
        let near = at.saturating_sub(2)..(at + 2).min(heard.all.len());
        let is_code =
            heard.codes.iter().any(|code| code.start <= piece.start && piece.start < code.end && code.text.len() > 6);
        digits
            && !is_code
            && !heard.is_typed(at)
            && (is_asked || near.into_iter().any(is_money) && !is_counted(heard, at))
    };
    let found = heard.numbers.iter().find(plain).or_else(|| heard.numbers.first().filter(|_| is_asked));
    found.map(|piece| piece.text.clone())
}

/// "3 times", "2 days": a number of something else.
fn is_counted(heard: &Heard<'_>, at: usize) -> bool {
    matches!(
        heard.word(at + 1),
        "times"
            | "time"
            | "days"
            | "day"
            | "weeks"
            | "months"
            | "payments"
            | "cards"
            | "people"
            | "hours"
            | "orders"
            | "items"
            | "of"
    )
}

#[cfg(test)]
mod tests {
    use super::super::roles;
    use super::*;
    use crate::domain::{FieldKind, GatherField};

    fn field(name: &str) -> GatherField {
        GatherField {
            name: name.into(),
            description: String::new(),
            kind: FieldKind::Text,
            choices: Vec::new(),
            required: true,
        }
    }

    fn claimed(names: &[&str], asked: &[usize], text: &str) -> Vec<String> {
        let fields: Vec<GatherField> = names.iter().map(|name| field(name)).collect();
        let rows = roles::rows(&fields);
        let asked = Asked { rows: asked.to_vec(), other: false };
        let mut found = codes(&Heard::new(text), &rows, &asked, &|_| true);
        found.sort();
        found.into_iter().map(|(row, value)| format!("{}={value}", fields[row].name)).collect()
    }

    #[test]
    fn every_number_goes_to_its_row() {
        let names = ["account_number", "pin", "phone"];
        for (asked, text, expected) in [
            (&[][..], "account number 55512399 and pin 4410", &["account_number=55512399", "pin=4410"][..]),
            (&[0, 1], "55512399, 4410", &["account_number=55512399", "pin=4410"]),
            (&[1], "4410", &["pin=4410"]),
            (&[1], "three zero eight zero", &["pin=three zero eight zero"]),
            (&[], "call me on +44 20 7946 0958", &["phone=+44 20 7946 0958"]),
            (&[], "my order is 778812345", &[]),
            (&[], "4410 is my pin", &["pin=4410"]),
            (&[], "I lost 4410 of them", &[]),
        ] {
            assert_eq!(claimed(&names, asked, text), expected, "{text}");
        }
    }

    #[test]
    fn codes_are_known_by_shape_and_by_their_word() {
        assert_eq!(
            claimed(&["iban"], &[], "use DE89 3704 0044 0532 0130 00 please"),
            ["iban=DE89 3704 0044 0532 0130 00"]
        );
        assert_eq!(claimed(&["card_number"], &[], "it was 4000 1234 5678 9017"), ["card_number=4000 1234 5678 9017"]);
        assert_eq!(claimed(&["user_id"], &[], "I'm kim_lo_55"), ["user_id=kim_lo_55"]);
        assert_eq!(claimed(&["booking_code"], &[], "my booking, QWERTZ, is wrong"), ["booking_code=QWERTZ"]);
        assert_eq!(claimed(&["room_number"], &[], "I am in room 12"), ["room_number=12"]);
    }

    #[test]
    fn counts_and_amounts_are_found_beside_their_words() {
        let field = field("number_of_guests");
        let row = roles::row(&field);
        for (text, asked, expected) in [
            ("we will be 4 guests", false, Some("4")),
            ("a table for two please", false, Some("two")),
            ("just me", true, Some("just me")),
            ("I called 3 times", false, None),
        ] {
            assert_eq!(quantity(&Heard::new(text), &row, asked).as_deref(), expected, "{text}");
        }
        assert_eq!(amount(&Heard::new("a 300 transfer"), false).as_deref(), Some("300"));
        assert_eq!(amount(&Heard::new("I paid 3 times"), false), None);
    }
}
