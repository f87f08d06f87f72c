//! Who owns a conversation, at a glance and the same everywhere.

use super::avatar::{Avatar, AvatarSize};
use super::badge::BADGE_CLASS;
use super::time::WaitingTime;
use super::{Glyph, Icon};
use crate::domain::{Lifecycle, Owner, TeammateId};
use leptos::prelude::*;

/// Who owns a conversation, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerShown {
    Ai,
    /// Needs agent intervention, since then (epoch milliseconds), if known.
    NeedsIntervention {
        since_ms: Option<i64>,
    },
    Teammate {
        name: String,
        is_you: bool,
    },
    Resolved,
}

impl OwnerShown {
    /// From what the lists and threads carry: the owner with their name, the lifecycle, since when the customer has been
    /// waiting, and who is looking.
    pub fn new(
        owner: &Owner,
        owner_name: Option<&str>,
        lifecycle: Lifecycle,
        waiting_since_ms: Option<i64>,
        me: &TeammateId,
    ) -> OwnerShown {
        match owner {
            _ if lifecycle == Lifecycle::Resolved => OwnerShown::Resolved,
            Owner::None => OwnerShown::Resolved,
            Owner::Ai => OwnerShown::Ai,
            Owner::Queue => OwnerShown::NeedsIntervention { since_ms: waiting_since_ms },
            Owner::Teammate(id) => {
                OwnerShown::Teammate { name: owner_name.unwrap_or("A teammate").to_owned(), is_you: id == me }
            }
        }
    }
}

/// Who owns a conversation.
#[component]
pub fn OwnerBadge(
    owner: OwnerShown,
    /// "Needs intervention" instead of "Needs agent intervention", for narrow rows; readers of screens hear it all.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    match owner {
        OwnerShown::Ai => view! {
            <span class=format!("{BADGE_CLASS} bg-ai-tint text-ai-text")>
                <Icon glyph=Glyph::Spark size=12 />
                "AI"
            </span>
        }
        .into_any(),
        OwnerShown::NeedsIntervention { since_ms } => view! {
            <span class=format!("{BADGE_CLASS} bg-intervention text-on-intervention")>
                <Icon glyph=Glyph::Hand size=12 />
                <span>"Needs " <span class=if short { "sr-only" } else { "" }>"agent "</span> "intervention"</span>
                {since_ms
                    .map(|since_ms| {
                        view! {
                            <span aria-hidden="true">"·"</span>
                            <WaitingTime since_ms />
                        }
                    })}
            </span>
        }
        .into_any(),
        OwnerShown::Teammate { name, is_you } => {
            let shown =
                if is_you { "You".to_owned() } else { name.split_whitespace().next().unwrap_or("Teammate").to_owned() };
            view! {
                <span class="inline-flex h-5 shrink-0 items-center gap-1.5 text-xs font-medium whitespace-nowrap text-text">
                    <Avatar name size=AvatarSize::Tiny />
                    {shown}
                </span>
            }
            .into_any()
        }
        OwnerShown::Resolved => view! {
            <span class="inline-flex h-5 shrink-0 items-center gap-1 text-xs font-medium whitespace-nowrap text-muted">
                <Icon glyph=Glyph::CheckCircle size=14 />
                "Resolved"
            </span>
        }
        .into_any(),
    }
}
