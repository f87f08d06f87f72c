//! `/sign-in`: email and password. Works without scripts.

use super::door::Door;
use crate::api::session::SignIn;
use crate::app::components::{Button, FormError, Look, PasswordField, TextField};
use crate::browser;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const FORM: &str = "sign-in-form";

/// Signs a teammate in and leads where they wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let next = use_query_map().with_untracked(|query| query.get("next"));
    let failure = move || sign_in.value().get().and_then(Result::err);
    let password_error = Signal::derive(move || failure().and_then(|error| error.field("password").map(str::to_owned)));
    let form_error =
        Signal::derive(move || failure().filter(|error| error.0.fields.is_empty()).map(|error| error.to_string()));
    Effect::new(move |_| {
        if password_error.with(Option::is_some) {
            browser::focus_first_invalid(FORM);
        }
    });
    view! {
        <Door title="Sign in" text="Welcome back. Your conversations are waiting.">
            <ActionForm action=sign_in attr:id=FORM attr:class="flex flex-col gap-5">
                <FormError error=form_error />
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <TextField name="email" label="Email" r#type="email" autocomplete="username" autofocus=true />
                <PasswordField name="password" label="Password" autocomplete="current-password" error=password_error />
                <Button look=Look::Primary r#type="submit" pending=sign_in.pending()>
                    "Sign in"
                </Button>
            </ActionForm>
        </Door>
    }
}
