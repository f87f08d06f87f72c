//! Buttons and fields.

use super::{Sheet, Shelf};
use crate::app::components::{
    Button, Choice, FormError, Glyph, IconButton, LinkButton, Look, NumberField, PasswordField, SelectField, Size,
    StickyBar, TextArea, TextField, Toggle,
};
use leptos::prelude::*;

#[component]
pub(super) fn Buttons() -> impl IntoView {
    let is_pressed = RwSignal::new(true);
    view! {
        <Sheet title="Buttons">
            <Shelf>
                <Button look=Look::Primary>"Primary"</Button>
                <Button>"Secondary"</Button>
                <Button look=Look::Ghost>"Ghost"</Button>
                <Button look=Look::Danger>"Danger"</Button>
                <LinkButton href="/ui">"Link"</LinkButton>
                <LinkButton href="/ui" icon=Glyph::ExternalLink new_tab=true>
                    "New tab"
                </LinkButton>
            </Shelf>
            <Shelf>
                <Button look=Look::Primary icon=Glyph::Plus>
                    "With icon"
                </Button>
                <Button look=Look::Primary pending=true>
                    "Pending"
                </Button>
                <Button pending=true icon=Glyph::Copy>
                    "Pending"
                </Button>
                <Button look=Look::Primary disabled=true>
                    "Disabled"
                </Button>
                <Button disabled=true>"Disabled"</Button>
                <Button look=Look::Danger icon=Glyph::Trash disabled=true>
                    "Disabled"
                </Button>
            </Shelf>
            <Shelf>
                <Button size=Size::Small look=Look::Primary>
                    "Small"
                </Button>
                <Button size=Size::Small icon=Glyph::Refresh>
                    "Small"
                </Button>
                <IconButton glyph=Glyph::More label="More" />
                <IconButton glyph=Glyph::Pencil label="Edit" look=Look::Secondary />
                <IconButton
                    glyph=Glyph::BellOff
                    label="Mute"
                    pressed=is_pressed
                    on_click=move |_| is_pressed.update(|pressed| *pressed = !*pressed)
                />
                <IconButton glyph=Glyph::Close label="Close" size=Size::Small />
                <IconButton glyph=Glyph::ArrowUp label="Move up" size=Size::Small disabled=true />
            </Shelf>
        </Sheet>
    }
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let when = RwSignal::new(
        "Hand off when a customer has a billing issue. Do not hand off for shipping questions.".to_owned(),
    );
    let questions = RwSignal::new(3_i64);
    let kind = RwSignal::new("email".to_owned());
    let is_on = RwSignal::new(true);
    let choices = || vec![Choice::new("text", "Text"), Choice::new("email", "Email"), Choice::new("date", "Date")];
    let wrong = Signal::stored(Some("Start with a letter, then letters, digits or underscores.".to_owned()));
    let changes = Signal::derive(move || {
        let mut changes = vec!["Enabled".to_owned()];
        if questions.get() != 3 {
            changes.push("Most questions".to_owned());
        }
        changes
    });
    view! {
        <Sheet title="Fields">
            <div class="grid grid-cols-2 gap-x-8 gap-y-6 max-md:grid-cols-1">
                <TextField
                    name="ui-name"
                    label="Name"
                    help="Customers see it beside every answer."
                    example="Ada"
                    value="Ada"
                />
                <TextField
                    name="ui-wrong"
                    label="Name of the value"
                    help="How the value is called in the summary."
                    example="order_number"
                    value="2nd order"
                    monospace=true
                    error=wrong
                />
                <TextField name="ui-optional" label="Team" help="Empty: everybody." optional=true />
                <TextField name="ui-disabled" label="Email" value="ada@example.com" disabled=true />
                <PasswordField name="ui-password" label="Password" autocomplete="new-password" help="Three words are a good start." />
                <SelectField
                    name="ui-kind"
                    label="Type"
                    choices=choices()
                    value=kind
                    on_change=move |value| kind.set(value)
                />
                <NumberField
                    name="ui-questions"
                    label="Most questions asked"
                    help="After these the handoff goes ahead with what there is."
                    unit="questions"
                    value=questions
                    range=0..=10
                    on_change=move |number| questions.set(number)
                />
                <NumberField
                    name="ui-turns"
                    label="Most AI turns"
                    value=Signal::stored(400)
                    range=1..=100
                    error=Signal::stored(Some("Enter a number from 1 to 100.".to_owned()))
                />
            </div>
            <TextArea
                name="ui-when"
                label="When to Use"
                help="In your own words: when to hand off, when not to, and what to say."
                example="Hand off when the customer is upset, and for refunds over 100 euros."
                value=when
                chars_max=8_000
                on_input=move |text| when.set(text)
            />
            <TextArea
                name="ui-long"
                label="Note"
                value="This text is longer than it may be."
                chars_max=20
                rows=2
                error=Signal::stored(Some("Shorten it to 20 characters.".to_owned()))
            />
            <div class="flex flex-col gap-5 rounded-card border border-border p-5">
                <Toggle
                    name="ui-enabled"
                    label="Enabled"
                    help="Off: the AI agent never hands off by itself."
                    checked=is_on
                    on_change=move |on| is_on.set(on)
                />
                <Toggle name="ui-off" label="Off" checked=false />
                <Toggle name="ui-fixed" label="Disabled, on" checked=true disabled=true />
            </div>
            <FormError error=Signal::stored(
                Some("The server can't be reached. Check your connection and try again.".to_owned()),
            ) />
            <div class="rounded-card border border-border px-6 max-md:px-4">
                <StickyBar changes on_discard=move |_| questions.set(3) />
            </div>
        </Sheet>
    }
}
