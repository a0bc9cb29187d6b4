//! The faces: web pages of `web/`, embedded, and how they are served.
//!
//! A face is one page at an address of its own, and may be all addresses below it too, which its script tells apart; all faces
//! share their scripts, styles and fonts under [`ASSETS`]. Files whose names carry a hash of their content may be kept forever,
//! the others are asked for each time and answered by their tag. A page runs nothing but our own files (see `POLICY`).

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
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
    /// What its entity tags are made of.
    tag: &'static str,
    bytes: &'static [u8],
    /// The same, compressed by Brotli, where that is shorter.
    brotli: Option<&'static [u8]>,
}

impl File {
    /// What a client gets: the coding, if any, the entity tag of that, and the bytes.
    fn for_client(&self, headers: &HeaderMap) -> (Option<&'static str>, String, &'static [u8]) {
        match self.brotli.filter(|_| takes_brotli(headers)) {
            Some(brotli) => (Some("br"), format!("\"{}-br\"", self.tag), brotli),
            None => (None, format!("\"{}\"", self.tag), self.bytes),
        }
    }
}

static FILES: &[File] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A web page with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// Its address, without a slash at its end.
    pub path: &'static str,
    /// The file that was built.
    page: &'static str,
    /// Where the page is below its address, if it is there at all.
    below: Below,
}

/// What lies below the address of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    /// Nothing.
    Nothing,
    /// The same page everywhere, but for these first parts of a path, which belong to others.
    ThePageBut(&'static [&'static str]),
}

/// The phone: somebody who writes to businesses.
pub const PHONE: Face = Face { path: "/phone", page: "phone.html", below: Below::Nothing };

/// The inbox, beside whose pages its API and its webhooks lie.
pub const INBOX: Face = Face { path: "/inbox", page: "inbox.html", below: Below::ThePageBut(&["api", "webhooks"]) };

/// These faces, each at its address, and what they are made of, once for all of them.
pub fn router(faces: &[Face]) -> Router {
    let asset = |Path(path): Path<String>, headers: HeaderMap| async move { answer(&path, &headers) };
    let assets = Router::new().route(&format!("{ASSETS}{{*path}}"), get(asset));
    faces.iter().fold(assets, |router, face| router.merge(face.router()))
}

impl Face {
    fn router(self) -> Router {
        let page = move |headers: HeaderMap| async move { answer(self.page, &headers) };
        let router = Router::new().route(self.path, get(page));
        let Below::ThePageBut(others) = self.below else { return router };
        let below = move |Path(path): Path<String>, headers: HeaderMap| async move {
            let first = path.split('/').next().unwrap_or_default();
            answer(if others.contains(&first) { "" } else { self.page }, &headers)
        };
        router.route(&format!("{}/", self.path), get(page)).route(&format!("{}/{{*path}}", self.path), get(below))
    }
}

fn answer(path: &str, headers: &HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.path == path) else {
        return (StatusCode::NOT_FOUND, "There is no such file").into_response();
    };
    let forever = file.path.starts_with("assets/");
    let cache = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let (coding, tag, bytes) = file.for_client(headers);
    let known = same(headers, &tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let about = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, content_type(file.path)),
        (CACHE_CONTROL, cache),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (PERMISSIONS, "microphone=(self), camera=(), geolocation=()"),
    ] {
        about.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        about.insert(ETAG, tag);
    }
    if let Some(coding) = coding.filter(|_| !known) {
        about.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether the client says that it reads Brotli, and not that it would rather not.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').map(str::trim).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("br") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
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

    const FACES: [Face; 2] = [PHONE, INBOX];

    async fn call(path: &str, tag: Option<&str>) -> Response {
        let mut request = Request::builder().uri(path);
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        router(&FACES).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn header(response: &Response, name: HeaderName) -> &str {
        response.headers()[name].to_str().unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn each_page_is_asked_for_each_time_and_answered_by_its_tag() {
        let mut tags = Vec::new();
        for face in FACES {
            let page = call(face.path, None).await;
            assert_eq!(page.status(), StatusCode::OK, "{face:?}");
            assert_eq!(header(&page, CONTENT_TYPE), "text/html; charset=utf-8");
            assert_eq!(header(&page, CACHE_CONTROL), "no-cache");
            let tag = header(&page, ETAG).to_owned();
            let known = call(face.path, Some(&format!("\"other\", W/{tag}"))).await;
            assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
            assert_eq!(call(face.path, Some("\"other\"")).await.status(), StatusCode::OK);
            tags.push(tag);
        }
        assert_ne!(tags[0], tags[1], "each face is a page of its own");
    }

    #[tokio::test]
    async fn the_inbox_is_one_page_at_every_address_that_is_not_another_s() {
        let page = text(call("/inbox", None).await).await;
        for path in ["/inbox/", "/inbox/join", "/inbox/settings/labels", "/inbox/c/12?view=mine", "/inbox/apiary"] {
            let below = call(path, None).await;
            assert_eq!(below.status(), StatusCode::OK, "{path}");
            assert_eq!(text(below).await, page, "{path}");
        }
        for path in ["/inbox/api", "/inbox/api/nothing", "/inbox/webhooks/1/2", "/phone/mira", "/inboxes"] {
            assert_eq!(call(path, None).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn everything_that_a_page_names_is_there_with_its_type_and_stays() {
        for face in FACES {
            let page = text(call(face.path, None).await).await;
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
        }
        assert_eq!(call("/_parlance/web/assets/none.js", None).await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn no_page_holds_anything_that_its_policy_forbids() {
        for face in FACES {
            let page = call(face.path, None).await;
            let policy = header(&page, CONTENT_SECURITY_POLICY).to_owned();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            let page = text(page).await;
            assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onload="), "{page}");
            let scripts = page.matches("<script").count();
            assert_eq!(page.matches(&format!("src=\"{ASSETS}")).count(), scripts, "every script is a file: {page}");
        }
    }

    #[test]
    fn every_file_has_a_known_type() {
        assert!(FILES.len() > 3);
        for file in FILES {
            assert_ne!(content_type(file.path), "application/octet-stream", "{}", file.path);
            assert!(!file.bytes.is_empty(), "{}", file.path);
        }
    }

    #[tokio::test]
    async fn who_reads_brotli_gets_less_under_another_tag() {
        let get = |accepted: &'static str, tag: Option<String>| async move {
            let mut request = Request::builder().uri("/inbox").header(ACCEPT_ENCODING, accepted);
            if let Some(tag) = tag {
                request = request.header(IF_NONE_MATCH, tag);
            }
            router(&FACES).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
        };
        let small = get("gzip, deflate, br;q=0.9", None).await;
        assert_eq!((header(&small, CONTENT_ENCODING), header(&small, VARY)), ("br", "accept-encoding"));
        let tag = header(&small, ETAG).to_owned();
        let length = small.into_body().collect().await.unwrap().to_bytes().len();
        for accepted in ["", "gzip", "br;q=0", "brotli"] {
            let plain = get(accepted, None).await;
            assert!(!plain.headers().contains_key(CONTENT_ENCODING) && header(&plain, ETAG) != tag, "{accepted}");
            assert!(plain.into_body().collect().await.unwrap().to_bytes().len() > length, "{accepted}");
        }
        assert_eq!(get("br", Some(tag.clone())).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(get("gzip", Some(tag)).await.status(), StatusCode::OK);
        let scripts = FILES.iter().filter(|file| file.path.ends_with(".js") && file.bytes.len() > 1_000);
        assert!(scripts.clone().count() > 3 && scripts.clone().all(|file| file.brotli.is_some()));
    }
}
