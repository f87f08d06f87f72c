//! The inbox: lists, threads and everything a teammate does with a conversation.

use super::Error;
use crate::domain::{ConversationId, Entry, HandoffId, Priority, TeammateId, Verdict};
pub use crate::wire::conversation::*;
use leptos::prelude::*;

/// Any teammate: one page of a view, sorted by priority, then longest wait.
#[server(endpoint = "conversations/list")]
pub async fn list_conversations(view: InboxView, after: Option<String>) -> Result<ConversationPage, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.list_conversations(call.teammate()?, view, after.as_deref()).await)
}

/// Any teammate: the counts alone.
#[server(endpoint = "conversations/counts")]
pub async fn count_conversations() -> Result<Counts, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.count_conversations(call.teammate()?).await)
}

/// Any teammate: a conversation; with `after_seq` only the entries after it.
#[server(endpoint = "conversations/thread")]
pub async fn load_thread(id: ConversationId, after_seq: Option<i64>) -> Result<Thread, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.load_thread(call.teammate()?, &id, after_seq).await)
}

/// Any teammate: up to 200 entries before `before_seq`, oldest first.
#[server(endpoint = "conversations/older")]
pub async fn load_older(id: ConversationId, before_seq: i64) -> Result<Vec<Entry>, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.load_older(call.teammate()?, &id, before_seq).await)
}

/// Teammates who work: takes the conversation. `epoch` is [`Head::owner_epoch`] as it was seen; exactly one wins.
/// A lost race is status 409 with `owner` and `owner_name`.
#[server(endpoint = "conversations/take_over", input = leptos::server_fn::codec::Json)]
pub async fn take_over(id: ConversationId, epoch: i64) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.take_over(call.teammate()?, &id, epoch).await)
}

/// Teammates who work: writes to the customer; implicitly takes over from the AI or the queue. The same
/// `client_id` again stores nothing new. Field in errors: `body`.
#[server(endpoint = "conversations/reply", input = leptos::server_fn::codec::Json)]
pub async fn reply(id: ConversationId, client_id: String, body: String) -> Result<Entry, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.reply(call.teammate()?, &id, &client_id, &body).await)
}

/// Teammates who work: a private note. Field in errors: `body`.
#[server(endpoint = "conversations/note", input = leptos::server_fn::codec::Json)]
pub async fn note(id: ConversationId, client_id: String, body: String) -> Result<Entry, Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.note(call.teammate()?, &id, &client_id, &body).await)
}

/// Teammates who work: hands the conversation to the team. Field in errors: `reason` (1 to 300 characters).
#[server(endpoint = "conversations/hand_to_team", input = leptos::server_fn::codec::Json)]
pub async fn hand_to_team(id: ConversationId, reason: String) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.hand_to_team(call.teammate()?, &id, &reason).await)
}

/// Teammates who work: assigns the conversation.
#[server(endpoint = "conversations/assign", input = leptos::server_fn::codec::Json)]
pub async fn assign(id: ConversationId, to: TeammateId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.assign(call.teammate()?, &id, &to).await)
}

/// Teammates who work: the AI agent goes on.
#[server(endpoint = "conversations/return_to_ai", input = leptos::server_fn::codec::Json)]
pub async fn return_to_ai(id: ConversationId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.return_to_ai(call.teammate()?, &id).await)
}

/// Teammates who work: the matter is settled.
#[server(endpoint = "conversations/resolve", input = leptos::server_fn::codec::Json)]
pub async fn resolve(id: ConversationId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.resolve(call.teammate()?, &id).await)
}

/// Teammates who work: opens a resolved conversation again, owned by them (also the undo of resolve).
#[server(endpoint = "conversations/reopen", input = leptos::server_fn::codec::Json)]
pub async fn reopen(id: ConversationId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.reopen(call.teammate()?, &id).await)
}

/// Teammates who work: puts the conversation away until `until_ms` (epoch milliseconds, in the future).
#[server(endpoint = "conversations/snooze", input = leptos::server_fn::codec::Json)]
pub async fn snooze(id: ConversationId, until_ms: i64) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.snooze(call.teammate()?, &id, until_ms).await)
}

/// Teammates who work: sets or clears the priority.
#[server(endpoint = "conversations/set_priority", input = leptos::server_fn::codec::Json)]
pub async fn set_priority(id: ConversationId, priority: Option<Priority>) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.set_priority(call.teammate()?, &id, priority).await)
}

/// Teammates who work: was this handoff needed, too early or too late?
#[server(endpoint = "conversations/judge", input = leptos::server_fn::codec::Json)]
pub async fn judge_handoff(handoff_id: HandoffId, verdict: Verdict) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.judge_handoff(call.teammate()?, &handoff_id, verdict).await)
}

/// Teammates who work: writes the summary of the open handoff anew.
#[server(endpoint = "conversations/summarize", input = leptos::server_fn::codec::Json)]
pub async fn regenerate_summary(handoff_id: HandoffId) -> Result<(), Error> {
    let call = expect_context::<crate::desk::Call>();
    call.answer(call.desk.regenerate_summary(call.teammate()?, &handoff_id).await)
}
