//! The Edit page's form: what is typed, what is stored, what is wrong. Validation is the domain's; this only knows which
//! control an error belongs to and when it is shown.

use super::diff::differences;
use crate::domain::{FieldError, FieldKind, GatherField, HandoffSettings, OutsideHours};
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

impl Form {
    /// The form as it was loaded.
    pub fn new(loaded: &EditHandoff) -> Self {
        let is_posted = !loaded.errors.is_empty() || loaded.conflict.is_some();
        let controls = Controls::new(&loaded.settings);
        Self {
            controls,
            stored: RwSignal::new((!is_posted).then(|| loaded.settings.clone())),
            version: RwSignal::new(loaded.version),
            errors: Memo::new(move |_| errors_by_id(&controls.read(), &controls.rows.get())),
            left: RwSignal::new(BTreeSet::new()),
            shows_all: RwSignal::new(!loaded.errors.is_empty()),
            next_key: StoredValue::new(loaded.settings.gather.len() as u32),
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
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        match self.owner.get_value() {
            Some(owner) => owner.with(|| Row::new(key, field)),
            None => Row::new(key, field),
        }
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
        Self {
            enabled: RwSignal::new(settings.enabled),
            when_to_use: RwSignal::new(settings.when_to_use.clone()),
            auto_priority: RwSignal::new(settings.auto_priority),
            rows: RwSignal::new(rows),
            team: RwSignal::new(settings.team.clone()),
            questions_max: RwSignal::new(settings.questions_max.to_string()),
            turns_max: RwSignal::new(settings.turns_max.to_string()),
            outside_hours: RwSignal::new(settings.outside_hours),
            person_button: RwSignal::new(settings.person_button),
        }
    }

    fn read(&self) -> HandoffSettings {
        // What is not a number is out of every range, so that validation explains it.
        let number = |text: RwSignal<String>| text.with(|text| text.trim().parse().unwrap_or(-1));
        HandoffSettings {
            enabled: self.enabled.get(),
            when_to_use: self.when_to_use.get(),
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
fn errors_by_id(settings: &HandoffSettings, rows: &[Row]) -> BTreeMap<String, String> {
    let keys: Vec<u32> = rows.iter().map(|row| row.key).collect();
    settings.validate().into_iter().map(|FieldError { field, message }| (control_id(&field, &keys), message)).collect()
}

/// `gather.2.name` becomes the id of that row's name; everything else is its own id.
fn control_id(field: &str, keys: &[u32]) -> String {
    let row = || {
        let (row, control) = field.strip_prefix("gather.")?.split_once('.')?;
        let key = keys.get(row.parse::<usize>().ok()?)?;
        Some(format!("row-{key}-{control}"))
    };
    row().unwrap_or_else(|| field.to_owned())
}

#[cfg(test)]
mod tests {
    use super::control_id;

    #[test]
    fn an_error_finds_its_row_by_the_rows_key() {
        assert_eq!(control_id("gather.1.name", &[7, 3]), "row-3-name");
        assert_eq!(control_id("gather", &[7]), "gather");
        assert_eq!(control_id("gather.9.name", &[7]), "gather.9.name");
        assert_eq!(control_id("turns_max", &[]), "turns_max");
    }
}
