//! Who waits for one conversation. A customer's stream cares for a single conversation, and there may be ten thousand of
//! them: a change must not wake them all.

use crate::domain::ConversationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

type ByConversation = HashMap<ConversationId, watch::Sender<i64>>;

/// One channel for each conversation that somebody watches.
#[derive(Clone, Default)]
pub(super) struct Watchers(Arc<Mutex<ByConversation>>);

impl Watchers {
    pub(super) fn watch(&self, conversation: &ConversationId) -> Watcher {
        let mut channels = self.lock();
        let channel = channels.entry(conversation.clone()).or_insert_with(|| watch::channel(0).0);
        Watcher { changed: channel.subscribe(), conversation: conversation.clone(), watchers: self.clone() }
    }

    pub(super) fn announce(&self, conversation: &ConversationId, seq: i64) {
        if let Some(channel) = self.lock().get(conversation) {
            channel.send_replace(seq);
        }
    }

    /// A panic elsewhere while the lock was held leaves a whole map: each use is one call.
    fn lock(&self) -> MutexGuard<'_, ByConversation> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hears of the changes of one conversation.
pub struct Watcher {
    changed: watch::Receiver<i64>,
    conversation: ConversationId,
    watchers: Watchers,
}

impl Watcher {
    /// Waits for the next change. May be dropped and called again without missing one.
    pub async fn changed(&mut self) {
        if self.changed.changed().await.is_err() {
            // The channel lives as long as its watchers, so this is never reached; waiting for ever is what it means.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let mut channels = self.watchers.lock();
        let is_last = channels.get(&self.conversation).is_some_and(|channel| channel.receiver_count() <= 1);
        if is_last {
            channels.remove(&self.conversation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_watcher_hears_of_its_own_conversation_only() {
        let watchers = Watchers::default();
        let (one, other) = (ConversationId::from("one"), ConversationId::from("other"));
        let mut watcher = watchers.watch(&one);
        watchers.announce(&other, 1);
        assert!(!watcher.changed.has_changed().unwrap());
        watchers.announce(&one, 2);
        watcher.changed().await;
        assert!(!watcher.changed.has_changed().unwrap());
    }

    #[test]
    fn the_last_watcher_takes_the_channel_with_it() {
        let watchers = Watchers::default();
        let id = ConversationId::from("one");
        let (first, second) = (watchers.watch(&id), watchers.watch(&id));
        drop(first);
        assert_eq!(watchers.lock().len(), 1);
        drop(second);
        assert!(watchers.lock().is_empty());
    }
}
