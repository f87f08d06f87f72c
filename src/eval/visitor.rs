//! A customer of a running server, by the widget's protocol: opens the chat, writes, and waits until the turn that a
//! message causes is over. What it is compared with is in `through`.

use crate::outbound;
use crate::wire::widget::{CustomerConversation, CustomerEntry, WidgetSession};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// How long one request may take; a stream is read under [`ANSWER_MAX`] instead.
const REQUEST_MAX: Duration = Duration::from_secs(15);
/// How long a message may wait for its answer. The product promises 20 s.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// How long a server that is asked too often may put a visitor off, in all, for one request.
const PUT_OFF_MAX: Duration = Duration::from_secs(600);
/// How often a request that found no server, or a broken one, is sent again.
const RETRIES_MAX: u32 = 3;
/// The pause before that, doubled each time.
const RETRY_AFTER_MS: u64 = 300;

/// Why a conversation could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} can't be reached: {1}")]
    Unreachable(Url, String),
    #[error("the server refused: {0}")]
    Refused(String),
    #[error("the server's answer can't be read: {0}")]
    Unreadable(String),
    #[error("no answer came within {} s", ANSWER_MAX.as_secs())]
    Silent,
}

/// A server's widget address: only this one is ever asked.
#[derive(Clone)]
pub struct Door {
    http: Client,
    base: Url,
}

impl Door {
    /// A door at an address such as `https://support.example.com`.
    ///
    /// # Errors
    /// A sentence, if it is no address of a web server.
    pub fn new(address: &str) -> Result<Self, String> {
        let wrong = || format!("`{address}` is no address of a server; write https://HOST or http://HOST:PORT");
        let mut base = Url::parse(address).map_err(|_| wrong())?;
        if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
            return Err(wrong());
        }
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        // Nobody but the named server is asked: no proxy, no redirect.
        let http =
            outbound::client().no_proxy().connect_timeout(REQUEST_MAX).build().map_err(|error| error.to_string())?;
        Ok(Self { http, base })
    }

    fn url(&self, path: &str) -> Url {
        let path = format!("widget/api/{path}");
        self.base.join(&path).expect("a relative path joins every web address")
    }

    /// Sends and reads what was answered.
    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let answer = self.send(request).await?;
        timeout(REQUEST_MAX, read(answer)).await.unwrap_or(Err(Error::Silent))
    }

    /// Sends until there is an answer: what came too early, found no server or a broken one is sent again.
    async fn send(&self, request: RequestBuilder) -> Result<Response, Error> {
        let (mut put_off, mut retries) = (Duration::ZERO, 0);
        loop {
            let again = request.try_clone().expect("bodies are held in memory");
            let pause = match timeout(REQUEST_MAX, again.send()).await {
                Ok(Ok(answer)) if answer.status() == StatusCode::TOO_MANY_REQUESTS && put_off < PUT_OFF_MAX => {
                    let wait = retry_after(&answer);
                    put_off += wait;
                    wait
                }
                Ok(Ok(answer)) if answer.status().is_server_error() && retries < RETRIES_MAX => backoff(&mut retries),
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(_)) | Err(_) if retries < RETRIES_MAX => backoff(&mut retries),
                Ok(Err(error)) => return Err(Error::Unreachable(self.base.clone(), cause(&error))),
                Err(_elapsed) => return Err(Error::Silent),
            };
            sleep(pause).await;
        }
    }
}

fn backoff(retries: &mut u32) -> Duration {
    *retries += 1;
    Duration::from_millis(RETRY_AFTER_MS << *retries)
}

/// One customer with one conversation.
pub struct Visitor {
    door: Door,
    token: String,
    /// The name of the AI agent who answers.
    pub agent_name: String,
}

#[derive(Deserialize)]
struct Stored {
    entry: CustomerEntry,
}

#[derive(Deserialize)]
struct Current {
    conversation: Option<CustomerConversation>,
}

impl Visitor {
    /// Opens the chat as a customer whom nobody knows.
    ///
    /// # Errors
    /// When the server can't be reached or does not know the agent.
    pub async fn enter(door: &Door, agent_key: &str) -> Result<Self, Error> {
        let open = json!({ "agent": agent_key, "locale": "", "page_url": "" });
        let session: WidgetSession = door.ask(door.http.post(door.url("session")).json(&open)).await?;
        Ok(Self { door: door.clone(), token: session.token, agent_name: session.agent.name })
    }

    /// Writes a message; gives its place in the thread once it is stored.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn write(&self, body: &str) -> Result<i64, Error> {
        // The id makes it safe to send it again.
        let client_id = uuid::Uuid::now_v7().to_string();
        let message = json!({ "client_id": client_id, "body": body });
        let request = self.door.http.post(self.door.url("messages")).bearer_auth(&self.token).json(&message);
        Ok(self.door.ask::<Stored>(request).await?.entry.seq)
    }

    /// Waits until the AI has answered the message at `seq`, or the conversation is no longer the AI's.
    ///
    /// # Errors
    /// [`Error::Silent`] when that takes too long.
    pub async fn answer(&self, seq: i64) -> Result<CustomerConversation, Error> {
        // Only waiting for news counts: a server may put off the requests between.
        let mut patience = ANSWER_MAX;
        loop {
            // The stream only wakes: it is opened first, then it is looked how things stand, so nothing falls between.
            let mut stream = self.stream(seq).await?;
            loop {
                if let Some(over) = self.conversation().await?.filter(|now| is_over(now, seq)) {
                    return Ok(over);
                }
                let began = Instant::now();
                let news = timeout(patience, stream.chunk()).await.map_err(|_elapsed| Error::Silent)?;
                patience = patience.saturating_sub(began.elapsed());
                let Ok(Some(_)) = news else { break };
            }
            let pause = Duration::from_millis(RETRY_AFTER_MS);
            patience = patience.checked_sub(pause).ok_or(Error::Silent)?;
            sleep(pause).await;
        }
    }

    async fn conversation(&self) -> Result<Option<CustomerConversation>, Error> {
        let request = self.door.http.get(self.door.url("conversation")).bearer_auth(&self.token);
        Ok(self.door.ask::<Current>(request).await?.conversation)
    }

    async fn stream(&self, after_seq: i64) -> Result<Response, Error> {
        let request = self.door.http.get(self.door.url("stream")).bearer_auth(&self.token);
        let answer = self.door.send(request.header("last-event-id", after_seq.to_string())).await?;
        match answer.status() {
            StatusCode::OK => Ok(answer),
            _ => read::<Value>(answer).await.and(Err(Error::Unreadable("this is no stream".into()))),
        }
    }
}

/// The turn of the message at `seq` is over.
fn is_over(now: &CustomerConversation, seq: i64) -> bool {
    let is_answered = now.entries.iter().any(|entry| entry.seq > seq && entry.author.kind != "customer");
    !now.state.thinking && (is_answered || now.state.owner.kind != "ai")
}

/// How long the server asks to be left alone; a second where it does not say.
fn retry_after(answer: &Response) -> Duration {
    let header = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    Duration::from_secs(header.and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(1).clamp(1, 120))
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Error> {
    let status = answer.status();
    let text = answer.text().await.map_err(|error| Error::Unreadable(cause(&error)))?;
    if status.is_success() {
        return serde_json::from_str(&text).map_err(|error| Error::Unreadable(error.to_string()));
    }
    let problem: Value = serde_json::from_str(&text).unwrap_or_default();
    let said = problem["errors"][0]["message"].as_str().or(problem["detail"].as_str());
    Err(Error::Refused(said.map_or_else(|| format!("status {status}"), str::to_owned)))
}

/// The innermost cause: the outer ones only say that something is wrong.
fn cause(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn only_web_addresses_are_doors() {
        let url = |address: &str| Door::new(address).map(|door| door.url("session").to_string());
        assert_eq!(url("http://127.0.0.1:3000").as_deref(), Ok("http://127.0.0.1:3000/widget/api/session"));
        assert_eq!(url("https://x.example/baton?a#b").as_deref(), Ok("https://x.example/baton/widget/api/session"));
        for address in ["", "x.example", "ftp://x.example", "file:///etc/passwd", "127.0.0.1:3000"] {
            assert!(url(address).is_err(), "{address}");
        }
    }
    /// A server that answers with these, one after the other, and its door.
    async fn scripted(answers: Vec<(StatusCode, &'static str)>) -> (Door, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let answer = move || {
            let at = counter.fetch_add(1, Ordering::SeqCst);
            let (status, body) = answers[at.min(answers.len() - 1)];
            async move { (status, [("retry-after", "1"), ("location", "/elsewhere")], body) }
        };
        let app = axum::Router::new().fallback(answer);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let door = Door::new(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (door, asked)
    }

    const SESSION: &str = r#"{"token":"t","agent":{"name":"Ada"},"greeting":"","person_button":true,
        "availability":{"team_online":false,"text":""},"conversation":null}"#;

    #[tokio::test]
    async fn a_server_that_is_busy_or_stumbles_is_asked_again_when_it_says() {
        let busy = StatusCode::TOO_MANY_REQUESTS;
        let stumbles = StatusCode::BAD_GATEWAY;
        let (door, asked) = scripted(vec![(busy, "{}"), (stumbles, ""), (StatusCode::OK, SESSION)]).await;
        let began = Instant::now();
        let visitor = Visitor::enter(&door, "key").await.unwrap();
        assert_eq!((visitor.agent_name.as_str(), asked.load(Ordering::SeqCst)), ("Ada", 3));
        assert!(began.elapsed() >= Duration::from_secs(1), "it waited as it was told");
    }

    #[tokio::test]
    async fn refusals_and_redirects_end_the_visit() {
        let problem = r#"{"detail":"There is no such AI agent."}"#;
        let (door, asked) = scripted(vec![(StatusCode::NOT_FOUND, problem)]).await;
        let error = Visitor::enter(&door, "key").await.err().unwrap();
        assert_eq!(error.to_string(), "the server refused: There is no such AI agent.");
        assert_eq!(asked.load(Ordering::SeqCst), 1);

        let (door, asked) = scripted(vec![(StatusCode::FOUND, ""), (StatusCode::OK, SESSION)]).await;
        assert!(matches!(Visitor::enter(&door, "key").await, Err(Error::Refused(_))));
        assert_eq!(asked.load(Ordering::SeqCst), 1, "nobody else is asked");
    }
}
