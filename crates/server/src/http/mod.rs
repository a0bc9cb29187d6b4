//! What surrounds every request, whatever area answers it.

use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::map_response;
use engine::ids::Ids;
use tower_http::catch_panic::CatchPanicLayer;
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::time::Millis;

use crate::state::Server;

/// Puts the layers around a router, outermost last.
pub fn layered(router: Router, server: Server) -> Router {
    let world = server.world.clone();
    // A panic in a handler is a bug; the caller still gets an answer that Graph clients understand.
    let caught = router.layer(CatchPanicLayer::custom(move |panic: Box<dyn std::any::Any + Send>| {
        let what = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        tracing::error!(panic = what.unwrap_or_default(), "handler panicked");
        failed(&server.world.ids)
    }));
    // Windows end by the world's clock: whoever counts down hears it from any answer.
    caught.layer(map_response(move |mut response: Response<Body>| {
        response.headers_mut().insert(header::DATE, date(world.now()));
        async move { response }
    }))
}

/// The last moment that can be written, the end of the year 9999, in seconds.
const LAST: u64 = 253_402_300_799;

/// A moment as `Date` has it, to the second.
fn date(now: Millis) -> HeaderValue {
    let seconds = u64::try_from(now.get() / 1000).unwrap_or_default().min(LAST);
    let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}

/// Something failed inside: code 1 (contract send 4.3).
fn failed(ids: &Ids) -> Response<Body> {
    let trace = format!("A{}", ids.random_hex::<11>());
    let error = GraphError::new(&error::UNKNOWN);
    let mut response = Response::new(Body::from(error.body(Dialect::Facebook, &trace).to_string()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(JSON));
    response
}

/// Content type of every JSON answer (contract clients 14).
pub const JSON: &str = "application/json; charset=UTF-8";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_moment_can_be_told() {
        for (moment, told) in [
            (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (i64::MIN, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (i64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(date(Millis::new(moment)), told);
        }
    }
}
