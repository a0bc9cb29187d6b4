//! The delivery log: what was posted to apps, and what came back.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Attempt, Delivery, DeliveryState};
use engine::store::{DeliveryFilter, Read};
use engine::{deliver, webhook};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::{AccountId, DeliveryId, MessageId};
use wire::time::Millis;

use super::asked::{Asked, account, id_of, limit, parsed};
use super::problem::{Answer, Problem};
use crate::outbound;
use crate::state::Server;

/// Deliveries read at once in search of a message, and how often.
const PAGE: u32 = 100;
const SEARCHED_PAGES: usize = 10;

/// Which deliveries are meant.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Id of the app that is told.
    app: Option<String>,
    /// Id or username of the account that it is about.
    account: Option<String>,
    /// Webhook field, or `deauthorize` or `data_deletion`.
    field: Option<String>,
    /// `pending`, `delivered` or `dropped`.
    pub(super) state: Option<String>,
    /// Only what was caused at this time or later, RFC 3339.
    since: Option<String>,
    /// Only deliveries older than this id.
    before: Option<String>,
    /// Only deliveries that tell of this message; those among the newest thousand are found.
    pub(super) message: Option<String>,
    /// How many at most.
    pub(super) limit: Option<u32>,
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
    /// `facebook` or `instagram`: which product's secret signs.
    login: &'static str,
    /// Webhook field, or callback of the login product.
    field: String,
    /// `messaging`, `standby`, `changes` or `callback`.
    channel: &'static str,
    /// `pending`, `delivered` or `dropped`.
    state: &'static str,
    /// RFC 3339.
    created_time: String,
    /// When a pending one is next tried, RFC 3339.
    due_time: String,
    /// The delivery that it repeats, when it was made by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_of: Option<String>,
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
    /// The callback; null when nobody wants it any more.
    url: Option<String>,
    headers: BTreeMap<&'static str, String>,
    /// The exact bytes, pure ASCII, where it goes alone.
    body: String,
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptView {
    number: u32,
    /// RFC 3339.
    time: String,
    duration_ms: u64,
    /// Empty when it was given up without a POST.
    url: String,
    /// HTTP status, null when there was no answer.
    status: Option<u16>,
    /// Beginning of the answer's body, or why there was none.
    answer: String,
    /// What it came to, in words.
    outcome: String,
}

/// The delivery log, newest first.
#[utoipa::path(
    get, path = "/_parlance/deliveries", operation_id = "list_deliveries", tag = "deliveries", params(Filter),
    responses(
        (status = 200, body = Deliveries),
        (status = 400, description = "not an id, a field, a state or a time"),
        (status = 404, description = "no such account"),
    ),
)]
pub(super) async fn list(State(server): State<Server>, Asked(asked): Asked<Filter>) -> Answer<Json<Deliveries>> {
    let (filter, limit) = (asked.filter(&server).await?, limit(asked.limit, 25, 100));
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
    let request = request(&server, &delivery).await?;
    let attempts = attempts.into_iter().map(|attempt| attempt_view(&delivery, attempt)).collect();
    Ok(Json(DeliveryDetail { facts: facts(&delivery), request, attempts }))
}

async fn request(server: &Server, delivery: &Delivery) -> Read<RequestView> {
    let alone = std::slice::from_ref(delivery);
    let Some(destination) = deliver::destination(&server.world, delivery.app).await? else {
        return Ok(RequestView { url: None, headers: BTreeMap::new(), body: webhook::body(alone) });
    };
    let (url, body) = (destination.url(&server.world, delivery).await?, destination.body(alone));
    Ok(RequestView {
        url: url.ok().map(str::to_owned),
        headers: outbound::headers(&body).into_iter().collect(),
        body: body.text().to_owned(),
    })
}

impl Filter {
    /// What the store is asked for.
    pub(super) async fn filter(&self, server: &Server) -> Answer<DeliveryFilter> {
        let account = match self.account.as_deref() {
            Some(text) => Some(match text.parse::<AccountId>() {
                Ok(id) => id,
                Err(_) => account(server, text).await?.id,
            }),
            None => None,
        };
        Ok(DeliveryFilter {
            account,
            app: parsed("app", self.app.as_deref(), |text| text.parse().ok())?,
            field: parsed("field", self.field.as_deref(), deliver::field_name)?,
            state: parsed("state", self.state.as_deref(), state_of)?,
            since: parsed("since", self.since.as_deref(), |text| Millis::parse_rfc3339(text).ok())?,
            before: parsed("before", self.before.as_deref(), |text| text.parse().ok())?,
        })
    }
}

/// A delivery with its attempts.
pub(super) async fn find(server: &Server, id: &str) -> Answer<(Delivery, Vec<Attempt>)> {
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
        login: delivery.login.name(),
        field: delivery.field.clone(),
        channel: delivery.channel.name(),
        state: delivery.state.name(),
        created_time: delivery.created_time.rfc3339(),
        due_time: delivery.due_time.rfc3339(),
        copy_of: delivery.copy.as_ref().map(|copy| copy.origin.to_string()),
    }
}

fn attempt_view(delivery: &Delivery, attempt: Attempt) -> AttemptView {
    AttemptView {
        number: attempt.number,
        time: attempt.time.rfc3339(),
        duration_ms: attempt.duration_ms,
        outcome: deliver::explain(delivery, &attempt),
        url: attempt.url,
        status: attempt.status,
        answer: attempt.answer,
    }
}
