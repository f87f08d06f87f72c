//! The model that an admin connects to an AI agent: its settings, their limits and validation, what a test of the
//! connection found out, and what calls cost. The same validation runs in the browser and on the server.

use super::FieldError;
use serde::{Deserialize, Serialize};

/// The longest base address, in characters.
pub const BASE_URL_CHARS_MAX: usize = 300;
/// The longest name of a model, in characters.
pub const MODEL_CHARS_MAX: usize = 200;
/// The longest key, in characters.
pub const KEY_CHARS_MAX: usize = 1_000;
/// The longest instructions, in characters.
pub const INSTRUCTIONS_CHARS_MAX: usize = 8_000;
/// The bounds of the temperature, in hundredths.
pub const TEMPERATURE_RANGE: std::ops::RangeInclusive<i64> = 0..=200;
/// The bounds of the most tokens of one answer.
pub const TOKENS_MAX_RANGE: std::ops::RangeInclusive<i64> = 64..=8_192;
/// The bounds of a budget in tokens; 0 is none.
pub const BUDGET_RANGE: std::ops::RangeInclusive<i64> = 0..=1_000_000_000_000;
/// The bounds of a price, in millionths of a dollar for a million tokens: up to 10,000 dollars.
pub const PRICE_RANGE: std::ops::RangeInclusive<i64> = 0..=10_000_000_000;

/// Who decides and answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// The built-in engine alone: no key, no network.
    #[default]
    BuiltIn,
    /// Any server with OpenAI's chat completions: OpenAI, Azure, Ollama, vLLM, llama.cpp, LiteLLM, OpenRouter …
    Openai,
    Anthropic,
}

impl Provider {
    /// Every provider, in the order of the form's menu.
    pub const ALL: [Provider; 3] = [Provider::BuiltIn, Provider::Openai, Provider::Anthropic];

    /// The word in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Provider::BuiltIn => "built_in",
            Provider::Openai => "openai",
            Provider::Anthropic => "anthropic",
        }
    }

    /// Reads the word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Provider> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == word)
    }

    /// The address that is asked when the admin names none.
    pub fn base_url(self) -> &'static str {
        match self {
            Provider::BuiltIn => "",
            Provider::Openai => "https://api.openai.com/v1/",
            Provider::Anthropic => "https://api.anthropic.com/v1/",
        }
    }
}

/// Who serves the customer when the model does not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnFailure {
    /// The built-in engine.
    #[default]
    BuiltIn,
    /// A person: the conversation is handed off.
    Human,
}

impl OnFailure {
    /// Every choice, in the order of the form.
    pub const ALL: [OnFailure; 2] = [OnFailure::BuiltIn, OnFailure::Human];

    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            OnFailure::BuiltIn => "built_in",
            OnFailure::Human => "human",
        }
    }

    /// Reads the word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<OnFailure> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == word)
    }
}

/// Everything an admin sets about an agent's model, except the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelSettings {
    pub provider: Provider,
    /// Where the provider is asked, such as `http://127.0.0.1:11434/v1/`; empty: [`Provider::base_url`].
    pub base_url: String,
    /// Such as `gpt-4.1-mini`.
    pub model: String,
    /// How the agent should answer: tone, language, what the company does.
    pub instructions: String,
    /// In hundredths, 0 to 200.
    pub temperature: i64,
    /// The most tokens of one answer.
    pub tokens_max: i64,
    /// The most tokens, read and written, of one conversation; 0: no limit.
    pub tokens_per_conversation: i64,
    /// The most tokens, read and written, of one day (UTC); 0: no limit.
    pub tokens_per_day: i64,
    /// What a million tokens read costs, in millionths of a dollar.
    pub price_in: i64,
    /// What a million tokens written costs, in millionths of a dollar.
    pub price_out: i64,
    pub on_failure: OnFailure,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self {
            provider: Provider::BuiltIn,
            base_url: String::new(),
            model: String::new(),
            instructions: String::new(),
            temperature: 30,
            tokens_max: 700,
            tokens_per_conversation: 0,
            tokens_per_day: 0,
            price_in: 0,
            price_out: 0,
            on_failure: OnFailure::BuiltIn,
        }
    }
}

impl ModelSettings {
    /// Where the provider is asked: the admin's address or the provider's own, with a slash at the end.
    pub fn endpoint(&self) -> String {
        let named = self.base_url.trim();
        let url = if named.is_empty() { self.provider.base_url() } else { named };
        format!("{}/", url.trim_end_matches('/'))
    }

    /// The texts without surrounding blanks.
    pub fn tidy(self) -> Self {
        Self {
            base_url: self.base_url.trim().to_owned(),
            model: self.model.trim().to_owned(),
            instructions: self.instructions.trim().to_owned(),
            ..self
        }
    }

    /// What is wrong, by field name. Empty when it can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut check = |is_right: bool, field: &str, message: String| {
            if !is_right {
                errors.push(FieldError::new(field, message));
            }
        };
        let is_asked = self.provider != Provider::BuiltIn;
        if is_asked {
            check(!self.model.trim().is_empty(), "model", "Enter the name of the model.".into());
            check(
                is_base_url(self.endpoint().as_str()),
                "base_url",
                "Enter an address such as https://api.openai.com/v1, without a name, password, question mark or #."
                    .into(),
            );
        }
        check(
            self.model.chars().count() <= MODEL_CHARS_MAX && !self.model.chars().any(char::is_control),
            "model",
            format!("Shorten the name to {MODEL_CHARS_MAX} characters on one line."),
        );
        check(
            self.base_url.chars().count() <= BASE_URL_CHARS_MAX,
            "base_url",
            format!("Shorten the address to {BASE_URL_CHARS_MAX} characters."),
        );
        check(
            self.instructions.chars().count() <= INSTRUCTIONS_CHARS_MAX && !self.instructions.contains('\0'),
            "instructions",
            format!("Shorten the instructions to {INSTRUCTIONS_CHARS_MAX} characters."),
        );
        check(TEMPERATURE_RANGE.contains(&self.temperature), "temperature", "Enter a temperature from 0 to 2.".into());
        check(
            TOKENS_MAX_RANGE.contains(&self.tokens_max),
            "tokens_max",
            format!("Enter a number from {} to {}.", TOKENS_MAX_RANGE.start(), TOKENS_MAX_RANGE.end()),
        );
        for (field, value) in
            [("tokens_per_conversation", self.tokens_per_conversation), ("tokens_per_day", self.tokens_per_day)]
        {
            check(BUDGET_RANGE.contains(&value), field, "Enter a number of tokens, or 0 for no limit.".into());
        }
        for (field, value) in [("price_in", self.price_in), ("price_out", self.price_out)] {
            check(PRICE_RANGE.contains(&value), field, "Enter a price from 0 to 10000 dollars.".into());
        }
        errors
    }

    /// What a call cost, in billionths of a dollar.
    pub fn cost(&self, tokens: TokenUsage) -> i64 {
        let nano = |tokens: i64, price: i64| i128::from(tokens) * i128::from(price) / 1_000;
        i64::try_from(nano(tokens.read, self.price_in) + nano(tokens.written, self.price_out)).unwrap_or(i64::MAX)
    }
}

/// An address over HTTP with a host and without credentials, query or fragment. No URL parser in the browser's build:
/// the server's client parses it again.
fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "@?#\\".contains(c))
    })
}

/// What one or several calls read and wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenUsage {
    pub read: i64,
    pub written: i64,
}

impl std::ops::Add for TokenUsage {
    type Output = TokenUsage;

    fn add(self, other: TokenUsage) -> TokenUsage {
        TokenUsage { read: self.read + other.read, written: self.written + other.written }
    }
}

/// What "Test connection" found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTest {
    /// The model answered in words.
    pub answers: bool,
    /// The answer came piece by piece.
    pub streams: bool,
    /// It called a tool that it was told to call.
    pub tools: bool,
    /// It kept to a JSON schema.
    pub structured: bool,
    /// Until the first words, in milliseconds.
    pub first_words_ms: i64,
    /// Until the whole answer.
    pub latency_ms: i64,
    /// What went wrong, in a sentence with what to do.
    pub error: Option<String>,
    pub tested_at_ms: i64,
    /// What was tested: [`ConnectionTest::subject_of`]. Another model's result says nothing.
    #[serde(default)]
    pub subject: String,
}

impl ConnectionTest {
    /// Names what a test is about.
    pub fn subject_of(settings: &ModelSettings) -> String {
        format!("{} {} {}", settings.provider.as_str(), settings.endpoint(), settings.model.trim())
    }
}

/// Why a model was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Turn,
    Summary,
    /// "Try a message".
    Try,
    /// "Test connection" and the probes of a model that did not answer.
    Test,
}

impl Purpose {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Turn => "turn",
            Purpose::Summary => "summary",
            Purpose::Try => "try",
            Purpose::Test => "test",
        }
    }
}

/// One call of a model, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelCall {
    pub purpose: Purpose,
    pub model: String,
    pub tokens: TokenUsage,
    pub latency_ms: i64,
    /// `None`: it answered. Otherwise the word of what went wrong, such as `timed_out`.
    pub failure: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openai(base_url: &str) -> ModelSettings {
        let settings = ModelSettings { provider: Provider::Openai, model: "m".into(), ..ModelSettings::default() };
        ModelSettings { base_url: base_url.into(), ..settings }
    }

    #[test]
    fn an_address_needs_a_host_and_hides_nothing() {
        for right in ["", "https://api.example.com/v1", "http://127.0.0.1:11434/v1/", "http://[::1]:8080"] {
            assert_eq!(openai(right).validate(), [], "{right}");
        }
        for wrong in ["ftp://x", "localhost:80", "https://", "https://me:pw@x/v1", "https://x/?a=1", "https://x y"] {
            assert_eq!(openai(wrong).validate().len(), 1, "{wrong}");
        }
    }

    #[test]
    fn the_built_in_engine_needs_neither_model_nor_address() {
        assert_eq!(ModelSettings::default().validate(), []);
    }

    #[test]
    fn an_endpoint_ends_with_one_slash() {
        assert_eq!(openai("").endpoint(), "https://api.openai.com/v1/");
        assert_eq!(openai("http://x/v1//").endpoint(), "http://x/v1/");
    }

    #[test]
    fn cost_is_by_the_million() {
        let settings = ModelSettings { price_in: 150_000, price_out: 600_000, ..ModelSettings::default() };
        // 1,000 tokens read at 0.15 dollars and 100 written at 0.60: 0.00015 + 0.00006 dollars.
        assert_eq!(settings.cost(TokenUsage { read: 1_000, written: 100 }), 210_000);
    }
}
