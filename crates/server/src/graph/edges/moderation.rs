//! `…/moderate_conversations`: blocking people, moving threads to spam (contract send 6.5).

use engine::moderation::{self, Action};
use serde_json::{Value, json};
use wire::error::{self, GraphError};
use wire::id::Igsid;

use super::super::call::Call;

/// `POST`: every action to every person, or nothing.
///
/// # Errors
/// Ids and actions that are none, or too many; whoever cannot be moderated; the store's.
pub async fn moderate(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let (people, actions) = (people(call)?, actions(call)?);
    moderation::moderate(&call.server.world, &call.caller, account, &people, &actions).await?;
    Ok(json!({"success": true}))
}

/// `user_ids`: objects with an `id`; bare ids are taken, too.
fn people(call: &Call<'_>) -> Result<Vec<Igsid>, GraphError> {
    let required = || GraphError::new(&error::PARAMETER_REQUIRED).with("user_ids");
    let list = call.params.array("user_ids")?.ok_or_else(required)?;
    let wrong = || GraphError::new(&error::PARAMETER_DETAIL).with("Param user_ids must hold objects with an id");
    let id = |item: &Value| match item.get("id").unwrap_or(item) {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().map(Igsid::new),
        _ => None,
    };
    list.iter().map(|item| id(item).ok_or_else(wrong)).collect()
}

/// `actions`, in any case. Those of Messenger alone are not among them.
fn actions(call: &Call<'_>) -> Result<Vec<Action>, GraphError> {
    let names = call.params.list("actions")?;
    if names.is_empty() {
        return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("actions"));
    }
    let known = || Action::ALL.map(|(_, name)| name).join(", ");
    let wrong = |index: usize| {
        GraphError::new(&error::PARAMETER_ONE_OF).with(format!("actions[{index}]")).with(format!("{{{}}}", known()))
    };
    let find = |name: &String| Action::ALL.into_iter().find(|(_, known)| known.eq_ignore_ascii_case(name.trim()));
    names
        .iter()
        .enumerate()
        .map(|(index, name)| find(name).map(|(action, _)| action).ok_or_else(|| wrong(index)))
        .collect()
}
