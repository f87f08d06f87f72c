//! Notifications inside the app.

use super::Error;
use crate::domain::ConversationId;
pub use crate::wire::notification::*;
use leptos::prelude::*;

/// Any teammate: their notifications that they have not seen, newest first, at most 50.
#[server(endpoint = "notifications/unseen")]
pub async fn list_unseen() -> Result<Vec<Notification>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_unseen_notifications(call.teammate()?).await)
}

/// Any teammate: marks their notifications about one conversation as seen.
#[server(endpoint = "notifications/seen", input = leptos::server_fn::codec::Json)]
pub async fn mark_seen(conversation_id: ConversationId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.mark_notifications_seen(call.teammate()?, &conversation_id).await)
}
