//! Keeps strangers' pages out: the emulator has no password, so a browser must not be talked into calling it.
//!
//! A page from elsewhere names itself in `Origin`; a name that was rebound to this machine stands in `Host`. Both must
//! be loopback or the server's own public name.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::{Host, Url};

use super::problem::Problem;
use crate::state::Server;

/// Answers 403 unless the call comes from this machine's or this server's own pages, or from no page at all.
pub(super) async fn own_pages_only(State(server): State<Server>, request: Request, next: Next) -> Response {
    match stranger(request.headers(), server.public_url.as_deref()) {
        Some(name) => Problem::forbidden(format!("header {name} names another site")).into_response(),
        None => next.run(request).await,
    }
}

/// The header that names somebody else.
fn stranger(headers: &HeaderMap, public_url: Option<&str>) -> Option<HeaderName> {
    let public = public_url.and_then(host_of);
    let ours = |url: &str| host_of(url).is_some_and(|host| is_loopback(&host) || Some(&host) == public.as_ref());
    let all_ours = |name: &HeaderName, prefix: &str| {
        headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(|text| ours(&format!("{prefix}{text}"))))
    };
    if !all_ours(&HOST, "http://") {
        return Some(HOST);
    }
    (!all_ours(&ORIGIN, "")).then_some(ORIGIN)
}

fn host_of(url: &str) -> Option<Host> {
    Url::parse(url).ok()?.host().map(|host| host.to_owned())
}

fn is_loopback(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_and_the_public_name_may_call() {
        let public = Some("https://desk.example.test/base");
        let rows = [
            (Some("localhost:4000"), None, None, true),
            (Some("127.0.0.1:4000"), Some("http://localhost:5173"), None, true),
            (Some("[::1]:4000"), Some("http://[::1]:4000"), None, true),
            (Some("inbox.localhost"), None, None, true),
            (None, None, None, true),
            (Some("rebound.attacker.test"), None, None, false),
            (Some("localhost.attacker.test"), None, None, false),
            (Some("192.168.1.7:4000"), None, None, false),
            (Some("localhost"), Some("https://attacker.test"), None, false),
            (Some("localhost"), Some("null"), None, false),
            (Some("localhost"), Some("http://localhost@attacker.test"), None, false),
            (Some("desk.example.test"), Some("https://desk.example.test"), public, true),
            (Some("DESK.example.test:443"), None, public, true),
            (Some("desk.example.test"), Some("https://other.example.test"), public, false),
            (Some("desk.example.test"), None, None, false),
        ];
        for (host, origin, public, admitted) in rows {
            let given = [(HOST, host), (ORIGIN, origin)];
            let headers = given.into_iter().filter_map(|(name, value)| Some((name, value?.parse().unwrap()))).collect();
            assert_eq!(stranger(&headers, public).is_none(), admitted, "{host:?} {origin:?} {public:?}");
        }
    }
}
