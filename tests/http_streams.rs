//! The event streams: whoever comes back misses nothing and hears nothing twice, outsiders hear nothing at all, and a
//! server that stops says so.

#[path = "support/server.rs"]
mod server;

use baton::domain::Role;
use reqwest::{Method, StatusCode};
use serde_json::json;
use server::{Answer, Event, TestServer};
use std::time::Duration;

fn ids(events: &[Event], name: &str) -> Vec<i64> {
    events.iter().filter(|event| event.name == name).map(|event| event.id.unwrap()).collect()
}

#[tokio::test]
async fn a_teammate_who_comes_back_misses_nothing_and_hears_nothing_twice() {
    let (server, owner) = TestServer::start().await;
    let customer = server.customer().await;
    let mut heard = Vec::new();
    let mut last_id = None;
    for round in 0..5 {
        // A new connection each round; two messages while it is open, two while it is not.
        let mut stream = owner.stream(last_id).await;
        let hello = stream.next().await.unwrap();
        assert_eq!(hello.name, "hello");
        assert_eq!(hello.id.is_some(), last_id.is_none(), "a stream that resumes must not skip what it missed");
        last_id = last_id.or(hello.id);
        for word in ["open a", "open b"] {
            let stored = customer.write(&format!("{word} {round}")).await;
            let seq = stored["entry"]["seq"].as_i64().unwrap();
            assert!(seq > 0);
            heard.extend(stream.until(|event| event.data["kind"] == "message").await);
        }
        last_id = heard.iter().rev().find_map(|event: &Event| event.id).or(last_id);
        drop(stream);
        for word in ["away a", "away b"] {
            customer.write(&format!("{word} {round}")).await;
        }
    }
    let mut stream = owner.stream(last_id).await;
    while let Some(event) = stream.soon().await {
        heard.push(event);
    }

    let mut whole = owner.stream(Some(0)).await;
    let mut all = Vec::new();
    while let Some(event) = whole.soon().await {
        all.push(event);
    }
    let (heard, all) = (ids(&heard, "change"), ids(&all, "change"));
    assert!(heard.is_sorted_by(|one, next| one < next), "{heard:?}");
    assert_eq!(heard, all);
    assert!(all.len() >= 20);
}

#[tokio::test]
async fn a_customer_who_comes_back_misses_nothing_and_hears_nothing_twice() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    customer.write("first").await;
    let mut heard = Vec::new();
    let mut last_id = Some(0);
    for round in 0..4 {
        let mut stream = customer.stream(last_id).await;
        customer.write(&format!("open {round}")).await;
        heard.extend(stream.until(|event| event.data["body"] == format!("open {round}")).await);
        last_id = heard.iter().rev().find_map(|event: &Event| event.id);
        drop(stream);
        customer.write(&format!("away {round}")).await;
    }
    let mut stream = customer.stream(last_id).await;
    while let Some(event) = stream.soon().await {
        heard.push(event);
    }
    let heard = ids(&heard, "entry");
    assert!(heard.is_sorted_by(|one, next| one < next), "{heard:?}");
    let conversation = customer.conversation().await;
    let stored: Vec<i64> =
        conversation["entries"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect();
    assert_eq!(heard, stored);
}

#[tokio::test]
async fn a_customer_sees_who_answers_and_that_somebody_does() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    let id = customer.begin("Hello").await;
    let mut stream = customer.stream(Some(0)).await;
    stream.until(|event| event.data["author"]["kind"] == "ai").await;
    let teammate = server.teammate(Role::Teammate).await;
    teammate.take_over(&id).await.expect(StatusCode::OK);
    let events = stream.until(|event| event.name == "state" && event.data["owner"]["kind"] == "teammate").await;
    let state = &events.last().unwrap().data;
    assert_eq!(state["owner"]["name"], "Person1");
    assert_eq!(state["thinking"], false);
    assert_eq!(state["lifecycle"], "open");
}

#[tokio::test]
async fn outsiders_get_no_stream() {
    let (server, _owner) = TestServer::start().await;
    let nobody = server.nobody();
    nobody.get("/stream").await.refusal(StatusCode::UNAUTHORIZED);
    let forged = nobody.http.get(format!("{}/stream", server.url)).header("cookie", "baton_session=forged");
    Answer::of(forged.send().await.unwrap()).await.refusal(StatusCode::UNAUTHORIZED);
    // A customer has a token, not a session.
    let customer = server.customer().await;
    let with_token = customer.http.get(format!("{}/stream", server.url)).bearer_auth(&customer.token);
    Answer::of(with_token.send().await.unwrap()).await.refusal(StatusCode::UNAUTHORIZED);
    // Before the first message there is nothing to follow.
    let early = Answer::of(customer.request(Method::GET, "stream").send().await.unwrap()).await;
    early.refusal(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_notification_reaches_whom_it_is_for_and_nobody_else() {
    let (server, owner) = TestServer::start().await;
    let (one, other) = (server.teammate(Role::Teammate).await, server.teammate(Role::Teammate).await);
    let id = server.customer().await.begin("Hello").await;
    let me = one.call("session/me", json!({})).await;
    let me = if me.status == StatusCode::OK { me } else { one.form("session/me", &[]).await };
    let me = me.expect(StatusCode::OK)["teammate"]["id"].clone();
    let (mut mine, mut theirs) = (one.stream(None).await, other.stream(None).await);
    owner.take_over(&id).await.expect(StatusCode::OK);
    owner.call("conversations/assign", json!({ "id": id, "to": me })).await.expect(StatusCode::OK);

    let told = mine.until(|event| event.name == "notification").await;
    let notification = told.last().unwrap();
    assert_eq!(notification.data["event"], "assigned_to_me");
    assert_eq!(notification.data["conversation_id"], id.as_str());
    theirs.until(|event| event.data["kind"] == "assigned").await;
    while let Some(event) = theirs.soon().await {
        assert_ne!(event.name, "notification", "{event:?}");
    }
    // Whoever was away is told on coming back, once.
    let mut again = one.stream(notification.id.map(|id| id - 1)).await;
    again.until(|event| event.id == notification.id).await;
    let mut after = one.stream(notification.id).await;
    while let Some(event) = after.soon().await {
        assert_ne!(event.name, "notification", "{event:?}");
    }
}

#[tokio::test]
async fn a_stream_ends_when_its_session_does() {
    let (server, _owner) = TestServer::start().await;
    let customer = server.customer().await;
    customer.write("Hello").await;
    let teammate = server.teammate(Role::Teammate).await;
    let mut stream = teammate.stream(None).await;
    server.clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
    // A session is trusted for five seconds between two looks.
    tokio::time::sleep(Duration::from_secs(6)).await;
    server.customer().await.write("Anybody there?").await;
    while let Some(event) = stream.next().await {
        assert_ne!(event.data["kind"], "message", "{event:?}");
    }
    teammate.get("/stream").await.refusal(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_holds_a_stream_open_is_online() {
    let (server, owner) = TestServer::start().await;
    let agents = owner.form("agents/list", &[]).await.expect(StatusCode::OK);
    let visit = json!({ "agent": agents[0]["agent"]["widget_key"] });
    let is_online = async || {
        let said = server.nobody().post("/widget/api/session", &visit).await.expect(StatusCode::OK);
        said["availability"]["team_online"].as_bool().unwrap()
    };
    assert!(!is_online().await);
    let stream = owner.stream(None).await;
    assert!(is_online().await);
    drop(stream);
    // A reload is no farewell: only after a pause has the teammate left.
    assert!(is_online().await);
    let began = std::time::Instant::now();
    while is_online().await {
        assert!(began.elapsed() < server::PATIENCE, "nobody left");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_stream_too_many_is_refused_until_one_ends() {
    let (server, owner) = TestServer::start_with("streams_max = 1").await;
    let stream = owner.stream(None).await;
    let refused = owner.get("/stream").await;
    refused.refusal(StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    drop(stream);
    let began = std::time::Instant::now();
    let mut status = StatusCode::SERVICE_UNAVAILABLE;
    while status != StatusCode::OK {
        assert!(began.elapsed() < server::PATIENCE, "the place was not given back");
        status = owner.http.get(format!("{}/stream", server.url)).send().await.unwrap().status();
    }
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye_to_every_stream() {
    let (server, owner) = TestServer::start().await;
    let customer = server.customer().await;
    customer.write("Hello").await;
    let mut streams = [owner.stream(None).await, customer.stream(None).await];
    let began = std::time::Instant::now();
    server.stop().await;
    assert!(began.elapsed() < Duration::from_secs(9), "stopping took {:?}", began.elapsed());
    for stream in &mut streams {
        stream.until(|event| event.name == "bye").await;
        assert_eq!(stream.next().await, None);
    }
}
