//! A message of either side as apps are told of it: `message`, or `postback` for a tap (contract webhooks 3.1 to 3.8, 3.10).

use wire::dialect::Dialect;
use wire::id::MessageId;
use wire::version::ApiVersion;
use wire::webhook::{Event, Message as MessageEvent, MessageEdit, Postback, QuickReply, ReplyTo, Story};

use super::attachment::{attachments, tells_stickers};
use super::{Told, announce};
use crate::change::ChangeSet;
use crate::facts::{Channel, Content, Message, Side};
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
    let field = match &message.content {
        Content::Postback { title, payload } => return announce_tap(world, set, about, message, title, payload).await,
        Content::Unsent => return Ok(()),
        _ => "messages",
    };
    let receivers = receivers(world, about, field).await?;
    if receivers.is_empty() {
        // Most of what follows would be made for nobody.
        return Ok(());
    }
    let mut odd = Vec::new();
    if world.settings.unpublished_message_edit && message.from == Side::Person {
        for receiver in &receivers {
            let app = world.store.app(receiver.app).await?;
            if receiver.login == Dialect::Instagram && app.is_some_and(|app| !app.live) {
                odd.push(receiver.app);
            }
        }
    }
    let event = event(world, message).await?;
    let is_sticker = matches!(message.content, Content::Sticker(_));
    announce(world, set, field, about, message.created_time, |receiver| {
        if is_sticker && !tells_stickers(world, receiver.version) {
            return None;
        }
        if receiver.login == Dialect::Instagram && odd.contains(&receiver.app) {
            // It has no sender that anybody could answer (contract webhooks 6, quirk 9).
            let edit = MessageEdit { mid: message.id.to_string(), text: None, num_edit: 0 };
            return Some(Told { from: None, event: Event::MessageEdit(edit), is_self: false });
        }
        Some(Told::from((message.from, Event::Message(event.clone()))))
    })
    .await
}

/// What stands behind a button is told to the app that offered it, and to no other; nor to who stands by (contract webhooks 3.10,
/// 3.14).
async fn announce_tap(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    message: &Message,
    title: &str,
    payload: &str,
) -> Read<()> {
    let aside = &message.aside;
    let about = About { author: aside.author, ..about };
    announce(world, set, "messaging_postbacks", about, message.created_time, |receiver| {
        let is_author = aside.author.is_none_or(|author| author == receiver.app);
        let offered = is_author && receiver.channel != Channel::Standby;
        let postback = || Postback {
            mid: (receiver.version >= POSTBACK_MID_SINCE).then(|| message.id.to_string()),
            title: Some(title.to_owned()),
            payload: offered.then(|| payload.to_owned()),
            referral: aside.referral.clone(),
        };
        (receiver.version >= POSTBACK_SINCE).then(|| Told {
            from: Some(message.from),
            event: Event::Postback(postback()),
            is_self: aside.is_self,
        })
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
    Ok(MessageEvent {
        mid: message.id.to_string(),
        text,
        attachments: attachments(world, message).await?,
        quick_reply: aside.quick_reply.clone().map(|payload| QuickReply { payload }),
        reply_to: reply_to(world, message).await?,
        referral: aside.referral.clone(),
        is_echo,
        is_self: aside.is_self,
        is_unsupported: message.content == Content::Unsupported,
        app_id: message.app.filter(|_| world.settings.echo_app_id && is_echo),
        metadata: aside.metadata.clone().filter(|_| world.settings.echo_metadata && is_echo),
        ..MessageEvent::default()
    })
}

/// What a message answers: another message, a story of the account, or the person's story that mentioned it (contract webhooks
/// 3.3).
async fn reply_to(world: &World, message: &Message) -> Read<Option<ReplyTo>> {
    let (aside, account) = (&message.aside, message.id.account);
    if let Some(item) = aside.reply_to {
        let mid = MessageId { item, ..message.id }.to_string();
        return Ok(Some(ReplyTo { mid: Some(mid), story: None }));
    }
    let story = if let Some(id) = aside.story {
        let story = world.store.medium(account, id).await?;
        Story {
            url: story.as_ref().map(|story| media::post_url(world, story)),
            id: Some(id.to_string()),
            link_sticker_url: story.and_then(|story| story.link_url),
        }
    } else if let Some(item) = aside.mention {
        let mention = world.store.message(MessageId { item, ..message.id }).await?;
        let Some(mention) = mention else { return Ok(None) };
        let Content::StoryMention(file) = &mention.content else { return Ok(None) };
        let url = media::mention_url(world, account, message.id.igsid, file.asset, mention.created_time);
        Story { url: Some(url), id: Some(file.asset.to_string()), link_sticker_url: None }
    } else {
        return Ok(None);
    };
    Ok(Some(ReplyTo { mid: None, story: Some(story) }))
}
