//! Apps: what review gave them, and who has a role on them.

use axum::Json;
use axum::extract::{Path, State};
use engine::change::{Change, ChangeSet};
use engine::facts::{App, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, app, nullable, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// An app.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AppView {
    id: String,
    name: String,
    /// Its id for Instagram Login.
    instagram_app_id: String,
    /// Whether it is published.
    live: bool,
    /// Whether its permissions have Advanced Access.
    advanced_access: bool,
    /// Whether it holds the Human Agent feature.
    human_agent: bool,
    #[serde(flatten)]
    callbacks: Callbacks,
}

/// Where an app is told of people who leave it, by either login product.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Callbacks {
    deauth_callback_url: Option<String>,
    data_deletion_url: Option<String>,
    instagram_deauth_callback_url: Option<String>,
    instagram_data_deletion_url: Option<String>,
}

/// All apps.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Apps {
    data: Vec<AppView>,
}

/// What is to be different about an app; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct AppChange {
    live: Option<bool>,
    advanced_access: Option<bool>,
    human_agent: Option<bool>,
    /// Told when somebody takes the app off, by Facebook Login; null for nowhere.
    #[serde(default, deserialize_with = "nullable")]
    deauth_callback_url: Option<Option<String>>,
    /// Told when somebody wants their data deleted, by Facebook Login.
    #[serde(default, deserialize_with = "nullable")]
    data_deletion_url: Option<Option<String>>,
    /// The same two by Instagram Login.
    #[serde(default, deserialize_with = "nullable")]
    instagram_deauth_callback_url: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    instagram_data_deletion_url: Option<Option<String>>,
}

/// Every app.
#[utoipa::path(
    get, path = "/_parlance/apps", operation_id = "list_apps", tag = "apps",
    responses((status = 200, body = Apps)),
)]
pub(super) async fn list(State(server): State<Server>) -> Answer<Json<Apps>> {
    let data = server.world.store.apps().await?.iter().map(view).collect();
    Ok(Json(Apps { data }))
}

/// Changes what review gave an app, and where it is told of people who leave it. One that is not live, or has no Advanced Access, reaches only people with a role on it.
#[utoipa::path(
    post, path = "/_parlance/apps/{app}", operation_id = "change_app", tag = "apps",
    params(("app" = String, Path, description = "either of its ids")), request_body = AppChange,
    responses(
        (status = 200, body = AppView),
        (status = 400, description = "not an address that may be posted to"),
        (status = 404, description = "no such app"),
    ),
)]
pub(super) async fn change(
    State(server): State<Server>,
    Path(id): Path<String>,
    Body(change): Body<AppChange>,
) -> Answer<Json<AppView>> {
    let mut app = app(&server, &id).await?;
    app.live = change.live.unwrap_or(app.live);
    app.advanced_access = change.advanced_access.unwrap_or(app.advanced_access);
    app.human_agent = change.human_agent.unwrap_or(app.human_agent);
    for (url, change) in [
        (&mut app.callbacks.deauth_callback_url, change.deauth_callback_url),
        (&mut app.callbacks.data_deletion_url, change.data_deletion_url),
        (&mut app.instagram_callbacks.deauth_callback_url, change.instagram_deauth_callback_url),
        (&mut app.instagram_callbacks.data_deletion_url, change.instagram_data_deletion_url),
    ] {
        let Some(change) = change else { continue };
        if let Some(new) = &change {
            server.outbound.check_url(new).map_err(|reason| Problem::parameter(format!("{new}: {reason}")))?;
        }
        *url = change;
    }
    let answer = view(&app);
    commit(&server, Change::PutApp(app)).await?;
    Ok(Json(answer))
}

/// Gives a person a role on an app.
#[utoipa::path(
    post, path = "/_parlance/apps/{app}/roles/{username}", operation_id = "give_role", tag = "apps",
    params(
        ("app" = String, Path, description = "either of its ids"),
        ("username" = String, Path, description = "the person"),
    ),
    responses((status = 200, body = Empty), (status = 404, description = "no such app or person")),
)]
pub(super) async fn give_role(State(server): State<Server>, Path((app, username)): Path<(String, String)>) -> Given {
    commit(&server, Change::PutRole(role(&server, &app, &username).await?)).await?;
    Empty::given()
}

/// Takes a person's role on an app back.
#[utoipa::path(
    delete, path = "/_parlance/apps/{app}/roles/{username}", operation_id = "take_role", tag = "apps",
    params(
        ("app" = String, Path, description = "either of its ids"),
        ("username" = String, Path, description = "the person"),
    ),
    responses((status = 200, body = Empty), (status = 404, description = "no such app or person")),
)]
pub(super) async fn take_role(State(server): State<Server>, Path((app, username)): Path<(String, String)>) -> Given {
    commit(&server, Change::RemoveRole(role(&server, &app, &username).await?)).await?;
    Empty::given()
}

async fn role(server: &Server, id: &str, username: &str) -> Answer<Role> {
    Ok(Role { app: app(server, id).await?.id, person: person(server, username).await?.id })
}

async fn commit(server: &Server, change: Change) -> Answer<()> {
    let mut set = ChangeSet::new();
    set.push(change);
    Ok(server.world.commit(set).await?)
}

fn view(app: &App) -> AppView {
    AppView {
        id: app.id.to_string(),
        name: app.name.clone(),
        instagram_app_id: app.instagram_app_id.to_string(),
        live: app.live,
        advanced_access: app.advanced_access,
        human_agent: app.human_agent,
        callbacks: Callbacks {
            deauth_callback_url: app.callbacks.deauth_callback_url.clone(),
            data_deletion_url: app.callbacks.data_deletion_url.clone(),
            instagram_deauth_callback_url: app.instagram_callbacks.deauth_callback_url.clone(),
            instagram_data_deletion_url: app.instagram_callbacks.data_deletion_url.clone(),
        },
    }
}
