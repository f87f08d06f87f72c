//! The Human Handoff action: its settings, their limits and their validation (PRODUCT.md §2). The same
//! validation runs in the browser and on the server.

use super::{FieldError, Priority};
use serde::{Deserialize, Serialize};

/// The longest "When to Use" text, in characters.
pub const WHEN_TO_USE_CHARS_MAX: usize = 8_000;
/// The most rows under "Information to Gather".
pub const GATHER_ROWS_MAX: usize = 20;
/// The longest name of a value to gather, in characters.
pub const GATHER_NAME_CHARS_MAX: usize = 64;
/// The longest description of a value to gather, in characters.
pub const GATHER_DESCRIPTION_CHARS_MAX: usize = 300;
/// The most choices of a "one of a list" value.
pub const GATHER_CHOICES_MAX: usize = 50;
/// The bounds of "most questions asked while gathering".
pub const QUESTIONS_MAX_RANGE: std::ops::RangeInclusive<i64> = 0..=10;
/// The bounds of "most AI turns before a human is offered".
pub const TURNS_MAX_RANGE: std::ops::RangeInclusive<i64> = 1..=100;
/// The longest team name, in characters.
pub const TEAM_CHARS_MAX: usize = 60;

/// The most example messages.
pub const EXAMPLES_MAX: usize = 50;
/// The longest example message, in characters.
pub const EXAMPLE_CHARS_MAX: usize = 500;

/// Everything an admin sets on the Human Handoff action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffSettings {
    /// Off: the AI agent never hands off by itself.
    pub enabled: bool,
    /// Free text: triggers, exclusions, pre-handoff behaviour, guidance.
    pub when_to_use: String,
    /// Messages with what is wanted for them; a message that is nearly the same is decided by its example.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// On: a handoff carries a priority with its reason.
    pub auto_priority: bool,
    /// What to find out before handing off, in the order of asking.
    pub gather: Vec<GatherField>,
    /// The team to hand to; empty: everybody.
    pub team: String,
    /// Most questions asked while gathering, 0 to 10.
    pub questions_max: i64,
    /// Most AI turns before a human is offered, 1 to 100.
    pub turns_max: i64,
    /// What happens outside office hours.
    pub outside_hours: OutsideHours,
    /// The "Talk to a person" button in the widget.
    pub person_button: bool,
}

impl Default for HandoffSettings {
    fn default() -> Self {
        Self {
            enabled: false,
            when_to_use: String::new(),
            examples: Vec::new(),
            auto_priority: false,
            gather: Vec::new(),
            team: String::new(),
            questions_max: 3,
            turns_max: 10,
            outside_hours: OutsideHours::HandOff,
            person_button: true,
        }
    }
}

/// A customer's message with what the admin wants for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// As a customer writes it.
    pub text: String,
    pub should_hand_off: bool,
}

/// What the AI agent does when the office is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsideHours {
    /// Hand off and say when the team is back.
    HandOff,
    /// Offer to leave a message.
    LeaveMessage,
}

/// One row of "Information to Gather".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatherField {
    /// Letter first, then letters, digits and `_`; up to 64.
    pub name: String,
    /// What to ask for, in the admin's words.
    pub description: String,
    pub kind: FieldKind,
    /// For [`FieldKind::OneOf`]: the choices; otherwise empty.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Required values are asked for; optional ones are taken when they are said.
    pub required: bool,
}

/// The type of a value to gather.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    Email,
    Phone,
    Number,
    Date,
    Url,
    OneOf,
}

impl FieldKind {
    /// Every kind, in the order of the form's menu.
    pub const ALL: [FieldKind; 7] = [
        FieldKind::Text,
        FieldKind::Email,
        FieldKind::Phone,
        FieldKind::Number,
        FieldKind::Date,
        FieldKind::Url,
        FieldKind::OneOf,
    ];

    /// The word used in forms and stored settings.
    pub fn as_str(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Email => "email",
            FieldKind::Phone => "phone",
            FieldKind::Number => "number",
            FieldKind::Date => "date",
            FieldKind::Url => "url",
            FieldKind::OneOf => "one_of",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<FieldKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The words of the form's menu.
    pub fn label(self) -> &'static str {
        match self {
            FieldKind::Text => "Text",
            FieldKind::Email => "Email",
            FieldKind::Phone => "Phone",
            FieldKind::Number => "Number",
            FieldKind::Date => "Date",
            FieldKind::Url => "Web address",
            FieldKind::OneOf => "One of a list",
        }
    }
}

impl HandoffSettings {
    /// Checks every field. Field names in the errors: `when_to_use`, `examples`, `examples.N.text`, `gather`,
    /// `gather.N.name`, `gather.N.description`, `gather.N.choices`, `team`, `questions_max`, `turns_max`
    /// (N counts rows from 0).
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut report = |field: String, message: String| errors.push(FieldError { field, message });

        let length = self.when_to_use.chars().count();
        if length > WHEN_TO_USE_CHARS_MAX {
            report(
                "when_to_use".into(),
                format!("This is {length} characters long. Shorten it to {WHEN_TO_USE_CHARS_MAX} or fewer."),
            );
        }
        if self.examples.len() > EXAMPLES_MAX {
            report("examples".into(), format!("Keep {EXAMPLES_MAX} examples or fewer."));
        }
        for (row, example) in self.examples.iter().enumerate() {
            let length = example.text.chars().count();
            let said = example.said();
            if said.is_empty() {
                report(format!("examples.{row}.text"), "Write the customer's message, or remove this row.".into());
            } else if length > EXAMPLE_CHARS_MAX {
                report(
                    format!("examples.{row}.text"),
                    format!("This is {length} characters long. Shorten it to {EXAMPLE_CHARS_MAX} or fewer."),
                );
            } else if let Some(other) = self.examples[..row].iter().find(|other| other.said() == said) {
                let message = match other.should_hand_off == example.should_hand_off {
                    true => "This message is an example already. Remove one of the two.",
                    false => "Another example wants the opposite for this message. Remove one of the two.",
                };
                report(format!("examples.{row}.text"), message.into());
            }
        }
        if self.team.chars().count() > TEAM_CHARS_MAX {
            report("team".into(), format!("Use {TEAM_CHARS_MAX} characters or fewer."));
        }
        if !QUESTIONS_MAX_RANGE.contains(&self.questions_max) {
            report("questions_max".into(), "Enter a whole number from 0 to 10.".into());
        }
        if !TURNS_MAX_RANGE.contains(&self.turns_max) {
            report("turns_max".into(), "Enter a whole number from 1 to 100.".into());
        }
        if self.gather.len() > GATHER_ROWS_MAX {
            report("gather".into(), format!("Ask for {GATHER_ROWS_MAX} things or fewer."));
        }
        for (row, field) in self.gather.iter().enumerate() {
            if let Some(message) = field.name_error() {
                report(format!("gather.{row}.name"), message);
            } else if self.gather[..row].iter().any(|other| other.name.eq_ignore_ascii_case(&field.name)) {
                report(
                    format!("gather.{row}.name"),
                    format!("Another row is already called {}. Choose another name.", field.name),
                );
            }
            if field.description.chars().count() > GATHER_DESCRIPTION_CHARS_MAX {
                report(
                    format!("gather.{row}.description"),
                    format!("Use {GATHER_DESCRIPTION_CHARS_MAX} characters or fewer."),
                );
            }
            if field.kind == FieldKind::OneOf {
                let filled = field.choices.iter().filter(|choice| !choice.trim().is_empty()).count();
                if filled < 2 || field.choices.len() > GATHER_CHOICES_MAX {
                    report(
                        format!("gather.{row}.choices"),
                        format!("List between 2 and {GATHER_CHOICES_MAX} choices, one a line."),
                    );
                }
            }
        }
        errors
    }

    /// The names of the required values, in the order of asking.
    pub fn required_names(&self) -> impl Iterator<Item = &str> {
        self.gather.iter().filter(|field| field.required).map(|field| field.name.as_str())
    }
}

impl Example {
    /// The message as it is compared with others.
    fn said(&self) -> String {
        self.text.trim().to_lowercase()
    }
}

impl GatherField {
    fn name_error(&self) -> Option<String> {
        let mut letters = self.name.chars();
        match letters.next() {
            None => return Some("Give this a name, such as order_number.".into()),
            Some(first) if !first.is_ascii_alphabetic() => return Some("Start the name with a letter.".into()),
            Some(_) => {}
        }
        if let Some(odd) = letters.find(|c| !(c.is_ascii_alphanumeric() || *c == '_')) {
            return Some(format!("Use letters, digits and _ only; “{odd}” can't be part of a name."));
        }
        (self.name.len() > GATHER_NAME_CHARS_MAX).then(|| format!("Use {GATHER_NAME_CHARS_MAX} characters or fewer."))
    }
}

/// Describes what differs between two settings, for the history: "enabled, When to Use".
pub fn describe_change(before: &HandoffSettings, after: &HandoffSettings) -> String {
    let mut parts = Vec::new();
    if before.enabled != after.enabled {
        parts.push(if after.enabled { "Enabled" } else { "Disabled" });
    }
    let differences = [
        (before.when_to_use != after.when_to_use, "When to Use"),
        (before.examples != after.examples, "Example messages"),
        (before.auto_priority != after.auto_priority, "Auto-assign priority"),
        (before.gather != after.gather, "Information to Gather"),
        (before.team != after.team, "Team"),
        (before.questions_max != after.questions_max, "Most questions"),
        (before.turns_max != after.turns_max, "Most AI turns"),
        (before.outside_hours != after.outside_hours, "Outside office hours"),
        (before.person_button != after.person_button, "Talk to a person button"),
    ];
    parts.extend(differences.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name));
    if parts.is_empty() { "Nothing changed".into() } else { parts.join(", ") }
}

/// A priority with the reason given for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityWithReason {
    pub priority: Priority,
    /// One line.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_examples(examples: &[(&str, bool)]) -> HandoffSettings {
        let examples = examples
            .iter()
            .map(|(text, should_hand_off)| Example { text: (*text).to_owned(), should_hand_off: *should_hand_off })
            .collect();
        HandoffSettings { examples, ..HandoffSettings::default() }
    }

    #[test]
    fn settings_stored_before_there_were_examples_have_none() {
        let mut stored = serde_json::to_value(HandoffSettings::default()).unwrap();
        stored.as_object_mut().unwrap().remove("examples");
        assert_eq!(serde_json::from_value::<HandoffSettings>(stored).unwrap(), HandoffSettings::default());
    }

    #[test]
    fn each_wrong_example_is_named() {
        let long = "é".repeat(EXAMPLE_CHARS_MAX + 1);
        let settings =
            with_examples(&[("Refund, please", true), ("  ", true), (&long, false), ("refund, PLEASE ", false)]);
        let errors = settings.validate();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["examples.1.text", "examples.2.text", "examples.3.text"]);
        assert!(errors[2].message.contains("the opposite"));
        let many: Vec<String> = (0..=EXAMPLES_MAX).map(|n| format!("message {n}")).collect();
        let many: Vec<(&str, bool)> = many.iter().map(|text| (text.as_str(), true)).collect();
        assert_eq!(with_examples(&many).validate()[0].field, "examples");
        assert_eq!(with_examples(&many[1..]).validate(), []);
    }
}
