//! "Test connection": asks a model three small things and says what works. What it asks has nothing of a customer.

use super::client::Client;
use super::wire::{Ask, Delta, Failure, Heard, Line, Manner, Speaks};
use crate::ai::Model;
use crate::domain::{ConnectionTest, ModelCall, Purpose, TokenUsage};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// All three questions together.
const TEST_TAKES_MAX: Duration = Duration::from_secs(20);
/// The tool that is to be called.
const TOOL: &str = "note_color";

/// Asks for words, for a call and for JSON. The caller says when it was (`tested_at_ms`).
pub async fn test(client: &Client, model: &Model) -> (ConnectionTest, Vec<ModelCall>) {
    let deadline = Instant::now() + TEST_TAKES_MAX;
    let mut test = ConnectionTest { subject: ConnectionTest::subject_of(&model.settings), ..ConnectionTest::default() };
    let mut calls = Vec::new();
    let words = asked(client, model, &words(model), deadline).await;
    calls.push(words.call(model));
    test.streams = words.pieces > 1;
    test.first_words_ms = words.first_ms;
    test.latency_ms = words.latency_ms;
    if let Err(failure) = &words.heard {
        test.error = Some(sentence(failure));
        return (test, calls);
    }
    test.answers = true;

    let tool = asked(client, model, &tool(model), deadline).await;
    calls.push(tool.call(model));
    test.tools = tool.heard.as_ref().is_ok_and(has_called);
    let schema = asked(client, model, &schema(model), deadline).await;
    calls.push(schema.call(model));
    test.structured = schema.heard.as_ref().is_ok_and(|heard| is_color(&heard.text));

    // That it has no tools or schemas is an answer; that it stopped answering is not.
    let stopped = [&tool.heard, &schema.heard].into_iter().filter_map(|heard| heard.as_ref().err());
    test.error = stopped.filter(|failure| !is_an_answer(failure)).map(sentence).next();
    (test, calls)
}

/// How one question went.
struct Answer {
    heard: Result<Heard, Failure>,
    pieces: u32,
    first_ms: i64,
    latency_ms: i64,
}

impl Answer {
    fn call(&self, model: &Model) -> ModelCall {
        ModelCall {
            purpose: Purpose::Test,
            model: model.settings.model.trim().to_owned(),
            tokens: self.heard.as_ref().map_or(TokenUsage::default(), |heard| heard.ending.tokens),
            latency_ms: self.latency_ms,
            failure: self.heard.as_ref().err().map(|failure| failure.code().to_owned()),
        }
    }
}

async fn asked(client: &Client, model: &Model, ask: &Ask, deadline: Instant) -> Answer {
    let begun = Instant::now();
    let ms = || i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    let mut answer = Answer { heard: Ok(Heard::default()), pieces: 0, first_ms: 0, latency_ms: 0 };
    let mut heard = Heard::default();
    let read = async {
        let mut answering = client.ask(model, ask, deadline).await?;
        while let Some(delta) = answering.next().await? {
            match delta {
                Delta::Text(text) => {
                    if answer.pieces == 0 {
                        answer.first_ms = ms();
                    }
                    answer.pieces += 1;
                    heard.text.push_str(&text);
                }
                Delta::End(ending) => heard.ending = ending,
            }
        }
        Ok(())
    };
    let read: Result<(), Failure> = read.await;
    answer.latency_ms = ms();
    answer.heard = read.map(|()| heard);
    answer
}

fn ask(model: &Model, manner: Manner, text: &str) -> Ask {
    Ask {
        system: "You help to test a connection. Do what is asked, and nothing else.".into(),
        lines: vec![Line { by: Speaks::Customer, text: text.into() }],
        manner,
        temperature: model.settings.temperature,
        tokens_max: model.settings.tokens_max,
    }
}

fn words(model: &Model) -> Ask {
    // More than one word, so that it shows whether it comes in pieces.
    ask(model, Manner::Words, "Say in one short sentence that you are ready.")
}

fn tool(model: &Model) -> Ask {
    let description = "Notes the colour that the user named.".to_owned();
    let manner = Manner::Tool { name: TOOL.into(), description, schema: color(), must_call: true };
    ask(model, manner, "My favourite colour is blue. Note it with the tool.")
}

fn schema(model: &Model) -> Ask {
    let manner = Manner::Json { name: "color".into(), schema: color() };
    ask(model, manner, "My favourite colour is blue. Answer with JSON, such as {\"color\": \"red\"}.")
}

fn color() -> Value {
    json!({
        "type": "object",
        "properties": { "color": { "type": "string" } },
        "required": ["color"],
        "additionalProperties": false,
    })
}

fn has_called(heard: &Heard) -> bool {
    heard.ending.calls.iter().any(|call| call.name == TOOL && call.arguments["color"].is_string())
}

fn is_color(text: &str) -> bool {
    serde_json::from_str::<Value>(text.trim()).is_ok_and(|value| value["color"].is_string())
}

fn is_an_answer(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::NotSupported(_)
            | Failure::Empty
            | Failure::Endless
            | Failure::Refused(_)
            | Failure::ContentRefused
            | Failure::TooLong
            | Failure::Unreadable(_)
    )
}

/// What went wrong, with what to do.
pub fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::Unreachable(why) => {
            format!(
                "The server can't be reached ({why}). Check the address, and that the server runs and lets Baton in."
            )
        }
        Failure::TimedOut => "The model did not answer in time. Test again, or choose a faster model or server.".into(),
        Failure::RateLimited { .. } => {
            "The server has too many requests at the moment. Wait a minute and test again, or raise your limit there."
                .into()
        }
        Failure::ServerFailed { status, message } if message.is_empty() => {
            format!("The server failed with status {status}. Test again in a minute; if it stays, look at its log.")
        }
        Failure::ServerFailed { status, message } => {
            format!(
                "The server failed with status {status}: {message}. Test again in a minute; if it stays, look at its log."
            )
        }
        Failure::KeyRefused => "The server refused the key. Check it and save it again.".into(),
        Failure::NoCredit => {
            "The account at the provider has no credit left. Add credit there, then test again.".into()
        }
        Failure::UnknownModel => {
            "The server does not know this model at this address. Check the model's name and the address, such as …/v1."
                .into()
        }
        Failure::TooLong => "The model reads too little text at once. Choose one with a larger context.".into(),
        Failure::ContentRefused => {
            "The provider's safety filter refused a harmless question. Check the filter there, or choose another model."
                .into()
        }
        Failure::NotSupported(what) => format!("The server takes no {what}. Choose another model or server."),
        Failure::Refused(why) => format!("The server refused the request: {why}. Check the settings."),
        Failure::Unreadable(why) => {
            format!("What came back can't be read ({why}). Check that the address is that of the provider you chose.")
        }
        Failure::BrokenOff => "The answer broke off. Test again; if it stays, look at the server's log.".into(),
        Failure::Empty => {
            "The model answered nothing. Raise the most tokens of one answer, or choose another model.".into()
        }
        Failure::Endless => {
            "The model repeated itself without end. Choose another model or a lower temperature.".into()
        }
    }
}
