//! `…/welcome_message_flows`: what click-to-message ads begin a conversation with (contract send 1.13).

use engine::facts::Flow;
use engine::flow::{self, Draft, MESSAGES};
use serde_json::{Value, json};
use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::id::{AppId, FlowId};
use wire::param::Params;
use wire::send::message::{Content, Message};
use wire::send::{Body, Send};

use super::super::call::Call;
use super::super::project::{Field, project};

const FIELDS: &[Field<Flow>] = &[
    Field { name: "id", default: true, read: |flow| Some(json!(flow.id)) },
    Field { name: "name", default: true, read: |flow| Some(json!(flow.name)) },
    Field {
        name: "welcome_message_flow",
        default: true,
        read: |flow| serde_json::from_str(&flow.welcome_message_flow).ok(),
    },
    Field { name: "eligible_platforms", default: true, read: |flow| Some(json!(flow.eligible_platforms)) },
    Field { name: "compatible_platforms", default: false, read: |flow| Some(json!(flow.eligible_platforms)) },
    Field {
        name: "is_ig_only_flow",
        default: false,
        read: |flow| Some(json!(flow.eligible_platforms.iter().all(|platform| platform == INSTAGRAM))),
    },
    // There are no ads here that could use it.
    Field { name: "is_used_in_ad", default: false, read: |_| Some(json!(false)) },
    Field { name: "last_update_time", default: true, read: |flow| Some(json!(flow.last_update_time.graph())) },
];

const INSTAGRAM: &str = "instagram";
const FACEBOOK_PLATFORMS: &[&str] = &["messenger", INSTAGRAM, "whatsapp"];

/// `GET`: the account's flows, or those of `app_id`, or the one of `flow_id`.
///
/// # Errors
/// Ids that are none, a flow that is not there, unknown fields; the store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let app = match call.params.text("app_id")?.filter(|text| !text.trim().is_empty()) {
        Some(text) => Some(text.trim().parse::<AppId>().map_err(|_| not_an_id("app_id"))?),
        None => None,
    };
    let found = flow::list(&call.server.world, account, flow_id(call)?, app).await?;
    let show = |flow: &Flow| project(FIELDS, &[], "WelcomeMessageFlow", call.fields.as_ref(), flow).map(Value::Object);
    let data = found.iter().map(show).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "data": data }))
}

/// `POST`: makes a flow, or changes the one of `flow_id`.
///
/// # Errors
/// A parameter that is missing or wrong, a message that could not be sent, a flow that is not there; the store's.
pub async fn write(call: &Call<'_>) -> Result<Value, GraphError> {
    let (account, world) = (call.account()?, &call.server.world);
    let draft = Draft {
        name: call.params.text("name")?.filter(|name| !name.trim().is_empty()),
        welcome_message_flow: messages(call)?,
        eligible_platforms: platforms(call)?,
    };
    if let Some(id) = flow_id(call)? {
        flow::update(world, account, id, draft).await?;
        return Ok(json!({"success": true}));
    }
    let id = flow::create(world, account, call.caller.app.id, draft).await?;
    Ok(json!({"flow_id": id}))
}

/// `DELETE`: takes away the flow of `flow_id`.
///
/// # Errors
/// No id, or one of no flow; the store's.
pub async fn remove(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let id = flow_id(call)?.ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("flow_id"))?;
    flow::remove(&call.server.world, account, id).await?;
    Ok(json!({"success": true}))
}

fn flow_id(call: &Call<'_>) -> Result<Option<FlowId>, GraphError> {
    let Some(text) = call.params.text("flow_id")?.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    text.trim().parse().map(Some).map_err(|_| not_an_id("flow_id"))
}

fn not_an_id(name: &str) -> GraphError {
    GraphError::new(&error::PARAMETER_DETAIL).with(format!("Param {name} must be an id"))
}

/// Each element holds a message that could be sent as it is: a text, with quick replies or without, or a template.
fn messages(call: &Call<'_>) -> Result<Option<String>, GraphError> {
    let Some(list) = call.params.array("welcome_message_flow")? else { return Ok(None) };
    if !(1..=MESSAGES).contains(&list.len()) {
        let bounds = format!("Param welcome_message_flow must hold 1 to {MESSAGES} messages");
        return Err(GraphError::new(&error::PARAMETER_DETAIL).with(bounds));
    }
    for item in &list {
        let mut sent = Params::new();
        sent.set("recipient", json!({"id": "0"}));
        sent.set("message", item.get("message").cloned().unwrap_or(Value::Null));
        match Send::from_params(&sent)?.body {
            Body::Message(Message { content: Content::Text { .. } | Content::Template(_), .. }) => {}
            Body::Message(_) | Body::Action(_) => return Err(GraphError::new(&error::INVALID_MESSAGE)),
        }
    }
    Ok(Some(Value::Array(list).to_string()))
}

/// `eligible_platforms`, in lower case; the Instagram host knows one.
fn platforms(call: &Call<'_>) -> Result<Option<Vec<String>>, GraphError> {
    let names = call.params.list("eligible_platforms")?;
    if names.is_empty() {
        return Ok(None);
    }
    let known = match call.dialect {
        Dialect::Facebook => FACEBOOK_PLATFORMS,
        Dialect::Instagram => &[INSTAGRAM],
    };
    let wrong = || {
        GraphError::new(&error::PARAMETER_ONE_OF).with("eligible_platforms").with(format!("{{{}}}", known.join(", ")))
    };
    let find = |name: &String| {
        known.iter().find(|known| known.eq_ignore_ascii_case(name.trim())).map(|known| (*known).to_owned())
    };
    names.iter().map(|name| find(name).ok_or_else(wrong)).collect::<Result<Vec<_>, _>>().map(Some)
}
