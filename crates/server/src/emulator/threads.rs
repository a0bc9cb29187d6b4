//! What a person does with a conversation as a whole: open it, remove it, follow a link into it.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::{FollowLink, Open, Remove};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Asked, Body, Empty, Given, With, act, app};
use super::problem::Answer;
use crate::state::Server;

/// A thread to open.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Opening {
    /// Username of the account.
    with: String,
}

/// What was seen by opening a thread.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Seen {
    /// The account's newest message, or null when there was nothing new to see.
    seen: Option<String>,
}

/// An ig.me link, `https://ig.me/m/{to}?ref={ref}`.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewLink {
    /// Username of the account.
    to: String,
    /// At most 2083 letters, digits, `-`, `_` and `=`.
    r#ref: Option<String>,
    /// Id of the app to which it leads, where the account routes it to one.
    receiving_app_id: Option<String>,
}

/// What came of a link.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Followed {
    /// Whether it is a referral, which opens the window. It is none before there is a conversation, where the first message or tap carries
    /// the `ref`, nor without a `ref`.
    referral: bool,
}

/// The person opens a thread and thereby sees the account's newest message.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/opens", operation_id = "open_thread", tag = "people",
    params(("username" = String, Path, description = "who opens")), request_body = Opening,
    responses((status = 200, body = Seen), (status = 404, description = "no such person or account")),
)]
pub(super) async fn open(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(opening): Body<Opening>,
) -> Answer<Json<Seen>> {
    let seen = act(&server, &username, &opening.with, &Open).await?;
    Ok(Json(Seen { seen: seen.map(|message| message.to_string()) }))
}

/// The person deletes or archives a thread. It comes back when they act again; until then the account cannot write there.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/messages", operation_id = "remove_thread", tag = "people",
    params(("username" = String, Path, description = "who removes it"), With),
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "there is no thread"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn remove(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Given {
    act(&server, &username, &asked.with, &Remove).await?;
    Empty::given()
}

/// The person follows an ig.me link to an account.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/links", operation_id = "follow_link", tag = "people",
    params(("username" = String, Path, description = "who follows it")), request_body = NewLink,
    responses(
        (status = 200, body = Followed),
        (status = 400, description = "not a ref; one of the two has blocked the other"),
        (status = 404, description = "no such person, account or app"),
    ),
)]
pub(super) async fn follow_link(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewLink>,
) -> Answer<Json<Followed>> {
    let app = match &new.receiving_app_id {
        Some(id) => Some(app(&server, id).await?.id),
        None => None,
    };
    let referral = act(&server, &username, &new.to, &FollowLink { r#ref: new.r#ref, app }).await?;
    Ok(Json(Followed { referral }))
}
