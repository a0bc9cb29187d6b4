//! How the emulator's surface says no: the body of a Graph error, with a status of its own.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::refusal::{Failure, Refusal};
use engine::store::{CommitError, StoreError};
use wire::dialect::Dialect;
use wire::error::{self, GraphError, Row};

use crate::state::Server;

/// Why a call did nothing.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    error: GraphError,
}

/// What a handler answers.
pub(super) type Answer<T> = Result<T, Problem>;

impl Problem {
    fn new(status: StatusCode, row: &'static Row, detail: impl std::fmt::Display) -> Self {
        Self { status, error: GraphError::new(row).with(detail) }
    }

    /// 400: the call cannot be what it is.
    pub(super) fn parameter(detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, &error::PARAMETER_DETAIL, detail)
    }

    /// 403: the call came from where it must not come from.
    pub(super) fn forbidden(detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, &error::PARAMETER_DETAIL, detail)
    }

    /// 404: there is nothing of this name.
    pub(super) fn missing(name: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, &error::PARAMETER_DETAIL, format!("There is nothing called {name}"))
    }

    /// 409: the name belongs to somebody.
    pub(super) fn conflict(detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::CONFLICT, &error::PARAMETER_DETAIL, detail)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status = match &failure {
            Failure::Refused(Refusal::NoObject { .. } | Refusal::NoSuchUser) => StatusCode::NOT_FOUND,
            Failure::Refused(Refusal::Contended) | Failure::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Refused(_) => StatusCode::BAD_REQUEST,
        };
        Self { status, error: failure.into() }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        Failure::from(error).into()
    }
}

impl IntoResponse for Problem {
    /// The body is written by [`written`], which can reach the world's randomness.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the body of a problem, under a fresh trace id.
pub(super) async fn written(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let trace = server.world.ids.random::<11>().iter().fold(String::from("A"), |id, byte| format!("{id}{byte:02x}"));
    (problem.status, Json(problem.error.body(Dialect::Facebook, &trace))).into_response()
}
