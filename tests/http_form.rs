//! The Edit Human Handoff form as a browser without scripts posts it: whatever happens, nothing that was typed is lost.

#[path = "support/server.rs"]
mod server;

use baton::domain::Role;
use reqwest::StatusCode;
use server::{Answer, Person, TestServer};

const TYPED: &str = "Hand off refunds over 50 euros";
/// Text that would be markup of the page, were it not escaped.
const ATTACK: &str = "Refunds</textarea><script>alert(1)</script>";

async fn path(owner: &Person) -> String {
    format!("/agents/{}/actions/human-handoff", owner.agent_id().await)
}

/// A whole form; `more` comes on top.
async fn post(person: &Person, path: &str, version: i64, more: &[(&str, &str)]) -> Answer {
    let version = version.to_string();
    let mut fields = vec![
        ("version", version.as_str()),
        ("when_to_use", TYPED),
        ("questions_max", "3"),
        ("turns_max", "10"),
        ("outside_hours", "hand_off"),
        ("person_button", "on"),
        ("gather.0.name", "invoice_ref"),
        ("gather.0.description", "The number on the invoice"),
        ("gather.0.kind", "text"),
        ("gather.0.required", "on"),
    ];
    for (name, value) in more {
        fields.retain(|(other, _)| other != name);
        fields.push((name, value));
    }
    person.post_form(path, &fields).await
}

async fn stored(owner: &Person) -> serde_json::Value {
    let agent_id = owner.agent_id().await;
    owner.form("actions/load_handoff", &[("agent_id", &agent_id)]).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn a_form_that_is_right_is_saved_and_shown_again() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let saved = post(&owner, &path, version, &[("enabled", "on")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let next = stored(&owner).await;
    assert_eq!(saved.header("location"), format!("{path}?saved={}", next["version"]));
    assert_eq!(next["settings"]["enabled"], true);
    assert_eq!(next["settings"]["when_to_use"], TYPED);
    assert_eq!(next["settings"]["gather"][0]["name"], "invoice_ref");
    let page = owner.get(saved.header("location")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(TYPED) && page.body.contains("invoice_ref"));
}

#[tokio::test]
async fn a_double_click_saves_once() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let (one, other) = tokio::join!(post(&owner, &path, version, &[]), post(&owner, &path, version, &[]));
    assert_eq!((one.status, other.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER), "{}", other.body);
    assert_eq!(one.header("location"), other.header("location"));
    assert_eq!(owner.version().await, version + 1);
}

#[tokio::test]
async fn errors_keep_what_was_typed() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let wrong = [
        ("gather.0.name", "9 lives"),
        ("turns_max", "many"),
        ("enabled", "on"),
        ("team", "Billing crew"),
        ("when_to_use", ATTACK),
    ];
    let answer = post(&owner, &path, version, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for typed in ["Refunds", "9 lives", "The number on the invoice", "Billing crew"] {
        assert!(answer.body.contains(typed), "{typed} is lost");
    }
    assert!(!answer.body.contains("<script>alert"), "what was typed is markup of the page");
    for said in ["Start the name with a letter.", "Enter a whole number from 1 to 100."] {
        assert!(answer.body.contains(said), "{said}");
    }
    assert_eq!(owner.version().await, version);
}

#[tokio::test]
async fn buttons_change_the_rows_and_save_nothing() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let added = post(&owner, &path, version, &[("op", "add_row"), ("enabled", "on")]).await;
    assert_eq!(added.status, StatusCode::OK);
    assert!(added.body.contains(TYPED) && added.body.contains("gather.1.name"));
    let removed = post(&owner, &path, version, &[("op", "remove_row.0")]).await;
    assert_eq!(removed.status, StatusCode::OK);
    assert!(removed.body.contains(TYPED) && !removed.body.contains("invoice_ref"));
    assert_eq!(owner.version().await, version);
}

#[tokio::test]
async fn examples_are_posted_and_a_message_is_tried_without_scripts() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let examples = [("examples.0.text", "Where is my parcel?"), ("examples.0.wanted", "stay")];
    let added = post(&owner, &path, version, &[examples[0], examples[1], ("op", "add_example")]).await;
    assert_eq!(added.status, StatusCode::OK);
    assert!(added.body.contains("Where is my parcel?") && added.body.contains("examples.1.text"));
    let more = [examples[0], examples[1], ("op", "try_message"), ("try_message", "I need a refund of 80 euros")];
    let tried = post(&owner, &path, version, &more).await;
    assert_eq!(tried.status, StatusCode::OK);
    for told in ["I need a refund of 80 euros", "Would first ask for", "How Baton reads it", "Where is my parcel?"] {
        assert!(tried.body.contains(told), "{told}");
    }
    let empty = post(&owner, &path, version, &[("op", "try_message"), ("try_message", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Write something first.") && empty.body.contains(TYPED));
    assert_eq!(owner.version().await, version);

    let saved = post(&owner, &path, version, &examples).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(
        stored(&owner).await["settings"]["examples"],
        serde_json::json!([{ "text": "Where is my parcel?", "should_hand_off": false }])
    );
    let wrong = post(&owner, &path, version + 1, &[("examples.0.text", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("or remove this row"));
}

#[tokio::test]
async fn a_stale_form_shows_the_newer_edit_and_keeps_what_was_typed() {
    let (server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    let admin = server.teammate(Role::Admin).await;
    let first = post(&admin, &path, version, &[("when_to_use", "Always for billing")]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let stale = post(&owner, &path, version, &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains(TYPED), "what was typed is lost");
    assert!(stale.body.contains("Person1 Doe"), "whose edit is newer is not said");
    assert_eq!(stored(&owner).await["settings"]["when_to_use"], "Always for billing");
    // Knowing of it, the owner may overwrite it.
    let again = post(&owner, &path, owner.version().await, &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_no_browser_sends_is_named() {
    let (_server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    for (field, value) in [("colour", "red"), ("gather.0.kind", "blob"), ("op", "explode"), ("outside_hours", "never")]
    {
        post(&owner, &path, version, &[(field, value)]).await.refusal(StatusCode::BAD_REQUEST);
    }
    owner.post_form(&path, &[("when_to_use", "x")]).await.refusal(StatusCode::BAD_REQUEST);
    owner.post(&path, &serde_json::json!({})).await.refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = "x".repeat(800_000);
    post(&owner, &path, version, &[("when_to_use", &large)]).await.refusal(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(owner.version().await, version);
}

#[tokio::test]
async fn only_admins_save() {
    let (server, owner) = TestServer::start().await;
    let path = path(&owner).await;
    let version = owner.version().await;
    post(&server.nobody(), &path, version, &[]).await.refusal(StatusCode::UNAUTHORIZED);
    let tried = [("op", "try_message"), ("try_message", "Hello")];
    for role in [Role::Viewer, Role::Teammate] {
        let person = server.teammate(role).await;
        post(&person, &path, version, &[]).await.refusal(StatusCode::FORBIDDEN);
        post(&person, &path, version, &tried).await.refusal(StatusCode::FORBIDDEN);
    }
    post(&owner, "/agents/nothing/actions/human-handoff", version, &[]).await.refusal(StatusCode::NOT_FOUND);
    assert_eq!(owner.version().await, version);
}
