//! What a person does in a thread with an account: write, read, open.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::Side;
use engine::inbound;
use engine::store::{Slice, Start};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, Body, account, limit, person};
use super::problem::Answer;
use crate::state::Server;

/// A text to an account.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewMessage {
    /// Username of the account.
    to: String,
    /// At most 1000 characters.
    text: String,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Written {
    /// The `mid` of webhooks and of the Graph API.
    pub(super) message_id: String,
}

/// Which thread to read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Thread {
    /// Username of the account.
    with: String,
    /// How many messages at most: 1 to 100, usually 25.
    limit: Option<u32>,
}

/// A message as the person sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    id: String,
    /// Username of the writer.
    from: String,
    text: String,
    /// RFC 3339.
    created_time: String,
}

/// Messages of a thread, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Messages {
    data: Vec<MessageView>,
}

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

/// The person writes to an account.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/messages", operation_id = "write_message", tag = "people",
    params(("username" = String, Path, description = "who writes")), request_body = NewMessage,
    responses(
        (status = 200, body = Written),
        (status = 400, description = "no text, or too much of it"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn write(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewMessage>,
) -> Answer<Json<Written>> {
    let (person, account) = (person(&server, &username).await?, account(&server, &new.to).await?);
    let act = inbound::Write { saying: inbound::Saying::Text(new.text), reply_to: None, came: None };
    let message = inbound::act(&server.world, &person, &account, &act).await?;
    Ok(Json(Written { message_id: message.to_string() }))
}

/// A thread as the person sees it, newest message first.
#[utoipa::path(
    get, path = "/_parlance/people/{username}/messages", operation_id = "read_thread", tag = "people",
    params(("username" = String, Path, description = "who reads"), Thread),
    responses(
        (status = 200, body = Messages),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn read(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<Thread>,
) -> Answer<Json<Messages>> {
    let (person, account) = (person(&server, &username).await?, account(&server, &asked.with).await?);
    let store = &server.world.store;
    let Some(user) = store.scoped_user_of(account.id, person.id).await? else {
        return Ok(Json(Messages { data: Vec::new() }));
    };
    let slice = Slice { from: Start::Newest, limit: limit(asked.limit, 25, 100) };
    let part = store.messages(account.id, user.igsid, slice).await?;
    let view = |message: engine::facts::Message| MessageView {
        id: message.id.to_string(),
        from: match message.from {
            Side::Person => person.username.clone(),
            Side::Business => account.username.clone(),
        },
        text: message.content.text().to_owned(),
        created_time: message.created_time.rfc3339(),
    };
    Ok(Json(Messages { data: part.items.into_iter().map(view).collect() }))
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
    let (person, account) = (person(&server, &username).await?, account(&server, &opening.with).await?);
    let seen = inbound::act(&server.world, &person, &account, &inbound::Open).await?;
    Ok(Json(Seen { seen: seen.map(|message| message.to_string()) }))
}
