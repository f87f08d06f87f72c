//! The widget's API: what a customer's browser asks and sends. The customer is known by a token of their own, never by a
//! cookie.

use super::Web;
use super::problem::{JsonBody, Refusal};
use crate::desk::{Customer, OpenWidget};
use crate::domain::ConversationId;
use crate::wire::widget::{CustomerConversation, CustomerEntry, WidgetSession};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};

/// The customer whose token came with the request.
pub struct Known(pub Customer);

impl FromRequestParts<Web> for Known {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let token = bearer(&parts.headers).unwrap_or_default();
        Ok(Self(web.desk.customer(token).await?))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
}

/// What the widget sends when it opens.
#[derive(Deserialize)]
pub struct Open {
    agent: String,
    #[serde(default)]
    locale: String,
    #[serde(default)]
    page_url: String,
}

/// `POST /widget/api/session`
pub async fn open(
    State(web): State<Web>,
    headers: HeaderMap,
    JsonBody(open): JsonBody<Open>,
) -> Result<Json<WidgetSession>, Refusal> {
    let token = bearer(&headers).map(str::to_owned);
    let Open { agent, locale, page_url } = open;
    Ok(Json(web.desk.open_widget(OpenWidget { agent_key: agent, token, locale, page_url }).await?))
}

/// The customer's conversation, if there is one.
#[derive(Serialize)]
pub struct Current {
    conversation: Option<CustomerConversation>,
}

/// `GET /widget/api/conversation`
pub async fn conversation(State(web): State<Web>, Known(customer): Known) -> Result<Json<Current>, Refusal> {
    Ok(Json(Current { conversation: web.desk.customer_conversation(&customer).await? }))
}

/// A message on its way.
#[derive(Deserialize)]
pub struct Message {
    client_id: String,
    body: String,
}

/// A message that is stored for good.
#[derive(Serialize)]
pub struct Stored {
    conversation_id: ConversationId,
    entry: CustomerEntry,
}

/// `POST /widget/api/messages`: 201, or 200 if this client id was stored before.
pub async fn write(
    State(web): State<Web>,
    Known(customer): Known,
    JsonBody(message): JsonBody<Message>,
) -> Result<(StatusCode, Json<Stored>), Refusal> {
    let received = web.desk.receive(&customer, &message.client_id, &message.body).await?;
    let status = if received.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Stored { conversation_id: received.conversation_id, entry: received.entry })))
}

/// The press of "Talk to a person". Its client id is not needed: asking twice is asking once.
#[derive(Deserialize)]
pub struct Press {
    #[serde(rename = "client_id")]
    _client_id: String,
}

/// The conversation that a person was asked into.
#[derive(Serialize)]
pub struct Asked {
    conversation_id: ConversationId,
}

/// `POST /widget/api/person`
pub async fn ask_for_person(
    State(web): State<Web>,
    Known(customer): Known,
    JsonBody(_press): JsonBody<Press>,
) -> Result<(StatusCode, Json<Asked>), Refusal> {
    let conversation_id = web.desk.ask_for_person(&customer).await?;
    Ok((StatusCode::ACCEPTED, Json(Asked { conversation_id })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_is_a_token() {
        let bearer_of = |value: &str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(bearer_of("Bearer abc"), Some("abc".to_owned()));
        assert_eq!(bearer_of("bearer  abc "), Some("abc".to_owned()));
        assert_eq!(bearer_of("Basic abc"), None);
        assert_eq!(bearer_of("Bearer "), None);
        assert_eq!(bearer_of("abc"), None);
    }
}
