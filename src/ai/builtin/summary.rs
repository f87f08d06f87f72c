//! The summary of a handoff, made of facts: every point is a piece of the conversation and links to its message.

use super::evidence::Subject;
use super::phrases::{self, Phrase};
use super::priority::is_shouting;
use super::questions;
use super::request::{self, Ask};
use super::roles;
use super::smalltalk;
use super::words::{excerpt, has_any, padded, words};
use crate::ai::{Brief, Said, Speaker};
use crate::domain::{Handoff, HandoffKind, Point, Summary};

const POINTS_MAX: usize = 3;
const POINT_CHARS_MAX: usize = 160;

/// Writes the summary.
pub fn write(brief: &Brief, handoff: &Handoff) -> Summary {
    let customer: Vec<&Said> = brief.said.iter().filter(|said| said.by == Speaker::Customer).collect();
    Summary {
        wants: wants(&customer, handoff),
        tried: tried(brief, handoff),
        mood: mood(&customer).to_owned(),
        next_step: next_step(handoff),
        through_seq: brief.said.last().map_or(handoff.after_seq, |said| said.seq.max(handoff.after_seq)),
    }
}

/// The first message with substance, the message that led to the handoff, and the newest one.
fn wants(customer: &[&Said], handoff: &Handoff) -> Vec<Point> {
    let with_substance = |said: &&&Said| {
        Subject::of(&said.body).content_words() >= 1
            && request::read(&said.body) == Ask::No
            && smalltalk::read(&said.body).is_none()
    };
    let first = customer.iter().find(with_substance).copied();
    let leading = handoff.reason.quote_seq.and_then(|seq| customer.iter().find(|said| said.seq == seq).copied());
    let newest = customer
        .iter()
        .rev()
        .find(|said| with_substance(said) && Subject::of(&said.body).content_words() >= 3)
        .copied();
    let mut points: Vec<Point> = Vec::new();
    for said in [first, leading, newest].into_iter().flatten() {
        if points.iter().all(|point| point.seq != Some(said.seq)) {
            points.push(point(said));
        }
    }
    points.sort_by_key(|point| point.seq);
    points.truncate(POINTS_MAX);
    if points.is_empty() {
        points.extend(customer.last().map(|said| point(said)));
    }
    points
}

fn point(said: &Said) -> Point {
    let line = said.body.split_whitespace().collect::<Vec<_>>().join(" ");
    Point { text: excerpt(&line, POINT_CHARS_MAX), seq: Some(said.seq) }
}

/// What the customer says they tried, then what the AI answered. The words that told of the handoff are no attempt.
fn tried(brief: &Brief, handoff: &Handoff) -> Vec<Point> {
    const SIGNS: &[&str] = &[
        "i tried",
        "ive tried",
        "i have tried",
        "already tried",
        "i restarted",
        "i reinstalled",
        "i called",
        "i emailed",
        "i contacted",
        "i checked",
        "i already",
        "he intentado",
        "ya intente",
        "j ai essaye",
        "ich habe versucht",
        "habe schon",
        "ho provato",
        "tentei",
        "ja tentei",
        "heb geprobeerd",
    ];
    let own =
        brief.said.iter().filter(|said| said.by == Speaker::Customer && has_any(&padded(&said.body), SIGNS)).map(point);
    let mut points: Vec<Point> = own.take(POINTS_MAX).collect();
    let is_promise = |said: &Said| said.by == Speaker::Ai && said.seq == handoff.after_seq;
    // A greeting, a thank-you and a question for a value are no attempt to help.
    let rows = roles::rows(&brief.action.gather);
    let is_talk = |said: &Said| {
        said.by == Speaker::Ai
            && (TALK.iter().any(|phrase| phrases::is(*phrase, &said.body))
                || smalltalk::read(&said.body).is_some()
                || is_opening(&said.body)
                || !questions::read(&said.body, &rows).rows.is_empty())
    };
    let answers = brief
        .said
        .iter()
        .filter(|said| matches!(said.by, Speaker::Ai | Speaker::Teammate))
        .filter(|said| !is_promise(said) && !is_talk(said));
    let told = answers.rev().take(2).map(|said| {
        let who = if said.by == Speaker::Ai { "The AI agent said" } else { "A teammate said" };
        let inner = point(said);
        Point { text: format!("{who}: {}", inner.text), seq: inner.seq }
    });
    let mut told: Vec<Point> = told.collect();
    told.reverse();
    points.extend(told);
    points
}

/// Sentences of the engine that attempt nothing.
const TALK: &[Phrase] =
    &[Phrase::Greeting, Phrase::Thanks, Phrase::Stay, Phrase::IsBot, Phrase::Offer, Phrase::CantHelp, Phrase::NoAnswer];

/// "Hello, how can I help you today?"
fn is_opening(body: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "how can i help",
        "how may i help",
        "what can i do for you",
        "how can i assist",
        "how may i assist",
        "en que puedo ayudar",
        "comment puis je vous aider",
        "wie kann ich",
        "come posso aiutar",
        "como posso ajudar",
        "waarmee kan ik",
    ];
    words(body).len() <= 20 && OPENINGS.iter().any(|opening| padded(body).contains(opening))
}

fn mood(customer: &[&Said]) -> &'static str {
    let recent: Vec<String> = customer.iter().rev().take(5).map(|said| padded(&said.body)).collect();
    let any = |signs: &[&str]| recent.iter().any(|flat| has_any(flat, signs));
    if any(&[
        "furious",
        "angry",
        "ridiculous",
        "unacceptable",
        "worst",
        "scam",
        "damn",
        "wtf",
        "disgusting",
        "terrible",
        "sue",
        "unverschamt",
        "inaceptable",
        "furieux",
        "furioso",
    ]) || customer.iter().rev().take(5).any(|said| is_shouting(&said.body))
    {
        "Angry"
    } else if any(&[
        "frustrated",
        "frustrating",
        "annoying",
        "annoyed",
        "again",
        "still",
        "third time",
        "useless",
        "tired of",
        "not helpful",
        "waste",
        "genervt",
        "harto",
        "marre",
        "stufo",
        "farto",
    ]) {
        "Frustrated"
    } else if any(&[
        "worried",
        "afraid",
        "scared",
        "panic",
        "urgent",
        "please help",
        "stolen",
        "besorgt",
        "preocupado",
        "inquiet",
        "preoccupato",
    ]) {
        "Worried"
    } else if any(&[
        "thanks",
        "thank you",
        "great",
        "perfect",
        "appreciate",
        "gracias",
        "merci",
        "danke",
        "grazie",
        "obrigado",
        "obrigada",
        "bedankt",
    ]) {
        "Friendly"
    } else {
        "Neutral"
    }
}

fn next_step(handoff: &Handoff) -> String {
    let about = match handoff.reason.kind {
        HandoffKind::AskedForPerson | HandoffKind::Button => {
            "Greet the customer as a person and ask how you can help.".to_owned()
        }
        HandoffKind::Condition => match &handoff.reason.rule {
            Some(rule) => format!("Look into this, as the action asks: “{}”.", excerpt(rule, 120)),
            None => "Look into the customer's request.".to_owned(),
        },
        HandoffKind::AiLimit | HandoffKind::Failure => {
            "Answer the question that the AI agent could not answer.".to_owned()
        }
        HandoffKind::Teammate => format!("Go on from the note of the handoff: {}", handoff.reason.reason),
        HandoffKind::Returned => "Pick up where the last teammate left off.".to_owned(),
    };
    if handoff.missing.is_empty() {
        return about;
    }
    let names: Vec<String> = handoff.missing.iter().map(|missing| missing.name.replace('_', " ")).collect();
    format!("{about} Still missing: {}.", names.join(", "))
}
