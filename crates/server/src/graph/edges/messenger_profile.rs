//! `…/messenger_profile`: ice breakers and the persistent menu (contract send 6.1 to 6.3).

use engine::Failure;
use engine::profile::{self, Platform};
use serde_json::{Map, Value, json};
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::messenger_profile::{PROPERTIES, Property};

use super::super::call::Call;
use super::super::node::Node;

/// An account's node has one profile, whatever `platform` says beside it (contract send 6.1).
fn platform(call: &Call<'_>) -> Result<Platform, GraphError> {
    if matches!(call.node, Node::Account(_)) {
        return Ok(Platform::Instagram);
    }
    Ok(if call.is_instagram()? { Platform::Instagram } else { Platform::Messenger })
}

/// Names of properties in `fields`, any case; those that exist only on Messenger are refused.
fn named(call: &Call<'_>) -> Result<Vec<&'static str>, GraphError> {
    let names = call.params.list("fields")?;
    names
        .iter()
        .map(|name| PROPERTIES.into_iter().find(|known| known.eq_ignore_ascii_case(name)).ok_or_else(one_of))
        .collect()
}

fn one_of() -> GraphError {
    GraphError::new(&error::PARAMETER_ONE_OF).with("fields").with(format!("{{{}}}", PROPERTIES.join(", ")))
}

/// `GET`: every property asked for that is set, wrapped in its name, in one object.
///
/// # Errors
/// Unknown properties; the store's.
pub async fn get(call: &Call<'_>) -> Result<Value, GraphError> {
    let asked = named(call)?;
    let asked = if asked.is_empty() { PROPERTIES.to_vec() } else { asked };
    let set =
        profile::get(&call.server.world, call.account()?, platform(call)?, &asked).await.map_err(Failure::from)?;
    let properties: Map<String, Value> = set.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(if properties.is_empty() { json!({"data": []}) } else { json!({"data": [properties]}) })
}

/// `POST`: replaces the properties given and leaves the others alone.
///
/// # Errors
/// A property that breaks its limits, or none given; the store's.
pub async fn set(call: &Call<'_>) -> Result<Value, GraphError> {
    let mut values = Vec::new();
    for name in PROPERTIES {
        if let Some(list) = call.params.array(name)? {
            values.push(Property::read(name, &Value::Array(list))?);
        }
    }
    if values.is_empty() {
        return Err(
            GraphError::new(&error::PARAMETER_DETAIL).with("At least one of ice_breakers, persistent_menu is required")
        );
    }
    profile::set(&call.server.world, call.account()?, platform(call)?, &values).await?;
    Ok(written(call))
}

/// `DELETE`: removes the properties named in `fields`.
///
/// # Errors
/// Unknown properties, or none named; the store's.
pub async fn remove(call: &Call<'_>) -> Result<Value, GraphError> {
    let asked = named(call)?;
    if asked.is_empty() {
        return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("fields"));
    }
    profile::remove(&call.server.world, call.account()?, platform(call)?, &asked).await?;
    Ok(written(call))
}

/// The two hosts answer a write in different words (contract send 6.1).
fn written(call: &Call<'_>) -> Value {
    match call.dialect {
        Dialect::Facebook => json!({"result": "success"}),
        Dialect::Instagram => json!({"success": true}),
    }
}
