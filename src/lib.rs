//! Baton: AI support agents that know when to bring in a human.
//!
//! This file is the map of rooms and the only place where a room is gated by build. Who may call whom
//! is drawn in ARCHITECTURE.md and checked by `tests/house.rs`.

// Leptos views nest deeply.
#![recursion_limit = "512"]

// Both builds: the nouns, the engine, the wire.
pub mod domain;
pub mod handoff;
pub mod wire;
// The server.
#[cfg(feature = "ssr")]
pub mod ai;
pub mod api;
#[cfg(feature = "ssr")]
pub mod command;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod eval;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod outbound;
#[cfg(feature = "ssr")]
pub mod serve;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod work;
// The pages, and the browser they run in.
pub mod app;
#[cfg(feature = "hydrate")]
pub mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "browser/server.rs"]
pub mod browser;

/// Where the browser begins: takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
