//! What a person can tap in a thread, and tapping it.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::{Tap, Tapped};
use engine::profile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Asked, Body, With, account, act, app, id_of, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A tap on one thing: an ice breaker, a menu item, a template's button, or a quick reply.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewTap {
    /// Username of the account.
    to: String,
    /// Question of an ice breaker.
    ice_breaker: Option<String>,
    /// Title of an item of the persistent menu.
    menu_item: Option<String>,
    /// Title of a template's button.
    button: Option<String>,
    /// The message with that button; without it the newest that shows one of that title.
    message_id: Option<String>,
    /// A quick reply of the newest message, as it is shown: its title, or the person's phone number or e-mail address.
    quick_reply: Option<String>,
    /// With an ice breaker, the `ref` of the ig.me link by which the person came.
    r#ref: Option<String>,
    /// Id of the app to which that link leads, where the account routes it to one.
    receiving_app_id: Option<String>,
}

/// What a tap led to: one of the two.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TappedView {
    /// The person's message, `mid` of webhooks and of the Graph API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<String>,
    /// The page that opened; nobody is told of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
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

/// The person taps something that the account offers.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/taps", operation_id = "tap", tag = "people",
    params(("username" = String, Path, description = "who taps")), request_body = NewTap,
    responses(
        (status = 200, body = TappedView),
        (status = 400, description = "there is nothing like that to tap; one of the two has blocked the other"),
        (status = 404, description = "no such person, account or message"),
    ),
)]
pub(super) async fn tap(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewTap>,
) -> Answer<Json<TappedView>> {
    let message = new.message_id.as_deref().map(id_of).transpose()?;
    let app = match &new.receiving_app_id {
        Some(id) => Some(app(&server, id).await?.id),
        None => None,
    };
    let tap = match (new.ice_breaker, new.menu_item, new.button, new.quick_reply) {
        (Some(question), None, None, None) => Tap::IceBreaker { question, r#ref: new.r#ref, app },
        (None, Some(title), None, None) => Tap::Menu(title),
        (None, None, Some(title), None) => Tap::Button { title, message },
        (None, None, None, Some(title)) => Tap::QuickReply(title),
        _ => return Err(Problem::parameter("exactly one of ice_breaker, menu_item, button and quick_reply is needed")),
    };
    let (message_id, url) = match act(&server, &username, &new.to, &tap).await? {
        Tapped::Message(message) => (Some(message.to_string()), None),
        Tapped::Page(url) => (None, Some(url)),
    };
    Ok(Json(TappedView { message_id, url }))
}

/// What the person can tap in the thread with an account, beside what its messages offer.
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
