//! "Test connection" against servers that can do everything, a part, or nothing.

use crate::model;
use crate::model_server::{Asked, Behaviour, Wire, start, start_with};
use baton::ai::model::Client;
use baton::ai::model::test_connection::test;
use serde_json::json;

fn able(wire: Wire, asked: &Asked) -> Behaviour {
    let has = |name: &str| !asked.body[name].is_null();
    if has("tools") {
        wire.calls(&[], &[("note_color", r#"{"color":"blue"}"#)])
    } else if has("response_format") || has("output_config") {
        wire.words(&[r#"{"color":"#, r#""blue"}"#])
    } else {
        wire.words(&["I am ", "ready."])
    }
}

#[tokio::test]
async fn a_server_that_can_do_everything_shows_it() {
    for wire in Wire::BOTH {
        let server = start_with("127.0.0.1:0", move |asked| able(wire, asked)).await;
        let (test, calls) = test(&Client::new().unwrap(), &model(wire, &server.url)).await;
        assert!(test.answers && test.streams && test.tools && test.structured, "{wire:?}: {test:?}");
        assert_eq!(test.error, None);
        assert!(test.first_words_ms <= test.latency_ms);
        assert_eq!(calls.len(), 3);
        assert!(calls.iter().all(|call| call.failure.is_none() && call.tokens.read == 21 && call.model == "m"));
    }
}

#[tokio::test]
async fn a_server_with_words_only_is_no_failure() {
    let wire = Wire::Openai;
    let server = start_with("127.0.0.1:0", move |asked| {
        if !asked.body["tools"].is_null() {
            return wire.error(400, "api_error", "tiny does not support tools");
        }
        wire.words(&["Ready."])
    })
    .await;
    let (test, calls) = test(&Client::new().unwrap(), &model(wire, &server.url)).await;
    assert!(test.answers && !test.streams && !test.tools && !test.structured, "{test:?}");
    assert_eq!(test.error, None);
    assert_eq!(calls[1].failure.as_deref(), Some("not_supported"));
}

#[tokio::test]
async fn what_is_wrong_is_said_with_what_to_do() {
    let wire = Wire::Openai;
    let table = [
        (wire.error(401, "invalid_api_key", "no"), "The server refused the key. Check it and save it again."),
        (wire.error(404, "model_not_found", "no"), "Check the model's name and the address"),
        (wire.error(429, "insufficient_quota", "no"), "Add credit there"),
        (Behaviour::page("text/html", "<p>Welcome</p>"), "Check that the address is that of the provider"),
        (Behaviour::error(503, json!({"error": "loading"})), "failed with status 503: loading."),
    ];
    for (behaviour, part) in table {
        let server = start(vec![behaviour]).await;
        let (test, calls) = test(&Client::new().unwrap(), &model(wire, &server.url)).await;
        assert!(!test.answers && test.error.as_ref().is_some_and(|error| error.contains(part)), "{test:?}");
        assert_eq!((calls.len(), calls[0].failure.is_some()), (1, true));
    }
}

#[tokio::test]
async fn a_server_that_stops_in_the_middle_of_the_test_is_named() {
    let wire = Wire::Anthropic;
    let server = start(vec![wire.words(&["Ready."]), wire.error(529, "overloaded_error", "Overloaded")]).await;
    let (test, _) = test(&Client::new().unwrap(), &model(wire, &server.url)).await;
    assert!(test.answers && !test.tools);
    assert!(test.error.is_some_and(|error| error.contains("529: Overloaded")));
}
