//! Gathering by the built-in engine: what other engines, people and offers leave in a conversation, and when
//! everything is there.

#[path = "support/gather.rs"]
mod gather;

use baton::ai::builtin::Builtin;
use baton::ai::{Brief, Proposal, Said, Speaker};
use baton::domain::{
    FieldKind, GatherField, GatheredValue, Gathering, HandoffKind, HandoffReason, HandoffSettings, MissingBecause,
};
use gather::text_field;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static ENGINE: LazyLock<Builtin> = LazyLock::new(Builtin::by_words);

fn brief(when_to_use: &str, gather: Vec<GatherField>, said: &[(Speaker, &str)]) -> Brief {
    let action = HandoffSettings {
        enabled: true,
        when_to_use: when_to_use.into(),
        gather,
        questions_max: 10,
        ..HandoffSettings::default()
    };
    let said = said.iter().enumerate();
    Brief {
        agent_name: "Ada".into(),
        action,
        said: said.map(|(at, (by, body))| Said { seq: at as i64 + 1, by: *by, body: (*body).into() }).collect(),
        gathering: Gathering::default(),
        details: Vec::new(),
        ai_turns: 0,
        locale: "en-GB".into(),
        ..Brief::default()
    }
}

/// `name=value@seq` for every value.
fn known(brief: &Brief) -> Vec<String> {
    let decided = ENGINE.decide_now(brief);
    let line = |value: &GatheredValue| format!("{}={}@{}", value.name, value.value, value.seq.unwrap_or_default());
    decided.proposal.gathered().iter().map(line).collect()
}

use Speaker::{Ai, Customer, Teammate};

#[test]
fn the_last_question_says_what_an_answer_is() {
    let rows = || vec![text_field("pet", "Name of your first pet"), text_field("pickup_point", "Where we pick you up")];
    let told = [
        (Ai, "What was your first pet called?"),
        (Customer, "Rex, he was lovely"),
        (Ai, "And where shall we pick you up?"),
        (Customer, "at the Old Mill. I am in a hurry!"),
    ];
    assert_eq!(known(&brief("", rows(), &told)), ["pet=Rex@2", "pickup_point=Old Mill@4"]);
    let aside = [(Ai, "What was your first pet called?"), (Customer, "I am not sure why you ask")];
    assert!(known(&brief("", rows(), &aside)).is_empty());
}

#[test]
fn several_answers_to_one_question_go_to_their_rows() {
    let rows = vec![text_field("account_number", ""), text_field("pin", ""), text_field("full_name", "")];
    let told =
        [(Ai, "I need your full name, account number and PIN."), (Customer, "Ida Lund, account 55512399, pin is 4410")];
    assert_eq!(known(&brief("", rows, &told)), ["account_number=55512399@2", "pin=4410@2", "full_name=Ida Lund@2"]);
}

#[test]
fn an_accepted_offer_counts_from_the_accepting_message() {
    let rows = || vec![text_field("departure_time", "Time of the ferry")];
    let offered = (Ai, "There is a ferry at 5:40 pm. Shall I book it?");
    assert_eq!(known(&brief("", rows(), &[offered, (Customer, "Yes please")])), ["departure_time=5:40 pm@2"]);
    assert!(known(&brief("", rows(), &[offered, (Customer, "No thanks")])).is_empty());
    assert!(known(&brief("", rows(), &[offered, (Customer, "is there anything else?")])).is_empty());
    let later = [offered, (Customer, "anything else?"), (Ai, "There is one at 7 pm."), (Customer, "ok, that one")];
    assert_eq!(known(&brief("", rows(), &later)), ["departure_time=7 pm@4"]);
}

#[test]
fn what_others_say_is_not_the_customers() {
    let rows = vec![text_field("email", ""), text_field("order_number", "")];
    let told = [
        (Teammate, "Write to us at team@example.com about order 44556677"),
        (Ai, "Your order 44556677 was sent, ask help@example.com"),
        (Customer, "hm, I see"),
    ];
    assert!(known(&brief("", rows, &told)).is_empty());
}

#[test]
fn a_correction_wins_and_keeps_its_message() {
    let rows = vec![text_field("from_city", "City the trip starts in"), text_field("to_city", "City the trip ends in")];
    let told =
        [(Customer, "I want to go from Porto to Faro"), (Ai, "From Porto to Faro, right?"), (Customer, "No, to Lagos")];
    assert_eq!(known(&brief("", rows, &told)), ["from_city=Porto@1", "to_city=Lagos@3"]);
}

#[test]
fn what_cannot_be_said_now_is_asked_once_more_and_last() {
    let rows = vec![text_field("policy_number", ""), text_field("email", "")];
    let mut talk = brief("", rows, &[(Customer, "let me talk to a human")]);
    let decided = ENGINE.decide_now(&talk);
    let Proposal::AskFor { name, wanted, .. } = decided.proposal else { panic!("a value is missing") };
    assert_eq!(name, "policy_number");
    talk.gathering.wanted = Some(wanted);
    let mut ask = |question: &str, asked: &str, answer: &str| {
        let seq = talk.said.len() as i64;
        talk.said.push(Said { seq: seq + 1, by: Ai, body: question.into() });
        talk.said.push(Said { seq: seq + 2, by: Customer, body: answer.into() });
        talk.gathering.asked = Some(asked.into());
        ENGINE.decide_now(&talk).proposal
    };
    let next = ask("Could you tell me your policy number?", "policy_number", "I can't remember it");
    assert!(matches!(&next, Proposal::AskFor { name, .. } if name == "email"), "{next:?}");
    let again = ask("Could you tell me your email?", "email", "ida@example.com");
    assert!(matches!(&again, Proposal::AskFor { name, .. } if name == "policy_number"), "{again:?}");
    let done = ask("Could you tell me your policy number?", "policy_number", "no, I don't know it");
    let Proposal::HandOff { missing, .. } = done else { panic!("nobody is trapped in questions: {done:?}") };
    assert_eq!((missing[0].name.as_str(), missing[0].because), ("policy_number", MissingBecause::Refused));
}

#[test]
fn looking_around_is_no_booking_yet() {
    let condition = "Customer wants to book a hotel room";
    let hands_off = |said: &[(Speaker, &str)]| {
        matches!(ENGINE.decide_now(&brief(condition, Vec::new(), said)).proposal, Proposal::HandOff { .. })
    };
    assert!(hands_off(&[(Customer, "I want to book a hotel room")]));
    let offered = (Ai, "I found the Seaview. Shall I book a hotel room there?");
    assert!(hands_off(&[(Customer, "can you find me a hotel room?"), offered, (Customer, "yes please")]));
    assert!(!hands_off(&[(Customer, "can you find me a hotel room?"), offered, (Customer, "not now, thanks")]));
}

#[test]
fn praise_for_what_was_shown_hands_nothing_off() {
    let rows = || vec![text_field("pickup_city", "City where the car is picked up"), text_field("pickup_date", "")];
    let begun = [
        (Customer, "I need a rental car"),
        (Ai, "Where do you want to pick it up, and on which date?"),
        (Customer, "In Porto on 12 March"),
        (Ai, "There is a small car at the airport for 40 euros."),
    ];
    let hands_off = |then: &[(Speaker, &str)]| {
        let talk: Vec<_> = begun.iter().chain(then).copied().collect();
        let mut brief = brief("Customer wants to rent a car", rows(), &talk);
        brief.gathering.wanted = Some(HandoffReason {
            kind: HandoffKind::Condition,
            reason: "The customer wants to rent a car.".into(),
            rule: Some("Customer wants to rent a car".into()),
            quote: None,
            quote_seq: None,
        });
        matches!(ENGINE.decide_now(&brief).proposal, Proposal::HandOff { .. })
    };
    for text in ["Sounds good.", "that's perfect", "what does it cost for a week?", "anything else?"] {
        assert!(!hands_off(&[(Customer, text)]), "{text}");
    }
    for text in ["Great, please book it", "I'd like to reserve this one", "let me talk to a person"] {
        assert!(hands_off(&[(Customer, text)]), "{text}");
    }
    assert!(hands_off(&[(Customer, "nice"), (Ai, "Shall I book the car?"), (Customer, "yes")]));
}

#[test]
fn a_headline_is_the_admins_rule_as_a_sentence() {
    let talk = brief("Hand off when the user has a billing issue", Vec::new(), &[(Customer, "an issue with my bill")]);
    let matched = ENGINE.decide_now(&talk).record.matched.expect("the condition is met");
    assert_eq!(matched.reason, "The user has a billing issue.");
    assert_eq!(matched.quote_seq, Some(1));
}

fn body() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "yes",
        "no,",
        "how about",
        "Lido",
        "at 5 pm",
        "10:30",
        "from",
        "to",
        "Porto",
        "Faro",
        "my name is",
        "Ida Lund",
        "called",
        "the",
        "12/10/1970",
        "next Friday",
        "three zero",
        "double five",
        "four",
        "#A-1234",
        "DE89 3704 0044 0532 0130 00",
        "20 €",
        "for two",
        "days",
        "?",
        ".",
        ",",
        "\n",
        "I can't remember",
        "sounds good",
        "book it",
        "your name",
        "account number",
        "where",
        "address is",
        "12 Elm Road",
        "half past",
        "quarter to",
        "ü",
        "İ",
        "ﬁ",
        "e\u{301}",
        "👩‍👩‍👧",
        "’",
        "\u{202e}",
        "漢字",
        "٣",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..25).prop_map(|parts| parts.join(" ")),
        1 => any::<String>(),
        1 => "\\PC{0,120}",
    ]
}

fn rows() -> impl Strategy<Value = Vec<GatherField>> {
    let names = prop::sample::select(vec![
        ("full_name", "Customer's full name"),
        ("patient_name", "Name of the patient"),
        ("pet", "Name of childhood pet"),
        ("shop", "Name of the shop"),
        ("plan", "Which plan"),
        ("from_city", "City the trip starts in"),
        ("to_city", "City the trip ends in"),
        ("date", ""),
        ("return_date", ""),
        ("birthday", ""),
        ("time", ""),
        ("nights", "How many nights"),
        ("guests", "Number of guests"),
        ("amount", ""),
        ("account_number", ""),
        ("pin", ""),
        ("iban", ""),
        ("phone", ""),
        ("address", ""),
        ("insured", "Whether the parcel is insured"),
        ("payee", "Who gets the payment"),
        ("issue", "What happened"),
        ("Ünïcödé", "漢字"),
    ]);
    let kind = prop_oneof![5 => Just(FieldKind::Text), 1 => prop::sample::select(FieldKind::ALL.to_vec())];
    let row = (names, kind).prop_map(|((name, description), kind)| {
        let choices = if kind == FieldKind::OneOf { vec!["Lido".into(), "Porto Plus".into()] } else { Vec::new() };
        GatherField { kind, choices, ..text_field(name, description) }
    });
    prop::collection::vec(row, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A value is the customer's own words, or an offer's that came before; it names the customer's message.
    #[test]
    fn every_value_has_its_source(
        rows in rows(),
        messages in prop::collection::vec((prop::sample::select(vec![Ai, Customer, Customer, Teammate]), body()), 1..12),
    ) {
        let mut messages: Vec<(Speaker, &str)> = messages.iter().map(|(by, body)| (*by, body.as_str())).collect();
        messages.push((Customer, "yes"));
        let brief = brief("Hand off for refunds", rows, &messages);
        let decided = ENGINE.decide_now(&brief);
        for value in decided.proposal.gathered() {
            let source = brief.said.iter().find(|said| Some(said.seq) == value.seq).expect("a value names its message");
            prop_assert_eq!(source.by, Customer);
            let holds = |said: &Said| said.body.to_lowercase().contains(&value.value.to_lowercase());
            let offered = brief.said.iter().any(|said| said.by == Ai && said.seq < source.seq && holds(said));
            let row = brief.action.gather.iter().find(|row| row.name == value.name).expect("a row");
            prop_assert!(holds(source) || offered || row.choices.contains(&value.value), "{:?} {:?}", value, source);
        }
    }
}

#[test]
fn a_long_history_of_long_messages_is_read_in_bounded_time() {
    let rows: Vec<GatherField> = (0..20)
        .map(|at| text_field(["order_number", "from_city", "shop_name", "date", "phone"][at % 5], &format!("Row {at}")))
        .collect();
    let long = "from Porto to Faro at 5:40 pm for two, order #A-12345 called Lido, 12 Elm Road. ".repeat(50);
    let talk: Vec<(Speaker, &str)> =
        (0..100).map(|at| (if at % 2 == 0 { Ai } else { Customer }, &long[..4_000])).collect();
    let brief = brief("Hand off for refunds", rows, &talk);
    let started = Instant::now();
    ENGINE.decide_now(&brief);
    // A guard against quadratic work, generous because tests run unoptimised on busy machines.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

/// A ligature is longer before it is folded than after: places in the text must not be taken from the other form.
#[test]
fn letters_that_fold_to_others_are_no_obstacle() {
    for question in ["ﬁ your name yes", "ﬀ what is your email", "İ where ﬂ do you live"] {
        let rows = vec![text_field("patient_name", "Name of the patient")];
        let said = [(Speaker::Teammate, question), (Speaker::Customer, "Ana Costa")];
        assert!(known(&brief("When the customer wants to book.", rows, &said)).len() <= 1);
    }
}
