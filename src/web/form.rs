//! Reading the Edit Human Handoff form as a browser posts it without scripts: flat fields into the action's settings.

use super::plain_form::read_version;
use crate::domain::action::{EXAMPLES_MAX, GATHER_ROWS_MAX, QUESTIONS_MAX_RANGE, TURNS_MAX_RANGE};
use crate::domain::{Example, FieldError, FieldKind, GatherField, HandoffSettings, OutsideHours};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What was posted.
#[derive(Debug, PartialEq)]
pub struct Posted {
    pub settings: HandoffSettings,
    /// The version that the form was loaded at.
    pub version: i64,
    /// The message to be tried; no setting.
    pub try_message: String,
    /// A button other than Save.
    pub op: Option<Op>,
    /// What can't be kept in the settings at all, such as letters in a number.
    pub errors: Vec<FieldError>,
}

/// What a button does; nothing is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    AddRow,
    RemoveRow(usize),
    Up(usize),
    Down(usize),
    AddExample,
    RemoveExample(usize),
    /// Shows what would be done with the message to be tried; the settings stay as they are.
    TryMessage,
}

/// Reads the form.
///
/// # Errors
/// A sentence that says what is wrong, for what no browser sends.
pub fn read(fields: Vec<(String, String)>) -> Result<Posted, String> {
    let mut form = Form::default();
    for (name, value) in fields {
        form.take(name, value)?;
    }
    form.finish()
}

#[derive(Default)]
struct Form {
    plain: BTreeMap<String, String>,
    rows: BTreeMap<usize, Row>,
    examples: BTreeMap<usize, Row>,
}

#[derive(Default)]
struct Row(BTreeMap<String, String>);

const PLAIN: [&str; 11] = [
    "version",
    "enabled",
    "when_to_use",
    "auto_priority",
    "team",
    "questions_max",
    "turns_max",
    "outside_hours",
    "person_button",
    "op",
    "try_message",
];
const IN_ROW: [&str; 5] = ["name", "description", "kind", "choices", "required"];
const IN_EXAMPLE: [&str; 2] = ["text", "wanted"];

impl Form {
    fn take(&mut self, name: String, value: String) -> Result<(), String> {
        let before = if PLAIN.contains(&name.as_str()) {
            self.plain.insert(name.clone(), value)
        } else if let Some((row, field)) = in_row(&name, "gather.", &IN_ROW) {
            if row > GATHER_ROWS_MAX {
                return Err(format!("The form has more than {GATHER_ROWS_MAX} rows to gather."));
            }
            self.rows.entry(row).or_default().0.insert(field.to_owned(), value)
        } else if let Some((row, field)) = in_row(&name, "examples.", &IN_EXAMPLE) {
            if row > EXAMPLES_MAX {
                return Err(format!("The form has more than {EXAMPLES_MAX} examples."));
            }
            self.examples.entry(row).or_default().0.insert(field.to_owned(), value)
        } else {
            return Err(format!("The form has no field “{}”.", shortened(&name)));
        };
        match before {
            Some(_) => Err(format!("The field “{}” came twice.", shortened(&name))),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Posted, String> {
        let version = read_version(self.plain.remove("version"))?;
        let op = self.plain.remove("op").map(|op| read_op(&op)).transpose()?;
        let try_message = self.plain.remove("try_message").unwrap_or_default();
        let mut errors = Vec::new();
        let before = HandoffSettings::default();
        let outside_hours = match self.plain.get("outside_hours").map(String::as_str) {
            None | Some("hand_off") => OutsideHours::HandOff,
            Some("leave_message") => OutsideHours::LeaveMessage,
            Some(_) => return Err("The field “outside_hours” is neither hand_off nor leave_message.".to_owned()),
        };
        let settings = HandoffSettings {
            enabled: self.plain.contains_key("enabled"),
            auto_priority: self.plain.contains_key("auto_priority"),
            person_button: self.plain.contains_key("person_button"),
            questions_max: self.number("questions_max", before.questions_max, &QUESTIONS_MAX_RANGE, &mut errors),
            turns_max: self.number("turns_max", before.turns_max, &TURNS_MAX_RANGE, &mut errors),
            // Forms send line ends as two characters.
            when_to_use: self.plain.remove("when_to_use").unwrap_or_default().replace("\r\n", "\n"),
            examples: self.examples.into_values().map(Row::finish_example).collect::<Result<_, _>>()?,
            team: self.plain.remove("team").unwrap_or_default(),
            outside_hours,
            gather: self.rows.into_values().map(Row::finish).collect::<Result<_, _>>()?,
        };
        Ok(Posted { settings, version, try_message, op, errors })
    }

    fn number(&self, name: &str, default: i64, range: &RangeInclusive<i64>, errors: &mut Vec<FieldError>) -> i64 {
        let Some(text) = self.plain.get(name) else { return default };
        text.trim().parse().unwrap_or_else(|_| {
            let message = format!("Enter a whole number from {} to {}.", range.start(), range.end());
            errors.push(FieldError::new(name, message));
            default
        })
    }
}

impl Row {
    fn finish(mut self) -> Result<GatherField, String> {
        let mut text = |name: &str| self.0.remove(name).unwrap_or_default();
        let kind = text("kind");
        let kind = if kind.is_empty() { Some(FieldKind::Text) } else { FieldKind::parse(&kind) };
        Ok(GatherField {
            name: text("name").trim().to_owned(),
            description: text("description"),
            kind: kind.ok_or("A row has a type that does not exist.")?,
            choices: text("choices")
                .lines()
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect(),
            required: self.0.contains_key("required"),
        })
    }

    fn finish_example(mut self) -> Result<Example, String> {
        let should_hand_off = match self.0.get("wanted").map(String::as_str) {
            None | Some("hand_off") => true,
            Some("stay") => false,
            Some(_) => return Err("An example wants neither hand_off nor stay.".to_owned()),
        };
        let text = self.0.remove("text").unwrap_or_default().replace("\r\n", "\n");
        Ok(Example { text, should_hand_off })
    }
}

/// `gather.2.name` is the field `name` of row 2.
fn in_row<'a>(name: &'a str, prefix: &str, fields: &[&str]) -> Option<(usize, &'a str)> {
    let (row, field) = name.strip_prefix(prefix)?.split_once('.')?;
    Some((row.parse().ok()?, field)).filter(|(_, field)| fields.contains(field))
}

fn read_op(op: &str) -> Result<Op, String> {
    let unknown = || format!("There is no button “{}”.", shortened(op));
    match op {
        "add_row" => return Ok(Op::AddRow),
        "add_example" => return Ok(Op::AddExample),
        "try_message" => return Ok(Op::TryMessage),
        _ => {}
    }
    let (what, row) = op.split_once('.').ok_or_else(unknown)?;
    let row = row.parse().map_err(|_| unknown())?;
    match what {
        "remove_row" => Ok(Op::RemoveRow(row)),
        "remove_example" => Ok(Op::RemoveExample(row)),
        "up" => Ok(Op::Up(row)),
        "down" => Ok(Op::Down(row)),
        _ => Err(unknown()),
    }
}

impl Op {
    /// Changes the rows. A row that is not there, or at the edge already, changes nothing.
    pub fn apply(self, settings: &mut HandoffSettings) {
        let (rows, examples) = (&mut settings.gather, &mut settings.examples);
        match self {
            Op::AddRow if rows.len() < GATHER_ROWS_MAX => rows.push(GatherField {
                name: String::new(),
                description: String::new(),
                kind: FieldKind::Text,
                choices: Vec::new(),
                required: true,
            }),
            Op::RemoveRow(row) if row < rows.len() => {
                rows.remove(row);
            }
            Op::Up(row) if row > 0 && row < rows.len() => rows.swap(row - 1, row),
            Op::Down(row) if row + 1 < rows.len() => rows.swap(row, row + 1),
            Op::AddExample if examples.len() < EXAMPLES_MAX => {
                examples.push(Example { text: String::new(), should_hand_off: true });
            }
            Op::RemoveExample(row) if row < examples.len() => {
                examples.remove(row);
            }
            _ => {}
        }
    }
}

/// What came from outside, short enough to be said again.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn row(name: &str) -> GatherField {
        GatherField {
            name: name.into(),
            description: String::new(),
            kind: FieldKind::Text,
            choices: vec![],
            required: false,
        }
    }

    #[test]
    fn a_whole_form_becomes_settings() {
        let posted = read(fields(&[
            ("version", "4"),
            ("enabled", "on"),
            ("when_to_use", "Refunds.\r\nNot shipping."),
            ("questions_max", "2"),
            ("turns_max", "7"),
            ("outside_hours", "leave_message"),
            ("team", "Billing"),
            ("gather.0.name", "order"),
            ("gather.0.kind", "one_of"),
            ("gather.0.choices", "a\r\n\r\n b "),
            ("gather.0.required", "on"),
            ("gather.3.name", "email"),
            ("examples.0.text", "Where is my refund?"),
            ("examples.0.wanted", "stay"),
            ("examples.4.text", "I was\r\ncharged twice"),
            ("try_message", "Hello"),
        ]))
        .unwrap();
        assert_eq!((posted.version, posted.op), (4, None));
        assert_eq!(posted.try_message, "Hello");
        let settings = posted.settings;
        assert!(settings.enabled && !settings.auto_priority && !settings.person_button);
        assert_eq!(settings.when_to_use, "Refunds.\nNot shipping.");
        assert_eq!((settings.questions_max, settings.turns_max), (2, 7));
        assert_eq!(settings.gather[0].choices, ["a", "b"]);
        assert!(settings.gather[0].required);
        assert_eq!(settings.gather[1], row("email"));
        let examples: Vec<_> = settings.examples.iter().map(|e| (e.text.as_str(), e.should_hand_off)).collect();
        assert_eq!(examples, [("Where is my refund?", false), ("I was\ncharged twice", true)]);
    }

    #[test]
    fn what_no_browser_sends_is_named() {
        let wrong = |list: &[(&str, &str)]| read(fields(list)).unwrap_err();
        assert!(wrong(&[]).contains("version"));
        assert!(wrong(&[("version", "x")]).contains("not a number"));
        assert!(wrong(&[("version", "1"), ("verson", "1")]).contains("verson"));
        assert!(wrong(&[("version", "1"), ("team", "a"), ("team", "b")]).contains("twice"));
        assert!(wrong(&[("version", "1"), ("gather.99999.name", "a")]).contains("rows"));
        assert!(wrong(&[("version", "1"), ("gather.0.colour", "a")]).contains("colour"));
        assert!(wrong(&[("version", "1"), ("gather.0.kind", "blob")]).contains("type"));
        assert!(wrong(&[("version", "1"), ("examples.51.text", "a")]).contains("examples"));
        assert!(wrong(&[("version", "1"), ("examples.0.wanted", "both")]).contains("wants"));
        assert!(wrong(&[("version", "1"), ("op", "explode.1")]).contains("explode"));
        assert!(wrong(&[("version", "1"), ("outside_hours", "never")]).contains("outside_hours"));
    }

    #[test]
    fn letters_in_a_number_are_an_error_beside_it() {
        let posted = read(fields(&[("version", "1"), ("turns_max", "many")])).unwrap();
        assert_eq!(posted.errors[0].field, "turns_max");
    }

    #[test]
    fn buttons_change_the_rows_and_never_go_beyond_them() {
        let mut settings = HandoffSettings { gather: vec![row("a"), row("b")], ..HandoffSettings::default() };
        for (op, names) in [
            (Op::Down(0), "b a"),
            (Op::Down(1), "b a"),
            (Op::Up(1), "a b"),
            (Op::Up(0), "a b"),
            (Op::Up(9), "a b"),
            (Op::RemoveRow(7), "a b"),
            (Op::RemoveRow(0), "b"),
            (Op::AddRow, "b "),
        ] {
            op.apply(&mut settings);
            let found: Vec<&str> = settings.gather.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(found.join(" "), names, "{op:?}");
        }
        for (op, count) in
            [(Op::RemoveExample(0), 0), (Op::AddExample, 1), (Op::RemoveExample(1), 1), (Op::TryMessage, 1)]
        {
            op.apply(&mut settings);
            assert_eq!(settings.examples.len(), count, "{op:?}");
        }
    }
}
