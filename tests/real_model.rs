//! Real servers with a real small model: llama.cpp with SmolLM2 by OpenAI's wire, LiteLLM in front of it by
//! Anthropic's. The model is too small to be clever; what it answers is real. `script/with-model` starts them.

#[path = "support/database.rs"]
mod database;
#[path = "support/office.rs"]
mod office;

use baton::ai::builtin::Builtin;
use baton::ai::model::{Ask, Client, Delta, Failure, Line, Manner, ModelEngine, Speaks, test_connection};
use baton::ai::{Model, Secret};
use baton::domain::{HandoffSettings, ModelSettings, OnFailure, Outcome, Owner, Provider};
use baton::wire::model::{KeyChange, SavedModel};
use office::{Office, no_burst};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A busy machine reads 60 tokens a second and writes 25.
const PATIENCE: Duration = Duration::from_secs(60);

/// The servers' addresses, or nothing, having said so, where they are not installed.
///
/// # Panics
/// If there are none although there must be: under continuous integration, or with `BATON_REQUIRE_MODEL`.
fn servers() -> Option<(Model, Model)> {
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some(url) = of("BATON_TEST_MODEL_URL") else {
        let is_needed = of("CI").or(of("BATON_REQUIRE_MODEL")).is_some();
        assert!(!is_needed, "there is no model: run the tests by script/test, or by script/with-model");
        eprintln!("not run: there is no model server (script/with-model starts one)");
        return None;
    };
    let settings = |provider, base_url: String| ModelSettings {
        provider,
        base_url,
        model: of("BATON_TEST_MODEL_NAME").expect("script/with-model names the model"),
        temperature: 0,
        tokens_max: 64,
        ..ModelSettings::default()
    };
    let anthropic = of("BATON_TEST_ANTHROPIC_URL").expect("script/with-model starts LiteLLM");
    let key = of("BATON_TEST_ANTHROPIC_KEY").expect("script/with-model makes a key");
    let model = |settings, key| Model { settings, key, tested: None, barred: None };
    let openai = model(settings(Provider::Openai, url), None);
    Some((openai, model(settings(Provider::Anthropic, anthropic), Some(Secret(key)))))
}

fn ask(words: &str, manner: Manner) -> Ask {
    Ask {
        system: "You answer in one short sentence.".into(),
        lines: vec![Line { by: Speaks::Customer, text: words.into() }],
        manner,
        temperature: 0,
        tokens_max: 48,
    }
}

fn schema() -> serde_json::Value {
    json!({
        "type": "object",
        "properties": {"colour": {"type": "string", "enum": ["red", "blue"]}},
        "required": ["colour"], "additionalProperties": false,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn it_chats_in_a_stream_over_both_wires() {
    let Some((openai, anthropic)) = servers() else { return };
    let client = Client::new().unwrap();
    for model in [&openai, &anthropic] {
        let question = ask("What is the capital of France?", Manner::Words);
        let mut answering = client.ask(model, &question, Instant::now() + PATIENCE).await.unwrap();
        let (mut pieces, mut text) = (0, String::new());
        let ending = loop {
            match answering.next().await.unwrap() {
                Some(Delta::Text(piece)) => {
                    pieces += 1;
                    text += &piece;
                }
                Some(Delta::End(ending)) => break ending,
                None => panic!("an answer has an end"),
            }
        };
        assert!(pieces > 1, "piece by piece: {text}");
        assert!(text.contains("Paris"), "{text}");
        assert!(ending.tokens.read > 5 && ending.tokens.written > 1, "{ending:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_to_a_schema_and_knows_no_tools() {
    let Some((openai, _)) = servers() else { return };
    let client = Client::new().unwrap();
    let manner = Manner::Json { name: "pick".into(), schema: schema() };
    let heard = client.ask_whole(&openai, &ask("Is the sky red or blue?", manner), Instant::now() + PATIENCE).await;
    let text = heard.unwrap().text;
    let picked: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(["red", "blue"].contains(&picked["colour"].as_str().unwrap()), "{text}");

    let manner = Manner::Tool { name: "pick".into(), description: "Picks.".into(), schema: schema(), must_call: true };
    let heard = client.ask_whole(&openai, &ask("Pick red.", manner), Instant::now() + PATIENCE).await.unwrap();
    assert!(heard.ending.calls.is_empty() && !heard.text.trim().is_empty(), "its template knows no tools: {heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_the_connection_finds_out_what_it_can() {
    let Some((openai, anthropic)) = servers() else { return };
    let client = Client::new().unwrap();
    let (found, calls) = test_connection::test(&client, &openai).await;
    assert!(found.error.is_none(), "{found:?}");
    assert!(found.answers && found.streams && found.structured && !found.tools, "{found:?}");
    assert!(calls.len() >= 3 && found.latency_ms > 0);
    let (found, _calls) = test_connection::test(&client, &anthropic).await;
    assert!(found.answers && found.streams && !found.tools, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_refuses_is_understood() {
    let Some((openai, anthropic)) = servers() else { return };
    let client = Client::new().unwrap();
    let hi = ask("Hi", Manner::Words);
    let wrong = Model { key: Some(Secret("sk-wrong".into())), ..anthropic.clone() };
    assert_eq!(client.ask_whole(&wrong, &hi, Instant::now() + PATIENCE).await, Err(Failure::KeyRefused));
    let settings = ModelSettings { model: "nope".into(), ..anthropic.settings.clone() };
    let unknown = Model { settings, ..anthropic.clone() };
    assert_eq!(client.ask_whole(&unknown, &hi, Instant::now() + PATIENCE).await, Err(Failure::UnknownModel));
    let long = ask(&"tell me more about it ".repeat(3_000), Manner::Words);
    for model in [&openai, &anthropic] {
        assert_eq!(client.ask_whole(model, &long, Instant::now() + PATIENCE).await, Err(Failure::TooLong));
    }
    let soon = Instant::now() + Duration::from_millis(1);
    assert_eq!(client.ask_whole(&openai, &hi, soon).await, Err(Failure::TimedOut));
}

/// The whole product with the real model: the customer is answered by it, and the record says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_answered_by_the_model() {
    let Some((openai, _)) = servers() else { return };
    let engine = Arc::new(ModelEngine::new(Builtin::by_words(), Client::new().unwrap()));
    let action = HandoffSettings { enabled: true, ..HandoffSettings::default() };
    let office = Office::open(engine, action, no_burst()).await;
    let settings = ModelSettings {
        instructions: "You sell kettles. They come in red and in white.".into(),
        on_failure: OnFailure::BuiltIn,
        ..openai.settings
    };
    let saved =
        office.desk.save_model(&office.owner, &office.agent_id, settings.clone(), KeyChange::Keep, 0).await.unwrap();
    assert_eq!(saved, SavedModel::Stored { version: 1 });
    let found = office.desk.test_model(&office.owner, &office.agent_id, settings, KeyChange::Keep).await.unwrap();
    assert!(found.answers && found.structured, "{found:?}");
    // A busy machine may read the prompt too slowly the first time; then it is in the server's cache.
    let questions = ["Which colours does the kettle come in?", "Is there a white one?", "And a red one?"];
    let mut told = Vec::new();
    for (at, question) in questions.into_iter().enumerate() {
        let id = office.write(&format!("m{at}"), question).await;
        let thread = office.until(&id, "served", |thread| thread.decisions.len() == at + 1).await;
        assert_eq!(thread.head.owner, Owner::Ai, "the rules answer where the model does not");
        told = thread.decisions.into_values().collect();
        if told.iter().any(|decision| decision.tokens.is_some_and(|tokens| tokens.written > 0)) {
            break;
        }
    }
    let by_model = told.iter().find(|decision| decision.model.contains("smollm2"));
    let decision = by_model.unwrap_or_else(|| panic!("the model answered nothing: {told:#?}"));
    assert_eq!(decision.outcome, Outcome::Replied, "{decision:?}");
    assert!(decision.tokens.is_some_and(|tokens| tokens.read > 0 && tokens.written > 0), "{decision:?}");
    office.close().await;
}
