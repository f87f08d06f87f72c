//! One turn, decided: explicit request for a person → hard rules → conditions → an answer from knowledge → an honest
//! reply (PRODUCT.md §3). Pure: the same brief always gives the same proposal.

use super::commitment;
use super::consent::{self, Answer};
use super::evidence::Subject;
use super::examples;
use super::extract::{self, Heardings};
use super::gather::{self, Next};
use super::headline;
use super::language::Language;
use super::matching::{Judge, Match, Verdict};
use super::phrases::{self, Phrase};
use super::request::{self, Ask};
use super::smalltalk::{self, SmallTalk};
use super::words::excerpt;
use crate::ai::knowledge::Found;
use crate::ai::{Brief, Leeway, Proposal, Said, Speaker};
use crate::domain::{AnsweredFrom, HandoffKind, HandoffReason};
use crate::wire::reading::RuleKind;

/// The longest quote in a reason, in characters.
const QUOTE_CHARS_MAX: usize = 200;
/// Two messages are the same question from this likeness on.
const SAME_QUESTION: f32 = 0.8;
/// After this many answers in a row that did not help, the third time leads to a person.
const FAILURES_MAX: usize = 2;

/// So many values, all there, say that the AI was collecting them for the handoff.
const ROWS_COLLECTED_MIN: usize = 2;

/// What a turn came to: the proposal, and what matched even when it led to no handoff.
#[derive(Clone, Debug)]
pub struct Turn {
    pub proposal: Proposal,
    pub matched: Option<HandoffReason>,
    /// A handoff is wanted, though a question or a first try may come before it.
    pub is_wanted: bool,
    /// How much speaks for a handoff, 0 to 1.
    pub belief: f32,
    /// The source of an answer from knowledge.
    pub answered_from: Option<AnsweredFrom>,
    /// What is left to a model, where there is one.
    pub leeway: Leeway,
}

impl Turn {
    fn leaving(self, leeway: Leeway) -> Self {
        Self { leeway, ..self }
    }
}

/// Decides a turn.
pub fn decide<'a>(brief: &'a Brief, judge: &'a Judge<'a>) -> Turn {
    let scene = Scene::new(brief, judge);
    let turn = decide_in(brief, &scene);
    let is_certain = turn.is_wanted && turn.matched.as_ref().is_some_and(|m| m.kind != HandoffKind::Condition);
    let belief = if is_certain { 1.0 } else { judge.judge(&scene.text()).belief };
    Turn { belief, ..turn }
}

fn decide_in(brief: &Brief, scene: &Scene<'_>) -> Turn {
    if !brief.action.enabled {
        return scene.reply_while_disabled();
    }
    if brief.gathering.wanted.is_some() {
        return scene.go_on_gathering();
    }
    scene.explicit_request().or_else(|| scene.rules_and_conditions()).unwrap_or_else(|| scene.honest_reply())
}

struct Scene<'a> {
    brief: &'a Brief,
    /// The customer's messages since the last answer.
    burst: Vec<&'a Said>,
    /// The last message of the AI or a teammate before the burst.
    before: Option<&'a Said>,
    language: Language,
    judge: &'a Judge<'a>,
    heard: Heardings,
}

impl<'a> Scene<'a> {
    fn new(brief: &'a Brief, judge: &'a Judge<'a>) -> Self {
        let said = &brief.said;
        let start = said.iter().rposition(|s| matches!(s.by, Speaker::Ai | Speaker::Teammate)).map_or(0, |at| at + 1);
        let mut burst: Vec<&Said> = said[start..].iter().filter(|s| s.by == Speaker::Customer).collect();
        if burst.is_empty() {
            burst.extend(said.iter().rev().find(|s| s.by == Speaker::Customer));
        }
        let before = start.checked_sub(1).and_then(|at| said.get(at));
        Self { brief, burst, before, language: super::language_of(brief), judge, heard: extract::hear(brief) }
    }

    fn text(&self) -> String {
        self.burst.iter().map(|said| said.body.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn asks(&self) -> Option<&'a Said> {
        self.burst.iter().rev().find(|said| request::read(&said.body) == Ask::Asks).copied()
    }

    fn refuses_person(&self) -> bool {
        self.burst.iter().any(|said| request::read(&said.body) == Ask::Refuses)
    }

    fn last_offered(&self) -> bool {
        self.before.is_some_and(|said| said.by == Speaker::Ai && request::offers_person(&said.body))
    }

    fn reply(&self, phrase: Phrase) -> Turn {
        self.reply_after(phrase, None)
    }

    fn reply_after(&self, phrase: Phrase, matched: Option<HandoffReason>) -> Turn {
        let body = phrases::say(phrase, self.language).to_owned();
        Turn {
            proposal: Proposal::Reply { body, gathered: self.heard.values.clone() },
            matched,
            is_wanted: false,
            belief: 0.0,
            answered_from: None,
            leeway: Leeway::Full,
        }
    }

    /// The passage that answers, if one does. What the AI has quoted already did not help.
    fn known(&self) -> Option<&'a Found> {
        let is_said = |found: &Found| {
            self.brief.said.iter().any(|said| said.by == Speaker::Ai && said.body.starts_with(&found.quote))
        };
        self.brief.knowledge.iter().find(|found| found.answers() && !is_said(found))
    }

    /// Quotes the agent's knowledge and names the source; otherwise says honestly that there is no answer.
    fn answer_or(&self, otherwise: Phrase, matched: Option<HandoffReason>) -> Turn {
        let mut turn = self.reply_after(otherwise, matched);
        if let Some(found) = self.known() {
            let body = format!("{}\n\n{}", found.quote, phrases::source(&found.title, self.language));
            turn.proposal = Proposal::Reply { body, gathered: self.heard.values.clone() };
            turn.answered_from = Some(AnsweredFrom {
                entry_id: found.entry_id.clone(),
                title: found.title.clone(),
                quote: found.quote.clone(),
            });
        }
        turn
    }

    fn reply_while_disabled(&self) -> Turn {
        let accepts = self.last_offered() && consent::answer(&self.text()) == Answer::Accepts;
        if self.asks().is_some() || accepts {
            return self.reply(Phrase::CannotBringIn).leaving(Leeway::None);
        }
        let turn = match smalltalk::read(&self.text()) {
            Some(SmallTalk::Greeting) => self.reply(Phrase::Greeting),
            Some(SmallTalk::Thanks) => self.reply(Phrase::Thanks),
            Some(SmallTalk::AsksWhetherBot) => self.reply(Phrase::IsBot),
            None => self.answer_or(Phrase::NoAnswer, None),
        };
        turn.leaving(Leeway::AnswerOnly)
    }

    /// A handoff is wanted: an answer, a refusal or insisting comes next.
    fn go_on_gathering(&self) -> Turn {
        let Some(wanted) = self.brief.gathering.wanted.clone() else { return self.honest_reply() };
        let withdraws = self.refuses_person()
            || smalltalk::withdraws(&self.text())
            || commitment::turns_down(&self.burst, self.before);
        if withdraws && self.asks().is_none() {
            return self.reply(Phrase::Stay).leaving(Leeway::AnswerOnly);
        }
        let insists = self.asks().is_some() || smalltalk::is_impatient(&self.text());
        let is_early = !insists && self.still_chooses(wanted.rule.as_deref().unwrap_or_default());
        let turn = self.toward_handoff(wanted, insists);
        let is_ready = matches!(turn.proposal, Proposal::HandOff { .. });
        if is_early && is_ready {
            return self.reply_after(Phrase::Offer, turn.matched);
        }
        // Everything is there, or there is a reason why it is not: nobody has to think about it any more.
        let leeway = if is_ready { Leeway::None } else { turn.leeway };
        turn.leaving(leeway)
    }

    /// What the condition wants done is not asked for yet: the customer only comments on what the AI put forward.
    fn still_chooses(&self, condition: &str) -> bool {
        commitment::is_deed(condition) && commitment::still_chooses(&self.burst, self.before)
    }

    fn toward_handoff(&self, reason: HandoffReason, insists: bool) -> Turn {
        let standing = gather::standing(self.brief, self.heard.clone(), insists);
        let matched = Some(reason.clone());
        let proposal = match gather::next(self.brief, &standing, self.language) {
            Next::Ask { name, body } => {
                Proposal::AskFor { name, body, wanted: reason, gathered: standing.values, refused: standing.refused }
            }
            Next::HandOff { missing } => {
                let priority = super::priority(self.brief);
                Proposal::HandOff { reason, gathered: standing.values, missing, priority, words: String::new() }
            }
        };
        // A request and a limit are rules; whether a condition is met is also a matter of reading.
        let is_rule = matched.as_ref().is_some_and(|reason| reason.kind != HandoffKind::Condition);
        let leeway = if is_rule { Leeway::None } else { Leeway::Full };
        Turn { proposal, matched, is_wanted: true, belief: 0.0, answered_from: None, leeway }
    }

    fn explicit_request(&self) -> Option<Turn> {
        let rule = self.judge.reading().of_kind(RuleKind::AsksPerson).next().map(|rule| rule.text.clone());
        if let Some(said) = self.asks() {
            let reason =
                reason(HandoffKind::AskedForPerson, "The customer asked for a person.".into(), rule, Some(said));
            return Some(self.toward_handoff(reason, false));
        }
        if self.last_offered() {
            match consent::answer(&self.text()) {
                Answer::Accepts => {
                    let text = "The customer accepted the offer of a person.".into();
                    let reason = reason(HandoffKind::AskedForPerson, text, rule, self.burst.last().copied());
                    return Some(self.toward_handoff(reason, false));
                }
                Answer::Declines if smalltalk::is_only_a_no(&self.text()) => {
                    return Some(self.reply(Phrase::Stay).leaving(Leeway::AnswerOnly));
                }
                _ => {}
            }
        }
        self.refuses_person().then(|| self.reply(Phrase::Stay).leaving(Leeway::AnswerOnly))
    }

    fn rules_and_conditions(&self) -> Option<Turn> {
        let text = self.text();
        let small_talk = smalltalk::read(&text);
        let verdict = self.judge.judge(&text).verdict;
        if let Some(turn) = self.by_example(&text, &verdict) {
            return Some(turn);
        }
        if let Verdict::Always(found) = &verdict {
            return Some(self.toward_handoff(self.of_match(found), false).leaving(Leeway::None));
        }
        let after_try = self.before.is_some_and(|said| phrases::is(Phrase::TryFirst, &said.body));
        if matches!(verdict, Verdict::Nothing)
            && let Some(turn) = self.wanted_by_now()
        {
            return Some(turn);
        }
        if small_talk.is_some() && !matches!(verdict, Verdict::Met(_)) {
            return None;
        }
        if let Verdict::Excluded(found) = &verdict {
            let mut reason = self.of_match(found);
            reason.reason = "The action says that the AI agent answers this itself.".into();
            return Some(self.answer_or(Phrase::NoAnswer, Some(reason)).leaving(Leeway::AnswerOnly));
        }
        if self.brief.ai_turns >= self.brief.action.turns_max {
            let text = format!("The AI agent reached its limit of {} turns.", self.brief.action.turns_max);
            return Some(
                self.toward_handoff(reason(HandoffKind::AiLimit, text, None, self.burst.last().copied()), false),
            );
        }
        if after_try {
            return Some(self.after_the_attempt(&verdict));
        }
        if let Verdict::Met(found) = &verdict
            && !commitment::only_looked(self.brief, &found.rule.text)
        {
            let reason = self.of_match(found);
            let was_tried =
                self.brief.said.iter().any(|said| said.by == Speaker::Ai && phrases::is(Phrase::TryFirst, &said.body));
            if found.rule.tries_first && !was_tried {
                return Some(Turn { is_wanted: true, ..self.reply_after(Phrase::TryFirst, Some(reason)) });
            }
            return Some(self.toward_handoff(reason, false));
        }
        self.repetition(&text)
    }

    /// What an earlier message was about, wanted by now: the customer says "book it", or has just given the last of
    /// what the AI was collecting.
    fn wanted_by_now(&self) -> Option<Turn> {
        if commitment::commits(&self.burst, self.before) {
            let offered = self.before.filter(|said| said.by == Speaker::Ai);
            let wish = offered.into_iter().chain(commitment::earlier(self.brief, &self.burst)).find_map(|said| {
                let Verdict::Met(found) = self.judge.judge(&said.body).verdict else { return None };
                commitment::is_deed(&found.rule.text).then(|| found.rule.text.clone())
            });
            if let Some(rule) = wish {
                let last = self.burst.last().copied();
                return Some(self.toward_handoff(condition(Some(rule), last), false));
            }
        }
        let rule = self.judge.reading().of_kind(RuleKind::Trigger).next()?.text.clone();
        let is_now = self.heard.values.iter().any(|value| self.burst.iter().any(|said| Some(said.seq) == value.seq));
        let required = || self.brief.action.required_names();
        let is_complete = required().count() >= ROWS_COLLECTED_MIN
            && required().all(|name| self.heard.values.iter().any(|value| value.name == name));
        let is_collected = is_complete && is_now && self.heard.answered > 0;
        let is_wanted = is_collected && !commitment::only_looked(self.brief, &rule) && !self.still_chooses(&rule);
        is_wanted.then(|| self.toward_handoff(condition(Some(rule), self.burst.last().copied()), false))
    }

    /// An example that is nearly the same decides. Where a condition is met too, its rule says more.
    fn by_example(&self, text: &str, verdict: &Verdict<'_>) -> Option<Turn> {
        let example = examples::deciding(&self.brief.action.examples, text)?;
        let matched = |sentence: &str| {
            reason(HandoffKind::Condition, sentence.into(), Some(example.text.clone()), self.burst.last().copied())
        };
        match (example.should_hand_off, verdict) {
            (true, Verdict::Always(_) | Verdict::Met(_)) => None,
            (true, _) => {
                let reason = matched("The message is like an example that should be handed off.");
                Some(self.toward_handoff(reason, false).leaving(Leeway::None))
            }
            (false, _) => {
                let reason = matched("The message is like an example that should not be handed off.");
                Some(self.answer_or(Phrase::NoAnswer, Some(reason)).leaving(Leeway::AnswerOnly))
            }
        }
    }

    /// The AI tried; unless the customer is content, a person goes on under the condition that matched before.
    fn after_the_attempt(&self, verdict: &Verdict<'_>) -> Turn {
        if smalltalk::is_content(&self.text()) {
            return self.reply(Phrase::Thanks);
        }
        if let Verdict::Met(found) = verdict {
            return self.toward_handoff(self.of_match(found), false);
        }
        for said in self.brief.said.iter().rev().filter(|said| said.by == Speaker::Customer) {
            if let Verdict::Met(found) = self.judge.judge(&said.body).verdict {
                return self.toward_handoff(condition(Some(found.rule.text.clone()), Some(said)), false);
            }
        }
        let text = "The AI agent tried to help and the customer still needs it.".into();
        self.toward_handoff(reason(HandoffKind::Condition, text, None, self.burst.last().copied()), false)
    }

    /// The same question again, or answers that did not help: an offer, then a person.
    fn repetition(&self, text: &str) -> Option<Turn> {
        let ai_said = self.brief.said.iter().rev().filter(|said| said.by == Speaker::Ai);
        let failures = ai_said
            .take_while(|said| {
                [Phrase::CantHelp, Phrase::Offer, Phrase::NoAnswer].into_iter().any(|p| phrases::is(p, &said.body))
            })
            .count();
        let first_of_burst = self.burst.first().map_or(i64::MAX, |said| said.seq);
        let subject = Subject::of(text);
        let again = self
            .brief
            .said
            .iter()
            .filter(|said| said.by == Speaker::Customer && said.seq < first_of_burst)
            .filter(|said| subject.content_words() > 0 && subject.likeness(&Subject::of(&said.body)) >= SAME_QUESTION)
            .count();
        if again == 0 && self.known().is_some() {
            return None;
        }
        let last = self.burst.last().copied();
        if failures >= FAILURES_MAX || again >= FAILURES_MAX {
            let text = if again >= FAILURES_MAX {
                "The customer asked the same question three times."
            } else {
                "The AI agent could not help repeatedly."
            };
            return Some(self.toward_handoff(reason(HandoffKind::AiLimit, text.into(), None, last), false));
        }
        (failures == 1 || again == 1).then(|| self.reply(Phrase::Offer))
    }

    fn honest_reply(&self) -> Turn {
        match smalltalk::read(&self.text()) {
            Some(SmallTalk::Greeting) => self.reply(Phrase::Greeting),
            Some(SmallTalk::Thanks) => self.reply(Phrase::Thanks),
            Some(SmallTalk::AsksWhetherBot) => self.reply(Phrase::IsBot),
            None => self.answer_or(Phrase::CantHelp, None),
        }
    }

    fn of_match(&self, found: &Match<'_>) -> HandoffReason {
        // The quote is the message of the burst that fits best by itself; otherwise the last one.
        let own = self.burst.iter().find(|said| match self.judge.judge(&said.body).verdict {
            Verdict::Always(m) | Verdict::Met(m) | Verdict::Excluded(m) => m.rule.text == found.rule.text,
            Verdict::Nothing => false,
        });
        let said = own.or(self.burst.last()).copied();
        condition(Some(found.rule.text.clone()), said)
    }
}

fn condition(rule: Option<String>, said: Option<&Said>) -> HandoffReason {
    let sentence = headline::of(rule.as_deref().unwrap_or_default());
    reason(HandoffKind::Condition, sentence, rule, said)
}

fn reason(kind: HandoffKind, reason: String, rule: Option<String>, said: Option<&Said>) -> HandoffReason {
    HandoffReason {
        kind,
        reason,
        rule,
        quote: said.map(|said| excerpt(&said.body, QUOTE_CHARS_MAX)),
        quote_seq: said.map(|said| said.seq),
    }
}
