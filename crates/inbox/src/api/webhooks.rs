//! Where the platform delivers: `/inbox/webhooks/{connection}`.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;

use crate::Desk;
use crate::ids::ConnectionId;
use crate::ingest::receive::NotTaken;

/// The longest delivery that is taken, in bytes; the platform's own are far shorter (contract webhooks 2.5).
const LONGEST: usize = 8 * 1024 * 1024;

/// The routes.
pub fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/inbox/webhooks/{connection}", get(challenge).post(deliver))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(desk)
}

async fn challenge(
    State(desk): State<Arc<Desk>>,
    Path(connection): Path<String>,
    RawQuery(query): RawQuery,
) -> (StatusCode, String) {
    let Ok(connection) = connection.parse::<ConnectionId>() else { return (StatusCode::FORBIDDEN, String::new()) };
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    match desk.shake_hands(connection, &pairs).await {
        Ok(challenge) => (StatusCode::OK, challenge),
        Err(error) => (refusal(&error), String::new()),
    }
}

/// Answers 200 when the delivery is on disk, and not before.
async fn deliver(
    State(desk): State<Arc<Desk>>,
    Path(connection): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Ok(connection) = connection.parse::<ConnectionId>() else { return StatusCode::FORBIDDEN };
    match desk.receive(connection, &headers, &body).await {
        Ok(_) => StatusCode::OK,
        Err(error) => refusal(&error),
    }
}

fn refusal(error: &NotTaken) -> StatusCode {
    match error {
        NotTaken::Forged(why) => {
            tracing::info!(why, "a webhook was not taken");
            StatusCode::FORBIDDEN
        }
        NotTaken::Problem(problem) => {
            tracing::warn!(%problem, "a webhook could not be stored; the platform brings it again");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
