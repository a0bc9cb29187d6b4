//! What an app is told of control over a thread (contract webhooks 3.15). Control that ends by the clock, is released or
//! extended, is told to nobody.

use std::collections::BTreeMap;

use wire::id::{AccountId, AppId, Igsid};
use wire::time::Millis;
use wire::version::ApiVersion;
use wire::webhook::{ControlChange, ControlRequest, Event, Messaging, Party, Timestamp};

use super::{announce, delivery};
use crate::change::ChangeSet;
use crate::facts::Side;
use crate::policy::control::Told;
use crate::routes::{About, subscribers};
use crate::store::Read;
use crate::world::World;

const FIELD: &str = "messaging_handover";

/// First version whose passes name the previous owner and whose takes name the new one (contract webhooks 3.15, 7).
const BOTH_OWNERS_SINCE: ApiVersion = ApiVersion { major: 12, minor: 0 };

/// Adds the delivery that an act causes, to the one app that it concerns. It comes on the normal channel whoever controls
/// the thread.
///
/// # Errors
/// The store's.
pub async fn announce_control(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    told: Told,
    metadata: Option<&str>,
    now: Millis,
) -> Read<()> {
    announce(world, set, FIELD, about, now, |receiver| {
        let (concerned, event) = event(told, metadata, receiver.version)?;
        (receiver.app == concerned).then_some((Side::Person, event))
    })
    .await
}

/// Whom an act concerns, and what they are told.
fn event(told: Told, metadata: Option<&str>, version: ApiVersion) -> Option<(AppId, Event)> {
    let names_both = version >= BOTH_OWNERS_SINCE;
    let metadata = Some(metadata.unwrap_or_default().to_owned());
    match told {
        Told::Nobody => None,
        Told::Requested(of, by) => {
            Some((of, Event::RequestThreadControl(ControlRequest { requested_owner_app_id: by, metadata })))
        }
        Told::Taken(from, by) => {
            let new_owner_app_id = names_both.then_some(by);
            let previous_owner_app_id = Some(Some(from));
            let change = ControlChange { previous_owner_app_id, new_owner_app_id, metadata };
            Some((from, Event::TakeThreadControl(change)))
        }
        Told::Passed(from, to) => {
            let previous_owner_app_id = names_both.then_some(from);
            let change = ControlChange { previous_owner_app_id, new_owner_app_id: Some(to), metadata };
            Some((to, Event::PassThreadControl(change)))
        }
    }
}

/// Adds the deliveries that new roles under the older handover protocol cause: each app hears of its own.
///
/// # Errors
/// The store's.
pub async fn announce_roles(
    world: &World,
    set: &mut ChangeSet,
    account: AccountId,
    roles: &[(AppId, &'static str)],
    now: Millis,
) -> Read<()> {
    for receiver in subscribers(world, account, FIELD).await? {
        let Some((app, role)) = roles.iter().find(|(app, _)| *app == receiver.app) else { continue };
        let roles = BTreeMap::from([(*app, vec![(*role).to_owned()])]);
        let element = Messaging {
            sender: None,
            recipient: Party { id: account.to_string() },
            timestamp: Timestamp(now.get()),
            event: Event::AppRoles(roles),
            is_self: false,
        };
        set.push(delivery(&receiver, (account, Igsid::new(0)), &element, now));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OLD: ApiVersion = ApiVersion { major: 11, minor: 0 };
    const NEW: ApiVersion = ApiVersion { major: 25, minor: 0 };

    fn value(told: Told, metadata: Option<&str>, version: ApiVersion) -> Value {
        match event(told, metadata, version) {
            Some((_, Event::PassThreadControl(change) | Event::TakeThreadControl(change))) => json!(change),
            Some((_, Event::RequestThreadControl(request))) => json!(request),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_older_forms_name_one_owner_and_the_newer_ones_both() {
        let (one, two) = (AppId::new(101), AppId::new(202));
        let passed = Told::Passed(Some(one), two);
        let rows = [
            (passed, NEW, json!({"previous_owner_app_id": "101", "new_owner_app_id": "202", "metadata": "m"})),
            (passed, OLD, json!({"new_owner_app_id": "202", "metadata": "m"})),
            (
                Told::Passed(None, two),
                NEW,
                json!({"previous_owner_app_id": null, "new_owner_app_id": "202", "metadata": "m"}),
            ),
            (
                Told::Taken(one, two),
                NEW,
                json!({"previous_owner_app_id": "101", "new_owner_app_id": "202", "metadata": "m"}),
            ),
            (Told::Taken(one, two), OLD, json!({"previous_owner_app_id": "101", "metadata": "m"})),
            (Told::Requested(one, two), NEW, json!({"requested_owner_app_id": "202", "metadata": "m"})),
            (Told::Requested(one, two), OLD, json!({"requested_owner_app_id": "202", "metadata": "m"})),
        ];
        for (told, version, expected) in rows {
            assert_eq!(value(told, Some("m"), version), expected, "{told:?} {version}");
        }
        assert_eq!(value(passed, None, NEW)["metadata"], "", "an empty text where nothing was said");
    }
}
