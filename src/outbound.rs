//! How the server calls others over HTTP: one place says what every such call has in common.

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use std::sync::Once;

/// Begins a client: TLS by rustls with ring, certificates as the operating system trusts them. It follows no redirect,
/// so that only the server that was named is asked, and says who calls. The caller adds the time limits.
pub fn client() -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    // An error means that the process has a provider already: any serves.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder().redirect(Policy::none()).user_agent(concat!("baton/", env!("CARGO_PKG_VERSION")))
}
