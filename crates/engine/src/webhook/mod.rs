//! What an app is told: the elements of webhooks and the deliveries that carry them (contract webhooks 2, 3).

mod acts;
mod control;
mod message;

use wire::id::{AccountId, Igsid};
use wire::json::{Escape, to_ascii};
use wire::time::Millis;
use wire::webhook::{Event, Messaging, Party, Timestamp};

use crate::change::{Change, ChangeSet};
use crate::facts::{Channel, Delivery, NewDelivery, Side};
use crate::routes::{About, Receiver, receivers};
use crate::store::Read;
use crate::world::World;

pub use acts::{announce_edit, announce_reaction, announce_referral, announce_seen, announce_unsent};
pub use control::{announce_control, announce_roles};
pub use message::announce_message;

async fn announce(
    world: &World,
    set: &mut ChangeSet,
    field: &'static str,
    about: About<'_>,
    time: Millis,
    event: impl Fn(&Receiver) -> Option<(Side, Event)> + Send,
) -> Read<()> {
    let About { account, igsid, .. } = about;
    for receiver in receivers(world, about, field).await? {
        let Some((from, event)) = event(&receiver) else { continue };
        let (person, business) = (Party { id: igsid.to_string() }, Party { id: account.to_string() });
        let (sender, recipient) = match from {
            Side::Person => (person, business),
            Side::Business => (business, person),
        };
        let element = Messaging { sender: Some(sender), recipient, timestamp: Timestamp(time.get()), event };
        set.push(delivery(&receiver, (account, igsid), &element, time));
    }
    Ok(())
}

/// The delivery of an element; who is `igsid`, in whose order it comes, is 0 where it is about nobody.
fn delivery(receiver: &Receiver, (account, igsid): (AccountId, Igsid), element: &Messaging, time: Millis) -> Change {
    let element = to_ascii(element, Escape::Webhook).expect("a messaging element is plain data with text keys");
    Change::AddDelivery(NewDelivery {
        account,
        app: receiver.app,
        igsid,
        login: receiver.login,
        field: receiver.field,
        channel: receiver.channel,
        element,
        created_time: time,
        copy: None,
    })
}

/// The exact bytes of deliveries in one POST: an entry with one element for each, the entry's time being that of the first
/// attempt, so that a retry sends the same bytes under the same signature (contract webhooks 2.1, 2.3).
pub fn body(deliveries: &[Delivery]) -> String {
    let entries: Vec<String> = deliveries.iter().map(entry).collect();
    format!(r#"{{"object":"instagram","entry":[{}]}}"#, entries.join(","))
}

/// The entry of a delivery. Its time is in milliseconds, but in seconds for `changes`. A change that is told by its name alone
/// stands in `changed_fields`.
fn entry(delivery: &Delivery) -> String {
    let time = delivery.first_attempt_time.unwrap_or(delivery.created_time).get();
    let time = if delivery.channel == Channel::Changes { time.div_euclid(1_000) } else { time };
    let (account, element) = (delivery.account, &delivery.element);
    let is_name = delivery.channel == Channel::Changes && element.starts_with('"');
    let list = if is_name { "changed_fields" } else { delivery.channel.name() };
    format!(r#"{{"id":"{account}","time":{time},"{list}":[{element}]}}"#)
}
