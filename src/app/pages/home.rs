//! `/`: leads to where the visitor belongs.

use crate::api;
use crate::app::components::Loaded;
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// To the set-up on the first visit, to the inbox when signed in, to the sign-in page otherwise.
#[component]
pub fn Home() -> impl IntoView {
    let target = Resource::new_blocking(
        || (),
        |()| async move {
            if api::session::setup_state().await?.is_needed {
                return Ok::<_, api::Error>("/setup".to_owned());
            }
            let is_signed_in = api::session::who_am_i().await?.is_some();
            Ok(if is_signed_in { "/conversations" } else { "/sign-in" }.to_owned())
        },
    );
    view! {
        <Loaded resource=target let:path>
            <Redirect path />
        </Loaded>
    }
}
