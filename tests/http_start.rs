//! Starting and stopping: what is said when it can't be done, and who may set up a server that others can reach.

#[path = "support/server.rs"]
mod server;

use baton::config::Config;
use baton::domain::Role;
use baton::serve::{Outside, start};
use reqwest::StatusCode;
use serde_json::json;
use server::{PASSWORD, TestServer};
use std::net::TcpListener;

/// What the person at the command line reads.
async fn failure(settings: &str) -> String {
    match start(&Config::parse(settings).unwrap(), Outside::default()).await {
        Ok(_running) => panic!("it started"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let said = failure(&format!("listen = '{address}'\ndata_dir = '{}'", folder.path().display())).await;
    assert!(said.contains(&address.to_string()) && said.contains("BATON_LISTEN"), "{said}");
}

#[tokio::test]
async fn a_data_folder_that_can_not_be_written_is_said_so() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let said = failure(&format!("listen = '127.0.0.1:0'\ndata_dir = '{}/data'", file.path().display())).await;
    assert!(said.contains("BATON_DATA_DIR") && said.contains(&file.path().display().to_string()), "{said}");
}

#[tokio::test]
async fn a_database_address_of_another_kind_is_said_so() {
    let said = failure("listen = '127.0.0.1:0'\ndatabase_url = 'mysql://db'").await;
    assert!(said.contains("BATON_DATABASE_URL") && said.contains("postgres://"), "{said}");
}

#[tokio::test]
async fn a_server_that_others_can_reach_is_set_up_with_the_token_of_its_log() {
    let server = TestServer::bare("listen = '0.0.0.0:0'").await;
    let token = server.running.as_ref().unwrap().setup_token.clone().expect("a token");
    let nobody = server.nobody();
    let state = nobody.form("setup/state", &[]).await.expect(StatusCode::OK);
    assert_eq!(state, json!({ "is_needed": true, "is_token_required": true }));
    let set_up = async |token: &str| {
        let form = [
            ("workspace_name", "Fern & Clay"),
            ("name", "Mia Berg"),
            ("email", "mia@example.com"),
            ("password", PASSWORD),
            ("agent_name", "Ada"),
            ("token", token),
        ];
        nobody.form("setup/create", &form).await
    };
    for wrong in ["", "0123"] {
        let refused = set_up(wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.problem().field("token").is_some());
    }
    assert_eq!(set_up(&token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_on_this_machine_only_asks_for_no_token() {
    let server = TestServer::bare("").await;
    assert!(server.running.as_ref().unwrap().setup_token.is_none());
}

#[tokio::test]
async fn health_is_told_without_a_session() {
    let server = TestServer::bare("").await;
    for (path, said) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let answer = server.nobody().get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, said));
        assert_eq!(answer.header("x-request-id").len(), 16);
    }
}

#[tokio::test]
async fn what_was_stored_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("listen = '127.0.0.1:0'\ndata_dir = '{}'", folder.path().display());
    let config = Config::parse(&settings).unwrap();
    let first = start(&config, Outside::default()).await.unwrap();
    let new = baton::desk::NewTeammate {
        name: "Mia".into(),
        email: "mia@example.com".into(),
        password: PASSWORD.into(),
        role: Role::Owner,
    };
    first.desk.create_teammate(new).await.unwrap();
    first.stop().await;
    let second = start(&config, Outside::default()).await.unwrap();
    assert!(second.desk.sign_in("mia@example.com", PASSWORD).await.is_ok());
    second.stop().await;
}
