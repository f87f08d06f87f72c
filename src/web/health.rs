//! For whoever watches over the process: is it alive, and can it work?

use super::Web;
use super::problem::Refusal;
use axum::extract::State;
use axum::http::StatusCode;

/// `GET /healthz`: the process answers.
pub async fn is_alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers too, and the server is not about to stop.
pub async fn is_ready(State(web): State<Web>) -> Result<&'static str, Refusal> {
    if web.shutdown.is_cancelled() {
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "The server is about to stop."));
    }
    match web.desk.check_ready().await {
        Ok(()) => Ok("ready"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "The database does not answer."))
        }
    }
}
