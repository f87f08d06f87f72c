//! The HTTP server: routes, sessions, limits, headers. It says who asks and hands on; what happens then is `desk`'s. It
//! never touches the store.

mod attendance;
mod files;
mod form;
mod form_post;
mod headers;
mod health;
mod knowledge_post;
mod limits;
mod model_post;
mod origin;
mod pages;
mod plain_form;
mod problem;
mod server_fns;
mod session;
mod sse;
mod team_stream;
mod widget;
mod widget_stream;

use crate::config::Config;
use crate::desk::Desk;
use crate::live::Live;
use attendance::Attendance;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use limits::{API_BYTES_MAX, ENTRY_BYTES_MAX, FILES_BYTES_MAX, FORM_BYTES_MAX, Rates, WIDGET_BYTES_MAX};
use sse::Streams;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;

/// Smaller answers gain nothing by compression.
const COMPRESSED_FROM_BYTES: u64 = 1_024;
/// Larger files would take longer to compress than to send; the build compresses them beforehand.
const COMPRESSED_UP_TO_BYTES: u64 = 4 * 1_024 * 1_024;

/// What every handler may use. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    desk: Desk,
    live: Live,
    shutdown: CancellationToken,
    streams: Streams,
    attendance: Attendance,
    site_dir: Arc<Path>,
    leptos: LeptosOptions,
    /// Whether the workspace is known to exist.
    is_set_up: Arc<AtomicBool>,
    is_https: bool,
    has_dev_pages: bool,
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.leptos.clone()
    }
}

/// Everything that Baton answers. Streams end at `shutdown`.
pub fn router(desk: Desk, live: Live, config: &Config, shutdown: CancellationToken) -> Router {
    let rates = Rates::new(config);
    tokio::spawn(rates.clone().forget(shutdown.clone()));
    let web = Web {
        desk,
        live,
        shutdown,
        streams: Streams::new(config.streams_max),
        attendance: Attendance::default(),
        site_dir: Arc::from(config.site_dir.as_path()),
        leptos: LeptosOptions::builder()
            .output_name("baton")
            .site_root(config.site_dir.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build(),
        is_set_up: Arc::default(),
        is_https: config.public_url.starts_with("https://"),
        has_dev_pages: config.dev_pages,
    };
    // What a browser asks with its session.
    let known = Router::new()
        .merge(pages::routes(&web))
        .merge(form_routes())
        .merge(knowledge_routes())
        .merge(server_fn_routes(&rates))
        .route("/stream", get(team_stream::follow))
        .fallback(pages::not_found)
        .layer(from_fn_with_state(web.clone(), session::recognise))
        .layer(from_fn_with_state(web.clone(), origin::check));
    Router::new()
        .merge(known)
        .merge(widget_routes(&rates))
        .merge(files::routes(&web))
        .route("/healthz", get(health::is_alive))
        .route("/readyz", get(health::is_ready))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn(limits::explain_size))
        .layer(compression())
        .layer(from_fn(limits::end_in_time))
        .layer(from_fn_with_state(web.clone(), headers::dress))
        .with_state(web)
}

fn form_routes() -> Router<Web> {
    Router::new()
        .route("/agents/{agent_id}/actions/human-handoff", post(form_post::save))
        .route("/agents/{agent_id}/settings", post(model_post::save))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(FORM_BYTES_MAX))
}

/// The forms of Knowledge, which may be larger than others.
fn knowledge_routes() -> Router<Web> {
    let entries = Router::new()
        .route("/agents/{agent_id}/knowledge/new", post(knowledge_post::create))
        .route("/agents/{agent_id}/knowledge/{entry_id}", post(knowledge_post::save))
        .route("/agents/{agent_id}/knowledge/{entry_id}/delete", post(knowledge_post::delete))
        .layer(RequestBodyLimitLayer::new(ENTRY_BYTES_MAX));
    let files = Router::new()
        .route("/agents/{agent_id}/knowledge", post(knowledge_post::upload))
        .layer(RequestBodyLimitLayer::new(FILES_BYTES_MAX));
    entries.merge(files).layer(DefaultBodyLimit::disable())
}

fn server_fn_routes(rates: &Rates) -> Router<Web> {
    let counted = || server_fns::answer.layer(from_fn_with_state(rates.sign_in.clone(), limits::count));
    let large = Router::new()
        .route("/api/knowledge/save", post(server_fns::answer))
        .layer(RequestBodyLimitLayer::new(ENTRY_BYTES_MAX));
    Router::new()
        .route("/api/session/sign_in", post(counted()))
        .route("/api/setup/create", post(counted()))
        .route("/api/{*path}", get(server_fns::answer).post(server_fns::answer))
        .layer(RequestBodyLimitLayer::new(API_BYTES_MAX))
        .merge(large)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(limits::explain_size))
        .layer(from_fn(server_fns::put_into_words))
}

fn widget_routes(rates: &Rates) -> Router<Web> {
    let count = |rate: &limits::Rate| from_fn_with_state(rate.clone(), limits::count);
    let opens =
        Router::new().route("/widget/api/session", post(widget::open)).route_layer(count(&rates.widget_session));
    let writes = Router::new()
        .route("/widget/api/messages", post(widget::write))
        .route("/widget/api/person", post(widget::ask_for_person))
        .route_layer(count(&rates.widget_message));
    let reads = Router::new()
        .route("/widget/api/conversation", get(widget::conversation))
        .route("/widget/api/stream", get(widget_stream::follow));
    opens
        .merge(writes.merge(reads).route_layer(count(&rates.widget_address)))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(WIDGET_BYTES_MAX))
}

fn compression() -> CompressionLayer<impl Predicate> {
    let is_of_use = SizeAbove::new(COMPRESSED_FROM_BYTES)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("font/"))
        .and(NotForContentType::SSE)
        .and(|_status, _version, headers: &axum::http::HeaderMap, _extensions: &axum::http::Extensions| {
            let length =
                headers.get(axum::http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
            length.is_none_or(|length: u64| length <= COMPRESSED_UP_TO_BYTES)
        });
    CompressionLayer::new().compress_when(is_of_use)
}
