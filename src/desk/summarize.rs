//! The summary of a handoff: written by a job, after the handoff, so that a handoff never waits for it.

use super::model::calls_of;
use super::{Desk, Error};
use crate::ai::Summarized;
use crate::domain::{HandoffId, Teammate};
use crate::handoff::ChangeKind;
use crate::store;

impl Desk {
    /// Writes the summary of a handoff, in place of an earlier one.
    ///
    /// # Errors
    /// When the store or the engine fails: the job is tried again.
    pub async fn write_summary(&self, id: &HandoffId) -> Result<(), Error> {
        let Some(handoff) = store::handoff::find(&mut self.db.read().await?, id).await? else { return Ok(()) };
        let (conversation, brief) = self.load_brief(&handoff.conversation_id).await?;
        let written = self.ai.summarize_well(&brief, &handoff).await;
        let Summarized { summary, calls, health } = written.map_err(|error| Error::Internal(error.to_string()))?;
        let of = calls_of(&conversation.agent_id, &conversation.id, None);
        self.keep_calls(brief.model.as_ref(), of, &calls, health.as_ref()).await?;
        let mut tx = self.db.write().await?;
        store::handoff::set_summary(&mut tx, id, &summary).await?;
        store::change::add(&mut tx, &handoff.conversation_id, ChangeKind::Summary, None, self.now_ms()).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// A teammate wants the summary written anew.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such handoff.
    pub async fn regenerate_summary(&self, me: &Teammate, id: &HandoffId) -> Result<(), Error> {
        self.require_work(me)?;
        if store::handoff::find(&mut self.db.read().await?, id).await?.is_none() {
            return Err(Error::NotFound("handoff"));
        }
        self.write_summary(id).await
    }
}
