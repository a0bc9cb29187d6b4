//! Deliveries that are made again by hand: as they were, changed, or somewhere else.

use serde_json::{Map, Value};
use wire::id::DeliveryId;
use wire::json::{Escape, to_ascii};
use wire::webhook_field::FIELDS;

use crate::change::{Change, ChangeSet};
use crate::facts::{Copied, DATA_DELETION, DEAUTHORIZE, Delivery, NewDelivery};
use crate::store::{CommitError, DeliveryFilter};
use crate::world::World;

/// How many of the newest deliveries are looked through for one that was just made.
const LOOK: u32 = 100;

/// What is different about a delivery that repeats another one.
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// Its element; without one, that of the other.
    pub element: Option<Map<String, Value>>,
    /// Where it goes; without one, to the app's own callback.
    pub url: Option<String>,
}

/// The name of a field, or of a callback of the login product, as the delivery log has it.
pub fn field_name(text: &str) -> Option<&'static str> {
    let fields = FIELDS.iter().map(|field| field.name);
    fields.chain([DEAUTHORIZE, DATA_DELETION]).find(|name| *name == text)
}

/// Makes deliveries of one account again, now, whatever became of them.
///
/// # Errors
/// The store's.
pub async fn again<'a>(world: &World, deliveries: impl IntoIterator<Item = &'a Delivery>) -> Result<(), CommitError> {
    let due_time = world.now();
    let redeliver = |d: &Delivery| Change::Redeliver { account: d.account, delivery: d.id, due_time };
    world.commit(ChangeSet(deliveries.into_iter().map(redeliver).collect())).await
}

/// Makes a delivery that repeats this one, changed or led elsewhere, with a time and signatures of its own. Answers which
/// one it is, unless so many others were made meanwhile that it is not among the newest.
///
/// # Errors
/// The store's.
pub async fn copy(world: &World, delivery: &Delivery, changed: &Changed) -> Result<Option<DeliveryId>, CommitError> {
    // Every stored delivery has a field of the table: whoever announces it names one.
    let Some(field) = field_name(&delivery.field) else { return Ok(None) };
    let element = match &changed.element {
        Some(element) => to_ascii(element, Escape::Webhook).expect("an object with text keys is JSON"),
        None => delivery.element.clone(),
    };
    let mut set = ChangeSet::new();
    set.push(Change::AddDelivery(NewDelivery {
        account: delivery.account,
        app: delivery.app,
        igsid: delivery.igsid,
        login: delivery.login,
        field,
        channel: delivery.channel,
        element,
        created_time: world.now(),
        copy: Some(Copied { origin: delivery.id, url: changed.url.clone() }),
    }));
    world.commit(set).await?;
    let filter =
        DeliveryFilter { app: Some(delivery.app), account: Some(delivery.account), ..DeliveryFilter::default() };
    let newest = world.store.deliveries(filter, LOOK).await?;
    Ok(newest.into_iter().find(|other| other.copy.as_ref().is_some_and(|c| c.origin == delivery.id)).map(|d| d.id))
}
