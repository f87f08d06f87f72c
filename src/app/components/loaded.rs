//! The one place where pages read what they load: waiting, failed, and there.

use super::empty_state::ErrorState;
use super::skeleton::SkeletonCards;
use crate::api;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use serde::{Serialize, de::DeserializeOwned};

/// Shows what a resource holds. Until the first answer: a skeleton; on failure: what happened and a retry; signed out: the
/// sign-in page. While it loads again, what was there stays. An empty list is the business of `children`.
#[component]
pub fn Loaded<T, F, V>(
    resource: Resource<Result<T, api::Error>>,
    /// The shape of what comes; cards unless told.
    #[prop(optional, into)]
    skeleton: Option<ViewFn>,
    /// Lays out what was loaded: any `Fn(T) -> view`.
    children: F,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let fallback = move || match &skeleton {
        Some(skeleton) => skeleton.run(),
        None => view! { <div class="p-6"><SkeletonCards /></div> }.into_any(),
    };
    let retry = Callback::new(move |()| resource.refetch());
    view! {
        <Transition fallback>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => children(value).into_any(),
                        Err(error) if error.0.status == 401 => view! { <Redirect path="/sign-in" /> }.into_any(),
                        Err(error) => view! { <ErrorState error on_retry=retry /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
