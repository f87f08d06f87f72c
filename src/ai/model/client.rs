//! Speaks to a model over either wire: one streaming request at a time, with a limit on every wait and on what is kept.
//! It tries nothing again, except without an option that the server does not take.

use super::failure::{self, Asked, Trouble, tidy};
use super::pieces::{ANSWER_BYTES_MAX, Pieces};
use super::request::{self, Dislikes};
use super::wire::{Ask, Delta, Ending, Failure, Heard, Manner};
use crate::ai::{Model, Secret};
use crate::domain::TokenUsage;
use crate::outbound;
use futures::Stream;
use genai::chat::{ChatStream, ChatStreamEvent, StreamEnd};
use genai::webc::StreamTimeout;
use genai::{BoxError, Error};
use jiff::Timestamp;
use std::collections::HashMap;
use std::error::Error as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::unconstrained;
use tokio::time::{Instant, timeout_at};
use tracing::Dispatch;

/// The longest run of blanks in an answer, in characters. Models that are held to a grammar may write nothing else.
const BLANKS_MAX: usize = 1_000;
/// For so many models it is remembered what their servers do not take.
const REMEMBERED_MAX: usize = 256;
/// A request is made again without an option at most so often: once for each that can be left out.
const PLAINER_MAX: usize = 3;

/// How long each step may take; the deadline of a question bounds them all.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until the answer begins: a slow machine reads the whole question first.
    pub begin: Duration,
    /// From one piece to the next.
    pub idle: Duration,
    /// A whole request, whatever its deadline: the one limit that holds inside the library while data pours in.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            begin: Duration::from_secs(10),
            idle: Duration::from_secs(6),
            total: Duration::from_secs(15),
        }
    }
}

/// Asks models. One for the whole process: it keeps connections.
pub struct Client {
    library: genai::Client,
    limits: Limits,
    dislikes: Mutex<HashMap<(String, String), Dislikes>>,
}

impl Client {
    /// # Errors
    /// When there is no TLS configuration to be had.
    pub fn new() -> Result<Self, Failure> {
        Self::with_limits(Limits::default())
    }

    /// # Errors
    /// As for [`Client::new`].
    pub fn with_limits(limits: Limits) -> Result<Self, Failure> {
        let http = outbound::client().connect_timeout(limits.connect).timeout(limits.total).tcp_nodelay(true).build();
        let http = http.map_err(|error| Failure::Unreachable(error.to_string()))?;
        let library = genai::Client::builder().with_reqwest(http).build();
        let library = library.map_err(|error| Failure::Unreachable(error.to_string()))?;
        Ok(Self { library, limits, dislikes: Mutex::default() })
    }

    /// Asks, and waits until the answer begins.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn ask(&self, model: &Model, ask: &Ask, deadline: Instant) -> Result<Answering, Failure> {
        let name = (model.settings.endpoint(), model.settings.model.clone());
        let mut dislikes = self.remembered(&name);
        for _ in 0..PLAINER_MAX {
            match self.begin(model, ask, deadline, dislikes).await {
                Ok(answering) => return Ok(answering),
                Err(Trouble { dislikes: Some(more), .. }) if dislikes.and(more) != dislikes => {
                    dislikes = dislikes.and(more);
                    self.remember(name.clone(), dislikes);
                }
                Err(trouble) => return Err(trouble.failure),
            }
        }
        self.begin(model, ask, deadline, dislikes).await.map_err(|trouble| trouble.failure)
    }

    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub async fn ask_whole(&self, model: &Model, ask: &Ask, deadline: Instant) -> Result<Heard, Failure> {
        let mut answering = self.ask(model, ask, deadline).await?;
        let mut heard = Heard::default();
        while let Some(delta) = answering.next().await? {
            match delta {
                Delta::Text(text) => heard.text.push_str(&text),
                Delta::End(ending) => heard.ending = ending,
            }
        }
        Ok(heard)
    }

    async fn begin(
        &self,
        model: &Model,
        ask: &Ask,
        deadline: Instant,
        dislikes: Dislikes,
    ) -> Result<Answering, Trouble> {
        let key = model.key.clone().filter(|key| !key.0.trim().is_empty());
        let header = key.as_ref().map(|key| key.0.trim());
        if header.is_some_and(|key| !key.chars().all(|c| c.is_ascii_graphic())) {
            return Err(Failure::KeyRefused.into());
        }
        if reqwest::Url::parse(&model.settings.endpoint()).is_err() {
            return Err(Failure::Unreachable("the address can't be used".into()).into());
        }
        let pieces = Arc::new(Mutex::new(Pieces::default()));
        let frames = pieces.clone();
        let options = request::options(model, ask, dislikes)
            .with_stream_header_timeout(self.limits.begin)
            .with_stream_read_timeout(self.limits.idle)
            .with_raw_frame_fn(move |_, frame| locked(&frames).take(frame.data));
        let asking =
            self.library.exec_chat_stream(request::target(model, header), request::chat(model, ask), Some(&options));
        // Nothing is sent before the stream is read: this only puts the request together.
        let answer = asking.await.map_err(|_| Failure::Refused("the request can't be put together".into()))?;
        let mut answering = Answering {
            stream: answer.stream,
            pieces,
            first: None,
            deadline,
            manner: ask.manner.clone(),
            key,
            tokens_read: request::tokens_of(ask),
            bytes: 0,
            chars: 0,
            blanks: 0,
            is_over: false,
        };
        answering.first = answering.step().await?;
        Ok(answering)
    }

    fn remembered(&self, name: &(String, String)) -> Dislikes {
        locked(&self.dislikes).get(name).copied().unwrap_or_default()
    }

    fn remember(&self, name: (String, String), dislikes: Dislikes) {
        let mut known = locked(&self.dislikes);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.insert(name, dislikes);
    }
}

/// An answer while it comes.
pub struct Answering {
    stream: ChatStream,
    pieces: Arc<Mutex<Pieces>>,
    first: Option<Delta>,
    deadline: Instant,
    manner: Manner,
    key: Option<Secret>,
    /// An estimate, for servers that do not count.
    tokens_read: i64,
    bytes: usize,
    chars: usize,
    blanks: usize,
    is_over: bool,
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answering").field("bytes", &self.bytes).field("is_over", &self.is_over).finish_non_exhaustive()
    }
}

impl Answering {
    /// The next piece; `None` after the end.
    ///
    /// # Errors
    /// Why the answer does not go on. What came before is no whole answer.
    pub async fn next(&mut self) -> Result<Option<Delta>, Failure> {
        match self.first.take() {
            Some(delta) => Ok(Some(delta)),
            None => self.step().await.map_err(|trouble| trouble.failure),
        }
    }

    async fn step(&mut self) -> Result<Option<Delta>, Trouble> {
        let read = self.read().await;
        self.is_over |= !matches!(read, Ok(Some(Delta::Text(_))));
        read
    }

    async fn read(&mut self) -> Result<Option<Delta>, Trouble> {
        while !self.is_over {
            let stream = &mut self.stream;
            // Without a budget: the library reads on while data is there, and a used up budget would hide its time-outs.
            let next = unconstrained(poll_fn(|cx| unlogged(|| Pin::new(&mut *stream).poll_next(cx))));
            let event = timeout_at(self.deadline, next);
            let event = event.await.map_err(|_| Failure::TimedOut)?;
            // A server that is always faster than we read would never let the time-out above be looked at.
            if Instant::now() >= self.deadline {
                return Err(Failure::TimedOut.into());
            }
            if locked(&self.pieces).is_too_much {
                return Err(Failure::Endless.into());
            }
            match event {
                Some(Ok(ChatStreamEvent::Chunk(chunk))) if !chunk.content.is_empty() => {
                    self.measure(&chunk.content)?;
                    return Ok(Some(Delta::Text(chunk.content)));
                }
                Some(Ok(ChatStreamEvent::End(end))) => return Ok(Some(Delta::End(self.end(end)?))),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(self.trouble(error)),
                None => return Ok(Some(Delta::End(self.end_of_stream()?))),
            }
        }
        Ok(None)
    }

    fn measure(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes += text.len();
        for c in text.chars() {
            self.chars += 1;
            self.blanks = if c.is_whitespace() { self.blanks + 1 } else { 0 };
            if self.blanks > BLANKS_MAX {
                return Err(Failure::Endless);
            }
        }
        if self.bytes > ANSWER_BYTES_MAX { Err(Failure::Endless) } else { Ok(()) }
    }

    /// The server hung up without saying that it was done; some say so only by the reason of the end.
    fn end_of_stream(&self) -> Result<Ending, Failure> {
        let (is_stream, has_ended) = {
            let pieces = locked(&self.pieces);
            (pieces.is_stream, pieces.ended.is_some())
        };
        match (is_stream, has_ended) {
            (false, _) => Err(Failure::Unreadable("it is no stream of events".into())),
            (true, false) => Err(Failure::BrokenOff),
            (true, true) => self.end(StreamEnd::default()),
        }
    }

    fn end(&self, end: StreamEnd) -> Result<Ending, Failure> {
        let mut pieces = locked(&self.pieces);
        let reason = pieces.ended.clone().unwrap_or_default();
        if pieces.is_refusal || matches!(reason.as_str(), "content_filter" | "refusal") {
            return Err(Failure::ContentRefused);
        }
        let written = request::tokens(self.chars + pieces.call_chars());
        let calls = pieces.calls();
        if calls.is_empty() && self.blanks == self.chars {
            return Err(Failure::Empty);
        }
        let usage = end.captured_usage.unwrap_or_default();
        let counted = |count: Option<i32>| count.map(i64::from).filter(|count| *count > 0);
        let tokens = TokenUsage {
            read: counted(usage.prompt_tokens).unwrap_or(self.tokens_read),
            written: counted(usage.completion_tokens).unwrap_or(written),
        };
        let is_cut = matches!(reason.as_str(), "length" | "max_tokens" | "model_context_window_exceeded");
        Ok(Ending { calls, tokens, is_cut })
    }

    fn trouble(&self, error: Error) -> Trouble {
        let asked = Asked { manner: &self.manner, key: self.key.as_ref() };
        match error {
            Error::WebStream { error, .. } => of_transport(error, asked),
            Error::ChatResponse { body, .. } => failure::of_event(&body, asked),
            _ => Failure::Unreadable("a piece of it is no JSON of this kind".into()).into(),
        }
    }
}

fn of_transport(error: BoxError, asked: Asked<'_>) -> Trouble {
    if let Some(Error::HttpError { status, headers, body, .. }) = error.downcast_ref::<Error>() {
        return failure::of_answer(status.as_u16(), headers, body, asked, Timestamp::now());
    }
    if error.is::<StreamTimeout>() {
        return Failure::TimedOut.into();
    }
    let Some(http) = error.downcast_ref::<reqwest::Error>() else {
        return Failure::Unreadable("it is no text".into()).into();
    };
    let failure = match http {
        http if http.is_builder() => Failure::Unreachable("the address can't be used".into()),
        http if http.is_connect() && http.is_timeout() => Failure::Unreachable("no connection in time".into()),
        http if http.is_timeout() => Failure::TimedOut,
        http if http.is_body() || http.is_decode() => Failure::BrokenOff,
        http => Failure::Unreachable(tidy(&root_of(http), asked.key)),
    };
    failure.into()
}

/// The innermost cause, such as "Connection refused": what is around it names the address once more.
fn root_of(error: &reqwest::Error) -> String {
    let mut root: &dyn std::error::Error = error;
    while let Some(source) = root.source() {
        root = source;
    }
    if error.source().is_none() { "the request failed".into() } else { root.to_string() }
}

/// The library logs bodies of errors, in which a server may repeat the key or the conversation.
fn unlogged<T>(work: impl FnOnce() -> T) -> T {
    tracing::dispatcher::with_default(&Dispatch::none(), work)
}

fn locked<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
