//! What an app is told: the `messaging` elements of webhooks and the deliveries that carry them (contract webhooks 2, 3).

use wire::id::{AccountId, Igsid, MessageId};
use wire::json::{Escape, to_ascii};
use wire::time::Millis;
use wire::version::ApiVersion;
use wire::webhook::{Event, Message as MessageEvent, Messaging, Party, Postback, Read as Seen, Timestamp};

use crate::change::{Change, ChangeSet};
use crate::facts::{Content, Delivery, Message, NewDelivery, Side};
use crate::routes::{Receiver, receivers};
use crate::store::Read;
use crate::world::World;

/// First version whose postbacks are delivered, and first whose postbacks carry a `mid` (contract webhooks 7).
const POSTBACK_SINCE: ApiVersion = ApiVersion { major: 8, minor: 0 };
const POSTBACK_MID_SINCE: ApiVersion = ApiVersion { major: 11, minor: 0 };

/// Adds the deliveries that a new message causes.
///
/// # Errors
/// The store's.
pub async fn announce_message(world: &World, set: &mut ChangeSet, message: &Message) -> Read<()> {
    let field = match message.content {
        Content::Postback { .. } => "messaging_postbacks",
        _ => "messages",
    };
    announce(world, set, field, message.id.account, message.id.igsid, message.created_time, |receiver| {
        let event = match &message.content {
            Content::Text(text) => Event::Message(MessageEvent {
                mid: message.id.to_string(),
                text: Some(text.clone()),
                is_echo: message.from == Side::Business,
                app_id: message.app.filter(|_| world.settings.echo_app_id && message.from == Side::Business),
                ..MessageEvent::default()
            }),
            Content::Postback { .. } if receiver.version < POSTBACK_SINCE => return None,
            Content::Postback { title, payload } => Event::Postback(Postback {
                mid: (receiver.version >= POSTBACK_MID_SINCE).then(|| message.id.to_string()),
                title: Some(title.clone()),
                payload: Some(payload.clone()),
                ..Postback::default()
            }),
            Content::Media(_)
            | Content::LikeHeart
            | Content::MediaShare(_)
            | Content::Template(_)
            | Content::StoryMention(_)
            | Content::Unsent => return None,
        };
        Some((message.from, event))
    })
    .await
}

/// Adds the deliveries that a person's reading causes.
///
/// # Errors
/// The store's.
pub async fn announce_seen(world: &World, set: &mut ChangeSet, seen: MessageId, now: Millis) -> Read<()> {
    announce(world, set, "messaging_seen", seen.account, seen.igsid, now, |_| {
        Some((Side::Person, Event::Read(Seen { mid: seen.to_string() })))
    })
    .await
}

async fn announce(
    world: &World,
    set: &mut ChangeSet,
    field: &'static str,
    account: AccountId,
    igsid: Igsid,
    time: Millis,
    event: impl Fn(&Receiver) -> Option<(Side, Event)> + Send,
) -> Read<()> {
    for receiver in receivers(world, account, field).await? {
        let Some((from, event)) = event(&receiver) else { continue };
        let (person, business) = (Party { id: igsid.to_string() }, Party { id: account.to_string() });
        let (sender, recipient) = match from {
            Side::Person => (person, business),
            Side::Business => (business, person),
        };
        let element = Messaging { sender: Some(sender), recipient, timestamp: Timestamp(time.get()), event };
        let element = to_ascii(&element, Escape::Webhook).expect("a messaging element is plain data with text keys");
        set.push(Change::AddDelivery(NewDelivery {
            account,
            app: receiver.app,
            igsid,
            login: receiver.login,
            field,
            element,
            created_time: time,
        }));
    }
    Ok(())
}

/// The exact bytes of a delivery: one entry with one element, the entry's time being that of the first attempt, so that a
/// retry sends the same bytes under the same signature (contract webhooks 2.1, 2.3).
pub fn body(delivery: &Delivery) -> String {
    let time = delivery.first_attempt_time.unwrap_or(delivery.created_time);
    format!(
        r#"{{"object":"instagram","entry":[{{"id":"{}","time":{},"messaging":[{}]}}]}}"#,
        delivery.account,
        time.get(),
        delivery.element
    )
}
