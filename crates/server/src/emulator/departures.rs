//! An account's owner leaves an app: takes it off, or wants deleted what it has of them (contract graph 6.9).

use axum::Json;
use axum::extract::{Path, State};
use engine::departure::{self, Person};
use engine::facts::App;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::dialect::Dialect;

use super::asked::{Asked, Empty, Given, account, id_of, parsed};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Through which login product.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Through {
    /// `facebook` or `instagram`; without it, through each that the app came by.
    login: Option<String>,
}

/// How often the app was told.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Told {
    count: usize,
}

/// The owner takes an app off: its tokens for the account are taken back, it is installed there no more, and its deauthorize
/// callback is told.
#[utoipa::path(
    delete, path = "/_parlance/accounts/{username}/apps/{app}", operation_id = "remove_app", tag = "accounts",
    params(
        ("username" = String, Path, description = "the account"),
        ("app" = String, Path, description = "either of the app's ids"),
        Through,
    ),
    responses((status = 200, body = Empty), (status = 404, description = "no such account or app")),
)]
pub(super) async fn remove(
    State(server): State<Server>,
    Path((username, app)): Path<(String, String)>,
    Asked(through): Asked<Through>,
) -> Given {
    let (app, people) = leavers(&server, &username, &app, &through).await?;
    for person in people {
        departure::remove(&server.world, &app, person).await?;
    }
    Empty::given()
}

/// The owner wants deleted what an app has of them: its data deletion callback is told.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/apps/{app}/data_deletion", operation_id = "ask_deletion",
    tag = "accounts",
    params(
        ("username" = String, Path, description = "the account"),
        ("app" = String, Path, description = "either of the app's ids"),
        Through,
    ),
    responses((status = 200, body = Told), (status = 404, description = "no such account or app")),
)]
pub(super) async fn ask(
    State(server): State<Server>,
    Path((username, app)): Path<(String, String)>,
    Asked(through): Asked<Through>,
) -> Answer<Json<Told>> {
    let (app, people) = leavers(&server, &username, &app, &through).await?;
    let mut count = 0;
    for person in people {
        count += usize::from(departure::ask_deletion(&server.world, &app, person).await?);
    }
    Ok(Json(Told { count }))
}

async fn leavers(server: &Server, username: &str, app: &str, through: &Through) -> Answer<(App, Vec<Person>)> {
    let account = account(server, username).await?;
    let app = server.world.store.app(id_of(app)?).await?.ok_or_else(|| Problem::missing(app))?;
    let named = |text: &str| [Dialect::Facebook, Dialect::Instagram].into_iter().find(|login| login.name() == text);
    let login = parsed("login", through.login.as_deref(), named)?;
    let mut people = departure::people_of(&server.world, app.id, account.id).await?;
    people.retain(|person| login.is_none_or(|login| login == person.login()));
    Ok((app, people))
}
