//! The faces: web pages of `web/`, embedded, and how they are served.
//!
//! A face is one page at an address of its own; all faces share their scripts, styles and fonts under [`ASSETS`]. Files whose
//! names carry a hash of their content may be kept forever, the others are asked for each time and answered by their tag. A
//! page runs nothing but our own files (see `POLICY`).

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Prefix of what the faces share, within what the platform reserves for itself. `web/vite.config.ts` has the same.
pub const ASSETS: &str = "/_parlance/web/";

/// Scripts and styles are files of ours. Pictures and sounds may come from elsewhere, since a business names theirs by URL.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; \
                      img-src 'self' blob: data: http: https:; media-src 'self' blob: http: https:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// One embedded file.
struct File {
    /// Relative to the folder that was built, with slashes.
    path: &'static str,
    /// Its entity tag, quoted.
    tag: &'static str,
    bytes: &'static [u8],
}

static FILES: &[File] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The phone at `/phone`, and what it is made of.
pub fn phone() -> Router {
    let page = |headers: HeaderMap| async move { answer("phone.html", &headers) };
    Router::new().route("/phone", get(page)).merge(assets())
}

/// What the faces share.
fn assets() -> Router {
    let asset = |Path(path): Path<String>, headers: HeaderMap| async move { answer(&path, &headers) };
    Router::new().route(&format!("{ASSETS}{{*path}}"), get(asset))
}

fn answer(path: &str, headers: &HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.path == path) else {
        return (StatusCode::NOT_FOUND, "There is no such file").into_response();
    };
    let forever = file.path.starts_with("assets/");
    let cache = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let about = [
        (CONTENT_TYPE, content_type(file.path)),
        (CACHE_CONTROL, cache),
        (ETAG, file.tag),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (PERMISSIONS, "microphone=(self), camera=(), geolocation=()"),
    ];
    if same(headers, file.tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, file.bytes).into_response()
}

/// Whether the client has the file already.
fn same(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Media types by the endings that a build has.
const TYPES: [(&str, &str); 7] = [
    (".html", "text/html; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".css", "text/css; charset=utf-8"),
    (".woff2", "font/woff2"),
    (".svg", "image/svg+xml"),
    (".json", "application/json"),
    (".png", "image/png"),
];

fn content_type(path: &str) -> &'static str {
    TYPES.into_iter().find(|(ending, _)| path.ends_with(ending)).map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn call(path: &str, tag: Option<&str>) -> Response {
        let mut request = Request::builder().uri(path);
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        phone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn header(response: &Response, name: HeaderName) -> &str {
        response.headers()[name].to_str().unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_page_is_asked_for_each_time_and_answered_by_its_tag() {
        let page = call("/phone", None).await;
        assert_eq!(page.status(), StatusCode::OK);
        assert_eq!(header(&page, CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(header(&page, CACHE_CONTROL), "no-cache");
        let tag = header(&page, ETAG).to_owned();
        assert_eq!(call("/phone", Some(&format!("\"other\", W/{tag}"))).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(call("/phone", Some("\"other\"")).await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn everything_that_the_page_names_is_there_with_its_type_and_stays() {
        let page = text(call("/phone", None).await).await;
        let named: Vec<&str> = page.split('"').filter(|part| part.starts_with(ASSETS)).collect();
        assert!(named.iter().any(|path| path.ends_with(".js")) && named.iter().any(|path| path.ends_with(".css")));
        for path in named {
            let asset = call(path, None).await;
            assert_eq!(asset.status(), StatusCode::OK, "{path}");
            assert_ne!(header(&asset, CONTENT_TYPE), "application/octet-stream", "{path}");
            if path.contains("/assets/") {
                assert!(header(&asset, CACHE_CONTROL).ends_with("immutable"), "{path}");
            }
        }
        assert_eq!(call("/_parlance/web/assets/none.js", None).await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_page_holds_nothing_that_its_policy_forbids() {
        let page = call("/phone", None).await;
        let policy = header(&page, CONTENT_SECURITY_POLICY).to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let page = text(page).await;
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onload="), "{page}");
        let scripts = page.matches("<script").count();
        assert_eq!(page.matches(&format!("src=\"{ASSETS}")).count(), scripts, "every script is a file: {page}");
    }

    #[test]
    fn every_file_has_a_known_type() {
        assert!(FILES.len() > 3);
        for file in FILES {
            assert_ne!(content_type(file.path), "application/octet-stream", "{}", file.path);
            assert!(!file.bytes.is_empty(), "{}", file.path);
        }
    }
}
