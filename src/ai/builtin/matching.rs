//! Which rule of the admin's text a message meets: word evidence, and sentence vectors where there are weights. The
//! reading of the text is in `reading`, the words in `evidence`, the vectors in `ai::meaning`.

use super::evidence::{self, Subject};
use super::language::{self, Language};
use super::reading::{self, Reading, Rule};
use crate::ai::meaning::{Head, Meaning, Vector};
use crate::wire::reading::RuleKind;
use std::cell::RefCell;
use std::collections::HashMap;

/// The most vectors of one text; rules beyond are compared by words. They cost about 15 ms each, once per save.
const VECTORS_MAX: usize = 96;
/// The most phrases of one rule that get a vector.
const PHRASES_MAX: usize = 5;
/// A message that isn't English needs this belief when the words say nothing: the encoder knows English best.
const FOREIGN_BELIEF_MIN: f32 = 0.85;
/// A condition that words alone find met needs only this belief: "a billing issue" is far from "I was charged twice" for
/// the encoder, and near by its words.
const AGREED_BELIEF_MIN: f32 = 0.2;

/// The admin's text, read, with its vectors. Made once per save.
#[derive(Debug)]
pub struct Conditions {
    pub reading: Reading,
    vectors: Option<Vectors>,
}

#[derive(Debug)]
struct Vectors {
    whole: Vector,
    /// One list a rule, in the order of the reading: the rule as a whole, then its phrases.
    rules: Vec<Vec<Vector>>,
}

impl Conditions {
    /// Reads a text. Without an encoder, or if it fails, words alone decide.
    pub fn read(when_to_use: &str, meaning: Option<&Meaning>) -> Self {
        let reading = reading::read(when_to_use);
        let vectors = meaning.and_then(|meaning| match vectors(when_to_use, &reading, meaning) {
            Ok(vectors) => Some(vectors),
            Err(error) => {
                tracing::warn!(%error, "conditions are compared by words");
                None
            }
        });
        Self { reading, vectors }
    }
}

fn vectors(text: &str, reading: &Reading, meaning: &Meaning) -> Result<Vectors, crate::ai::meaning::Error> {
    let mut left = VECTORS_MAX;
    let mut rules = Vec::with_capacity(reading.rules.len());
    for rule in &reading.rules {
        let texts = texts(rule);
        let few = texts.len().min(left);
        left -= few;
        rules.push(texts[..few].iter().map(|text| meaning.condition(text)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Vectors { whole: meaning.condition(text)?, rules })
}

/// What of a rule is compared by vectors.
pub fn texts(rule: &Rule) -> Vec<&str> {
    let phrases = rule.phrases.iter().map(String::as_str).take(PHRASES_MAX);
    match rule.kind {
        RuleKind::Trigger | RuleKind::Exclusion => std::iter::once(rule.text.as_str()).chain(phrases).collect(),
        RuleKind::Always => phrases.collect(),
        RuleKind::AsksPerson | RuleKind::TryFirst | RuleKind::Guidance => Vec::new(),
    }
}

/// A rule that decides about a message.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    pub rule: &'a Rule,
}

/// What the conditions say about a message.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'a> {
    /// A keyword or topic that always escalates.
    Always(Match<'a>),
    /// A condition is met and no exclusion fits better.
    Met(Match<'a>),
    /// An exclusion fits: the AI answers.
    Excluded(Match<'a>),
    /// Nothing in the text speaks about it.
    Nothing,
}

/// A verdict with what led to it.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    pub verdict: Verdict<'a>,
    /// How much speaks for a handoff, 0 to 1; from a half on a condition is met.
    pub belief: f32,
    /// How well each rule fits by itself, 0 to 1, in the order of the reading.
    pub fits: Vec<f32>,
}

/// Judges the messages of one turn.
pub struct Judge<'a> {
    conditions: &'a Conditions,
    meaning: Option<&'a Meaning>,
    judged: RefCell<HashMap<String, Judgement<'a>>>,
}

impl<'a> Judge<'a> {
    /// A judge by these conditions.
    pub fn new(conditions: &'a Conditions, meaning: Option<&'a Meaning>) -> Self {
        Self { conditions, meaning, judged: RefCell::default() }
    }

    /// The text as it was read.
    pub fn reading(&self) -> &'a Reading {
        &self.conditions.reading
    }

    /// Judges a message; the same text is judged once.
    pub fn judge(&self, text: &str) -> Judgement<'a> {
        if let Some(known) = self.judged.borrow().get(text) {
            return known.clone();
        }
        let reading = &self.conditions.reading;
        let compared = self.conditions.vectors.as_ref().zip(self.meaning).and_then(|(vectors, meaning)| {
            let message = meaning
                .condition(text)
                .inspect_err(|error| tracing::warn!(%error, "a message is judged by words"))
                .ok()?;
            Some(by_meaning(reading, vectors, &message, &meaning.head, text))
        });
        let judgement = compared.unwrap_or_else(|| by_words(reading, text));
        self.judged.borrow_mut().insert(text.to_owned(), judgement.clone());
        judgement
    }
}

/// An exclusion wins when it fits better than the condition, or when what sets it apart from the condition is there.
fn by_words<'a>(reading: &'a Reading, text: &str) -> Judgement<'a> {
    let subject = Subject::of(text);
    let fits: Vec<f32> = reading.rules.iter().map(|rule| by_phrases(rule, &subject)).collect();
    if let Some(rule) = reading.of_kind(RuleKind::Always).find(|rule| evidence::has_keyword(rule, &subject)) {
        return Judgement { verdict: Verdict::Always(Match { rule }), belief: 1.0, fits };
    }
    let nearest = evidence::best(reading.of_kind(RuleKind::Trigger), &subject);
    let trigger = nearest.filter(|(_, fit)| fit.is_enough());
    let exclusion = reading
        .of_kind(RuleKind::Exclusion)
        .map(|rule| (rule, evidence::exclusion_fit(rule, trigger.map(|(rule, _)| rule), &subject)))
        .filter(|(_, (fit, _))| fit.evidence > 0.0)
        .max_by(|(_, (a, _)), (_, (b, _))| a.share.total_cmp(&b.share));
    let verdict = match (trigger, exclusion) {
        (Some((_, met)), Some((rule, (fit, apart)))) if apart || (fit.is_enough() && fit.share > met.share) => {
            Verdict::Excluded(Match { rule })
        }
        (Some((rule, _)), _) => Verdict::Met(Match { rule }),
        (None, Some((rule, (fit, apart)))) if apart || fit.is_enough() => Verdict::Excluded(Match { rule }),
        _ => Verdict::Nothing,
    };
    let nearest = nearest.map_or(0.0, |(_, fit)| fit.share);
    let belief = match verdict {
        Verdict::Always(_) => 1.0,
        Verdict::Met(_) => 0.5 + 0.49 * nearest,
        Verdict::Excluded(_) => 0.3 * nearest,
        Verdict::Nothing => 0.49 * nearest,
    };
    Judgement { verdict, belief, fits }
}

fn by_phrases(rule: &Rule, subject: &Subject) -> f32 {
    if rule.kind == RuleKind::Always && evidence::has_keyword(rule, subject) {
        return 1.0;
    }
    rule.phrases.iter().map(|phrase| evidence::fit(phrase, subject).share).fold(0.0, f32::max)
}

/// Vectors and words together, weighed as `training/` found best.
fn by_meaning<'a>(reading: &'a Reading, vectors: &Vectors, message: &Vector, head: &Head, text: &str) -> Judgement<'a> {
    let subject = Subject::of(text);
    let words = by_words(reading, text);
    let cosines: Vec<f32> =
        reading.rules.iter().zip(&vectors.rules).map(|(rule, own)| nearest(rule, own, message, &subject)).collect();
    let of_kind = |kinds: &[RuleKind]| {
        let rules = reading.rules.iter().enumerate().filter(|(_, rule)| kinds.contains(&rule.kind));
        rules.map(|(at, rule)| (rule, cosines[at])).max_by(|(_, a), (_, b)| a.total_cmp(b))
    };
    let trigger = of_kind(&[RuleKind::Trigger, RuleKind::Always]);
    let exclusion = of_kind(&[RuleKind::Exclusion]);
    let fits = reading
        .rules
        .iter()
        .zip(&cosines)
        .map(|(rule, cosine)| match rule.kind {
            RuleKind::Trigger | RuleKind::Always => head.trigger(*cosine),
            RuleKind::Exclusion => head.exclusion(*cosine),
            RuleKind::AsksPerson | RuleKind::TryFirst | RuleKind::Guidance => 0.0,
        })
        .collect();
    if let Verdict::Always(_) = words.verdict {
        return Judgement { fits, ..words };
    }
    let Some((rule, trigger)) = trigger else { return Judgement { fits, ..words } };
    let (share, apart) = word_evidence(reading, &subject);
    let named = reading.of_kind(RuleKind::Exclusion).any(|rule| evidence::is_present(rule, &subject));
    let belief =
        head.belief(trigger, message.likeness(&vectors.whole), exclusion.map(|(_, cosine)| cosine), share, apart);
    let is_foreign = language::detect(text, "") != Language::En;
    let by_words = matches!(words.verdict, Verdict::Met(_));
    let is_believed = belief >= if is_foreign { FOREIGN_BELIEF_MIN } else { 0.5 };
    let is_agreed = by_words && (is_foreign || belief >= AGREED_BELIEF_MIN);
    let is_met = !named && (is_believed || is_agreed);
    let verdict = if is_met {
        Verdict::Met(Match { rule })
    } else {
        match (exclusion, words.verdict) {
            (Some((rule, cosine)), _) if head.exclusion(cosine) >= 0.5 => Verdict::Excluded(Match { rule }),
            (_, Verdict::Excluded(found)) => Verdict::Excluded(found),
            _ => Verdict::Nothing,
        }
    };
    let belief = if is_met { belief.max(0.5) } else { belief.min(0.49) };
    Judgement { verdict, belief, fits }
}

/// What words add to vectors: the share of the nearest condition's words that are there, and whether a word is there that
/// sets an exclusion apart from it.
pub fn word_evidence(reading: &Reading, subject: &Subject) -> (f32, bool) {
    let nearest = evidence::best(reading.of_kind(RuleKind::Trigger), subject);
    let of = nearest.map(|(rule, _)| rule);
    let apart = reading.of_kind(RuleKind::Exclusion).any(|rule| evidence::exclusion_fit(rule, of, subject).1);
    (nearest.map_or(0.0, |(_, fit)| fit.share), apart)
}

/// The likeness of a rule's nearest piece; a piece whose limits don't hold ("above 500 euro") is no piece.
fn nearest(rule: &Rule, own: &[Vector], message: &Vector, subject: &Subject) -> f32 {
    let texts = texts(rule);
    let pieces = own.iter().zip(texts).filter(|(_, text)| evidence::limits_hold(text, subject));
    pieces.map(|(vector, _)| vector.likeness(message)).fold(-1.0, f32::max)
}
