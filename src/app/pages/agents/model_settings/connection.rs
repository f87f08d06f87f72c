//! Who answers, and where that one is asked: provider, address, model, key, and the test of it all.

use super::diff::provider_label;
use super::form::ModelForm;
use super::input::{Input, place};
use super::key::KeyField;
use super::test_result::TestResult;
use super::testing::Testing;
use crate::app::components::button::button_class;
use crate::app::components::time::use_now;
use crate::app::components::{FormError, Glyph, Icon, Look, Size};
use crate::domain::Provider;
use leptos::prelude::*;

/// How long the server asks at most, as it is told to who waits.
const TEST_SECONDS_MAX: i64 = 20;

/// The three providers. What the built-in engine does not use is hidden by the browser's own means (`:has`), so that it works
/// without scripts; the form's class names the group.
#[component]
pub fn ProviderField(form: ModelForm) -> impl IntoView {
    let choices = Provider::ALL.map(|provider| {
        let (id, text) = match provider {
            Provider::BuiltIn => ("provider-builtin", "No key, no network. Runs inside Baton."),
            Provider::Openai => (
                "provider-openai",
                "OpenAI, Azure, Ollama, vLLM, llama.cpp, LiteLLM, OpenRouter and others with the same interface.",
            ),
            Provider::Anthropic => ("provider-anthropic", "Claude, by Anthropic's own interface."),
        };
        view! {
            <label class="flex cursor-pointer items-start gap-3 rounded-card border border-field/60 px-4 py-3 transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring">
                <input
                    id=id
                    type="radio"
                    name="provider"
                    value=provider.as_str()
                    class="mt-0.5 size-4 shrink-0 accent-accent outline-none"
                    checked=form.text.with_untracked(|text| text.provider == provider)
                    prop:checked=move || form.text.with(|text| text.provider == provider)
                    on:change=move |_| {
                        form.text.update(|text| text.provider = provider);
                        for field in ["provider", "base_url", "key"] {
                            form.change(field);
                        }
                    }
                />
                <span class="flex min-w-0 flex-col gap-0.5">
                    <span class="font-medium">{provider_label(provider)}</span>
                    <span class="text-sm text-muted">{text}</span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="flex flex-col gap-2">
            <legend class="mb-2 text-lg font-semibold">"Who answers"</legend>
            {choices.collect_view()}
            <p class="mt-1 hidden items-start gap-2 text-muted group-has-[#provider-builtin:checked]/form:flex">
                <Icon glyph=Glyph::Info class="mt-0.5" />
                <span>
                    "The built-in engine hands off by When to Use and answers from Knowledge, in its own words. It uses no instructions, has no budget and costs nothing, so there is nothing more to set."
                </span>
            </p>
        </fieldset>
    }
}

/// Where the model is asked.
#[component]
pub fn ConnectionFields(form: ModelForm, testing: Testing) -> impl IntoView {
    let placeholder = Signal::derive(move || form.text.with(|text| text.provider.base_url().to_owned()));
    let model_example = "gpt-4.1-mini, claude-haiku-4-5 or, for Ollama, llama3.2";
    view! {
        <section aria-labelledby="connection-title" class="flex flex-col gap-6 group-has-[#provider-builtin:checked]/form:hidden">
            <h2 id="connection-title" class="text-lg font-semibold">
                "Connection"
            </h2>
            <Input
                form
                place=place!(base_url)
                label="Base address"
                help="Empty: the provider's own. Ollama on this machine: http://127.0.0.1:11434/v1. llama.cpp: http://127.0.0.1:8080/v1."
                placeholder
                optional=true
            />
            <Input form place=place!(model) label="Model" help="Its name, as the provider writes it." example=model_example />
            <KeyField form />
            <TestPanel form testing />
        </section>
    }
}

#[component]
fn TestPanel(form: ModelForm, testing: Testing) -> impl IntoView {
    let now = use_now();
    let is_pending = Memo::new(move |_| testing.began_at_ms.with(Option::is_some));
    let picture = move || if is_pending.get() { Glyph::Loader } else { Glyph::Bolt };
    let seconds = move || {
        let began = testing.began_at_ms.get()?;
        let seconds = now.get().map_or(0, |now| ((now - began) / 1_000).clamp(0, TEST_SECONDS_MAX));
        Some(format!("Asking the model… {seconds} s of at most {TEST_SECONDS_MAX} s"))
    };
    view! {
        <div class="flex flex-col gap-4 rounded-card border border-border p-4">
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                <p class="min-w-48 flex-1 text-muted">
                    {move || {
                        seconds()
                            .unwrap_or_else(|| "Asks the model as it stands in this form, saved or not, and says what works.".to_owned())
                    }}
                </p>
                <button
                    type="submit"
                    name="op"
                    value="test"
                    class=button_class(Look::Secondary, Size::Normal, false)
                    aria-disabled=move || is_pending.get().then_some("true")
                    aria-busy=move || is_pending.get().then_some("true")
                    on:click=move |event| {
                        event.prevent_default();
                        testing.start();
                    }
                >
                    {move || {
                        view! { <Icon glyph=picture() class=if is_pending.get() { "turning" } else { "" } /> }
                    }}
                    "Test connection"
                </button>
            </div>
            <FormError error=testing.failure />
            <div role="status" class="empty:hidden">
                {move || testing.found.get().map(|found| view! { <TestResult form found /> })}
            </div>
        </div>
    }
}
