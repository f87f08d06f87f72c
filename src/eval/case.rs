//! Case files: one JSON object a line (the format is in the README, "Measuring decisions"). Reading only; what
//! is asked of the engine is in `play`, what an answer is worth in `score`.

use crate::ai::Speaker;
use crate::domain::{FieldKind, HandoffSettings, Priority};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a case asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Is a handoff wanted?
    Trigger,
    /// Which values are known?
    Extract,
    /// After which message is the handoff due?
    Timing,
    /// How urgent is it?
    Priority,
}

/// Every word a case file may use for its task, and the groups that figures are told by.
const TASKS: [(&str, Task); 7] = [
    ("explicit_request", Task::Trigger),
    ("condition_match", Task::Trigger),
    ("exclusion_match", Task::Trigger),
    ("extract", Task::Extract),
    ("timing", Task::Timing),
    ("timing_sgd", Task::Timing),
    ("priority", Task::Priority),
];

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: String,
    pub task: Task,
    /// What its figures are told under: the file's name where that is a task, otherwise the case's own task.
    pub group: &'static str,
    pub slice: String,
    pub action: HandoffSettings,
    pub messages: Vec<Message>,
    pub expect: Expect,
    /// Ambiguous or suspect: decided, but not counted.
    pub is_left_out: bool,
}

/// One message of a case.
#[derive(Clone, Debug)]
pub struct Message {
    pub by: Speaker,
    pub text: String,
}

/// A case of which only the customer's words count.
#[derive(Clone, Debug)]
pub struct Dialogue {
    pub id: String,
    /// What the customer writes, in order.
    pub texts: Vec<String>,
}

/// What the case's author holds to be right.
#[derive(Clone, Debug)]
pub enum Expect {
    Trigger(bool),
    /// By name, every spelling that counts as right.
    Gathered(BTreeMap<String, Vec<String>>),
    /// The index of the message after which the handoff is due; none: never.
    FireAt(Option<usize>),
    Priority(Priority),
}

/// A line as it is written.
#[derive(Deserialize)]
struct Line {
    id: String,
    task: String,
    #[serde(default)]
    slice: String,
    #[serde(default)]
    action: Option<Value>,
    messages: Vec<LineMessage>,
    expect: Map<String, Value>,
    #[serde(default)]
    ambiguous: Value,
    #[serde(default)]
    suspect: Value,
}

#[derive(Deserialize)]
struct DialogueLine {
    id: String,
    messages: Vec<LineMessage>,
}

#[derive(Deserialize)]
struct LineMessage {
    role: String,
    text: String,
}

/// Reads one line of a file called `stem`. `action` takes the place of the case's own.
///
/// # Errors
/// A sentence that says what is wrong with the line.
pub fn read(line: &str, stem: &str, action: Option<&HandoffSettings>) -> Result<Case, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let Some((own_group, task)) = TASKS.into_iter().find(|(name, _)| *name == line.task) else {
        let known: Vec<&str> = TASKS.iter().map(|(name, _)| *name).collect();
        return Err(format!("unknown task `{}`; use one of {}", line.task, known.join(", ")));
    };
    let group = TASKS.iter().find(|(name, of)| *name == stem && *of == task).map_or(own_group, |(name, _)| *name);
    let action = match (action, line.action) {
        (Some(action), _) => action.clone(),
        (None, Some(own)) => read_own_action(own)?,
        (None, None) => return Err("missing field `action`; give it here or by --action".into()),
    };
    let messages = read_messages(line.messages)?;
    Ok(Case {
        id: line.id,
        task,
        group,
        slice: line.slice,
        action,
        messages,
        expect: read_expect(task, &line.expect)?,
        is_left_out: is_set(&line.ambiguous) || is_set(&line.suspect),
    })
}

/// Reads one line of which only the customer's words count: a case, or no more than `id` and `messages`.
///
/// # Errors
/// A sentence that says what is wrong with the line.
pub fn read_dialogue(line: &str) -> Result<Dialogue, String> {
    let line: DialogueLine = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let said = read_messages(line.messages)?.into_iter().filter(|message| message.by == Speaker::Customer);
    Ok(Dialogue { id: line.id, texts: said.map(|message| message.text).collect() })
}

/// Reads an action: the settings as they are stored, or the shorter form of a case. What it does not say is as in
/// `defaults`, and it is enabled.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn read_action(action: Value, defaults: &HandoffSettings) -> Result<HandoffSettings, String> {
    let Value::Object(mut given) = action else { return Err("`action` must be an object".into()) };
    if !given.contains_key("when_to_use") {
        return Err("missing field `when_to_use` in `action`".into());
    }
    for row in given.get_mut("gather").and_then(Value::as_array_mut).into_iter().flatten() {
        let Value::Object(row) = row else { return Err("a row of `gather` must be an object".into()) };
        let kind = row.remove("type").or_else(|| row.remove("kind")).unwrap_or(json!(FieldKind::Text));
        row.insert("kind".into(), kind);
        row.entry("description").or_insert(json!(""));
        row.entry("required").or_insert(json!(true));
    }
    let mut whole = match serde_json::to_value(defaults) {
        Ok(Value::Object(whole)) => whole,
        _ => Map::new(),
    };
    whole.insert("enabled".into(), json!(true));
    whole.extend(given);
    let settings: HandoffSettings =
        serde_json::from_value(Value::Object(whole)).map_err(|error| format!("`action`: {error}"))?;
    match settings.validate().into_iter().next() {
        Some(wrong) => Err(format!("`action.{}`: {}", wrong.field, wrong.message)),
        None => Ok(settings),
    }
}

/// A case says nothing of limits: where it gives none, they decide nothing.
fn read_own_action(own: Value) -> Result<HandoffSettings, String> {
    let is_given = |name: &str| own.get(name).is_some();
    let (has_questions, has_turns) = (is_given("questions_max"), is_given("turns_max"));
    let mut settings = read_action(own, &HandoffSettings::default())?;
    if !has_questions {
        settings.questions_max = i64::MAX;
    }
    if !has_turns {
        settings.turns_max = i64::MAX;
    }
    Ok(settings)
}

fn read_messages(lines: Vec<LineMessage>) -> Result<Vec<Message>, String> {
    let messages = lines.into_iter().map(read_message).collect::<Result<Vec<_>, _>>()?;
    if !messages.iter().any(|message| message.by == Speaker::Customer) {
        return Err("`messages` holds no message of the customer".into());
    }
    Ok(messages)
}

fn read_message(message: LineMessage) -> Result<Message, String> {
    let by = match message.role.as_str() {
        "customer" => Speaker::Customer,
        "ai" => Speaker::Ai,
        other => return Err(format!("unknown role `{other}`; use customer or ai")),
    };
    Ok(Message { by, text: message.text })
}

fn read_expect(task: Task, expect: &Map<String, Value>) -> Result<Expect, String> {
    let field = |name: &str| expect.get(name).ok_or_else(|| format!("missing field `{name}` in `expect`"));
    match task {
        Task::Trigger => {
            field("trigger")?.as_bool().map(Expect::Trigger).ok_or("`expect.trigger` must be true or false")
        }
        Task::Extract => field("gathered")?
            .as_object()
            .map(|gold| Expect::Gathered(gold.iter().map(|(name, value)| (name.clone(), spellings(value))).collect()))
            .ok_or("`expect.gathered` must be an object"),
        Task::Timing => match field("fire_at")? {
            Value::Null => Ok(Expect::FireAt(None)),
            at => at
                .as_u64()
                .and_then(|at| usize::try_from(at).ok())
                .map(|at| Expect::FireAt(Some(at)))
                .ok_or("`expect.fire_at` must be the index of a message or null"),
        },
        Task::Priority => field("priority")?
            .as_str()
            .and_then(Priority::parse)
            .map(Expect::Priority)
            .ok_or("`expect.priority` must be low, medium, high or urgent"),
    }
    .map_err(str::to_owned)
}

fn spellings(gold: &Value) -> Vec<String> {
    match gold {
        Value::Array(several) => several.iter().map(plain).collect(),
        one => vec![plain(one)],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // As the scores' other implementation spells them.
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        other => other.to_string(),
    }
}

fn is_set(flag: &Value) -> bool {
    !matches!(flag, Value::Null | Value::Bool(false))
}
