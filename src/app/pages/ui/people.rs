//! Who and when: owners, priorities, badges, times.

use super::{Sheet, Shelf};
use crate::app::components::{
    Avatar, AvatarSize, Badge, ClockTime, DateTime, Glyph, MarkerLine, OwnerBadge, OwnerShown, PriorityBadge,
    RelativeTime, Tone, WaitingTime,
};
use crate::domain::Priority;
use leptos::prelude::*;

/// A moment to show: 22 November 2025, 08:26:40 UTC.
const A_MOMENT_MS: i64 = 1_763_800_000_000;

#[component]
pub(super) fn Badges() -> impl IntoView {
    let grace = || OwnerShown::Teammate { name: "Grace Hopper".to_owned(), is_you: false };
    let you = || OwnerShown::Teammate { name: "Ada Lovelace".to_owned(), is_you: true };
    view! {
        <Sheet title="Owners, priorities, badges">
            <Shelf>
                <OwnerBadge owner=OwnerShown::Ai />
                <OwnerBadge owner=OwnerShown::NeedsIntervention { since_ms: Some(A_MOMENT_MS) } />
                <OwnerBadge owner=OwnerShown::NeedsIntervention { since_ms: None } short=true />
                <OwnerBadge owner=grace() />
                <OwnerBadge owner=you() />
                <OwnerBadge owner=OwnerShown::Resolved />
            </Shelf>
            <Shelf>
                <PriorityBadge
                    priority=Priority::Urgent
                    reason="The customer can't pay and leaves tomorrow."
                    reason_id="ui-reason"
                />
                <PriorityBadge priority=Priority::High reason="A refund over 100 euros." />
                <PriorityBadge priority=Priority::Medium />
                <PriorityBadge priority=Priority::Low />
            </Shelf>
            <Shelf>
                <Badge>"Disabled"</Badge>
                <Badge tone=Tone::Success icon=Glyph::Check>
                    "Enabled"
                </Badge>
                <Badge tone=Tone::Accent>"New"</Badge>
                <Badge tone=Tone::Ai icon=Glyph::Spark>
                    "Written by AI"
                </Badge>
                <Badge tone=Tone::Intervention icon=Glyph::Hand>
                    "3 need agent intervention"
                </Badge>
                <Badge tone=Tone::Warning icon=Glyph::Clock>
                    "Soon late"
                </Badge>
                <Badge tone=Tone::Danger icon=Glyph::Error>
                    "Late"
                </Badge>
            </Shelf>
            <Shelf>
                <Avatar name="Ada Lovelace" size=AvatarSize::Tiny />
                <Avatar name="Grace Brewster Hopper" />
                <Avatar name="Edsger" size=AvatarSize::Large />
            </Shelf>
            <MarkerLine tone=Tone::Intervention icon=Glyph::Hand>
                "Needs agent intervention · "
                <ClockTime at_ms=A_MOMENT_MS />
            </MarkerLine>
            <MarkerLine>"Grace took over"</MarkerLine>
            <MarkerLine tone=Tone::Ai icon=Glyph::Spark>
                "Returned to AI"
            </MarkerLine>
        </Sheet>
    }
}

#[component]
pub(super) fn Times() -> impl IntoView {
    view! {
        <Sheet title="Times">
            <dl class="grid grid-cols-[8rem_1fr] gap-y-2">
                <dt class="text-muted">"Ago"</dt>
                <dd>
                    <RelativeTime at_ms=A_MOMENT_MS />
                </dd>
                <dt class="text-muted">"Time of day"</dt>
                <dd>
                    <ClockTime at_ms=A_MOMENT_MS />
                </dd>
                <dt class="text-muted">"Day and time"</dt>
                <dd>
                    <DateTime at_ms=A_MOMENT_MS />
                </dd>
                <dt class="text-muted">"Waiting"</dt>
                <dd>
                    <WaitingTime since_ms=A_MOMENT_MS />
                </dd>
            </dl>
        </Sheet>
    }
}
