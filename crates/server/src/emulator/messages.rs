//! What a person says to an account, and what becomes of it: writing, editing, taking back.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::Entry;
use engine::inbound::{Ad, Came, Edit, EndStory, Saying, Unsend, Write};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, act, act_on, app, id_of};
use super::problem::{Answer, Problem};
use super::saying::{NewAttachment, saying};
use crate::state::Server;

/// A message to an account: a text, or attachments.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewMessage {
    /// Username of the account.
    to: String,
    /// At most 1000 characters.
    text: Option<String>,
    /// One to ten files, or one of anything else. A text beside a share is a message of its own, which follows it.
    #[serde(default)]
    attachments: Vec<NewAttachment>,
    /// Id of the account's story that the text answers.
    story: Option<String>,
    /// The message of the conversation that this one answers.
    reply_to: Option<String>,
    /// The `ref` of an ig.me link by which the person came, in a first message.
    r#ref: Option<String>,
    /// Id of the app to which that link leads, where the account routes it to one.
    receiving_app_id: Option<String>,
    /// The ad by which the person came.
    ad: Option<NewAd>,
    /// Id of the product from whose page the person came.
    product: Option<String>,
}

/// A click-to-message ad.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewAd {
    ad_id: String,
    /// The developer's own text in it.
    r#ref: Option<String>,
    ad_title: Option<String>,
    photo_url: Option<String>,
    video_url: Option<String>,
    /// The welcome message flow that it starts.
    flow_id: Option<String>,
    /// Id of the app to which it leads.
    receiving_app_id: Option<String>,
    /// Days for which that app controls the thread, 1 to 30; any other number counts as 1.
    receiving_app_control_expiration: Option<i64>,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Written {
    /// The `mid` of webhooks and of the Graph API.
    pub(super) message_id: String,
    /// The text that was written about a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text_message_id: Option<String>,
}

/// Another text.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewText {
    /// At most 1000 characters.
    text: String,
}

/// The person writes to an account.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/messages", operation_id = "write_message", tag = "people",
    params(("username" = String, Path, description = "who writes")), request_body = NewMessage,
    responses(
        (status = 200, body = Written),
        (status = 400, description = "nothing to say, or too much of it; one of the two has blocked the other"),
        (status = 404, description = "no such person, account, message, post or file"),
    ),
)]
pub(super) async fn write(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewMessage>,
) -> Answer<Json<Written>> {
    let reply_to = new.reply_to.as_deref().map(id_of).transpose()?;
    let (came, entry) = (came(&new)?, entry(&server, &new).await?);
    // What the person adds to a share comes behind it (contract webhooks 6, quirk 11).
    let (text, comment) = match (&new.text, new.attachments.as_slice()) {
        (Some(text), [one]) if one.is_share() => (None, Some(text.clone())),
        (text, _) => (text.as_deref(), None),
    };
    let saying = match (&new.story, text) {
        (Some(story), Some(text)) if new.attachments.is_empty() => Saying::StoryReply(id_of(story)?, text.to_owned()),
        (Some(_), _) => return Err(Problem::parameter("a story is answered by a text")),
        (None, text) => saying(&server, &new.to, text, &new.attachments).await?,
    };
    let message = act(&server, &username, &new.to, &Write { saying, reply_to, came, entry }).await?;
    let text_message_id = match comment {
        Some(text) => {
            let comment = Write { saying: Saying::Text(text), reply_to: None, came: None, entry: None };
            Some(act(&server, &username, &new.to, &comment).await?.to_string())
        }
        None => None,
    };
    Ok(Json(Written { message_id: message.to_string(), text_message_id }))
}

/// The person gives a message of theirs another text, at most five times.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/messages/{message}", operation_id = "edit_message", tag = "people",
    params(
        ("username" = String, Path, description = "who wrote it"),
        ("message" = String, Path, description = "the message"),
    ),
    request_body = NewText,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "no text of theirs, or edited too often"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn edit(
    State(server): State<Server>,
    Path((username, message)): Path<(String, String)>,
    Body(new): Body<NewText>,
) -> Given {
    let message = id_of(&message)?;
    act_on(&server, &username, message, &Edit { message, text: new.text }).await?;
    Empty::given()
}

/// The person takes a message of theirs back: what it said is gone for good.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/messages/{message}", operation_id = "unsend_message", tag = "people",
    params(
        ("username" = String, Path, description = "who wrote it"),
        ("message" = String, Path, description = "the message"),
    ),
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "the business wrote it"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn unsend(State(server): State<Server>, Path((username, message)): Path<(String, String)>) -> Given {
    let message = id_of(&message)?;
    act_on(&server, &username, message, &Unsend { message }).await?;
    Empty::given()
}

/// The person takes a story of theirs down that mentions an account: the message stays and shows it no more.
#[utoipa::path(
    delete, path = "/_parlance/people/{username}/stories/{message}", operation_id = "end_story", tag = "people",
    params(
        ("username" = String, Path, description = "whose story it is"),
        ("message" = String, Path, description = "the message that mentions the account"),
    ),
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "no story of theirs"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn end_story(
    State(server): State<Server>,
    Path((username, message)): Path<(String, String)>,
) -> Given {
    let message = id_of(&message)?;
    act_on(&server, &username, message, &EndStory { message }).await?;
    Empty::given()
}

/// Where the link or the ad leads.
async fn entry(server: &Server, new: &NewMessage) -> Answer<Option<Entry>> {
    let ad = new.ad.as_ref();
    if let Some(id) = ad.and_then(|ad| ad.receiving_app_id.as_deref()) {
        let days = ad.and_then(|ad| ad.receiving_app_control_expiration).unwrap_or(1);
        return Ok(Some(Entry::Ad { app: app(server, id).await?.id, days }));
    }
    match &new.receiving_app_id {
        Some(id) if new.r#ref.is_some() => Ok(Some(Entry::Link { app: app(server, id).await?.id })),
        Some(_) => Err(Problem::parameter("receiving_app_id belongs to a ref or into an ad")),
        None => Ok(None),
    }
}

fn came(new: &NewMessage) -> Answer<Option<Came>> {
    match (&new.r#ref, &new.ad, &new.product) {
        (None, None, None) => Ok(None),
        (Some(text), None, None) => Ok(Some(Came::Link(text.clone()))),
        (None, Some(ad), None) => Ok(Some(Came::Ad(Ad {
            id: ad.ad_id.clone(),
            r#ref: ad.r#ref.clone(),
            title: ad.ad_title.clone(),
            photo_url: ad.photo_url.clone(),
            video_url: ad.video_url.clone(),
            flow: ad.flow_id.clone(),
        }))),
        (None, None, Some(product)) => Ok(Some(Came::Product(product.clone()))),
        _ => Err(Problem::parameter("a person comes by one of ref, ad and product")),
    }
}
