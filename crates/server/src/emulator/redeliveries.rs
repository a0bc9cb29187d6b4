//! Deliveries that are made again: one or many, as they were, changed, or somewhere else.

use axum::Json;
use axum::extract::{Path, State};
use engine::deliver::{self, Changed};
use engine::facts::{Delivery, DeliveryState};
use engine::store::CommitError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use wire::id::AccountId;

use super::asked::{Body, Raw, limit};
use super::deliveries::{Filter, find};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// What is to be different about a delivery that is made again; with nothing it is made again as it was.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(super) struct Redelivery {
    /// Its element: what stands in `messaging`, `standby` or `changes`, or is signed in a callback.
    #[schema(value_type = Option<Object>)]
    element: Option<Map<String, Value>>,
    /// Where it goes, instead of the app's own callback.
    url: Option<String>,
}

/// A delivery that is to be made now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PutBack {
    /// That of the delivery itself, or of the new one that repeats it.
    id: Option<String>,
    /// `pending`.
    state: &'static str,
}

/// Which deliveries are to be made again; without a state, those that were dropped.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Redeliveries {
    #[serde(flatten)]
    filter: Filter,
    /// Where they go, instead of the app's own callback.
    url: Option<String>,
}

/// How many are made again.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PutBackMany {
    count: usize,
    /// Where to go on, as `before`, when there may be more.
    next: Option<String>,
}

/// Makes a delivery again now, whatever became of it. Changed or led elsewhere it is a new one, with a time and signatures of its
/// own.
#[utoipa::path(
    post, path = "/_parlance/deliveries/{id}/redeliver", operation_id = "redeliver", tag = "deliveries",
    params(("id" = String, Path, description = "the delivery")), request_body = Redelivery,
    responses(
        (status = 200, body = PutBack),
        (status = 400, description = "not an element, or not an address that may be posted to"),
        (status = 404, description = "no such delivery"),
    ),
)]
pub(super) async fn one(State(server): State<Server>, Path(id): Path<String>, Raw(body): Raw) -> Answer<Json<PutBack>> {
    let asked: Redelivery = if body.is_empty() { Redelivery::default() } else { parse(&body)? };
    checked(&server, asked.url.as_deref())?;
    let (delivery, _) = find(&server, &id).await?;
    let id = if asked.element.is_none() && asked.url.is_none() {
        deliver::again(&server.world, [&delivery]).await?;
        Some(delivery.id)
    } else {
        deliver::copy(&server.world, &delivery, &Changed { element: asked.element, url: asked.url }).await?
    };
    Ok(Json(PutBack { id: id.map(|id| id.to_string()), state: DeliveryState::Pending.name() }))
}

/// Makes deliveries again now, at most 1000 in one call, usually 100, newest first.
#[utoipa::path(
    post, path = "/_parlance/deliveries/redeliver", operation_id = "redeliver_many", tag = "deliveries",
    request_body = Redeliveries,
    responses(
        (status = 200, body = PutBackMany),
        (status = 400, description = "not an id, a field, a state, a time or an address that may be posted to"),
    ),
)]
pub(super) async fn many(
    State(server): State<Server>,
    Body(mut asked): Body<Redeliveries>,
) -> Answer<Json<PutBackMany>> {
    checked(&server, asked.url.as_deref())?;
    if asked.filter.message.is_some() {
        return Err(Problem::parameter("message is for looking, not for making again"));
    }
    asked.filter.state.get_or_insert_with(|| DeliveryState::Dropped.name().to_owned());
    let (filter, most) = (asked.filter.filter(&server).await?, limit(asked.filter.limit, 100, 1_000));
    let found = server.world.store.deliveries(filter, most).await?;
    let next = (found.len() == usize::try_from(most).unwrap_or(usize::MAX)).then(|| found.last()).flatten();
    let next = next.map(|delivery| delivery.id.to_string());
    put_back(&server, &found, asked.url).await?;
    Ok(Json(PutBackMany { count: found.len(), next }))
}

async fn put_back(server: &Server, found: &[Delivery], url: Option<String>) -> Result<(), CommitError> {
    if url.is_some() {
        let changed = Changed { element: None, url };
        // Oldest first, so that they arrive in their order.
        for delivery in found.iter().rev() {
            deliver::copy(&server.world, delivery, &changed).await?;
        }
        return Ok(());
    }
    let mut accounts: Vec<AccountId> = found.iter().map(|delivery| delivery.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        deliver::again(&server.world, found.iter().filter(|delivery| delivery.account == account)).await?;
    }
    Ok(())
}

fn parse(body: &[u8]) -> Answer<Redelivery> {
    serde_json::from_slice(body).map_err(|error| Problem::parameter(format!("body: {error}")))
}

fn checked(server: &Server, url: Option<&str>) -> Answer<()> {
    let Some(url) = url else { return Ok(()) };
    server.outbound.check_url(url).map_err(|reason| Problem::parameter(format!("url: {reason}")))
}
