//! What the platform does to an account that breaks its rules.

use axum::extract::{Path, State};
use engine::enforce::{Action, enforce};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, account, one_of};
use crate::state::Server;

/// What is done.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewEnforcement {
    /// `warning`; `block`, after which the account may not use the API; `unblock`.
    action: String,
    /// Why, at most 500 characters; an unblock has none.
    reason: Option<String>,
}

/// Warns, blocks or unblocks an account. Apps that came by Facebook Login hear of it.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/enforcements", operation_id = "enforce", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = NewEnforcement,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "not an action, or a reason too many or too few"),
        (status = 404, description = "no such account"),
    ),
)]
pub(super) async fn post(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewEnforcement>,
) -> Given {
    let account = account(&server, &username).await?;
    let action = one_of("action", &new.action, Action::ALL)?;
    enforce(&server.world, &account, action, new.reason.as_deref()).await?;
    Empty::given()
}
