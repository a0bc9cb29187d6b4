//! Conversations: lists, threads, and what is done with them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::time::Millis;

use super::Api;
use super::answer::{Answer, Refusal};
use super::guard::Caller;
use super::input::{Asked, Body};
use super::shapes::{Conversation, Note, Outbox, Thread};
use crate::Problem;
use crate::desk::reply::Reply;
use crate::desk::rows::ViewCounts;
use crate::desk::triage::Change;
use crate::desk::views::{self, Place, View};
use crate::facts::{self, Field, Status};
use crate::ids::{AgentId, ConnectionId, ConversationId, LabelId, ReplyId, TeamId};
use crate::sql::conversations::Filter;

/// Conversations of a page, unless told.
const PAGE: u32 = 50;

/// Which conversations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListAsked {
    /// `all` (the default), `mine`, `unassigned`, `mentions`, `ending_soon` or `failed`.
    #[param(inline)]
    view: Option<View>,
    /// Only those that stand so.
    #[param(inline)]
    status: Option<Status>,
    /// Only this account's.
    connection: Option<ConnectionId>,
    /// Only those with this label.
    label: Option<LabelId>,
    /// Only this team's.
    team: Option<TeamId>,
    /// Only this agent's.
    assignee: Option<AgentId>,
    /// Only these, at most 50 with commas between them: those of them that the list shows, on one page.
    ids: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// 1 to 100.
    limit: Option<u32>,
}

/// A page of conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page {
    /// The conversations.
    pub items: Vec<Conversation>,
    /// What to give as `after` for the next page; absent behind the last one.
    pub next: Option<String>,
}

/// How many conversations there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// In each view.
    pub views: ViewCounts,
}

/// Which part of a thread.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThreadAsked {
    /// The `older` of the page behind.
    before: Option<String>,
    /// 1 to 100.
    limit: Option<u32>,
}

/// A change of many conversations.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChangeMany {
    /// 1 to 100 conversations.
    conversations: Vec<ConversationId>,
    /// What to do with each.
    change: Change,
}

/// What came of one of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changed {
    /// Which.
    pub id: ConversationId,
    /// As it is now.
    pub conversation: Option<Conversation>,
    /// Why it was not changed.
    pub message: Option<String>,
}

/// A note to be written.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewNote {
    /// What it says; `@name` names somebody.
    text: String,
    /// Whom it names besides.
    #[serde(default)]
    mentions: Vec<AgentId>,
}

/// What somebody has begun to write.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Draft {
    /// The text; an empty one forgets it.
    text: String,
}

/// What agents note of a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Fields {
    /// At most 20, in the order in which they are shown.
    pub fields: Vec<Field>,
}

/// Being at a conversation.
#[derive(Debug, Deserialize, ToSchema)]
pub struct There {
    /// Whether one is writing.
    #[serde(default)]
    typing: bool,
}

/// A canned reply with its variables filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Filled {
    /// The text.
    pub text: String,
}

impl Api {
    /// Conversations as the caller is told of them.
    pub(super) async fn told(&self, caller: &Caller, all: Vec<facts::Conversation>) -> Answer<Vec<Conversation>> {
        let (shown, now) = (self.desk.shown(caller.agent.workspace, all).await?, self.desk.now());
        Ok(shown.into_iter().map(|one| Conversation::told(one, now)).collect())
    }
}

fn place(text: &str) -> Result<Place, Problem> {
    let wrong = || Problem::invalid("after", "give the `next` of the page before");
    let (time, id) = text.split_once('_').ok_or_else(wrong)?;
    let time = time.parse().map(Millis::new).map_err(|_| wrong())?;
    Ok(Place { time, id: id.parse().map_err(|_| wrong())? })
}

/// A page of conversations.
#[utoipa::path(
    get, path = "/inbox/api/conversations", operation_id = "list_conversations", tag = "conversations", params(ListAsked),
    responses((status = 200, body = Page), (status = 400, body = Refusal)),
)]
pub async fn list(State(api): State<Arc<Api>>, caller: Caller, Asked(asked): Asked<ListAsked>) -> Answer<Json<Page>> {
    let ListAsked { view, status, connection, label, team, assignee, ids, after, limit } = asked;
    let filter = Filter { status, connection, label, team, assignee };
    let after = after.as_deref().map(place).transpose()?;
    let view = view.unwrap_or(View::All);
    let page = match ids {
        Some(ids) => {
            let wrong = |_| Problem::invalid("ids", "give ids of conversations with commas between them");
            let ids: Vec<_> = ids.split(',').map(str::parse).collect::<Result<_, _>>().map_err(wrong)?;
            views::Page { items: api.desk.listed(&caller.agent, view, &filter, &ids).await?, next: None }
        }
        None => api.desk.list(&caller.agent, view, &filter, after, limit.unwrap_or(PAGE)).await?,
    };
    Ok(Json(Page {
        items: api.told(&caller, page.items).await?,
        next: page.next.map(|next| format!("{}_{}", next.time.get(), next.id)),
    }))
}

/// How many conversations each view shows, for the figures beside their names.
#[utoipa::path(
    get, path = "/inbox/api/counts", operation_id = "count_conversations", tag = "conversations",
    responses((status = 200, body = Counts)),
)]
pub async fn counts(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Counts>> {
    Ok(Json(Counts { views: api.desk.counts(&caller.agent).await? }))
}

/// Changes many conversations at once.
#[utoipa::path(
    post, path = "/inbox/api/conversations", operation_id = "change_conversations", tag = "conversations",
    request_body = ChangeMany, responses((status = 200, body = Vec<Changed>), (status = 400, body = Refusal)),
)]
pub async fn change_many(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Body(many): Body<ChangeMany>,
) -> Answer<Json<Vec<Changed>>> {
    let done = api.desk.change_many(&caller.agent, &many.conversations, &many.change).await?;
    let (mut changed, mut now) = (Vec::with_capacity(done.len()), Vec::with_capacity(done.len()));
    for (id, done) in done {
        let message = match done {
            Ok(conversation) => {
                now.push(conversation);
                None
            }
            Err(problem) => Some(problem.to_string()),
        };
        changed.push(Changed { id, conversation: None, message });
    }
    let mut now = api.told(&caller, now).await?.into_iter();
    for one in changed.iter_mut().filter(|one| one.message.is_none()) {
        one.conversation = now.next();
    }
    Ok(Json(changed))
}

/// A page of a thread.
#[utoipa::path(
    get, path = "/inbox/api/conversations/{id}", operation_id = "read_conversation", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation"), ThreadAsked),
    responses((status = 200, body = Thread), (status = 404, body = Refusal)),
)]
pub async fn read(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Asked(asked): Asked<ThreadAsked>,
) -> Answer<Json<Thread>> {
    let limit = asked.limit.unwrap_or(PAGE);
    let thread = api.desk.thread(&caller.agent, id, asked.before.as_deref(), limit).await?;
    Ok(Json(Thread::told(thread, api.desk.now())))
}

/// Changes a conversation.
#[utoipa::path(
    post, path = "/inbox/api/conversations/{id}", operation_id = "change_conversation", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = Change,
    responses((status = 200, body = Conversation), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn change(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(change): Body<Change>,
) -> Answer<Json<Conversation>> {
    let changed = api.desk.change(&caller.agent, id, &change).await?;
    Ok(Json(Conversation::told(api.desk.shown_one(changed).await?, api.desk.now())))
}

/// Answers the person. 409 with what is newer, when something newer stands than the author had seen.
#[utoipa::path(
    post, path = "/inbox/api/conversations/{id}/replies", operation_id = "reply", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = Reply,
    responses((status = 200, body = Outbox), (status = 409, body = Refusal), (status = 422, body = Refusal)),
)]
pub async fn reply(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(reply): Body<Reply>,
) -> Answer<Json<Outbox>> {
    Ok(Json(api.desk.reply(&caller.agent, id, reply).await?.into()))
}

/// Writes a note.
#[utoipa::path(
    post, path = "/inbox/api/conversations/{id}/notes", operation_id = "write_note", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = NewNote,
    responses((status = 200, body = Note), (status = 404, body = Refusal)),
)]
pub async fn note(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(new): Body<NewNote>,
) -> Answer<Json<Note>> {
    Ok(Json(api.desk.note(&caller.agent, id, &new.text, &new.mentions).await?.into()))
}

/// Keeps what one has begun to write.
#[utoipa::path(
    put, path = "/inbox/api/conversations/{id}/draft", operation_id = "keep_draft", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = Draft,
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn draft(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(draft): Body<Draft>,
) -> Answer<StatusCode> {
    api.desk.keep_draft(&caller.agent, id, draft.text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes what agents note of the person, in place of what was noted before.
#[utoipa::path(
    put, path = "/inbox/api/conversations/{id}/fields", operation_id = "put_fields", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = Fields,
    responses((status = 200, body = Fields), (status = 400, body = Refusal), (status = 404, body = Refusal)),
)]
pub async fn fields(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(new): Body<Fields>,
) -> Answer<Json<Fields>> {
    Ok(Json(Fields { fields: api.desk.put_fields(&caller.agent, id, new.fields).await? }))
}

/// Says that one is at a conversation; good for 30 seconds.
#[utoipa::path(
    put, path = "/inbox/api/conversations/{id}/presence", operation_id = "be_present", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), request_body = There,
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn be_there(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Body(there): Body<There>,
) -> Answer<StatusCode> {
    api.desk.be_at(&caller.agent, id, there.typing).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that one has left a conversation.
#[utoipa::path(
    delete, path = "/inbox/api/conversations/{id}/presence", operation_id = "leave", tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation")), responses((status = 204)),
)]
pub async fn leave(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<ConversationId>) -> StatusCode {
    api.desk.leave(&caller.agent, id);
    StatusCode::NO_CONTENT
}

/// A canned reply as it reads in this conversation.
#[utoipa::path(
    get, path = "/inbox/api/conversations/{id}/canned_replies/{reply}", operation_id = "fill_canned_reply",
    tag = "conversations",
    params(("id" = ConversationId, Path, description = "the conversation"), ("reply" = ReplyId, Path, description = "the reply")),
    responses((status = 200, body = Filled), (status = 404, body = Refusal)),
)]
pub async fn canned(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path((id, reply)): Path<(ConversationId, ReplyId)>,
) -> Answer<Json<Filled>> {
    Ok(Json(Filled { text: api.desk.fill_canned(&caller.agent, id, reply).await? }))
}
