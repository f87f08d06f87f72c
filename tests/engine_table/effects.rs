//! What each step does beside moving the conversation: its effects, in their order.

use crate::engine::{MINUTE_MS, START_MS, Story, ann, ben};
use baton::domain::*;
use baton::handoff::*;

/// The effects in short, such as `message:ai` or `timer:absent`.
fn told(step: &Step) -> Vec<String> {
    step.effects.iter().map(short).collect()
}

fn short(effect: &Effect) -> String {
    match effect {
        Effect::AddEntry(NewEntry { content: Content::Message { author, .. }, .. }) => {
            format!("message:{}", author.kind())
        }
        Effect::AddEntry(NewEntry { content: Content::Note { .. }, .. }) => "note".into(),
        Effect::AddEntry(NewEntry { content: Content::Event { line }, .. }) => format!("line:{}", tag(line, "line")),
        Effect::QueueTurn { turn_id, .. } => format!("queue_turn:{turn_id}"),
        Effect::BeginTurn { turn_id, through_seq } => format!("begin_turn:{turn_id}:{through_seq}"),
        Effect::FinishTurn { turn_id, outcome } => format!("finish_turn:{turn_id}:{}", outcome.as_str()),
        Effect::VoidTurn { turn_id } => format!("void_turn:{turn_id}"),
        Effect::OpenHandoff(handoff) => format!("open_handoff:{}", handoff.id),
        Effect::PickUpHandoff { by, .. } => format!("pick_up:{by}"),
        Effect::RequeueHandoff { handoff_id } => format!("requeue:{handoff_id}"),
        Effect::EndHandoff { how, .. } => format!("end_handoff:{}", how.as_str()),
        Effect::Summarize { .. } => "summarize".into(),
        Effect::Notify(Notice { event, audience, .. }) => match audience {
            Audience::Team => format!("notify:{}", event.as_str()),
            Audience::Teammate(id) => format!("notify:{}:{id}", event.as_str()),
        },
        Effect::SetTimer(timer) => format!("timer:{}", tag(timer, "timer")),
    }
}

fn tag(what: &impl serde::Serialize, field: &str) -> String {
    let json = serde_json::to_value(what).expect("serialises");
    json[field].as_str().expect("is tagged").to_owned()
}

fn after(mut story: Story, event: impl FnOnce(&mut Story) -> Event) -> Step {
    story.now_ms += MINUTE_MS;
    let event = event(&mut story);
    story.step(&event)
}

const PICK_UP_TIMERS: [&str; 3] = ["timer:pick_up"; 3];

fn with_timers(effects: &[&str]) -> Vec<String> {
    effects.iter().chain(&PICK_UP_TIMERS).map(|effect| (*effect).to_owned()).collect()
}

#[test]
fn the_first_message_queues_a_turn_a_little_later() {
    let mut story = Story::new();
    let event = story.wrote();
    let step = story.step(&event);
    assert_eq!(told(&step), ["message:customer", "queue_turn:c.t1"]);
    let run_at_ms = START_MS + story.policy.limits.burst_ms;
    assert_eq!(step.effects[1], Effect::QueueTurn { turn_id: "c.t1".into(), epoch: 1, run_at_ms });
    let Effect::AddEntry(entry) = &step.effects[0] else { panic!("an entry first") };
    assert_eq!((entry.seq, entry.client_id.as_deref()), (1, Some("client-1")));
}

#[test]
fn messages_in_a_burst_share_a_turn() {
    let burst = Story::ai_queued().then(Story::wrote).then(Story::wrote);
    assert_eq!(burst.conversation.turn_count, 1);
    assert_eq!(told(&after(burst, Story::began)), ["begin_turn:c.t1:3"]);
}

#[test]
fn a_message_during_a_turn_gets_the_next_one() {
    let mut story = Story::ai_running();
    let event = story.wrote();
    assert_eq!(told(&story.step(&event)), ["message:customer"]);
    let step = after(story, Story::replied_ai);
    assert_eq!(told(&step), ["message:ai", "finish_turn:c.t1:replied", "queue_turn:c.t2"]);
    assert_eq!((step.next.answered_seq, step.next.customer_seq), (1, 2));
}

#[test]
fn the_ai_does_not_resolve_over_a_message_it_has_not_read() {
    let step = after(Story::ai_running().then(Story::wrote), Story::resolved_ai);
    assert_eq!(told(&step), ["message:ai", "finish_turn:c.t1:replied", "queue_turn:c.t2"]);
    assert_eq!(step.next.lifecycle, Lifecycle::Open);
}

#[test]
fn a_handoff_of_the_ai_is_one_step_with_words_handoff_notice_and_guarantee() {
    let step = after(Story::ai_running(), Story::hands_off);
    let expected = with_timers(&[
        "message:ai",
        "finish_turn:c.t1:handed_off",
        "open_handoff:c.h1",
        "line:handed_off",
        "summarize",
        "notify:needs_intervention",
    ]);
    assert_eq!(told(&step), expected);
    let Effect::AddEntry(NewEntry { content: Content::Message { author, body }, .. }) = &step.effects[0] else {
        panic!("words first")
    };
    assert_eq!(*author, Author::Ai { turn_id: "c.t1".into(), epoch: 1 }, "under the epoch before the handoff");
    assert_eq!(*body, promise::promise(&crate::engine::policy().facts, HandoffKind::Condition));
    let Effect::OpenHandoff(handoff) = &step.effects[2] else { panic!("then the handoff") };
    assert_eq!((handoff.epoch, handoff.after_seq), (2, 2));
    let Effect::Notify(notice) = &step.effects[5] else { panic!("then the notification") };
    assert_eq!(notice.key, "c.h1.2.needs_intervention");
    assert_eq!(step.next.waiting_since_ms, Some(START_MS + MINUTE_MS));
}

#[test]
fn a_message_during_a_handoff_wakes_no_ai() {
    let queued = Story::ai_running().then(Story::hands_off);
    let step = after(queued, Story::wrote);
    assert_eq!(told(&step), ["message:customer"]);
    assert_eq!(step.next.waiting_since_ms, Some(START_MS), "the wait goes on from its beginning");
}

#[test]
fn the_button_is_answered_by_baton_itself_and_voids_the_turn() {
    let expected = with_timers(&[
        "message:system",
        "void_turn:c.t1",
        "open_handoff:c.h1",
        "line:handed_off",
        "summarize",
        "notify:needs_intervention",
    ]);
    assert_eq!(told(&after(Story::ai_running(), |_| Event::CustomerAskedForPerson)), expected);
}

#[test]
fn a_failure_asks_for_a_person() {
    let expected = with_timers(&[
        "message:system",
        "line:ai_failed",
        "finish_turn:c.t1:failed",
        "open_handoff:c.h1",
        "line:handed_off",
        "summarize",
        "notify:needs_intervention",
    ]);
    assert_eq!(told(&after(Story::ai_running(), Story::failed)), expected);
}

#[test]
fn a_take_over_voids_the_turn_picks_the_handoff_up_and_watches_the_teammate() {
    let step = after(Story::ai_running(), |story| story.took_over(ann()));
    assert_eq!(told(&step), ["void_turn:c.t1", "line:taken_over", "timer:absent"]);
    let step = after(Story::queue(), |story| story.took_over(ann()));
    assert_eq!(told(&step), ["pick_up:ann", "line:taken_over", "timer:absent"]);
    let step = after(Story::ai_idle(), |story| story.took_over(ann()));
    assert_eq!(told(&step), ["line:taken_over"], "nobody waits");
    assert_eq!(step.next.waiting_since_ms, None);
}

#[test]
fn a_reply_takes_over_and_ends_the_wait() {
    let step = after(Story::ai_running(), |story| story.replied(ben()));
    assert_eq!(told(&step), ["void_turn:c.t1", "line:taken_over", "message:teammate"]);
    assert_eq!((step.next.waiting_since_ms, step.next.answered_seq), (None, 1));
    let step = after(Story::ann_waiting(), |story| story.replied(ann()));
    assert_eq!(told(&step), ["message:teammate"]);
    assert_eq!(step.next.waiting_since_ms, None);
}

#[test]
fn a_message_to_a_teammate_notifies_them_and_is_watched_once() {
    let mut story = Story::ann_answered();
    let event = story.wrote();
    assert_eq!(told(&story.step(&event)), ["message:customer", "notify:customer_replied:ann", "timer:absent"]);
    let step = after(story, Story::wrote);
    assert_eq!(told(&step), ["message:customer", "notify:customer_replied:ann"]);
    assert_eq!(step.next.waiting_since_ms, Some(START_MS));
}

#[test]
fn hand_to_team_opens_a_handoff_or_queues_the_open_one_again() {
    let event = |_: &mut Story| Event::TeammateHandedToTeam { teammate: ann(), reason: "Billing.".into() };
    let calls = ["line:handed_to_team", "summarize", "notify:needs_intervention"];
    let expected = |way: &str| with_timers(&[&["message:system", way], &calls[..]].concat());
    assert_eq!(told(&after(Story::ai_idle(), event)), expected("open_handoff:c.h1"));
    let step = after(Story::ann_answered(), event);
    assert_eq!(told(&step), expected("requeue:c.h1"));
    assert_eq!(step.next.waiting_since_ms, Some(START_MS + MINUTE_MS));
    let Effect::Notify(notice) = &step.effects[4] else { panic!("a notification") };
    assert_eq!(notice.except, Some(ann()), "whoever did it knows");
}

#[test]
fn an_assignment_tells_both_ends_but_not_whoever_did_it() {
    let step = after(Story::queue(), |_| Event::TeammateAssigned { by: ann(), to: ben() });
    assert_eq!(told(&step), ["pick_up:ben", "line:assigned", "notify:assigned_to_me:ben", "timer:absent"]);
    let step = after(Story::ann_waiting(), |_| Event::TeammateAssigned { by: ann(), to: ben() });
    assert_eq!(told(&step), ["line:assigned", "notify:assigned_to_me:ben", "timer:absent"]);
    let step = after(Story::ann_answered(), |_| Event::TeammateAssigned { by: ben(), to: ben() });
    assert_eq!(told(&step), ["line:assigned", "notify:assigned_away:ann"]);
    assert_eq!(step.next.last_teammate_id, Some(ben()));
}

#[test]
fn the_ai_starts_afresh_when_it_gets_the_conversation_back() {
    let asked = Story::ai_running().then(Story::asked_for).then(Story::wrote).then(Story::began);
    let queued = asked.then(Story::hands_off).then(Story::wrote);
    let step = after(queued, |_| Event::TeammateReturnedToAi { teammate: ann() });
    assert_eq!(told(&step), ["end_handoff:returned_to_ai", "line:returned_to_ai", "queue_turn:c.t3"]);
    let next = &step.next;
    assert_eq!((&next.gathering, next.ai_turns), (&Gathering::default(), 0));
    assert_eq!((next.priority, &next.priority_reason, next.waiting_since_ms), (None, &None, None));
}

#[test]
fn a_waiting_customer_without_an_open_message_is_told_that_the_ai_answers_again() {
    let queued = Story::ai_running().then(Story::hands_off);
    let step = after(queued, |_| Event::TeammateReturnedToAi { teammate: ann() });
    assert_eq!(told(&step), ["end_handoff:returned_to_ai", "line:returned_to_ai", "message:system"]);
}

#[test]
fn resolving_ends_the_handoff_and_voids_the_turn() {
    let resolved = |_: &mut Story| Event::TeammateResolved { teammate: ann() };
    assert_eq!(told(&after(Story::ai_running(), resolved)), ["void_turn:c.t1", "line:resolved"]);
    let step = after(Story::ann_waiting(), resolved);
    assert_eq!(told(&step), ["end_handoff:resolved", "line:resolved"]);
    assert_eq!((step.next.handoff_id, step.next.waiting_since_ms), (None, None));
    assert_eq!(
        (step.next.resolved_by, step.next.resolved_at_ms),
        (Some(ResolvedBy::Teammate), Some(START_MS + MINUTE_MS))
    );
}

#[test]
fn a_customer_who_comes_back_reaches_whoever_resolved_it() {
    let step = after(Story::resolved_by_ai(), Story::wrote);
    assert_eq!(told(&step), ["message:customer", "line:reopened", "queue_turn:c.t2"]);
    let mut online = Story::resolved_by_ann();
    online.policy.is_last_teammate_online = true;
    let step = after(online, Story::wrote);
    assert_eq!(told(&step), ["message:customer", "line:reopened", "notify:customer_replied:ann", "timer:absent"]);
    let expected = with_timers(&[
        "message:customer",
        "line:reopened",
        "message:system",
        "open_handoff:c.h2",
        "line:handed_off",
        "summarize",
        "notify:needs_intervention",
    ]);
    assert_eq!(told(&after(Story::resolved_by_ann(), Story::wrote)), expected);
}

#[test]
fn waking_starts_the_watches_that_a_snooze_silenced() {
    let wake = |story: &mut Story| {
        let until_ms = story.conversation.snoozed_until_ms.expect("is snoozed");
        Event::SnoozeElapsed { until_ms }
    };
    let step = after(Story::queue().then(Story::snoozed), wake);
    assert_eq!(told(&step), with_timers(&["line:woke", "notify:snooze_ended"]));
    let step = after(Story::ann_waiting().then(Story::snoozed), wake);
    assert_eq!(told(&step), ["line:woke", "notify:snooze_ended:ann", "timer:absent"]);
    let step = after(Story::queue().then(Story::snoozed), Story::wrote);
    assert_eq!(told(&step), with_timers(&["message:customer", "line:woke", "notify:customer_replied"]));
    let step = after(Story::ann_waiting().then(Story::snoozed), Story::wrote);
    let expected = ["message:customer", "line:woke", "notify:customer_replied:ann", "timer:absent"];
    assert_eq!(told(&step), expected);
    let step = after(Story::ai_idle().then(Story::snoozed), Story::wrote);
    assert_eq!(told(&step), ["message:customer", "line:woke", "queue_turn:c.t2"]);
}

#[test]
fn the_pick_up_guarantee_goes_from_the_team_to_the_customer() {
    let overdue = |stage| move |story: &mut Story| Event::PickUpOverdue { epoch: story.epoch(), stage };
    assert_eq!(
        told(&after(Story::queue(), overdue(PickUpStage::Remind))),
        ["line:not_picked_up", "notify:not_picked_up"]
    );
    assert_eq!(told(&after(Story::queue(), overdue(PickUpStage::Widen))), ["notify:not_picked_up_widened"]);
    assert_eq!(told(&after(Story::queue(), overdue(PickUpStage::TellCustomer))), ["message:system"]);
}

#[test]
fn a_silent_teammate_loses_the_conversation_to_the_team() {
    let absent = |story: &mut Story| Event::TeammateAbsent {
        teammate: ann(),
        epoch: story.epoch(),
        waiting_since_ms: story.conversation.waiting_since_ms.expect("the customer waits"),
    };
    let calls = ["line:teammate_absent", "summarize", "notify:teammate_absent"];
    let step = after(Story::ann_waiting(), absent);
    assert_eq!(told(&step), with_timers(&[&["requeue:c.h1"], &calls[..]].concat()));
    assert_eq!(step.next.waiting_since_ms, Some(START_MS), "the customer still waits since then");
    let taken = Story::ai_running().then(|story| story.took_over(ann()));
    assert_eq!(told(&after(taken, absent)), with_timers(&[&["open_handoff:c.h1"], &calls[..]].concat()));
}
