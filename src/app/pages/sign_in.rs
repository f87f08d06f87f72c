//! `/sign-in`: email and password. Works without scripts.

use super::door::Door;
use crate::api::session::SignIn;
use crate::app::components::{Button, FormError, Look, PasswordField, SentErrors, TextField};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const FORM: &str = "sign-in-form";

/// Signs a teammate in and leads where they wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let next = use_query_map().with_untracked(|query| query.get("next"));
    let errors = SentErrors::new(Signal::derive(move || sign_in.value().get().and_then(Result::err)));
    errors.focus_first(FORM);
    view! {
        <Door title="Sign in" text="Welcome back. Your conversations are waiting.">
            <ActionForm action=sign_in attr:id=FORM attr:class="flex flex-col gap-5">
                <FormError error=errors.of_form() />
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <TextField name="email" label="Email" r#type="email" autocomplete="username" autofocus=true />
                <PasswordField
                    name="password"
                    label="Password"
                    autocomplete="current-password"
                    error=errors.of("password")
                    on_input=move |_| errors.change("password")
                />
                <Button look=Look::Primary r#type="submit" pending=sign_in.pending()>
                    "Sign in"
                </Button>
            </ActionForm>
        </Door>
    }
}
