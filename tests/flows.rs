//! The desk with a real database, a real job runner and an engine that does as it is told: what happens when the AI
//! fails, hangs, comes too late or asks for what it may not.

#[path = "support/database.rs"]
mod database;
#[path = "support/office.rs"]
mod office;

use baton::ai::knowledge::Found;
use baton::ai::{Brief, Decided, Engine, Error as AiError, Proposal, Silenced, Unheard, Voice};
use baton::desk::NewTeammate;
use baton::domain::{
    Author, Content, DecisionRecord, Handoff, HandoffKind, HandoffReason, HandoffSettings, Outcome, Owner, Role,
    Summary,
};
use baton::handoff::Limits;
use baton::wire::conversation::Thread;
use baton::wire::reading::{Decision, Explained, TextReading};
use office::{Office, PATIENCE, no_burst, said_by_ai};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

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
    /// Shows the beginning of an answer, then waits for leave to go on with it.
    Write {
        first: &'static str,
        leave: Arc<Notify>,
        then: &'static str,
        hears: Arc<Mutex<Vec<Result<(), Silenced>>>>,
    },
}

#[derive(Default)]
struct Scripted(Mutex<VecDeque<Move>>);

#[async_trait::async_trait]
impl Engine for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    async fn decide(&self, brief: &Brief) -> Result<Decided, AiError> {
        self.decide_aloud(brief, &Unheard).await
    }

    async fn decide_aloud(&self, _brief: &Brief, voice: &dyn Voice) -> Result<Decided, AiError> {
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
            Move::Write { first, leave, then, hears } => {
                let heard = voice.say(first).await;
                hears.lock().unwrap().push(heard);
                leave.notified().await;
                let whole = format!("{first} {then}");
                let heard = voice.say(&whole).await;
                hears.lock().unwrap().push(heard);
                Ok(reply(Box::leak(whole.into_boxed_str())))
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

impl Office<Scripted> {
    fn script(&self, moves: impl IntoIterator<Item = Move>) {
        self.engine.0.lock().unwrap().extend(moves);
    }
}

async fn open(enabled: bool, limits: Limits) -> Office<Scripted> {
    Office::open(Arc::default(), HandoffSettings { enabled, ..HandoffSettings::default() }, limits).await
}

fn is_settled(thread: &Thread) -> bool {
    !thread.head.is_ai_thinking
}

#[tokio::test]
async fn a_failing_engine_leads_to_a_person() {
    let office = open(true, no_burst()).await;
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
    let office = open(false, no_burst()).await;
    office.script([Move::Fail]);
    let id = office.write("m1", "Where is my parcel?").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(thread.head.owner, Owner::Ai);
    assert!(thread.handoffs.is_empty());
    office.close().await;
}

#[tokio::test]
async fn an_engine_that_hangs_leads_to_a_person_within_20_seconds() {
    let office = open(true, no_burst()).await;
    office.script([Move::Hang]);
    let began = Instant::now();
    let id = office.write("m1", "Where is my parcel?").await;
    office.until(&id, "handed off", |thread| thread.head.owner == Owner::Queue).await;
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    office.close().await;
}

#[tokio::test]
async fn a_proposal_to_hand_off_with_a_disabled_action_never_hands_off() {
    let office = open(false, no_burst()).await;
    office.script([Move::HandOff]);
    let id = office.write("m1", "My invoice is wrong").await;
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(thread.head.owner, Owner::Ai);
    assert!(thread.handoffs.is_empty());
    office.close().await;
}

#[tokio::test]
async fn after_a_take_over_the_ai_that_was_thinking_says_nothing() {
    let office = open(true, no_burst()).await;
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
    let office = open(true, Limits { burst_ms: 1_500, ..Limits::default() }).await;
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
    let office = open(true, no_burst()).await;
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
    let mut office = open(true, no_burst()).await;
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
    let office = open(true, limits).await;
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

fn written(leave: &Arc<Notify>, hears: &Arc<Mutex<Vec<Result<(), Silenced>>>>) -> Move {
    let (leave, hears) = (leave.clone(), hears.clone());
    Move::Write { first: "It left our house.", leave, then: "It arrives tomorrow.", hears }
}

#[tokio::test]
async fn an_answer_is_shown_while_it_is_written_and_stored_as_it_was_shown() {
    let office = open(true, no_burst()).await;
    let (leave, hears) = (Arc::new(Notify::new()), Arc::default());
    office.script([written(&leave, &hears)]);
    let id = office.write("m1", "Where is my parcel?").await;
    office.until(&id, "shown", |thread| thread.head.ai_writing == "It left our house.").await;
    let (entries, state) = office.desk.customer_news(&office.customer, &id, 0).await.unwrap();
    assert_eq!((entries.len(), state.writing.as_str()), (1, "It left our house."), "the customer reads it too");
    leave.notify_one();
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    assert_eq!(said_by_ai(&thread.entries), ["It left our house. It arrives tomorrow."]);
    assert_eq!(thread.head.ai_writing, "");
    assert_eq!(*hears.lock().unwrap(), [Ok(()), Ok(())]);
    office.close().await;
}

#[tokio::test]
async fn a_take_over_stops_an_answer_and_keeps_what_was_shown_of_it() {
    let office = open(true, no_burst()).await;
    let (leave, hears) = (Arc::new(Notify::new()), Arc::default());
    office.script([written(&leave, &hears)]);
    let id = office.write("m1", "Where is my parcel?").await;
    let thread = office.until(&id, "shown", |thread| !thread.head.ai_writing.is_empty()).await;
    office.desk.take_over(&office.owner, &id, thread.head.owner_epoch).await.unwrap();
    leave.notify_one();
    let reply = office.desk.reply(&office.owner, &id, "r1", "I'll look for it.").await.unwrap();
    // The next answer comes after the late words were dropped: one script, one engine.
    office.desk.return_to_ai(&office.owner, &id).await.unwrap();
    office.write("m2", "Thanks, and another thing?").await;
    let thread = office.until(&id, "answered again", |thread| said_by_ai(&thread.entries).len() > 1).await;
    assert_eq!(said_by_ai(&thread.entries), ["It left our house.", "I have nothing more to say."]);
    assert_eq!(*hears.lock().unwrap(), [Ok(()), Err(Silenced)]);
    let place = |wanted: &str| {
        thread
            .entries
            .iter()
            .position(|entry| matches!(&entry.content, Content::Message { body, .. } if body == wanted))
    };
    assert!(place("It left our house.") < place("I'll look for it."));
    assert!(thread.entries.iter().any(|stored| stored.id == reply.id));
    office.close().await;
}

#[tokio::test]
async fn an_answer_whose_writer_died_keeps_what_was_shown_and_comes_to_an_honest_end() {
    let mut office = open(true, no_burst()).await;
    let (leave, hears) = (Arc::new(Notify::new()), Arc::default());
    office.script([written(&leave, &hears)]);
    let id = office.write("m1", "Where is my parcel?").await;
    office.until(&id, "shown", |thread| !thread.head.ai_writing.is_empty()).await;
    office.workers.pop().unwrap().abort();
    office.start_work(office.stop.clone());
    let thread = office.until(&id, "answered", |thread| !said_by_ai(&thread.entries).is_empty()).await;
    let [said] = said_by_ai(&thread.entries)[..] else { panic!("one message: {:?}", thread.entries) };
    assert!(said.starts_with("It left our house.\n\n") && said.contains("person"), "{said}");
    assert!(is_settled(&thread));
    office.close().await;
}
