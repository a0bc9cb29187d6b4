//! What a person says to an account, and what becomes of it: writing, editing, taking back.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Entry, MediaFile};
use engine::inbound::{Ad, Came, Edit, Saying, Unsend, Write};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::id::MediaId;
use wire::send::attachment::MediaKind;

use super::asked::{Body, Empty, Given, act, act_on, app, id_of, one_of};
use super::files::{self, Source};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A message to an account: a text, or attachments.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewMessage {
    /// Username of the account.
    to: String,
    /// At most 1000 characters.
    text: Option<String>,
    /// One to ten files; or one heart, share or story mention.
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

/// Something beside text.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewAttachment {
    /// `image`, `video`, `audio` or `file`; `like_heart`; `share` of a post of the account; `story_mention`.
    #[serde(rename = "type")]
    kind: String,
    /// Where the file is, or the picture of a story that mentions the account; this or `asset_id`.
    url: Option<String>,
    /// A file that was uploaded before.
    asset_id: Option<String>,
    /// The post that is shared.
    id: Option<String>,
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
    let saying = saying(&server, &new).await?;
    let message = act(&server, &username, &new.to, &Write { saying, reply_to, came, entry }).await?;
    Ok(Json(Written { message_id: message.to_string() }))
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

async fn saying(server: &Server, new: &NewMessage) -> Answer<Saying> {
    match (&new.text, &new.story, new.attachments.as_slice()) {
        (Some(text), None, []) => Ok(Saying::Text(text.clone())),
        (Some(text), Some(story), []) => Ok(Saying::StoryReply(id_of(story)?, text.clone())),
        (None, None, [one]) => match one.kind.as_str() {
            "like_heart" => Ok(Saying::LikeHeart),
            "share" => Ok(Saying::Share(shared(one)?)),
            "story_mention" => Ok(Saying::StoryMention(file(server, new, one, MediaKind::Image).await?)),
            _ => Ok(Saying::Media(vec![of_kind(server, new, one).await?])),
        },
        (None, None, [_, ..]) => {
            let mut files = Vec::with_capacity(new.attachments.len());
            for attachment in &new.attachments {
                files.push(of_kind(server, new, attachment).await?);
            }
            Ok(Saying::Media(files))
        }
        _ => Err(Problem::parameter("exactly one of text and attachments is needed; a story is answered by a text")),
    }
}

fn shared(attachment: &NewAttachment) -> Answer<MediaId> {
    let id = attachment.id.as_deref().ok_or_else(|| Problem::parameter("a share needs the id of a post"))?;
    id_of(id)
}

async fn of_kind(server: &Server, new: &NewMessage, attachment: &NewAttachment) -> Answer<MediaFile> {
    let kind = one_of("type", &attachment.kind, MediaKind::ALL)?;
    file(server, new, attachment, kind).await
}

async fn file(server: &Server, new: &NewMessage, attachment: &NewAttachment, kind: MediaKind) -> Answer<MediaFile> {
    let source = match (&attachment.url, &attachment.asset_id) {
        (Some(url), None) => Source::Url(url.clone()),
        (None, Some(asset)) => Source::Asset(id_of(asset)?),
        _ => return Err(Problem::parameter("a file needs exactly one of url and asset_id")),
    };
    files::found(server, &new.to, kind, source).await
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
