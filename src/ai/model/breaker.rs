//! A circuit breaker: a model that does not answer is left alone for a while, so that no customer waits for it, and
//! asked again by one probe at a time. [`Breaker`] is pure, the time is passed in; [`Breakers`] keeps one for each model.

use super::wire::Failure;
use crate::ai::Model;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many failures in a row open the circuit.
const FAILURES_MAX: u32 = 3;
/// How long it is open the first time; each probe that fails doubles it.
const OPEN_FIRST: Duration = Duration::from_secs(10);
/// The longest time.
const OPEN_MAX: Duration = Duration::from_secs(5 * 60);
/// More models than one workspace has; past it those that work are forgotten.
const MODELS_MAX: usize = 256;

/// The circuit of one model.
#[derive(Clone, Debug)]
pub struct Breaker {
    state: State,
    /// How often it opened since it was last closed.
    openings: u32,
    /// Numbers the probes: what comes from an earlier one is told apart.
    probes: u64,
    /// What opened it, for people.
    error: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant },
    HalfOpen { probe: u64, until: Instant },
}

/// How somebody was let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticket {
    /// The circuit is closed.
    Usual,
    /// The circuit was open: this call finds out whether it can be closed.
    Probe(u64),
}

/// The circuit is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// When it is worth asking again.
    pub until: Instant,
    /// What opened it.
    pub error: String,
}

/// What a call changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Opened,
    Closed,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { state: State::Closed { failures: 0 }, openings: 0, probes: 0, error: String::new() }
    }
}

impl Breaker {
    /// Lets a call through, or not.
    ///
    /// # Errors
    /// [`Shut`] while it is open, and while a probe is under way.
    pub fn admit(&mut self, now: Instant) -> Result<Ticket, Shut> {
        match self.state {
            State::Closed { .. } => Ok(Ticket::Usual),
            State::Open { until } if now >= until => {
                self.probes += 1;
                self.state = State::HalfOpen { probe: self.probes, until };
                Ok(Ticket::Probe(self.probes))
            }
            State::Open { until } | State::HalfOpen { until, .. } => Err(Shut { until, error: self.error.clone() }),
        }
    }

    /// The model answered: whoever asked, it works.
    pub fn succeeded(&mut self) -> Option<Change> {
        let was_closed = matches!(self.state, State::Closed { .. });
        self.state = State::Closed { failures: 0 };
        self.openings = 0;
        self.error.clear();
        (!was_closed).then_some(Change::Closed)
    }

    /// A call failed.
    pub fn failed(&mut self, ticket: Ticket, failure: &Failure, now: Instant) -> Option<Change> {
        let is_its_probe =
            matches!((self.state, ticket), (State::HalfOpen { probe, .. }, Ticket::Probe(own)) if probe == own);
        match (weight(failure), self.state) {
            // The model answered, if not well.
            (Weight::None, _) if is_its_probe => self.succeeded(),
            (Weight::None, _) => None,
            (_, _) if is_its_probe => {
                self.open(failure, now);
                None
            }
            (weight, State::Closed { failures }) => {
                let failures = failures + 1;
                if weight == Weight::Whole || failures >= FAILURES_MAX {
                    self.open(failure, now);
                    return Some(Change::Opened);
                }
                self.state = State::Closed { failures };
                None
            }
            // From before it opened.
            (_, State::Open { .. } | State::HalfOpen { .. }) => None,
        }
    }

    /// A call was given up before it was known how it went. A probe may be made again at once.
    pub fn gave_up(&mut self, ticket: Ticket) {
        if let (State::HalfOpen { probe, until }, Ticket::Probe(own)) = (self.state, ticket)
            && probe == own
        {
            self.state = State::Open { until };
        }
    }

    /// What opened it; `None` while it is closed.
    pub fn error(&self) -> Option<&str> {
        (!matches!(self.state, State::Closed { .. })).then_some(self.error.as_str())
    }

    fn open(&mut self, failure: &Failure, now: Instant) {
        let open = OPEN_FIRST.saturating_mul(2_u32.saturating_pow(self.openings)).min(OPEN_MAX);
        self.openings = self.openings.saturating_add(1);
        self.state = State::Open { until: now + open };
        self.error = failure.to_string();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Of this question, not of the model.
    None,
    One,
    /// It will not work before somebody does something.
    Whole,
}

fn weight(failure: &Failure) -> Weight {
    match failure {
        Failure::TooLong | Failure::ContentRefused | Failure::Empty | Failure::NotSupported(_) | Failure::Endless => {
            Weight::None
        }
        Failure::KeyRefused | Failure::NoCredit | Failure::UnknownModel => Weight::Whole,
        Failure::Unreachable(_)
        | Failure::TimedOut
        | Failure::RateLimited { .. }
        | Failure::ServerFailed { .. }
        | Failure::Refused(_)
        | Failure::Unreadable(_)
        | Failure::BrokenOff => Weight::One,
    }
}

/// The circuits of this process, by provider, address, model and key: whoever corrects one of them starts anew.
#[derive(Clone, Default)]
pub struct Breakers(Arc<Mutex<HashMap<u64, Breaker>>>);

impl Breakers {
    /// Lets a call through, or not.
    ///
    /// # Errors
    /// [`Shut`] while this model is left alone.
    pub fn admit(&self, model: &Model, now: Instant) -> Result<Pass, Shut> {
        let name = name(model);
        let ticket = self.with(name, |breaker| breaker.admit(now))?;
        Ok(Pass { breakers: self.clone(), name, ticket, is_settled: false })
    }

    /// What keeps this model from being asked; `None`: nothing.
    pub fn error(&self, model: &Model) -> Option<String> {
        self.with(name(model), |breaker| breaker.error().map(str::to_owned))
    }

    fn with<T>(&self, name: u64, work: impl FnOnce(&mut Breaker) -> T) -> T {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MODELS_MAX && !known.contains_key(&name) {
            known.retain(|_, breaker| breaker.error().is_some());
            if known.len() >= MODELS_MAX {
                known.clear();
            }
        }
        work(known.entry(name).or_default())
    }
}

/// Leave to make one call. Dropped without a word on how it went, it counts as given up.
#[must_use]
pub struct Pass {
    breakers: Breakers,
    name: u64,
    ticket: Ticket,
    is_settled: bool,
}

impl Pass {
    /// Whether this call is the one that finds out.
    pub fn is_probe(&self) -> bool {
        matches!(self.ticket, Ticket::Probe(_))
    }

    /// The model answered.
    pub fn succeeded(mut self) -> Option<Change> {
        self.is_settled = true;
        self.breakers.with(self.name, Breaker::succeeded)
    }

    /// It did not.
    pub fn failed(mut self, failure: &Failure, now: Instant) -> Option<Change> {
        self.is_settled = true;
        self.breakers.with(self.name, |breaker| breaker.failed(self.ticket, failure, now))
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if !self.is_settled {
            self.breakers.with(self.name, |breaker| breaker.gave_up(self.ticket));
        }
    }
}

fn name(model: &Model) -> u64 {
    let mut hasher = DefaultHasher::new();
    let settings = &model.settings;
    (settings.provider, settings.endpoint(), settings.model.trim()).hash(&mut hasher);
    model.key.as_ref().map(|key| key.0.as_str()).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[path = "breaker_tests.rs"]
mod tests;
