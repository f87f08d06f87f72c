//! The world around a conversation, and the ledger that is kept of it from the effects alone: which turns are
//! active, who answered which message, whether a handoff is open, which timers are pending. The engine's
//! state must agree with it after every step.

mod books;

use crate::act::{Act, Change, Words};
use crate::engine::{MINUTE_MS, Story, ann, ben, missing, reason, value};
use baton::domain::*;
use baton::handoff::*;
use books::Books;
use std::collections::HashSet;

/// A conversation, everybody around it, and the books.
pub struct World {
    pub story: Story,
    books: Books,
    /// The owner epoch each teammate saw when they last looked.
    seen: [i64; 2],
    /// Every turn ever queued, with its epoch, oldest first.
    queued: Vec<(TurnId, i64)>,
    /// Every turn ever begun, with the epoch its worker carries, oldest first.
    claims: Vec<(TurnId, i64)>,
    pending: Vec<Timer>,
    gone_off: Vec<Timer>,
    timer_keys: HashSet<String>,
}

impl World {
    pub fn new() -> Self {
        Self {
            story: Story::new(),
            books: Books::default(),
            seen: [1; 2],
            queued: Vec::new(),
            claims: Vec::new(),
            pending: Vec::new(),
            gone_off: Vec::new(),
            timer_keys: HashSet::new(),
        }
    }

    /// Lets an act happen, if there is anything for it to act on.
    pub fn live(&mut self, act: &Act) {
        match act {
            Act::Looks { who } => self.seen[*who] = self.story.epoch(),
            Act::TimePasses { minutes } => self.story.now_ms += minutes * MINUTE_MS,
            Act::Changes(change) => self.change(*change),
            Act::TimerGoesOff { index } if !self.pending.is_empty() => {
                let timer = self.pending.remove(index % self.pending.len());
                self.story.now_ms = self.story.now_ms.max(timer.at_ms());
                self.gone_off.push(timer.clone());
                let _ = self.happens(&event_of(&timer));
            }
            Act::TimerAgain { index } if !self.gone_off.is_empty() => {
                let timer = self.gone_off[index % self.gone_off.len()].clone();
                let _ = self.happens(&event_of(&timer));
            }
            _ => {
                if let Some(event) = self.event(act) {
                    let _ = self.happens(&event);
                }
            }
        }
    }

    /// Lets an event happen, and checks everything that must hold then.
    pub fn happens(&mut self, event: &Event) -> Result<Step, Refused> {
        let before = self.story.conversation.clone();
        let result = self.story.try_step(event);
        match &result {
            Ok(step) => {
                self.keep(step);
                self.books.enter(&before, event, step, &self.story);
                self.books.check(&step.next, &self.pending);
            }
            Err(_) => assert_eq!(self.story.conversation, before, "a refusal changes nothing"),
        }
        result
    }

    /// Lets the workers finish whatever there is to do.
    pub fn catch_up(&mut self) {
        for _ in 0..10 {
            let Some(turn) = self.story.conversation.turn.clone() else { return };
            let began = Event::TurnBegan { turn_id: turn.id };
            self.happens(&began).expect("the active turn can begin");
            let replied = self.story.replied_ai();
            self.happens(&replied).expect("the running turn can speak");
        }
        panic!("the AI never comes to an end");
    }

    /// Every message is dealt with, or a person owes the answer.
    pub fn assert_all_heard(&self) {
        let now = &self.story.conversation;
        let is_with_people = matches!(now.owner, Owner::Queue | Owner::Teammate(_));
        assert!(self.books.unanswered().is_empty() || is_with_people, "unanswered: {:?}", self.books.unanswered());
    }

    /// Every turn ever queued, with its epoch.
    pub fn every_claim(&self) -> Vec<(TurnId, i64)> {
        self.queued.clone()
    }

    fn keep(&mut self, step: &Step) {
        for effect in &step.effects {
            match effect {
                Effect::QueueTurn { turn_id, epoch, .. } => self.queued.push((turn_id.clone(), *epoch)),
                Effect::BeginTurn { turn_id, .. } => {
                    let (_, epoch) = self.queued.iter().find(|(id, _)| id == turn_id).expect("was queued");
                    self.claims.push((turn_id.clone(), *epoch));
                }
                Effect::SetTimer(timer) => {
                    assert!(timer.at_ms() > self.story.now_ms, "a timer lies ahead");
                    // The store sets a timer of the same key once, whether it is pending or done.
                    if self.timer_keys.insert(timer.key(&self.story.conversation.id)) {
                        self.pending.push(timer.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn event(&mut self, act: &Act) -> Option<Event> {
        let who = |index: usize| [ann(), ben()][index].clone();
        Some(match act {
            Act::CustomerWrites => self.story.wrote(),
            Act::CustomerPressesButton => Event::CustomerAskedForPerson,
            Act::WorkerBegins { back } => Event::TurnBegan { turn_id: nth_back(&self.queued, *back)?.0 },
            Act::WorkerSpeaks { back, words } => self.words(nth_back(&self.claims, *back)?, *words),
            Act::TakesOver { who: i } => Event::TeammateTookOver { teammate: who(*i), epoch: self.seen[*i] },
            Act::Replies { who: i } => self.story.replied(who(*i)),
            Act::Notes { who: i } => {
                Event::TeammateNoted { teammate: who(*i), body: "Hm.".into(), client_id: self.story.client_id() }
            }
            Act::HandsToTeam { who: i } => {
                Event::TeammateHandedToTeam { teammate: who(*i), reason: "Not mine.".into() }
            }
            Act::Assigns { by, to } => Event::TeammateAssigned { by: who(*by), to: who(*to) },
            Act::ReturnsToAi { who: i } => Event::TeammateReturnedToAi { teammate: who(*i) },
            Act::Resolves { who: i } => Event::TeammateResolved { teammate: who(*i) },
            Act::Reopens { who: i } => Event::TeammateReopened { teammate: who(*i) },
            Act::Snoozes { who: i, minutes } => {
                let until_ms = self.story.now_ms + minutes * MINUTE_MS;
                Event::TeammateSnoozed { teammate: who(*i), until_ms }
            }
            Act::SetsPriority { who: i } => {
                Event::TeammateSetPriority { teammate: who(*i), priority: Some(Priority::High) }
            }
            Act::Looks { .. }
            | Act::TimePasses { .. }
            | Act::Changes(_)
            | Act::TimerGoesOff { .. }
            | Act::TimerAgain { .. } => return None,
        })
    }

    fn words(&self, (turn_id, epoch): (TurnId, i64), words: Words) -> Event {
        let body = "Let me see.".to_owned();
        let gathered = self.story.conversation.gathering.values.clone();
        match words {
            Words::Write => {
                let said = self.story.conversation.turn.as_ref().map_or("", |turn| turn.said.as_str());
                Event::AiWrote { turn_id, epoch, so_far: format!("{said}Let me. ") }
            }
            Words::Reply => Event::AiReplied { turn_id, epoch, body, gathered },
            Words::Ask => Event::AiAskedFor {
                turn_id,
                epoch,
                name: "order_number".into(),
                body,
                wanted: reason(HandoffKind::Condition),
                gathered,
                refused: vec![],
            },
            Words::HandOff { has_value, has_reason } => Event::AiHandsOff {
                turn_id,
                epoch,
                reason: reason(HandoffKind::AskedForPerson),
                gathered: if has_value { vec![value("order_number", "A-17")] } else { gathered },
                missing: has_reason.then(|| missing("order_number", MissingBecause::Insisted)).into_iter().collect(),
                priority: Some(PriorityWithReason { priority: Priority::Urgent, reason: "Angry.".into() }),
                words: String::new(),
            },
            Words::Fail => Event::AiFailed { turn_id, epoch, error: "timed out".into() },
            Words::Resolve => Event::AiResolved { turn_id, epoch, body },
        }
    }

    fn change(&mut self, change: Change) {
        let policy = &mut self.story.policy;
        let flip = |flag: &mut bool| *flag = !*flag;
        match change {
            Change::Enabled => flip(&mut policy.action.enabled),
            Change::Required => flip(&mut policy.action.gather[0].required),
            Change::Button => flip(&mut policy.action.person_button),
            Change::AutoPriority => flip(&mut policy.action.auto_priority),
            Change::Questions => policy.action.questions_max = (policy.action.questions_max + 1) % 4,
            Change::Online => flip(&mut policy.facts.is_anyone_online),
            Change::LastTeammateOnline => flip(&mut policy.is_last_teammate_online),
            Change::AiCanAnswer => flip(&mut policy.can_ai_answer),
        }
    }
}

/// What a timer brings back.
fn event_of(timer: &Timer) -> Event {
    match timer.clone() {
        Timer::PickUp { epoch, stage, .. } => Event::PickUpOverdue { epoch, stage },
        Timer::Absent { teammate, epoch, waiting_since_ms, .. } => {
            Event::TeammateAbsent { teammate, epoch, waiting_since_ms }
        }
        Timer::Snooze { until_ms } => Event::SnoozeElapsed { until_ms },
    }
}

fn nth_back<T: Clone>(all: &[T], back: usize) -> Option<T> {
    all.iter().rev().nth(back).cloned()
}
