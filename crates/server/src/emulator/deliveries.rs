//! The delivery log: what was posted to apps, what came back, and posting it again.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use engine::change::{Change, ChangeSet};
use engine::facts::{Attempt, Delivery, DeliveryState};
use engine::store::DeliveryFilter;
use engine::{deliver, webhook};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::{DeliveryId, MessageId};

use super::asked::{Asked, id_of, limit, parsed};
use super::problem::{Answer, Problem};
use crate::outbound;
use crate::state::Server;

/// Deliveries read at once in search of a message, and how often.
const PAGE: u32 = 100;
const SEARCHED_PAGES: usize = 10;

/// Which deliveries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Id of the app that is told.
    app: Option<String>,
    /// `pending`, `delivered` or `dropped`.
    state: Option<String>,
    /// Only deliveries older than this id.
    before: Option<String>,
    /// Only deliveries that tell of this message; those among the newest thousand are found.
    message: Option<String>,
    /// How many at most: 1 to 100, usually 25.
    limit: Option<u32>,
}

/// A delivery.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryView {
    #[serde(flatten)]
    facts: DeliveryFacts,
    /// Attempts made.
    attempts: u32,
}

/// What there is to say of a delivery in a list and by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryFacts {
    id: String,
    app_id: String,
    account_id: String,
    /// Webhook field.
    field: String,
    /// `pending`, `delivered` or `dropped`.
    state: &'static str,
    /// RFC 3339.
    created_time: String,
    /// When a pending one is next tried, RFC 3339.
    due_time: String,
}

/// Deliveries, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Deliveries {
    data: Vec<DeliveryView>,
}

/// A delivery with its request and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryDetail {
    #[serde(flatten)]
    facts: DeliveryFacts,
    request: RequestView,
    /// First attempt first.
    attempts: Vec<AttemptView>,
}

/// What is posted, as the app's present subscription has it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RequestView {
    /// The callback; null when the app is subscribed no more.
    url: Option<String>,
    headers: BTreeMap<&'static str, String>,
    /// The exact bytes, pure ASCII.
    body: String,
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptView {
    number: u32,
    /// RFC 3339.
    time: String,
    duration_ms: u64,
    url: String,
    /// HTTP status, null when there was no answer.
    status: Option<u16>,
    /// Beginning of the answer's body, or why there was none.
    answer: String,
}

/// A delivery that was put back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PutBack {
    id: String,
    /// `pending`.
    state: &'static str,
}

/// The delivery log, newest first.
#[utoipa::path(
    get, path = "/_parlance/deliveries", operation_id = "list_deliveries", tag = "deliveries", params(Filter),
    responses((status = 200, body = Deliveries), (status = 400, description = "not an id or a state")),
)]
pub(super) async fn list(State(server): State<Server>, Asked(asked): Asked<Filter>) -> Answer<Json<Deliveries>> {
    let filter = DeliveryFilter {
        account: None,
        app: parsed("app", asked.app.as_deref(), |text| text.parse().ok())?,
        state: parsed("state", asked.state.as_deref(), state_of)?,
        before: parsed("before", asked.before.as_deref(), |text| text.parse().ok())?,
    };
    let limit = limit(asked.limit, 25, 100);
    let found = match asked.message.as_deref() {
        Some(message) => telling_of(&server, id_of(message)?, filter, limit).await?,
        None => server.world.store.deliveries(filter, limit).await?,
    };
    let view = |delivery: Delivery| DeliveryView { facts: facts(&delivery), attempts: delivery.attempts };
    Ok(Json(Deliveries { data: found.into_iter().map(view).collect() }))
}

/// The newest deliveries whose event names a message. The log has no index for this, so a bounded part of it is read.
async fn telling_of(
    server: &Server,
    message: MessageId,
    mut filter: DeliveryFilter,
    limit: u32,
) -> Answer<Vec<Delivery>> {
    let name = format!("\"{message}\"");
    let mut telling = Vec::new();
    for _ in 0..SEARCHED_PAGES {
        let page = server.world.store.deliveries(filter, PAGE).await?;
        let Some(oldest) = page.last().map(|delivery| delivery.id) else { break };
        filter.before = Some(oldest);
        let of_thread = |it: &Delivery| it.account == message.account && it.igsid == message.igsid;
        telling.extend(page.into_iter().filter(|it| of_thread(it) && it.element.contains(&name)));
    }
    telling.truncate(limit as usize);
    Ok(telling)
}

/// One delivery with its request and its attempts.
#[utoipa::path(
    get, path = "/_parlance/deliveries/{id}", operation_id = "read_delivery", tag = "deliveries",
    params(("id" = String, Path, description = "the delivery")),
    responses((status = 200, body = DeliveryDetail), (status = 404, description = "no such delivery")),
)]
pub(super) async fn one(State(server): State<Server>, Path(id): Path<String>) -> Answer<Json<DeliveryDetail>> {
    let (delivery, attempts) = find(&server, &id).await?;
    let request = match deliver::prepare(&server.world, &delivery).await? {
        Some(post) => RequestView {
            headers: outbound::headers(&post).into_iter().collect(),
            url: Some(post.url),
            body: post.body,
        },
        None => RequestView { url: None, headers: BTreeMap::new(), body: webhook::body(&delivery) },
    };
    let attempts = attempts.into_iter().map(attempt_view).collect();
    Ok(Json(DeliveryDetail { facts: facts(&delivery), request, attempts }))
}

/// Puts a delivery back, whatever its state, to be made now.
#[utoipa::path(
    post, path = "/_parlance/deliveries/{id}/redeliver", operation_id = "redeliver", tag = "deliveries",
    params(("id" = String, Path, description = "the delivery")),
    responses((status = 200, body = PutBack), (status = 404, description = "no such delivery")),
)]
pub(super) async fn redeliver(State(server): State<Server>, Path(id): Path<String>) -> Answer<Json<PutBack>> {
    let (delivery, _) = find(&server, &id).await?;
    let mut set = ChangeSet::new();
    set.push(Change::Redeliver { account: delivery.account, delivery: delivery.id, due_time: server.world.now() });
    server.world.commit(set).await?;
    Ok(Json(PutBack { id: delivery.id.to_string(), state: DeliveryState::Pending.name() }))
}

async fn find(server: &Server, id: &str) -> Answer<(Delivery, Vec<Attempt>)> {
    let number: DeliveryId = id.parse().map_err(|_| Problem::missing(id))?;
    server.world.store.delivery(number).await?.ok_or_else(|| Problem::missing(id))
}

fn state_of(text: &str) -> Option<DeliveryState> {
    DeliveryState::ALL.into_iter().find(|(_, name, _)| *name == text).map(|(state, ..)| state)
}

fn facts(delivery: &Delivery) -> DeliveryFacts {
    DeliveryFacts {
        id: delivery.id.to_string(),
        app_id: delivery.app.to_string(),
        account_id: delivery.account.to_string(),
        field: delivery.field.clone(),
        state: delivery.state.name(),
        created_time: delivery.created_time.rfc3339(),
        due_time: delivery.due_time.rfc3339(),
    }
}

fn attempt_view(attempt: Attempt) -> AttemptView {
    AttemptView {
        number: attempt.number,
        time: attempt.time.rfc3339(),
        duration_ms: attempt.duration_ms,
        url: attempt.url,
        status: attempt.status,
        answer: attempt.answer,
    }
}
