//! What every form has in common that a browser posts without scripts: its type, its body, its version, and how a form is
//! refused that no browser sends. Where it comes from is checked by `origin`, how large it may be by the layer around its route.

use super::problem::{Refusal, too_large};
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

const FORM: &str = "application/x-www-form-urlencoded";

/// Reads the fields, in their order; a name may come twice.
///
/// # Errors
/// 415 for another type, 413 beyond the route's bound, 400 for what is no form.
pub async fn read(request: Request) -> Result<(Parts, Vec<(String, String)>), Refusal> {
    let (parts, body) = request.into_parts();
    require_type(&parts.headers)?;
    // The layer around the route bounds the body.
    let body = to_bytes(body, usize::MAX).await.map_err(|_| too_large())?;
    let fields = serde_html_form::from_bytes(&body).map_err(|error| malformed(&error.to_string()))?;
    Ok((parts, fields))
}

/// Refuses what is not sent as a form.
///
/// # Errors
/// 415.
pub fn require_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM));
    let refusal = || Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_form", format!("Send {FORM}."));
    is_form.then_some(()).ok_or_else(refusal)
}

/// The version that a form was loaded at.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn read_version(text: Option<String>) -> Result<i64, String> {
    let text = text.ok_or("The field “version” is missing.")?;
    text.parse().map_err(|_| "The field “version” is not a number.".to_owned())
}

/// The refusal of a form that no browser sends; `what` is a sentence.
pub fn malformed(what: &str) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "malformed",
        format!("This form could not be read: {what} Go back, load the page again and send it once more."),
    )
}
