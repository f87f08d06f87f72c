//! How urgent a conversation is, and why.

use super::badge::BADGE_CLASS;
use super::{Glyph, Icon};
use crate::domain::Priority;
use leptos::prelude::*;

/// The words on the screen.
pub fn priority_label(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
        Priority::Urgent => "Urgent",
    }
}

/// A priority: bars and a word; urgent is solid. With a reason it can be hovered and focused to read it.
#[component]
pub fn PriorityBadge(
    priority: Priority,
    /// One line that says why.
    #[prop(optional, into)]
    reason: Option<String>,
    /// The reason's id on the page, for the badge's description. Without it the badge takes no focus and shows the reason
    /// on hover only: inside a link or a button nothing else may take the focus.
    #[prop(optional, into)]
    reason_id: Option<String>,
) -> impl IntoView {
    let (bars, colour) = match priority {
        Priority::Low => (1, "bg-sunken text-muted"),
        Priority::Medium => (2, "bg-sunken text-text"),
        Priority::High => (3, "bg-warning-tint text-warning-text"),
        Priority::Urgent => (4, "bg-danger text-on-danger"),
    };
    let face = view! {
        <Icon glyph=Glyph::Bars(bars) size=12 />
        <span class="sr-only">"Priority: "</span>
        {priority_label(priority)}
    };
    match (reason, reason_id) {
        (Some(reason), Some(reason_id)) => view! {
            <span class="group/priority relative inline-flex">
                <span class=format!("{BADGE_CLASS} {colour}") tabindex="0" role="note" aria-describedby=reason_id.clone()>
                    {face}
                </span>
                <span
                    id=reason_id
                    role="tooltip"
                    class="invisible absolute top-full left-0 z-20 mt-1 w-max max-w-64 rounded-control border border-border bg-raised px-2.5 py-1.5 text-xs whitespace-normal text-text opacity-0 shadow-raised transition-opacity group-focus-within/priority:visible group-focus-within/priority:opacity-100 group-hover/priority:visible group-hover/priority:opacity-100"
                >
                    {reason}
                </span>
            </span>
        }
        .into_any(),
        (reason, _) => view! {
            <span class=format!("{BADGE_CLASS} {colour}") title=reason>
                {face}
            </span>
        }
        .into_any(),
    }
}
