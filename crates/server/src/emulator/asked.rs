//! What a call asks for: JSON bodies and queries, refused in the surface's own words when they do not fit.

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use bytes::Bytes;
use engine::facts::{Account, Person};
use engine::store::Read;
use serde::de::DeserializeOwned;
use wire::id::{AccountId, Igsid};

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
