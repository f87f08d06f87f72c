//! One example message. Its controls' names count the rows, so that a plain form post carries their order; their ids stay
//! with the row.

use super::examples::Examples;
use super::form::ExampleRow;
use super::op_button::OpButton;
use super::trial_result::{Headline, because_words};
use crate::app::components::field::described_by;
use crate::app::components::{FieldError, Glyph, Icon};
use crate::browser;
use leptos::prelude::*;

/// The message, what is wanted for it, and whether it is decided so.
#[component]
pub fn ExampleLine(examples: Examples, row: ExampleRow) -> impl IntoView {
    let key = row.key;
    let place = Memo::new(move |_| examples.place(key));
    let label = move || format!("Example {}", place.get() + 1);
    let id = row.id("text");
    let error = examples.form.error(id.clone());
    let (describing, leaving, error_id) = (id.clone(), id.clone(), format!("{id}-error"));
    let is_right = Memo::new(move |_| examples.is_as_wanted(&row));
    view! {
        <li class="flex flex-col gap-1.5">
            <div role="group" aria-label=label class="flex items-start gap-2 max-md:flex-wrap">
                <span class="grid h-9 w-5 shrink-0 place-items-center max-md:h-11">
                    <Mark is_right />
                </span>
                <textarea
                    id=id
                    name=move || format!("examples.{}.text", place.get())
                    rows="1"
                    class="control field-sizing-content min-h-9 min-w-0 flex-1 resize-none py-[7px] max-md:min-h-11 max-md:basis-[calc(100%-2rem)] max-md:py-2.5"
                    dir="auto"
                    aria-label=move || format!("{}: the message", label())
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || described_by(&describing, error.with(Option::is_some), true)
                    prop:value=move || row.text.get()
                    on:input=move |event| row.text.set(event_target_value(&event))
                    on:blur=move |_| examples.form.leave(&leaving)
                >
                    {browser::area_text(&row.text.get_untracked())}
                </textarea>
                <Wanted row place label=Signal::derive(label) />
                <span class="grid h-9 place-items-center max-md:h-11">
                    <OpButton
                        id=row.id("remove")
                        op=Signal::derive(move || format!("remove_example.{}", place.get()))
                        glyph=Glyph::Trash
                        label=Signal::derive(move || format!("Remove example {}", place.get() + 1))
                        on_click=move |()| examples.remove(key)
                    />
                </span>
            </div>
            <div class="ml-7 flex flex-col gap-1">
                {move || error.get().map(|error| view! { <FieldError id=error_id.clone() error /> })}
                // Kept while it is empty: the rows below do not move when the answer comes.
                <p id=row.id("text-help") class="min-h-5 text-sm text-muted">
                    <Reason examples row />
                </p>
            </div>
        </li>
    }
}

#[component]
fn Mark(is_right: Memo<Option<bool>>) -> impl IntoView {
    move || match is_right.get() {
        Some(true) => view! {
            <Icon glyph=Glyph::CheckCircle class="text-success-text" />
            <span class="sr-only">"Decided as wanted."</span>
        }
        .into_any(),
        Some(false) => view! {
            <Icon glyph=Glyph::Error class="text-danger-text" />
            <span class="sr-only">"Not decided as wanted."</span>
        }
        .into_any(),
        None => view! { <Icon glyph=Glyph::Dot class="text-faint" /> }.into_any(),
    }
}

#[component]
fn Wanted(row: ExampleRow, place: Memo<usize>, label: Signal<String>) -> impl IntoView {
    let choice = |value: &'static str, words: &'static str, means: bool| {
        let initial = row.should_hand_off.get_untracked() == means;
        view! {
            <option value=value selected=initial prop:selected=move || row.should_hand_off.get() == means>
                {words}
            </option>
        }
    };
    view! {
        <div class="relative w-40 shrink-0 max-md:ml-7 max-md:w-auto max-md:flex-1">
            <select
                id=row.id("wanted")
                name=move || format!("examples.{}.wanted", place.get())
                class="control h-9 appearance-none pr-9 max-md:h-11"
                aria-label=move || format!("{}: what is wanted", label.get())
                on:change=move |event| row.should_hand_off.set(event_target_value(&event) == "hand_off")
            >
                {choice("hand_off", "Should hand off", true)}
                {choice("stay", "Should not", false)}
            </select>
            <span class="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
}

/// What is decided without the example, and why.
#[component]
fn Reason(examples: Examples, row: ExampleRow) -> impl IntoView {
    move || {
        let decision = examples.decision(&row)?;
        let is_right = decision.hands_off() == row.should_hand_off.get();
        let because = because_words(&decision);
        Some(view! {
            <span class=if is_right { "" } else { "font-medium text-text" }>{Headline::of(&decision).words}</span>
            ". "
            <span dir="auto">{because}</span>
            {(!is_right).then_some(" Messages like this one follow the example.")}
        })
    }
}
