//! The pages: rendered by the app, with a [`Call`] in their context, behind the guard of `session`.

use super::problem::Refusal;
use super::session::{self, Visitor};
use super::{Web, headers};
use crate::app::{App, shell};
use crate::desk::{Call, ResponseHead};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions};
use std::sync::Arc;

/// The gallery of components: for development.
const GALLERY: &str = "/ui";

/// The routes that the app knows.
pub fn routes(web: &Web) -> Router<Web> {
    // The server functions have routes of their own: `server_fns`.
    let functions = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let paths = generate_route_list_with_exclusions(App, Some(functions));
    let (context, options) = (web.clone(), web.leptos.clone());
    Router::new()
        .leptos_routes_with_context(web, paths, move || provide_call(&context), move || shell(options.clone()))
        .layer(from_fn_with_state(web.clone(), guard))
}

async fn guard(state: State<Web>, request: Request, next: axum::middleware::Next) -> Response {
    if request.uri().path() == GALLERY && !state.has_dev_pages {
        return Refusal::not_found().into_response();
    }
    session::guard(state, request, next).await
}

/// What server functions find in their context, on pages and in calls alike.
pub fn provide_call(web: &Web) {
    let (Some(parts), Some(head)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else { return };
    let visitor = parts.extensions.get::<Visitor>().cloned();
    let (me, session_token) = visitor.map_or((None, None), |visitor| (visitor.me, visitor.token));
    let policy = use_nonce().and_then(|nonce| HeaderValue::from_str(&headers::page_policy(&nonce)).ok());
    if let Some(policy) = policy {
        head.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    provide_context(Call { desk: web.desk.clone(), me, session_token, head: Arc::new(Head(head)) });
}

struct Head(ResponseOptions);

impl ResponseHead for Head {
    fn set_status(&self, status: u16) {
        if let Ok(status) = StatusCode::from_u16(status) {
            self.0.set_status(status);
        }
    }

    fn set_cookie(&self, cookie: String) {
        match HeaderValue::from_str(&cookie) {
            Ok(cookie) => self.0.append_header(SET_COOKIE, cookie),
            Err(_) => tracing::error!("a cookie can't be sent"),
        }
    }
}

/// Renders the page of `parts`, complete, with more in its context, under a status of its own.
pub async fn render(
    web: &Web,
    mut parts: Parts,
    status: StatusCode,
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    parts.method = Method::GET;
    let (context, options) = (web.clone(), web.leptos.clone());
    let provide = move || {
        provide_call(&context);
        more();
    };
    let page = leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()));
    let mut response = page(Request::from_parts(parts, Body::empty())).await;
    *response.status_mut() = status;
    response
}

/// For addresses that nobody knows: a page for people, a problem for programs.
pub async fn not_found(State(web): State<Web>, request: Request) -> Response {
    let path = request.uri().path();
    let is_for_programs = ["/api/", "/widget/", "/pkg/", "/test/"].iter().any(|prefix| path.starts_with(prefix));
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_for_programs || !is_read || path == GALLERY {
        return Refusal::not_found().into_response();
    }
    render(&web, request.into_parts().0, StatusCode::NOT_FOUND, || {}).await
}
