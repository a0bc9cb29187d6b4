//! What an app is told of control over a thread (contract webhooks 3.15).

use wire::id::AppId;
use wire::time::Millis;
use wire::webhook::{ControlChange, ControlRequest, Event};

use super::announce;
use crate::change::ChangeSet;
use crate::facts::Side;
use crate::policy::control::Told;
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
    Told::Passed { from, to }.announce(world, set, about, None, now).await
}

impl Told {
    /// Adds the delivery to the one app that is told, with what the app that called has to say to it.
    ///
    /// # Errors
    /// The store's.
    pub async fn announce(
        self,
        world: &World,
        set: &mut ChangeSet,
        about: About<'_>,
        metadata: Option<&str>,
        now: Millis,
    ) -> Read<()> {
        let metadata = || metadata.map(str::to_owned);
        let change = |from: Option<AppId>, to: AppId| ControlChange {
            previous_owner_app_id: Some(from),
            new_owner_app_id: Some(to),
            metadata: metadata(),
        };
        let (app, event) = match self {
            Told::Nobody => return Ok(()),
            Told::Passed { from, to } => (to, Event::PassThreadControl(change(from, to))),
            Told::Taken { from, by } => (from, Event::TakeThreadControl(change(Some(from), by))),
            Told::Requested { of, by } => {
                let request = ControlRequest { requested_owner_app_id: by, metadata: metadata() };
                (of, Event::RequestThreadControl(request))
            }
        };
        announce(world, set, "messaging_handover", about, now, |receiver| {
            (receiver.app == app).then(|| (Side::Person, event.clone()))
        })
        .await
    }
}
