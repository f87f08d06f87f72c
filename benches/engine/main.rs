//! What a decision of the built-in engine costs, on one core: `script/bench engine` runs it. It measures and prints; it
//! judges nothing.

#[path = "../../tests/support/gather.rs"]
mod gather;
#[path = "../support/home.rs"]
mod home;
#[path = "../../tests/support/people.rs"]
mod people;
#[path = "../../tests/support/process.rs"]
mod process;
#[path = "../support/table.rs"]
mod table;

use baton::ai::builtin::{Builtin, reading};
use baton::ai::meaning::Encoder;
use baton::ai::{Brief, Engine, Said, Speaker};
use baton::config::Config;
use baton::domain::{FieldKind, Gathering, HandoffSettings};
use gather::field;
use people::{Customer, Person};
use std::time::{Duration, Instant};
use table::{Line, line, percentile};

/// How many messages are decided before anything is measured.
const WARM_UP: usize = 30;
/// How long one line may take to measure; slower things are measured less often.
const LINE_MAX: Duration = Duration::from_secs(20);
/// How long the server is left alone after its first answer before its memory is read.
const IDLE: Duration = Duration::from_secs(10);

/// What an admin might write: several rules of each kind.
const WHEN_TO_USE: &str = "Hand off when the customer has a billing issue, was charged twice or wants a refund.\n\
- Also when a parcel is lost or arrived damaged, unless it was sent less than five days ago.\n\
- When somebody wants to cancel an order, try to resolve it first, then hand off.\n\
- Account closures and changes of ownership go to the team.\n\
Do not hand off for shipping times, opening hours or discounts under 50 euros.\n\
Keywords that always escalate: lawyer, GDPR, data breach, chargeback.\n\
Tell them that a colleague will look at it today.";

/// The one place where the engine is made.
fn engine() -> impl Engine {
    Builtin::new(Encoder::at(Config::load().expect("the settings are right").model_dir))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    table::head();
    let engine = engine();
    let short: Vec<String> = (0..1_000).map(|at| message(at, 1)).collect();
    let long: Vec<String> = (0..1_000).map(|at| message(at, 3)).collect();
    let longest: Vec<String> = (0..1_000).map(|at| cut(message(at, 400), 4_000)).collect();
    let condition = cut(WHEN_TO_USE.repeat(20), 8_000);
    let mut lines = vec![
        decide(&engine, "decision, message of 12 words", WHEN_TO_USE, &short, "p50 25 ms, goal 15").await,
        decide(&engine, "decision, message of 39 words", WHEN_TO_USE, &long, "").await,
        decide(&engine, "decision, 8,000-character text, 4,000-character message", &condition, &longest, "").await,
        read("reading a text of 7 lines, as one types", WHEN_TO_USE),
        read("reading a text of 8,000 characters, as one types", &condition),
        take_up(&engine, "first decision under a new text of 7 lines", WHEN_TO_USE, &short).await,
        take_up(&engine, "first decision under a new text of 8,000 characters", &condition, &short).await,
    ];
    lines.push(idle().await);
    table::print(&lines);
}

/// Decides first messages of conversations, each another one.
async fn decide(
    engine: &impl Engine,
    what: &str,
    when_to_use: &str,
    messages: &[String],
    budget: &'static str,
) -> Line {
    let mut brief = brief(when_to_use);
    let mut times = Vec::new();
    let began = Instant::now();
    for (at, text) in messages.iter().cycle().take(messages.len() + WARM_UP).enumerate() {
        brief.said = vec![Said { seq: 1, by: Speaker::Customer, body: text.clone() }];
        let started = Instant::now();
        let decided = engine.decide(&brief).await.expect("the built-in engine always answers");
        let took = started.elapsed();
        std::hint::black_box(decided);
        if at >= WARM_UP {
            times.push(took);
        }
        if began.elapsed() > LINE_MAX && !times.is_empty() {
            break;
        }
    }
    measured(what, &mut times, budget)
}

/// Decides under a text that was saved just now: it is read, and whatever the engine prepares of it is prepared.
async fn take_up(engine: &impl Engine, what: &str, when_to_use: &str, messages: &[String]) -> Line {
    let mut times = Vec::new();
    let began = Instant::now();
    for (at, text) in messages.iter().enumerate() {
        // Each line says something new, so nothing is known from before.
        let new_text = when_to_use.replace('\n', &format!("\nFor group {at}: "));
        let mut brief = brief(&cut(new_text, 8_000));
        brief.said = vec![Said { seq: 1, by: Speaker::Customer, body: text.clone() }];
        let started = Instant::now();
        std::hint::black_box(engine.decide(&brief).await.expect("the built-in engine always answers"));
        times.push(started.elapsed());
        if began.elapsed() > LINE_MAX {
            break;
        }
    }
    measured(what, &mut times, "")
}

/// Reads an admin's text, as the Edit page does.
fn read(what: &str, text: &str) -> Line {
    let mut times: Vec<Duration> = (0..WARM_UP * 4)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(reading::read(std::hint::black_box(text)));
            started.elapsed()
        })
        .skip(WARM_UP)
        .collect();
    measured(what, &mut times, "")
}

/// What a server holds in memory that has decided once, so that its engine is loaded, and then does nothing.
async fn idle() -> Line {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut server = home::new_server(folder.path(), &[]);
    let http = people::client();
    server.start(&http).await;
    let key = Person::set_up(&server.url()).await.agent().await.agent.widget_key;
    Customer::visit(&http, &server.url(), &key).await.write("first", &message(0, 1)).await;
    tokio::time::sleep(IDLE).await;
    line("idle memory of the server, engine loaded", home::memory(&server), "150 MB, goal 120")
}

fn measured(what: &str, times: &mut [Duration], budget: &'static str) -> Line {
    let shown = |percent, times: &mut [Duration]| format!("{:.2}", percentile(times, percent).as_secs_f64() * 1_000.0);
    let (p50, p99, count) = (shown(50, times), shown(99, times), times.len());
    line(what, format!("p50 {p50} ms, p99 {p99} ms of {count}"), budget)
}

fn brief(when_to_use: &str) -> Brief {
    let gather = vec![field("email", FieldKind::Email), field("order_number", FieldKind::Text)];
    let action =
        HandoffSettings { enabled: true, when_to_use: when_to_use.into(), gather, ..HandoffSettings::default() };
    Brief {
        agent_name: "Ada".into(),
        action,
        said: Vec::new(),
        gathering: Gathering::default(),
        details: Vec::new(),
        locale: "en-GB".into(),
        ..Brief::default()
    }
}

/// A message of 12 words, or several of them joined by one word each: the `at`-th of many thousand.
fn message(at: usize, sentences: usize) -> String {
    const OPENINGS: [&str; 9] = [
        "hi there my",
        "good morning my",
        "excuse me my",
        "please note my",
        "hello again my",
        "well then my",
        "i think my",
        "it seems my",
        "dear team my",
    ];
    const THINGS: [&str; 11] = [
        "blue jacket",
        "coffee grinder",
        "second invoice",
        "parking permit",
        "phone contract",
        "hotel booking",
        "savings account",
        "garden chair",
        "birthday present",
        "train ticket",
        "monthly bill",
    ];
    const EVENTS: [&str; 13] = [
        "has not arrived yet",
        "was charged twice yesterday",
        "shows a strange error",
        "needs a new address",
        "came with a scratch",
        "must be cancelled today",
        "cannot be opened anymore",
        "was sent to nobody",
        "is much too small",
        "got lost in transit",
        "should have been refunded",
        "looks different than shown",
        "expires before the weekend",
    ];
    const ENDINGS: [&str; 7] = [
        "since last tuesday",
        "for my sister",
        "at the airport",
        "without any reason",
        "as you promised",
        "and nobody answers",
        "what happens now",
    ];
    // Numbers without a common divisor: each place is another combination.
    let sentence = |n: usize| {
        let parts = [OPENINGS[n % 9], THINGS[n % 11], EVENTS[n % 13], ENDINGS[n % 7]];
        parts.join(" ")
    };
    let said: Vec<String> = (0..sentences).map(|part| sentence(at * sentences + part)).collect();
    if sentences == 1 { said.concat() } else { format!("{} please", said.join(" and ")) }
}

fn cut(text: String, chars: usize) -> String {
    text.chars().take(chars).collect()
}
