//! `/ui`: every component in every state, to look at and to test with axe. In development only.

mod controls;
mod people;
mod places;

use crate::app::components::{Glyph, Icon};
use crate::app::pages::not_found::NotFound;
use crate::app::theme::Theme;
use leptos::prelude::*;
use leptos_meta::Title;

/// The gallery; in a release build there is nothing at its address.
#[component]
pub fn Gallery() -> impl IntoView {
    if cfg!(debug_assertions) { view! { <Sheets /> }.into_any() } else { view! { <NotFound /> }.into_any() }
}

#[component]
fn Sheets() -> impl IntoView {
    view! {
        <Title text="Components" />
        <main class="h-full overflow-y-auto bg-surface" tabindex="-1">
            <div class="mx-auto flex max-w-4xl flex-col gap-12 px-6 py-10 max-md:px-4">
                <header class="flex flex-wrap items-end justify-between gap-4">
                    <div>
                        <h1 class="text-xl font-semibold">"Components"</h1>
                        <p class="text-muted">"Every part of the interface, in every state."</p>
                    </div>
                    <ThemeSwitch />
                </header>
                <Tokens />
                <controls::Buttons />
                <controls::Fields />
                <people::Badges />
                <people::Times />
                <places::Overlays />
                <places::Parts />
                <places::Waits />
                <places::Frames />
            </div>
        </main>
    }
}

/// One group of the gallery.
#[component]
pub(super) fn Sheet(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="flex flex-col gap-4">
            <h2 class="border-b border-border pb-2 text-lg font-semibold">{title}</h2>
            {children()}
        </section>
    }
}

/// Some states beside each other.
#[component]
pub(super) fn Shelf(children: Children) -> impl IntoView {
    view! { <div class="flex flex-wrap items-center gap-3">{children()}</div> }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(Theme::chosen());
    let choices = Theme::ALL.map(|theme| {
        let glyph = match theme {
            Theme::System => Glyph::Monitor,
            Theme::Light => Glyph::Sun,
            Theme::Dark => Glyph::Moon,
        };
        view! {
            <button
                type="button"
                class="inline-flex h-8 items-center gap-2 rounded-control px-3 text-muted hover:bg-sunken hover:text-text aria-pressed:bg-accent-tint aria-pressed:text-accent-text max-md:h-11"
                aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                on:click=move |_| {
                    chosen.set(theme);
                    theme.choose();
                }
            >
                <Icon glyph />
                {theme.label()}
            </button>
        }
    });
    view! {
        <div role="group" aria-label="Theme" class="flex rounded-card border border-border p-1 max-md:flex-wrap">
            {choices.collect_view()}
        </div>
    }
}

/// The colours by their meaning. Written out: Tailwind reads class names as text.
const TOKENS: [(&str, &str); 24] = [
    ("canvas", "bg-canvas"),
    ("surface", "bg-surface"),
    ("raised", "bg-raised"),
    ("sunken", "bg-sunken"),
    ("border", "bg-border"),
    ("field", "bg-field"),
    ("text", "bg-text"),
    ("text-muted", "bg-muted"),
    ("text-faint", "bg-faint"),
    ("accent", "bg-accent"),
    ("accent-tint", "bg-accent-tint"),
    ("ring", "bg-ring"),
    ("ai", "bg-ai"),
    ("ai-tint", "bg-ai-tint"),
    ("intervention", "bg-intervention"),
    ("intervention-tint", "bg-intervention-tint"),
    ("success", "bg-success"),
    ("success-tint", "bg-success-tint"),
    ("warning", "bg-warning"),
    ("warning-tint", "bg-warning-tint"),
    ("danger", "bg-danger"),
    ("danger-tint", "bg-danger-tint"),
    ("note", "bg-note"),
    ("note-border", "bg-note-border"),
];

#[component]
fn Tokens() -> impl IntoView {
    view! {
        <Sheet title="Tokens">
            <ul class="grid grid-cols-4 gap-x-4 gap-y-3 max-md:grid-cols-2">
                {TOKENS
                    .map(|(name, class)| {
                        view! {
                            <li class="flex items-center gap-2.5">
                                <span class=format!("size-8 shrink-0 rounded-control border border-border {class}")></span>
                                <span class="text-sm">{name}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="flex flex-wrap items-baseline gap-x-6 gap-y-2">
                <span class="text-2xl font-semibold">"28 figures"</span>
                <span class="text-xl font-semibold">"20 page title"</span>
                <span class="text-lg font-semibold">"16 heading"</span>
                <span>"14 body"</span>
                <span class="text-sm">"13 caption"</span>
                <span class="text-xs text-muted">"12 meta"</span>
                <span class="figures">"0123456789"</span>
                <span class="font-mono text-sm">"monospace"</span>
            </div>
        </Sheet>
    }
}
