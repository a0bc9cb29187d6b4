//! What an app is told of control over a thread (contract webhooks 3.15).

use wire::id::AppId;
use wire::time::Millis;
use wire::webhook::{ControlChange, Event};

use super::announce;
use crate::change::ChangeSet;
use crate::facts::Side;
use crate::routes::About;
use crate::store::Read;
use crate::world::World;

/// Adds the delivery that passing a thread causes, to the app that has it now and to no other. A release causes none.
///
/// # Errors
/// The store's.
pub async fn announce_passed(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    (from, to): (Option<AppId>, AppId),
    now: Millis,
) -> Read<()> {
    announce(world, set, "messaging_handover", about, now, |receiver| {
        let change = ControlChange { previous_owner_app_id: Some(from), new_owner_app_id: Some(to), metadata: None };
        (receiver.app == to).then_some((Side::Person, Event::PassThreadControl(change)))
    })
    .await
}
