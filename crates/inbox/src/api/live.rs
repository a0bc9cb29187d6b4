//! What is new: the log of events, page by page or as a stream that goes on where it was.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{self, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::answer::Answer;
use super::guard::Caller;
use super::input::Asked;
use crate::Problem;
use crate::clock::steady;
use crate::desk::Whisper;
use crate::facts::Agent;
use crate::ids::ConversationId;
use crate::policy::presence::There;
use crate::sql::events::{self, Event};

/// Events of a page at most.
const PAGE: u32 = 500;
/// How long a stream waits until it looks by itself, for what another process wrote.
const LOOK: Duration = Duration::from_secs(1);
/// How often a quiet stream says that it is there.
const ALIVE: Duration = Duration::from_secs(15);

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventsAsked {
    /// The number of the newest event that is known; those behind it are told.
    #[serde(default)]
    after: u64,
    /// 1 to 500.
    limit: Option<u32>,
}

/// Who is at a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whispered {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Who is there.
    pub presence: Vec<There>,
}

/// That the desk's clock has moved otherwise than by the passing of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clock {
    /// The present moment, by which countdowns run on.
    pub now: i64,
}

impl Api {
    /// Events behind a number, as far as the caller may know of them: of conversations that they may not see only that
    /// something is new, so that it goes from their lists.
    async fn events(&self, agent: &Agent, after: u64, limit: u32) -> Result<Vec<Event>, Problem> {
        let mut events = self.desk.store.list(events::events(agent.workspace, after, limit)).await?;
        if crate::policy::access::sees_all(agent, &self.desk.workspace(agent.workspace).await?) {
            return Ok(events);
        }
        for event in &mut events {
            if let Some(conversation) = event.conversation
                && self.desk.visible(agent, conversation).await.is_err()
            {
                (event.subject, event.agent) = (None, None);
            }
        }
        Ok(events)
    }
}

/// A page of events.
#[utoipa::path(
    get, path = "/inbox/api/events", operation_id = "list_events", tag = "live", params(EventsAsked),
    responses((status = 200, body = Vec<Event>)),
)]
pub async fn list(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Asked(asked): Asked<EventsAsked>,
) -> Answer<Json<Vec<Event>>> {
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, PAGE);
    Ok(Json(api.events(&caller.agent, asked.after, limit).await?))
}

/// Events as they happen, behind `after` or the browser's own `Last-Event-ID`: each with its number as `id`, its kind as
/// `event` and itself as `data`. Between them, without a number, `presence` tells who is at a conversation (`Whispered`), and `clock`
/// that the clock was moved (`Clock`).
#[utoipa::path(
    get, path = "/inbox/api/live", operation_id = "follow_events", tag = "live", params(EventsAsked),
    responses((status = 200, body = Event, content_type = "text/event-stream"), (status = 401)),
)]
pub async fn follow(
    State(api): State<Arc<Api>>,
    caller: Caller,
    headers: HeaderMap,
    Asked(asked): Asked<EventsAsked>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let follower = Follower {
        bell: api.desk.store.bell(),
        whispers: api.desk.whispers(),
        clock: api.desk.clock_moves(),
        looked: steady(),
        after: last.unwrap_or(asked.after),
        ready: VecDeque::new(),
        caller,
        api,
    };
    Sse::new(unfold(follower, Follower::next)).keep_alive(KeepAlive::new().interval(ALIVE))
}

/// A stream of one log-in.
struct Follower {
    api: Arc<Api>,
    caller: Caller,
    bell: watch::Receiver<u64>,
    whispers: broadcast::Receiver<Whisper>,
    clock: watch::Receiver<u64>,
    /// When the log-in was last looked at.
    looked: Instant,
    after: u64,
    ready: VecDeque<Event>,
}

impl Follower {
    async fn next(mut self) -> Option<(Result<sse::Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                self.after = event.seq;
                let told =
                    sse::Event::default().id(event.seq.to_string()).event(event.kind.word()).json_data(&event).ok()?;
                return Some((Ok(told), self));
            }
            if !self.still_in().await {
                return None;
            }
            self.bell.mark_unchanged();
            match self.api.events(&self.caller.agent, self.after, PAGE).await {
                Ok(events) if !events.is_empty() => {
                    self.ready.extend(events);
                    continue;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "a live stream could not be read on");
                    return None;
                }
            }
            tokio::select! {
                () = self.api.stop.cancelled() => return None,
                rung = self.bell.changed() => rung.ok()?,
                moved = self.clock.changed() => {
                    moved.ok()?;
                    let told = Clock { now: self.api.desk.now().get() };
                    return Some((Ok(sse::Event::default().event("clock").json_data(&told).ok()?), self));
                }
                whisper = self.whispers.recv() => {
                    if let Ok(whisper) = whisper
                        && let Some(told) = self.whispered(whisper).await
                    {
                        return Some((Ok(told), self));
                    }
                }
                () = tokio::time::sleep(LOOK) => {} // sleep: another process may have written, and tells nobody
            }
        }
    }

    /// Whether the log-in has not ended meanwhile; looked at each second.
    async fn still_in(&mut self) -> bool {
        if steady().duration_since(self.looked) < LOOK {
            return true;
        }
        self.looked = steady();
        match self.api.desk.sessions(&self.caller.agent).await {
            Ok(sessions) => sessions.iter().any(|session| session.id == self.caller.session.id),
            Err(_) => false,
        }
    }

    async fn whispered(&self, whisper: Whisper) -> Option<sse::Event> {
        let agent = &self.caller.agent;
        if whisper.workspace != agent.workspace {
            return None;
        }
        self.api.desk.visible(agent, whisper.conversation).await.ok()?;
        let presence = self.api.desk.there(agent, whisper.conversation);
        let told = Whispered { conversation: whisper.conversation, presence };
        sse::Event::default().event("presence").json_data(&told).ok()
    }
}
