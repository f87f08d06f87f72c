//! Refusing what another site makes a teammate's browser send. Cookies travel along with such requests, so where a
//! request comes from is asked of the browser itself: `Sec-Fetch-Site`, or `Origin` in older ones. Programs send
//! neither, and carry no cookies that they were not given.

use super::Web;
use super::problem::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Middleware: refuses what changes something and comes from another origin.
pub async fn check(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || is_same_origin(request.headers(), &web.desk.public_url) {
        return next.run(request).await;
    }
    Refusal::new(
        StatusCode::FORBIDDEN,
        "wrong_origin",
        "This request came from another site. Open Baton itself and try again there.",
    )
    .into_response()
}

fn is_same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = value("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = origin.strip_prefix("https://").or(origin.strip_prefix("http://"));
    origin == public_url || (host.is_some() && host == value("host"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn is_taken(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_same_origin(&headers, "https://support.example.com")
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        assert!(is_taken(&[]));
        assert!(is_taken(&[("sec-fetch-site", "same-origin"), ("origin", "https://odd.example")]));
        assert!(!is_taken(&[("sec-fetch-site", "same-site")]));
        assert!(!is_taken(&[("sec-fetch-site", "cross-site"), ("origin", "https://support.example.com")]));
        assert!(is_taken(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(is_taken(&[("origin", "https://support.example.com"), ("host", "inside:3000")]));
        assert!(!is_taken(&[("origin", "http://127.0.0.1:4000"), ("host", "127.0.0.1:3000")]));
        assert!(!is_taken(&[("origin", "null"), ("host", "127.0.0.1:3000")]));
        assert!(!is_taken(&[("origin", "https://support.example.com.evil.example")]));
    }
}
