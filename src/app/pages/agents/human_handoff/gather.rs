//! Information to Gather: the rows, adding, removing with undo, and reordering by button and by drag.

use super::form::{Form, Row};
use super::gather_row::GatherRow;
use super::op_button::OpButton;
use crate::app::components::{FieldError, Glyph, use_toasts};
use crate::browser;
use crate::domain::action::GATHER_ROWS_MAX;
use crate::domain::{FieldKind, GatherField};
use leptos::prelude::*;

const ADD_ID: &str = "gather-add";

/// What the rows need of each other.
#[derive(Clone, Copy)]
pub struct Gather {
    pub form: Form,
    /// The row that is dragged.
    pub dragged: RwSignal<Option<u32>>,
    /// Where it would land: before this place.
    pub target: RwSignal<Option<usize>>,
    /// What has just happened, for readers of screens.
    said: RwSignal<String>,
    removed: StoredValue<Option<Callback<(usize, Row)>>>,
}

/// The part of the form with every row.
#[component]
pub fn GatherRows(form: Form) -> impl IntoView {
    let toasts = use_toasts();
    let rows = form.controls.rows;
    let removed = Callback::new(move |(at, row): (usize, Row)| {
        let title = untrack(|| row.title());
        toasts.done_with_undo(format!("Removed {title}"), move || {
            rows.try_update(|rows| rows.insert(at.min(rows.len()), row));
        });
    });
    let gather = Gather {
        form,
        dragged: RwSignal::new(None),
        target: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        removed: StoredValue::new(Some(removed)),
    };
    let error = form.error("gather");
    let is_full = Memo::new(move |_| rows.with(|rows| rows.len() >= GATHER_ROWS_MAX));
    view! {
        <fieldset class="flex min-w-0 flex-col gap-3" aria-describedby="gather-help">
            <legend class="pb-1.5 font-medium">"Information to Gather"</legend>
            <p id="gather-help" class="text-sm text-muted">
                "What the AI agent finds out before it hands off, in this order. It takes what the customer has already said and asks one question at a time for what is required and missing."
                <span class="block">"Example: order_number, “The number of the order it is about”, Text, required."</span>
            </p>
            {move || error.get().map(|error| view! { <FieldError id="gather-error" error /> })}
            <ol class="flex flex-col gap-3" aria-label="Rows">
                <For each=move || rows.get() key=|row| row.key let:row>
                    <GatherRow gather row />
                </For>
            </ol>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="rounded-card border border-dashed border-field/60 px-4 py-5 text-center text-muted">
                    "Nothing is gathered: a handoff goes ahead at once."
                </p>
            </Show>
            <div class="flex items-center gap-3">
                <OpButton id=ADD_ID op="add_row" icon=Glyph::Plus disabled=is_full on_click=move |()| gather.add()>
                    "Add a row"
                </OpButton>
                <Show when=move || is_full.get()>
                    <span class="text-sm text-muted">{GATHER_ROWS_MAX} " rows are the most."</span>
                </Show>
            </div>
            <p class="sr-only" role="status">
                {move || gather.said.get()}
            </p>
        </fieldset>
    }
}

impl Gather {
    /// The place of a row, counted from 0; followed.
    pub fn place(self, key: u32) -> usize {
        self.form.controls.rows.with(|rows| place_of(rows, key).unwrap_or_default())
    }

    /// Adds an empty row and moves the focus to its name.
    fn add(self) {
        let empty = GatherField {
            name: String::new(),
            description: String::new(),
            kind: FieldKind::Text,
            choices: Vec::new(),
            required: true,
        };
        let row = self.form.new_row(&empty);
        self.form.controls.rows.update(|rows| rows.push(row));
        focus_soon(row.id("name"));
    }

    /// Removes a row; the focus goes to the one that takes its place.
    pub fn remove(self, key: u32) {
        let removed = self.form.controls.rows.try_update(|rows| place_of(rows, key).map(|at| (at, rows.remove(at))));
        let Some(Some((at, row))) = removed else { return };
        let next = self.form.controls.rows.with_untracked(|rows| {
            rows.get(at).or(rows.last()).map_or_else(|| ADD_ID.to_owned(), |row| row.id("name"))
        });
        focus_soon(next);
        if let Some(removed) = self.removed.get_value() {
            removed.run((at, row));
        }
    }

    /// Moves a row by one place; the focus stays on the button, or goes to the other one at an end.
    pub fn step(self, key: u32, is_up: bool) {
        let Some(at) = self.form.controls.rows.with_untracked(|rows| place_of(rows, key)) else { return };
        let target = if is_up { at.checked_sub(1) } else { Some(at + 1) };
        let Some(target) = target.filter(|target| *target < self.form.controls.rows.with_untracked(Vec::len)) else {
            return;
        };
        self.move_to(at, target);
        let row = self.form.controls.rows.with_untracked(|rows| rows[target]);
        focus_soon(row.id(if is_up { "up" } else { "down" }));
    }

    /// Drops the dragged row at the target.
    pub fn drop_row(self) {
        let (dragged, target) = (self.dragged.get_untracked(), self.target.get_untracked());
        self.end_drag();
        let at = dragged.and_then(|key| self.form.controls.rows.with_untracked(|rows| place_of(rows, key)));
        if let (Some(at), Some(target)) = (at, target) {
            // Taking the row out moves those after it up by one.
            self.move_to(at, if target > at { target - 1 } else { target });
        }
    }

    /// Ends the dragging, wherever it led.
    pub fn end_drag(self) {
        self.dragged.set(None);
        self.target.set(None);
    }

    fn move_to(self, at: usize, target: usize) {
        if at == target {
            return;
        }
        self.form.controls.rows.update(|rows| {
            let row = rows.remove(at);
            rows.insert(target, row);
        });
        let (title, count) =
            self.form.controls.rows.with_untracked(|rows| (untrack(|| rows[target].title()), rows.len()));
        self.said.set(format!("{title} is now row {} of {count}", target + 1));
    }
}

fn place_of(rows: &[Row], key: u32) -> Option<usize> {
    rows.iter().position(|row| row.key == key)
}

/// Moves the focus once the page shows what has changed.
fn focus_soon(id: String) {
    request_animation_frame(move || browser::focus(&id));
}
