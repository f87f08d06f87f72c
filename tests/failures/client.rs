//! The client: each thing that a server can do, what is made of it, and that it takes no longer than it may.

use crate::model_server::{Behaviour, ModelServer, Part, Wire, start};
use crate::{KEY, model, question, schema, tool};
use baton::ai::Secret;
use baton::ai::model::{Client, Delta, Failure, Heard, Limits, Manner};
use baton::domain::TokenUsage;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

const SHORT: Limits = Limits {
    connect: Duration::from_millis(800),
    begin: Duration::from_millis(400),
    idle: Duration::from_millis(400),
    total: Duration::from_millis(1_500),
};
/// Of each question here.
const DEADLINE: Duration = Duration::from_millis(1_200);
/// A machine that does other things as well is given so much more.
const BOUND: Duration = Duration::from_secs(4);

/// What is to come of a row.
enum Comes {
    Words(&'static str),
    Calls(&'static str, Vec<(&'static str, Value)>),
    Fails(Failure),
    /// With the same code; the message is the system's.
    FailsLike(&'static str),
}
use Comes::{Calls, Fails, FailsLike, Words};

struct Row(&'static str, Wire, Manner, Behaviour, Comes);

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for wire in Wire::BOTH {
        rows.extend(whole_answers(wire));
        rows.extend(refusals(wire));
        rows.extend(broken_streams(wire));
    }
    rows.extend(openai_only());
    rows.extend(anthropic_only());
    rows
}

fn whole_answers(wire: Wire) -> Vec<Row> {
    let row = |name, behaviour, comes| Row(name, wire, tool(), behaviour, comes);
    let reason = |text: &str| json!({ "reason": text });
    let words = || wire.words(&["It is ", "on its way, ", "Łukasz 👋."]);
    let said = || Words("It is on its way, Łukasz 👋.");
    vec![
        row("words", words(), said()),
        row("chunk borders inside characters and lines", words().in_pieces_of(3), said()),
        row("one byte at a time", words().in_pieces_of(1), said()),
        row("a slow drip", words().dripping(Duration::from_millis(40)), said()),
        row("a wrong content type", words().content_type("text/plain"), said()),
        row("no reason given to wait: hangs after the end", words().but_ends(0, Part::Hang), said()),
        row(
            "words and a call",
            wire.calls(&["One moment."], &[("hand_off", r#"{"reason":"asked"}"#)]),
            Calls("One moment.", vec![("hand_off", reason("asked"))]),
        ),
        row("a call without words", wire.calls(&[], &[("hand_off", "{}")]), Calls("", vec![("hand_off", json!({}))])),
        row(
            "a call with broken arguments",
            wire.calls(&[], &[("hand_off", r#"{"reason": "a"#)]),
            Calls("", vec![("hand_off", json!(r#"{"reason": "a"#))]),
        ),
        row(
            "an unknown tool",
            wire.calls(&[], &[("delete_everything", r#"{"reason":"x"}"#)]),
            Calls("", vec![("delete_everything", reason("x"))]),
        ),
        row(
            "two calls",
            wire.calls(&[], &[("hand_off", r#"{"reason":"a"}"#), ("hand_off", r#"{"reason":"b"}"#)]),
            Calls("", vec![("hand_off", reason("a")), ("hand_off", reason("b"))]),
        ),
    ]
}

fn refusals(wire: Wire) -> Vec<Row> {
    let row = |name, behaviour, failure| Row(name, wire, tool(), behaviour, Fails(failure));
    let limited = |seconds: Option<u64>| Failure::RateLimited { retry_after: seconds.map(Duration::from_secs) };
    let failed = |status| Failure::ServerFailed { status, message: "boom".into() };
    let too_many = || wire.error(429, "rate_limit_exceeded", "Slow down.");
    let (long, model_gone, refused) = match wire {
        Wire::Openai => ("context_length_exceeded", "model_not_found", "content_filter"),
        Wire::Anthropic => ("invalid_request_error", "not_found_error", "invalid_request_error"),
    };
    let redirect = Failure::Refused("it answers with a redirect (307); enter the address that it leads to".into());
    vec![
        row("429 with Retry-After", too_many().header("retry-after", "7"), limited(Some(7))),
        row("429 without", too_many(), limited(None)),
        row("insufficient quota", wire.error(429, "insufficient_quota", "Check your plan."), Failure::NoCredit),
        row("no credit", wire.error(402, "billing_error", "Pay."), Failure::NoCredit),
        row("500", wire.error(500, "server_error", "boom"), failed(500)),
        row("503", wire.error(503, "server_error", "boom"), failed(503)),
        row("529", wire.error(529, "overloaded_error", "boom"), failed(529)),
        row("401", wire.error(401, "authentication_error", "Invalid key"), Failure::KeyRefused),
        row("403", wire.error(403, "permission_error", "Forbidden"), Failure::KeyRefused),
        row("404, unknown model", wire.error(404, model_gone, "model: m"), Failure::UnknownModel),
        row("too long", wire.error(400, long, "prompt is too long: 210000 tokens > 200000 maximum"), Failure::TooLong),
        row(
            "too long, by llama.cpp",
            Behaviour::error(
                400,
                json!({"error": {"code": 400, "type": "exceed_context_size_error",
                "message": "the request exceeds the available context size. try increasing the context size"}}),
            ),
            Failure::TooLong,
        ),
        row("the question filtered", wire.error(400, refused, "content filtering policy"), Failure::ContentRefused),
        row("no tools", wire.error(400, "api_error", "tiny does not support tools"), Failure::NotSupported("tools")),
        row("a redirect", Behaviour::error(307, json!({})).header("location", "http://127.0.0.1:9/"), redirect),
        row("another 400", wire.error(400, "invalid_request_error", "no"), Failure::Refused("no".into())),
    ]
}

fn broken_streams(wire: Wire) -> Vec<Row> {
    let row = |name, behaviour, comes| Row(name, wire, tool(), behaviour, comes);
    let opened = |part| Behaviour::stream(wire.opening().into_iter().chain([wire.piece("It is"), part]).collect());
    let text = |part: &str| Part::Bytes(part.as_bytes().to_vec());
    let whole = r#"{"id":"1","choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}"#;
    let forever = |words: &str| {
        let Part::Bytes(piece) = wire.piece(words) else { unreachable!() };
        opened(Part::Forever(piece, Duration::ZERO))
    };
    let no_reasons = |blanks: &str| wire.answer(&[blanks], &[], if wire == Wire::Openai { "stop" } else { "end_turn" });
    vec![
        row("no answer at all", Behaviour::silence(), Fails(Failure::TimedOut)),
        row("hangs up without an answer", Behaviour::hang_up(), FailsLike("unreachable")),
        row("hangs in the middle", opened(Part::Hang), Fails(Failure::TimedOut)),
        row("hangs after the headers", Behaviour::stream(vec![text(": hi\n\n"), Part::Hang]), Fails(Failure::TimedOut)),
        row("cut in the middle", opened(Part::Cut), Fails(Failure::BrokenOff)),
        row("ends in the middle", opened(text("\n")), Fails(Failure::BrokenOff)),
        row("cut before any words", Behaviour::stream(vec![text(": hi\n\n"), Part::Cut]), Fails(Failure::BrokenOff)),
        row("an empty body", Behaviour::stream(vec![]), FailsLike("unreadable")),
        row(
            "broken JSON in a piece",
            opened(text("event: content_block_delta\ndata: {\"a\": \n\n")),
            FailsLike("unreadable"),
        ),
        row("a page", Behaviour::page("text/html", "<!doctype html><title>Hi</title>"), FailsLike("unreadable")),
        row("plain JSON", Behaviour::page("application/json", whole), FailsLike("unreadable")),
        row("bytes that are no text", opened(Part::Bytes(vec![0xff, 0xfe, b'\n', b'\n'])), FailsLike("unreadable")),
        row("an empty answer", no_reasons(""), Fails(Failure::Empty)),
        row("nothing but blanks", no_reasons(" \n "), Fails(Failure::Empty)),
        row("endless words", forever(&"and on ".repeat(200)), Fails(Failure::Endless)),
        row("endless blanks", forever(&" \n".repeat(50)), Fails(Failure::Endless)),
        row("a line without end", opened(Part::Forever(vec![b'x'; 4096], Duration::ZERO)), Fails(Failure::TimedOut)),
        row(
            "only signs of life",
            Behaviour::stream(vec![Part::Forever(b": ping\n\n".to_vec(), Duration::from_millis(50))]),
            Fails(Failure::TimedOut),
        ),
        row(
            "an endless call",
            {
                let mut behaviour = wire.calls(&[], &[("hand_off", &"x".repeat(70_000))]);
                behaviour.parts.truncate(wire.opening().len() + 3);
                behaviour
            },
            Fails(Failure::Endless),
        ),
    ]
}

fn openai_only() -> Vec<Row> {
    let wire = Wire::Openai;
    let row = |name, behaviour, comes| Row(name, wire, tool(), behaviour, comes);
    let stream = |events: Vec<Value>| {
        let events = events.iter().map(|event| wire.event(event));
        Behaviour::stream(wire.opening().into_iter().chain(events).chain(wire.ending("stop")).collect())
    };
    let delta = |delta: Value| json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]});
    let call = |index: Value| {
        let call = json!({"index": index, "id": "c", "function": {"name": "hand_off", "arguments": "{}"}});
        stream(vec![delta(json!({"tool_calls": [call]}))])
    };
    let called = || Calls("", vec![("hand_off", json!({}))]);
    let error = json!({"error": {"message": "boom", "type": "server_error", "code": null}});
    vec![
        row("a huge index", call(json!(4_294_967_295_u32)), called()),
        row("an index beyond any", call(json!(1e300)), called()),
        row("no index", call(Value::Null), called()),
        row("the answer filtered", wire.answer(&["It"], &[], "content_filter"), Fails(Failure::ContentRefused)),
        row("a refusal in words", stream(vec![delta(json!({"refusal": "I can't."}))]), Fails(Failure::ContentRefused)),
        row(
            "an error in the stream",
            stream(vec![error]),
            Fails(Failure::ServerFailed { status: 500, message: "boom".into() }),
        ),
        row("no [DONE], but a reason", wire.words(&["Hi."]).but_ends(1, Part::Bytes(b"\n".to_vec())), Words("Hi.")),
        row(
            "thinks first",
            stream(vec![delta(json!({"reasoning_content": "hm"})), delta(json!({"content": "Hi."}))]),
            Words("Hi."),
        ),
    ]
}

fn anthropic_only() -> Vec<Row> {
    let wire = Wire::Anthropic;
    let row = |name, behaviour, comes| Row(name, wire, tool(), behaviour, comes);
    let overloaded = json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
    let failed = Failure::ServerFailed { status: 529, message: "Overloaded".into() };
    vec![
        row("refuses to answer", wire.answer(&["I"], &[], "refusal"), Fails(Failure::ContentRefused)),
        row("overloaded in the middle", wire.words(&["It is"]).but_ends(3, wire.event(&overloaded)), Fails(failed)),
        row(
            "no message_stop, but a reason",
            wire.words(&["Hi."]).but_ends(1, Part::Bytes(b"\n".to_vec())),
            Words("Hi."),
        ),
    ]
}

async fn ask(client: &Client, wire: Wire, url: &str, manner: Manner) -> Result<Heard, Failure> {
    client.ask_whole(&model(wire, url), &question(manner), Instant::now() + DEADLINE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_server_does_is_understood_in_time() {
    let client = Client::with_limits(SHORT).unwrap();
    let mut wrong = Vec::new();
    for Row(name, wire, manner, behaviour, comes) in rows() {
        eprintln!("{wire:?}, {name}");
        let server = start(vec![behaviour]).await;
        let begun = Instant::now();
        let heard = ask(&client, wire, &server.url, manner).await;
        let took = begun.elapsed();
        let is_right = match (&comes, &heard) {
            (Words(text), Ok(heard)) => heard.text == *text && heard.ending.calls.is_empty(),
            (Calls(text, calls), Ok(heard)) => {
                let made = heard.ending.calls.iter().map(|call| (call.name.as_str(), call.arguments.clone()));
                heard.text == *text && made.eq(calls.iter().cloned())
            }
            (Fails(expected), Err(failure)) => failure == expected,
            (FailsLike(code), Err(failure)) => failure.code() == *code,
            _ => false,
        };
        if !is_right || took > BOUND {
            wrong.push(format!("{wire:?}, {name}: {heard:?} after {took:?}"));
        }
        if server.asked().len() != 1 {
            wrong.push(format!("{wire:?}, {name}: asked {} times", server.asked().len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let server = start(vec![Behaviour::silence()]).await;
    let url = server.url.clone();
    server.stop().await;
    let client = Client::with_limits(SHORT).unwrap();
    let failure = ask(&client, Wire::Openai, &url, Manner::Words).await.unwrap_err();
    assert!(matches!(&failure, Failure::Unreachable(why) if why.contains("refused")), "{failure:?}");
    let nowhere = ask(&client, Wire::Openai, "http://[", Manner::Words).await.unwrap_err();
    assert_eq!(nowhere.code(), "unreachable");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_stays_where_it_belongs() {
    let elsewhere = start(vec![Wire::Openai.words(&["Hi."])]).await;
    let there = format!("{}chat/completions", elsewhere.url);
    let server = start(vec![Behaviour::error(308, json!({})).header("location", &there)]).await;
    let client = Client::with_limits(SHORT).unwrap();
    let failure = ask(&client, Wire::Openai, &server.url, Manner::Words).await.unwrap_err();
    assert_eq!(failure.code(), "refused");
    assert!(elsewhere.asked().is_empty());
}

async fn request(wire: Wire, name: &str, key: Option<&str>, manner: Manner) -> crate::model_server::Asked {
    let server: ModelServer = start(vec![wire.words(&["Hi."])]).await;
    let mut model = model(wire, &server.url);
    model.settings.model = name.into();
    model.key = key.map(|key| Secret(key.into()));
    let client = Client::with_limits(SHORT).unwrap();
    client.ask_whole(&model, &question(manner), Instant::now() + DEADLINE).await.unwrap();
    server.asked().remove(0)
}

#[tokio::test]
async fn the_models_name_goes_out_as_the_admin_wrote_it() {
    for wire in Wire::BOTH {
        for name in ["gpt-5-high", "claude-opus-4-6-max", "a::b", "org/x:free", "o3-mini-low", "deepseek-r1-zero"] {
            let asked = request(wire, name, Some(KEY), Manner::Words).await;
            assert_eq!(asked.body["model"], name);
            for option in ["reasoning_effort", "thinking", "output_config", "verbosity"] {
                assert_eq!(asked.body[option], Value::Null, "{wire:?} {name}");
            }
        }
    }
}

#[tokio::test]
async fn each_wire_is_asked_in_its_own_way() {
    let asked = request(Wire::Openai, "m", Some(KEY), tool()).await;
    assert_eq!(asked.path, "/v1/chat/completions");
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    assert_eq!(asked.header("api-key"), None);
    let body = asked.body;
    assert_eq!(body["messages"][0], json!({"role": "system", "content": "Be kind."}));
    assert_eq!(body["messages"][3], json!({"role": "user", "content": "Where is my parcel?"}));
    assert_eq!((&body["stream"], &body["temperature"], &body["max_tokens"]), (&json!(true), &json!(0.3), &json!(64)));
    assert_eq!(body["tools"][0]["function"]["name"], "hand_off");
    assert_eq!(body["tools"][0]["function"]["strict"], true);
    assert_eq!(body["stream_options"]["include_usage"], true);

    let asked = request(Wire::Anthropic, "m", Some(KEY), tool()).await;
    assert_eq!(asked.path, "/v1/messages");
    assert_eq!((asked.header("x-api-key"), asked.header("anthropic-version")), (Some(KEY), Some("2023-06-01")));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!((&asked.body["system"], &asked.body["max_tokens"]), (&json!("Be kind."), &json!(64)));
    assert_eq!(asked.body["tools"][0]["input_schema"]["required"], json!(["reason"]));

    let asked = request(Wire::Openai, "m", None, schema()).await;
    assert_eq!(asked.header("authorization"), None, "no key, no header");
    assert_eq!(asked.body["response_format"]["json_schema"]["schema"]["required"], json!(["reply"]));
    let asked = request(Wire::Anthropic, "m", None, schema()).await;
    assert_eq!(asked.body["output_config"]["format"]["type"], "json_schema");
}

#[tokio::test]
async fn an_answer_comes_piece_by_piece_with_what_it_cost() {
    for wire in Wire::BOTH {
        let server = start(vec![wire.words(&["It ", "is ", "here."])]).await;
        let client = Client::with_limits(SHORT).unwrap();
        let (model, ask) = (model(wire, &server.url), question(Manner::Words));
        let mut answering = client.ask(&model, &ask, Instant::now() + DEADLINE).await.unwrap();
        let mut pieces = Vec::new();
        while let Some(delta) = answering.next().await.unwrap() {
            pieces.push(delta);
        }
        let texts: Vec<&Delta> = pieces[..3].iter().collect();
        assert_eq!(texts, [&Delta::Text("It ".into()), &Delta::Text("is ".into()), &Delta::Text("here.".into())]);
        let Delta::End(ending) = &pieces[3] else { panic!("no end: {pieces:?}") };
        assert_eq!(ending.tokens, TokenUsage { read: 21, written: 7 }, "{wire:?}");
        assert_eq!(answering.next().await, Ok(None));
    }
}

#[tokio::test]
async fn what_no_server_counts_is_estimated_and_a_cut_is_seen() {
    let wire = Wire::Openai;
    let server =
        start(vec![wire.answer(&["12345678"], &[], "length").but_ends(2, wire.event(&json!({"choices": []})))]).await;
    let client = Client::with_limits(SHORT).unwrap();
    let heard = ask(&client, wire, &server.url, Manner::Words).await.unwrap();
    assert_eq!(heard.ending.tokens, TokenUsage { read: 12, written: 2 });
    assert!(heard.ending.is_cut);
}

#[tokio::test]
async fn an_answer_may_come_compressed() {
    use std::process::{Command, Stdio};
    let plain = Wire::Openai.words(&["It is ", "here."]);
    let mut gzip = Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    gzip.stdin.take().unwrap().write_all(&plain.bytes()).unwrap();
    let packed = gzip.wait_with_output().unwrap().stdout;
    let behaviour = Behaviour::stream(vec![Part::Bytes(packed)]).header("content-encoding", "gzip");
    let server = start(vec![behaviour.in_pieces_of(7)]).await;
    let client = Client::with_limits(SHORT).unwrap();
    assert_eq!(ask(&client, Wire::Openai, &server.url, Manner::Words).await.unwrap().text, "It is here.");
}

#[tokio::test]
async fn an_option_that_a_server_does_not_take_is_left_out_from_then_on() {
    let wire = Wire::Openai;
    let server = start(vec![
        wire.error(400, "unsupported_parameter", "'max_tokens' is not supported. Use 'max_completion_tokens' instead."),
        wire.error(400, "unsupported_value", "'temperature' does not support 0.3 with this model."),
        wire.words(&["Hi."]),
    ])
    .await;
    let client = Client::with_limits(SHORT).unwrap();
    for _ in 0..2 {
        assert_eq!(ask(&client, wire, &server.url, Manner::Words).await.unwrap().text, "Hi.");
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    for asked in &asked[2..] {
        assert_eq!((&asked.body["max_tokens"], &asked.body["temperature"]), (&Value::Null, &Value::Null));
        assert_eq!(asked.body["max_completion_tokens"], 64);
    }
}

/// Log lines, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_key_is_never_shown_not_even_when_a_server_repeats_it() {
    let kept = Kept::default();
    let lines = kept.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || lines.clone()).finish();
    tracing::subscriber::set_global_default(log).unwrap();
    let client = Client::with_limits(SHORT).unwrap();
    for wire in Wire::BOTH {
        let says = format!("Bad key {KEY}, said by the Echo");
        let error = json!({"type": "error", "error": {"type": "server_error", "message": says.as_str()}});
        let behaviours = [
            wire.error(401, "authentication_error", &says),
            wire.error(500, "server_error", &says),
            wire.error(400, "invalid_request_error", &says),
            Behaviour::new(400, "text/plain", vec![Part::Bytes(says.clone().into_bytes())]),
            Behaviour::page("text/html", &says),
            Behaviour::stream(vec![Part::Bytes(format!("event: error\ndata: {error}\n\n").into_bytes())]),
            Behaviour::stream(vec![Part::Bytes(format!("event: {says}\ndata: {says}\n\n").into_bytes())]),
            Behaviour::error(302, json!({})).header("location", &format!("http://127.0.0.1:9/?key={KEY}")),
            Behaviour::silence(),
        ];
        for behaviour in behaviours {
            let server = start(vec![behaviour]).await;
            let model = model(wire, &server.url);
            assert!(!format!("{model:?}").contains(KEY));
            let asked = question(Manner::Words);
            let failure = client.ask_whole(&model, &asked, Instant::now() + DEADLINE).await.unwrap_err();
            assert!(!format!("{failure:?} {failure}").contains(KEY), "{failure:?}");
            let sent = server.asked().remove(0);
            assert!(sent.headers.iter().any(|(_, value)| value.contains(KEY)), "it was sent at all");
        }
    }
    tracing::info!("the log is kept");
    let log = String::from_utf8_lossy(&kept.0.lock().unwrap()).into_owned();
    assert!(log.contains("the log is kept"));
    assert!(!log.contains(KEY) && !log.contains("said by the Echo"), "{log}");
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_refused_before_it_is_sent() {
    let server = start(vec![Wire::Openai.words(&["Hi."])]).await;
    let mut model = model(Wire::Openai, &server.url);
    model.key = Some(Secret("two\nlines".into()));
    let client = Client::with_limits(SHORT).unwrap();
    let asked = client.ask_whole(&model, &question(Manner::Words), Instant::now() + DEADLINE).await;
    assert_eq!(asked, Err(Failure::KeyRefused));
    assert!(server.asked().is_empty());
}
