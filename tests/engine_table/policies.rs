//! What the admin's settings and the facts of the moment change.

use crate::engine::{Story, ann, missing, policy, reason, value};
use baton::domain::*;
use baton::handoff::*;

fn refused(mut story: Story, event: impl FnOnce(&mut Story) -> Event) -> Refused {
    let event = event(&mut story);
    story.try_step(&event).expect_err("should be refused")
}

fn hands_off(story: &Story, gathered: Vec<GatheredValue>, missing: Vec<Missing>) -> Event {
    Event::AiHandsOff {
        turn_id: story.turn_id(),
        epoch: story.epoch(),
        reason: reason(HandoffKind::Condition),
        gathered,
        missing,
        priority: Some(PriorityWithReason { priority: Priority::Urgent, reason: "Now.".into() }),
        words: String::new(),
    }
}

fn with_action(mut story: Story, change: impl FnOnce(&mut HandoffSettings)) -> Story {
    change(&mut story.policy.action);
    story
}

fn opened(step: &Step) -> &NewHandoff {
    step.effects
        .iter()
        .find_map(|effect| match effect {
            Effect::OpenHandoff(handoff) => Some(handoff),
            _ => None,
        })
        .expect("a handoff opens")
}

#[test]
fn a_disabled_action_stops_every_handoff_of_the_ai_and_the_button() {
    let off = |story| with_action(story, |action| action.enabled = false);
    assert_eq!(refused(off(Story::ai_running()), Story::hands_off), Refused::ActionDisabled);
    assert_eq!(refused(off(Story::ai_running()), Story::asked_for), Refused::ActionDisabled);
    assert_eq!(refused(off(Story::ai_idle()), |_| Event::CustomerAskedForPerson), Refused::ActionDisabled);
}

#[test]
fn the_button_can_be_switched_off_alone() {
    let off = |story| with_action(story, |action| action.person_button = false);
    assert_eq!(refused(off(Story::ai_idle()), |_| Event::CustomerAskedForPerson), Refused::ActionDisabled);
    let mut story = off(Story::ai_running());
    let event = story.hands_off();
    assert_eq!(story.step(&event).next.owner, Owner::Queue);
}

#[test]
fn a_disabled_action_leaves_teammates_free() {
    let mut story = with_action(Story::ai_running(), |action| action.enabled = false);
    let step = story.step(&Event::TeammateHandedToTeam { teammate: ann(), reason: "Mine.".into() });
    assert_eq!(step.next.owner, Owner::Queue);
    assert_eq!(opened(&step).missing, vec![], "a disabled action asks for nothing");
    let mut story = with_action(Story::ai_running(), |action| action.enabled = false);
    let event = story.took_over(ann());
    assert_eq!(story.step(&event).next.owner, Owner::Teammate(ann()));
}

#[test]
fn a_failure_with_a_disabled_action_is_told_by_the_ai_and_the_conversation_stays_with_it() {
    let mut story = with_action(Story::ai_running(), |action| action.enabled = false);
    let event = story.failed();
    let step = story.step(&event);
    assert_eq!(step.next.owner, Owner::Ai);
    assert_eq!(step.next.turn, None);
    let Effect::AddEntry(NewEntry { content: Content::Message { author: Author::Ai { .. }, body }, .. }) =
        &step.effects[0]
    else {
        panic!("the AI says so first, not {:?}", step.effects[0]);
    };
    assert_eq!(*body, promise::apology("en"));
}

#[test]
fn a_handoff_needs_each_required_value_or_a_reason_why_it_is_missing() {
    let names = vec!["order_number".to_owned()];
    let lacking = Refused::InformationMissing { names };
    assert_eq!(refused(Story::ai_running(), |s| hands_off(s, vec![], vec![])), lacking);
    assert_eq!(refused(Story::ai_running(), |s| hands_off(s, vec![value("order_number", "  ")], vec![])), lacking);
    assert_eq!(refused(Story::ai_running(), |s| hands_off(s, vec![value("colour", "red")], vec![])), lacking);

    let mut story = Story::ai_running();
    let because = missing("order_number", MissingBecause::Refused);
    let event = hands_off(&story, vec![], vec![because.clone()]);
    assert_eq!(opened(&story.step(&event)).missing, vec![because]);
}

#[test]
fn questions_end_at_the_limit() {
    let mut story = Story::ai_running();
    for _ in 0..story.policy.action.questions_max {
        let asks = story.asked_for();
        story.step(&asks);
        let wrote = story.wrote();
        story.step(&wrote);
        let began = story.began();
        story.step(&began);
    }
    assert_eq!(refused(story.clone(), Story::asked_for), Refused::QuestionLimit);
    assert!(story.conversation.turn.is_some(), "the turn goes on and can still hand off");
    let event = story.hands_off();
    assert_eq!(story.step(&event).next.owner, Owner::Queue);
}

#[test]
fn only_values_of_the_action_are_asked_for() {
    let asks = |story: &mut Story| {
        let mut event = story.asked_for();
        if let Event::AiAskedFor { name, .. } = &mut event {
            *name = "password".into();
        }
        event
    };
    assert_eq!(refused(Story::ai_running(), asks), Refused::NotNow);
}

#[test]
fn a_priority_is_given_only_when_the_action_says_so() {
    for auto_priority in [true, false] {
        let mut story = with_action(Story::ai_running(), |action| action.auto_priority = auto_priority);
        let event = story.hands_off();
        let step = story.step(&event);
        assert_eq!(step.next.priority.is_some(), auto_priority);
        assert_eq!(step.next.priority_reason.is_some(), auto_priority);
        assert_eq!(opened(&step).priority.is_some(), auto_priority);
    }
}

#[test]
fn nothing_returns_to_an_ai_that_cannot_answer() {
    let mut story = Story::queue();
    story.policy.can_ai_answer = false;
    assert_eq!(refused(story, |_| Event::TeammateReturnedToAi { teammate: ann() }), Refused::AiUnavailable);
}

#[test]
fn a_button_records_what_was_refused_and_what_was_never_asked() {
    let mut story = Story::ai_running();
    let mut asks = story.asked_for();
    if let Event::AiAskedFor { refused, .. } = &mut asks {
        refused.push("order_number".into());
    }
    story.step(&asks);
    let step = story.step(&Event::CustomerAskedForPerson);
    assert_eq!(opened(&step).missing, vec![missing("order_number", MissingBecause::Refused)]);
    assert_eq!(opened(&step).gathered, vec![value("colour", "red")], "what was gathered so far is kept");

    let mut story = Story::ai_idle();
    let step = story.step(&Event::CustomerAskedForPerson);
    assert_eq!(opened(&step).missing, vec![missing("order_number", MissingBecause::NotAsked)]);
}

#[test]
fn the_week_after_resolving_counts_to_the_millisecond() {
    let reopen_ms = policy().limits.reopen_ms;
    let mut story = Story::resolved_by_ann();
    story.now_ms += reopen_ms;
    assert_eq!(refused(story.clone(), |_| Event::CustomerAskedForPerson), Refused::Resolved);
    let event = story.wrote();
    assert_eq!(story.step(&event).next.lifecycle, Lifecycle::Open);

    let mut story = Story::resolved_by_ann();
    story.now_ms += reopen_ms + 1;
    assert_eq!(refused(story.clone(), |_| Event::CustomerAskedForPerson), Refused::Ended);
    assert_eq!(refused(story, Story::wrote), Refused::Ended);
}
