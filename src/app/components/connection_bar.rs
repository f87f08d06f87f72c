//! A quiet bar while the stream is lost, and for a moment when it is back.

use super::{Glyph, Icon};
use leptos::prelude::*;
use std::time::Duration;

/// How long "You are connected again" stays.
const BACK_SHOWN_MS: u64 = 3_000;

/// Where the page's connection to the server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// Nothing is known yet, or all is well.
    #[default]
    Good,
    /// Lost; the browser is trying again.
    Lost,
}

/// Says that the connection is lost, and when it is back.
#[component]
pub fn ConnectionBar(#[prop(into)] connection: Signal<Connection>) -> impl IntoView {
    let is_back = RwSignal::new(false);
    Effect::new(move |before: Option<Connection>| {
        let now = connection.get();
        if before == Some(Connection::Lost) && now == Connection::Good {
            is_back.set(true);
            set_timeout(move || is_back.set(false), Duration::from_millis(BACK_SHOWN_MS));
        }
        now
    });
    let content = move || {
        let (glyph, colour, words) = match (connection.get(), is_back.get()) {
            (Connection::Lost, _) => {
                (Glyph::Offline, "bg-warning-tint text-warning-text", "Reconnecting… nothing is lost")
            }
            (Connection::Good, true) => (Glyph::Check, "bg-success-tint text-success-text", "You are connected again"),
            (Connection::Good, false) => return None,
        };
        Some(view! {
            <div class=format!("appear flex items-center justify-center gap-2 px-4 py-1.5 text-sm {colour}")>
                <Icon glyph />
                {words}
            </div>
        })
    };
    view! { <div role="status">{content}</div> }
}
