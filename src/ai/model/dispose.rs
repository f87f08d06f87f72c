//! What becomes of a model's answer. Pure, and the only place where its words and calls turn into a proposal: a call is a
//! wish that the action, the rules and the conversation allow or not, a value counts if the customer said it, and a
//! promise in words is none. Everything that is changed is noted for the decision record.

use super::reason;
use super::tools::{self, TOOL, Wish};
use super::values;
use super::wire::Call;
use super::words;
use crate::ai::builtin::phrases::{self, Phrase};
use crate::ai::builtin::{asks_only_for, language_of, questions, request, toward};
use crate::ai::{Brief, Decided, Leeway, Proposal};
use crate::domain::{GatheredValue, HandoffKind, HandoffReason, PriorityWithReason};

/// From this belief on the rules are sure, and an answer that passes them over offers a person.
const SURE: f32 = 0.9;
/// The longest reason of a priority, in characters.
const PRIORITY_REASON_CHARS_MAX: usize = 160;
/// A sentence about the team stands on knowledge when a passage has so many of its content words.
const BACKED_SHARE_MIN: f32 = 0.6;

/// A whole answer, cleaned.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// It begins with what was shown.
    pub text: &'a str,
    pub shown: &'a str,
    pub calls: &'a [Call],
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Disposed {
    Done(Box<Done>),
    /// The model is asked once more, with a sentence about what is wrong.
    AskAgain {
        why: String,
        must_call: bool,
    },
}

/// The proposal, with what the record keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub proposal: Proposal,
    pub matched: Option<HandoffReason>,
    /// Every correction, in plain words.
    pub notes: Vec<String>,
}

fn done(done: Done) -> Disposed {
    Disposed::Done(Box::new(done))
}

/// Whether the model may hand off in this turn.
pub fn may_hand_off(brief: &Brief, ruled: &Decided) -> bool {
    ruled.leeway == Leeway::Full && brief.action.enabled
}

/// Disposes of an answer. `is_last`: the model was asked again already.
pub fn dispose(brief: &Brief, ruled: &Decided, answer: Answer<'_>, is_last: bool) -> Disposed {
    let mut scene = Scene { brief, ruled, answer, notes: Vec::new() };
    let (known, unknown): (Vec<&Call>, Vec<&Call>) = answer.calls.iter().partition(|call| tools::is_tool(&call.name));
    if !may_hand_off(brief, ruled) {
        if !answer.calls.is_empty() {
            let why =
                if brief.action.enabled { "the rules leave only the answer to it" } else { "the action is disabled" };
            scene.note(format!("The model wanted to hand off; {why}."));
        }
        return done(scene.only_answer());
    }
    if let Some(call) = known.first() {
        if answer.calls.len() > 1 {
            scene.note("The model called more than one tool; the first handoff counts.");
        }
        match tools::read(call) {
            Ok(wish) => return done(scene.hand_off(&wish)),
            Err(why) if !is_last => return Disposed::AskAgain { why, must_call: true },
            Err(_) => scene.note("The model's call of the handoff could not be read."),
        }
    } else if let Some(call) = unknown.first() {
        let name: String = call.name.chars().filter(|c| !c.is_control()).take(40).collect();
        if answer.text.is_empty() && !is_last {
            let why = format!("There is no tool called “{name}”. Answer the customer in words, or call {TOOL}.");
            return Disposed::AskAgain { why, must_call: false };
        }
        scene.note(format!("The model called the tool “{name}”, which does not exist."));
    }
    scene.without_call(is_last)
}

/// The proposal when the answer broke off after something was shown: what was shown, and the honest offer of a person.
pub fn broken_off(brief: &Brief, ruled: &Decided, shown: &str) -> Proposal {
    let may_offer = brief.action.enabled;
    let phrase = if may_offer { Phrase::BrokeOff } else { Phrase::BrokeOffAlone };
    let body = join(shown, phrases::say(phrase, language_of(brief)));
    match &ruled.proposal {
        // A handoff was being prepared: it goes on.
        Proposal::AskFor { .. } | Proposal::HandOff { .. } if brief.gathering.wanted.is_some() => {
            after(shown, ruled.proposal.clone())
        }
        other => Proposal::Reply { body, gathered: other.gathered().to_vec() },
    }
}

/// A proposal whose words begin with what was shown.
pub fn after(shown: &str, proposal: Proposal) -> Proposal {
    match proposal {
        Proposal::Reply { body, gathered } => Proposal::Reply { body: join(shown, &body), gathered },
        Proposal::AskFor { name, body, wanted, gathered, refused } => {
            Proposal::AskFor { name, body: join(shown, &body), wanted, gathered, refused }
        }
        Proposal::HandOff { reason, gathered, missing, priority, words } => {
            Proposal::HandOff { reason, gathered, missing, priority, words: join(shown, &words) }
        }
        Proposal::GiveUp { .. } if !shown.is_empty() => {
            Proposal::Reply { body: shown.to_owned(), gathered: Vec::new() }
        }
        other => other,
    }
}

fn join(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_owned(),
        (_, true) => first.to_owned(),
        _ => format!("{first}\n\n{second}"),
    }
}

struct Scene<'a> {
    brief: &'a Brief,
    ruled: &'a Decided,
    answer: Answer<'a>,
    notes: Vec<String>,
}

impl Scene<'_> {
    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    fn heard(&self) -> Vec<GatheredValue> {
        self.ruled.proposal.gathered().to_vec()
    }

    fn done(self, proposal: Proposal, matched: Option<HandoffReason>) -> Done {
        Done { proposal, matched, notes: self.notes }
    }

    fn reply(self, body: String) -> Done {
        let gathered = self.heard();
        let matched = self.ruled.record.matched.clone();
        self.done(Proposal::Reply { body, gathered }, matched)
    }

    /// The rules' own proposal, after what was shown.
    fn ruled_instead(self) -> Done {
        let proposal = after(self.answer.shown, self.ruled.proposal.clone());
        let matched = self.ruled.record.matched.clone();
        self.done(proposal, matched)
    }

    /// The answer's sentences that may stand: all that were shown, and of the rest those that are kept.
    fn lead(&self, keep: impl Fn(&str) -> bool) -> String {
        let rest = self.answer.text.strip_prefix(self.answer.shown).unwrap_or_default();
        let mut lead = self.answer.shown.to_owned();
        for sentence in words::sentences(rest).into_iter().filter(|sentence| keep(sentence)) {
            lead.push_str(if lead.is_empty() { sentence.trim_start() } else { sentence });
        }
        lead.trim_end().to_owned()
    }

    /// What may be said where no handoff follows: no promise, no offer that can't be kept, nothing about the team that
    /// its knowledge does not say.
    fn honest(&self, sentence: &str) -> bool {
        !super::promises::promises_person(sentence)
            && (self.brief.action.enabled || !request::offers_person(sentence))
            && (!super::promises::claims_time(sentence) || self.is_backed(sentence))
    }

    fn is_backed(&self, sentence: &str) -> bool {
        let own = values::content(sentence);
        self.brief.knowledge.iter().any(|found| {
            let known = values::content(&found.text);
            let shared = own.iter().filter(|stem| known.contains(stem)).count();
            shared as f32 >= BACKED_SHARE_MIN * own.len() as f32
        })
    }

    fn only_answer(mut self) -> Done {
        let body = self.lead(|sentence| self.honest(sentence));
        if body.len() < self.answer.text.trim_end().len() {
            self.note("Sentences about a person were left out: no handoff follows.");
        }
        if body.is_empty() {
            self.note("Nothing of the model's answer could be said.");
            return self.ruled_instead();
        }
        self.reply(body)
    }

    fn without_call(mut self, is_last: bool) -> Disposed {
        let text = self.answer.text;
        let language = language_of(self.brief);
        let promises = words::sentences(text).into_iter().any(super::promises::promises_person);
        if promises && !is_last {
            let why = format!(
                "You told the customer that a person takes over, but you did not call {TOOL}. Call it now with its \
                 arguments."
            );
            return Disposed::AskAgain { why, must_call: true };
        }
        let body = self.lead(|sentence| self.honest(sentence));
        if promises {
            return done(self.promised(body));
        }
        if body.len() < text.trim_end().len() {
            self.note("Sentences about when the team answers were left out: nothing known says so.");
        }
        if body.is_empty() {
            self.note("Nothing of the model's answer could be said.");
            return done(self.ruled_instead());
        }
        if let Proposal::AskFor { name, wanted, gathered, refused, .. } = &self.ruled.proposal {
            if let Some(name) = self.row_asked_for(&body, name) {
                let (gathered, refused) = (gathered.clone(), refused.clone());
                let matched = Some(wanted.clone());
                let proposal = Proposal::AskFor { name, body, wanted: wanted.clone(), gathered, refused };
                return done(self.done(proposal, matched));
            }
            if self.brief.gathering.wanted.is_some() {
                self.note("The model went on without asking for what is missing; the question was added.");
                let lead = self.lead(|sentence| self.honest(sentence) && !questions::asks(sentence));
                let (ruled, matched) = (self.ruled.proposal.clone(), Some(wanted.clone()));
                return done(self.done(after(&lead, ruled), matched));
            }
        }
        let is_passed_over = matches!(self.ruled.proposal, Proposal::AskFor { .. } | Proposal::HandOff { .. });
        if is_passed_over && self.ruled.belief >= SURE && !body.contains('?') {
            self.note("The rules find a condition met and the model answered; a person is offered with the answer.");
            return done(self.reply(join(&body, phrases::say(Phrase::OfferAlso, language))));
        }
        done(self.reply(body))
    }

    /// The model promised a person, twice, and called nobody.
    fn promised(mut self, kept: String) -> Done {
        let wanted = match &self.ruled.proposal {
            Proposal::AskFor { wanted, .. } => Some(wanted),
            Proposal::HandOff { reason, .. } => Some(reason),
            Proposal::Reply { .. } | Proposal::GiveUp { .. } => None,
        };
        if let Some(wanted) = wanted.filter(|_| self.ruled.is_wanted) {
            self.note("The model promised a person without calling the tool; the rules want a handoff, too.");
            let reason = HandoffReason {
                kind: HandoffKind::Condition,
                reason: "The AI agent said that it would bring in a person.".into(),
                ..wanted.clone()
            };
            let proposal = after(&self.leading(&kept), toward(self.brief, reason.clone(), self.heard()));
            return self.done(proposal, Some(reason));
        }
        self.note("The model promised a person without calling the tool; the customer is asked whether they want one.");
        let offer = phrases::say(Phrase::OfferAlso, language_of(self.brief));
        let is_offered = request::offers_person(&kept);
        self.reply(if is_offered { kept } else { join(&kept, offer) })
    }

    /// What may stand before a question of the engine or the words that tell of a handoff: no other question.
    fn leading(&self, text: &str) -> String {
        let lead = self.lead(|sentence| self.may_lead(sentence));
        if lead.is_empty() && self.answer.text.is_empty() { self.filtered(text) } else { lead }
    }

    fn may_lead(&self, sentence: &str) -> bool {
        !words::is_held(sentence, false) && !questions::asks(sentence)
    }

    fn filtered(&self, text: &str) -> String {
        let kept = words::sentences(words::cut(text)).into_iter().filter(|sentence| self.may_lead(sentence));
        kept.collect::<String>().trim().to_owned()
    }

    /// The one missing row that a text asks for; `first` is the row that would be asked for otherwise.
    fn row_asked_for(&self, text: &str, first: &str) -> Option<String> {
        let fields = &self.brief.action.gather;
        let Proposal::AskFor { gathered, refused, .. } = &self.ruled.proposal else {
            return asks_only_for(text, fields, first).then(|| first.to_owned());
        };
        let is_open =
            |name: &str| !refused.iter().any(|r| r == name) && gathered.iter().all(|value| value.name != name);
        let open = fields.iter().filter(|field| field.required && is_open(&field.name));
        open.map(|field| &field.name).find(|name| asks_only_for(text, fields, name)).cloned()
    }

    /// The model called the tool.
    fn hand_off(mut self, wish: &Wish) -> Done {
        let (gathered, dropped) = joined(self.brief, &self.heard(), &wish.values);
        for name in dropped {
            self.note(format!("The model's value for “{name}” was dropped: the customer did not say it."));
        }
        let reason = reason::of_wish(self.brief, self.ruled, wish);
        let proposal = match toward(self.brief, reason.clone(), gathered) {
            Proposal::AskFor { name, body, wanted, gathered, refused } => {
                let body = self.question(&name, body, wish);
                Proposal::AskFor { name, body, wanted, gathered, refused }
            }
            Proposal::HandOff { reason, gathered, missing, priority, .. } => {
                let words = self.leading(&wish.message);
                let priority = priority.map(|ruled| priority_of(wish, ruled));
                Proposal::HandOff { reason, gathered, missing, priority, words }
            }
            other => other,
        };
        self.done(proposal, Some(reason))
    }

    /// The question for a row: the model's own, if it asks for that row and nothing else; otherwise the engine's.
    fn question(&self, name: &str, ruled: String, wish: &Wish) -> String {
        let fields = &self.brief.action.gather;
        let is_held = |sentence: &str| words::is_held(sentence, false);
        let own = self.lead(|sentence| !is_held(sentence));
        if asks_only_for(&own, fields, name) {
            return own;
        }
        let message: String =
            words::sentences(words::cut(&wish.message)).into_iter().filter(|sentence| !is_held(sentence)).collect();
        if asks_only_for(&message, fields, name) && !questions::asks(&own) {
            return join(&own, message.trim());
        }
        join(&self.leading(&wish.message), &ruled)
    }
}

fn priority_of(wish: &Wish, ruled: PriorityWithReason) -> PriorityWithReason {
    let Some(priority) = tools::priority(&wish.priority) else { return ruled };
    let line = wish.priority_reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = crate::ai::builtin::words::excerpt(&line, PRIORITY_REASON_CHARS_MAX);
    let reason = if reason.is_empty() { "The AI agent's judgement.".to_owned() } else { reason };
    PriorityWithReason { priority, reason }
}

/// The values that the engine heard, with those of the model that the customer said; and the names of what was dropped.
fn joined(brief: &Brief, heard: &[GatheredValue], wished: &[(String, String)]) -> (Vec<GatheredValue>, Vec<String>) {
    let mut dropped = Vec::new();
    let mut values = Vec::new();
    for field in &brief.action.gather {
        let own = heard.iter().find(|value| value.name == field.name);
        let mut theirs = None;
        for (_, value) in wished.iter().filter(|(name, _)| name.trim().eq_ignore_ascii_case(&field.name)) {
            match values::given(brief, field, value) {
                Some(found) => theirs = Some(found),
                None if !dropped.contains(&field.name) => dropped.push(field.name.clone()),
                None => {}
            }
        }
        // The engine's reading of one message counts more; the model may see a correction in a later one.
        let is_newer = |theirs: &GatheredValue| own.is_none_or(|own| theirs.seq > own.seq && !is_same(own, theirs));
        values.extend(theirs.filter(is_newer).or_else(|| own.cloned()));
    }
    (values, dropped)
}

fn is_same(one: &GatheredValue, other: &GatheredValue) -> bool {
    let key =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    key(&one.value) == key(&other.value)
}
