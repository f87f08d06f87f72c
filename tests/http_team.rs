//! The team's side of HTTP: sessions, who may do what, and the status of every refusal.

#[path = "support/server.rs"]
mod server;

use baton::domain::{HandoffSettings, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{Answer, PASSWORD, Person, TestServer};
use std::time::Duration;

const SIGN_IN: &str = "session/sign_in";

/// Every verb of a conversation with arguments that would do, were they allowed.
fn verbs(id: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("conversations/take_over", json!({ "id": id, "epoch": 0 })),
        ("conversations/reply", json!({ "id": id, "client_id": "r", "body": "Hello" })),
        ("conversations/note", json!({ "id": id, "client_id": "n", "body": "Hello" })),
        ("conversations/hand_to_team", json!({ "id": id, "reason": "Because." })),
        ("conversations/assign", json!({ "id": id, "to": "somebody" })),
        ("conversations/return_to_ai", json!({ "id": id })),
        ("conversations/resolve", json!({ "id": id })),
        ("conversations/reopen", json!({ "id": id })),
        ("conversations/snooze", json!({ "id": id, "until_ms": 99_999_999_999_999_i64 })),
        ("conversations/set_priority", json!({ "id": id, "priority": "urgent" })),
        ("conversations/judge", json!({ "handoff_id": format!("{id}.h1"), "verdict": "needed" })),
        ("conversations/summarize", json!({ "handoff_id": format!("{id}.h1") })),
    ]
}

/// Every change of configuration.
async fn configuring(owner: &Person) -> Vec<(&'static str, Value)> {
    let agent_id = owner.agent_id().await;
    let settings = HandoffSettings { enabled: true, ..HandoffSettings::default() };
    vec![
        ("agents/create", json!({ "name": "Bob" })),
        ("actions/save_handoff", json!({ "agent_id": agent_id, "settings": settings, "version": 1 })),
        ("actions/restore_handoff", json!({ "agent_id": agent_id, "restore": 1, "version": 1 })),
    ]
}

async fn me(person: &Person) -> Value {
    person.form("session/me", &[]).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn before_the_first_visit_everything_leads_to_it() {
    let server = TestServer::bare("").await;
    let nobody = server.nobody();
    for path in ["/", "/conversations", "/sign-in", "/settings"] {
        let answer = nobody.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/setup"), "{path}");
    }
    assert_eq!(nobody.get("/setup").await.status, StatusCode::OK);
    let weak = [
        ("workspace_name", ""),
        ("name", "Mia"),
        ("email", "nowhere"),
        ("password", "password"),
        ("agent_name", "Ada"),
    ];
    let problem = nobody.form("setup/create", &weak).await;
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = problem.problem();
    for field in ["workspace_name", "email", "password"] {
        assert!(problem.field(field).is_some(), "{field}: {problem:?}");
    }
}

#[tokio::test]
async fn a_workspace_is_set_up_once() {
    let (server, _owner) = TestServer::start().await;
    let again = [
        ("workspace_name", "Another"),
        ("name", "Eve"),
        ("email", "eve@example.com"),
        ("password", PASSWORD),
        ("agent_name", "Ada"),
    ];
    let answer = server.nobody().form("setup/create", &again).await;
    assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::CONFLICT, "set_up_already"));
}

#[tokio::test]
async fn without_a_session_pages_lead_to_sign_in_and_back() {
    let (server, owner) = TestServer::start().await;
    let nobody = server.nobody();
    let answer = nobody.get("/conversations/some?view=mine&x=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=%2Fconversations%2Fsome%3Fview%3Dmine%26x%3D1");
    assert_eq!(nobody.get("/").await.header("location"), "/sign-in");
    for path in ["/", "/sign-in", "/setup"] {
        assert_eq!(owner.get(path).await.header("location"), "/conversations", "{path}");
    }
    let page = owner.get("/conversations").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    let missing = owner.get("/no/such/page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn pages_run_no_script_but_their_own() {
    let (server, _owner) = TestServer::start().await;
    let nobody = server.nobody();
    let (one, other) = (nobody.get("/sign-in").await, nobody.get("/sign-in").await);
    let nonce = |page: &Answer| {
        let policy = page.header("content-security-policy").to_owned();
        let begin = policy.find("'nonce-").expect("a nonce") + 7;
        policy[begin..].split('\'').next().unwrap().to_owned()
    };
    assert_ne!(nonce(&one), nonce(&other));
    assert!(!one.header("content-security-policy").contains("unsafe-inline"));
    let marked = format!("nonce=\"{}\"", nonce(&one));
    assert!(one.body.contains(&marked));
    for script in one.body.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&marked), "{}", &script[..script.len().min(80)]);
    }
    assert!(!one.body.contains(" style=\"") && !one.body.contains(" onclick="));
}

#[tokio::test]
async fn a_wrong_password_says_no_more_than_an_unknown_email() {
    let (server, _owner) = TestServer::start().await;
    let nobody = server.nobody();
    let wrong = nobody.form(SIGN_IN, &[("email", "mia@example.com"), ("password", "not-my-password-77")]).await;
    let unknown = nobody.form(SIGN_IN, &[("email", "eve@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body, unknown.body);
    assert!(wrong.problem().field("password").is_some());
    assert_eq!(wrong.header("set-cookie"), "");
    assert!(me(&nobody).await.is_null());
}

#[tokio::test]
async fn a_plain_sign_in_form_goes_back_with_the_error_and_on_without() {
    let (server, _owner) = TestServer::start().await;
    let nobody = server.nobody();
    let send = async |password: &str| {
        let request = nobody
            .http
            .post(format!("{}/api/{SIGN_IN}", server.url))
            .header("accept", "text/html")
            .header("referer", format!("{}/sign-in", server.url))
            .form(&[("email", "mia@example.com"), ("password", password), ("next", "/agents")]);
        nobody.send(request).await
    };
    let wrong = send("not-my-password-77").await;
    assert!(wrong.status.is_redirection(), "{}", wrong.status);
    assert!(wrong.header("location").contains("/sign-in"), "{}", wrong.header("location"));
    let right = send(PASSWORD).await;
    assert!(right.status.is_redirection(), "{}", right.status);
    assert_eq!(right.header("location"), "/agents");
    assert!(right.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    assert_eq!(me(&nobody).await["teammate"]["email"], "mia@example.com");
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let (server, _owner) = TestServer::start().await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let fields = [("email", "mia@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = server.nobody().form(SIGN_IN, &fields).await;
        assert_eq!(answer.header("location"), "/conversations", "{next}");
    }
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_time() {
    let (server, owner) = TestServer::start().await;
    let other = server.teammate(Role::Teammate).await;
    owner.form("session/sign_out", &[]).await.expect(StatusCode::OK);
    assert!(me(&owner).await.is_null());
    assert!(!me(&other).await.is_null());
    server.clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
    assert!(me(&other).await.is_null());
    let answer = other.form("conversations/counts", &[]).await;
    assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::UNAUTHORIZED, "signed_out"));
    assert!(other.get("/agents").await.header("location").starts_with("/sign-in"));
}

#[tokio::test]
async fn a_cookie_that_was_signed_out_opens_nothing() {
    let (server, _owner) = TestServer::start().await;
    let nobody = server.nobody();
    let signed_in = nobody.form(SIGN_IN, &[("email", "mia@example.com"), ("password", PASSWORD)]).await;
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();
    nobody.form("session/sign_out", &[]).await.expect(StatusCode::OK);
    let request =
        server.nobody().http.post(format!("{}/api/conversations/counts", server.url)).header("cookie", cookie);
    assert_eq!(Answer::of(request.send().await.unwrap()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn too_many_attempts_to_sign_in_are_refused() {
    let (server, _owner) = TestServer::start_with("sign_in_attempts_per_minute = 3").await;
    let nobody = server.nobody();
    let fields = [("email", "mia@example.com"), ("password", "not-my-password-77")];
    // Setting up was the first.
    for _ in 0..2 {
        assert_eq!(nobody.form(SIGN_IN, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = nobody.form(SIGN_IN, &[("email", "mia@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    // In the format that the pages read.
    assert_eq!(refused.problem().code, "too_many");
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let (server, owner) = TestServer::start().await;
    let agent_id = owner.agent_id().await;
    let form = format!("/agents/{agent_id}/actions/human-handoff");
    let headers: [(&str, &str); 3] =
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")];
    for (name, value) in headers {
        for path in ["/api/session/sign_out", "/api/agents/list", &form] {
            let request = owner.http.post(format!("{}{path}", server.url)).header(name, value);
            let answer = owner.send(request.form(&[("version", "1")])).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value} {path}");
            assert!(answer.body.contains("wrong_origin"));
        }
    }
    let own = owner.http.post(format!("{}/api/agents/list", server.url)).header("origin", &server.url);
    owner.send(own).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_has_its_status() {
    let (server, owner) = TestServer::start().await;
    let id = server.customer().await.begin("Hello").await;
    let (one, other) = (server.teammate(Role::Teammate).await, server.teammate(Role::Teammate).await);

    let unknown = one.form("conversations/thread", &[("id", "nothing")]).await;
    assert_eq!((unknown.status, unknown.problem().status), (StatusCode::NOT_FOUND, 404));
    let unknown = one.call("conversations/resolve", json!({ "id": "nothing" })).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let empty = one.call("conversations/hand_to_team", json!({ "id": id, "reason": " " })).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.problem().field("reason").is_some());
    let late = one.call("conversations/snooze", json!({ "id": id, "until_ms": 1 })).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);

    let missing = one.call("conversations/take_over", json!({ "id": id })).await;
    assert_eq!((missing.status, missing.problem().code.as_str()), (StatusCode::BAD_REQUEST, "malformed"));
    let no_json = one.http.post(format!("{}/api/conversations/resolve", server.url)).body("{");
    assert_eq!(one.send(no_json).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(one.call("conversations/no_such_verb", json!({})).await.status, StatusCode::NOT_FOUND);
    let get = one.http.request(Method::GET, format!("{}/api/conversations/resolve", server.url));
    assert_eq!(one.send(get).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let large = json!({ "id": id, "client_id": "l", "body": "x".repeat(300_000) });
    let large = one.call("conversations/reply", large).await;
    assert_eq!((large.status, large.problem().code.as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));

    // Both saw the same epoch; one wins, and the other is told who did.
    let epoch = owner.epoch(&id).await;
    let take = json!({ "id": id, "epoch": epoch });
    let (first, second) =
        tokio::join!(one.call("conversations/take_over", take.clone()), other.call("conversations/take_over", take));
    let lost = match (first.status, second.status) {
        (StatusCode::OK, StatusCode::CONFLICT) => (second.problem(), "Person1 Doe"),
        (StatusCode::CONFLICT, StatusCode::OK) => (first.problem(), "Person2 Doe"),
        other => panic!("{other:?}"),
    };
    assert_eq!(lost.0.owner_name.as_deref(), Some(lost.1));
}

#[tokio::test]
async fn nobody_does_anything_signed_out() {
    let (server, owner) = TestServer::start().await;
    let id = server.customer().await.begin("Hello").await;
    let nobody = server.nobody();
    let agent_id = owner.agent_id().await;
    for (verb, arguments) in verbs(&id).into_iter().chain(configuring(&owner).await) {
        let answer = nobody.call(verb, arguments).await;
        assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::UNAUTHORIZED, "signed_out"), "{verb}");
    }
    let reads: [(&str, &[(&str, &str)]); 9] = [
        ("conversations/list", &[("view", "open")]),
        ("conversations/counts", &[]),
        ("conversations/thread", &[("id", &id)]),
        ("conversations/older", &[("id", &id), ("before_seq", "9")]),
        ("agents/list", &[]),
        ("agents/dashboard", &[("agent_id", &agent_id)]),
        ("actions/load_handoff", &[("agent_id", &agent_id)]),
        ("actions/history", &[("agent_id", &agent_id)]),
        ("notifications/unseen", &[]),
    ];
    for (read, arguments) in reads {
        assert_eq!(nobody.form(read, arguments).await.status, StatusCode::UNAUTHORIZED, "{read}");
        assert_eq!(owner.form(read, arguments).await.status, StatusCode::OK, "{read}");
    }
}

#[tokio::test]
async fn a_viewer_reads_and_changes_nothing() {
    let (server, owner) = TestServer::start().await;
    let id = server.customer().await.begin("Hello").await;
    let viewer = server.teammate(Role::Viewer).await;
    for (verb, arguments) in verbs(&id).into_iter().chain(configuring(&owner).await) {
        let answer = viewer.call(verb, arguments).await;
        assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{verb}");
    }
    let thread = viewer.thread(&id).await;
    assert_eq!(thread["head"]["owner"], owner.thread(&id).await["head"]["owner"]);
    assert!(!thread.to_string().contains("taken_over"));
}

#[tokio::test]
async fn a_teammate_works_and_does_not_configure_and_an_admin_does() {
    let (server, owner) = TestServer::start().await;
    let (teammate, admin) = (server.teammate(Role::Teammate).await, server.teammate(Role::Admin).await);
    for (verb, arguments) in configuring(&owner).await {
        assert_eq!(teammate.call(verb, arguments).await.status, StatusCode::FORBIDDEN, "{verb}");
    }
    let id = server.customer().await.begin("Hello").await;
    teammate.take_over(&id).await.expect(StatusCode::OK);
    admin.call("agents/create", json!({ "name": "Bob" })).await.expect(StatusCode::OK);
}
