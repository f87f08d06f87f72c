//! Try a message: what would be done with it by the form as it stands, saved or not.

use super::asked::{Asked, NotUpToDate};
use super::form::Form;
use super::trial_result::TrialResult;
use crate::app::components::button::button_class;
use crate::app::components::field::described_by;
use crate::app::components::{Button, Field, Glyph, Look, Size, use_toasts};
use crate::browser;
use crate::domain::Example;
use crate::domain::action::EXAMPLE_CHARS_MAX;
use crate::domain::entry::BODY_CHARS_MAX;
use crate::wire::reading::Explained;
use leptos::prelude::*;

const ID: &str = "try_message";

/// The message that is tried, with what was answered.
#[derive(Clone, Copy)]
pub struct Trial {
    pub message: RwSignal<String>,
    pub asked: Asked<Explained>,
    /// What is wrong with a message that was tried by a form post.
    pub posted_error: RwSignal<Option<String>>,
}

/// Whether a message can be tried as it is.
pub fn can_be_tried(message: &str) -> bool {
    !message.trim().is_empty() && message.chars().count() <= BODY_CHARS_MAX
}

/// The panel.
#[component]
pub fn TrialPanel(form: Form, trial: Trial) -> impl IntoView {
    let Trial { message, asked, posted_error } = trial;
    let is_blank = Memo::new(move |_| message.with(|message| message.trim().is_empty()));
    let explained = Memo::new(move |_| if is_blank.get() { None } else { asked.answer.get() });
    let error = Signal::derive(move || {
        let is_long = message.with(|message| message.chars().count() > BODY_CHARS_MAX);
        let too_long = format!("Customers can write {BODY_CHARS_MAX} characters. Shorten it to try it.");
        if is_long { Some(too_long) } else { posted_error.get() }
    });
    // Without scripts nothing happens as one types.
    let button = format!(
        r#"<button type="submit" name="op" value="try_message" class="{}">Try it</button>"#,
        button_class(Look::Secondary, Size::Normal, false)
    );
    view! {
        <section aria-label="Try a message" class="flex flex-col gap-3 rounded-card border border-border p-4">
            <Field
                id=ID
                label="Try a message"
                help="Write as a customer would, in any language. This goes by the form as it stands, saved or not."
                error
            >
                <textarea
                    id=ID
                    name=ID
                    rows="2"
                    class="control field-sizing-content max-h-60 min-h-16 resize-none py-2"
                    dir="auto"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || described_by(ID, error.with(Option::is_some), true)
                    prop:value=move || message.get()
                    on:input=move |event| {
                        posted_error.set(None);
                        message.set(event_target_value(&event));
                    }
                >
                    {browser::area_text(&message.get_untracked())}
                </textarea>
            </Field>
            <noscript inner_html=button></noscript>
            <TrialResult explained is_enabled=form.controls.enabled />
            <NotUpToDate failure=asked.failure />
            <Show when=move || explained.with(Option::is_some)>
                <AddAsExample form message />
            </Show>
        </section>
    }
}

/// The message becomes an example in one click.
#[component]
fn AddAsExample(form: Form, message: RwSignal<String>) -> impl IntoView {
    let toasts = use_toasts();
    let is_long = Memo::new(move |_| message.with(|message| message.trim().chars().count() > EXAMPLE_CHARS_MAX));
    let is_known = Memo::new(move |_| {
        let text = message.with(|message| message.trim().to_lowercase());
        form.controls.examples().iter().any(|example| example.text.trim().to_lowercase() == text)
    });
    let add = move |should_hand_off: bool| {
        let text = message.with_untracked(|message| message.trim().to_owned());
        match form.add_example(&Example { text, should_hand_off }) {
            Some(_) => toasts.done("Added to the example messages"),
            None => toasts.failed("There are as many examples as there can be. Remove one first."),
        }
    };
    view! {
        <div class="flex flex-col gap-2 border-t border-border pt-3">
            {move || {
                if is_known.get() {
                    return view! { <p class="text-sm text-muted">"This message is one of the examples."</p> }.into_any();
                }
                if is_long.get() {
                    return view! {
                        <p class="text-sm text-muted">
                            "Too long for an example: " {EXAMPLE_CHARS_MAX} " characters are the most."
                        </p>
                    }
                    .into_any();
                }
                view! {
                    <p class="text-sm text-muted" id="trial-add">
                        "Add as example:"
                    </p>
                    <div role="group" aria-labelledby="trial-add" class="flex flex-wrap gap-2">
                        <Button size=Size::Small icon=Glyph::Plus on_click=move |()| add(true)>
                            "Should hand off"
                        </Button>
                        <Button size=Size::Small icon=Glyph::Plus on_click=move |()| add(false)>
                            "Should not"
                        </Button>
                    </div>
                }
                .into_any()
            }}
        </div>
    }
}
