//! What differs between two settings, field by field and line by line. Pure.

use crate::domain::{Example, GatherField, HandoffSettings, OutsideHours};

/// Bound on the product of two texts' line counts that are compared line by line; longer texts are shown whole.
const LINE_PAIRS_MAX: usize = 250_000;

/// One field that differs, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's label on the form.
    pub field: &'static str,
    pub before: String,
    pub after: String,
}

/// How a line came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Removed,
    Added,
}

/// The fields that differ, in the order of the form.
pub fn differences(before: &HandoffSettings, after: &HandoffSettings) -> Vec<Difference> {
    as_text(before)
        .into_iter()
        .zip(as_text(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Difference { field, before, after })
        .collect()
}

/// Every field with its label, as text.
fn as_text(settings: &HandoffSettings) -> [(&'static str, String); 10] {
    let on_off = |is_on: bool| if is_on { "On" } else { "Off" }.to_owned();
    let examples: Vec<String> = settings.examples.iter().map(example_as_text).collect();
    let gather: Vec<String> = settings.gather.iter().map(row_as_text).collect();
    let team = if settings.team.trim().is_empty() { "Everybody" } else { settings.team.trim() };
    [
        ("Enabled", on_off(settings.enabled)),
        ("When to Use", settings.when_to_use.clone()),
        ("Example messages", examples.join("\n")),
        ("Auto-assign priority", on_off(settings.auto_priority)),
        ("Information to Gather", gather.join("\n")),
        ("Team", team.to_owned()),
        ("Most questions", settings.questions_max.to_string()),
        ("Most AI turns", settings.turns_max.to_string()),
        ("Outside office hours", outside_hours_label(settings.outside_hours).to_owned()),
        ("Talk to a person button", on_off(settings.person_button)),
    ]
}

/// The words of the form's menu.
pub fn outside_hours_label(outside_hours: OutsideHours) -> &'static str {
    match outside_hours {
        OutsideHours::HandOff => "Hand off, and say when the team is back",
        OutsideHours::LeaveMessage => "Offer to leave a message",
    }
}

fn example_as_text(example: &Example) -> String {
    let wanted = if example.should_hand_off { "Should hand off" } else { "Should not hand off" };
    format!("{wanted}: {}", example.text)
}

fn row_as_text(row: &GatherField) -> String {
    let required = if row.required { "required" } else { "optional" };
    let mut text = format!("{} ({}, {required})", row.name, row.kind.label());
    if !row.description.is_empty() {
        text.push_str(": ");
        text.push_str(&row.description);
    }
    if !row.choices.is_empty() {
        text.push_str(" [");
        text.push_str(&row.choices.join(", "));
        text.push(']');
    }
    text
}

/// The lines of two texts in one list: a longest common subsequence stays, the rest is removed or added.
pub fn line_diff(before: &str, after: &str) -> Vec<(Mark, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old.len() * new.len() > LINE_PAIRS_MAX {
        let removed = old.into_iter().map(|line| (Mark::Removed, line.to_owned()));
        return removed.chain(new.into_iter().map(|line| (Mark::Added, line.to_owned()))).collect();
    }
    // lengths[i][j]: the longest common subsequence of old[i..] and new[j..].
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i][j] = match old[i] == new[j] {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    let mut lines = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((Mark::Same, old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            lines.push((Mark::Removed, old[i].to_owned()));
            i += 1;
        } else {
            lines.push((Mark::Added, new[j].to_owned()));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::FieldKind;

    #[test]
    fn only_what_differs_is_told_in_the_order_of_the_form() {
        let before = HandoffSettings::default();
        let row = GatherField {
            name: "plan".to_owned(),
            description: "Which plan?".to_owned(),
            kind: FieldKind::OneOf,
            choices: vec!["Free".to_owned(), "Pro".to_owned()],
            required: true,
        };
        let examples = vec![Example { text: "Where is my parcel?".to_owned(), should_hand_off: false }];
        let after = HandoffSettings { enabled: true, examples, gather: vec![row], turns_max: 5, ..before.clone() };
        let told = differences(&before, &after);
        assert_eq!(
            told.iter().map(|difference| difference.field).collect::<Vec<_>>(),
            ["Enabled", "Example messages", "Information to Gather", "Most AI turns"]
        );
        assert_eq!(told[1].after, "Should not hand off: Where is my parcel?");
        assert_eq!(told[2].after, "plan (One of a list, required): Which plan? [Free, Pro]");
        assert_eq!(differences(&after, &after), []);
    }

    #[test]
    fn lines_that_stay_are_kept_and_the_others_are_marked() {
        let lines = line_diff("a\nb\nc", "a\nx\nc\nd");
        let told: Vec<_> = lines.iter().map(|(mark, line)| (*mark, line.as_str())).collect();
        assert_eq!(
            told,
            [(Mark::Same, "a"), (Mark::Removed, "b"), (Mark::Added, "x"), (Mark::Same, "c"), (Mark::Added, "d")]
        );
        assert_eq!(line_diff("", ""), []);
        assert_eq!(line_diff("", "a"), [(Mark::Added, "a".to_owned())]);
    }
}
