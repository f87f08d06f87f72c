//! What a row of "Information to Gather" is about: its role, read from its type, name and description, and the
//! words that announce it in a message.

use super::words::{has_any, padded, stem, words};
use crate::domain::{FieldKind, GatherField};

/// How a value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Email,
    Phone,
    Url,
    Date,
    /// Money.
    Amount,
    /// A count of something.
    Quantity,
    /// An order number and the like.
    Code,
    /// The customer's own name.
    PersonName,
    /// What happened.
    Story,
    /// A time of day.
    Time,
    /// A city or country.
    Place,
    /// The answer to the question, whatever it is.
    Free,
}

/// The role of a row.
pub fn role(field: &GatherField) -> Role {
    match field.kind {
        FieldKind::Email => return Role::Email,
        FieldKind::Phone => return Role::Phone,
        FieldKind::Url => return Role::Url,
        FieldKind::Date => return Role::Date,
        FieldKind::Text | FieldKind::Number | FieldKind::OneOf => {}
    }
    let name = padded(&field.name.replace('_', " "));
    let described = padded(&field.description);
    let says = |list: &[&str]| has_any(&name, list);
    let is_code = has_any(
        &name,
        &[
            "number",
            "id",
            "nr",
            "no",
            "code",
            "reference",
            "ref",
            "iban",
            "pin",
            "zip",
            "postcode",
            "serial",
            "tracking",
            "booking",
            "ticket",
            "numero",
            "nummer",
        ],
    ) || has_any(
        &described,
        &[
            "order number",
            "account number",
            "invoice number",
            "reference number",
            "booking reference",
            "tracking number",
            "iban",
        ],
    );
    if says(&["amount", "price", "sum", "cost", "total", "betrag", "importe", "montant", "importo", "valor", "bedrag"])
    {
        return Role::Amount;
    }
    if says(&["number of", "how many", "count", "quantity", "qty"]) || (field.kind == FieldKind::Number && !is_code) {
        return Role::Quantity;
    }
    if says(&[
        "phone",
        "telephone",
        "mobile",
        "phone number",
        "callback number",
        "telefono",
        "telefon",
        "telephone number",
    ]) {
        return Role::Phone;
    }
    if is_code {
        return Role::Code;
    }
    if says(&["email", "e mail", "mail", "correo"]) {
        return Role::Email;
    }
    if says(&["url", "website", "web", "link", "page"]) {
        return Role::Url;
    }
    if says(&["date", "day", "fecha", "datum", "data"]) {
        return Role::Date;
    }
    let own = [
        "full name",
        "customer name",
        "first name",
        "last name",
        "your name",
        "nombre",
        "nom",
        "nome",
        "naam",
        "surname",
    ];
    let is_name = name.trim() == "name" || says(&own);
    if is_name
        && !says(&[
            "company",
            "product",
            "invoice",
            "patient",
            "user name",
            "username",
            "shop",
            "merchant",
            "payee",
            "guest",
        ])
    {
        return Role::PersonName;
    }
    if says(&[
        "issue",
        "problem",
        "description",
        "details",
        "reason",
        "question",
        "message",
        "summary",
        "complaint",
        "what happened",
        "problema",
        "problem",
        "anliegen",
    ]) {
        return Role::Story;
    }
    if says(&["time", "hour", "uhrzeit", "hora", "heure", "ora", "tijd"]) {
        return Role::Time;
    }
    if says(&[
        "city",
        "country",
        "town",
        "destination",
        "location",
        "stadt",
        "land",
        "ciudad",
        "pais",
        "ville",
        "pays",
        "citta",
        "paese",
        "cidade",
    ]) {
        return Role::Place;
    }
    Role::Free
}

/// Whether no other row has this role.
pub fn only_one(fields: &[GatherField], wanted: Role) -> bool {
    fields.iter().filter(|field| role(field) == wanted).count() <= 1
}

/// The stems that announce a row's value in a message, with their everyday synonyms.
pub fn cue_words(field: &GatherField) -> Vec<String> {
    let mut cues: Vec<String> = Vec::new();
    let spaced = field.name.replace('_', " ");
    for word in words(&spaced).iter().chain(words(&field.description).iter()) {
        let skip = [
            "number",
            "no",
            "id",
            "nr",
            "of",
            "the",
            "or",
            "a",
            "an",
            "your",
            "customer",
            "customers",
            "code",
            "for",
            "to",
            "and",
            "in",
            "is",
            "user",
            "users",
            "we",
            "name",
            "if",
            "any",
            "they",
            "have",
            "it",
            "their",
        ];
        if !skip.contains(&word.text.as_str()) {
            cues.push(stem(&word.text));
        }
    }
    if cues.is_empty() {
        cues.extend(words(&spaced).iter().map(|word| stem(&word.text)).filter(|word| word.len() > 3));
    }
    for group in [
        &[
            "order",
            "purchase",
            "pedido",
            "bestellung",
            "bestellnummer",
            "commande",
            "ordine",
            "encomenda",
            "bestelling",
            "orden",
        ][..],
        &["invoice", "bill", "factura", "rechnung", "rechnungsnummer", "facture", "fattura", "fatura", "factuur"][..],
        &["booking", "reservation", "reserva", "buchung", "prenotazione", "boeking", "confirmation"][..],
        &["account", "cuenta", "konto", "kontonummer", "compte", "conto", "conta", "rekening"][..],
        &["ticket", "case"][..],
        &["tracking", "shipment", "parcel"][..],
        &["people", "person", "passenger", "guest", "traveler", "rider", "adult"][..],
        &["zip", "postcode", "postal"][..],
    ] {
        if group.iter().any(|word| cues.contains(&stem(word))) {
            cues.extend(group.iter().map(|word| stem(word)));
        }
    }
    cues
}

/// What a row's code looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Any,
    Iban,
    CardNumber,
    Zip,
    Pin,
}

impl Shape {
    /// Whether a code has this shape.
    pub fn fits(self, code: &str) -> bool {
        let digits = code.chars().filter(char::is_ascii_digit).count();
        let all_digits = code.chars().all(|c| c.is_ascii_digit());
        match self {
            Shape::Any => !is_iban(code),
            Shape::Iban => is_iban(code),
            Shape::CardNumber => all_digits && (12..=19).contains(&digits),
            Shape::Zip => (3..=10).contains(&code.len()),
            Shape::Pin => all_digits && (3..=8).contains(&digits),
        }
    }

    /// The shape alone tells what it is.
    pub fn is_telling(self) -> bool {
        matches!(self, Shape::Iban | Shape::CardNumber)
    }
}

fn is_iban(code: &str) -> bool {
    let bytes = code.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// The shape that a row's name asks for.
pub fn code_shape(field: &GatherField) -> Shape {
    let name = padded(&field.name.replace('_', " "));
    if has_any(&name, &["iban"]) {
        Shape::Iban
    } else if has_any(&name, &["card number", "credit card"]) {
        Shape::CardNumber
    } else if has_any(&name, &["zip", "zip code", "postcode"]) {
        Shape::Zip
    } else if has_any(&name, &["pin"]) {
        Shape::Pin
    } else {
        Shape::Any
    }
}

/// Which row a question is about, when that is clear: the one whose words it has most of.
pub fn asked_about(question: &str, fields: &[GatherField]) -> Option<usize> {
    if !(question.contains('?') || padded(question).contains(" please ") || padded(question).contains(" provide ")) {
        return None;
    }
    // Only the last sentence asks.
    let tail = question
        .trim_end_matches(['?', ' ', '.'])
        .rsplit(['.', '!', '?', '\n'])
        .find(|part| words(part).len() > 1)
        .unwrap_or(question);
    let asked: Vec<String> = words(question).iter().map(|word| stem(&word.text)).collect();
    let near: Vec<String> = words(tail).iter().map(|word| stem(&word.text)).collect();
    let score = |field: &GatherField| -> usize {
        let mut cues = cue_words(field);
        cues.extend(words(&field.name.replace('_', " ")).iter().map(|word| stem(&word.text)));
        cues.sort();
        cues.dedup();
        let count = |list: &[String]| cues.iter().filter(|cue| cue.len() > 2 && list.contains(cue)).count();
        count(&asked) + 2 * count(&near)
    };
    let scores: Vec<usize> = fields.iter().map(score).collect();
    let top = *scores.iter().max()?;
    let mut best = (0..fields.len()).filter(|row| scores[*row] == top);
    let one = best.next()?;
    (top > 0 && best.next().is_none()).then_some(one)
}

/// Whether a saved detail is what the row asks for.
pub fn names_same(detail: &str, field: &GatherField) -> bool {
    if detail.eq_ignore_ascii_case(&field.name) {
        return true;
    }
    let saved = GatherField {
        name: detail.to_owned(),
        description: String::new(),
        kind: FieldKind::Text,
        choices: Vec::new(),
        required: false,
    };
    let (own, theirs) = (role(field), role(&saved));
    // Only the customer's own contact is the same under another name.
    let about_others = has_any(
        &padded(&field.name.replace('_', " ")),
        &["other", "company", "billing", "recipient", "payee", "guest", "new", "work"],
    );
    own == theirs && matches!(own, Role::Email | Role::Phone | Role::PersonName) && !about_others
}
