//! Knowledge over HTTP: who may change it, how much of it there may be, what files become, and that it is only ever data.

#[path = "support/server.rs"]
mod server;

use baton::domain::Role;
use baton::domain::knowledge::{BODY_CHARS_MAX, FILES_MAX, TITLE_CHARS_MAX};
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::{Answer, Person, TestServer};

const BODY: &str = "# Returns\n\nYou can send back unworn shoes within 30 days. Sale items can't be returned.";

async fn save(person: &Person, agent: &str, id: Option<&str>, title: &str, body: &str, version: i64) -> Answer {
    let text = json!({ "title": title, "body": body });
    person.call("knowledge/save", json!({ "agent_id": agent, "id": id, "text": text, "version": version })).await
}

/// Saves a new entry and gives its id.
async fn add(person: &Person, agent: &str, title: &str, body: &str) -> String {
    let saved = save(person, agent, None, title, body, 0).await.expect(StatusCode::OK);
    saved["stored"]["id"].as_str().unwrap().to_owned()
}

async fn load(person: &Person, agent: &str, id: &str) -> Answer {
    person.form("knowledge/load", &[("agent_id", agent), ("id", id)]).await
}

async fn titles(person: &Person, agent: &str) -> Vec<String> {
    let page = person.form("knowledge/list", &[("agent_id", agent)]).await.expect(StatusCode::OK);
    let rows = page["entries"].as_array().unwrap();
    rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

async fn try_question(person: &Person, agent: &str, question: &str) -> Vec<Value> {
    let hits = person.form("knowledge/try_question", &[("agent_id", agent), ("question", question)]).await;
    hits.expect(StatusCode::OK).as_array().unwrap().clone()
}

/// Sends files as a browser does. With `is_script` the answer is JSON.
async fn upload(person: &Person, agent: &str, files: &[(&str, &[u8])], is_script: bool) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let mut request = person.http.post(format!("{}/agents/{agent}/knowledge", person.url)).body(body);
    request = request.header("content-type", "multipart/form-data; boundary=edge");
    let accept = if is_script { "application/json" } else { "text/html" };
    person.send(request.header("accept", accept)).await
}

#[tokio::test]
async fn admins_write_what_everybody_reads() {
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let id = add(&owner, &agent, "Returns", BODY).await;
    for role in [Role::Viewer, Role::Teammate] {
        let person = server.teammate(role).await;
        assert_eq!(titles(&person, &agent).await, ["Returns"]);
        assert_eq!(load(&person, &agent, &id).await.expect(StatusCode::OK)["text"]["body"], BODY);
        assert!(!try_question(&person, &agent, "Can I send back shoes?").await.is_empty());
        assert_eq!(save(&person, &agent, Some(&id), "Mine", "x", 1).await.status, StatusCode::FORBIDDEN);
        let delete = person.call("knowledge/delete", json!({ "agent_id": agent, "id": id })).await;
        assert_eq!(delete.status, StatusCode::FORBIDDEN);
        upload(&person, &agent, &[("a.md", b"x")], true).await.refusal(StatusCode::FORBIDDEN);
        let form = [("title", "Mine"), ("body", "x"), ("version", "1")];
        person.post_form(&format!("/agents/{agent}/knowledge/new"), &form).await.refusal(StatusCode::FORBIDDEN);
        let path = format!("/agents/{agent}/knowledge/{id}/delete");
        person.post_form(&path, &[]).await.refusal(StatusCode::FORBIDDEN);
        let page = person.get(&format!("/agents/{agent}/knowledge")).await;
        assert!(page.body.contains("Returns") && !page.body.contains("New entry"));
    }
    let nobody = server.nobody();
    assert_eq!(save(&nobody, &agent, None, "Mine", "x", 0).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(load(&nobody, &agent, &id).await.status, StatusCode::UNAUTHORIZED);
    upload(&nobody, &agent, &[("a.md", b"x")], true).await.refusal(StatusCode::UNAUTHORIZED);
    let admin = server.teammate(Role::Admin).await;
    assert_eq!(save(&admin, &agent, Some(&id), "Returns now", BODY, 1).await.status, StatusCode::OK);
    assert_eq!(titles(&owner, &agent).await, ["Returns now"]);
}

#[tokio::test]
async fn one_agents_knowledge_is_not_anothers() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let other = owner.call("agents/create", json!({ "name": "Bob" })).await.expect(StatusCode::OK);
    let other = other.as_str().unwrap();
    let id = add(&owner, &agent, "Returns", BODY).await;
    assert!(titles(&owner, other).await.is_empty());
    assert!(try_question(&owner, other, "Can I send back shoes?").await.is_empty());
    assert_eq!(load(&owner, other, &id).await.status, StatusCode::NOT_FOUND);
    assert_eq!(save(&owner, other, Some(&id), "Theirs", "x", 1).await.status, StatusCode::NOT_FOUND);
    owner.call("knowledge/delete", json!({ "agent_id": other, "id": id })).await.expect(StatusCode::OK);
    assert_eq!(titles(&owner, &agent).await, ["Returns"]);
    assert_eq!(save(&owner, "nobody", None, "Lost", "x", 0).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_text_has_its_limits() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let long = "語".repeat(BODY_CHARS_MAX);
    for (title, body, field) in [
        ("", "x", "title"),
        (" \u{0} ", "x", "title"),
        (&*"t".repeat(TITLE_CHARS_MAX + 1), "x", "title"),
        ("Title", " \n ", "body"),
        ("Title", &*format!("{long}x"), "body"),
    ] {
        let answer = save(&owner, &agent, None, title, body, 0).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.problem().field(field).is_some(), "{field}");
    }
    assert_eq!(save(&owner, &agent, None, "Long", &long, 0).await.status, StatusCode::OK);
    let larger = "x".repeat(3_000_000);
    assert_eq!(save(&owner, &agent, None, "Larger", &larger, 0).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(titles(&owner, &agent).await, ["Long"]);
    let question = "why ".repeat(1_001);
    let tried = owner.form("knowledge/try_question", &[("agent_id", &agent), ("question", &question)]).await;
    assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_save_over_a_newer_one_shows_it_instead() {
    let (server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let id = add(&owner, &agent, "Returns", "Old").await;
    assert_eq!(add(&owner, &agent, "Returns", "Old").await, id, "a form that is sent twice stores one entry");
    let admin = server.teammate(Role::Admin).await;
    save(&admin, &agent, Some(&id), "Returns", "Newer", 1).await.expect(StatusCode::OK);
    let stale = save(&owner, &agent, Some(&id), "Returns", "Mine", 1).await.expect(StatusCode::OK);
    assert_eq!(stale["conflict"]["by"], "Person1 Doe");
    assert_eq!(stale["conflict"]["text"]["body"], "Newer");
    let path = format!("/agents/{agent}/knowledge/{id}");
    let form = [("title", "Returns"), ("body", "Mine"), ("version", "1")];
    let page = owner.post_form(&path, &form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Mine") && page.body.contains("Newer") && page.body.contains("Person1 Doe"));
    let knowingly = [("title", "Returns"), ("body", "Mine"), ("version", "2")];
    assert_eq!(owner.post_form(&path, &knowingly).await.status, StatusCode::SEE_OTHER);
    assert_eq!(load(&owner, &agent, &id).await.expect(StatusCode::OK)["text"]["body"], "Mine");
}

#[tokio::test]
async fn plain_forms_write_and_delete_and_keep_what_was_typed() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let path = format!("/agents/{agent}/knowledge");
    let wrong = [("title", ""), ("body", "Typed with care"), ("version", "0")];
    let page = owner.post_form(&format!("{path}/new"), &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Typed with care") && page.body.contains("Give this entry a title"));
    let right = [("title", "Hours"), ("body", "Nine\r\nto five"), ("version", "0")];
    let saved = owner.post_form(&format!("{path}/new"), &right).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(owner.get(saved.header("location")).await.body.contains("Hours"));
    let id = saved.header("location").rsplit('=').next().unwrap().to_owned();
    assert_eq!(load(&owner, &agent, &id).await.expect(StatusCode::OK)["text"]["body"], "Nine\nto five");
    let tried = owner.get(&format!("{path}?q=nine%20to%20five")).await;
    assert!(tried.body.contains("% fit"), "the trial works without scripts");
    let gone = owner.post_form(&format!("{path}/{id}/delete"), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(titles(&owner, &agent).await.is_empty());
    let missing = owner.get(&format!("{path}/{id}")).await;
    assert!(missing.body.contains("There is no such entry"));
    owner
        .post_form(&format!("{path}/new"), &[("title", "x"), ("colour", "red")])
        .await
        .refusal(StatusCode::BAD_REQUEST);
    owner.post(&format!("{path}/new"), &json!({})).await.refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn files_become_entries_and_a_bad_one_keeps_no_good_one_out() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let utf_16: Vec<u8> = [b"\xff\xfe".to_vec(), "Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let large = vec![b'x'; 1_000_001];
    let page = b"<html><head><title>Shop</title><script>steal()</script></head><body onload=\"x()\"><h1>Shipping</h1>\
        <p>We ship to <b>Norway</b>.<!-- secret --><script>alert(1)</script></p></body></html>";
    let files: Vec<(&str, &[u8])> = vec![
        ("returns.md", BODY.as_bytes()),
        ("page.html", page),
        ("marked.txt", b"\xef\xbb\xbfWith a mark"),
        ("wide_text.txt", &utf_16),
        ("old.txt", b"Gr\xfc\xdfe f\xfcr 5 \x80"),
        ("letter.docx", b"PK\x03\x04"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("large.txt", &large),
        ("empty.md", b"\n \n"),
        ("again.md", BODY.as_bytes()),
    ];
    let results = upload(&owner, &agent, &files, true).await.expect(StatusCode::OK);
    let results = results.as_array().unwrap();
    let outcome: Vec<(&str, &str)> = results
        .iter()
        .map(|result| (result["entry"][1].as_str().unwrap_or(""), result["error"].as_str().unwrap_or("")))
        .collect();
    let taken: Vec<&str> = outcome.iter().map(|(title, _)| *title).filter(|title| !title.is_empty()).collect();
    assert_eq!(taken, ["Returns", "Shipping", "marked", "wide text", "old"]);
    for (place, why) in [(5, "type"), (6, "picture"), (7, "1 MB"), (8, "empty"), (9, "already")] {
        assert!(outcome[place].1.contains(why), "{}: {:?}", files[place].0, outcome[place]);
    }
    let body = async |place: usize| {
        let id = results[place]["entry"][0].as_str().unwrap();
        load(&owner, &agent, id).await.expect(StatusCode::OK)["text"]["body"].as_str().unwrap().to_owned()
    };
    assert_eq!(body(1).await, "# Shipping\n\nWe ship to Norway.");
    assert_eq!(body(3).await, "Grüße");
    assert_eq!(body(4).await, "Grüße für 5 €");
    assert_eq!(titles(&owner, &agent).await.len(), 5);
    // Without scripts the page says the same.
    let page = upload(&owner, &agent, &[("b.md", b"# Hours\n\nNine to five"), ("c.exe", b"x")], false).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Added as") && page.body.contains("c.exe") && page.body.contains("Hours"));
}

#[tokio::test]
async fn uploads_have_their_limits() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let answer = upload(&owner, &agent, &[], true).await;
    assert_eq!(answer.refusal(StatusCode::UNPROCESSABLE_ENTITY)["detail"], "Choose a file first.");
    let many: Vec<(&str, &[u8])> = vec![("a.md", b"x"); FILES_MAX + 1];
    upload(&owner, &agent, &many, true).await.refusal(StatusCode::UNPROCESSABLE_ENTITY);
    let page = upload(&owner, &agent, &many, false).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.body.contains("at most 20 files"));
    let huge = vec![b'x'; 23 * 1_024 * 1_024];
    upload(&owner, &agent, &[("a.md", &huge)], true).await.refusal(StatusCode::PAYLOAD_TOO_LARGE);
    let path = format!("/agents/{agent}/knowledge");
    owner.post(&path, &json!({})).await.refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(titles(&owner, &agent).await.is_empty());
}

#[tokio::test]
async fn what_an_entry_says_is_never_run() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    let attack = "</textarea><script>alert('shipping')</script> <img src=x onerror=alert(1)>";
    let id = add(&owner, &agent, "<script>alert(2)</script>", &format!("Shipping: {attack}")).await;
    for path in ["", "?q=shipping", &format!("/{id}")] {
        let page = owner.get(&format!("/agents/{agent}/knowledge{path}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{path}");
    }
    let hits = try_question(&owner, &agent, "shipping").await;
    assert!(!hits[0]["text"].as_str().unwrap().contains("alert"), "{hits:?}");
}

#[tokio::test]
async fn a_question_finds_what_was_saved_a_moment_ago() {
    let (_server, owner) = TestServer::start().await;
    let agent = owner.agent_id().await;
    assert!(try_question(&owner, &agent, "Do you ship to Norway?").await.is_empty());
    let id = add(&owner, &agent, "Shipping", "We ship to Norway. It takes five days.").await;
    let hits = try_question(&owner, &agent, "Do you ship to Norway?").await;
    assert_eq!((hits[0]["entry_id"].as_str(), hits[0]["answers"].as_bool()), (Some(&*id), Some(true)));
    assert!(hits[0]["quote"].as_str().unwrap().starts_with("We ship to Norway."));
    save(&owner, &agent, Some(&id), "Shipping", "We ship to Chile.", 1).await.expect(StatusCode::OK);
    let hits = try_question(&owner, &agent, "Do you ship to Norway?").await;
    assert!(hits.iter().all(|hit| hit["answers"] == false), "{hits:?}");
    owner.call("knowledge/delete", json!({ "agent_id": agent, "id": id })).await.expect(StatusCode::OK);
    assert!(try_question(&owner, &agent, "Do you ship to Chile?").await.is_empty());
}
