//! The desk with a real database and a real job runner, and whatever engine a test brings.

#![allow(dead_code)] // Each test binary uses its part.

use crate::database::TestDatabase;
use baton::ai::Engine;
use baton::ai::meaning::Encoder;
use baton::desk::{Customer, Desk, OpenWidget, Parts, RandomIds, Seal, SetUp, SystemClock};
use baton::domain::{AgentId, Author, Content, ConversationId, Entry, HandoffSettings, Teammate};
use baton::handoff::Limits;
use baton::live::Live;
use baton::wire::action::Saved;
use baton::wire::conversation::Thread;
use baton::work;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here may take.
pub const PATIENCE: Duration = Duration::from_secs(25);

/// A workspace with one agent, its owner, one customer and a job runner.
pub struct Office<E> {
    pub desk: Desk,
    pub engine: Arc<E>,
    pub owner: Teammate,
    pub agent_id: AgentId,
    pub customer: Customer,
    pub stop: CancellationToken,
    pub workers: Vec<JoinHandle<()>>,
    _database: TestDatabase,
}

impl<E: Engine + 'static> Office<E> {
    pub async fn open(engine: Arc<E>, settings: HandoffSettings, limits: Limits) -> Self {
        let database = TestDatabase::sqlite().await;
        let live = Live::new(database.db.clone());
        let desk = Desk::new(Parts {
            db: database.db.clone(),
            live: live.clone(),
            ai: engine.clone(),
            encoder: Encoder::none(),
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
            limits,
            setup_token: None,
            public_url: "http://127.0.0.1:3000".into(),
            seal: Seal::new("a secret of the tests"),
            secure_cookies: false,
        });
        let stop = CancellationToken::new();
        let pump = tokio::spawn({
            let stop = stop.clone();
            async move { live.run(stop).await }
        });
        let form = SetUp {
            workspace_name: "Tides & Co".into(),
            name: "Olga Owner".into(),
            email: "olga@example.com".into(),
            password: "correct horse battery staple".into(),
            agent_name: "Ada".into(),
            token: String::new(),
        };
        let signed_in = desk.set_up(form).await.unwrap();
        let owner = desk.session(&signed_in.token).await.unwrap().unwrap();
        let version = desk.load_handoff(&owner, &signed_in.agent_id).await.unwrap().version;
        let saved = desk.save_handoff(&owner, &signed_in.agent_id, settings, version).await.unwrap();
        assert!(matches!(saved, Saved::Version(_)));
        let agent_key = desk.load_dashboard(&owner, &signed_in.agent_id).await.unwrap().agent.widget_key;
        let open = OpenWidget { agent_key, token: None, locale: "en".into(), page_url: "https://example.com/".into() };
        let session = desk.open_widget(open).await.unwrap();
        let customer = desk.customer(&session.token).await.unwrap();
        let agent_id = signed_in.agent_id;
        let mut office =
            Self { desk, engine, owner, agent_id, customer, stop, workers: vec![pump], _database: database };
        office.start_work(office.stop.clone());
        office
    }

    pub fn start_work(&mut self, stop: CancellationToken) {
        let desk = self.desk.clone();
        self.workers.push(tokio::spawn(async move { work::run(desk, 4, true, stop).await.unwrap() }));
    }

    pub async fn write(&self, client_id: &str, body: &str) -> ConversationId {
        self.desk.receive(&self.customer, client_id, body).await.unwrap().conversation_id
    }

    /// The thread as soon as it is as expected. Woken by changes, not by time.
    pub async fn until(&self, id: &ConversationId, what: &str, is_so: impl Fn(&Thread) -> bool) -> Thread {
        let mut changes = self.desk.live.subscribe();
        let began = Instant::now();
        loop {
            let thread = self.desk.load_thread(&self.owner, id, None).await.unwrap();
            if is_so(&thread) {
                return thread;
            }
            let left = PATIENCE.checked_sub(began.elapsed()).unwrap_or_else(|| panic!("not {what}: {thread:#?}"));
            let _lagged_or_timed_out = tokio::time::timeout(left, changes.recv()).await;
        }
    }

    pub async fn close(self) {
        self.stop.cancel();
        for worker in self.workers {
            worker.await.unwrap();
        }
    }
}

/// A turn begins at once.
pub fn no_burst() -> Limits {
    Limits { burst_ms: 0, ..Limits::default() }
}

/// What the AI said, oldest first.
pub fn said_by_ai(entries: &[Entry]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Message { author: Author::Ai { .. }, body } => Some(body.as_str()),
            _ => None,
        })
        .collect()
}
