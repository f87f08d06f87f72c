//! Whether a value fits the type of its row, and which of a list was chosen.

use super::calendar;
use super::scan;
use super::spoken;
use super::words::{fold, has_any, padded, stem, words};
use crate::domain::{FieldKind, GatherField};

/// Whether a value fits the field's type.
pub fn is_valid(field: &GatherField, value: &str) -> bool {
    let value = value.trim();
    !value.is_empty()
        && match field.kind {
            FieldKind::Text => value.chars().any(char::is_alphanumeric),
            FieldKind::Email => scan::is_email(value),
            FieldKind::Phone => {
                let digits = value.chars().filter(char::is_ascii_digit).count();
                (7..=15).contains(&digits.max(if digits == 0 { spoken::symbols(value) } else { 0 }))
            }
            FieldKind::Number => {
                !scan::numbers(value).is_empty() || !scan::codes(value).is_empty() || spoken::symbols(value) > 0
            }
            FieldKind::Date => !calendar::dates(value).is_empty(),
            FieldKind::Url => scan::is_url(value),
            FieldKind::OneOf => field.choices.iter().any(|choice| fold(choice.trim()) == fold(value)),
        }
}

/// The choice that stands in the text as whole words, then one whose words all stand there in another form, then
/// "the second one" as an answer. The longest when several do, none when two differ.
pub fn choice(field: &GatherField, text: &str, is_asked: bool) -> Option<String> {
    let flat = padded(text);
    let stems: Vec<String> = words(text).iter().map(|word| stem(&word.text)).collect();
    let whole = |choice: &&String| !padded(choice).trim().is_empty() && has_any(&flat, &[padded(choice).trim()]);
    let stemmed = |choice: &&String| {
        let wanted: Vec<String> = words(choice).iter().map(|word| stem(&word.text)).collect();
        !wanted.is_empty() && wanted.iter().all(|word| stems.contains(word))
    };
    for fits in [&whole as &dyn Fn(&&String) -> bool, &stemmed] {
        let mut found: Vec<&String> = field.choices.iter().filter(fits).collect();
        found.sort_by_key(|choice| std::cmp::Reverse(choice.len()));
        if let [longest, others @ ..] = found.as_slice() {
            let inside = |other: &&String| padded(longest).contains(padded(other).trim());
            return others.iter().all(inside).then(|| longest.trim().to_owned());
        }
    }
    const ORDINALS: &[&[&str]] = &[
        &["first", "1", "1st", "primero", "primera", "premier", "premiere", "erste", "primo", "prima", "eerste"],
        &["second", "2", "2nd", "segundo", "segunda", "deuxieme", "zweite", "secondo", "seconda", "tweede"],
        &["third", "3", "3rd", "tercero", "tercera", "troisieme", "dritte", "terzo", "terza", "derde"],
        &["fourth", "4", "4th", "cuarto", "quatrieme", "vierte", "quarto", "vierde"],
    ];
    if !is_asked || words(text).len() > 5 {
        return None;
    }
    if has_any(&flat, &["last", "ultimo", "dernier", "letzte", "laatste"]) {
        return field.choices.last().map(|choice| choice.trim().to_owned());
    }
    let place = ORDINALS.iter().position(|names| has_any(&flat, names))?;
    field.choices.get(place).map(|choice| choice.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_list_is_chosen_by_its_words_or_its_place() {
        let field = GatherField {
            name: "size".into(),
            description: String::new(),
            kind: FieldKind::OneOf,
            choices: vec!["Small".into(), "Medium box".into(), "Large boxes".into()],
            required: true,
        };
        for (text, is_asked, expected) in [
            ("the small one please", false, Some("Small")),
            ("a large box", false, Some("Large boxes")),
            ("the second one", true, Some("Medium box")),
            ("the last", true, Some("Large boxes")),
            ("the second one", false, None),
            ("small or medium box?", false, None),
        ] {
            assert_eq!(choice(&field, text, is_asked).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn values_fit_their_type() {
        let field = |kind| GatherField {
            name: "x".into(),
            description: String::new(),
            kind,
            choices: Vec::new(),
            required: true,
        };
        for (kind, value, expected) in [
            (FieldKind::Phone, "+44 20 7946 0958", true),
            (FieldKind::Phone, "five five five one two three four", true),
            (FieldKind::Phone, "12345", false),
            (FieldKind::Number, "three", true),
            (FieldKind::Number, "many", false),
            (FieldKind::Date, "second of June", true),
            (FieldKind::Date, "soon", false),
            (FieldKind::Email, "ana@example.com", true),
            (FieldKind::Url, "shop.example.com", true),
        ] {
            assert_eq!(is_valid(&field(kind), value), expected, "{value}");
        }
    }
}
