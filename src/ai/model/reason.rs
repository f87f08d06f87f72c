//! Why a model hands off, as a teammate reads it: the condition must be the admin's, the quote the customer's.

use super::tools::Wish;
use super::values;
use crate::ai::builtin::reading::{self, Rule};
use crate::ai::builtin::words::{excerpt, padded};
use crate::ai::{Brief, Decided, Said, Speaker};
use crate::domain::{HandoffKind, HandoffReason};
use crate::wire::reading::RuleKind;

/// The longest quote, reason and rule, in characters.
const QUOTE_CHARS_MAX: usize = 200;
const REASON_CHARS_MAX: usize = 200;
/// A condition is known by so many of its content words.
const SAME_CONDITION: f32 = 0.6;

/// The reason of a handoff that the model wishes.
pub fn of_wish(brief: &Brief, ruled: &Decided, wish: &Wish) -> HandoffReason {
    // What is gathered for already stays what it is.
    if let Some(wanted) = &brief.gathering.wanted {
        return wanted.clone();
    }
    let rule = rule(brief, &wish.condition);
    let said = quoted(brief, &wish.quote);
    let known = ruled.record.matched.as_ref().filter(|_| ruled.is_wanted);
    let line = wish.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = known.map_or("The AI agent saw a condition of the action met.", |known| known.reason.as_str());
    let reason = if line.is_empty() { named } else { &line };
    let kind = match &rule {
        Some(rule) if rule.kind == RuleKind::AsksPerson => HandoffKind::AskedForPerson,
        _ => HandoffKind::Condition,
    };
    HandoffReason {
        kind,
        reason: excerpt(reason, REASON_CHARS_MAX),
        rule: rule.map(|rule| rule.text).or_else(|| known.and_then(|known| known.rule.clone())),
        quote: said.as_ref().map(|(_, quote)| excerpt(quote, QUOTE_CHARS_MAX)),
        quote_seq: said.map(|(said, _)| said.seq),
    }
}

/// The customer's words that the model quotes, where they stand; otherwise the customer's last message.
fn quoted<'a>(brief: &'a Brief, quote: &str) -> Option<(&'a Said, String)> {
    let customer = || brief.said.iter().rev().filter(|said| said.by == Speaker::Customer);
    let found = customer().find_map(|said| Some((said, values::literally(quote, &said.body)?)));
    found.or_else(|| customer().next().map(|said| (said, said.body.clone())))
}

/// The rule of the admin's text that a model's condition names.
fn rule(brief: &Brief, condition: &str) -> Option<Rule> {
    let named = padded(condition);
    if named.trim().is_empty() {
        return None;
    }
    let wanted = values::content(condition);
    let fit = |rule: &Rule| -> f32 {
        let own = padded(&rule.text);
        if own.contains(named.trim()) || named.contains(own.trim()) {
            return 1.0;
        }
        let own = values::content(&rule.text);
        let shared = own.iter().filter(|stem| wanted.contains(stem)).count();
        shared as f32 / own.len().max(wanted.len()).max(1) as f32
    };
    let rules = reading::read(&brief.action.when_to_use).rules.into_iter();
    let hands = rules.filter(|r| matches!(r.kind, RuleKind::Trigger | RuleKind::Always | RuleKind::AsksPerson));
    let best = hands.map(|rule| (fit(&rule), rule)).max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(fit, _)| *fit >= SAME_CONDITION).map(|(_, rule)| rule)
}
