//! How an [`Ask`] is put to the library. Its habit of reading options out of a model's name is kept away: it is told a
//! neutral name, and the admin's goes into the body as it stands.

use super::wire::{Ask, Line, Manner, Speaks};
use crate::ai::Model;
use crate::domain::Provider;
use genai::adapter::AdapterKind;
use genai::chat::{ChatMessage, ChatOptions, ChatRequest, JsonSpec, Tool, ToolChoice};
use genai::resolver::{AuthData, Endpoint};
use genai::{Headers, ModelIden, ServiceTarget};
use serde_json::json;

/// What the library is told instead of the model's name.
const NEUTRAL_NAME: &str = "model";
const ANTHROPIC_VERSION: &str = "2023-06-01";

/// What a server was found not to take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dislikes {
    pub temperature: bool,
    /// It wants the other name of the most tokens.
    pub max_tokens: bool,
    /// It can't be asked to report usage in a stream.
    pub usage: bool,
}

impl Dislikes {
    /// Both together.
    pub fn and(self, other: Dislikes) -> Dislikes {
        Dislikes {
            temperature: self.temperature || other.temperature,
            max_tokens: self.max_tokens || other.max_tokens,
            usage: self.usage || other.usage,
        }
    }
}

/// Whom to ask, with the key in the headers; no header where there is no key.
pub fn target(model: &Model, key: Option<&str>) -> ServiceTarget {
    let endpoint = model.settings.endpoint();
    let (kind, path) = match model.settings.provider {
        Provider::Anthropic => (AdapterKind::Anthropic, "messages"),
        Provider::Openai | Provider::BuiltIn => (AdapterKind::OpenAI, "chat/completions"),
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: String| headers.push((name.to_owned(), value));
    if kind == AdapterKind::Anthropic {
        put("anthropic-version", ANTHROPIC_VERSION.into());
        key.into_iter().for_each(|key| put("x-api-key", key.into()));
    } else if let Some(key) = key {
        put("authorization", format!("Bearer {key}"));
        if host(&endpoint).ends_with(".azure.com") {
            put("api-key", key.into());
        }
    }
    ServiceTarget {
        endpoint: Endpoint::from_owned(endpoint.as_str()),
        auth: AuthData::RequestOverride { url: format!("{endpoint}{path}"), headers: Headers::from(headers) },
        model: ModelIden::new(kind, NEUTRAL_NAME),
    }
}

/// What is asked.
pub fn chat(model: &Model, ask: &Ask) -> ChatRequest {
    let mut request = ChatRequest::new(joined(&ask.lines).into_iter().map(message).collect());
    if !ask.system.trim().is_empty() {
        request = request.with_system(ask.system.clone());
    }
    if let Manner::Tool { name, description, schema, .. } = &ask.manner {
        let tool = Tool::new(name.clone()).with_description(description.clone()).with_schema(schema.clone());
        // Anthropic takes `strict` for some of its models only, and refuses the whole request for the others.
        let is_strict = model.settings.provider != Provider::Anthropic;
        request = request.with_tools(vec![if is_strict { tool.with_strict(true) } else { tool }]);
    }
    request
}

/// How it is asked.
pub fn options(model: &Model, ask: &Ask, dislikes: Dislikes) -> ChatOptions {
    let is_anthropic = model.settings.provider == Provider::Anthropic;
    let tokens_max = u32::try_from(ask.tokens_max).unwrap_or(1).max(1);
    let mut body = json!({ "model": model.settings.model.trim() });
    let mut options = ChatOptions::default().with_capture_usage(!dislikes.usage);
    if !is_anthropic && (wants_completion_tokens(model) != dislikes.max_tokens) {
        body["max_completion_tokens"] = json!(tokens_max);
    } else {
        options = options.with_max_tokens(tokens_max);
    }
    if !dislikes.temperature {
        let hundredths = ask.temperature.clamp(0, if is_anthropic { 100 } else { 200 });
        // At most three digits: exact enough.
        options = options.with_temperature(f64::from(i32::try_from(hundredths).unwrap_or_default()) / 100.0);
    }
    match &ask.manner {
        Manner::Words => {}
        // One tool: any call is a call of it, and more servers know this word than a named choice.
        Manner::Tool { must_call: true, .. } => options = options.with_tool_choice(ToolChoice::Required),
        Manner::Tool { .. } => {}
        Manner::Json { name, schema } => {
            options = options.with_response_format(JsonSpec::new(name.clone(), schema.clone()));
        }
    }
    options.with_extra_body(body)
}

/// OpenAI's newer models refuse `max_tokens`; many other servers know nothing else.
fn wants_completion_tokens(model: &Model) -> bool {
    let endpoint = model.settings.endpoint();
    let host = host(&endpoint);
    host == "api.openai.com" || host.ends_with(".azure.com")
}

fn host(endpoint: &str) -> &str {
    let rest = endpoint.split_once("://").map_or(endpoint, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

/// Lines of the same speaker as one: some servers insist that speakers take turns.
fn joined(lines: &[Line]) -> Vec<Line> {
    let mut turns: Vec<Line> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        match turns.last_mut() {
            Some(last) if last.by == line.by => last.text = format!("{}\n\n{}", last.text, line.text),
            _ => turns.push(line.clone()),
        }
    }
    turns
}

fn message(line: Line) -> ChatMessage {
    match line.by {
        Speaks::Customer => ChatMessage::user(line.text),
        Speaks::Agent => ChatMessage::assistant(line.text),
    }
}

/// About how many tokens a question has: 4 characters a token, at least 1.
pub fn tokens_of(ask: &Ask) -> i64 {
    let asked = match &ask.manner {
        Manner::Words => 0,
        Manner::Tool { name, description, schema, .. } => name.len() + description.len() + schema.to_string().len(),
        Manner::Json { name, schema } => name.len() + schema.to_string().len(),
    };
    let said: usize = ask.lines.iter().map(|line| line.text.chars().count()).sum();
    tokens(ask.system.chars().count() + said + asked)
}

/// About how many tokens so many characters are.
pub fn tokens(chars: usize) -> i64 {
    i64::try_from(chars / 4).unwrap_or(i64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_speaker_are_one_message() {
        let line = |by, text: &str| Line { by, text: text.into() };
        let turns = joined(&[
            line(Speaks::Customer, "Hi"),
            line(Speaks::Customer, "Are you there?"),
            line(Speaks::Agent, " "),
            line(Speaks::Agent, "Yes."),
        ]);
        assert_eq!(turns, [line(Speaks::Customer, "Hi\n\nAre you there?"), line(Speaks::Agent, "Yes.")]);
    }

    #[test]
    fn a_host_has_neither_path_nor_port() {
        assert_eq!(host("https://api.openai.com/v1/"), "api.openai.com");
        assert_eq!(host("http://127.0.0.1:8080/v1/"), "127.0.0.1");
    }
}
