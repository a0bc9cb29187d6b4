//! A person's reactions to messages.

use axum::extract::{Path, State};
use engine::inbound::React;
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, act_on, id_of};
use crate::state::Server;

/// A reaction to a message.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewReaction {
    /// A message of either side.
    message_id: String,
    /// An emoji, or `love`.
    reaction: String,
}

/// The person reacts to a message, over a reaction of theirs that was there.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/reactions", operation_id = "react", tag = "people",
    params(("username" = String, Path, description = "who reacts")), request_body = NewReaction,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "not an emoji; one of the two has blocked the other"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn react(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewReaction>,
) -> Given {
    let message = id_of(&new.message_id)?;
    act_on(&server, &username, message, &React { message, emoji: Some(new.reaction) }).await?;
    Empty::given()
}

/// The person takes their reaction to a message back.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/reactions/{message}", operation_id = "unreact", tag = "people",
    params(
        ("username" = String, Path, description = "who reacted"),
        ("message" = String, Path, description = "the message"),
    ),
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "they have no reaction there"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn unreact(State(server): State<Server>, Path((username, message)): Path<(String, String)>) -> Given {
    let message = id_of(&message)?;
    act_on(&server, &username, message, &React { message, emoji: None }).await?;
    Empty::given()
}
