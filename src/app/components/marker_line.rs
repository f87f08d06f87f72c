//! A line across a thread with words in it: where something happened.

use super::badge::Tone;
use super::{Glyph, Icon};
use leptos::prelude::*;

/// A line across a thread, such as "Needs agent intervention · 14:05".
#[component]
pub fn MarkerLine(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    let rule = match tone {
        Tone::Intervention => "h-px flex-1 bg-intervention/40",
        _ => "h-px flex-1 bg-border",
    };
    view! {
        <div class="flex items-center gap-3">
            <span class=rule></span>
            <span class=format!("inline-flex items-center gap-1.5 text-center text-xs font-medium {}", tone.text())>
                {icon.map(|glyph| view! { <Icon glyph size=14 /> })}
                {children()}
            </span>
            <span class=rule></span>
        </div>
    }
}
