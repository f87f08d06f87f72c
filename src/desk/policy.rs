//! The rules and facts of the moment, loaded in the transaction of the step that they decide.

use super::{Desk, Error};
use crate::ai::builtin::language;
use crate::domain::{Author, Content, Conversation};
use crate::handoff::{Event, Facts, Policy};
use crate::store::{self, Conn, Tx};

/// How many of the last messages tell the customer's language.
const LANGUAGE_MESSAGES: i64 = 6;

impl Desk {
    /// The policy for one event of one conversation.
    pub(super) async fn load_policy(
        &self,
        tx: &mut Tx,
        conversation: &Conversation,
        event: &Event,
    ) -> Result<Policy, Error> {
        let action = store::action::load_by_agent(tx, &conversation.agent_id).await?;
        let customer = store::customer::load(tx, &conversation.customer_id).await?;
        let language = match event {
            // Nothing is said to the customer in these steps.
            Event::TurnBegan { .. } | Event::TeammateNoted { .. } | Event::TeammateReplied { .. } => "en".to_owned(),
            _ => self.language_of(tx, conversation, event, customer.locale.as_deref().unwrap_or_default()).await?,
        };
        let online = store::presence::list_online(tx, self.now_ms(), store::presence::ONLINE_WITHIN_MS).await?;
        Ok(Policy {
            action: action.settings,
            facts: facts(!online.is_empty(), language),
            limits: self.limits,
            is_last_teammate_online: conversation.last_teammate_id.as_ref().is_some_and(|last| online.contains(last)),
            can_ai_answer: true,
        })
    }

    /// The facts of the moment for who writes in `language`.
    pub(super) async fn load_facts(&self, conn: &mut Conn, language: String) -> Result<Facts, Error> {
        let is_anyone_online =
            store::presence::is_anyone_online(conn, self.now_ms(), store::presence::ONLINE_WITHIN_MS).await?;
        Ok(facts(is_anyone_online, language))
    }

    async fn language_of(
        &self,
        tx: &mut Tx,
        conversation: &Conversation,
        event: &Event,
        locale: &str,
    ) -> Result<String, Error> {
        let mut said = Vec::new();
        if conversation.last_seq > 0 {
            let messages =
                store::entry::list_for_customer_before(tx, &conversation.id, i64::MAX, LANGUAGE_MESSAGES).await?;
            said.extend(messages.into_iter().filter_map(|entry| match entry.content {
                Content::Message { author: Author::Customer, body } => Some(body),
                _ => None,
            }));
        }
        if let Event::CustomerWrote { body, .. } = event {
            said.push(body.clone());
        }
        Ok(language::detect(&said.join("\n"), locale).code().to_owned())
    }
}

fn facts(is_anyone_online: bool, language: String) -> Facts {
    Facts {
        // Office hours are not kept yet: the office never says that it is closed.
        is_open: true,
        is_anyone_online,
        back_at: None,
        // Answers don't go out by email yet, so none is promised there.
        has_contact: false,
        language,
    }
}
