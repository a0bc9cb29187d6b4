//! What the owners of apps are told of their endpoints (contract webhooks 2.6): here, and by no webhook.

use axum::Json;
use axum::extract::State;
use engine::facts::{Alert, AlertKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, limit};
use super::problem::Answer;
use crate::state::Server;

/// How many to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Newest {
    /// 1 to 100, usually 25.
    limit: Option<u32>,
}

/// What an owner was told.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AlertView {
    app_id: String,
    account_id: String,
    /// `facebook` or `instagram`.
    login: &'static str,
    /// `delivery_failing` after a quarter of an hour, `webhooks_disabled` after an hour: then the app is not installed on the
    /// account any more, and must subscribe again.
    kind: &'static str,
    /// Since when the endpoint failed, RFC 3339.
    since: String,
    /// When it was told, RFC 3339.
    time: String,
}

/// Alerts, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Alerts {
    data: Vec<AlertView>,
}

/// What the owners of apps are told, newest first.
#[utoipa::path(
    get, path = "/_parlance/alerts", operation_id = "list_alerts", tag = "deliveries", params(Newest),
    responses((status = 200, body = Alerts)),
)]
pub(super) async fn list(State(server): State<Server>, Asked(asked): Asked<Newest>) -> Answer<Json<Alerts>> {
    let found = server.world.store.alerts(limit(asked.limit, 25, 100)).await?;
    Ok(Json(Alerts { data: found.iter().map(view).collect() }))
}

fn view(alert: &Alert) -> AlertView {
    let kind = AlertKind::ALL.iter().find(|(kind, ..)| *kind == alert.kind);
    AlertView {
        app_id: alert.outage.app.to_string(),
        account_id: alert.outage.account.to_string(),
        login: alert.outage.login.name(),
        kind: kind.map_or("", |(_, name, _)| name),
        since: alert.outage.since.rfc3339(),
        time: alert.time.rfc3339(),
    }
}
