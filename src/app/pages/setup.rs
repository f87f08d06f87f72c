//! `/setup`: the first visit makes the workspace, its owner and a first AI agent. Works without scripts.

use super::door::Door;
use crate::api::session::{SetUp, password_strength, setup_state};
use crate::app::components::{Button, FormError, Glyph, Icon, Loaded, Look, PasswordField, SentErrors, TextField};
use crate::wire::session::Strength;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use std::time::Duration;

const FORM: &str = "setup-form";

/// A pause in typing before the password is judged.
const JUDGE_PAUSE_MS: u64 = 300;

/// Asks for what the first visit needs; leads to sign-in when a workspace exists.
#[component]
pub fn SetupPage() -> impl IntoView {
    let state = Resource::new_blocking(|| (), |()| setup_state());
    view! {
        <Loaded resource=state let:state>
            {if state.is_needed {
                view! { <SetupForm is_token_required=state.is_token_required /> }.into_any()
            } else {
                view! { <Redirect path="/sign-in" /> }.into_any()
            }}
        </Loaded>
    }
}

#[component]
fn SetupForm(is_token_required: bool) -> impl IntoView {
    let set_up = ServerAction::<SetUp>::new();
    let errors = SentErrors::new(Signal::derive(move || set_up.value().get().and_then(Result::err)));
    errors.focus_first(FORM);
    let about = [RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new())];
    let [workspace, name, email] = about;
    let password = RwSignal::new(String::new());
    view! {
        <Door title="Set up Baton" text="Two minutes: your workspace, your account and a first AI agent.">
            <ActionForm action=set_up attr:id=FORM attr:class="flex flex-col gap-5" attr:novalidate="">
                <FormError error=errors.of_form() />
                {is_token_required
                    .then(|| {
                        view! {
                            <TextField
                                name="token"
                                label="Setup token"
                                help="It stands in the server's log. It proves that this is your server."
                                monospace=true
                                error=errors.of("token")
                                on_input=move |_| errors.change("token")
                            />
                        }
                    })}
                <TextField
                    name="workspace_name"
                    label="Workspace"
                    help="Your company or team, as your teammates see it."
                    example="Northwind Outdoor"
                    autocomplete="organization"
                    autofocus=true
                    error=errors.of("workspace_name")
                    on_input=move |text| {
                        workspace.set(text);
                        errors.change("workspace_name");
                    }
                />
                <TextField
                    name="name"
                    label="Your name"
                    help="Customers see your first name when you reply."
                    autocomplete="name"
                    error=errors.of("name")
                    on_input=move |text| {
                        name.set(text);
                        errors.change("name");
                    }
                />
                <TextField
                    name="email"
                    label="Email"
                    help="You sign in with it."
                    r#type="email"
                    autocomplete="username"
                    error=errors.of("email")
                    on_input=move |text| {
                        email.set(text);
                        errors.change("email");
                    }
                />
                <div class="flex flex-col gap-2">
                    <PasswordField
                        name="password"
                        label="Password"
                        help="A few words that do not belong together are strong and easy to keep."
                        autocomplete="new-password"
                        error=errors.of("password")
                        on_input=move |text| {
                        password.set(text);
                        errors.change("password");
                    }
                    />
                    <StrengthMeter password about />
                </div>
                <TextField
                    name="agent_name"
                    label="Your first AI agent"
                    help="Customers see this name beside every answer."
                    example="Ada"
                    error=errors.of("agent_name")
                    on_input=move |_| errors.change("agent_name")
                />
                <Button look=Look::Primary r#type="submit" pending=set_up.pending()>
                    "Create the workspace"
                </Button>
            </ActionForm>
        </Door>
    }
}

/// How strong the password is, judged by the server while one types, and how to make it stronger.
#[component]
fn StrengthMeter(password: RwSignal<String>, about: [RwSignal<String>; 3]) -> impl IntoView {
    let judged = RwSignal::new(None::<Strength>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let typed = password.get();
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
        if typed.is_empty() {
            judged.set(None);
            return;
        }
        let judge = move || {
            leptos::task::spawn_local(async move {
                // The page may be gone by now: the workspace was created.
                let about = about.iter().map(|word| word.try_get_untracked().unwrap_or_default()).collect();
                // A judgement that does not come is no obstacle: the server judges again when the form is sent.
                if let Ok(strength) = password_strength(typed.clone(), about).await
                    && password.try_with_untracked(|now| *now == typed) == Some(true)
                {
                    judged.try_set(Some(strength));
                }
            });
        };
        timer.set_value(set_timeout_with_handle(judge, Duration::from_millis(JUDGE_PAUSE_MS)).ok());
    });
    let bar = move |at: u8| {
        let class = move || {
            let colour = match judged.get().map(|strength| strength.score) {
                Some(score) if score > at && score >= 3 => "bg-success",
                Some(score) if score > at => "bg-warning",
                _ => "bg-border",
            };
            format!("h-1 flex-1 rounded-full transition-colors {colour}")
        };
        view! { <span class=class></span> }
    };
    let words = move || {
        judged.get().map(|Strength { score, advice }| {
            let word = ["Too weak.", "Weak.", "Fair.", "Strong enough.", "Very strong."][usize::from(score.min(4))];
            let (glyph, colour) =
                if score >= 3 { (Glyph::Check, "text-success-text") } else { (Glyph::Info, "text-warning-text") };
            view! {
                <span class=format!("inline-flex items-center gap-1 font-medium {colour}")>
                    <Icon glyph size=14 />
                    {word}
                </span>
                <span>{advice}</span>
            }
        })
    };
    view! {
        <div class="flex flex-col gap-1.5">
            <div class="flex gap-1" aria-hidden="true">
                {(0..4).map(bar).collect_view()}
            </div>
            <p class="flex min-h-5 flex-wrap items-center gap-x-1.5 text-sm text-muted" role="status">
                {words}
            </p>
        </div>
    }
}
