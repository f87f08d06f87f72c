//! Reading an event stream as a browser does: with the id of the last event, so that a new connection goes on where the
//! old one broke.

#![allow(dead_code)] // Each test binary uses its part.

use reqwest::{Client, Response, StatusCode};
use std::collections::VecDeque;
use std::time::Duration;

/// How long to wait before connecting again.
const AGAIN_AFTER: Duration = Duration::from_millis(20);

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    pub name: String,
    pub data: String,
    /// Its own id, if it has one.
    pub id: Option<i64>,
}

/// A stream that connects again by itself.
pub struct Events {
    http: Client,
    url: String,
    last_id: Option<i64>,
    response: Option<Response>,
    buffer: Vec<u8>,
    ready: VecDeque<Event>,
    /// How often it connected.
    pub connections: u32,
}

impl Events {
    /// The stream at `url`, not connected yet.
    pub fn new(http: &Client, url: String) -> Self {
        let (response, last_id) = (None, None);
        Self { http: http.clone(), url, last_id, response, buffer: Vec::new(), ready: VecDeque::new(), connections: 0 }
    }

    /// The next event, however many connections it takes. Safe to drop while it waits.
    ///
    /// # Panics
    /// If the stream is refused.
    pub async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return event;
            }
            let Some(response) = &mut self.response else {
                self.connect().await;
                continue;
            };
            match response.chunk().await {
                Ok(Some(bytes)) => {
                    self.buffer.extend_from_slice(&bytes);
                    self.parse();
                }
                // Half an event is not an event: it comes again.
                Ok(None) | Err(_) => {
                    self.response = None;
                    self.buffer.clear();
                }
            }
        }
    }

    async fn connect(&mut self) {
        let mut request = self.http.get(&self.url).header("accept", "text/event-stream");
        if let Some(id) = self.last_id {
            request = request.header("last-event-id", id.to_string());
        }
        match request.send().await {
            Ok(response) if response.status().is_success() => {
                self.connections += 1;
                self.response = Some(response);
            }
            Ok(response) if response.status() != StatusCode::SERVICE_UNAVAILABLE => {
                panic!("the stream was refused: {}", response.status());
            }
            Ok(_) | Err(_) => tokio::time::sleep(AGAIN_AFTER).await,
        }
    }

    /// Takes whole events, which end with an empty line, out of the buffer.
    fn parse(&mut self) {
        while let Some(end) = self.buffer.windows(2).position(|two| two == b"\n\n") {
            let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
            let block = String::from_utf8(block).expect("event streams are UTF-8");
            let mut event = Event { name: String::new(), data: String::new(), id: None };
            for line in block.lines() {
                let (field, value) = line.split_once(':').unwrap_or((line, ""));
                let value = value.strip_prefix(' ').unwrap_or(value);
                match field {
                    "event" => event.name = value.to_owned(),
                    "data" => event.data.push_str(value),
                    "id" => event.id = value.parse().ok(),
                    _ => {}
                }
            }
            self.last_id = event.id.or(self.last_id);
            // Comments are signs of life.
            if !event.name.is_empty() {
                self.ready.push_back(event);
            }
        }
    }
}
