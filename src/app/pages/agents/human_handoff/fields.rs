//! The form's fields but the rows: Enabled, When to Use, Auto-assign priority, and more options with safe defaults.

use super::diff::outside_hours_label;
use super::form::Form;
use crate::app::components::field::described_by;
use crate::app::components::{Choice, Field, Glyph, Icon, SelectField, TextArea, TextField, Toggle};
use crate::domain::OutsideHours;
use crate::domain::action::WHEN_TO_USE_CHARS_MAX;
use leptos::prelude::*;

/// The id of the folded part.
pub const MORE_ID: &str = "more-options";

/// The controls of the folded part: an error in one of them unfolds it.
pub const MORE_FIELDS: [&str; 3] = ["team", "questions_max", "turns_max"];

const OUTSIDE_HOURS: [(OutsideHours, &str); 2] =
    [(OutsideHours::HandOff, "hand_off"), (OutsideHours::LeaveMessage, "leave_message")];

/// The id of When to Use.
pub const WHEN_TO_USE_ID: &str = "when_to_use";

/// Enabled and When to Use.
#[component]
pub fn FirstFields(form: Form, #[prop(into)] agent_name: String) -> impl IntoView {
    view! {
        <Toggle
            name="enabled"
            label="Enabled"
            help=format!("Off: {agent_name} never hands off by itself. Teammates can still take over by hand.")
            checked=form.controls.enabled
            on_change=move |is_on| form.controls.enabled.set(is_on)
        />
        <div on:focusout=move |_| form.leave(WHEN_TO_USE_ID)>
            <TextArea
                name=WHEN_TO_USE_ID
                label="When to Use"
                help=format!(
                    "When {agent_name} hands over to a person, in your own words: conditions, topics and keywords that always escalate, what to try first, and what not to hand off for. Say what to tell the customer as guidance; it is said in their language.",
                )
                example="Hand off when the user has a billing issue or asks for a refund. Try to resolve login problems first, then hand off. Always escalate “chargeback” and “lawyer”. Do not hand off for shipping questions."
                rows=8
                chars_max=WHEN_TO_USE_CHARS_MAX
                value=form.controls.when_to_use
                error=form.error(WHEN_TO_USE_ID)
                on_input=move |text| form.controls.when_to_use.set(text)
            />
        </div>
    }
}

/// Auto-assign priority.
#[component]
pub fn PriorityField(form: Form) -> impl IntoView {
    view! {
        <Toggle
            name="auto_priority"
            label="Auto-assign priority"
            help="On: each handoff is marked low, medium, high or urgent with a reason in one line, such as “Urgent: the customer can't work”."
            checked=form.controls.auto_priority
            on_change=move |is_on| form.controls.auto_priority.set(is_on)
        />
    }
}

/// The folded part.
#[component]
pub fn MoreOptions(form: Form) -> impl IntoView {
    // After a form post without scripts the errors must be in sight.
    let is_open = MORE_FIELDS.iter().any(|id| form.error(*id).with_untracked(Option::is_some));
    let choices =
        OUTSIDE_HOURS.iter().map(|(this, value)| Choice::new(*value, outside_hours_label(*this))).collect::<Vec<_>>();
    let outside_hours = Signal::derive(move || {
        let chosen = form.controls.outside_hours.get();
        OUTSIDE_HOURS.iter().find(|(this, _)| *this == chosen).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    });
    view! {
        <details id=MORE_ID class="group/more rounded-card border border-border" open=is_open>
            <summary class="flex list-none items-center gap-2 rounded-card px-4 py-3 font-medium hover:bg-sunken/60">
                <Icon glyph=Glyph::ChevronRight class="text-muted transition-transform group-open/more:rotate-90" />
                "More options"
            </summary>
            <div class="flex flex-col gap-6 border-t border-border px-4 py-4">
                <TextField
                    name="team"
                    label="Team to hand to"
                    help="Empty: everybody who works conversations."
                    example="Billing"
                    optional=true
                    value=form.controls.team
                    error=form.error("team")
                    on_input=move |text| form.controls.team.set(text)
                    on_blur=move |()| form.leave("team")
                />
                <Number
                    form
                    id="questions_max"
                    label="Most questions while gathering"
                    help="From 0 to 10. Then the handoff goes ahead with what there is, and says what is missing. 3 is a good start."
                    value=form.controls.questions_max
                />
                <Number
                    form
                    id="turns_max"
                    label="Most AI turns before a person is offered"
                    help="From 1 to 100. A conversation that goes on longer is handed off. 10 is a good start."
                    value=form.controls.turns_max
                />
                <SelectField
                    name="outside_hours"
                    label="Outside office hours"
                    help="What happens when a customer needs a person and the team is away."
                    choices
                    value=outside_hours
                    on_change=move |value: String| {
                        if let Some((chosen, _)) = OUTSIDE_HOURS.iter().find(|(_, word)| *word == value) {
                            form.controls.outside_hours.set(*chosen);
                        }
                    }
                />
                <Toggle
                    name="person_button"
                    label="“Talk to a person” button"
                    help="On: customers find it in the widget and can ask for a person at any time."
                    checked=form.controls.person_button
                    on_change=move |is_on| form.controls.person_button.set(is_on)
                />
            </div>
        </details>
    }
}

/// A whole number, kept as it is typed.
#[component]
fn Number(
    form: Form,
    id: &'static str,
    label: &'static str,
    help: &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    let error = form.error(id);
    view! {
        <Field id label help error>
            <input
                id=id
                name=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                class="control figures h-9 max-w-28 max-md:h-11"
                value=value.get_untracked()
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(id, error.with(Option::is_some), true)
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| form.leave(id)
            />
        </Field>
    }
}
