//! The built-in engine as the rest of the product meets it: whole turns, whole conversations, arbitrary text.

#[path = "support/gather.rs"]
mod gather;

use baton::ai::builtin::Builtin;
use baton::ai::{Brief, Decided, Engine, Proposal, Said, Speaker};
use baton::domain::{
    ConversationId, FieldKind, GatherField, GatheredValue, Gathering, Handoff, HandoffId, HandoffKind, HandoffReason,
    HandoffSettings, MissingBecause, Outcome, Priority, ValueSource,
};
use gather::field;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// A conversation with the engine, kept as `desk` keeps it.
struct Talk {
    brief: Brief,
    last: Option<Decided>,
}

impl Talk {
    fn new(when_to_use: &str) -> Self {
        let action = HandoffSettings { enabled: true, when_to_use: when_to_use.into(), ..HandoffSettings::default() };
        Self::with(action)
    }

    fn with(action: HandoffSettings) -> Self {
        let brief = Brief {
            agent_name: "Ada".into(),
            action,
            said: Vec::new(),
            gathering: Gathering::default(),
            details: Vec::new(),
            ai_turns: 0,
            locale: "en-GB".into(),
            ..Brief::default()
        };
        Self { brief, last: None }
    }

    fn gathering(mut self, fields: Vec<GatherField>) -> Self {
        self.brief.action.gather = fields;
        self
    }

    fn add(&mut self, by: Speaker, body: &str) {
        let seq = self.brief.said.len() as i64 + 1;
        self.brief.said.push(Said { seq, by, body: body.into() });
    }

    /// The customer writes, the engine decides, and the conversation goes on as the pure engine lets it.
    fn say(&mut self, body: &str) -> Proposal {
        self.add(Speaker::Customer, body);
        let decided = Builtin::by_words().decide_now(&self.brief);
        let proposal = decided.proposal.clone();
        match &proposal {
            Proposal::Reply { body, gathered } => {
                self.brief.gathering.values.clone_from(gathered);
                self.brief.gathering.asked = None;
                self.brief.gathering.wanted = None;
                self.answer(body);
            }
            Proposal::AskFor { name, body, wanted, gathered, refused } => {
                assert!(self.brief.gathering.questions < self.brief.action.questions_max);
                self.brief.gathering.values.clone_from(gathered);
                self.brief.gathering.refused.clone_from(refused);
                self.brief.gathering.asked = Some(name.clone());
                self.brief.gathering.wanted = Some(wanted.clone());
                self.brief.gathering.questions += 1;
                self.answer(body);
            }
            Proposal::GiveUp { error } => panic!("the built-in engine never gives up: {error}"),
            Proposal::HandOff { gathered, missing, .. } => {
                for name in self.brief.action.required_names() {
                    let accounted = gathered.iter().any(|v| v.name == name) || missing.iter().any(|m| m.name == name);
                    assert!(accounted, "{name} is neither gathered nor missing");
                }
            }
        }
        self.last = Some(decided);
        proposal
    }

    fn answer(&mut self, body: &str) {
        self.brief.ai_turns += 1;
        self.add(Speaker::Ai, body);
    }

    fn matched(&self) -> Option<&HandoffReason> {
        self.last.as_ref().and_then(|decided| decided.record.matched.as_ref())
    }
}

fn kind_of(proposal: &Proposal) -> Option<HandoffKind> {
    match proposal {
        Proposal::HandOff { reason, .. } => Some(reason.kind),
        _ => None,
    }
}

fn reply(proposal: &Proposal) -> &str {
    match proposal {
        Proposal::Reply { body, .. } | Proposal::AskFor { body, .. } => body,
        Proposal::HandOff { .. } | Proposal::GiveUp { .. } => "",
    }
}

fn value<'a>(gathered: &'a [GatheredValue], name: &str) -> Option<&'a GatheredValue> {
    gathered.iter().find(|value| value.name == name)
}

#[test]
fn a_request_for_a_person_hands_off_in_seven_languages() {
    for text in [
        "I want to talk to a human",
        "can i speak with somebody please",
        "agent!",
        "human please",
        "speek to a persn",
        "I don't want to talk to a bot",
        "put me through to your manager",
        "Is there a supervisor I could speak to?",
        "is there anybody there I can talk to on the phone",
        "are there any humans I might chat with today?",
        "Is there somebody with whom I may speak",
        "I dont know how to talk to an agent",
        "No, I want a real person",
        "why can't I talk to a human?",
        "Quiero hablar con una persona",
        "páseme con un agente por favor",
        "¿puedo hablar con alguien?",
        "¿Hay algún supervisor con el que pueda hablar?",
        "¿hay alguien con quien se pueda hablar de esto?",
        "Je voudrais parler à un conseiller",
        "passez-moi un humain s'il vous plaît",
        "je peux parler à quelqu'un ?",
        "Y a-t-il un responsable à qui je pourrais parler ?",
        "est-ce qu'il y a quelqu'un avec qui je peux parler",
        "Ich möchte mit einem Menschen sprechen",
        "Verbinden Sie mich bitte mit einem Mitarbeiter",
        "kann ich mit jemandem reden?",
        "Gibt es jemanden, mit dem ich sprechen kann?",
        "Gibt es da einen Vorgesetzten, mit dem ich reden könnte",
        "Quero falar com um atendente",
        "pode me transferir para uma pessoa?",
        "Há alguém com quem eu possa falar?",
        "tem algum gerente com quem possa falar sobre isto?",
        "Vorrei parlare con un operatore",
        "mi passi una persona vera",
        "C'è qualcuno con cui posso parlare?",
        "c'è un responsabile con cui potrei parlare",
        "Ik wil graag met een medewerker praten",
        "kunt u mij doorverbinden met een collega",
        "Is er iemand met wie ik kan praten?",
        "is er een leidinggevende die ik kan spreken",
    ] {
        let mut talk = Talk::new("");
        assert_eq!(kind_of(&talk.say(text)), Some(HandoffKind::AskedForPerson), "{text}");
        assert_eq!(talk.matched().and_then(|m| m.quote.as_deref()), Some(text));
    }
}

#[test]
fn what_only_sounds_like_a_request_hands_nothing_off() {
    for text in [
        "are you a bot?",
        "am I talking to a person or a bot",
        "No, don't transfer me to an agent",
        "I don't need a human",
        "transfer this to my business account",
        "please connect to my phone",
        "someone stole my card",
        "is there an app to talk to my friends with?",
        "is there a fee for the person I sent money to",
        "is there an insurance agent nearby I can talk to",
        "is there anything I can do about it?",
        "hay una persona que no conozco en mi cuenta",
        "gibt es jemanden, der mein Paket angenommen hat?",
        "I talked to an agent yesterday",
        "find an insurance agent nearby",
        "call someone for me",
        "I want to reset my password manager",
        "no quiero hablar con una persona",
        "ich möchte nicht mit einem Mitarbeiter sprechen",
        "eres un robot?",
        "I sent money to a person abroad",
        "",
        "🙂",
    ] {
        let mut talk = Talk::new("");
        assert_eq!(kind_of(&talk.say(text)), None, "{text}");
    }
}

#[test]
fn a_disabled_action_never_hands_off_and_says_so() {
    let mut talk = Talk::new("Always escalate lawyers");
    talk.brief.action.enabled = false;
    talk.brief.action.gather = vec![field("email", FieldKind::Email)];
    let proposal = talk.say("let me talk to a human");
    assert!(reply(&proposal).contains("can't bring anybody in"), "{proposal:?}");
    let proposal = talk.say("quiero hablar con una persona");
    assert!(reply(&proposal).contains("no puedo avisar a nadie"), "{proposal:?}");
    assert_eq!(kind_of(&talk.say("I will call my lawyer")), None);
    assert!(!reply(&talk.say("what about my bill")).contains("person"));
}

#[test]
fn a_condition_is_met_by_its_words_and_their_synonyms() {
    let table = [
        ("when the user has a billing issue", "I was charged twice on my invoice", true),
        ("when the user has a billing issue", "there is a problem with my bill", true),
        ("when the user has a billing issue", "tengo un problema con mi factura", true),
        ("when the user has a billing issue", "what colours do you have", false),
        ("Customer wants to cancel an order", "please cancel my purchase 123", true),
        ("Customer wants to cancel an order", "where is my order", false),
        ("Hand off for refunds. Do not hand off for shipping questions.", "I want my money back", true),
        ("Hand off for refunds. Do not hand off for shipping questions.", "a question about shipping", false),
        ("Refund requests, except for gift cards", "refund my gift cards", false),
        ("Refund requests, except for gift cards", "I'd like a refund for my shoes", true),
        ("Refunds over 100 euros", "I want a refund of 250 euros", true),
        ("Refunds over 100 euros", "I want a refund of 20 euros", false),
        ("Refund requests. Questions about our refund policy stay with the AI.", "I want a refund for my shoes", true),
        (
            "Refund requests. Questions about our refund policy stay with the AI.",
            "In what cases can I get a refund?",
            false,
        ),
        ("Refund requests. Questions about our refund policy stay with the AI.", "when can I ask for a refund", false),
        (
            "Refund requests. Questions about our refund policy stay with the AI.",
            "wann kann ich eine Erstattung bekommen",
            false,
        ),
        ("Account removal. Do not use it for switching plans.", "please delete my account", true),
        ("Account removal. Do not use it for switching plans.", "I'd like to upgrade to the premium account", false),
        ("Keywords that always escalate: lawyer, GDPR", "My LAWYER will write", true),
        ("Keywords that always escalate: lawyer, GDPR", "my layer cake", false),
        ("", "I was charged twice", false),
    ];
    for (when_to_use, text, expected) in table {
        let mut talk = Talk::new(when_to_use);
        let proposal = talk.say(text);
        assert_eq!(
            kind_of(&proposal) == Some(HandoffKind::Condition),
            expected,
            "{when_to_use} | {text} | {proposal:?}"
        );
        if expected {
            let matched = talk.matched().expect("a handoff has a reason");
            assert!(when_to_use.contains(matched.rule.as_deref().expect("a condition has its rule")), "{matched:?}");
            assert_eq!(matched.quote_seq, Some(1));
        }
    }
}

#[test]
fn the_ai_tries_first_when_it_should() {
    let text = "When the customer has a billing issue, try to resolve it first, then hand off.";
    let mut talk = Talk::new(text);
    let first = talk.say("there is a problem with my bill");
    assert!(matches!(first, Proposal::Reply { .. }), "{first:?}");
    assert_eq!(kind_of(&talk.say("no, it's still wrong")), Some(HandoffKind::Condition));
    assert_eq!(
        talk.matched().and_then(|m| m.rule.as_deref()),
        Some("When the customer has a billing issue, try to resolve it first, then hand off")
    );

    let mut content = Talk::new(text);
    content.say("there is a problem with my bill");
    assert_eq!(kind_of(&content.say("that worked, thanks!")), None);
}

#[test]
fn one_question_at_a_time_until_everything_is_there() {
    let mut talk = Talk::new("billing issues")
        .gathering(vec![field("email", FieldKind::Email), field("order_number", FieldKind::Text)]);
    let first = talk.say("I have an issue with my bill");
    assert!(reply(&first).contains("Could you tell me your email?"), "{first:?}");
    let second = talk.say("ana@example.com");
    assert!(matches!(&second, Proposal::AskFor { name, .. } if name == "order_number"), "{second:?}");
    let Proposal::HandOff { reason, gathered, missing, .. } =
        talk.say("no, wait: my email is ana.b@example.com and the order is #A-1234")
    else {
        panic!("everything is there")
    };
    assert_eq!(reason.quote_seq, Some(1));
    assert!(missing.is_empty());
    let email = value(&gathered, "email").expect("the email was said");
    assert_eq!((email.value.as_str(), email.seq), ("ana.b@example.com", Some(5)));
    assert_eq!(value(&gathered, "order_number").map(|v| v.value.as_str()), Some("#A-1234"));
}

#[test]
fn an_answer_of_the_wrong_type_is_asked_for_again_within_the_limit() {
    let mut talk = Talk::new("billing issues").gathering(vec![field("email", FieldKind::Email)]);
    talk.brief.action.questions_max = 2;
    talk.say("an issue with my bill");
    let again = talk.say("ana at example");
    assert!(reply(&again).contains("doesn't look like an email address"), "{again:?}");
    let Proposal::HandOff { missing, .. } = talk.say("ana at example dot com") else { panic!("the limit is reached") };
    assert_eq!(missing[0].because, MissingBecause::QuestionLimit);
}

#[test]
fn a_refusal_ends_one_name_and_insisting_ends_all() {
    let fields = vec![field("email", FieldKind::Email), field("phone", FieldKind::Phone)];
    let mut talk = Talk::new("").gathering(fields.clone());
    talk.say("I want a human");
    let next = talk.say("I'd rather not");
    assert!(
        matches!(&next, Proposal::AskFor { name, refused, .. } if name == "phone" && refused == &["email"]),
        "{next:?}"
    );
    let Proposal::HandOff { missing, .. } = talk.say("just get me a person") else { panic!("insisting hands off") };
    let because: Vec<_> = missing.iter().map(|m| (m.name.as_str(), m.because)).collect();
    assert_eq!(because, [("email", MissingBecause::Refused), ("phone", MissingBecause::Insisted)]);

    let mut skipping = Talk::new("").gathering(fields);
    skipping.say("quiero hablar con una persona");
    skipping.say("omitir");
    let done = skipping.say("omitir");
    assert!(
        matches!(&done, Proposal::HandOff { missing, .. } if missing.iter().all(|m| m.because == MissingBecause::Refused)),
        "{done:?}"
    );
}

#[test]
fn questions_are_asked_in_the_customers_language() {
    let mut talk = Talk::new("").gathering(vec![field("email", FieldKind::Email)]);
    assert!(reply(&talk.say("Hola, quiero hablar con una persona")).contains("¿Podrías decirme"));
    let mut talk = Talk::new("").gathering(vec![field("email", FieldKind::Email)]);
    assert!(reply(&talk.say("Ich möchte bitte mit einem Mitarbeiter sprechen")).contains("Könnten Sie"));
}

#[test]
fn saved_details_and_earlier_messages_are_not_asked_for() {
    let mut talk =
        Talk::new("").gathering(vec![field("email", FieldKind::Email), field("order_number", FieldKind::Text)]);
    let saved = GatheredValue {
        name: "email".into(),
        value: "ana@example.com".into(),
        source: ValueSource::Details,
        seq: None,
    };
    talk.brief.details.push(saved);
    talk.say("where is order 12345?");
    let Proposal::HandOff { gathered, missing, .. } = talk.say("let me talk to a person") else {
        panic!("nothing is missing")
    };
    assert!(missing.is_empty());
    assert_eq!(value(&gathered, "email").map(|v| v.source), Some(ValueSource::Details));
    assert_eq!(value(&gathered, "order_number").and_then(|v| v.seq), Some(1));
}

#[test]
fn a_correction_replaces_the_value() {
    let mut talk =
        Talk::new("").gathering(vec![field("order_number", FieldKind::Text), field("email", FieldKind::Email)]);
    talk.say("a human please");
    talk.say("it's 12345");
    let Proposal::AskFor { gathered, .. } = talk.say("sorry, it's 12354") else { panic!("the email is missing") };
    assert_eq!(value(&gathered, "order_number").map(|v| v.value.as_str()), Some("12354"));
}

#[test]
fn a_choice_is_one_of_the_list() {
    let mut size = field("size", FieldKind::OneOf);
    size.choices = vec!["Small".into(), "Large".into()];
    let mut talk = Talk::new("").gathering(vec![size]);
    let asked = talk.say("a human please");
    assert!(reply(&asked).contains("Small, Large"), "{asked:?}");
    let Proposal::HandOff { gathered, .. } = talk.say("the large one") else { panic!("it was chosen") };
    assert_eq!(value(&gathered, "size").map(|v| v.value.as_str()), Some("Large"));
}

#[test]
fn second_thoughts_end_the_gathering() {
    let mut talk = Talk::new("").gathering(vec![field("email", FieldKind::Email)]);
    talk.say("a human please");
    assert_eq!(kind_of(&talk.say("never mind, it works now")), None);
    assert!(talk.brief.gathering.wanted.is_none());
}

#[test]
fn an_offer_is_accepted_or_declined() {
    let mut talk = Talk::new("");
    assert!(reply(&talk.say("how do I grow tomatoes")).contains("Would you like a person"));
    assert_eq!(kind_of(&talk.say("yes please")), Some(HandoffKind::AskedForPerson));

    let mut talk = Talk::new("");
    talk.say("how do I grow tomatoes");
    assert!(reply(&talk.say("no thanks")).contains("stay here"));
}

#[test]
fn repeated_failure_leads_to_a_person() {
    let mut talk = Talk::new("");
    talk.say("how do I grow tomatoes");
    assert!(reply(&talk.say("and what about cucumbers")).contains("still don't have an answer"));
    assert_eq!(kind_of(&talk.say("or perhaps pumpkins")), Some(HandoffKind::AiLimit));
}

#[test]
fn the_limit_of_turns_leads_to_a_person_but_a_thank_you_does_not() {
    let mut talk = Talk::new("");
    talk.brief.ai_turns = 10;
    assert_eq!(kind_of(&talk.say("thank you!")), None);
    talk.brief.ai_turns = 10;
    assert_eq!(kind_of(&talk.say("where is the parcel")), Some(HandoffKind::AiLimit));
}

#[test]
fn a_burst_is_answered_as_one() {
    let mut talk = Talk::new("billing issues");
    talk.add(Speaker::Customer, "hi");
    talk.add(Speaker::Customer, "my invoice has an issue");
    assert_eq!(kind_of(&talk.say("please")), Some(HandoffKind::Condition));
    assert_eq!(talk.matched().and_then(|m| m.quote_seq), Some(2));
}

#[test]
fn the_priority_is_given_only_where_it_is_wanted() {
    for (wanted, expected) in [(true, Some(Priority::Urgent)), (false, None)] {
        let mut talk = Talk::new("");
        talk.brief.action.auto_priority = wanted;
        let Proposal::HandOff { priority, .. } = talk.say("somebody stole my card, let me talk to a human") else {
            panic!("asked")
        };
        assert_eq!(priority.map(|p| p.priority), expected);
    }
}

#[tokio::test]
async fn the_record_and_the_summary_rest_on_the_conversation() {
    let mut talk = Talk::new("billing issues");
    talk.say("my parcel is broken, I already tried to glue it");
    let Proposal::HandOff { reason, gathered, missing, priority, .. } = talk.say("let me talk to a person") else {
        panic!("asked")
    };
    let record = &talk.last.as_ref().expect("decided").record;
    assert_eq!((record.outcome, record.model.as_str()), (Outcome::HandedOff, "built-in 2, by words"));
    assert!(record.fallbacks.is_empty());
    let handoff = Handoff {
        id: HandoffId::from("h"),
        conversation_id: ConversationId::from("c"),
        reason,
        gathered,
        missing,
        priority,
        opened_at_ms: 0,
        after_seq: 3,
        picked_up_by: None,
        picked_up_at_ms: None,
        ended_at_ms: None,
        summary: None,
        verdict: None,
    };
    let summary = Builtin::by_words().summarize(&talk.brief, &handoff).await.expect("built in");
    assert_eq!(summary.wants.first().and_then(|point| point.seq), Some(1));
    assert_eq!(summary.tried.first().and_then(|point| point.seq), Some(1));
    assert_eq!(summary.through_seq, 3);
    assert!(!summary.mood.is_empty() && !summary.next_step.is_empty());
}

#[test]
fn the_longest_texts_are_decided_in_bounded_time() {
    let when_to_use = "Hand off if a, b or c (d) except e: ".repeat(230);
    let mut talk = Talk::new(&when_to_use)
        .gathering((0..20).map(|n| field(&format!("order_number_{n}"), FieldKind::Text)).collect());
    let message = "i do not want 12 to talk@a.b 2025-01-01 ".repeat(100);
    for _ in 0..40 {
        talk.add(Speaker::Customer, &message);
    }
    let started = Instant::now();
    Builtin::by_words().decide_now(&talk.brief);
    // A guard against quadratic work, generous because tests run unoptimised on busy machines.
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

/// Texts that resemble what people write, and texts that don't.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "I",
        "want",
        "a",
        "human",
        "don't",
        "transfer",
        "me",
        "refund",
        "billing",
        "ana@example.com",
        "+44 20 7946 0958",
        "order",
        "#12345",
        "my name is",
        "Ana",
        "skip",
        "no,",
        "it's",
        "2025-03-14",
        "except",
        "unless",
        "hand off",
        "when",
        "try",
        "first",
        "https://a.example/",
        "€",
        "50",
        "\n- ",
        ":",
        "yes",
        "Keywords that always escalate:",
        "quiero",
        "hablar",
        "con",
        "ñ",
        "İ",
        "ß",
        "e\u{301}",
        "👩‍👩‍👧",
        "'",
        "(",
        ")",
        "\u{202e}",
        "漢字",
        "?",
        "!",
    ]);
    prop_oneof![prop::collection::vec(words, 0..30).prop_map(|parts| parts.join(" ")), any::<String>(), "\\PC{0,200}",]
}

fn kind() -> impl Strategy<Value = FieldKind> {
    prop::sample::select(FieldKind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_text_is_decided_within_the_rules(
        when_to_use in text(),
        messages in prop::collection::vec(text(), 1..6),
        kinds in prop::collection::vec(kind(), 0..4),
        enabled in any::<bool>(),
    ) {
        let mut talk = Talk::new(&when_to_use);
        talk.brief.action.enabled = enabled;
        let names = ["email", "order_number", "name", "what"];
        talk.brief.action.gather = kinds.iter().zip(names).map(|(kind, name)| {
            let mut field = field(name, *kind);
            field.choices = vec!["refund".into(), "billing".into()];
            field
        }).collect();
        for message in &messages {
            let proposal = talk.say(message);
            let gathered = match &proposal {
                Proposal::Reply { gathered, body } => {
                    prop_assert!(!body.is_empty());
                    gathered
                }
                Proposal::AskFor { gathered, .. } | Proposal::HandOff { gathered, .. } => {
                    prop_assert!(enabled, "a disabled action neither asks nor hands off");
                    gathered
                }
                Proposal::GiveUp { error } => panic!("the built-in engine never gives up: {error}"),
            };
            for value in gathered {
                let source = talk.brief.said.iter().find(|said| Some(said.seq) == value.seq);
                let source = source.expect("a value names its message");
                let is_there = source.body.contains(&value.value) || source.body.to_lowercase().contains(&value.value.to_lowercase());
                // "The first one" chooses from a list without saying what.
                let is_chosen = talk.brief.action.gather.iter().any(|row| row.name == value.name && row.kind == FieldKind::OneOf && row.choices.contains(&value.value));
                prop_assert!(is_there || is_chosen, "{value:?} is not in {source:?}");
                prop_assert_eq!(source.by, Speaker::Customer);
            }
            if matches!(proposal, Proposal::HandOff { .. }) {
                break;
            }
        }
    }
}
