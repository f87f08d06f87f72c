//! Files: the widget and the icons, which are part of the program, and the pages' build, which lies in the site folder.

use super::Web;
use super::headers::plain_policy;
use super::problem::Refusal;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Asked for again each time, and answered with 304 while it is the same.
const REVALIDATE: &str = "no-cache";
/// A customer's browser may keep the loader for five minutes: it changes with releases only.
const WIDGET_CACHE: &str = "public, max-age=300";
/// Fonts never change under their name.
const FONT_CACHE: &str = "public, max-age=31536000, immutable";

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const TEST_PAGE: &str = include_str!("../../public/widget/test.html");

/// The routes of all files.
pub fn routes(web: &Web) -> Router<Web> {
    let pkg = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static(REVALIDATE)))
        .service(ServeDir::new(web.site_dir.join("pkg")).precompressed_br().precompressed_gzip());
    Router::new()
        .route("/widget.js", get(widget_js))
        .route("/widget/frame", get(frame))
        .route("/widget/frame.js", get(frame_js))
        .route("/widget/frame.css", get(frame_css))
        .route("/widget/test.css", get(test_css))
        .route("/test/{key}", get(test_page))
        .route("/favicon.ico", get(favicon_ico))
        .route("/favicon.svg", get(favicon_svg))
        .route("/fonts/inter-latin.woff2", get(font))
        .nest_service("/pkg", pkg)
}

struct File {
    kind: &'static str,
    cache: &'static str,
    body: &'static [u8],
}

impl File {
    const fn new(kind: &'static str, body: &'static [u8]) -> Self {
        Self { kind, cache: REVALIDATE, body }
    }

    const fn cached(self, cache: &'static str) -> Self {
        Self { cache, ..self }
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        let tag = tag(self.body);
        let is_known = asked.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| {
            // Compression on the way makes the tag a weak one.
            known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
        });
        let mut response = match is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => ([(CONTENT_TYPE, self.kind)], self.body).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        response
    }
}

fn tag(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let short = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("\"{short}\"")
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

const WIDGET_JS: File = File::new(JAVASCRIPT, include_bytes!("../../public/widget.js")).cached(WIDGET_CACHE);
const FRAME_HTML: File = File::new(HTML, include_bytes!("../../public/widget/frame.html"));
const FRAME_JS: File = File::new(JAVASCRIPT, include_bytes!("../../public/widget/frame.js"));
const FRAME_CSS: File = File::new(CSS, include_bytes!("../../public/widget/frame.css"));
const TEST_CSS: File = File::new(CSS, include_bytes!("../../public/widget/test.css"));
const FAVICON_ICO: File = File::new("image/x-icon", include_bytes!("../../public/favicon.ico"));
const FAVICON_SVG: File = File::new("image/svg+xml", include_bytes!("../../public/favicon.svg"));
const FONT: File = File::new("font/woff2", include_bytes!("../../public/fonts/inter-latin.woff2")).cached(FONT_CACHE);

/// The loader on customers' sites.
async fn widget_js(asked: HeaderMap) -> Response {
    for_other_sites(WIDGET_JS.answer(&asked))
}

/// The chat itself, in a frame on customers' sites.
async fn frame(asked: HeaderMap) -> Response {
    let mut response = for_other_sites(FRAME_HTML.answer(&asked));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(plain_policy(true)));
    response
}

fn for_other_sites(mut response: Response) -> Response {
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

async fn frame_js(asked: HeaderMap) -> Response {
    FRAME_JS.answer(&asked)
}

async fn frame_css(asked: HeaderMap) -> Response {
    FRAME_CSS.answer(&asked)
}

async fn test_css(asked: HeaderMap) -> Response {
    TEST_CSS.answer(&asked)
}

async fn favicon_ico(asked: HeaderMap) -> Response {
    FAVICON_ICO.answer(&asked)
}

async fn favicon_svg(asked: HeaderMap) -> Response {
    FAVICON_SVG.answer(&asked)
}

async fn font(asked: HeaderMap) -> Response {
    FONT.answer(&asked)
}

/// A page that carries the widget as a customer's site would, to try an agent.
async fn test_page(State(web): State<Web>, Path(key): Path<String>) -> Result<Response, Refusal> {
    let name = web.desk.agent_name_by_key(&key).await?;
    let page = TEST_PAGE.replace("{{AGENT}}", &escape(&name)).replace("{{KEY}}", &escape(&key));
    let policy = HeaderValue::from_static(plain_policy(false));
    Ok(([(CONTENT_TYPE, HeaderValue::from_static(HTML)), (CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// Text inside HTML and its attributes.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_not_become_markup() {
        assert_eq!(escape("<b a=\"x\">&'"), "&lt;b a=&quot;x&quot;&gt;&amp;&#39;");
    }

    #[test]
    fn a_file_that_is_known_is_not_sent_again() {
        let fresh = FRAME_JS.answer(&HeaderMap::new());
        assert_eq!(fresh.status(), StatusCode::OK);
        let tag = fresh.headers()[ETAG].clone();
        let weak = HeaderValue::from_str(&format!("W/{}", tag.to_str().unwrap())).unwrap();
        for known in [tag, weak] {
            let again = FRAME_JS.answer(&HeaderMap::from_iter([(IF_NONE_MATCH, known)]));
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        }
    }
}
