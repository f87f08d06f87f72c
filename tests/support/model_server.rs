//! A model's server that plays a list of behaviours over real HTTP on 127.0.0.1, for both wires, and records what it was
//! asked. `start(behaviours)` gives its address; when the list is played, the last one is played again.

#![allow(dead_code)] // Each test binary uses its part.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What one request is answered with.
#[derive(Clone, Debug)]
pub struct Behaviour {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// In order; each piece of bytes is one chunk. None at all, and no status: see [`Behaviour::silence`].
    pub parts: Vec<Part>,
    is_silent: bool,
}

/// One step of an answer's body.
#[derive(Clone, Debug)]
pub enum Part {
    Bytes(Vec<u8>),
    Wait(Duration),
    /// Says no more, and does not hang up.
    Hang,
    /// Hangs up in the middle.
    Cut,
    /// The same bytes over and over, until the caller hangs up.
    Forever(Vec<u8>, Duration),
}

impl Behaviour {
    /// An answer of this status and content type.
    pub fn new(status: u16, content_type: &str, parts: Vec<Part>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, parts, is_silent: false }
    }

    /// Nothing, not even headers, until the caller gives up.
    pub fn silence() -> Self {
        Self { is_silent: true, ..Self::new(200, "text/event-stream", vec![Part::Hang]) }
    }

    /// The connection is closed without an answer.
    pub fn hang_up() -> Self {
        Self { is_silent: true, ..Self::new(200, "text/event-stream", vec![Part::Cut]) }
    }

    /// A stream of events.
    pub fn stream(parts: Vec<Part>) -> Self {
        Self::new(200, "text/event-stream", parts)
    }

    /// An error with a JSON body.
    pub fn error(status: u16, body: Value) -> Self {
        Self::new(status, "application/json", vec![Part::Bytes(body.to_string().into_bytes())])
    }

    /// An answer that is no stream.
    pub fn page(content_type: &str, body: &str) -> Self {
        Self::new(200, content_type, vec![Part::Bytes(body.as_bytes().to_vec())])
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn content_type(mut self, value: &str) -> Self {
        self.headers.retain(|(name, _)| name != "content-type");
        self.header("content-type", value)
    }

    /// The same bytes, in pieces of this size.
    pub fn in_pieces_of(mut self, bytes: usize) -> Self {
        let whole: Vec<u8> = self.bytes();
        self.parts = whole.chunks(bytes).map(|piece| Part::Bytes(piece.to_vec())).collect();
        self
    }

    /// All bytes of its body.
    pub fn bytes(&self) -> Vec<u8> {
        let bytes = self.parts.iter().filter_map(|part| match part {
            Part::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        });
        bytes.flatten().collect()
    }

    /// With this long between its parts.
    pub fn dripping(mut self, wait: Duration) -> Self {
        self.parts = self.parts.into_iter().flat_map(|part| [part, Part::Wait(wait)]).collect();
        self
    }

    /// Everything up to the last `parts` parts, and then this instead.
    pub fn but_ends(mut self, parts: usize, with: Part) -> Self {
        self.parts.truncate(self.parts.len().saturating_sub(parts));
        self.parts.push(with);
        self
    }
}

/// Which protocol the server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    Openai,
    Anthropic,
}

impl Wire {
    pub const BOTH: [Wire; 2] = [Wire::Openai, Wire::Anthropic];

    /// One event, as this wire writes it.
    pub fn event(self, data: &Value) -> Part {
        let name = data["type"].as_str().unwrap_or_default();
        let text = match self {
            Wire::Openai => format!("data: {data}\n\n"),
            Wire::Anthropic => format!("event: {name}\ndata: {data}\n\n"),
        };
        Part::Bytes(text.into_bytes())
    }

    /// What comes before the first words.
    pub fn opening(self) -> Vec<Part> {
        match self {
            Wire::Openai => vec![self.event(&openai(json!({"role": "assistant", "content": ""}), None))],
            Wire::Anthropic => vec![
                self.event(&json!({"type": "message_start", "message": {
                    "id": "msg_1", "type": "message", "role": "assistant", "content": [],
                    "usage": {"input_tokens": 21, "output_tokens": 1},
                }})),
                self.event(&json!({"type": "ping"})),
            ],
        }
    }

    /// One piece of words.
    pub fn piece(self, words: &str) -> Part {
        match self {
            Wire::Openai => self.event(&openai(json!({ "content": words }), None)),
            Wire::Anthropic => self.event(&json!({
                "type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": words},
            })),
        }
    }

    /// The end, with its reason in the provider's word, and with what it cost: 21 tokens read, 7 written.
    pub fn ending(self, reason: &str) -> Vec<Part> {
        match self {
            Wire::Openai => vec![
                self.event(&openai(json!({}), Some(reason))),
                self.event(&json!({"choices": [], "usage": {
                    "prompt_tokens": 21, "completion_tokens": 7, "total_tokens": 28,
                }})),
                Part::Bytes(b"data: [DONE]\n\n".to_vec()),
            ],
            Wire::Anthropic => vec![
                self.event(&json!({
                    "type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 7},
                })),
                self.event(&json!({"type": "message_stop"})),
            ],
        }
    }

    /// An answer in words, a piece each.
    pub fn words(self, pieces: &[&str]) -> Behaviour {
        let stop = if self == Wire::Openai { "stop" } else { "end_turn" };
        self.answer(pieces, &[], stop)
    }

    /// An answer with calls: (name, arguments as they are written).
    pub fn calls(self, pieces: &[&str], calls: &[(&str, &str)]) -> Behaviour {
        self.answer(pieces, calls, if self == Wire::Openai { "tool_calls" } else { "tool_use" })
    }

    /// Any answer.
    pub fn answer(self, pieces: &[&str], calls: &[(&str, &str)], reason: &str) -> Behaviour {
        let mut parts = self.opening();
        if self == Wire::Anthropic && !pieces.is_empty() {
            let block = json!({"type": "text", "text": ""});
            parts.push(self.event(&json!({"type": "content_block_start", "index": 0, "content_block": block})));
        }
        parts.extend(pieces.iter().map(|piece| self.piece(piece)));
        if self == Wire::Anthropic && !pieces.is_empty() {
            parts.push(self.event(&json!({"type": "content_block_stop", "index": 0})));
        }
        let before = if self == Wire::Anthropic { usize::from(!pieces.is_empty()) } else { 0 };
        for (at, (name, arguments)) in calls.iter().enumerate() {
            parts.extend(self.call(before + at, name, arguments));
        }
        parts.extend(self.ending(reason));
        Behaviour::stream(parts)
    }

    fn call(self, index: usize, name: &str, arguments: &str) -> Vec<Part> {
        let (id, middle) = (format!("call_{index}"), arguments.floor_char_boundary(arguments.len() / 2));
        let (first, second) = arguments.split_at(middle);
        match self {
            Wire::Openai => {
                let begin = json!({"index": index, "id": id, "type": "function",
                    "function": {"name": name, "arguments": ""}});
                let more = |text: &str| json!({"index": index, "function": {"arguments": text}});
                let pieces = [begin, more(first), more(second)];
                pieces.into_iter().map(|piece| self.event(&openai(json!({"tool_calls": [piece]}), None))).collect()
            }
            Wire::Anthropic => {
                let block = json!({"type": "tool_use", "id": id, "name": name, "input": {}});
                let more = |text: &str| {
                    let delta = json!({"type": "input_json_delta", "partial_json": text});
                    json!({"type": "content_block_delta", "index": index, "delta": delta})
                };
                let events = [
                    json!({"type": "content_block_start", "index": index, "content_block": block}),
                    more(first),
                    more(second),
                    json!({"type": "content_block_stop", "index": index}),
                ];
                events.iter().map(|event| self.event(event)).collect()
            }
        }
    }

    /// An error body as this provider writes it.
    pub fn error(self, status: u16, kind: &str, message: &str) -> Behaviour {
        let body = match self {
            Wire::Openai => json!({"error": {"message": message, "type": kind, "param": null, "code": kind}}),
            Wire::Anthropic => json!({"type": "error", "error": {"type": kind, "message": message}}),
        };
        Behaviour::error(status, body)
    }
}

fn openai(delta: Value, finish: Option<&str>) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    })
}

/// What the server was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A running server; it ends with this value.
pub struct ModelServer {
    /// Where both wires are asked: `http://127.0.0.1:…/v1/`.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: tokio::task::JoinHandle<()>,
}

impl ModelServer {
    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Stops it and everything that it still says: from now on connections are refused.
    pub async fn stop(self) {
        self.task.abort();
        while !self.task.is_finished() {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Plays the behaviours in order, then the last one for ever.
pub async fn start(behaviours: Vec<Behaviour>) -> ModelServer {
    assert!(!behaviours.is_empty(), "a server must do something");
    let played = Mutex::new(0);
    start_with("127.0.0.1:0", move |_| {
        let mut next = played.lock().unwrap();
        let behaviour = behaviours[(*next).min(behaviours.len() - 1)].clone();
        *next += 1;
        behaviour
    })
    .await
}

/// Decides by what it is asked. With the address of a server that was stopped, one comes back there.
pub async fn start_with(address: &str, play: impl Fn(&Asked) -> Behaviour + Send + Sync + 'static) -> ModelServer {
    let listener = TcpListener::bind(address).await.expect("a port is free");
    let url = format!("http://{}/v1/", listener.local_addr().unwrap());
    let (asked, play) = (Arc::<Mutex<Vec<Asked>>>::default(), Arc::new(play));
    let heard = asked.clone();
    let task = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else { return };
            let (heard, play) = (heard.clone(), play.clone());
            connections.spawn(async move {
                // An error is the caller's hanging up.
                drop(serve(stream, &heard, &*play).await);
            });
            while connections.try_join_next().is_some() {}
        }
    });
    ModelServer { url, asked, task }
}

async fn serve(
    stream: TcpStream,
    heard: &Mutex<Vec<Asked>>,
    play: &(impl Fn(&Asked) -> Behaviour + ?Sized),
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let asked = read(&mut stream).await?;
    let behaviour = play(&asked);
    heard.lock().unwrap().push(asked);
    let stream = stream.get_mut();
    if !behaviour.is_silent {
        let mut head =
            format!("HTTP/1.1 {} Played\r\ntransfer-encoding: chunked\r\nconnection: close\r\n", behaviour.status);
        for (name, value) in &behaviour.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    }
    for part in &behaviour.parts {
        match part {
            Part::Bytes(bytes) => chunk(stream, bytes).await?,
            Part::Wait(wait) => tokio::time::sleep(*wait).await,
            Part::Hang => {
                // Until the caller hangs up.
                let mut rest = [0; 64];
                while stream.read(&mut rest).await? > 0 {}
                return Ok(());
            }
            Part::Cut => return Ok(()),
            Part::Forever(bytes, wait) => loop {
                chunk(stream, bytes).await?;
                tokio::time::sleep(*wait).await;
            },
        }
    }
    stream.write_all(b"0\r\n\r\n").await?;
    stream.shutdown().await
}

async fn chunk(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    stream.write_all(format!("{:x}\r\n", bytes.len()).as_bytes()).await?;
    stream.write_all(bytes).await?;
    stream.write_all(b"\r\n").await?;
    stream.flush().await
}

async fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Asked> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    Ok(Asked { path, headers, body: serde_json::from_slice(&body).unwrap_or_default() })
}
