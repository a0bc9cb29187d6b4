//! How the desk is set up: agents, teams, labels, canned replies, views, accounts; and the audit log.

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
use super::shapes::{Agent, Connection, Team, Workspace};
use crate::Problem;
use crate::desk::connect::NewConnection;
use crate::desk::people::AgentChange;
use crate::facts::{Assignment, CannedReply, Colour, Label, Role, SavedView};
use crate::ids::{AgentId, ConnectionId, EntryId, LabelId, ReplyId, TeamId, ViewId};
use crate::policy::access::{Action, may};
use crate::sql::access::Audit;
use crate::sql::{access, teamwork};

/// How a desk is set up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetUp {
    /// Its name.
    name: String,
    /// How conversations without a team are assigned.
    assignment: Assignment,
    /// Whether agents see what others are assigned to.
    agents_see_all: bool,
}

/// An invitation to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Invite {
    /// As what somebody comes in.
    role: Role,
}

/// A one-time link.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invited {
    /// Its secret, told once and good for seven days: `/inbox/join#<link>`.
    pub link: String,
}

/// A team to be made or changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutTeam {
    /// Its name, which no other has.
    name: String,
    /// How its conversations are assigned.
    assignment: Assignment,
}

/// A label to be made or changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutLabel {
    /// Its name, which no other has.
    name: String,
    /// Its colour.
    colour: Colour,
}

/// A canned reply to be made or changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutReply {
    /// What is typed behind `/`.
    shortcut: String,
    /// What it is for.
    title: String,
    /// The text, with variables such as `{{first_name|there}}`.
    text: String,
}

/// A view to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutView {
    /// Its name.
    name: String,
    /// The filter, as it stands in the address.
    query: String,
    /// True for everybody's, which supervisors keep.
    #[serde(default)]
    shared: bool,
}

/// An account to be connected.
#[derive(Deserialize, ToSchema)]
pub struct Connect {
    /// What it is connected with.
    #[serde(flatten)]
    new: NewConnection,
    /// The app's id, to have its webhooks subscribed as well.
    app_id: Option<String>,
    /// Where the platform reaches this inbox, such as `https://desk.example.com`; needed with `app_id`.
    public_url: Option<String>,
}

/// A connected account, with what is to be entered on the platform's side.
#[derive(Debug, Serialize, ToSchema)]
pub struct Connected {
    /// The account.
    pub connection: Connection,
    /// The path of its webhook's callback.
    pub callback_path: String,
    /// The verify token of its webhook, told once.
    pub verify_token: String,
    /// Whether its webhooks are subscribed; false when callback and verify token are to be entered in the app's dashboard.
    pub subscribed: bool,
}

/// How far catching up with an account has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaughtUp {
    /// The account.
    pub connection: Connection,
    /// When the rest is read, by itself; absent when all was read.
    pub later: Option<i64>,
    /// The present moment, by the platform's clock.
    pub now: i64,
}

/// Which entries of the audit log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditAsked {
    /// Older than this entry.
    before: Option<EntryId>,
    /// 1 to 200.
    limit: Option<u32>,
}

/// How the desk is set up.
#[utoipa::path(
    put, path = "/inbox/api/workspace", operation_id = "set_up", tag = "settings", request_body = SetUp,
    responses((status = 200, body = Workspace), (status = 400, body = Refusal)),
)]
pub async fn set_up(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<SetUp>) -> Answer<Json<Workspace>> {
    let done = api.desk.set_up(&caller.agent, &new.name, new.assignment, new.agents_see_all).await?;
    Ok(Json(done.into()))
}

/// Everybody who works here.
#[utoipa::path(
    get, path = "/inbox/api/agents", operation_id = "list_agents", tag = "settings",
    responses((status = 200, body = Vec<Agent>)),
)]
pub async fn agents(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<Agent>>> {
    let all = api.desk.agents(caller.agent.workspace).await?;
    Ok(Json(all.into_iter().map(Agent::from).collect()))
}

/// Changes an agent.
#[utoipa::path(
    post, path = "/inbox/api/agents/{id}", operation_id = "change_agent", tag = "settings",
    params(("id" = AgentId, Path, description = "the agent")), request_body = AgentChange,
    responses((status = 200, body = Agent), (status = 403, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn change_agent(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<AgentId>,
    Body(change): Body<AgentChange>,
) -> Answer<Json<Agent>> {
    Ok(Json(api.desk.change_agent(&caller.agent, id, &change).await?.into()))
}

/// Makes a one-time link by which somebody comes in.
#[utoipa::path(
    post, path = "/inbox/api/invitations", operation_id = "invite", tag = "settings", request_body = Invite,
    responses((status = 200, body = Invited), (status = 403, body = Refusal)),
)]
pub async fn invite(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<Invite>) -> Answer<Json<Invited>> {
    Ok(Json(Invited { link: api.desk.invite(&caller.agent, new.role).await? }))
}

/// The teams.
#[utoipa::path(
    get, path = "/inbox/api/teams", operation_id = "list_teams", tag = "settings", responses((status = 200, body = Vec<Team>)),
)]
pub async fn teams(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<Team>>> {
    let all = api.desk.teams(caller.agent.workspace).await?;
    Ok(Json(all.into_iter().map(told).collect()))
}

fn told((team, members): (crate::facts::Team, Vec<AgentId>)) -> Team {
    Team { id: team.id, name: team.name, assignment: team.assignment, members }
}

async fn one_team(api: &Api, caller: &Caller, id: TeamId) -> Answer<Json<Team>> {
    let all = api.desk.teams(caller.agent.workspace).await?;
    all.into_iter().find(|(team, _)| team.id == id).map(told).map(Json).ok_or(Problem::NoSuch("team"))
}

/// Makes a team.
#[utoipa::path(
    post, path = "/inbox/api/teams", operation_id = "add_team", tag = "settings", request_body = PutTeam,
    responses((status = 200, body = Team), (status = 409, body = Refusal)),
)]
pub async fn add_team(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<PutTeam>) -> Answer<Json<Team>> {
    let team = api.desk.put_team(&caller.agent, None, &new.name, new.assignment).await?;
    one_team(&api, &caller, team.id).await
}

/// Changes a team.
#[utoipa::path(
    put, path = "/inbox/api/teams/{id}", operation_id = "change_team", tag = "settings",
    params(("id" = TeamId, Path, description = "the team")), request_body = PutTeam,
    responses((status = 200, body = Team), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn change_team(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<TeamId>,
    Body(new): Body<PutTeam>,
) -> Answer<Json<Team>> {
    api.desk.put_team(&caller.agent, Some(id), &new.name, new.assignment).await?;
    one_team(&api, &caller, id).await
}

/// Puts somebody into a team.
#[utoipa::path(
    put, path = "/inbox/api/teams/{id}/members/{agent}", operation_id = "join_team", tag = "settings",
    params(("id" = TeamId, Path, description = "the team"), ("agent" = AgentId, Path, description = "the agent")),
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn join_team(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path((id, agent)): Path<(TeamId, AgentId)>,
) -> Answer<StatusCode> {
    api.desk.set_member(&caller.agent, id, agent, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes somebody out of a team.
#[utoipa::path(
    delete, path = "/inbox/api/teams/{id}/members/{agent}", operation_id = "leave_team", tag = "settings",
    params(("id" = TeamId, Path, description = "the team"), ("agent" = AgentId, Path, description = "the agent")),
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn leave_team(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path((id, agent)): Path<(TeamId, AgentId)>,
) -> Answer<StatusCode> {
    api.desk.set_member(&caller.agent, id, agent, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The labels.
#[utoipa::path(
    get, path = "/inbox/api/labels", operation_id = "list_labels", tag = "settings",
    responses((status = 200, body = Vec<Label>)),
)]
pub async fn labels(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<Label>>> {
    Ok(Json(api.desk.store.many(teamwork::labels(caller.agent.workspace)).await?))
}

/// Makes a label.
#[utoipa::path(
    post, path = "/inbox/api/labels", operation_id = "add_label", tag = "settings", request_body = PutLabel,
    responses((status = 200, body = Label), (status = 409, body = Refusal)),
)]
pub async fn add_label(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<PutLabel>) -> Answer<Json<Label>> {
    Ok(Json(api.desk.put_label(&caller.agent, None, &new.name, new.colour).await?))
}

/// Changes a label.
#[utoipa::path(
    put, path = "/inbox/api/labels/{id}", operation_id = "change_label", tag = "settings",
    params(("id" = LabelId, Path, description = "the label")), request_body = PutLabel,
    responses((status = 200, body = Label), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn change_label(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<LabelId>,
    Body(new): Body<PutLabel>,
) -> Answer<Json<Label>> {
    Ok(Json(api.desk.put_label(&caller.agent, Some(id), &new.name, new.colour).await?))
}

/// Takes a label away.
#[utoipa::path(
    delete, path = "/inbox/api/labels/{id}", operation_id = "remove_label", tag = "settings",
    params(("id" = LabelId, Path, description = "the label")),
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn remove_label(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<LabelId>) -> Answer<StatusCode> {
    api.desk.remove_label(&caller.agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The canned replies.
#[utoipa::path(
    get, path = "/inbox/api/canned_replies", operation_id = "list_canned_replies", tag = "settings",
    responses((status = 200, body = Vec<CannedReply>)),
)]
pub async fn replies(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<CannedReply>>> {
    Ok(Json(api.desk.store.many(teamwork::replies(caller.agent.workspace)).await?))
}

/// Makes a canned reply.
#[utoipa::path(
    post, path = "/inbox/api/canned_replies", operation_id = "add_canned_reply", tag = "settings", request_body = PutReply,
    responses((status = 200, body = CannedReply), (status = 409, body = Refusal)),
)]
pub async fn add_reply(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Body(new): Body<PutReply>,
) -> Answer<Json<CannedReply>> {
    let id = ReplyId::make(api.desk.now(), api.desk.entropy.as_ref());
    let reply = CannedReply { id, shortcut: new.shortcut, title: new.title, text: new.text };
    Ok(Json(api.desk.put_canned(&caller.agent, reply, true).await?))
}

/// Changes a canned reply.
#[utoipa::path(
    put, path = "/inbox/api/canned_replies/{id}", operation_id = "change_canned_reply", tag = "settings",
    params(("id" = ReplyId, Path, description = "the reply")), request_body = PutReply,
    responses((status = 200, body = CannedReply), (status = 404, body = Refusal), (status = 409, body = Refusal)),
)]
pub async fn change_reply(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ReplyId>,
    Body(new): Body<PutReply>,
) -> Answer<Json<CannedReply>> {
    let reply = CannedReply { id, shortcut: new.shortcut, title: new.title, text: new.text };
    Ok(Json(api.desk.put_canned(&caller.agent, reply, false).await?))
}

/// Takes a canned reply away.
#[utoipa::path(
    delete, path = "/inbox/api/canned_replies/{id}", operation_id = "remove_canned_reply", tag = "settings",
    params(("id" = ReplyId, Path, description = "the reply")),
    responses((status = 204), (status = 404, body = Refusal)),
)]
pub async fn remove_reply(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<ReplyId>) -> Answer<StatusCode> {
    api.desk.remove_canned(&caller.agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own views and everybody's.
#[utoipa::path(
    get, path = "/inbox/api/views", operation_id = "list_views", tag = "settings",
    responses((status = 200, body = Vec<SavedView>)),
)]
pub async fn views(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<SavedView>>> {
    Ok(Json(api.desk.store.many(teamwork::views(caller.agent.workspace, caller.agent.id)).await?))
}

/// Whose a view is to be; everybody's are for supervisors to keep.
fn whose(caller: &Caller, shared: bool) -> Result<Option<AgentId>, Problem> {
    if shared && !may(caller.agent.role, Action::Arrange) {
        return Err(Problem::NotAllowed("views for everybody are kept by supervisors"));
    }
    Ok((!shared).then_some(caller.agent.id))
}

/// Keeps a view.
#[utoipa::path(
    post, path = "/inbox/api/views", operation_id = "add_view", tag = "settings", request_body = PutView,
    responses((status = 200, body = SavedView), (status = 403, body = Refusal)),
)]
pub async fn add_view(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Body(new): Body<PutView>,
) -> Answer<Json<SavedView>> {
    let id = ViewId::make(api.desk.now(), api.desk.entropy.as_ref());
    let view = SavedView { id, agent: whose(&caller, new.shared)?, name: new.name, query: new.query };
    Ok(Json(api.desk.put_view(&caller.agent, view, true).await?))
}

/// Takes a view away.
#[utoipa::path(
    delete, path = "/inbox/api/views/{id}", operation_id = "remove_view", tag = "settings",
    params(("id" = ViewId, Path, description = "the view")),
    responses((status = 204), (status = 403, body = Refusal), (status = 404, body = Refusal)),
)]
pub async fn remove_view(State(api): State<Arc<Api>>, caller: Caller, Path(id): Path<ViewId>) -> Answer<StatusCode> {
    let view = api.desk.own_view(&caller.agent, id).await?;
    whose(&caller, view.agent.is_none())?;
    api.desk.remove_view(&caller.agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The connected accounts.
#[utoipa::path(
    get, path = "/inbox/api/connections", operation_id = "list_connections", tag = "settings",
    responses((status = 200, body = Vec<Connection>)),
)]
pub async fn connections(State(api): State<Arc<Api>>, caller: Caller) -> Answer<Json<Vec<Connection>>> {
    let all = api.desk.connections(caller.agent.workspace).await?;
    Ok(Json(all.into_iter().map(Connection::from).collect()))
}

/// Connects an account, or gives one new secrets.
#[utoipa::path(
    post, path = "/inbox/api/connections", operation_id = "connect", tag = "settings", request_body = Connect,
    responses((status = 200, body = Connected), (status = 400, body = Refusal), (status = 502, body = Refusal)),
)]
pub async fn connect(State(api): State<Arc<Api>>, caller: Caller, Body(new): Body<Connect>) -> Answer<Json<Connected>> {
    let connected = api.desk.connect_as(&caller.agent, new.new).await?;
    let subscribed = match (&new.app_id, &new.public_url) {
        (Some(app), Some(url)) => api.desk.subscribe(&connected, app, url).await?,
        (Some(_), None) => return Err(Problem::invalid("public_url", "say where the platform reaches this inbox")),
        _ => false,
    };
    Ok(Json(Connected {
        callback_path: format!("/inbox/webhooks/{}", connected.connection.id),
        connection: connected.connection.into(),
        verify_token: connected.verify_token,
        subscribed,
    }))
}

/// Reads at once what webhooks may have missed, instead of when it is due, and hears what time it is on the platform.
#[utoipa::path(
    post, path = "/inbox/api/connections/{id}/catch_up", operation_id = "catch_up", tag = "settings",
    params(("id" = ConnectionId, Path, description = "the account")),
    responses((status = 200, body = CaughtUp), (status = 404, body = Refusal), (status = 502, body = Refusal)),
)]
pub async fn catch_up(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Path(id): Path<ConnectionId>,
) -> Answer<Json<CaughtUp>> {
    let (connection, later) = api.desk.catch_up_now(&caller.agent, id).await?;
    Ok(Json(CaughtUp { connection: connection.into(), later: later.map(Millis::get), now: api.desk.now().get() }))
}

/// Who did what, newest first.
#[utoipa::path(
    get, path = "/inbox/api/audit", operation_id = "read_audit", tag = "settings", params(AuditAsked),
    responses((status = 200, body = Vec<Audit>), (status = 403, body = Refusal)),
)]
pub async fn audit(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Asked(asked): Asked<AuditAsked>,
) -> Answer<Json<Vec<Audit>>> {
    let limit = asked.limit.unwrap_or(50).clamp(1, 200);
    Ok(Json(api.desk.store.list(access::audit(caller.agent.workspace, asked.before, limit)).await?))
}
