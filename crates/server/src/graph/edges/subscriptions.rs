//! `/{app}/subscriptions`: layer A of webhooks, the app's endpoint and fields (contract webhooks 1.2, 1.3).

use engine::Failure;
use engine::facts::Subscription;
use engine::subscribe::{self, OBJECTS};
use serde_json::{Value, json};
use wire::error::{self, GraphError};

use super::super::call::Call;

/// `GET`: every subscription with the version each field is pinned to.
///
/// # Errors
/// The store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    let found = call.server.world.store.subscriptions(call.caller.app.id).await.map_err(Failure::from)?;
    let data: Vec<Value> = found
        .into_iter()
        .map(|subscription| {
            let fields: Vec<Value> = subscription
                .fields
                .iter()
                .map(|field| json!({"name": field.name, "version": field.version.to_string()}))
                .collect();
            json!({
                "object": subscription.object,
                "callback_url": subscription.callback_url,
                "active": subscription.active,
                "fields": fields,
            })
        })
        .collect();
    Ok(json!({ "data": data }))
}

/// `POST`: asks the endpoint to prove itself, then replaces the object's subscription.
///
/// # Errors
/// A missing or unknown parameter, [`error::CALLBACK`] when the endpoint does not give the challenge back; the store's.
pub async fn subscribe(call: &Call<'_>) -> Result<Value, GraphError> {
    let object = object(call)?.ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("object"))?;
    let callback_url = call.params.require_text("callback_url")?;
    let verify_token = call.params.require_text("verify_token")?;
    let fields = subscribe::object_fields(object, &call.params.list("fields")?, call.version)?;
    let include_values = call.params.flag("include_values")?.unwrap_or(true);
    let challenge = u32::from_be_bytes(call.server.world.ids.random::<4>()).max(1_000_000_000).to_string();
    if let Err(reason) = call.server.outbound.verify(&callback_url, &verify_token, &challenge).await {
        return Err(GraphError::new(&error::CALLBACK).with(reason));
    }
    let app = call.caller.app.id;
    let subscription =
        Subscription { app, object: object.to_owned(), callback_url, include_values, active: true, fields };
    subscribe::subscribe(&call.server.world, subscription).await?;
    Ok(json!({"success": true}))
}

/// `DELETE`: an object, some of its fields, or everything.
///
/// # Errors
/// An unknown object; the store's.
pub async fn unsubscribe(call: &Call<'_>) -> Result<Value, GraphError> {
    let fields = call.params.list("fields")?;
    subscribe::unsubscribe(&call.server.world, call.caller.app.id, object(call)?, &fields).await?;
    Ok(json!({"success": true}))
}

fn object(call: &Call<'_>) -> Result<Option<&'static str>, GraphError> {
    call.params.enumeration("object", &OBJECTS)
}
