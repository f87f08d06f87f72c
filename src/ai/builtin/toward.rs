//! What the built-in engine lends to a turn that a model speaks in: the customer's language, the way to a handoff with
//! what is gathered, and whether a question asks for one row alone. The rules and bounds are those of its own turns.

use super::extract;
use super::gather::{self, Next};
use super::language::{self, Language};
use super::{questions, roles};
use crate::ai::{Brief, Proposal, Speaker};
use crate::domain::{GatherField, GatheredValue, HandoffReason};

/// The language that the customer writes, read from their last messages.
pub fn language_of(brief: &Brief) -> Language {
    let said = &brief.said;
    let start = said.iter().rposition(|s| matches!(s.by, Speaker::Ai | Speaker::Teammate)).map_or(0, |at| at + 1);
    let burst = said[start..].iter().filter(|s| s.by == Speaker::Customer);
    let mut sample: String = burst.map(|s| s.body.as_str()).collect::<Vec<_>>().join("\n");
    if sample.is_empty() {
        sample = said.iter().rev().find(|s| s.by == Speaker::Customer).map(|s| s.body.clone()).unwrap_or_default();
    }
    if language::is_too_short(&sample) {
        let earlier = said.iter().rev().filter(|s| s.by == Speaker::Customer).take(6).map(|s| s.body.as_str());
        sample = earlier.collect::<Vec<_>>().join("\n");
    }
    language::detect(&sample, &brief.locale)
}

/// The next step to a handoff with these values: the question for what is missing, or the handoff.
pub fn toward(brief: &Brief, reason: HandoffReason, values: Vec<GatheredValue>) -> Proposal {
    let mut heard = extract::hear(brief);
    heard.values = values;
    let standing = gather::standing(brief, heard, false);
    match gather::next(brief, &standing, language_of(brief)) {
        Next::Ask { name, body } => {
            Proposal::AskFor { name, body, wanted: reason, gathered: standing.values, refused: standing.refused }
        }
        Next::HandOff { missing } => Proposal::HandOff {
            reason,
            gathered: standing.values,
            missing,
            priority: super::priority(brief),
            words: String::new(),
        },
    }
}

/// Whether a text asks for this row and for nothing else.
pub fn asks_only_for(text: &str, fields: &[GatherField], name: &str) -> bool {
    let asked = questions::read(text, &roles::rows(fields));
    !asked.other && matches!(asked.rows.as_slice(), [row] if fields[*row].name == name)
}

#[cfg(test)]
mod tests {
    use super::super::phrases::{Phrase, say};
    use super::super::request::offers_person;
    use super::Language;

    #[test]
    fn every_offer_is_known_as_one_when_the_customer_says_yes() {
        for phrase in [Phrase::CantHelp, Phrase::Offer, Phrase::BrokeOff, Phrase::OfferAlso] {
            for language in Language::ALL {
                let sentence = say(phrase, language);
                assert!(offers_person(sentence), "{sentence}");
                assert!(offers_person(&format!("The parcel is on its way.\n\n{sentence}")), "{sentence}");
            }
        }
    }
}
