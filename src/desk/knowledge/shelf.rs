//! What is searched: each agent's passages in memory, ready to be ranked, read again when its knowledge has changed in the
//! database, whoever changed it.

use crate::ai::Said;
use crate::ai::knowledge::{Found, Library, Shelved, question_of};
use crate::ai::meaning::{self, Vector};
use crate::desk::{Desk, Error};
use crate::domain::AgentId;
use crate::store;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The most agents whose passages are kept at once; the one that was read first makes room.
const LIBRARIES_MAX: usize = 32;

/// The libraries of a process.
#[derive(Default)]
pub(in crate::desk) struct Shelf {
    libraries: Mutex<HashMap<AgentId, Kept>>,
    pub(super) changes: Notify,
}

struct Kept {
    revision: i64,
    library: Arc<Library>,
    read_at_ms: i64,
}

impl Shelf {
    /// New passages wait for their vectors.
    pub(super) fn changed(&self) {
        self.changes.notify_one();
    }

    fn find(&self, agent: &AgentId, revision: i64) -> Option<Arc<Library>> {
        let libraries = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        libraries.get(agent).filter(|kept| kept.revision == revision).map(|kept| kept.library.clone())
    }

    fn keep(&self, agent: AgentId, kept: Kept) {
        let mut libraries = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        if libraries.len() >= LIBRARIES_MAX && !libraries.contains_key(&agent) {
            let oldest = libraries.iter().min_by_key(|(_, kept)| kept.read_at_ms).map(|(agent, _)| agent.clone());
            oldest.and_then(|agent| libraries.remove(&agent));
        }
        libraries.insert(agent, kept);
    }
}

impl Desk {
    /// The passages that fit a question best, best first.
    pub(in crate::desk) async fn find_passages(&self, agent: &AgentId, question: &str) -> Result<Vec<Found>, Error> {
        let library = self.library(agent).await?;
        if library.is_empty() || question.trim().is_empty() {
            return Ok(Vec::new());
        }
        // The encoder computes: not where requests are answered.
        let (encoder, question) = (self.encoder.clone(), question.to_owned());
        let search = move || {
            let meaning = library.has_vectors().then(|| encoder.get()).flatten();
            let vector = meaning.and_then(|meaning| meaning.about(&question).ok());
            library.rank(&question, vector.as_ref())
        };
        let found = tokio::task::spawn_blocking(search).await;
        found.map_err(|broken| Error::Internal(format!("a question broke the search: {broken}")))
    }

    /// What the agent knows about the customer's last words.
    pub(in crate::desk) async fn find_known(&self, agent: &AgentId, said: &[Said]) -> Result<Vec<Found>, Error> {
        self.find_passages(agent, &question_of(said)).await
    }

    async fn library(&self, agent: &AgentId) -> Result<Arc<Library>, Error> {
        let (revision, stored) = {
            let conn = &mut self.db.read().await?;
            let revision = store::knowledge::revision(conn, agent).await?;
            if let Some(library) = self.0.shelf.find(agent, revision) {
                return Ok(library);
            }
            // Read after the revision: a change in between is read again with the next question.
            (revision, store::knowledge::list_passages(conn, agent, meaning::NAME).await?)
        };
        let build = move || {
            let shelve = |stored: store::knowledge::Stored| Shelved {
                entry_id: stored.entry_id,
                title: stored.title,
                passage: stored.passage,
                vector: stored.embedding.as_deref().and_then(read_vector),
            };
            Library::new(stored.into_iter().map(shelve).collect())
        };
        let library = tokio::task::spawn_blocking(build).await;
        let library = library.map_err(|broken| Error::Internal(format!("passages broke their reader: {broken}")))?;
        let library = Arc::new(library);
        let kept = Kept { revision, library: library.clone(), read_at_ms: self.now_ms() };
        self.0.shelf.keep(agent.clone(), kept);
        Ok(library)
    }
}

/// A stored vector; one that can't be read counts as none.
fn read_vector(text: &str) -> Option<Vector> {
    Vector::from_bytes(&STANDARD.decode(text).ok()?)
}
