//! `…/messages`: sending (contract send 1, 2) and a conversation's messages (contract read 1.1, 1.6).

use engine::read::{self, Shown};
use engine::store::ThreadView;
use engine::{Failure, Refusal, send as sending};
use serde_json::{Value, json};
use wire::cursor::Cursor;
use wire::error::GraphError;
use wire::fields::Selection;
use wire::id::Item;
use wire::param::Params;
use wire::send::Send;

use super::super::call::Call;
use super::super::node::Node;
use super::super::nodes::{Ends, rows};
use super::super::paging::{self, Keyed};

impl Keyed for Shown {
    type Key = Item;

    fn cursor(&self) -> Cursor {
        Cursor { time: 0, id: self.message.id.item.get() }
    }

    fn key(cursor: Cursor) -> Item {
        Item::new(cursor.id)
    }
}

/// `POST /{page or account}/messages`.
///
/// # Errors
/// Every refusal of a send; the store's.
pub async fn send(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let command = Send::from_params(call.params)?;
    let sent = sending::send(&call.server.world, &call.caller, account, &command).await?;
    Ok(json!({"recipient_id": sent.recipient, "message_id": sent.message}))
}

/// `GET /{conversation}/messages`.
///
/// # Errors
/// Unknown or foreign conversation, unknown fields, a bad cursor; the store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    let (Node::Conversation(id), Some(account)) = (call.node, call.caller.account()) else {
        return Err(Refusal::NoObject { verb: call.verb.name(), id: call.path.clone() }.into());
    };
    let view = read::conversation(&call.server.world, account, id).await?;
    let slice = paging::asked::<Shown>(call.params)?;
    let part = read::messages(&call.server.world, account, id.igsid, slice).await.map_err(Failure::from)?;
    let ends = Ends::of(call, &view).await?;
    let data = rows(call, &part, ends, call.fields.as_ref()).await?;
    Ok(paging::page(call, &call.path, call.params, &part, data))
}

/// The messages of a conversation as a field of it; page two is the edge itself (contract clients 12).
///
/// # Errors
/// As [`list`].
pub async fn nested(
    call: &Call<'_>,
    view: &ThreadView,
    business: &Value,
    selection: &Selection,
) -> Result<Value, GraphError> {
    let thread = &view.thread;
    let slice = paging::asked_nested::<Shown>(selection)?;
    let limit = slice.limit;
    let part = read::messages(&call.server.world, thread.account, thread.igsid, slice).await.map_err(Failure::from)?;
    let ends = Ends { person: json!({"username": view.username, "id": thread.igsid}), business: business.clone() };
    let data = rows(call, &part, ends, selection.fields.as_ref()).await?;
    let mut query = Params::new();
    if let Some(fields) = &selection.fields {
        query.set("fields", fields.to_string());
    }
    query.set("limit", limit.to_string());
    Ok(paging::page(call, &format!("{}/messages", thread.id()), &query, &part, data))
}
