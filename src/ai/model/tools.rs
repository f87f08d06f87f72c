//! The handoff as a tool: its schema, and reading what a model sends for it. What is obvious is repaired (a fence around
//! the JSON, JSON in a string, a trailing comma); what else is wrong is said in a sentence that the model can act on.

use super::wire::{Call, Manner};
use crate::domain::{FieldKind, GatherField, HandoffSettings, Priority};
use serde_json::{Value, json};

/// The name of the tool.
pub const TOOL: &str = "hand_off";
/// How a model without tools begins the line that hands off.
pub const MARK: &str = "HANDOFF:";
/// The most values that are read of one call.
const VALUES_MAX: usize = 40;
/// The longest text that is read of one argument, in characters.
const TEXT_CHARS_MAX: usize = 2_000;
/// How deep JSON may stand in strings.
const DEPTH_MAX: usize = 3;

/// A handoff as the model wishes it. Nothing of it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub reason: String,
    pub condition: String,
    pub quote: String,
    pub priority: String,
    pub priority_reason: String,
    /// Names with their values.
    pub values: Vec<(String, String)>,
    /// What it would say to the customer.
    pub message: String,
}

/// The tool, as far as the action allows it.
pub fn tool(action: &HandoffSettings, must_call: bool) -> Manner {
    Manner::Tool {
        name: TOOL.into(),
        description:
            "Brings in a person of the team. Call it when the conversation meets a condition of “When to hand \
                      off”, and only then. The customer is told by the system: promise nothing yourself."
                .into(),
        schema: schema(action),
        must_call,
    }
}

/// One JSON object with the words, or with the handoff.
pub fn object(action: &HandoffSettings, may_hand_off: bool) -> Manner {
    let mut properties = json!({ "reply": {
        "type": "string", "description": "What you say to the customer; empty if you hand off without words." } });
    let mut required = vec!["reply"];
    if may_hand_off {
        properties["handoff"] = json!({ "anyOf": [schema(action), { "type": "null" }] });
        required.push("handoff");
    }
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    Manner::Json { name: "turn".into(), schema }
}

/// The strict schema of a handoff: every property is required, as strict servers want it.
pub fn schema(action: &HandoffSettings) -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let mut properties = json!({
        "reason": text("One short sentence for the teammate: why a person is needed."),
        "condition": text("The condition of “When to hand off” that is met, in its own words."),
        "quote": text("The customer's words that meet it, copied exactly from one message."),
        "message": text("What you say to the customer before they are told of the handoff, in their language; may be \
                         empty. No promise, no time, nothing about who is available."),
    });
    let mut required = vec!["reason", "condition", "quote", "message"];
    if action.auto_priority {
        properties["priority"] = json!({ "type": "string", "enum": ["low", "medium", "high", "urgent"] });
        properties["priority_reason"] = text("One short line: why this priority.");
        required.extend(["priority", "priority_reason"]);
    }
    let names: Vec<&str> = action.gather.iter().map(|field| field.name.as_str()).collect();
    if !names.is_empty() {
        properties["values"] = json!({
            "type": "array",
            "description": "What the customer has told, copied exactly. Leave out what they have not told.",
            "items": {
                "type": "object",
                "properties": {
                    "name": { "type": "string", "enum": names },
                    "value": text("The customer's own characters."),
                    "message": { "type": "integer", "description": "The number of the message it stands in." },
                },
                "required": ["name", "value", "message"],
                "additionalProperties": false,
            },
        });
        required.push("values");
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What a row expects, in words.
pub fn expected(field: &GatherField) -> String {
    match field.kind {
        FieldKind::OneOf => format!("one of: {}", field.choices.join(", ")),
        kind => kind.label().to_lowercase(),
    }
}

/// Reads a call of the tool.
///
/// # Errors
/// A sentence for the model about what is wrong.
pub fn read(call: &Call) -> Result<Wish, String> {
    let object = repaired(&call.arguments, 0)
        .ok_or_else(|| format!("The arguments of {TOOL} are no JSON object. Call it again with valid JSON."))?;
    wish(&object).ok_or_else(|| format!("The arguments of {TOOL} lack “reason”. Call it again with every argument."))
}

/// The object of what a model wrote as arguments.
fn repaired(arguments: &Value, depth: usize) -> Option<Value> {
    match arguments {
        Value::Object(_) => Some(arguments.clone()),
        Value::Array(items) if items.len() == 1 => repaired(&items[0], depth + 1),
        Value::String(text) if depth < DEPTH_MAX => repaired(&json_in(text)?, depth + 1),
        _ => None,
    }
}

/// The JSON in a text: by itself, in a fence, with words around it, with trailing commas.
pub fn json_in(text: &str) -> Option<Value> {
    let text = text.trim();
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let inner = &text[text.find('{')?..=text.rfind('}')?.max(text.find('{')?)];
    serde_json::from_str(inner).ok().or_else(|| serde_json::from_str(&without_trailing_commas(inner)).ok())
}

fn without_trailing_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_string, mut is_escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        if is_string {
            is_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
        } else if letter == '"' {
            is_string = true;
        } else if letter == ',' && text[at + 1..].trim_start().starts_with(['}', ']']) {
            continue;
        }
        out.push(letter);
    }
    out
}

/// Reads a handoff from an object; `None` where it says nothing of one.
pub fn wish(object: &Value) -> Option<Wish> {
    let text = |key: &str| -> String {
        match &object[key] {
            Value::String(text) => plain(text),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    };
    let wish = Wish {
        reason: text("reason"),
        condition: text("condition"),
        quote: text("quote"),
        priority: text("priority"),
        priority_reason: text("priority_reason"),
        values: values(&object["values"]),
        message: text("message"),
    };
    let says_why = !wish.reason.is_empty() || !wish.condition.is_empty() || !wish.quote.is_empty();
    says_why.then_some(wish)
}

/// Trimmed, bounded, without characters that neither show nor set apart.
fn plain(text: &str) -> String {
    let shown = text.trim().chars().filter(|c| !c.is_control() || *c == '\n');
    shown.take(TEXT_CHARS_MAX).collect()
}

/// The values, as the list of the schema, or as an object of names, which many models write.
fn values(value: &Value) -> Vec<(String, String)> {
    let said = |value: &Value| match value {
        Value::String(text) => Some(plain(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_so) => Some(if *is_so { "yes" } else { "no" }.to_owned()),
        _ => None,
    };
    let pairs: Vec<(String, String)> = match value {
        Value::Array(items) => items
            .iter()
            .take(VALUES_MAX)
            .filter_map(|item| Some((item["name"].as_str()?.to_owned(), said(&item["value"])?)))
            .collect(),
        Value::Object(map) => {
            map.iter().take(VALUES_MAX).filter_map(|(name, value)| Some((name.clone(), said(value)?))).collect()
        }
        Value::String(text) => json_in(text).filter(|value| !value.is_string()).map(|v| values(&v)).unwrap_or_default(),
        _ => Vec::new(),
    };
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A priority as models write it: "HIGH", "P1", "critical".
pub fn priority(text: &str) -> Option<Priority> {
    let word = text.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    Priority::parse(&word).or(match word.as_str() {
        "critical" | "highest" | "emergency" | "p0" | "1" => Some(Priority::Urgent),
        "important" | "p1" | "2" => Some(Priority::High),
        "normal" | "moderate" | "standard" | "p2" | "3" => Some(Priority::Medium),
        "lowest" | "minor" | "p3" | "4" => Some(Priority::Low),
        _ => None,
    })
}

/// Whether this is the tool, as models misspell it: "handoff", "hand-off", "functions.hand_off".
pub fn is_tool(name: &str) -> bool {
    let letters: String = name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    letters.ends_with("handoff")
}

/// What an answer in text holds beside its words: a call that leaked into it, or the forms of models without tools.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaked {
    pub calls: Vec<Call>,
    /// The words of an object with words.
    pub reply: Option<String>,
}

/// Reads a block of JSON that stands in an answer.
pub fn leaked(block: &str) -> Leaked {
    let Some(value) = json_in(block) else { return Leaked::default() };
    let call = |name: &str, arguments: &Value| Call { name: name.to_owned(), arguments: arguments.clone() };
    let object = if let Value::Array(items) = &value { items.first().unwrap_or(&Value::Null) } else { &value };
    let name = ["name", "tool", "function"].iter().find_map(|key| object[key].as_str());
    let arguments = ["arguments", "parameters", "args", "input"].iter().find_map(|key| object.get(key));
    if let (Some(name), Some(arguments)) = (name, arguments) {
        return Leaked { calls: vec![call(name, arguments)], reply: None };
    }
    if let Some(inner) = object.get("function").filter(|inner| inner.is_object()) {
        let name = inner["name"].as_str().unwrap_or_default();
        return Leaked { calls: vec![call(name, &inner["arguments"])], reply: None };
    }
    let reply = object["reply"].as_str().map(str::to_owned);
    if let Some(handoff) = object.get("handoff").or_else(|| object.get(TOOL)) {
        let calls = if handoff.is_object() { vec![call(TOOL, handoff)] } else { Vec::new() };
        return Leaked { calls, reply };
    }
    if reply.is_none() && wish(object).is_some() {
        return Leaked { calls: vec![call(TOOL, object)], reply: None };
    }
    Leaked { calls: Vec::new(), reply }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action() -> HandoffSettings {
        let row = |name: &str| GatherField {
            name: name.into(),
            description: String::new(),
            kind: FieldKind::Text,
            choices: Vec::new(),
            required: true,
        };
        HandoffSettings { gather: vec![row("order_number"), row("email")], auto_priority: true, ..Default::default() }
    }

    #[test]
    fn every_property_of_the_schema_is_required_and_no_other_is_taken() {
        let schema = schema(&action());
        let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let required = schema["required"].as_array().unwrap();
        assert_eq!(names.len(), required.len());
        assert!(names.iter().all(|name| required.contains(&json!(name))));
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(
            schema["properties"]["values"]["items"]["properties"]["name"]["enum"],
            json!(["order_number", "email"])
        );
        let plain = super::schema(&HandoffSettings::default());
        assert!(plain["properties"].get("priority").is_none() && plain["properties"].get("values").is_none());
    }

    #[test]
    fn obvious_slips_are_repaired() {
        let right =
            json!({ "reason": "Billing", "values": [{ "name": "email", "value": "a@b.example", "message": 1 }] });
        let text = right.to_string();
        for arguments in [
            right.clone(),
            json!(text),
            json!(json!(text).to_string()),
            json!(format!("```json\n{text}\n```")),
            json!(format!("Here you are: {text} Done.")),
            json!(r#"{"reason":"Billing","values":[{"name":"email","value":"a@b.example","message":1,},],}"#),
            json!({ "reason": "Billing", "values": { "email": "a@b.example" } }),
            json!({ "reason": "Billing", "values": r#"[{"name":"email","value":"a@b.example"}]"# }),
            json!([right]),
        ] {
            let read = read(&Call { name: TOOL.into(), arguments: arguments.clone() }).unwrap();
            assert_eq!(read.values, [("email".to_owned(), "a@b.example".to_owned())], "{arguments}");
        }
        for arguments in [json!("nonsense"), json!(7), json!({}), json!("{\"reason\": "), json!("}{"), json!(null)] {
            assert!(read(&Call { name: TOOL.into(), arguments: arguments.clone() }).is_err(), "{arguments}");
        }
    }

    #[test]
    fn priorities_are_read_leniently() {
        for (text, expected) in [
            ("urgent", Some(Priority::Urgent)),
            (" HIGH. ", Some(Priority::High)),
            ("P1", Some(Priority::High)),
            ("critical", Some(Priority::Urgent)),
            ("normal", Some(Priority::Medium)),
            ("whatever", None),
            ("", None),
        ] {
            assert_eq!(priority(text), expected, "{text}");
        }
    }

    #[test]
    fn calls_in_text_are_found_in_their_many_forms() {
        for block in [
            r#"{"name":"hand_off","arguments":{"reason":"Billing"}}"#,
            r#"[{"name":"hand_off","arguments":{"reason":"Billing"}}]"#,
            r#"{"type":"function","function":{"name":"hand_off","arguments":"{\"reason\":\"Billing\"}"}}"#,
            r#"{"reply":"","handoff":{"reason":"Billing"}}"#,
            r#"{"reason":"Billing","condition":"","quote":""}"#,
        ] {
            let leaked = leaked(block);
            assert_eq!(read(&leaked.calls[0]).unwrap().reason, "Billing", "{block}");
        }
        assert_eq!(leaked(r#"{"reply":"Hello","handoff":null}"#).reply.as_deref(), Some("Hello"));
        assert_eq!(leaked(r#"{"color":"red"}"#), Leaked::default());
        assert_eq!(leaked("{ not json }"), Leaked::default());
    }
}
