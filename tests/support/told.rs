//! An engine's story that is told into a store: each step is saved, and what is loaded is what was saved. Shared by
//! the store's tests.

#![allow(dead_code)] // Each test binary uses its part.

use crate::engine::{START_MS, Story, ann, ben};
use baton::domain::*;
use baton::handoff::{Event, Step};
use baton::store::conversation_step::{Saved, save_step};
use baton::store::customer::Customer;
use baton::store::{Db, Error, agent, conversation, customer, teammate};

/// A fresh id.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Makes what every conversation needs: Ann and Ben, who work conversations, Vic, who reads, the agent, a customer.
pub async fn furnish(db: &Db) {
    let mut tx = db.write().await.unwrap();
    for (id, role) in [(ann(), Role::Owner), (ben(), Role::Teammate), ("vic".into(), Role::Viewer)] {
        let email = format!("{id}@example.com");
        let person = Teammate { name: id.to_string(), email, role, id };
        teammate::create(&mut tx, &person, "hash", START_MS).await.unwrap();
    }
    let ada = Agent {
        id: "agent".into(),
        name: "Ada".into(),
        widget_key: "key".into(),
        greeting: "Hello.".into(),
        created_at_ms: START_MS,
    };
    agent::create(&mut tx, &ada, &"action".into(), Some(&ann())).await.unwrap();
    customer::create(&mut tx, &a_customer("customer"), "token-of-customer").await.unwrap();
    tx.commit().await.unwrap();
}

pub fn a_customer(id: &str) -> Customer {
    Customer {
        id: id.into(),
        agent_id: "agent".into(),
        name: None,
        email: None,
        phone: None,
        locale: Some("en-GB".into()),
        page_url: None,
        created_at_ms: START_MS,
        seen_at_ms: START_MS,
    }
}

/// Saves a step in a transaction of its own.
pub async fn save(db: &Db, before: &Conversation, step: &Step, event: &Event, now_ms: i64) -> Result<Saved, Error> {
    let mut tx = db.write().await?;
    let saved = save_step(&mut tx, before, step, event, now_ms, &mut new_id).await?;
    tx.commit().await?;
    Ok(saved)
}

/// A conversation that lives in the engine and in the store at once.
pub struct Told<'a> {
    pub db: &'a Db,
    pub story: Story,
}

impl<'a> Told<'a> {
    /// A conversation of the furnished customer, before its first message.
    pub async fn new(db: &'a Db) -> Self {
        furnish(db).await;
        Self { db, story: Story::new() }
    }

    /// Another conversation beside, of a customer of its own.
    pub async fn of_customer(db: &'a Db, name: &str) -> Self {
        let mut tx = db.write().await.unwrap();
        customer::create(&mut tx, &a_customer(name), &format!("token-of-{name}")).await.unwrap();
        tx.commit().await.unwrap();
        let mut story = Story::new();
        story.conversation = Conversation::new(format!("of-{name}").into(), "agent".into(), name.into(), START_MS);
        Self { db, story }
    }

    pub fn id(&self) -> ConversationId {
        self.story.conversation.id.clone()
    }

    pub fn last_handoff(&self) -> HandoffId {
        HandoffId::nth(&self.id(), self.story.conversation.handoff_count)
    }

    /// Takes a step and saves it; checks that it can be loaded as it was.
    pub async fn tell(&mut self, event: impl FnOnce(&mut Story) -> Event) -> Saved {
        let before = self.story.conversation.clone();
        let event = event(&mut self.story);
        let step = self.story.step(&event);
        let saved = save(self.db, &before, &step, &event, self.story.now_ms).await.unwrap();
        assert_eq!(self.load().await, step.next, "after {event:?}");
        self.story.now_ms += 1_000;
        saved
    }

    pub async fn load(&self) -> Conversation {
        conversation::load(&mut self.db.read().await.unwrap(), &self.id()).await.unwrap()
    }

    /// The customer's message waits for the AI.
    pub async fn ai_queued(db: &'a Db) -> Self {
        let mut told = Self::new(db).await;
        told.tell(Story::wrote).await;
        told
    }

    /// The AI's turn runs.
    pub async fn ai_running(db: &'a Db) -> Self {
        let mut told = Self::ai_queued(db).await;
        told.tell(Story::began).await;
        told
    }

    /// The AI handed it off.
    pub async fn handed_off(db: &'a Db) -> Self {
        let mut told = Self::ai_running(db).await;
        told.tell(Story::hands_off).await;
        told
    }
}
