//! The widget's API as a customer's browser sees it: what it stores, what it refuses and how, and what it never shows.

#[path = "support/server.rs"]
mod server;

use baton::domain::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{Answer, Customer, TestServer};

fn bodies(conversation: &Value) -> Vec<&str> {
    conversation["entries"].as_array().unwrap().iter().map(|entry| entry["body"].as_str().unwrap()).collect()
}

async fn raw(customer: &Customer, body: impl Into<String>, kind: &str) -> Answer {
    let request = customer.request(Method::POST, "messages").header("content-type", kind).body(body.into());
    Answer::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_returning_customer_keeps_their_conversation() {
    let (server, owner) = TestServer::start().await;
    let customer = server.customer().await;
    customer.write("Where is my order?").await;
    let agents = owner.form("agents/list", &[]).await.expect(StatusCode::OK);
    let key = &agents[0]["agent"]["widget_key"];
    let again =
        customer.post("session", &json!({ "agent": key, "locale": "de", "page_url": "https://x.example" })).await;
    let again = again.expect(StatusCode::OK);
    assert_eq!(again["token"], customer.token);
    assert_eq!(again["agent"]["name"], "Ada");
    assert_eq!(bodies(&again["conversation"])[0], "Where is my order?");
}

#[tokio::test]
async fn an_unknown_agent_is_not_found() {
    let (server, _owner) = TestServer::start().await;
    let answer = server.nobody().post("/widget/api/session", &json!({ "agent": "nobody" })).await;
    assert_eq!(answer.refusal(StatusCode::NOT_FOUND)["code"], "not_found");
    assert_eq!(server.nobody().get("/test/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_that_is_sent_again_is_stored_once() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    let message = json!({ "client_id": "one", "body": "Hello" });
    let first = customer.post("messages", &message).await.expect(StatusCode::CREATED);
    let again = customer.post("messages", &message).await.expect(StatusCode::OK);
    assert_eq!(first["entry"], again["entry"]);
    assert_eq!(first["entry"]["client_id"], "one");
    assert_eq!(first["entry"]["author"]["kind"], "customer");
    let said = customer.conversation().await;
    assert_eq!(bodies(&said).iter().filter(|body| **body == "Hello").count(), 1);
}

#[tokio::test]
async fn ten_copies_at_once_are_stored_once() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    let message = json!({ "client_id": "one", "body": "Hello" });
    let answers = futures::future::join_all((0..10).map(|_| customer.post("messages", &message))).await;
    let created = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    let known = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!((created, known), (1, 9));
}

#[tokio::test]
async fn what_can_not_be_a_message_is_refused_with_what_to_do() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    let send = async |body: String| customer.post("messages", &json!({ "client_id": "one", "body": body })).await;
    for body in [String::new(), "  \n ".to_owned(), "x".repeat(4_001)] {
        let problem = send(body).await.refusal(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(problem["errors"][0]["field"], "body", "{problem}");
    }
    let problem = customer.post("messages", &json!({ "client_id": "", "body": "Hi" })).await;
    assert_eq!(problem.refusal(StatusCode::UNPROCESSABLE_ENTITY)["errors"][0]["field"], "client_id");

    raw(&customer, "{\"client_id\":", "application/json").await.refusal(StatusCode::BAD_REQUEST);
    let problem = raw(&customer, "{\"client_id\":1}", "application/json").await;
    assert!(problem.refusal(StatusCode::UNPROCESSABLE_ENTITY)["detail"].as_str().unwrap().contains("client_id"));
    raw(&customer, "{}", "text/plain").await.refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = json!({ "client_id": "one", "body": "x".repeat(70_000) }).to_string();
    raw(&customer, large, "application/json").await.refusal(StatusCode::PAYLOAD_TOO_LARGE);
    assert!(customer.conversation().await.is_null());

    let longest = "é".repeat(4_000);
    assert_eq!(send(longest.clone()).await.expect(StatusCode::CREATED)["entry"]["body"], longest);
}

#[tokio::test]
async fn a_wrong_method_and_a_wrong_address_are_said_so() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    let get = Answer::of(customer.request(Method::GET, "messages").send().await.unwrap()).await;
    get.refusal(StatusCode::METHOD_NOT_ALLOWED);
    customer.post("nowhere", &json!({})).await.refusal(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_gets_in_without_a_known_token() {
    let (server, _owner) = TestServer::start().await;
    let known = server.customer().await;
    known.write("Hello").await;
    for token in ["", "unknown"] {
        let stranger = Customer { http: server.nobody().http, url: server.url.clone(), token: token.to_owned() };
        let message = json!({ "client_id": "one", "body": "Hello" });
        stranger.post("messages", &message).await.refusal(StatusCode::UNAUTHORIZED);
        stranger.post("person", &json!({ "client_id": "one" })).await.refusal(StatusCode::UNAUTHORIZED);
        for path in ["conversation", "stream"] {
            let answer = Answer::of(stranger.request(Method::GET, path).send().await.unwrap()).await;
            answer.refusal(StatusCode::UNAUTHORIZED);
        }
    }
}

#[tokio::test]
async fn a_customer_never_sees_anothers_conversation() {
    let (server, _owner) = TestServer::start().await;
    let (one, other) = (server.customer().await, server.customer().await);
    one.write("My code is 4711").await;
    other.write("Good morning").await;
    let mut stream = other.stream(Some(0)).await;
    one.write("And my secret is 0815").await;
    other.write("Last words").await;
    stream.until(|event| event.data["body"] == "Last words").await;
    while stream.soon().await.is_some() {}
    let seen = format!("{} {}", stream.raw, other.conversation().await);
    assert!(!seen.contains("4711") && !seen.contains("0815"), "{seen}");
}

#[tokio::test]
async fn notes_and_event_lines_never_reach_the_customer() {
    let (server, owner) = TestServer::start().await;
    let customer = server.customer().await;
    let id = customer.begin("I was charged twice").await;
    let mut stream = customer.stream(Some(0)).await;
    let teammate = server.teammate(Role::Teammate).await;
    teammate.take_over(&id).await.expect(StatusCode::OK);
    let note = json!({ "id": id, "client_id": "n", "body": "private words" });
    teammate.call("conversations/note", note).await.expect(StatusCode::OK);
    let reply = json!({ "id": id, "client_id": "r", "body": "public words" });
    teammate.call("conversations/reply", reply).await.expect(StatusCode::OK);
    stream.until(|event| event.data["body"] == "public words").await;
    while stream.soon().await.is_some() {}

    let seen = format!("{} {}", stream.raw, customer.conversation().await);
    assert!(!seen.contains("private") && !seen.contains("taken_over") && !seen.contains("Doe"), "{seen}");
    let owner_now = &customer.conversation().await["owner"];
    assert_eq!((owner_now["kind"].as_str(), owner_now["name"].as_str()), (Some("teammate"), Some("Person1")));
    assert!(owner.thread(&id).await.to_string().contains("private words"));
}

#[tokio::test]
async fn too_many_messages_of_one_customer_are_refused_and_others_go_on() {
    let (server, _owner) = TestServer::start_with("widget_messages_per_minute = 3").await;
    let (hasty, calm) = (server.customer().await, server.customer().await);
    for body in ["one", "two", "three"] {
        hasty.write(body).await;
    }
    let refused = hasty.post("messages", &json!({ "client_id": "four", "body": "four" })).await;
    refused.refusal(StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    calm.write("Hello").await;
}

#[tokio::test]
async fn too_many_visits_from_one_address_are_refused() {
    let (server, owner) = TestServer::start_with("widget_sessions_per_minute = 2").await;
    let agents = owner.form("agents/list", &[]).await.expect(StatusCode::OK);
    let visit = json!({ "agent": agents[0]["agent"]["widget_key"] });
    for _ in 0..2 {
        server.nobody().post("/widget/api/session", &visit).await.expect(StatusCode::OK);
    }
    server.nobody().post("/widget/api/session", &visit).await.refusal(StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_button_leads_to_a_person_when_human_handoff_is_enabled() {
    let (server, owner) = TestServer::start().await;
    let customer = server.customer().await;
    customer.post("person", &json!({ "client_id": "p" })).await.refusal(StatusCode::CONFLICT);
    owner.enable_handoff().await;
    let asked = customer.post("person", &json!({ "client_id": "p" })).await.expect(StatusCode::ACCEPTED);
    let again = customer.post("person", &json!({ "client_id": "p" })).await.expect(StatusCode::ACCEPTED);
    assert_eq!(asked, again);
    assert_eq!(customer.conversation().await["owner"]["kind"], "queue");
}

#[tokio::test]
async fn other_sites_may_frame_the_chat_and_nothing_else() {
    let (server, owner) = TestServer::start().await;
    let nobody = server.nobody();
    let frame = nobody.get("/widget/frame?agent=x").await;
    assert!(frame.header("content-security-policy").ends_with("frame-ancestors *"));
    assert_eq!(frame.header("x-frame-options"), "");
    for path in ["/sign-in", "/healthz", "/widget/frame.js"] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    }
    assert_eq!(nobody.get("/widget.js").await.header("cross-origin-resource-policy"), "cross-origin");
    let agents = owner.form("agents/list", &[]).await.expect(StatusCode::OK);
    let key = agents[0]["agent"]["widget_key"].as_str().unwrap();
    let page = nobody.get(&format!("/test/{key}")).await;
    assert!(page.body.contains(&format!("data-agent=\"{key}\"")) && page.body.contains("Ada"));
}
