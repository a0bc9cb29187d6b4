//! `…/subscribed_apps`: layer B of webhooks, the app on an account (contract webhooks 1.4).

use engine::{Failure, subscribe};
use serde_json::{Value, json};
use wire::dialect::Dialect;
use wire::error::GraphError;

use super::super::call::Call;
use super::super::node::Node;

/// `GET`: the caller's own app, when it is installed; each host has its own shape.
///
/// # Errors
/// The store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    call.account()?;
    let found = subscribe::installed(&call.server.world, &call.caller).await.map_err(Failure::from)?;
    let app = &call.caller.app;
    let data: Vec<Value> = found
        .into_iter()
        .map(|install| match call.caller.dialect() {
            Dialect::Facebook => json!({
                "category": "Business",
                "link": format!("https://www.facebook.com/games/?app_id={}", app.id),
                "name": app.name,
                "id": app.id,
                "subscribed_fields": install.subscribed_fields,
            }),
            Dialect::Instagram => json!({"app_id": app.id, "subscribed_fields": install.subscribed_fields}),
        })
        .collect();
    Ok(json!({ "data": data }))
}

/// `POST`: installs the app. `fields` is what the guide of 2021 calls `subscribed_fields`.
///
/// # Errors
/// Unknown fields, or a permission missing; the store's.
pub async fn install(call: &Call<'_>) -> Result<Value, GraphError> {
    call.account()?;
    let mut names = call.params.list("subscribed_fields")?;
    if names.is_empty() {
        names = call.params.list("fields")?;
    }
    let edge = if matches!(call.node, Node::Account(_)) { Dialect::Instagram } else { Dialect::Facebook };
    let names = subscribe::install_fields(&call.server.world, &call.caller, edge, &names).await?;
    subscribe::install(&call.server.world, &call.caller, names).await?;
    Ok(json!({"success": true}))
}

/// `DELETE`: takes the app off; its webhooks for the account stop.
///
/// # Errors
/// The store's.
pub async fn uninstall(call: &Call<'_>) -> Result<Value, GraphError> {
    call.account()?;
    subscribe::uninstall(&call.server.world, &call.caller).await?;
    Ok(json!({"success": true}))
}
