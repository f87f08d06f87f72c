//! Setting up the workspace, signing in and out, and who is asking.

use super::Error;
pub use crate::wire::session::*;
use leptos::prelude::*;

/// Anybody: is a first visit due?
#[server(name = LoadSetupState, endpoint = "setup/state")]
pub async fn setup_state() -> Result<SetupState, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(
        call.desk.setup_state().await.map(|(is_needed, is_token_required)| SetupState { is_needed, is_token_required }),
    )
}

/// Anybody, once: creates the workspace, its owner and a first AI agent, and signs the owner in.
/// Fields in errors: `workspace_name`, `name`, `email`, `password`, `agent_name`, `token`.
#[server(endpoint = "setup/create")]
pub async fn set_up(
    workspace_name: String,
    name: String,
    email: String,
    password: String,
    agent_name: String,
    token: Option<String>,
) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    let form =
        crate::desk::SetUp { workspace_name, name, email, password, agent_name, token: token.unwrap_or_default() };
    let signed_in = call.answer::<_, Error>(call.desk.set_up(form).await)?;
    call.sign_in(&signed_in);
    leptos_axum::redirect(&format!("/agents/{}", signed_in.agent_id));
    Ok(())
}

/// Anybody: judges a password without keeping it. `about` holds words that make it weak: name, email, workspace.
#[server(endpoint = "setup/password_strength", input = leptos::server_fn::codec::Json)]
pub async fn password_strength(password: String, about: Vec<String>) -> Result<Strength, Error> {
    let call = expect_context::<crate::desk::Call>();
    let (score, advice) = call.desk.password_strength(&password, &about);
    Ok(Strength { score, advice })
}

/// Anybody: signs in by email and password. Field in errors: `password`.
#[server(endpoint = "session/sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    let signed_in = call.answer::<_, Error>(call.desk.sign_in(&email, &password).await)?;
    call.sign_in(&signed_in);
    leptos_axum::redirect(crate::desk::safe_next(next.as_deref()));
    Ok(())
}

/// Anybody signed in: ends this session.
#[server(endpoint = "session/sign_out")]
pub async fn sign_out() -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer::<_, Error>(call.desk.sign_out(call.session_token.as_deref()).await)?;
    call.sign_out();
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// Anybody: who is signed in; `None` when nobody is.
#[server(endpoint = "session/me")]
pub async fn who_am_i() -> Result<Option<Me>, Error> {
    let call = expect_context::<crate::desk::Call>();
    let Some(teammate) = call.me.clone() else { return Ok(None) };
    let workspace_name = call.answer::<_, Error>(call.desk.workspace_name().await)?;
    Ok(Some(Me { teammate, workspace_name }))
}
