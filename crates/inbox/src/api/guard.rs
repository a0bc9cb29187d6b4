//! What stands in front of every endpoint: who calls, whether their role suffices, and whether the call is the page's own.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Api, Need};
use crate::Problem;
use crate::facts::{Agent, Session};
use crate::policy::access::may;

/// The cookie of a session.
const COOKIE: &str = "parlance_inbox";
/// What the page's own code sends with every change, and no form and no other site can.
pub const OWN: &str = "x-parlance-inbox";

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The agent.
    pub agent: Agent,
    /// Their log-in.
    pub session: Session,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Nobody)
    }
}

/// Lets a call through whose caller may make it.
pub async fn admit(State((api, need)): State<(Arc<Api>, Need)>, mut request: Request, next: Next) -> Response {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    match check(&api, need, &method, &headers).await {
        Ok(caller) => {
            if let Some(caller) = caller {
                request.extensions_mut().insert(caller);
            }
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn check(api: &Api, need: Need, method: &Method, headers: &HeaderMap) -> Result<Option<Caller>, Problem> {
    if !matches!(*method, Method::GET | Method::HEAD) && !is_own(headers) {
        return Err(Problem::NotAllowed("changes are made by the inbox's own pages only"));
    }
    let Need::May(action) = need else { return Ok(None) };
    let token = cookie(headers).ok_or(Problem::Nobody)?;
    let (agent, session) = api.desk.session(&token).await?;
    if !may(agent.role, action) {
        return Err(Problem::NotAllowed("ask a supervisor or an owner"));
    }
    Ok(Some(Caller { agent, session }))
}

/// Whether a change comes from our own page: it has our header, which other sites cannot send, and where the browser tells
/// the page's origin, it is ours.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let origin = text(header::ORIGIN);
    let same = origin.is_none_or(|origin| {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some() && host == text(header::HOST)
    });
    headers.contains_key(OWN) && same
}

/// The secret of the session that a request brings.
fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned()).next()
}

/// The header that sets the cookie of a session, or takes it away.
pub fn set_cookie(token: Option<&str>, secure: bool) -> (HeaderName, String) {
    let age = if token.is_some() { crate::desk::session::SESSION.get() / 1000 } else { 0 };
    let secure = if secure { "; Secure" } else { "" };
    let value = token.unwrap_or_default();
    let cookie = format!("{COOKIE}={value}; Path=/inbox; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    (header::SET_COOKIE, cookie)
}

/// What every answer of the API tells browsers.
pub async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_change_is_the_page_s_own_by_header_and_origin() {
        for (pairs, own) in [
            (&[(OWN, "1"), ("host", "desk.test")][..], true),
            (&[(OWN, "1"), ("host", "desk.test"), ("origin", "https://desk.test")], true),
            (&[(OWN, "1"), ("host", "desk.test:8700"), ("origin", "http://desk.test:8700")], true),
            (&[(OWN, "1"), ("host", "desk.test"), ("origin", "https://evil.test")], false),
            (&[(OWN, "1"), ("host", "desk.test"), ("origin", "null")], false),
            (&[("host", "desk.test"), ("origin", "https://desk.test")], false),
            (&[("host", "desk.test")], false),
        ] {
            assert_eq!(is_own(&headers(pairs)), own, "{pairs:?}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        assert_eq!(cookie(&headers(&[("cookie", "a=b; parlance_inbox=xyz; c=d")])).as_deref(), Some("xyz"));
        assert_eq!(cookie(&headers(&[("cookie", "not_parlance_inbox=xyz")])), None);
        let (_, set) = set_cookie(Some("xyz"), true);
        assert!(set.contains("HttpOnly; SameSite=Strict") && set.ends_with("Secure") && set.contains("Path=/inbox;"));
    }
}
