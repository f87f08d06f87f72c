//! The server functions' endpoint: `/api/*`. Errors go out as the `Problem` that the pages read, with its status.

use super::Web;
use super::pages::provide_call;
use super::problem::{Refusal, method_not_allowed};
use crate::domain::Problem;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::axum::get_server_fn_service;

/// Set by server functions on every error.
const ERROR_HEADER: &str = "serverfnerror";
/// An error is a few sentences.
const ERROR_BYTES_MAX: usize = 64 * 1_024;

/// Runs the server function of this address.
pub async fn answer(State(web): State<Web>, request: Request) -> Response {
    let path = request.uri().path();
    if get_server_fn_service(path, request.method().clone()).is_none() {
        return match get_server_fn_service(path, Method::POST) {
            Some(_) => method_not_allowed().await.into_response(),
            None => Refusal::not_found().into_response(),
        };
    }
    let response = leptos_axum::handle_server_fns_with_context(move || provide_call(&web), request).await;
    with_real_status(response.into_response()).await
}

/// An error that arose before the function ran, such as an argument that is missing, has its status only in its body.
async fn with_real_status(mut response: Response) -> Response {
    if !response.headers().contains_key(ERROR_HEADER) {
        return response;
    }
    if response.headers().contains_key(LOCATION) {
        // A plain form: the browser goes back to its page, which shows the error.
        *response.status_mut() = StatusCode::SEE_OTHER;
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, ERROR_BYTES_MAX).await else {
        return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side.")
            .into_response();
    };
    let problem = serde_json::from_slice::<Problem>(&body).ok();
    if let Some(status) = problem.and_then(|problem| StatusCode::from_u16(problem.status).ok()) {
        parts.status = status;
    }
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Response::from_parts(parts, Body::from(body))
}

/// Middleware: what the layers around the functions refuse is said in the format that the pages read.
pub async fn put_into_words(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    (parts, Json(problem)).into_response()
}
