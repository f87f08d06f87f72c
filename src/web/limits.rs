//! How much one visitor may ask: sizes, rates and time. Whoever asks for more is told so, and when to try again.

use super::problem::{Refusal, too_large};
use crate::config::Config;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The widget's JSON: a message has 4,000 characters at most.
pub const WIDGET_BYTES_MAX: usize = 64 * 1_024;
/// The pages' calls: "When to Use" may have 8,000 characters, beside 20 rows with their choices.
pub const API_BYTES_MAX: usize = 256 * 1_024;
/// The same as a plain form, where most characters take nine bytes.
pub const FORM_BYTES_MAX: usize = 768 * 1_024;
/// An entry of 200,000 characters, as JSON or as a plain form, where some characters take twelve bytes.
pub const ENTRY_BYTES_MAX: usize = 2_500 * 1_024;
/// Twenty files of 1 MB with what stands around them.
pub const FILES_BYTES_MAX: usize = 21 * 1_024 * 1_024;
/// Every answer begins within this time; streams may go on.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// Many customers share one address.
const CUSTOMERS_PER_ADDRESS: u32 = 10;
/// How often counts that no longer matter are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// Whose requests are counted together.
#[derive(Clone, Copy)]
enum By {
    /// One address.
    Address,
    /// One customer's token; without one, the address.
    Token,
}

/// The last address of `X-Forwarded-For`: the one that the proxy itself saw. Earlier ones are hearsay.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// One IPv6 network of 64 bits belongs to one visitor.
fn counted_as(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => mapped.to_string(),
            None => format!("{:x}", u128::from(address) >> 64),
        },
    }
}

/// A rate, and whose requests count towards it.
#[derive(Clone)]
pub struct Rate {
    limiter: Arc<DefaultKeyedRateLimiter<String>>,
    by: By,
    trusts_proxy: bool,
}

impl Rate {
    fn new(per_minute: u32, by: By, config: &Config) -> Self {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter = Arc::new(RateLimiter::keyed(Quota::per_minute(per_minute)));
        Self { limiter, by, trusts_proxy: config.trust_proxy }
    }

    fn key(&self, request: &Request) -> Option<String> {
        let headers = request.headers();
        if let (By::Token, Some(token)) = (self.by, headers.get(header::AUTHORIZATION)) {
            return token.to_str().ok().map(str::to_owned);
        }
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        self.trusts_proxy.then(|| forwarded_for(headers)).flatten().or(peer).map(counted_as)
    }
}

/// The rates of this server.
#[derive(Clone)]
pub struct Rates {
    /// Attempts to sign in or to set up.
    pub sign_in: Rate,
    /// Widget visits.
    pub widget_session: Rate,
    /// Whatever else widgets ask from one address.
    pub widget_address: Rate,
    /// What one customer writes.
    pub widget_message: Rate,
}

impl Rates {
    /// The rates that are configured.
    pub fn new(config: &Config) -> Self {
        let messages = config.widget_messages_per_minute;
        Self {
            sign_in: Rate::new(config.sign_in_attempts_per_minute, By::Address, config),
            widget_session: Rate::new(config.widget_sessions_per_minute, By::Address, config),
            widget_address: Rate::new(messages.saturating_mul(CUSTOMERS_PER_ADDRESS), By::Address, config),
            widget_message: Rate::new(messages, By::Token, config),
        }
    }

    /// Forgets counts that no longer matter, until `shutdown`.
    pub async fn forget(self, shutdown: CancellationToken) {
        while shutdown.run_until_cancelled(tokio::time::sleep(FORGET_EVERY)).await.is_some() {
            for rate in [&self.sign_in, &self.widget_session, &self.widget_address, &self.widget_message] {
                rate.limiter.retain_recent();
            }
        }
    }
}

/// Middleware: counts a request, and refuses it when there were too many.
pub async fn count(State(rate): State<Rate>, request: Request, next: Next) -> Response {
    // Without a key (a token that is no text) the handler refuses anyway.
    let Some(key) = rate.key(&request) else { return next.run(request).await };
    let Err(too_soon) = rate.limiter.check_key(&key) else { return next.run(request).await };
    let seconds = too_soon.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too_many",
        format!("That was too much at once. Try again in {seconds} s."),
    )
    .retry_after(seconds)
    .into_response()
}

/// Middleware: ends what takes too long. Streams begin at once, so they are not meant.
pub async fn end_in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "timed_out", "This took too long. Try again in a moment.")
                .retry_after(1)
                .into_response()
        }
    }
}

/// Middleware around a body limit, which refuses in plain text: says it in the words of a problem.
pub async fn explain_size(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && kind.is_none_or(|kind| kind.starts_with("text/plain")) {
        return too_large().into_response();
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_forwarded_address_counts() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.9, 203.0.113.7".parse().unwrap());
        assert_eq!(forwarded_for(&headers), Some("203.0.113.7".parse().unwrap()));
        headers.append("x-forwarded-for", "203.0.113.8".parse().unwrap());
        assert_eq!(forwarded_for(&headers), Some("203.0.113.8".parse().unwrap()));
        headers.append("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(forwarded_for(&headers), None);
    }

    #[test]
    fn one_ipv6_network_is_one_visitor() {
        let counted = |text: &str| counted_as(text.parse().unwrap());
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::9"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_eq!(counted("::ffff:192.0.2.1"), counted("192.0.2.1"));
    }
}
