//! Telling this process's open streams what has changed. The `change` table is the truth; what is announced here is a
//! hint to read it. One pump per process reads the table in order and announces each change once. It knows neither
//! HTTP nor who may see what: `web` asks `desk` for that.

mod pump;
mod watchers;

pub use watchers::Watcher;

use crate::domain::ConversationId;
use crate::store::{self, Db};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use watchers::Watchers;

/// How many changes a slow subscriber may lag behind before it has to read them from the store.
const BACKLOG: usize = 1_024;

/// One change of a conversation, as it is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the one sequence of all changes.
    pub seq: i64,
    pub conversation_id: ConversationId,
    /// Such as `message` (see `handoff::ChangeKind`).
    pub kind: String,
    /// The last entry it added; 0 if it added none.
    pub entry_seq: i64,
}

impl From<store::change::Change> for Change {
    fn from(change: store::change::Change) -> Self {
        Self {
            seq: change.seq,
            conversation_id: change.conversation_id,
            kind: change.kind.as_str().to_owned(),
            entry_seq: change.entry_seq.unwrap_or(0),
        }
    }
}

/// The announcements of this process. Cheap to clone: clones are one and the same.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    db: Db,
    wake: Notify,
    changes: broadcast::Sender<Change>,
    watchers: Watchers,
}

impl Live {
    /// Announces what changes in `db`, once [`Live::run`] runs.
    pub fn new(db: Db) -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        Self(Arc::new(Inner { db, wake: Notify::new(), changes, watchers: Watchers::default() }))
    }

    /// Says that something was committed. Cheap; many calls in a row lead to one look at the store.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Every change from now on, in order. Subscribe first, then read what was before from the store, then follow what
    /// has a greater seq: so nothing is missed and nothing comes twice. Whoever lags is told so and reads the store
    /// again.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// Hears that one conversation has changed, without the cost of every other change. It can't lag: changes that come
    /// close together are heard as one.
    pub fn watch(&self, conversation: &ConversationId) -> Watcher {
        self.0.watchers.watch(conversation)
    }

    /// The pump: announces changes in order until `shutdown`.
    pub async fn run(&self, shutdown: CancellationToken) {
        pump::run(&self.0, shutdown).await;
    }
}
