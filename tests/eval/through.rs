//! The product decides as the engine does: dialogues of the project's own played against a real server.

use crate::server::TestServer;
use crate::{beside, complained, eval, figures, printed, write};
use baton::domain::HandoffSettings;
use reqwest::StatusCode;
use serde_json::Value;
use std::process::Output;

/// The action of these tests, as a server saves it.
fn action() -> HandoffSettings {
    let given: Value = serde_json::from_str(&std::fs::read_to_string(beside("action.json")).unwrap()).unwrap();
    let mut whole = serde_json::to_value(HandoffSettings::default()).unwrap();
    whole.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

/// Runs `baton eval … --through` against an agent of this server.
async fn play(server: &TestServer, key: &str, more: &[&str]) -> Output {
    let mut arguments: Vec<String> =
        [&beside("dialogues.jsonl"), "--through", &server.url, "--agent", key].map(str::to_owned).into();
    arguments.extend(more.iter().map(|one| (*one).to_owned()));
    // The server lives on this thread.
    let run = move || eval(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test]
async fn the_product_decides_every_turn_as_the_engine_does() {
    let (server, owner) = TestServer::start_deciding().await;
    owner.save_handoff(&action()).await;
    let key = owner.widget_key().await;
    let output = play(&server, &key, &["--action", &beside("action.json"), "--json"]).await;
    assert_eq!(output.status.code(), Some(0), "{} {}", printed(&output), complained(&output));
    let compared = figures(&output);
    assert_eq!((&compared["dialogues"], &compared["differences"]), (&10.into(), &Value::Array(Vec::new())));
    assert_eq!(compared["turns"], compared["agreeing"]);
    assert!(compared["turns"].as_u64() >= Some(20), "{compared}");
    // The conversations are really there, and some were really handed off.
    let waiting = owner.form("conversations/counts", &[]).await.expect(StatusCode::OK);
    assert!(waiting["needs_intervention"].as_i64() >= Some(5), "{waiting}");
}

#[tokio::test]
async fn a_product_with_another_action_differs_and_the_turns_are_named() {
    let (server, owner) = TestServer::start_deciding().await;
    owner.save_handoff(&HandoffSettings { gather: Vec::new(), ..action() }).await;
    let key = owner.widget_key().await;
    let output = play(&server, &key, &["--action", &beside("action.json")]).await;
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    let said = printed(&output);
    let line = said.lines().find(|line| line.contains("asks at once")).unwrap_or_else(|| panic!("{said}"));
    assert!(line.contains("turn 1") && line.contains("the engine asked for email, the product handed off"), "{line}");
    assert!(!said.contains("is answered,"), "{said}");
}

#[tokio::test]
async fn what_can_not_be_played_is_said() {
    let (server, owner) = TestServer::start_deciding().await;
    let key = owner.widget_key().await;
    let action = beside("action.json");
    let output = play(&server, "nobody", &["--action", &action]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("the server refused"), "{}", complained(&output));

    let folder = tempfile::tempdir().unwrap();
    let broken = write(&folder, "action.json", "{\"enabled\":true}").display().to_string();
    let output = play(&server, &key, &["--action", &broken]).await;
    assert!(complained(&output).contains("missing field `when_to_use`"), "{}", complained(&output));

    let dialogues = beside("dialogues.jsonl");
    for (arguments, what) in [
        (
            vec![dialogues.as_str(), "--through", "ftp://x.example", "--agent", "k", "--action", &action],
            "no address of a server",
        ),
        (vec![&dialogues, "--through", "http://127.0.0.1:1", "--agent", "k", "--action", &action], "can't be reached"),
        (vec![&dialogues, "--through", "http://127.0.0.1:1", "--agent", "k"], "--action"),
    ] {
        let output = eval(&arguments);
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(complained(&output).contains(what), "{}", complained(&output));
    }
}
