//! An app's webhook subscriptions, to be kept and put back as they were: nobody asks the endpoint, fields keep their versions.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{PinnedField, Subscription};
use engine::subscribe::{self, OBJECTS};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::version::ApiVersion;

use super::asked::{self, Body};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Where an app is told of one object's events, and of which.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct SubscriptionView {
    /// `instagram` or `page`.
    object: String,
    callback_url: String,
    /// Whether `changes` carry values.
    #[serde(default = "yes")]
    include_values: bool,
    /// Whether anything is delivered.
    #[serde(default = "yes")]
    active: bool,
    fields: Vec<PinnedView>,
}

/// A webhook field.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct PinnedView {
    name: String,
    /// The version whose shape its events have, as in `v25.0`.
    version: String,
}

/// Every subscription of an app.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Subscriptions {
    data: Vec<SubscriptionView>,
}

fn yes() -> bool {
    true
}

/// The subscriptions of an app.
#[utoipa::path(
    get, path = "/_parlance/apps/{app}/subscriptions", operation_id = "list_subscriptions", tag = "apps",
    params(("app" = String, Path, description = "either of its ids")),
    responses((status = 200, body = Subscriptions), (status = 404, description = "no such app")),
)]
pub(super) async fn list(State(server): State<Server>, Path(app): Path<String>) -> Answer<Json<Subscriptions>> {
    let app = asked::app(&server, &app).await?;
    let data = server.world.store.subscriptions(app.id).await?.into_iter().map(view).collect();
    Ok(Json(Subscriptions { data }))
}

/// Puts a subscription in place of the app's present one for its object. The endpoint is not asked.
#[utoipa::path(
    post, path = "/_parlance/apps/{app}/subscriptions", operation_id = "put_subscription", tag = "apps",
    params(("app" = String, Path, description = "either of its ids")), request_body = SubscriptionView,
    responses(
        (status = 200, body = SubscriptionView),
        (status = 400, description = "not an object, a field of it, a version or an address that may be called"),
        (status = 404, description = "no such app"),
    ),
)]
pub(super) async fn put(
    State(server): State<Server>,
    Path(app): Path<String>,
    Body(new): Body<SubscriptionView>,
) -> Answer<Json<SubscriptionView>> {
    let app = asked::app(&server, &app).await?;
    if !OBJECTS.contains(&new.object.as_str()) {
        return Err(Problem::parameter(format!("object must be one of {}", OBJECTS.join(", "))));
    }
    server.outbound.check_url(&new.callback_url).map_err(|why| Problem::parameter(format!("callback_url: {why}")))?;
    if new.fields.is_empty() {
        return Err(Problem::parameter("a subscription has at least one field"));
    }
    let mut fields: Vec<PinnedField> = Vec::new();
    for PinnedView { name, version } in &new.fields {
        let version: ApiVersion =
            version.parse().map_err(|error| Problem::parameter(format!("version of {name}: {error}")))?;
        let field = subscribe::object_fields(&new.object, std::slice::from_ref(name), version);
        fields.extend(field.map_err(|_| Problem::parameter(format!("{} has no field {name}", new.object)))?);
    }
    let subscription = Subscription {
        app: app.id,
        object: new.object,
        callback_url: new.callback_url,
        include_values: new.include_values,
        active: new.active,
        fields,
    };
    subscribe::subscribe(&server.world, subscription.clone()).await?;
    Ok(Json(view(subscription)))
}

fn view(subscription: Subscription) -> SubscriptionView {
    let fields = subscription.fields.into_iter();
    SubscriptionView {
        object: subscription.object,
        callback_url: subscription.callback_url,
        include_values: subscription.include_values,
        active: subscription.active,
        fields: fields.map(|field| PinnedView { name: field.name, version: field.version.to_string() }).collect(),
    }
}
