//! Which rows a message of the AI (or a teammate) asks for. The engine's own questions are remembered by name; what
//! another engine, a person or an earlier version asked is read here.

use super::question_forms::{by_form, own_name};
use super::roles::{Role, Row};
use super::words::{has_any, padded, stem, words};

/// What a message asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The rows it asks for, in the order of the question.
    pub rows: Vec<usize>,
    /// It asks something that is no row.
    pub other: bool,
}

impl Asked {
    pub fn is_anything(&self) -> bool {
        self.other || !self.rows.is_empty()
    }
}

/// Reads a message.
pub fn read(text: &str, rows: &[Row<'_>]) -> Asked {
    let mut asked = Asked::default();
    for sentence in sentences(text) {
        if !asks(sentence) {
            continue;
        }
        let mut found = rows_of(sentence, rows);
        found.sort_by_key(|(place, row)| (*place, *row));
        if found.is_empty() {
            asked.other = true;
        }
        for (_, row) in found {
            if !asked.rows.contains(&row) {
                asked.rows.push(row);
            }
        }
    }
    asked
}

/// Sentences with their final mark.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['?', '!', '\n', ';']).flat_map(|part| part.split(". ")).filter(|part| !part.trim().is_empty())
}

/// Whether a sentence asks for something.
pub fn asks(sentence: &str) -> bool {
    let flat = padded(sentence);
    let signs = [
        "please",
        "provide",
        "tell me",
        "give me",
        "let me know",
        "let us know",
        "i need",
        "ill need",
        "i will need",
        "we need",
        "ill ask",
        "share",
        "enter",
        "confirm your",
        "specify",
        "por favor",
        "podria",
        "bitte",
        "brauche",
        "merci de",
        "indiquer",
        "per favore",
        "mi serve",
        "preciso",
        "graag",
        "what is",
        "whats",
        "which",
        "necesito",
        "j ai besoin",
        "without your",
        "kann ich",
        "geben sie",
        "in order to proceed",
    ];
    let count = words(sentence).len();
    let is_short_list =
        count <= 6 && count > 0 && has_any(&flat, &["number", "name", "pin", "email", "date", "code", "id"]);
    sentence.contains('?')
        || has_any(&flat, &signs)
        || is_short_list && !has_any(&flat, &["is", "are", "was", "im", "thanks"])
}

/// The rows that a sentence asks for, each with the place of its word.
fn rows_of(sentence: &str, rows: &[Row<'_>]) -> Vec<(usize, usize)> {
    let flat = padded(sentence);
    let stems: Vec<String> = words(sentence).iter().map(|word| stem(&word.text)).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let hits: Vec<Option<usize>> = rows.iter().map(|row| by_words(row, &stems, &flat, rows)).collect();
    for (at, row) in rows.iter().enumerate() {
        if let Some(place) = hits[at] {
            found.push((place, at));
            continue;
        }
        // Words of another row of this role say which one is meant.
        let taken = rows.iter().zip(&hits).any(|(other, hit)| hit.is_some() && other.role == row.role);
        if !taken && let Some(place) = by_form(row, &flat, rows) {
            found.push((place, at));
        }
    }
    found
}

/// The row's own words stand in the sentence.
fn by_words(row: &Row<'_>, stems: &[String], flat: &str, rows: &[Row<'_>]) -> Option<usize> {
    if row.role == Role::OwnName {
        return own_name(flat);
    }
    let place = |cue: &String| stems.iter().position(|stem| stem == cue);
    let whole_label = !row.label.is_empty() && row.label.iter().all(|word| stems.contains(word));
    let is_shared = |cue: &String| {
        rows.iter().any(|other| !std::ptr::eq(other, row) && other.cues.contains(cue) && other.role == row.role)
    };
    if whole_label && !row.label.iter().all(is_shared) {
        return row.label.iter().filter_map(place).min();
    }
    let own: Vec<usize> = row.cues.iter().filter(|cue| !is_shared(cue)).filter_map(place).collect();
    // A word that the row is about needs the form of its role, too: "where is the hotel?" asks no hotel's name.
    let fits = match row.role {
        Role::Code => {
            !(has_any(flat, &["why", "where", "when"])
                || flat.contains(" would you like ")
                || flat.contains(" do you want "))
        }
        Role::OtherName => {
            !offers_to_do(flat) && (has_any(flat, &["name", "who", "whom", "whose", "called"]) || own.len() > 1)
        }
        Role::Thing => !offers_to_do(flat),
        Role::Kind => !offers_to_do(flat) && asks_for_kind(flat, row),
        Role::YesNo
        | Role::Free
        | Role::Story
        | Role::Address
        | Role::Email
        | Role::Phone
        | Role::Birth
        | Role::Url => true,
        _ => by_form(row, flat, rows).is_some() || has_any(flat, &["what", "which", "tell me", "provide"]),
    };
    own.iter().min().copied().filter(|_| fits)
}

/// "Shall I play the song?" asks for a yes, not for a name.
fn offers_to_do(flat: &str) -> bool {
    let opens = [
        "should i",
        "shall i",
        "do you want",
        "would you like",
        "want me to",
        "will that",
        "is that",
        "can i help",
        "do you need",
    ];
    has_any(flat, &opens) && !has_any(flat, &["which", "what", "who", "whom", "name of", "where", "how long", "called"])
}

/// "which plan", "what type of car", "is it gold or silver".
fn asks_for_kind(flat: &str, row: &Row<'_>) -> bool {
    let kinds =
        ["type", "kind", "category", "sort", "tier", "level", "size", "colour", "color", "class", "version", "edition"];
    let all: Vec<&str> = flat.split_whitespace().collect();
    let after_which = all.iter().enumerate().any(|(at, word)| {
        matches!(*word, "which" | "what" | "your") && all.get(at + 1).is_some_and(|next| row.cues.contains(&stem(next)))
    });
    has_any(flat, &kinds) || after_which || has_any(flat, &["or"])
}

#[cfg(test)]
mod tests {
    use super::super::roles;
    use super::*;
    use crate::domain::{FieldKind, GatherField};

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
    fn the_rows_of_a_question_are_read() {
        let fields = [
            field("full_name", ""),
            field("order_number", "The order or purchase number"),
            field("mothers_maiden_name", ""),
            field("from_city", "City the trip starts in"),
            field("to_city", "City the trip ends in"),
            field("travel_date", ""),
            field("guests", "How many guests"),
            field("email", ""),
        ];
        let rows = roles::rows(&fields);
        let names = |text: &str| -> Vec<&str> {
            read(text, &rows).rows.into_iter().map(|row| fields[row].name.as_str()).collect()
        };
        for (text, expected) in [
            ("May I have your name, please?", &["full_name"][..]),
            ("Could you give me your order number?", &["order_number"]),
            ("Thanks! And your purchase number, please.", &["order_number"]),
            ("What was your mother's maiden name?", &["mothers_maiden_name"]),
            ("Where are you leaving from?", &["from_city"]),
            ("Where would you like to go?", &["to_city"]),
            ("Where are you coming from and where are you going to?", &["from_city", "to_city"]),
            ("When do you want to travel?", &["travel_date"]),
            ("How many are you?", &["guests"]),
            ("Your email and order number please", &["email", "order_number"]),
            ("I see. That is good to know.", &[]),
            ("Do you like the colour?", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        assert!(read("Do you like the colour?", &rows).other);
        assert!(!read("All right.", &rows).is_anything());
    }
}
