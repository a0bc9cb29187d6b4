//! Coming in and going out, and what is one's own.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{Extensions, HeaderMap, HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Refusal};
use super::guard::{Caller, set_cookie};
use super::input::Body;
use super::shapes::{Agent, Session, Workspace};
use super::{Api, shapes};
use crate::desk::session::{Login, Newcomer};
use crate::ids::SessionId;

/// Who is logged in, and where.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The agent.
    pub agent: Agent,
    /// The desk.
    pub workspace: Workspace,
    /// The present moment of the desk, by which countdowns run.
    pub now: i64,
}

/// A new name.
#[derive(Deserialize, ToSchema)]
pub struct NewName {
    /// 1 to 100 bytes.
    pub name: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
pub struct NewPassword {
    /// The old one.
    pub old: String,
    /// The new one, of 10 characters or more.
    pub new: String,
}

/// A secret for an authenticator, and a code of it.
#[derive(Deserialize, ToSchema)]
pub struct Code {
    /// The secret that was told.
    pub secret: String,
    /// The code that the authenticator shows now.
    pub code: String,
}

/// What an authenticator takes.
#[derive(Serialize, ToSchema)]
pub struct NewCode {
    /// The secret, for typing.
    pub secret: String,
    /// The address, for a picture to be scanned.
    pub address: String,
}

/// Whether one takes new conversations.
#[derive(Deserialize, ToSchema)]
pub struct Available {
    /// True when one does.
    pub available: bool,
}

type In = ([(HeaderName, String); 1], Json<Me>);

async fn me(api: &Api, agent: crate::facts::Agent) -> Answer<Me> {
    let workspace = api.desk.workspace(agent.workspace).await?.into();
    Ok(Me { agent: agent.into(), workspace, now: api.desk.now().get() })
}

fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

/// Logs in.
#[utoipa::path(
    post, path = "/inbox/api/session", operation_id = "log_in", tag = "session", request_body = Login,
    responses((status = 200, body = Me), (status = 401, body = Refusal), (status = 429, body = Refusal)),
)]
pub async fn log_in(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    extensions: Extensions,
    Body(login): Body<Login>,
) -> Answer<In> {
    let from = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let (agent, token) = api.desk.log_in(login, from.as_deref(), device(&headers)).await?;
    Ok(([set_cookie(Some(&token), api.secure)], Json(me(&api, agent).await?)))
}

/// Comes in by a one-time link.
#[utoipa::path(
    post, path = "/inbox/api/join", operation_id = "join", tag = "session", request_body = Newcomer,
    responses((status = 200, body = Me), (status = 400, body = Refusal), (status = 404, body = Refusal)),
)]
pub async fn join(State(api): State<Arc<Api>>, headers: HeaderMap, Body(new): Body<Newcomer>) -> Answer<In> {
    let (agent, token) = api.desk.come_in(new, device(&headers)).await?;
    Ok(([set_cookie(Some(&token), api.secure)], Json(me(&api, agent).await?)))
}

/// Who is logged in.
#[utoipa::path(
    get, path = "/inbox/api/session", operation_id = "read_session", tag = "session",
    responses((status = 200, body = Me), (status = 401, body = Refusal)),
)]
pub async fn read(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Me>> {
    me(&api, caller.agent).await.map(Json)
}

/// Logs out.
#[utoipa::path(
    delete, path = "/inbox/api/session", operation_id = "log_out", tag = "session", responses((status = 204)),
)]
pub async fn log_out(State(api): State<Arc<Api>>, caller: Caller) -> Answer<(StatusCode, [(HeaderName, String); 1])> {
    api.desk.end_session(&caller.agent, caller.session.id).await?;
    Ok((StatusCode::NO_CONTENT, [set_cookie(None, api.secure)]))
}

/// One's log-ins.
#[utoipa::path(
    get, path = "/inbox/api/sessions", operation_id = "list_sessions", tag = "session",
    responses((status = 200, body = Vec<Session>)),
)]
pub async fn list(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<Session>>> {
    let all = api.desk.sessions(&caller.agent).await?;
    let told = |one: crate::facts::Session| shapes::Session {
        current: one.id == caller.session.id,
        id: one.id,
        device: one.device,
        created_time: one.created_time.get(),
        seen_time: one.seen_time.get(),
        ends_time: one.ends_time.get(),
    };
    Ok(Json(all.into_iter().map(told).collect()))
}

/// Ends one of one's log-ins.
#[utoipa::path(
    delete, path = "/inbox/api/sessions/{id}", operation_id = "end_session", tag = "session",
    params(("id" = SessionId, Path, description = "the log-in")),
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn end(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<SessionId>) -> Answer<StatusCode> {
    api.desk.end_session(&caller.agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all of one's log-ins but this one.
#[utoipa::path(
    delete, path = "/inbox/api/sessions", operation_id = "end_other_sessions", tag = "session",
    responses((status = 204)),
)]
pub async fn end_others(State(api): State<Arc<Api>>, caller: Caller) -> Answer<StatusCode> {
    api.desk.end_other_sessions(&caller.agent, &caller.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's own name.
#[utoipa::path(
    put, path = "/inbox/api/me/name", operation_id = "rename", tag = "session", request_body = NewName,
    responses((status = 200, body = Agent), (status = 400, body = Refusal)),
)]
pub async fn rename(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<NewName>) -> Answer<Json<Agent>> {
    Ok(Json(api.desk.rename(&caller.agent, &new.name).await?.into()))
}

/// Changes one's password; all other log-ins end.
#[utoipa::path(
    put, path = "/inbox/api/me/password", operation_id = "change_password", tag = "session", request_body = NewPassword,
    responses((status = 204), (status = 400, body = Refusal), (status = 401, body = Refusal)),
)]
pub async fn password(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<NewPassword>) -> Answer<StatusCode> {
    api.desk.change_password(&caller.agent, &caller.session, new.old, new.new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A secret for an authenticator; it counts once a code of it was shown.
#[utoipa::path(
    post, path = "/inbox/api/me/code", operation_id = "new_code", tag = "session", responses((status = 200, body = NewCode)),
)]
pub async fn new_code(State(api): State<Arc<Api>>, caller: Caller) -> Json<NewCode> {
    let (secret, address) = api.desk.new_code(&caller.agent);
    Json(NewCode { secret, address })
}

/// From now on logging in needs a code.
#[utoipa::path(
    put, path = "/inbox/api/me/code", operation_id = "set_code", tag = "session", request_body = Code,
    responses((status = 204), (status = 400, body = Refusal)),
)]
pub async fn set_code(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<Code>) -> Answer<StatusCode> {
    api.desk.set_code(&caller.agent, Some((&new.secret, &new.code))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Logging in needs no code any more.
#[utoipa::path(
    delete, path = "/inbox/api/me/code", operation_id = "remove_code", tag = "session", responses((status = 204)),
)]
pub async fn remove_code(State(api): State<Arc<Api>>, caller: Caller) -> Answer<StatusCode> {
    api.desk.set_code(&caller.agent, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether one takes new conversations.
#[utoipa::path(
    put, path = "/inbox/api/me/available", operation_id = "set_available", tag = "session", request_body = Available,
    responses((status = 200, body = Agent)),
)]
pub async fn available(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<Available>) -> Answer<Json<Agent>> {
    Ok(Json(api.desk.set_available(&caller.agent, new.available).await?.into()))
}
