//! What an account publishes: new posts, and what becomes of them.

use axum::Json;
use axum::extract::{Path, State};
use engine::change::{Change, ChangeSet};
use engine::facts::{Media, MediaProductType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::time::Millis;

use super::accounts::CommentView;
use super::asked::{Body, account, id_of, one_of};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Longest caption, in characters, as in the Instagram app.
const CAPTION_CHARS: usize = 2_200;

/// A post.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MediaView {
    id: String,
    caption: String,
    /// Its picture, a path on this server or an absolute URL.
    url: String,
    /// `FEED`, `REELS`, `STORY`, `AD` or `LIVE`.
    media_product_type: &'static str,
    /// When it was published, RFC 3339.
    timestamp: String,
    /// When the broadcast ended, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_time: Option<String>,
    /// Oldest first.
    comments: Vec<CommentView>,
}

impl MediaView {
    pub(super) fn new(post: Media, comments: Vec<CommentView>) -> Self {
        let kind = MediaProductType::ALL.into_iter().find(|(kind, ..)| *kind == post.media_product_type);
        Self {
            id: post.id.to_string(),
            caption: post.caption,
            url: post.media_url,
            media_product_type: kind.map_or("", |(_, name, _)| name),
            timestamp: post.timestamp.rfc3339(),
            ended_time: post.ended_time.map(Millis::rfc3339),
            comments,
        }
    }
}

/// A post to be published.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewPost {
    /// `FEED`, where nothing is said; `REELS`, `STORY`, `AD` or `LIVE`, which runs from now on.
    media_product_type: Option<String>,
    /// At most 2200 characters.
    #[serde(default)]
    caption: String,
}

/// What is to be different about a post; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PostChange {
    /// `FEED`, `REELS`, `STORY`, `AD` or `LIVE`.
    media_product_type: Option<String>,
    /// Whether the broadcast is over, from now on; false lets it run again.
    ended: Option<bool>,
}

/// The account publishes a post now.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/media", operation_id = "publish_post", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = NewPost,
    responses(
        (status = 200, body = MediaView),
        (status = 400, description = "not a type, or too long a caption"),
        (status = 404, description = "no such account"),
    ),
)]
pub(super) async fn publish(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewPost>,
) -> Answer<Json<MediaView>> {
    let account = account(&server, &username).await?;
    if new.caption.chars().count() > CAPTION_CHARS || new.caption.contains('\0') {
        return Err(Problem::parameter(format!("caption has at most {CAPTION_CHARS} characters, and none is U+0000")));
    }
    let world = &server.world;
    let mut id = world.ids.media(world.now());
    while world.store.medium(account.id, id).await?.is_some() {
        // Another node made the same one.
        id = world.ids.media(world.now());
    }
    let post = Media {
        account: account.id,
        id,
        caption: new.caption,
        media_url: format!("/_parlance/pictures/post-{id}.svg"),
        timestamp: world.now(),
        media_product_type: new.media_product_type.as_deref().map(kind).transpose()?.unwrap_or_default(),
        ended_time: None,
        ad: None,
        insights: None,
    };
    put(&server, post).await
}

/// Changes a post.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/media/{media}", operation_id = "change_post", tag = "accounts",
    params(
        ("username" = String, Path, description = "which account"),
        ("media" = String, Path, description = "the post"),
    ),
    request_body = PostChange,
    responses(
        (status = 200, body = MediaView),
        (status = 400, description = "not a type"),
        (status = 404, description = "no such account or post"),
    ),
)]
pub(super) async fn change(
    State(server): State<Server>,
    Path((username, media)): Path<(String, String)>,
    Body(change): Body<PostChange>,
) -> Answer<Json<MediaView>> {
    let account = account(&server, &username).await?;
    let found = server.world.store.medium(account.id, id_of(&media)?).await?;
    let mut post = found.ok_or_else(|| Problem::missing(&media))?;
    if let Some(name) = change.media_product_type {
        post.media_product_type = kind(&name)?;
    }
    if let Some(ended) = change.ended {
        post.ended_time = ended.then(|| server.world.now());
    }
    put(&server, post).await
}

fn kind(name: &str) -> Answer<MediaProductType> {
    one_of("media_product_type", name, MediaProductType::ALL.map(|(kind, name, _)| (kind, name)))
}

async fn put(server: &Server, post: Media) -> Answer<Json<MediaView>> {
    let mut set = ChangeSet::new();
    set.push(Change::PutMedia(post.clone()));
    server.world.commit(set).await?;
    Ok(Json(MediaView::new(post, Vec::new())))
}
