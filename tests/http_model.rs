//! An agent's model over HTTP: who may see and change it, that a key goes in and never comes out, the form without scripts,
//! and what the dashboard and the team are told. Which models answer what is not asked here: the engine is scripted.

#[path = "support/server.rs"]
mod server;

use baton::ai::Health;
use baton::domain::{ModelCall, ModelSettings, OnFailure, Provider, Purpose, Role, TokenUsage};
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::{Answer, Person, TestServer};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

const KEY: &str = "sk-quiet-otter-7291-never-shown";

fn openai() -> ModelSettings {
    ModelSettings {
        provider: Provider::Openai,
        base_url: "http://127.0.0.1:9/v1".into(),
        model: "small-model".into(),
        ..ModelSettings::default()
    }
}

async fn load(person: &Person, agent: &str) -> Answer {
    person.form("model/load", &[("agent_id", agent)]).await
}

async fn save(person: &Person, agent: &str, settings: &ModelSettings, key: Value, version: i64) -> Answer {
    let body = json!({ "agent_id": agent, "settings": settings, "key": key, "version": version });
    person.call("model/save", body).await
}

async fn test(person: &Person, agent: &str, settings: &ModelSettings, key: Value) -> Answer {
    person.call("model/test", json!({ "agent_id": agent, "settings": settings, "key": key })).await
}

/// Posts the form without scripts; `more` comes on top.
async fn post(person: &Person, agent: &str, version: i64, more: &[(&str, &str)]) -> Answer {
    let version = version.to_string();
    let mut fields = vec![
        ("version", version.as_str()),
        ("provider", "openai"),
        ("base_url", "http://127.0.0.1:9/v1"),
        ("model", "small-model"),
        ("instructions", "Be brief.\r\nBe kind."),
        ("temperature", "0.3"),
        ("tokens_max", "700"),
        ("tokens_per_conversation", ""),
        ("tokens_per_day", "100,000"),
        ("price_in", "0.15"),
        ("price_out", "0.60"),
        ("on_failure", "human"),
    ];
    for (name, value) in more {
        fields.retain(|(other, _)| other != name);
        fields.push((name, value));
    }
    person.post_form(&format!("/agents/{agent}/settings"), &fields).await
}

fn stored_version(saved: &Answer) -> i64 {
    saved.expect(StatusCode::OK)["Stored"]["version"].as_i64().expect("it was stored")
}

#[tokio::test]
async fn only_admins_load_save_and_test() {
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    for role in [Role::Viewer, Role::Teammate] {
        let person = server.teammate(role).await;
        assert_eq!(load(&person, &agent).await.status, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(save(&person, &agent, &openai(), json!("Keep"), 0).await.status, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(test(&person, &agent, &openai(), json!("Keep")).await.status, StatusCode::FORBIDDEN, "{role:?}");
        post(&person, &agent, 0, &[]).await.refusal(StatusCode::FORBIDDEN);
        post(&person, &agent, 0, &[("op", "test")]).await.refusal(StatusCode::FORBIDDEN);
        let page = person.get(&format!("/agents/{agent}/settings")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Only admins can open these settings") && !page.body.contains("model-form"));
        let dashboard = person.get(&format!("/agents/{agent}")).await;
        assert!(!dashboard.body.contains("/settings\">Settings"), "{role:?} is shown a door that is locked");
    }
    let nobody = server.nobody();
    for answer in [
        load(&nobody, &agent).await,
        save(&nobody, &agent, &openai(), json!("Keep"), 0).await,
        test(&nobody, &agent, &openai(), json!("Keep")).await,
        nobody.form("model/outages", &[]).await,
        post(&nobody, &agent, 0, &[]).await,
    ] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.body);
    }
    let admin = server.teammate(Role::Admin).await;
    assert_eq!(load(&admin, &agent).await.expect(StatusCode::OK)["version"], 0);
    stored_version(&save(&admin, &agent, &openai(), json!("Keep"), 0).await);
    assert_eq!(load(&owner, "nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(save(&owner, "nothing", &openai(), json!("Keep"), 0).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test(&owner, "nothing", &openai(), json!("Keep")).await.status, StatusCode::NOT_FOUND);
    post(&owner, "nothing", 0, &[]).await.refusal(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    for path in ["/api/model/load", "/api/model/save", "/api/model/test", &format!("/agents/{agent}/settings")] {
        let request = owner.http.post(format!("{}{path}", owner.url)).header("origin", "https://evil.example");
        let answer = owner.send(request.form(&[("agent_id", agent.as_str()), ("version", "0")])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains("wrong_origin"), "{path}");
    }
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["version"], 0);
}

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn a_key_goes_in_and_never_comes_out() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let page = format!("/agents/{agent}/settings");
    let set = json!({ "Set": KEY });
    let mut answers = vec![
        test(&owner, &agent, &openai(), set.clone()).await,
        // Refused, by both ways: what was typed comes back, the key does not.
        save(&owner, &agent, &ModelSettings { model: String::new(), ..openai() }, set.clone(), 0).await,
        post(&owner, &agent, 0, &[("key", KEY), ("temperature", "warm")]).await,
        post(&owner, &agent, 0, &[("key", KEY), ("op", "test")]).await,
        save(&owner, &agent, &openai(), set.clone(), 0).await,
        post(&owner, &agent, 0, &[("key", KEY), ("key_change", "replace")]).await,
        save(&owner, &agent, &openai(), json!({ "Set": format!("{KEY} with blanks") }), 1).await,
    ];
    assert_eq!(
        answers.iter().map(|answer| answer.status.as_u16()).collect::<Vec<_>>(),
        [200, 422, 422, 200, 200, 409, 422]
    );
    assert!(answers[2].body.contains("warm") && answers[2].body.contains("Enter the key once more"));
    answers.push(load(&owner, &agent).await);
    assert!(answers[7].expect(StatusCode::OK)["key_saved_at_ms"].is_i64());
    answers.push(test(&owner, &agent, &openai(), json!("Keep")).await);
    for path in [&page, &format!("/agents/{agent}"), "/conversations"] {
        answers.push(owner.get(path).await);
    }
    for answer in &answers {
        assert!(!answer.body.contains(KEY), "an answer tells the key: {}", answer.body);
    }
    assert!(answers[9].body.contains("A key is stored"));
    let files = files(server.folder.path());
    assert!(files.iter().any(|(_, bytes)| contains(bytes, "model.saved")), "the audit log is in one of the files");
    for (name, bytes) in &files {
        assert!(!contains(bytes, KEY), "the key lies open in {name}");
    }
    let logged = log.0.lock().unwrap().clone();
    assert!(contains(&logged, "baton::web"), "the log was taken");
    assert!(!contains(&logged, KEY), "the key was logged");
}

#[tokio::test]
async fn a_stored_key_is_not_sent_to_another_address() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    stored_version(&save(&owner, &agent, &openai(), json!({ "Set": KEY }), 0).await);
    let elsewhere = [
        ModelSettings { base_url: "http://127.0.0.1:10/v1".into(), ..openai() },
        ModelSettings { base_url: "https://127.0.0.1:9/v1".into(), ..openai() },
        ModelSettings { base_url: String::new(), ..openai() },
        ModelSettings { provider: Provider::Anthropic, base_url: String::new(), ..openai() },
    ];
    for settings in &elsewhere {
        for answer in [
            test(&owner, &agent, settings, json!("Keep")).await,
            save(&owner, &agent, settings, json!("Keep"), 1).await,
        ] {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{settings:?}");
            assert!(answer.problem().field("key").unwrap().contains("another address"), "{}", answer.body);
        }
    }
    // Not even by way of the built-in engine, which asks no address.
    let version = stored_version(&save(&owner, &agent, &ModelSettings::default(), json!("Keep"), 1).await);
    let answer = save(&owner, &agent, &elsewhere[0], json!("Keep"), version).await;
    assert!(answer.problem().field("key").is_some());
    let version = stored_version(&save(&owner, &agent, &elsewhere[0], json!("Remove"), version).await);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["key_saved_at_ms"], Value::Null);
    assert_eq!(version, 3);
}

#[tokio::test]
async fn a_newer_edit_is_shown_and_not_overwritten() {
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let admin = server.teammate(Role::Admin).await;
    stored_version(&save(&admin, &agent, &openai(), json!({ "Set": KEY }), 0).await);
    let mine = ModelSettings { model: "large-model".into(), ..openai() };
    let newer = save(&owner, &agent, &mine, json!("Keep"), 0).await.expect(StatusCode::OK)["Newer"].clone();
    assert_eq!((&newer["saved_by"], &newer["version"]), (&json!("Person1 Doe"), &json!(1)));
    assert_eq!(newer["settings"]["model"], "small-model");
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["settings"]["model"], "small-model");
    // The same again is no conflict with oneself; another key is something else.
    assert_eq!(stored_version(&save(&owner, &agent, &openai(), json!("Keep"), 0).await), 1);
    save(&owner, &agent, &openai(), json!({ "Set": "sk-other" }), 0).await.expect(StatusCode::OK)["Newer"]
        .as_object()
        .expect("somebody else's key is newer");
    assert_eq!(stored_version(&save(&owner, &agent, &mine, json!("Keep"), 1).await), 2);

    let stale = post(&admin, &agent, 1, &[("model", "medium-model"), ("instructions", "Mine.")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    for told in ["saved this while you were editing", "Mia Berg", "large-model", "medium-model", "Mine."] {
        assert!(stale.body.contains(told), "{told}");
    }
    assert!(stale.body.contains("name=\"version\" value=\"2\""), "who knows of it may overwrite it");
    let again = post(&admin, &agent, 2, &[("model", "medium-model")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let wrong = ModelSettings {
        base_url: "ftp://example.com".into(),
        model: " ".into(),
        temperature: 201,
        tokens_max: 1,
        tokens_per_day: -1,
        price_out: -1,
        ..openai()
    };
    for answer in
        [save(&owner, &agent, &wrong, json!("Keep"), 0).await, test(&owner, &agent, &wrong, json!("Keep")).await]
    {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["base_url", "model", "temperature", "tokens_max", "tokens_per_day", "price_out"] {
            assert!(answer.problem().field(field).is_some(), "{field}: {}", answer.body);
        }
    }
    for key in ["", "  ", "two words", "käy"] {
        let answer = save(&owner, &agent, &openai(), json!({ "Set": key }), 0).await;
        assert!(answer.problem().field("key").is_some(), "“{key}”: {}", answer.body);
    }
    let built_in = test(&owner, &agent, &ModelSettings::default(), json!("Keep")).await;
    assert!(built_in.problem().field("provider").is_some());
    let typed = [
        ("temperature", "warm"),
        ("price_in", "cheap"),
        ("base_url", "localhost:11434"),
        ("instructions", "</textarea><script>alert(1)</script>"),
    ];
    let page = post(&owner, &agent, 0, &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["warm", "cheap", "localhost:11434", "Enter a temperature from 0 to 2.", "Enter a price", "100,000"] {
        assert!(page.body.contains(told), "{told}");
    }
    assert!(!page.body.contains("<script>alert"), "what was typed is markup of the page");
    for (field, value) in [("colour", "red"), ("provider", "acme"), ("version", "x")] {
        post(&owner, &agent, 0, &[(field, value)]).await.refusal(StatusCode::BAD_REQUEST);
    }
    let path = format!("/agents/{agent}/settings");
    owner.post(&path, &json!({})).await.refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["version"], 0);
}

#[tokio::test]
async fn the_form_works_without_scripts() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let page = owner.get(&format!("/agents/{agent}/settings")).await;
    assert_eq!(page.status, StatusCode::OK);
    for name in ["provider", "base_url", "model", "key", "instructions", "price_out", "on_failure", "op"] {
        assert!(page.body.contains(&format!("name=\"{name}\"")), "{name}");
    }
    let saved = post(&owner, &agent, 0, &[("key", KEY)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(saved.header("location"), format!("/agents/{agent}/settings?saved=1"));
    let edit = load(&owner, &agent).await.expect(StatusCode::OK);
    assert_eq!(
        serde_json::from_value::<ModelSettings>(edit["settings"].clone()).unwrap(),
        ModelSettings {
            instructions: "Be brief.\nBe kind.".into(),
            tokens_per_day: 100_000,
            price_in: 150_000,
            price_out: 600_000,
            on_failure: OnFailure::Human,
            ..openai()
        }
    );
    let tested = post(&owner, &agent, 1, &[("key_change", "keep"), ("op", "test"), ("model", "typed-model")]).await;
    assert_eq!(tested.status, StatusCode::OK);
    assert!(tested.body.contains("typed-model") && tested.body.contains("This engine asks no model."));
    let removed = post(&owner, &agent, 1, &[("key_change", "remove")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["key_saved_at_ms"], Value::Null);
}

#[tokio::test]
async fn a_test_of_what_is_saved_is_kept() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    stored_version(&save(&owner, &agent, &openai(), json!("Keep"), 0).await);
    let other = ModelSettings { model: "another".into(), ..openai() };
    test(&owner, &agent, &other, json!("Keep")).await.expect(StatusCode::OK);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["test"], Value::Null);
    let found = test(&owner, &agent, &openai(), json!("Keep")).await.expect(StatusCode::OK);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["test"], found);
    let page = owner.get(&format!("/agents/{agent}/settings")).await;
    assert!(page.body.contains("This engine asks no model."));
    // It says nothing about another model.
    stored_version(&save(&owner, &agent, &other, json!("Keep"), 1).await);
    assert_eq!(load(&owner, &agent).await.expect(StatusCode::OK)["test"], Value::Null);
}

#[tokio::test]
async fn an_outage_is_told_and_calls_are_counted() {
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let viewer = server.teammate(Role::Viewer).await;
    let dashboard = async |person: &Person| {
        let dashboard = person.form("agents/dashboard", &[("agent_id", &agent)]).await.expect(StatusCode::OK);
        (dashboard, person.get(&format!("/agents/{agent}")).await.body)
    };
    let (before, page) = dashboard(&viewer).await;
    assert_eq!((&before["usage"], &before["outage"]), (&Value::Null, &Value::Null));
    assert!(!page.contains("Use of the model"));

    let priced = ModelSettings { price_in: 150_000, price_out: 600_000, tokens_per_day: 1_000_000, ..openai() };
    stored_version(&save(&owner, &agent, &priced, json!("Keep"), 0).await);
    let (connected, page) = dashboard(&viewer).await;
    assert_eq!(connected["model"], "small-model");
    assert!(page.contains("The model has not been asked yet"));

    let call = |failure: Option<&str>| ModelCall {
        purpose: Purpose::Turn,
        model: "small-model".into(),
        tokens: TokenUsage { read: 1_000, written: 100 },
        latency_ms: 420,
        failure: failure.map(str::to_owned),
    };
    let broken = Health::Unavailable { error: "The model did not answer in time. Check that its server runs.".into() };
    let known = [(vec![call(None)], None), (vec![call(Some("timed_out"))], Some(broken))];
    server.engine.1.lock().unwrap().extend(known);
    let mut stream = owner.stream(None).await;
    let customer = server.customer().await;
    customer.write("Hello").await;
    stream.until(|event| event.name == "change" && event.data["kind"] == "message").await;
    until_answered(&customer, 1).await;
    customer.write("Are you there?").await;
    let told = stream.until(|event| event.name == "notification").await.pop().unwrap();
    assert_eq!((&told.data["event"], &told.data["title"]), (&json!("ai_unavailable"), &json!("AI unavailable: Ada")));
    assert_eq!(told.data["body"], "The model did not answer in time. Check that its server runs.");

    let outages = viewer.form("model/outages", &[]).await.expect(StatusCode::OK);
    assert_eq!((&outages[0]["agent_name"], &outages[0]["on_failure"]), (&json!("Ada"), &json!("built_in")));
    let (broken, page) = dashboard(&viewer).await;
    assert_eq!(broken["is_model_answering"], false);
    for told in ["AI unavailable: Ada", "Does not answer", "did not answer in time", "served by the built-in engine"] {
        assert!(page.contains(told), "{told}");
    }
    let today = broken["usage"]["days"].as_array().unwrap().last().unwrap();
    assert_eq!(broken["usage"]["days"].as_array().unwrap().len(), 30);
    assert_eq!(
        (&today["calls"], &today["failures"], &today["tokens_read"], &today["cost"], &today["latency_ms"]),
        (&json!(2), &json!(1), &json!(2_000), &json!(420_000), &json!(420))
    );
    for told in ["2,200", "$0.00042", "of 1,000,000 a day", "1 without an answer", "420 ms"] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("Settings of Ada"), "a viewer can't mend it");
    assert!(owner.get("/conversations").await.body.contains("Settings of Ada"));

    server.engine.1.lock().unwrap().push_back((vec![call(None)], Some(Health::Available)));
    until_answered(&customer, 2).await;
    customer.write("And now?").await;
    let told = stream.until(|event| event.name == "notification").await.pop().unwrap();
    assert_eq!(told.data["event"], "ai_available");
    assert_eq!(viewer.form("model/outages", &[]).await.expect(StatusCode::OK), json!([]));
    assert!(!owner.get("/conversations").await.body.contains("AI unavailable"));
}

/// Waits until the customer has read so many answers.
async fn until_answered(customer: &server::Customer, answers: usize) {
    let began = std::time::Instant::now();
    loop {
        let conversation = customer.conversation().await;
        let entries = conversation["entries"].as_array().cloned().unwrap_or_default();
        if entries.iter().filter(|entry| entry.to_string().contains("Noted.")).count() >= answers {
            return;
        }
        assert!(began.elapsed() < server::PATIENCE, "no answer: {conversation}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
