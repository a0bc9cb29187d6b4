//! `…/pass_thread_control` and its kin: which app controls a thread (contract webhooks 5.4). Under an account's own node they
//! are an extension that `thread_control_by_account` switches on.

use std::sync::Arc;

use engine::control;
use engine::facts::{Account, App};
use engine::policy::control::Act;
use engine::policy::standing;
use engine::{Failure, Refusal};
use serde_json::{Value, json};
use wire::error::GraphError;
use wire::id::Igsid;
use wire::send::control as asked;
use wire::time::Span;

use super::super::call::Call;
use super::super::node::Node;
use super::super::project::{Field, project};

/// `POST …/pass_thread_control`: gives the thread to an app, or to the default app.
///
/// # Errors
/// A wrong parameter, a person who cannot be reached, an app that is not there or may not do this; the store's.
pub async fn pass(call: &Call<'_>) -> Result<Value, GraphError> {
    act(call, |call| Ok(Act::Pass(asked::target_app(call.params)?))).await
}

/// `POST …/release_thread_control`: leaves the thread idle.
///
/// # Errors
/// As [`pass`].
pub async fn release(call: &Call<'_>) -> Result<Value, GraphError> {
    act(call, |_| Ok(Act::Release)).await
}

/// `POST …/take_thread_control`: takes it from whoever has it.
///
/// # Errors
/// As [`pass`].
pub async fn take(call: &Call<'_>) -> Result<Value, GraphError> {
    act(call, |_| Ok(Act::Take)).await
}

/// `POST …/request_thread_control`: asks for it.
///
/// # Errors
/// As [`pass`].
pub async fn request(call: &Call<'_>) -> Result<Value, GraphError> {
    act(call, |_| Ok(Act::Request)).await
}

/// `POST …/extend_thread_control`: keeps it for `duration` seconds from now on.
///
/// # Errors
/// As [`pass`].
pub async fn extend(call: &Call<'_>) -> Result<Value, GraphError> {
    act(call, |call| {
        let required = || GraphError::new(&wire::error::PARAMETER_REQUIRED).with("duration");
        let seconds = call.params.number("duration")?.ok_or_else(required)?;
        // What is too much for milliseconds is too much for a duration.
        Ok(Act::Extend(Span::millis(seconds.saturating_mul(1_000))))
    })
    .await
}

async fn act(
    call: &Call<'_>,
    read: impl FnOnce(&Call<'_>) -> Result<Act, GraphError> + Send,
) -> Result<Value, GraphError> {
    check_node(call)?;
    let recipient = asked::recipient(call.params)?;
    let (act, metadata) = (read(call)?, asked::metadata(call.params)?);
    let account = business(call)?;
    let (world, app, igsid) = (&call.server.world, &call.caller.app, person(&recipient)?);
    control::act(world, app, &account, igsid, act, metadata.as_deref()).await?;
    Ok(json!({"success": true}))
}

/// `GET …/thread_owner`: the app, which only some may know, and the end of its control in seconds since 1970.
///
/// # Errors
/// A recipient that is missing or nobody; the store's.
pub async fn owner(call: &Call<'_>) -> Result<Value, GraphError> {
    check_node(call)?;
    let recipient = asked::recipient_in_query(call.params)?;
    let account = business(call)?;
    let (world, app) = (&call.server.world, call.caller.app.id);
    let Some(shown) = control::thread_owner(world, app, &account, person(&recipient)?).await? else {
        return Ok(json!({"data": []}));
    };
    let mut owner = json!({});
    if let Some(app) = shown.app {
        owner["app_id"] = json!(app.get());
    }
    if let Some(until) = shown.until {
        owner["expiration"] = json!(until.seconds());
    }
    Ok(json!({"data": [{"thread_owner": owner}]}))
}

const RECEIVER_FIELDS: &[Field<App>] = &[
    Field { name: "id", default: true, read: |app| Some(json!(app.id)) },
    Field { name: "name", default: true, read: |app| Some(json!(app.name)) },
];

/// `GET …/secondary_receivers` of the older handover protocol. Messenger has none here.
///
/// # Errors
/// Anybody but the primary receiver asks; an unknown field or platform; the store's.
pub async fn secondary_receivers(call: &Call<'_>) -> Result<Value, GraphError> {
    check_node(call)?;
    let platform = call.params.enumeration("platform", &["instagram", "messenger"])?;
    let account = business(call)?;
    let found = control::secondary_receivers(&call.server.world, call.caller.app.id, &account).await?;
    let shown = found.iter().filter(|_| platform != Some("messenger"));
    let rows = shown.map(|app| project(RECEIVER_FIELDS, &[], "Application", call.fields.as_ref(), app));
    let data: Vec<_> = rows.collect::<Result<_, _>>()?;
    Ok(json!({ "data": data }))
}

/// An account's own node looks as if it had no such edge, unless the extension is on.
fn check_node(call: &Call<'_>) -> Result<(), GraphError> {
    if matches!(call.node, Node::Account(_)) && !call.server.world.settings.thread_control_by_account {
        let id = call.path.split('/').next().unwrap_or_default().to_owned();
        return Err(Refusal::NoObject { verb: call.verb.name(), id }.into());
    }
    call.account().map(drop)
}

fn business(call: &Call<'_>) -> Result<Arc<Account>, GraphError> {
    standing::decide(call.caller.business.as_deref()).map_err(Failure::from)?;
    call.caller.business.clone().ok_or_else(|| Refusal::PageNotLinked.into())
}

fn person(id: &str) -> Result<Igsid, GraphError> {
    Ok(id.parse().map_err(|_| Refusal::NoSuchUser)?)
}
