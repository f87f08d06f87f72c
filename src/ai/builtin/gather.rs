//! What is still missing before a handoff, and the next question. A customer is never trapped in questions: a
//! refusal ends one, insisting or the limit ends all of them.

use super::extract::Heardings;
use super::language::Language;
use super::phrases::{self, Phrase};
use crate::ai::Brief;
use crate::domain::{FieldKind, GatherField, GatheredValue, Missing, MissingBecause};

/// What comes next on the way to a handoff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Everything is there or accounted for.
    HandOff { missing: Vec<Missing> },
    /// Ask for this one.
    Ask { name: String, body: String },
}

/// How the gathering stands after the customer's messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub values: Vec<GatheredValue>,
    /// All refused names, earlier ones included.
    pub refused: Vec<String>,
    /// Names that the customer could not give yet.
    pub unable: Vec<String>,
    /// The customer insists on a person.
    pub insists: bool,
}

/// Reads the standing: what is known, what was refused now or before.
pub fn standing(brief: &Brief, heard: Heardings, insists: bool) -> Standing {
    let mut refused = brief.gathering.refused.clone();
    refused.extend(heard.refused.into_iter().filter(|name| !brief.gathering.refused.contains(name)));
    refused.retain(|name| heard.values.iter().all(|value| value.name != *name));
    Standing { values: heard.values, refused, unable: heard.unable, insists }
}

/// Decides between the next question and the handoff.
pub fn next(brief: &Brief, standing: &Standing, language: Language) -> Next {
    let open: Vec<&GatherField> = brief
        .action
        .gather
        .iter()
        .filter(|field| field.required && standing.values.iter().all(|value| value.name != field.name))
        .collect();
    let mut unasked: Vec<&&GatherField> = open.iter().filter(|field| !standing.refused.contains(&field.name)).collect();
    // What the customer could not say comes last: it may come to mind meanwhile.
    unasked.sort_by_key(|field| standing.unable.contains(&field.name));
    let at_limit = brief.gathering.questions >= brief.action.questions_max;
    if let Some(field) = unasked.first().filter(|_| !standing.insists && !at_limit) {
        let is_unable = standing.unable.contains(&field.name);
        return Next::Ask { name: field.name.clone(), body: question(brief, field, is_unable, language) };
    }
    let missing = open
        .iter()
        .map(|field| {
            let because = if standing.refused.contains(&field.name) {
                MissingBecause::Refused
            } else if standing.insists {
                MissingBecause::Insisted
            } else {
                MissingBecause::QuestionLimit
            };
            Missing { name: field.name.clone(), because }
        })
        .collect();
    Next::HandOff { missing }
}

/// The question for a row: the first one acknowledges, a repeated one says what is expected.
fn question(brief: &Brief, field: &GatherField, is_unable: bool, language: Language) -> String {
    let asks_itself = field.description.trim().ends_with('?');
    let mut sentence = if asks_itself {
        field.description.trim().to_owned()
    } else {
        phrases::ask(&phrases::wanted_thing(&field.name, &field.description, language), language)
    };
    if field.kind == FieldKind::OneOf {
        sentence = format!("{sentence} {}", phrases::expected(FieldKind::OneOf, &field.choices, language));
    }
    let is_repeated = brief.gathering.asked.as_deref() == Some(field.name.as_str());
    if is_unable {
        sentence = format!("{sentence} {}", phrases::say(Phrase::MaySkip, language));
    } else if is_repeated && field.kind != FieldKind::OneOf {
        sentence = format!("{} {sentence}", phrases::expected(field.kind, &field.choices, language));
    } else if brief.gathering.questions == 0 {
        let understood = phrases::say(Phrase::Understood, language);
        let may_skip = phrases::say(Phrase::MaySkip, language);
        sentence = format!("{understood} {sentence} {may_skip}");
    }
    sentence
}
