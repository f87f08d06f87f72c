//! A step while it is being made: the next state and its effects, kept in agreement. Every rule changes a
//! conversation through these few operations, so that seqs, epochs and turns can't be forgotten. The rules
//! themselves are not here.

use super::effect::{Audience, ChangeKind, Effect, Notice, NoticeEvent, Step, Timer};
use super::policy::Policy;
use crate::domain::{
    Author, Content, Conversation, Gathering, Lifecycle, Line, NewEntry, Outcome, Owner, ResolvedBy, TeammateId, Turn,
    TurnId,
};

/// The step under construction.
pub(super) struct Draft<'a> {
    /// The state after the step, so far.
    pub next: Conversation,
    pub policy: &'a Policy,
    pub now_ms: i64,
    effects: Vec<Effect>,
}

impl<'a> Draft<'a> {
    pub fn new(conversation: &Conversation, policy: &'a Policy, now_ms: i64) -> Self {
        let next = Conversation { version: conversation.version + 1, updated_at_ms: now_ms, ..conversation.clone() };
        Self { next, policy, now_ms, effects: Vec::new() }
    }

    pub fn finish(self, change: ChangeKind) -> Step {
        Step { next: self.next, effects: self.effects, change }
    }

    /// Adds an effect.
    pub fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Adds an entry at the thread's end and gives its seq.
    pub fn add(&mut self, content: Content, client_id: Option<&str>) -> i64 {
        self.next.last_seq += 1;
        let seq = self.next.last_seq;
        self.push(Effect::AddEntry(NewEntry { seq, content, client_id: client_id.map(str::to_owned) }));
        seq
    }

    /// Adds an event line.
    pub fn line(&mut self, line: Line) {
        self.add(Content::Event { line }, None);
    }

    /// Says something to the customer as Baton itself.
    pub fn notice(&mut self, body: String) {
        self.add(Content::Message { author: Author::System, body }, None);
    }

    /// Says something to the customer as the AI, in the words of the running turn. Comes before any change of
    /// owner: its author carries the epoch of now. What the customer was shown of it already stands at its beginning.
    pub fn ai_message(&mut self, turn_id: TurnId, body: String) {
        let author = Author::Ai { turn_id, epoch: self.next.owner_epoch };
        let body = match self.next.turn.as_mut().map(|turn| std::mem::take(&mut turn.said)) {
            Some(said) if !body.starts_with(&said) => format!("{said}\n\n{body}"),
            _ => body,
        };
        self.add(Content::Message { author, body }, None);
        self.next.ai_turns += 1;
    }

    /// What the customer was shown of an unfinished answer becomes a message: nothing they read goes away.
    pub fn keep_said(&mut self) {
        let shown = self.next.turn.as_ref().filter(|turn| !turn.said.is_empty());
        if let Some((turn_id, said)) = shown.map(|turn| (turn.id.clone(), turn.said.clone())) {
            self.ai_message(turn_id, said);
        }
    }

    /// Changes the owner: a new epoch, and the turn under way is void.
    pub fn give_to(&mut self, owner: Owner) {
        self.keep_said();
        if let Some(turn) = self.next.turn.take() {
            self.push(Effect::VoidTurn { turn_id: turn.id });
        }
        if let Owner::Teammate(id) = &owner {
            self.next.last_teammate_id = Some(id.clone());
        }
        self.next.owner = owner;
        self.next.owner_epoch += 1;
    }

    /// Gives the conversation to the AI with a fresh context.
    pub fn give_to_ai(&mut self) {
        self.give_to(Owner::Ai);
        self.next.gathering = Gathering::default();
        self.next.ai_turns = 0;
        self.next.waiting_since_ms = None;
    }

    /// Opens it, whether it was snoozed or resolved.
    pub fn open(&mut self) {
        self.next.lifecycle = Lifecycle::Open;
        self.next.snoozed_until_ms = None;
        self.next.resolved_by = None;
        self.next.resolved_at_ms = None;
    }

    /// Settles it: nobody owns it and nobody waits.
    pub fn resolve(&mut self, by: ResolvedBy) {
        self.give_to(Owner::None);
        self.next.lifecycle = Lifecycle::Resolved;
        self.next.snoozed_until_ms = None;
        self.next.resolved_by = Some(by);
        self.next.resolved_at_ms = Some(self.now_ms);
        self.next.waiting_since_ms = None;
    }

    /// Whether the customer wrote something that no turn and no teammate has dealt with.
    pub fn is_unanswered(&self) -> bool {
        self.next.customer_seq > self.next.answered_seq
    }

    /// Queues a turn, unless one is under way: a queued turn takes in what is written before it begins, and
    /// after a running one the next is queued when it finishes.
    pub fn queue_turn(&mut self) {
        if self.next.turn.is_some() {
            return;
        }
        self.next.turn_count += 1;
        let turn_id = TurnId::nth(&self.next.id, self.next.turn_count);
        let epoch = self.next.owner_epoch;
        self.next.turn =
            Some(Turn { id: turn_id.clone(), epoch, through_seq: 0, is_running: false, said: String::new() });
        let run_at_ms = self.now_ms + self.policy.limits.burst_ms;
        self.push(Effect::QueueTurn { turn_id, epoch, run_at_ms });
    }

    /// Finishes the running turn: what it was begun for is dealt with.
    pub fn finish_turn(&mut self, outcome: Outcome) {
        if let Some(turn) = self.next.turn.take() {
            self.next.answered_seq = turn.through_seq;
            self.push(Effect::FinishTurn { turn_id: turn.id, outcome });
        }
    }

    /// Tells teammates. The key is the occasion and the event.
    pub fn notify(&mut self, event: NoticeEvent, audience: Audience, except: Option<&TeammateId>, occasion: &str) {
        let key = format!("{occasion}.{}", event.as_str());
        self.push(Effect::Notify(Notice { event, audience, except: except.cloned(), key }));
    }

    /// Makes sure that a waiting customer is not forgotten by the teammate who owns the conversation.
    pub fn watch_teammate(&mut self) {
        let (Some(teammate), Some(waiting_since_ms)) = (self.next.owner.teammate(), self.next.waiting_since_ms) else {
            return;
        };
        let timer = Timer::Absent {
            teammate: teammate.clone(),
            epoch: self.next.owner_epoch,
            waiting_since_ms,
            at_ms: self.now_ms + self.policy.limits.teammate_silent_ms,
        };
        self.push(Effect::SetTimer(timer));
    }
}
