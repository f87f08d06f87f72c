//! The figures on cases small enough to be counted by hand.

use super::*;
use crate::ai::Speaker;
use crate::domain::{FieldKind, GatherField, HandoffSettings};
use crate::eval::case::Message;
use std::collections::BTreeMap;

fn case(id: &str, task: Task, expect: Expect) -> Case {
    Case {
        id: id.into(),
        task,
        group: "extract",
        slice: "one".into(),
        action: HandoffSettings::default(),
        messages: vec![Message { by: Speaker::Customer, text: "Hello".into() }],
        expect,
        is_left_out: false,
    }
}

fn turn(id: &str) -> Prediction {
    let (gathered, missing) = (BTreeMap::new(), Vec::new());
    Prediction::Turn { id: id.into(), trigger: false, score: 0.0, handoff: false, gathered, missing, priority: None }
}

fn believed(trigger: bool, score: f32) -> Prediction {
    let Prediction::Turn { id, handoff, gathered, missing, priority, .. } = turn("x") else { unreachable!() };
    Prediction::Turn { id, trigger, score, handoff, gathered, missing, priority }
}

fn assert_figures(figures: &Figures, expected: &[(&str, f64)]) {
    for (name, share) in expected {
        let measured = figures.get(name).unwrap_or_else(|| panic!("{name} is missing in {figures:?}"));
        assert!((measured - share).abs() < 1e-12, "{name} is {measured}, not {share}");
    }
}

#[test]
fn a_decision_between_yes_and_no() {
    let table = [
        (true, Some(believed(true, 0.9))),
        (true, Some(believed(true, 0.5))),
        (true, Some(believed(false, 0.4))),
        (false, Some(believed(true, 0.5))),
        (false, Some(believed(false, 0.1))),
    ];
    let cases: Vec<Case> = table.iter().map(|(wanted, _)| case("x", Task::Trigger, Expect::Trigger(*wanted))).collect();
    let answered: Vec<Answered<'_>> =
        cases.iter().zip(&table).map(|(case, (_, answer))| (case, answer.as_ref())).collect();
    let figures = score(Task::Trigger, &answered);
    // Of the six pairs of a wanted and an unwanted one, four are in order, one is tied and one is not.
    let expected = [
        ("precision", 2.0 / 3.0),
        ("recall", 2.0 / 3.0),
        ("f1", 2.0 / 3.0),
        ("auc", 4.5 / 6.0),
        ("error", 0.4),
        ("wrongly_fired", 0.5),
    ];
    assert_figures(&figures, &expected);
}

#[test]
fn no_answer_is_a_wrong_answer() {
    let cases = [case("a", Task::Trigger, Expect::Trigger(true)), case("b", Task::Trigger, Expect::Trigger(false))];
    let answered: Vec<Answered<'_>> = cases.iter().map(|case| (case, None)).collect();
    assert_figures(
        &score(Task::Trigger, &answered),
        &[("f1", 0.0), ("auc", 0.0), ("error", 1.0), ("wrongly_fired", 1.0)],
    );

    let due = case("c", Task::Timing, Expect::FireAt(Some(2)));
    assert_figures(&score(Task::Timing, &[(&due, None)]), &[("right", 0.0), ("early", 1.0), ("gt_2", 0.0)]);
    let not_due = case("d", Task::Timing, Expect::FireAt(None));
    assert_figures(&score(Task::Timing, &[(&not_due, None)]), &[("false_alarm", 1.0)]);

    let urgent = case("e", Task::Priority, Expect::Priority(Priority::Urgent));
    assert_figures(&score(Task::Priority, &[(&urgent, None)]), &[("accuracy", 0.0), ("macro_f1", 0.0)]);
}

#[test]
fn a_share_of_nothing_is_left_out() {
    let wanted = case("a", Task::Trigger, Expect::Trigger(true));
    let answer = believed(true, 1.0);
    let figures = score(Task::Trigger, &[(&wanted, Some(&answer))]);
    assert_eq!((figures.get("auc"), figures.get("wrongly_fired"), figures.get("f1")), (None, None, Some(1.0)));
}

#[test]
fn values_found_missed_mistaken_and_made_up() {
    let field = |name: &str| GatherField {
        name: name.into(),
        description: String::new(),
        kind: FieldKind::Text,
        choices: Vec::new(),
        required: true,
    };
    let gold = |pairs: &[(&str, &[&str])]| {
        let spelled = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        Expect::Gathered(pairs.iter().map(|(name, all)| ((*name).to_owned(), spelled(all))).collect())
    };
    let mut one = case("a", Task::Extract, gold(&[("email", &["a@x.example"]), ("city", &["Leeds", "LDS"])]));
    one.action.gather = vec![field("email"), field("city"), field("phone"), field("order")];
    let mut other = case("b", Task::Extract, gold(&[("email", &["b@x.example"])]));
    other.action.gather = vec![field("email"), field("city")];
    let found = |pairs: &[(&str, &str)]| {
        let Prediction::Turn { id, trigger, score, handoff, missing, priority, .. } = turn("x") else { unreachable!() };
        let gathered = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Prediction::Turn { id, trigger, score, handoff, gathered, missing, priority }
    };
    // The first: one right by its second spelling, one mistaken, one made up. The second: all right.
    let first = found(&[("email", "c@x.example"), ("city", "the lds"), ("phone", "123")]);
    let second = found(&[("email", "B@x.example")]);
    let figures = score(Task::Extract, &[(&one, Some(&first)), (&other, Some(&second))]);
    let expected = [
        ("precision", 0.5),
        ("recall", 2.0 / 3.0),
        ("f1", 4.0 / 7.0),
        ("all_right", 0.5),
        ("false_fill_rate", 1.0 / 3.0),
    ];
    assert_figures(&figures, &expected);
}

#[test]
fn the_right_turn_and_the_wrong_ones() {
    let due = case("a", Task::Timing, Expect::FireAt(Some(4)));
    let not_due = case("b", Task::Timing, Expect::FireAt(None));
    let fired = |fired_at: Option<usize>| Prediction::Timing { id: "x".into(), fired_at };
    let (right, early, late, never) = (fired(Some(4)), fired(Some(0)), fired(Some(6)), fired(None));
    let answered = [
        (&due, Some(&right)),
        (&due, Some(&early)),
        (&due, Some(&late)),
        (&due, Some(&never)),
        (&not_due, Some(&right)),
        (&not_due, Some(&never)),
    ];
    let figures = score(Task::Timing, &answered);
    // Two turns off and one turn off, under a spread of two.
    let near = (1.0 + (-0.5_f64).exp() + (-0.125_f64).exp()) / 4.0;
    let expected =
        [("right", 0.25), ("early", 0.25), ("late", 0.25), ("never", 0.25), ("gt_2", near), ("false_alarm", 0.5)];
    assert_figures(&figures, &expected);
}

#[test]
fn priorities_count_alike_whatever_their_number() {
    let given = |priority: Option<Priority>| {
        let Prediction::Turn { id, trigger, score, handoff, gathered, missing, .. } = turn("x") else { unreachable!() };
        Prediction::Turn { id, trigger, score, handoff, gathered, missing, priority }
    };
    let gold = |priority| case("a", Task::Priority, Expect::Priority(priority));
    let (high, low) = (gold(Priority::High), gold(Priority::Low));
    let (as_high, as_low, none) = (given(Some(Priority::High)), given(Some(Priority::Low)), given(None));
    let answered = [(&high, Some(&as_high)), (&high, Some(&as_low)), (&low, Some(&as_low)), (&low, Some(&none))];
    // High: precision 1, recall a half. Low: a half each. The other two: nothing.
    assert_figures(&score(Task::Priority, &answered), &[("accuracy", 0.5), ("macro_f1", (2.0 / 3.0 + 0.5) / 4.0)]);
}
