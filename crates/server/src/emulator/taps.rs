//! What a person can tap in a thread, and tapping it.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::{self, Tap};
use engine::profile;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, Body, account, person};
use super::messages::Written;
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A tap on one thing: either an ice breaker or a menu item.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewTap {
    /// Username of the account.
    to: String,
    /// Question of an ice breaker.
    ice_breaker: Option<String>,
    /// Title of an item of the persistent menu.
    menu_item: Option<String>,
}

/// Whose profile is looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct With {
    /// Username of the account.
    with: String,
}

/// Something that can be tapped.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Choice {
    title: String,
    /// What the app gets.
    payload: String,
}

/// Everything that can be tapped.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Choices {
    /// Shown only before the conversation starts.
    ice_breakers: Vec<Choice>,
    /// Items that cause a postback; web links are left out.
    persistent_menu: Vec<Choice>,
}

/// The person taps an ice breaker or a menu item.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/taps", operation_id = "tap", tag = "people",
    params(("username" = String, Path, description = "who taps")), request_body = NewTap,
    responses(
        (status = 200, body = Written),
        (status = 400, description = "there is nothing like that to tap"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn tap(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewTap>,
) -> Answer<Json<Written>> {
    let tap = match (new.ice_breaker, new.menu_item) {
        (Some(question), None) => Tap::IceBreaker { question, r#ref: None },
        (None, Some(title)) => Tap::Menu(title),
        _ => return Err(Problem::parameter("exactly one of ice_breaker and menu_item is needed")),
    };
    let (person, account) = (person(&server, &username).await?, account(&server, &new.to).await?);
    match inbound::act(&server.world, &person, &account, &tap).await? {
        inbound::Tapped::Message(message) => Ok(Json(Written { message_id: message.to_string() })),
        inbound::Tapped::Page(_) => Err(Problem::parameter("a page opens")),
    }
}

/// What the person can tap in the thread with an account.
#[utoipa::path(
    get, path = "/_parlance/people/{username}/choices", operation_id = "list_choices", tag = "people",
    params(("username" = String, Path, description = "who looks"), With),
    responses(
        (status = 200, body = Choices),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn choices(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Answer<Json<Choices>> {
    let (person, account) = (person(&server, &username).await?, account(&server, &asked.with).await?);
    let store = &server.world.store;
    let started = match store.scoped_user_of(account.id, person.id).await? {
        Some(user) => store.thread(account.id, user.igsid).await?.is_some(),
        None => false,
    };
    let of = async |property| {
        let found = profile::choices(&server.world, account.id, property).await?;
        Answer::Ok(found.into_iter().map(|(title, payload)| Choice { title, payload }).collect())
    };
    let ice_breakers = if started { Vec::new() } else { of("ice_breakers").await? };
    Ok(Json(Choices { ice_breakers, persistent_menu: of("persistent_menu").await? }))
}
