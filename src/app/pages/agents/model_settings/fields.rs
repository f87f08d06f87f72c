//! How the model answers, what it may cost, and what happens when it does not answer.

use super::diff::{count_text, on_failure_label};
use super::form::ModelForm;
use super::input::{Input, place};
use crate::app::components::TextArea;
use crate::domain::model::{INSTRUCTIONS_CHARS_MAX, TOKENS_MAX_RANGE};
use crate::domain::model_text::dollars_text;
use crate::domain::{ModelSettings, OnFailure, TokenUsage};
use leptos::prelude::*;

/// The class of a section that matters for a model only; see `connection.rs`.
const MODEL_ONLY: &str = "flex flex-col gap-6 group-has-[#provider-builtin:checked]/form:hidden";

/// Instructions, temperature, length.
#[component]
pub fn AnswerFields(form: ModelForm) -> impl IntoView {
    let instructions = place!(instructions);
    let (least, most) = (count_text(*TOKENS_MAX_RANGE.start()), count_text(*TOKENS_MAX_RANGE.end()));
    view! {
        <section aria-labelledby="answers-title" class=MODEL_ONLY>
            <h2 id="answers-title" class="text-lg font-semibold">
                "How it answers"
            </h2>
            <div on:focusout=move |_| form.leave(instructions.name)>
                <TextArea
                    name=instructions.name
                    label="Instructions"
                    help="What your company does, the tone, the language, what to leave out. Facts belong into Knowledge; when to hand off belongs into the Human Handoff action."
                    example="You answer for Fern & Clay, a shop for house plants. Be brief and friendly. Never promise delivery dates."
                    rows=6
                    optional=true
                    chars_max=INSTRUCTIONS_CHARS_MAX
                    value=instructions.value(form)
                    error=form.error(instructions.name)
                    on_input=move |text| instructions.set(form, text)
                />
            </div>
            <div class="grid gap-x-8 gap-y-6 md:grid-cols-2">
                <Input
                    form
                    place=place!(temperature)
                    label="Temperature"
                    help="From 0 (the same answer every time) to 2 (free). 0.3 is a good start."
                    is_number=true
                />
                <Input
                    form
                    place=place!(tokens_max)
                    label="Most tokens of an answer"
                    help=format!("From {least} to {most}. 100 tokens are about 75 English words.")
                    is_number=true
                    unit="tokens"
                />
            </div>
        </section>
    }
}

/// Prices and budgets.
#[component]
pub fn CostFields(form: ModelForm) -> impl IntoView {
    view! {
        <section aria-labelledby="cost-title" class=MODEL_ONLY>
            <div class="flex flex-col gap-0.5">
                <h2 id="cost-title" class="text-lg font-semibold">
                    "Prices and budgets"
                </h2>
                <p class="text-muted">
                    "A used up budget stops the model, never the customer: the choice below says who goes on. Days are in UTC."
                </p>
            </div>
            <div class="grid gap-x-8 gap-y-6 md:grid-cols-2">
                <Input
                    form
                    place=place!(price_in)
                    label="Price of tokens read"
                    help="In dollars, as the provider lists it. Only for showing what it costs."
                    optional=true
                    is_number=true
                    before="$"
                    unit="per million"
                />
                <Input
                    form
                    place=place!(price_out)
                    label="Price of tokens written"
                    help="Usually the higher one."
                    optional=true
                    is_number=true
                    before="$"
                    unit="per million"
                />
                <Input
                    form
                    place=place!(tokens_per_conversation)
                    label="Budget of a conversation"
                    help="Tokens read and written. Empty: no limit."
                    optional=true
                    is_number=true
                    unit="tokens"
                    aside=money(form, |settings| settings.tokens_per_conversation)
                />
                <Input
                    form
                    place=place!(tokens_per_day)
                    label="Budget of a day"
                    help="Of this agent, all conversations together. Empty: no limit."
                    optional=true
                    is_number=true
                    unit="tokens"
                    aside=money(form, |settings| settings.tokens_per_day)
                />
            </div>
        </section>
    }
}

/// What a budget costs at most, when the prices are known.
fn money(form: ModelForm, budget: fn(&ModelSettings) -> i64) -> Signal<Option<String>> {
    Signal::derive(move || {
        let settings = form.settings();
        let tokens = budget(&settings);
        let is_known = tokens > 0 && settings.price_in >= 0 && settings.price_out >= 0;
        let all_read = settings.cost(TokenUsage { read: tokens, written: 0 });
        let all_written = settings.cost(TokenUsage { read: 0, written: tokens });
        let most = all_read.max(all_written);
        (is_known && most > 0).then(|| format!("at most {}", dollars_text(most)))
    })
}

/// Who serves the customer when the model does not.
#[component]
pub fn FailureField(form: ModelForm) -> impl IntoView {
    let choices = OnFailure::ALL.map(|on_failure| {
        let text = match on_failure {
            OnFailure::BuiltIn => "From Knowledge and by When to Use. A person is called when it can't help.",
            OnFailure::Human => "Each conversation that would need the model is handed off to your team.",
        };
        view! {
            <label class="flex cursor-pointer items-start gap-3 rounded-card border border-field/60 px-4 py-3 transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring">
                <input
                    type="radio"
                    name="on_failure"
                    value=on_failure.as_str()
                    class="mt-0.5 size-4 shrink-0 accent-accent outline-none"
                    checked=form.text.with_untracked(|text| text.on_failure == on_failure)
                    prop:checked=move || form.text.with(|text| text.on_failure == on_failure)
                    on:change=move |_| form.text.update(|text| text.on_failure = on_failure)
                />
                <span class="flex min-w-0 flex-col gap-0.5">
                    <span class="font-medium">{on_failure_label(on_failure)}</span>
                    <span class="text-sm text-muted">{text}</span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="flex flex-col gap-2 group-has-[#provider-builtin:checked]/form:hidden">
            <legend class="mb-2 text-lg font-semibold">"When the model does not answer"</legend>
            {choices.collect_view()}
            <p class="mt-1 text-sm text-muted">
                "Either way the customer has an answer or a person within 20 seconds, and Baton goes back to the model by itself once it answers again."
            </p>
        </fieldset>
    }
}
