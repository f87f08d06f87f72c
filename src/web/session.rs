//! Who is asking: the session cookie, and the guard that sends visitors where they can begin.

use super::Web;
use super::problem::Refusal;
use crate::desk::SESSION_COOKIE;
use crate::domain::Teammate;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::atomic::Ordering;

/// Where everybody is sent who is signed in.
const HOME: &str = "/conversations";

/// Who is asking, as the session cookie says.
#[derive(Clone)]
pub struct Visitor {
    pub me: Option<Teammate>,
    /// The session's token, if it is valid.
    pub token: Option<String>,
}

/// Middleware: looks the session up and leaves a [`Visitor`] with the request.
pub async fn recognise(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let token = session_token(request.headers()).map(str::to_owned);
    let me = match &token {
        Some(token) => match web.desk.session(token).await {
            Ok(me) => me,
            Err(error) => return Refusal::from(error).into_response(),
        },
        None => None,
    };
    let token = token.filter(|_| me.is_some());
    request.extensions_mut().insert(Visitor { me, token });
    next.run(request).await
}

/// Middleware of the pages: to the first visit while there is no workspace, to sign in without a session.
pub async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_set_up = match is_set_up(&web).await {
        Ok(is_set_up) => is_set_up,
        Err(refusal) => return refusal.into_response(),
    };
    let is_signed_in = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.me.is_some());
    let path = request.uri().path();
    match (path, is_set_up, is_signed_in) {
        ("/ui", ..) | ("/setup", false, _) | ("/sign-in", true, false) => next.run(request).await,
        (_, false, _) => Redirect::to("/setup").into_response(),
        ("/" | "/setup" | "/sign-in", true, true) => Redirect::to(HOME).into_response(),
        ("/" | "/setup", true, false) => Redirect::to("/sign-in").into_response(),
        (_, true, true) => next.run(request).await,
        (_, true, false) => {
            let wanted = request.uri().path_and_query().map_or(path, |wanted| wanted.as_str());
            let query = serde_html_form::to_string([("next", wanted)]).unwrap_or_default();
            Redirect::to(&format!("/sign-in?{query}")).into_response()
        }
    }
}

/// Whether the workspace exists. Once it does it stays, so the database is asked only until then.
async fn is_set_up(web: &Web) -> Result<bool, Refusal> {
    if !web.is_set_up.load(Ordering::Relaxed) {
        let (is_needed, _) = web.desk.setup_state().await?;
        web.is_set_up.store(!is_needed, Ordering::Relaxed);
    }
    Ok(web.is_set_up.load(Ordering::Relaxed))
}

fn session_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        assert_eq!(session_token(&headers), None);
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; not_baton_session=x"));
        assert_eq!(session_token(&headers), None);
        headers.append(header::COOKIE, HeaderValue::from_static("a=b;baton_session=secret; c=d"));
        assert_eq!(session_token(&headers), Some("secret"));
    }
}
