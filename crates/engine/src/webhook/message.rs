//! A message of either side as apps are told of it: `message`, or `postback` for a tap (contract webhooks 3.1 to 3.8, 3.10).

use serde_json::{Value, json};
use wire::id::MessageId;
use wire::send::template::Template;
use wire::version::ApiVersion;
use wire::webhook::{Attachment, Event, Message as MessageEvent, Postback, QuickReply, ReplyTo, Story};

use super::announce;
use crate::change::ChangeSet;
use crate::facts::{Channel, Content, Media, MediaFile, MediaProductType, Message, Side};
use crate::media;
use crate::routes::{About, receivers};
use crate::store::Read;
use crate::world::World;

/// First version whose postbacks are delivered, and first whose postbacks carry a `mid` (contract webhooks 7).
const POSTBACK_SINCE: ApiVersion = ApiVersion { major: 8, minor: 0 };
const POSTBACK_MID_SINCE: ApiVersion = ApiVersion { major: 11, minor: 0 };

/// Adds the deliveries that a new message causes. A message that was unsent says nothing any more.
///
/// # Errors
/// The store's.
pub async fn announce_message(world: &World, set: &mut ChangeSet, about: About<'_>, message: &Message) -> Read<()> {
    if let Content::Postback { title, payload } = &message.content {
        let about = About { author: message.aside.author, ..about };
        return announce(world, set, "messaging_postbacks", about, message.created_time, |receiver| {
            // Who stands by is not told what is behind the label.
            let payload = (receiver.channel != Channel::Standby).then(|| payload.clone());
            let postback = || Postback {
                mid: (receiver.version >= POSTBACK_MID_SINCE).then(|| message.id.to_string()),
                title: Some(title.clone()),
                payload: payload.clone(),
                referral: message.aside.referral.clone(),
            };
            (receiver.version >= POSTBACK_SINCE).then(|| (message.from, Event::Postback(postback())))
        })
        .await;
    }
    if message.content == Content::Unsent {
        return Ok(());
    }
    if receivers(world, about, "messages").await?.is_empty() {
        // Most of what follows would be made for nobody.
        return Ok(());
    }
    let event = event(world, message).await?;
    announce(world, set, "messages", about, message.created_time, |_| {
        Some((message.from, Event::Message(event.clone())))
    })
    .await
}

/// A plain text needs no look at the store.
async fn event(world: &World, message: &Message) -> Read<MessageEvent> {
    let (aside, is_echo) = (&message.aside, message.from == Side::Business);
    let text = match &message.content {
        Content::Text(text) => Some(text.clone()),
        _ => None,
    };
    let answered = aside.reply_to.map(|item| MessageId { item, ..message.id });
    let reply_to = match (answered, aside.story) {
        (Some(mid), _) => Some(ReplyTo { mid: Some(mid.to_string()), story: None }),
        (None, Some(story)) => {
            let url = world.store.medium(message.id.account, story).await?.map(|story| picture(world, &story));
            let story = Story { url, id: Some(story.to_string()), link_sticker_url: None };
            Some(ReplyTo { mid: None, story: Some(story) })
        }
        (None, None) => None,
    };
    Ok(MessageEvent {
        mid: message.id.to_string(),
        text,
        attachments: attachments(world, message).await?,
        quick_reply: aside.quick_reply.clone().map(|payload| QuickReply { payload }),
        reply_to,
        referral: aside.referral.clone(),
        is_echo,
        app_id: message.app.filter(|_| world.settings.echo_app_id && is_echo),
        metadata: aside.metadata.clone().filter(|_| world.settings.echo_metadata && is_echo),
        ..MessageEvent::default()
    })
}

/// What stands in `attachments` (contract webhooks 3.2).
async fn attachments(world: &World, message: &Message) -> Read<Vec<Attachment>> {
    let (account, posted) = (message.id.account, message.created_time);
    let url = |file: &MediaFile| json!({"url": media::url(world, account, file.asset)});
    Ok(match &message.content {
        Content::Media(files) => files.iter().map(|file| attachment(file.kind.name(), url(file))).collect(),
        Content::StoryMention(file) => {
            vec![attachment("story_mention", json!({"url": media::story_url(world, account, file.asset, posted)}))]
        }
        Content::LikeHeart => vec![Attachment { kind: "like_heart".into(), payload: None }],
        Content::MediaShare(id) => {
            let shared = world.store.medium(message.id.account, *id).await?;
            shared.map(|shared| share(world, &shared)).into_iter().collect()
        }
        Content::Template(template) => vec![attachment("template", shown(template))],
        Content::Text(_) | Content::Postback { .. } | Content::Unsent => Vec::new(),
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

/// A published post that was shared: as a post, or as a reel where it is one.
fn share(world: &World, shared: &Media) -> Attachment {
    let (url, title) = (picture(world, shared), &shared.caption);
    match shared.media_product_type {
        MediaProductType::Reels => {
            attachment("ig_reel", json!({"url": url, "title": title, "reel_video_id": shared.id}))
        }
        MediaProductType::Story => attachment("ig_story", json!({"story_media_id": shared.id, "story_media_url": url})),
        MediaProductType::Feed | MediaProductType::Ad | MediaProductType::Live => {
            attachment("ig_post", json!({"ig_post_media_id": shared.id, "title": title, "url": url}))
        }
    }
}

/// Where the picture of a post is; what lies on this server is stored as a path.
fn picture(world: &World, shared: &Media) -> String {
    let url = &shared.media_url;
    if url.starts_with('/') { format!("{}{url}", world.media.base()) } else { url.clone() }
}
