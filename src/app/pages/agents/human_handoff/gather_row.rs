//! One row of Information to Gather. Its controls' names count the rows, so that a plain form post carries their order;
//! their ids stay with the row.

use super::form::Row;
use super::gather::Gather;
use super::op_button::OpButton;
use crate::app::components::field::described_by;
use crate::app::components::{Field, Glyph, Icon};
use crate::browser;
use crate::domain::FieldKind;
use leptos::prelude::*;

/// A row with its handle, its buttons and its controls.
#[component]
pub fn GatherRow(gather: Gather, row: Row) -> impl IntoView {
    let key = row.key;
    let place = Memo::new(move |_| gather.place(key));
    let is_last = Memo::new(move |_| gather.form.controls.rows.with(|rows| place.get() + 1 == rows.len()));
    let title = move || row.title();
    let is_held = RwSignal::new(false);
    let look = move || {
        let is_dragged = gather.dragged.get() == Some(key);
        let line = match gather.target.get() {
            Some(target) if gather.dragged.get().is_some() && target == place.get() => {
                "before:absolute before:inset-x-0 before:-top-[7px] before:h-0.5 before:bg-accent"
            }
            Some(target) if gather.dragged.get().is_some() && is_last.get() && target == place.get() + 1 => {
                "before:absolute before:inset-x-0 before:-bottom-[7px] before:h-0.5 before:bg-accent"
            }
            _ => "",
        };
        format!("relative rounded-card border border-border {} {line}", if is_dragged { "opacity-50" } else { "" })
    };
    view! {
        <li
            class=look
            draggable=move || if is_held.get() { "true" } else { "false" }
            on:dragstart=move |event| {
                browser::begin_drag(&event);
                gather.dragged.set(Some(key));
            }
            on:dragover=move |event| {
                if gather.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    let after = usize::from(browser::is_in_lower_half(&event));
                    gather.target.set(Some(place.get_untracked() + after));
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                gather.drop_row();
            }
            on:dragend=move |_| {
                is_held.set(false);
                gather.end_drag();
            }
        >
            <div role="group" aria-label=move || format!("Row {}: {}", place.get() + 1, title())>
                <div class="flex items-center gap-1 border-b border-border py-1.5 pr-2 pl-1.5">
                    <span
                        class="grid size-7 cursor-grab place-items-center text-muted max-md:hidden"
                        title="Drag to reorder"
                        aria-hidden="true"
                        on:pointerdown=move |_| is_held.set(true)
                        on:pointerup=move |_| is_held.set(false)
                    >
                        <Icon glyph=Glyph::Grip />
                    </span>
                    <span class="figures min-w-0 flex-1 truncate text-sm text-muted max-md:pl-2">
                        {move || place.get() + 1} ". " {title}
                    </span>
                    <OpButton
                        id=row.id("up")
                        op=Signal::derive(move || format!("up.{}", place.get()))
                        glyph=Glyph::ArrowUp
                        label=Signal::derive(move || format!("Move {} up", title()))
                        disabled=Signal::derive(move || place.get() == 0)
                        on_click=move |()| gather.step(key, true)
                    />
                    <OpButton
                        id=row.id("down")
                        op=Signal::derive(move || format!("down.{}", place.get()))
                        glyph=Glyph::ArrowDown
                        label=Signal::derive(move || format!("Move {} down", title()))
                        disabled=is_last
                        on_click=move |()| gather.step(key, false)
                    />
                    <OpButton
                        id=row.id("remove")
                        op=Signal::derive(move || format!("remove_row.{}", place.get()))
                        glyph=Glyph::Trash
                        label=Signal::derive(move || format!("Remove {}", title()))
                        on_click=move |()| gather.remove(key)
                    />
                </div>
                <div class="grid grid-cols-2 gap-4 p-4 max-md:grid-cols-1">
                    <Text gather row control="name" label="Name" help="Letters, digits and _, a letter first." value=row.name place />
                    <Kind row place />
                    <div class="col-span-full">
                        <Text
                            gather
                            row
                            control="description"
                            label="Description"
                            help="What to ask for, in your words. The AI agent asks in the customer's language."
                            value=row.description
                            place
                        />
                    </div>
                    <Show when=move || row.kind.get() == FieldKind::OneOf>
                        <div class="col-span-full">
                            <Choices gather row place />
                        </div>
                    </Show>
                    <label class="col-span-full flex items-center gap-2.5">
                        <input
                            type="checkbox"
                            id=row.id("required")
                            name=move || format!("gather.{}.required", place.get())
                            value="true"
                            class="size-4 accent-accent max-md:size-5"
                            checked=row.required.get_untracked()
                            prop:checked=move || row.required.get()
                            on:change=move |event| row.required.set(event_target_checked(&event))
                        />
                        <span>"Required"</span>
                        <span class="text-sm text-muted">"Asked for when it is missing."</span>
                    </label>
                </div>
            </div>
        </li>
    }
}

#[component]
fn Text(
    gather: Gather,
    row: Row,
    control: &'static str,
    label: &'static str,
    help: &'static str,
    value: RwSignal<String>,
    place: Memo<usize>,
) -> impl IntoView {
    let id = row.id(control);
    let error = gather.form.error(id.clone());
    let (describing, leaving) = (id.clone(), id.clone());
    let font = if control == "name" { "font-mono" } else { "" };
    view! {
        <Field id=id.clone() label help error>
            <input
                id=id
                name=move || format!("gather.{}.{control}", place.get())
                type="text"
                class=format!("control h-9 max-md:h-11 {font}")
                autocomplete="off"
                autocapitalize=if control == "name" { "none" } else { "sentences" }
                spellcheck=if control == "name" { "false" } else { "true" }
                value=value.get_untracked()
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(&describing, error.with(Option::is_some), true)
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| gather.form.leave(&leaving)
            />
        </Field>
    }
}

#[component]
fn Kind(row: Row, place: Memo<usize>) -> impl IntoView {
    let id = row.id("kind");
    let options = FieldKind::ALL.map(|kind| {
        let initial = row.kind.get_untracked() == kind;
        view! {
            <option value=kind.as_str() selected=initial prop:selected=move || row.kind.get() == kind>
                {kind.label()}
            </option>
        }
    });
    view! {
        <Field id=id.clone() label="Type" help="Answers are checked against it.">
            <div class="relative">
                <select
                    id=id.clone()
                    name=move || format!("gather.{}.kind", place.get())
                    class="control h-9 appearance-none pr-9 max-md:h-11"
                    aria-describedby=described_by(&id, false, true)
                    on:change=move |event| {
                        if let Some(kind) = FieldKind::parse(&event_target_value(&event)) {
                            row.kind.set(kind);
                        }
                    }
                >
                    {options.collect_view()}
                </select>
                <span class="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            </div>
        </Field>
    }
}

#[component]
fn Choices(gather: Gather, row: Row, place: Memo<usize>) -> impl IntoView {
    let id = row.id("choices");
    let error = gather.form.error(id.clone());
    let (describing, leaving) = (id.clone(), id.clone());
    view! {
        <Field id=id.clone() label="Choices" help="One a line, at least two." error>
            <textarea
                id=id
                name=move || format!("gather.{}.choices", place.get())
                rows="3"
                class="control field-sizing-content max-h-60 resize-y py-2"
                prop:value=move || row.choices.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(&describing, error.with(Option::is_some), true)
                on:input=move |event| row.choices.set(event_target_value(&event))
                on:blur=move |_| gather.form.leave(&leaving)
            >
                {browser::area_text(&row.choices.get_untracked())}
            </textarea>
        </Field>
    }
}
