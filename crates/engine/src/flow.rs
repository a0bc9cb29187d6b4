//! Welcome message flows: what click-to-message ads begin a conversation with (contract send 1.13).

use wire::id::{AccountId, AppId, FlowId};

use crate::change::{Change, ChangeSet};
use crate::facts::Flow;
use crate::refusal::{Failure, Refusal};
use crate::world::World;

/// Longest name, in characters (inferred).
pub const NAME_CHARS: usize = 255;
/// Messages of a flow at most (inferred).
pub const MESSAGES: usize = 10;

/// What a call says about a flow; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: Option<String>,
    /// Its messages, a JSON list of `{"message": …}`, each one that could be sent.
    pub welcome_message_flow: Option<String>,
    /// Where it may be used.
    pub eligible_platforms: Option<Vec<String>>,
}

/// Makes a flow.
///
/// # Errors
/// [`Refusal::Parameter`] for a name that is too long or a member that is missing; the store's.
pub async fn create(world: &World, account: AccountId, app: AppId, draft: Draft) -> Result<FlowId, Failure> {
    let missing = |name: &str| Refusal::Parameter(format!("The parameter {name} is required"));
    let flow = Flow {
        account,
        id: fresh(world, account).await?,
        app,
        name: named(draft.name.ok_or_else(|| missing("name"))?)?,
        welcome_message_flow: draft.welcome_message_flow.ok_or_else(|| missing("welcome_message_flow"))?,
        eligible_platforms: draft.eligible_platforms.ok_or_else(|| missing("eligible_platforms"))?,
        last_update_time: world.now(),
    };
    let id = flow.id;
    put(world, flow).await?;
    Ok(id)
}

/// An id that no flow of the account has.
async fn fresh(world: &World, account: AccountId) -> Result<FlowId, Failure> {
    loop {
        let id = world.ids.flow(world.now());
        if world.store.flow(account, id).await?.is_none() {
            return Ok(id);
        }
    }
}

/// Writes what the draft says over a flow.
///
/// # Errors
/// As [`create`]; [`Refusal::NoObject`] for a flow that is not there.
pub async fn update(world: &World, account: AccountId, id: FlowId, draft: Draft) -> Result<(), Failure> {
    let mut flow = find(world, account, id, "post").await?;
    if let Some(name) = draft.name {
        flow.name = named(name)?;
    }
    flow.welcome_message_flow = draft.welcome_message_flow.unwrap_or(flow.welcome_message_flow);
    flow.eligible_platforms = draft.eligible_platforms.unwrap_or(flow.eligible_platforms);
    flow.last_update_time = world.now();
    put(world, flow).await
}

/// Takes a flow away.
///
/// # Errors
/// [`Refusal::NoObject`] for a flow that is not there; the store's.
pub async fn remove(world: &World, account: AccountId, id: FlowId) -> Result<(), Failure> {
    let flow = find(world, account, id, "delete").await?.id;
    let mut set = ChangeSet::new();
    set.push(Change::RemoveFlow { account, flow });
    Ok(world.commit(set).await?)
}

/// An account's flows, by id: one of them, or those of one app, or all.
///
/// # Errors
/// [`Refusal::NoObject`] for one that is not there; the store's.
pub async fn list(
    world: &World,
    account: AccountId,
    id: Option<FlowId>,
    app: Option<AppId>,
) -> Result<Vec<Flow>, Failure> {
    let mut flows = match id {
        Some(id) => vec![find(world, account, id, "get").await?],
        None => world.store.flows(account).await?,
    };
    flows.retain(|flow| app.is_none_or(|app| flow.app == app));
    Ok(flows)
}

async fn find(world: &World, account: AccountId, id: FlowId, verb: &'static str) -> Result<Flow, Failure> {
    let found = world.store.flow(account, id).await?;
    Ok(found.ok_or_else(|| Refusal::NoObject { verb, id: id.to_string() })?)
}

async fn put(world: &World, flow: Flow) -> Result<(), Failure> {
    let mut set = ChangeSet::new();
    set.push(Change::PutFlow(flow));
    Ok(world.commit(set).await?)
}

fn named(name: String) -> Result<String, Refusal> {
    if (1..=NAME_CHARS).contains(&name.chars().count()) {
        Ok(name)
    } else {
        Err(Refusal::Parameter(format!("Param name must have 1 to {NAME_CHARS} characters")))
    }
}
