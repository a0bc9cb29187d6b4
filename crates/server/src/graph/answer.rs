//! The outward form of an answer: status, headers, bytes (contract graph 1.9, 4.2, 5.4).

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use engine::auth::{Caller, Subject};
use engine::limits::Counted;
use serde_json::{Value, json};
use wire::dialect::Dialect;
use wire::error::{self, GraphError, Kind};
use wire::json::{Escape, to_ascii};

use super::request::Wants;
use super::serve::Reply;
use crate::http::JSON;
use crate::state::Server;

/// Makes an HTTP response of a reply.
pub fn render(server: &Server, reply: &Reply, wants: &Wants) -> Response<Body> {
    let trace = trace_id(server);
    let (status, body) = match &reply.result {
        Ok(value) => (200, text(value)),
        Err(error) => (status_of(server, error, reply), text(&error.body(reply.dialect, &trace))),
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    headers.insert(header::EXPIRES, HeaderValue::from_static("Sat, 01 Jan 2000 00:00:00 GMT"));
    if wants.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=15552000; preload"));
    }
    let cache = if reply.result.is_ok() { "private, no-cache, no-store, must-revalidate" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    let mut put = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    put("x-fb-trace-id", short_trace_id(server));
    put("x-fb-rev", "1040000000".into());
    if let Some(version) = reply.version {
        put(reply.dialect.version_header(), version.to_string());
    }
    if let Some(caller) = &reply.caller {
        usage(server, caller, reply.dialect, &mut put);
    }
    if let Err(error) = &reply.result {
        put("www-authenticate", error.www_authenticate(reply.dialect));
    }
    put("x-fb-request-id", trace);
    if reply.is_read && reply.result.is_ok() {
        let etag = format!("\"{}\"", wire::signature::sha1_hex(body.as_bytes()));
        let known = wants.etag.as_ref().is_some_and(|etags| etags.split(',').any(|known| known.trim() == etag));
        put("etag", etag);
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    if wants.head {
        response.headers_mut().insert(header::CONTENT_LENGTH, body.len().into());
    } else {
        *response.body_mut() = Body::from(body);
    }
    response
}

/// What a browser asks before a call from a page: every page may call, with the token as its only right.
pub fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, DELETE, OPTIONS"));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("Authorization, Content-Type, Idempotency-Key"),
    );
    response
}

/// An item of a batch: status, headers and the body as a string (contract graph 3.2).
pub fn batch_item(server: &Server, reply: &Reply, include_headers: bool) -> Value {
    let (code, body) = match &reply.result {
        Ok(value) => (200, text(value)),
        Err(error) => {
            let status = status_here(server, error, reply.dialect);
            (status, text(&error.body(reply.dialect, &trace_id(server))))
        }
    };
    let mut item = json!({ "code": code });
    if include_headers {
        let mut headers = vec![json!({"name": "Content-Type", "value": "text/javascript; charset=UTF-8"})];
        if let Some(version) = reply.version {
            headers.push(json!({"name": "Facebook-API-Version", "value": version.to_string()}));
        }
        match &reply.result {
            Ok(_) if reply.is_read => {
                headers.push(
                    json!({"name": "ETag", "value": format!("\"{}\"", wire::signature::sha1_hex(body.as_bytes()))}),
                );
            }
            Ok(_) => {}
            Err(error) => {
                headers.push(json!({"name": "WWW-Authenticate", "value": error.www_authenticate(reply.dialect)}))
            }
        }
        item["headers"] = Value::Array(headers);
    }
    item["body"] = Value::String(body);
    item
}

fn text(value: &Value) -> String {
    to_ascii(value, Escape::Graph).unwrap_or_else(|_| "{}".into())
}

/// A token error is 401 when the token came in a header (contract graph 4.2).
fn status_of(server: &Server, error: &GraphError, reply: &Reply) -> u16 {
    match error.row().kind {
        Kind::Token if reply.token_in_header => 401,
        _ => status_here(server, error, reply.dialect),
    }
}

/// What the Facebook host says to a closed window is not settled; the operator may choose (contract send 7 row 3).
fn status_here(server: &Server, error: &GraphError, dialect: Dialect) -> u16 {
    let chosen = server.world.settings.window_status_400 && dialect == Dialect::Facebook;
    if chosen && *error.row() == error::OUTSIDE_WINDOW { 400 } else { error.status(dialect) }
}

/// 23 characters that begin with A, as `fbtrace_id` and `x-fb-request-id` have (contract graph 1.9).
pub fn trace_id(server: &Server) -> String {
    let mut id = URL_SAFE_NO_PAD.encode(server.world.ids.random::<17>());
    id.truncate(22);
    format!("A{id}")
}

fn short_trace_id(server: &Server) -> String {
    STANDARD_NO_PAD.encode(server.world.ids.random::<8>())
}

/// Usage in percent; the app's header has exactly three keys, one client fails on any other (contract clients 16).
fn usage(server: &Server, caller: &Caller, dialect: Dialect, put: &mut impl FnMut(&'static str, String)) {
    let (world, app) = (&server.world, caller.app.id);
    let used = |counted| world.limits.usage(counted, &world.settings, world.now());
    let calls = used(Counted::calls(app));
    put("x-app-usage", format!(r#"{{"call_count":{calls},"total_cputime":0,"total_time":0}}"#));
    let Some(account) = caller.account() else { return };
    let sends = used(Counted::sends(app, account));
    let (key, kind) = match (caller.subject, dialect) {
        (Subject::Page(page, _), Dialect::Facebook) => (page.to_string(), "messenger"),
        _ => (account.to_string(), "instagram"),
    };
    put(
        "x-business-use-case-usage",
        format!(
            r#"{{"{key}":[{{"type":"{kind}","call_count":{sends},"total_cputime":0,"total_time":0,"estimated_time_to_regain_access":0}}]}}"#
        ),
    );
}
