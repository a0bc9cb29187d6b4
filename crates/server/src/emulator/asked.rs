//! What a call asks for: JSON bodies and queries, refused in the surface's own words when they do not fit.

use std::str::FromStr;

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use bytes::Bytes;
use engine::facts::{Account, App, Person};
use engine::inbound::{self, Act};
use engine::store::Read;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::{AccountId, Igsid, MessageId};

use super::problem::{Answer, Problem};
use crate::state::Server;

/// A JSON body, whatever its content type claims: scripts seldom set one.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Server> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Answer<Self> {
        let bytes =
            Bytes::from_request(request, server).await.map_err(|error| Problem::parameter(error.body_text()))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Problem::parameter(format!("body: {error}")))
    }
}

/// A body as it is.
pub(super) struct Raw(pub(super) Bytes);

impl FromRequest<Server> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Answer<Self> {
        let bytes = Bytes::from_request(request, server).await;
        bytes.map(Self).map_err(|error| Problem::parameter(error.body_text()))
    }
}

/// The parameters of the query.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Server> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Answer<Self> {
        let query = Query::from_request_parts(parts, server).await;
        query.map(|Query(asked)| Self(asked)).map_err(|error| Problem::parameter(error.body_text()))
    }
}

/// The person of this username.
pub(super) async fn person(server: &Server, username: &str) -> Answer<Person> {
    server.world.store.person_by_username(username).await?.ok_or_else(|| Problem::missing(username))
}

/// The professional account of this username.
pub(super) async fn account(server: &Server, username: &str) -> Answer<Account> {
    server.world.store.account_by_username(username).await?.ok_or_else(|| Problem::missing(username))
}

/// The app of either of its ids.
pub(super) async fn app(server: &Server, id: &str) -> Answer<App> {
    server.world.store.app(id_of(id)?).await?.ok_or_else(|| Problem::missing(id))
}

/// The username of a person as an account knows them.
pub(super) async fn username(server: &Server, account: AccountId, igsid: Igsid) -> Read<Option<String>> {
    let store = &server.world.store;
    let Some(user) = store.scoped_user(account, igsid).await? else { return Ok(None) };
    Ok(store.person(user.person).await?.map(|person| person.username))
}

/// How many items a list shows: what was asked for within 1 and `most`, or `usual`.
pub(super) fn limit(asked: Option<u32>, usual: u32, most: u32) -> u32 {
    asked.unwrap_or(usual).clamp(1, most)
}

/// An id or a name in the query, when there is one.
pub(super) fn parsed<T>(name: &str, text: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Answer<Option<T>> {
    text.map(|text| parse(text).ok_or_else(|| Problem::parameter(format!("{name} cannot be {text:?}")))).transpose()
}

/// The account that a call is about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct With {
    /// Username of the account.
    pub(super) with: String,
}

/// The answer where there is nothing to tell: `{}`.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Empty {}

/// What a handler answers that has nothing to tell.
pub(super) type Given = Answer<Json<Empty>>;

impl Empty {
    /// Done.
    pub(super) fn given() -> Given {
        Ok(Json(Self {}))
    }
}

/// Lets a person do something with an account, both by username.
pub(super) async fn act<A: Act>(server: &Server, username: &str, to: &str, act: &A) -> Answer<A::Done> {
    let (person, account) = (person(server, username).await?, account(server, to).await?);
    Ok(inbound::act(&server.world, &person, &account, act).await?)
}

/// Lets a person do something with a message, which names the account.
pub(super) async fn act_on<A: Act>(server: &Server, username: &str, message: MessageId, act: &A) -> Answer<A::Done> {
    let person = person(server, username).await?;
    let account = server.world.store.account(message.account).await?.ok_or_else(|| Problem::missing(message))?;
    Ok(inbound::act(&server.world, &person, &account, act).await?)
}

/// An id in a path or a body; what is none of ours is the id of nothing.
pub(super) fn id_of<T: FromStr>(text: &str) -> Answer<T> {
    text.parse().map_err(|_| Problem::missing(text))
}

/// A name out of a list of names.
pub(super) fn one_of<T: Copy, const N: usize>(name: &str, text: &str, all: [(T, &'static str); N]) -> Answer<T> {
    let found = all.iter().find(|(_, known)| *known == text).map(|(value, _)| *value);
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(_, known)| *known).collect();
        Problem::parameter(format!("{name} must be one of {}", known.join(", ")))
    })
}

/// Reads a member that may be left out, which leaves things as they are, or null, which takes the value away.
pub(super) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
