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

/// `POST`: asks the endpoint to prove itself, then replaces the object's subscription. Of one that is there already, what is
/// left out stays; an endpoint that is not named again is not asked again.
///
/// # Errors
/// A missing or unknown parameter, [`error::CALLBACK`] when the endpoint does not give the challenge back; the store's.
pub async fn subscribe(call: &Call<'_>) -> Result<Value, GraphError> {
    let (world, app) = (&call.server.world, call.caller.app.id);
    let object = object(call)?.ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("object"))?;
    subscribe::check_version(&world.settings, object, call.version)?;
    let subscriptions = world.store.subscriptions(app).await.map_err(Failure::from)?;
    let known = subscriptions.into_iter().find(|subscription| subscription.object == object);
    let (callback_url, is_new) = match (call.params.text("callback_url")?, &known) {
        (None, Some(known)) => (known.callback_url.clone(), call.params.text("verify_token")?.is_some()),
        (None, None) => return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("callback_url")),
        (Some(url), _) => (url, true),
    };
    let verify_token = if is_new { call.params.require_text("verify_token")? } else { String::new() };
    let fields = match (call.params.list("fields")?, &known) {
        (names, Some(known)) if names.is_empty() => known.fields.clone(),
        (names, _) => subscribe::object_fields(object, &names, call.version)?,
    };
    let include_values = call.params.flag("include_values")?;
    let include_values = include_values.or(known.map(|known| known.include_values)).unwrap_or(true);
    if is_new {
        let challenge = u32::from_be_bytes(world.ids.random::<4>()).max(1_000_000_000).to_string();
        let verified = call.server.outbound.verify(&callback_url, &verify_token, &challenge).await;
        verified.map_err(|reason| GraphError::new(&error::CALLBACK).with(reason))?;
    }
    let subscription =
        Subscription { app, object: object.to_owned(), callback_url, include_values, active: true, fields };
    subscribe::subscribe(world, subscription).await?;
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
