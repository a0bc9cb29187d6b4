//! What is between a person and an account: following, blocking; and what of a person nobody is told.

use axum::extract::{Path, State};
use engine::inbound::{Block, Follow};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::{Asked, Body, Empty, Given, With, account, act, person};
use crate::state::Server;

/// An account that something is done to.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Whom {
    /// Username of the account.
    to: String,
}

/// The person follows an account: a first message of theirs is no request then.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/follows", operation_id = "follow", tag = "people",
    params(("username" = String, Path, description = "who follows")), request_body = Whom,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "one of the two has blocked the other"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn follow(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(whom): Body<Whom>,
) -> Given {
    act(&server, &username, &whom.to, &Follow(true)).await?;
    Empty::given()
}

/// The person follows an account no more.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/follows", operation_id = "unfollow", tag = "people",
    params(("username" = String, Path, description = "who followed"), With),
    responses((status = 200, body = Empty), (status = 404, description = "no such person or account")),
)]
pub(super) async fn unfollow(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Given {
    act(&server, &username, &asked.with, &Follow(false)).await?;
    Empty::given()
}

/// The person blocks an account: neither can write to the other.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/blocks", operation_id = "block", tag = "people",
    params(("username" = String, Path, description = "who blocks")), request_body = Whom,
    responses((status = 200, body = Empty), (status = 404, description = "no such person or account")),
)]
pub(super) async fn block(State(server): State<Server>, Path(username): Path<String>, Body(whom): Body<Whom>) -> Given {
    act(&server, &username, &whom.to, &Block(true)).await?;
    Empty::given()
}

/// The person blocks an account no more.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/blocks", operation_id = "unblock", tag = "people",
    params(("username" = String, Path, description = "who blocked"), With),
    responses((status = 200, body = Empty), (status = 404, description = "no such person or account")),
)]
pub(super) async fn unblock(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Given {
    act(&server, &username, &asked.with, &Block(false)).await?;
    Empty::given()
}

/// The person begins to write. On Instagram nobody is told, and nothing changes.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/typings", operation_id = "type", tag = "people",
    params(("username" = String, Path, description = "who types")), request_body = Whom,
    responses((status = 200, body = Empty), (status = 404, description = "no such person or account")),
)]
pub(super) async fn typing(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(whom): Body<Whom>,
) -> Given {
    nothing(&server, &username, &whom.to).await
}

/// The person looks at an account's profile. Nobody is told, and nothing changes.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/visits", operation_id = "visit", tag = "people",
    params(("username" = String, Path, description = "who looks")), request_body = Whom,
    responses((status = 200, body = Empty), (status = 404, description = "no such person or account")),
)]
pub(super) async fn visit(State(server): State<Server>, Path(username): Path<String>, Body(whom): Body<Whom>) -> Given {
    nothing(&server, &username, &whom.to).await
}

async fn nothing(server: &Server, username: &str, to: &str) -> Given {
    let (_, _) = (person(server, username).await?, account(server, to).await?);
    Empty::given()
}
