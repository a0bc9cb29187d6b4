//! `…/pass_thread_control` and its neighbours, and `…/thread_owner` (contract send 1.11, webhooks 5.4).

use engine::control::{self, Asked};
use engine::policy::control::Call as Control;
use serde_json::{Map, Value, json};
use wire::error::{self, GraphError};
use wire::id::{AppId, Igsid};
use wire::time::Span;

use super::super::call::Call;

/// `POST`: the thread goes to `target_app_id`, or to the default app.
///
/// # Errors
/// A recipient or app that is none; every refusal of [`control::change`].
pub async fn pass(call: &Call<'_>) -> Result<Value, GraphError> {
    let target = call.params.text("target_app_id")?.filter(|text| !text.trim().is_empty());
    let target = target.map(|text| text.trim().parse::<AppId>()).transpose();
    change(call, Control::Pass(target.map_err(|_| GraphError::new(&error::WRONG_APP))?)).await
}

/// `POST`: the thread becomes idle.
///
/// # Errors
/// As [`pass`].
pub async fn release(call: &Call<'_>) -> Result<Value, GraphError> {
    change(call, Control::Release).await
}

/// `POST`: the caller takes the thread.
///
/// # Errors
/// As [`pass`].
pub async fn take(call: &Call<'_>) -> Result<Value, GraphError> {
    change(call, Control::Take).await
}

/// `POST`: the caller asks for the thread.
///
/// # Errors
/// As [`pass`].
pub async fn request(call: &Call<'_>) -> Result<Value, GraphError> {
    change(call, Control::Request).await
}

/// `POST`: the caller keeps the thread for `duration` seconds.
///
/// # Errors
/// As [`pass`]; no duration.
pub async fn extend(call: &Call<'_>) -> Result<Value, GraphError> {
    let required = || GraphError::new(&error::PARAMETER_REQUIRED).with("duration");
    let seconds = call.params.number("duration")?.ok_or_else(required)?;
    change(call, Control::Extend(Span::seconds(seconds))).await
}

/// `GET`: who controls the thread of `recipient`, until when; nothing when it is idle.
///
/// # Errors
/// A recipient that is none; every refusal of [`control::owner`].
pub async fn owner(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let igsid = person(&Value::String(call.params.require_text("recipient")?))?;
    let Some(owner) = control::owner(&call.server.world, &call.caller, account, igsid).await? else {
        return Ok(json!({"data": []}));
    };
    let mut thread_owner = Map::new();
    if let Some(app) = owner.app {
        // A number, as it is printed in the documentation of this edge and nowhere else.
        thread_owner.insert("app_id".to_owned(), app.get().into());
    }
    thread_owner.insert("expiration".to_owned(), owner.until.seconds().into());
    Ok(json!({"data": [{ "thread_owner": thread_owner }]}))
}

async fn change(call: &Call<'_>, control: Control) -> Result<Value, GraphError> {
    let account = call.account()?;
    let required = || GraphError::new(&error::PARAMETER_REQUIRED).with("recipient");
    let recipient = call.params.object("recipient")?.ok_or_else(required)?;
    let igsid = person(recipient.get("id").unwrap_or(&Value::Null))?;
    let metadata = call.params.text("metadata")?.filter(|text| !text.is_empty());
    control::change(&call.server.world, &call.caller, account, Asked { igsid, call: control, metadata }).await?;
    Ok(json!({"success": true}))
}

/// The person of an IGSID; what is no id is nobody's.
fn person(id: &Value) -> Result<Igsid, GraphError> {
    let nobody = || GraphError::new(&error::NO_SUCH_USER);
    match id {
        Value::String(text) if !text.trim().is_empty() => text.trim().parse().map_err(|_| nobody()),
        Value::Number(number) => number.as_u64().map(Igsid::new).ok_or_else(nobody),
        _ => Err(GraphError::new(&error::PARAMETER_REQUIRED).with("recipient[id]")),
    }
}
