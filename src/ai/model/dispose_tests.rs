//! What becomes of words and calls, whatever the model had in mind.

use super::dispose::*;
use super::tools::TOOL;
use super::wire::Call;
use crate::ai::builtin::{Builtin, phrases, request};
use crate::ai::{Brief, Decided, Leeway, Proposal, Said, Speaker};
use crate::domain::*;
use serde_json::{Value, json};

fn row(name: &str, kind: FieldKind) -> GatherField {
    GatherField { name: name.into(), description: String::new(), kind, choices: Vec::new(), required: true }
}

fn brief(gather: Vec<GatherField>, said: &[(Speaker, &str)]) -> Brief {
    let action = HandoffSettings {
        enabled: true,
        when_to_use: "When the customer has a problem with a wedding cake".into(),
        gather,
        auto_priority: true,
        ..HandoffSettings::default()
    };
    let said = said.iter().enumerate();
    let said = said.map(|(at, (by, body))| Said { seq: at as i64 + 1, by: *by, body: (*body).into() }).collect();
    Brief { agent_name: "Ada".into(), action, said, locale: "en".into(), ..Brief::default() }
}

fn ruled(brief: &Brief) -> Decided {
    let ruled = Builtin::by_words().decide_now(brief);
    assert_eq!(ruled.leeway, Leeway::Full, "the case is about what the rules leave open");
    ruled
}

fn call(arguments: Value) -> Vec<Call> {
    vec![Call { name: TOOL.into(), arguments }]
}

fn disposed(brief: &Brief, text: &str, shown: &str, calls: &[Call], is_last: bool) -> Disposed {
    dispose(brief, &ruled(brief), Answer { text, shown, calls }, is_last)
}

fn done(brief: &Brief, text: &str, shown: &str, calls: &[Call]) -> Done {
    match disposed(brief, text, shown, calls, true) {
        Disposed::Done(done) => *done,
        Disposed::AskAgain { why, .. } => panic!("asked again: {why}"),
    }
}

const HELLO: &[(Speaker, &str)] = &[(Speaker::Customer, "My aunt's parrot ate the invitation, number 4471.")];

#[test]
fn a_call_is_a_handoff_with_the_admins_rule_and_the_customers_words() {
    let brief = brief(vec![], HELLO);
    let wish = json!({ "reason": "Parrot trouble", "condition": "a problem with a wedding cake",
        "quote": "the parrot ate the invitation", "priority": "HIGH", "priority_reason": "A wedding", "message": "" });
    let done = done(&brief, "Oh dear.", "Oh dear.", &call(wish));
    let Proposal::HandOff { reason, priority, words, missing, .. } = done.proposal else { panic!("{done:?}") };
    assert_eq!((words.as_str(), missing.len()), ("Oh dear.", 0));
    assert!(reason.rule.unwrap().contains("wedding cake"));
    // The quote was invented: the last message stands in for it.
    assert_eq!((reason.quote.as_deref(), reason.quote_seq), (Some(HELLO[0].1), Some(1)));
    assert_eq!(priority.unwrap().priority, Priority::High);
}

#[test]
fn what_is_required_is_asked_for_and_invented_values_are_dropped() {
    let brief = brief(vec![row("email", FieldKind::Email), row("invitation_number", FieldKind::Text)], HELLO);
    let wish = json!({ "reason": "Parrot", "message": "Poor you.", "values": [
        { "name": "email", "value": "parrot@example.com", "message": 1 },
        { "name": "invitation_number", "value": "4471", "message": 99 }] });
    let done = done(&brief, "", "", &call(wish));
    let Proposal::AskFor { name, gathered, body, .. } = &done.proposal else { panic!("{done:?}") };
    assert_eq!(name, "email");
    assert_eq!(gathered.iter().map(|v| (v.value.as_str(), v.seq)).collect::<Vec<_>>(), [("4471", Some(1))]);
    assert!(body.contains("email"), "{body}");
    assert!(done.notes.iter().any(|note| note.contains("email") && !note.contains("parrot@")));
}

#[test]
fn the_models_own_question_is_used_if_it_asks_for_that_row_alone() {
    let brief = brief(vec![row("email", FieldKind::Email)], HELLO);
    let wish = || call(json!({ "reason": "Parrot", "message": "" }));
    let own = "Poor you. What is your email address?";
    let body = |text: &str| match done(&brief, text, "", &wish()).proposal {
        Proposal::AskFor { body, .. } => body,
        other => panic!("{other:?}"),
    };
    assert_eq!(body(own), own);
    let two = body("What is your email address? And what is your favourite colour?");
    assert!(!two.contains("colour") && two.contains("email"), "{two}");
}

#[test]
fn words_beside_a_call_promise_nothing() {
    let brief = brief(vec![], HELLO);
    let text = "I am sorry. I'm transferring you to a colleague. Our team replies within 5 minutes. Can you wait?";
    let done = done(&brief, text, "I am sorry.", &call(json!({ "reason": "Parrot" })));
    let Proposal::HandOff { words, .. } = done.proposal else { panic!() };
    assert_eq!(words, "I am sorry.");
}

#[test]
fn a_promise_without_a_call_is_asked_about_once_then_replaced_by_an_offer() {
    let brief = brief(vec![], HELLO);
    let text = "I am sorry. A colleague will contact you.";
    let again = disposed(&brief, text, "I am sorry.", &[], false);
    assert!(matches!(again, Disposed::AskAgain { must_call: true, .. }));
    let Proposal::Reply { body, .. } = done(&brief, text, "I am sorry.", &[]).proposal else { panic!() };
    assert!(body.starts_with("I am sorry.") && !body.contains("contact"), "{body}");
    assert!(request::offers_person(&body));
}

#[test]
fn a_promise_is_kept_when_the_rules_want_a_handoff_too() {
    let brief = brief(vec![], &[(Speaker::Customer, "There is a problem with my wedding cake")]);
    let ruled = ruled(&brief);
    assert!(ruled.is_wanted);
    let answer = Answer { text: "I'll get someone from the team.", shown: "", calls: &[] };
    let Disposed::Done(done) = dispose(&brief, &ruled, answer, true) else { panic!() };
    let done = *done;
    let Proposal::HandOff { reason, words, .. } = done.proposal else { panic!("{done:?}") };
    assert_eq!((reason.kind, words.as_str()), (HandoffKind::Condition, ""));
    assert!(reason.reason.contains("said that it would bring in a person"));
}

#[test]
fn nothing_hands_off_where_it_may_not() {
    let mut brief = brief(vec![], HELLO);
    brief.action.enabled = false;
    let off = Builtin::by_words().decide_now(&brief);
    let calls = call(json!({ "reason": "Parrot" }));
    for text in ["A colleague will contact you.", "", "Would you like to talk to a person?"] {
        let Disposed::Done(done) = dispose(&brief, &off, Answer { text, shown: "", calls: &calls }, false) else {
            panic!()
        };
        assert_eq!(done.proposal, off.proposal, "{text}");
    }
    let answer = Answer { text: "Parrots eat paper.", shown: "Parrots eat paper.", calls: &calls };
    let Disposed::Done(done) = dispose(&brief, &off, answer, false) else { panic!() };
    assert!(matches!(done.proposal, Proposal::Reply { body, .. } if body == "Parrots eat paper."));
    assert!(done.notes[0].contains("disabled"));
}

#[test]
fn wrong_calls_are_said_once_and_then_passed_over() {
    let brief = brief(vec![], HELLO);
    let broken = call(json!("{ not json"));
    assert!(matches!(disposed(&brief, "", "", &broken, false), Disposed::AskAgain { must_call: true, .. }));
    assert!(matches!(done(&brief, "Hm.", "Hm.", &broken).proposal, Proposal::Reply { body, .. } if body == "Hm."));
    let unknown = vec![Call { name: "refund".into(), arguments: json!({ "amount": 1_000 }) }];
    assert!(matches!(disposed(&brief, "", "", &unknown, false), Disposed::AskAgain { must_call: false, .. }));
    let noted = done(&brief, "Parrots eat paper.", "", &unknown);
    assert!(noted.notes.iter().any(|note| note.contains("refund")));
}

#[test]
fn a_gathering_goes_on_after_the_models_words() {
    let mut brief = brief(
        vec![row("email", FieldKind::Email)],
        &[
            (Speaker::Customer, "My wedding cake has a problem"),
            (Speaker::Ai, "Could you tell me your email?"),
            (Speaker::Customer, "Is the shop open on Sunday at all?"),
        ],
    );
    let reason =
        HandoffReason { kind: HandoffKind::Condition, reason: "Cake".into(), rule: None, quote: None, quote_seq: None };
    brief.gathering =
        Gathering { wanted: Some(reason), asked: Some("email".into()), questions: 1, ..Gathering::default() };
    let done = done(&brief, "On Sunday it is closed.", "On Sunday it is closed.", &[]);
    let Proposal::AskFor { name, body, .. } = done.proposal else { panic!("{done:?}") };
    assert!(name == "email" && body.starts_with("On Sunday it is closed.\n\n"), "{body}");
}

#[test]
fn an_answer_that_breaks_off_offers_a_person() {
    let brief = brief(vec![], HELLO);
    let Proposal::Reply { body, .. } = broken_off(&brief, &ruled(&brief), "Parrots eat") else { panic!() };
    assert!(body.starts_with("Parrots eat\n\n") && request::offers_person(&body));
    assert!(!phrases::is(phrases::Phrase::BrokeOffAlone, &body));
}
