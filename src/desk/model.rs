//! The model of an agent: showing and saving its settings, testing the connection, what it cost, and what follows when
//! it does not answer. The key goes in, is sealed, and never comes out to a page.

use super::names::teammate_name;
use super::{Desk, Error};
use crate::ai::{Health, Model, Secret};
use crate::domain::model::KEY_CHARS_MAX;
use crate::domain::{
    AgentId, ConnectionTest, ConversationId, ModelCall, ModelSettings, NotificationId, Provider, Teammate, TurnId,
};
use crate::handoff::{ChangeKind, NoticeEvent};
use crate::store::model::{CallOf, SealedKey, StoredModel};
use crate::store::notification::{Channel, NewNotification};
use crate::store::{self, Conn, Tx};
use crate::wire::model::{EditModel, KeyChange, NewerModel, Outage, SavedModel, Usage, UsageDay};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How many days the plot shows.
const DAYS: i64 = 30;

impl Desk {
    /// The Settings page of an agent.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Forbidden`] below admin.
    pub async fn load_model(&self, me: &Teammate, id: &AgentId) -> Result<EditModel, Error> {
        self.require_configure(me)?;
        let conn = &mut self.db.read().await?;
        let agent = store::agent::find(conn, id).await?.ok_or(Error::NotFound("AI agent"))?;
        let stored = store::model::find(conn, id).await?;
        let saved_by = match &stored {
            Some(stored) => Some(teammate_name(conn, stored.updated_by.as_ref()).await?),
            None => None,
        };
        let stored = stored.unwrap_or_else(nothing);
        let outage = store::model::find_outage(conn, id).await?.map(|outage| shown(outage, &stored));
        Ok(EditModel {
            agent,
            version: stored.version,
            saved_at_ms: saved_by.is_some().then_some(stored.updated_at_ms),
            saved_by,
            key_saved_at_ms: stored.key.as_ref().map(|key| key.saved_at_ms),
            test: tested(&stored),
            settings: stored.settings,
            outage,
            errors: Vec::new(),
            typed: None,
            newer: None,
        })
    }

    /// Saves an agent's model, if `version` is still the current one.
    ///
    /// # Errors
    /// [`Error::Invalid`] (fields as in [`ModelSettings::validate`], and `key`); [`Error::Forbidden`] below admin.
    pub async fn save_model(
        &self,
        me: &Teammate,
        id: &AgentId,
        settings: ModelSettings,
        key: KeyChange,
        version: i64,
    ) -> Result<SavedModel, Error> {
        self.require_configure(me)?;
        let settings = settings.tidy();
        let errors = settings.validate();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let mut tx = self.db.write().await?;
        store::agent::find(&mut tx, id).await?.ok_or(Error::NotFound("AI agent"))?;
        let stored = store::model::find(&mut tx, id).await?.unwrap_or_else(nothing);
        let is_other_key = key != KeyChange::Keep;
        // First, so that a form that is sent twice does not meet its own save as somebody else's.
        if stored.settings == settings && !is_other_key && stored.version > 0 {
            return Ok(SavedModel::Stored { version: stored.version });
        }
        if stored.version != version {
            return newer(&mut tx, stored).await;
        }
        let key = self.key_to_store(id, &settings, &stored, key)?;
        let is_same_model = ConnectionTest::subject_of(&settings) == ConnectionTest::subject_of(&stored.settings);
        let next = StoredModel {
            test: stored.test.clone().filter(|_| is_same_model && !is_other_key),
            key,
            updated_at_ms: self.now_ms(),
            updated_by: Some(me.id.clone()),
            version,
            settings,
        };
        if !store::model::save(&mut tx, id, &next).await? {
            let stored = store::model::find(&mut tx, id).await?.unwrap_or_else(nothing);
            return newer(&mut tx, stored).await;
        }
        // Another model, or none, is not out of order before it was asked.
        if !is_same_model || is_other_key {
            store::model::end_outage(&mut tx, id, self.now_ms()).await?;
        }
        let what = describe(&stored, &next, is_other_key);
        self.audit(&mut tx, Some(&me.id), "model.saved", id.as_str(), &what).await?;
        tx.commit().await?;
        Ok(SavedModel::Stored { version: version + 1 })
    }

    /// Asks the model a few things, with settings that need not be saved, and says what works.
    ///
    /// # Errors
    /// As [`Desk::save_model`].
    pub async fn test_model(
        &self,
        me: &Teammate,
        id: &AgentId,
        settings: ModelSettings,
        key: KeyChange,
    ) -> Result<ConnectionTest, Error> {
        self.require_configure(me)?;
        let settings = settings.tidy();
        let errors = settings.validate();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        if settings.provider == Provider::BuiltIn {
            return Err(Error::field(
                "provider",
                "The built-in engine runs inside Baton: there is nothing to connect to.",
            ));
        }
        let stored = {
            let conn = &mut self.db.read().await?;
            store::agent::find(conn, id).await?.ok_or(Error::NotFound("AI agent"))?;
            store::model::find(conn, id).await?.unwrap_or_else(nothing)
        };
        let is_saved = key == KeyChange::Keep && settings == stored.settings;
        let key = self.key_to_store(id, &settings, &stored, key)?;
        let key = self.open_key(id, key.as_ref())?;
        let model = Model { settings, key, tested: None, barred: None };
        let (found, calls) = self.ai.test_connection(&model).await;
        let subject = ConnectionTest::subject_of(&model.settings);
        let found = ConnectionTest { tested_at_ms: self.now_ms(), subject, ..found };
        let mut tx = self.db.write().await?;
        let of = CallOf { agent: id, conversation: None, turn: None };
        self.add_calls(&mut tx, of, &model.settings, &calls).await?;
        if is_saved {
            store::model::save_test(&mut tx, id, stored.version, &found).await?;
            if found.error.is_none() {
                store::model::end_outage(&mut tx, id, self.now_ms()).await?;
            }
        }
        tx.commit().await?;
        Ok(found)
    }

    /// Every agent whose model does not answer now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_outages(&self, _me: &Teammate) -> Result<Vec<Outage>, Error> {
        let conn = &mut self.db.read().await?;
        let mut outages = Vec::new();
        for outage in store::model::list_outages(conn).await? {
            let stored = store::model::find(conn, &AgentId(outage.agent_id.clone())).await?.unwrap_or_else(nothing);
            outages.push(shown(outage, &stored));
        }
        Ok(outages)
    }

    /// For the dashboard: the connected model's name, its outage, and what it cost in the last 30 days.
    pub(super) async fn model_at_a_glance(
        &self,
        conn: &mut Conn,
        id: &AgentId,
    ) -> Result<(Option<String>, Option<Outage>, Option<Usage>), Error> {
        let stored = store::model::find(conn, id).await?;
        let is_asked = |stored: &StoredModel| stored.settings.provider != Provider::BuiltIn;
        let Some(stored) = stored.filter(is_asked) else { return Ok((None, None, None)) };
        let outage = store::model::find_outage(conn, id).await?.map(|outage| shown(outage, &stored));
        let usage = self.usage(conn, id, &stored).await?;
        Ok((Some(stored.settings.model), outage, Some(usage)))
    }

    async fn usage(&self, conn: &mut Conn, id: &AgentId, stored: &StoredModel) -> Result<Usage, Error> {
        let today = self.now_ms().div_euclid(DAY_MS);
        let found = store::model::days(conn, id, (today - DAYS + 1) * DAY_MS).await?;
        let days = (today - DAYS + 1..=today).map(|day| {
            let empty = UsageDay { day_ms: day * DAY_MS, ..UsageDay::default() };
            found.iter().find(|found| found.day == day).map_or(empty, |found| UsageDay {
                calls: found.calls,
                failures: found.failures,
                tokens_read: found.tokens_read,
                tokens_written: found.tokens_written,
                cost: found.cost,
                latency_ms: found.latency_ms / (found.calls - found.failures).max(1),
                ..empty
            })
        });
        let mut latencies = store::model::latencies(conn, id).await?;
        latencies.sort_unstable();
        let at = |share: usize| latencies.get((latencies.len().saturating_sub(1)) * share / 100).copied();
        Ok(Usage {
            days: days.collect(),
            tokens_per_day: stored.settings.tokens_per_day,
            has_prices: stored.settings.price_in > 0 || stored.settings.price_out > 0,
            latency_p50_ms: at(50),
            latency_p95_ms: at(95),
        })
    }

    /// The model that a turn of this conversation may ask, with its key opened and its budgets looked at.
    pub(super) async fn model_of(
        &self,
        conn: &mut Conn,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Result<Option<Model>, Error> {
        let Some(stored) = store::model::find(conn, agent).await? else { return Ok(None) };
        if stored.settings.provider == Provider::BuiltIn {
            return Ok(None);
        }
        let settings = &stored.settings;
        let midnight_ms = self.now_ms() - self.now_ms().rem_euclid(DAY_MS);
        let is_used_up = |limit: i64, used: i64| limit > 0 && used >= limit;
        let mut barred = None;
        if settings.tokens_per_conversation > 0
            && is_used_up(
                settings.tokens_per_conversation,
                store::model::tokens_of_conversation(conn, conversation).await?,
            )
        {
            barred = Some("The conversation's token budget is used up.".to_owned());
        }
        if settings.tokens_per_day > 0
            && is_used_up(settings.tokens_per_day, store::model::tokens_since(conn, agent, midnight_ms).await?)
        {
            barred = Some("The day's token budget is used up.".to_owned());
        }
        let key = match self.open_key(agent, stored.key.as_ref()) {
            Ok(key) => key,
            Err(error) => {
                tracing::error!(%agent, %error, "a model's key can't be opened");
                barred = Some("The stored key can't be opened with this server's secret.".to_owned());
                None
            }
        };
        let tested = tested(&stored);
        Ok(Some(Model { settings: stored.settings, key, tested, barred }))
    }

    /// Keeps what a model's calls cost, and what became known of it, in a transaction of its own.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn keep_calls(
        &self,
        model: Option<&Model>,
        of: CallOf<'_>,
        calls: &[ModelCall],
        health: Option<&Health>,
    ) -> Result<(), Error> {
        let Some(model) = model.filter(|_| !calls.is_empty() || health.is_some()) else { return Ok(()) };
        let mut tx = self.db.write().await?;
        self.add_calls(&mut tx, of, &model.settings, calls).await?;
        if let Some(health) = health {
            self.note_health(&mut tx, of, health).await?;
        }
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// Asks models that do not answer whether they do again. Run from time to time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn probe_models(&self) -> Result<(), Error> {
        let outages = store::model::list_outages(&mut self.db.read().await?).await?;
        for outage in outages {
            let agent = AgentId(outage.agent_id);
            let conversation = outage.conversation_id.map(ConversationId);
            let stored = store::model::find(&mut self.db.read().await?, &agent).await?;
            let Some(stored) = stored.filter(|stored| stored.settings.provider != Provider::BuiltIn) else { continue };
            let Ok(key) = self.open_key(&agent, stored.key.as_ref()) else { continue };
            let model = Model { tested: tested(&stored), settings: stored.settings, key, barred: None };
            let of = CallOf { agent: &agent, conversation: conversation.as_ref(), turn: None };
            if let Some(health) = self.ai.probe(&model).await {
                self.keep_calls(Some(&model), of, &[], Some(&health)).await?;
            }
        }
        Ok(())
    }

    async fn add_calls(
        &self,
        tx: &mut Tx,
        of: CallOf<'_>,
        settings: &ModelSettings,
        calls: &[ModelCall],
    ) -> Result<(), Error> {
        for call in calls {
            store::model::add_call(tx, &self.ids.new_id(), of, call, settings.cost(call.tokens), self.now_ms()).await?;
        }
        Ok(())
    }

    /// Begins or ends the outage, and tells those who can mend it, once.
    async fn note_health(&self, tx: &mut Tx, of: CallOf<'_>, health: &Health) -> Result<(), Error> {
        let now_ms = self.now_ms();
        let known = store::model::find_outage(tx, of.agent).await?;
        let id = known.as_ref().map_or_else(|| self.ids.new_id(), |outage| outage.id.clone());
        let (is_news, event, body) = match health {
            Health::Unavailable { error } => {
                let is_news = store::model::open_outage(tx, &id, of.agent, of.conversation, error, now_ms).await?;
                (is_news, NoticeEvent::AiUnavailable, error.clone())
            }
            Health::Available => {
                let is_news = store::model::end_outage(tx, of.agent, now_ms).await?;
                (is_news, NoticeEvent::AiAvailable, "Its model answers again.".to_owned())
            }
        };
        let Some(conversation) = of.conversation.filter(|_| is_news) else { return Ok(()) };
        let name = store::agent::load(tx, of.agent).await?.name;
        let title = match event {
            NoticeEvent::AiUnavailable => format!("AI unavailable: {name}"),
            _ => format!("AI available again: {name}"),
        };
        tracing::warn!(agent = %of.agent, title, body, "a model's health changed");
        for teammate in store::teammate::list_working(tx).await? {
            if !teammate.role.can_configure() {
                continue;
            }
            let new = NewNotification {
                id: NotificationId(self.ids.new_id()),
                teammate_id: teammate.id,
                event,
                channel: Channel::Browser,
                key: format!("{id}.{}", event.as_str()),
                conversation_id: Some(conversation.clone()),
                handoff_id: None,
                title: title.clone(),
                body: body.clone(),
            };
            store::notification::insert_once(tx, &new, now_ms).await?;
        }
        store::change::add(tx, conversation, ChangeKind::Notified, None, now_ms).await?;
        Ok(())
    }

    /// The key as it is stored after `change`. A stored key is never sent to another server than it was entered for.
    fn key_to_store(
        &self,
        id: &AgentId,
        settings: &ModelSettings,
        stored: &StoredModel,
        change: KeyChange,
    ) -> Result<Option<SealedKey>, Error> {
        match change {
            KeyChange::Remove => Ok(None),
            KeyChange::Keep => match &stored.key {
                Some(key) if settings.provider != Provider::BuiltIn && key.endpoint != settings.endpoint() => {
                    Err(Error::field(
                        "key",
                        "The stored key was entered for another address. Enter it again, or remove it.",
                    ))
                }
                key => Ok(key.clone()),
            },
            KeyChange::Set(key) => {
                let key = key.trim();
                if key.is_empty() || key.chars().count() > KEY_CHARS_MAX || !key.chars().all(|c| c.is_ascii_graphic()) {
                    let message = format!(
                        "Enter the key as the provider shows it: up to {KEY_CHARS_MAX} characters without blanks."
                    );
                    return Err(Error::field("key", message));
                }
                let sealed = self.seal.seal(id.as_str(), key);
                Ok(Some(SealedKey { sealed, endpoint: settings.endpoint(), saved_at_ms: self.now_ms() }))
            }
        }
    }

    fn open_key(&self, id: &AgentId, key: Option<&SealedKey>) -> Result<Option<Secret>, Error> {
        let Some(key) = key else { return Ok(None) };
        let opened = self.seal.open(id.as_str(), &key.sealed);
        let opened = opened.ok_or_else(|| {
            Error::field("key", "The stored key can't be opened: the server's secret has changed. Enter the key again.")
        })?;
        Ok(Some(Secret(opened)))
    }
}

/// The identity of a turn's calls.
pub(super) fn calls_of<'a>(agent: &'a AgentId, id: &'a ConversationId, turn: Option<&'a TurnId>) -> CallOf<'a> {
    CallOf { agent, conversation: Some(id), turn }
}

fn nothing() -> StoredModel {
    StoredModel {
        settings: ModelSettings::default(),
        version: 0,
        key: None,
        test: None,
        updated_at_ms: 0,
        updated_by: None,
    }
}

/// What a test found out about these very settings.
fn tested(stored: &StoredModel) -> Option<ConnectionTest> {
    stored.test.clone().filter(|test| test.subject == ConnectionTest::subject_of(&stored.settings))
}

fn shown(outage: store::model::Outage, stored: &StoredModel) -> Outage {
    Outage {
        agent_id: AgentId(outage.agent_id),
        agent_name: outage.agent_name,
        error: outage.error,
        began_at_ms: outage.began_at_ms,
        on_failure: stored.settings.on_failure,
    }
}

async fn newer(tx: &mut Tx, stored: StoredModel) -> Result<SavedModel, Error> {
    Ok(SavedModel::Newer(Box::new(NewerModel {
        saved_by: teammate_name(tx, stored.updated_by.as_ref()).await?,
        settings: stored.settings,
        version: stored.version,
        saved_at_ms: stored.updated_at_ms,
    })))
}

/// For the audit log: which fields changed, never what the key is.
fn describe(before: &StoredModel, after: &StoredModel, is_other_key: bool) -> String {
    let (old, new) = (&before.settings, &after.settings);
    let fields = [
        ("provider", old.provider != new.provider),
        ("address", old.base_url != new.base_url),
        ("model", old.model != new.model),
        ("instructions", old.instructions != new.instructions),
        ("temperature", old.temperature != new.temperature),
        ("most tokens", old.tokens_max != new.tokens_max),
        ("budget per conversation", old.tokens_per_conversation != new.tokens_per_conversation),
        ("budget per day", old.tokens_per_day != new.tokens_per_day),
        ("prices", (old.price_in, old.price_out) != (new.price_in, new.price_out)),
        ("when it fails", old.on_failure != new.on_failure),
        (if after.key.is_some() { "key" } else { "key removed" }, is_other_key),
    ];
    let changed: Vec<&str> = fields.into_iter().filter_map(|(name, is_changed)| is_changed.then_some(name)).collect();
    format!("{}: {}", new.provider.as_str(), changed.join(", "))
}
