//! Everything that can go wrong between Baton and a model's server, played by a real HTTP server.

mod client;
mod connection;
mod desk;

#[path = "../support/database.rs"]
mod database;
#[path = "../support/model_server.rs"]
mod model_server;
#[path = "../support/office.rs"]
mod office;

use baton::ai::model::{Ask, Line, Manner, Speaks};
use baton::ai::{Model, Secret};
use baton::domain::{ModelSettings, Provider};
use model_server::Wire;
use serde_json::json;

/// The key in every test; it must never be seen.
const KEY: &str = "sk-test-9f31c0ffee";

fn model(wire: Wire, url: &str) -> Model {
    let provider = match wire {
        Wire::Openai => Provider::Openai,
        Wire::Anthropic => Provider::Anthropic,
    };
    let settings = ModelSettings { provider, base_url: url.into(), model: "m".into(), ..ModelSettings::default() };
    Model { settings, key: Some(Secret(KEY.into())), tested: None, barred: None }
}

fn question(manner: Manner) -> Ask {
    let line = |by, text: &str| Line { by, text: text.into() };
    Ask {
        system: "Be kind.".into(),
        lines: vec![
            line(Speaks::Customer, "Hi"),
            line(Speaks::Agent, "Hello! What can I do?"),
            line(Speaks::Customer, "Where is my parcel?"),
        ],
        manner,
        temperature: 30,
        tokens_max: 64,
    }
}

fn tool() -> Manner {
    let schema = json!({
        "type": "object", "properties": {"reason": {"type": "string"}},
        "required": ["reason"], "additionalProperties": false,
    });
    Manner::Tool { name: "hand_off".into(), description: "Calls a person.".into(), schema, must_call: false }
}

fn schema() -> Manner {
    let schema = json!({
        "type": "object", "properties": {"reply": {"type": "string"}},
        "required": ["reply"], "additionalProperties": false,
    });
    Manner::Json { name: "turn".into(), schema }
}
