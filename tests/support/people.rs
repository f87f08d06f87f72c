//! Who talks to a server over HTTP: customers in the widget, teammates in the app. They persist, as the real widget does:
//! what got no answer is sent again until it gets one. What they say is the caller's to choose.

#![allow(dead_code)] // Each test binary uses its part.

use baton::domain::{ConversationId, HandoffSettings, Problem};
use baton::wire::action::{EditHandoff, Saved};
use baton::wire::agent::AgentRow;
use baton::wire::conversation::{ConversationPage, InboxView, Thread};
use baton::wire::session::Me;
use baton::wire::widget::{CustomerConversation, CustomerEntry};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long one try may take before the next.
const TRY_MAX: Duration = Duration::from_secs(25);
/// How long one persists before giving up on the server.
const PERSIST_MAX: Duration = Duration::from_secs(90);
/// The pause between tries.
const PAUSE: Duration = Duration::from_millis(15);
/// What everybody signs in with.
pub const PASSWORD: &str = "quiet-orchard-lantern-42";

/// A client that keeps its cookies and follows nothing.
pub fn client() -> Client {
    baton::outbound::client().cookie_store(true).no_proxy().build().expect("a client without TLS")
}

/// What the server said in the end.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    /// How often it was asked before it answered.
    pub tries: u32,
}

impl Answer {
    /// The body of a success.
    ///
    /// # Panics
    /// If it is no success or another shape.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "status {}: {}", self.status, self.body);
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in: {}", self.body))
    }
}

/// Asks until there is an answer: lost connections and "busy" are asked again.
///
/// # Panics
/// If there is none for long, or the server says that it broke.
pub async fn persist(request: RequestBuilder) -> Answer {
    let began = Instant::now();
    let mut tries = 0;
    loop {
        tries += 1;
        let again = request.try_clone().expect("a request without a stream").timeout(TRY_MAX);
        let why = match once(again).await {
            Ok((StatusCode::SERVICE_UNAVAILABLE, body)) => body,
            Ok((status, body)) => {
                assert!(!status.is_server_error(), "the server broke: {status} {body}");
                return Answer { status, body, tries };
            }
            Err(error) => error.to_string(),
        };
        assert!(began.elapsed() < PERSIST_MAX, "no answer after {tries} tries: {why}");
        tokio::time::sleep(PAUSE).await;
    }
}

async fn once(request: RequestBuilder) -> Result<(StatusCode, String), reqwest::Error> {
    let response = request.send().await?;
    let status = response.status();
    Ok((status, response.text().await?))
}

// ---- the customer ------------------------------------------------------------------------------------------------------

/// A customer with an open widget.
#[derive(Clone)]
pub struct Customer {
    pub http: Client,
    url: String,
    token: String,
}

/// A stored message, as the widget hears of it.
#[derive(Clone, Deserialize)]
pub struct Stored {
    pub conversation_id: ConversationId,
    pub entry: CustomerEntry,
}

impl Customer {
    /// Opens the widget for the first time.
    pub async fn visit(http: &Client, url: &str, widget_key: &str) -> Self {
        #[derive(Deserialize)]
        struct Session {
            token: String,
        }
        let open = json!({ "agent": widget_key, "locale": "en-GB", "page_url": "https://shop.example/help" });
        let session: Session = persist(http.post(format!("{url}/widget/api/session")).json(&open)).await.read();
        Self { http: http.clone(), url: url.to_owned(), token: session.token }
    }

    /// One message on its way.
    pub fn message(&self, client_id: &str, body: &str) -> RequestBuilder {
        self.post("messages", &json!({ "client_id": client_id, "body": body }))
    }

    /// Writes, until it is acknowledged.
    pub async fn write(&self, client_id: &str, body: &str) -> (Answer, Stored) {
        let answer = persist(self.message(client_id, body)).await;
        let stored = answer.read();
        (answer, stored)
    }

    /// Presses "Talk to a person".
    pub async fn ask_for_person(&self, client_id: &str) -> Answer {
        persist(self.post("person", &json!({ "client_id": client_id }))).await
    }

    /// What the widget shows after a reload.
    pub async fn conversation(&self) -> Option<CustomerConversation> {
        #[derive(Deserialize)]
        struct Current {
            conversation: Option<CustomerConversation>,
        }
        let request = self.http.get(format!("{}/widget/api/conversation", self.url)).bearer_auth(&self.token);
        persist(request).await.read::<Current>().conversation
    }

    fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.http.post(format!("{}/widget/api/{path}", self.url)).bearer_auth(&self.token).json(body)
    }
}

// ---- the teammate ------------------------------------------------------------------------------------------------------

/// A teammate who is signed in.
#[derive(Clone)]
pub struct Person {
    pub http: Client,
    pub url: String,
    pub me: baton::domain::Teammate,
}

impl Person {
    /// Makes the first visit: the workspace, its owner Ann and the AI agent Ada.
    pub async fn set_up(url: &str) -> Self {
        let form = [
            ("workspace_name", "Harbour Supplies"),
            ("name", "Ann Archer"),
            ("email", "ann@example.com"),
            ("password", PASSWORD),
            ("agent_name", "Ada"),
        ];
        let http = client();
        let answer = persist(http.post(format!("{url}/api/setup/create")).form(&form)).await;
        assert!(answer.status.is_success(), "setting up: {} {}", answer.status, answer.body);
        Self::known(http, url).await
    }

    /// Signs in with the password that everybody has here.
    pub async fn sign_in(url: &str, email: &str) -> Self {
        let http = client();
        let form = [("email", email), ("password", PASSWORD)];
        let answer = persist(http.post(format!("{url}/api/session/sign_in")).form(&form)).await;
        assert!(answer.status.is_success(), "signing in: {} {}", answer.status, answer.body);
        Self::known(http, url).await
    }

    async fn known(http: Client, url: &str) -> Self {
        let me: Option<Me> = persist(http.post(format!("{url}/api/session/me"))).await.read();
        Self { http, url: url.to_owned(), me: me.expect("somebody is signed in").teammate }
    }

    /// The first AI agent's row.
    pub async fn agent(&self) -> AgentRow {
        let agents: Vec<AgentRow> = persist(self.form("agents/list", &[])).await.read();
        agents.into_iter().next().expect("setting up made an agent")
    }

    /// Saves the Human Handoff action of the first AI agent.
    pub async fn save_handoff(&self, settings: &HandoffSettings) {
        let agent_id = self.agent().await.agent.id;
        let form = [("agent_id", agent_id.as_str())];
        let now: EditHandoff = persist(self.form("actions/load_handoff", &form)).await.read();
        let body = json!({ "agent_id": agent_id, "settings": settings, "version": now.version });
        let saved: Saved = self.call("actions/save_handoff", &body).await.read();
        assert!(matches!(saved, Saved::Version(_)), "nobody else saves");
    }

    /// A page of a view.
    pub async fn list(&self, view: InboxView) -> ConversationPage {
        persist(self.form("conversations/list", &[("view", view.as_str())])).await.read()
    }

    /// A conversation's latest entries and its head.
    pub async fn thread(&self, id: &ConversationId) -> Thread {
        persist(self.form("conversations/thread", &[("id", id.as_str())])).await.read()
    }

    /// Every entry of a conversation, oldest first, page by page.
    pub async fn whole_thread(&self, id: &ConversationId) -> Thread {
        let mut thread = self.thread(id).await;
        let mut has_older = thread.has_older;
        while has_older {
            let before_seq = thread.entries.first().map_or(0, |entry| entry.seq).to_string();
            let form = [("id", id.as_str()), ("before_seq", &before_seq)];
            let mut older: Vec<baton::domain::Entry> = persist(self.form("conversations/older", &form)).await.read();
            has_older = older.first().is_some_and(|first| first.seq > 1);
            older.append(&mut thread.entries);
            thread.entries = older;
        }
        thread
    }

    /// Calls a function that changes something, such as `conversations/take_over`.
    pub async fn call(&self, path: &str, body: &Value) -> Answer {
        persist(self.http.post(format!("{}/api/{path}", self.url)).json(body)).await
    }

    fn form(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.http.post(format!("{}/api/{path}", self.url)).form(form)
    }
}

/// The stable word of a refusal.
pub fn code(answer: &Answer) -> String {
    serde_json::from_str::<Problem>(&answer.body).map_or_else(|_| answer.body.clone(), |problem| problem.code)
}
