//! Notifications to teammates: one occasion reaches one teammate on one channel once (I7).

use super::conn::{all, execute, statements};
use super::{Conn, Error, Tx, change, page};
use crate::domain::{ConversationId, HandoffId, NotificationId, TeammateId};
use crate::handoff::NoticeEvent;

/// The most notifications that are read at once.
pub const PAGE_MAX: i64 = 100;

statements! {
    INSERT = "insert into notification (id, seq, teammate_id, event, channel, key, conversation_id, handoff_id, title,
            body, created_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (key, teammate_id, channel) do nothing";
    LIST_UNSEEN = "select id, seq, teammate_id, event, channel, key, conversation_id, handoff_id, title, body,
            created_at_ms, seen_at_ms
        from notification where teammate_id = $1 and channel = $2 and seen_at_ms is null order by seq desc limit $3";
    LIST_SINCE = "select id, seq, teammate_id, event, channel, key, conversation_id, handoff_id, title, body,
            created_at_ms, seen_at_ms
        from notification where teammate_id = $1 and seq > $2 and channel = $3 order by seq limit $4";
    MARK_SEEN = "update notification set seen_at_ms = $3 where id = $1 and teammate_id = $2 and seen_at_ms is null";
    MARK_SEEN_OF_CONVERSATION = "update notification set seen_at_ms = $3
        where conversation_id = $1 and teammate_id = $2 and seen_at_ms is null";
}

/// How a notification reaches a teammate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    Browser,
    Email,
    Slack,
    Webhook,
}

impl Channel {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Browser => "browser",
            Channel::Email => "email",
            Channel::Slack => "slack",
            Channel::Webhook => "webhook",
        }
    }

    /// Reads the stored word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Channel> {
        [Channel::Browser, Channel::Email, Channel::Slack, Channel::Webhook]
            .into_iter()
            .find(|channel| channel.as_str() == word)
    }
}

/// A notification about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotification {
    pub id: NotificationId,
    pub teammate_id: TeammateId,
    pub event: NoticeEvent,
    pub channel: Channel,
    /// The occasion: [`crate::handoff::Notice::key`].
    pub key: String,
    pub conversation_id: Option<ConversationId>,
    pub handoff_id: Option<HandoffId>,
    pub title: String,
    pub body: String,
}

/// A stored notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    pub id: NotificationId,
    /// Its place in the one stream of changes and notifications.
    pub seq: i64,
    pub teammate_id: TeammateId,
    /// The word of a [`NoticeEvent`].
    pub event: String,
    pub channel: Channel,
    pub key: String,
    pub conversation_id: Option<ConversationId>,
    pub handoff_id: Option<HandoffId>,
    pub title: String,
    pub body: String,
    pub created_at_ms: i64,
    pub seen_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    seq: i64,
    teammate_id: String,
    event: String,
    channel: String,
    key: String,
    conversation_id: Option<String>,
    handoff_id: Option<String>,
    title: String,
    body: String,
    created_at_ms: i64,
    seen_at_ms: Option<i64>,
}

impl TryFrom<Row> for Notification {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Notification {
            channel: super::from_word("notification", &row.id, &row.channel, Channel::parse)?,
            id: NotificationId(row.id),
            seq: row.seq,
            teammate_id: TeammateId(row.teammate_id),
            event: row.event,
            key: row.key,
            conversation_id: row.conversation_id.map(ConversationId),
            handoff_id: row.handoff_id.map(HandoffId),
            title: row.title,
            body: row.body,
            created_at_ms: row.created_at_ms,
            seen_at_ms: row.seen_at_ms,
        })
    }
}

/// Stores a notification unless this teammate has it for this occasion on this channel: returns its seq, or `None` if
/// they have it. It takes a number of the stream: call it last in a transaction.
///
/// # Errors
/// If the database fails.
pub async fn insert_once(tx: &mut Tx, new: &NewNotification, now_ms: i64) -> Result<Option<i64>, Error> {
    let seq = change::next_seq(tx).await?;
    let stored = execute!(
        tx,
        INSERT,
        new.id.as_str(),
        seq,
        new.teammate_id.as_str(),
        new.event.as_str(),
        new.channel.as_str(),
        new.key.as_str(),
        new.conversation_id.as_ref().map(|id| id.as_str()),
        new.handoff_id.as_ref().map(|id| id.as_str()),
        new.title.as_str(),
        new.body.as_str(),
        now_ms
    )?;
    Ok((stored == 1).then_some(seq))
}

/// The teammate's notifications on a channel that they have not seen, newest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_unseen(
    conn: &mut Conn,
    teammate: &TeammateId,
    channel: Channel,
    limit: i64,
) -> Result<Vec<Notification>, Error> {
    all!(conn, Row, LIST_UNSEEN, teammate.as_str(), channel.as_str(), page(limit, PAGE_MAX))?
        .into_iter()
        .map(Notification::try_from)
        .collect()
}

/// The teammate's notifications on a channel after `after_seq` of the stream, oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_since(
    conn: &mut Conn,
    teammate: &TeammateId,
    channel: Channel,
    after_seq: i64,
    limit: i64,
) -> Result<Vec<Notification>, Error> {
    all!(conn, Row, LIST_SINCE, teammate.as_str(), after_seq, channel.as_str(), page(limit, PAGE_MAX))?
        .into_iter()
        .map(Notification::try_from)
        .collect()
}

/// The teammate has seen this notification of theirs. Says whether that is news.
///
/// # Errors
/// If the database fails.
pub async fn mark_seen(tx: &mut Tx, teammate: &TeammateId, id: &NotificationId, now_ms: i64) -> Result<bool, Error> {
    Ok(execute!(tx, MARK_SEEN, id.as_str(), teammate.as_str(), now_ms)? == 1)
}

/// The teammate has opened this conversation: its notifications to them are seen. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn mark_seen_of_conversation(
    tx: &mut Tx,
    teammate: &TeammateId,
    conversation: &ConversationId,
    now_ms: i64,
) -> Result<u64, Error> {
    execute!(tx, MARK_SEEN_OF_CONVERSATION, conversation.as_str(), teammate.as_str(), now_ms)
}
