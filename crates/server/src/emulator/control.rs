//! Control over a person's thread: who has it, and what apps do with it.

use axum::Json;
use axum::extract::{Path, State};
use engine::control;
use engine::facts::{Account, Thread};
use engine::policy::control::{Act, Routing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::id::Igsid;
use wire::time::{Millis, Span};

use super::asked::{Asked, Body, With, account, app, id_of, one_of, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Who controls a thread.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ControlView {
    /// How the account shares threads out: `open` where nothing is configured, `conversation_routing` or `handover`.
    routing: &'static str,
    /// The app that controls the thread; null when it is idle.
    owner_app: Option<String>,
    /// Until when, RFC 3339; null when it is idle, and under the handover protocol, where control has no end.
    owner_until: Option<String>,
    /// The one app that hears on the normal channel and may send; null when every app does.
    listener_app: Option<String>,
}

/// Something that an app does with the control over a thread.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewAct {
    /// Username of the account.
    to: String,
    /// `pass`, `release`, `take`, `request` or `extend`.
    act: String,
    /// Id of the app that does it.
    app: String,
    /// With `pass`, the app that gets the thread, or an inbox; without one the default app.
    target_app: Option<String>,
    /// The app's own text for whoever is told.
    metadata: Option<String>,
    /// With `extend`, seconds from now on, at most seven days; without it all of them.
    duration: Option<i64>,
}

/// Who controls the thread of a person with an account.
#[utoipa::path(
    get, path = "/_parlance/people/{username}/control", operation_id = "read_control", tag = "people",
    params(("username" = String, Path, description = "whose thread"), With),
    responses((status = 200, body = ControlView), (status = 404, description = "no such person or account")),
)]
pub(super) async fn read(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Answer<Json<ControlView>> {
    let account = account(&server, &asked.with).await?;
    Ok(Json(look(&server, &account, &username).await?))
}

/// An app does something with the control over a thread, as by the call of its name.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/control", operation_id = "act_on_control", tag = "people",
    params(("username" = String, Path, description = "whose thread")), request_body = NewAct,
    responses(
        (status = 200, body = ControlView),
        (status = 400, description = "the app may not do that as things stand"),
        (status = 404, description = "no such person, account or app"),
    ),
)]
pub(super) async fn act(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewAct>,
) -> Answer<Json<ControlView>> {
    let (account, app) = (account(&server, &new.to).await?, app(&server, &new.app).await?);
    let target = new.target_app.as_deref().map(id_of).transpose()?;
    let span = new.duration.map_or(engine::policy::control::LONGEST, |s| Span::millis(s.saturating_mul(1_000)));
    let acts = [
        (Act::Pass(target), "pass"),
        (Act::Release, "release"),
        (Act::Take, "take"),
        (Act::Request, "request"),
        (Act::Extend(span), "extend"),
    ];
    let act = one_of("act", &new.act, acts)?;
    let igsid = known(&server, &account, &username).await?.ok_or_else(|| Problem::missing(&username))?;
    control::act(&server.world, &app, &account, igsid, act, new.metadata.as_deref()).await?;
    Ok(Json(look(&server, &account, &username).await?))
}

/// A person's id for an account, if it knows them.
async fn known(server: &Server, account: &Account, username: &str) -> Answer<Option<Igsid>> {
    let person = person(server, username).await?;
    let user = server.world.store.scoped_user_of(account.id, person.id).await?;
    Ok(user.map(|user| user.igsid))
}

async fn look(server: &Server, account: &Account, username: &str) -> Answer<ControlView> {
    let thread: Option<Thread> = match known(server, account, username).await? {
        Some(igsid) => server.world.store.thread(account.id, igsid).await?.map(|view| view.thread),
        None => None,
    };
    let (routing, now) = (Routing::of(account), server.world.now());
    let owner = routing.owner(thread.as_ref(), now);
    let until = thread.as_ref().and_then(|thread| thread.owner_until).filter(|_| owner.is_some());
    let has_end = !matches!(routing, Routing::Primary(_));
    Ok(ControlView {
        routing: routing.name(),
        owner_app: owner.map(|app| app.to_string()),
        owner_until: until.filter(|_| has_end).map(Millis::rfc3339),
        listener_app: routing.listener(thread.as_ref(), now).map(|app| app.to_string()),
    })
}
