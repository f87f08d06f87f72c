//! One turn of the AI: begin, ask the engine (no transaction is open meanwhile), bring its proposal back. The
//! pure engine and the database refuse what came too late. Running it again after a crash is safe at any point.

use super::change::Change;
use super::model::calls_of;
use super::{Desk, Error};
use crate::ai::builtin;
use crate::ai::{Brief, Decided, Proposal, Silenced, Voice};
use crate::domain::{ConversationId, DecisionRecord, Outcome, TurnId};
use crate::handoff::{Event, Refused};
use std::time::Duration;

/// How long an engine may think. With the queue's wait and the store's time it stays under the 20 s in which a
/// customer is answered or a person called (I8).
const THINK_MAX: Duration = Duration::from_secs(15);

impl Desk {
    /// Runs a turn. A turn that no longer counts is done.
    ///
    /// # Errors
    /// When the store fails: the job is tried again.
    pub async fn run_turn(&self, id: &ConversationId, turn_id: &TurnId) -> Result<(), Error> {
        match self.change(id, Event::TurnBegan { turn_id: turn_id.clone() }.into()).await {
            Err(error) if error.is_stale() => return Ok(()),
            other => other?,
        };
        let (conversation, brief) = self.load_brief(id).await?;
        let epoch = conversation.owner_epoch;
        let shown = conversation.turn.as_ref().map_or("", |turn| turn.said.as_str());
        if !shown.is_empty() {
            // A process died while it wrote this: what the customer has read stays, and is honestly brought to an end.
            let (event, record) = broken_off(turn_id, epoch, shown, &brief, self.ai.name());
            return self.finish_turn(id, turn_id, event, &record).await;
        }
        let mouth = Mouth { desk: self, id, turn_id, epoch };
        let (event, record) = match self.think(&brief, &mouth).await {
            Ok(decided) => {
                let of = calls_of(&conversation.agent_id, id, Some(turn_id));
                self.keep_calls(brief.model.as_ref(), of, &decided.calls, decided.health.as_ref()).await?;
                (proposed(turn_id, epoch, decided.proposal), decided.record)
            }
            Err(error) => failed(turn_id, epoch, &error, self.ai.name()),
        };
        match self.finish_turn(id, turn_id, event, &record).await {
            Err(Error::Refused {
                refused:
                    refused @ (Refused::ActionDisabled | Refused::QuestionLimit | Refused::InformationMissing { .. }),
                ..
            }) => {
                // The action was changed while the engine thought, or the engine proposed what it may not.
                tracing::warn!(conversation = %id, turn = %turn_id, %refused, "a proposal was refused");
                let (event, record) = failed(turn_id, epoch, &refused.to_string(), self.ai.name());
                self.finish_turn(id, turn_id, event, &record).await
            }
            other => other,
        }
    }

    /// Ends a turn whose job failed for good: the customer gets a person or an honest word (I8).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_up_turn(&self, id: &ConversationId, turn_id: &TurnId, error: &str) -> Result<(), Error> {
        match self.change(id, Event::TurnBegan { turn_id: turn_id.clone() }.into()).await {
            Err(error) if error.is_stale() => return Ok(()),
            other => other?,
        };
        let (conversation, _brief) = self.load_brief(id).await?;
        let (event, record) = failed(turn_id, conversation.owner_epoch, error, self.ai.name());
        self.finish_turn(id, turn_id, event, &record).await
    }

    async fn think(&self, brief: &Brief, voice: &dyn Voice) -> Result<Decided, String> {
        match tokio::time::timeout(THINK_MAX, self.ai.decide_aloud(brief, voice)).await {
            Ok(Ok(decided)) => Ok(decided),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_elapsed) => Err(crate::ai::Error::TimedOut.to_string()),
        }
    }

    async fn finish_turn(
        &self,
        id: &ConversationId,
        turn_id: &TurnId,
        event: Event,
        record: &DecisionRecord,
    ) -> Result<(), Error> {
        let change = Change { record: Some((turn_id, record)), ..event.into() };
        match self.change(id, change).await {
            Err(error) if error.is_stale() => {
                tracing::info!(conversation = %id, turn = %turn_id, "a turn came too late and was dropped");
                Ok(())
            }
            other => other.map(|_changed| ()),
        }
    }
}

/// Shows the customer what a turn has written so far, for as long as the turn counts.
struct Mouth<'a> {
    desk: &'a Desk,
    id: &'a ConversationId,
    turn_id: &'a TurnId,
    epoch: i64,
}

#[async_trait::async_trait]
impl Voice for Mouth<'_> {
    async fn say(&self, so_far: &str) -> Result<(), Silenced> {
        let (turn_id, so_far) = (self.turn_id.clone(), so_far.to_owned());
        let event = Event::AiWrote { turn_id, epoch: self.epoch, so_far };
        match self.desk.change(self.id, event.into()).await {
            Err(error) if error.is_stale() => Err(Silenced),
            Err(error) => {
                // The answer itself is still to come; it is stored whole.
                tracing::warn!(conversation = %self.id, %error, "a part of an answer could not be shown");
                Ok(())
            }
            Ok(_changed) => Ok(()),
        }
    }
}

fn broken_off(turn_id: &TurnId, epoch: i64, shown: &str, brief: &Brief, model: &str) -> (Event, DecisionRecord) {
    let body = format!("{shown}\n\n{}", builtin::offer(brief));
    let gathered = brief.gathering.values.clone();
    let fallbacks = vec!["The process ended while the answer was written; the rest is missing.".to_owned()];
    let record = DecisionRecord { fallbacks, ..DecisionRecord::new(Outcome::Replied, model) };
    (Event::AiReplied { turn_id: turn_id.clone(), epoch, body, gathered }, record)
}

fn proposed(turn_id: &TurnId, epoch: i64, proposal: Proposal) -> Event {
    let turn_id = turn_id.clone();
    match proposal {
        Proposal::Reply { body, gathered } => Event::AiReplied { turn_id, epoch, body, gathered },
        Proposal::AskFor { name, body, wanted, gathered, refused } => {
            Event::AiAskedFor { turn_id, epoch, name, body, wanted, gathered, refused }
        }
        Proposal::HandOff { reason, gathered, missing, priority, words } => {
            Event::AiHandsOff { turn_id, epoch, reason, gathered, missing, priority, words }
        }
        Proposal::GiveUp { error } => Event::AiFailed { turn_id, epoch, error },
    }
}

fn failed(turn_id: &TurnId, epoch: i64, error: &str, model: &str) -> (Event, DecisionRecord) {
    tracing::error!(turn = %turn_id, error, "a turn failed");
    let record = DecisionRecord { fallbacks: vec![error.to_owned()], ..DecisionRecord::new(Outcome::Failed, model) };
    (Event::AiFailed { turn_id: turn_id.clone(), epoch, error: error.to_owned() }, record)
}
