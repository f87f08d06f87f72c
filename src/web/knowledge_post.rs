//! The forms of an agent's Knowledge as plain posts: `POST /agents/{agent_id}/knowledge…`. Whatever goes wrong, the page comes
//! back with what was typed. Files are sent this way with scripts too, and answered as JSON to who asks for it.

use super::plain_form::{self, malformed, read_version};
use super::problem::{Refusal, too_large};
use super::session::Visitor;
use super::{Web, pages};
use crate::desk::{Error, Upload};
use crate::domain::knowledge::{FILE_BYTES_MAX, FILES_MAX};
use crate::domain::{AgentId, FieldError, KnowledgeId, KnowledgeText, Teammate};
use crate::wire::knowledge::{EditEntry, FileResult, KnowledgePage, SavedEntry};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use leptos::prelude::provide_context;

/// The name of the files in the form.
const FILES: &str = "files";

/// A new entry.
///
/// # Errors
/// 400 for what no browser sends, 401 without a session, 403 below admin, 404 for an unknown agent.
pub async fn create(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(agent_id): Path<AgentId>,
    request: Request,
) -> Result<Response, Refusal> {
    store(web, visitor, agent_id, None, request).await
}

/// An entry again.
///
/// # Errors
/// As for [`create`], and 404 for an unknown entry.
pub async fn save(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((agent_id, entry_id)): Path<(AgentId, KnowledgeId)>,
    request: Request,
) -> Result<Response, Refusal> {
    store(web, visitor, agent_id, Some(entry_id), request).await
}

async fn store(
    web: Web,
    visitor: Visitor,
    agent_id: AgentId,
    id: Option<KnowledgeId>,
    request: Request,
) -> Result<Response, Refusal> {
    let me = visitor.me.ok_or(Error::SignedOut)?;
    let (parts, fields) = plain_form::read(request).await?;
    let (text, version) = read_entry(fields).map_err(|what| malformed(&what))?;
    let page = web.desk.load_entry(&me, &agent_id, id.as_ref()).await?;
    let (status, page) = match web.desk.save_entry(&me, &agent_id, id.as_ref(), text.clone(), version).await {
        Ok(SavedEntry::Stored { id, .. }) => {
            return Ok(Redirect::to(&format!("/agents/{agent_id}/knowledge?saved={id}")).into_response());
        }
        // The page shows both; saving again overwrites theirs knowingly.
        Ok(SavedEntry::Conflict(newer)) => {
            (StatusCode::CONFLICT, EditEntry { text, version: newer.version, newer: Some(newer), ..page })
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, EditEntry { text, version, errors, ..page }),
        Err(error) => return Err(error.into()),
    };
    Ok(pages::render(&web, parts, status, move || provide_context(page.clone())).await)
}

/// Deletes an entry.
///
/// # Errors
/// As for [`create`].
pub async fn delete(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((agent_id, entry_id)): Path<(AgentId, KnowledgeId)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    plain_form::require_type(&headers)?;
    let me = visitor.me.ok_or(Error::SignedOut)?;
    web.desk.delete_entry(&me, &agent_id, &entry_id).await?;
    Ok(Redirect::to(&format!("/agents/{agent_id}/knowledge?deleted=1")).into_response())
}

/// Files: each that can be read becomes an entry.
///
/// # Errors
/// As for [`create`]; 422 for no file or too many.
pub async fn upload(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(agent_id): Path<AgentId>,
    request: Request,
) -> Result<Response, Refusal> {
    let me = visitor.me.ok_or(Error::SignedOut)?;
    if !me.role.can_configure() {
        return Err(Error::Forbidden.into());
    }
    let (parts, body) = request.into_parts();
    let is_for_script =
        parts.headers.get(ACCEPT).is_some_and(|accept| accept.to_str().is_ok_and(|kinds| kinds == "application/json"));
    let files = read_files(Request::from_parts(parts.clone(), body)).await?;
    let (status, uploaded) = match web.desk.upload_files(&me, &agent_id, files).await {
        Ok(uploaded) => (StatusCode::OK, uploaded),
        Err(Error::Invalid(errors)) if !is_for_script => (StatusCode::UNPROCESSABLE_ENTITY, as_results(errors)),
        Err(error) => return Err(error.into()),
    };
    if is_for_script {
        return Ok(Json(uploaded).into_response());
    }
    show_uploaded(&web, &me, &agent_id, parts, status, uploaded).await
}

async fn show_uploaded(
    web: &Web,
    me: &Teammate,
    agent_id: &AgentId,
    parts: Parts,
    status: StatusCode,
    uploaded: Vec<FileResult>,
) -> Result<Response, Refusal> {
    let page = KnowledgePage { uploaded, ..web.desk.list_knowledge(me, agent_id).await? };
    Ok(pages::render(web, parts, status, move || provide_context(page.clone())).await)
}

fn as_results(errors: Vec<FieldError>) -> Vec<FileResult> {
    let result = |error: FieldError| FileResult { name: "Upload".to_owned(), entry: None, error: Some(error.message) };
    errors.into_iter().map(result).collect()
}

async fn read_files(request: Request) -> Result<Vec<Upload>, Refusal> {
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_form", "Send multipart/form-data."));
    };
    let mut files = Vec::new();
    while let Some(mut field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = read_file(&mut field).await.map_err(|error| unreadable(&error))?;
        // A form in which no file was chosen sends one without a name and content.
        let is_chosen = !name.is_empty() || bytes.as_ref().is_none_or(|bytes| !bytes.is_empty());
        if field.name() == Some(FILES) && is_chosen && files.len() <= FILES_MAX {
            files.push(Upload { name, bytes });
        }
    }
    Ok(files)
}

/// Reads one file, and of a larger one no more than it takes to know that it is.
async fn read_file(field: &mut Field<'_>) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut bytes = Vec::new();
    let mut is_too_large = false;
    while let Some(chunk) = field.chunk().await? {
        is_too_large |= bytes.len() + chunk.len() > FILE_BYTES_MAX;
        if !is_too_large {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((!is_too_large).then_some(bytes))
}

fn unreadable(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { malformed("it ended too early.") }
}

fn read_entry(fields: Vec<(String, String)>) -> Result<(KnowledgeText, i64), String> {
    let (mut title, mut body, mut version) = (None, None, None);
    for (name, value) in fields {
        let place = match name.as_str() {
            "title" => &mut title,
            "body" => &mut body,
            "version" => &mut version,
            _ => return Err("The form has a field that it should not have.".to_owned()),
        };
        if place.replace(value).is_some() {
            return Err("A field came twice.".to_owned());
        }
    }
    // Forms send line ends as two characters.
    let body = body.unwrap_or_default().replace("\r\n", "\n");
    Ok((KnowledgeText { title: title.unwrap_or_default(), body }, read_version(version)?))
}
