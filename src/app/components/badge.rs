//! A word that says how something stands.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// What a colour means. A word or an icon always stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Neutral,
    Accent,
    /// What the AI did or owns.
    Ai,
    /// Needs agent intervention, and nothing else.
    Intervention,
    Success,
    Warning,
    Danger,
}

impl Tone {
    /// Classes for text on the tone's tint.
    pub fn tint(self) -> &'static str {
        match self {
            Tone::Neutral => "bg-sunken text-muted",
            Tone::Accent => "bg-accent-tint text-accent-text",
            Tone::Ai => "bg-ai-tint text-ai-text",
            Tone::Intervention => "bg-intervention-tint text-intervention-text",
            Tone::Success => "bg-success-tint text-success-text",
            Tone::Warning => "bg-warning-tint text-warning-text",
            Tone::Danger => "bg-danger-tint text-danger-text",
        }
    }

    /// The class for text of this tone without a background.
    pub fn text(self) -> &'static str {
        match self {
            Tone::Neutral => "text-muted",
            Tone::Accent => "text-accent-text",
            Tone::Ai => "text-ai-text",
            Tone::Intervention => "text-intervention-text",
            Tone::Success => "text-success-text",
            Tone::Warning => "text-warning-text",
            Tone::Danger => "text-danger-text",
        }
    }
}

/// The shape of every badge; colours come on top.
pub const BADGE_CLASS: &str =
    "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap";

/// A small label such as "Enabled".
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("{BADGE_CLASS} {}", tone.tint())>
            {icon.map(|glyph| view! { <Icon glyph size=12 /> })}
            {children()}
        </span>
    }
}
