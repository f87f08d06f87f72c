//! Telling teammates: a notice becomes one notification per recipient, once (I7), and their browsers hear of it.

use super::names::CUSTOMER_UNNAMED;
use super::{Desk, Error};
use crate::domain::{ConversationId, HandoffId, NotificationId, Teammate};
use crate::handoff::{Audience, ChangeKind, Notice, NoticeEvent};
use crate::store::notification::{Channel, NewNotification};
use crate::store::{self, Conn};
use crate::wire::notification::Notification;

/// The most notifications that are listed at once.
const UNSEEN_MAX: i64 = 50;

impl Desk {
    /// Stores a notice's notifications. Doing it again adds none.
    ///
    /// # Errors
    /// When the store fails: the job is tried again.
    pub async fn tell(
        &self,
        conversation_id: &ConversationId,
        notice: &Notice,
        handoff_id: Option<&HandoffId>,
    ) -> Result<(), Error> {
        let now_ms = self.now_ms();
        let mut tx = self.db.write().await?;
        let recipients = recipients(&mut tx, notice).await?;
        let (title, body) = words(&mut tx, conversation_id, notice.event, handoff_id).await?;
        let mut told = 0;
        for teammate in recipients {
            let new = NewNotification {
                id: NotificationId(self.ids.new_id()),
                teammate_id: teammate.id,
                event: notice.event,
                channel: Channel::Browser,
                key: notice.key.clone(),
                conversation_id: Some(conversation_id.clone()),
                handoff_id: handoff_id.cloned(),
                title: title.clone(),
                body: body.clone(),
            };
            told += usize::from(store::notification::insert_once(&mut tx, &new, now_ms).await?.is_some());
        }
        if told > 0 {
            store::change::add(&mut tx, conversation_id, ChangeKind::Notified, None, now_ms).await?;
        }
        tx.commit().await?;
        tracing::info!(conversation = %conversation_id, event = notice.event.as_str(), told, "teammates notified");
        self.wake();
        Ok(())
    }

    /// The notifications that `me` has not seen, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_unseen_notifications(&self, me: &Teammate) -> Result<Vec<Notification>, Error> {
        let conn = &mut self.db.read().await?;
        let stored = store::notification::list_unseen(conn, &me.id, Channel::Browser, UNSEEN_MAX).await?;
        Ok(stored.into_iter().filter_map(shown).collect())
    }

    /// Marks `me`'s notifications about a conversation as seen.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark_notifications_seen(&self, me: &Teammate, id: &ConversationId) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        store::notification::mark_seen_of_conversation(&mut tx, &me.id, id, self.now_ms()).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A stored notification as a browser shows it.
pub(super) fn shown(stored: store::notification::Notification) -> Option<Notification> {
    Some(Notification {
        id: stored.id,
        event: stored.event,
        conversation_id: stored.conversation_id?,
        title: stored.title,
        body: stored.body,
        created_at_ms: stored.created_at_ms,
    })
}

async fn recipients(conn: &mut Conn, notice: &Notice) -> Result<Vec<Teammate>, Error> {
    let mut recipients = match &notice.audience {
        Audience::Team => store::teammate::list_working(conn).await?,
        Audience::Teammate(id) => store::teammate::find(conn, id).await?.into_iter().collect(),
    };
    recipients.retain(|teammate| Some(&teammate.id) != notice.except.as_ref());
    Ok(recipients)
}

async fn words(
    conn: &mut Conn,
    conversation_id: &ConversationId,
    event: NoticeEvent,
    handoff_id: Option<&HandoffId>,
) -> Result<(String, String), Error> {
    let conversation = store::conversation::load(conn, conversation_id).await?;
    let customer = store::customer::load(conn, &conversation.customer_id).await?;
    let name = customer.name.unwrap_or_else(|| CUSTOMER_UNNAMED.to_owned());
    let reason = match handoff_id {
        Some(id) => store::handoff::find(conn, id).await?.map(|handoff| handoff.reason.reason),
        None => None,
    };
    let title = match event {
        NoticeEvent::NeedsIntervention => format!("Needs agent intervention: {name}"),
        NoticeEvent::AssignedToMe => format!("Assigned to you: {name}"),
        NoticeEvent::AssignedAway => format!("Assigned to somebody else: {name}"),
        NoticeEvent::CustomerReplied => format!("{name} replied"),
        NoticeEvent::NotPickedUp => format!("Still waiting: {name}"),
        NoticeEvent::NotPickedUpWidened => format!("Nobody has picked up: {name}"),
        NoticeEvent::TeammateAbsent => format!("Back in the queue: {name}"),
        NoticeEvent::SnoozeEnded => format!("Snooze is over: {name}"),
        // These are told with their own words (`model.rs`).
        NoticeEvent::AiUnavailable => "AI unavailable".to_owned(),
        NoticeEvent::AiAvailable => "AI available again".to_owned(),
    };
    Ok((title, reason.unwrap_or_default()))
}
