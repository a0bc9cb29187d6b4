//! A person's comments under posts.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::{DeleteComment, PostComment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Asked, Body, Empty, Given, With, act, id_of};
use super::problem::Answer;
use crate::state::Server;

/// A comment under a post.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewComment {
    /// Username of the account.
    to: String,
    /// The post; a broadcast takes comments while it runs.
    media_id: String,
    /// 1 to 2200 characters.
    text: String,
    /// The comment that it answers.
    parent_id: Option<String>,
}

/// What was posted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Posted {
    /// The `comment_id` of private replies.
    pub(super) comment_id: String,
}

/// The person comments on a post. It does not open the window; the account may answer it privately, once.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/comments", operation_id = "post_comment", tag = "people",
    params(("username" = String, Path, description = "who comments")), request_body = NewComment,
    responses(
        (status = 200, body = Posted),
        (status = 400, description = "no text, or too much of it; the broadcast or story is over; one of the two has blocked the other"),
        (status = 404, description = "no such person, account, post or comment"),
    ),
)]
pub(super) async fn post(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewComment>,
) -> Answer<Json<Posted>> {
    let parent = new.parent_id.as_deref().map(id_of).transpose()?;
    let comment = PostComment { media: id_of(&new.media_id)?, text: new.text, parent };
    let id = act(&server, &username, &new.to, &comment).await?;
    Ok(Json(Posted { comment_id: id.to_string() }))
}

/// The person deletes a comment of theirs.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/comments/{comment}", operation_id = "delete_comment", tag = "people",
    params(
        ("username" = String, Path, description = "who wrote it"),
        ("comment" = String, Path, description = "the comment"),
        With,
    ),
    responses((status = 200, body = Empty), (status = 404, description = "no such person, account or comment")),
)]
pub(super) async fn delete(
    State(server): State<Server>,
    Path((username, comment)): Path<(String, String)>,
    Asked(asked): Asked<With>,
) -> Given {
    act(&server, &username, &asked.with, &DeleteComment(id_of(&comment)?)).await?;
    Empty::given()
}
