//! The event log: what happened in the world, as a list and as a live stream.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use engine::facts::Event;
use engine::store::Read;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::MessageId;

use super::asked::{Asked, limit, username};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Which part of the log to read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Behind {
    /// Only entries behind this number, usually 0.
    after: Option<u64>,
    /// How many at most: 1 to 1000, usually 100.
    limit: Option<u32>,
}

/// Where a live stream starts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct From {
    /// Behind this number; usually behind the newest entry. The header `Last-Event-ID` goes first.
    after: Option<u64>,
}

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventView {
    /// Its number; resume behind it.
    seq: u64,
    /// `message_received`, `message_sent`, `postback`, `seen`, `reaction`, `typing`, `business_seen`, `message_deleted`,
    /// `message_edited` or `referral`.
    kind: &'static str,
    account_id: String,
    /// The person, as the account knows them.
    igsid: String,
    /// The person's username.
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    /// RFC 3339.
    time: String,
    message_id: String,
    /// What the message says; null when it is no more.
    text: Option<String>,
}

/// Entries of the log, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Events {
    data: Vec<EventView>,
}

/// What happened, oldest first.
#[utoipa::path(
    get, path = "/_parlance/events", operation_id = "list_events", tag = "events", params(Behind),
    responses((status = 200, body = Events)),
)]
pub(super) async fn list(State(server): State<Server>, Asked(asked): Asked<Behind>) -> Answer<Json<Events>> {
    let found = server.world.store.events(asked.after.unwrap_or_default(), limit(asked.limit, 100, 1_000)).await?;
    let mut data = Vec::with_capacity(found.len());
    for event in found {
        data.push(view(&server, event).await?);
    }
    Ok(Json(Events { data }))
}

/// What happens, as Server-Sent Events: the number of each entry is its `id`, its `data` is the entry as JSON.
#[utoipa::path(
    get, path = "/_parlance/events/stream", operation_id = "stream_events", tag = "events",
    params(From, ("Last-Event-ID" = Option<u64>, Header, description = "the last entry that the client has")),
    responses((status = 200, body = EventView, content_type = "text/event-stream")),
)]
pub(super) async fn stream(
    State(server): State<Server>,
    headers: HeaderMap,
    Asked(from): Asked<From>,
) -> Answer<Response> {
    let last = headers.get("last-event-id").map(|value| {
        let number = value.to_str().ok().and_then(|text| text.trim().parse::<u64>().ok());
        number.ok_or_else(|| Problem::parameter("Last-Event-ID must be the number of an entry"))
    });
    let after = match last.transpose()?.or(from.after) {
        Some(after) => after,
        None => server.world.store.last_event().await?,
    };
    Ok(server.live(after, show).into_response())
}

async fn show(server: Server, event: Event) -> Read<String> {
    Ok(serde_json::to_string(&view(&server, event).await?).expect("texts and numbers are JSON"))
}

async fn view(server: &Server, Event { seq, event }: Event) -> Read<EventView> {
    let message = MessageId { account: event.account, igsid: event.igsid, item: event.item };
    let text = server.world.store.message(message).await?.map(|message| message.content.text().to_owned());
    Ok(EventView {
        seq,
        kind: event.kind.name(),
        account_id: event.account.to_string(),
        igsid: event.igsid.to_string(),
        username: username(server, event.account, event.igsid).await?,
        time: event.time.rfc3339(),
        message_id: message.to_string(),
        text,
    })
}
