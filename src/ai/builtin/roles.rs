//! What a row of "Information to Gather" is about, read from its type, name and description: its role, which end
//! of a journey or stay it is, and the words that announce it. The words themselves are in `role_words`
//! and `cue_words`.

use super::cue_words::{GENERIC, SYNONYMS};
use super::role_words::{
    ADDRESS, AMOUNT, BIRTH, CODE, CUSTOMER_PARTS, DATE, DURATION, EMAIL, END, KIND, OWN_NAME, PERSONS, PHONE, PLACE,
    QUANTITY, START, STORY, THING_NAMES, THINGS, TIME, URL, YES_NO,
};
use super::shapes::{Shape, shape};
use super::words::{Word, fold, has_any, padded, stem, words};
use crate::domain::{FieldKind, GatherField};

/// How a value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Email,
    Phone,
    Url,
    Date,
    /// A date of birth.
    Birth,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// Money.
    Amount,
    /// A count of something.
    Quantity,
    /// An order number and the like.
    Code,
    /// The customer's own name.
    OwnName,
    /// The name of somebody else, or a secret that is a name.
    OtherName,
    /// The name of a thing: a product, a company, a hotel.
    Thing,
    /// A sort or a plan, told by the word before its noun: "gold account".
    Kind,
    YesNo,
    Address,
    /// A city, a country, a stop.
    Place,
    /// What happened.
    Story,
    /// The answer to the question, whatever it is.
    Free,
}

impl Role {
    /// Its values have a shape of their own, so they are known without a question.
    pub fn is_typed(self) -> bool {
        matches!(
            self,
            Role::Email
                | Role::Phone
                | Role::Url
                | Role::Date
                | Role::Birth
                | Role::Time
                | Role::Duration
                | Role::Amount
                | Role::Quantity
                | Role::Code
        )
    }
}

/// Which end of a journey, a stay or a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    End,
    Neither,
}

/// A row with what was read from it.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub field: &'a GatherField,
    pub role: Role,
    pub side: Side,
    pub shape: Shape,
    /// The stems that announce its value, with their everyday synonyms.
    pub cues: Vec<String>,
    /// The telling words of its name alone.
    pub label: Vec<String>,
    /// A part that the customer usually plays: patient, renter, guest.
    pub is_customers_part: bool,
}

/// Reads all rows.
pub fn rows(fields: &[GatherField]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = fields.iter().map(row).collect();
    // A word that names another row announces that one: "PIN of the account" beside an account number.
    let labels: Vec<Vec<String>> = rows.iter().map(|row| row.label.clone()).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let is_theirs = |cue: &String| labels.iter().enumerate().any(|(n, label)| n != at && label.contains(cue));
        let own = labels[at].clone();
        row.cues.retain(|cue| own.contains(cue) || !is_theirs(cue));
    }
    rows
}

/// Reads one row.
pub fn row(field: &GatherField) -> Row<'_> {
    let spaced = spaced(&field.name);
    let role = role(field);
    Row {
        role,
        side: side(&padded(&spaced), &padded(&field.description)),
        shape: shape(&padded(&spaced), &padded(&field.description)),
        cues: cues(&spaced, &field.description, role),
        label: words(&spaced)
            .iter()
            .map(|word| stem(&word.text))
            .filter(|word| !GENERIC.contains(&word.as_str()))
            .collect(),
        is_customers_part: has_any(&padded(&spaced), CUSTOMER_PARTS),
        field,
    }
}

/// `orderNumber` and `order_number` as "order Number" and "order number".
fn spaced(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(if letter == '_' { ' ' } else { letter });
        before = letter;
    }
    out
}

/// The role of a row.
pub fn role(field: &GatherField) -> Role {
    match field.kind {
        FieldKind::Email => return Role::Email,
        FieldKind::Phone => return Role::Phone,
        FieldKind::Url => return Role::Url,
        FieldKind::Text | FieldKind::Number | FieldKind::OneOf | FieldKind::Date => {}
    }
    let name = padded(&spaced(&field.name));
    let described = padded(&field.description);
    let says = |list: &[&str]| has_any(&name, list);
    let is_birth = says(BIRTH) || has_any(&described, BIRTH);
    if field.kind == FieldKind::Date {
        return if is_birth { Role::Birth } else { Role::Date };
    }
    let opens = |list: &[&str]| list.iter().any(|word| described.starts_with(&format!(" {word} ")));
    let is_code = is_code(&name, &described);
    let last = name.trim().rsplit(' ').next().unwrap_or_default();
    let is_name = matches!(last, "name" | "names" | "nombre" | "nom" | "nome" | "naam" | "surname");
    if has_any(&described, YES_NO) || opens(&["is", "are", "does", "do", "has"]) {
        Role::YesNo
    } else if is_birth {
        Role::Birth
    } else if says(&["name on", "name for", "name of"]) && !says(OWN_NAME) {
        if says(THING_NAMES) && says(&["name of"]) { Role::Thing } else { Role::OtherName }
    } else if is_name && !says(OWN_NAME) && name.trim() != "name" {
        name_of_other(&name, &described)
    } else if says(DURATION) || has_any(&described, &["how long", "length of", "duration"]) {
        Role::Duration
    } else if says(AMOUNT) {
        Role::Amount
    } else if says(QUANTITY)
        || has_any(&described, &["number of", "how many"]) && !is_code
        || (field.kind == FieldKind::Number && !is_code)
    {
        Role::Quantity
    } else if says(PHONE) && !says(&["model"]) {
        Role::Phone
    } else if is_code {
        Role::Code
    } else if says(EMAIL) {
        Role::Email
    } else if says(URL) {
        Role::Url
    } else if says(ADDRESS) && side(&name, "") != Side::Neither && !says(&["return"]) {
        Role::Place
    } else if says(ADDRESS) {
        Role::Address
    } else if says(DATE) {
        Role::Date
    } else if says(TIME) {
        Role::Time
    } else if says(OWN_NAME) || name.trim() == "name" {
        Role::OwnName
    } else if says(PERSONS)
        || has_any(
            &described,
            &[
                "maiden name",
                "name of the other",
                "name of a person",
                "name of the person",
                "name of childhood pet",
                "name of your",
            ],
        )
    {
        Role::OtherName
    } else if says(STORY) {
        Role::Story
    } else if says(KIND) {
        Role::Kind
    } else if says(PLACE) || opens(&["where", "city", "country", "location", "town"]) {
        Role::Place
    } else if says(THINGS) || opens(&["name of", "the name of", "title of", "which"]) {
        if has_any(&described, PERSONS) && opens(&["name of", "the name of"]) { Role::OtherName } else { Role::Thing }
    } else {
        by_description(&described)
    }
}

fn is_code(name: &str, described: &str) -> bool {
    let last = name.trim().rsplit(' ').next().unwrap_or_default();
    let is_card = matches!(name.trim(), "credit card" | "debit card" | "card" | "bank card");
    has_any(name, CODE)
        || is_card
        || matches!(last, "room" | "gate" | "seat" | "zimmer")
        || has_any(
            described,
            &[
                "order number",
                "account number",
                "invoice number",
                "reference number",
                "booking reference",
                "tracking number",
                "serial number",
                "iban",
                "user id",
            ],
        )
}

fn name_of_other(name: &str, described: &str) -> Role {
    if has_any(name, PERSONS) || has_any(described, PERSONS) || has_any(described, OWN_NAME) {
        let is_own = has_any(described, OWN_NAME) && !has_any(name, PERSONS) && !has_any(name, THING_NAMES);
        if is_own { Role::OwnName } else { Role::OtherName }
    } else if has_any(name, &["user name", "username", "login name", "account name"]) {
        Role::Code
    } else if has_any(described, &["name on the"]) {
        Role::OtherName
    } else {
        Role::Thing
    }
}

/// What a description alone tells, when the name tells nothing.
fn by_description(described: &str) -> Role {
    let table: &[(&[&str], Role)] = &[
        (&["email"], Role::Email),
        (&["phone"], Role::Phone),
        (&["address"], Role::Address),
        (&["date", "which day"], Role::Date),
        (&["time of day", "what time"], Role::Time),
        (&["amount", "price"], Role::Amount),
        (&["what happened", "describe"], Role::Story),
        (&["full name", "customers name"], Role::OwnName),
        (&["type of", "kind of", "category"], Role::Kind),
    ];
    table.iter().find(|(signs, _)| has_any(described, signs)).map_or(Role::Free, |(_, role)| *role)
}

fn side(name: &str, described: &str) -> Side {
    // "Town to deliver to": a small word in a description tells no end.
    let plain: Vec<&str> =
        END.iter().copied().filter(|word| !matches!(*word, "to" | "go" | "target" | "end")).collect();
    for (text, end) in [(name, END), (described, plain.as_slice())] {
        match (has_any(text, START), has_any(text, end)) {
            (true, false) => return Side::Start,
            (false, true) => return Side::End,
            _ => {}
        }
    }
    Side::Neither
}

fn cues(spaced: &str, description: &str, role: Role) -> Vec<String> {
    let mut cues: Vec<String> = Vec::new();
    let described = words(description);
    let from_name = words(spaced);
    let label_tells = from_name.iter().any(|word| !GENERIC.contains(&stem(&word.text).as_str()));
    // A code's description speaks of what the code is for; only what it calls the code counts beside the name.
    let described = if role == Role::Code && label_tells { named_codes(&described) } else { described };
    for word in from_name.iter().chain(&described) {
        let root = stem(&word.text);
        if !GENERIC.contains(&root.as_str()) && root.len() > 1 && !cues.contains(&root) {
            cues.push(root);
        }
    }
    if cues.is_empty() && role != Role::OwnName {
        cues.extend(words(spaced).iter().map(|word| stem(&word.text)).filter(|word| word.len() > 3));
    }
    for group in SYNONYMS {
        if group.iter().any(|word| cues.contains(&stem(word))) {
            for root in group.iter().map(|word| stem(word)) {
                if !cues.contains(&root) {
                    cues.push(root);
                }
            }
        }
    }
    cues
}

/// "… account number", "number of the account": the words that name a code.
fn named_codes(described: &[Word]) -> Vec<Word> {
    let is_code = |word: &Word| {
        matches!(word.text.as_str(), "number" | "id" | "code" | "reference" | "nr" | "no" | "numero" | "nummer")
    };
    let mut found = Vec::new();
    for (at, word) in described.iter().enumerate().filter(|(_, word)| is_code(word)) {
        found.extend(at.checked_sub(1).map(|before| described[before].clone()));
        if described.get(at + 1).is_some_and(|next| matches!(next.text.as_str(), "of" | "on")) && !word.breaks {
            found.extend(described[at + 2..].iter().take(4).cloned());
        }
    }
    found
}

/// Whether a saved detail is what the row asks for.
pub fn names_same(detail: &str, field: &GatherField) -> bool {
    if fold(detail) == fold(&field.name) {
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
        &padded(&spaced(&field.name)),
        &[
            "other",
            "company",
            "billing",
            "recipient",
            "payee",
            "guest",
            "new",
            "work",
            "first",
            "last",
            "given",
            "family",
        ],
    );
    own == theirs && matches!(own, Role::Email | Role::Phone | Role::OwnName) && !about_others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, description: &str) -> GatherField {
        GatherField {
            name: name.into(),
            description: description.into(),
            kind: FieldKind::Text,
            choices: Vec::new(),
            required: true,
        }
    }

    #[test]
    fn roles_are_read_from_names_and_descriptions() {
        for (name, description, role, side) in [
            ("email", "", Role::Email, Side::Neither),
            ("full_name", "Customer's full name", Role::OwnName, Side::Neither),
            ("nombre", "", Role::OwnName, Side::Neither),
            ("doctor_name", "Name of the doctor", Role::OtherName, Side::Neither),
            ("beneficiary", "", Role::OtherName, Side::Neither),
            ("shop_name", "", Role::Thing, Side::Neither),
            ("dob", "", Role::Birth, Side::Neither),
            ("return_date", "", Role::Date, Side::End),
            ("checkInDate", "", Role::Date, Side::Start),
            ("flight_number", "", Role::Code, Side::Neither),
            ("number_of_bags", "", Role::Quantity, Side::Neither),
            ("nights", "How many nights", Role::Duration, Side::Neither),
            ("destination", "", Role::Place, Side::End),
            ("from_station", "Station the trip starts at", Role::Place, Side::Start),
            ("plan", "", Role::Kind, Side::Neither),
            ("wheelchair", "Whether a wheelchair is needed", Role::YesNo, Side::Neither),
            ("shipping_address", "", Role::Address, Side::Neither),
            ("issue", "", Role::Story, Side::Neither),
            ("refund_amount", "", Role::Amount, Side::Neither),
            ("hobby", "", Role::Free, Side::Neither),
        ] {
            let field = field(name, description);
            let read = row(&field);
            assert_eq!((read.role, read.side), (role, side), "{name}");
        }
    }

    #[test]
    fn saved_details_are_known_under_other_names() {
        assert!(names_same("email", &field("email_address", "")));
        assert!(!names_same("email", &field("billing_email", "")));
        assert!(!names_same("name", &field("guest_name", "")));
    }
}
