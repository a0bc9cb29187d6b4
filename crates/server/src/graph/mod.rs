//! The Graph API: one table of endpoints, one road for every request (contract graph 9.1).
//!
//! [`request`] merges what the caller sent, [`serve`] decides who calls what, [`endpoints`] holds the rows, `nodes` and
//! `edges` answer, [`answer`] gives the result Graph's outward form.

mod answer;
mod batch;
mod call;
mod debug_token;
mod edges;
pub mod endpoints;
mod node;
mod nodes;
mod paging;
mod path;
mod project;
mod request;
mod serve;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Request, Response};

use crate::state::Server;

/// Everything that no other area claims is a Graph request.
pub fn router(server: Server) -> Router {
    Router::new().fallback(handle).with_state(server)
}

async fn handle(State(server): State<Server>, request: Request<Body>) -> Response<Body> {
    if request.method() == Method::OPTIONS {
        return answer::preflight();
    }
    let settings = &server.world.settings;
    // Only what is written may wait for a file.
    let limit = if request.method() == Method::GET { settings.request_timeout() } else { settings.longest_request() };
    let wants = request::wants(&request);
    let reply = match tokio::time::timeout(limit, serve::http(&server, request)).await {
        Ok(reply) => reply,
        Err(_) => serve::Reply::timed_out(),
    };
    answer::render(&server, &reply, &wants)
}
