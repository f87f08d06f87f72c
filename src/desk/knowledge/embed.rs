//! Giving passages their sentence vectors, in the background: whatever has none of today's model gets one, in batches that
//! can be cut off and done again at any point. Without weights nothing happens, and words alone are searched.

use crate::ai::knowledge::embedded_text;
use crate::ai::meaning;
use crate::desk::{Desk, Error};
use crate::domain::AgentId;
use crate::store;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;

/// How many passages are done at once: less than a second's work.
const BATCH: i64 = 32;

impl Desk {
    /// Gives a batch of passages their vectors. Returns whether there may be more to do.
    ///
    /// # Errors
    /// When the store or the encoder fails.
    pub async fn embed_passages(&self) -> Result<bool, Error> {
        let plain = store::knowledge::list_plain(&mut self.db.read().await?, meaning::NAME, BATCH).await?;
        if plain.is_empty() {
            return Ok(false);
        }
        let encoder = self.encoder.clone();
        let embed = move || {
            let meaning = encoder.get()?;
            let vectors = plain.iter().map(|plain| meaning.about(&embedded_text(&plain.title, &plain.passage)));
            let vectors: Result<Vec<_>, _> = vectors.collect();
            Some(vectors.map(|vectors| (plain, vectors)))
        };
        let embedded = tokio::task::spawn_blocking(embed).await;
        let embedded = embedded.map_err(|broken| Error::Internal(format!("a passage broke the encoder: {broken}")))?;
        let Some(embedded) = embedded else { return Ok(false) };
        let (plain, vectors) = embedded.map_err(|error| Error::Internal(error.to_string()))?;
        let mut tx = self.db.write().await?;
        // In one order, so that two processes never wait for each other.
        let agents: BTreeSet<&AgentId> = plain.iter().map(|plain| &plain.agent_id).collect();
        for agent in agents {
            store::knowledge::raise(&mut tx, agent).await?;
        }
        for (plain, vector) in plain.iter().zip(vectors) {
            store::knowledge::embed(&mut tx, plain, &STANDARD.encode(vector.to_bytes()), meaning::NAME).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Waits until passages were stored.
    pub async fn wait_for_passages(&self) {
        self.0.shelf.changes.notified().await;
    }
}
