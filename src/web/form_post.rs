//! `POST /agents/{agent_id}/actions/human-handoff`: the Edit page's form without scripts. Whatever goes wrong, the page
//! comes back with what was typed.

use super::form::{self, Op, Posted};
use super::plain_form::{self, malformed};
use super::problem::Refusal;
use super::session::Visitor;
use super::{Web, pages};
use crate::desk::Error;
use crate::domain::{AgentId, HandoffSettings};
use crate::wire::action::{EditHandoff, Saved};
use crate::wire::reading::Tried;
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::provide_context;

/// Saves, or carries out the button that was pressed.
///
/// # Errors
/// 400 for what no browser sends, 401 without a session, 403 below admin, 404 for an unknown agent.
pub async fn save(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(agent_id): Path<AgentId>,
    request: Request,
) -> Result<Response, Refusal> {
    let me = visitor.me.ok_or(Error::SignedOut)?;
    let (parts, fields) = plain_form::read(request).await?;
    let Posted { settings, version, try_message, op, errors } = form::read(fields).map_err(|what| malformed(&what))?;

    let mut page = Page { settings, version, edit: web.desk.load_handoff(&me, &agent_id).await? };
    // A text that is too long is told so beside its field, and read once it is short enough.
    page.edit.reading = web.desk.read_when_to_use(&me, &agent_id, &page.settings.when_to_use).await.unwrap_or_default();
    let (status, edit) = if op == Some(Op::TryMessage) {
        let answer = match web.desk.try_message(&me, &agent_id, page.settings.clone(), &try_message).await {
            Ok(explained) => Ok(explained),
            Err(Error::Invalid(errors)) => Err(errors.into_iter().map(|error| error.message).collect()),
            Err(error) => return Err(error.into()),
        };
        let status = if answer.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let tried = Some(Box::new(Tried { message: try_message, answer }));
        (status, EditHandoff { tried, ..page.again() })
    } else if let Some(op) = op {
        op.apply(&mut page.settings);
        (StatusCode::OK, page.again())
    } else if !errors.is_empty() {
        let mut all = page.settings.validate();
        all.extend(errors);
        (StatusCode::UNPROCESSABLE_ENTITY, EditHandoff { errors: all, ..page.again() })
    } else {
        match web.desk.save_handoff(&me, &agent_id, page.settings.clone(), version).await {
            Ok(Saved::Version(version)) => {
                return Ok(Redirect::to(&format!("{}?saved={version}", parts.uri.path())).into_response());
            }
            // The page shows both; saving again overwrites theirs knowingly.
            Ok(Saved::Conflict(newer)) => (
                StatusCode::CONFLICT,
                EditHandoff { version: newer.version, conflict: Some(Box::new(newer)), ..page.again() },
            ),
            Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, EditHandoff { errors, ..page.again() }),
            Err(error) => return Err(error.into()),
        }
    };
    Ok(pages::render(&web, parts, status, move || provide_context(edit.clone())).await)
}

/// What the page shows again.
struct Page {
    settings: HandoffSettings,
    version: i64,
    edit: EditHandoff,
}

impl Page {
    fn again(self) -> EditHandoff {
        EditHandoff { settings: self.settings, version: self.version, ..self.edit }
    }
}
