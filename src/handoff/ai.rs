//! What a turn of the AI leads to. A turn's words count only while it is the conversation's running turn,
//! under the epoch it began in (I3); everything else is [`Refused::StaleTurn`].

use super::draft::Draft;
use super::effect::{ChangeKind, Effect, NoticeEvent};
use super::promise;
use super::queue::{self, Opening};
use super::refused::Refused;
use crate::domain::{
    GatheredValue, HandoffKind, HandoffReason, Lifecycle, Line, Missing, Outcome, Owner, PriorityWithReason,
    ResolvedBy, TurnId,
};

/// A question for a value to gather.
pub(super) struct Question<'a> {
    pub name: &'a str,
    pub body: &'a str,
    pub wanted: &'a HandoffReason,
    pub gathered: &'a [GatheredValue],
    pub refused: &'a [String],
}

/// How the AI leaves a conversation to the team.
pub(super) struct Leaving<'a> {
    pub reason: &'a HandoffReason,
    pub gathered: &'a [GatheredValue],
    pub missing: &'a [Missing],
    pub priority: Option<&'a PriorityWithReason>,
    /// What it says before the sentence that tells of the handoff.
    pub words: &'a str,
}

/// A worker began the turn, or began it again: it answers everything written until now.
pub(super) fn began(draft: &mut Draft, turn_id: &TurnId) -> Result<ChangeKind, Refused> {
    let customer_seq = draft.next.customer_seq;
    let epoch = draft.next.owner_epoch;
    let is_ai = draft.next.owner == Owner::Ai;
    let turn = draft.next.turn.as_mut().filter(|turn| is_ai && turn.id == *turn_id && turn.epoch == epoch);
    let turn = turn.ok_or(Refused::StaleTurn)?;
    turn.is_running = true;
    turn.through_seq = customer_seq;
    draft.push(Effect::BeginTurn { turn_id: turn_id.clone(), through_seq: customer_seq });
    Ok(ChangeKind::Turn)
}

/// Lets only the running turn speak.
pub(super) fn current_turn(draft: &Draft, turn_id: &TurnId, epoch: i64) -> Result<(), Refused> {
    let now = &draft.next;
    let is_current = now.owner == Owner::Ai
        && now.lifecycle != Lifecycle::Resolved
        && now.owner_epoch == epoch
        && now.turn.as_ref().is_some_and(|turn| turn.is_running && turn.id == *turn_id && turn.epoch == epoch);
    if is_current { Ok(()) } else { Err(Refused::StaleTurn) }
}

/// The AI goes on writing. It only ever adds: what the customer has read stays as it is.
pub(super) fn wrote(draft: &mut Draft, so_far: &str) -> Result<ChangeKind, Refused> {
    let turn = draft.next.turn.as_mut().filter(|turn| so_far.starts_with(&turn.said) && so_far.len() > turn.said.len());
    turn.ok_or(Refused::NotNow)?.said = so_far.to_owned();
    Ok(ChangeKind::Turn)
}

/// The AI answered: it wants no handoff, but what it learned is kept.
pub(super) fn replied(draft: &mut Draft, body: &str, gathered: &[GatheredValue]) -> Result<ChangeKind, Refused> {
    say(draft, body);
    draft.next.gathering.values = gathered.to_vec();
    draft.next.gathering.asked = None;
    draft.next.gathering.wanted = None;
    draft.finish_turn(Outcome::Replied);
    go_on(draft);
    Ok(ChangeKind::Message)
}

/// The AI asked for a value, within the limit of questions.
pub(super) fn asked_for(draft: &mut Draft, question: &Question) -> Result<ChangeKind, Refused> {
    let action = &draft.policy.action;
    if !action.enabled {
        return Err(Refused::ActionDisabled);
    }
    if draft.next.gathering.questions >= action.questions_max {
        return Err(Refused::QuestionLimit);
    }
    if !action.gather.iter().any(|field| field.name == question.name) {
        return Err(Refused::NotNow);
    }
    say(draft, question.body);
    let gathering = &mut draft.next.gathering;
    gathering.values = question.gathered.to_vec();
    gathering.refused = question.refused.to_vec();
    gathering.asked = Some(question.name.to_owned());
    gathering.wanted = Some(question.wanted.clone());
    gathering.questions += 1;
    draft.finish_turn(Outcome::AskedFor);
    go_on(draft);
    Ok(ChangeKind::Message)
}

/// The AI hands off: only through an enabled action, and with every required value or the reason why it is
/// missing (I5). The handoff and the words that tell of it are one step.
pub(super) fn hands_off(draft: &mut Draft, leaving: &Leaving) -> Result<ChangeKind, Refused> {
    let Leaving { reason, gathered, missing, priority, words } = *leaving;
    let action = &draft.policy.action;
    if !action.enabled {
        return Err(Refused::ActionDisabled);
    }
    let names: Vec<String> = action
        .required_names()
        .filter(|name| !queue::is_gathered(gathered, name) && !missing.iter().any(|m| m.name == *name))
        .map(str::to_owned)
        .collect();
    if !names.is_empty() {
        return Err(Refused::InformationMissing { names });
    }
    let priority = priority.filter(|_| action.auto_priority).cloned();

    let promise = promise::promise(&draft.policy.facts, reason.kind);
    let body = if words.is_empty() { promise } else { format!("{words}\n\n{promise}") };
    say(draft, &body);
    draft.next.gathering.values = gathered.to_vec();
    draft.finish_turn(Outcome::HandedOff);
    let opening = Opening { reason: reason.clone(), missing: missing.to_vec(), priority, by: None };
    let handoff_id = queue::open_handoff(draft, opening);
    draft.line(Line::HandedOff { kind: reason.kind, reason: reason.reason.clone(), by: None });
    queue::call_team(draft, handoff_id, NoticeEvent::NeedsIntervention, None);
    Ok(ChangeKind::Handoff)
}

/// The AI could not answer: a person is asked for if the action allows it; otherwise the AI says so.
pub(super) fn failed(draft: &mut Draft, error: &str) -> Result<ChangeKind, Refused> {
    const REASON: &str = "The AI agent could not answer.";
    let line = Line::AiFailed { error: error.to_owned() };
    if !draft.policy.action.enabled {
        say(draft, &promise::apology(&draft.policy.facts.language));
        draft.line(line);
        draft.finish_turn(Outcome::Failed);
        go_on(draft);
        return Ok(ChangeKind::Message);
    }
    let kind = HandoffKind::Failure;
    draft.keep_said();
    draft.notice(promise::promise(&draft.policy.facts, kind));
    draft.line(line);
    draft.finish_turn(Outcome::Failed);
    let opening = Opening::unasked(draft, kind, REASON);
    let handoff_id = queue::open_handoff(draft, opening);
    draft.line(Line::HandedOff { kind, reason: REASON.to_owned(), by: None });
    queue::call_team(draft, handoff_id, NoticeEvent::NeedsIntervention, None);
    Ok(ChangeKind::Handoff)
}

/// The AI saw that the matter is settled. If the customer wrote more meanwhile, it is not settled yet: the
/// words are said and the next turn looks again.
pub(super) fn resolved(draft: &mut Draft, body: &str) -> Result<ChangeKind, Refused> {
    say(draft, body);
    draft.finish_turn(Outcome::Replied);
    if draft.is_unanswered() {
        go_on(draft);
        return Ok(ChangeKind::Message);
    }
    draft.resolve(ResolvedBy::Ai);
    draft.line(Line::Resolved { by: None });
    Ok(ChangeKind::Resolved)
}

/// Stores the words of the running turn.
fn say(draft: &mut Draft, body: &str) {
    if let Some(turn_id) = draft.next.turn.as_ref().map(|turn| turn.id.clone()) {
        draft.ai_message(turn_id, body.to_owned());
    }
}

/// What the customer wrote while the turn ran gets the next one.
fn go_on(draft: &mut Draft) {
    if draft.is_unanswered() {
        draft.queue_turn();
    }
}
