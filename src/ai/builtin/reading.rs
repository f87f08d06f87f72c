//! Reading "When to Use": the admin's free text becomes rules, each of one kind and in the admin's own words.
//! The page shows them, `matching` weighs them. The cutting of sentences into phrases is in `phrasing`.

use super::evidence::phrase_weight;
use super::exclusions::{is_exclusion, points_back};
use super::marks::{CONDITIONALS, HANDING, is_guidance, is_try_first};
use super::phrasing;
use super::words::{has_any, padded};
use crate::wire::reading::RuleKind;
use serde::{Deserialize, Serialize};

/// One rule found in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub kind: RuleKind,
    /// The admin's words.
    pub text: String,
    /// The AI tries to help before this one hands off.
    pub tries_first: bool,
    /// For [`RuleKind::Always`]: a topic, which synonyms may meet, rather than a literal keyword.
    pub is_topic: bool,
    /// The pieces a message is compared with.
    pub phrases: Vec<String>,
}

/// How Baton read the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub rules: Vec<Rule>,
}

impl Reading {
    /// The rules of one kind, in the order of the text.
    pub fn of_kind(&self, kind: RuleKind) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.kind == kind)
    }
}

/// The most rules kept of one text: the page lists no more, and a turn stays bounded.
const RULES_MAX: usize = 200;

/// Reads the text of "When to Use". Never fails: what it can't place is a trigger.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut header: Option<Header> = None;
    for line in phrasing::lines(text) {
        if line.text.is_empty() {
            header = None;
            continue;
        }
        if let Some(label) = line.text.strip_suffix(':').filter(|label| label.chars().count() <= 300) {
            // "Refunds stay with the AI. Hand off when:" ends with the heading.
            let mut sentences = phrasing::sentences(label);
            let own = sentences.pop().unwrap_or(label);
            sentences.into_iter().for_each(|sentence| read_sentence(sentence, None, &mut reading));
            header = Some(Header::of(own));
            continue;
        }
        let own = phrasing::label_of(&line.text).and_then(|(label, rest)| Some((Header::of_label(label)?, rest)));
        let (over, rest) = match own {
            Some((found, rest)) => (Some(found), rest),
            None => (header.filter(|_| line.is_item || header.is_some_and(Header::is_list)), line.text.as_str()),
        };
        read_line(rest, over, &mut reading);
    }
    spread_try_first(&mut reading);
    reading.rules.truncate(RULES_MAX);
    reading
}

/// What the items under a heading, or the words after a label, are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    Trigger,
    Keywords,
    Topics,
    Exclusion,
    TryFirst,
    Guidance,
}

impl Header {
    fn of(label: &str) -> Header {
        Self::of_label(label).unwrap_or(Header::Trigger)
    }

    fn is_list(self) -> bool {
        matches!(self, Header::Keywords | Header::Topics)
    }

    /// The kind of a label that announces one; `None` when it is just a name ("Seat desk").
    fn of_label(label: &str) -> Option<Header> {
        let words = label;
        let label = padded(label);
        let escalates = has_any(&label, &["always", "immediately", "immer", "siempre", "toujours", "sempre", "altijd"]);
        if has_any(
            &label,
            &[
                "keyword",
                "keywords",
                "words",
                "phrases",
                "palabras",
                "mots",
                "schlusselworter",
                "stichworter",
                "parole",
                "palavras",
                "trefwoorden",
            ],
        ) {
            return Some(Header::Keywords);
        }
        if is_exclusion(words)
            || matches!(
                label.trim(),
                "no" | "not"
                    | "exclude"
                    | "excluded"
                    | "exclusions"
                    | "exclusion"
                    | "exceptions"
                    | "exception"
                    | "out of scope"
                    | "ignore"
                    | "never"
            )
        {
            return Some(Header::Exclusion);
        }
        if escalates {
            return Some(Header::Topics);
        }
        if is_try_first(&label)
            || has_any(&label, &["pre handoff", "before handing off", "before handoff", "before you hand off"])
        {
            return Some(Header::TryFirst);
        }
        if has_any(&label, &["tone", "style", "wording", "message", "guidance", "tell them", "say"]) {
            return Some(Header::Guidance);
        }
        let plain = [
            "yes",
            "when",
            "hand off",
            "handoff",
            "hand over",
            "when to use",
            "use",
            "trigger",
            "triggers",
            "escalate",
            "conditions",
            "transfer",
        ];
        has_any(&label, &plain).then_some(Header::Trigger)
    }
}

fn read_line(line: &str, over: Option<Header>, reading: &mut Reading) {
    if let Some(list @ (Header::Keywords | Header::Topics)) = over {
        // "Keywords that always escalate: a, b. Be kind." The list ends with its sentence.
        let mut sentences = phrasing::sentences(line).into_iter();
        if let Some(first) = sentences.next() {
            let phrases = phrasing::listed(first);
            push(reading, RuleKind::Always, first, phrases, list == Header::Topics);
        }
        sentences.for_each(|sentence| read_sentence(sentence, None, reading));
        return;
    }
    for (number, sentence) in phrasing::sentences(line).into_iter().enumerate() {
        // "Not for: A, B. Use this when C": a heading ends where a sentence of its own kind begins.
        let flat = padded(sentence);
        let is_own = number > 0
            && (has_any(&flat, HANDING) || has_any(&flat, &["use this", "use it", "use for"]) || is_guidance(&flat));
        read_sentence(sentence, over.filter(|_| !is_own), reading);
    }
}

fn read_sentence(sentence: &str, over: Option<Header>, reading: &mut Reading) {
    // "A, except B" and "A unless B" hold a condition and its exclusion.
    if over != Some(Header::Exclusion)
        && let Some((head, tail)) = phrasing::split_exception(sentence)
        && has_subject(head)
    {
        read_sentence(head, over, reading);
        push(reading, RuleKind::Exclusion, tail, phrasing::phrases(tail), false);
        return;
    }
    // "Top-ups (pending ones: no handoff)".
    if let Some((before, inside, after)) = phrasing::parenthesis(sentence)
        && over != Some(Header::Exclusion)
        && is_exclusion(inside)
        && !is_exclusion(&format!("{before} {after}"))
    {
        push(reading, RuleKind::Exclusion, inside, phrasing::phrases(inside), false);
        [before, after]
            .into_iter()
            .filter(|rest| has_subject(rest))
            .for_each(|rest| read_sentence(rest, over, reading));
        return;
    }
    let flat = padded(sentence);
    let kind = kind_of(sentence, &flat, over);
    match kind {
        RuleKind::TryFirst => {
            let subject = phrasing::without_try_first(sentence);
            let is_conditional = has_any(&padded(&subject), CONDITIONALS) || over == Some(Header::Trigger);
            if is_conditional && has_subject(&subject) {
                push_trigger(reading, sentence, &subject, true);
            } else {
                push(reading, RuleKind::TryFirst, sentence, Vec::new(), false);
            }
        }
        RuleKind::Trigger => push_trigger(reading, sentence, sentence, false),
        RuleKind::Always => {
            let phrases = phrasing::phrases(sentence);
            push(reading, RuleKind::Always, sentence, phrases, true);
        }
        RuleKind::Exclusion => {
            let phrases = phrasing::phrases(sentence);
            // "Staff ask about holidays here. Those aren't for this desk": the sentence before is what is excluded.
            if points_back(&flat)
                && reading.rules.len() > 1
                && let Some(before) = reading.rules.last_mut()
                && matches!(before.kind, RuleKind::Trigger | RuleKind::Guidance)
                && !has_any(&padded(&before.text), HANDING)
                && !has_any(&padded(&before.text), CONDITIONALS)
            {
                before.kind = RuleKind::Exclusion;
                before.phrases = phrasing::phrases(&before.text.clone());
            }
            push(reading, RuleKind::Exclusion, sentence, phrases, false);
        }
        RuleKind::Guidance | RuleKind::AsksPerson => push(reading, kind, sentence, Vec::new(), false),
    }
}

fn kind_of(sentence: &str, flat: &str, over: Option<Header>) -> RuleKind {
    match over {
        Some(Header::Exclusion) => return RuleKind::Exclusion,
        Some(Header::Guidance) => return RuleKind::Guidance,
        Some(Header::TryFirst) => return RuleKind::TryFirst,
        _ => {}
    }
    let conditional = has_any(flat, CONDITIONALS);
    if is_exclusion(sentence) {
        return RuleKind::Exclusion;
    }
    if is_try_first(flat) {
        return RuleKind::TryFirst;
    }
    if phrasing::is_about_a_person(sentence) && !is_guidance(flat) {
        return RuleKind::Trigger;
    }
    if over.is_none() && is_guidance(flat) && !(conditional && has_any(flat, HANDING)) {
        return RuleKind::Guidance;
    }
    if has_any(
        flat,
        &[
            "always escalate",
            "always hand off",
            "always hand over",
            "always transfer",
            "always handoff",
            "always escalates",
            "immer weiterleiten",
            "transferir siempre",
            "toujours transferer",
        ],
    ) {
        return RuleKind::Always;
    }
    RuleKind::Trigger
}

fn has_subject(text: &str) -> bool {
    phrasing::phrases(text).iter().any(|phrase| phrase_weight(phrase) > 0.0) || phrasing::is_about_a_person(text)
}

fn push_trigger(reading: &mut Reading, text: &str, subject: &str, tries_first: bool) {
    let phrases: Vec<String> =
        phrasing::phrases(subject).into_iter().filter(|phrase| !phrasing::is_about_a_person(phrase)).collect();
    if phrases.is_empty() && phrasing::is_about_a_person(subject) {
        // "asks for a person or is angry": the request is one rule, the rest another.
        let rest: Vec<String> =
            phrasing::alternatives(subject).into_iter().filter(|side| !phrasing::is_about_a_person(side)).collect();
        let says_more = !rest.is_empty() && rest.iter().any(|side| has_subject(side));
        push(reading, RuleKind::AsksPerson, text, Vec::new(), false);
        if says_more {
            push(reading, RuleKind::Trigger, &rest.join(", "), rest.clone(), tries_first);
        }
        return;
    }
    let says_something = phrases.iter().any(|phrase| phrase_weight(phrase) > 0.0);
    if !says_something {
        let kind = if phrasing::is_about_a_person(subject) { RuleKind::AsksPerson } else { RuleKind::Guidance };
        push(reading, kind, text, Vec::new(), false);
        return;
    }
    push(reading, RuleKind::Trigger, text, phrases, false);
    if let Some(rule) = reading.rules.last_mut() {
        rule.tries_first = tries_first;
    }
}

fn push(reading: &mut Reading, kind: RuleKind, text: &str, phrases: Vec<String>, is_topic: bool) {
    let text = text.trim().to_owned();
    if !text.is_empty() {
        reading.rules.push(Rule { kind, text, tries_first: false, is_topic, phrases });
    }
}

/// "Try to resolve it first." on its own is about every condition that is not urgent by its own words.
fn spread_try_first(reading: &mut Reading) {
    if reading.of_kind(RuleKind::TryFirst).next().is_none() {
        return;
    }
    for rule in reading.rules.iter_mut().filter(|rule| rule.kind == RuleKind::Trigger) {
        rule.tries_first |=
            !has_any(&padded(&rule.text), &["immediately", "at once", "right away", "straight away", "asap", "always"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<RuleKind> {
        read(text).rules.iter().map(|rule| rule.kind).collect()
    }

    #[test]
    fn each_sentence_is_read_as_its_kind() {
        use RuleKind::*;
        for (text, expected) in [
            ("when the user has a billing issue", vec![Trigger]),
            ("Hand off for refunds. Do not hand off for shipping questions.", vec![Trigger, Exclusion]),
            ("Billing problems, except invoices copies", vec![Trigger, Exclusion]),
            ("Keywords that always escalate: lawyer, police", vec![Always]),
            ("Customer explicitly requests a human.", vec![AsksPerson]),
            ("When the customer has a billing issue, try to resolve it first, then hand off.", vec![Trigger]),
            ("Hand off refund requests. Try to resolve it first.", vec![Trigger, TryFirst]),
            ("Refund requests. Be empathetic.", vec![Trigger, Guidance]),
            ("General questions about refunds should be answered by the AI, not handed off.", vec![Exclusion]),
            ("Seat desk\nYES: wants another seat\nNO: wants to know which seat", vec![Guidance, Trigger, Exclusion]),
            (
                "Hand off when:\n- card stolen\n- phone lost\n\nDo not hand off:\n- lost password",
                vec![Trigger, Trigger, Exclusion],
            ),
            ("", vec![]),
        ] {
            let read = kinds(text);
            if text.starts_with("Seat desk") {
                assert_eq!(read[1..], expected[1..], "{text}");
            } else {
                assert_eq!(read, expected, "{text}");
            }
        }
    }

    #[test]
    fn a_condition_knows_that_the_ai_tries_first() {
        assert!(
            read("When the customer has a billing issue, try to resolve it first, then hand off.").rules[0].tries_first
        );
        let reading = read("Refund requests.\nFraud: hand off immediately.\nTry to resolve it first.");
        assert!(reading.rules[0].tries_first);
        assert!(!reading.rules[1].tries_first);
    }

    #[test]
    fn keywords_are_a_list() {
        let reading = read("Keywords that always escalate: stolen phone, lost phone or lawyer");
        assert_eq!(reading.rules[0].phrases, ["stolen phone", "lost phone", "lawyer"]);
    }
}
