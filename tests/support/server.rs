//! The whole server inside the test: every room, over a real database in a temporary folder, on a port of its own. The
//! engine and the clock can be replaced.

#![allow(dead_code)] // Each test binary uses its part.

use baton::ai::builtin::Builtin;
use baton::ai::knowledge::Found;
use baton::ai::{Brief, Decided, Engine, Error as AiError, Health, Proposal};
use baton::config::Config;
use baton::desk::{Clock, NewTeammate, SystemClock};
use baton::domain::{DecisionRecord, Handoff, HandoffSettings, ModelCall, Problem, Role, Summary};
use baton::serve::{Outside, Running, start};
use baton::wire::reading::{Decision, Explained, TextReading};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What everybody signs in with.
pub const PASSWORD: &str = "quiet-orchard-lantern-42";
/// Longer than anything here may take.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// So soon after that what was not sent will not be.
pub const SILENCE: Duration = Duration::from_millis(400);

/// A clock that runs, and can be set forward.
#[derive(Default)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() + self.0.load(Ordering::SeqCst)
    }
}

/// An engine that proposes what it is told, in that order, and then answers "Noted." Beside it, what it tells of the model that
/// it asked. Texts it reads as the built-in one.
#[derive(Default)]
pub struct Scripted(pub Mutex<VecDeque<Proposal>>, pub Mutex<VecDeque<(Vec<ModelCall>, Option<Health>)>>);

#[async_trait::async_trait]
impl Engine for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    async fn decide(&self, _brief: &Brief) -> Result<Decided, AiError> {
        let told = self.0.lock().unwrap().pop_front();
        let proposal = told.unwrap_or(Proposal::Reply { body: "Noted.".into(), gathered: Vec::new() });
        let outcome = proposal.outcome();
        let (calls, health) = self.1.lock().unwrap().pop_front().unwrap_or_default();
        Ok(Decided { calls, health, ..Decided::new(proposal, DecisionRecord::new(outcome, "scripted")) })
    }

    async fn summarize(&self, _brief: &Brief, _handoff: &Handoff) -> Result<Summary, AiError> {
        Err(AiError::Failed("no summary in this test".into()))
    }

    fn read(&self, when_to_use: &str) -> TextReading {
        Builtin::by_words().read(when_to_use)
    }

    async fn explain(
        &self,
        settings: &HandoffSettings,
        message: &str,
        knowledge: &[Found],
    ) -> Result<Explained, AiError> {
        Builtin::by_words().explain(settings, message, knowledge).await
    }

    async fn check_examples(&self, settings: &HandoffSettings) -> Result<Vec<Decision>, AiError> {
        Builtin::by_words().check_examples(settings).await
    }
}

/// A running server with its workspace, unless it was started bare.
pub struct TestServer {
    pub url: String,
    pub running: Option<Running>,
    pub clock: Arc<TestClock>,
    pub engine: Arc<Scripted>,
    people: AtomicU32,
    /// Where its database and its secret are.
    pub folder: tempfile::TempDir,
}

impl TestServer {
    /// A server without a workspace. `settings` are lines of the settings file.
    pub async fn bare(settings: &str) -> Self {
        let engine = Arc::new(Scripted::default());
        Self::open(settings, Some(engine.clone()), engine).await
    }

    async fn open(settings: &str, ai: Option<Arc<dyn Engine>>, engine: Arc<Scripted>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Whoever tests is one address: no limit is meant for them, unless the test is about one.
        let mut lines = vec!["burst_ms = 0".to_owned(), format!("data_dir = '{}'", folder.path().display())];
        if !settings.contains("listen") {
            lines.push("listen = '127.0.0.1:0'".to_owned());
        }
        for rate in ["widget_messages_per_minute", "widget_sessions_per_minute", "sign_in_attempts_per_minute"] {
            if !settings.contains(rate) {
                lines.push(format!("{rate} = 1000000"));
            }
        }
        lines.push(settings.to_owned());
        let config = Config::parse(&lines.join("\n")).unwrap();
        let clock = Arc::new(TestClock::default());
        let outside = Outside { ai, clock: clock.clone(), ..Outside::default() };
        let running = start(&config, outside).await.unwrap();
        let url = format!("http://127.0.0.1:{}", running.address.port());
        Self { url, running: Some(running), clock, engine, people: AtomicU32::new(0), folder }
    }

    /// A server with its workspace, and its owner signed in.
    pub async fn start() -> (Self, Person) {
        Self::start_with("").await
    }

    /// The same, with settings.
    pub async fn start_with(settings: &str) -> (Self, Person) {
        Self::bare(settings).await.set_up().await
    }

    /// The same with the engine that decides in life, instead of the scripted one.
    pub async fn start_deciding() -> (Self, Person) {
        // Programs that a test starts find the same encoder.
        let model_dir = Config::load().unwrap().model_dir;
        Self::open(&format!("model_dir = '{}'", model_dir.display()), None, Arc::default()).await.set_up().await
    }

    async fn set_up(self) -> (Self, Person) {
        let server = self;
        let owner = server.nobody();
        let form = [
            ("workspace_name", "Fern & Clay"),
            ("name", "Mia Berg"),
            ("email", "mia@example.com"),
            ("password", PASSWORD),
            ("agent_name", "Ada"),
        ];
        owner.form("setup/create", &form).await.expect(StatusCode::OK);
        (server, owner)
    }

    /// A browser in which nobody is signed in.
    pub fn nobody(&self) -> Person {
        let http = baton::outbound::client().cookie_store(true).no_proxy().build().unwrap();
        Person { http, url: self.url.clone(), email: String::new() }
    }

    /// A new teammate, signed in.
    pub async fn teammate(&self, role: Role) -> Person {
        let number = self.people.fetch_add(1, Ordering::SeqCst) + 1;
        let email = format!("person{number}@example.com");
        let new =
            NewTeammate { name: format!("Person{number} Doe"), email: email.clone(), password: PASSWORD.into(), role };
        self.running.as_ref().unwrap().desk.create_teammate(new).await.unwrap();
        let person = Person { email: email.clone(), ..self.nobody() };
        person.form("session/sign_in", &[("email", &email), ("password", PASSWORD)]).await.expect(StatusCode::OK);
        person
    }

    /// A new customer of the first agent.
    pub async fn customer(&self) -> Customer {
        let nobody = self.nobody();
        let agent = self.running.as_ref().unwrap().desk.clone();
        let owner = agent.list_agents(&some_teammate()).await.unwrap().remove(0).agent;
        let said =
            nobody.post("/widget/api/session", &json!({ "agent": owner.widget_key })).await.expect(StatusCode::OK);
        Customer { http: nobody.http, url: self.url.clone(), token: said["token"].as_str().unwrap().to_owned() }
    }

    /// Stops the server as a signal would.
    pub async fn stop(mut self) {
        self.running.take().unwrap().stop().await;
    }
}

/// Lists are the same for everybody who may ask.
fn some_teammate() -> baton::domain::Teammate {
    baton::domain::Teammate { id: "nobody".into(), name: String::new(), email: String::new(), role: Role::Viewer }
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Answer {
    /// Takes an answer in.
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, body: response.text().await.unwrap() }
    }

    /// The JSON of an answer with this status.
    pub fn expect(&self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// A server function's error.
    pub fn problem(&self) -> Problem {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    /// A problem of the widget's API, in the format of RFC 9457.
    pub fn refusal(&self, status: StatusCode) -> Value {
        let problem = self.expect(status);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        assert_eq!(problem["status"], status.as_u16());
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
        problem
    }

    /// A header's text; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A browser with its cookies.
pub struct Person {
    pub http: Client,
    pub url: String,
    pub email: String,
}

impl Person {
    /// Calls a server function that takes JSON.
    pub async fn call(&self, function: &str, arguments: Value) -> Answer {
        self.post(&format!("/api/{function}"), &arguments).await
    }

    /// Calls a server function that takes a form.
    pub async fn form(&self, function: &str, arguments: &[(&str, &str)]) -> Answer {
        self.post_form(&format!("/api/{function}"), arguments).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.http.post(format!("{}{path}", self.url)).json(body)).await
    }

    /// Posts a form.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.http.post(format!("{}{path}", self.url)).form(fields)).await
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.http.request(Method::GET, format!("{}{path}", self.url)).header("accept", "text/html")).await
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::of(request.send().await.unwrap()).await
    }

    /// The first agent's id.
    pub async fn agent_id(&self) -> String {
        let agents = self.form("agents/list", &[]).await.expect(StatusCode::OK);
        agents[0]["agent"]["id"].as_str().unwrap().to_owned()
    }

    /// The first agent's public key.
    pub async fn widget_key(&self) -> String {
        let agents = self.form("agents/list", &[]).await.expect(StatusCode::OK);
        agents[0]["agent"]["widget_key"].as_str().unwrap().to_owned()
    }

    /// Enables Human Handoff.
    pub async fn enable_handoff(&self) {
        self.save_handoff(&HandoffSettings { enabled: true, ..HandoffSettings::default() }).await;
    }

    /// Saves Human Handoff.
    pub async fn save_handoff(&self, settings: &HandoffSettings) {
        let agent_id = self.agent_id().await;
        let arguments = json!({ "agent_id": agent_id, "settings": settings, "version": self.version().await });
        self.call("actions/save_handoff", arguments).await.expect(StatusCode::OK);
    }

    /// The version of Human Handoff.
    pub async fn version(&self) -> i64 {
        let agent_id = self.agent_id().await;
        let edit = self.form("actions/load_handoff", &[("agent_id", &agent_id)]).await.expect(StatusCode::OK);
        edit["version"].as_i64().unwrap()
    }

    /// A conversation's thread.
    pub async fn thread(&self, id: &str) -> Value {
        self.form("conversations/thread", &[("id", id)]).await.expect(StatusCode::OK)
    }

    /// The owner epoch of a conversation.
    pub async fn epoch(&self, id: &str) -> i64 {
        self.thread(id).await["head"]["owner_epoch"].as_i64().unwrap()
    }

    /// Takes a conversation over.
    pub async fn take_over(&self, id: &str) -> Answer {
        let epoch = self.epoch(id).await;
        self.call("conversations/take_over", json!({ "id": id, "epoch": epoch })).await
    }

    /// The team's stream.
    pub async fn stream(&self, last_id: Option<i64>) -> Stream {
        Stream::open(self.http.get(format!("{}/stream", self.url)), last_id).await
    }
}

/// A customer's widget.
pub struct Customer {
    pub http: Client,
    pub url: String,
    pub token: String,
}

impl Customer {
    /// A request with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/widget/api/{path}", self.url)).bearer_auth(&self.token)
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    /// Writes a message; its client id is made of its words.
    pub async fn write(&self, body: &str) -> Value {
        let client_id: String = body.chars().filter(char::is_ascii_alphanumeric).collect();
        self.post("messages", &json!({ "client_id": client_id, "body": body })).await.expect(StatusCode::CREATED)
    }

    /// Writes a message and gives the conversation's id.
    pub async fn begin(&self, body: &str) -> String {
        self.write(body).await["conversation_id"].as_str().unwrap().to_owned()
    }

    /// The conversation as the customer sees it.
    pub async fn conversation(&self) -> Value {
        let answer = Answer::of(self.request(Method::GET, "conversation").send().await.unwrap()).await;
        answer.expect(StatusCode::OK)["conversation"].clone()
    }

    /// The customer's stream.
    pub async fn stream(&self, last_id: Option<i64>) -> Stream {
        Stream::open(self.request(Method::GET, "stream"), last_id).await
    }
}

/// One event of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub id: Option<i64>,
    pub data: Value,
}

/// One connection to a stream.
pub struct Stream {
    response: Response,
    /// Everything that came, as it came.
    pub raw: String,
    read: usize,
}

impl Stream {
    /// Opens a stream.
    pub async fn open(request: RequestBuilder, last_id: Option<i64>) -> Self {
        let request = last_id.iter().fold(request, |request, id| request.header("last-event-id", id.to_string()));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, raw: String::new(), read: 0 }
    }

    /// The next event; `None` once the stream has ended.
    ///
    /// # Panics
    /// If none comes within [`PATIENCE`].
    pub async fn next(&mut self) -> Option<Event> {
        tokio::time::timeout(PATIENCE, self.wait()).await.expect("an event in time")
    }

    /// The next event, unless there is silence.
    pub async fn soon(&mut self) -> Option<Event> {
        tokio::time::timeout(SILENCE, self.wait()).await.ok().flatten()
    }

    /// Reads on until an event fits, and gives everything up to it.
    pub async fn until(&mut self, fits: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the stream ended after {events:?}"));
            let is_last = fits(&event);
            events.push(event);
            if is_last {
                return events;
            }
        }
    }

    async fn wait(&mut self) -> Option<Event> {
        loop {
            if let Some(length) = self.raw[self.read..].find("\n\n") {
                let block = &self.raw[self.read..self.read + length];
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let event = field("event:").map(|name| Event {
                    name: name.to_owned(),
                    id: field("id:").map(|id| id.parse().unwrap()),
                    data: field("data:").and_then(|data| serde_json::from_str(data).ok()).unwrap_or(Value::Null),
                });
                self.read += length + 2;
                match event {
                    Some(event) => return Some(event),
                    // A heartbeat.
                    None => continue,
                }
            }
            let chunk = self.response.chunk().await.ok().flatten()?;
            self.raw.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}
