//! What stands in `attachments` (contract webhooks 3.2).

use serde_json::{Value, json};
use wire::send::template::Template;
use wire::time::Millis;
use wire::version::ApiVersion;
use wire::webhook::Attachment;

use crate::facts::{Content, Media, MediaFile, MediaProductType, Message};
use crate::media;
use crate::settings::Stickers;
use crate::store::Read;
use crate::world::World;

/// When shared posts began to be told as `ig_post` beside `share`, 2025-11-03, and when `share` ended for them, 2026-02-01
/// (contract webhooks 3.2).
const IG_POST_SINCE: Millis = Millis::new(1_762_128_000_000);
const SHARE_UNTIL: Millis = Millis::new(1_769_904_000_000);

/// First version that is told of stickers and animated pictures (contract webhooks 3.2).
const STICKERS_SINCE: ApiVersion = ApiVersion { major: 21, minor: 0 };

/// Whether an app that pinned `messages` to this version is told of stickers and animated pictures.
pub(super) fn tells_stickers(world: &World, version: ApiVersion) -> bool {
    match world.settings.sticker_webhooks {
        Stickers::ByVersion => version >= STICKERS_SINCE,
        Stickers::Always => true,
        Stickers::Never => false,
    }
}

/// The attachments of a message.
///
/// # Errors
/// The store's.
pub(super) async fn attachments(world: &World, message: &Message) -> Read<Vec<Attachment>> {
    let (account, posted) = (message.id.account, message.created_time);
    let file = |kind: &str, file: &MediaFile| attachment(kind, json!({"url": media::url(world, account, file.asset)}));
    Ok(match &message.content {
        Content::Media(files) => files.iter().map(|one| file(one.kind.name(), one)).collect(),
        Content::Sticker(one) => vec![file("image", one)],
        Content::StoryMention(one) => {
            let url = media::mention_url(world, account, message.id.igsid, one.asset, posted);
            vec![attachment("story_mention", json!({ "url": url }))]
        }
        Content::LikeHeart => vec![Attachment { kind: "like_heart".into(), payload: None }],
        Content::Named(attachment) => vec![attachment.clone()],
        Content::MediaShare(id) => {
            let shared = world.store.medium(account, *id).await?;
            shared.map(|shared| shares(world, &shared, posted)).unwrap_or_default()
        }
        Content::Template(template) => vec![attachment("template", shown(template))],
        Content::Text(_) | Content::Postback { .. } | Content::Unsupported | Content::Unsent => Vec::new(),
    })
}

fn attachment(kind: &str, payload: Value) -> Attachment {
    Attachment { kind: kind.into(), payload: Some(payload) }
}

/// A template under its type, without it (contract webhooks 3.8).
fn shown(template: &Template) -> Value {
    match template {
        Template::Generic { elements } => json!({"generic": {"elements": elements}}),
        Template::Button { text, buttons } => json!({"button": {"text": text, "buttons": buttons}}),
        Template::Product { elements } => json!({"product": {"elements": elements}}),
    }
}

/// What was published and shared: a reel, a story, or a post in the forms of its day. A carousel is its first picture.
fn shares(world: &World, shared: &Media, at: Millis) -> Vec<Attachment> {
    let (url, title) = (media::post_url(world, shared), &shared.caption);
    let post = || json!({"ig_post_media_id": shared.id, "title": title, "url": url});
    match shared.media_product_type {
        MediaProductType::Reels => {
            let url = if world.settings.reel_permalinks { permalink(shared) } else { url };
            let payload = json!({"url": url, "title": title, "reel_video_id": shared.id});
            vec![attachment(world.settings.reel_share_type.name(), payload)]
        }
        MediaProductType::Story => {
            vec![attachment("ig_story", json!({"story_media_id": shared.id, "story_media_url": url}))]
        }
        MediaProductType::Feed | MediaProductType::Ad | MediaProductType::Live => match at {
            at if at < IG_POST_SINCE => vec![attachment("share", json!({ "url": url }))],
            at if at < SHARE_UNTIL => vec![attachment("share", post()), attachment("ig_post", post())],
            _ => vec![attachment("ig_post", post())],
        },
    }
}

/// The page of a reel, which is no picture (contract webhooks 6, quirk 12).
fn permalink(reel: &Media) -> String {
    format!("https://www.instagram.com/reel/{}/", reel.id)
}
