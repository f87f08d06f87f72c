//! Every setting of the server, in one table: its name, default and meaning. Values come from the defaults, then from a
//! file (`baton.toml`, or the one that `BATON_CONFIG` names), then from the environment. Nothing is read from here later:
//! rooms are handed what they need.

use crate::handoff::Limits;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::{Figment, error::Kind};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The file that is read when `BATON_CONFIG` names no other.
const FILE_DEFAULT: &str = "baton.toml";
/// Variables that begin with `BATON_` and are no settings: they steer tests and scripts.
const FOREIGN: [&str; 3] = ["config", "bin", "chromium"];
const FOREIGN_PREFIXES: [&str; 2] = ["test_", "require_"];

/// One setting, as `baton config` and the README show it.
pub struct Setting {
    /// As in the file; in the environment in capitals after `BATON_`.
    pub name: &'static str,
    /// As it would be written in the environment; empty if it is not set.
    pub default: &'static str,
    /// What it does, in one sentence or two.
    pub meaning: &'static str,
}

macro_rules! settings {
    ($($(#[doc = $meaning:literal])+ $name:ident: $kind:ty = $default:literal,)*) => {
        /// The settings of one server.
        #[derive(Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Config {
            $($(#[doc = $meaning])+ pub $name: $kind,)*
        }

        /// Every setting, in the order of the README.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            name: stringify!($name),
            default: $default,
            meaning: concat!($($meaning),+),
        }),*];
    };
}

settings! {
    /// Address and port to listen on.
    listen: SocketAddr = "127.0.0.1:3000",
    /// The address that browsers use, such as `https://support.example.com`; empty: `http://` and `listen`.
    public_url: String = "",
    /// Where the data is kept.
    data_dir: PathBuf = "./data",
    /// `sqlite://PATH` or `postgres://…`; empty: the file `baton.db` in `data_dir`.
    database_url: String = "",
    /// The most connections to the database.
    database_connections: u32 = "10",
    /// What providers' keys are encrypted with, at least 32 characters; empty: a file `secret.key` that is made in `data_dir`. Several servers on one database need the same.
    secret: String = "",
    /// The pages' files, as the build leaves them.
    site_dir: PathBuf = "target/site",
    /// Where the sentence encoder's files are, as `script/bootstrap` fetches them; empty: `baton/models` in the user's cache folder.
    model_dir: PathBuf = "",
    /// What is logged: `error`, `warn`, `info`, `debug` or a filter such as `info,baton=debug`.
    log: String = "info",
    /// How it is logged: `text` or `json`.
    log_format: LogFormat = "text",
    /// Cookies travel over HTTPS only: `auto` (if `public_url` is https), `true` or `false`.
    secure_cookies: SecureCookies = "auto",
    /// A proxy in front sets `X-Forwarded-For`; its last address counts as the visitor's.
    trust_proxy: bool = "false",
    /// Serve `/ui`, the gallery of components.
    dev_pages: bool = "false",
    /// How many jobs (AI turns, summaries, timers) run at once.
    workers: u32 = "4",
    /// How long an AI turn waits for more of a customer's burst.
    burst_ms: i64 = "400",
    /// After how long in the queue the team is reminded.
    pick_up_remind_ms: i64 = "120000",
    /// After how long in the queue everybody is told.
    pick_up_widen_ms: i64 = "300000",
    /// After how long in the queue the customer is told and asked for a contact.
    pick_up_tell_ms: i64 = "600000",
    /// How long a customer waits for a silent teammate before the conversation goes back to the queue.
    teammate_silent_ms: i64 = "1800000",
    /// How long after resolving a customer's message opens the conversation again.
    reopen_ms: i64 = "604800000",
    /// The most messages of one customer in a minute; ten times as many from one address.
    widget_messages_per_minute: u32 = "30",
    /// The most widget visits that one address begins in a minute.
    widget_sessions_per_minute: u32 = "60",
    /// The most attempts to sign in, or to set up, from one address in a minute.
    sign_in_attempts_per_minute: u32 = "10",
    /// The most event streams that are open at once.
    streams_max: u32 = "12000",
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Whether cookies are marked `Secure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecureCookies {
    /// If `public_url` is https.
    Auto,
    Always(bool),
}

impl Serialize for SecureCookies {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            SecureCookies::Auto => out.serialize_str("auto"),
            SecureCookies::Always(is_secure) => out.serialize_bool(*is_secure),
        }
    }
}

impl<'de> Deserialize<'de> for SecureCookies {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Bool(bool),
            Word(String),
        }
        match Written::deserialize(from)? {
            Written::Bool(is_secure) => Ok(SecureCookies::Always(is_secure)),
            Written::Word(word) if word == "auto" => Ok(SecureCookies::Auto),
            Written::Word(word) => {
                Err(serde::de::Error::invalid_value(serde::de::Unexpected::Str(&word), &"`auto`, `true` or `false`"))
            }
        }
    }
}

/// The user's cache folder, by the XDG Base Directory Specification.
fn cache_dir() -> PathBuf {
    let named = std::env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    named.unwrap_or_else(|| home().join(".cache"))
}

/// What is wrong with the settings: one sentence for each, that names the setting and where it was read.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Error(Vec<String>);

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// If a setting is unknown or its value can't be used.
    pub fn load() -> Result<Config, Error> {
        let named = std::env::var_os("BATON_CONFIG").map(PathBuf::from);
        if let Some(path) = named.as_deref().filter(|path| !path.is_file()) {
            return Err(Error(vec![format!("BATON_CONFIG names {}, which is not a file.", path.display())]));
        }
        let path = named.unwrap_or_else(|| PathBuf::from(FILE_DEFAULT));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error(vec![format!("{} can't be read: {error}.", path.display())])),
        };
        let is_setting = |name: &str| !is_foreign(&name.to_ascii_lowercase());
        let environment = Env::prefixed("BATON_").filter(move |name| is_setting(name.as_str()));
        Self::read(defaults().merge(Toml::string(&text)).merge(environment), &path)
    }

    /// The defaults with `settings` in the format of the file: for tests.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(settings: &str) -> Result<Config, Error> {
        Self::read(defaults().merge(Toml::string(settings)), Path::new(FILE_DEFAULT))
    }

    fn read(figment: Figment, file: &Path) -> Result<Config, Error> {
        let mut config: Config = figment
            .extract()
            .map_err(|error| Error(error.into_iter().map(|error| describe(&error, file)).collect()))?;
        let mistakes = config.mistakes();
        if !mistakes.is_empty() {
            return Err(Error(mistakes));
        }
        if config.database_url.is_empty() {
            config.database_url = format!("sqlite://{}", config.data_dir.join("baton.db").display());
        }
        if config.model_dir.as_os_str().is_empty() {
            config.model_dir = cache_dir().join("baton/models");
        }
        config.public_url.truncate(config.public_url.trim_end_matches('/').len());
        Ok(config)
    }

    /// What no single type can say: the bounds of numbers, and addresses.
    fn mistakes(&self) -> Vec<String> {
        const MINUTE_MS: i64 = 60_000;
        const YEAR_MS: i64 = 365 * 24 * 60 * MINUTE_MS;
        const RATE: RangeInclusive<i64> = 1..=10_000_000;
        let bounds = [
            ("database_connections", i64::from(self.database_connections), 1..=1_000),
            ("workers", i64::from(self.workers), 1..=64),
            ("burst_ms", self.burst_ms, 0..=10_000),
            ("pick_up_remind_ms", self.pick_up_remind_ms, 1..=YEAR_MS),
            ("pick_up_widen_ms", self.pick_up_widen_ms, 1..=YEAR_MS),
            ("pick_up_tell_ms", self.pick_up_tell_ms, 1..=YEAR_MS),
            ("teammate_silent_ms", self.teammate_silent_ms, 1..=YEAR_MS),
            ("reopen_ms", self.reopen_ms, 0..=YEAR_MS),
            ("widget_messages_per_minute", i64::from(self.widget_messages_per_minute), RATE),
            ("widget_sessions_per_minute", i64::from(self.widget_sessions_per_minute), RATE),
            ("sign_in_attempts_per_minute", i64::from(self.sign_in_attempts_per_minute), RATE),
            ("streams_max", i64::from(self.streams_max), 1..=1_000_000),
        ];
        let mut mistakes: Vec<String> = bounds
            .into_iter()
            .filter(|(_, value, range)| !range.contains(value))
            .map(|(name, value, range)| {
                format!("{name} (BATON_{}) is {value}; use {} to {}.", name.to_uppercase(), range.start(), range.end())
            })
            .collect();
        if !self.secret.is_empty() && self.secret.chars().count() < 32 {
            mistakes.push("secret (BATON_SECRET) is too short; use at least 32 characters, such as what `openssl rand -hex 32` prints.".into());
        }
        let is_web = |url: &str| {
            url.strip_prefix("https://").or(url.strip_prefix("http://")).is_some_and(|rest| !rest.is_empty())
        };
        if !self.public_url.is_empty() && !is_web(&self.public_url) {
            mistakes.push("public_url (BATON_PUBLIC_URL) must begin with https:// or http://.".into());
        }
        mistakes
    }

    /// Whether cookies are marked `Secure`.
    pub fn has_secure_cookies(&self) -> bool {
        match self.secure_cookies {
            SecureCookies::Auto => self.public_url.starts_with("https://"),
            SecureCookies::Always(is_secure) => is_secure,
        }
    }

    /// The times that the engine works with.
    pub fn limits(&self) -> Limits {
        Limits {
            burst_ms: self.burst_ms,
            pick_up_remind_ms: self.pick_up_remind_ms,
            pick_up_widen_ms: self.pick_up_widen_ms,
            pick_up_tell_ms: self.pick_up_tell_ms,
            teammate_silent_ms: self.teammate_silent_ms,
            reopen_ms: self.reopen_ms,
        }
    }
}

/// The table of all settings, in Markdown: what `baton config` prints and the README shows.
pub fn table() -> String {
    let mut table = String::from("| Setting | Default | Meaning |\n|---|---|---|\n");
    for Setting { name, default, meaning } in SETTINGS {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let name = name.to_uppercase();
        writeln!(table, "| `BATON_{name}` | {default} | {} |", meaning.trim()).expect("a String takes all text");
    }
    table
}

/// The defaults of the table. They are read as they would be from the environment.
fn defaults() -> Figment {
    SETTINGS.iter().fold(Figment::new(), |figment, setting| {
        let value: figment::value::Value = setting.default.parse().expect("any text is some value");
        figment.merge(Serialized::default(setting.name, value))
    })
}

fn is_foreign(name: &str) -> bool {
    FOREIGN.contains(&name) || FOREIGN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn describe(error: &figment::Error, file: &Path) -> String {
    let name = error.path.join(".");
    let is_environment = error.metadata.as_ref().is_some_and(|metadata| metadata.name.contains("environment"));
    let place = if is_environment { "the environment".to_owned() } else { file.display().to_string() };
    let shown = if is_environment { format!("BATON_{}", name.to_uppercase()) } else { name };
    match &error.kind {
        Kind::UnknownField(field, _) => {
            let shown = if is_environment { format!("BATON_{}", field.to_uppercase()) } else { field.clone() };
            format!("{shown} in {place} is not a setting. `baton config` lists them all.")
        }
        // The value itself stays out: it may be a secret.
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
            format!("{shown} in {place} has a value that can't be used: expected {expected}.")
        }
        Kind::UnknownVariant(_, expected) => {
            format!("{shown} in {place} has a value that can't be used: expected {}.", expected.join(" or "))
        }
        other => format!("{shown} in {place} can't be used: {other}."),
    }
}
