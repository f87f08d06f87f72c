//! The Edit page's form: what is typed, what is stored, what is wrong. Validation is the domain's; this only knows which
//! control an error belongs to and when it is shown.

use super::diff::differences;
use crate::domain::action::EXAMPLES_MAX;
use crate::domain::{Example, FieldError, FieldKind, GatherField, HandoffSettings, OutsideHours};
use crate::wire::action::EditHandoff;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// As long as a slow click takes.
const LEFT_PAUSE_MS: u64 = 250;

/// The form.
#[derive(Clone, Copy)]
pub struct Form {
    pub controls: Controls,
    /// What the server holds; `None` after a plain form post that failed, when only the version is known.
    pub stored: RwSignal<Option<HandoffSettings>>,
    /// The version that saving compares.
    pub version: RwSignal<i64>,
    /// The errors of every control, by its id.
    errors: Memo<BTreeMap<String, String>>,
    /// Controls that were left, by id: their errors are shown.
    left: RwSignal<BTreeSet<String>>,
    /// Saving was tried: every error is shown.
    shows_all: RwSignal<bool>,
    next_key: StoredValue<u32>,
    owner: StoredValue<Option<Owner>>,
}

/// What stands in the controls. Numbers are kept as they are typed.
#[derive(Clone, Copy)]
pub struct Controls {
    pub enabled: RwSignal<bool>,
    pub when_to_use: RwSignal<String>,
    pub examples: RwSignal<Vec<ExampleRow>>,
    pub auto_priority: RwSignal<bool>,
    pub rows: RwSignal<Vec<Row>>,
    pub team: RwSignal<String>,
    pub questions_max: RwSignal<String>,
    pub turns_max: RwSignal<String>,
    pub outside_hours: RwSignal<OutsideHours>,
    pub person_button: RwSignal<bool>,
}

/// One row of Information to Gather. The key stays with it wherever it moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub key: u32,
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub kind: RwSignal<FieldKind>,
    /// One choice a line.
    pub choices: RwSignal<String>,
    pub required: RwSignal<bool>,
}

/// One example message. The key stays with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExampleRow {
    pub key: u32,
    pub text: RwSignal<String>,
    pub should_hand_off: RwSignal<bool>,
}

impl Form {
    /// The form as it was loaded.
    pub fn new(loaded: &EditHandoff) -> Self {
        let is_posted = !loaded.errors.is_empty() || loaded.conflict.is_some();
        let controls = Controls::new(&loaded.settings);
        Self {
            controls,
            stored: RwSignal::new((!is_posted).then(|| loaded.settings.clone())),
            version: RwSignal::new(loaded.version),
            errors: Memo::new(move |_| errors_by_id(&controls)),
            left: RwSignal::new(BTreeSet::new()),
            shows_all: RwSignal::new(!loaded.errors.is_empty()),
            next_key: StoredValue::new(loaded.settings.gather.len().max(loaded.settings.examples.len()) as u32),
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// What is typed, as settings.
    pub fn settings(self) -> HandoffSettings {
        self.controls.read()
    }

    /// Puts settings into the form.
    pub fn fill(self, settings: &HandoffSettings) {
        let controls = self.controls;
        controls.enabled.set(settings.enabled);
        controls.when_to_use.set(settings.when_to_use.clone());
        controls.examples.set(settings.examples.iter().map(|example| self.new_example(example)).collect());
        controls.auto_priority.set(settings.auto_priority);
        controls.rows.set(settings.gather.iter().map(|field| self.new_row(field)).collect());
        controls.team.set(settings.team.clone());
        controls.questions_max.set(settings.questions_max.to_string());
        controls.turns_max.set(settings.turns_max.to_string());
        controls.outside_hours.set(settings.outside_hours);
        controls.person_button.set(settings.person_button);
        self.shows_all.set(false);
        self.left.update(BTreeSet::clear);
    }

    /// A row of its own that lives as long as the form.
    pub fn new_row(self, field: &GatherField) -> Row {
        self.keyed(|key| Row::new(key, field))
    }

    /// An example that lives as long as the form.
    pub fn new_example(self, example: &Example) -> ExampleRow {
        self.keyed(|key| ExampleRow::new(key, example))
    }

    fn keyed<T>(self, make: impl FnOnce(u32) -> T) -> T {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        match self.owner.get_value() {
            Some(owner) => owner.with(|| make(key)),
            None => make(key),
        }
    }

    /// Adds an example, if there is room for one more.
    pub fn add_example(self, example: &Example) -> Option<ExampleRow> {
        if self.controls.examples.with_untracked(Vec::len) >= EXAMPLES_MAX {
            return None;
        }
        let row = self.new_example(example);
        self.controls.examples.update(|rows| rows.push(row));
        Some(row)
    }

    /// The labels of the fields that differ from what is stored.
    pub fn changes(self) -> Vec<String> {
        let settings = self.settings();
        self.stored.with(|stored| match stored {
            Some(stored) => differences(stored, &settings).into_iter().map(|d| d.field.to_owned()).collect(),
            None => vec!["what you typed".to_owned()],
        })
    }

    /// The error that is shown beside the control `id`.
    pub fn error(self, id: impl Into<String>) -> Signal<Option<String>> {
        let id = id.into();
        Signal::derive(move || {
            let is_shown = self.shows_all.get() || self.left.with(|left| left.contains(&id));
            if is_shown { self.errors.with(|errors| errors.get(&id).cloned()) } else { None }
        })
    }

    /// The control `id` was left: what is wrong with it is shown from now on, once the click that left it has arrived. Shown
    /// at once it would move the button from under the pointer.
    pub fn leave(self, id: &str) {
        let id = id.to_owned();
        let show = move || {
            self.left.try_update(|left| left.insert(id));
        };
        set_timeout(show, Duration::from_millis(LEFT_PAUSE_MS));
    }

    /// Shows every error; answers with the ids of the controls that have one.
    pub fn show_all(self) -> Vec<String> {
        self.shows_all.set(true);
        self.errors.with_untracked(|errors| errors.keys().cloned().collect())
    }

    /// Saved: what is typed is what the server holds.
    pub fn saved(self, settings: HandoffSettings, version: i64) {
        self.stored.set(Some(settings));
        self.version.set(version);
        self.shows_all.set(false);
        self.left.update(BTreeSet::clear);
    }
}

impl Controls {
    fn new(settings: &HandoffSettings) -> Self {
        let rows = settings.gather.iter().zip(0..).map(|(field, key)| Row::new(key, field)).collect();
        let examples = settings.examples.iter().zip(0..).map(|(this, key)| ExampleRow::new(key, this)).collect();
        Self {
            enabled: RwSignal::new(settings.enabled),
            when_to_use: RwSignal::new(settings.when_to_use.clone()),
            examples: RwSignal::new(examples),
            auto_priority: RwSignal::new(settings.auto_priority),
            rows: RwSignal::new(rows),
            team: RwSignal::new(settings.team.clone()),
            questions_max: RwSignal::new(settings.questions_max.to_string()),
            turns_max: RwSignal::new(settings.turns_max.to_string()),
            outside_hours: RwSignal::new(settings.outside_hours),
            person_button: RwSignal::new(settings.person_button),
        }
    }

    /// Everything as it is typed, followed.
    pub fn read(&self) -> HandoffSettings {
        // What is not a number is out of every range, so that validation explains it.
        let number = |text: RwSignal<String>| text.with(|text| text.trim().parse().unwrap_or(-1));
        HandoffSettings {
            enabled: self.enabled.get(),
            when_to_use: self.when_to_use.get(),
            examples: self.examples(),
            auto_priority: self.auto_priority.get(),
            gather: self.rows.with(|rows| rows.iter().map(|row| row.read()).collect()),
            team: self.team.with(|team| team.trim().to_owned()),
            questions_max: number(self.questions_max),
            turns_max: number(self.turns_max),
            outside_hours: self.outside_hours.get(),
            person_button: self.person_button.get(),
        }
    }
}

impl Controls {
    /// The examples as they are typed, followed.
    pub fn examples(&self) -> Vec<Example> {
        self.examples.with(|rows| rows.iter().map(ExampleRow::read).collect())
    }
}

impl ExampleRow {
    fn new(key: u32, example: &Example) -> Self {
        let should_hand_off = RwSignal::new(example.should_hand_off);
        Self { key, text: RwSignal::new(example.text.clone()), should_hand_off }
    }

    fn read(&self) -> Example {
        Example { text: self.text.get(), should_hand_off: self.should_hand_off.get() }
    }

    /// The id of one of its controls: `text`, `wanted`.
    pub fn id(&self, control: &str) -> String {
        format!("example-{}-{control}", self.key)
    }
}

impl Row {
    fn new(key: u32, field: &GatherField) -> Self {
        Self {
            key,
            name: RwSignal::new(field.name.clone()),
            description: RwSignal::new(field.description.clone()),
            kind: RwSignal::new(field.kind),
            choices: RwSignal::new(field.choices.join("\n")),
            required: RwSignal::new(field.required),
        }
    }

    fn read(&self) -> GatherField {
        let kind = self.kind.get();
        let choices = self.choices.with(|choices| {
            choices.lines().map(str::trim).filter(|choice| !choice.is_empty()).map(str::to_owned).collect()
        });
        GatherField {
            name: self.name.with(|name| name.trim().to_owned()),
            description: self.description.get(),
            kind,
            choices: if kind == FieldKind::OneOf { choices } else { Vec::new() },
            required: self.required.get(),
        }
    }

    /// The id of one of its controls: `name`, `description`, `kind`, `choices`, `required`.
    pub fn id(&self, control: &str) -> String {
        format!("row-{}-{control}", self.key)
    }

    /// What it is called in sentences, followed.
    pub fn title(&self) -> String {
        self.name.with(|name| if name.trim().is_empty() { "the new row".to_owned() } else { name.trim().to_owned() })
    }
}

/// The domain's errors by the ids of the controls: rows are counted there and keep their key here.
fn errors_by_id(controls: &Controls) -> BTreeMap<String, String> {
    let rows: Vec<u32> = controls.rows.with(|rows| rows.iter().map(|row| row.key).collect());
    let examples: Vec<u32> = controls.examples.with(|rows| rows.iter().map(|row| row.key).collect());
    let by_id = |FieldError { field, message }: FieldError| (control_id(&field, &rows, &examples), message);
    controls.read().validate().into_iter().map(by_id).collect()
}

/// `gather.2.name` becomes the id of that row's name, and so do examples; everything else is its own id.
fn control_id(field: &str, rows: &[u32], examples: &[u32]) -> String {
    let row = |list: &str, id: &str, keys: &[u32]| {
        let (row, control) = field.strip_prefix(list)?.split_once('.')?;
        let key = keys.get(row.parse::<usize>().ok()?)?;
        Some(format!("{id}-{key}-{control}"))
    };
    row("gather.", "row", rows).or_else(|| row("examples.", "example", examples)).unwrap_or_else(|| field.to_owned())
}

#[cfg(test)]
mod tests {
    use super::control_id;

    #[test]
    fn an_error_finds_its_row_by_the_rows_key() {
        assert_eq!(control_id("gather.1.name", &[7, 3], &[]), "row-3-name");
        assert_eq!(control_id("examples.0.text", &[7], &[4]), "example-4-text");
        assert_eq!(control_id("gather", &[7], &[]), "gather");
        assert_eq!(control_id("gather.9.name", &[7], &[]), "gather.9.name");
        assert_eq!(control_id("turns_max", &[], &[]), "turns_max");
    }
}
