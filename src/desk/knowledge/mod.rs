//! An agent's knowledge: listing, writing, deleting, taking files, trying a question. Admins change it, everybody in the team
//! reads it. How text is cut and ranked is `ai::knowledge`'s; what is searched is kept in `shelf`.

mod embed;
mod encoding;
mod file;
mod shelf;

pub use file::Upload;
pub(super) use shelf::Shelf;

use super::names::teammate_name;
use super::{Desk, Error};
use crate::ai::knowledge::passages;
use crate::domain::knowledge::{AGENT_CHARS_MAX, ENTRIES_MAX, FILES_MAX};
use crate::domain::{Agent, AgentId, KnowledgeEntry, KnowledgeId, KnowledgeText, Teammate};
use crate::store::{self, Conn, Tx};
use crate::wire::knowledge::{EditEntry, EntryRow, FileResult, Hit, KnowledgePage, NewerEntry, SavedEntry};

/// The longest question that can be tried, in characters: as long as a customer's message.
const QUESTION_CHARS_MAX: usize = 4_000;

impl Desk {
    /// The agent and its entries, by title.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn list_knowledge(&self, _me: &Teammate, id: &AgentId) -> Result<KnowledgePage, Error> {
        let conn = &mut self.db.read().await?;
        let agent = find_agent(conn, id).await?;
        let row = |listed: store::knowledge::Listed| EntryRow {
            id: KnowledgeId(listed.id),
            title: listed.title,
            chars: listed.chars,
            updated_at_ms: listed.updated_at_ms,
            updated_by: listed.updated_by.unwrap_or_else(|| "Baton".to_owned()),
        };
        let entries = store::knowledge::list(conn, id).await?.into_iter().map(row).collect();
        Ok(KnowledgePage { agent, entries, uploaded: Vec::new() })
    }

    /// An entry to be read or edited; without an id, the empty form of a new one.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn load_entry(
        &self,
        _me: &Teammate,
        agent_id: &AgentId,
        id: Option<&KnowledgeId>,
    ) -> Result<EditEntry, Error> {
        let conn = &mut self.db.read().await?;
        let agent = find_agent(conn, agent_id).await?;
        let empty = EditEntry {
            agent,
            id: None,
            text: KnowledgeText::default(),
            version: 0,
            saved_by: None,
            saved_at_ms: None,
            errors: Vec::new(),
            newer: None,
        };
        let Some(id) = id else { return Ok(empty) };
        let entry = store::knowledge::find(conn, agent_id, id).await?.ok_or(Error::NotFound("entry"))?;
        Ok(EditEntry {
            saved_by: Some(teammate_name(conn, entry.updated_by.as_ref()).await?),
            saved_at_ms: Some(entry.updated_at_ms),
            id: Some(entry.id),
            text: entry.text,
            version: entry.version,
            ..empty
        })
    }

    /// Saves an entry, if `version` is still the current one; without an id, a new one.
    ///
    /// # Errors
    /// [`Error::Invalid`] (fields as in [`KnowledgeText::validate`]); [`Error::Forbidden`] below admin.
    pub async fn save_entry(
        &self,
        me: &Teammate,
        agent_id: &AgentId,
        id: Option<&KnowledgeId>,
        text: KnowledgeText,
        version: i64,
    ) -> Result<SavedEntry, Error> {
        self.require_configure(me)?;
        let text = text.tidy();
        let errors = text.validate();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let mut tx = self.db.write().await?;
        find_agent(&mut tx, agent_id).await?;
        store::knowledge::raise(&mut tx, agent_id).await?;
        let saved = match id {
            Some(id) => self.store_again(&mut tx, me, agent_id, id, text, version).await?,
            None => self.store_new(&mut tx, me, agent_id, text).await?,
        };
        if let SavedEntry::Stored { .. } = &saved {
            tx.commit().await?;
            self.0.shelf.changed();
        }
        Ok(saved)
    }

    async fn store_new(
        &self,
        tx: &mut Tx,
        me: &Teammate,
        agent_id: &AgentId,
        text: KnowledgeText,
    ) -> Result<SavedEntry, Error> {
        // A form that is sent twice stores one entry.
        if let Some(id) = store::knowledge::find_same(tx, agent_id, &text).await? {
            let version = store::knowledge::load(tx, agent_id, &id).await?.version;
            return Ok(SavedEntry::Stored { id, version });
        }
        self.require_room(tx, agent_id, &text).await?;
        let now_ms = self.now_ms();
        let entry = KnowledgeEntry {
            id: KnowledgeId(self.ids.new_id()),
            agent_id: agent_id.clone(),
            text,
            version: 1,
            created_at_ms: now_ms,
            created_by: Some(me.id.clone()),
            updated_at_ms: now_ms,
            updated_by: Some(me.id.clone()),
        };
        store::knowledge::insert(tx, &entry, &passages::cut(&entry.text.body)).await?;
        self.audit(tx, Some(&me.id), "knowledge.created", entry.id.as_str(), &entry.text.title).await?;
        Ok(SavedEntry::Stored { id: entry.id, version: 1 })
    }

    async fn store_again(
        &self,
        tx: &mut Tx,
        me: &Teammate,
        agent_id: &AgentId,
        id: &KnowledgeId,
        text: KnowledgeText,
        version: i64,
    ) -> Result<SavedEntry, Error> {
        let stored = store::knowledge::find(tx, agent_id, id).await?.ok_or(Error::NotFound("entry"))?;
        if stored.text == text {
            return Ok(SavedEntry::Stored { id: stored.id, version: stored.version });
        }
        if stored.version != version {
            let by = teammate_name(tx, stored.updated_by.as_ref()).await?;
            let at_ms = stored.updated_at_ms;
            return Ok(SavedEntry::Conflict(NewerEntry { version: stored.version, text: stored.text, by, at_ms }));
        }
        if text.body.len() > stored.text.body.len() {
            self.require_room_beside(tx, agent_id, &text, &stored.text).await?;
        }
        let entry = KnowledgeEntry { text, updated_at_ms: self.now_ms(), updated_by: Some(me.id.clone()), ..stored };
        let version = store::knowledge::update(tx, &entry, &passages::cut(&entry.text.body)).await?;
        self.audit(tx, Some(&me.id), "knowledge.saved", entry.id.as_str(), &entry.text.title).await?;
        Ok(SavedEntry::Stored { id: entry.id, version })
    }

    async fn require_room(&self, tx: &mut Tx, agent: &AgentId, text: &KnowledgeText) -> Result<(), Error> {
        if store::knowledge::size(tx, agent).await?.entries >= ENTRIES_MAX {
            let message =
                format!("This AI agent has {ENTRIES_MAX} entries, the most it can have. Delete or join some.");
            return Err(Error::field("title", message));
        }
        self.require_room_beside(tx, agent, text, &KnowledgeText::default()).await
    }

    async fn require_room_beside(
        &self,
        tx: &mut Tx,
        agent: &AgentId,
        text: &KnowledgeText,
        before: &KnowledgeText,
    ) -> Result<(), Error> {
        let length = |text: &KnowledgeText| i64::try_from(text.body.chars().count()).unwrap_or(i64::MAX);
        let have = store::knowledge::size(tx, agent).await?.chars;
        if have - length(before) + length(text) > AGENT_CHARS_MAX {
            let message = format!(
                "With this the entries of this AI agent would have more than {AGENT_CHARS_MAX} characters. Shorten or delete some."
            );
            return Err(Error::field("body", message));
        }
        Ok(())
    }

    /// Deletes an entry. Deleting it again does nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown agent; [`Error::Forbidden`] below admin.
    pub async fn delete_entry(&self, me: &Teammate, agent_id: &AgentId, id: &KnowledgeId) -> Result<(), Error> {
        self.require_configure(me)?;
        let mut tx = self.db.write().await?;
        find_agent(&mut tx, agent_id).await?;
        let Some(entry) = store::knowledge::find(&mut tx, agent_id, id).await? else { return Ok(()) };
        store::knowledge::raise(&mut tx, agent_id).await?;
        store::knowledge::delete(&mut tx, agent_id, id).await?;
        self.audit(&mut tx, Some(&me.id), "knowledge.deleted", id.as_str(), &entry.text.title).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes an entry of each file that can be read. What is wrong with one does not keep the others out.
    ///
    /// # Errors
    /// [`Error::Forbidden`] below admin; [`Error::NotFound`]; [`Error::Invalid`] for no file, or too many at once.
    pub async fn upload_files(
        &self,
        me: &Teammate,
        agent_id: &AgentId,
        files: Vec<Upload>,
    ) -> Result<Vec<FileResult>, Error> {
        self.require_configure(me)?;
        find_agent(&mut self.db.read().await?, agent_id).await?;
        if files.is_empty() {
            return Err(Error::field("files", "Choose a file first."));
        }
        if files.len() > FILES_MAX {
            return Err(Error::field("files", format!("Send at most {FILES_MAX} files at once.")));
        }
        let mut results = Vec::new();
        for upload in files {
            let name = upload.shown_name();
            let outcome = match tokio::task::spawn_blocking(move || file::read(&upload)).await {
                Ok(Ok(text)) => self.store_file(me, agent_id, text).await?,
                Ok(Err(why)) => Err(why),
                Err(broken) => return Err(Error::Internal(format!("a file broke its reader: {broken}"))),
            };
            results.push(match outcome {
                Ok(entry) => FileResult { name, entry: Some(entry), error: None },
                Err(why) => FileResult { name, entry: None, error: Some(why) },
            });
        }
        Ok(results)
    }

    async fn store_file(
        &self,
        me: &Teammate,
        agent_id: &AgentId,
        text: KnowledgeText,
    ) -> Result<Result<(KnowledgeId, String), String>, Error> {
        let text = text.tidy();
        if store::knowledge::find_same(&mut self.db.read().await?, agent_id, &text).await?.is_some() {
            return Ok(Err(format!("There is an entry “{}” with this very text already.", text.title)));
        }
        let title = text.title.clone();
        match self.save_entry(me, agent_id, None, text, 0).await {
            Ok(SavedEntry::Stored { id, .. }) => Ok(Ok((id, title))),
            Ok(SavedEntry::Conflict(_)) => Err(Error::Internal("a new entry met a newer one".to_owned())),
            Err(Error::Invalid(errors)) => {
                Ok(Err(errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ")))
            }
            Err(error) => Err(error),
        }
    }

    /// The passages that a question finds, best first.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for a question that is too long.
    pub async fn try_question(&self, _me: &Teammate, agent_id: &AgentId, question: &str) -> Result<Vec<Hit>, Error> {
        if question.chars().count() > QUESTION_CHARS_MAX {
            return Err(Error::field("question", format!("Use {QUESTION_CHARS_MAX} characters or fewer.")));
        }
        find_agent(&mut self.db.read().await?, agent_id).await?;
        let hit = |found: crate::ai::knowledge::Found| Hit {
            answers: found.answers(),
            entry_id: found.entry_id,
            title: found.title,
            heading: found.heading,
            text: found.text,
            quote: found.quote,
            score: (found.score.clamp(0.0, 1.0) * 100.0).round() as u8,
        };
        Ok(self.find_passages(agent_id, question).await?.into_iter().map(hit).collect())
    }
}

async fn find_agent(conn: &mut Conn, id: &AgentId) -> Result<Agent, Error> {
    store::agent::find(conn, id).await?.ok_or(Error::NotFound("AI agent"))
}
