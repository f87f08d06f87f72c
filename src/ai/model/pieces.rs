//! What the library leaves out of a stream, read from its raw frames: calls whose pieces carry no index or an absurd one,
//! arguments that are no text, a refusal, and why the answer ended. Both wires are told apart by their shapes.

use super::wire::Call;
use serde_json::{Map, Value};

/// The most bytes of an answer's text, and of its calls. Far beyond any message; it bounds what a server can make us keep.
pub const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// The most calls of one answer.
const CALLS_MAX: usize = 16;

/// What was read of one answer so far.
#[derive(Default)]
pub struct Pieces {
    /// Something came that looks like a stream of events.
    pub is_stream: bool,
    /// The model says in so many words that it refuses.
    pub is_refusal: bool,
    /// Why it ended, in the provider's word.
    pub ended: Option<String>,
    /// More was called than is kept.
    pub is_too_much: bool,
    calls: Vec<Begun>,
    bytes: usize,
}

/// A call whose arguments are still coming.
struct Begun {
    index: Option<u64>,
    id: String,
    name: String,
    arguments: String,
    /// Arguments that came as a value.
    whole: Option<Value>,
}

impl Pieces {
    /// Reads the data of one event.
    pub fn take(&mut self, data: &str) {
        if data.is_empty() {
            return;
        }
        self.is_stream = true;
        let Ok(event) = serde_json::from_str::<Value>(data) else { return };
        self.take_openai(&event);
        self.take_anthropic(&event);
    }

    fn take_openai(&mut self, event: &Value) {
        let Some(choice) = event.pointer("/choices/0") else { return };
        if let Some(word) = choice["finish_reason"].as_str() {
            self.ended = Some(word.to_owned());
        }
        self.is_refusal |= choice["delta"]["refusal"].as_str().is_some_and(|words| !words.is_empty());
        for piece in choice["delta"]["tool_calls"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (id, name) = (text(&piece["id"]), text(&piece["function"]["name"]));
            self.put(piece["index"].as_u64(), id, name, &piece["function"]["arguments"]);
        }
    }

    fn take_anthropic(&mut self, event: &Value) {
        let index = event["index"].as_u64();
        match event["type"].as_str() {
            Some("content_block_start") if event["content_block"]["type"] == "tool_use" => {
                let block = &event["content_block"];
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                self.put(index, text(&block["id"]), text(&block["name"]), &block["input"]);
            }
            Some("content_block_delta") if event["delta"]["type"] == "input_json_delta" => {
                self.put(index, String::new(), String::new(), &event["delta"]["partial_json"]);
            }
            Some("message_delta") => {
                if let Some(word) = event["delta"]["stop_reason"].as_str() {
                    self.ended = Some(word.to_owned());
                }
            }
            _ => {}
        }
    }

    /// Begins a call or goes on with one. Servers differ: some repeat the name with every piece, some give every call
    /// the index 0, some none.
    fn put(&mut self, index: Option<u64>, id: String, name: String, arguments: &Value) {
        let same = self.calls.iter().rposition(|call| {
            let is_same_index = index.is_none() || call.index == index;
            let is_same_name = name.is_empty() || call.name.is_empty() || call.name == name;
            is_same_index && is_same_name && (id.is_empty() || call.id == id)
        });
        // A name without an id begins a call, unless it only repeats the last one's by its index.
        let goes_on = same.filter(|_| name.is_empty() || !id.is_empty() || index.is_some());
        self.bytes += name.len() + arguments.as_str().map_or(0, str::len);
        if self.bytes > ANSWER_BYTES_MAX || (goes_on.is_none() && self.calls.len() >= CALLS_MAX) {
            self.is_too_much = true;
            return;
        }
        let at = goes_on.unwrap_or_else(|| {
            self.calls.push(Begun { index, id, name: String::new(), arguments: String::new(), whole: None });
            self.calls.len() - 1
        });
        let call = &mut self.calls[at];
        if call.name.is_empty() {
            call.name = name;
        }
        match arguments {
            Value::String(text) => call.arguments.push_str(text),
            Value::Object(fields) if !fields.is_empty() => {
                self.bytes += arguments.to_string().len();
                call.whole = Some(arguments.clone());
            }
            _ => {}
        }
    }

    /// How many characters of calls were written.
    pub fn call_chars(&self) -> usize {
        self.calls.iter().map(|call| call.name.chars().count() + call.arguments.chars().count()).sum()
    }

    /// The calls, whole. Arguments that are no JSON stand as text.
    pub fn calls(&mut self) -> Vec<Call> {
        let whole = |call: Begun| {
            let written = call.arguments.trim();
            let arguments = match call.whole {
                Some(value) if written.is_empty() => value,
                None if written.is_empty() => Value::Object(Map::new()),
                _ => serde_json::from_str(written).unwrap_or(Value::String(call.arguments)),
            };
            Call { name: call.name, arguments }
        };
        std::mem::take(&mut self.calls).into_iter().map(whole).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn calls(pieces: &[Value]) -> Vec<(String, Value)> {
        let mut read = Pieces::default();
        for piece in pieces {
            read.take(&json!({"choices": [{"delta": {"tool_calls": [piece]}}]}).to_string());
        }
        read.calls().into_iter().map(|call| (call.name, call.arguments)).collect()
    }

    fn named(name: &str, arguments: Value) -> (String, Value) {
        (name.into(), arguments)
    }

    #[test]
    fn pieces_are_joined_by_their_index() {
        let read = calls(&[
            json!({"index": 0, "id": "a", "function": {"name": "one", "arguments": ""}}),
            json!({"index": 1, "id": "b", "function": {"name": "two", "arguments": "{\"y\":"}}),
            json!({"index": 0, "function": {"arguments": "{\"x\":1}"}}),
            json!({"index": 1, "function": {"arguments": "2}"}}),
        ]);
        assert_eq!(read, [named("one", json!({"x": 1})), named("two", json!({"y": 2}))]);
    }

    #[test]
    fn calls_without_an_index_or_all_with_the_same_are_told_apart() {
        let whole = json!({"function": {"name": "one", "arguments": "{}"}});
        assert_eq!(calls(&[whole.clone(), whole]).len(), 2);
        let first = json!({"index": 0, "id": "a", "function": {"name": "one", "arguments": "{}"}});
        let second = json!({"index": 0, "id": "b", "function": {"name": "one", "arguments": "{}"}});
        assert_eq!(calls(&[first, second]).len(), 2);
    }

    #[test]
    fn a_name_that_every_piece_repeats_makes_one_call() {
        let piece = |text: &str| json!({"index": 0, "id": "a", "function": {"name": "one", "arguments": text}});
        assert_eq!(calls(&[piece("{\"x\""), piece(":3}")]), [named("one", json!({"x": 3}))]);
    }

    #[test]
    fn arguments_may_be_a_value_or_no_json() {
        let value = json!({"index": 0, "id": "a", "function": {"name": "one", "arguments": {"x": 1}}});
        assert_eq!(calls(&[value]), [named("one", json!({"x": 1}))]);
        let broken = json!({"index": 0, "id": "a", "function": {"name": "one", "arguments": "{\"x\": "}});
        assert_eq!(calls(&[broken]), [named("one", json!("{\"x\": "))]);
        let none = json!({"index": 0, "id": "a", "function": {"name": "one"}});
        assert_eq!(calls(&[none]), [named("one", json!({}))]);
    }

    #[test]
    fn what_a_server_can_make_us_keep_is_bounded() {
        let mut read = Pieces::default();
        for index in 0..1_000_u64 {
            let piece = json!({"index": u64::MAX - index, "function": {"name": "x", "arguments": "{}"}});
            read.take(&json!({"choices": [{"delta": {"tool_calls": [piece]}}]}).to_string());
        }
        assert!(read.is_too_much);
        assert_eq!(read.calls().len(), CALLS_MAX);
    }
}
