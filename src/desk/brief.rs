//! What the AI is told about a conversation: loaded for reading, so that no transaction is open while it thinks.

use super::{Desk, Error};
use crate::ai::builtin::language;
use crate::ai::{Brief, Said, Speaker};
use crate::domain::{Author, Content, Conversation, ConversationId, GatheredValue, ValueSource};
use crate::store::{self, Conn};

/// The most messages an engine sees: the last ones.
const SAID_MAX: i64 = 100;
/// How many of the customer's last messages tell their language.
const LANGUAGE_MESSAGES: usize = 6;

impl Desk {
    /// The brief of a conversation as it stands.
    pub(super) async fn load_brief(&self, id: &ConversationId) -> Result<(Conversation, Brief), Error> {
        let (conversation, mut brief) = {
            let conn = &mut self.db.read().await?;
            let conversation = store::conversation::load(conn, id).await?;
            let mut brief = brief_of(conn, &conversation).await?;
            brief.model = self.model_of(conn, &conversation.agent_id, &conversation.id).await?;
            brief.facts = Some(self.load_facts(conn, language_of(&brief)).await?);
            (conversation, brief)
        };
        brief.knowledge = self.find_known(&conversation.agent_id, &brief.said).await?;
        Ok((conversation, brief))
    }
}

async fn brief_of(conn: &mut Conn, conversation: &Conversation) -> Result<Brief, Error> {
    let agent = store::agent::load(conn, &conversation.agent_id).await?;
    let action = store::action::load_by_agent(conn, &conversation.agent_id).await?;
    let customer = store::customer::load(conn, &conversation.customer_id).await?;
    let entries = store::entry::list_for_customer_before(conn, &conversation.id, i64::MAX, SAID_MAX).await?;
    let details = [("name", customer.name), ("email", customer.email), ("phone", customer.phone)];
    Ok(Brief {
        agent_name: agent.name,
        action: action.settings,
        said: entries
            .into_iter()
            .filter_map(|entry| {
                let Content::Message { author, body } = entry.content else { return None };
                Some(Said { seq: entry.seq, by: speaker(&author), body })
            })
            .collect(),
        gathering: conversation.gathering.clone(),
        details: details
            .into_iter()
            .filter_map(|(name, value)| {
                Some(GatheredValue { name: name.to_owned(), value: value?, source: ValueSource::Details, seq: None })
            })
            .collect(),
        ai_turns: conversation.ai_turns,
        locale: customer.locale.unwrap_or_default(),
        ..Brief::default()
    })
}

/// The customer's language, by their last messages.
fn language_of(brief: &Brief) -> String {
    let said = brief.said.iter().rev().filter(|said| said.by == Speaker::Customer).take(LANGUAGE_MESSAGES);
    let sample: Vec<&str> = said.map(|said| said.body.as_str()).collect();
    language::detect(&sample.join("\n"), &brief.locale).code().to_owned()
}

fn speaker(author: &Author) -> Speaker {
    match author {
        Author::Customer => Speaker::Customer,
        Author::Ai { .. } => Speaker::Ai,
        Author::Teammate { .. } => Speaker::Teammate,
        Author::System => Speaker::System,
    }
}
