//! `/{user}/permissions`: what a user takes back from an app (contract graph 6.8).

use engine::departure;
use serde_json::{Value, json};
use wire::error::{self, GraphError};

use super::super::call::Call;

/// `DELETE`: the permission named, or without one the whole app, which is told by its deauthorize callback.
///
/// # Errors
/// [`error::CAPABILITY`] for a token of nobody who could leave; the store's.
pub async fn remove(call: &Call<'_>) -> Result<Value, GraphError> {
    let (world, app) = (&call.server.world, &call.caller.app);
    let person = departure::person_of(&call.caller).ok_or_else(|| GraphError::new(&error::CAPABILITY))?;
    match call.params.text("permission")? {
        Some(permission) => departure::take_back(world, app, person, &permission).await?,
        None => departure::remove(world, app, person).await?,
    }
    Ok(json!({"success": true}))
}
