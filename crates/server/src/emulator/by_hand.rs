//! What somebody of the business does in Instagram itself, or in an inbox.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::WriteByHand;
use engine::policy::control::{INSTAGRAM_INBOX, PAGE_INBOX};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::id::AppId;

use super::asked::{Body, act, one_of};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A text to a person, or a thread that is moved into an inbox.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ByHand {
    /// Username of the person.
    to: String,
    /// At most 1000 characters; with an `inbox` it may be left out, and the thread is only moved there.
    text: Option<String>,
    /// `instagram` or `page`: the inbox, which has the thread from then on, while apps stand by; without it the app itself,
    /// which changes nothing about control.
    inbox: Option<String>,
}

/// The message that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WrittenByHand {
    /// Null when the thread was only moved.
    message_id: Option<String>,
}

/// Somebody of the business writes in the app or in an inbox: no window limits it, and apps hear its echo.
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
    let inboxes = [(INSTAGRAM_INBOX, "instagram"), (PAGE_INBOX, "page")];
    let inbox: Option<AppId> = said.inbox.as_deref().map(|name| one_of("inbox", name, inboxes)).transpose()?;
    if said.text.is_none() && inbox.is_none() {
        return Err(Problem::parameter("a text or an inbox is needed"));
    }
    let id = act(&server, &said.to, &username, &WriteByHand { text: said.text, inbox }).await?;
    Ok(Json(WrittenByHand { message_id: id.map(|id| id.to_string()) }))
}
