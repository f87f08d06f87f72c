//! Finding the values to gather in what the customer said. A value is always a piece of a message (or of the
//! saved details), checked by type; nothing is made up. What to ask for next is decided in `gather`.

use super::answers::{is_correction, is_refusal};
use super::calendar;
use super::names;
use super::request::{self, Ask};
use super::roles::{self, Role};
use super::scan::{self, Piece};
use super::words::{fold, has_any, padded, words};
use crate::ai::{Brief, Said, Speaker};
use crate::domain::{FieldKind, GatherField, GatheredValue, ValueSource};

/// The most messages that are read, newest last.
const MESSAGES_MAX: usize = 80;
/// The longest free-text answer that is kept, in characters.
const ANSWER_CHARS_MAX: usize = 500;

/// The values known after this turn, in the order of the action's rows.
pub fn collect(brief: &Brief) -> Vec<GatheredValue> {
    let fields = &brief.action.gather;
    let mut scanned: Vec<Option<GatheredValue>> = vec![None; fields.len()];
    let mut asked: Option<usize> = None;
    let from = brief.said.len().saturating_sub(MESSAGES_MAX);
    let last_question = brief.said.iter().rposition(|said| said.by != Speaker::Customer);
    for (at, said) in brief.said.iter().enumerate().skip(from) {
        if said.by != Speaker::Customer {
            let remembered = (Some(at) == last_question).then_some(brief.gathering.asked.as_deref()).flatten();
            asked = match remembered {
                Some(name) => fields.iter().position(|field| field.name == name),
                None => roles::asked_about(&said.body, fields),
            };
            continue;
        }
        let corrects = is_correction(&said.body);
        let before = scanned.clone();
        for (row, field) in fields.iter().enumerate() {
            let is_asked = asked == Some(row);
            let Some(value) = find(field, &said.body, is_asked, fields) else { continue };
            if scanned[row].is_none() || is_asked || corrects {
                scanned[row] = Some(from_message(field, value, said));
            }
        }
        if corrects && scanned == before {
            correct(&mut scanned, fields, said);
        }
    }
    fields.iter().zip(scanned).filter_map(|(field, found)| settle(brief, field, found)).collect()
}

fn from_message(field: &GatherField, value: String, said: &Said) -> GatheredValue {
    GatheredValue { name: field.name.clone(), value, source: ValueSource::Message, seq: Some(said.seq) }
}

/// The newest of what was just found and what earlier turns knew; the saved details fill what is left.
fn settle(brief: &Brief, field: &GatherField, found: Option<GatheredValue>) -> Option<GatheredValue> {
    let known = brief.gathering.values.iter().rev().find(|value| value.name == field.name).cloned();
    match (found, known) {
        (Some(found), Some(known)) if known.source == ValueSource::Message && known.seq >= found.seq => Some(known),
        (Some(found), _) => Some(found),
        (None, Some(known)) => Some(known),
        (None, None) => brief
            .details
            .iter()
            .find(|detail| roles::names_same(&detail.name, field) && is_valid(field, &detail.value))
            .map(|detail| GatheredValue { name: field.name.clone(), ..detail.clone() }),
    }
}

/// "No, it's 4567": a piece of the same shape replaces the newest value of that shape.
fn correct(scanned: &mut [Option<GatheredValue>], fields: &[GatherField], said: &Said) {
    let newest = (0..fields.len())
        .filter(|row| scanned[*row].is_some())
        .max_by_key(|row| scanned[*row].as_ref().and_then(|v| v.seq));
    let Some(row) = newest else { return };
    let field = &fields[row];
    let piece =
        find(field, &said.body, true, fields).filter(|_| !matches!(roles::role(field), Role::Free | Role::Story));
    if let Some(value) = piece.filter(|value| is_valid(field, value)) {
        scanned[row] = Some(from_message(field, value, said));
    }
}

/// Whether a value fits the field's type.
pub fn is_valid(field: &GatherField, value: &str) -> bool {
    let value = value.trim();
    !value.is_empty()
        && match field.kind {
            FieldKind::Text => value.chars().any(char::is_alphanumeric),
            FieldKind::Email => scan::is_email(value),
            FieldKind::Phone => (7..=15).contains(&value.chars().filter(char::is_ascii_digit).count()),
            FieldKind::Number => !scan::numbers(value).is_empty(),
            FieldKind::Date => !calendar::dates(value).is_empty(),
            FieldKind::Url => scan::is_url(value),
            FieldKind::OneOf => field.choices.iter().any(|choice| fold(choice.trim()) == fold(value)),
        }
}

/// The field's value in a message, if it is there.
pub fn find(field: &GatherField, text: &str, is_asked: bool, fields: &[GatherField]) -> Option<String> {
    if field.kind == FieldKind::OneOf {
        return choice(field, text);
    }
    if is_asked
        && request::read(text) != Ask::No
        && words(text).len() > 2
        && scan::emails(text).is_empty()
        && scan::codes(text).is_empty()
    {
        return None;
    }
    let refuses = is_asked && is_refusal(text);
    match roles::role(field) {
        Role::Email => first(scan::emails(text)),
        Role::Url => first(scan::urls(text).into_iter().filter(|p| !p.text.contains('@')).collect()),
        Role::Phone => phone(text, is_asked),
        Role::Date => first(calendar::dates(text)).filter(|_| is_asked || roles::only_one(fields, Role::Date)),
        Role::Amount => first(scan::amounts(text)).or_else(|| is_asked.then(|| first(scan::numbers(text))).flatten()),
        Role::Quantity => quantity(field, text, is_asked),
        Role::Code => code(field, text, is_asked, fields),
        Role::PersonName => {
            names::said(text).or_else(|| (is_asked && !refuses).then(|| names::answered(text)).flatten())
        }
        Role::Story => story(text, is_asked && !refuses),
        Role::Time => first(calendar::times(text)).filter(|_| is_asked || roles::only_one(fields, Role::Time)),
        Role::Place => labelled(field, text)
            .or_else(|| names::place(text))
            .or_else(|| (is_asked && !refuses).then(|| answer(text)).flatten()),
        Role::Free => labelled(field, text).or_else(|| (is_asked && !refuses).then(|| answer(text)).flatten()),
    }
    .filter(|value| is_valid(field, value))
}

fn first(pieces: Vec<Piece>) -> Option<String> {
    pieces.into_iter().next().map(|piece| piece.text)
}

/// The choice that stands in the text as whole words; the longest when several do, none when two differ.
fn choice(field: &GatherField, text: &str) -> Option<String> {
    let flat = padded(text);
    let mut found: Vec<&String> = field
        .choices
        .iter()
        .filter(|choice| {
            let wanted = padded(choice);
            !wanted.trim().is_empty() && has_any(&flat, &[wanted.trim()])
        })
        .collect();
    found.sort_by_key(|choice| std::cmp::Reverse(choice.len()));
    match found.as_slice() {
        [] => None,
        [one] => Some(one.trim().to_owned()),
        [longest, others @ ..] => {
            others.iter().all(|other| padded(longest).contains(padded(other).trim())).then(|| longest.trim().to_owned())
        }
    }
}

fn phone(text: &str, is_asked: bool) -> Option<String> {
    scan::phones(text)
        .into_iter()
        .find(|piece| {
            let before = padded(&text[..piece.start]);
            let tail: Vec<&str> = before.split(' ').filter(|w| !w.is_empty()).rev().take(5).collect();
            let cue = [
                "phone",
                "call",
                "number",
                "mobile",
                "cell",
                "tel",
                "telephone",
                "reach",
                "text",
                "whatsapp",
                "telefono",
                "telefon",
                "telefone",
                "handy",
                "gsm",
                "ring",
            ];
            let other = [
                "order",
                "account",
                "card",
                "invoice",
                "ticket",
                "booking",
                "reference",
                "policy",
                "tracking",
                "iban",
                "pedido",
                "bestellung",
                "commande",
                "purchase",
                "bill",
            ];
            let has_cue = tail.iter().any(|word| cue.contains(word));
            let has_other = tail.iter().any(|word| other.contains(word));
            let is_formatted = piece.text.starts_with('+') || piece.text.contains(['(', '-', ' ']);
            !has_other && (is_asked || has_cue || (is_formatted && piece.text.len() >= 10))
        })
        .map(|piece| piece.text.trim().to_owned())
}

/// A number beside a word of the field's name ("4 people" for `number_of_people`), or the answer.
fn quantity(field: &GatherField, text: &str, is_asked: bool) -> Option<String> {
    let numbers = scan::numbers(text);
    if is_asked {
        return first(numbers);
    }
    let cues = roles::cue_words(field);
    numbers
        .into_iter()
        .find(|piece| {
            let after = words(&text[piece.end..]);
            let before = words(&text[..piece.start]);
            let near = after.iter().take(2).chain(before.iter().rev().take(2));
            near.map(|word| super::words::stem(&word.text)).any(|stem| cues.contains(&stem))
        })
        .map(|piece| piece.text)
}

/// A code behind its word ("order number is 123", "#123"), or the only code of an answer. A code whose nearest
/// word belongs to another row is that row's.
fn code(field: &GatherField, text: &str, is_asked: bool, fields: &[GatherField]) -> Option<String> {
    let shape = roles::code_shape(field);
    let codes: Vec<Piece> = scan::codes(text).into_iter().filter(|piece| shape.fits(&piece.text)).collect();
    if shape.is_telling() {
        return first(codes);
    }
    let others: Vec<&GatherField> = fields
        .iter()
        .filter(|other| other.name != field.name && matches!(roles::role(other), Role::Code | Role::Phone))
        .collect();
    let is_theirs = |piece: &Piece, own: usize| {
        others.iter().filter_map(|other| cue_distance(other, text, piece)).any(|distance| distance < own)
    };
    let cued = |piece: &&Piece| cue_distance(field, text, piece).is_some_and(|own| !is_theirs(piece, own));
    if let Some(piece) = codes.iter().find(cued) {
        return Some(piece.text.clone());
    }
    // Booking references may have no digit: "my reservation, HXDUBJ".
    let letters = scan::letter_codes(text);
    if let Some(piece) = letters.iter().filter(|_| shape == roles::Shape::Any).find(cued) {
        return Some(piece.text.clone());
    }
    let free: Vec<&Piece> = codes.iter().filter(|piece| !is_theirs(piece, usize::MAX)).collect();
    free.first().filter(|_| is_asked).map(|piece| piece.text.clone())
}

/// How many words lie between a word that announces the row and the piece behind it, if one is near.
fn cue_distance(field: &GatherField, text: &str, piece: &Piece) -> Option<usize> {
    /// How far back a word may announce a code, in words.
    const REACH: usize = 6;
    let cues = roles::cue_words(field);
    let before = words(&text[..piece.start]);
    before.iter().rev().take(REACH).map(|word| super::words::stem(&word.text)).position(|stem| cues.contains(&stem))
}

/// "My address is …", "company: ACME": what stands behind the row's own name, up to the end of the sentence.
fn labelled(field: &GatherField, text: &str) -> Option<String> {
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

/// What the customer told about their problem: a message of some length.
fn story(text: &str, is_asked: bool) -> Option<String> {
    let counted = words(text).len();
    let is_account = counted >= 5 && request::read(text) == Ask::No;
    (is_asked || is_account).then(|| answer(text)).flatten()
}

/// An answer without its lead-in. A question back is no answer.
fn answer(text: &str) -> Option<String> {
    let whole = text.trim();
    let whole = whole.char_indices().nth(ANSWER_CHARS_MAX).map_or(whole, |(at, _)| &whole[..at]);
    let asks_back = whole.ends_with('?') && words(whole).len() <= 8;
    let body = names::without_lead_in(whole);
    let hollow =
        ["hi", "hello", "hey", "thanks", "thank you", "ok", "okay", "yes", "hola", "bonjour", "hallo", "ciao", "ola"];
    let empty =
        hollow.contains(&padded(body).trim()) && words(body).len() <= 2 && !matches!(padded(body).trim(), "yes");
    (!asks_back && !empty && !body.is_empty()).then(|| body.to_owned())
}
