//! What an error of a provider means: reads status, headers and body into a [`Failure`]. Providers agree on little, so a
//! code or a type decides where there is one, then words of the message, then the status. Pure; the key is struck out.

use super::request::Dislikes;
use super::wire::{Failure, Manner};
use crate::ai::Secret;
use http::HeaderMap;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::Value;
use std::time::Duration;

/// The longest message of a server that is kept, in characters.
const MESSAGE_CHARS_MAX: usize = 300;
/// As much of a body is looked at, in bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Nobody is waited for longer, whatever a header says.
const WAIT_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// More text than the model reads.
const TOO_LONG: &[&str] = &[
    "context_length",
    "exceed_context",
    "context length",
    "context size",
    "context window",
    "contextwindow",
    "maximum context",
    "prompt is too long",
    "input is too long",
    "too many input tokens",
    "reduce the length",
    "request_too_large",
    "request too large",
    "string_above_max_length",
    "exceeds the maximum number of tokens",
];
/// Stopped by a safety filter.
const CONTENT: &[&str] = &[
    "content_filter",
    "content_policy",
    "contentpolicy",
    "responsibleaipolicy",
    "content management policy",
    "content filtering policy",
    "usage policy",
    "invalid_prompt",
    "input was flagged",
];
/// Waiting helps nothing: somebody must pay.
const NO_CREDIT: &[&str] = &[
    "insufficient_quota",
    "billing_",
    "credit balance",
    "insufficient credit",
    "insufficient balance",
    "insufficient funds",
    "exceeded your current quota",
    "exceededbudget",
    "budget has been exceeded",
];
/// There is no such model, or not for this account.
const UNKNOWN_MODEL: &[&str] = &[
    "model_not_found",
    "deploymentnotfound",
    "unknown_model",
    "unknown model",
    "unsupported_model",
    "invalid model name",
    "not a valid model",
    "model not found",
    "no such model",
    "try pulling it",
    "model does not exist",
];
const KEY: &[&str] =
    &["invalid_api_key", "authentication_error", "api key not valid", "invalid api key", "invalid x-api-key"];
/// Names of what carries tools …
const TOOLS: &[&str] = &["tool", "function call", "function_call", "--jinja"];
/// … and a schema.
const SCHEMA: &[&str] =
    &["response_format", "json_schema", "output_config", "output_format", "structured output", "grammar", "guided"];

/// What an error says.
#[derive(Debug, PartialEq, Eq)]
pub struct Trouble {
    pub failure: Failure,
    /// What to leave out, where the server only objects to an option.
    pub dislikes: Option<Dislikes>,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Trouble { failure, dislikes: None }
    }
}

/// What was asked, as far as an error may be about it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub manner: &'a Manner,
    pub key: Option<&'a Secret>,
}

/// Reads the answer to a request that was not served.
pub fn of_answer(status: u16, headers: &HeaderMap, body: &str, asked: Asked<'_>, now: Timestamp) -> Trouble {
    let said = Said::read(body, asked.key);
    if !(300..400).contains(&status) {
        return trouble(status, retry_after(headers, now), &said, asked.manner);
    }
    let message = format!("it answers with a redirect ({status}); enter the address that it leads to");
    Failure::Refused(message).into()
}

/// Reads an error that came inside a stream.
pub fn of_event(body: &Value, asked: Asked<'_>) -> Trouble {
    let said = Said::of(body, asked.key);
    let numbers = [&body["code"], &body["error"]["code"], &body["status"]];
    let told = numbers.into_iter().find_map(|number| number.as_u64().or_else(|| number.as_str()?.parse().ok()));
    let told = told.and_then(|number| u16::try_from(number).ok()).filter(|number| (400..600).contains(number));
    let by_type = [
        ("overloaded", 529),
        ("rate_limit", 429),
        ("authentication_error", 401),
        ("permission_error", 403),
        ("not_found_error", 404),
        ("invalid_request", 400),
    ];
    let typed = by_type.into_iter().find(|(word, _)| said.words.contains(word)).map(|(_, status)| status);
    trouble(told.or(typed).unwrap_or(500), None, &said, asked.manner)
}

fn trouble(status: u16, retry_after: Option<Duration>, said: &Said, manner: &Manner) -> Trouble {
    let is_fault = matches!(status, 400 | 404 | 405 | 415 | 422 | 500 | 501);
    if is_fault && let Some(dislikes) = said.dislikes() {
        return Trouble { failure: Failure::Refused(said.message.clone()), dislikes: Some(dislikes) };
    }
    let failure = match status {
        _ if said.has(NO_CREDIT) || status == 402 => Failure::NoCredit,
        _ if (status != 429 && said.has(TOO_LONG)) || said.has(&["request too large for"]) || status == 413 => {
            Failure::TooLong
        }
        _ if said.has(CONTENT) => Failure::ContentRefused,
        _ if is_fault && said.is_about_tools(manner) => Failure::NotSupported("tools"),
        _ if is_fault && said.is_about_schema(manner) => Failure::NotSupported("schemas"),
        429 => Failure::RateLimited { retry_after },
        _ if said.has(UNKNOWN_MODEL) || said.names_no_model() => Failure::UnknownModel,
        401 | 403 => Failure::KeyRefused,
        _ if status < 500 && said.has(KEY) => Failure::KeyRefused,
        404 => Failure::UnknownModel,
        408 | 409 | 425 | 500.. => Failure::ServerFailed { status, message: said.message.clone() },
        _ => Failure::Refused(said.message.clone()),
    };
    failure.into()
}

/// The words of an error body, whatever its shape.
struct Said {
    /// Codes, types and messages in lower case.
    words: String,
    /// For people: short, on one line, without the key.
    message: String,
}

impl Said {
    fn read(body: &str, key: Option<&Secret>) -> Said {
        let end = body.floor_char_boundary(BODY_BYTES_MAX);
        match serde_json::from_str::<Value>(&body[..end]) {
            Ok(value) => Said::of(&value, key),
            Err(_) => {
                let text = &body[..end];
                // A page is for a browser: nobody reads markup in a sentence.
                let message = if text.trim_start().starts_with('<') { "it sent a web page" } else { text };
                Said { words: text.to_lowercase(), message: tidy(message, key) }
            }
        }
    }

    fn of(body: &Value, key: Option<&Secret>) -> Said {
        let error = if body["error"].is_null() { body } else { &body["error"] };
        let message = [&error["message"], error, &body["message"], &body["detail"], &body["detail"][0]["msg"]]
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or_default();
        let mut words = String::new();
        let inner = [&error["innererror"]["code"], &error["metadata"]["raw"], &error["metadata"]["reasons"][0]];
        let own = [&error["code"], &error["type"], &error["param"], &body["type"], &body["code"]];
        for word in own.into_iter().chain(inner).filter_map(Value::as_str) {
            words.push_str(word);
            words.push(' ');
        }
        words.push_str(message);
        Said { words: words.to_lowercase(), message: tidy(message, key) }
    }

    fn has(&self, any: &[&str]) -> bool {
        any.iter().any(|word| self.words.contains(word))
    }

    fn is_unwelcome(&self) -> bool {
        self.has(&["support", "unknown", "unrecognized", "unexpected", "not permitted", "not allowed", "deprecated"])
            || self.has(&["invalid", "extra inputs", "requires", "failed to"])
    }

    fn dislikes(&self) -> Option<Dislikes> {
        let none = Dislikes::default();
        match () {
            () if !self.is_unwelcome() => None,
            () if self.has(&["max_completion_tokens"]) && !self.has(TOO_LONG) => {
                Some(Dislikes { max_tokens: true, ..none })
            }
            () if self.has(&["max_tokens"]) && self.has(&["unsupported", "not supported"]) => {
                Some(Dislikes { max_tokens: true, ..none })
            }
            () if self.has(&["temperature"]) => Some(Dislikes { temperature: true, ..none }),
            () if self.has(&["stream_options", "include_usage"]) => Some(Dislikes { usage: true, ..none }),
            () => None,
        }
    }

    fn is_about_tools(&self, manner: &Manner) -> bool {
        matches!(manner, Manner::Tool { .. }) && self.has(TOOLS) && (self.is_unwelcome() || self.has(&["schema"]))
    }

    fn is_about_schema(&self, manner: &Manner) -> bool {
        matches!(manner, Manner::Json { .. }) && self.has(SCHEMA) && (self.is_unwelcome() || self.has(&["schema"]))
    }

    /// As in "The model `x` does not exist" and "model: x not found".
    fn names_no_model(&self) -> bool {
        self.has(&["model"]) && self.has(&["does not exist", "not found"])
    }
}

/// How long the server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name).and_then(|text| text.parse::<f64>().ok());
    let seconds = number("retry-after-ms").map(|ms| ms / 1_000.0).or_else(|| number("retry-after"));
    let wait = match seconds {
        Some(seconds) => Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(WAIT_MAX),
        None => {
            let date = |name: &str| Some(rfc2822::parse(text(name)?).ok()?.timestamp());
            // The server's own clock, where it tells it.
            let until = date("retry-after")?.duration_since(date("date").unwrap_or(now));
            Duration::try_from(until).unwrap_or_default()
        }
    };
    Some(wait.min(WAIT_MAX))
}

/// A text of a server for people: short, on one line, without the key.
pub fn tidy(text: &str, key: Option<&Secret>) -> String {
    let secret = key.map(|key| key.0.trim()).filter(|key| !key.is_empty());
    let text = secret.map_or_else(|| text.to_owned(), |key| text.replace(key, "…"));
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MESSAGE_CHARS_MAX).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "failure_tests.rs"]
mod tests;
