//! The whole product before a model that fails: a real server that plays the failure, a real database, the job runner.
//! However it fails, the customer has one answer, or a person is asked for, within 20 seconds (I2, I8).

use crate::KEY;
use crate::model_server::{Behaviour, ModelServer, Part, Wire, start, start_with};
use crate::office::{Office, no_burst, said_by_ai};
use baton::ai::builtin::Builtin;
use baton::ai::model::{Client, ModelEngine};
use baton::domain::{HandoffKind, HandoffSettings, ModelSettings, OnFailure, Outcome, Owner, Provider};
use baton::wire::conversation::Thread;
use baton::wire::model::{KeyChange, SavedModel};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// I8.
const BOUND: Duration = Duration::from_secs(20);
/// A question that no rule decides.
const QUESTION: &str = "Which colours does the kettle come in?";

async fn open(wire: Wire, url: &str, on_failure: OnFailure) -> Office<ModelEngine> {
    let engine = Arc::new(ModelEngine::new(Builtin::by_words(), Client::new().unwrap()));
    let action = HandoffSettings { enabled: true, ..HandoffSettings::default() };
    let office = Office::open(engine, action, no_burst()).await;
    let provider = if wire == Wire::Openai { Provider::Openai } else { Provider::Anthropic };
    let settings =
        ModelSettings { provider, base_url: url.into(), model: "m".into(), on_failure, ..ModelSettings::default() };
    let key = KeyChange::Set(KEY.into());
    let saved = office.desk.save_model(&office.owner, &office.agent_id, settings, key, 0).await.unwrap();
    assert_eq!(saved, SavedModel::Stored { version: 1 });
    office
}

fn is_served(thread: &Thread) -> bool {
    !thread.head.is_ai_thinking && (!said_by_ai(&thread.entries).is_empty() || thread.head.owner == Owner::Queue)
}

/// Every way to fail, by wire. The last behaviour of a list goes on for ever.
fn failures(wire: Wire) -> Vec<(&'static str, Vec<Behaviour>)> {
    let opened = |part| Behaviour::stream(wire.opening().into_iter().chain([part]).collect());
    let Part::Bytes(more) = wire.piece("and on and on. ") else { unreachable!("a piece is bytes") };
    let stop = if wire == Wire::Openai { "stop" } else { "end_turn" };
    let error = |status, kind| vec![wire.error(status, kind, "no")];
    let long = match wire {
        Wire::Openai => "context_length_exceeded",
        Wire::Anthropic => "prompt is too long",
    };
    vec![
        ("silence", vec![Behaviour::silence()]),
        ("hangs up", vec![Behaviour::hang_up()]),
        ("429 with a long Retry-After", vec![wire.error(429, "rate_limit", "no").header("retry-after", "120")]),
        ("429 without", error(429, "rate_limit")),
        ("no credit", error(429, "insufficient_quota")),
        ("500", error(500, "server_error")),
        ("503", error(503, "server_error")),
        ("529", error(529, "overloaded_error")),
        ("the key refused", error(401, "authentication_error")),
        ("forbidden", error(403, "permission_error")),
        ("an unknown model", error(404, "model_not_found")),
        ("too long, whatever is left out", vec![wire.error(400, long, "prompt is too long")]),
        ("the question filtered", error(400, "content_filter")),
        ("no tools, no schemas", vec![wire.error(400, "api_error", "m does not support tools or response_format")]),
        ("another refusal", error(422, "invalid_request_error")),
        ("an empty answer", vec![wire.answer(&[""], &[], stop)]),
        ("only blanks", vec![wire.answer(&[" \n\n "], &[], stop)]),
        ("broken JSON", vec![opened(Part::Bytes(b"data: {\"a\": \n\n".to_vec()))]),
        ("a page", vec![Behaviour::page("text/html", "<!doctype html>")]),
        ("plain JSON", vec![Behaviour::page("application/json", "{}")]),
        ("hangs in the middle", vec![opened(Part::Hang)]),
        (
            "cut before a sentence",
            vec![Behaviour::stream(wire.opening().into_iter().chain([wire.piece("It comes in"), Part::Cut]).collect())],
        ),
        (
            "cut after a sentence",
            vec![Behaviour::stream(
                wire.opening().into_iter().chain([wire.piece("It comes in red. And in "), Part::Cut]).collect(),
            )],
        ),
        (
            "hangs after a sentence",
            vec![Behaviour::stream(
                wire.opening().into_iter().chain([wire.piece("It comes in red. And in "), Part::Hang]).collect(),
            )],
        ),
        ("endless sentences", vec![opened(Part::Forever(more, Duration::from_millis(5)))]),
        ("an unknown tool", vec![wire.calls(&[], &[("delete_everything", "{}")])]),
        ("broken arguments", vec![wire.calls(&[], &[("hand_off", "{\"reason\": ")])]),
        ("arguments of another kind", vec![wire.calls(&[], &[("hand_off", "[1, 2]")])]),
    ]
}

async fn is_survived(wire: Wire, name: &str, behaviours: Vec<Behaviour>, on_failure: OnFailure) {
    let what = format!("{wire:?}, {name}, {on_failure:?}");
    let server = start(behaviours).await;
    let office = open(wire, &server.url, on_failure).await;
    let began = Instant::now();
    let id = office.write("m1", QUESTION).await;
    let thread = office.until(&id, &what, is_served).await;
    assert!(began.elapsed() < BOUND, "{what}: it took {:?}", began.elapsed());
    let said = said_by_ai(&thread.entries);
    assert!(said.len() <= 1, "{what}: {said:?}");
    assert!(said.len() == 1 || thread.head.owner == Owner::Queue, "{what}: somebody answers");
    assert!(thread.handoffs.len() <= 1, "{what}");
    let [decision] = thread.decisions.values().collect::<Vec<_>>()[..] else { panic!("{what}: one record a turn") };
    assert!(!decision.fallbacks.is_empty(), "{what}: the record says what went wrong");
    if thread.head.owner == Owner::Queue {
        assert_eq!(on_failure, OnFailure::Human, "{what}: {decision:?}");
        assert_eq!(thread.handoffs[0].reason.kind, HandoffKind::Failure, "{what}");
    }
    assert!(!format!("{thread:?}").contains(KEY), "{what}: the key is nobody's business");
    let usage = office.desk.load_dashboard(&office.owner, &office.agent_id).await.unwrap().usage.unwrap();
    assert!(usage.days.last().unwrap().calls > 0, "{what}: what was asked is counted");
    office.close().await;
}

/// All at once: each of them mostly waits.
async fn all_are_survived(wire: Wire, on_failure: OnFailure) {
    let rows = failures(wire);
    assert!(rows.len() >= 20);
    futures::future::join_all(
        rows.into_iter().map(|(name, behaviours)| is_survived(wire, name, behaviours, on_failure)),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_openai_server_does_the_rules_answer() {
    all_are_survived(Wire::Openai, OnFailure::BuiltIn).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_openai_server_does_a_person_can_be_called() {
    all_are_survived(Wire::Openai, OnFailure::Human).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_anthropic_server_does_the_rules_answer() {
    all_are_survived(Wire::Anthropic, OnFailure::BuiltIn).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_survived() {
    let gone = start(vec![Behaviour::silence()]).await;
    let url = gone.url.clone();
    gone.stop().await;
    for on_failure in OnFailure::ALL {
        let office = open(Wire::Openai, &url, on_failure).await;
        let began = Instant::now();
        let id = office.write("m1", QUESTION).await;
        let thread = office.until(&id, "served", is_served).await;
        assert!(began.elapsed() < BOUND);
        assert_eq!(thread.head.owner == Owner::Queue, on_failure == OnFailure::Human);
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_passes_is_not_noticed_by_the_customer() {
    for wire in Wire::BOTH {
        let busy = wire.error(529, "overloaded_error", "Busy.").header("retry-after", "0");
        let answer = wire.words(&["It comes in red ", "and in white."]);
        let server = start(vec![busy, Behaviour::hang_up(), answer]).await;
        let office = open(wire, &server.url, OnFailure::Human).await;
        let id = office.write("m1", QUESTION).await;
        let thread = office.until(&id, "answered", is_served).await;
        assert_eq!(said_by_ai(&thread.entries), ["It comes in red and in white."]);
        assert_eq!(server.asked().len(), 3);
        office.close().await;
    }
}

/// Asked as soon as the first sentence is there; the rest comes when the test lets it.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_before_a_cut_is_what_is_stored() {
    let wire = Wire::Openai;
    let shown = wire.opening().into_iter().chain([wire.piece("It comes in red. "), wire.piece("And in "), Part::Cut]);
    let server = start(vec![Behaviour::stream(shown.collect())]).await;
    let office = open(wire, &server.url, OnFailure::Human).await;
    let id = office.write("m1", QUESTION).await;
    let thread = office.until(&id, "answered", is_served).await;
    let [said] = said_by_ai(&thread.entries)[..] else { panic!("one message") };
    assert!(said.starts_with("It comes in red.") && said.contains("person"), "{said}");
    assert!(!said.contains("And in"), "{said}");
    office.close().await;
}

/// The breaker: after failures in a row the model is no longer asked, the team hears of it once, and it comes back by
/// itself.
#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_told_once_and_ends_by_itself() {
    let wire = Wire::Openai;
    let is_well = Arc::new(AtomicBool::new(false));
    let server: ModelServer = start_with("127.0.0.1:0", {
        let is_well = is_well.clone();
        move |_asked| match is_well.load(Ordering::SeqCst) {
            true => wire.words(&["It comes in red."]),
            false => wire.error(500, "server_error", "boom"),
        }
    })
    .await;
    let office = open(wire, &server.url, OnFailure::BuiltIn).await;
    let id = office.write("m1", QUESTION).await;
    let thread = office.until(&id, "answered by the rules", is_served).await;
    assert!(thread.decisions.values().all(|record| record.outcome == Outcome::Replied));
    let outages = office.desk.list_outages(&office.owner).await.unwrap();
    assert_eq!(outages.len(), 1, "the circuit is open");
    let told = office.desk.list_unseen_notifications(&office.owner).await.unwrap();
    assert_eq!(told.iter().filter(|each| each.event == "ai_unavailable").count(), 1, "{told:?}");
    let asked = server.asked().len();
    assert!(asked <= 4, "tried again a few times: {asked}");

    is_well.store(true, Ordering::SeqCst);
    let began = Instant::now();
    while !office.desk.list_outages(&office.owner).await.unwrap().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(60), "it comes back by itself");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let told = office.desk.list_unseen_notifications(&office.owner).await.unwrap();
    assert_eq!(told.iter().filter(|each| each.event == "ai_available").count(), 1);
    office.write("m2", "Which colours, please?").await;
    let thread = office.until(&id, "answered by the model", |thread| said_by_ai(&thread.entries).len() == 2).await;
    assert_eq!(*said_by_ai(&thread.entries).last().unwrap(), "It comes in red.");
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_stops_the_model_and_never_the_customer() {
    let wire = Wire::Openai;
    let server = start(vec![wire.words(&["It comes in red."])]).await;
    let office = open(wire, &server.url, OnFailure::Human).await;
    let form = office.desk.load_model(&office.owner, &office.agent_id).await.unwrap();
    let settings = ModelSettings { tokens_per_conversation: 20, ..form.settings };
    office.desk.save_model(&office.owner, &office.agent_id, settings, KeyChange::Keep, form.version).await.unwrap();
    let id = office.write("m1", QUESTION).await;
    office.until(&id, "answered by the model", |thread| said_by_ai(&thread.entries) == ["It comes in red."]).await;
    office.write("m2", "And how heavy is it?").await;
    let thread = office.until(&id, "answered by the rules", |thread| said_by_ai(&thread.entries).len() == 2).await;
    assert_eq!(server.asked().len(), 1, "28 tokens are more than 20");
    assert_eq!(thread.head.owner, Owner::Ai);
    let usage = office.desk.load_dashboard(&office.owner, &office.agent_id).await.unwrap().usage.unwrap();
    let today = usage.days.last().unwrap();
    assert_eq!((today.calls, today.tokens_read, today.tokens_written), (1, 21, 7));
    office.close().await;
}

/// A request for a person does not wait for a model that hangs.
#[tokio::test(flavor = "multi_thread")]
async fn an_explicit_request_does_not_wait_for_the_model() {
    let server = start(vec![Behaviour::silence()]).await;
    let office = open(Wire::Openai, &server.url, OnFailure::BuiltIn).await;
    let id = office.write("m1", "I want to talk to a human").await;
    let thread = office.until(&id, "handed off", |thread| thread.head.owner == Owner::Queue).await;
    assert_eq!(thread.handoffs[0].reason.kind, HandoffKind::AskedForPerson);
    assert!(server.asked().iter().all(|asked| !json!(asked.body).to_string().contains("\"hand_off\"")));
    office.close().await;
}
