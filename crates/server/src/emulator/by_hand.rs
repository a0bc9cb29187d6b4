//! What somebody of the business does in Instagram itself.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::WriteByHand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, act};
use super::problem::Answer;
use crate::state::Server;

/// A text to a person.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ByHand {
    /// Username of the person.
    to: String,
    /// At most 1000 characters.
    text: String,
}

/// The message that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WrittenByHand {
    message_id: String,
}

/// Somebody of the business writes in the app: no window limits it, and apps hear its echo.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/messages", operation_id = "write_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = ByHand,
    responses(
        (status = 200, body = WrittenByHand),
        (status = 400, description = "no text, or one of the two has blocked the other"),
        (status = 404, description = "no such account or person"),
    ),
)]
pub(super) async fn write(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(said): Body<ByHand>,
) -> Answer<Json<WrittenByHand>> {
    let id = act(&server, &said.to, &username, &WriteByHand { text: said.text }).await?;
    Ok(Json(WrittenByHand { message_id: id.to_string() }))
}
