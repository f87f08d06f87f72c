//! The books: what has happened according to the effects, and the invariants read from them.

use crate::engine::Story;
use baton::domain::*;
use baton::handoff::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the effects say has happened.
#[derive(Default)]
pub struct Books {
    last_seq: i64,
    active_turn: Option<TurnId>,
    turns: HashSet<TurnId>,
    /// Through which message each begun turn answers; the last of them.
    through_seq: i64,
    /// Customer messages that no finished turn and no teammate has dealt with.
    unanswered: BTreeSet<i64>,
    /// Which finished turn each customer message belongs to.
    answered_by: BTreeMap<i64, TurnId>,
    open_handoff: Option<HandoffId>,
    is_handoff_waiting: bool,
    handoffs: HashSet<HandoffId>,
    /// Who won the take over under each epoch.
    winners: BTreeMap<i64, TeammateId>,
    /// The customer was told that nobody is free, in this stay in the queue.
    is_told: bool,
}

impl Books {
    pub fn unanswered(&self) -> &BTreeSet<i64> {
        &self.unanswered
    }

    /// Enters a step, and checks that it may follow from what was before.
    pub fn enter(&mut self, before: &Conversation, event: &Event, step: &Step, story: &Story) {
        let next = &step.next;
        assert_eq!(next.version, before.version + 1, "each step raises the version by one");
        assert_eq!(next.updated_at_ms, story.now_ms);
        assert_eq!(next.created_at_ms, before.created_at_ms);
        let has_new_owner = next.owner != before.owner;
        assert_eq!(next.owner_epoch, before.owner_epoch + i64::from(has_new_owner), "an epoch is a change of owner");
        assert!(next.customer_seq >= before.customer_seq && next.answered_seq >= before.answered_seq);
        if has_new_owner || before.lifecycle == Lifecycle::Snoozed {
            self.is_told = false;
        }

        self.keep_shown(before, step);
        let mut has_changed_owner = false;
        for effect in &step.effects {
            match effect {
                Effect::AddEntry(entry) => self.entry(before, entry, has_changed_owner),
                Effect::QueueTurn { turn_id, epoch, run_at_ms } => {
                    assert_eq!(self.active_turn, None, "two turns are never active");
                    assert!(self.turns.insert(turn_id.clone()), "a turn is queued once");
                    assert!(*epoch == next.owner_epoch && *run_at_ms >= story.now_ms);
                    self.active_turn = Some(turn_id.clone());
                }
                Effect::BeginTurn { turn_id, through_seq } => self.begin(turn_id, *through_seq, before),
                Effect::FinishTurn { turn_id, .. } => self.finish(turn_id),
                Effect::VoidTurn { turn_id } => {
                    assert_eq!(self.active_turn.take().as_ref(), Some(turn_id));
                    assert!(has_new_owner, "only a change of owner voids a turn");
                    has_changed_owner = true;
                }
                Effect::OpenHandoff(handoff) => {
                    has_changed_owner = true;
                    self.open(handoff, event, story);
                    assert_eq!((handoff.epoch, &next.owner), (next.owner_epoch, &Owner::Queue));
                }
                Effect::RequeueHandoff { handoff_id } => {
                    has_changed_owner = true;
                    assert_eq!(self.open_handoff.as_ref(), Some(handoff_id));
                    assert!(!self.is_handoff_waiting, "it was with a teammate");
                    self.is_handoff_waiting = true;
                }
                Effect::PickUpHandoff { handoff_id, by } => {
                    assert_eq!(self.open_handoff.as_ref(), Some(handoff_id));
                    assert!(self.is_handoff_waiting, "a handoff is picked up once");
                    assert_eq!(next.owner.teammate(), Some(by));
                    self.is_handoff_waiting = false;
                }
                Effect::EndHandoff { handoff_id, .. } => {
                    assert_eq!(self.open_handoff.take().as_ref(), Some(handoff_id));
                    self.is_handoff_waiting = false;
                }
                Effect::Summarize { handoff_id } => assert_eq!(self.open_handoff.as_ref(), Some(handoff_id)),
                Effect::Notify(_) | Effect::SetTimer(_) => {}
            }
        }
        match event {
            Event::TeammateReplied { .. } | Event::TeammateResolved { .. } => self.unanswered.clear(),
            Event::TeammateTookOver { teammate, epoch } => {
                assert_eq!(*epoch, before.owner_epoch);
                assert_eq!(self.winners.insert(*epoch, teammate.clone()), None, "one wins under an epoch (I6)");
            }
            Event::PickUpOverdue { stage: PickUpStage::TellCustomer, .. } => self.is_told = true,
            _ => {}
        }
    }

    /// What the customer was shown of an answer only grows, and stands at the beginning of what is stored, whoever
    /// ends the turn.
    fn keep_shown(&self, before: &Conversation, step: &Step) {
        let Some(shown) = before.turn.as_ref().filter(|turn| !turn.said.is_empty()) else { return };
        if let Some(turn) = step.next.turn.as_ref().filter(|turn| turn.id == shown.id) {
            assert!(turn.said.starts_with(&shown.said), "what was shown is taken back");
            return;
        }
        let stored = step.effects.iter().filter_map(|effect| match effect {
            Effect::AddEntry(NewEntry {
                content: Content::Message { author: Author::Ai { turn_id, .. }, body },
                ..
            }) => Some((turn_id, body)),
            _ => None,
        });
        let stored: Vec<_> = stored.collect();
        assert_eq!(stored.len(), 1, "a turn that showed something ends with one message");
        assert_eq!(stored[0].0, &shown.id);
        assert!(stored[0].1.starts_with(&shown.said), "what was shown is stored");
    }

    fn entry(&mut self, before: &Conversation, entry: &NewEntry, has_changed_owner: bool) {
        assert_eq!(entry.seq, self.last_seq + 1, "seqs have no gaps");
        self.last_seq = entry.seq;
        match &entry.content {
            Content::Message { author: Author::Customer, .. } => {
                self.unanswered.insert(entry.seq);
            }
            Content::Message { author: Author::Ai { turn_id, epoch }, .. } => {
                assert!(!has_changed_owner, "the AI speaks before it gives the conversation away (I3)");
                assert_eq!((&before.owner, before.owner_epoch), (&Owner::Ai, *epoch), "only an owner speaks (I3)");
                assert_eq!(self.active_turn.as_ref(), Some(turn_id), "only the active turn speaks (I3)");
                assert!(before.turn.as_ref().is_some_and(|turn| turn.is_running));
            }
            _ => {}
        }
    }

    fn begin(&mut self, turn_id: &TurnId, through_seq: i64, before: &Conversation) {
        assert_eq!(self.active_turn.as_ref(), Some(turn_id));
        assert_eq!(through_seq, before.customer_seq, "a turn answers everything written until it begins");
        assert!(through_seq >= self.through_seq, "turns go forward");
        self.through_seq = through_seq;
    }

    fn finish(&mut self, turn_id: &TurnId) {
        assert_eq!(self.active_turn.take().as_ref(), Some(turn_id));
        let later = self.unanswered.split_off(&(self.through_seq + 1));
        let answered = std::mem::replace(&mut self.unanswered, later);
        assert!(!answered.is_empty(), "a turn answers something");
        for seq in answered {
            assert_eq!(self.answered_by.insert(seq, turn_id.clone()), None, "one turn answers a message (I2)");
        }
    }

    fn open(&mut self, handoff: &NewHandoff, event: &Event, story: &Story) {
        assert_eq!(self.open_handoff, None, "one handoff is open (I4)");
        assert!(self.handoffs.insert(handoff.id.clone()), "a handoff is opened once");
        assert_eq!(handoff.after_seq, self.last_seq, "the marker stands where it happened");
        self.open_handoff = Some(handoff.id.clone());
        self.is_handoff_waiting = true;
        let action = &story.policy.action;
        let is_of_ai = matches!(event, Event::AiHandsOff { .. } | Event::AiFailed { .. });
        assert!(action.enabled || !is_of_ai, "the AI hands off only through an enabled action (I5)");
        assert!(action.auto_priority || handoff.priority.is_none());
        for name in action.required_names().filter(|_| action.enabled) {
            let is_gathered = handoff.gathered.iter().any(|value| value.name == name);
            let has_reason = handoff.missing.iter().any(|missing| missing.name == name);
            assert!(is_gathered || has_reason, "{name} is gathered or its absence explained (I5)");
        }
    }

    /// Checks that the state agrees with the books, and that nobody is stranded.
    pub fn check(&self, now: &Conversation, pending: &[Timer]) {
        assert_eq!(now.last_seq, self.last_seq);
        assert_eq!(now.turn.as_ref().map(|turn| &turn.id), self.active_turn.as_ref());
        assert_eq!(now.handoff_id, self.open_handoff, "the open handoff (I4)");
        assert_eq!(now.owner == Owner::Queue, self.is_handoff_waiting, "the queue is a handoff that waits");
        assert_eq!(now.owner == Owner::None, now.lifecycle == Lifecycle::Resolved, "resolved is owned by nobody");
        assert_eq!(now.lifecycle == Lifecycle::Snoozed, now.snoozed_until_ms.is_some());
        assert_eq!(now.lifecycle == Lifecycle::Resolved, now.resolved_by.is_some() && now.resolved_at_ms.is_some());
        assert!(now.turn.is_none() || now.owner == Owner::Ai, "only an owner has turns");
        assert!(now.turn.as_ref().is_none_or(|turn| turn.epoch == now.owner_epoch));
        assert!(now.handoff_id.is_none() || matches!(now.owner, Owner::Queue | Owner::Teammate(_)));
        let has_unanswered = now.customer_seq > now.answered_seq;
        assert_eq!(has_unanswered, !self.unanswered.is_empty(), "the engine knows what is unanswered");
        self.check_nobody_stranded(now, has_unanswered, pending);
    }

    fn check_nobody_stranded(&self, now: &Conversation, has_unanswered: bool, pending: &[Timer]) {
        let is_pending = |wanted: &dyn Fn(&Timer) -> bool| pending.iter().any(wanted);
        let is_awake = now.lifecycle == Lifecycle::Open;
        if let Some(until) = now.snoozed_until_ms {
            assert!(is_pending(&|t| matches!(t, Timer::Snooze { until_ms } if *until_ms == until)), "a snooze ends");
        }
        match &now.owner {
            Owner::Ai => {
                assert_eq!(
                    has_unanswered,
                    now.turn.is_some(),
                    "a turn is active if and only if there is something to answer"
                );
                assert_eq!(now.waiting_since_ms, None);
            }
            Owner::Queue => {
                assert!(now.waiting_since_ms.is_some(), "somebody waits in the queue");
                let tells = |t: &Timer| matches!(t, Timer::PickUp { epoch, stage: PickUpStage::TellCustomer, .. } if *epoch == now.owner_epoch);
                assert!(!is_awake || self.is_told || is_pending(&tells), "the customer hears if nobody comes");
            }
            Owner::Teammate(owner) => {
                assert!(now.waiting_since_ms.is_some() || !has_unanswered, "an unanswered customer waits");
                assert_eq!(now.last_teammate_id.as_ref(), Some(owner));
                let watched = |t: &Timer| {
                    matches!(t, Timer::Absent { teammate, epoch, waiting_since_ms, .. }
                        if teammate == owner && *epoch == now.owner_epoch && Some(*waiting_since_ms) == now.waiting_since_ms)
                };
                let waits = is_awake && now.waiting_since_ms.is_some();
                assert!(!waits || is_pending(&watched), "a silent teammate is noticed");
            }
            Owner::None => {
                assert!(!has_unanswered && now.waiting_since_ms.is_none(), "a resolved conversation owes nothing");
            }
        }
    }
}
