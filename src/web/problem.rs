//! Answers that say what went wrong, in the format of RFC 9457, and the extractor that makes them for JSON bodies.

use crate::desk;
use crate::domain::{FieldError, Problem};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The media type of problems.
const PROBLEM_JSON: &str = "application/problem+json";

/// A problem as an answer.
#[derive(Debug)]
pub struct Refusal {
    problem: Problem,
    retry_after_seconds: Option<u64>,
}

impl Refusal {
    /// A problem without fields.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Problem::new(status.as_u16(), code, message).into()
    }

    /// There is nothing at this address.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")
    }

    /// Says when to try again.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem, retry_after_seconds: None }
    }
}

impl From<desk::Error> for Refusal {
    fn from(error: desk::Error) -> Self {
        Problem::from(error).into()
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = Body {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: &self.problem.code,
            detail: &self.problem.message,
            errors: &self.problem.fields,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        // For layers that say it in another format.
        response.extensions_mut().insert(self.problem);
        response
    }
}

/// A JSON body; whatever is wrong with it is answered with a problem.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(explain(&rejection)),
        }
    }
}

fn explain(rejection: &JsonRejection) -> Refusal {
    let status = rejection.status();
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            Refusal::new(status, "not_json", "Send JSON with the header Content-Type: application/json.")
        }
        // The parser's words name the place and the field, never a value of another request.
        JsonRejection::JsonSyntaxError(error) => {
            Refusal::new(StatusCode::BAD_REQUEST, "malformed", format!("This is not JSON: {}.", cause(error)))
        }
        JsonRejection::JsonDataError(error) => Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "malformed",
            format!("The JSON does not fit this request: {}.", cause(error)),
        ),
        _ if status == StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Refusal::new(status, "unreadable", "The request could not be read. Send it again."),
    }
}

/// The innermost cause: the outer ones only say that something is wrong.
fn cause(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// What was sent is too large.
pub fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "This is more than can be taken at once. Send less.")
}

/// For addresses that exist, with another method.
pub async fn method_not_allowed() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take that method.")
}
