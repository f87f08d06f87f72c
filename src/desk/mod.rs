//! The story: what people, the AI and timers do with conversations, one file per verb. Every change goes the
//! same way: load, ask the pure engine, save, and only after the commit tell the browsers and the workers.
//! Permission is checked here. No SQL, no HTTP, no page.

mod actions;
mod agents;
mod ai_turn;
mod brief;
mod call;
mod change;
mod error;
mod hand_over;
mod inbox;
mod knowledge;
mod model;
mod names;
mod password;
mod policy;
mod presence;
mod receive;
mod reply;
mod seal;
mod settle;
mod setup;
mod sign_in;
mod stream;
mod summarize;
mod take_over;
mod tell;
mod thread;
mod timer;
mod try_message;
mod widget;

pub use call::{Call, ResponseHead, SESSION_COOKIE};
pub use error::Error;
pub use knowledge::Upload;
pub use receive::Received;
pub use seal::Seal;
pub use setup::{NewTeammate, SetUp};
pub use sign_in::{SignedIn, safe_next};
pub use widget::{Customer, OpenWidget};

use crate::ai::Engine;
use crate::ai::meaning::Encoder;
use crate::handoff::Limits;
use crate::live::Live;
use crate::store::Db;
use std::sync::Arc;
use tokio::sync::Notify;

/// Tells the time; a test's clock stands still.
pub trait Clock: Send + Sync {
    /// Epoch milliseconds.
    fn now_ms(&self) -> i64;
}

/// Makes ids.
pub trait Ids: Send + Sync {
    /// A new id, unique for good.
    fn new_id(&self) -> String;
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// UUIDv7: ids sort by the time they were made.
pub struct RandomIds;

impl Ids for RandomIds {
    fn new_id(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }
}

/// What a desk is made of.
pub struct Parts {
    pub db: Db,
    pub live: Live,
    pub ai: Arc<dyn Engine>,
    /// Meaning as vectors, for searching; without weights words alone are compared.
    pub encoder: Encoder,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub limits: Limits,
    /// Asked for at the first visit, when the server listens beyond this machine.
    pub setup_token: Option<String>,
    /// The address in the embed snippet, without a slash at the end.
    pub public_url: String,
    /// Encrypts providers' keys.
    pub seal: Seal,
    /// Mark cookies `Secure`.
    pub secure_cookies: bool,
}

/// Everything the verbs need. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    parts: Parts,
    jobs: Notify,
    shelf: knowledge::Shelf,
}

impl std::ops::Deref for Desk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl Desk {
    /// A desk over these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { parts, jobs: Notify::new(), shelf: knowledge::Shelf::default() }))
    }

    /// Epoch milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check_ready(&self) -> Result<(), Error> {
        crate::store::change::head(&mut self.db.read().await?).await?;
        Ok(())
    }

    /// Waits until a change has stored new jobs. A wake between two waits is not lost.
    pub async fn wait_for_jobs(&self) {
        self.0.jobs.notified().await;
    }

    /// After a commit: browsers and workers look at what is new.
    fn wake(&self) {
        self.live.wake();
        self.0.jobs.notify_one();
    }
}
