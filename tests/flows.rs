//! The desk with a real database, a real job runner and an engine that does as it is told: what happens when the AI
//! fails, hangs, comes too late or asks for what it may not.

#[path = "support/database.rs"]
mod database;

use baton::ai::knowledge::Found;
use baton::ai::meaning::Encoder;
use baton::ai::{Brief, Decided, Engine, Error as AiError, Proposal};
use baton::desk::{Customer, Desk, NewTeammate, OpenWidget, Parts, RandomIds, SetUp, SystemClock};
use baton::domain::{
    Author, Content, ConversationId, DecisionRecord, Entry, Handoff, HandoffKind, HandoffReason, HandoffSettings,
    Outcome, Owner, Role, Summary, Teammate,
};
use baton::handoff::Limits;
use baton::live::Live;
use baton::wire::action::Saved;
use baton::wire::conversation::Thread;
use baton::wire::reading::{Decision, Explained, TextReading};
use baton::work;
use database::TestDatabase;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(25);

/// What the scripted engine does in one turn.
enum Move {
    Reply(&'static str),
    HandOff,
    Fail,
    Hang,
    /// Says that it thinks, then waits for leave to answer.
    Wait {
        thinks: Arc<Notify>,
        leave: Arc<Notify>,
        then: &'static str,
    },
}

#[derive(Default)]
struct Scripted(Mutex<VecDeque<Move>>);

#[async_trait::async_trait]
impl Engine for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    async fn decide(&self, _brief: &Brief) -> Result<Decided, AiError> {
        let next = self.0.lock().unwrap().pop_front();
        match next.unwrap_or(Move::Reply("I have nothing more to say.")) {
            Move::Reply(body) => Ok(reply(body)),
            Move::HandOff => Ok(decided(Proposal::HandOff {
                reason: HandoffReason {
                    kind: HandoffKind::Condition,
                    reason: "The customer has a billing issue.".into(),
                    rule: None,
                    quote: None,
                    quote_seq: None,
                },
                gathered: Vec::new(),
                missing: Vec::new(),
                priority: None,
                words: String::new(),
            })),
            Move::Fail => Err(AiError::Failed("out of order".into())),
            Move::Hang => std::future::pending().await,
            Move::Wait { thinks, leave, then } => {
                thinks.notify_one();
                leave.notified().await;
                Ok(reply(then))
            }
        }
    }

    async fn summarize(&self, brief: &Brief, _handoff: &Handoff) -> Result<Summary, AiError> {
        let through_seq = brief.said.last().map_or(0, |said| said.seq);
        let mood = "Calm".into();
        Ok(Summary { wants: Vec::new(), tried: Vec::new(), mood, next_step: "Answer.".into(), through_seq })
    }

    fn read(&self, _when_to_use: &str) -> TextReading {
        TextReading::default()
    }

    async fn explain(&self, _: &HandoffSettings, _message: &str, _: &[Found]) -> Result<Explained, AiError> {
        Err(AiError::Failed("nothing is tried in these tests".into()))
    }

    async fn check_examples(&self, _settings: &HandoffSettings) -> Result<Vec<Decision>, AiError> {
        Err(AiError::Failed("nothing is tried in these tests".into()))
    }
}

fn reply(body: &str) -> Decided {
    decided(Proposal::Reply { body: body.into(), gathered: Vec::new() })
}

fn decided(proposal: Proposal) -> Decided {
    Decided::new(proposal, DecisionRecord::new(Outcome::Replied, "scripted"))
}

struct Office {
    desk: Desk,
    engine: Arc<Scripted>,
    owner: Teammate,
    customer: Customer,
    stop: CancellationToken,
    workers: Vec<JoinHandle<()>>,
    _database: TestDatabase,
}

impl Office {
    async fn open(enabled: bool, limits: Limits) -> Self {
        let database = TestDatabase::sqlite().await;
        let live = Live::new(database.db.clone());
        let engine = Arc::new(Scripted::default());
        let desk = Desk::new(Parts {
            db: database.db.clone(),
            live: live.clone(),
            ai: engine.clone(),
            encoder: Encoder::none(),
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
            limits,
            setup_token: None,
            public_url: "http://127.0.0.1:3000".into(),
            seal: baton::desk::Seal::new("a secret of the tests"),
            secure_cookies: false,
        });
        let stop = CancellationToken::new();
        let pump = tokio::spawn({
            let stop = stop.clone();
            async move { live.run(stop).await }
        });
        let form = SetUp {
            workspace_name: "Tides & Co".into(),
            name: "Olga Owner".into(),
            email: "olga@example.com".into(),
            password: "correct horse battery staple".into(),
            agent_name: "Ada".into(),
            token: String::new(),
        };
        let signed_in = desk.set_up(form).await.unwrap();
        let owner = desk.session(&signed_in.token).await.unwrap().unwrap();
        let settings = HandoffSettings { enabled, ..HandoffSettings::default() };
        let version = desk.load_handoff(&owner, &signed_in.agent_id).await.unwrap().version;
        let saved = desk.save_handoff(&owner, &signed_in.agent_id, settings, version).await.unwrap();
        assert!(matches!(saved, Saved::Version(_)));
        let agent_key = desk.load_dashboard(&owner, &signed_in.agent_id).await.unwrap().agent.widget_key;
        let open = OpenWidget { agent_key, token: None, locale: "en".into(), page_url: "https://example.com/".into() };
        let session = desk.open_widget(open).await.unwrap();
        let customer = desk.customer(&session.token).await.unwrap();
        let mut office = Self { desk, engine, owner, customer, stop, workers: vec![pump], _database: database };
        office.start_work(office.stop.clone());
        office
    }

    fn start_work(&mut self, stop: CancellationToken) {
        let desk = self.desk.clone();
        self.workers.push(tokio::spawn(async move { work::run(desk, 4, true, stop).await.unwrap() }));
    }

    fn script(&self, moves: impl IntoIterator<Item = Move>) {
        self.engine.0.lock().unwrap().extend(moves);
    }

    async fn write(&self, client_id: &str, body: &str) -> ConversationId {
        self.desk.receive(&self.customer, client_id, body).await.unwrap().conversation_id
    }

    /// The thread as soon as it is as expected. Woken by changes, not by time.
    async fn until(&self, id: &ConversationId, what: &str, is_so: impl Fn(&Thread) -> bool) -> Thread {
        let mut changes = self.desk.live.subscribe();
        let began = Instant::now();
        loop {
            let thread = self.desk.load_thread(&self.owner, id, None).await.unwrap();
            if is_so(&thread) {
                return thread;
            }
            let left = PATIENCE.checked_sub(began.elapsed()).unwrap_or_else(|| panic!("not {what}: {thread:#?}"));
            let _lagged_or_timed_out = tokio::time::timeout(left, changes.recv()).await;
        }
    }

    async fn close(self) {
        self.stop.cancel();
        for worker in self.workers {
            worker.await.unwrap();
        }
    }
}

fn no_burst() -> Limits {
    Limits { burst_ms: 0, ..Limits::default() }
}

fn said_by_ai(entries: &[Entry]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Message { author: Author::Ai { .. }, body } => Some(body.as_str()),
            _ => None,
        })
        .collect()
}

fn is_settled(thread: &Thread) -> bool {
    !thread.head.is_ai_thinking
}

#[tokio::test]
async fn a_failing_engine_leads_to_a_person() {
    let office = Office::open(true, no_burst()).await;
    office.script([Move::Fail]);
    let id = office.write("m1", "Where is my parcel?").await;
    let thread = office.until(&id, "handed off", |thread| thread.head.owner == Owner::Queue).await;
    assert_eq!(thread.handoffs[0].reason.kind, HandoffKind::Failure);
    office.until(&id, "summarised", |thread| thread.handoffs[0].summary.is_some()).await;
    assert_eq!(office.desk.count_conversations(&office.owner).await.unwrap().needs_intervention, 1);
    office.close().await;
}

#[tokio::test]
async fn a_failing_engine_with_a_disabled_action_leads_to_an_honest_word() {
    let office = Office::open(false, no_burst()).await;
    office.script([Move::Fail]);
    let id = office.write("m1", "Where is my parcel?").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(thread.head.owner, Owner::Ai);
    assert!(thread.handoffs.is_empty());
    office.close().await;
}

#[tokio::test]
async fn an_engine_that_hangs_leads_to_a_person_within_20_seconds() {
    let office = Office::open(true, no_burst()).await;
    office.script([Move::Hang]);
    let began = Instant::now();
    let id = office.write("m1", "Where is my parcel?").await;
    office.until(&id, "handed off", |thread| thread.head.owner == Owner::Queue).await;
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    office.close().await;
}

#[tokio::test]
async fn a_proposal_to_hand_off_with_a_disabled_action_never_hands_off() {
    let office = Office::open(false, no_burst()).await;
    office.script([Move::HandOff]);
    let id = office.write("m1", "My invoice is wrong").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(thread.head.owner, Owner::Ai);
    assert!(thread.handoffs.is_empty());
    office.close().await;
}

#[tokio::test]
async fn after_a_take_over_the_ai_that_was_thinking_says_nothing() {
    let office = Office::open(true, no_burst()).await;
    let (thinks, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    office.script([Move::Wait { thinks: thinks.clone(), leave: leave.clone(), then: "Too late." }]);
    let id = office.write("m1", "Where is my parcel?").await;
    thinks.notified().await;
    let epoch = office.desk.load_thread(&office.owner, &id, None).await.unwrap().head.owner_epoch;
    office.desk.take_over(&office.owner, &id, epoch).await.unwrap();
    leave.notify_one();
    // The next conversation is answered only after the late words were dropped: one script, one engine.
    let entry = office.desk.reply(&office.owner, &id, "r1", "I'll look for it.").await.unwrap();
    office.desk.return_to_ai(&office.owner, &id).await.unwrap();
    office.write("m2", "Thanks, and another thing?").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(said_by_ai(&thread.entries), ["I have nothing more to say."]);
    assert!(thread.entries.iter().any(|stored| stored.id == entry.id));
    office.close().await;
}

#[tokio::test]
async fn messages_in_a_burst_share_one_turn() {
    let office = Office::open(true, Limits { burst_ms: 1_500, ..Limits::default() }).await;
    office.script([Move::Reply("One answer for both.")]);
    let id = office.write("m1", "Hello").await;
    office.write("m2", "Where is my parcel?").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    let turns: Vec<_> = thread.entries.iter().filter(|e| e.client_id.is_some()).map(|e| e.turn_id.clone()).collect();
    assert_eq!(turns.len(), 2);
    assert!(turns[0].is_some() && turns[0] == turns[1], "{turns:?}");
    assert!(is_settled(&thread));
    office.close().await;
}

#[tokio::test]
async fn a_message_during_a_turn_is_answered_by_the_next() {
    let office = Office::open(true, no_burst()).await;
    let (thinks, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    office.script([
        Move::Wait { thinks: thinks.clone(), leave: leave.clone(), then: "First answer." },
        Move::Reply("Second answer."),
    ]);
    let id = office.write("m1", "Hello").await;
    thinks.notified().await;
    office.write("m2", "Where is my parcel?").await;
    leave.notify_one();
    let thread = office.until(&id, "answered twice", |thread| said_by_ai(&thread.entries).len() == 2).await;
    assert_eq!(said_by_ai(&thread.entries), ["First answer.", "Second answer."]);
    office.close().await;
}

#[tokio::test]
async fn a_turn_that_a_stop_interrupts_is_finished_by_the_next_runner() {
    let mut office = Office::open(true, no_burst()).await;
    let (thinks, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    office.script([
        Move::Wait { thinks: thinks.clone(), leave, then: "Never said." },
        Move::Reply("Said by the next runner."),
    ]);
    let id = office.write("m1", "Hello").await;
    thinks.notified().await;
    // As a kill would: the runner's task is gone between two steps, its job still looks taken.
    office.workers.pop().unwrap().abort();
    office.start_work(office.stop.clone());
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(said_by_ai(&thread.entries), ["Said by the next runner."]);
    office.close().await;
}

#[tokio::test]
async fn a_handoff_that_nobody_picks_up_is_reminded_widened_and_the_customer_told() {
    let limits = Limits {
        burst_ms: 0,
        pick_up_remind_ms: 100,
        pick_up_widen_ms: 200,
        pick_up_tell_ms: 300,
        ..Limits::default()
    };
    let office = Office::open(true, limits).await;
    let second = NewTeammate {
        name: "Tom".into(),
        email: "tom@example.com".into(),
        password: "another horse battery staple".into(),
        role: Role::Teammate,
    };
    let tom = office.desk.create_teammate(second).await.unwrap();
    office.script([Move::HandOff]);
    let id = office.write("m1", "My invoice is wrong").await;
    let told = |thread: &Thread| {
        thread.entries.iter().any(|e| matches!(&e.content, Content::Message { author: Author::System, .. }))
    };
    office.until(&id, "told", told).await;
    let mut events = Vec::new();
    while events.len() < 3 {
        // The notices are jobs of their own and follow shortly; each is announced as a change.
        let mut changes = office.desk.live.subscribe();
        events = office.desk.list_unseen_notifications(&tom).await.unwrap();
        if events.len() < 3 {
            tokio::time::timeout(PATIENCE, changes.recv()).await.expect("a notice is announced").unwrap();
        }
    }
    let events: Vec<String> = events.into_iter().rev().map(|notification| notification.event).collect();
    assert_eq!(events, ["needs_intervention", "not_picked_up", "not_picked_up_widened"]);
    office.close().await;
}
