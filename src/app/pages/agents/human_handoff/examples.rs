//! Example messages: what customers write, what the admin wants for it, and whether Baton decides it so.

use super::asked::{Asked, NotUpToDate};
use super::example_row::ExampleLine;
use super::form::{ExampleRow, Form};
use super::op_button::OpButton;
use crate::app::components::{FieldError, Glyph, Icon, use_toasts};
use crate::browser;
use crate::domain::Example;
use crate::domain::action::EXAMPLES_MAX;
use crate::wire::reading::Decision;
use leptos::prelude::*;

const ADD_ID: &str = "example-add";

/// What was decided about each message, by its text.
pub type Checked = Vec<(String, Decision)>;

/// What the rows need of each other.
#[derive(Clone, Copy)]
pub struct Examples {
    pub form: Form,
    checked: Asked<Checked>,
    removed: StoredValue<Option<Callback<(usize, ExampleRow)>>>,
}

/// The part of the form with every example.
#[component]
pub fn ExampleRows(form: Form, checked: Asked<Checked>) -> impl IntoView {
    let toasts = use_toasts();
    let rows = form.controls.examples;
    let removed = Callback::new(move |(at, row): (usize, ExampleRow)| {
        toasts.done_with_undo("Removed the example", move || {
            rows.try_update(|rows| rows.insert(at.min(rows.len()), row));
        });
    });
    let examples = Examples { form, checked, removed: StoredValue::new(Some(removed)) };
    let error = form.error("examples");
    let is_full = Memo::new(move |_| rows.with(|rows| rows.len() >= EXAMPLES_MAX));
    view! {
        <fieldset class="flex min-w-0 flex-col gap-3" aria-describedby="examples-help">
            <legend class="pb-1.5 font-medium">"Example messages"</legend>
            <p id="examples-help" class="text-sm text-muted">
                "Messages as your customers write them. A message that is nearly the same is decided by its example; the mark says whether “When to Use” and the other examples would do the same without it."
            </p>
            {move || error.get().map(|error| view! { <FieldError id="examples-error" error /> })}
            <Summary examples />
            <ul class="flex flex-col gap-3 empty:hidden" aria-label="Examples">
                <For each=move || rows.get() key=|row| row.key let:row>
                    <ExampleLine examples row />
                </For>
            </ul>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="rounded-card border border-dashed border-field/60 px-4 py-5 text-center text-muted">
                    "No examples yet. Where a try goes wrong, an example puts it right."
                </p>
            </Show>
            <div class="flex items-center gap-3">
                <OpButton id=ADD_ID op="add_example" icon=Glyph::Plus disabled=is_full on_click=move |()| examples.add()>
                    "Add an example"
                </OpButton>
                <Show when=move || is_full.get()>
                    <span class="text-sm text-muted">{EXAMPLES_MAX} " examples are the most."</span>
                </Show>
            </div>
        </fieldset>
    }
}

/// How many are decided as wanted.
#[component]
fn Summary(examples: Examples) -> impl IntoView {
    let standing = Memo::new(move |_| {
        let rows = examples.form.controls.examples.get();
        let marks: Vec<bool> = rows.iter().filter_map(|row| examples.is_as_wanted(row)).collect();
        (marks.iter().filter(|is_right| **is_right).count(), marks.len())
    });
    let words = move || {
        let (right, all) = standing.get();
        (all > 0).then(|| {
            let (glyph, look) = if right == all {
                (Glyph::CheckCircle, "text-success-text")
            } else {
                (Glyph::Info, "text-warning-text")
            };
            view! {
                <span class=format!("flex items-center gap-1.5 {look}")>
                    <Icon glyph />
                    <span class="figures">{right} " of " {all} " decided as wanted"</span>
                </span>
            }
        })
    };
    view! {
        <p class="text-sm font-medium empty:hidden" role="status">
            {words}
        </p>
        <NotUpToDate failure=examples.checked.failure />
    }
}

impl Examples {
    /// What is decided about a row's message; none until it is checked. Followed.
    pub fn decision(self, row: &ExampleRow) -> Option<Decision> {
        row.text.with(|text| {
            self.checked.answer.with(|checked| {
                checked.as_ref()?.iter().find(|(of, _)| of == text).map(|(_, decision)| decision.clone())
            })
        })
    }

    /// Whether it is decided as wanted; none until it is checked. Followed.
    pub fn is_as_wanted(self, row: &ExampleRow) -> Option<bool> {
        self.decision(row).map(|decision| decision.hands_off() == row.should_hand_off.get())
    }

    /// The place of a row, counted from 0; followed.
    pub fn place(self, key: u32) -> usize {
        self.form.controls.examples.with(|rows| rows.iter().position(|row| row.key == key)).unwrap_or_default()
    }

    fn add(self) {
        if let Some(row) = self.form.add_example(&Example { text: String::new(), should_hand_off: true }) {
            focus_soon(row.id("text"));
        }
    }

    /// Removes a row; the focus goes to the one that takes its place.
    pub fn remove(self, key: u32) {
        let rows = self.form.controls.examples;
        let removed =
            rows.try_update(|rows| rows.iter().position(|row| row.key == key).map(|at| (at, rows.remove(at))));
        let Some(Some((at, row))) = removed else { return };
        let next = rows.with_untracked(|rows| {
            rows.get(at).or(rows.last()).map_or_else(|| ADD_ID.to_owned(), |row| row.id("text"))
        });
        focus_soon(next);
        if let Some(removed) = self.removed.get_value() {
            removed.run((at, row));
        }
    }
}

/// Moves the focus once the page shows what has changed.
fn focus_soon(id: String) {
    request_animation_frame(move || browser::focus(&id));
}
