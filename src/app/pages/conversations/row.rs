//! One conversation in the list.

use crate::app::components::{Badge, DateTime, Glyph, Icon, OwnerBadge, OwnerShown, PriorityBadge, RelativeTime};
use crate::domain::{ConversationId, Lifecycle, TeammateId};
use crate::wire::conversation::Row;
use leptos::prelude::*;

/// The id of a row's link.
pub fn row_id(id: &ConversationId) -> String {
    format!("row-{id}")
}

/// A link to the conversation, with who owns it, how urgent it is, how long the customer waits and who wrote last.
#[component]
pub fn ConversationRow(
    row: Row,
    me: TeammateId,
    #[prop(into)] href: Signal<String>,
    /// It is the one that is open.
    #[prop(into)]
    is_open: Signal<bool>,
) -> impl IntoView {
    let owner = OwnerShown::new(&row.owner, row.owner_name.as_deref(), row.lifecycle, row.waiting_since_ms, &me);
    let Row { customer_name, priority, priority_reason, last_author, preview, last_message_at_ms, .. } = row;
    let snoozed = row.snoozed_until_ms.filter(|_| row.lifecycle == Lifecycle::Snoozed);
    view! {
        <a
            id=row_id(&row.id)
            href=move || href.get()
            aria-current=move || is_open.get().then_some("page")
            class="flex flex-col gap-0.5 border-b border-border px-4 py-2 transition-colors hover:bg-sunken/70 focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-tint"
        >
            <span class="flex items-baseline gap-2">
                <span class="min-w-0 flex-1 truncate font-semibold">{customer_name}</span>
                <span class="text-xs text-muted">
                    <RelativeTime at_ms=last_message_at_ms />
                </span>
            </span>
            <span class="flex items-center gap-1.5 text-muted">
                <LastWriter last_author />
                <span class="min-w-0 flex-1 truncate" dir="auto">
                    {preview}
                </span>
            </span>
            <span class="flex min-h-5 flex-wrap items-center gap-1.5 pt-0.5">
                <OwnerBadge owner short=true />
                {priority.map(|priority| view! { <PriorityBadge priority reason=priority_reason.unwrap_or_default() /> })}
                {snoozed
                    .map(|until_ms| {
                        view! {
                            <Badge icon=Glyph::Snooze>
                                <DateTime at_ms=until_ms />
                            </Badge>
                        }
                    })}
            </span>
        </a>
    }
}

/// Who wrote last: an icon, and words for readers of screens.
#[component]
fn LastWriter(last_author: String) -> impl IntoView {
    let (glyph, words, colour) = match last_author.as_str() {
        "customer" => (Glyph::User, "The customer wrote: ", ""),
        "ai" => (Glyph::Spark, "The AI wrote: ", "text-ai"),
        "teammate" => (Glyph::Reply, "A teammate wrote: ", ""),
        _ => (Glyph::Info, "Automatic message: ", ""),
    };
    view! {
        <Icon glyph size=14 class=colour />
        <span class="sr-only">{words}</span>
    }
}
