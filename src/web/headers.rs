//! What every answer carries: the request's id, and the headers that keep browsers from doing what Baton never asks of
//! them. One span and one log line per request; never a body, a token or an email.

use super::Web;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::{Instrument, field};

/// Nothing is loaded and nothing runs: for answers that are no pages.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";
/// Features that no page of Baton uses.
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
/// One year.
const HSTS: &str = "max-age=31536000";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The policy of the app's pages: their own files, and the inline scripts that carry this answer's nonce.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

/// The policy of hand-written pages without inline scripts. `framed`: other sites may show it in a frame.
pub fn plain_policy(framed: bool) -> &'static str {
    if framed {
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors *"
    } else {
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    }
}

/// Middleware: the span, the log line and the headers.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = format!("{:016x}", rand::random::<u64>());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request", id, %method, route, status = field::Empty, latency_ms = field::Empty
    );
    let mut response = next.run(request).instrument(span.clone()).await;

    let status = response.status();
    span.record("status", status.as_u16());
    span.record("latency_ms", u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!("answered with an error");
        } else if is_chatter(&route) {
            tracing::debug!("answered");
        } else {
            tracing::info!("answered");
        }
    });
    add_headers(response.headers_mut(), web.is_https);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }
    response
}

/// What is asked for all the time and tells nobody anything.
fn is_chatter(route: &str) -> bool {
    matches!(route, "/healthz" | "/readyz") || route.starts_with("/pkg") || route.starts_with("/fonts")
}

fn add_headers(headers: &mut HeaderMap, is_https: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(CONTENT_SECURITY_POLICY, NO_PAGE);
    add(X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(REFERRER_POLICY, "same-origin");
    add(PERMISSIONS_POLICY, PERMISSIONS);
    add(CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    add(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
    add(CACHE_CONTROL, "no-store");
    if is_https {
        add(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    let is_framed = headers
        .get(CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .is_some_and(|policy| policy.ends_with("frame-ancestors *"));
    if !is_framed {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
}
