//! What the codes of a row look like, read from its name: a card number, a PIN, the name of an account.

use super::words::has_any;

/// What a row's code looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Any,
    Iban,
    CardNumber,
    Zip,
    Pin,
    /// A short number or letter: a room, a gate, a seat.
    Short,
    /// The name of an account: `ana_b_12`.
    Handle,
}

impl Shape {
    /// Whether a code has this shape.
    pub fn fits(self, code: &str) -> bool {
        let digits = code.chars().filter(char::is_ascii_digit).count();
        let all_digits = code.chars().all(|c| c.is_ascii_digit());
        match self {
            Shape::Any => !is_iban(code) && !code.contains('@') && code.chars().count() >= 3,
            Shape::Iban => is_iban(code),
            Shape::CardNumber => all_digits && (12..=19).contains(&digits),
            Shape::Zip => (3..=10).contains(&code.chars().count()) && digits > 0,
            Shape::Pin => all_digits && (3..=8).contains(&digits),
            Shape::Short => code.chars().count() <= 6,
            Shape::Handle => !is_iban(code) && code.chars().count() > 3,
        }
    }
}

fn is_iban(code: &str) -> bool {
    let bytes = code.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

pub(super) fn shape(name: &str, described: &str) -> Shape {
    if has_any(name, &["iban"]) {
        Shape::Iban
    } else if has_any(name, &["card number", "credit card", "debit card", "card no"]) || name.trim() == "card" {
        Shape::CardNumber
    } else if has_any(name, &["zip", "zip code", "postcode", "postal code", "plz"]) {
        Shape::Zip
    } else if has_any(name, &["pin", "pin code", "passcode"]) {
        Shape::Pin
    } else if has_any(name, &["room", "gate", "seat", "table", "zimmer", "apartment number", "floor", "platform"]) {
        Shape::Short
    } else if has_any(name, &["user id", "username", "user name", "login", "handle"])
        || has_any(described, &["username"])
    {
        Shape::Handle
    } else {
        Shape::Any
    }
}
