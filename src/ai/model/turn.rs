//! One turn with a model: asking, showing what is written, asking once more where that can help, and the way out when
//! nothing helps. Bounded in time and in questions; what is proposed is made in `dispose`.

use super::asks::Asks;
use super::breaker::{Breakers, Change};
use super::dispose::{self, Answer, Disposed, Done};
use super::engine::{ModelEngine, note_of, out_of_model};
use super::prompt::{self, Way};
use super::retry;
use super::values;
use super::wire::{Ask, Call, Delta, Ending, Failure, Line, Manner, Speaks};
use super::words::{self, Heed, Scribe};
use crate::ai::{Brief, Decided, Health, Model, Proposal, Voice};
use crate::domain::{AnsweredFrom, DecisionRecord, ModelCall, Purpose, TokenUsage};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The most questions of one turn, whatever for.
const ASKS_MAX: u32 = 8;
/// A conversation is made shorter at most so often.
const TRIMS_MAX: u32 = 2;
/// The most pieces of one answer.
const PIECES_MAX: usize = 50_000;
/// With less time than this the model is not asked once more about its own answer.
const AGAIN_TAKES: Duration = Duration::from_millis(1_500);
/// An answer is from a passage when so many of its content words, and this share of them, stand there.
const FROM_WORDS_MIN: usize = 4;
const FROM_SHARE_MIN: f32 = 0.4;

/// A turn under way.
pub(super) struct Turn<'a> {
    engine: &'a ModelEngine,
    brief: &'a Brief,
    model: &'a Model,
    voice: &'a dyn Voice,
    ruled: Decided,
    began: Instant,
    deadline: Instant,
    calls: Vec<ModelCall>,
    notes: Vec<String>,
    health: Option<Health>,
    trims: u32,
    tries: u32,
}

/// A whole answer.
struct Listened {
    text: String,
    shown: String,
    calls: Vec<Call>,
}

/// Why there is no whole answer.
enum Stop {
    Failed {
        failure: Failure,
        /// What was shown by then.
        shown: String,
    },
    /// The turn no longer counts.
    Silenced { shown: String },
    /// The circuit is open.
    Shut { error: String },
}

impl<'a> Turn<'a> {
    pub fn new(
        engine: &'a ModelEngine,
        brief: &'a Brief,
        model: &'a Model,
        voice: &'a dyn Voice,
        ruled: Decided,
        began: Instant,
    ) -> Self {
        let deadline = began + engine.bounds.turn;
        let (calls, notes) = (Vec::new(), Vec::new());
        Self { engine, brief, model, voice, ruled, began, deadline, calls, notes, health: None, trims: 0, tries: 0 }
    }

    /// Carries the turn out. It always ends in a proposal.
    pub async fn run(mut self) -> Decided {
        let mut way = self.engine.way(self.model);
        let mut ask = self.ask(way);
        let mut first: Option<Listened> = None;
        for _ in 0..ASKS_MAX {
            let stop = match self.attempt(&ask, way, first.is_none()).await {
                Ok(listened) => {
                    let is_last = first.is_some() || self.left() < AGAIN_TAKES;
                    let answer = joined(first.take(), listened);
                    match self.dispose(&answer, is_last) {
                        Disposed::Done(done) => return self.done(*done),
                        Disposed::AskAgain { why, must_call } => {
                            self.notes.push(format!("The model was asked again: {why}"));
                            ask = again(ask, &answer.text, &why, must_call);
                            first = Some(answer);
                            continue;
                        }
                    }
                }
                Err(stop) => stop,
            };
            if let Some(answer) = first.take() {
                // It was not to be had a second time: what came first is all there is.
                self.notes.push(stop.why());
                let Disposed::Done(done) = self.dispose(&answer, true) else { break };
                return self.done(*done);
            }
            match stop {
                Stop::Silenced { shown } => return self.silenced(shown),
                Stop::Shut { error } => return self.without_model(&error),
                Stop::Failed { failure, shown } if !shown.is_empty() => return self.broken_off(&failure, &shown),
                Stop::Failed { failure: Failure::NotSupported(what), .. } => {
                    let Some(plainer) = self.engine.step_down(self.model, way) else {
                        return self.without_model(&Failure::NotSupported(what).to_string());
                    };
                    self.notes.push(format!("The server takes no {what}; the model was asked without."));
                    way = plainer;
                    ask = self.ask(way);
                }
                Stop::Failed { failure: Failure::TooLong, .. } if self.trims < TRIMS_MAX => {
                    self.trims += 1;
                    self.notes
                        .push("The conversation was too long for the model; older messages were left out.".into());
                    ask = self.ask(way);
                }
                Stop::Failed { failure, .. } => {
                    self.tries += 1;
                    let Some(wait) = retry::wait(&failure, self.tries, self.left(), rand::random()) else {
                        return self.without_model(&failure.to_string());
                    };
                    self.notes.push(format!("Asked again, because {failure}."));
                    tokio::time::sleep(wait).await;
                }
            }
        }
        self.without_model("it was asked as often as a turn may ask")
    }

    fn ask(&self, way: Way) -> Ask {
        prompt::ask(self.brief, &self.ruled, self.model, way, self.trims)
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn dispose(&self, answer: &Listened, is_last: bool) -> Disposed {
        let answer = Answer { text: &answer.text, shown: &answer.shown, calls: &answer.calls };
        dispose::dispose(self.brief, &self.ruled, answer, is_last)
    }

    /// Asks once, and shows what may be shown.
    async fn attempt(&mut self, ask: &Ask, way: Way, is_aloud: bool) -> Result<Listened, Stop> {
        let breakers: &Breakers = &self.engine.breakers;
        let admitted = breakers.admit(self.model, std::time::Instant::now());
        let pass = admitted.map_err(|shut| Stop::Shut { error: shut.error })?;
        let began = Instant::now();
        let may_show = is_aloud && way != Way::Json;
        let mut scribe = Scribe::new(&self.brief.agent_name, may_show, self.brief.action.enabled);
        let listening = listen(self.engine.asks.as_ref(), self.model, ask, self.deadline, &mut scribe, self.voice);
        let heard = timeout_at(self.deadline, listening).await.unwrap_or(Err(Broken::Failed(Failure::TimedOut)));
        let shown = scribe.shown().to_owned();
        let mut result = match heard {
            Ok(ending) => Ok(whole(&scribe, ending)),
            Err(Broken::Failed(failure)) => Err(failure),
            Err(Broken::Silenced) => {
                drop(pass);
                self.call(began, estimate(ask, scribe.heard_chars()), None);
                return Err(Stop::Silenced { shown });
            }
        };
        if matches!(&result, Ok((listened, _)) if listened.text.is_empty() && listened.calls.is_empty()) {
            result = Err(Failure::Empty);
        }
        match result {
            Ok((listened, tokens)) => {
                self.call(began, tokens, None);
                self.changed(pass.succeeded(), "");
                Ok(listened)
            }
            Err(failure) => {
                self.call(began, estimate(ask, scribe.heard_chars()), Some(&failure));
                self.changed(pass.failed(&failure, std::time::Instant::now()), &failure.to_string());
                Err(Stop::Failed { failure, shown })
            }
        }
    }

    fn call(&mut self, began: Instant, tokens: TokenUsage, failure: Option<&Failure>) {
        self.calls.push(call(Purpose::Turn, self.model, tokens, began, failure));
    }

    fn changed(&mut self, change: Option<Change>, error: &str) {
        self.health = health(change, error).or(self.health.take());
    }

    fn done(mut self, done: Done) -> Decided {
        self.notes.extend(done.notes);
        let is_wanted = self.ruled.is_wanted && matches!(self.ruled.proposal, Proposal::Reply { .. });
        let mut record = DecisionRecord::new(done.proposal.outcome(), note_of(self.model));
        record.matched = done.matched;
        record.answered_from = match &done.proposal {
            Proposal::Reply { body, .. } => answered_from(self.brief, body),
            _ => None,
        };
        let mut decided = Decided { leeway: self.ruled.leeway, ..Decided::new(done.proposal, record) };
        decided.is_wanted |= is_wanted;
        self.sealed(decided)
    }

    /// Adds what every turn with a model keeps.
    fn sealed(self, mut decided: Decided) -> Decided {
        decided.record.gathered = decided.proposal.gathered().to_vec();
        decided.record.priority = match &decided.proposal {
            Proposal::HandOff { priority, .. } => priority.clone(),
            _ => None,
        };
        decided.record.latency_ms = millis(self.began);
        decided.record.prompt = Some(prompt::VERSION.to_owned());
        decided.record.tokens =
            Some(self.calls.iter().map(|call| call.tokens).fold(TokenUsage::default(), |a, b| a + b));
        decided.record.fallbacks.extend(self.notes);
        decided.calls = self.calls;
        decided.health = self.health;
        decided
    }

    fn silenced(self, shown: String) -> Decided {
        let gathered = self.ruled.proposal.gathered().to_vec();
        self.done(Done { proposal: Proposal::Reply { body: shown, gathered }, matched: None, notes: Vec::new() })
    }

    fn broken_off(self, failure: &Failure, shown: &str) -> Decided {
        let proposal = dispose::broken_off(self.brief, &self.ruled, shown);
        let notes = vec![format!("The answer ended early, because {failure}.")];
        let matched = self.ruled.record.matched.clone();
        self.done(Done { proposal, matched, notes })
    }

    fn without_model(self, why: &str) -> Decided {
        let decided = out_of_model(self.brief, self.ruled.clone(), self.model, why);
        self.sealed(decided)
    }
}

impl Stop {
    fn why(&self) -> String {
        match self {
            Stop::Failed { failure, .. } => format!("The second answer did not come, because {failure}."),
            Stop::Silenced { .. } => "The turn no longer counts.".to_owned(),
            Stop::Shut { error } => format!("The second answer did not come, because {error}."),
        }
    }
}

/// The words of the first answer where some of it was shown, the calls of the second.
fn joined(first: Option<Listened>, second: Listened) -> Listened {
    match first {
        None => second,
        Some(first) if !first.shown.is_empty() || second.text.is_empty() => Listened { calls: second.calls, ..first },
        Some(_) => second,
    }
}

/// The same question, with what was wrong about the answer.
fn again(mut ask: Ask, said: &str, why: &str, must: bool) -> Ask {
    let said = if said.is_empty() { "…" } else { said };
    ask.lines.push(Line { by: Speaks::Agent, text: said.to_owned() });
    ask.lines.push(Line { by: Speaks::Customer, text: format!("[System] {why}") });
    if let Manner::Tool { must_call, .. } = &mut ask.manner {
        *must_call |= must;
    }
    ask
}

enum Broken {
    Failed(Failure),
    Silenced,
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Broken::Failed(failure)
    }
}

async fn listen(
    asks: &dyn Asks,
    model: &Model,
    ask: &Ask,
    deadline: Instant,
    scribe: &mut Scribe,
    voice: &dyn Voice,
) -> Result<Ending, Broken> {
    let mut answers = asks.ask(model, ask, deadline).await?;
    for _ in 0..PIECES_MAX {
        match answers.next().await? {
            Some(Delta::Text(piece)) => match scribe.hear(&piece)? {
                Heed::Wait => {}
                Heed::Show(so_far) => voice.say(&so_far).await.map_err(|_| Broken::Silenced)?,
                Heed::Enough => return Ok(Ending { is_cut: true, ..Ending::default() }),
            },
            Some(Delta::End(ending)) => return Ok(ending),
            None => return Err(Failure::BrokenOff.into()),
        }
        if Instant::now() >= deadline {
            return Err(Failure::TimedOut.into());
        }
    }
    Err(Failure::Endless.into())
}

fn whole(scribe: &Scribe, ending: Ending) -> (Listened, TokenUsage) {
    let cleaned = scribe.finish();
    let shown = scribe.shown().to_owned();
    let mut text = cleaned.text;
    if ending.is_cut {
        // Half a sentence says nothing.
        let end = words::sentence_ends(&text, false).into_iter().rfind(|end| *end >= shown.len());
        text.truncate(end.filter(|end| *end > 0).unwrap_or(text.len()));
    }
    let calls = if ending.calls.is_empty() { cleaned.calls } else { ending.calls };
    (Listened { text, shown, calls }, ending.tokens)
}

/// What an answer that did not come to its end cost: servers count at the end, so four characters are taken for a token.
/// Nothing where nothing was heard.
fn estimate(ask: &Ask, heard_chars: usize) -> TokenUsage {
    const CHARS: usize = 4;
    if heard_chars == 0 {
        return TokenUsage::default();
    }
    let told = ask.system.len() + ask.lines.iter().map(|line| line.text.len()).sum::<usize>();
    let tokens = |chars: usize| i64::try_from(chars.div_ceil(CHARS)).unwrap_or(i64::MAX);
    TokenUsage { read: tokens(told), written: tokens(heard_chars) }
}

/// What is kept of a call.
pub(super) fn call(
    purpose: Purpose,
    model: &Model,
    tokens: TokenUsage,
    began: Instant,
    failure: Option<&Failure>,
) -> ModelCall {
    ModelCall {
        purpose,
        model: model.settings.model.trim().to_owned(),
        tokens,
        latency_ms: millis(began),
        failure: failure.map(|failure| failure.code().to_owned()),
    }
}

/// What a change of the circuit says of the model.
pub(super) fn health(change: Option<Change>, error: &str) -> Option<Health> {
    change.map(|change| match change {
        Change::Opened => Health::Unavailable { error: error.to_owned() },
        Change::Closed => Health::Available,
    })
}

fn millis(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
}

/// The passage that an answer takes its words from.
fn answered_from(brief: &Brief, body: &str) -> Option<AnsweredFrom> {
    let own = values::content(body);
    let shared = |text: &str| {
        let known = values::content(text);
        own.iter().filter(|stem| known.contains(stem)).count()
    };
    let (count, found) = brief.knowledge.iter().map(|found| (shared(&found.text), found)).max_by_key(|(n, _)| *n)?;
    let is_from = count >= FROM_WORDS_MIN && count as f32 >= FROM_SHARE_MIN * own.len() as f32;
    is_from.then(|| AnsweredFrom {
        entry_id: found.entry_id.clone(),
        title: found.title.clone(),
        quote: if found.quote.is_empty() { found.text.clone() } else { found.quote.clone() },
    })
}
