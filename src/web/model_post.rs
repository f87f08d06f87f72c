//! `POST /agents/{agent_id}/settings`: the form of an agent's model without scripts. Whatever goes wrong, the page comes back
//! with what was typed, except the key: that is never sent to a page.

use super::plain_form::{self, malformed, read_version};
use super::problem::Refusal;
use super::session::Visitor;
use super::{Web, pages};
use crate::desk::Error;
use crate::domain::{AgentId, FieldError, ModelSettings, ModelText, OnFailure, Provider};
use crate::wire::model::{EditModel, KeyChange, SavedModel};
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::provide_context;

/// What was posted.
#[derive(Debug, PartialEq)]
struct Posted {
    typed: ModelText,
    key: KeyChange,
    version: i64,
    /// "Test connection": nothing is saved.
    is_test: bool,
}

/// Saves, or tests the connection.
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
    let page = web.desk.load_model(&me, &agent_id).await?;
    let (parts, fields) = plain_form::read(request).await?;
    let Posted { typed, key, version, is_test } = read(fields).map_err(|what| malformed(&what))?;
    let settings = typed.read();
    let is_key_lost = matches!(key, KeyChange::Set(_));
    let page = EditModel { typed: Some(typed), version, ..page };
    let (status, mut page) = if is_test {
        match web.desk.test_model(&me, &agent_id, settings, key).await {
            Ok(found) => (StatusCode::OK, EditModel { test: Some(found), ..page }),
            Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, EditModel { errors, ..page }),
            Err(error) => return Err(error.into()),
        }
    } else {
        match web.desk.save_model(&me, &agent_id, settings, key, version).await {
            Ok(SavedModel::Stored { version }) => {
                return Ok(Redirect::to(&format!("{}?saved={version}", parts.uri.path())).into_response());
            }
            // The page shows both; saving again overwrites theirs knowingly.
            Ok(SavedModel::Newer(newer)) => {
                (StatusCode::CONFLICT, EditModel { version: newer.version, newer: Some(*newer), ..page })
            }
            Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, EditModel { errors, ..page }),
            Err(error) => return Err(error.into()),
        }
    };
    if is_key_lost && page.errors.iter().all(|error| error.field != "key") {
        page.errors.push(FieldError::new("key", "Enter the key once more: it is never sent back to a page."));
    }
    Ok(pages::render(&web, parts, status, move || provide_context(page.clone())).await)
}

/// Reads the form. Fields that it does not carry are as they are by default.
fn read(fields: Vec<(String, String)>) -> Result<Posted, String> {
    let mut typed = ModelText::from(&ModelSettings::default());
    let (mut version, mut key, mut key_change, mut op) = (None, String::new(), String::new(), None);
    let mut seen = Vec::new();
    for (name, value) in fields {
        if seen.contains(&name) {
            return Err(format!("The field “{name}” came twice."));
        }
        match name.as_str() {
            "version" => version = Some(value),
            "provider" => typed.provider = Provider::parse(&value).ok_or("The provider is unknown.")?,
            "base_url" => typed.base_url = value,
            "model" => typed.model = value,
            // Forms send line ends as two characters.
            "instructions" => typed.instructions = value.replace("\r\n", "\n"),
            "temperature" => typed.temperature = value,
            "tokens_max" => typed.tokens_max = value,
            "tokens_per_conversation" => typed.tokens_per_conversation = value,
            "tokens_per_day" => typed.tokens_per_day = value,
            "price_in" => typed.price_in = value,
            "price_out" => typed.price_out = value,
            "on_failure" => {
                typed.on_failure = OnFailure::parse(&value).ok_or("What happens on failure is unknown.")?;
            }
            "key" => key = value,
            "key_change" => key_change = value,
            "op" => op = Some(value),
            _ => return Err("The form has a field that it should not have.".to_owned()),
        }
        seen.push(name);
    }
    let key = match key_change.as_str() {
        "remove" => KeyChange::Remove,
        // The built-in engine's form hides the field.
        "replace" if key.is_empty() && typed.provider == Provider::BuiltIn => KeyChange::Keep,
        "replace" => KeyChange::Set(key),
        // There is no key yet: an empty field leaves it so.
        "" if !key.is_empty() => KeyChange::Set(key),
        "" | "keep" => KeyChange::Keep,
        _ => return Err("What happens to the key is unknown.".to_owned()),
    };
    let is_test = match op.as_deref() {
        None => false,
        Some("test") => true,
        Some(_) => return Err("The button is unknown.".to_owned()),
    };
    Ok(Posted { typed, key, version: read_version(version)?, is_test })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(fields: &[(&str, &str)]) -> Result<Posted, String> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        read(fields.chain([("version".to_owned(), "3".to_owned())]).collect())
    }

    #[test]
    fn a_key_is_kept_unless_told_otherwise() {
        let key = |fields: &[(&str, &str)]| posted(fields).unwrap().key;
        assert_eq!(key(&[]), KeyChange::Keep);
        assert_eq!(key(&[("key", "")]), KeyChange::Keep);
        assert_eq!(key(&[("key", "sk-1")]), KeyChange::Set("sk-1".into()));
        assert_eq!(key(&[("key", "sk-1"), ("key_change", "keep")]), KeyChange::Keep);
        assert_eq!(key(&[("key", "sk-1"), ("key_change", "replace")]), KeyChange::Set("sk-1".into()));
        assert_eq!(key(&[("key", "sk-1"), ("key_change", "remove")]), KeyChange::Remove);
    }

    #[test]
    fn what_no_browser_sends_is_refused() {
        for wrong in
            [("provider", "acme"), ("on_failure", "panic"), ("key_change", "show"), ("op", "x"), ("colour", "")]
        {
            assert!(posted(&[wrong]).is_err(), "{wrong:?}");
        }
        assert!(posted(&[("model", "a"), ("model", "b")]).is_err());
        assert!(read(Vec::new()).is_err());
        assert!(posted(&[("op", "test")]).unwrap().is_test);
    }
}
