//! Notifications as a browser shows them. Plain data, shared by `desk` and the pages.

use crate::domain::{ConversationId, NotificationId};
use serde::{Deserialize, Serialize};

/// One notification to the teammate who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    pub id: NotificationId,
    /// Such as `needs_intervention` (see `handoff::NoticeEvent`).
    pub event: String,
    pub conversation_id: ConversationId,
    pub title: String,
    pub body: String,
    pub created_at_ms: i64,
}
