//! What an account publishes: new posts, and what becomes of them.

use axum::Json;
use axum::extract::{Path, State};
use engine::change::{Change, ChangeSet};
use engine::facts::{Account, Media, MediaAd, MediaProductType, STORY, StoryInsights};
use engine::store::CommitError;
use engine::story;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::time::Millis;

use super::accounts::CommentView;
use super::asked::{Body, account, id_of, one_of};
use super::problem::{Answer, Problem};
use crate::picture;
use crate::state::Server;

/// Longest caption, in characters, as in the Instagram app.
const CAPTION_CHARS: usize = 2_200;
/// Longest link of a story, in bytes.
const LINK_BYTES: usize = 2_048;
/// How many pictures a carousel may show.
const PICTURES: std::ops::RangeInclusive<u8> = 2..=20;

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
    /// When a story ends by itself, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_time: Option<String>,
    /// The posts that a carousel shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<String>,
    /// Where the sticker of a story leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    link_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ad: Option<AdView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insights: Option<Insights>,
    /// Oldest first.
    comments: Vec<CommentView>,
}

/// The ad behind a post.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct AdView {
    /// Left out for a dynamic ad.
    #[serde(skip_serializing_if = "Option::is_none")]
    ad_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ad_title: Option<String>,
    /// The post that was boosted.
    #[serde(skip_serializing_if = "Option::is_none")]
    original_media_id: Option<String>,
}

/// How a story was received.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct Insights {
    impressions: u32,
    reach: u32,
    taps_forward: u32,
    taps_back: u32,
    exits: u32,
    replies: u32,
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
            expires_time: post.expires_time.map(Millis::rfc3339),
            children: post.children.iter().map(ToString::to_string).collect(),
            link_url: post.link_url,
            ad: post.ad.map(AdView::from),
            insights: post.insights.map(Insights::from),
            comments,
        }
    }
}

/// A post to be published.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewPost {
    /// `FEED`, where nothing is said; `REELS`, `STORY`, which ends after a day; `AD`; or `LIVE`, which runs from now on.
    media_product_type: Option<String>,
    /// At most 2200 characters.
    #[serde(default)]
    caption: String,
    /// How many pictures a carousel shows, 2 to 20; each is a post of its own that can be commented on.
    pictures: Option<u8>,
    /// Where the sticker of a story leads.
    link_url: Option<String>,
    /// The ad behind it, for an ad or a boosted post.
    ad: Option<AdView>,
}

/// What is to be different about a post; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PostChange {
    /// `FEED`, `REELS`, `STORY`, `AD` or `LIVE`.
    media_product_type: Option<String>,
    /// Whether the broadcast or story is over, from now on; false lets a broadcast run again.
    ended: Option<bool>,
    /// How a story was received so far.
    insights: Option<Insights>,
}

/// The account publishes a post now.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/media", operation_id = "publish_post", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = NewPost,
    responses(
        (status = 200, body = MediaView),
        (status = 400, description = "not a type, or too long a caption; a sticker without a story, too few pictures or too many"),
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
    let media_product_type = new.media_product_type.as_deref().map(kind).transpose()?.unwrap_or_default();
    let is_story = media_product_type == MediaProductType::Story;
    if new.link_url.as_ref().is_some_and(|url| !is_story || url.len() > LINK_BYTES || url.contains('\0')) {
        return Err(Problem::parameter(format!("link_url is for stories, and has at most {LINK_BYTES} bytes")));
    }
    let is_feed = media_product_type == MediaProductType::Feed;
    if new.pictures.is_some_and(|pictures| !is_feed || !PICTURES.contains(&pictures)) {
        return Err(Problem::parameter("pictures is for posts of the feed, 2 to 20"));
    }
    let ad = new.ad.map(MediaAd::try_from).transpose()?;
    let mut children = Vec::new();
    for _ in 0..new.pictures.unwrap_or_default() {
        children.push(bare(&server, &account, String::new()).await?);
    }
    let post = bare(&server, &account, new.caption).await?;
    let post = Media {
        media_url: children.first().map_or(post.media_url, |first: &Media| first.media_url.clone()),
        media_product_type,
        ad,
        children: children.iter().map(|child| child.id).collect(),
        link_url: new.link_url,
        expires_time: is_story.then(|| post.timestamp.plus(STORY)),
        ..post
    };
    put(&server, children, post).await
}

/// A post of the feed with a picture and nothing else.
async fn bare(server: &Server, account: &Account, caption: String) -> Answer<Media> {
    let world = &server.world;
    let mut id = world.ids.media(world.now());
    while world.store.medium(account.id, id).await?.is_some() {
        // Another node made the same one.
        id = world.ids.media(world.now());
    }
    Ok(Media {
        account: account.id,
        id,
        caption,
        media_url: format!("{}post-{id}.svg", picture::PATH),
        timestamp: world.now(),
        media_product_type: MediaProductType::Feed,
        ended_time: None,
        ad: None,
        insights: None,
        children: Vec::new(),
        link_url: None,
        expires_time: None,
    })
}

/// Changes a post. A story that is over shows nothing any more, and apps that came by Facebook Login hear how it did.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/media/{media}", operation_id = "change_post", tag = "accounts",
    params(
        ("username" = String, Path, description = "which account"),
        ("media" = String, Path, description = "the post"),
    ),
    request_body = PostChange,
    responses(
        (status = 200, body = MediaView),
        (status = 400, description = "not a type; a story that is over"),
        (status = 404, description = "no such account or post"),
    ),
)]
pub(super) async fn change(
    State(server): State<Server>,
    Path((username, media)): Path<(String, String)>,
    Body(change): Body<PostChange>,
) -> Answer<Json<MediaView>> {
    let account = account(&server, &username).await?;
    let (world, id) = (&server.world, id_of(&media)?);
    let mut post = world.store.medium(account.id, id).await?.ok_or_else(|| Problem::missing(&media))?;
    let now = world.now();
    let was_story = post.media_product_type == MediaProductType::Story;
    if let Some(name) = change.media_product_type {
        post.media_product_type = kind(&name)?;
    }
    let is_story = post.media_product_type == MediaProductType::Story;
    if is_story && (post.is_over(now) || change.ended == Some(false)) {
        return Err(Problem::parameter(
            "a story that is over stays over, and one that is not ends a day after it was posted",
        ));
    }
    if is_story != was_story {
        post.expires_time = is_story.then(|| post.timestamp.plus(STORY));
    }
    if let Some(insights) = change.insights {
        post.insights = Some(insights.into());
    }
    if let Some(ended) = change.ended.filter(|_| !is_story) {
        post.ended_time = ended.then_some(now);
    }
    let answer = put(&server, Vec::new(), post.clone()).await?;
    if is_story && change.ended == Some(true) {
        match story::end(world, &post, now).await {
            Ok(()) => {}
            Err(CommitError::Stale) => return Err(Problem::parameter("the story has ended")),
            Err(error) => return Err(error.into()),
        }
        let over = world.store.medium(account.id, id).await?.ok_or_else(|| Problem::missing(&media))?;
        return Ok(Json(MediaView::new(over, Vec::new())));
    }
    Ok(answer)
}

fn kind(name: &str) -> Answer<MediaProductType> {
    one_of("media_product_type", name, MediaProductType::ALL.map(|(kind, name, _)| (kind, name)))
}

async fn put(server: &Server, before: Vec<Media>, post: Media) -> Answer<Json<MediaView>> {
    let mut set = ChangeSet(before.into_iter().map(Change::PutMedia).collect());
    set.push(Change::PutMedia(post.clone()));
    server.world.commit(set).await?;
    Ok(Json(MediaView::new(post, Vec::new())))
}

impl Default for Insights {
    fn default() -> Self {
        Self::from(StoryInsights::default())
    }
}

impl From<StoryInsights> for Insights {
    fn from(insights: StoryInsights) -> Self {
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            impressions: count(insights.impressions),
            reach: count(insights.reach),
            taps_forward: count(insights.taps_forward),
            taps_back: count(insights.taps_back),
            exits: count(insights.exits),
            replies: count(insights.replies),
        }
    }
}

impl From<Insights> for StoryInsights {
    fn from(insights: Insights) -> Self {
        Self {
            impressions: insights.impressions.into(),
            reach: insights.reach.into(),
            taps_forward: insights.taps_forward.into(),
            taps_back: insights.taps_back.into(),
            exits: insights.exits.into(),
            replies: insights.replies.into(),
        }
    }
}

impl From<MediaAd> for AdView {
    fn from(ad: MediaAd) -> Self {
        let original_media_id = ad.original_media.map(|media| media.to_string());
        Self { ad_id: ad.id, ad_title: ad.title, original_media_id }
    }
}

impl TryFrom<AdView> for MediaAd {
    type Error = Problem;

    fn try_from(ad: AdView) -> Answer<Self> {
        let texts = [&ad.ad_id, &ad.ad_title];
        if texts.into_iter().flatten().any(|text| text.chars().count() > CAPTION_CHARS || text.contains('\0')) {
            return Err(Problem::parameter(format!("ad_id and ad_title have at most {CAPTION_CHARS} characters")));
        }
        let original_media = ad.original_media_id.as_deref().map(id_of).transpose()?;
        Ok(Self { id: ad.ad_id, title: ad.ad_title, original_media })
    }
}
