//! `baton eval --provider`: the same cases with a model beside the rules, and what that cost.

use super::load::BadInput;
use crate::ai::{Model, Secret};
use crate::domain::{ModelCall, ModelSettings, Provider, TokenUsage};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many cases a model is asked about at once, unless `--threads` says otherwise.
pub const AT_ONCE: usize = 4;
/// How often a case is played until the model has answered all of it.
pub const TRIES_MAX: usize = 3;

/// Which model, and where.
#[derive(clap::Args)]
pub struct ProviderArgs {
    /// Let a model decide beside the rules: openai (any OpenAI-compatible server) or anthropic.
    #[arg(long, value_name = "PROVIDER", requires = "model", value_parser = provider, conflicts_with = "through")]
    provider: Option<Provider>,
    /// The model's name, as the provider spells it.
    #[arg(long, requires = "provider")]
    model: Option<String>,
    /// Where the provider is asked, such as http://127.0.0.1:11434/v1; without it the provider's own address.
    #[arg(long, value_name = "URL", requires = "provider")]
    base_url: Option<String>,
    /// The environment variable that holds the key; none is sent if it is not set.
    #[arg(long, value_name = "NAME", requires = "provider", default_value = "MODEL_KEY")]
    key_env: String,
    /// What a million tokens read cost, in dollars.
    #[arg(long, value_name = "DOLLARS", requires = "provider", default_value_t = 0.0)]
    price_in: f64,
    /// What a million tokens written cost, in dollars.
    #[arg(long, value_name = "DOLLARS", requires = "provider", default_value_t = 0.0)]
    price_out: f64,
}

fn provider(word: &str) -> Result<Provider, String> {
    let known = Provider::parse(word).filter(|provider| *provider != Provider::BuiltIn);
    known.ok_or_else(|| "use openai or anthropic".to_owned())
}

impl ProviderArgs {
    /// The model that was named; `None` without one.
    ///
    /// # Errors
    /// If the address, the name or a price can't be used.
    pub fn model(&self) -> Result<Option<Model>, BadInput> {
        let (Some(provider), Some(model)) = (self.provider, &self.model) else { return Ok(None) };
        let millionths = |dollars: f64| (dollars * 1e6).round() as i64;
        let settings = ModelSettings {
            provider,
            model: model.clone(),
            base_url: self.base_url.clone().unwrap_or_default(),
            price_in: millionths(self.price_in),
            price_out: millionths(self.price_out),
            // Two runs should say the same, as far as the model allows.
            temperature: 0,
            ..ModelSettings::default()
        };
        if let Some(error) = settings.validate().first() {
            return Err(BadInput::new(format!("--{}: {}", error.field.replace('_', "-"), error.message)));
        }
        let key = std::env::var(&self.key_env).ok().filter(|key| !key.is_empty()).map(Secret);
        Ok(Some(Model { settings, key, tested: None, barred: None }))
    }
}

/// What a run's calls came to.
#[derive(Default)]
pub struct Spent {
    calls: usize,
    tokens: TokenUsage,
    /// In billionths of a dollar.
    cost: i64,
    /// How often what went wrong.
    failures: BTreeMap<String, usize>,
    /// Decisions that the model should have taken and the rules took alone.
    fallen_back: usize,
}

impl Spent {
    /// Adds a case's calls.
    pub fn add(&mut self, calls: &[ModelCall], fallen_back: usize, settings: &ModelSettings) {
        self.calls += calls.len();
        self.fallen_back += fallen_back;
        for call in calls {
            self.tokens = self.tokens + call.tokens;
            self.cost += settings.cost(call.tokens);
            if let Some(failure) = &call.failure {
                *self.failures.entry(failure.clone()).or_default() += 1;
            }
        }
    }

    /// One line for people.
    pub fn line(&self) -> String {
        let dollars = self.cost as f64 / 1e9;
        let (read, written) = (self.tokens.read, self.tokens.written);
        let mut line =
            format!("The model: {} calls, {read} tokens read, {written} written, ${dollars:.4}.", self.calls);
        if !self.failures.is_empty() {
            let named: Vec<String> = self.failures.iter().map(|(what, times)| format!("{what} {times}")).collect();
            let _infallible = write!(line, " Without an answer: {}.", named.join(", "));
        }
        if self.fallen_back > 0 {
            let _infallible =
                write!(line, " Decided by the rules alone after {TRIES_MAX} tries: {}.", self.fallen_back);
        }
        line + "\n"
    }

    /// The same as JSON.
    pub fn json(&self) -> Value {
        json!({
            "calls": self.calls,
            "tokens_read": self.tokens.read,
            "tokens_written": self.tokens.written,
            "dollars": self.cost as f64 / 1e9,
            "failures": self.failures,
            "fallen_back": self.fallen_back,
        })
    }
}
