//! The world's clock: what time it is, and moving it.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::time::{Millis, Span};

use super::asked::Body;
use super::problem::{Answer, Problem};
use crate::state::Server;

/// The present moment of the world.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Now {
    /// RFC 3339.
    now: String,
}

/// Where to move the clock: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Move {
    /// How far, such as `25h1m`, `90s` or `-2h`; units are `d h m s ms`.
    advance: Option<String>,
    /// Until when, RFC 3339.
    set: Option<String>,
}

/// What time it is.
#[utoipa::path(
    get, path = "/_parlance/clock", operation_id = "read_clock", tag = "clock",
    responses((status = 200, body = Now)),
)]
pub(super) async fn read(State(server): State<Server>) -> Json<Now> {
    Json(Now { now: server.world.now().rfc3339() })
}

/// Moves the clock and answers after everything that became due on the way has run.
#[utoipa::path(
    post, path = "/_parlance/clock", operation_id = "move_clock", tag = "clock", request_body = Move,
    responses(
        (status = 200, body = Now),
        (status = 400, description = "not a time, or the clock cannot be moved"),
    ),
)]
pub(super) async fn set(State(server): State<Server>, Body(wanted): Body<Move>) -> Answer<Json<Now>> {
    if server.world.clock.movable().is_none() {
        return Err(Problem::parameter("this server's clock cannot be moved"));
    }
    server.dispatcher.advance(target(&wanted, server.world.now())?).await?;
    Ok(read(State(server)).await)
}

fn target(wanted: &Move, now: Millis) -> Answer<Millis> {
    match (&wanted.advance, &wanted.set) {
        (Some(span), None) => {
            let span: Span = span.parse().map_err(|error| Problem::parameter(format!("advance: {error}")))?;
            Ok(now.plus(span))
        }
        (None, Some(time)) => Millis::parse_rfc3339(time).map_err(|error| Problem::parameter(format!("set: {error}"))),
        _ => Err(Problem::parameter("exactly one of advance and set is needed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_moves_by_a_span_or_to_a_time_but_not_both() {
        let now = Millis::new(1_000);
        let rows = [
            (Some("25h1m"), None, Some(1_000 + (25 * 60 + 1) * 60_000)),
            (Some("-1s"), None, Some(0)),
            (None, Some("1970-01-01T00:01:00+01:00"), Some(60_000 - 3_600_000)),
            (None, Some("tomorrow"), None),
            (Some("soon"), None, None),
            (Some("1s"), Some("1970-01-01T00:01:00Z"), None),
            (None, None, None),
        ];
        for (advance, set, expected) in rows {
            let wanted = Move { advance: advance.map(str::to_owned), set: set.map(str::to_owned) };
            assert_eq!(target(&wanted, now).ok(), expected.map(Millis::new), "{wanted:?}");
        }
    }
}
