//! The customer's side: opening the widget and seeing one's own conversation, without notes (I9).

use super::names::first_name;
use super::{Desk, Error};
use crate::ai::builtin::language;
use crate::domain::{Author, Content, Conversation, ConversationId, CustomerId, Entry, Owner};
use crate::handoff::promise;
pub use crate::store::customer::Customer;
use crate::store::{self, Conn};
use crate::wire::widget::{
    CustomerConversation, CustomerEntry, CustomerState, WidgetAgent, WidgetAvailability, WidgetOwner, WidgetSession,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The most messages the widget loads at once: the last ones.
const ENTRIES_MAX: i64 = 200;
/// The longest locale and page address that are kept, in characters; longer ones are cut.
const LOCALE_CHARS_MAX: usize = 35;
const PAGE_URL_CHARS_MAX: usize = 500;

/// What the widget sends when it opens.
pub struct OpenWidget {
    pub agent_key: String,
    /// The token of an earlier visit.
    pub token: Option<String>,
    pub locale: String,
    pub page_url: String,
}

impl Desk {
    /// Opens the widget: the same customer as before if the token is known, else a new one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown agent key.
    pub async fn open_widget(&self, open: OpenWidget) -> Result<WidgetSession, Error> {
        // No connection is held while the next is asked for: enough visitors at once would wait for each other.
        let (agent, known) = {
            let conn = &mut self.db.read().await?;
            let agent = store::agent::find_by_widget_key(conn, &open.agent_key).await?;
            let known = match &open.token {
                Some(token) => store::customer::find_by_token_hash(conn, &hash(token)).await?,
                None => None,
            };
            (agent.ok_or(Error::NotFound("AI agent"))?, known)
        };
        let (customer, token) = match known.filter(|customer| customer.agent_id == agent.id).zip(open.token.clone()) {
            Some((customer, token)) => (self.see_again(customer, &open).await?, token),
            None => self.meet(&agent.id, &open).await?,
        };
        let conversation = self.customer_conversation(&customer).await?;
        let conn = &mut self.db.read().await?;
        let action = store::action::load_by_agent(conn, &agent.id).await?.settings;
        let team_online =
            store::presence::is_anyone_online(conn, self.now_ms(), store::presence::ONLINE_WITHIN_MS).await?;
        let language = language::detect("", &open.locale).code();
        Ok(WidgetSession {
            token,
            person_button: action.enabled && action.person_button,
            availability: WidgetAvailability { team_online, text: promise::availability(team_online, language) },
            conversation,
            greeting: agent.greeting,
            agent: WidgetAgent { name: agent.name },
        })
    }

    /// The name of the AI agent behind the public key of an embed snippet.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown key.
    pub async fn agent_name_by_key(&self, widget_key: &str) -> Result<String, Error> {
        let agent = store::agent::find_by_widget_key(&mut self.db.read().await?, widget_key).await?;
        Ok(agent.ok_or(Error::NotFound("AI agent"))?.name)
    }

    /// The customer behind a token.
    ///
    /// # Errors
    /// [`Error::UnknownCustomer`].
    pub async fn customer(&self, token: &str) -> Result<Customer, Error> {
        let conn = &mut self.db.read().await?;
        store::customer::find_by_token_hash(conn, &hash(token)).await?.ok_or(Error::UnknownCustomer)
    }

    /// The customer's latest conversation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn customer_conversation(&self, customer: &Customer) -> Result<Option<CustomerConversation>, Error> {
        let conn = &mut self.db.read().await?;
        let Some(conversation) = store::conversation::find_latest_of_customer(conn, &customer.id).await? else {
            return Ok(None);
        };
        let stored = store::entry::list_for_customer_before(conn, &conversation.id, i64::MAX, ENTRIES_MAX).await?;
        let agent_name = store::agent::load(conn, &customer.agent_id).await?.name;
        let mut entries = Vec::with_capacity(stored.len());
        for entry in stored {
            entries.push(shown(conn, entry, &agent_name).await?);
        }
        Ok(Some(CustomerConversation {
            state: state(conn, &conversation, &agent_name).await?,
            last_seq: conversation.last_seq,
            id: conversation.id,
            entries,
        }))
    }

    /// What is new for the customer after `after_seq`, and how the conversation stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a conversation of somebody else.
    pub async fn customer_news(
        &self,
        customer: &Customer,
        id: &ConversationId,
        after_seq: i64,
    ) -> Result<(Vec<CustomerEntry>, CustomerState), Error> {
        let conn = &mut self.db.read().await?;
        let conversation = store::conversation::find(conn, id).await?.filter(|found| found.customer_id == customer.id);
        let conversation = conversation.ok_or(Error::NotFound("conversation"))?;
        let agent_name = store::agent::load(conn, &customer.agent_id).await?.name;
        let stored = store::entry::list_for_customer_after(conn, id, after_seq, ENTRIES_MAX).await?;
        let mut entries = Vec::with_capacity(stored.len());
        for entry in stored {
            entries.push(shown(conn, entry, &agent_name).await?);
        }
        Ok((entries, state(conn, &conversation, &agent_name).await?))
    }

    /// One entry as its customer sees it.
    pub(super) async fn customer_entry(&self, customer: &Customer, entry: Entry) -> Result<CustomerEntry, Error> {
        let conn = &mut self.db.read().await?;
        let agent_name = store::agent::load(conn, &customer.agent_id).await?.name;
        shown(conn, entry, &agent_name).await
    }

    async fn meet(&self, agent_id: &crate::domain::AgentId, open: &OpenWidget) -> Result<(Customer, String), Error> {
        let token = new_token();
        let now_ms = self.now_ms();
        let customer = Customer {
            id: CustomerId(self.ids.new_id()),
            agent_id: agent_id.clone(),
            name: None,
            email: None,
            phone: None,
            locale: Some(cut(&open.locale, LOCALE_CHARS_MAX)),
            page_url: Some(cut(&open.page_url, PAGE_URL_CHARS_MAX)),
            created_at_ms: now_ms,
            seen_at_ms: now_ms,
        };
        let mut tx = self.db.write().await?;
        store::customer::create(&mut tx, &customer, &hash(&token)).await?;
        tx.commit().await?;
        Ok((customer, token))
    }

    async fn see_again(&self, customer: Customer, open: &OpenWidget) -> Result<Customer, Error> {
        let customer = Customer {
            locale: Some(cut(&open.locale, LOCALE_CHARS_MAX)),
            page_url: Some(cut(&open.page_url, PAGE_URL_CHARS_MAX)),
            seen_at_ms: self.now_ms(),
            ..customer
        };
        let mut tx = self.db.write().await?;
        store::customer::update(&mut tx, &customer).await?;
        tx.commit().await?;
        Ok(customer)
    }
}

async fn shown(conn: &mut Conn, entry: Entry, agent_name: &str) -> Result<CustomerEntry, Error> {
    let Content::Message { author, body } = entry.content else {
        return Err(Error::Internal("a note or event line was about to be shown to a customer".into()));
    };
    let name = match &author {
        Author::Ai { .. } => agent_name.to_owned(),
        Author::Teammate { id } => first_name(&store::teammate::load(conn, id).await?.name),
        Author::Customer | Author::System => String::new(),
    };
    Ok(CustomerEntry {
        id: entry.id,
        seq: entry.seq,
        author: WidgetOwner { kind: author.kind().to_owned(), name },
        body,
        // Ids made by teammates' browsers are their own business.
        client_id: entry.client_id.filter(|_| author == Author::Customer),
        created_at_ms: entry.created_at_ms,
    })
}

async fn state(conn: &mut Conn, conversation: &Conversation, agent_name: &str) -> Result<CustomerState, Error> {
    let name = match &conversation.owner {
        Owner::Ai => agent_name.to_owned(),
        Owner::Teammate(id) => first_name(&store::teammate::load(conn, id).await?.name),
        Owner::Queue | Owner::None => String::new(),
    };
    Ok(CustomerState {
        owner: WidgetOwner { kind: conversation.owner.kind().to_owned(), name },
        lifecycle: conversation.lifecycle,
        thinking: conversation.owner == Owner::Ai && conversation.turn.is_some(),
        writing: conversation.turn.as_ref().map(|turn| turn.said.clone()).unwrap_or_default(),
    })
}

/// A new secret: 256 bits, base64url.
pub(super) fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What is stored of a secret: its SHA-256, base64url. The secret has 256 random bits, so a slow hash adds nothing.
pub(super) fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

fn cut(text: &str, chars_max: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(chars_max).collect()
}
