//! The table of the engine: what every event leads to in every state. PRODUCT.md §4, cell by cell.
//!
//! A cell is the state after the event, or the refusal:
//!
//! ```text
//! A  Aq Ar     the AI, without a turn, with a queued one, with a running one     …s  snoozed
//! Q  Ta Tb     the queue, Ann, Ben                                               R   resolved
//! stale own chg res end not off late     the refusals (own: Ann owns it)
//! ```

#[path = "../engine/mod.rs"]
mod engine;

mod effects;
mod policies;

use baton::domain::*;
use baton::handoff::*;
use engine::{MINUTE_MS, START_MS, Story, ann, ben};

const TABLE: &str = "
event                  | ai   ai_q ai_r ais  ais_q ais_r queue queues ann_w ann_a anns by_ai by_ann by_ann_on ended
customer_wrote         | Aq   Aq   Ar   Aq   Aq    Ar    Q     Q      Ta    Ta    Ta   Aq    Q      Ta        end
asked_for_person       | Q    Q    Q    Q    Q     Q     not   not    not   not   not  res   res    res       end

turn_began             | stale Ar  Ar   stale Ars  Ars   stale stale  stale stale stale stale stale stale     stale
turn_began.other       | stale stale stale stale stale stale stale stale stale stale stale stale stale stale  stale
ai_wrote               | stale stale Ar stale stale Ars  stale stale  stale stale stale stale stale stale     stale
ai_wrote.old_epoch     | stale stale stale stale stale stale stale stale stale stale stale stale stale stale  stale
ai_wrote.nothing_new   | stale stale not stale stale not  stale stale  stale stale stale stale stale stale     stale
ai_replied             | stale stale A  stale stale As   stale stale  stale stale stale stale stale stale     stale
ai_replied.old_epoch   | stale stale stale stale stale stale stale stale stale stale stale stale stale stale  stale
ai_replied.other_turn  | stale stale stale stale stale stale stale stale stale stale stale stale stale stale  stale
ai_asked_for           | stale stale A  stale stale As   stale stale  stale stale stale stale stale stale     stale
ai_hands_off           | stale stale Q  stale stale Q    stale stale  stale stale stale stale stale stale     stale
ai_failed              | stale stale Q  stale stale Q    stale stale  stale stale stale stale stale stale     stale
ai_resolved            | stale stale R  stale stale R    stale stale  stale stale stale stale stale stale     stale

took_over.ann          | Ta   Ta   Ta   Ta   Ta    Ta    Ta    Ta     own   own   own  res   res    res       res
took_over.ben          | Tb   Tb   Tb   Tb   Tb    Tb    Tb    Tb     own   own   own  res   res    res       res
took_over.old_epoch    | chg  chg  chg  chg  chg   chg   chg   chg    own   own   own  res   res    res       res
replied.ann            | Ta   Ta   Ta   Ta   Ta    Ta    Ta    Ta     Ta    Ta    Ta   res   res    res       res
replied.ben            | Tb   Tb   Tb   Tb   Tb    Tb    Tb    Tb     own   own   own  res   res    res       res
noted                  | A    Aq   Ar   As   Aqs   Ars   Q     Qs     Ta    Ta    Tas  R     R      R         R
handed_to_team         | Q    Q    Q    Q    Q     Q     not   not    Q     Q     Q    res   res    res       res
assigned.ann           | not  not  not  not  not   not   Ta    Tas    not   not   not  res   res    res       res
assigned.ben           | not  not  not  not  not   not   Tb    Tbs    Tb    Tb    Tbs  res   res    res       res
returned_to_ai         | not  not  not  not  not   not   Aq    Aq     Aq    A     Aq   res   res    res       res
resolved               | R    R    R    R    R     R     R     R      R     R     R    res   res    res       res
reopened.ben           | not  not  not  not  not   not   not   not    not   not   not  Tb    Tb     Tb        Tb
snoozed                | As   Aqs  Ars  As   Aqs   Ars   Qs    Qs     Tas   Tas   Tas  res   res    res       res
snoozed.past           | late late late late late  late  late  late   late  late  late res   res    res       res
set_priority           | A    Aq   Ar   As   Aqs   Ars   Q     Qs     Ta    Ta    Tas  res   res    res       res

snooze_elapsed         | late late late A    Aq    Ar    late  Q      late  late  Ta   late  late   late      late
snooze_elapsed.other   | late late late late late  late  late  late   late  late  late late  late   late      late
pick_up.remind         | late late late late late  late  Q     late   late  late  late late  late   late      late
pick_up.widen          | late late late late late  late  Q     late   late  late  late late  late   late      late
pick_up.tell_customer  | late late late late late  late  Q     late   late  late  late late  late   late      late
pick_up.old_epoch      | late late late late late  late  late  late   late  late  late late  late   late      late
absent.ann             | late late late late late  late  late  late   Q     late  late late  late   late      late
absent.ben             | late late late late late  late  late  late   late  late  late late  late   late      late
absent.old_epoch       | late late late late late  late  late  late   late  late  late late  late   late      late
absent.other_wait      | late late late late late  late  late  late   late  late  late late  late   late      late
";

/// The columns.
fn states() -> Vec<(&'static str, Story)> {
    let online = |mut story: Story| {
        story.policy.is_last_teammate_online = true;
        story
    };
    let ended = |mut story: Story| {
        story.now_ms += story.policy.limits.reopen_ms + 1;
        story
    };
    vec![
        ("ai", Story::ai_idle()),
        ("ai_q", Story::ai_queued()),
        ("ai_r", Story::ai_running()),
        ("ais", Story::ai_idle().then(Story::snoozed)),
        ("ais_q", Story::ai_queued().then(Story::snoozed)),
        ("ais_r", Story::ai_running().then(Story::snoozed)),
        ("queue", Story::queue()),
        ("queues", Story::queue().then(Story::snoozed)),
        ("ann_w", Story::ann_waiting()),
        ("ann_a", Story::ann_answered()),
        ("anns", Story::ann_waiting().then(Story::snoozed)),
        ("by_ai", Story::resolved_by_ai()),
        ("by_ann", Story::resolved_by_ann()),
        ("by_ann_on", online(Story::resolved_by_ann())),
        ("ended", ended(Story::resolved_by_ann())),
    ]
}

/// The rows, made for the state at hand.
fn events(story: &mut Story) -> Vec<(&'static str, Event)> {
    let old = story.epoch() - 1;
    let waiting_since_ms = story.conversation.waiting_since_ms.unwrap_or(START_MS);
    let until_ms = story.conversation.snoozed_until_ms.unwrap_or(START_MS + 60 * MINUTE_MS);
    let pick_up = |stage, epoch| Event::PickUpOverdue { epoch, stage };
    let absent = |teammate, epoch, waiting_since_ms| Event::TeammateAbsent { teammate, epoch, waiting_since_ms };
    let (epoch, now_ms) = (story.epoch(), story.now_ms);
    let mut replied_old = story.replied_ai();
    if let Event::AiReplied { epoch, .. } = &mut replied_old {
        *epoch = old;
    }
    let mut replied_other = story.replied_ai();
    if let Event::AiReplied { turn_id, .. } = &mut replied_other {
        *turn_id = "c.t99".into();
    }
    vec![
        ("customer_wrote", story.wrote()),
        ("asked_for_person", Event::CustomerAskedForPerson),
        ("turn_began", story.began()),
        ("turn_began.other", Event::TurnBegan { turn_id: "c.t99".into() }),
        ("ai_wrote", story.wrote_ai("It is on", epoch)),
        ("ai_wrote.old_epoch", story.wrote_ai("It is on", old)),
        ("ai_wrote.nothing_new", story.wrote_ai("", epoch)),
        ("ai_replied", story.replied_ai()),
        ("ai_replied.old_epoch", replied_old),
        ("ai_replied.other_turn", replied_other),
        ("ai_asked_for", story.asked_for()),
        ("ai_hands_off", story.hands_off()),
        ("ai_failed", story.failed()),
        ("ai_resolved", story.resolved_ai()),
        ("took_over.ann", story.took_over(ann())),
        ("took_over.ben", story.took_over(ben())),
        ("took_over.old_epoch", Event::TeammateTookOver { teammate: ben(), epoch: old }),
        ("replied.ann", story.replied(ann())),
        ("replied.ben", story.replied(ben())),
        ("noted", Event::TeammateNoted { teammate: ben(), body: "Careful.".into(), client_id: story.client_id() }),
        ("handed_to_team", Event::TeammateHandedToTeam { teammate: ben(), reason: "Needs billing.".into() }),
        ("assigned.ann", Event::TeammateAssigned { by: ben(), to: ann() }),
        ("assigned.ben", Event::TeammateAssigned { by: ben(), to: ben() }),
        ("returned_to_ai", Event::TeammateReturnedToAi { teammate: ben() }),
        ("resolved", Event::TeammateResolved { teammate: ben() }),
        ("reopened.ben", Event::TeammateReopened { teammate: ben() }),
        ("snoozed", Event::TeammateSnoozed { teammate: ben(), until_ms: now_ms + 1 }),
        ("snoozed.past", Event::TeammateSnoozed { teammate: ben(), until_ms: now_ms }),
        ("set_priority", Event::TeammateSetPriority { teammate: ben(), priority: Some(Priority::Low) }),
        ("snooze_elapsed", Event::SnoozeElapsed { until_ms }),
        ("snooze_elapsed.other", Event::SnoozeElapsed { until_ms: until_ms + 1 }),
        ("pick_up.remind", pick_up(PickUpStage::Remind, epoch)),
        ("pick_up.widen", pick_up(PickUpStage::Widen, epoch)),
        ("pick_up.tell_customer", pick_up(PickUpStage::TellCustomer, epoch)),
        ("pick_up.old_epoch", pick_up(PickUpStage::Remind, old)),
        ("absent.ann", absent(ann(), epoch, waiting_since_ms)),
        ("absent.ben", absent(ben(), epoch, waiting_since_ms)),
        ("absent.old_epoch", absent(ann(), old, waiting_since_ms)),
        ("absent.other_wait", absent(ann(), epoch, waiting_since_ms + 1)),
    ]
}

/// Which row an event belongs to: a new kind of event does not compile until it has one.
fn row(event: &Event) -> &'static str {
    match event {
        Event::CustomerWrote { .. } => "customer_wrote",
        Event::CustomerAskedForPerson => "asked_for_person",
        Event::TurnBegan { .. } => "turn_began",
        Event::AiReplied { .. } => "ai_replied",
        Event::AiAskedFor { .. } => "ai_asked_for",
        Event::AiWrote { .. } => "ai_wrote",
        Event::AiHandsOff { .. } => "ai_hands_off",
        Event::AiFailed { .. } => "ai_failed",
        Event::AiResolved { .. } => "ai_resolved",
        Event::TeammateTookOver { .. } => "took_over",
        Event::TeammateReplied { .. } => "replied",
        Event::TeammateNoted { .. } => "noted",
        Event::TeammateHandedToTeam { .. } => "handed_to_team",
        Event::TeammateAssigned { .. } => "assigned",
        Event::TeammateReturnedToAi { .. } => "returned_to_ai",
        Event::TeammateResolved { .. } => "resolved",
        Event::TeammateReopened { .. } => "reopened",
        Event::TeammateSnoozed { .. } => "snoozed",
        Event::TeammateSetPriority { .. } => "set_priority",
        Event::SnoozeElapsed { .. } => "snooze_elapsed",
        Event::PickUpOverdue { .. } => "pick_up",
        Event::TeammateAbsent { .. } => "absent",
    }
}

/// How many kinds of events there are: the arms of [`row`].
const EVENT_KINDS: usize = 22;

fn cell(result: &Result<Step, Refused>) -> String {
    let next = match result {
        Ok(step) => &step.next,
        Err(refused) => return refusal(refused).to_owned(),
    };
    let mut text = match &next.owner {
        Owner::Ai => "A".to_owned(),
        Owner::Queue => "Q".to_owned(),
        Owner::Teammate(id) if *id == ann() => "Ta".to_owned(),
        Owner::Teammate(_) => "Tb".to_owned(),
        Owner::None => String::new(),
    };
    match &next.turn {
        Some(turn) if turn.is_running => text.push('r'),
        Some(_) => text.push('q'),
        None => {}
    }
    match next.lifecycle {
        Lifecycle::Open => {}
        Lifecycle::Snoozed => text.push('s'),
        Lifecycle::Resolved => text.push('R'),
    }
    text
}

fn refusal(refused: &Refused) -> &'static str {
    match refused {
        Refused::StaleTurn => "stale",
        Refused::AlreadyOwned { by } if *by == ann() => "own",
        Refused::AlreadyOwned { .. } => "own by another",
        Refused::OwnerChanged => "chg",
        Refused::Resolved => "res",
        Refused::Ended => "end",
        Refused::NotNow => "not",
        Refused::ActionDisabled => "off",
        Refused::InformationMissing { .. } => "info",
        Refused::QuestionLimit => "limit",
        Refused::AiUnavailable => "no ai",
        Refused::TooLate => "late",
    }
}

/// The table's text, read: names of the columns, and each row's name with its cells.
fn read_table() -> (Vec<&'static str>, Vec<(&'static str, Vec<&'static str>)>) {
    let mut lines = TABLE.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (name, cells) = line.split_once('|').expect("a row has a name");
        (name.trim(), cells.split_whitespace().collect::<Vec<_>>())
    });
    let (_, columns) = lines.next().expect("the table has a head");
    (columns, lines.collect())
}

#[test]
fn every_event_in_every_state_leads_where_the_table_says() {
    let (columns, rows) = read_table();
    let mut wrong = Vec::new();
    for (column, (state, mut story)) in states().into_iter().enumerate() {
        assert_eq!(columns[column], state);
        for ((name, cells), (event_name, event)) in rows.iter().zip(events(&mut story)) {
            assert_eq!(*name, event_name);
            let result = step(&story.conversation, &event, &story.policy, story.now_ms);
            if cell(&result) != cells[column] {
                wrong.push(format!("{name} in {state}: {} instead of {}", cell(&result), cells[column]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_is_complete() {
    let (columns, rows) = read_table();
    let states = states();
    assert_eq!(columns.len(), states.len());
    for (name, cells) in &rows {
        assert_eq!(cells.len(), columns.len(), "cells of {name}");
    }
    assert_eq!(rows.iter().map(|(_, cells)| cells.len()).sum::<usize>(), states.len() * rows.len());

    for (state, mut story) in states {
        let events = events(&mut story);
        assert_eq!(events.len(), rows.len(), "events in {state}");
        let mut kinds: Vec<&str> = events.iter().map(|(_, event)| row(event)).collect();
        kinds.dedup();
        assert_eq!(kinds.len(), EVENT_KINDS, "kinds of events in {state}");
        for (name, event) in &events {
            assert_eq!(name.split('.').next(), Some(row(event)));
        }
    }
}

#[test]
fn every_owner_and_lifecycle_has_a_column() {
    let mut seen: Vec<String> = states()
        .into_iter()
        .map(|(_, story)| {
            let now = story.conversation;
            let turn = now.turn.map_or("", |turn| if turn.is_running { " running" } else { " queued" });
            format!("{} {}{turn}", now.owner.kind(), now.lifecycle.as_str())
        })
        .collect();
    seen.sort();
    seen.dedup();
    let every = [
        "ai open",
        "ai open queued",
        "ai open running",
        "ai snoozed",
        "ai snoozed queued",
        "ai snoozed running",
        "none resolved",
        "queue open",
        "queue snoozed",
        "teammate open",
        "teammate snoozed",
    ];
    assert_eq!(seen, every);
}
