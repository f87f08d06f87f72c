//! The HTML document around the pages, rendered by the server only. What it loads comes from Baton itself.

use super::{App, theme::Theme};
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document. Inline scripts that Leptos needs carry the request's nonce where the server makes one, so a strict
/// Content-Security-Policy holds. The reader's theme is an attribute of `<html>` from the first byte: nothing flashes.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=Theme::chosen().attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/inter-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <link id="leptos" rel="stylesheet" href="/pkg/baton.css" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
