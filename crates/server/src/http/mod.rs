//! What surrounds every request, whatever area answers it.

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use engine::ids::Ids;
use tower_http::catch_panic::CatchPanicLayer;
use wire::dialect::Dialect;
use wire::error::{self, GraphError};

use crate::state::Server;

/// Puts the layers around a router, outermost last.
pub fn layered(router: Router, server: Server) -> Router {
    // A panic in a handler is a bug; the caller still gets an answer that Graph clients understand.
    router.layer(CatchPanicLayer::custom(move |panic: Box<dyn std::any::Any + Send>| {
        let what = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        tracing::error!(panic = what.unwrap_or_default(), "handler panicked");
        failed(&server.world.ids)
    }))
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
