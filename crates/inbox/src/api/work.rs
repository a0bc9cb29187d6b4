//! The outbox, comments, and finding words.

use std::sync::Arc;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::time::Millis;

use super::Api;
use super::answer::{Answer, Refusal};
use super::guard::Caller;
use super::input::{Asked, Body};
use super::shapes::{Comment, Conversation, Outbox};
use crate::Problem;
use crate::desk::attach::Attached;
use crate::ids::{ConversationId, OutboxId};
use crate::policy::{explain, file};

/// Items of a page, unless told.
const PAGE: u32 = 50;

/// Words to be found.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WordsAsked {
    /// The words, each of which may be only the beginning of one.
    q: String,
    /// 1 to 100.
    limit: Option<u32>,
}

/// Something in which the words stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hit {
    /// What it is: `message:<mid>`, `note:<id>` or `person:<conversation>`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// When it was written.
    pub happened_time: i64,
    /// Where.
    pub conversation: Conversation,
}

/// Which comments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CommentsAsked {
    /// The `next` of the page before.
    after: Option<String>,
    /// 1 to 100.
    limit: Option<u32>,
}

/// A page of comments.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comments {
    /// The comments, newest first.
    pub items: Vec<Comment>,
    /// What to give as `after` for the next page; absent behind the last one.
    pub next: Option<String>,
}

/// A private reply to a comment.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PrivateReply {
    /// A name of the composer's own for this reply.
    client_key: String,
    /// The text.
    text: String,
}

/// Finds words in what people wrote, in their names, in notes.
#[utoipa::path(
    get, path = "/inbox/api/search", operation_id = "search", tag = "search", params(WordsAsked),
    responses((status = 200, body = Vec<Hit>)),
)]
pub async fn search(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Asked(asked): Asked<WordsAsked>,
) -> Answer<Json<Vec<Hit>>> {
    let found = api.desk.find(&caller.agent, &asked.q, asked.limit.unwrap_or(PAGE)).await?;
    let (hits, conversations): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let conversations = api.told(&caller, conversations).await?;
    let told = hits.into_iter().zip(conversations).map(|(hit, conversation)| Hit {
        name: hit.name,
        text: hit.text,
        happened_time: hit.happened_time.get(),
        conversation,
    });
    Ok(Json(told.collect()))
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it is there to be described")]
pub struct FileBytes(Vec<u8>);

/// Gives a file to the platform, to be sent in this conversation by the id that is answered: its bytes as they are, their
/// `Content-Type`, and in `x-file-name` perhaps its name. Nothing of it is kept here.
#[utoipa::path(
    post, path = "/inbox/api/conversations/{id}/attachments", operation_id = "attach", tag = "conversations",
    params(
        ("id" = ConversationId, Path, description = "the conversation"),
        ("x-file-name" = Option<String>, Header, description = "the file's name; letters beyond ASCII are left out"),
    ),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = Attached), (status = 404, body = Refusal), (status = 422, body = Refusal)),
)]
pub async fn attach(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    request: Request,
) -> Answer<Json<Attached>> {
    let (parts, body) = request.into_parts();
    let _place = api.desk.may_attach(&caller.agent, id).await?;
    let too_large = |_| Problem::Unsendable(explain::row("file_too_large"));
    let bytes = to_bytes(body, file::FILE_BYTES).await.map_err(too_large)?;
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let declared = text("content-type").unwrap_or_default();
    Ok(Json(api.desk.attach(&caller.agent, id, bytes, declared, text("x-file-name")).await?))
}

/// Tries something again that failed: once.
#[utoipa::path(
    post, path = "/inbox/api/outbox/{id}/retry", operation_id = "retry", tag = "outbox",
    params(("id" = OutboxId, Path, description = "what failed")),
    responses((status = 200, body = Outbox), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn retry(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<OutboxId>) -> Answer<Json<Outbox>> {
    Ok(Json(api.desk.retry(&caller.agent, id).await?.into()))
}

/// Gives up something that failed.
#[utoipa::path(
    delete, path = "/inbox/api/outbox/{id}", operation_id = "discard", tag = "outbox",
    params(("id" = OutboxId, Path, description = "what failed")),
    responses((status = 204), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn discard(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<OutboxId>) -> Answer<StatusCode> {
    api.desk.discard(&caller.agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Comments on the account's posts, newest first.
#[utoipa::path(
    get, path = "/inbox/api/comments", operation_id = "list_comments", tag = "comments", params(CommentsAsked),
    responses((status = 200, body = Comments), (status = 400, body = Refusal)),
)]
pub async fn comments(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Asked(asked): Asked<CommentsAsked>,
) -> Answer<Json<Comments>> {
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, 100);
    let wrong = || Problem::invalid("after", "give the `next` of the page before");
    let after = match &asked.after {
        Some(after) => {
            let (time, id) = after.split_once('_').ok_or_else(wrong)?;
            Some((Millis::new(time.parse().map_err(|_| wrong())?), id.to_owned()))
        }
        None => None,
    };
    let items = api.desk.comments(&caller.agent, after, limit).await?;
    let full = u32::try_from(items.len()).is_ok_and(|count| count == limit);
    let next = items.last().filter(|_| full).map(|last| format!("{}_{}", last.created_time.get(), last.id));
    Ok(Json(Comments { items: items.into_iter().map(Comment::from).collect(), next }))
}

/// Answers a comment privately: once, within seven days.
#[utoipa::path(
    post, path = "/inbox/api/comments/{id}/private_reply", operation_id = "reply_privately", tag = "comments",
    params(("id" = String, Path, description = "the comment")), request_body = PrivateReply,
    responses((status = 200, body = Outbox), (status = 404, body = Refusal), (status = 422, body = Refusal)),
)]
pub async fn private_reply(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<String>,
    Body(reply): Body<PrivateReply>,
) -> Answer<Json<Outbox>> {
    Ok(Json(api.desk.reply_privately(&caller.agent, &id, reply.client_key, reply.text).await?.into()))
}
