//! How the API says no: a status, and `{"error": {"reason", "message", …}}` whose reason stays the same in every language.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Message, Outbox};
use crate::Problem;

/// What a handler answers.
pub type Answer<T> = Result<T, Problem>;

/// The body of a refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refusal {
    /// What is wrong.
    pub error: Why,
}

/// Why something was refused.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Why {
    /// A name that stays the same in every language.
    pub reason: &'static str,
    /// A sentence that says what happened and what to do.
    pub message: String,
    /// The field that makes no sense.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// When it may be tried again, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// With `conflict`: what arrived since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<Newer>,
}

/// What stands against a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct Newer {
    /// What arrived.
    pub messages: Vec<Message>,
    /// What others are sending.
    pub outbox: Vec<Outbox>,
}

impl Problem {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NoSuch(_) => StatusCode::NOT_FOUND,
            Problem::NotAllowed(_) => StatusCode::FORBIDDEN,
            Problem::Invalid { .. } => StatusCode::BAD_REQUEST,
            Problem::Unseen(_) | Problem::Conflict(_) => StatusCode::CONFLICT,
            Problem::Unsendable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Nobody | Problem::WrongLogin | Problem::CodeNeeded => StatusCode::UNAUTHORIZED,
            Problem::Busy | Problem::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Platform(_) => StatusCode::BAD_GATEWAY,
            Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Problem::NoSuch(_) => "not_found",
            Problem::NotAllowed(_) => "not_allowed",
            Problem::Invalid { .. } => "invalid",
            Problem::Unseen(_) => "conflict",
            Problem::Conflict(_) => "in_the_way",
            Problem::Unsendable(row) => row.reason,
            Problem::TooOften(_) => "too_often",
            Problem::Nobody => "log_in",
            Problem::WrongLogin => "wrong_login",
            Problem::CodeNeeded => "code_needed",
            Problem::Busy => "busy",
            Problem::Store(_) => "database",
            Problem::Platform(_) => "platform",
            Problem::Broken(_) => "broken",
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, reason, message) = (self.status(), self.reason(), self.to_string());
        let mut why = Why { reason, message, ..Why::default() };
        match self {
            Problem::Invalid { field, .. } => why.field = Some(field),
            Problem::TooOften(until) => why.until = Some(until.get()),
            Problem::Unseen(newer) => {
                let messages = newer.messages.into_iter().map(Message::from).collect();
                why.newer = Some(Newer { messages, outbox: newer.outbox.into_iter().map(Outbox::from).collect() });
            }
            Problem::Store(error) => {
                tracing::error!(%error, "the inbox's database failed a call");
                "the inbox's database cannot serve at the moment: try again".clone_into(&mut why.message);
            }
            Problem::Broken(error) => {
                tracing::error!(error, "the inbox failed a call");
                "something of the inbox's own is broken: tell whoever looks after it".clone_into(&mut why.message);
            }
            _ => {}
        }
        (status, Json(Refusal { error: why })).into_response()
    }
}
