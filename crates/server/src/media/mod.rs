//! Where media URLs lead: files by the signature in the query, with no token (contract read 3, webhooks 4).
//!
//! What is answered is the file's real type, in a form in which no browser runs anything of it. Nothing may be cached, since
//! whether the file is still to be seen is asked on every fetch.

mod range;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::routing::get;
use bytes::Bytes;
use engine::World;
use engine::facts::Asset;
use engine::media::{self, AddressError, Opened};
use engine::store::{Read, StoreError};
use futures_util::{Stream, stream};

use crate::picture;
use crate::state::Server;
use range::{Asked, asked};

/// The surface of media.
pub fn router(server: Server) -> Router {
    Router::new().route(media::PATH, get(serve)).with_state(server)
}

/// `GET` or `HEAD` of a media URL. Wrong or old signatures are 403, files that are gone are `media_gone_status`.
async fn serve(
    State(server): State<Server>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    match answer(&server, query.as_deref().unwrap_or_default(), &headers).await {
        Ok(mut response) => {
            if method == Method::HEAD {
                *response.body_mut() = Body::empty();
            }
            response
        }
        Err(error) => {
            tracing::error!(%error, "the store failed a file");
            words(StatusCode::SERVICE_UNAVAILABLE, "Try again later")
        }
    }
}

async fn answer(server: &Server, query: &str, headers: &HeaderMap) -> Read<Response<Body>> {
    let world = &server.world;
    let of = |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value);
    let (asset_id, signature) = (of("asset_id").unwrap_or_default(), of("signature").unwrap_or_default());
    let address = match media::verify(world, &asset_id, &signature) {
        Ok(address) => address,
        Err(AddressError::Wrong) => return Ok(words(StatusCode::FORBIDDEN, "URL signature mismatch")),
        Err(AddressError::Expired) => return Ok(words(StatusCode::FORBIDDEN, "URL signature expired")),
    };
    let range = headers.get(header::RANGE);
    let found = match media::open(world, address).await? {
        Some(Opened::File(asset)) => Some(file(world, &asset, asked(range, asset.size))),
        Some(Opened::Picture(post)) => picture::at(&post.media_url).map(|picture| drawn(picture, range)),
        None => None,
    };
    Ok(found.unwrap_or_else(|| {
        let status = StatusCode::from_u16(world.settings.media_gone_status).unwrap_or(StatusCode::NOT_FOUND);
        words(status, "This content is no longer available")
    }))
}

fn file(world: &Arc<World>, asset: &Asset, asked: Asked) -> Response<Body> {
    let body = |from, to| Body::from_stream(bytes(Arc::clone(world), asset, from, to));
    shown(&asset.content_type, asset.size, asked, body)
}

/// A picture that lies in no file.
fn drawn(picture: String, range: Option<&HeaderValue>) -> Response<Body> {
    let (picture, at) = (Bytes::from(picture), |place: u64| usize::try_from(place).unwrap_or(usize::MAX));
    let size = u64::try_from(picture.len()).unwrap_or(u64::MAX);
    let body = |from: u64, to: u64| Body::from(picture.slice(at(from)..at(to)));
    shown("image/svg+xml", size, asked(range, size), body)
}

/// What was asked for of something that is so long; `body` gives its bytes from one place up to another.
fn shown(content_type: &str, size: u64, asked: Asked, body: impl FnOnce(u64, u64) -> Body) -> Response<Body> {
    let (status, from, to) = match asked {
        Asked::Whole => (StatusCode::OK, 0, size),
        Asked::Part { from, to } => (StatusCode::PARTIAL_CONTENT, from, to),
        Asked::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    let mut response = Response::new(body(from, to));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    private(headers);
    let content_type = HeaderValue::from_str(content_type);
    headers.insert(
        header::CONTENT_TYPE,
        content_type.unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, (to - from).into());
    let range = match asked {
        Asked::Whole => return response,
        Asked::Part { .. } => format!("bytes {from}-{}/{size}", to - 1),
        Asked::Nothing => format!("bytes */{size}"),
    };
    headers.extend(HeaderValue::from_str(&range).map(|range| (header::CONTENT_RANGE, range)));
    response
}

/// Bytes of a file, a part of it in memory at a time. It breaks off where the file goes away meanwhile.
fn bytes(world: Arc<World>, asset: &Asset, from: u64, to: u64) -> impl Stream<Item = Read<Bytes>> + use<> {
    let (account, id) = (asset.account, asset.id);
    stream::try_unfold((world, from), move |(world, from)| async move {
        if from >= to {
            return Ok::<_, StoreError>(None);
        }
        let mut part = media::read(&world, account, id, from).await?;
        part.truncate(usize::try_from(to - from).unwrap_or(usize::MAX));
        let next = from + u64::try_from(part.len()).unwrap_or(u64::MAX);
        Ok(Some((part, (world, next))))
    })
}

/// No bytes, but a few words.
fn words(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    private(response.headers_mut());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}
