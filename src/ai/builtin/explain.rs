//! What the Edit page asks of the engine: how a text is read, and what would be done with a message, and why. It lets `turn`
//! decide as it does for a customer, and only then says what that came to.

use super::matching::{Conditions, Judge, Verdict};
use super::phrases::{self, Phrase};
use super::reading::{self, Rule};
use super::request::{self, Ask};
use super::turn::{self, Turn};
use super::{examples, smalltalk};
use crate::ai::knowledge::Found;
use crate::ai::meaning::Meaning;
use crate::ai::{Brief, Proposal, Said, Speaker};
use crate::domain::action::{QUESTIONS_MAX_RANGE, TURNS_MAX_RANGE};
use crate::domain::{Example, Gathering, HandoffKind, HandoffSettings};
use crate::wire::reading::{Because, Decision, Explained, ReadRule, RuleFit, RuleKind, TextReading, Would};

/// The most rules that are listed for a message, the best first.
const FITS_MAX: usize = 8;
/// A rule counts from this fit on.
const FIT_MIN: f32 = 0.5;

/// Reads a text.
pub fn read(when_to_use: &str) -> TextReading {
    let shown = |rule: Rule| ReadRule { kind: rule.kind, text: rule.text, tries_first: rule.tries_first };
    TextReading { rules: reading::read(when_to_use).rules.into_iter().map(shown).collect() }
}

/// What would be done with a customer's first message, were these settings enabled. They may be half typed: what is wrong in
/// them is left out.
pub fn explain(
    settings: &HandoffSettings,
    message: &str,
    knowledge: Vec<Found>,
    conditions: &Conditions,
    meaning: Option<&Meaning>,
) -> Explained {
    let brief = Brief { knowledge, ..brief(settings, message) };
    let judge = Judge::new(conditions, meaning);
    let turn = turn::decide(&brief, &judge);
    let decision = in_words(&turn, &brief, message);
    let priority = super::priority(&brief).filter(|_| decision.hands_off());
    let gathered = turn.proposal.gathered().to_vec();
    let asks_for = match turn.proposal {
        Proposal::AskFor { name, .. } => Some(name),
        _ => None,
    };
    Explained { decision, asks_for, gathered, answer: turn.answered_from, priority, fits: fits(&judge, message) }
}

/// What would be done with each example if it were not there: the text and the other examples decide.
pub fn check_examples(settings: &HandoffSettings, conditions: &Conditions, meaning: Option<&Meaning>) -> Vec<Decision> {
    let without = |row: usize| {
        let others = settings.examples.iter().enumerate().filter(|(other, _)| *other != row);
        others.map(|(_, example)| example.clone()).collect::<Vec<Example>>()
    };
    let mut alone = HandoffSettings { gather: Vec::new(), examples: Vec::new(), ..settings.clone() };
    let check = |(row, example): (usize, &Example)| {
        alone.examples = without(row);
        let brief = brief(&alone, &example.text);
        let judge = Judge::new(conditions, meaning);
        in_words(&turn::decide(&brief, &judge), &brief, &example.text)
    };
    settings.examples.iter().enumerate().map(check).collect()
}

/// A conversation that begins with this message.
fn brief(settings: &HandoffSettings, message: &str) -> Brief {
    let wrong = settings.validate();
    let is_whole = |row: usize| wrong.iter().all(|error| !error.field.starts_with(&format!("gather.{row}.")));
    let rows = settings.gather.iter().enumerate().filter(|(row, _)| is_whole(*row));
    let action = HandoffSettings {
        enabled: true,
        gather: rows.map(|(_, field)| field.clone()).collect(),
        questions_max: settings.questions_max.clamp(*QUESTIONS_MAX_RANGE.start(), *QUESTIONS_MAX_RANGE.end()),
        turns_max: settings.turns_max.clamp(*TURNS_MAX_RANGE.start(), *TURNS_MAX_RANGE.end()),
        ..settings.clone()
    };
    Brief {
        agent_name: String::new(),
        action,
        said: vec![Said { seq: 1, by: Speaker::Customer, body: message.to_owned() }],
        gathering: Gathering::default(),
        details: Vec::new(),
        ai_turns: 0,
        locale: String::new(),
        ..Brief::default()
    }
}

/// What a turn came to, and why.
fn in_words(turn: &Turn, brief: &Brief, message: &str) -> Decision {
    let words = turn.matched.as_ref().and_then(|matched| matched.rule.clone());
    let by_rule = match examples::deciding(&brief.action.examples, message) {
        Some(example) if words.as_ref() == Some(&example.text) => Because::Example,
        _ => Because::Rule,
    };
    let (would, because) = match (&turn.proposal, &turn.matched) {
        (Proposal::AskFor { wanted: reason, .. } | Proposal::HandOff { reason, .. }, _) => match reason.kind {
            HandoffKind::AskedForPerson => (Would::HandOff, Because::AsksForPerson),
            _ => (Would::HandOff, by_rule),
        },
        (Proposal::Reply { body, .. }, Some(_)) if phrases::is(Phrase::TryFirst, body) => (Would::TryFirst, by_rule),
        (Proposal::Reply { .. }, Some(_)) => (Would::Stay, by_rule),
        (Proposal::Reply { .. }, None) if request::read(message) == Ask::Refuses => {
            (Would::Stay, Because::RefusesPerson)
        }
        (Proposal::Reply { .. }, None) if smalltalk::read(message).is_some() => (Would::Stay, Because::SmallTalk),
        (Proposal::Reply { .. }, None) if turn.answered_from.is_some() => (Would::Stay, Because::Knowledge),
        (Proposal::Reply { .. } | Proposal::GiveUp { .. }, _) => (Would::Stay, Because::NoRule),
    };
    Decision { would, because, words }
}

/// How well each rule fits the message by itself, the best first. The only place here that asks `matching`.
fn fits(judge: &Judge<'_>, message: &str) -> Vec<RuleFit> {
    let judgement = judge.judge(message);
    let deciding = match judgement.verdict {
        Verdict::Always(found) | Verdict::Met(found) | Verdict::Excluded(found) => Some(found.rule),
        Verdict::Nothing => None,
    };
    let asks = request::read(message) == Ask::Asks;
    let weigh = |(rule, fit): (&Rule, &f32)| {
        let decides = deciding.is_some_and(|deciding| std::ptr::eq(deciding, rule));
        let share = match rule.kind {
            RuleKind::AsksPerson => f32::from(u8::from(asks)),
            // A keyword is there or not, whatever the sentence around it is like.
            RuleKind::Always if decides => 1.0,
            _ => *fit,
        };
        let is_met = decides || share >= FIT_MIN;
        // Bounded above and below, so that the cast keeps the value.
        let percent = (share * 100.0).round().clamp(0.0, 100.0) as u8;
        RuleFit { kind: rule.kind, text: rule.text.clone(), percent, is_met }
    };
    let mut fits: Vec<RuleFit> = judge.reading().rules.iter().zip(&judgement.fits).map(weigh).collect();
    fits.retain(|fit| fit.percent > 0);
    fits.sort_by_key(|fit| std::cmp::Reverse((fit.is_met, fit.percent)));
    fits.truncate(FITS_MAX);
    fits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FieldKind, GatherField};

    const TEXT: &str = "Hand off when the user has a billing issue. Always escalate “chargeback”. When somebody asks for a refund, try to resolve it first, then hand off. Do not hand off for shipping questions. Be kind.";

    fn settings() -> HandoffSettings {
        let order = GatherField {
            name: "order_number".into(),
            description: "The number of the order".into(),
            kind: FieldKind::Text,
            choices: vec![],
            required: true,
        };
        HandoffSettings { when_to_use: TEXT.into(), gather: vec![order], ..HandoffSettings::default() }
    }

    fn explain(settings: &HandoffSettings, message: &str) -> Explained {
        let conditions = Conditions::read(&settings.when_to_use, None);
        super::explain(settings, message, vec![], &conditions, None)
    }

    fn decision(settings: &HandoffSettings, message: &str) -> (Would, Because) {
        let decision = explain(settings, message).decision;
        (decision.would, decision.because)
    }

    #[test]
    fn each_message_is_told_what_would_be_done_and_why() {
        for (message, would, because) in [
            ("There is a billing issue on my invoice", Would::HandOff, Because::Rule),
            ("I will start a chargeback", Would::HandOff, Because::Rule),
            ("I want to talk to a human", Would::HandOff, Because::AsksForPerson),
            ("I'd like a refund", Would::TryFirst, Because::Rule),
            ("Which shipping options do you have?", Would::Stay, Because::Rule),
            ("Please don't transfer me to a person", Would::Stay, Because::RefusesPerson),
            ("Hello!", Would::Stay, Because::SmallTalk),
            ("What is the weather like on Mars?", Would::Stay, Because::NoRule),
        ] {
            assert_eq!(decision(&settings(), message), (would, because), "{message}");
        }
    }

    #[test]
    fn what_comes_before_the_handoff_is_told() {
        let told = explain(&settings(), "There is a billing issue on my invoice");
        assert_eq!(told.asks_for.as_deref(), Some("order_number"));
        assert!(told.priority.is_none());
        assert_eq!((told.fits[0].kind, told.fits[0].is_met), (RuleKind::Trigger, true));
        let settings = HandoffSettings { auto_priority: true, ..settings() };
        let told = explain(&settings, "There is a billing issue with my order 84213");
        assert_eq!((told.asks_for, told.gathered[0].value.as_str()), (None, "84213"));
        assert!(told.priority.is_some());
    }

    #[test]
    fn what_knowledge_answers_is_told_with_its_source() {
        let found = |score| Found {
            entry_id: "e1".into(),
            title: "Shipping".into(),
            heading: String::new(),
            ordinal: 0,
            text: "We ship to Mars. It takes a year.".into(),
            quote: "We ship to Mars.".into(),
            score,
        };
        let conditions = Conditions::read(TEXT, None);
        let explain = |message, score| super::explain(&settings(), message, vec![found(score)], &conditions, None);
        for (message, score, because, source) in [
            ("What is the weather like on Mars?", 0.9, Because::Knowledge, Some("Shipping")),
            ("What is the weather like on Mars?", 0.2, Because::NoRule, None),
            ("Which shipping options do you have?", 0.9, Because::Rule, Some("Shipping")),
            ("There is a billing issue on my invoice", 0.9, Because::Rule, None),
            ("Hello!", 0.9, Because::SmallTalk, None),
        ] {
            let told = explain(message, score);
            let title = told.answer.map(|answer| answer.title);
            assert_eq!((told.decision.because, title.as_deref()), (because, source), "{message}");
        }
    }

    #[test]
    fn an_example_decides_about_messages_like_it() {
        let example = |text: &str, should_hand_off| Example { text: text.into(), should_hand_off };
        let examples = vec![
            example("What is the weather like on Mars?", true),
            example("There is a billing issue with my tote bag", false),
            example("I will start a chargeback", true),
            example("Give me a human", false),
        ];
        let settings = HandoffSettings { examples, ..settings() };
        assert_eq!(decision(&settings, "what is the weather like on mars"), (Would::HandOff, Because::Example));
        assert_eq!(decision(&settings, "There is a billing issue with my tote bag!"), (Would::Stay, Because::Example));
        assert_eq!(decision(&settings, "I will start a chargeback"), (Would::HandOff, Because::Rule));
        assert_eq!(decision(&settings, "Give me a human"), (Would::HandOff, Because::AsksForPerson));
        // Each without itself: the text does not know better.
        let conditions = Conditions::read(&settings.when_to_use, None);
        let checked = check_examples(&settings, &conditions, None);
        let checked: Vec<bool> = checked.iter().map(Decision::hands_off).collect();
        assert_eq!(checked, [false, true, true, true]);
    }

    #[test]
    fn half_typed_settings_are_taken_as_far_as_they_go() {
        let mut settings = settings();
        settings.gather[0].name = "9 lives".into();
        settings.turns_max = -1;
        settings.questions_max = -1;
        let told = explain(&settings, "There is a billing issue on my invoice");
        assert_eq!((told.decision.would, told.asks_for, told.gathered), (Would::HandOff, None, vec![]));
        assert_eq!(read("").rules, []);
        assert_eq!(read(TEXT).rules.len(), 5);
    }
}
